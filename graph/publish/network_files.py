"""The network as GraphML, GEXF, and CSV of nodes and of edges.

``graph.network.presence`` has the attributes of nodes and edges. An edge here has one attribute ``presence`` instead of
``present``: certain, possible or none, so that a filter for those who were there does not keep candidates. CSV has the
headings that Gephi reads (Id, Label, Source, Target). It is for programs: cells are written to the letter.
"""

import csv
import io

from graph.network.presence import Network
from graph.query.xml import check_xml_characters

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
    """Return the network as GEXF 1.2, without the day on which it was made."""
    from xml.etree import ElementTree

    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_with_presence(network))
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    writer.indent(writer.xml)
    return _xml(ElementTree.tostring(writer.xml, encoding="unicode"))


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
