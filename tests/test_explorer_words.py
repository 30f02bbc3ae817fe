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
