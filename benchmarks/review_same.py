"""Decide what is one and the same by keys alone: how soon the next pair is on the screen, of many thousands.

    python benchmarks/review_same.py [--pairs N] [--decisions N] [--keys N]

A graph has two people for each pair, whom two sources name each in a sentence: "Kari Sund" and "Kari M. Sund". The
pairs are found as ``motegraf review --same`` finds them, and decided in Chromium: first each when the one before is
answered, then twenty keys without waiting, of which those count that come before the screen has to wait for the file.
``decisions/identity.yaml`` has so many decisions of others before.

Ends with 1 where the next pair takes longer than 100 ms (median).
"""

import argparse
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from graph import HOME
from graph.identity.candidates import candidates, clusters
from graph.identity.things import things_of
from graph.model.iris import BASE, prefixes_under
from graph.query.stores import connect_lines
from graph.review.guard import Access
from graph.review.same import SameReview
from graph.review.same_app import SameSettings, same_application
from graph.review.same_evidence import Evidence

sys.path.insert(0, str(HOME / "tests"))
from browser import driver, started

MOST_MILLISECONDS = 100
KEY = "benchmark-of-the-review"
IDLE = "() => document.body.dataset.busy === 'false'"
# In the page: when a key went down, and when another pair stood there after it and was painted.
WATCH = """
() => {
  let since = null;
  window.times = [];
  document.addEventListener("keydown", () => { since = performance.now(); }, true);
  new MutationObserver(() => {
    const begun = since;
    since = null;
    if (begun !== null) requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - begun)));
  }).observe(document.getElementById("second-name"), { childList: true, subtree: true, characterData: true });
}
"""
_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_PROV, _SCHEMA, _FOAF = "http://www.w3.org/ns/prov#", "https://schema.org/", "http://xmlns.com/foaf/0.1/"
_MG = f"{BASE}ontology#"


def lines(pairs: int) -> Iterator[str]:
    """Yield the statements about two people for each pair, as lines of N-Quads."""
    for source in ("minutes", "news"):
        yield f'<{BASE}source/{source}> <{_RDFS}label> "{source}"@en <{BASE}graph/sources> .'
        yield f"<{BASE}source/{source}> <{_SCHEMA}url> <https://example.org/{source}> <{BASE}graph/sources> ."
        graph = f"<{BASE}graph/source.{source}>"
        for number in range(pairs):
            name = f"{_word(number)} {'M. ' if source == 'news' else ''}{_word(number * 7 + 3)}"
            person, claim = f"<{BASE}person/{source}.p{number}>", f"<{BASE}claim/{source}.p{number}>"
            quote, origin = f"<{BASE}evidence/{source}.char-{number}-{number + 9}>", f"<{BASE}source/{source}>"
            yield f"{person} <{_RDF}type> <{_FOAF}Person> {graph} ."
            yield f'{person} <{_RDFS}label> "{name}"@nb {graph} .'
            yield f"{person} <{_PROV}hadPrimarySource> {origin} {graph} ."
            yield f"{claim} <{_RDF}type> <{_MG}Claim> {graph} ."
            yield f"{claim} <{_MG}agent> {person} {graph} ."
            yield f"{claim} <{_PROV}hadPrimarySource> {origin} {graph} ."
            yield f"{claim} <{_MG}keyEvidence> {quote} {graph} ."
            yield f'{quote} <{_SCHEMA}text> "{name} deltok."@nb {graph} .'
            yield f'{quote} <{_RDF}value> "char={number},{number + 9}" {graph} .'
            yield f"{quote} <{_PROV}wasQuotedFrom> {origin} {graph} ."


def _word(number: int) -> str:
    """Return a word that no other number has."""
    syllables = (
        "ba",
        "do",
        "fi",
        "gu",
        "hel",
        "kra",
        "lum",
        "mor",
        "nis",
        "pot",
        "rav",
        "sti",
        "tor",
        "vig",
        "yng",
        "øst",
    )
    word = "".join(syllables[(number * 40_503 + 12_345) >> shift & 15] for shift in (0, 4, 8, 12, 16))
    return word.capitalize()


@contextmanager
def served(review: SameReview, evidence: Evidence) -> Iterator[int]:
    """Serve a review; yield its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        app = same_application(SameSettings(review, evidence, Access(KEY, frozenset({f"127.0.0.1:{port}"}))))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join()


def decided(home: Path, decisions: int) -> None:
    """Write a file with so many decisions about other people."""
    (home / "decisions").mkdir()
    entries = (
        f'  - same: [person:x{number}, person:y{number}]\n    who: "Ola"\n    when: 2026-01-02\n    why: "because"\n'
        for number in range(decisions)
    )
    if decisions:
        (home / "decisions/identity.yaml").write_text("decisions:\n" + "".join(entries), encoding="utf-8")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pairs", type=int, default=10_000, help="so many pairs of people")
    parser.add_argument("--decisions", type=int, default=200, help="so many decisions in the file before")
    parser.add_argument("--keys", type=int, default=50, help="so many decisions are made one after another")
    options = parser.parse_args()
    run = connect_lines(lines(options.pairs))
    with TemporaryDirectory() as temporary, driver() as playwright, started(playwright) as browser:
        home = Path(temporary)
        decided(home, options.decisions)
        begun = time.perf_counter()
        found = clusters(candidates(things_of(run, ["person"])))
        review = SameReview(home, found, "benchmark")
        review.refresh()
        start = time.perf_counter() - begun
        with served(review, Evidence(run, prefixes_under(BASE))) as port:
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(f"http://127.0.0.1:{port}/?key={KEY}")
            page.wait_for_function(IDLE)
            page.evaluate(WATCH)
            answers = []
            for number in range(options.keys):
                pressed = time.perf_counter()
                page.keyboard.press("sd"[number % 2])
                page.wait_for_function(IDLE)
                answers.append((time.perf_counter() - pressed) * 1000)
            times = page.evaluate("() => window.times.splice(0)")
            pressed = time.perf_counter()
            page.keyboard.type("s" * 20)
            page.wait_for_function(IDLE, timeout=120_000)
            burst = time.perf_counter() - pressed
    counts = review.counts()
    print(f"pairs                          {counts.all:>8}")
    print(f"until the first pair, s        {start:>8.1f}")
    print(f"decided                        {counts.decided:>8}")
    median = statistics.median(times)
    print(f"next pair, median ms           {median:>8.0f}  (bound {MOST_MILLISECONDS}; the slowest {max(times):.0f})")
    print(f"until it is in the file, ms    {statistics.median(answers):>8.0f}  (the slowest {max(answers):.0f})")
    print(f"twenty at once, s              {burst:>8.1f}")
    return int(median > MOST_MILLISECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
