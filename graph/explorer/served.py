"""The interactive page of a graph that no file can hold, and the index that the server gives it.

The page is that of every graph, with the records of the main files and of all agents in it. What it counts, and the
rows that it shows, it asks of the server: the columns and the rows of the index (``data/graph_index.py``).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graph import HOME
from graph.explorer import texts_of
from graph.explorer.data.chunks import FIRST_AGENTS, split
from graph.explorer.data.columns import entity_numbers
from graph.explorer.data.graph_index import (
    IndexFiles,
    make_head,
    most_of_kind,
    pieces_of,
    preview,
    write_index,
)
from graph.explorer.data.index_totals import Totals, add_up
from graph.explorer.data.page_graph import build_page_graph
from graph.explorer.data.parts import RegisterAgents
from graph.explorer.data.records import Summary
from graph.explorer.data.segments import CERTAIN, PLANNED, Segment
from graph.explorer.data.summary import summary_of_spans
from graph.explorer.html import render
from graph.explorer.map import map_outlines
from graph.explorer.network import draw, vis_network_source
from graph.model.iris import BASE
from graph.query.counts import Counts
from graph.query.results import QueryFn

if TYPE_CHECKING:
    from graph.explorer.data.queries import Details
    from graph.registry.records import Registry

# So many rows of each list are in the page, to be shown before its columns have come: as many as stand there at first.
PREVIEWED = 8


class ServedPage(NamedTuple):
    """The page, and the files that it asks of the server."""

    page: bytes
    files: IndexFiles


def pieces_in(file: Path) -> Iterator[bytes]:
    """Yield what a file has, piece by piece."""
    with file.open("rb") as stream:
        yield from pieces_of(stream)


def served_page(
    run: QueryFn,
    corpus: Path,
    segments: Sequence[Callable[[], Segment]],
    folder: Path,
    counts: Counts,
    registry: Path = HOME / "registry",
    records: "Registry | None" = None,
    details: "Mapping[str, Details] | None" = None,
    base: str = BASE,
) -> ServedPage:
    """Return the page of the graph that ``run`` queries with the registers of ``segments``, and its index in a folder.

    ``corpus`` has the texts of sources; ``counts`` are those of the registers. Raise FindingsError where the outlines
    of the registry cannot be read, OSError where the folder cannot be written.
    """
    totals = add_up(make() for make in segments)
    agents = RegisterAgents(totals.agents, totals.others, totals.open, base)
    graph = build_page_graph(run, texts_of(corpus), [], details, agents, counts)
    numbers = entity_numbers(graph.entities)
    kinds = {entity.id: entity.kind for entity in graph.entities}
    head = make_head(totals, graph.entities, graph.ties)
    index = write_index(folder, segments, totals, head)
    graph.payload["summary"] = _summary(graph.payload["summary"], totals, index)
    values = [name for name in (*totals.topics, *totals.places) if not name.startswith('"')]
    first, chunks, _ = split(graph, [], numbers, [*most_of_kind(totals, kinds, FIRST_AGENTS)], [*values, *kinds])
    first["drawing"] = draw([], [])
    places = {*values} | {place for entity in graph.entities for place in entity.places if not place.startswith('"')}
    first["outlines"] = map_outlines(places, registry, records)
    first["served"] = {
        "build": _digest(index.columns),
        "entities": len(numbers),
        "leftOut": dict(index.left_out),
        "preview": preview(totals, kinds, numbers, PREVIEWED),
    }
    first["starts"] = agents.starts() | first["starts"]
    return ServedPage(render(first, vis_network_source(), chunks, may_ask=True), index)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _summary(of_main: Summary, totals: Totals, index: IndexFiles) -> Summary:
    """Return what the headline says: that of the main files, and of what is in segments besides."""
    summary = of_main.copy()
    summary["entities"], summary["ties"] = index.entities, index.ties
    # Whoever is said to have been present at most meetings may be in both: of so many it is not worked out.
    summary["most"] = None
    for name, strength in (("held", CERTAIN), ("planned", PLANNED)):
        spans = (span for span in totals.spans if span[2] == strength)
        period = summary["held"] if name == "held" else summary["planned"]
        summary[name] = summary_of_spans(period, spans)  # type: ignore[literal-required]
    return summary
