"""Ten tasks of somebody new to the interactive page: each is done in at most four actions, by what is in sight."""

import csv
import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Opened, used, window

pytestmark = pytest.mark.browser

MOST = 4


class Newcomer:
    """Somebody who types and presses what can be seen, and counts it."""

    def __init__(self, here: Opened) -> None:
        self.here, self.page, self.actions = here, here.page, 0

    def __enter__(self) -> "Newcomer":
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        assert failure is not None or self.actions <= MOST

    def press(self, selector: str, words: str = "") -> None:
        target = self.page.locator(selector, has_text=words) if words else self.page.locator(selector)
        target.first.click()
        self.actions += 1

    def search(self, words: str) -> None:
        self.page.locator("#search").fill(words)
        self.actions += 1

    def enter(self) -> None:
        self.page.keyboard.press("Enter")
        self.actions += 1

    def sees(self, selector: str, words: str) -> bool:
        """Whether an element with these words stands in the window, or in what scrolls within it."""
        self.here.settle()
        found = self.page.locator(selector, has_text=words).first
        return bool(found.count()) and found.evaluate(
            "element => { const { top, bottom } = element.getBoundingClientRect(); "
            "return element.checkVisibility() && top < innerHeight && bottom > 0; }"
        )

    def saved(self, selector: str) -> bytes:
        with self.page.expect_download() as download:
            self.press(selector)
        return Path(download.value.path()).read_bytes()


@pytest.fixture(scope="module")
def desk(browser: Any, file: Path) -> Iterator[Opened]:
    with window(browser, file, 1280, 900) as here:
        yield here


@pytest.fixture
def newcomer(desk: Opened) -> Iterator[Newcomer]:
    with used(desk):
        desk.go()
        with Newcomer(desk) as somebody:
            yield somebody


def test_who_was_in_haugesund_and_how_do_we_know(newcomer: Newcomer) -> None:
    newcomer.search("hvem var i haugesund")
    newcomer.press("#results [role=option]", "Dialogmøte i Haugesund")
    assert newcomer.sees("#proof .tie", "Laila Bokhari")
    newcomer.press("#proof .tie", "Laila Bokhari")
    assert newcomer.sees("#proof blockquote", "Statssekretær Laila Bokhari holdt en innledning")


def test_every_event_with_somebody_certain_ones_only(newcomer: Newcomer) -> None:
    newcomer.search("bokhari")
    newcomer.enter()
    newcomer.press("#open-subject")
    newcomer.press(".facets label", "Sikker")
    names = newcomer.page.locator("#view-subject .meetings .which button").all_inner_texts()
    assert names == ["Dialogmøte i Haugesund", "Dialogmøte i Stavanger", "Konferanse i Sarpsborg"]


def test_what_connects_two_people(newcomer: Newcomer) -> None:
    newcomer.search("kallmyr og assidiq")
    newcomer.press("#results [role=option]", "Veien mellom")
    assert newcomer.page.locator("#scene ol li").count() == 4
    assert newcomer.sees("#scene ol li", "Konferanse i Sarpsborg")
    assert newcomer.sees("#scene ol li .hint", "«")


def test_what_is_planned_for_a_year(newcomer: Newcomer) -> None:
    newcomer.search("planlagt 2015")
    newcomer.enter()
    assert newcomer.sees("#count", "4 av 11 arrangementer")
    newcomer.press("#tab-timeline")
    assert newcomer.sees("#view-timeline", "Møte i Drammen")


def test_link_to_exactly_this_view(newcomer: Newcomer) -> None:
    newcomer.press("#tab-table")
    newcomer.press(".facets label", "Mulig")
    newcomer.press("#share-link")
    links = newcomer.page.locator("dialog textarea").all()
    assert any(link.input_value().endswith("#view=table&certainty=possible") for link in links)


def test_it_as_a_spreadsheet(newcomer: Newcomer) -> None:
    made = newcomer.saved("#export-csv").decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(made, newline=""), delimiter=";")]
    assert len(rows) == newcomer.page.evaluate("motegraf.data.ties.size") + 3
    assert {"Belegg", "Kildens adresse", "Arrangement (IRI)", "Sikkerhet"} <= {*rows[0]}


def test_a_picture_for_an_article(newcomer: Newcomer) -> None:
    newcomer.press("#tab-map")
    newcomer.page.locator("#picture-size").select_option("print")
    newcomer.actions += 1
    made = newcomer.saved("#export-png")
    width, _ = struct.unpack(">II", made[16:24])
    assert (made[:8], width) == (b"\x89PNG\r\n\x1a\n", 2400)


def test_which_county_a_meeting_was_in(newcomer: Newcomer) -> None:
    newcomer.search("sarpsborg")
    newcomer.press("#results [role=option]", "Konferanse i Sarpsborg")
    assert newcomer.sees("#proof dd", "Østfold")


def test_what_the_prime_minister_may_have_attended(newcomer: Newcomer) -> None:
    newcomer.search("statsministeren")
    newcomer.press("#results [role=option]", "Erna Solberg")
    newcomer.press("#open-subject")
    assert newcomer.sees("#view-subject .numbers li.possible", "4")
    possible = newcomer.page.locator("#view-subject .meetings > li.possible .which button").all_inner_texts()
    assert {re.sub(r".* i ", "", name) for name in possible} == {"Oslo", "Ålesund", "Fredrikstad", "Tromsø"}


def test_which_sentence_says_that_an_organisation_organises(newcomer: Newcomer) -> None:
    newcomer.search("KS")
    newcomer.enter()
    newcomer.press("#proof .tie", "arrangør")
    assert newcomer.sees("#proof blockquote", "KS")
    assert newcomer.page.locator("#proof mark.says").count() >= 1
