"""Alternatives: between whom a page leaves the choice, each with all the names that it gives."""

import pytest

from graph.sources.languages.alternatives import Choice
from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit


def choices_in(text: str, background: Background) -> list[Choice]:
    """The choices of a text in bokmål."""
    bokmal = background.language("nb")
    page = bokmal.passages(text)
    return bokmal.alternatives(page, bokmal.names(page, background.names), bokmal.cues(page))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("statsministeren og/eller Laila Bokhari", [["statsministeren"], ["Laila Bokhari"]]),
        ("enten KS eller Minotenk", [["KS"], ["Minotenk"]]),
        ("Enten kommer KS, eller så kommer Minotenk.", [["KS"], ["Minotenk"]]),
        ("statsministeren eller den nye statssekretæren Laila Bokhari", [["statsministeren"], ["Laila Bokhari"]]),
        ("KS, Minotenk, Laila Bokhari eller Høyre", [["KS"], ["Minotenk"], ["Laila Bokhari"], ["Høyre"]]),
        ("Erna Solberg (H) eller KS", [["Erna Solberg"], ["KS"]]),
        ("statsminister Erna Solberg eller KS", [["statsminister", "Erna Solberg"], ["KS"]]),
        (
            "KS eller statssekretær ved statsministerens kontor Laila Bokhari",
            [["KS"], ["statssekretær ved statsministerens kontor", "Laila Bokhari"]],
        ),
        ("Jøran Kallmyr i Justisdepartementet eller KS", [["Jøran Kallmyr", "Justisdepartementet"], ["KS"]]),
        ("statsministeren i Oslo eller Bergen", [["Oslo"], ["Bergen"]]),
        ("Oslo eller Bergen", [["Oslo"], ["Bergen"]]),
    ],
)
def test_a_choice_is_between_these(text: str, sides: list[list[str]], background: Background) -> None:
    (choice,) = choices_in(text, background)
    assert [[text[name.start : name.end] for name in side] for side in choice.sides] == sides


@pytest.mark.parametrize(
    "text",
    [
        "KS og Minotenk",
        "KS ellers Minotenk",
        "KS kom. Eller Minotenk.",
        "KS snakker eller lytter til Minotenk",
        "politisk eller religiøs tilknytning",
        "KS eller andre",
    ],
)
def test_or_is_no_choice_of_whom(text: str, background: Background) -> None:
    assert choices_in(text, background) == []
