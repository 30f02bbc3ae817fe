"""Blocks: statements about neighbouring subjects, written in every format, so that files can be put together of them.

The sorted lines of a graph are cut into blocks after subjects that a digest picks. So a block depends on nothing but
the lines in it: where a page changes, few blocks change, and the text of all others can be used again.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple
from zlib import crc32

from pyoxigraph import NamedNode, Quad, RdfFormat

from graph.common.compression import pack, unpack
from graph.common.spool import Spooled
from graph.model.iris import prefixes_under
from graph.rdf.serialize import (
    body_lines,
    merge_graphs,
    reading_rank,
    rebase_quads,
    serialize_rdf,
    space_out,
    used_prefixes,
)
from graph.rdf.statements import parse_nquads
from graph.rdf.terms import iri

# A block ends after one subject in so many: small enough that few statements are written anew after a change, large
# enough that there are not too many of them.
SUBJECTS = 64
_TYPE, _LABEL = (f"{iri(name)} " for name in ("rdf:type", "rdfs:label"))


class GraphText(NamedTuple):
    """What a block has of one named graph: its name in TriG, and where in its texts the statements of the graph are.

    Those are first byte and end, of its text in TriG and of that in JSON-LD.
    """

    name: str
    trig: tuple[int, int]
    jsonld: tuple[int, int]


class TurtleBlock(NamedTuple):
    """A block in Turtle alone, compressed. ``rank`` is its place in the order of reading."""

    rank: int
    turtle: bytes | Spooled
    turtle_prefixes: frozenset[str]


class Block(NamedTuple):
    """A block in every format but N-Quads, its texts compressed. ``rank`` is its place in the order of reading."""

    rank: int
    turtle: bytes | Spooled
    trig: bytes | Spooled
    jsonld: bytes | Spooled
    graphs: Mapping[str, GraphText]
    turtle_prefixes: frozenset[str]
    trig_prefixes: frozenset[str]

    def trig_of(self, graph: str) -> bytes:
        """Return what the block has of a named graph in TriG."""
        begin, end = self.graphs[graph].trig
        return unpack(self.trig)[begin:end]

    def jsonld_of(self, graph: str) -> bytes:
        """Return what the block has of a named graph in JSON-LD."""
        begin, end = self.graphs[graph].jsonld
        return unpack(self.jsonld)[begin:end]


def ends_block(subject: str) -> bool:
    """Return whether a block ends after a subject, as N-Quads writes it, with the space behind it."""
    return crc32(subject.encode()) % SUBJECTS == 0


def split_into_blocks(rows: Iterable[str]) -> Iterator[list[str]]:
    """Yield the sorted lines of a graph block by block: all of a subject in one, and only subjects of one rank."""
    block: list[str] = []
    subject, kind, rank = "", "", 0
    ends = False
    for row in rows:
        if not row.startswith(subject) or not subject:
            subject = row[: row.index(" ") + 1]
            kind_before, kind = kind, subject[: max(subject.rfind("/"), subject.rfind("#")) + 1]
            rank_before, rank = rank, rank if kind == kind_before else reading_rank(NamedNode(subject[1:-2]))
            if block and (ends or rank != rank_before):
                yield block
                block = []
            ends = ends_block(subject)
        block.append(row)
    if block:
        yield block


def serialize_turtle_block(rows: Sequence[str], base: str) -> TurtleBlock:
    """Return the block of these lines in Turtle, with its entities under a base IRI."""
    quads = [*parse_nquads(_types_and_labels_first(rows))]
    turtle = body_lines(merge_graphs(rebase_quads(quads, base)), RdfFormat.TURTLE, prefixes_under(base))
    return TurtleBlock(reading_rank(quads[0].subject), pack(space_out(turtle)), frozenset(used_prefixes(turtle)))


def serialize_block(rows: Sequence[str], base: str) -> Block:
    """Return the block of these lines, with its entities under a base IRI."""
    quads = [*parse_nquads(_types_and_labels_first(rows))]
    rank = reading_rank(quads[0].subject)
    quads = [*rebase_quads(quads, base)]
    prefixes = prefixes_under(base)
    by_graph: defaultdict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        by_graph[quad.graph_name].append(quad)
    # Where one graph says everything, no statement is there twice.
    triples = merge_graphs(quads) if len(by_graph) > 1 else (quad.triple for quad in quads)
    turtle = body_lines(triples, RdfFormat.TURTLE, prefixes)
    # In TriG the same terms stand, and the names of graphs. A prefix takes as long as half a statement, used or not.
    used = frozenset(used_prefixes(turtle))
    prefixes = {name: prefixes[name] for name in used & prefixes.keys()}
    texts = [
        _graph_texts(graph, statements, prefixes, turtle if len(by_graph) == 1 else None)
        for graph, statements in by_graph.items()
    ]
    trig, jsonld = ([*map(len, each)] for each in zip(*texts, strict=True))
    spans = zip(by_graph, pairwise(accumulate(trig, initial=0)), pairwise(accumulate(jsonld, initial=0)), strict=True)
    graphs = {str(graph): GraphText(_name_in_trig(graph, base), *both) for graph, *both in spans}
    names = (used_prefixes(text.name.encode()) for text in graphs.values())
    in_trig, in_jsonld = (pack(b"".join(each)) for each in zip(*texts, strict=True))
    return Block(rank, pack(space_out(turtle)), in_trig, in_jsonld, graphs, used, used.union(*names))


def _types_and_labels_first(rows: Sequence[str]) -> Iterator[str]:
    """Yield the sorted lines of a block as a reader meets them: of each subject first its types, then its labels."""
    subject = ""
    groups: tuple[list[str], ...] = ([], [], [], [])
    types, norwegian, labels, others = groups
    for row in rows:
        if not row.startswith(subject) or not subject:
            yield from chain.from_iterable(groups)
            for group in groups:
                group.clear()
            subject = row[: row.index(" ") + 1]
        if row.startswith(_TYPE, len(subject)):
            types.append(row)
        elif row.startswith(_LABEL, len(subject)):
            (norwegian if row.rsplit(" ", 2)[0].endswith('"@nb') else labels).append(row)
        else:
            others.append(row)
    yield from chain.from_iterable(groups)


def _graph_texts(
    graph: NamedNode, quads: Sequence[Quad], prefixes: dict[str, str], turtle: bytes | None = None
) -> tuple[bytes, bytes]:
    """Return the statements of one graph in TriG and JSON-LD. ``turtle`` has them where they are all of its block."""
    if turtle is None:
        trig = body_lines(quads, RdfFormat.TRIG, prefixes).partition(b" {\n")[2].removesuffix(b"}\n")
    else:
        # Turtle and TriG differ in the indentation alone: what is written in one need not be written anew in the other.
        trig = b"\t" + turtle[:-1].replace(b"\n", b"\n\t") + b"\n"
    jsonld, begin = serialize_rdf(quads, RdfFormat.JSON_LD), jsonld_begin(graph.value)
    return trig, jsonld[1 + len(begin) : -len(b"]}]")]


@lru_cache(maxsize=1024)
def _name_in_trig(graph: NamedNode, base: str) -> str:
    """Return how a named graph is named in TriG."""
    quad = Quad(graph, graph, graph, graph)
    return body_lines([quad], RdfFormat.TRIG, prefixes_under(base)).partition(b" {\n")[0].decode()


def jsonld_begin(graph: str) -> bytes:
    """Return how a named graph begins in JSON-LD."""
    return f'{{"@id":{json.dumps(graph, ensure_ascii=False)},"@graph":['.encode()
