"""Which municipality a name, a number or an area id means, within the days that an event is bounded by."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import add_page, ask, load_store

from build_graph import build
from graph import HOME
from graph.model.edtf import ANY_DAY, Bounds
from graph.registry.load import read_registry
from graph.registry.lookup import find_agent, find_municipality
from graph.registry.records import Registry

pytestmark = pytest.mark.unit


@cache
def registry() -> Registry:
    return read_registry(HOME / "registry")


def between(first: str | None, last: str | None) -> Bounds:
    return Bounds(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


AUTUMN_2014 = between("2014-09-01", "2014-12-31")
OVER_2020 = between("2019-12-01", "2020-02-28")
OVER_2024 = between("2023-12-15", "2024-01-15")
FOUND = {
    "the area of the day": ("Stavanger", None, AUTUMN_2014, "kommune:1103"),
    "the area of a later day": ("Stavanger", None, between("2021-05-01", "2021-05-01"), "kommune:1103.2020"),
    "a number, as of the day": ("1103", None, between("2021-05-01", "2021-05-01"), "kommune:1103.2020"),
    "one that a reform left alone": ("Oslo", None, OVER_2020, "kommune:0301"),
    "one that ended within the bounds": ("Fet", None, OVER_2020, "kommune:0227"),
    "one that began within the bounds": ("Heim", None, OVER_2020, "kommune:5055"),
    "a name of a half": ("Oslove", None, OVER_2020, "kommune:0301"),
    "over a reform, by the number it had before": ("1103", None, OVER_2020, "kommune:1103"),
    "over a reform, by the area it was after": ("1103.2020", None, OVER_2020, "kommune:1103.2020"),
    "over a reform, by a number that only one had": ("1507", None, OVER_2020, "kommune:1507"),
    "over two reforms, by the number between": ("1507", None, between("2019-01-01", "2024-12-31"), "kommune:1507"),
    "two of a name, told apart by the county": ("Våler", "Hedmark", AUTUMN_2014, "kommune:0426"),
    "over a reform, told apart by the county": ("Våler", "Viken", OVER_2020, "kommune:3018"),
    "told apart by the number of the county": ("Våler", "04", AUTUMN_2014, "kommune:0426"),
    "told apart by the county in capitals": ("Våler", "ØSTFOLD", AUTUMN_2014, "kommune:0137"),
    "in a county by its name in Sámi": ("Lavangen", "Romsa", AUTUMN_2014, "kommune:1920"),
    "in a county by all its names": ("Lavangen", "Troms – Romsa", AUTUMN_2014, "kommune:1920"),
    "a double name without spaces": ("Guovdageaidnu-Kautokeino", None, AUTUMN_2014, "kommune:2011"),
    "a double name with an en dash": ("Guovdageaidnu – Kautokeino", None, AUTUMN_2014, "kommune:2011"),
    "a double name with an en dash alone": ("deatnu–tana", None, AUTUMN_2014, "kommune:2025"),
    "a double name with a minus": ("Deatnu \u2212 Tana", None, AUTUMN_2014, "kommune:2025"),
    "a double name over two lines": ("Unjárga -\n Nesseby", None, AUTUMN_2014, "kommune:2027"),
    "a double name, later": ("Gáivuotna - Kåfjord - Kaivuono", "54", OVER_2024, "kommune:5426"),
    "a name in Kven, later": ("Porsanki", None, between("2024-06-01", "2024-06-30"), "kommune:5622"),
    "a single name with another dash": ("Sør‑Varanger", None, AUTUMN_2014, "kommune:2030"),
    "any day, one that no reform touched": ("Oslo", None, ANY_DAY, "kommune:0301"),
    "any day, one that is no more": ("Fet", None, ANY_DAY, "kommune:0227"),
    "any day, by number": ("1504", None, ANY_DAY, "kommune:1504"),
    "no first day": ("Fet", None, between(None, "2019-12-31"), "kommune:0227"),
    "no last day": ("Heim", None, between("2019-06-01", None), "kommune:5055"),
    "by number from before the registry begins": ("0227", None, between("2013-12-01", "2014-01-31"), "kommune:0227"),
}
REFUSED = {
    "over a reform that made another territory": (
        *("Stavanger", None, OVER_2020),
        "'Stavanger' can mean 2 municipalities: 1103 … to 2019-12-31; 1103.2020 2020-01-01 to …; "
        "write the number of one",
    ),
    "over a reform that gave another number": (
        *("Ålesund", None, OVER_2024),
        "'Ålesund' can mean 2 municipalities: 1507 2020-01-01 to 2023-12-31; 1508 2024-01-01 to …; "
        "write the number of one",
    ),
    "any day, one that reforms touched": (
        *("Ålesund", None, ANY_DAY),
        "'Ålesund' can mean 3 municipalities: 1504 … to 2019-12-31; 1507 2020-01-01 to 2023-12-31; "
        "1508 2024-01-01 to …; write the number of one",
    ),
    "two of a name": (
        *("Våler", None, AUTUMN_2014),
        "'Våler' can mean 2 municipalities: 0137 … to 2019-12-31; 0426 … to 2019-12-31; "
        "write the number of one, or add county: Hedmark or Østfold",
    ),
    "a number that there was not yet": (
        *("1507", None, AUTUMN_2014),
        "municipality '1507' did not exist between 2014-09-01 and 2014-12-31: kommune:1507 2020-01-01 to 2023-12-31",
    ),
    "an area that there was not yet": (
        *("1103.2020", None, AUTUMN_2014),
        "'1103.2020' is an area of another time (kommune:1103.2020 2020-01-01 to …); "
        "between 2014-09-01 and 2014-12-31 that municipality was 1103 Stavanger",
    ),
    "a number of another time": (
        *("5612", None, AUTUMN_2014),
        "'5612' is an area of another time (kommune:5612 2024-01-01 to …); "
        "between 2014-09-01 and 2014-12-31 that municipality was 2011 Guovdageaidnu - Kautokeino",
    ),
    "a name of another time": (
        *("Porsanger - Porsáŋgu - Porsanki", None, AUTUMN_2014),
        "'Porsanger - Porsáŋgu - Porsanki' is an area of another time (kommune:5436 2020-01-01 to 2023-12-31; "
        "kommune:5622 2024-01-01 to …); between 2014-09-01 and 2014-12-31 that municipality was "
        "2020 Porsanger - Porsángu - Porsanki",
    ),
    "one that came later": (
        *("Senja", None, AUTUMN_2014),
        "municipality 'Senja' did not exist between 2014-09-01 and 2014-12-31: kommune:5421 2020-01-01 to 2023-12-31; "
        "kommune:5530 2024-01-01 to …",
    ),
    "a body": (
        *("Kautokeino kommune", None, AUTUMN_2014),
        "there is no municipality 'Kautokeino kommune'. Did you mean Kautokeino? "
        "A municipality as a place is written without kommune",
    ),
    "half a double name, misspelt": (
        *("Tysfjordd", None, AUTUMN_2014),
        "there is no municipality 'Tysfjordd'. Did you mean Tysfjord or ",
    ),
    "in a county where it is not": (
        *("Våler", "Rogaland", AUTUMN_2014),
        "there is no 'Våler' in county 'Rogaland'; there is one in Østfold (01), Hedmark (04)",
    ),
    "a name from before the registry begins": (
        *("Fet", None, between("2013-12-01", "2014-01-31")),
        "which municipality 'Fet' was on 2013-12-01 is not known: the registry begins on 2014-01-01",
    ),
    "a number from before the registry begins": (
        *("0227", None, between("2013-12-01", "2013-12-31")),
        "which municipality '0227' was on 2013-12-31 is not known: the registry begins on 2014-01-01",
    ),
    "a number of a county": (*("01", None, AUTUMN_2014), "there is no municipality '01'."),
}


@pytest.mark.parametrize(("name", "county", "when", "area"), FOUND.values(), ids=FOUND.keys())
def test_find_municipality_that_existed_within_bounds(name: str, county: str | None, when: Bounds, area: str) -> None:
    assert find_municipality(registry(), name, county, when) == area


@pytest.mark.parametrize(("name", "county", "when", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_ambiguous_or_unknown_municipality_error_lists_candidates(
    name: str, county: str | None, when: Bounds, message: str
) -> None:
    with pytest.raises(LookupError, match=rf"^{re.escape(message)}"):
        find_municipality(registry(), name, county, when)


@pytest.mark.parametrize("dash", [" – ", " - ", "-", "–", " \u2011 "])
def test_body_is_found_under_any_dash(dash: str) -> None:
    assert find_agent(registry(), f"KS{dash}Kommunesektorens organisasjon") == "organisation:ks"
    assert find_agent(registry(), f"minotenk{dash}MINORITETSPOLITISK tenketank") == "organisation:minotenk"


@pytest.mark.slow
@pytest.mark.parametrize("written", ["'1103.2020'", "1103.2020", "'1103'"])
def test_entry_may_give_area_of_event_that_spans_a_reform(empty_home: Path, written: str) -> None:
    claims = f"""events:
  mote:
    label: {{nb: Møte, en: Meeting}}
    kind: meeting
    when: {{edtf: 2019-12/2020-02, said: Vinteren 2019/2020}}
    where: {{municipality: {written}}}
    quote: Vinteren 2019/2020 var det et møte i Stavanger.
"""
    add_page(empty_home, "a", "Vinteren 2019/2020 var det et møte i Stavanger.\n", claims, "2020-03-01")
    build(empty_home, empty_home / "out")
    rows = ask(
        load_store(empty_home / "out/motegraf.nq"), "SELECT ?area ?as { ?c mg:place ?area ; mg:placeAsWritten ?as }"
    )
    assert rows == [(f"kommune:{written.strip(chr(39))}", "Stavanger")]
