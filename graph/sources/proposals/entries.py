"""Proposals as entries of a claims file, in the form that a person would write: nothing in them is accepted yet."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from graph.model.edtf import ANY_DAY, Bounds
from graph.model.iris import local_name, slug
from graph.registry.lookup import find_agent, find_municipality
from graph.sources.ingest.imprint import kind_of_body
from graph.sources.pages.context import Background
from graph.sources.proposals.collected import Part
from graph.sources.proposals.events import Occasion
from graph.sources.proposals.name import Name
from graph.sources.proposals.propose import Proposals
from graph.sources.text.intervals import Span
from graph.sources.text.quotes import find

# For a body whose name does not tell what kind it is.
UNKNOWN_KIND = "other"
Entry = dict[str, Any]


@dataclass(slots=True)
class Entries:
    """The sections of a claims file, and what each entry of ``events`` is made of, by its key there.

    ``dropped`` is what could not be written, with the reason.
    """

    sections: dict[str, Any] = field(default_factory=dict)
    occasions: dict[str, Occasion] = field(default_factory=dict)
    parts: dict[str, list[Part]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


def entries_of(proposals: Proposals, page: str, background: Background) -> Entries:
    """Return proposals as entries of the page of that id."""
    return _Writer(proposals, page, background).written()


class _Writer:
    def __init__(self, proposals: Proposals, page: str, background: Background) -> None:
        self.proposals = proposals
        self.reading = proposals.reading
        self.page = page
        self.background = background
        self.entries = Entries()
        self.keys: dict[tuple[str, str], str] = {}
        self.taken = {id.partition(":")[2] for id in background.registry.people}
        self.parts: dict[int, list[Part]] = {}
        for part in proposals.parts:
            self.parts.setdefault(id(part.event), []).append(part)
        self.also: dict[str, set[str]] = {}
        for name in self.reading.names:
            if name.refers and name.kind == "person":
                self.also.setdefault(name.refers, set()).add(name.text)
        self.known = {name.text: name.ids for name in self.reading.names if name.ids and not name.refers}

    def written(self) -> Entries:
        """Return all entries."""
        for number, event in enumerate(self.proposals.events, 1):
            key = self.page if number == 1 else f"{self.page}-{number}"
            entry = self._event(event)
            if entry is None:
                self.entries.dropped.append(f"{event.title}: no passage of it stands in the page once")
                continue
            parts = self.parts.get(id(event), [])
            written = [(part, made) for part in parts if (made := self._part(part, entry))]
            if written:
                entry["participations"] = [made for _, made in written]
            self.entries.occasions[key] = event
            self.entries.parts[key] = [part for part, _ in written]
            self._section("events")[key] = entry
        return self.entries

    def _section(self, name: str) -> dict[str, Any]:
        section: dict[str, Any] = self.entries.sections.setdefault(name, {})
        return section

    def _event(self, event: Occasion) -> Entry | None:
        quotes = self._quotes(event.evidence)
        if not quotes:
            return None
        entry: Entry = {
            "label": {self.reading.language.code: f"{event.title[:1].upper()}{event.title[1:]}"},
            "kind": event.kind,
            "status": event.status,
        }
        time = event.time
        if time and time.edtf and time.earliest:
            entry["when"] = {"edtf": time.edtf, "said": time.said} | ({"from": time.basis} if time.basis else {})
            if time.basis == "source":
                entry["when"]["because"] = f"{self.reading.text[slice(*self._title())]}"
        if where := self._where(event):
            entry["where"] = where
        if event.online:
            entry["online"] = "hybrid" if event.place_said else "true"
        return entry | {"quote": quotes, "review": "proposed"}

    def _title(self) -> Span:
        """Return the first line of the page, which tells the year of a report."""
        return self.reading.lines[0].start, self.reading.lines[0].end

    def _where(self, event: Occasion) -> Entry | None:
        """Return the place: a municipality as of the day, else the page's words alone."""
        if event.place_said is None:
            return None
        if event.municipality:
            try:
                # Where the entry has no time, as no day tells which of several it is.
                when = self._when(event) if event.time and event.time.edtf else Bounds(None, None)
                find_municipality(self.background.registry, event.municipality, None, when)
            except LookupError:
                return {"written": event.place_said}
            where: Entry = {"municipality": event.municipality}
            if event.place_said != event.municipality:
                if not self._stands(event.place_said, event.evidence):
                    # A day stands between the words for the place.
                    return where
                where["venue"] = event.place_said
            return where
        return {"written": event.place_said} if self._stands(event.place_said, event.evidence) else None

    def _stands(self, words: str, evidence: list[Span]) -> bool:
        """Return whether words stand in a row in what tells of an event."""
        told = [" ".join(self.reading.text[start:end].split()) for start, end in evidence]
        return any(" ".join(words.split()) in each for each in told)

    def _when(self, event: Occasion) -> Bounds:
        """Return between which days an event is, as far as that is known, else the page was published."""
        if event.time and event.time.earliest:
            return Bounds(event.time.earliest, event.time.latest)
        return self.reading.published or ANY_DAY

    def _quotes(self, spans: list[Span]) -> list[str]:
        """Return passages that stand in the page exactly once, in its order."""
        quotes = []
        for start, end in sorted(dict.fromkeys(spans)):
            words = " ".join(self.reading.text[start:end].split())
            if words and len(find(words, self.reading.page)) == 1:
                quotes.append(words)
        return quotes

    def _part(self, part: Part, event: Entry) -> Entry | None:
        quotes = self._quotes([part.evidence])
        if not quotes:
            self.entries.dropped.append(f"{part.name.who}: its passage does not stand in the page once")
            return None
        entry: Entry = {}
        if part.candidates:
            entry |= {"candidates": [self._candidate(each, part.event) for each in part.candidates], "at_least": "1"}
        else:
            entry["agent"] = self._agent(part.name, part.event)
        if not part.candidates and (part.name.refers or self._is_spelt_otherwise(part.name)):
            entry["written"] = part.name.text
        if part.role_word:
            entry["role_word"] = part.role_word
        entry["role"] = part.roles[0] if len(part.roles) == 1 else part.roles
        if part.attendance in ("absent", "invited", "represented"):
            entry["attendance"] = part.attendance
        if part.heading and (above := self._quotes([part.heading])):
            entry["list"] = above[0]
        if quotes[0] not in event["quote"]:
            entry["quote"] = quotes[0]
        return entry | {"review": "proposed"}

    def _is_spelt_otherwise(self, name: Name) -> bool:
        """Return whether the page's own entry has a name in other capitals: "kommunestyret", "Kommunestyret"."""
        section = {"body": "bodies", "place": "bodies", "office": "offices", "group": "groups"}.get(name.kind, "")
        key = self.keys.get((section, name.text.casefold()))
        entry = self.entries.sections.get(section, {}).get(key, {}) if key else {}
        return bool(entry) and name.text not in (entry.get("name"), entry.get("words"))

    def _candidate(self, name: Name, event: Occasion) -> str | Entry:
        """Return one of several who may have a part: the office, where the page only says that."""
        said = self.reading.within(self.reading.context.names, (name.start, name.end))
        posts = [id for each in said for id in each.meanings if id in self.background.registry.posts]
        if name.refers and len(posts) == 1:
            return {"holder_of": local_name(posts[0])}
        return self._agent(name, event)

    def _agent(self, name: Name, event: Occasion) -> str | Entry:
        """Return the id or key of an agent, which is entered in the file where the registry does not have it."""
        registry = self.background.registry
        ids = self.known.get(name.refers, frozenset()) if name.refers else name.ids
        known = [id for id in ids if id in registry.people or id in registry.organisations]
        if len(known) > 1:
            # A municipality of today and one of before bear the same name; one of them was there.
            with contextlib.suppress(LookupError):
                known = [find_agent(registry, name.text, self._when(event))]
        if len(known) == 1:
            return local_name(known[0])
        posts = [id for id in name.ids if id in registry.posts]
        if name.kind == "office":
            if len(posts) == 1:
                return {"holder_of": local_name(posts[0])}
            return {"holder_of": self._own("offices", name.text, lambda: {"name": name.text})}
        if name.kind == "group":
            return self._own("groups", name.text, lambda: {"words": name.text})
        if name.kind in ("body", "place"):
            kind = kind_of_body(name.who, self.background) or UNKNOWN_KIND
            return self._own("bodies", name.who, lambda: {"name": name.who, "kind": kind})
        also = [each for each in sorted(self.also.get(name.who, ())) if " " not in each and each in name.who]
        return self._own("people", name.who, lambda: {"name": name.who} | ({"also": also} if also else {}))

    def _own(self, section: str, words: str, make: Callable[[], Entry]) -> str:
        """Return the key of an entry of the page's own section, made at its first use."""
        known = self.keys.get((section, words.casefold()))
        if known:
            return known
        base = slug(words)[:60].strip("-") or section
        key = next(each for each in chain([base], (f"{base}-{n}" for n in count(2))) if each not in self.taken)
        self.taken.add(key)
        self.keys[section, words.casefold()] = key
        self._section(section)[key] = make()
        return key
