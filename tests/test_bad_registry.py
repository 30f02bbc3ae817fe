"""A registry with mistakes: findings that name file and line, never a traceback, and the old build left alone."""

from pathlib import Path

import pytest
from small_page import CLAIMS, CLAIMS_YAML, Mistake, line_of, refused_findings, small_page

from graph.common.findings import FindingsError
from graph.registry.entries import KEYS, BodyEntry, HolderEntry, NumberEntry, PersonEntry, PostEntry
from graph.registry.load import read_registry

pytestmark = pytest.mark.unit

ERNA = "erna-solberg:\n  name: Erna Solberg\n"
MINOTENK = "minotenk:\n  name: {nb: Minotenk}\n"
JUSTIS = "part_of: justis-og-beredskapsdepartementet"
MOSS = "0104,0104,Moss,,,2019-12-31,01,"
FOLLO, AGAIN = "follo-politidistrikt,03,", "ostfold-politidistrikt,02,Østfold politidistrikt,,,,,a source,\n"
SINCE, NRK = "{edtf: '", "', source: nrk.no 1.14495945; Åndalsnes Avis}\n        - {edtf: '"
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
    "an office as a person's name": (
        "people.yaml",
        Mistake(
            ERNA,
            f"{ERNA}  also: [statsminister]\n",
            ("'statsminister' is the title of an office",),
            at="  also: [stats",
        ),
    ),
    "a title that begins the name of an office": (
        "people.yaml",
        Mistake(ERNA, f"{ERNA}  also: [Prosjektleder]\n", ("'Prosjektleder' is the title",), at="  also: [Pros"),
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
        Mistake(
            "Finnmark,Finnmark - Finnmárku - F", '"Finnmark,Finnmark - Finnmárku - F', ("not a table: unexpected end",)
        ),
    ),
    "an extent in other words": (
        "area_changes.csv",
        Mistake("kommune/0710,whole", "kommune/0710,hele", ("unknown extent 'hele'; known are whole, part.",)),
    ),
    "an extent in capitals": (
        "area_changes.csv",
        Mistake("kommune/0710,whole", "kommune/0710,Whole", ("unknown extent 'Whole'", "Did you mean whole?")),
    ),
    "an extent that is left out": ("area_changes.csv", Mistake("0710,whole", "0710,", ("extent: is empty",))),
    "an extent of today in other words": (
        "current_areas.csv",
        Mistake("kommune/3101,whole", "kommune/3101,del", ("unknown extent 'del'; known are whole, part.",)),
    ),
    "a whole that is a part elsewhere": (
        "area_changes.csv",
        Mistake("kommune/0710,whole", "kommune/0710,part", ("is here part, but there is no other row of it",)),
    ),
    "a part of today that is a whole": (
        "current_areas.csv",
        Mistake("kommune/3101,whole", "kommune/3101,part", ("kommune/0101 is here part",)),
    ),
    "a certainty in other words": (
        "municipality_police_districts.csv",
        Mistake(",certain,", ",sure,", ("unknown certainty 'sure'; known are certain, possible.",)),
    ),
    "a certainty in capitals": (
        "municipality_police_districts.csv",
        Mistake(",possible,", ",Possible,", ("Did you mean possible?",)),
    ),
    "a district of a municipality twice": (
        "municipality_police_districts.csv",
        Mistake("0106,ostfold", "0105,ostfold", ("stands there twice",)),
    ),
    "a district of another time": (
        "municipality_police_districts.csv",
        Mistake(
            "0105,ostfold-politidistrikt", "3003,ostfold-politidistrikt", ("and organisation:ostfold", "another time")
        ),
    ),
    "a county whose number lost its zero": (
        "counties.csv",
        Mistake("\n03,03,Oslo", "\n03,3,Oslo", ("number: '3': a county has two figures", "write 03"), at="03,3,Oslo"),
    ),
    "a municipality whose number lost its zero": (
        "municipalities.csv",
        Mistake("0104,0104,Moss", "104,104,Moss", ("its leading zero is lost, write 0104",)),
    ),
    "an area with the number of another": (
        "municipalities.csv",
        Mistake("0104,0104,Moss", "0104,0105,Moss", ("its id begins with its number",)),
    ),
    "a municipality in another county": (
        "municipalities.csv",
        Mistake(MOSS, MOSS.replace(",01,", ",02,"), ("0104 is a municipality of county 01, not of 02",)),
    ),
    "a municipality that outlasts its county": (
        "municipalities.csv",
        Mistake(MOSS, MOSS.replace("2019-12-31", "2020-12-31"), ("its county 01 is there from … to 2019-12-31",)),
    ),
    "a district without a figure in its code": (
        "police_districts.csv",
        Mistake(FOLLO, FOLLO.replace("03", "3"), ("code: '3'", "write 03")),
    ),
    "a day in another form": (
        "municipalities.csv",
        Mistake(MOSS, MOSS.replace("2019-12-31", "31.12.2019"), ("'31.12.2019': a day is written as 2014-10-31",)),
    ),
    "a last day before the first": (
        "municipalities.csv",
        Mistake(MOSS, MOSS.replace(",,2019", ",2020-01-01,2019"), ("valid_through 2019-12-31 is before valid_from",)),
    ),
    "degrees with a comma": (
        "municipalities.csv",
        Mistake("10.69746", '"10,69746"', ("degrees are written with a full",)),
    ),
    "degrees the wrong way round": (
        "municipalities.csv",
        Mistake("10.69746,59.45265", "59.45265,10.69746", ("are lon and lat swapped?",)),
    ),
    "a position without its source": (
        "municipalities.csv",
        Mistake("59.45265,centroid 2019", "59.45265,", ("position is empty; lon, lat, position stand together",)),
    ),
    "an item of Wikidata that is none": ("municipalities.csv", Mistake("Q109021", "109021", ("written as Q42",))),
    "an item without its source": (
        "counties.csv",
        Mistake("Q50614,Artsdatabanken snapshot 2019-12", "Q50614,", ("wikidata_source is empty",)),
    ),
    "a name of signs": ("counties.csv", Mistake(",Østfold,", ",???,", ("name: '???' has no letter and no figure",))),
    "another name of signs": ("counties.csv", Mistake("|Romsa@se|", "|…@se|", ("also: '…' is no name",))),
    "a name in no language": ("counties.csv", Mistake("Romsa@se", "Romsa@Sámi", ("'Sámi' after Romsa is no code",))),
    "a name in a name": ("counties.csv", Mistake("|Romsa@se|", "|Romsa@se|Romsa@se|", ("has a name twice",))),
    "a cell with a space": (
        "counties.csv",
        Mistake(",Østfold,", ",Østfold ,", ("has a space at its beginning or end",)),
    ),
    "a change of an area that goes on": (
        "area_changes.csv",
        Mistake(CHANGE, "2018-01-01,kommune/1103,", ("kommune:1103 is there through 2019-12-31",)),
    ),
    "a change on another day": (
        "area_changes.csv",
        Mistake(CHANGE, CHANGE.replace("2017-01-01", "2017-01-02"), ("kommune:0706 is there through 2016-12-31",)),
    ),
    "a change into an area of another time": (
        "area_changes.csv",
        Mistake(f"{CHANGE}kommune/0710", f"{CHANGE}kommune/0715", ("kommune:0715 is there from 2018-01-01",)),
    ),
    "a change twice": (
        "area_changes.csv",
        Mistake(f"{CHANGE}kommune", "2017-01-01,kommune/0719,kommune", ("this row stands there twice",)),
    ),
    "a change of a district on another day": (
        "police_district_changes.csv",
        Mistake("2016-01-01,ostfold", "2017-01-01,ostfold", ("ostfold-politidistrikt is there through 2015-12-31",)),
    ),
    "a district that goes on and is gone": (
        "police_district_changes.csv",
        Mistake(
            "2016-01-01,oslo-politidistrikt,oslo-", "2016-01-01,follo-politidistrikt,follo-", ("goes on, and is not",)
        ),
    ),
    "an area of today that is gone": (
        "current_areas.csv",
        Mistake("kommune/3101,", "kommune/3001,", ("kommune:3001 is no area of today",)),
    ),
    "an area of 2014 that was not there": (
        "current_areas.csv",
        Mistake("kommune/0101,", "kommune/3001,", ("kommune:3001 was not there on 2014-01-01",)),
    ),
    **{
        f"{number} as organisation number": (
            file,
            Mistake(right, number, (f"'{number}' is no organisation number: {why}",)),
        )
        for file, right, number, why in (
            ("organisations.yaml", "972417777", "972 417 777", "it has nine figures and nothing else; write 972417777"),
            ("organisations.yaml", "972417777", "97241777", "it has nine figures and nothing else"),
            ("organisations.yaml", "972417777", "972417778", "its last figure, the check digit, does not fit"),
            (
                "municipality_bodies.yaml",
                "942953119",
                "NO 942953119 MVA",
                "it has nine figures and nothing else; write",
            ),
            ("municipality_bodies.yaml", "939508295", "939508259", "its last figure, the check digit, does not fit"),
        )
    },
    "an item that is no item": ("people.yaml", Mistake("id: Q291644", "id: Q0291644", ("written as Q42",))),
    "an item of two people": (
        "people.yaml",
        Mistake(
            "laila-bokhari:\n",
            "laila-bokhari:\n  wikidata: {id: Q291644, source: a test}\n",
            ("Wikidata Q291644 is that of erna-solberg (registry/people.yaml:",),
            at="  wikidata: {id: Q291644, source: a test}",
        ),
    ),
    "an item of a person and a body": (
        "organisations.yaml",
        Mistake("id: Q586364", "id: Q291644", ("Wikidata Q291644 is that of erna-solberg (registry/people.yaml:",)),
    ),
    "a number of two bodies": (
        "organisations.yaml",
        Mistake(
            "972417831", "972417777", ("972417777 is that of statsministerens-kontor (registry/organisations.yaml:",)
        ),
    ),
    "a number of a body and a municipality": (
        "municipality_bodies.yaml",
        Mistake("939508295", "972417777", ("972417777 is that of statsministerens-kontor",)),
    ),
    "a body of a municipality that is not there": (
        "municipality_bodies.yaml",
        Mistake("drammen-kommune:", "dramen-kommune:", ("unknown municipality 'dramen-kommune'.", "drammen-kommune")),
    ),
    "a body in an area of another time": (
        "organisations.yaml",
        Mistake(
            "area: fylke/01", "area: fylke/31", ("fylke:31 is there from 2024-01-01 to …, and the body at another",)
        ),
    ),
    "a body in an area that is not there": (
        "organisations.yaml",
        Mistake("area: fylke/01", "area: fylke/21", ("unknown area 'fylke/21'.", "registry/municipalities.csv")),
    ),
    "a body that ends before it begins": (
        "organisations.yaml",
        Mistake(
            "  through: '2019-12-31'\n",
            "  from: '2020-01-01'\n  through: '2019-12-31'\n",
            ("'2019-12-31' is before '2020-01-01'",),
            at="  through: '2019-12-31'\n  area",
        ),
    ),
    "ends of several sources before all beginnings": (
        "posts.yaml",
        Mistake(
            f"{SINCE}2014-10{NRK}2014-10-17'",
            f"{SINCE}2018-10{NRK}2018-10-17'",
            ("'2016-02' and '2016-02-19' is before '2018-10' and '2018-10-17'",),
            at="      to:\n        - {edtf: '2016-02',",
        ),
    ),
    "a column with another name": ("counties.csv", Mistake("area,number,", "area,nummer,", ("nummer", "number"))),
}


