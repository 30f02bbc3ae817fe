"""Review by keys alone: how many actions an accepted claim takes, and how soon the next sentence is on the screen.

    python benchmarks/review.py [--samples FOLDER] [--pages N] [--sentences N]

A page of proposals is reviewed in Chromium as a person would who knows what is right: Enter where all that is proposed
on a sentence is right, ``a`` and ``r`` where some of it is, a digit for another role, and ``+`` for a part that was
missed, in the sentence that tells of it. An action is one key, one field that is filled, or the selection of a name.
Without ``--samples`` it is the first page, of which all proposals are accepted, and a reason is given for every
sentence that claims nothing. FOLDER holds pages (``NN.txt``) with expected answers (``NN.gold.json``) and ``score.py``,
which says what is right.

Ends with 1 where an accepted claim of the samples takes more than 2.0 actions, or where the next sentence takes longer
than 100 ms.
"""

import argparse
import importlib.util
import json
import socket
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import uvicorn
import yaml

from graph import HOME
from graph.model.edtf import bounds
from graph.review.app import Settings, application
from graph.sources.pages.context import Background, read_background
from graph.sources.proposals.write import propose_page

sys.path.insert(0, str(HOME / "tests"))
from browser import driver, started
from conftest import add_page
from small_page import linked_home

MOST_ACTIONS, MOST_MILLISECONDS = 2.0, 100
KEY = "benchmark-of-the-review"
Entry = dict[str, Any]
# In the page: when a key went down, and when the sentence in focus changed after it and was painted.
WATCH = """
() => {
  let since = null;
  window.times = [];
  document.addEventListener("keydown", () => { since = performance.now(); }, true);
  new MutationObserver(() => {
    const begun = since;
    since = null;
    if (begun !== null) requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - begun)));
  }).observe(document.getElementById("focused"), { childList: true, subtree: true, characterData: true });
}
"""
STATE = "() => ({ at, sentence: page.sentences[at], left: page.sentences.some(each => each.state === 'undecided') })"
EVENTS = "() => page.sentences.flatMap(each => each.items).filter(each => !each.event && each.state === 'accepted')"
# Selects a name in the sentence in focus; it may be written over two lines there.
SELECT = """
name => {
  const parts = document.createTreeWalker(document.getElementById("focused"), NodeFilter.SHOW_TEXT);
  for (let node = parts.nextNode(); node; node = parts.nextNode()) {
    const start = node.data.indexOf(name);
    if (start < 0) continue;
    getSelection().setBaseAndExtent(node, start, node, start + name.length);
    return;
  }
}
"""


@dataclass
class Figures:
    """What was counted: actions, claims that were accepted, and the milliseconds until the next sentence."""

    actions: int = 0
    accepted: int = 0
    missed: int = 0
    refused: int = 0
    times: list[float] = field(default_factory=list)


class Judge:
    """Says which entries of a page are right: all of them, or those that an expected answer has."""

    def __init__(self, folder: Path, background: Background, gold: Entry | None, score: ModuleType | None) -> None:
        """Match the entries of a claims file with an expected answer."""
        self.claims = yaml.safe_load((folder / "claims.yaml").read_text(encoding="utf-8")) or {}
        self.background, self.gold = background, gold
        self.right: dict[str, tuple[Entry, dict[int, Entry]]] = {}
        self.missed: list[tuple[str, Entry]] = []
        if gold is None or score is None:
            return
        text = (folder / "page.txt").read_text(encoding="utf-8")
        events = [self._event(key, entry) for key, entry in (self.claims.get("events") or {}).items()]
        for own, expected in score.matched(events, gold["events"], text):
            parts, free = {}, list(expected["parts"])
            for number, part in enumerate(own["parts"]):
                other = next((each for each in free if score.same_part(part, each)), None)
                if other is not None:
                    free.remove(other)
                    parts[number] = other
            self.right[own["key"]] = expected, parts
            self.missed += [(own["key"], part) for part in free if part.get("name") and not part.get("candidates")]

    def _event(self, key: str, entry: Entry) -> Entry:
        quotes = entry["quote"] if isinstance(entry["quote"], list) else [entry["quote"]]
        span = bounds(entry["when"]["edtf"]) if "edtf" in (entry.get("when") or {}) else None
        time = span and {"earliest": str(span.earliest), "latest": str(span.latest)}
        parts = [self._part(part) for part in entry.get("participations") or []]
        return {"key": key, "quotes": quotes, "time": time, "kind": entry.get("kind"), "parts": parts}

    def _part(self, part: Entry) -> Entry:
        names = [self._name(each) for each in part.get("candidates") or []]
        return {"name": self._name(part.get("agent")), "candidates": names or None}

    def _name(self, agent: Any) -> str:
        if isinstance(agent, dict):
            return self._name(agent.get("holder_of") or agent.get("agent"))
        for section, word in (("people", "name"), ("bodies", "name"), ("offices", "name"), ("groups", "words")):
            if agent in (self.claims.get(section) or {}):
                return str(self.claims[section][agent].get(word, agent))
        registry = self.background.registry
        if f"person:{agent}" in registry.people:
            return registry.people[f"person:{agent}"].name
        known = registry.organisations.get(f"organisation:{agent}")
        return known.name.by_language.best("nb") if known else str(agent)

    def key_for(self, item: Entry, roles: list[str]) -> str:
        """Return the key that a person presses for an entry: accept, reject, or the number of another role."""
        if self.gold is None:
            return "a"
        _, key, *rest = item["path"]
        if key not in self.right:
            return "r"
        if not rest:
            return "a"
        number = rest[1]
        expected = self.right[key][1].get(number)
        if expected is None:
            return "r"
        given = self.claims["events"][key]["participations"][number]["role"]
        own = {given} if isinstance(given, str) else set(given)
        if own & set(expected["roles"]) or not expected["roles"]:
            return "a"
        wanted = expected["roles"][0]
        return str(roles.index(wanted) + 1) if wanted in roles[:9] else "r"


