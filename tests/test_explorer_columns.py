"""The columns of the interactive page: the arrays say of every entity and tie what the records say."""

from base64 import b64decode
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from large_graph import FEWER, large_graph

from graph.explorer.data.columns import (
    NO_DAY,
    Columns,
    CountedEntity,
    CountedTie,
    counted_entities,
    counted_ties,
    decode_columns,
    encode_columns,
    make_columns,
)
from graph.explorer.data.communities import MOST_AGENTS, find_communities
from graph.explorer.data.page_graph import build_payload
from graph.explorer.data.positions import place_circles, whole_positions
from graph.explorer.data.records import Payload
from graph.query.stores import connect_build


def columns_of(payload: Payload) -> Columns:
    return decode_columns(encode_columns(make_columns(counted_entities(payload), counted_ties(payload))))


def day(number: int) -> str:
    return "" if number == NO_DAY else (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def listed(columns: Columns, name: str, number: int) -> list[str]:
    start, end = columns.arrays[f"{name}Start"][number : number + 2]
    return [columns.pools[name][each] for each in columns.arrays[name][int(start) : int(end)]]


def pooled(columns: Columns, pool: str, array: str, number: int) -> Any:
    return columns.pools[pool][int(columns.arrays[array][number])]


def assert_says_the_same(columns: Columns, payload: Payload) -> None:
    """Holds all arrays but those of the layout against the records."""
    entities, source_of = payload["entities"], {name: claim["source"] for name, claim in payload["claims"].items()}
    assert (columns.entities, columns.ties) == (len(entities), len(payload["ties"]))
    number = {entity["id"]: place for place, entity in enumerate(entities)}
    sources = {entity["id"]: {source_of[str(claim)] for claim in entity["claims"]} for entity in entities}
    for tie in payload["ties"]:
        for end in (tie["from"], tie["to"]):
            sources[end] |= {source_of[str(claim)] for claim in tie["claims"]}
    for place, entity in enumerate(entities):
        assert pooled(columns, "kinds", "kind", place) == entity["kind"]
        assert pooled(columns, "statuses", "status", place) == entity.get("status", "")
        assert day(int(columns.arrays["earliest"][place])) == entity.get("earliest", "")
        assert day(int(columns.arrays["latest"][place])) == entity.get("latest", "")
        written = [f'"{words}' for words in entity.get("topicsAsWritten", [])]
        assert sorted(listed(columns, "topics", place)) == sorted([*entity.get("topics", []), *written])
        written = [f'"{words}' for words in entity.get("placesAsWritten", [])]
        assert sorted(listed(columns, "places", place)) == sorted([*entity.get("places", []), *written])
        assert listed(columns, "sources", place) == sorted(sources[entity["id"]])
    ties = sorted(payload["ties"], key=lambda tie: (number[tie["to"]], number[tie["from"]], tie["id"]))
    for place, tie in enumerate(ties):
        assert (columns.arrays["from"][place], columns.arrays["to"][place]) == (number[tie["from"]], number[tie["to"]])
        assert pooled(columns, "tieKinds", "tieKind", place) == tie["kind"]
        assert pooled(columns, "certainties", "certainty", place) == tie["certainty"]
        assert [*pooled(columns, "roles", "roles", place)] == tie.get("roles", [])
        assert pooled(columns, "attendances", "attendance", place) == tie.get("attendance", "")


@pytest.mark.slow
def test_columns_of_a_build_say_what_its_records_say(built: Path) -> None:
    payload = build_payload(connect_build(built), lambda name: None, [])
    assert len(payload["entities"]) > 40
    assert_says_the_same(columns_of(payload), payload)


@pytest.mark.unit
@pytest.mark.parametrize("meetings", [FEWER, 400])
def test_columns_of_a_made_up_graph_say_what_its_records_say(meetings: int) -> None:
    payload = large_graph(meetings)
    assert_says_the_same(columns_of(payload), payload)


KINDS = ("event", "named", "series", "person", "body", "group", "letter")
DAYS = st.dates(date(1800, 1, 1), date(2300, 1, 1)).map(date.isoformat) | st.just("")
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[CountedEntity], list[CountedTie]]:
    """Any entities, some without a day, and any ties among them."""
    count = draw(st.integers(0, 30))
    entities = [
        CountedEntity(
            f"thing:{number:02}",
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(("", "status:held", "status:planned"))),
            draw(DAYS),
            draw(DAYS),
            tuple(draw(st.lists(WORDS, max_size=3))),
            tuple(draw(st.lists(WORDS, max_size=3))),
            tuple(draw(st.sets(st.sampled_from(("source:a", "source:b")), max_size=2))),
        )
        for number in range(count)
    ]
    ends = st.sampled_from([entity.id for entity in entities]) if entities else st.nothing()
    ties = [
        CountedTie(f"tie:{number}", draw(ends), draw(ends), draw(st.sampled_from(("part", "possible"))), "certain")
        for number in range(draw(st.integers(0, 60)) if entities else 0)
    ]
    return entities, ties


