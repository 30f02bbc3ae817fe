"""Names of the interactive page that may spell one and the same: each is counted apart, and the page says so."""

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest
from axe import violations
from browser import SIZES, Opened, used, window
from large_graph import large_graph, page_of

from graph.explorer.data.records import Payload

pytestmark = pytest.mark.browser

# Bodies and people of the made-up graph, by the ends of their ids, and what they are called here.
NAMED = {
    "b000": "Eksempel",
    "b001": "EKSEMPEL AS",
    "b002": "Eksempel (Oslo)",
    "b003": "Eksempel (Bergen)",
    "b004": "Norsk forening for prøver (NFP)",
    "b005": "NFP",
    "b006": "Forening for prøver, norsk",
    "b007": "Bedriftsforbundet",
    "b008": "Bedriftsforbudnet",
    "b009": "Avdeling 12",
    "b010": "Avdeling 13",
    "b011": "Atskilt",
    "b012": "ATSKILT",
    "b013": "Uvisst ene",
    "b014": "Uvisst andre",
    "b015": "\u200b \u2060",
}
APART, UNSURE = ["actor:p.b011", "actor:p.b012"], ["actor:p.b013", "actor:p.b014"]


def spelled() -> Payload:
    """A graph of six meetings in which a register spells some names in several ways."""
    text = json.dumps(large_graph(6)).replace('"organisation:b', '"actor:p.b').replace('"person:p0', '"actor:p.p0')
    data: dict[str, Any] = json.loads(text)
    for entity in data["entities"]:
        if label := NAMED.get(entity["id"].rpartition(".")[2]):
            entity["label"] = {"nb": label}
        if entity["id"] in ("actor:p.p00", "actor:p.p01"):
            entity["label"] = {"nb": {"actor:p.p00": "Kari Prøve", "actor:p.p01": "Prøve, Kari"}[entity["id"]]}
    data["entities"].sort(key=lambda entity: entity["id"])
    data["decided"] = {"different": [APART], "unsure": [UNSURE]}
    return cast(Payload, data)


@pytest.fixture(scope="module")
def opened_page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    copy = tmp_path_factory.mktemp("spellings") / "explorer.html"
    copy.write_bytes(page_of(spelled()))
    with window(browser, copy, *SIZES["wide"]) as here:
        yield here


@pytest.fixture
def here(opened_page: Opened) -> Iterator[Opened]:
    with used(opened_page):
        opened_page.go("#view=overview")
        opened_page.page.wait_for_function("() => motegraf.data.isWhole() && motegraf.spellings.isReady()")
        yield opened_page


def others(here: Opened, body: str) -> dict[str, str]:
    """The ends of the ids of those that may be the same, each with why."""
    all_ = here.page.evaluate("id => motegraf.spellings.of(id)", f"actor:p.{body}")
    return {each["id"].rpartition(".")[2]: each["reason"] for each in all_}


def test_names_of_the_same_words_letters_or_acronym_may_be_one_and_others_not(here: Opened) -> None:
    assert others(here, "b000") == {"b001": "words", "b002": "words", "b003": "words"}
    # Two of which each may be a third one are not two of which one may be the other.
    assert others(here, "b002") == {"b000": "words", "b001": "words"}
    assert others(here, "b004") == {"b005": "acronym", "b006": "words"}
    assert others(here, "b005") == {"b004": "acronym"}
    assert others(here, "b007") == {"b008": "letter"}
    assert others(here, "b009") == {}
    assert others(here, "p00") == {"p01": "name"}
    # What people decided to be different is not asked again, and what nobody could tell is told.
    assert others(here, "b011") == {}
    assert others(here, "b013") == {"b014": "unsure"}
    assert here.page.evaluate("motegraf.spellings.isOneLetterOff(['iran'], ['irak'])") is False


def test_lists_and_pages_say_so_with_ways_to_each_and_numbers_apart(here: Opened) -> None:
    page = here.page
    about = "11 organisasjoner har navn som kan være det samme som et annet her. Hvert navn er telt for seg."
    assert about in page.locator("#block-bodies > .hint").inner_text()
    row = page.locator("#block-bodies tr", has=page.get_by_role("button", name="Eksempel", exact=True))
    row.locator("summary").click()
    assert row.locator("summary").inner_text() == "3 til kan være den samme"
    # What is open stays open when the list is made anew.
    page.locator("#find-bodies").fill("eksempel")
    row.get_by_role("button", name="EKSEMPEL AS").click()
    assert page.evaluate("motegraf.state.now.subject") == "actor:p.b001"
    part = page.locator("#view-subject .may-be")
    assert "Hvert navn er telt for seg, og tallene er ikke lagt sammen." in part.inner_text()
    assert (
        part.locator("li", has_text="Eksempel (Oslo)").inner_text()
        == "Eksempel (Oslo) ett møte · samme ord i navnet sammenlign"
    )
    assert page.locator("#view-subject .numbers").inner_text().split() == ["1", "møte", "med", "sikker", "del"]
    assert violations(page) == []
    # Compared with another, it is said of each.
    here.go("#compare=actor:p.b000&compare=actor:p.b009&lang=en")
    page.wait_for_function("() => motegraf.spellings.isReady()")
    assert page.locator("#view-subject .may-be-line summary").all_inner_texts() == ["3 more may be the same"]


