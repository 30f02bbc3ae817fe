"""Which events of several pages are proposed to be one: those that are, and none that only look alike."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from identity_pages import TRUE_PAIRS, add_seven_pages

from build_graph import build
from graph.identity.candidates import MIN_SCORE, candidates
from graph.identity.scores import score
from graph.identity.things import Thing, things_of
from graph.model.identity import Decision
from graph.query.stores import connect_build
from graph.sources.decisions.write import add_decision

MEETING = frozenset(["kind:meeting"])
KS, MINISTER, GUEST = ("organisation:ks", "KS"), ("person:a", "Anna Berg"), ("person:b", "Ole Vik")


def event(id: str, **facts: object) -> Thing:
    base: dict[str, object] = {
        "sources": (id,),
        "days": ("2019-03-12", "2019-03-12"),
        "families": MEETING | {"kind:summit"},
        "status": "status:held",
        "places": frozenset(["kommune:0301"]),
        "organisers": (KS,),
    }
    return Thing(f"event:{id}", "event", (f"Toppmøte {id}",), **{**base, **facts})  # type: ignore[arg-type]


PLAN = event("a", days=("2019-01-01", "2019-03-31"), status="status:planned")
HELD = event("b")


def keys(a: Thing, b: Thing) -> set[str]:
    result = score(a, b)
    return {each.key for each in (*result.speaks_for, *result.speaks_against)}


@pytest.mark.unit
def test_a_plan_and_what_came_of_it_are_proposed() -> None:
    assert score(PLAN, HELD).value >= MIN_SCORE
    assert score(PLAN, HELD) == score(HELD, PLAN)
    assert keys(PLAN, HELD) == {"days-overlap", "same-kind", "planned-and-held", "same-place", "same-organiser"}


@pytest.mark.unit
@pytest.mark.parametrize(
    ("other", "key"),
    [
        (replace(HELD, days=("2019-04-12", "2019-04-12")), "other-days"),
        (replace(HELD, days=("", "")), "other-days"),
        (replace(HELD, families=frozenset(["kind:visit"])), "other-kind"),
        (replace(HELD, sources=("a",)), "same-source"),
        (replace(HELD, places=frozenset(), organisers=()), "nothing-shared"),
        (replace(HELD, places=frozenset(["kommune:5001"]), organisers=(GUEST,), participants=(KS,)), "nothing-shared"),
        (replace(HELD, places=frozenset(["kommune:5001"])), "other-place"),
    ],
)
def test_events_that_differ_are_not(other: Thing, key: str) -> None:
    assert score(PLAN, other).value < MIN_SCORE
    assert key in keys(PLAN, other)


@pytest.mark.unit
def test_two_participants_are_enough_and_one_is_not() -> None:
    a = event("a", places=frozenset(), organisers=(), participants=(MINISTER, GUEST))
    b = replace(a, id="event:b", sources=("b",), participants=(("person:c", "Berg, Anna"), GUEST))
    assert score(a, b).value >= MIN_SCORE
    assert "same-participants" in keys(a, b)
    assert score(a, replace(b, participants=(MINISTER,))).value == 0


@pytest.mark.unit
def test_a_surname_is_no_shared_participant() -> None:
    a = event("a", places=frozenset(), organisers=(), participants=(("person:a", "Berg"), ("person:b", "Vik")))
    b = replace(a, id="event:b", sources=("b",), participants=(("person:c", "Berg"), ("person:d", "Vik")))
    assert score(a, b).value == 0


@pytest.mark.slow
def test_every_true_pair_of_seven_pages_is_proposed_and_no_other(empty_home: Path) -> None:
    add_seven_pages(empty_home)
    build(empty_home, empty_home / "build")
    things = things_of(connect_build(empty_home / "build"), ["event"])
    assert len(things) == 8
    found = [*candidates(things)]
    assert [pair for each in found[:10] if (pair := frozenset((each.a.id, each.b.id))) not in TRUE_PAIRS] == []
    assert {frozenset((each.a.id, each.b.id)) for each in found} == TRUE_PAIRS


@pytest.mark.slow
def test_people_of_two_pages_are_one_where_their_events_are_two(empty_home: Path) -> None:
    add_seven_pages(empty_home)
    ids = ("person:minutes.per-hansen", "person:visit.hansen-per")
    add_decision(empty_home, Decision("same", ids, "Kari", date(2026, 11, 30), "the same name and town"))
    figures = build(empty_home, empty_home / "build")
    assert figures.left_out == ()
    (person,) = [each for each in things_of(connect_build(empty_home / "build"), ["person"]) if each.id in ids]
    assert (person.id, person.sources) == (ids[0], ("minutes", "visit"))
    assert person.events == {"event:dialogmote-referat", "event:dialogmote-bodo"}
