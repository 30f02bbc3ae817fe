"""The network of the first page, edge by edge; and exports that other programs read back unchanged."""

import random
from pathlib import Path

import networkx
import pytest
import rdflib
from conftest import load_store
from pyoxigraph import NamedNode, Quad, Store
from small_network import network_of_rows

from graph import HOME
from graph.network.presence import LOOKUPS, Network, presence_network
from graph.query.results import QueryFn, QueryResult, expect_table, read_result
from graph.query.stores import connect_build
from graph.rdf.terms import compact, iri

pytestmark = pytest.mark.unit

# Who, at which event, how certain it is that they were there ("-" if they were not), did they organise it, and roles.
# The conference in Sarpsborg has no organiser; what is planned for 2015 is not here; of the series nothing is.
KNOWN = {
    ("person:joran-kallmyr", "event:sarpsborg-2014-10", "certain", False, "opener participant"),
    ("person:laila-bokhari", "event:sarpsborg-2014-10", "certain", False, "participant"),
    ("person:laila-bokhari", "event:stavanger-2014-11", "certain", False, "introducer"),
    ("person:laila-bokhari", "event:haugesund-2014-12", "certain", False, "introducer"),
    ("person:yousef-bartho-assidiq", "event:haugesund-2014-12", "certain", False, "speaker"),
    ("person:laila-bokhari", "event:oslo-2014-host", "possible", False, "participant"),
    ("person:erna-solberg", "event:oslo-2014-host", "possible", False, "participant"),
    ("person:laila-bokhari", "event:alesund-2014-host", "possible", False, "participant"),
    ("person:erna-solberg", "event:alesund-2014-host", "possible", False, "participant"),
    ("person:laila-bokhari", "event:fredrikstad-2014-host", "possible", False, "participant"),
    ("person:erna-solberg", "event:fredrikstad-2014-host", "possible", False, "participant"),
    ("person:laila-bokhari", "event:tromso-2014-host", "possible", False, "participant"),
    ("person:erna-solberg", "event:tromso-2014-host", "possible", False, "participant"),
    ("organisation:stavanger-kommune", "event:stavanger-2014-11", "-", True, "organiser"),
    ("organisation:haugesund-kommune", "event:haugesund-2014-12", "-", True, "organiser"),
    ("organisation:oslo-kommune", "event:oslo-2014-host", "-", True, "organiser"),
    ("organisation:alesund-kommune", "event:alesund-2014-host", "-", True, "organiser"),
    ("organisation:fredrikstad-kommune", "event:fredrikstad-2014-host", "-", True, "organiser"),
    ("organisation:tromso-kommune", "event:tromso-2014-host", "-", True, "organiser"),
}
PAGE = "group:dialogmoter-hosten-2014"
UNNAMED = {
    (f"{PAGE}.{group}", "event:stavanger-2014-11", "certain", False, "participant")
    for group in (
        "personer-uten-tilknytning",
        "representanter-fra-partier-trossamfunn-og-organisasjoner",
        "representanter-fra-rogaland-politidistrikt",
    )
}
DAYS = {
    "event:sarpsborg-2014-10": ("Konferanse i Sarpsborg", "Conference in Sarpsborg", "2014-10-01", "2014-10-31"),
    "event:stavanger-2014-11": (
        *("Dialogmøte i Stavanger", "Dialogue meeting in Stavanger"),
        *("2014-11-01", "2014-11-30"),
    ),
    "event:haugesund-2014-12": (
        *("Dialogmøte i Haugesund", "Dialogue meeting in Haugesund"),
        *("2014-12-01", "2014-12-31"),
    ),
    **{
        f"event:{place}-2014-host": (
            *(f"Dialogmøte i {name}", f"Dialogue meeting in {name}"),
            *("2014-09-01", "2014-12-31"),
        )
        for place, name in (
            ("oslo", "Oslo"),
            ("alesund", "Ålesund"),
            ("fredrikstad", "Fredrikstad"),
            ("tromso", "Tromsø"),
        )
    },
}


@pytest.fixture(scope="module")
def whole(built: Path) -> Network:
    return presence_network(connect_build(built), groups=True)


def short(node: str) -> str:
    return compact(NamedNode(node))


def edges(graph: Network) -> set[tuple[str, str, str, bool, str]]:
    actual = set()
    for one, other, edge in graph.edges(data=True):
        actor, event = (other, one) if graph.nodes[one]["kind"] == "event" else (one, other)
        presence = edge["certainty"] if edge["present"] else "-"
        actual.add((short(actor), short(event), presence, edge["organised"], edge["roles"]))
    return actual


def test_edges_of_the_first_page(built: Path) -> None:
    assert edges(presence_network(connect_build(built))) == KNOWN


def test_unnamed_groups_are_included_on_request(whole: Network) -> None:
    assert edges(whole) == KNOWN | UNNAMED


