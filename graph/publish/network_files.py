"""The network as GraphML, GEXF, and CSV of nodes and of edges.

``graph.network.presence`` has the attributes of nodes and edges. An edge here has one attribute ``presence`` instead of
``present``: certain, possible or none, so that a filter for those who were there does not keep candidates. CSV has the
headings that Gephi reads (Id, Label, Source, Target). It is for programs: cells are written to the letter.
"""

import csv
import io
from pathlib import Path

from graph.network.presence import Network, events_of
from graph.publish.formats import count_left_out
from graph.publish.meetings import next_day
from graph.query.results import QueryFn, expect_table
from graph.query.xml import check_xml_characters

COUNTS = Path(__file__).parent / "lookups/counts.rq"

_NODE = {
    "Id": "iri",
    "Label": "label",
    "LabelEn": "label_en",
    "Kind": "kind",
    "Earliest": "earliest",
    "Latest": "latest",
}
_EDGE = {
    "Id": "iri",
    "Roles": "roles",
    "Presence": "presence",
    "Certainty": "certainty",
    "Organised": "organised",
    "HolderOf": "holder_of",
}


def to_graphml(network: Network) -> bytes:
    """Return the network as GraphML."""
    import networkx

    return _xml("\n".join(networkx.generate_graphml(_with_presence(network))))


def to_gexf(network: Network) -> bytes:
    """Return the network as GEXF 1.3 with a time line: events, and the parts in them, have ``start`` and ``end``.

    They are the bounds of the event: the moment at which the first day begins on which it can have been, and the moment
    at which the last one is over, which is where the day after it begins. So no ``start`` equals its ``end``, which
    Gephi would drop. Actors have neither: they belong to no time.
    """
    dynamic = _with_presence(network)
    for one, other, edge in dynamic.edges(data=True):
        edge.update(_span(dynamic.nodes[one]) or _span(dynamic.nodes[other]))
    for _, node in dynamic.nodes(data=True):
        node.update(_span(node))
    return _gexf(dynamic, "dynamic")


def to_gexf_static(network: Network) -> bytes:
    """Return the network as GEXF 1.3 without a time line; events have their bounds as attributes."""
    return _gexf(_with_presence(network), "static")


def _span(node: dict[str, str]) -> dict[str, str]:
    """Return ``start`` and ``end`` of an event, of which either may be open; nothing of an actor."""
    earliest, latest = node.get("earliest"), node.get("latest")
    return ({"start": earliest} if earliest else {}) | ({"end": next_day(latest).isoformat()} if latest else {})


def _gexf(network: Network, mode: str) -> bytes:
    """Return GEXF 1.3 without what its schema has no place for, and without the day on which it was made."""
    from xml.etree import ElementTree

    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.3")
    writer.add_graph(network)
    root = writer.xml
    for meta in root.findall("meta"):
        root.remove(meta)
    for attribute in [name for name in root.attrib if "schemaLocation" in name or name.startswith("xmlns:")]:
        del root.attrib[attribute]
    graph = root.find("graph")
    graph.attrib.pop("name", None)
    graph.set("mode", mode)
    writer.indent(root)
    return _xml(ElementTree.tostring(root, encoding="unicode"))


def left_out(network: Network, run: QueryFn) -> tuple[str, ...]:
    """Return what of the graph that ``run`` queries is not in its network, with counts and reasons."""
    [row] = expect_table(run(COUNTS.read_text(encoding="utf-8"))).rows
    events, parts = (int(cell.value) if cell is not None else 0 for cell in row)
    written = sum(len(edge["iri"].split()) for _, _, edge in network.edges(data=True))
    return count_left_out(
        (
            (
                events - len(events_of(network)),
                "event",
                "left out: not held, or nobody is known to have been there",
            ),
            (parts - written, "part", "left out: of a series, planned, or the actor was expected, invited or absent"),
        )
    )


def _with_presence(network: Network) -> Network:
    """Return a copy of the network whose edges have ``presence`` instead of ``present``."""
    copy = network.copy()
    for _, _, edge in copy.edges(data=True):
        edge["presence"] = edge["certainty"] if edge.pop("present") else "none"
    return copy


def _xml(text: str) -> bytes:
    check_xml_characters(text)
    declared = text if text.startswith("<?xml") else f'<?xml version="1.0" encoding="utf-8"?>\n{text}'
    return f"{declared.rstrip()}\n".encode()


def to_nodes(network: Network) -> bytes:
    """Return CSV with a row for each actor and event."""
    rows = [[_cell(node.get(key, "")) for key in _NODE.values()] for _, node in network.nodes.items()]
    return _csv([[*_NODE], *rows])


def to_edges(network: Network) -> bytes:
    """Return CSV with a row for each actor at an event, from the actor to the event."""
    rows = [["Source", "Target", *_EDGE]]
    for one, other, edge in _with_presence(network).edges(data=True):
        ends = sorted((one, other), key=lambda node: network.nodes[node]["kind"] == "event")
        rows.append([*ends, *(_cell(edge[key]) for key in _EDGE.values())])
    return _csv(rows)


def _cell(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
