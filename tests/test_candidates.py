"""Candidates: those between whom a page leaves a choice, all of them, and nobody whom it names for certain."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_errors

from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit

HELD = "Det ble holdt et møte i Stavanger 3. mars 2014."


def errors_of(home: Path, background: Background, sentence: str, candidates: str, at_least: int = 1) -> list[str]:
    """Return the errors about a page on which a sentence is the only proof of what candidates did."""
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: 3. mars 2014}}
    where: {{municipality: Stavanger}}
    quote: {HELD}
    participations:
      - {{candidates: [{candidates}], at_least: {at_least}, role: participant, quote: '{sentence}'}}
"""
    folder = add_page(home, "p", f"{HELD} {sentence}\n", claims, "2014-04-01", reading="partial")
    return page_errors(folder, background)


@pytest.mark.parametrize(
    ("sentence", "candidates"),
    [
        ("Erna Solberg eller KS deltok.", "erna-solberg, ks"),
        ("Erna Solberg og/eller KS deltok.", "erna-solberg, ks"),
        ("Statsministeren eller KS deltok.", "{holder_of: statsminister}, ks"),
        ("Erna Solberg, Laila Bokhari eller KS deltok.", "erna-solberg, laila-bokhari, ks"),
        ("Minst en av Erna Solberg og KS deltok.", "erna-solberg, ks"),
        ("Erna Solberg deltok, eventuelt KS.", "erna-solberg, ks"),
        ("Prisen deles ut av Erna Solberg, ellers av KS, og begge deltok.", "erna-solberg, ks"),
    ],
)
def test_a_choice_has_candidates(tmp_path: Path, background: Background, sentence: str, candidates: str) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, candidates) == []


@pytest.mark.parametrize(
    ("sentence", "candidates"),
    [
        ("Erna Solberg og KS deltok.", "erna-solberg, ks"),
        ("Både Erna Solberg og KS deltok.", "erna-solberg, ks"),
        ("Erna Solberg deltok. KS deltok.", "erna-solberg, ks"),
        ("Statsministeren samt KS deltok.", "{holder_of: statsminister}, ks"),
    ],
)
def test_those_whom_a_page_names_for_certain_are_no_candidates(
    tmp_path: Path, background: Background, sentence: str, candidates: str
) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, sentence, candidates)
    assert f"leave no choice between them; write agents: [{candidates}]" in message


@pytest.mark.parametrize("last", ["KS", "Kari Nordmann"])
def test_all_of_a_choice_are_candidates(tmp_path: Path, background: Background, last: str) -> None:
    sentence = f"Erna Solberg, Laila Bokhari eller {last} deltok."
    (message,) = errors_of(linked_home(tmp_path), background, sentence, "erna-solberg, laila-bokhari")
    assert f"add {last!r} to the candidates" in message


def test_a_choice_is_of_one_alone(tmp_path: Path, background: Background) -> None:
    sentence = "Erna Solberg, Laila Bokhari eller KS deltok."
    (message,) = errors_of(linked_home(tmp_path), background, sentence, "erna-solberg, laila-bokhari, ks", at_least=2)
    assert "write at_least: 1" in message
