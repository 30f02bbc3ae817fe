"""Serialise statements: sorted N-Quads lines, Turtle and TriG to read, the same bytes for the same statements."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.model.iris import BASE
from graph.rdf.statements import parse_nquads
from graph.rdf.terms import compact, iri, rebase_iri

# The order in which a reader of the Turtle meets things: first what happened, last what proves it.
_ORDER = (
    *("series", "event", "participation", "possible", "utterance", "audience", "group", "letter", "plan"),
    *("person", "organisation", "actor", "post", "membership", "interval", "change", "conflict", "kommune", "fylke"),
    *("source", "text", "table", "column", "claim", "evidence", "selector", "when"),
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")


def rebase_nquads(rows: list[str], base: str) -> list[str]:
    """Return the N-Quads lines with another base IRI for the entities of the corpus; terms of vocabularies stay."""
    return rows if base == BASE else sorted(f"{quad} ." for quad in rebase_quads(parse_nquads(rows), base))


def rebase_quads(quads: Iterable[Quad], base: str) -> Iterable[Quad]:
    """Return the quads with another base IRI for the entities of the corpus."""
    if base == BASE:
        return quads
    return (Quad(*(rebase_iri(term, base) if isinstance(term, NamedNode) else term for term in quad)) for quad in quads)


def in_reading_order(quads: Iterable[Quad], name: Callable[[NamedNode], str] = compact) -> Iterator[Quad]:
    """Yield quads of sorted lines, subject by subject in the order of reading, types and labels first."""
    subjects = [(subject, list(group)) for subject, group in groupby(quads, key=lambda quad: quad.subject)]
    for _, group in sorted(subjects, key=lambda pair: reading_rank(pair[0], name)):
        yield from sorted(group, key=_types_and_labels_first)


def reading_rank(subject: object, name: Callable[[NamedNode], str] = compact) -> int:
    """Return the place of a subject's kind in the order of reading."""
    kind = name(subject).partition(":")[0] if isinstance(subject, NamedNode) else ""
    return _RANK.get(kind, len(_ORDER))


def graph_key(quad: Quad) -> str:
    """Return the key that groups quads by graph when they are sorted."""
    return str(quad.graph_name)


def _types_and_labels_first(quad: Quad) -> int:
    if quad.predicate == _LABEL and isinstance(quad.object, Literal):
        return 1 if quad.object.language == "nb" else 2
    return 0 if quad.predicate == _TYPE else 3


def merge_graphs(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples of the union of all graphs, each once. Equal triples of several graphs must be adjacent."""
    last = None
    for quad in quads:
        triple = quad.triple
        if triple != last:
            last = triple
            yield triple


def serialize_pretty(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Return Turtle or TriG with only the prefixes that it uses, sorted, and an empty line between subjects."""
    body = space_out(body_lines(statements, form, prefixes))
    return prefix_lines(used_prefixes(body), prefixes) + b"\n" + body


def body_lines(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Return Turtle or TriG without its lines of prefixes and without empty lines, ending in one line feed."""
    body = serialize_rdf(statements, form, prefixes)
    start = 0
    while body.startswith(b"@prefix", start):
        start = body.index(b"\n", start) + 1
    return body[start:].strip(b"\n") + b"\n"


def space_out(body: bytes) -> bytes:
    """Return Turtle or TriG with an empty line between subjects, or between graphs."""
    return re.sub(rb"\n(?=[^\s}])", b"\n\n", body)


def used_prefixes(body: bytes) -> set[str]:
    """Return what may be the prefixes of terms in Turtle or TriG."""
    # Terms stand between white space; only a datatype follows something else. "cv:", with no name, is a vocabulary.
    terms = (word.rpartition(b"^")[2].partition(b":")[0] for word in set(body.split()) if b":" in word)
    return {prefix.decode() for prefix in terms if prefix[:1].isalpha()}


def prefix_lines(used: Set[str], prefixes: Mapping[str, str]) -> bytes:
    """Return the lines of those prefixes that are used, sorted."""
    return "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used & prefixes.keys())).encode()


def serialize_rdf(
    statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """Return the statements in this format."""
    data = serialize(statements, format=form, prefixes=prefixes)
    assert data is not None
    return data
