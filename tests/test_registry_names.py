"""Names as of a day: who is called what when, and names of municipalities in two and three languages."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import add_page

from graph import HOME
from graph.common.findings import FindingsError
from graph.model.edtf import Bounds
from graph.registry.load import read_registry
from graph.registry.lookup import find_agent, find_municipality
from graph.registry.records import DatedName, Registry
from graph.sources.pages.context import read_background
from graph.sources.pages.read import read_claims_in_progress

pytestmark = pytest.mark.unit


@cache
def registry() -> Registry:
    return read_registry(HOME / "registry")


def in_year(year: int) -> Bounds:
    return Bounds(date(year, 2, 1), date(year, 11, 30))


MARRIED = """
kari-hansen:
  name: Kari Hansen
  names:
    - {name: Kari Nordmann, through: '2018-06-30', source: a test}
    - {name: Kari Hansen, from: '2018-07-01', source: a test}
"""
BODIES = """
barneombud:
  name: {nb: Barneombud}
  kind: agency
  names:
    - {name: Ombudet, through: '2015-12-31', source: a test}
    - {name: Barneombud, from: '2016-01-01', source: a test}
likestillingsombud:
  name: {nb: Likestillingsombud}
  kind: agency
  names:
    - {name: Ombudet, from: '2016-01-01', source: a test}
"""


@pytest.fixture
def home(empty_home: Path) -> Path:
    for file, more in (("people.yaml", MARRIED), ("organisations.yaml", BODIES)):
        path = empty_home / "registry" / file
        path.write_text(path.read_text(encoding="utf-8") + more.lstrip("\n"), encoding="utf-8")
    return empty_home


@pytest.mark.parametrize(("year", "body"), [(2014, "barneombud"), (2024, "likestillingsombud")])
def test_one_name_means_whoever_had_it_at_the_time(home: Path, year: int, body: str) -> None:
    assert find_agent(read_registry(home / "registry"), "Ombudet", in_year(year)) == f"organisation:{body}"


@pytest.mark.parametrize("name", ["Kari Nordmann", "Kari Hansen"])
@pytest.mark.parametrize("year", [2014, 2024])
def test_person_is_found_under_each_name_that_they_had(home: Path, name: str, year: int) -> None:
    assert find_agent(read_registry(home / "registry"), name, in_year(year)) == "person:kari-hansen"


def test_former_is_a_name_with_its_last_day(home: Path) -> None:
    file = home / "registry/organisations.yaml"
    old = "  former:\n    - {name: Barneombudet, through: '2010-12-31'}\n  names:\n    - {name: Ombudet, t"
    file.write_text(
        file.read_text(encoding="utf-8").replace("  names:\n    - {name: Ombudet, t", old), encoding="utf-8"
    )
    body = read_registry(home / "registry").organisations["organisation:barneombud"]
    assert body.also == ("Barneombudet", "Ombudet")
    assert body.names[0] == DatedName("Barneombudet", Bounds(None, date(2010, 12, 31)), None)


def test_ministry_is_found_under_the_name_of_each_time() -> None:
    for name in ("Justis- og politidepartementet", "Justis- og beredskapsdepartementet"):
        assert find_agent(registry(), name) == "organisation:justis-og-beredskapsdepartementet"
    dated = registry().dated_names[
        "organisation:justis-og-beredskapsdepartementet", "justis-og beredskapsdepartementet"
    ]
    assert [each.used for each in dated] == [Bounds(date(2012, 1, 1), None)]


CLAIMS = """events:
  mote:
    label: {{nb: Møte, en: Meeting}}
    kind: meeting
    status: held
    when: {{edtf: '{day}', said: {said}}}
    quote: {said} deltok {name} på et møte.
    participations:
      - {{agent: kari-hansen, role: participant}}
