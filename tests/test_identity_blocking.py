"""Blocking: names of one thing meet in a block, the work grows with the number of names, and odd names join nothing."""

import random

import pytest

from graph.identity.blocking import MAX_COMPARISONS, NEIGHBOURS, WHOLE_BLOCK, WordCounts, keys, pairs
from graph.identity.candidates import NameIndex, candidates, clusters
from graph.identity.things import Thing

pytestmark = pytest.mark.unit

WORDS = [
    "water",
    "steel",
    "forest",
    "youth",
    "energy",
    "railway",
    "textile",
    "patient",
    "consumer",
    "battery",
    "glass",
    "solar",
    "cycling",
    "library",
]


def bodies(*names: str) -> list[Thing]:
    return [Thing(f"actor:register.{place}", "body", (name,)) for place, name in enumerate(names)]


def people(*names: str) -> list[Thing]:
    return [
        Thing(f"person:page-{place}.x", "person", (name,), sources=(f"page-{place}",))
        for place, name in enumerate(names)
    ]


def many(number: int) -> list[Thing]:
    """Return bodies whose names are of a few common words and one of their own."""
    chance = random.Random(7)
    return bodies(*(f"{' '.join(chance.sample(WORDS, 3))} x{place % (number // 2):05}" for place in range(number)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bernsteinwerk Holding", "Bernstienwerk Holding"),
        ("Nordic Salt Works", "Works for Salt, Nordic"),
        ("Nordic Salt Works", "NSW"),
        ("Salt Works (SWX)", "SWX"),
        ("Peace Building Office", "Peacebuilding Office"),
        ("Bundesverband Wasser e.V.", "Bundesverband Wasser"),
    ],
)
def test_names_of_one_body_are_compared(a: str, b: str) -> None:
    assert [*pairs(bodies(a, b))] == [(0, 1)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Per Hansen", "Hansen, Per"),
        ("Per Hansen", "P. Hansen"),
        ("Per Hansen", "Per Olav Hansen"),
        ("Per Hansen", "Per Hanssen"),
        ("Anna van der Berg", "Anna Berg"),
        ("Erik Vik", "Eirik Vik"),
    ],
)
def test_names_of_one_person_are_compared(a: str, b: str) -> None:
    assert [*pairs(people(a, b))] == [(0, 1)]


def test_things_of_two_kinds_are_not_compared() -> None:
    assert [*pairs([*bodies("Per Hansen"), *people("Per Hansen")])] == []


@pytest.mark.parametrize("name", ["", "***", "\u0301\u0301", "—", "( )", "\u200b"])
def test_a_name_without_letters_has_no_key(name: str) -> None:
    for make in (bodies, people):
        things = make(name, name)
        assert keys(things[0], WordCounts(things)) == set()
        assert [*pairs(things)] == []


def test_one_common_word_joins_nothing() -> None:
    things = bodies(*(f"Nordic {word}{place}" for place, word in enumerate(WORDS * 20)))
    assert WordCounts(things).is_common("nordic")
    assert [*pairs(things)] == []


def test_comparisons_grow_with_names_and_not_with_their_square() -> None:
    counts = {number: sum(1 for _ in pairs(many(number))) for number in (2_000, 4_000, 8_000)}
    assert counts[8_000] < 2.2 * counts[4_000] < 2.2**2 * counts[2_000]
    assert all(count <= MAX_COMPARISONS * number for number, count in counts.items())
    common = bodies(*(" ".join(random.Random(place).sample(WORDS, 4)) for place in range(4_000)))
    assert sum(1 for _ in pairs(common)) <= MAX_COMPARISONS * len(common)


def test_many_of_one_name_are_one_cluster_with_all_of_them() -> None:
    things = people(*["Per Hansen"] * 10_000)
    compared = [*pairs(things)]
    assert len(compared) <= (NEIGHBOURS + 1) * len(things)
    assert {number for pair in compared for number in pair} == {*range(10_000)}


def test_a_cluster_of_500_loses_nobody() -> None:
    things = people(*["Per Hansen"] * 500)
    found = [*candidates(things)]
    (first, *rest) = clusters(found)
    assert {thing.id for thing in first.things} == {thing.id for thing in things}
    assert rest == []
    assert len(first.candidates) == len(found)


def test_candidates_stand_in_one_cluster_each_around_one_thing() -> None:
    things = bodies(
        "Salt Works Oslo",
        "Salt Works Oslo Bergen",
        "Salt Works Oslo Bergen Narvik",
        "Salt Works Oslo Bergen Narvik Vik",
    )
    found = [*candidates(things)]
    grouped = clusters(found)
    listed = [each for cluster in grouped for each in cluster.candidates]
    assert len(listed) == len(found) == len({(each.a.id, each.b.id) for each in listed})
    for cluster in grouped:
        middle = cluster.things[0].id
        near = {id for each in cluster.candidates for id in (each.a.id, each.b.id) if middle in (each.a.id, each.b.id)}
        assert near == {thing.id for thing in cluster.things}
    # The first and the last are like each other only by those between them.
    assert not any({things[0].id, things[3].id} <= {thing.id for thing in cluster.things} for cluster in grouped)


def test_blocks_that_are_not_small_are_compared_by_neighbours() -> None:
    things = bodies(*(f"Quartz {chr(97 + place % 26)}{chr(97 + place // 26)}word" for place in range(WHOLE_BLOCK + 6)))
    assert 0 < sum(1 for _ in pairs(things)) <= NEIGHBOURS * len(things)


def test_an_index_finds_the_nearest_names() -> None:
    things = [
        *bodies("Nordic Salt Works AS", "Nordic Sand Works", "Southern Pepper"),
        *people("Per Hansen", "Kari Vik"),
    ]
    index = NameIndex(things)
    thing, value = index.nearest("nordic salt works")[0]
    assert (thing.name, value) == ("Nordic Salt Works AS", 1)
    assert [thing.name for thing, _ in index.nearest("Hansen, Per", ["person"])] == ["Per Hansen"]
    assert index.nearest("Per Hansen", ["body"]) == []
    assert len(index.nearest("Nordic Salt Works", limit=1)) == 1
    for odd in ("", "***", "<b>&amp;</b>", "x" * 100_000, "\u0301", "Per\x00Hansen"):
        assert all(0 <= value <= 1 for _, value in index.nearest(odd))
