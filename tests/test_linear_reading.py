"""A page is read in time that grows with its length: work is counted, as seconds depend on the machine."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from graph import HOME
from graph.sources.languages.language import Language
from graph.sources.pages.context import Background, page_context, read_background
from graph.sources.proposals.propose import propose

pytestmark = pytest.mark.slow

SENTENCE = "Torsdag 8. desember {n} møttes Erna Solberg og KS i Oslo kl. 10, der de bl.a. fortalte om arbeidet. "
LISTED = "Erna Solberg, KS, Oslo eller Bergen "


@pytest.fixture(scope="module")
def background() -> Background:
    """The real registry and vocabulary, with bokmål made ready."""
    background = read_background(HOME)
    read_all(background.language("nb"), background, "Oslo.")
    return background


def read_all(language: Language, background: Background, text: str) -> None:
    """Everything that a language reads in a page."""
    page = page_context(language.passages(text), "nb", background).text
    list(language.dates(page))
    list(language.relative_times(page))
    language.times_of_day(page)
    language.online(page)
    language.lists(page)


def work(do: Callable[[], None]) -> int:
    """How many functions, of Python or of C, are called."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return calls


TEXTS = {
    "sentences": lambda size: "".join(SENTENCE.format(n=2000 + number % 30) for number in range(size)),
    "one sentence": lambda size: LISTED * size,
    "lines of a list": lambda size: "Til stede:\n" + "Erna Solberg, Oslo\n" * size,
    "headings": lambda size: "Møtt: Erna Solberg\n" * size,
    "verbs and auxiliaries": lambda size: "har holdt kunne arrangert skal ikke " * size,
    "abbreviations": lambda size: "Oslo bl.a. Oslo " * size,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_text_is_twice_the_work(text: Callable[[int], str], background: Background) -> None:
    language = background.language("nb")
    once = work(lambda: read_all(language, background, text(150)))
    twice = work(lambda: read_all(language, background, text(300)))
    assert 1.5 < twice / once < 2.2


# What no counted call shows: a pattern that goes back over what it has read. All texts take some seconds of CPU; with
# such a pattern one of them takes minutes or hours.
MOST_CPU_SECONDS = 60
HOSTILE = """
N = 50_000
from time import process_time
from graph import HOME
from graph.sources.pages.context import page_context, read_background
against = read_background(HOME)
for text in ("." * N, "(" * N, " " * N, "1" * N, "1." * N, "a" * N, "A-" * N, "10." * N, "kl. " * N, "12.12." * N,
             "mandag " * N, "og " * N, "1. og " * N, "10:" * N, "\\u00ad" * N, "\\n" * N, "«" * N, "våren " * N,
             "i løpet av " * N, "Til stede" * N, ("Til stede" + " " * 200) * (N // 200)):
    for code in ("nb", "en", "xx"):
        context = page_context(against.language(code).passages(text[:N]), code, against)
        language, page = context.language, context.text
        list(language.dates(page)), list(language.relative_times(page))
        language.times_of_day(page), language.lists(page)
        language.conflicts(text[:5000], "2014"), language.is_narrower(text[:5000], "2014-10")
    assert process_time() < MOST_CPU_SECONDS, text[:20]
print("read")
"""


@pytest.mark.slow
def test_no_text_makes_a_pattern_go_back_over_what_it_has_read() -> None:
    script = HOSTILE.replace("MOST_CPU_SECONDS", str(MOST_CPU_SECONDS))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False)
    assert (done.stdout, done.stderr[-400:]) == ("read\n", "")


REPEATED = {
    "nb": ("Deltakere: Ole Olsen, ", "Saken ble utsatt ", "Møtet ble utsatt. ", "På møtet ble saken utsatt, "),
    "nn": ("Deltakarar: Kari Nordmann, ", "Saka vart utsett "),
    "en": ("Participants: John Smith, ", "The vote was postponed ", "John Smith and "),
    "sv": ("Deltagare: Anna Svensson, ", "Frågan har skjutits upp ", "Anna Svensson och "),
    "da": ("Deltagere: Mette Jensen, ", "Sagen blev udsat ", "Mette Jensen og "),
}


@pytest.mark.parametrize(("language", "unit"), [(code, unit) for code, units in REPEATED.items() for unit in units])
def test_proposals_of_twice_the_text_are_twice_the_work(language: str, unit: str, background: Background) -> None:
    propose("Oslo.", language, None, None, background)
    once = work(lambda: propose(unit * 150, language, None, None, background))
    twice = work(lambda: propose(unit * 300, language, None, None, background))
    assert twice / once < 2.4
