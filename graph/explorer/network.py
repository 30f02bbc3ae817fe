"""Draw the network: entities and ties become a networkx graph, and pyvis makes of it what vis-network takes.

pyvis gives the data and holds the library. The template is ours, because that of pyvis loads files from the web.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from operator import itemgetter
from typing import Any

import networkx
from pyvis.network import Network

from graph.explorer.data.records import Drawing, DrawnFrame, DrawnView, Entity, Tie
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
    network = Network(directed=True)
    network.from_nx(_graph(drawn, ties, layouts))
    network.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {
        "nodes": [_without(node, "size", "color") for node in nodes],
        "edges": [_without(edge, "arrows", "width") for edge in edges],
        "options": json.loads(options),
        "views": {name: _view(layout) for name, layout in layouts.items()},
    }


def vis_network_source() -> str:
    """Return the source of vis-network, as pyvis carries it."""
    return files("pyvis").joinpath(LIBRARY).read_text(encoding="utf-8")


def _without(record: dict[str, Any], *keys: str) -> Any:
    """Return a node or an edge of pyvis without the keys that the page decides itself."""
    return {key: value for key, value in record.items() if key not in keys}


def _view(layout: Layout) -> DrawnView:
    frames: list[DrawnFrame] = [
        {"bounds": (frame.earliest, frame.latest), "events": frame.events, "box": frame.box, "rooms": frame.rooms}
        for frame in layout.frames
    ]
    return {"size": layout.size, "frames": frames}


def _graph(drawn: Sequence[Entity], ties: Sequence[Tie], layouts: dict[str, Layout]) -> "networkx.MultiDiGraph[str]":
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in drawn:
        name = entity["id"]
        positions = {view: [*layout.positions[name], layout.sides[name]] for view, layout in layouts.items()}
        x, y = layouts["wide"].positions[name]
        shape = SHAPES.get(entity["kind"], "dot")
        graph.add_node(name, label=label_of(entity), shape=shape, group=entity["kind"], x=x, y=y, positions=positions)
    for tie in sorted(ties, key=itemgetter("id")):
        if tie["from"] in graph and tie["to"] in graph and tie["kind"] in ("part", "possible"):
            graph.add_edge(tie["from"], tie["to"], key=tie["id"], id=tie["id"], dashes=tie["kind"] == "possible")
    return graph
