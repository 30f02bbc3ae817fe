"""What sources say of a thing that may be one with another: its names, kind, days and places, and their own words."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.identity.things import REGISTRY, Thing
from graph.model.labels import Label, best_label
from graph.query.lookup import LOOKUPS as NAMES
from graph.query.lookup import lookup_rows
from graph.query.passages import Passage
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, Term, text_of
from graph.query.row_words import row_pairs
from graph.review.words import in_language

_LOOKUPS = Path(__file__).parent / "lookups"
# So many are shown: passages of a source, sources of a thing, values of a list, letters of a passage or a name.
MAX_PASSAGES, MAX_SOURCES, MAX_VALUES, MAX_LETTERS = 3, 8, 12, 400
# A row of a register may have a hundred cells.
MAX_CELLS = 10
_REGISTRY = Label("registeret over aktører", "the registry")
_MORE = Label("… og {} til", "… and {} more")
_FACTS = {
    "names": Label("Andre navn", "Other names"),
    "type": Label("Hva", "What"),
    "status": Label("Status", "Status"),
    "days": Label("Når", "When"),
    "place": Label("Sted", "Place"),
    # Those who were to organise it are among them, and of who is named those who stayed away.
    "organisers": Label("Arrangører, også planlagte", "Organisers, planned too"),
    "participants": Label("Nevnt", "Named"),
    "offices": Label("Verv", "Offices"),
    "identifiers": Label("Identifikatorer", "Identifiers"),
    "events": Label("Nevnt ved", "Named at"),
    "sources": Label("Kilde", "Source"),
}
_KINDS = {
    "event": Label("møte", "event"),
    "person": Label("person", "person"),
    "body": Label("organisasjon", "body"),
    "post": Label("verv", "office"),
    "area": Label("område", "area"),
}
_UNTIL = Label("{} til {}", "{} to {}")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of a thing: a heading, and its values in words."""

    key: str
    heading: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a source in their language, or the cells of a row: pairs of a heading and words."""

    text: str
    lang: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What a source says of a thing; ``url`` is empty where it has no address, ``more`` so much is not shown."""

    title: str
    url: str
    words: tuple[Words, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """All that is shown of a thing."""

    id: str
    kind: str
    name: str
    facts: tuple[Fact, ...]
    sources: tuple[SourceWords, ...]
    more_sources: int


class Evidence:
    """Looks up what a build has of things, and remembers what was looked up last."""

    def __init__(self, run: QueryFn, prefixes: Mapping[str, str]) -> None:
        """Take how the build is queried, and the prefixes of its graph."""
        self._run, self._prefixes = run, prefixes
        self.side = lru_cache(maxsize=1_024)(self._side)

    def _side(self, thing: Thing, lang: str) -> Side:
        """Return what is shown of a thing, in a language of the interface."""
        node = NamedNode(self._iri(thing.id))
        sources = self._sources(node, lang)
        facts = tuple(self._facts(thing, node, bool(sources), lang))
        if thing.registered:
            sources = [SourceWords(in_language(_REGISTRY, lang), "", ()), *sources]
        return Side(
            thing.id,
            in_language(_KINDS[thing.kind], lang),
            cut(thing.name),
            facts,
            tuple(sources[:MAX_SOURCES]),
            max(0, len(sources) - MAX_SOURCES),
        )

    def _iri(self, id: str) -> str:
        prefix, _, local = id.partition(":")
        return f"{self._prefixes[prefix]}{local}" if prefix in self._prefixes else id

    def _facts(self, thing: Thing, node: NamedNode, has_words: bool, lang: str) -> Iterator[Fact]:
        labels = self._labels(node, lang)
        identifiers = [f"{scheme} {value}" for scheme, value in sorted(thing.identifiers)]
        every: dict[str, Iterable[str]] = {
            "type": labels.get("type", ()),
            "status": labels.get("status", ()),
            "days": [days_in_words(*thing.days, lang)] if any(thing.days) else (),
            "place": [*labels.get("place", ()), *sorted(thing.place_words)],
            "organisers": sorted({name for _, name in thing.organisers}),
            "participants": sorted({name for _, name in thing.participants}),
            "offices": [_office(*each, lang) for each in ((o.name, o.first, o.last) for o in thing.offices)],
            "events": self._names(sorted(thing.events)[: MAX_VALUES + 1], lang),
            "identifiers": identifiers,
            "names": thing.names[1:],
            # A source may have a thing without a claim about it, such as its publisher.
            "sources": () if has_words else [each for each in thing.sources if each != REGISTRY],
        }
        for key, values in every.items():
            if found := _limited(values, lang):
                yield Fact(key, in_language(_FACTS[key], lang), found)

    def _labels(self, node: NamedNode, lang: str) -> Mapping[str, list[str]]:
        """Return the labels of the kind, the status and the places of a thing, by what they are."""
        labels: dict[str, dict[Term | None, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for _, what, value, label in lookup_rows([node], _LOOKUPS / "facts.rq", self._run):
            if isinstance(label, Literal):
                labels[text_of(what)][value][label.language or ""] = label.value
        return {what: sorted(best_label(each, lang) for each in by.values()) for what, by in labels.items()}

    def _names(self, ids: Iterable[str], lang: str) -> list[str]:
        """Return what things are called."""
        labels: dict[Term | None, dict[str, str]] = defaultdict(dict)
        for thing, label in lookup_rows([NamedNode(self._iri(id)) for id in ids], NAMES / "labels.rq", self._run):
            if isinstance(label, Literal):
                labels[thing][label.language or ""] = label.value
        return sorted(best_label(each, lang) for each in labels.values())

    def _sources(self, node: NamedNode, lang: str) -> list[SourceWords]:
        """Return what each source says of a thing, in the order of their ids."""
        claims: dict[Term | None, dict[Term | None, None]] = defaultdict(dict)
        for _, claim, source in lookup_rows([node], _LOOKUPS / "claims.rq", self._run):
            claims[source][claim] = None
        chosen = {source: [*claims[source]][:MAX_PASSAGES] for source in sorted(claims, key=str)[: MAX_SOURCES * 2]}
        passages = passages_by_entity(
            (claim for each in chosen.values() for claim in each if claim is not None), self._run
        )
        result = []
        for source, own in chosen.items():
            found = [*dict.fromkeys(passage for claim in own for passage in passages.get(claim, ()))]
            if found:
                more = len(claims[source]) - len(own)
                words = tuple(dict.fromkeys(_words(each, lang) for each in found[:MAX_PASSAGES]))
                result.append(SourceWords(cut(found[0].source), _web_address(found[0].url), words, more))
        return result


def cut(text: str, letters: int = MAX_LETTERS) -> str:
    """Return a text that is not longer than so many letters; one that is cut off ends in an ellipsis."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def days_in_words(first: str, last: str, lang: str) -> str:
    """Return the first and the last day in words, of which one may be open."""
    return first if first == last else in_language(_UNTIL, lang).format(first or "…", last or "…")


def _office(name: str, first: str, last: str, lang: str) -> str:
    return f"{name} ({days_in_words(first, last, lang)})" if first or last else name


def _limited(values: Iterable[str], lang: str) -> tuple[str, ...]:
    """Return the values, each once and not too long; those that are too many, as a number."""
    every: Collection[str] = dict.fromkeys(value for value in values if value)
    shown = [cut(value) for value in list(every)[:MAX_VALUES]]
    more = len(every) - len(shown)
    return (*shown, in_language(_MORE, lang).format(more)) if more else tuple(shown)


def _words(passage: Passage, lang: str) -> Words:
    if passage.row is None:
        return Words(cut(" ".join(passage.text.split())), passage.language or "")
    cells = tuple((cut(heading, 80), cut(words)) for heading, words in row_pairs(passage.row, lang))[:MAX_CELLS]
    return Words(cut("; ".join(": ".join(each) for each in cells)), passage.language or "", cells)


def _web_address(url: str | None) -> str:
    """Return an address that a link may have; a source may give any words for one."""
    return url if url and url.startswith(("https://", "http://")) else ""
