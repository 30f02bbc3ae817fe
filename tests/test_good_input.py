"""What a page and a curator may well write, and a build must take: none of it is a mistake."""

import unicodedata
from pathlib import Path

import pytest
from conftest import ask, load_store
from small_page import CLAIMS, TEXT, Mistake, linked_home, small_page, with_mistake

from build_graph import build

pytestmark = pytest.mark.slow

AUDIENCE = "    audiences:\n"


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


def with_audiences(*words: str) -> tuple[str, str]:
    """The small page and its claims with further audiences of the meeting in Stavanger."""
    sentence = f"Møtet gjaldt også {', '.join(words)}."
    entries = "".join(f"      - words: '{each}'\n        quote: '{sentence}'\n" for each in words)
    claims = with_mistake(CLAIMS, Mistake(AUDIENCE, f"{AUDIENCE}{entries}", ()))
    return TEXT.replace("Hun sa", f"{sentence} Hun sa"), claims


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_may_be_written_with_combining_letters(linked: Path, form: str) -> None:
    text, claims = (
        words.replace("Stavanger", "Ålesund").replace("stavanger-k", "alesund-k") for words in (TEXT, CLAIMS)
    )
    claims = claims.replace("agent: alesund-kommune", "agent: Ålesund kommune")
    small_page(linked, unicodedata.normalize(form, claims), text)  # type: ignore[arg-type]
    assert build(linked).claims == 11


def test_a_byte_order_mark_is_no_mistake(empty_home: Path, linked: Path) -> None:
    small_page(empty_home)
    for pattern in ("registry/*.csv", "registry/*.yaml", "corpus/*/claims.yaml"):
        for file in empty_home.glob(pattern):
            file.write_text(file.read_text(encoding="utf-8"), encoding="utf-8-sig")
    small_page(linked)
    assert build(empty_home) == build(linked)


def test_audiences_that_begin_with_the_same_words_are_several(linked: Path) -> None:
    text, claims = with_audiences("ansatte i skole og barnehage og helse", "ansatte i skole og barnehage og politi")
    small_page(linked, claims, text)
    assert build(linked).claims == 13


@pytest.mark.parametrize("words", ["партии", "«—»", "政党", "100 %"])
def test_words_without_letters_for_an_address_are_words(linked: Path, words: str) -> None:
    text, claims = with_audiences(words)
    small_page(linked, claims, text)
    assert build(linked).claims == 12


@pytest.mark.parametrize(
    "sentence",
    [
        "Laila Bokhari (statssekretær) holdt en innledning.",
        "Laila Bokhari – «Statssekretæren» – holdt en innledning.",
        "Laila Bokhari/statssekretær holdt en innledning.",
    ],
)
def test_a_title_may_stand_beside_any_sign(linked: Path, sentence: str) -> None:
    old = "Statssekretær Laila Bokhari holdt en innledning."
    claims = with_mistake(CLAIMS, Mistake(f"quote: {old}", f"quote: {sentence}", ()))
    claims = with_mistake(claims, Mistake("context: Statssekretær Laila", "context: Laila", ()))
    claims = with_mistake(claims, Mistake("context: Laila Bokhari", f"context: {sentence}", ()))
    small_page(linked, claims, TEXT.replace(old, sentence))
    assert build(linked).claims == 11


def test_words_are_published_as_the_page_spells_them(linked: Path, tmp_path: Path) -> None:
    text = TEXT.replace("Flere foreldre", "Flere\u00a0for\u00adeldre").replace("møtet var nyttig", "møtet – var nyttig")
    claims = with_mistake(CLAIMS, Mistake("says: møtet var nyttig", "says: møtet - var nyttig", ()))
    claims = with_mistake(claims, Mistake("quote: Hun sa at møtet var nyttig.", "quote: Hun sa at møtet … nyttig.", ()))
    small_page(linked, claims, text)
    build(linked, tmp_path / "out")
    rows = ask(load_store(tmp_path / "out/motegraf.nq"), "SELECT DISTINCT ?words { ?thing mg:asWritten ?words }")
    written = {words for (words,) in rows}
    assert "møtet – var nyttig" in written
    assert "Flere for\u00adeldre" in written
    assert not {"Flere foreldre", "møtet - var nyttig"} & written
