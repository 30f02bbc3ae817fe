"""Draw the network: entities and ties become nodes and edges as vis-network takes them.

They are those that pyvis makes of a networkx graph, in its order, which a test holds them against: to import the two
takes as long as to read, conclude and check a page. pyvis holds the library. The template is ours, because that of
pyvis loads files from the web.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path

from graph.explorer.data.records import Drawing, DrawnEdge, DrawnFrame, DrawnNode, DrawnView, Entity, Tie
from graph.explorer.layout.initial import Layout
from graph.explorer.layout.labels import label_of
from graph.explorer.layout.tall import tall_layout
from graph.explorer.layout.wide import wide_layout

LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
# Positions are given here; the page decides colours.
OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "keyboard": False,
        "multiselect": False,
        "tooltipDelay": 3600000,
    },
    "edges": {"hoverWidth": 0, "selectionWidth": 0},
    "nodes": {"labelHighlightBold": False},
}
SHAPES = {"event": "box", "person": "dot", "body": "square", "group": "triangle"}


def draw(drawn: Sequence[Entity], ties: Sequence[Tie]) -> Drawing:
    """Return the first view of what is drawn: nodes and edges, where they stand, and frames of time.

    There is a wide and a tall drawing. ``ties`` are those of the entities that are drawn, and may be more.
    """
    layouts = {"wide": wide_layout(drawn, ties), "tall": tall_layout(drawn, ties)}
    nodes = {entity["id"]: _node(entity, layouts) for entity in drawn}
    edges = [*_edges(nodes, ties)]
    # First what is tied, as edges name it, then the rest.
    ends = (edge[end] for edge in edges for end in ("from", "to"))
    return {
        "nodes": [nodes[name] for name in dict.fromkeys([*ends, *nodes])],
        "edges": edges,
        "options": OPTIONS,
        "views": {name: _view(layout) for name, layout in layouts.items()},
    }


def vis_network_source() -> str:
    """Return the source of vis-network, as pyvis carries it, which is not imported for that."""
    spec = find_spec("pyvis")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / LIBRARY).read_text(encoding="utf-8")


def _node(entity: Entity, layouts: Mapping[str, Layout]) -> DrawnNode:
    name, kind = entity["id"], entity["kind"]
    x, y = layouts["wide"].positions[name]
    positions = {view: (*layout.positions[name], layout.sides[name]) for view, layout in layouts.items()}
    shape = SHAPES.get(kind, "dot")
    return {
        "group": kind,
        "x": x,
        "y": y,
        "positions": positions,
        "id": name,
        "label": label_of(entity),
        "shape": shape,
    }


def _edges(nodes: Iterable[str], ties: Iterable[Tie]) -> Iterable[DrawnEdge]:
    """Yield the edges between nodes, those that lead from the first node first, and to one node together."""
    targets: dict[str, defaultdict[str, dict[str, DrawnEdge]]] = {name: defaultdict(dict) for name in nodes}
    for tie in sorted(ties, key=itemgetter("id")):
        start, end, kind = tie["from"], tie["to"], tie["kind"]
        if start in targets and end in targets and kind in ("part", "possible"):
            edge: DrawnEdge = {"id": tie["id"], "dashes": kind == "possible", "from": start, "to": end}
            targets[start][end][tie["id"]] = edge
    for of_one in targets.values():
        for edges in of_one.values():
            yield from edges.values()


def _view(layout: Layout) -> DrawnView:
    frames: list[DrawnFrame] = [
        {"bounds": (frame.earliest, frame.latest), "events": frame.events, "box": frame.box, "rooms": frame.rooms}
        for frame in layout.frames
    ]
    return {"size": layout.size, "frames": frames}
