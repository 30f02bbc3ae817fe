"""The network of who was, or may have been, at which event, as GraphML, GEXF, and CSV of nodes and of edges.

What its nodes and edges say is in ``graph.network.presence``, but that an edge here says ``presence`` in one word:
certain, possible, or none, so that nobody who keeps those who were there keeps candidates too. CSV has the headings
that Gephi knows (Id, Label, Source, Target), and is for programs: cells stand there to the letter.
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


def graphml_of(network: Network) -> bytes:
    """GraphML."""
    import networkx

    return _xml("\n".join(networkx.generate_graphml(_in_one_word(network))))


def gexf_of(network: Network) -> bytes:
    """GEXF 1.2, without the day on which it was written."""
    from xml.etree import ElementTree

    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_in_one_word(network))
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    writer.indent(writer.xml)
    return _xml(ElementTree.tostring(writer.xml, encoding="unicode"))


def _in_one_word(network: Network) -> Network:
    """The same network, whose edges say presence in one word."""
    told = network.copy()
    for _, _, said in told.edges(data=True):
        said["presence"] = said["certainty"] if said.pop("present") else "none"
    return told


def _xml(text: str) -> bytes:
    check_xml_characters(text)
    declared = text if text.startswith("<?xml") else f'<?xml version="1.0" encoding="utf-8"?>\n{text}'
    return f"{declared.rstrip()}\n".encode()


def nodes_of(network: Network) -> bytes:
    """CSV with a row an actor or an event."""
    rows = [[_cell(said.get(key, "")) for key in _NODE.values()] for _, said in network.nodes.items()]
    return _csv([[*_NODE], *rows])


def edges_of(network: Network) -> bytes:
    """CSV with a row for each actor at an event: from the actor to the event."""
    rows = [["Source", "Target", *_EDGE]]
    for one, other, said in _in_one_word(network).edges(data=True):
        ends = sorted((one, other), key=lambda node: network.nodes[node]["kind"] == "event")
        rows.append([*ends, *(_cell(said[key]) for key in _EDGE.values())])
    return _csv(rows)


def _cell(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