"""


def questions(home: Path, name: str, year: int) -> list[str]:
    said = f"14. mars {year}"
    claims = CLAIMS.format(day=f"{year}-03-14", said=said, name=name)
    folder = add_page(home, "a", f"{said} deltok {name} på et møte.\n", claims, f"{year}-03-15")
    _, findings = read_claims_in_progress(folder, read_background(home))
    return [str(each) for each in findings]


@pytest.mark.parametrize(("name", "year"), [("Kari Nordmann", 2014), ("Kari Hansen", 2024), ("Kari Nordmann", 2024)])
def test_name_of_its_time_or_of_before_is_no_question(home: Path, name: str, year: int) -> None:
    assert questions(home, name, year) == []


def test_name_before_it_was_used_is_a_question(home: Path) -> None:
    assert questions(home, "Kari Hansen", 2014) == [
        "corpus/a/page.txt:1: question: 'Kari Hansen' is a name of person:kari-hansen from 2018-07-01 on (a test), and "
        "the page was published by 2014-03-15. Is somebody else meant? Else mend the day in page.yaml, or names: in "
        "registry/people.yaml"
    ]


BAD_NAMES = {
    "no name": ("- {from: '2018-07-01'}", "'name' is missing"),
    "a name that folds to nothing": ("- {name: '…'}", "'name' is words, and '…' has no letter and no figure"),
    "a day that is none": ("- {name: Kari, from: '2018-02-30'}", "2018-02-30"),
    "a last day before the first": ("- {name: Kari, from: '2018', through: '2017'}", "'2017' is before '2018'"),
    "another key": ("- {name: Kari, to: '2018'}", "unknown key 'to'"),
}


@pytest.mark.parametrize(("entry", "message"), BAD_NAMES.values(), ids=BAD_NAMES.keys())
def test_wrong_names_are_findings_with_their_line(home: Path, entry: str, message: str) -> None:
    file = home / "registry/people.yaml"
    text = file.read_text(encoding="utf-8")
    first = "- {name: Kari Nordmann, through: '2018-06-30', source: a test}"
    file.write_text(text.replace(first, entry), encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        read_registry(home / "registry")
    line = text[: text.index(first)].count("\n") + 1
    assert [(each.file, each.line) for each in error.value.findings] == [("registry/people.yaml", line)]
    assert message in error.value.findings[0].message


MUNICIPALITIES = {
    "the halves the other way round": ("Kautokeino-Guovdageaidnu", 2014, "kommune:2011"),
    "with an en dash": ("Kautokeino – Guovdageaidnu", 2024, "kommune:5612"),
    "with a stroke": ("Guovdageaidnu/Kautokeino", 2014, "kommune:2011"),
    "two of three": ("Porsanki - Porsanger", 2014, "kommune:2020"),
    "three, in another order": ("Kaivuono – Kåfjord – Gáivuotna", 2024, "kommune:5540"),
    "in Kven": ("Raisi", 2014, "kommune:1942"),
    "in Northern Sámi": ("Ráisa", 2024, "kommune:5544"),
    "in Southern Sámi": ("Aarborte", 2014, "kommune:1826"),
}


@pytest.mark.parametrize(("name", "year", "area"), MUNICIPALITIES.values(), ids=MUNICIPALITIES.keys())
def test_double_name_means_its_municipality_in_any_order(name: str, year: int, area: str) -> None:
    assert find_municipality(registry(), name, None, in_year(year)) == area
    body = registry().areas[area].body
    assert find_agent(registry(), f"{name} kommune", in_year(year)) == body


@pytest.mark.parametrize("name", ["Oslo-Bergen", "Kautokeino - Alta", "KS-Kautokeino"])
def test_names_of_two_are_no_name_of_one(name: str) -> None:
    with pytest.raises(LookupError, match=f"there is no municipality '{name}'"):
        find_municipality(registry(), name, None, in_year(2014))
    with pytest.raises(LookupError, match=f"'{name} kommune' is no person or body"):
        find_agent(registry(), f"{name} kommune", in_year(2014))


HINTS = {
    "Guovdageainnu suohkan": "Kautokeino kommune",
    "Deanu gielda": "Tana kommune",
    "Snåasen tjïelte": "Snåsa kommune",
    "Raisen kommuuni": "Nordreisa kommune",
    "Kautokeino herad": "Kautokeino kommune",
}


@pytest.mark.parametrize(("written", "meant"), HINTS.items())
def test_other_words_for_a_municipality_are_answered_with_its_body(written: str, meant: str) -> None:
    with pytest.raises(LookupError, match=rf"is no person or body of the registry\. Did you mean {meant}"):
        find_agent(registry(), written)


def test_misspelt_double_name_is_answered_with_the_right_one() -> None:
    with pytest.raises(LookupError, match="Did you mean Guovdageaidnu - Kautokeino"):
        find_municipality(registry(), "Guovdageaindu – Kautokeino", None, in_year(2014))
