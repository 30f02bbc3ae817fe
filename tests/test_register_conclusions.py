"""Conclusions from registers are drawn once for all rows of a kind: they are what the rules conclude from each row."""

import random
from collections.abc import Iterator
from datetime import date

import pytest
from pyoxigraph import Store
from register_acts import ADA, BAHN, REGISTER, UNSPLIT, cell, cited, day, event, official, part

from graph import HOME
from graph.claims.registers import register_groups, register_lines
from graph.model.acts import Act, EventAct, MessageAct, NamedActor
from graph.pipeline.by_example import conclude_groups
from graph.pipeline.rules import CONCLUDED, Rule, conclude, conclude_lines, read_rules
from graph.rdf.statements import load_nquads, quads_about, read_ontology, to_nquads
from graph.rdf.terms import date_literal, iri

pytestmark = pytest.mark.slow

ONTOLOGY = read_ontology(HOME / "ontology")
RULES = [rule for rule in read_rules(HOME / "ontology/rules") if not rule.of_pages]
GROUP = NamedActor("Various {charities}", "group")
OFFICE = NamedActor("Ambassador of Testland", "office")
CANDIDATES = tuple(NamedActor(name, "body") for name in ("BT", "EE", "Telefonica"))
MINISTRY = NamedActor("Testdepartementet", "body", "0001")
Rows = list[tuple[int, list[Act]]]


def in_store(lines: list[str]) -> list[str]:
    """Return what the rules conclude from lines in a store, by the way of pages."""
    store = load_nquads(lines)
    store.bulk_extend(ONTOLOGY)
    conclude(store, RULES)
    return to_nquads(store.quads_for_pattern(None, None, None, CONCLUDED))


def message(row: int, **more: object) -> MessageAct:
    sides = {"senders": (part(row, BAHN), part(row, OFFICE)), "recipients": (part(row, MINISTRY, "official"),)}
    given = {"key": str(row), "form": "e-mail", "time": day(row), "cells": (cell(row, "id", str(row)),), "rows": (row,)}
    return MessageAct(**given | sides | more)  # type: ignore[arg-type]


def event_of_each_kind(row: int, other: date) -> Iterator[EventAct]:
    """Yield an event of each kind, all of one row; ``other`` is another day than the usual one."""
    yield event(row, official(row), part(row, BAHN), topics=(cited(row, "topic", 'A {brace} and "quotes"'),))
    yield event(row, official(row), part(row, BAHN), time=day(row, other))
    yield event(row, official(row), part(row, UNSPLIT), time=day(row, other.replace(day=1), date(2021, 10, 31)))
    yield event(row, official(row), part(row, GROUP, open_ended=True), time=day(row, None), open_ended=True)
    yield event(row, official(row), part(row, NamedActor("Operators", "group"), candidates=CANDIDATES))
    yield event(row, official(row), part(row, GROUP, candidates=CANDIDATES[:1]))
    yield event(row, official(row), part(row, OFFICE, attendance="present"))
    yield event(row, official(row), part(row, BAHN, on_behalf_of=CANDIDATES[0]), time=day(row, begins="10:30"))
    yield event(row, part(row, ADA, attendance="present", on_behalf_of=CANDIDATES[0]), mode="video", mode_cells=())
    yield event(row, official(row), kind="series", at_least=2, at_most=12)
    yield event(
        row, part(row, MINISTRY, "organiser", None), part(row, ADA, "participant", "expected"), status="planned"
    )
    yield event(
        row, part(row, MINISTRY, "organiser", None), status="cancelled", status_cells=(cell(row, "topic", "AVLYST"),)
    )
    yield event(row, part(row, MINISTRY, "organiser", None), status="postponed", mode="online", mode_cells=())
    yield event(
        row, *(part(row, MINISTRY, "official", capacity=cited(row, "capacity", each)) for each in ("Minister", "Clerk"))
    )
    yield event(
        row, official(row), part(row, NamedActor("KS", "body", registry_id="organisation:ks"), standing="employee")
    )
    yield event(row, official(row), place=cited(row, "place", "Oslo"), place_area="kommune:0301")
    yield event(row, official(row), place=cited(row, "place", "Brüssel"), topic_concepts=("topic:radicalisation",))


def of_all_kinds() -> Rows:
    """Return rows of every kind, each twice, with other names and days."""
    kinds = len([*event_of_each_kind(0, date(2020, 2, 2))])
    rows: Rows = []
    for first, other in ((2, date(2020, 2, 29)), (100, date(2021, 10, 3))):
        rows += [(row, [[*event_of_each_kind(row, other)][row - first]]) for row in range(first, first + kinds)]
        rows += [(row, [message(row)]) for row in (first + kinds, first + kinds + 1)]
        rows.append((first + kinds + 2, [message(first + kinds + 2, form="letter", time=day(2, None))]))
    return rows


