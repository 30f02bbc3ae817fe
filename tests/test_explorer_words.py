"""What the interactive page says: of one and of many, of the view at hand, and in English the words of the field."""

import re
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, opened

pytestmark = pytest.mark.browser


def test_help_is_that_of_the_view_and_its_direction(browser: Any, file: Path, wide: Opened) -> None:
    begins = {
        "#": "Et møte står i feltet",
        "#around=person:laila-bokhari": "I midten står den det gjelder",
        "#all=yes": "Møtene står i midten",
        "#view=timeline": "Hver rad er et møte",
        "#view=map": "Et merke er et møte",
        "#view=table": "Hver rad er en forbindelse",
        "#view=questions": "Hvert spørsmål har svaret",
    }
    wide.go("#")
    assert "fra venstre mot høyre" in wide.page.locator("#how-to-read").inner_text()
    for state, words in begins.items():
        wide.page.evaluate("state => { location.hash = state; motegraf.state.reread(); }", state)
        assert wide.page.locator("#how-to-read").inner_text().startswith(words), state
    with opened(browser, file, *SIZES["narrow"]) as narrow:
        narrow.go("#")
        assert "Feltene følger hverandre nedover." in narrow.page.locator("#how-to-read").inner_text()


def test_one_is_said_as_one(wide: Opened) -> None:
    said = """count => ["countUnnamed", "countFitting", "countUndated", "countUnmapped", "mapUnnamed", "spanUndated",
        "ringsLeft", "linkUnknown", "stands"].map(key => motegraf.texts.many(key, count))"""
    for language, singular in (("nb", r"^(Ett?|Én|.*én) "), ("en", r"^(One|.*one) ")):
        wide.go(f"#lang={language}")
        for one, many in zip(wide.page.evaluate(said, 1), wide.page.evaluate(said, 2000), strict=True):
            assert re.match(singular, one), one
            assert re.search(r"2[\u00a0,]000", many), many


def test_english_has_the_words_of_the_field(wide: Opened) -> None:
    wide.go("#lang=en&sel=person:laila-bokhari")
    page = wide.page.locator("body").inner_text()
    assert "Organisation" in page
    assert "Connections (7)" in page
    assert "Unnamed group" in page
    assert re.findall(r".{0,30}\b(?:Body|Bodies|Ties|Fade|does not fit)\b.{0,30}", page) == []


def test_questions_are_grouped_and_can_be_searched(wide: Opened) -> None:
    wide.go("#view=questions")
    groups = wide.page.locator(".question-group")
    assert groups.count() > 3
    assert wide.page.locator(".question-group[open]").count() == 0
    assert re.search(r"\d+ spørsmål$", groups.first.locator("summary").first.inner_text())
    wide.page.locator("#question-search").fill("maaned")
    seen = wide.page.locator(".asked > details:visible")
    assert 0 < seen.count() < 10
    assert "question-how_many_events_are_in_which_month" in seen.evaluate_all("all => all.map(one => one.id)")
    wide.page.locator("#question-search").fill("finnes ikke her")
    assert wide.page.locator("#question-none").is_visible()


def test_bars_of_an_interval_say_so_in_the_words_of_the_page(wide: Opened) -> None:
    for language, said in (("nb", "en gang i september–desember 2014"), ("en", "some time in September–December 2014")):
        wide.go(f"#view=questions&question=how_many_events_are_in_which_month&lang={language}")
        answer = wide.page.locator("#question-how_many_events_are_in_which_month")
        assert said in answer.locator(".bars").inner_text()
        assert not re.search(r"\d{4}-\d{2}", answer.inner_text())
        assert answer.locator(".bar-of.vague").count() == 1


def test_paper_has_address_day_and_sources_and_no_tools(wide: Opened) -> None:
    wide.go("#sel=person:laila-bokhari")
    assert wide.page.locator("#printed").is_hidden()
    wide.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide.page.emulate_media(media="print")
    said = wide.page.locator("#printed").inner_text()
    assert re.match(r"Skrevet ut \d+\. \w+ \d{4} fra file:.*#sel=person:laila-bokhari", said)
    assert said.endswith("Kilder: Dialogmøter høsten 2014.")
    for tool in ("#show-all", "#search", "#exports", "#chosen-by button", "#open-path", ".acts"):
        assert wide.page.locator(tool).first.is_hidden(), tool
    wide.go("#view=questions")
    assert wide.page.locator(".question-group:visible").count() == 0
    wide.go("#view=questions&question=who_met_whom")
    assert wide.page.locator(".asked > details:visible").count() == 1
    wide.page.emulate_media(media="screen")


def test_panel_at_400_percent_leaves_the_window_to_the_page(browser: Any, file: Path) -> None:
    with opened(browser, file, 320, 256) as page:
        page.go("#sel=person:laila-bokhari")
        assert page.page.locator("#proof").evaluate("one => getComputedStyle(one).position") == "static"
        assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
