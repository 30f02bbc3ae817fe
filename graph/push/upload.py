"""Upload graphs to a store: in chunks beside the old ones, then swapped in by one request."""

from collections.abc import Iterator
from pathlib import Path
from string import Template

from pyoxigraph import Literal, NamedNode, Triple

from graph.common.progress import Progress
from graph.push.plan import Graph, Plan, count_triples
from graph.query.endpoint.http import Endpoint, send_update
from graph.query.results import QueryError
from graph.query.sparql.parameters import serialize_term
from graph.rdf.terms import iri

LOOKUPS = Path(__file__).parent / "lookups"
# Triples in one request: few enough for servers with low limits.
MAX_STATEMENTS_PER_REQUEST = 1_000


def push(
    plan: Plan, updates: Endpoint, queries: Endpoint, progress: Progress, chunk_size: int = MAX_STATEMENTS_PER_REQUEST
) -> None:
    """Make the store's graphs those of the build, or raise QueryError and leave its old graphs as they were.

    Updates go to ``updates``, queries about their outcome to ``queries``. A second call continues where the first
    stopped.
    """
    if plan.to_upload:
        # Listed first, so that a later push finds and removes what an interrupted one leaves.
        started = (f"{Triple(plan.state, iri('dct:hasPart'), graph.staging)} ." for graph in plan.to_upload)
        send_update(_update("insert", graph=plan.state, statements="\n".join(started)), updates)
    chunks = [
        (graph, chunk) for graph in plan.to_upload for chunk in _chunks(graph, plan.uploaded[graph.name], chunk_size)
    ]
    for graph, chunk in progress("sending", chunks):
        send_update(_update("insert", graph=graph.staging, statements="\n".join(map(serialize_term, chunk))), updates)
    if plan.to_upload:
        counts = count_triples(queries, [graph.staging for graph in plan.to_upload])
        for graph in plan.to_upload:
            if counts.get(graph.staging) != len(graph.statements):
                raise QueryError(
                    f"{graph.staging.value} has {counts.get(graph.staging, 0)} statements there and should have "
                    f"{len(graph.statements)}; the old graphs are as they were: remove it there, and push again"
                )
    if plan.to_upload or plan.to_remove or plan.abandoned:
        send_update(_swap(plan), updates)


def _chunks(graph: Graph, uploaded: int, chunk_size: int) -> Iterator[tuple[str, ...]]:
    """Yield what is still to be uploaded of a graph, in order; triples that are sent twice are stored once."""
    first = uploaded // chunk_size * chunk_size if uploaded < len(graph.statements) else uploaded
    for start in range(first, len(graph.statements), chunk_size):
        yield graph.statements[start : start + chunk_size]


def _swap(plan: Plan) -> str:
    """Return one request that moves every staging graph over the old one, and lists what the store has now."""
    marks = [*plan.unchanged, *plan.to_upload]
    steps = [_update("move", new=graph.staging, graph=graph.name) for graph in plan.to_upload]
    steps += [_update("drop", graph=name) for name in (*plan.to_remove, *plan.abandoned, plan.state)]
    steps.append(_update("insert", graph=plan.state, statements="\n".join(f"{_mark(graph)} ." for graph in marks)))
    return ";\n".join(step.rstrip() for step in steps) + "\n"


def _mark(graph: Graph) -> Triple:
    digest = Literal(graph.digest, datatype=iri("xsd:hexBinary"))
    return Triple(graph.name, iri("spdx:checksumValue"), digest)


def _update(update: str, **values: NamedNode | str) -> str:
    """Return an update of ``lookups/`` with these graphs and triples."""
    text = (LOOKUPS / f"{update}.ru").read_text(encoding="utf-8")
    return Template(text).substitute({name: str(value) for name, value in values.items()})
