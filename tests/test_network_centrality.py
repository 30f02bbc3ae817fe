"""Centrality: whole tables of the first page, and figures of small networks that can be checked by eye."""

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from small_network import network_of_rows

from graph import HOME
from graph.network.centrality import Centrality, rank
from graph.network.presence import Network, presence_network
from graph.network.ties import ties_of
from graph.query.stores import connect_build
from graph.rdf.terms import compact

pytestmark = pytest.mark.unit

Row = tuple[str, int, int | None, float, int]


@pytest.fixture(scope="module")
def first(built: Path) -> Network:
    return presence_network(connect_build(built))


def brief(standings: list[Centrality]) -> list[Row]:
    def name(node: str) -> str:
        return compact(NamedNode(node)).partition(":")[2] if ":" in node else node

    return [(name(each.node), each.degree, each.events, each.betweenness, each.community) for each in standings]


def test_ranking_of_the_first_page(first: Network) -> None:
    assert brief(rank(first).rows) == [
        ("laila-bokhari", 2, 3, 1.0, 1),
        ("joran-kallmyr", 1, 1, 0.0, 1),
        ("yousef-bartho-assidiq", 1, 1, 0.0, 1),
    ]


def test_candidates_count_with_certainty_all(first: Network) -> None:
    assert brief(rank(first, certainty="all").rows) == [
        ("laila-bokhari", 3, 7, 1.0, 1),
        ("erna-solberg", 1, 4, 0.0, 1),
        ("joran-kallmyr", 1, 1, 0.0, 1),
        ("yousef-bartho-assidiq", 1, 1, 0.0, 1),
    ]


def test_events_are_ranked_too(first: Network) -> None:
    actual = [(name, degree, events, between) for name, degree, events, between, _ in brief(on_both(first))]
    # A line Kallmyr - Sarpsborg - Bokhari - Haugesund - Assidiq, and Stavanger on Bokhari alone. Of the ten pairs among
    # the five others Bokhari stands between eight; Sarpsborg between Kallmyr and the four others.
    assert actual == [
        ("laila-bokhari", 2, 3, 0.8),
        ("haugesund-2014-12", 2, None, 0.4),
        ("sarpsborg-2014-10", 2, None, 0.4),
        ("joran-kallmyr", 1, 1, 0.0),
        ("yousef-bartho-assidiq", 1, 1, 0.0),
        ("stavanger-2014-11", 1, None, 0.0),
    ]


def on_both(graph: Network) -> list[Centrality]:
    return rank(graph, on="actors-and-events").rows


def test_communities_of_two_circles_with_a_go_between() -> None:
    graph = network_of_rows("m1: a b c", "m2: a b c", "m3: d e f", "m4: d e f", "m5: c d")
    actual = rank(graph, by="betweenness")
    assert brief(actual.rows) == [
        ("c", 3, 3, 0.6, 1),
        ("d", 3, 3, 0.6, 2),
        ("a", 2, 2, 0.0, 1),
        ("b", 2, 2, 0.0, 1),
        ("e", 2, 2, 0.0, 2),
        ("f", 2, 2, 0.0, 2),
    ]
    assert [each.node for each in rank(graph, by="events", top=3).rows] == ["c", "d", "a"]


def test_large_event_is_left_out_of_betweenness_only() -> None:
    graph = network_of_rows("large: a b c d e", "m1: a b", "m2: b c")
    actual = rank(graph, max_actors=4)
    assert (actual.left_out, actual.events, actual.sample) == (["large"], 3, None)
    assert [(each.node, each.degree, each.betweenness) for each in actual.rows] == [
        ("b", 4, 0.166667),
        ("a", 4, 0.0),
        ("c", 4, 0.0),
        ("d", 4, 0.0),
        ("e", 4, 0.0),
    ]
    assert rank(graph, max_actors=4, on="actors-and-events").left_out == []


def test_candidates_of_one_office_do_not_count_each_other() -> None:
    graph = network_of_rows("m1: a?minister b?minister c")
    assert [(each.node, each.degree) for each in rank(graph, certainty="all").rows] == [
        ("c", 2),
        ("a", 1),
        ("b", 1),
    ]


def test_empty_network_gives_no_rows() -> None:
    assert rank(network_of_rows("m1: a!", "m2: b?")).rows == []


guests = st.sampled_from(["a", "b", "c", "d", "e?", "f?x", "a?x", "g!"])
networks = st.lists(st.lists(guests, unique_by=lambda guest: guest[0]), max_size=6).map(
    lambda actual: network_of_rows(*(f"m{at}: {' '.join(who)}" for at, who in enumerate(actual)))
)


@given(networks, st.sampled_from(["certain", "all"]))
def test_degree_equals_the_number_of_ties(graph: Network, certainty: str) -> None:
    for each in rank(graph, certainty=certainty).rows:
        tied = ties_of(graph, each.node).rows
        assert each.degree == sum(bool(tie.certain) or certainty == "all" for tie in tied)


@pytest.mark.slow
@given(networks)
def test_betweenness_equals_that_of_networkx(graph: Network) -> None:
    lines = networkx.Graph(
        [
            (node, event)
            for node, event, edge in graph.edges(data=True)
            if edge["certainty"] == "certain" and edge["present"]
        ]
    )
    expected = networkx.betweenness_centrality(lines)
    for each in on_both(graph):
        assert each.betweenness == pytest.approx(expected[each.node], abs=1e-6)


def test_sampling_of_large_networks_is_deterministic() -> None:
    rows = [f"m{at}: p{at} p{at + 1} p{(at * 7) % 60}" for at in range(60)]
    graph = network_of_rows(*rows)
    sampled = rank(graph, max_nodes=10)
    assert sampled.sample == 61
    assert sampled == rank(network_of_rows(*reversed(rows)), max_nodes=10)
    assert brief(sampled.rows) == brief(rank(graph).rows)


PROGRAM = """
import json, sys
sys.path.insert(0, "tests")
from dataclasses import asdict
from small_network import network_of_rows
from graph.network.centrality import rank
from graph.network.paths import paths
from graph.network.ties import all_ties
rows = [f"m{at}: p{at} p{(at * 5) % 40}? p{(at * 7) % 40} p{(at * 11) % 40}" for at in range(40)]
graph = network_of_rows(*rows)
found = [rank(graph, certainty="all", on=on) for on in ("actors", "actors-and-events")] + [all_ties(graph)]
print(json.dumps([asdict(each) for each in found] + [repr(paths(graph, "p1", "p30", limit=9, certainty="all"))]))
"""


@pytest.mark.slow
def test_results_do_not_depend_on_the_hash_seed() -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=HOME,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert len(json.loads(printed[0])) == 4
