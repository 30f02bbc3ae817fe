"""The part that an entry gives somebody is told by words that name them, and not by those about somebody else."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_errors

from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit

HELD = "Det ble holdt et møte i Stavanger 3. mars 2014."


def errors_of(home: Path, background: Background, text: str, part: str, quotes: str = "") -> list[str]:
    """Return the errors about a page with one event and one part in it; ``quotes`` are further ones of the event."""
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: 3. mars 2014}}
    where: {{municipality: Stavanger}}
    quote: [{HELD}{quotes}]
    participations:
      - {{{part}}}
"""
    folder = add_page(home, "p", f"{HELD}\n{text}\n", claims, "2014-04-01", reading="partial")
    return page_errors(folder, background)


TWO = "Erna Solberg er statsminister. Flere lærere deltok."
OTHERS = "KS arrangerte møtet. Erna Solberg er statsminister."
SOLBERG = "agent: erna-solberg, role: participant, quote: "


@pytest.mark.parametrize(
    ("text", "part", "quotes"),
    [
        (TWO, f"{SOLBERG}[Erna Solberg er statsminister., Flere lærere deltok.]", ""),
        (TWO, f"{SOLBERG}{TWO}", ""),
        ("Erna Solberg var syk. Hun deltok.", f"{SOLBERG}[Erna Solberg var syk., Hun deltok.]", ""),
        (OTHERS, "agent: erna-solberg, role: organiser", ", KS arrangerte møtet., Erna Solberg er statsminister."),
    ],
    ids=["two quotes", "two sentences of one quote", "a pronoun that no entry explains", "quotes of the event"],
)
def test_a_part_of_others_is_no_part(tmp_path: Path, background: Background, text: str, part: str, quotes: str) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, text, part, quotes)
    assert message.startswith("the words that tell the part, ")
    assert "have none for person:erna-solberg" in message
    assert "written:" in message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Erna Solberg var syk. Hun deltok.", f"{SOLBERG}[Erna Solberg var syk., Hun deltok.], written: Hun"),
        (
            "Erna Solberg er statsminister. Statsministeren deltok.",
            f"{SOLBERG}[Erna Solberg er statsminister., Statsministeren deltok.], as: statsminister",
        ),
        ("Erna Solberg var syk. Hun deltok.", f"{SOLBERG}[Erna Solberg var syk., Hun deltok.], role_word: deltok"),
        ("Til stede:\nLaila Bokhari\nErna Solberg", f"{SOLBERG}['Til stede:', Erna Solberg]"),
        ("Erna\nSolberg og andre\ndeltok.", f"{SOLBERG}Erna Solberg og andre deltok."),
    ],
    ids=["written", "an office", "role_word", "a list", "lines of a PDF"],
)
def test_a_word_may_stand_for_somebody(tmp_path: Path, background: Background, text: str, part: str) -> None:
    assert errors_of(linked_home(tmp_path), background, text, part) == []