@pytest.mark.unit
@settings(deadline=None, max_examples=60)
@given(graphs())
def test_any_columns_are_read_as_they_were_written(graph: tuple[list[CountedEntity], list[CountedTie]]) -> None:
    entities, ties = graph
    made = make_columns(entities, ties)
    block = encode_columns(made)
    assert block == encode_columns(make_columns(entities[::-1], ties[::-1]))
    read = decode_columns(block)
    assert read.arrays == made.arrays
    assert (read.entities, read.ties, read.modularity) == (made.entities, made.ties, made.modularity)
    for place, entity in enumerate(sorted(entities)):
        assert listed(read, "topics", place) == [*entity.topics]
        assert listed(read, "places", place) == [*entity.places]
    assert all(-1.000001 <= each <= 1.000001 for axis in ("x", "y") for each in read.arrays[axis])
    assert Counter(tie.kind for tie in ties) == Counter(
        pooled(read, "tieKinds", "tieKind", place) for place in range(read.ties)
    )


def cliques(*groups: range) -> list[tuple[int, int]]:
    """A meeting of each pair of a group, and of no others; events are numbered from 1000."""
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return [(1000 + number, agent) for number, pair in enumerate(pairs) for agent in pair]


@pytest.mark.unit
def test_communities_are_who_meets_whom_and_the_largest_comes_first() -> None:
    found = find_communities(2000, [*cliques(range(4), range(10, 16)), (1900, 3), (1900, 10)])
    assert found.of[:4] == [2, 2, 2, 2]
    assert found.of[10:16] == [1] * 6
    assert set(found.of[16:]) == {0}
    # By meetings: 10 has one more than the others, and so has 3.
    assert found.largest == [[], [10, 11, 12], [3, 0, 1]]
    assert found.modularity is not None
    assert found.modularity > 0.3
    assert (found.meetings[10], found.meetings[11]) == (6, 5)


@pytest.mark.unit
def test_bridge_meets_two_other_communities_in_a_fifth_of_its_meetings() -> None:
    groups = cliques(range(6), range(10, 16), range(20, 26))
    # Five meetings of its own each; 0 meets two other communities once each, 1 one of them twice.
    further = [(1900, 0), (1900, 10), (1901, 0), (1901, 20), (1902, 1), (1902, 11), (1903, 1), (1903, 12)]
    found = find_communities(2000, [*groups, *further])
    assert found.of[0] == found.of[1] == found.of[5]
    assert [agent for agent, is_bridge in enumerate(found.bridges) if is_bridge] == [0]
    # With two of eleven it is less than a fifth.
    own = [(1910 + number, agent) for number in range(4) for agent in (0, 1)]
    assert sum(find_communities(2000, [*groups, *further[:4], *own]).bridges) == 0


@pytest.mark.unit
def test_large_meeting_makes_no_community() -> None:
    crowd = [(1000, agent) for agent in range(MOST_AGENTS + 1)]
    assert find_communities(2000, crowd).modularity is None
    assert set(find_communities(2000, crowd[:-1]).of[:MOST_AGENTS]) == {1}


@pytest.mark.unit
@given(st.lists(st.floats(1, 50), max_size=40))
def test_no_circle_lies_on_another(radii: list[float]) -> None:
    radii = sorted(radii, reverse=True)
    centres, rim = place_circles(radii)
    circles = [*zip(centres, radii, strict=True)]
    for ((x, y), radius), ((other_x, other_y), other) in combinations(circles, 2):
        assert hypot(x - other_x, y - other_y) >= radius + other
    assert all(hypot(x, y) + radius <= rim for (x, y), radius in circles)
    assert [radius for _, radius in circles] == sorted(radii, reverse=True)


@pytest.mark.slow
def test_page_has_its_columns(built: Path) -> None:
    page = (built / "explorer.html").read_bytes()
    start = page.index(b'<script type="application/octet-stream" id="columns">')
    encoded = page[page.index(b">", start) + 1 : page.index(b"</script>", start)]
    payload = build_payload(connect_build(built), lambda name: None, [])
    assert decode_columns(b64decode(encoded)) == columns_of(payload)


@pytest.mark.unit
def test_events_stand_near_the_mean_of_their_agents() -> None:
    parts = [(1000 + number, agent) for number in range(8) for agent in (0, 1, 2)]
    found = find_communities(1010, parts)
    x, y = whole_positions(found.of, found.meetings, parts, [number >= 1000 for number in range(1010)])
    places = [*zip(x, y, strict=True)]
    middle = [sum(each[axis] for each in places[:3]) / 3 for axis in (0, 1)]
    inside = max(hypot(a - c, b - d) for (a, b), (c, d) in combinations(places[:3], 2))
    assert all(hypot(a - middle[0], b - middle[1]) < inside for a, b in places[1000:1008])
    # No two of them on one point, and whoever meets nobody is on the rim.
    assert len({*places}) == len(places)
    assert all(hypot(a, b) > inside for a, b in places[3:1000])
