"""The interactive page: what a build says, as one HTML file that needs nothing else.

    data/records    the shape of the JSON that the page is given
    data/payload    the build, queried by data/lookups/*.rq -> these records
    data/summary    what the headline counts
    data/chunks     of a large graph: what the first view needs, and the rest in parts
    data/columns    what counting needs of every entity and tie, as arrays of numbers; with data/communities and
                    data/positions of the whole graph
    layout/         which entities are drawn at first, and where they stand
    network         a networkx graph of that -> pyvis -> what vis-network takes
    map             municipalities as lines to draw, and which show areas of other years
    html            template, styles, scripts and data -> one file under a security policy

``page/`` holds the template, the styles and the scripts.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph import HOME
from graph.builds.manifest import EXPLORER
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
) -> bytes:
    """Return the page of the graph that ``run`` queries, with the texts of a corpus, answers to questions, and a map.

    ``records`` is the registry where it has been read, ``details`` those of the graph where they are there already.
    Raise FindingsError where the outlines of the registry cannot be read.
    """
    # Here, not above: pyvis takes its time to import, and not everybody who imports the package draws.
    from graph.explorer.data.chunks import split
    from graph.explorer.data.columns import counted_entities, counted_ties, encode_columns, make_columns
    from graph.explorer.data.payload import build_payload
    from graph.explorer.html import render
    from graph.explorer.map import map_outlines
    from graph.explorer.network import draw, vis_network_source

    data = build_payload(run, _texts(corpus), questions, details)
    places = {place for entity in data["entities"] for place in entity.get("places", ())}
    drawn = draw(data["entities"], data["ties"])
    first, chunks, answers = split(data, [node["id"] for node in drawn["nodes"]])
    first["drawing"], first["outlines"] = drawn, map_outlines(places, registry, records)
    columns = encode_columns(make_columns(counted_entities(data), counted_ties(data)))
    return render(first, vis_network_source(), chunks, columns, answers)


def _texts(corpus: Path) -> Callable[[str], str | None]:
    """Return a function from the id of a source to its text, or None where the corpus has none."""

    def text(name: str) -> str | None:
        file = corpus / name / "page.txt"
        return file.read_bytes().decode("utf-8") if file.exists() else None

    return text
