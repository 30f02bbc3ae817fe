"""Who runs a site: by options, by a file, in the environment; and what its pages say of it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import commanded

from graph.cli import site
from graph.cli.main import motegraf
from graph.common.findings import FindingsError
from graph.server.settings import Settings

FILE = """
name: Møtegraf for Rogaland
publisher: Eksempel kommune
contact_email: post@graph.example.org
licence: https://creativecommons.org/licenses/by/4.0/
"""


def settings(file: Path | None, **options: str) -> Settings:
    given = dict.fromkeys(("site_name", "publisher", "contact", "licence")) | options
    return site._site_settings(file, **given)  # type: ignore[arg-type] # they are texts or None


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path / "site.yaml"


@pytest.mark.unit
def test_options_go_before_the_file(file: Path) -> None:
    assert settings(file) == Settings(
        name="Møtegraf for Rogaland",
        publisher="Eksempel kommune",
        contact_email="post@graph.example.org",
        licence="https://creativecommons.org/licenses/by/4.0/",
    )
    changed = settings(file, publisher="Avisen", contact="https://example.org/kontakt")
    assert (changed.name, changed.publisher) == ("Møtegraf for Rogaland", "Avisen")
    # The address of the file is not shown beside that of the option.
    assert (changed.contact_url, changed.contact_email) == ("https://example.org/kontakt", "")
    assert settings(None) == Settings()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "there are name, publisher"),
        ("- name\n", 1, "there are name, publisher"),
        ("name: Graf\n\npublsher: Avisen\n", 3, "Did you mean publisher?"),
        ("contact_email: post\n", 1, "contact_email: 'post' is no e-mail address"),
        ("name: x\ncontact_url: javascript:alert(1)\n", 2, "is no URL"),
        ("licence: CC BY 4.0\n", 1, "is no URL"),
        ("name: ''\n", 1, "is empty"),
        ("name: [a, b]\n", 1, "is no text"),
        (f"name: {'x' * 201}\n", 1, "is longer than 200 characters"),
        ('name: "a\\0b"\n', 1, "U+0000"),
        ("name: a\nname: b\n", 2, "name"),
    ],
)
def test_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    file = tmp_path / "site.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        site.read_settings(file)
    [finding] = refused.value.findings
    assert (finding.line, says in finding.message) == (line, True), finding


@pytest.mark.unit
@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--contact", "nobody", "neither an e-mail address nor a URL"),
        ("--contact", "javascript:alert(1)", "neither an e-mail address nor a URL"),
        ("--contact", "a@b.example\nBcc: c@d.example", "neither an e-mail address nor a URL"),
        ("--licence", "MIT", "is no URL"),
        ("--site-name", "", "is empty"),
        ("--publisher", "\x1b[31m", "U+001B"),
    ],
)
def test_wrong_option_is_refused(option: str, value: str, says: str) -> None:
    done = CliRunner().invoke(motegraf, ["serve", option, value])
    assert (done.exit_code, says in re.sub(r"\s+", " ", done.stderr)) == (2, True), done.stderr


@pytest.mark.server
def test_pages_say_who_runs_the_site(built: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTEGRAF_SERVE_PUBLISHER", "Avisen <b>Eksempel</b>")
    with commanded(built, tmp_path / "log", "--settings", str(file)) as server:
        for path in ("/", "/about/person/laila-bokhari", "/contact"):
            text = server.ask("GET", path, Accept="text/html").text
            assert "Møtegraf for Rogaland" in text
            assert "Avisen &lt;b&gt;Eksempel&lt;/b&gt;" in text
        assert "mailto:post@graph.example.org" in server.ask("GET", "/contact", Accept="text/html").text