# The first mistake in each file is made in the fast tier, the others in the slow one.
FIRST = {name: what for what, (name, _) in reversed(MISTAKES.items())}


@pytest.mark.parametrize(
    ("name", "mistake"),
    [
        pytest.param(name, mistake, id=what, marks=() if FIRST[name] == what else pytest.mark.slow)
        for what, (name, mistake) in MISTAKES.items()
    ],
)
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


@pytest.mark.parametrize(
    ("old", "new", "step", "why"),
    [
        (
            ",11,stavanger-kommune,,,,,,successor",
            ",11,stavanger-kommune-2020,,,,,,successor",
            "2020-01-01,kommune/1103,",
            "kommune:1103 has stavanger-kommune, kommune:1103.2020 has stavanger-kommune-2020 in "
            "registry/municipalities.csv; they are one body, since the number goes on",
        ),
        (
            ",31,halden-kommune",
            ",31,halden-kommune-2024",
            "2024-01-01,kommune/3001,",
            "they are one body, since the number goes on, or one alone became the other",
        ),
        (
            ",42,kristiansand-kommune-2020",
            ",42,kristiansand-kommune",
            "2020-01-01,kommune/1001,",
            "they are two bodies, since the number does not go on",
        ),
    ],
    ids=["a number goes on", "a whole gets a new number", "several become one"],
)
def test_body_after_a_change_is_the_one_of_the_rule(empty_home: Path, old: str, new: str, step: str, why: str) -> None:
    file, changes = empty_home / "registry/municipalities.csv", empty_home / "registry/area_changes.csv"
    table = file.read_text(encoding="utf-8")
    assert table.count(old) == 1
    file.write_text(table.replace(old, new), encoding="utf-8")
    (empty_home / "registry/municipality_bodies.yaml").write_text("{}\n", encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        read_registry(empty_home / "registry")
    (finding,) = error.value.findings
    assert (finding.file, finding.line) == (
        "registry/area_changes.csv",
        line_of(step, changes.read_text(encoding="utf-8")),
    )
    assert why in finding.message


def test_a_broken_registry_does_not_hide_what_is_wrong_with_pages(empty_home: Path, built: Path) -> None:
    people = empty_home / "registry/people.yaml"
    broken = people.read_text(encoding="utf-8").replace(ERNA, f"{ERNA}  namn: Erna\n")
    people.write_text(broken, encoding="utf-8")
    small_page(empty_home, CLAIMS.replace("    kind: dialogue-meeting\n", "    knd: dialogue-meeting\n"))
    found = refused_findings(empty_home, built)
    assert [finding.file for finding in found] == [CLAIMS_YAML, "registry/people.yaml"]
    assert "unknown key 'knd'. Did you mean kind?" in found[0].message


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        (KEYS["people.yaml"], PersonEntry),
        (KEYS["organisations.yaml"], BodyEntry),
        (KEYS["municipality_bodies.yaml"], NumberEntry),
        (KEYS["posts.yaml"], PostEntry),
        (KEYS["posts.yaml"]["holders*"], HolderEntry),
    ],
)
def test_the_types_of_entries_have_the_keys_that_are_checked(keys: dict[str, object], entry: type) -> None:
    assert {key.rstrip("!*+") for key in keys} == set(entry.__annotations__)
    assert {key.rstrip("!*+") for key in keys if "!" in key} == entry.__required_keys__  # type: ignore[attr-defined]
