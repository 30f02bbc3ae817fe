"""Registers for tests: those of tests/registers, and small ones that a test writes itself."""

import hashlib
from functools import cache
from pathlib import Path

from graph.model.acts import Act
from graph.sources.pages.context import Background, read_background
from graph.sources.tables.reading import Register, read_register

ROOT = Path(__file__).parent.parent
REGISTERS = ROOT / "tests/registers"
DESCRIPTION = """\
url: https://example.org/register
title: A register
language: {language}
publisher: {{name: Somebody, kind: association}}
published: {{earliest: 2020-01-01, latest: 2020-01-01, basis: {{en: for tests}}}}
licence: https://creativecommons.org/publicdomain/zero/1.0/
files:
"""


@cache
def background() -> Background:
    return read_background(ROOT)


def write_register(
    folder: Path,
    table: str | dict[str, str],
    mapping: str,
    lookups: str = "",
    language: str = "en",
    more: str | dict[str, str] = "",
) -> Path:
    """Write a register of one table, or of several by the names of their files; ``more`` is said of each file."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"table.csv": table} if isinstance(table, str) else table
    description = DESCRIPTION.format(language=language)
    for name, text in tables.items():
        data = text.encode()
        (folder / name).write_bytes(data)
        of_file = more if isinstance(more, str) else more.get(name, "")
        description += f"  - file: {name}\n    sha256: {hashlib.sha256(data).hexdigest()}\n"
        description += "".join(f"    {line}\n" for line in of_file.splitlines())
    (folder / "register.yaml").write_text(description, encoding="utf-8")
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    if lookups:
        (folder / "lookups.yaml").write_text(lookups, encoding="utf-8")
    return folder


def acts_of(register: Register) -> dict[int, list[Act]]:
    """Return the acts of each row, by the number of the row."""
    return dict(sorted(register.acts(register.rows())))


def read(folder: Path) -> Register:
    return read_register(folder, background())
