"""Paths: through common events, in time and not, against every path there is in small networks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_network import network_of_rows

from graph.network.hops import ActorPath, Hop
from graph.network.paths import paths, reachable
from graph.network.presence import Network, presence_network
from graph.query.stores import connect_build
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

OCTOBER, NOVEMBER, AUTUMN = "2014-10-01/2014-10-31", "2014-11-01/2014-11-30", "2014-09-01/2014-12-31"


def test_kallmyr_and_assidiq_are_joined_by_bokhari_and_in_this_order(built: Path) -> None:
    graph = presence_network(connect_build(built))
    kallmyr, bokhari, assidiq = (
        iri(f"person:{name}").value for name in ("joran-kallmyr", "laila-bokhari", "yousef-bartho-assidiq")
    )
    sarpsborg, haugesund = (iri(f"event:{name}").value for name in ("sarpsborg-2014-10", "haugesund-2014-12"))
    there = (Hop(kallmyr, sarpsborg, bokhari, "certain"), Hop(bokhari, haugesund, assidiq, "certain"))
    back = (Hop(assidiq, haugesund, bokhari, "certain"), Hop(bokhari, sarpsborg, kallmyr, "certain"))
    in_time = (there[0], Hop(bokhari, haugesund, assidiq, "certain", "certain"))
    assert paths(graph, kallmyr, assidiq) == [there]
    assert paths(graph, assidiq, kallmyr) == [back]
    assert paths(graph, kallmyr, assidiq, in_time=True) == [in_time]
    assert paths(graph, assidiq, kallmyr, in_time=True, certainty="all") == []


def test_solberg_is_joined_to_kallmyr_only_by_what_is_possible(built: Path) -> None:
    graph = presence_network(connect_build(built))
    solberg, bokhari, kallmyr = (
        iri(f"person:{name}").value for name in ("erna-solberg", "laila-bokhari", "joran-kallmyr")
    )
    sarpsborg = iri("event:sarpsborg-2014-10").value
    hosts = [iri(f"event:{name}-2014-host").value for name in ("alesund", "fredrikstad", "oslo", "tromso")]
    assert paths(graph, solberg, kallmyr) == []
    for certainty in ("possible", "all"):
        assert paths(graph, solberg, kallmyr, limit=9, certainty=certainty) == [
            (Hop(solberg, host, bokhari, "possible"), Hop(bokhari, sarpsborg, kallmyr, "certain")) for host in hosts
        ]


def brief(ways: list[ActorPath]) -> list[str]:
    """``a m1 b? m2 c`` for each path; ``?`` after who is reached by a possible hop, ``~`` before a possible order."""
    return [
        " ".join(
            [
                way[0].one,
                *(
                    f"{'~' if hop.order == 'possible' else ''}{hop.event} {hop.other}"
                    f"{'?' if hop.certainty == 'possible' else ''}"
                    for hop in way
                ),
            ]
        )
        for way in ways
    ]


def test_certain_paths_come_first_however_long() -> None:
    graph = network_of_rows("m1: a b?", "m2: a c", "m3: c d", "m4: d b")
    assert brief(paths(graph, "a", "b", certainty="all")) == ["a m2 c m3 d m4 b", "a m1 b?"]
    assert brief(paths(graph, "a", "b")) == ["a m2 c m3 d m4 b"]
    assert brief(paths(graph, "a", "b", certainty="possible")) == ["a m1 b?"]


def test_shorter_paths_come_first_up_to_the_limit() -> None:
    graph = network_of_rows("m1: a b", "m2: a c", "m3: c b", "m4: a b")
    assert brief(paths(graph, "a", "b", limit=5)) == ["a m1 b", "a m4 b", "a m2 c m3 b"]
    assert brief(paths(graph, "a", "b", limit=2)) == ["a m1 b", "a m4 b"]


@pytest.mark.parametrize(
    ("rows", "certain", "possible"),
    [
        # One after the other: news can go one way only.
        ((f"m1 {OCTOBER}: a x", f"m2 {NOVEMBER}: x b"), ["a m1 x m2 b"], ["a m1 x m2 b"]),
        ((f"m1 {NOVEMBER}: a x", f"m2 {OCTOBER}: x b"), [], []),
        # Some time in autumn: before, or after.
        ((f"m1 {AUTUMN}: a x", f"m2 {OCTOBER}: x b"), [], ["a m1 x ~m2 b"]),
        # On one and the same day it is not known which came first.
        (("m1 2014-10-07: a x", "m2 2014-10-07: x b"), [], ["a m1 x ~m2 b"]),
        (("m1 2014-10-07: a x", "m2 2014-10-08: x b"), ["a m1 x m2 b"], ["a m1 x m2 b"]),
        # Each could follow the one ahead of it, but not all of them one another.
        (("m1 2014-10-10/2014-10-20: a x", f"m2 {AUTUMN}: x y", "m3 2014-10-05: y b"), [], []),
        (
            ("m1 2014-10-10/2014-10-20: a x", f"m2 {AUTUMN}: x y", "m3 2014-10-15: y b"),
            [],
            ["a m1 x ~m2 y ~m3 b"],
        ),
        # When it was is not known at all.
        (("m1: a x", f"m2 {OCTOBER}: x b"), [], ["a m1 x ~m2 b"]),
    ],
)
def test_paths_in_time_go_forward(rows: tuple[str, ...], certain: list[str], possible: list[str]) -> None:
    graph = network_of_rows(*rows)
    assert brief(paths(graph, "a", "b", in_time=True)) == certain
    assert brief(paths(graph, "a", "b", in_time=True, certainty="all")) == possible


def test_path_in_time_goes_round_where_the_short_way_goes_back() -> None:
    graph = network_of_rows(
        f"late {NOVEMBER}: a x", f"early {OCTOBER}: x b", "m1 2014-08-01: a y", "m2 2014-09-01: y x"
    )
    assert brief(paths(graph, "a", "b")) == ["a late x early b", "a m1 y m2 x early b"]
    assert brief(paths(graph, "a", "b", in_time=True)) == ["a m1 y m2 x early b"]


def test_unnamed_group_is_not_passed_through() -> None:
    graph = network_of_rows("m1: a ~g", "m2: ~g b")
    assert paths(graph, "a", "b", certainty="all") == []
    assert brief(paths(graph, "a", "g")) == ["a m1 g"]
    assert brief(paths(graph, "g", "b")) == ["g m2 b"]
    assert reachable(graph, "a") == {"g"}


def test_organiser_joins_nothing() -> None:
    assert paths(network_of_rows("m1: a x!", "m2: x b"), "a", "b", certainty="all") == []


def test_candidates_of_one_office_are_not_joined() -> None:
    graph = network_of_rows("m1: a?minister b?minister", "m2: a x", "m3: x b")
    assert brief(paths(graph, "a", "b", certainty="all")) == ["a m2 x m3 b"]


def test_no_path_to_oneself_or_to_unknown_actors() -> None:
    graph = network_of_rows("m1: a b")
    assert paths(graph, "a", "a") == paths(graph, "a", "z") == []
    assert reachable(graph, "z") == set()


# --- against every path there is

guests = st.sampled_from(["a", "b", "c", "d?", "b?", "c?", "a?x", "b?x", "c?x", "~g", "d!"])
days = st.tuples(st.integers(1, 6), st.integers(0, 3)).map(lambda span: f"2014-10-0{span[0]}/2014-10-0{sum(span)}")
rows = st.lists(
    st.tuples(days, st.lists(guests, unique_by=lambda guest: guest.strip("!").partition("?")[0])), max_size=5
)
networks = rows.map(
    lambda actual: network_of_rows(*(f"m{at} {when}: {' '.join(who)}" for at, (when, who) in enumerate(actual)))
)


def every_path(graph: Network, way: ActorPath, at: str, goal: str, in_time: bool) -> Iterator[ActorPath]:
    """All paths, straight from what the words mean."""
    if at == goal:
        yield way
        return
    if way and graph.nodes[at]["kind"] == "group":
        return
    for event in graph[at]:
        for other in graph[event]:
            mine, theirs = graph[event][at], graph[event][other]
            if other in {at, *(hop.one for hop in way)} or event in {hop.event for hop in way}:
                continue
            if not mine["present"] or not theirs["present"]:
                continue
            if mine["holder_of"] and mine["holder_of"] == theirs["holder_of"]:
                continue
            bounds = [graph.nodes[each] for each in (*(hop.event for hop in way), event)]
            order = None
            if in_time and way:
                if any(earlier["earliest"] > bounds[-1]["latest"] for earlier in bounds):
                    continue
                order = "certain" if bounds[-2]["latest"] < bounds[-1]["earliest"] else "possible"
            certain = mine["certainty"] == theirs["certainty"] == "certain"
            hop = Hop(at, event, other, "certain" if certain else "possible", order)
            yield from every_path(graph, (*way, hop), other, goal, in_time)


def doubts(way: ActorPath) -> int:
    return [word for hop in way for word in (hop.certainty, hop.order)].count("possible")


@pytest.mark.slow
@settings(max_examples=300)
@given(networks, st.booleans(), st.sampled_from(["certain", "possible", "all"]))
def test_paths_are_complete_and_sorted(graph: Network, in_time: bool, certainty: str) -> None:
    there = list(every_path(graph, (), "a", "b", in_time)) if "a" in graph and "b" in graph else []
    wanted = [way for way in there if certainty == "all" or (doubts(way) > 0) == (certainty == "possible")]
    actual = paths(graph, "a", "b", limit=1000, certainty=certainty, in_time=in_time)
    assert set(actual) == set(wanted)
    assert len(actual) == len(wanted)
    costs = [(doubts(way), len(way)) for way in actual]
    assert costs == sorted(costs)
    few = paths(graph, "a", "b", limit=2, certainty=certainty, in_time=in_time)
    assert few == actual[:2]


@given(networks, st.booleans(), st.sampled_from(["certain", "all"]))
def test_reachable_are_the_ends_of_all_paths(graph: Network, in_time: bool, certainty: str) -> None:
    actors = {node for node, kind in graph.nodes(data="kind") if kind != "event"}
    leads = {
        other for other in actors - {"a"} if paths(graph, "a", other, limit=1, certainty=certainty, in_time=in_time)
    }
    assert reachable(graph, "a", certainty=certainty, in_time=in_time) == leads
