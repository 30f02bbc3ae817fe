"""Unknown names: in lists, after initials, in letters with marks of their own, and where they leave a choice."""

import unicodedata
from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_findings

from graph.common.findings import Finding
from graph.sources.pages.context import Background, page_context

pytestmark = pytest.mark.unit

HELD = "Det ble holdt et møte i Oslo 3. mars 2014."
PART = "\n    participations:\n      - {agent: erna-solberg, role: participant}"


def findings_of(home: Path, background: Background, text: str, quotes: str, more: str = "") -> list[Finding]:
    """Return the findings about a page whose event is proven by quotes."""
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: 3. mars 2014}}
    where: {{municipality: Oslo}}
    quote: {quotes}{more}
"""
    folder = add_page(home, "p", f"{text}\n", claims, "2014-04-01", reading="partial")
    return page_findings(folder, background)


def names_in(findings: list[Finding]) -> list[str]:
    return [each.message.split("'")[1] for each in findings if each.message.startswith("unknown name ")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{HELD}\nTil stede:\nOla\nEquinor (vert)\nReferent: ingen", ["Ola", "Equinor"]),
        (f"{HELD}\nTil stede: Ola, Equinor.", ["Ola", "Equinor"]),
        (f"{HELD} Der var A. Nordmann, K. M. Hansen og 3M.", ["A. Nordmann", "K. M. Hansen"]),
        (f"{HELD} Både Kari Nordmann og Equinor var der.", ["Kari Nordmann", "Equinor"]),
        (f"\ufeff{HELD}", []),
        (unicodedata.normalize("NFD", f"{HELD} Der var Åse Bjørnø."), ["Åse Bjørnø"]),
        (f"{HELD}\nTil stede:\nSTATNETT\nKARI NORDMANN", ["STATNETT", "KARI NORDMANN"]),
        (f"{HELD}\nREFERAT FRA MØTET", []),
    ],
    ids=[
        *("a list", "a list in a line", "initials", "a small word", "a byte order mark", "marks of their own"),
        *("a list in capitals", "a heading in capitals"),
    ],
)
def test_names_are_listed_as_they_are_written(
    tmp_path: Path, background: Background, text: str, names: list[str]
) -> None:
    sentences = [HELD, *(line for line in text.removeprefix("\ufeff").replace(HELD, "").splitlines() if line.strip())]
    quotes = f"[{', '.join(repr(each.strip()) for each in sentences)}]"
    assert names_in(findings_of(linked_home(tmp_path), background, text, quotes)) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Equinor deltok.", ["Equinor"]),
        ("Equinor var også til stede.", ["Equinor"]),
        ("Equinor inviterte KS.", ["Equinor"]),
        ("Equinor og KS deltok.", ["Equinor"]),
        ("Equinors møte ble holdt.", ["Equinors"]),
        ("Jens deltok.", ["Jens"]),
        ("NHO deltok.", ["NHO"]),
        ("STATNETT deltok.", ["STATNETT"]),
        ("Deretter deltok KS.", []),
        ("Mange deltok.", []),
        ("Foreldrene deltok.", []),
        ("Politikere og KS deltok.", []),
        ("Foreldremøte ble holdt.", []),
        ("Torsdag kveld deltok KS.", []),
        ("Kommunens møte ble holdt.", []),
        ("Spørsmål til innlederne.", []),
    ],
)
def test_a_name_alone_at_the_head_of_a_sentence_is_listed(
    tmp_path: Path, background: Background, sentence: str, names: list[str]
) -> None:
    text = f"{HELD} {sentence}"
    assert names_in(findings_of(linked_home(tmp_path), background, text, f"['{HELD}', '{sentence}']")) == names


@pytest.mark.parametrize(
    ("language", "sentence", "names"),
    [
        ("nn", "Equinor var òg til stades.", ["Equinor"]),
        ("en", "Equinor attended.", ["Equinor"]),
        ("en", "Delegates attended.", []),
        ("en", "The Danish minister attended, and spoke English.", []),
        ("en", "The minister met the Danish Board in Paris.", ["Danish Board", "Paris"]),
        ("sv", "Equinor deltog.", ["Equinor"]),
        ("sv", "Kommunen deltog.", []),
        ("da", "Equinor deltog.", ["Equinor"]),
        ("da", "Politikere deltog.", []),
    ],
)
def test_each_language_tells_a_name_from_a_noun_at_the_head_of_a_sentence(
    background: Background, language: str, sentence: str, names: list[str]
) -> None:
    page = background.language(language).passages(sentence)
    unknown = page_context(page, language, background).unknown_names
    assert [sentence[each.start : each.end] for each in unknown] == names


@pytest.mark.parametrize("names", ["Erna Solberg eller Kari Nordmann", "Enten Kari Nordmann eller Erna Solberg"])
def test_a_choice_between_a_known_and_an_unknown_name_makes_nobody_certain(
    tmp_path: Path, background: Background, names: str
) -> None:
    text = f"{HELD} {names} deltok."
    found = findings_of(linked_home(tmp_path), background, text, f"['{HELD}', '{names} deltok.']", PART)
    (error,) = [each.message for each in found if each.severity == "error"]
    assert error.startswith(f"the quotes say {names.removeprefix('Enten ')!r}, one or another")


def test_oslo_or_a_place_that_nobody_knows_is_no_place(tmp_path: Path, background: Background) -> None:
    text = "Det ble holdt et møte i Oslo eller Stockholm 3. mars 2014."
    (error,) = [each.message for each in findings_of(linked_home(tmp_path), background, text, text)]
    assert error.startswith("the quotes say 'Oslo eller Stockholm'")
