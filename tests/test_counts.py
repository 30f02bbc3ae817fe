"""Counts: one function decides how many events and people there are, and every surface says the same."""

import json
import re
from pathlib import Path

import pytest

from build_graph import build
from graph.query.counts import Counts, count_entities
from graph.query.results import QueryFn
from graph.query.stores import connect_build, connect_lines

pytestmark = pytest.mark.slow

E, ONTOLOGY = "https://w3id.org/motegraf", "https://w3id.org/motegraf/ontology#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
STATUS = f"<{ONTOLOGY}eventStatus>"


def graph(*statements: str) -> QueryFn:
    return connect_lines(f"{statement} <{E}/graph/concluded> ." for statement in statements)


def meeting(name: str, status: str | None, kind: str = f"{ONTOLOGY}SingleEvent") -> list[str]:
    event = f"<{E}/event/{name}>"
    stated = [f"{event} {STATUS} <{E}/status/{status}>"] if status else []
    return [f"{event} {TYPE} <{kind}>", *stated]


def participation(event: str, kind: str) -> list[str]:
    name = f"<{E}/participation/{event}.{kind.rpartition('/')[2].rpartition('#')[2]}>"
    role = "<http://data.europa.eu/m8g/role>" if event == "held" else f"<{ONTOLOGY}plannedRole>"
    roles = [f"{name} {role} <{E}/role/speaker>"] if kind.endswith("#Participation") else []
    return [f"{name} {TYPE} <{kind}>", f"{name} <{ONTOLOGY}event> <{E}/event/{event}>", *roles]


def test_a_meeting_that_is_only_named_is_counted_apart_from_events() -> None:
    assert count_entities(graph(*meeting("council", None), *meeting("one", "held"))) == Counts(
        events=1, held=1, named=1
    )


def test_a_series_is_counted_apart_from_events() -> None:
    rows = [*meeting("series", "held", "https://schema.org/EventSeries"), *meeting("one", "held")]
    assert count_entities(graph(*rows)) == Counts(events=1, held=1, series=1)


@pytest.mark.parametrize(("status", "held", "planned"), [("held", 1, 0), ("planned", 0, 1), ("cancelled", 0, 0)])
def test_events_are_counted_by_status(status: str, held: int, planned: int) -> None:
    assert count_entities(graph(*meeting("one", status))) == Counts(events=1, held=held, planned=planned)


def test_participation_in_a_planned_event_is_expected_and_not_certain() -> None:
    rows = [*meeting("held", "held"), *meeting("planned", "planned")]
    for event in ("held", "planned"):
        rows += participation(event, f"{ONTOLOGY}Participation")
    rows += participation("held", f"{ONTOLOGY}PossibleParticipation")
    counts = count_entities(graph(*rows))
    assert (counts.certain, counts.expected, counts.possible) == (1, 1, 1)


@pytest.mark.parametrize(("status", "attendance"), [("held", "absent"), ("cancelled", "expected")])
def test_who_was_absent_or_was_to_come_to_what_was_called_off_is_not_expected(status: str, attendance: str) -> None:
    rows = [*meeting("one", status), *participation("one", f"{ONTOLOGY}Participation")]
    name = f"<{E}/participation/one.Participation>"
    counts = count_entities(graph(*rows, f"{name} <{ONTOLOGY}attendance> <{E}/attendance/{attendance}>"))
    assert (counts.certain, counts.expected, counts.absent) == (0, 0, 1)


def test_an_absent_organiser_has_organised() -> None:
    rows = [*meeting("held", "held"), *participation("held", f"{ONTOLOGY}Participation")]
    name = f"<{E}/participation/held.Participation>"
    counts = count_entities(graph(*rows, f"{name} <{ONTOLOGY}attendance> <{E}/attendance/absent>"))
    assert (counts.certain, counts.absent) == (1, 0)


def test_summary_and_interactive_page_agree_with_the_count(first_page: Path, built: Path) -> None:
    counts = count_entities(connect_build(built))
    assert counts == Counts(11, 7, 4, 1, 1, 5, 39, 16, 4, 8)
    summary = build(first_page)
    for name in ("events", "named", "series", "people", "bodies", "certain", "expected", "possible", "absent"):
        assert getattr(summary, name) == getattr(counts, name)
    page = (built / "explorer.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    payload = json.loads(found[1])
    kinds = [entity["kind"] for entity in payload["entities"]]
    assert (kinds.count("event"), kinds.count("series"), kinds.count("person")) == (11, 1, 5)
    assert (payload["summary"]["held"]["count"], payload["summary"]["planned"]["count"]) == (7, 4)
    parts = [tie for tie in payload["ties"] if tie["kind"] == "part"]
    planned = {entity["id"] for entity in payload["entities"] if entity.get("status") == "status:planned"}
    assert (len(parts), sum(tie["to"] in planned for tie in parts)) == (
        counts.certain + counts.expected,
        counts.expected,
    )
