"""GEXF 1.3: what its schema allows, a time line without empty spans, and the same network as in every other format."""

import io
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from exporting import export, left_out

from graph.network.presence import presence_network
from graph.publish.network_files import to_gexf
from graph.query.stores import connect_build

pytestmark = pytest.mark.slow

NAMESPACE = "{http://gexf.net/1.3}"
# Of GEXF 1.3: the elements that are used, what may stand in each, and its attributes.
CHILDREN = {
    "gexf": ["graph"],
    "graph": ["attributes", "nodes", "edges"],
    "attributes": ["attribute"],
    "attribute": [],
    "nodes": ["node"],
    "edges": ["edge"],
    "node": ["attvalues"],
    "edge": ["attvalues"],
    "attvalues": ["attvalue"],
    "attvalue": [],
}
ATTRIBUTES = {
    "gexf": {"version"},
    "graph": {"defaultedgetype", "mode", "timeformat"},
    "attributes": {"class", "mode"},
    "attribute": {"id", "title", "type"},
    "nodes": set(),
    "edges": set(),
    "node": {"id", "label", "start", "end"},
    "edge": {"id", "source", "target", "start", "end"},
    "attvalues": set(),
    "attvalue": {"for", "value"},
}


def elements(data: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(data).iter())


@pytest.mark.parametrize("format", ["gexf", "gexf-static"])
def test_elements_and_attributes_are_those_of_gexf_1_3(format: str, built: Path, eleven_pages: Path) -> None:
    for build in (built, eleven_pages):
        for element in elements(export(build, "-f", format).stdout_bytes):
            name = element.tag.removeprefix(NAMESPACE)
            assert element.tag == NAMESPACE + name
            assert set(element.attrib) <= ATTRIBUTES[name]
            assert {child.tag.removeprefix(NAMESPACE) for child in element} <= set(CHILDREN[name])


def test_span_of_an_event_holds_its_first_and_its_last_day(eleven_pages: Path) -> None:
    read = networkx.read_gexf(io.BytesIO(export(eleven_pages, "-f", "gexf").stdout_bytes))
    assert read.graph["mode"] == "dynamic"
    dated = [node for _, node in read.nodes(data=True) if node.get("earliest")]
    assert any(node["earliest"] == node["latest"] for node in dated)
    for node in dated:
        assert node["start"] == node["earliest"]
        # The end of a day is where the next one begins: no span is empty, which Gephi would drop.
        assert (date.fromisoformat(node["end"]) - date.fromisoformat(node["latest"])).days == 1
    assert all("start" not in node for _, node in read.nodes(data=True) if node["kind"] != "event")
    for one, other, edge in read.edges(data=True):
        event = read.nodes[one] if read.nodes[one]["kind"] == "event" else read.nodes[other]
        assert [edge.get(key) for key in ("start", "end")] == [event.get(key) for key in ("start", "end")]


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("", "", {}),
        ("2014-10-14", "", {"start": "2014-10-14"}),
        ("", "2014-12-31", {"end": "2015-01-01"}),
        ("2014-02-28", "2014-02-28", {"start": "2014-02-28", "end": "2014-03-01"}),
    ],
)
def test_open_and_short_spans(earliest: str, latest: str, expected: dict[str, str], built: Path) -> None:
    network = presence_network(connect_build(built), groups=True)
    event = next(node for node, kind in network.nodes(data="kind") if kind == "event")
    network.nodes[event].update(earliest=earliest, latest=latest)
    read = networkx.read_gexf(io.BytesIO(to_gexf(network)))
    assert {key: read.nodes[event][key] for key in ("start", "end") if key in read.nodes[event]} == expected


def test_static_network_has_no_time_line(built: Path) -> None:
    data = export(built, "-f", "gexf-static").stdout_bytes
    assert not any({"start", "end"} & set(element.attrib) for element in elements(data))
    read = networkx.read_gexf(io.BytesIO(data))
    assert (read.graph["mode"], len(read)) == ("static", len(presence_network(connect_build(built), groups=True)))


def test_what_the_network_has_no_place_for_is_counted(built: Path) -> None:
    assert left_out(built, "-f", "gexf") == [
        "4 events left out: not held, or nobody is known to have been there",
        "6 parts left out: of a series, planned, or the actor was expected, invited or absent",
    ]