def at_random(seed: int) -> Rows:
    """Return rows with parts at random."""
    chosen = random.Random(seed)
    people = [NamedActor(f"Person {number}", "person", f"{number}") for number in range(4)]
    bodies = [NamedActor(f"Body {number}", "body") for number in range(4)]
    rows: Rows = []
    for row in range(2, 42):
        parts = [
            part(
                row,
                chosen.choice([*people, *bodies, GROUP, OFFICE, UNSPLIT]),
                *chosen.choice(
                    [
                        ("official", "present"),
                        ("counterpart", "represented"),
                        ("participant", "expected"),
                        ("organiser", None),
                    ]
                ),
            )
            for _ in range(chosen.randrange(5))
        ]
        first = date(2021, chosen.randrange(1, 13), chosen.randrange(1, 29))
        more = {"status": chosen.choice(["held", "planned", "cancelled", "postponed"]), "time": day(row, first)}
        rows.append((row, [event(row, *parts, **more)]))
    return rows


@pytest.mark.parametrize("rows", [of_all_kinds(), *(at_random(seed) for seed in range(3))], ids=str)
def test_what_is_concluded_by_example_is_what_the_rules_conclude(rows: Rows) -> None:
    lines = sorted(set(register_lines(REGISTER, rows)))
    by_example = [*conclude_groups(register_groups(REGISTER, rows), RULES, ONTOLOGY).lines()]
    assert sorted(set(by_example)) == conclude_lines(lines, RULES, ONTOLOGY) == in_store(lines)
    assert len(by_example) > 10 * len(rows)


def test_rows_that_differ_in_names_alone_are_concluded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(lines: list[str], rules: list[Rule], ontology: list[object]) -> list[str]:
        asked.append(len(lines))
        return conclude_lines(lines, rules, ontology)  # type: ignore[arg-type]

    monkeypatch.setattr("graph.pipeline.by_example.conclude_lines", counted)
    rows: Rows = [
        (
            row,
            [
                event(
                    row, official(row), part(row, NamedActor(f"Body {row}", "body")), time=day(row, date(2021, 1, row))
                )
            ],
        )
        for row in range(2, 32)
    ]
    few = [*conclude_groups(register_groups(REGISTER, rows[:1]), RULES, ONTOLOGY).lines()]
    many = [*conclude_groups(register_groups(REGISTER, rows), RULES, ONTOLOGY).lines()]
    assert asked[0] == asked[1]
    assert len(many) == len(rows) * len(few)


def holder_of_an_office() -> Store:
    """Return a store with one who held an office of the registry in 2021."""
    store = Store()
    registry = iri("graph:registry")
    store.extend(quads_about(registry, "post:mayor", ("rdf:type", "org:Post")))
    store.extend(
        quads_about(
            registry,
            "membership:kari.mayor",
            *(("rdf:type", "org:Membership"), ("org:member", "person:kari"), ("org:role", "post:mayor")),
            ("org:memberDuring", "interval:kari.mayor"),
        )
    )
    sides = [("sem:hasLatestBeginTimeStamp", date(2021, 1, 1)), ("sem:hasEarliestEndTimeStamp", date(2021, 12, 31))]
    sides += [("sem:hasEarliestBeginTimeStamp", date(2021, 1, 1)), ("sem:hasLatestEndTimeStamp", date(2021, 12, 31))]
    during = [(name, date_literal(value)) for name, value in sides]
    store.extend(quads_about(registry, "interval:kari.mayor", *during))
    return store


def test_the_holder_of_an_office_of_the_registry_depends_on_the_day() -> None:
    mayor = NamedActor("Mayor", "office", registry_id="post:mayor")
    rows: Rows = [
        (row, [event(row, part(row, mayor, attendance="present"), time=day(row, date(year, 5, 5)))])
        for row, year in ((2, 2020), (3, 2021), (4, 2022))
    ]
    registry = to_nquads(holder_of_an_office())
    asked: list[list[str]] = []

    def registry_lines(offices: list[str]) -> list[str]:
        asked.append([*offices])
        return registry

    by_example = [*conclude_groups(register_groups(REGISTER, rows), RULES, ONTOLOGY, registry_lines).lines()]  # type: ignore[arg-type]
    assert sorted(set(by_example)) == in_store([*register_lines(REGISTER, rows), *registry])
    assert asked == [["<https://w3id.org/motegraf/post/mayor>"]]
    held = [line for line in by_example if "person/kari" in line and "ontology#agent>" in line]
    assert [line for line in held if "kontakter.3" in line] == held
    assert held
