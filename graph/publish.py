"""Publishing: sorted N-Quads lines -> the files of a build, the same bytes for the same statements."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph.dataset import from_lines
from graph.names import BASE, ENTITIES, iri, prefixes_under, rebased

# The order in which a reader of the Turtle meets things: first what happened, last what proves it.
_ORDER = (
    *("series", "event", "participation", "possible", "utterance", "audience", "group", "letter", "plan"),
    *("person", "organisation", "post", "membership", "interval", "change", "conflict", "kommune", "fylke"),
    *("page", "claim", "quote", "when"),
)
_FOLDERS = sorted(((BASE + ENTITIES[kind], rank) for rank, kind in enumerate(_ORDER)), key=itemgetter(0), reverse=True)
_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")


def rebase(rows: list[str], base: str) -> list[str]:
    """The lines with another base IRI for what the corpus makes."""
    return rows if base == BASE else sorted(f"{quad} ." for quad in _rebased(from_lines(rows), base))


def _rebased(quads: Iterable[Quad], base: str) -> Iterable[Quad]:
    if base == BASE:
        return quads
    return (Quad(*(rebased(term, base) if isinstance(term, NamedNode) else term for term in quad)) for quad in quads)


def files(rows: list[str], areas: Iterable[Quad], base: str) -> dict[str, Callable[[], bytes]]:
    """Every file of a build by name, made when asked for. Lines are sorted N-Quads."""
    quads = list(from_lines(rows))
    by_graph = list(_rebased(_by_graph(quads), base))
    prefixes = prefixes_under(base)
    return {
        "motegraf.nq": lambda: _joined(rebase(rows, base)),
        "motegraf.ttl": lambda: pretty(_merged(_rebased(_in_reading_order(quads), base)), RdfFormat.TURTLE, prefixes),
        "motegraf.trig": lambda: pretty(by_graph, RdfFormat.TRIG, prefixes),
        "motegraf.jsonld": lambda: serialized(by_graph, RdfFormat.JSON_LD) + b"\n",
        "areas.ttl": lambda: pretty(_merged(_rebased(areas, base)), RdfFormat.TURTLE, prefixes),
    }


def _joined(rows: list[str]) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def _in_reading_order(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Quads of sorted lines, subject by subject in the order in which a reader meets things, types and labels first."""
    subjects = [(subject, list(said)) for subject, said in groupby(quads, key=lambda quad: quad.subject)]
    for _, said in sorted(subjects, key=lambda pair: _rank(pair[0])):
        yield from sorted(said, key=_first_things)


def _rank(subject: object) -> int:
    value = subject.value if isinstance(subject, NamedNode) else ""
    return next((rank for folder, rank in _FOLDERS if value.startswith(folder)), len(_ORDER))


def _first_things(quad: Quad) -> int:
    if quad.predicate == _LABEL and isinstance(quad.object, Literal):
        return 1 if quad.object.language == "nb" else 2
    return 0 if quad.predicate == _TYPE else 3


def _by_graph(quads: list[Quad]) -> Iterator[Quad]:
    graphs: dict[object, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad)
    for name in sorted(graphs, key=str):
        yield from _in_reading_order(graphs[name])


def _merged(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Sorted quads as the union of their graphs: each statement once."""
    last = None
    for quad in quads:
        triple = quad.triple
        if triple != last:
            last = triple
            yield triple


def pretty(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Turtle or TriG with the prefixes that it uses, sorted, and an empty line between subjects."""
    body = serialized(statements, form, prefixes)
    start = 0
    while body.startswith(b"@prefix", start):
        start = body.index(b"\n", start) + 1
    body = re.sub(rb"\n(?=[^\s}])", b"\n\n", body[start:].rstrip(b"\n")) + b"\n"
    used = {match.decode() for match in set(re.findall(rb"(?<![\w\"<:/-])([a-z-]+):(?=[\w])", body))}
    head = "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used & prefixes.keys()))
    return head.encode() + b"\n" + body


def serialized(
    statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat, prefixes: dict[str, str] | None = None
) -> bytes:
    """The statements as a file of that format."""
    data = serialize(statements, format=form, prefixes=prefixes)
    assert data is not None
    return data