def test_event_nodes_have_labels_and_days(whole: Network) -> None:
    actual = {
        short(node): (about["label"], about["label_en"], about["earliest"], about["latest"])
        for node, about in whole.nodes(data=True)
        if about["kind"] == "event"
    }
    assert actual == DAYS


def test_actor_nodes_have_labels_and_kinds(built: Path) -> None:
    actual = {
        short(node): (about["label"], about["label_en"], about["kind"])
        for node, about in presence_network(connect_build(built)).nodes(data=True)
        if about["kind"] != "event"
    }
    municipalities = ("Stavanger", "Haugesund", "Oslo", "Ålesund", "Fredrikstad", "Tromsø")
    ids = ("stavanger", "haugesund", "oslo", "alesund", "fredrikstad", "tromso")
    bodies = {
        f"organisation:{id}-kommune": (f"{name} kommune", f"{name} kommune", "body")
        for id, name in zip(ids, municipalities, strict=True)
    }
    people = {
        "person:erna-solberg": ("Erna Solberg", "Erna Solberg", "person"),
        "person:joran-kallmyr": ("Jøran Kallmyr", "Jøran Kallmyr", "person"),
        "person:laila-bokhari": ("Laila Bokhari", "Laila Bokhari", "person"),
        "person:yousef-bartho-assidiq": ("Yousef Bartho Assidiq", "Yousef Bartho Assidiq", "person"),
    }
    assert actual == bodies | people


def test_holder_of_is_set_for_candidates_by_office_only(whole: Network) -> None:
    event = iri("event:oslo-2014-host").value
    claim = "claim:dialogmoter-hosten-2014.oslo-2014-host.laila-bokhari-or-statsminister.participant"
    assert whole[event][iri("person:laila-bokhari").value]["holder_of"] == ""
    expected = f"{iri(claim).value} {iri('post:statsminister').value}"
    assert whole[event][iri("person:erna-solberg").value]["holder_of"] == expected


def test_edge_has_the_iri_of_its_participation(whole: Network) -> None:
    event, person = iri("event:haugesund-2014-12").value, iri("person:laila-bokhari").value
    assert whole[person][event]["iri"] == iri("participation:haugesund-2014-12.laila-bokhari").value


def test_organiser_and_candidate_share_one_edge() -> None:
    edge = {"present": True, "certainty": "possible", "organised": True, "roles": "organiser participant"}
    assert network_of_rows("m: a! a? b")["a"]["m"] == {"iri": "m.a! m.a?", **edge, "holder_of": ""}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_exported_network_is_read_back_unchanged(form: str, whole: Network, tmp_path: Path) -> None:
    file = tmp_path / f"network.{form}"
    getattr(networkx, f"write_{form}")(whole, file)
    read = getattr(networkx, f"read_{form}")(file)
    assert dict(read.nodes(data=True)) == dict(whole.nodes(data=True))
    edges_before = {frozenset((one, other)): edge for one, other, edge in whole.edges(data=True)}
    again = {
        frozenset((one, other)): {name: value for name, value in edge.items() if name != "id"}
        for one, other, edge in read.edges(data=True)
    }
    assert again == edges_before


def test_order_of_the_dataset_changes_nothing(built: Path, whole: Network) -> None:
    quads = sorted(load_store(built / "motegraf.nq"), key=str)
    random.Random(1).shuffle(quads)
    shuffled = presence_network(of_quads(quads), groups=True)
    assert list(shuffled.nodes(data=True)) == list(whole.nodes(data=True))
    assert list(shuffled.edges(data=True)) == list(whole.edges(data=True))


def of_quads(quads: list[Quad]) -> QueryFn:
    store = Store()
    for quad in quads:
        store.add(quad)

    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    return run


@pytest.mark.slow
@pytest.mark.parametrize("name", ["participations", "nodes"])
def test_independent_engine_gives_the_same_rows(name: str, built: Path) -> None:
    dataset = rdflib.Graph().parse(built / "motegraf.ttl")
    query = (LOOKUPS / f"{name}.rq").read_text(encoding="utf-8")
    theirs = [tuple(None if cell is None else str(cell) for cell in row) for row in dataset.query(query)]
    ours = [
        tuple(None if cell is None else cell.value for cell in row)
        for row in expect_table(connect_build(built)(query)).rows
    ]
    assert sorted(theirs, key=str) == sorted(ours, key=str)


def test_example_in_docs_network_runs(built: Path) -> None:
    code = (HOME / "docs/network.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    actual: dict[str, Network] = {}
    exec(code.replace('"build"', repr(str(built))), actual)
    assert edges(actual["network"]) == KNOWN


@pytest.mark.slow
def test_office_whose_holder_nobody_named_is_an_actor_only_with_groups(eleven_pages: Path) -> None:
    run = connect_build(eleven_pages)
    minister = "https://w3id.org/motegraf/post/nordiske-byer-2016.danske-justitsministeren"
    assert presence_network(run, groups=True).nodes[minister]["kind"] == "office"
    assert minister not in presence_network(run)
