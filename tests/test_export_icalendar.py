"""iCalendar (RFC 5545), as another library reads it: whole days, times of the local clock, status, and no attendee."""

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from exporting import export, left_out

from graph import HOME
from graph.publish.icalendar import to_icalendar
from graph.query.results import QueryError

pytestmark = pytest.mark.slow

BASE = "https://w3id.org/motegraf/"


@pytest.fixture(scope="module")
def text(eleven_pages: Path) -> str:
    return export(eleven_pages, "-f", "icalendar", "--lang", "en").stdout_bytes.decode()


@pytest.fixture(scope="module")
def events(text: str) -> dict[str, Any]:
    """The events of the calendar by the path of their id."""
    [calendar] = vobject.readComponents(text)
    return {each.uid.value.removeprefix(BASE): each for each in calendar.vevent_list}


def test_lines_are_those_of_rfc_5545(text: str) -> None:
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75


def test_event_without_a_time_of_day_is_a_whole_day(events: dict[str, Any], text: str) -> None:
    event = events["event/arbeidsmote-lofthus-2022-09-01"]
    assert (event.dtstart.value, hasattr(event, "dtend")) == (date(2022, 9, 1), False)
    assert "DTSTART;VALUE=DATE:20220901\r\n" in text
    assert event.location.value == "Hotel Ullensvang i Lofthus, Ullensvang"
    assert event.url.value == "https://example.org/statsrad-i-hardanger-2022"
    assert "Temaet er busetjing av flyktningar." in event.description.value.split("\n")


def test_event_of_several_days_ends_on_the_day_after(events: dict[str, Any]) -> None:
    event = events["event/nordiske-byer-aarhus-2016-06"]
    assert (event.dtstart.value, event.dtend.value) == (date(2016, 6, 2), date(2016, 6, 4))


def test_time_of_day_is_that_of_the_local_clock(events: dict[str, Any]) -> None:
    event = events["event/politirad-2022-10-19"]
    assert (event.dtstart.value, event.dtend.value) == (datetime(2022, 10, 19, 14, 0), datetime(2022, 10, 19, 15, 45))
    assert event.dtstart.value.tzinfo is None


def test_status_is_that_of_the_pages(events: dict[str, Any], eleven_pages: Path) -> None:
    statuses = {"held": "CONFIRMED", "planned": "TENTATIVE", "postponed": "CANCELLED"}
    for event in events.values():
        [status] = [each for each in event.categories.value if each in statuses]
        assert event.status.value == statuses[status], event
    assert {event.status.value for event in events.values()} == {*statuses.values()}


def test_nobody_is_an_attendee(events: dict[str, Any]) -> None:
    assert not any(hasattr(event, "attendee") or hasattr(event, "organizer") for event in events.values())


def test_calendar_without_an_event_is_not_written(built: Path) -> None:
    rows = (built / "motegraf.nq").read_text(encoding="utf-8").splitlines()
    with pytest.raises(QueryError, match=r"no day is known of any event \(11 here\), so there is nothing to write"):
        to_icalendar(rows, "nb")


def test_calendar_is_deterministic(text: str, eleven_pages: Path) -> None:
    program = [*(sys.executable, "-m", "graph", "export"), "-f", "icalendar", "--lang", "en", "-q"]
    for seed in ("1", "2"):
        result = subprocess.run(
            [*program, "--build", str(eleven_pages)],
            cwd=HOME,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert result.stdout.decode() == text


def test_events_without_a_day_are_left_out_and_counted(events: dict[str, Any], eleven_pages: Path) -> None:
    assert f"{45 - len(events)} events left out: the day is not known" in left_out(eleven_pages, "-f", "icalendar")


def test_moment_of_revision_is_no_clock_of_this_machine(events: dict[str, Any]) -> None:
    # The page is of 29 August 2022, and nothing says that it was retrieved later.
    assert events["event/arbeidsmote-lofthus-2022-09-01"].dtstamp.value.date() == date(2022, 8, 29)


def test_control_characters_are_refused(eleven_pages: Path) -> None:
    rows = (eleven_pages / "motegraf.nq").read_text(encoding="utf-8").replace("Årsmøtet til", "\\u0007Årsmøtet til")
    with pytest.raises(QueryError, match=r"a calendar cannot hold the character U\+0007"):
        to_icalendar(rows.splitlines(), "nb")


def test_marks_and_line_ends_of_a_name_are_escaped(eleven_pages: Path) -> None:
    text = (eleven_pages / "motegraf.nq").read_text(encoding="utf-8")
    rows = text.replace("Årsmøtet til Natteravnene", "a, b; c\\nd\\\\n").split("\n")
    [calendar] = vobject.readComponents(to_icalendar(rows, "nb").data.decode())
    assert "a, b; c\nd\\n" in {each.summary.value for each in calendar.vevent_list}