@contextmanager
def served(corpus: Path, background: Background) -> Iterator[int]:
    """Serve the review of a corpus; yield its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        settings = Settings(corpus, background, KEY, frozenset({f"127.0.0.1:{port}"}))
        server = uvicorn.Server(uvicorn.Config(application(settings), log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join()


def review(window: Any, url: str, judge: Judge, figures: Figures) -> None:
    """Decide about all proposals of a page, and add what they miss."""
    window.goto(url)
    window.wait_for_selector("#sentences li")
    window.evaluate(WATCH)
    roles = window.evaluate("() => page.roles.map(role => role.id)")

    def press(key: str) -> None:
        window.keyboard.press(key)
        figures.actions += 1
        window.wait_for_function("() => document.body.dataset.busy !== 'true'")

    sentences = [fold(each) for each in window.evaluate("() => page.sentences.map(each => each.words)")]
    waiting = sorted(
        ((sentence_of(part, sentences), event, part) for event, part in judge.missed if part["roles"]),
        key=lambda each: each[0],
    )

    def add_missed() -> None:
        """Add the parts up to the sentence in focus whose events are accepted, and come back."""
        at = here = window.evaluate("() => at")
        accepted = {each["path"][-1] for each in window.evaluate(EVENTS)}
        for each in [each for each in waiting if each[0] <= here and each[1] in accepted]:
            waiting.remove(each)
            while at > each[0]:
                press("k")
                at -= 1
            while at < each[0]:
                press("j")
                at += 1
            _add(window, press, figures, *each[1:])
        if at != here:
            press("s")

    for _ in range(10_000):
        add_missed()
        state = window.evaluate(STATE)
        items = [each for each in state["sentence"]["items"] if each["state"] == "proposed"]
        if not state["left"]:
            break
        if not items:
            press("s")
            continue
        keys = [judge.key_for(item, roles) for item in items]
        figures.accepted += sum(key != "r" for key in keys)
        late = any(number <= state["at"] for number, *_ in waiting)
        if set(keys) == {"a"} and not late:
            press("Enter")
        else:
            # After the last of them the next sentence is shown; where an event falls, its parts fall with it.
            press(keys[0])
            figures.accepted -= sum(key != "r" for key in keys[1:])
    if waiting:
        # What is told of behind the last proposal.
        while window.evaluate("() => at") < waiting[-1][0]:
            press("j")
        add_missed()
    if judge.gold is None:
        _give_reasons(window, press)
    figures.times += window.evaluate("() => window.times")


def _add(window: Any, press: Any, figures: Figures, event: str, part: Entry) -> None:
    """Add a part to an event in the sentence in focus: what the form already says need not be filled in."""
    window.evaluate(SELECT, part["name"])
    figures.actions += 1
    press("+")
    kind = "person" if part["kind"] == "person" else "body"
    if window.input_value("#name") != part["name"]:
        window.fill("#name", part["name"])
    for name, value in (("#kind", kind), ("#event", event), ("#role", part["roles"][0])):
        if window.input_value(name) != value:
            window.select_option(name, value)
            figures.actions += 1
    press("Enter")
    if window.text_content("#message"):
        figures.refused += 1
    else:
        figures.missed += 1


def fold(text: str) -> str:
    """Return a text with single spaces for all white space."""
    return " ".join(text.split())


def sentence_of(part: Entry, sentences: list[str]) -> int:
    """Return the number of the sentence that tells of a part."""
    quote = fold(part["quote"])
    found = [number for number, each in enumerate(sentences) if each in quote or quote in each]
    return next((number for number in found if fold(part["name"]) in sentences[number]), (found or [0])[0])


def _give_reasons(window: Any, press: Any) -> None:
    """Say of each sentence on which nothing is proposed that it claims nothing, with a reason."""
    for number in range(window.evaluate("() => page.sentences.length")):
        if window.evaluate("number => page.sentences[number].state", number) == "empty":
            while window.evaluate("() => at") < number:
                press("j")
            while window.evaluate("() => at") > number:
                press("k")
            press("n")
            press("7")


def long_page(sentences: int) -> str:
    """Return a page of so many sentences, a tenth of which tell of a meeting."""
    lines = ["Møtekalender"]
    day = date(2019, 1, 1)
    for number in range(sentences):
        day += timedelta(days=number % 10 == 0)
        told = f"Rana kommune arrangerte et dialogmøte {day:%d.%m.%Y}." if number % 10 == 0 else ""
        lines.append(told or f"Dette er setning nummer {number} om noe annet.")
    return "\n\n".join(lines) + "\n"


def load_score(folder: Path) -> ModuleType:
    """Return the program that says what is right."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--samples", type=Path, help="folder with pages and expected answers")
    parser.add_argument("--pages", type=int, default=1_000, help="so many of the samples")
    parser.add_argument("--sentences", type=int, default=2_000, help="a page of so many sentences is opened too")
    options = parser.parse_args()
    background = read_background(HOME)
    score = load_score(options.samples) if options.samples else None
    figures, large = Figures(), Figures()
    with TemporaryDirectory() as temporary, driver() as playwright, started(playwright) as browser:
        home = linked_home(Path(temporary))
        golds: dict[str, Entry | None] = {}
        for file in sorted(options.samples.glob("*.gold.json"))[: options.pages] if options.samples else []:
            gold = json.loads(file.read_text(encoding="utf-8"))
            text = (options.samples / file.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
            name = f"page-{file.name.partition('.')[0]}"
            add_page(home, name, text, "", gold.get("published") or "2024-01-01", "partial", gold["lang"])
            golds[name] = gold
        if not options.samples:
            text = (HOME / "corpus/dialogmoter-hosten-2014/page.txt").read_text(encoding="utf-8")
            add_page(home, "first", text, "", "2015-01-15", "partial")
            golds["first"] = None
        add_page(home, "long", long_page(options.sentences), "", "2024-01-01", "partial")
        for name in [*golds, "long"]:
            propose_page(home / "corpus" / name, background)
        with served(home / "corpus", background) as port:
            window = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            for name, gold in golds.items():
                judge = Judge(home / "corpus" / name, background, gold, score)
                review(window, f"http://127.0.0.1:{port}/?key={KEY}&page={name}", judge, figures)
            window.goto(f"http://127.0.0.1:{port}/?key={KEY}&page=long")
            window.wait_for_selector("#sentences li")
            window.evaluate(WATCH)
            for _ in range(20):
                window.keyboard.press("Enter")
                window.wait_for_function("() => document.body.dataset.busy !== 'true'")
            large.times = window.evaluate("() => window.times")
    claims = figures.accepted + figures.missed
    ratio = figures.actions / claims
    bound = (
        f"  (bound {MOST_ACTIONS})" if options.samples else "  (a reason for each sentence that claims nothing, too)"
    )
    print(f"pages                          {len(golds):>8}")
    print(f"accepted claims                {claims:>8}  ({figures.missed} of them added by hand)")
    print(f"refused                        {figures.refused:>8}")
    print(f"actions                        {figures.actions:>8}")
    print(f"actions an accepted claim      {ratio:>8.2f}{bound}")
    slow = False
    large_page = f"of {options.sentences} sentences"
    for what, times in (("next sentence, median ms", figures.times), (large_page, large.times)):
        median = statistics.median(times)
        slow |= median > MOST_MILLISECONDS
        print(f"{what:<30} {median:>8.0f}  (bound {MOST_MILLISECONDS}; the slowest {max(times):.0f})")
    return int((options.samples is not None and ratio > MOST_ACTIONS) or slow)


if __name__ == "__main__":
    raise SystemExit(main())
