"""The interactive page: what a build says, as one HTML file that needs nothing else.

    data/records    the shape of the JSON that the page is given
    data/payload    the build, queried by data/lookups/*.rq -> these records; data/page_graph: with registers in parts
    data/summary    what the headline counts
    data/component_records
                    the same of pages that speak of the same events, where pages are too many for one query
    data/chunks     of a large graph: what the first view needs, and the rest in parts
    data/columns    what counting needs of every entity and tie, as arrays of numbers; with data/communities and
                    data/positions of the whole graph
    layout/         which entities are drawn at first, and where they stand
    network         that as what vis-network takes, the same that pyvis makes of a networkx graph
    map             municipalities as lines to draw, and which show areas of other years
    served          the same page of a graph that no file can hold, which asks the server for data/graph_index
    html            template, styles, scripts and data -> one file under a security policy

``page/`` holds the template, the styles and the scripts.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph import HOME
from graph.builds.manifest import EXPLORER
from graph.model.iris import BASE
from graph.query.counts import Counts
from graph.query.questions import Question
from graph.query.results import QueryFn

if TYPE_CHECKING:
    from graph.explorer.data.queries import Details
    from graph.registry.records import Registry

FILE = EXPLORER


def explorer(
    run: QueryFn,
    corpus: Path,
    questions: Sequence[Question],
    registry: Path = HOME / "registry",
    records: "Registry | None" = None,
    details: "Mapping[str, Details] | None" = None,
    parts: "Sequence[bytes]" = (),
    base: str = BASE,
    counts: Counts | None = None,
) -> bytes:
    """Return the page of the graph that ``run`` queries, with the texts of a corpus, answers to questions, and a map.

    ``records`` is the registry where it has been read, ``details`` those of the graph where they are there already.
    ``parts`` are registers and pages that ``run`` does not query, as ``data/part_records.py`` encodes them, ``counts``
    theirs.
    Where they are too many for a file, ``served.py`` makes the page.
    Raise FindingsError where the outlines of the registry cannot be read.
    """
    # Here, not above: not everybody who imports the package draws.
    from graph.explorer.data.chunks import split
    from graph.explorer.data.columns import encode_columns, entity_numbers, make_columns
    from graph.explorer.data.page_graph import build_page_graph
    from graph.explorer.data.part_records import decode_part
    from graph.explorer.data.parts import RegisterRecords
    from graph.explorer.html import render
    from graph.explorer.layout.initial import select_initial
    from graph.explorer.layout.labels import label_of
    from graph.explorer.map import map_outlines
    from graph.explorer.network import draw, vis_network_source

    texts = lru_cache(maxsize=64)(texts_of(corpus))
    registers = RegisterRecords((decode_part(part) for part in parts), base, texts) if parts else None
    graph = build_page_graph(run, texts, questions, details, registers, counts if parts else None)
    places = {place for entity in graph.entities for place in entity.places if not place.startswith('"')}
    initial = select_initial(*graph.outlines(), lambda event: label_of(graph.whole([event])[0][0]))
    drawn = draw(*graph.whole(initial))
    first, chunks, answers = split(graph, [node["id"] for node in drawn["nodes"]], entity_numbers(graph.entities))
    first["drawing"], first["outlines"] = drawn, map_outlines(places, registry, records)
    arriving = graph.registers.entities if graph.registers is not None else ()
    columns = encode_columns(make_columns(graph.entities, graph.ties, arriving))
    return render(first, vis_network_source(), chunks, columns, answers)


def texts_of(corpus: Path) -> Callable[[str], str | None]:
    """Return a function from the id of a source to its text, or None where the corpus has none."""

    def text(name: str) -> str | None:
        file = corpus / name / "page.txt"
        return file.read_bytes().decode("utf-8") if file.exists() else None

    return text
