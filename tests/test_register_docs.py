"""The example of docs/registers.md works as it stands there, and its words are those of the forms."""

import hashlib
import re
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from registers_home import ROOT

from graph.cli.main import motegraf
from graph.sources.form.entries import Form
from graph.sources.tables.form import lookups, mapping, register, values

pytestmark = pytest.mark.unit

TEXT = (ROOT / "docs/registers.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w+\n(.*?)```", TEXT, re.DOTALL)
    assert found, name
    return found[1]


def test_the_example_claims_what_it_says(tmp_path: Path) -> None:
    for name in ("ontology", "registry"):
        copytree(ROOT / name, tmp_path / name)
    table = tmp_path / "meetings.csv"
    table.write_text(block("meetings.csv"), encoding="utf-8", newline="\n")
    started = CliRunner().invoke(motegraf, ["add", str(table), "--id", "samples", "--home", str(tmp_path)])
    assert started.exit_code == 0, started.output
    folder = tmp_path / "registers/samples"
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    (folder / "register.yaml").write_text(block("register.yaml").replace("SHA256", digest), encoding="utf-8")
    for name in ("mapping.yaml", "lookups.yaml"):
        (folder / name).write_text(block(name), encoding="utf-8")
    shown = CliRunner().invoke(motegraf, ["preview", "samples", "--home", str(tmp_path), "--lang", "en"])
    assert shown.output.rstrip() == block("preview").rstrip()
    assert shown.exit_code == 0


def test_every_key_of_the_forms_is_in_the_manual() -> None:
    forms = {
        form
        for module in (lookups, mapping, values, register)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, Form) and form.__module__ == module.__name__
    }
    keys = {field.alias or name for form in forms for name, field in form.model_fields.items()}
    # The section of all lookups has no key, and the reasons are explained in words.
    missing = sorted(key for key in keys - {"lookups"} if not re.search(rf"`[^`]*\b{key}\b[^`]*`", TEXT))
    assert missing == []
