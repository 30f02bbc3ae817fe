"""Find entities by what people type: an IRI, an id, or a name.

Names are compared without case and accents, with å as aa or a, ø as oe or o, and æ as ae. An IRI or an id is looked up
as it is. A name is compared with all names of its kind, even where one is spelled exactly so: another name that differs
only in an accent can be meant as well. The graph filters names by their consonants first; all names are fetched only
where none fits, to suggest similar ones.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.common.names import fold_name
from graph.model.iris import BASE, ENTITIES, VOCABULARY, prefixes_under
from graph.query.results import QueryFn, Term, expect_table
from graph.query.sparql.parameters import bind_parameters, fill_values
from graph.rdf.terms import iri_problem, local_name_of, short_name

LOOKUPS = Path(__file__).parent / "lookups"
# For each kind of entity a query that gives all entities of that kind with their names: the file is named for the kind.
ENTITY_KINDS = Path(__file__).parent / "entity_kinds"
# A lookup may name each entity four times. Virtuoso refuses some thousands of terms, and servers refuse forms of more
# than 200 kB.
MAX_ENTITIES_PER_QUERY = 200
# A message with more names than these is not read.
MAX_CANDIDATES_SHOWN = 8
# So many letters tell names apart, and no pattern becomes too long.
MAX_PATTERN_LETTERS = 30
Names = dict[NamedNode, list[str]]
# What folding leaves unchanged. Names of ASCII letters, æ, ø and å that fold alike differ in vowels alone.
_CONSONANTS, _BETWEEN, _OTHER_LETTERS = "b-df-np-z0-9", "[^b-df-np-z0-9]*", "[^ -~æøåÆØÅ]"


@cache
def entity_kinds() -> tuple[str, ...]:
    """Return the kinds of entities that are found by name."""
    return tuple(sorted(file.stem for file in ENTITY_KINDS.glob("*.rq")))


def find_entities(kind: str, value: str, run: QueryFn) -> list[NamedNode]:
    """Return the entities of a kind (actor, event, area ...) that the text can mean; none where nothing fits."""
    matches = _by_id(kind, value, run) or _by_name(entity_names(kind, run, pattern=name_pattern(value)), value)
    if not matches:
        names = entity_names(kind, run)
        # An id of an entity whose IRI is not one of ours.
        matches = [entity for entity in names if local_name_of(entity) == value.strip().casefold()]
        matches = matches or _by_name(names, value)
    # A body can continue under the same name as another body: the one that pages name is meant.
    return (_with_claims(matches, run) or matches) if len(matches) > 1 else matches


def _by_id(kind: str, value: str, run: QueryFn) -> list[NamedNode]:
    """Return the entities of this kind with that IRI, prefixed name or id; those that are kept in their place."""
    text = value.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = text.partition(":")
    iris = [text] if colon else []
    if "//" not in text:
        prefixes = [prefix] if colon else [*ENTITIES, *VOCABULARY]
        starts = [declared[name] for declared in _prefixes(run) for name in prefixes if name in declared]
        iris += [start + (local if colon else text.casefold()) for start in starts]
    possible = [NamedNode(iri) for iri in dict.fromkeys(iris) if iri_problem(iri) is None]
    there = {entity: kept or entity for entity, kept in lookup_rows(possible, LOOKUPS / "existing.rq", run)}
    found = dict.fromkeys(there.get(each) for each in possible)
    return [each for each in found if isinstance(each, NamedNode) and each in entity_names(kind, run, entity=each)]


def _prefixes(run: QueryFn) -> list[dict[str, str]]:
    """Return the prefixes of the graph, once for each base of its IRIs; under our base where it states none."""
    rows = expect_table(run((LOOKUPS / "base_iris.rq").read_text(encoding="utf-8"))).rows
    bases = sorted(base.value for (base,) in rows if isinstance(base, Literal))
    return [prefixes_under(base) for base in bases or [BASE]]


def _by_name(names: Names, value: str) -> list[NamedNode]:
    folded = fold_name(value)
    if not folded:
        return []
    exact = [entity for entity, spellings in names.items() if folded in map(fold_name, spellings)]
    return exact or [
        entity
        for entity, spellings in names.items()
        if _matches_by_words(entity) and any(_has_words(name, folded) for name in spellings)
    ]


def _matches_by_words(entity: NamedNode) -> bool:
    """Return whether some words of its name, such as a surname, can stand for an entity: true of people and events.

    A body with an office in its name, or a group that is named after an office, is not the office.
    """
    return short_name(entity).startswith(("person:", "event:", "series:"))


def _has_words(name: str, folded: str) -> bool:
    return set(folded.split()) <= set(fold_name(name).split())


def name_pattern(value: str) -> str:
    """Return a pattern that is found, in any case, in every name that can be meant: consonants of the longest word.

    Folding changes vowels only, in names of ASCII letters, æ, ø and å; a name with other letters always passes. An
    engine that takes letters for bytes lets more names pass.
    """
    words = [re.sub(f"[^{_CONSONANTS}]", "", word) for word in fold_name(value).split()]
    letters = _BETWEEN.join(max(words, key=len, default="")[:MAX_PATTERN_LETTERS])
    return f"{letters}|{_OTHER_LETTERS}" if letters else ""


def entity_names(kind: str, run: QueryFn, *, entity: NamedNode | None = None, pattern: str | None = None) -> Names:
    """Return all entities of a kind with their names, in the order of their IRIs.

    With ``entity``, only that entity, if it is of the kind; with ``pattern``, only names in which it is found.
    """
    query = (ENTITY_KINDS / f"{kind}.rq").read_text(encoding="utf-8")
    terms = {"thing": entity, "letters": None if pattern is None else Literal(pattern)}
    query = bind_parameters(query, {name: term for name, term in terms.items() if term is not None})
    names: Names = {}
    for each, name in expect_table(run(query)).rows:
        if isinstance(each, NamedNode) and name is not None:
            names.setdefault(each, []).append(name.value)
    return {each: sorted(set(names[each])) for each in sorted(names, key=lambda node: node.value)}


def _with_claims(entities: list[NamedNode], run: QueryFn) -> list[NamedNode]:
    claimed = {entity for (entity,) in lookup_rows(entities, LOOKUPS / "claimed.rq", run)}
    return [entity for entity in entities if entity in claimed]


def describe_candidates(entities: list[NamedNode], run: QueryFn) -> str:
    """Return the ids of entities as text, each with its label and the first and last day of its existence."""
    descriptions: dict[Term | None, str] = {}
    for entity, *cells in lookup_rows(entities[:MAX_CANDIDATES_SHOWN], LOOKUPS / "labels_and_days.rq", run):
        label, first, last = ("…" if term is None else term.value for term in cells)
        descriptions[entity] = f"{label}, {first} to {last}" if any(cells[1:]) else label
    return "; ".join(
        f"{short_name(entity)} ({descriptions.get(entity, '…')})" for entity in entities[:MAX_CANDIDATES_SHOWN]
    )


def lookup_rows(terms: Iterable[Term | None], lookup: Path, run: QueryFn) -> list[tuple[Term | None, ...]]:
    """Return the rows of a lookup about those of the terms that are IRIs."""
    return [row for query in lookup_queries(terms, lookup) for row in expect_table(run(query)).rows]


def lookup_queries(terms: Iterable[Term | None], lookup: Path) -> Iterator[str]:
    """Yield the queries of a lookup about those of the terms that are IRIs, MAX_ENTITIES_PER_QUERY in each."""
    nodes = sorted({term for term in terms if isinstance(term, NamedNode)}, key=str)
    for start in range(0, len(nodes), MAX_ENTITIES_PER_QUERY):
        yield fill_values(_text_of_lookup(lookup), "thing", nodes[start : start + MAX_ENTITIES_PER_QUERY])


# A page of a server makes thirty lookups; their files are parts of the program, and do not change.
@cache
def _text_of_lookup(lookup: Path) -> str:
    return lookup.read_text(encoding="utf-8")
