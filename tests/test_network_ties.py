"""Ties: the whole tables of the first page, and what makes a tie and what does not, in small networks."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_network import network_of_rows

from graph.network.presence import Network, presence_network
from graph.network.ties import Tie, all_ties, ties_of
from graph.query.stores import connect_build
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

NONE: list[str] = []


@pytest.fixture(scope="module")
def first(built: Path) -> Network:
    return presence_network(connect_build(built))


def person(name: str) -> str:
    return iri(f"person:{name}").value


def events(*names: str) -> list[str]:
    return [iri(f"event:{name}").value for name in names]


BOKHARI, SOLBERG = person("laila-bokhari"), person("erna-solberg")
KALLMYR, ASSIDIQ = person("joran-kallmyr"), person("yousef-bartho-assidiq")
HOST = events("fredrikstad-2014-host", "oslo-2014-host", "tromso-2014-host", "alesund-2014-host")
SARPSBORG, STAVANGER, HAUGESUND = (
    events(name) for name in ("sarpsborg-2014-10", "stavanger-2014-11", "haugesund-2014-12")
)


def municipality(name: str) -> str:
    return iri(f"organisation:{name}-kommune").value


def test_ties_of_bokhari(first: Network) -> None:
    assert ties_of(first, BOKHARI).rows == [
        Tie(BOKHARI, KALLMYR, SARPSBORG, NONE, NONE, NONE),
        Tie(BOKHARI, ASSIDIQ, HAUGESUND, NONE, NONE, NONE),
        Tie(BOKHARI, SOLBERG, NONE, HOST, NONE, NONE),
    ]


def test_ties_of_solberg_are_only_possible(first: Network) -> None:
    assert ties_of(first, SOLBERG).rows == [Tie(SOLBERG, BOKHARI, NONE, HOST, NONE, NONE)]


def test_ties_to_organisers_are_counted_apart(first: Network) -> None:
    tied = ties_of(first, BOKHARI, organisers=True)
    assert tied.rows[3:] == [
        Tie(BOKHARI, municipality("haugesund"), NONE, NONE, HAUGESUND, NONE),
        Tie(BOKHARI, municipality("stavanger"), NONE, NONE, STAVANGER, NONE),
        Tie(BOKHARI, municipality("fredrikstad"), NONE, NONE, NONE, HOST[:1]),
        Tie(BOKHARI, municipality("oslo"), NONE, NONE, NONE, HOST[1:2]),
        Tie(BOKHARI, municipality("tromso"), NONE, NONE, NONE, HOST[2:3]),
        Tie(BOKHARI, municipality("alesund"), NONE, NONE, NONE, HOST[3:]),
    ]
    assert (tied.total, tied.events) == (9, 7)


def test_all_ties_of_the_first_page(first: Network) -> None:
    tied = all_ties(first)
    assert tied.rows == [
        Tie(KALLMYR, BOKHARI, SARPSBORG, NONE, NONE, NONE),
        Tie(BOKHARI, ASSIDIQ, HAUGESUND, NONE, NONE, NONE),
        Tie(SOLBERG, BOKHARI, NONE, HOST, NONE, NONE),
    ]
    assert (tied.total, tied.left_out, tied.events) == (3, [], 7)


def test_a_municipality_that_only_organised_has_no_ties_of_presence(first: Network) -> None:
    assert ties_of(first, municipality("haugesund")).rows == []


def test_actor_without_events_has_no_ties(first: Network) -> None:
    assert ties_of(first, person("anders-anundsen")).rows == []


@pytest.mark.parametrize(
    ("meeting", "tie"),
    [
        ("m: a b", Tie("a", "b", ["m"], NONE, NONE, NONE)),
        ("m: a b?", Tie("a", "b", NONE, ["m"], NONE, NONE)),
        # "A and/or B": they may have been there together.
        ("m: a? b?", Tie("a", "b", NONE, ["m"], NONE, NONE)),
        # The holder of one office, whoever of the two it was: one guest.
        ("m: a?minister b?minister", None),
        ("m: a?minister b?mayor", Tie("a", "b", NONE, ["m"], NONE, NONE)),
        ("m: a?minister b?", Tie("a", "b", NONE, ["m"], NONE, NONE)),
        ("m: a b!", Tie("a", "b", NONE, NONE, ["m"], NONE)),
        ("m: a? b!", Tie("a", "b", NONE, NONE, NONE, ["m"])),
        ("m: a b! b", Tie("a", "b", ["m"], NONE, NONE, NONE)),
        # Both organised; whether either was there is not known.
        ("m: a! b!", None),
    ],
)
def test_tie_kinds(meeting: str, tie: Tie | None) -> None:
    expected = [tie] if tie else []
    assert ties_of(network_of_rows(meeting), "a", organisers=True).rows == expected
    assert all_ties(network_of_rows(meeting), organisers=True).rows == expected


def test_ties_are_sorted_by_certain_then_possible_events_then_name() -> None:
    graph = network_of_rows("m1: a b c? d", "m2: a b? c? d", "m3: a c?")
    assert [(tie.other, len(tie.certain), len(tie.possible)) for tie in ties_of(graph, "a").rows] == [
        ("d", 2, 0),
        ("b", 1, 1),
        ("c", 0, 3),
    ]


def test_large_events_are_left_out_and_listed() -> None:
    graph = network_of_rows("large: a b c d e", "small: a b", "other: d e?")
    tied = all_ties(graph, max_actors=4)
    assert tied.rows == [Tie("a", "b", ["small"], NONE, NONE, NONE), Tie("d", "e", NONE, ["other"], NONE, NONE)]
    assert (tied.left_out, tied.events) == (["large"], 3)
    assert [(tie.other, tie.certain) for tie in ties_of(graph, "a").rows] == [
        ("b", ["large", "small"]),
        ("c", ["large"]),
        ("d", ["large"]),
        ("e", ["large"]),
    ]


guests = st.sampled_from(["a", "b?", "c?minister", "d?minister", "e!", "~g", "h", "i?"])
networks = st.lists(st.lists(guests, unique=True), max_size=5).map(
    lambda lists: network_of_rows(*(f"m{number}: {' '.join(row)}" for number, row in enumerate(lists)))
)


@given(networks)
def test_ties_are_the_same_from_both_sides_and_in_the_whole(graph: Network) -> None:
    actors = [node for node, kind in graph.nodes(data="kind") if kind != "event"]
    actual = {(tie.one, tie.other): tie for actor in actors for tie in ties_of(graph, actor, organisers=True).rows}
    for tie in actual.values():
        other = actual[tie.other, tie.one]
        assert (tie.certain, tie.possible, tie.organised, tie.possibly_organised) == (
            *(other.certain, other.possible),
            *(other.organised, other.possibly_organised),
        )
    whole = all_ties(graph, organisers=True).rows
    assert len(whole) * 2 == len(actual)
    assert all(actual[tie.one, tie.other] == tie for tie in whole)


@given(networks)
def test_certain_ties_need_certain_presence_of_both(graph: Network) -> None:
    for tie in all_ties(graph).rows:
        for event, actor in product(tie.certain, (tie.one, tie.other)):
            assert graph[event][actor]["present"]
            assert graph[event][actor]["certainty"] == "certain"
