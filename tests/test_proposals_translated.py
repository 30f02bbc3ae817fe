"""What is proposed of pages in bokmål is proposed of them in nynorsk too, as Apertium translates them."""

import shutil
import subprocess
from collections.abc import Sequence
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
# Between pages, and between names, so that each is translated by itself.
_PAGE_END, _NAME_END = "\n\n\x1e\n\n", " .\n"


def translated(texts: Sequence[str], end: str) -> list[str]:
    """Return texts in nynorsk. They are translated together: to start Apertium costs more than to translate them."""
    whole = end.join([*texts, ""])
    ran = subprocess.run(
        ["apertium", "-u", "nob-nno"], input=whole, capture_output=True, encoding="utf-8", timeout=120, check=True
    )
    found = ran.stdout.split(end)
    assert len(found) == len(texts) + 1
    return found[:-1]


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


def test_the_links_of_pages_in_bokmål_are_kept_in_nynorsk(background: Background) -> None:
    kept, expected = 0, 0
    lost = []
    in_bokmål = pages()
    in_nynorsk = translated([text for text, _ in in_bokmål.values()], _PAGE_END)
    links_before = {page: links(text, "nb", day, background) for page, (text, day) in in_bokmål.items()}
    names = sorted({name for each in links_before.values() for name in each})
    other_names = dict(zip(names, translated(names, _NAME_END), strict=True))
    for (page, (_, day)), text in zip(in_bokmål.items(), in_nynorsk, strict=True):
        before = links_before[page]
        after = [each.casefold() for each in links(text, "nn", day, background)]
        for name in before:
            other = other_names[name]
            expected += 1
            same = next((each for each in (name.casefold(), other.casefold()) if each in after), None)
            if same is None:
                lost.append(f"{page}: {name}")
            else:
                after.remove(same)
                kept += 1
    assert expected > 100
    assert kept >= LEAST_KEPT * expected, f"{kept} of {expected} links are kept, and not these: {'; '.join(lost)}"
