"""A registry with mistakes: findings that name file and line, never a traceback, and the old build left alone."""

from pathlib import Path

import pytest
from small_page import Mistake, line_of, refused_findings, small_page

from graph.registry.load import read_registry

pytestmark = pytest.mark.unit

ERNA = "erna-solberg:\n  name: Erna Solberg\n"
MINOTENK = "minotenk:\n  name: {nb: Minotenk}\n"
JUSTIS = "part_of: justis-og-beredskapsdepartementet"
MOSS = "0104,0104,Moss,,,2019-12-31,01,"
FOLLO, AGAIN = "follo-politidistrikt,03,", "ostfold-politidistrikt,02,Østfold politidistrikt,,,,,a source,\n"
CHANGE = "2017-01-01,kommune/0706,"

# Of each mistake: the file in which it is made. It is made at the first place where the old words stand.
MISTAKES = {
    "a person without a name": ("people.yaml", Mistake(ERNA, "erna-solberg:\n", ("'name' is missing",))),
    "a person with a misspelt key": (
        "people.yaml",
        Mistake(ERNA, "erna-solberg:\n  namn: Erna Solberg\n", ("'namn'",), at="  namn:"),
    ),
    "a person that is a word": (
        "people.yaml",
        Mistake("laila-bokhari:\n", "new-person: New\nlaila-bokhari:\n", ("new-person",), at="new-person"),
    ),
    "an id that cannot stand in an address": (
        "people.yaml",
        Mistake(ERNA, f"'!':\n  name: X\n{ERNA}", ("'!'",), at="'!':"),
    ),
    "a party that is not there": ("people.yaml", Mistake("organisation: hoyre,", "organisation: hogre,", ("hogre",))),
    "a post without a body": (
        "posts.yaml",
        Mistake("  in: minotenk\n", "", ("'in' is missing",), at="prosjektleder-minotenk:\n"),
    ),
    "a post of a body that is not there": (
        "posts.yaml",
        Mistake("  in: minotenk\n", "  in: minotank\n", ("minotank", "Did you mean minotenk")),
    ),
    "a holder who is not there": (
        "posts.yaml",
        Mistake("- person: erna-solberg", "- person: erna-solbreg", ("erna-solbreg", "Did you mean erna-solberg")),
    ),
    "a day that no calendar has": ("posts.yaml", Mistake("'2019-03-29'", "'2019-02-29'", ("2019-02-29",))),
    "an end before the beginning": ("posts.yaml", Mistake("to: '2020-01-24'", "to: '2018-01-24'", ("2018-01-24",))),
    "a beginning that is open": ("posts.yaml", Mistake("from: '2019-03-29'", "from: '..'", ("'..'",))),
    "an end that is neither a date nor open": ("posts.yaml", Mistake("to: '2020-01-24'", "to: '…'", ("'…'",))),
    "a body without a name": ("organisations.yaml", Mistake(MINOTENK, "minotenk:\n", ("'name' is missing",))),
    "a body of an unknown kind": (
        "organisations.yaml",
        Mistake(
            "kind: think-tank",
            "kind: thinktank",
            ("unknown kind of body 'thinktank'; known are agency, ", "Did you mean think-tank", "body-types.ttl"),
        ),
    ),
    "a body that is part of what is not there": (
        "organisations.yaml",
        Mistake(JUSTIS, "part_of: justis", ("unknown body 'justis'", "registry/organisations.yaml")),
    ),
    "a person with the id of a body": (
        "people.yaml",
        Mistake(
            ERNA, f"minotenk:\n  name: Ola Minotenk\n{ERNA}", ("'minotenk' is taken: registry/organisations.yaml:",)
        ),
    ),
    "a person with the id of a municipality": (
        "people.yaml",
        Mistake(ERNA, f"moss-kommune:\n  name: Ola Moss\n{ERNA}", ("'moss-kommune'", "registry/municipalities.csv:3 ")),
    ),
    "a person with the id of a police district": (
        "people.yaml",
        Mistake(ERNA, f"ost-politidistrikt:\n  name: Ola Øst\n{ERNA}", ("registry/police_districts.csv:",)),
    ),
    "a body with the id of a municipality": (
        "organisations.yaml",
        Mistake(MINOTENK, MINOTENK.replace("minotenk", "moss-kommune", 1), ("registry/municipalities.csv:3 ",)),
    ),
    "a police district twice": (
        "police_districts.csv",
        Mistake(FOLLO, f"{AGAIN}{FOLLO}", ("'ostfold-politidistrikt' is taken", "csv:3 ")),
    ),
    "a municipality with a day that no calendar has": (
        "municipalities.csv",
        Mistake(MOSS, MOSS.replace("12-31", "13-31"), ("2019-13-31",)),
    ),
    "a municipality with a cell too few": ("municipalities.csv", Mistake(MOSS, MOSS.replace(",,", ","), ("cells",))),
    "a municipality in a county that is not there": (
        "municipalities.csv",
        Mistake(MOSS, MOSS.replace(",01,", ",99,"), ("99", "not there")),
    ),
    "a municipality twice": ("municipalities.csv", Mistake(MOSS, MOSS.replace("0104", "0101"), ("0101", "twice"))),
    "a change of an area that is not there": (
        "area_changes.csv",
        Mistake(CHANGE, CHANGE.replace("0706", "0777"), ("0777", "not there")),
    ),
    "a change on a day that no calendar has": (
        "area_changes.csv",
        Mistake(CHANGE, CHANGE.replace("01-01", "01-41"), ("2017-01-41",)),
    ),
    "a cell longer than any": ("counties.csv", Mistake("Østfold", "Ø" * 140_000, ("not a table: field larger",))),
    "quotation marks that nothing closes": (
        "counties.csv",
        Mistake("Finnmark-F", '"Finnmark-F', ("not a table: unexpected end",)),
    ),
    "a column with another name": ("counties.csv", Mistake("area,number,", "area,nummer,", ("nummer", "number"))),
}


@pytest.mark.parametrize(("name", "mistake"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_in_registry_is_a_finding_at_its_line(
    empty_home: Path, built: Path, name: str, mistake: Mistake
) -> None:
    file = empty_home / "registry" / name
    before = file.read_text(encoding="utf-8")
    start = before.index(mistake.old)
    after = before[:start] + mistake.new + before[start + len(mistake.old) :]
    file.write_text(after, encoding="utf-8")
    small_page(empty_home)
    findings = refused_findings(empty_home, built)
    shown = "\n".join(map(str, findings))
    line = line_of(mistake.at, after) if mistake.at else after.count("\n", 0, start) + 1
    assert (f"registry/{name}", line) in [(finding.file, finding.line) for finding in findings], shown
    assert [words for words in mistake.says if words not in shown] == []


def test_body_may_be_part_of_a_municipality(empty_home: Path) -> None:
    file = empty_home / "registry/organisations.yaml"
    written = file.read_text(encoding="utf-8")
    council = "\npolitirad-kristiansand:\n  name: {nb: Politirådet i Kristiansand}\n  kind: council\n  public: 'true'\n"
    file.write_text(f"{written}{council}  part_of: kristiansand-kommune-2020\n", encoding="utf-8")
    registry = read_registry(empty_home / "registry")
    assert (
        registry.organisations["organisation:politirad-kristiansand"].part_of
        == "organisation:kristiansand-kommune-2020"
    )
