"""What a person sees of a page under review: its sentences in order, each with the entries that quote it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.review.claims_file import SECTIONS, ClaimsFile, EntryPath, digest, plain
from graph.sources.languages.language import passages_of
from graph.sources.pages.context import Background
from graph.sources.pages.source import read_source
from graph.sources.proposals.write import RECORD
from graph.sources.text.intervals import Span
from graph.sources.text.quotes import Passages, find, sentence_at


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a claims file on the screen: where it stands in the file, its state, and what it says in a line.

    ``digest`` is that of the entry as it is shown. ``spans`` are the words of the page that it quotes.
    """

    path: EntryPath
    state: str
    event: str
    entry: dict[str, Any]
    digest: str
    spans: tuple[Span, ...]
    rule: str = ""
    strength: str = ""

    @property
    def is_event(self) -> bool:
        """Return whether it is an event, and not somebody's part in one."""
        return len(self.path) == 2


@dataclass(slots=True)
class Sentence:
    """A sentence: its words, its place in the text, the entries that quote it, and why it claims nothing, if so."""

    number: int
    span: Span
    words: str
    items: list[Item] = field(default_factory=list)
    no_claim: str | None = None

    @property
    def state(self) -> str:
        """Return what is decided: undecided, accepted, rejected, no claim, or empty where nothing is proposed."""
        states = {item.state for item in self.items}
        if "proposed" in states:
            return "undecided"
        if self.no_claim is not None:
            return "no claim"
        return "accepted" if "accepted" in states else "rejected" if states else "empty"


@dataclass(slots=True)
class ReviewPage:
    """A page under review."""

    id: str
    title: str
    language: str
    text: Passages
    sentences: list[Sentence]
    sections: dict[str, dict[str, Any]]

    @property
    def items(self) -> list[Item]:
        """Return all entries, each once, in the order of their sentences."""
        seen: set[EntryPath] = set()
        unique = []
        for sentence in self.sentences:
            for item in sentence.items:
                if item.path not in seen:
                    seen.add(item.path)
                    unique.append(item)
        return unique

    def name_of(self, agent: Any) -> str:
        """Return the words for an agent of an entry: the name that the page's own sections give to its key."""
        if isinstance(agent, dict):
            return f"{self.name_of(agent['holder_of'])}" if "holder_of" in agent else self.name_of(agent.get("agent"))
        key = str(agent)
        for section, name in (("people", "name"), ("bodies", "name"), ("offices", "name"), ("groups", "words")):
            if key in self.sections.get(section, {}):
                return str(self.sections[section][key].get(name, key))
        return key


def read_review_page(folder: Path, background: Background) -> ReviewPage:
    """Return a page for review.

    Raise FindingsError where the page cannot be read, ReviewError where its claims cannot.
    """
    source, _, _, _ = read_source(folder, background)
    page = passages_of(source.text, source.language)
    _, data = ClaimsFile(folder).read()
    claims = plain(data)
    sentences = [
        Sentence(number, span, " ".join(source.text[slice(*span)].split()))
        for number, span in enumerate(page.sentences)
    ]
    records = _records(folder)
    of_event: dict[str, int] = {}
    for item in _items(claims, page, records) if sentences else ():
        number = sentence_at(page, item.spans[0][0]) if item.spans else 0
        # Nobody can decide about a part before its event: it waits where the event is shown, if that comes later.
        number = max(number, of_event.setdefault(item.event, number))
        sentences[number].items.append(item)
    for entry in claims.get("no_claim") or []:
        for start, end in find(str(entry.get("quote", "")), page):
            for sentence in sentences[sentence_at(page, start) : sentence_at(page, max(start, end - 1)) + 1]:
                sentence.no_claim = _reason(entry.get("reason"))
    for sentence in sentences:
        sentence.items.sort(key=lambda item: not item.is_event)
    sections = {name: claims.get(name) or {} for name in SECTIONS}
    return ReviewPage(folder.name, source.title, source.language, page, sentences, sections)


def _reason(reason: Any) -> str:
    return str(next(iter(reason.values()), "")) if isinstance(reason, dict) else str(reason or "")


def _items(claims: dict[str, Any], page: Passages, records: dict[str, tuple[str, str]]) -> Iterator[Item]:
    for key, event in (claims.get("events") or {}).items():
        spans = _spans(event.get("quote"), page)
        bare = {name: value for name, value in event.items() if name != "participations"}
        yield _item(("events", key), key, bare, spans, records)
        for number, part in enumerate(event.get("participations") or []):
            own = _spans(part.get("quote"), page) or spans
            yield _item(("events", key, "participations", number), key, part, own, records)


def _item(
    path: EntryPath, event: str, entry: dict[str, Any], spans: tuple[Span, ...], records: dict[str, tuple[str, str]]
) -> Item:
    proposed = entry | {"review": "proposed"}
    rule, strength = records.get(digest(proposed), ("", ""))
    return Item(path, entry.get("review", "accepted"), event, entry, digest(entry), spans, rule, strength)


def _spans(quotes: Any, page: Passages) -> tuple[Span, ...]:
    every = quotes if isinstance(quotes, list) else [quotes] if quotes else []
    return tuple(found[0] for quote in every if (found := find(str(quote), page)))


def _records(folder: Path) -> dict[str, tuple[str, str]]:
    """Return rule and strength of each proposal, by the digest of its entry."""
    file = folder / RECORD
    records = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        try:
            record = json.loads(line)
            records[record["digest"]] = (record.get("rule", ""), record.get("strength", ""))
        except (ValueError, KeyError, TypeError):
            continue
    return records
