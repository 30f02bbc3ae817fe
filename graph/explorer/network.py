"""The network as vis-network takes it: entities and ties -> a networkx graph -> pyvis -> nodes, edges, options.

pyvis gives the data and carries the library; the template is ours: pyvis's own loads parts of itself from elsewhere.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import networkx
from pyvis.network import Network

from graph.explorer.data.records import Entity, Tie
from graph.explorer.layout.initial import Drawing, select_initial
from graph.explorer.layout.labels import label_of
from graph.explorer.layout.tall import tall_layout
from graph.explorer.layout.wide import wide_layout

LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
# Positions are given; what looks how in light and dark, the page knows.
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


def draw(entities: Sequence[Entity], ties: Sequence[Tie]) -> dict[str, Any]:
    """The first view: nodes and edges with their places in the wide and the tall drawing, and the frames of time."""
    drawn = select_initial(entities, ties)
    views = {"wide": wide_layout(drawn, ties), "tall": tall_layout(drawn, ties)}
    network = Network(directed=True)
    network.from_nx(_graph(drawn, ties, views))
    network.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {
        "nodes": [{key: value for key, value in node.items() if key not in ("size", "color")} for node in nodes],
        "edges": [{key: value for key, value in edge.items() if key not in ("arrows", "width")} for edge in edges],
        "options": json.loads(options),
        "views": {
            name: {
                "size": view.size,
                "frames": [
                    {"bounds": [frame.earliest, frame.latest], "events": frame.events, "box": frame.box}
                    for frame in view.frames
                ],
            }
            for name, view in views.items()
        },
    }


def vis_network_source() -> str:
    """The source of vis-network, as pyvis carries it."""
    return files("pyvis").joinpath(LIBRARY).read_text(encoding="utf-8")


def _graph(drawn: Sequence[Entity], ties: Sequence[Tie], views: dict[str, Drawing]) -> "networkx.MultiDiGraph[str]":
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in drawn:
        name = entity["id"]
        positions = {view: [*drawing.positions[name], drawing.sides[name]] for view, drawing in views.items()}
        x, y = views["wide"].positions[name]
        shape = SHAPES.get(entity["kind"], "dot")
        graph.add_node(name, label=label_of(entity), shape=shape, group=entity["kind"], x=x, y=y, positions=positions)
    for tie in ties:
        if tie["from"] in graph and tie["to"] in graph and tie["kind"] in ("part", "possible"):
            graph.add_edge(tie["from"], tie["to"], key=tie["id"], id=tie["id"], dashes=tie["kind"] == "possible")
    return graph
