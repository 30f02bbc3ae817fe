"""Graphs to a store: in pieces beside the old ones, and then, in one request, in their place."""

from collections.abc import Iterator
from pathlib import Path
from string import Template

from pyoxigraph import Literal, NamedNode, Triple

from graph.common.progress import Progress
from graph.push.plan import Graph, Plan, count_statements
from graph.query.endpoint.http import Endpoint, send_update
from graph.query.results import QueryError
from graph.query.sparql.parameters import serialize_term
from graph.rdf.terms import iri

LOOKUPS = Path(__file__).parent / "lookups"
# In one request: as much as servers take that take little.
MAX_STATEMENTS_PER_REQUEST = 1_000


def push(
    wanted: Plan, there: Endpoint, ask: Endpoint, progress: Progress, at_once: int = MAX_STATEMENTS_PER_REQUEST
) -> None:
    """The store has the graphs as the build has them, or, after Unanswered, has its old ones still.

    Updates go to ``there``, and ``ask`` says what has come of them. A second call goes on where the first broke off.
    """
    if wanted.sent:
        # Written down first, so that what is left of a push that nobody ends is found and removed by a later one.
        begun = (f"{Triple(wanted.state, iri('dct:hasPart'), graph.new)} ." for graph in wanted.sent)
        send_update(_update("insert", graph=wanted.state, statements="\n".join(begun)), there)
    pieces = [(graph, piece) for graph in wanted.sent for piece in _chunks(graph, wanted.begun[graph.name], at_once)]
    for graph, piece in progress("sending", pieces):
        send_update(_update("insert", graph=graph.new, statements="\n".join(map(serialize_term, piece))), there)
    if wanted.sent:
        there_now = count_statements(ask, [graph.new for graph in wanted.sent])
        for graph in wanted.sent:
            if there_now.get(graph.new) != len(graph.statements):
                raise QueryError(
                    f"{graph.new.value} has {there_now.get(graph.new, 0)} statements there and should have "
                    f"{len(graph.statements)}; the old graphs are as they were: remove it there, and push again"
                )
    if wanted.sent or wanted.gone or wanted.left:
        send_update(_swap(wanted), there)


def _chunks(graph: Graph, begun: int, at_once: int) -> Iterator[tuple[str, ...]]:
    """What is still to be sent of a graph: pieces go in their order, and what has come twice stands there once."""
    first = begun // at_once * at_once if begun < len(graph.statements) else begun
    for start in range(first, len(graph.statements), at_once):
        yield graph.statements[start : start + at_once]


def _swap(wanted: Plan) -> str:
    """One request in which every new graph takes the place of the old one, and what is there is written down."""
    marks = [*wanted.kept, *wanted.sent]
    steps = [_update("move", new=graph.new, graph=graph.name) for graph in wanted.sent]
    steps += [_update("drop", graph=name) for name in (*wanted.gone, *wanted.left, wanted.state)]
    steps.append(_update("insert", graph=wanted.state, statements="\n".join(f"{_mark(graph)} ." for graph in marks)))
    return ";\n".join(step.rstrip() for step in steps) + "\n"


def _mark(graph: Graph) -> Triple:
    digest = Literal(graph.digest, datatype=iri("xsd:hexBinary"))
    return Triple(graph.name, iri("spdx:checksumValue"), digest)


def _update(update: str, **given: NamedNode | str) -> str:
    """An update of ``lookups/`` with these graphs and statements."""
    text = (LOOKUPS / f"{update}.ru").read_text(encoding="utf-8")
    return Template(text).substitute({name: str(value) for name, value in given.items()})
