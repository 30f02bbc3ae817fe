"""What parts of registers and of pages add: whom they name, what is counted of them, and records of single events."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.explorer.data.columns import CountedEntity, CountedTie
from graph.explorer.data.part_records import OF_CLAIMS, Cited, PartRecords, Texts, expand_chunk, expand_row, no_text
from graph.explorer.data.queries import Details, details_of_values, kinds_of_classes
from graph.explorer.data.records import Claim, Entity, Tie, Word
from graph.model.iris import BASE, ENTITIES, PREFIXES
from graph.model.labels import NAMELESS
from graph.rdf.terms import iri, rebase_iri

_LABEL = "label"
_NAMELESS = tuple(f'"{text.partition("{")[0]}' for text in NAMELESS.values())
# So many chunks are held in memory when single events are looked up.
_KEPT = 32
# The start of a statement that is parsed for its object alone.
_ANY = f"{iri('rdf:value')} {iri('rdf:value')}"


class RegisterAgents:
    """Whom the parts of a build name, under a base IRI.

    ``agents`` is what is stated of each (``part_records.py``), ``ends`` are the ids of all who have a tie, ``are_open``
    the statuses of events of which sources speak of more than they name.
    """

    def __init__(
        self,
        agents: Mapping[str, Mapping[tuple[str, str], None]],
        ends: Collection[str],
        are_open: Collection[str],
        base: str = BASE,
    ) -> None:
        self._agents, self._ends, self._base = agents, ends, base
        self.open = {*are_open}

    def kinds(self, of_main: Mapping[str, str]) -> dict[str, str]:
        """Return the kinds of all agents of the parts, as the look-up of entities gives them."""
        rank = {kind: place for place, kind in enumerate(kinds_of_classes().values())}
        classes = kinds_of_classes()
        result = {}
        for agent, facts in self._agents.items():
            kinds = [classes[value] for detail, value in facts if detail == "kind"]
            kinds += [of_main[agent]] if agent in of_main else []
            if kinds:
                result[agent] = min(kinds, key=rank.__getitem__)
        return result

    def details(self, of_main: Mapping[str, Details]) -> dict[str, Details]:
        """Return the details of all agents of the parts, with what the main files have of them."""
        result = {}
        for agent, stated in self._agents.items():
            facts = _without_nameless(stated)
            simple = _simple(facts) if agent not in of_main else None
            if simple is not None:
                result[agent] = Details(self.start(agent), {"": simple}, {}, {"also": [simple]})
            else:
                result[agent] = details_of_values(
                    self.start(agent), [(detail, self._term(text)) for detail, text in facts if detail != "kind"]
                ).with_others(of_main.get(agent))
        return result

    def ends(self) -> Collection[str]:
        """Return the ids of all who have a tie."""
        return self._ends

    def start(self, name: str) -> str:
        """Return the IRI of a short name."""
        prefix, _, local = name.partition(":")
        return (self._base + ENTITIES[prefix] if prefix in ENTITIES else PREFIXES[prefix]) + local

    def starts(self) -> dict[str, str]:
        """Return with what the IRIs of entities begin, by prefix."""
        return {prefix: self._base + folder for prefix, folder in ENTITIES.items()}

    def _term(self, text: str) -> Any:
        if text.startswith("<"):
            return rebase_iri(NamedNode(text[1:-1]), self._base)
        quad = next(parse(f"{_ANY} {text} .", format=RdfFormat.N_QUADS, lenient=True))
        assert isinstance(quad, Quad)
        return quad.object


class RegisterRecords(RegisterAgents):
    """The records of all parts of a build, under a base IRI. Claims are numbered after those of the main files.

    ``texts`` returns the text of a page by the id of the source, or None. ``words`` are names of what parts name.
    """

    def __init__(self, parts: Iterable[PartRecords], base: str = BASE, texts: Texts = no_text) -> None:
        # Partitions name the same agents, and mostly say the same of them.
        agents: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        super().__init__(agents, (), (), base)
        self.entities: list[CountedEntity] = []
        self.ties: list[CountedTie] = []
        self.chunks: list[bytes] = []
        self.words: dict[str, Word] = {}
        self._texts = texts
        self._cited: defaultdict[str, list[Cited]] = defaultdict(list)
        self._contents: dict[int, Any] = {}
        self._claims_before = [0]
        # The chunk of each event, and how many entities come before it there.
        self._place_of: dict[str, tuple[int, int]] = {}
        for part in parts:
            self.entities += part.entities
            self.ties += part.ties
            for chunk, ids, claims in zip(part.chunks, part.entity_ids, part.claims, strict=True):
                self._place_of.update((name, (len(self.chunks), place)) for place, name in enumerate(ids))
                self.chunks.append(chunk)
                self._claims_before.append(self._claims_before[-1] + claims)
            for agent, facts in part.agents.items():
                agents[agent].update(dict.fromkeys((detail, text) for detail, text in facts))
            self.open.update(part.open)
            self.words.update((name, {"iri": self.start(name), "label": label}) for name, label in part.words.items())
            for agent, cited in part.cited.items():
                self._cited[agent].append(cited)

    def ends(self) -> Collection[str]:
        """Return the ids of all who have a tie."""
        return {end for tie in self.ties for end in (tie.start, tie.end)}

    def add_cited(self, entities: Iterable[Entity]) -> None:
        """Add to the records of agents what claims of parts say of them, but for the claims themselves."""
        for entity in entities:
            for key in OF_CLAIMS:
                values = {value for cited in self._cited.get(entity["id"], ()) for value in cited.get(key, ())}
                if values:
                    entity[key] = sorted(values.union(entity.get(key, ())))

    def with_sources(self, entity: CountedEntity) -> CountedEntity:
        """Return what is counted of an agent with the sources of claims of parts about it."""
        sources = {source for cited in self._cited.get(entity.id, ()) for source in cited["sources"]}
        return entity._replace(sources=tuple(sorted(sources.union(entity.sources)))) if sources else entity

    def records_of(self, events: Iterable[str], claims: int) -> tuple[list[Entity], list[Tie], dict[int, Claim]]:
        """Return the records of those of some events that stay in parts, their ties, and all claims of these by number.

        ``claims`` is how many claims the main files have.
        """
        entities: list[Entity] = []
        ties: dict[str, Tie] = {}
        proving: dict[int, Claim] = {}
        for event in events:
            for table, record in self._records_of(event, claims) if event in self._place_of else ():
                if table == "entities":
                    entities.append(cast(Entity, record))
                elif table == "ties":
                    ties.setdefault(record["id"], cast(Tie, record))
                elif table == "claims":
                    proving[record[0]] = cast(Claim, {"label": {}} | record[1])
        return entities, [*ties.values()], proving

    def _records_of(self, event: str, claims: int) -> Iterator[tuple[str, Any]]:
        """Yield the records of the row of a chunk in which an event is."""
        chunk, place = self._place_of[event]
        content = self._content(chunk)
        claims += self._claims_before[chunk]
        for number, *values in content["rows"]:
            template = content["templates"][number]
            place -= len(template["entities"])
            if place < 0:
                row = expand_row(template, values, self.start, claims, self._texts)
                # A row of a register is about one event, a component about many.
                yield from row if template["cells"] else _about(event, row)
                return
            claims += len(template["claims"])

    def _content(self, chunk: int) -> Any:
        if chunk not in self._contents:
            if len(self._contents) >= _KEPT:
                self._contents.clear()
            self._contents[chunk] = json.loads(zlib.decompress(self.chunks[chunk]))
        return self._contents[chunk]

    def expand_all(self, claims: int) -> Iterator[tuple[str, Any]]:
        """Yield the records of all chunks."""
        for number in range(len(self.chunks)):
            before = claims + self._claims_before[number]
            yield from expand_chunk(self.chunks[number], self.start, before, self._texts)


def _about(thing: str, row: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield the records of one thing in a row: its own, its ties, and the claims that prove them."""
    proving: set[int] = set()
    for table, record in row:
        if table == "claims":
            if record[0] in proving:
                yield table, record
        elif record.get("id") == thing or (table == "ties" and thing in (record["from"], record["to"])):
            proving.update(record["claims"])
            yield table, record


def _without_nameless(facts: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
    """Return what is stated of somebody without labels of the nameless, if there is a name too."""
    labels = [text for detail, text in facts if detail == _LABEL]
    if len(labels) < 2 or not any(not text.startswith(_NAMELESS) for text in labels):
        return facts
    return [fact for fact in facts if not (fact[0] == _LABEL and fact[1].startswith(_NAMELESS))]


def _simple(facts: Collection[tuple[str, str]]) -> str | None:
    """Return what somebody is called of whom nothing is stated but one name in no language; else None."""
    labels = [text for detail, text in facts if detail == _LABEL]
    others = [text for detail, text in facts if detail not in (_LABEL, "kind")]
    if len(labels) == 1 and others == labels and labels[0].endswith('"') and "\\" not in labels[0]:
        return labels[0][1:-1]
    return None


def tied(ties: Sequence[CountedTie], ids: Collection[str]) -> list[CountedTie]:
    """Return the ties of which both ends are among these, each once."""
    return [*{tie.id: tie for tie in ties if tie.start in ids and tie.end in ids}.values()]
