"""Whom a cell names: by its separators, its identifiers and the lookups of its names."""

from pathlib import Path

import pytest
from registers_home import rows, write_register

from graph.sources.tables.reading.names import may_be_person

pytestmark = pytest.mark.unit

MAPPING = """\
people: all
key: file-and-row
event:
  kind: meeting
  status: held
  when: date
  parts:
    - body:
        column: whom
        id: {pattern: '\\d{8,12}-\\d\\d', labels: [Transparency Register, TR]}
        split: {at: SIGNS, RULE}
        lookup: names
      role: counterpart
"""
LOOKUPS = """\
names:
  by: tests
  because: for tests
  values:
    Alfa AS: group
    Beta AS, Gamma AS: {bodies: [Beta AS, Gamma AS]}
    Delta AS (98765432-10): unknown
    Various*: {match: like, unless: ["* of *"], is: group, open: "true"}
"""
ONLY, ALWAYS = "only: looked-up", 'always: "true"'


def named(folder: Path, cell: str, signs: str = '[",", ";"]', rule: str = ONLY, lookups: str = LOOKUPS) -> list[str]:
    """Return whom a cell names, or what is wrong with it."""
    mapping = MAPPING.replace("SIGNS", signs).replace("RULE", rule)
    if not lookups:
        mapping = mapping.replace("        lookup: names\n", "")
    quoted = cell.replace('"', '""')
    (told,) = rows(write_register(folder / "r", f'date,whom\n2020-01-02,"{quoted}"\n', mapping, lookups))[2]
    parts = told.removeprefix("2020-01-02/2020-01-02; meeting; held").removeprefix("; open").removeprefix("; ")
    return [each.replace(" counterpart represented", "") for each in parts.split("; ")] if parts else []


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Epsilon (12345678-90)", ["Epsilon #12345678-90 (body)"]),
        ("Epsilon, 12345678-90", ["Epsilon #12345678-90 (body)"]),
        ("Epsilon / TR: 12345678-90", ["Epsilon #12345678-90 (body)"]),
        ("Epsilon (Transparency Register: 12345678-90)", ["Epsilon #12345678-90 (body)"]),
        ("Transparency Register: 12345678-90", ["? #12345678-90 (body)"]),
        # A lookup of the name holds of the name with its identifier too; one of the whole cell comes before it.
        ("Alfa AS (12345678-90)", ["Alfa AS #12345678-90 (group)"]),
        ("Delta AS (98765432-10)", ["Delta AS (98765432-10) (unknown)"]),
        # A number belongs to the name that it follows, and that of several is nobody's.
        ("12345678-90 Epsilon", ["12345678-90 Epsilon unsplit (unknown)"]),
        ("Epsilon 12345678-90, Zeta 12345678-91", ["Epsilon 12345678-90, Zeta 12345678-91 unsplit (unknown)"]),
        ("Epsilon, Zeta 12345678-91", ["Epsilon, Zeta 12345678-91 unsplit (unknown)"]),
        ("Beta AS, Gamma AS 12345678-91", ["Beta AS (body)", "Gamma AS (body)"]),
        ("Various firms (12345678-90)", ["Various firms #12345678-90 (group)"]),
        ("Various friends of Epsilon", ["Various friends of Epsilon unsplit (unknown)"]),
        (",", ["error whom: names nobody: it has no letter; put it under nothing:, or into a lookup"]),
    ],
)
def test_a_cell_with_identifiers(tmp_path: Path, cell: str, parts: list[str]) -> None:
    assert "; ".join(named(tmp_path, cell)) == "; ".join(parts)


def test_a_cell_whose_separators_always_part(tmp_path: Path) -> None:
    assert named(tmp_path, "Epsilon 12345678-90; Alfa AS, 12345678-91; Various firms 12345678-92", '";"', ALWAYS) == [
        "Epsilon #12345678-90 (body)",
        "Alfa AS #12345678-91 (group)",
        "Various firms #12345678-92 (group)",
    ]