def test_a_name_of_which_nothing_is_seen_is_shown_by_its_id(here: Opened) -> None:
    assert here.page.evaluate("motegraf.data.label('actor:p.b015')") == "actor:p.b015"
    assert here.page.evaluate("motegraf.facets.valueLabel('place', '\"  ')") == "(uten ord)"


def test_search_says_which_may_be_one_and_tells_namesakes_apart(here: Opened) -> None:
    hits = here.page.evaluate("motegraf.search.find('eksempel', 9).hits.map(({ label, detail }) => [label, detail])")
    detail = dict(hits)["Eksempel"]
    assert detail == "ett møte · 2014 · 3 til kan være den samme: «EKSEMPEL AS», «Eksempel (Oslo)»"


def test_what_tells_namesakes_apart_is_whom_they_met_and_at_last_their_ids(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = spelled()
    for entity in data["entities"]:
        if entity["id"] in ("actor:p.b020", "actor:p.b021", "actor:p.b000", "actor:p.b001"):
            entity["label"] = {"nb": "Navnesøster"}
        # Two of the registry, of which one has a dot in its id, and one that the page "p" names.
        if entity["id"] in ("actor:p.b030", "actor:p.b031", "actor:p.b032"):
            entity["label"] = {"nb": "Prikkforbundet"}
        # More than can be set beside each other.
        if "actor:p.b200" <= entity["id"] <= "actor:p.b260":
            entity["label"] = {"nb": "Mange Navnebrødre"}
    text = json.dumps(data)
    for id, new in {"b030": "a.s-prikk", "b031": "prikk", "b032": "p.prikk"}.items():
        text = text.replace(f'"actor:p.{id}"', f'"organisation:{new}"')
    data = json.loads(text)
    data["entities"].sort(key=lambda entity: entity["id"])
    copy = tmp_path_factory.mktemp("namesakes") / "explorer.html"
    copy.write_bytes(page_of(data))
    with window(browser, copy, *SIZES["wide"]) as here, used(here):
        here.go()
        here.page.wait_for_function("() => motegraf.data.isWhole() && motegraf.spellings.isReady()")
        found = here.page.evaluate("motegraf.search.find('navnesøster', 9).hits.map(({ id, detail }) => [id, detail])")
        prikk = "motegraf.spellings.of('organisation:a.s-prikk').map(({ id }) => id)"
        assert here.page.evaluate(prikk) == ["organisation:p.prikk"]
        # Of 61 with one name none is listed, and that is said of each of them, and counted.
        here.page.evaluate("motegraf.subject.open('actor:p.b200')")
        assert "Mer enn 60 har dette navnet." in here.page.locator("#view-subject .may-be").inner_text()
        hit = here.page.evaluate("motegraf.search.find('mange navnebrødre', 99).hits[0].detail")
        assert "mer enn 60 har dette navnet" in hit
        assert here.page.evaluate("motegraf.spellings.count()") == 61 + here.page.evaluate(
            "[...motegraf.data.entities.values()].filter(each => each.kind === 'body'"
            " && motegraf.spellings.of(each.id).length).length"
        )
        # From the page of one the others can be compared with it, each by what its id ends in.
        here.page.evaluate("motegraf.subject.open('actor:p.b000')")
        here.page.locator("#view-subject .may-be .compare-pair").first.click()
        assert "Navnesøster (p.b000) og Navnesøster (p.b0" in here.page.locator("#subject-title").inner_text()
    details = {id.rpartition(".")[2]: detail for id, detail in found}
    assert len({*details.values()}) == len(details) > 1
    assert "Med: Kari Prøve" in details["b000"]
    assert details["b000"].endswith("p.b000")


def test_an_acronym_of_too_many_names_is_said_of_each_of_them(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = spelled()
    crowd = [f"actor:p.b{number}" for number in range(100, 161)]
    for entity in data["entities"]:
        if entity["id"] in crowd:
            at = crowd.index(entity["id"])
            entity["label"] = {"nb": f"{chr(97 + at % 26) * 5} {chr(97 + at // 26)}kvist (QXZW)"}
        if entity["id"] == "actor:p.b020":
            entity["label"] = {"nb": "QXZW"}
    copy = tmp_path_factory.mktemp("acronym") / "explorer.html"
    copy.write_bytes(page_of(data))
    with window(browser, copy, *SIZES["wide"]) as here, used(here):
        here.go()
        here.page.wait_for_function("() => motegraf.data.isWhole() && motegraf.spellings.isReady()")
        said = "orkortelsen «QXZW» passer til så mange navn her at de ikke er listet (mer enn 60 par)"
        for id in ("actor:p.b020", crowd[0], crowd[-1]):
            assert here.page.evaluate("id => motegraf.spellings.of(id)", id) == []
            here.page.evaluate("id => motegraf.subject.open(id)", id)
            assert f"F{said}." in here.page.locator("#view-subject .may-be").inner_text()
        assert f"f{said}" in here.page.evaluate("motegraf.search.find('qxzw', 9).hits[0].detail")
        # One acronym, 61 names, and the eleven of the other spellings.
        assert here.page.evaluate("motegraf.spellings.count()") == 1 + 61 + 11
