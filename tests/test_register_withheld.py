"""Who is not published is named by no cell that proves something else."""

import re
from pathlib import Path

import pytest
from registers_home import acts_of, read, write_register

from graph.claims.registers import register_lines

pytestmark = pytest.mark.unit

MAPPING = """\
people: officials
key: id
event:
  kind: meeting
  status: held
  when: date
  parts:
    - {person: minister, role: official}
    - body: {column: whom, split: {at: ";", always: true}, before_first: " (", without: whole, lookup: who}
      role: counterpart
    - {person: {column: whom, after_first: " (", without: nothing, trim: ")"}, role: counterpart}
"""
LOOKUPS = 'who: {by: b, because: c, values: {"Frau Vestmann, Gamma SE": {people: Kari Vestmann, bodies: Gamma SE}}}\n'


def published(folder: Path, cell: str) -> str:
    """Return what is stated of the cell of counterparts, and check that nobody is named who is withheld."""
    table = f'id,date,minister,whom\n1,2024-01-02,Ada Official,"{cell}"\n'
    register = read(write_register(folder / "r", table, MAPPING, LOOKUPS))
    lines = [*register_lines(register.source, acts_of(register).items())]
    assert not [line for line in lines if "Nordkvist" in line or "Vestmann" in line]
    assert any("Ada Official" in line for line in lines)
    return next((line.split('"')[1] for line in lines if "cell-2-4> <https://schema.org/text>" in line), "")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        # What only names somebody who is withheld proves nothing that is published.
        ("Ola Nordkvist", ""),
        ("Alfa AS", "Alfa AS"),
        ("Alfa AS; Ola  Nordkvist", "Alfa AS; […]"),
        ("Alfa AS (Kari Vestmann)", "Alfa AS ([…])"),
        # The name that a lookup gives does not stand in the cell as it is.
        ("Frau Vestmann, Gamma SE", "[…]"),
    ],
)
def test_cells_of_several(tmp_path: Path, cell: str, words: str) -> None:
    assert published(tmp_path, cell) == words


@pytest.mark.parametrize(("people", "key"), [("all", "2024-01-02|Ola Nordkvist"), ("officials", None), ("none", None)])
def test_keys_name_nobody_who_may_be_withheld(tmp_path: Path, people: str, key: str | None) -> None:
    mapping = MAPPING.replace("people: officials", f"people: {people}").replace("key: id", "key: [date, whom]")
    table = "id,date,minister,whom\n1,2024-01-02,Ada Official,Ola Nordkvist\n"
    register = read(write_register(tmp_path / "r", table, mapping + "unused: {id: no key}\n", LOOKUPS))
    ((_, told),) = register.event_keys()
    lines = [*register_lines(register.source, acts_of(register).items())]
    if key is None:
        assert re.fullmatch("2024-01-02[|][0-9a-f]{12}", told)
        assert not [line for line in lines if "nordkvist" in line.casefold()]
    else:
        assert told == key
        assert [line for line in lines if "nordkvist" in line.casefold()]


def test_a_topic_names_nobody_who_is_withheld(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  when: date\n", "  when: date\n  topic: topic\n")
    table = "id,date,minister,whom,topic\n1,2024-01-02,Ada Official,Ola Nordkvist,Talk with Ola Nordkvist of ports\n"
    table += "2,2024-01-02,Ada Official,Alfa AS,Talk of ports\n"
    register = read(write_register(tmp_path / "r", table, mapping, LOOKUPS))
    lines = [*register_lines(register.source, acts_of(register).items())]
    assert not [line for line in lines if "Nordkvist" in line]
    assert [line for line in lines if '"Talk with […] of ports"' in line]
    assert [line for line in lines if '"Talk of ports"' in line]