@pytest.mark.parametrize(
    ("signs", "cell", "parts"),
    [
        ('" - "', "Alfa - Beta", ["Alfa (body)", "Beta (body)"]),
        ('" - "', "Alfa-Beta", ["Alfa-Beta (body)"]),
        ('" e "', "Alfa e Beta", ["Alfa (body)", "Beta (body)"]),
        ('" e "', "Alfa e.V.", ["Alfa e.V. (body)"]),
        ("and", "Alfa  and Beta", ["Alfa (body)", "Beta (body)"]),
        ("and", "Alfa And Beta", ["Alfa (body)", "Beta (body)"]),
        ("and", "Grandland", ["Grandland (body)"]),
        ('", "', "Alfa, Beta", ["Alfa (body)", "Beta (body)"]),
        ('", "', "Alfa 1,5", ["Alfa 1,5 (body)"]),
        ("on behalf of", "Alfa on  behalf of Beta", ["Alfa (body)", "Beta (body)"]),
        ("o/b/o", "Alfa o/b/o Beta", ["Alfa (body)", "Beta (body)"]),
    ],
)
def test_blanks_are_a_part_of_a_separator(tmp_path: Path, signs: str, cell: str, parts: list[str]) -> None:
    assert named(tmp_path, cell, signs, ALWAYS, "") == parts
    assert named(tmp_path, cell, signs, ONLY, "") == (
        parts if len(parts) == 1 else [f"{' '.join(cell.split())} unsplit (unknown)"]
    )


OF_CELL = """\
people: all
key: file-and-row
event:
  kind: meeting
  status: held
  when: date
  parts:
    - actor: {column: whom, split: {at: ";", always: true}, before_first: " (", without: whole, lookup: names}
      capacity: {after_first: " (", trim: ")", without: nothing}
      role: counterpart
      on_behalf_of: {column: clients, split: {at: "|", always: true}}
"""


def test_a_title_in_the_cell_is_kept_where_a_lookup_says_who_it_is(tmp_path: Path) -> None:
    table = 'date,whom,clients\n2020-01-02,"Prøve, Ada (CEO); Alfa AS",\n'
    lookups = 'names: {by: b, because: c, values: {"Prøve, Ada": person}}\n'
    assert rows(write_register(tmp_path / "r", table, OF_CELL, lookups))[2] == [
        "2020-01-02/2020-01-02; meeting; held; Prøve, Ada as CEO (person counterpart present); "
        "Alfa AS (unknown counterpart represented)"
    ]


def test_somebody_who_speaks_for_several_has_a_part_for_each(tmp_path: Path) -> None:
    table = "date,whom,clients\n2020-01-02,Alfa AS,Beta AS|Gamma AS\n"
    lookups = 'names: {by: b, because: c, values: {"Alfa AS": body}}\n'
    assert rows(write_register(tmp_path / "r", table, OF_CELL, lookups))[2] == [
        "2020-01-02/2020-01-02; meeting; held; Alfa AS for Beta AS (body counterpart represented); "
        "Alfa AS for Gamma AS (body counterpart represented)"
    ]


@pytest.mark.parametrize(
    ("name", "may_be"),
    [
        ("Alfa N.V.", False),
        ("Alfa OÜ", False),
        ("Prøve Test AG", False),
        ("ALFA OÜ", True),
        ("Alfa Oü", True),
        ("Sia Prøve", True),
        ("Associació Alfa", False),
        ("Ada N. Prøve", True),
    ],
)
def test_legal_forms_tell_bodies_from_persons(name: str, may_be: bool) -> None:
    assert may_be_person(name) is may_be


def test_words_that_say_nothing_are_no_blank_cell(tmp_path: Path) -> None:
    clients = '      on_behalf_of: {column: clients, split: {at: "|", always: true}}\n'
    mapping = OF_CELL.replace(clients, "      empty: error\n")
    mapping = mapping.replace("lookup: names}", 'lookup: names, nothing: "-"}') + "unused: {clients: not here}\n"
    lookups = "names: {by: b, because: c, values: {nobody: {is: nothing}}}\n"
    table = "date,whom,clients\n2020-01-02,-,\n2020-01-02,nobody,\n2020-01-02,,x\n"
    told = rows(write_register(tmp_path / "r", table, mapping, lookups))
    assert told == {
        2: ["2020-01-02/2020-01-02; meeting; held"],
        3: ["2020-01-02/2020-01-02; meeting; held"],
        4: ["error whom: is empty, and the mapping says empty: error"],
    }
