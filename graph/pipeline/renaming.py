"""Put one id in the place of another in statements: what is called by the one is then called by the other.

The names of the id that is replaced become other names, its label stays in ``graph:identity``, and a claim keeps there
what it was entered as.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.claims.identity_rdf import ENTERED_AS, GRAPH
from graph.claims.registers import Group
from graph.claims.rows import Row
from graph.pipeline.nameless import is_nameless
from graph.rdf.statements import to_nquads
from graph.rdf.terms import iri
from graph.registry.rdf import registry_closure, registry_quads
from graph.registry.records import Registry

_LABEL, ALSO = str(iri("rdfs:label")), str(iri("schema:alternateName"))
# What a thing is called: a thing has one label, and all other names besides.
NAMES = frozenset(str(iri(name)) for name in ("rdfs:label", "dct:title", "schema:name", "foaf:name", "skos:prefLabel"))
_CLAIM = str(iri("claim:x"))[:-2]
_GRAPH, _ENTERED = str(GRAPH), str(ENTERED_AS)
_TYPE, _NAMED_IN_SOURCE = str(iri("rdf:type")), str(iri("mg:NamedInSource"))
# Those whom only a source names.
_OF_SOURCES = tuple(str(iri(f"{kind}:x"))[:-2] for kind in ("actor", "group", "post"))


@dataclass(frozen=True)
class Renaming:
    """Ids (compact names) that are replaced, each by the one that is kept."""

    kept: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.kept)

    @cached_property
    def iris(self) -> dict[str, str]:
        """Return the same as N-Quads writes IRIs."""
        return {str(iri(id)): str(iri(kept)) for id, kept in self.kept.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {str(iri(id)): id for id in self.kept}

    def of(self, id: str) -> str:
        """Return the id that is kept: itself where it is not replaced."""
        return self.kept.get(id, id)

    def rows(self, row: Row) -> Iterator[Row]:
        """Yield what becomes of a statement (subject, predicate, object, graph): itself where nothing is replaced."""
        subject, predicate, value, graph = row
        kept_subject, kept_value = self.iris.get(subject), self.iris.get(value)
        if kept_subject and predicate == _TYPE and value == _NAMED_IN_SOURCE and not _is_of_source(kept_subject):
            return
        if kept_subject and predicate in NAMES:
            if predicate == _LABEL:
                yield subject, _LABEL, value, _GRAPH
            # What stands for a name that is not there is no other name of anybody.
            if is_nameless(value):
                return
            predicate = ALSO
        if kept_value and subject.startswith(_CLAIM):
            yield subject, _ENTERED, value, _GRAPH
        yield kept_subject or subject, predicate, kept_value or value, graph

    def lines(self, lines: Iterable[str]) -> tuple[list[str], set[str]]:
        """Return N-Quads lines with all ids replaced, unsorted, and the ids (compact) that stood in them."""
        result, seen = [], set[str]()
        names = self._names
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            value = rest[: rest.index(">") + 1] if rest.startswith("<") else ""
            touched = [each for each in (subject, value) if each in names]
            if not touched:
                result.append(line)
                continue
            seen.update(names[each] for each in touched)
            start = rest.rindex(" ", 0, -2)
            row = subject, predicate, rest[:start], rest[start + 1 : -2]
            result += (f"{' '.join(each)} ." for each in self.rows(row))
        return result, seen

    def groups(self, groups: Iterable[Group]) -> tuple[list[Group], set[str]]:
        """Return what rows of a register bring with all ids replaced, and the ids (compact) that stood in them."""
        names, seen = self._names, set[str]()
        # What is told of somebody is one list for all rows that name them, and stays one.
        told: dict[int, tuple[list[Row], list[Row]]] = {}

        def renamed(rows: list[Row]) -> list[Row]:
            touched = {each for row in rows for each in (row[0], row[2]) if each in names}
            if not touched:
                return rows
            seen.update(names[each] for each in touched)
            return [each for row in rows for each in self.rows(row)]

        def once(rows: list[Row]) -> list[Row]:
            if id(rows) not in told:
                told[id(rows)] = rows, renamed(rows)
            return told[id(rows)][1]

        return [Group(renamed(group.rows), [*map(once, group.actors)], group.time) for group in groups], seen

    def kept_in(self, groups: Iterable[Group]) -> set[str]:
        """Return the ids (compact) that are kept, and stand in what rows of a register bring before any is replaced."""
        kept = {str(iri(id)): id for id in self.kept.values()}
        rows = (row for group in groups for several in (group.rows, *group.actors) for row in several)
        return {kept[each] for row in rows for each in (row[0], row[2]) if each in kept}


def registry_lines(registry: Registry, names: Iterable[str], renaming: Renaming) -> tuple[list[str], set[str]]:
    """Return what the registry has of things, as N-Quads lines with all ids replaced, and which (compact) were."""

    def lines_about(ids: Iterable[str]) -> list[str]:
        return to_nquads(registry_quads(registry, registry_closure(registry, ids)))

    if not renaming:
        return lines_about(names), set()
    names = {*names}
    lines, seen = renaming.lines(lines_about(names))
    # What it has of those that are kept, as of what is named itself.
    kept, further = renaming.lines(lines_about(map(renaming.of, names | seen)))
    return sorted({*lines, *kept}), seen | further


# A thing as N-Quads writes it, and a name of it without its language.
ThingName = tuple[str, str]


def name_in(thing: str, literal: str) -> ThingName:
    """Return a name of a thing, whatever its language: one name in two languages is one name."""
    return thing, literal[: literal.rindex('"') + 1]


def labels_in(lines: Iterable[str]) -> Iterator[ThingName]:
    """Yield the labels among N-Quads lines."""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        if predicate == _LABEL:
            yield name_in(subject, rest[: rest.rindex(" ", 0, -2)])


def without_repeated_names(lines: Iterable[str], labels: Collection[ThingName]) -> list[str]:
    """Return N-Quads lines without those other names of things that are their labels."""

    def repeats(line: str) -> bool:
        subject, predicate, rest = line.split(" ", 2)
        return predicate == ALSO and name_in(subject, rest[: rest.rindex(" ", 0, -2)]) in labels

    return [line for line in lines if not repeats(line)]


def _is_of_source(thing: str) -> bool:
    """Return whether a source alone names a thing: ids of the registry have no dot."""
    return thing.startswith(_OF_SOURCES) and "." in thing.rpartition("/")[2]
