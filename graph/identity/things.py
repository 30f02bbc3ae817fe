"""The things of a build that may be one with another: their names, identifiers, days, places and offices."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.query.results import QueryFn, Term, expect_table, text_of
from graph.rdf.terms import local_name_of, short_name

LOOKUPS = Path(__file__).parent / "lookups"
KINDS = ("event", "person", "body", "post", "area")
# The source of what no page and no register names.
REGISTRY = "registry"
# The type of Norwegian organisation numbers, and the scheme of one here.
_ORGANISATION_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.101"
_WIKIDATA = "http://www.wikidata.org/entity/"
_BRREG = "https://data.brreg.no/enhetsregisteret/api/enheter/"


@dataclass(frozen=True, slots=True)
class Office:
    """A post that somebody holds, from the first to the last day (ISO 8601, also parts of a date); "" is open."""

    id: str
    name: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that may be one with another thing.

    ``names`` are all that sources use, the preferred one first. ``identifiers`` are pairs of scheme and value.
    ``registered`` is whether it stands in the registry, whose editors keep its things apart.

    Of an event ``days`` are its earliest and latest day (ISO 8601, "" where open), ``families`` its kind and all wider
    ones, ``places`` are ids of areas, ``place_words`` the words of sources for them; ``organisers`` and
    ``participants`` are names by id. Of anybody ``events`` are those in which they have a part.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()
    sources: tuple[str, ...] = ()
    registered: bool = False
    days: tuple[str, str] = ("", "")
    families: frozenset[str] = frozenset()
    status: str = ""
    places: frozenset[str] = frozenset()
    place_words: frozenset[str] = frozenset()
    organisers: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[str, str], ...] = ()
    offices: tuple[Office, ...] = ()
    events: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Return the preferred name, or the id where no source gives a name."""
        return self.names[0] if self.names else self.id


def things_of(run: QueryFn, kinds: Collection[str] = KINDS) -> list[Thing]:
    """Return the things of these kinds that a graph has, in the order of their ids."""
    kind_of: dict[str, str] = {}
    names: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for thing, kind, name, rank in _rows("things", run):
        id = _id(thing)
        if text_of(kind) in kinds:
            kind_of[id] = text_of(kind)
            if name is not None:
                names[id].add((2 * int(text_of(rank)) + _is_translated(name), name.value))
    (sources, own), identifiers = _sources(run), _identifiers(run)
    events, people, parts = _events(run), _offices(run), _parts(run)
    wider_kinds = {_id(kind): _id(wider) for kind, wider in _rows("kinds", run)}
    result = []
    for id in sorted(kind_of):
        of_event = events.get(id, {})
        result.append(
            Thing(
                id,
                kind_of[id],
                tuple(dict.fromkeys(name for _, name in sorted(names[id]))),
                frozenset(identifiers.get(id, ())),
                tuple(sorted(sources.get(id, {REGISTRY}))),
                kind_of[id] != "event" and id not in own,
                (min(of_event.get("earliest", [""])), max(of_event.get("latest", [""]))),
                frozenset(wider for kind in of_event.get("kind", ()) for wider in _families(kind, wider_kinds)),
                min(of_event.get("status", [""])),
                frozenset(of_event.get("place", ())),
                frozenset(of_event.get("words", ())),
                tuple(sorted(parts.organisers.get(id, {}).items())),
                tuple(sorted(parts.participants.get(id, {}).items())),
                tuple(people.get(id, ())),
                frozenset(parts.events.get(id, ())),
            )
        )
    return result


@dataclass(frozen=True, slots=True)
class _Parts:
    organisers: Mapping[str, Mapping[str, str]]
    participants: Mapping[str, Mapping[str, str]]
    events: Mapping[str, Collection[str]]


def _parts(run: QueryFn) -> _Parts:
    organisers: dict[str, dict[str, str]] = defaultdict(dict)
    participants: dict[str, dict[str, str]] = defaultdict(dict)
    events: dict[str, set[str]] = defaultdict(set)
    for event, agent, name, role in _rows("parts", run):
        side = organisers if role is not None and text_of(role).endswith("role/organiser") else participants
        known = side[_id(event)].get(_id(agent), text_of(name))
        side[_id(event)][_id(agent)] = min(known, text_of(name))
        events[_id(agent)].add(_id(event))
    return _Parts(organisers, participants, events)


def _sources(run: QueryFn) -> tuple[Mapping[str, set[str]], set[str]]:
    """Return the sources of things, and which things are a source's own."""
    sources, own = defaultdict[str, set[str]](set), set[str]()
    for thing, source, is_own in _rows("sources", run):
        sources[_id(thing)].add(_local(source))
        if is_own is not None:
            own.add(_id(thing))
    return sources, own


def _identifiers(run: QueryFn) -> Mapping[str, set[tuple[str, str]]]:
    identifiers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for thing, value, source in _rows("identifiers", run):
        id = _id(thing)
        pair = (_local(source), text_of(value)) if source is not None else _identifier(id, value)
        if pair is not None:
            identifiers[id].add(pair)
    return identifiers


def _identifier(id: str, value: Term | None) -> tuple[str, str] | None:
    """Return the scheme and the value of an identifier; None where its scheme is none that tells things apart."""
    text = text_of(value)
    if isinstance(value, NamedNode):
        if text.startswith(_WIKIDATA):
            return "wikidata", text.removeprefix(_WIKIDATA)
        return ("no-orgnr", text.removeprefix(_BRREG)) if text.startswith(_BRREG) else None
    if isinstance(value, Literal) and value.datatype.value == _ORGANISATION_NUMBER:
        return "no-orgnr", text
    kind = id.partition(":")[0]
    # The number of a municipality changes with its county: one of another year is no other municipality.
    return None if kind in ("kommune", "fylke") else (kind, text)


def _events(run: QueryFn) -> Mapping[str, Mapping[str, list[str]]]:
    events: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for thing, what, value, name in _rows("events", run):
        facts = events[_id(thing)]
        kind = text_of(what)
        facts[kind].append(_id(value) if isinstance(value, NamedNode) else text_of(value))
        if name is not None:
            facts["words"].append(text_of(name))
    return events


def _families(kind: str, wider: Mapping[str, str]) -> Iterator[str]:
    """Yield a kind of event and all kinds of which it is one."""
    yielded = set[str]()
    while kind and kind not in yielded:
        yield kind
        yielded.add(kind)
        kind = wider.get(kind, "")


def _offices(run: QueryFn) -> Mapping[str, list[Office]]:
    offices: dict[str, set[tuple[str, str, str, str]]] = defaultdict(set)
    for holder, office, label, first, last in chain(_rows("offices", run), _rows("capacities", run)):
        offices[_id(holder)].add((_id(office), text_of(first), text_of(last), text_of(label)))
    result: dict[str, list[Office]] = {}
    for person, rows in offices.items():
        # A name in each language: the last of the alphabet stands for all.
        by_term = {(id, start, end): name for id, start, end, name in sorted(rows)}
        result[person] = [Office(id, name, start, end) for (id, start, end), name in by_term.items()]
    return result


def _is_translated(name: Term) -> bool:
    """Return whether a name is one that we gave in English, beside one in Norwegian."""
    return isinstance(name, Literal) and name.language == "en"


def _rows(lookup: str, run: QueryFn) -> Iterator[tuple[Term | None, ...]]:
    yield from expect_table(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8"))).rows


def _id(term: Term | None) -> str:
    return short_name(term) if isinstance(term, NamedNode) else text_of(term)


def _local(term: Term | None) -> str:
    return local_name_of(term) if isinstance(term, NamedNode) else text_of(term)
