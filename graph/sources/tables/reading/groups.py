"""Rows of one key: one event or message that several rows tell of, each of them all that it says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from graph.model.acts import ActPart, CitedValue, EventAct, MessageAct
from graph.sources.tables.formats import Value
from graph.sources.tables.reading.events import Claim
from graph.sources.tables.reading.text import is_blank, text_of
from graph.sources.tables.reading.view import FILE_STEP, KeyedRow, Problem, View


class Conflict(NamedTuple):
    """What two rows of one key say differently; ``column`` is what the finding is about."""

    what: str
    first: str
    second: str
    # A place that differs is kept out until somebody decides; another day, status or kind is a mistake.
    keeps_row_out: bool


def merge_claims(first: Claim, second: Claim) -> tuple[Claim, Conflict | None]:
    """Return what two rows tell of one event or message, and the first thing on which they disagree."""
    if isinstance(first, MessageAct) and isinstance(second, MessageAct):
        conflict = _conflict(first, second, ("form",))
        if conflict is not None:
            return first, conflict
        return replace(
            first,
            rows=(*first.rows, *second.rows),
            senders=union_parts(first.senders, second.senders),
            recipients=union_parts(first.recipients, second.recipients),
            topics=_union_topics(first.topics, second.topics),
        ), None
    if not (isinstance(first, EventAct) and isinstance(second, EventAct)):
        return first, Conflict("kind", _kind(first), _kind(second), True)
    conflict = _conflict(first, second, ("kind", "status", "mode", "at_least", "at_most"))
    if conflict is not None and conflict.keeps_row_out:
        return first, conflict
    place = first.place or second.place
    if first.place and second.place and first.place.words != second.place.words:
        conflict, place = Conflict("place", first.place.words, second.place.words, False), None
    return replace(
        first,
        rows=(*first.rows, *second.rows),
        parts=union_parts(first.parts, second.parts),
        mode=first.mode or second.mode,
        mode_cells=first.mode_cells or second.mode_cells,
        place=place,
        place_area=(first.place_area or second.place_area) if place else None,
        topics=_union_topics(first.topics, second.topics),
        topic_concepts=tuple(dict.fromkeys((*first.topic_concepts, *second.topic_concepts))),
        open_ended=first.open_ended or second.open_ended,
        at_least=first.at_least if first.at_least is not None else second.at_least,
        at_most=first.at_most if first.at_most is not None else second.at_most,
        organiser_part_of=first.organiser_part_of or second.organiser_part_of,
    ), conflict


def _kind(claim: Claim) -> str:
    return claim.kind if isinstance(claim, EventAct) else claim.form


def _conflict(first: Claim, second: Claim, names: tuple[str, ...]) -> Conflict | None:
    days = [(each.time.earliest, each.time.latest) for each in (first, second)]
    if days[0] != days[1]:
        return Conflict("date", _days(days[0]), _days(days[1]), True)
    clocks = (first.time.begins, second.time.begins)
    if clocks[0] and clocks[1] and clocks[0] != clocks[1]:
        return Conflict("time", clocks[0], clocks[1], True)
    for name in names:
        values = getattr(first, name), getattr(second, name)
        both = values[0] is not None and values[1] is not None
        if values[0] != values[1] and (both or name in ("kind", "status", "form")):
            return Conflict(name, str(values[0]), str(values[1]), True)
    return None


def _days(days: tuple[date | None, date | None]) -> str:
    return f"{days[0]}" if days[0] == days[1] else f"{days[0] or '…'}/{days[1] or '…'}"


def union_parts(first: Sequence[ActPart], second: Sequence[ActPart]) -> tuple[ActPart, ...]:
    """Return all parts of two rows, each once: one name with two capacities is two parts."""
    parts = {_identity(part): part for part in reversed((*first, *second))}
    wanted = dict.fromkeys(_identity(part) for part in (*first, *second))
    return tuple(parts[key] for key in wanted)


def _identity(part: ActPart) -> tuple[object, ...]:
    return (
        part.actor,
        part.role,
        part.attendance,
        part.capacity and part.capacity.words,
        part.on_behalf_of,
        part.standing,
        part.standing_as_written and part.standing_as_written.words,
        part.candidates,
    )


def _union_topics(first: Sequence[CitedValue], second: Sequence[CitedValue]) -> tuple[CitedValue, ...]:
    topics: dict[str, CitedValue] = {}
    for topic in (*first, *second):
        topics.setdefault(topic.words, topic)
    return tuple(topics.values())


def version_of(value: Value) -> tuple[int, float] | None:
    """Return what versions are compared by: a moment, a day or a number; None for what is none of these."""
    if isinstance(value, bool) or is_blank(value):
        return None
    if isinstance(value, int | float):
        return 0, float(value)
    if isinstance(value, datetime):
        return 1, _moment(value)
    if isinstance(value, date):
        return 1, _moment(datetime.combine(value, time()))
    text = text_of(value)
    try:
        return 0, float(text)
    except ValueError:
        pass
    try:
        return 1, _moment(datetime.fromisoformat(text))
    except ValueError:
        return None


def _moment(value: datetime) -> float:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()


def newest_view(rows: list[KeyedRow], first: View, units: Sequence[tuple[int, ...]]) -> View:
    """Return one row of several versions, the newest first: what it says, and what it leaves out from older ones.

    ``units`` are columns that tell of one thing, the one that names it first: an identifier of an older version stays
    only where that named the same. ``first`` is the view to fill, of any of the rows.
    """
    width = len(rows[0].values)
    chosen: list[int] = []
    for column in range(width):
        chosen.append(next((place for place, row in enumerate(rows) if not is_blank(row.values[column])), 0))
    for naming, *more in units:
        base = chosen[naming]
        name = text_of(rows[base].values[naming])
        for column in more:
            fitting = [base] + [
                place for place, row in enumerate(rows) if place > base and text_of(row.values[naming]) == name
            ]
            chosen[column] = next((place for place in fitting if not is_blank(rows[place].values[column])), base)
    first.values = tuple(rows[place].values[column] for column, place in enumerate(chosen))
    first.sources = {column: rows[place].number % FILE_STEP for column, place in enumerate(chosen)}
    first.filled = frozenset()
    return first


def disagreeing(
    rows: list[KeyedRow], columns: tuple[int, ...], name: str, names: dict[int, str]
) -> Iterator[tuple[int, Problem]]:
    """Yield the number of each row that differs from the first in a column in which rows of one key are to agree."""
    first = rows[0]
    for row in rows[1:]:
        for column in columns:
            values = text_of(first.values[column]), text_of(row.values[column])
            if values[0] != values[1]:
                why = (
                    f'rows {first.number % FILE_STEP} and {row.number % FILE_STEP} have the key "{name}" but '
                    f"{names[column]} {values[0]!r} and {values[1]!r} (must_agree)"
                )
                yield row.number, Problem(names[column], why, "")
                break
