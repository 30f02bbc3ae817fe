"""What is proposed of pages in bokmål is proposed of them in nynorsk too, as Apertium translates them."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from graph.model.edtf import Bounds, bounds
from graph.sources.pages.context import Background
from graph.sources.proposals.propose import propose

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("apertium") and Path("/usr/share/apertium/modes/nob-nno.mode").exists()),
        reason="Apertium is not installed (Debian: apt-get install apertium-nno-nob)",
    ),
]
TESTS = Path(__file__).parent
LEAST_KEPT = 0.9
# Between names, so that each is translated by itself.
_END = " .\n"


def translated(text: str) -> str:
    ran = subprocess.run(
        ["apertium", "-u", "nob-nno"], input=text, capture_output=True, encoding="utf-8", timeout=120, check=True
    )
    return ran.stdout


def pages() -> dict[str, tuple[str, Bounds]]:
    found: dict[str, tuple[str, Bounds]] = {}
    for file in sorted((TESTS / "corpus").glob("*/page.yaml")):
        page = yaml.safe_load(file.read_text(encoding="utf-8"))
        if page["language"] == "nb":
            day = Bounds(page["published"]["earliest"], page["published"]["latest"])
            found[file.parent.name] = (file.with_name("page.txt").read_text(encoding="utf-8"), day)
    for file in sorted((TESTS / "proposal_pages").glob("*.yaml")):
        page = yaml.safe_load(file.read_text(encoding="utf-8"))
        if page["language"] == "nb":
            found[file.stem] = (page["text"], bounds(str(page["published"])))
    return found


def links(text: str, language: str, day: Bounds, background: Background) -> list[str]:
    """Return who has a part in each event, by name, in the order of the page."""
    found = propose(text, language, day, None, background)
    numbers = {id(event): number for number, event in enumerate(found.events)}
    ordered = sorted(found.parts, key=lambda part: numbers[id(part.event)])
    return [part.name.who for part in ordered]


def in_nynorsk(names: Iterable[str]) -> list[str]:
    return [each.removesuffix(" .") for each in translated(_END.join([*names, ""])).splitlines()]


def test_the_links_of_pages_in_bokmål_are_kept_in_nynorsk(background: Background) -> None:
    kept, expected = 0, 0
    lost = []
    for page, (text, day) in pages().items():
        before = links(text, "nb", day, background)
        after = [each.casefold() for each in links(translated(text), "nn", day, background)]
        for name, other in zip(before, in_nynorsk(before), strict=True):
            expected += 1
            same = next((each for each in (name.casefold(), other.casefold()) if each in after), None)
            if same is None:
                lost.append(f"{page}: {name}")
            else:
                after.remove(same)
                kept += 1
    assert expected > 100
    assert kept >= LEAST_KEPT * expected, f"{kept} of {expected} links are kept, and not these: {'; '.join(lost)}"
