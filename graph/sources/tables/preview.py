"""What rows would claim, before anything is built: as JSON, and in words beside the row."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from graph.model.acts import (
    Act,
    ActPart,
    CitedValue,
    ErrorAct,
    EventAct,
    MessageAct,
    NamedActor,
    NoneAct,
    RepeatsAct,
    ReviewAct,
    SameAct,
)
from graph.sources.tables.reading import KeyedRow, Register, RowActs
from graph.sources.tables.reading.text import text_of
from graph.sources.tables.reading.view import FILE_STEP
from graph.sources.tables.tally import Tally


def row_name(register: Register, number: int) -> str:
    """Return the number of a row, with its file where the register has several."""
    file, row = register.file_of(number)
    return f"{register.files[file].form.file}:{row}" if len(register.files) > 1 else str(row)


def act_json(act: Act, register: Register) -> dict[str, Any]:
    """Return one act as JSON."""
    match act:
        case EventAct():
            return _event(act)
        case MessageAct():
            return {
                "act": "message",
                "key": act.key,
                "form": act.form,
                **_bounds(act),
                "senders": _sides(act.senders),
                "recipients": _sides(act.recipients),
                "topic_said": _topics(act.topics),
            }
        case SameAct():
            return {"act": "same", "key": act.key}
        case RepeatsAct():
            return {"act": "repeats", "of": row_name(register, act.of)}
        case NoneAct():
            return {"act": "none", "because": act.because}
        case ReviewAct():
            return {"act": "review", "column": act.column, "why": act.why}
        case ErrorAct():
            return {"act": "error", "column": act.column, "why": act.why, "value": act.value}


def _event(act: EventAct) -> dict[str, Any]:
    data: dict[str, Any] = {
        "act": "event",
        "key": act.key,
        "kind": act.kind,
        "status": act.status,
        **_bounds(act),
        "mode": act.mode,
        "place_said": act.place.words if act.place else None,
        "topic_said": _topics(act.topics),
        "open_ended": act.open_ended,
    }
    if act.kind == "series" or act.at_least is not None or act.at_most is not None:
        data |= {"at_least": act.at_least, "at_most": act.at_most}
    return data | {"parts": [_part(part) for part in act.parts]}


def _bounds(act: EventAct | MessageAct) -> dict[str, str | None]:
    first, last = act.time.earliest, act.time.latest
    return {"earliest": first.isoformat() if first else None, "latest": last.isoformat() if last else None}


def _topics(topics: tuple[CitedValue, ...]) -> str | list[str] | None:
    words = [topic.words for topic in topics]
    return None if not words else words[0] if len(words) == 1 else words


def _part(part: ActPart) -> dict[str, Any]:
    actor = part.actor
    data = {
        "name": actor.name,
        "kind": actor.kind,
        "id": actor.id,
        "role": part.role,
        "attendance": part.attendance,
        "capacity_said": part.capacity.words if part.capacity else None,
        "on_behalf_of": _name(part.on_behalf_of) if part.on_behalf_of else None,
        "standing": part.standing,
        "candidates": [_name(each) for each in part.candidates] or None,
        "unsplit": actor.unsplit,
    }
    return data | ({"withheld": part.withheld} if part.withheld else {})


def _name(actor: NamedActor) -> str | None:
    return actor.name or actor.id


def _sides(parts: tuple[ActPart, ...]) -> list[Any]:
    """Return the names of one side of a message, each once: what tells two parts of one name apart is left out."""
    names: list[Any] = []
    for part in parts:
        name: Any = _name(part.actor)
        if part.candidates and part.actor.name is None:
            name = {"candidates": [_name(each) for each in part.candidates]}
        if name not in names:
            names.append(name)
    return names


class Selection(NamedTuple):
    """Rows with their acts, in the order of rows, and what they come to. ``all_read``: the register was read whole.

    ``acts`` are those of the first rows alone where no more are kept; ``tally`` is of all. ``values`` are the words of
    rows that are kept, by their numbers, as they stand in the table.
    """

    acts: list[RowActs]
    tally: Tally
    all_read: bool
    values: dict[int, tuple[str, ...]]


def preview_rows(
    register: Register,
    rows: tuple[int, int] | None,
    keep: int | None = None,
    on_acts: Callable[[list[Act]], object] | None = None,
) -> Selection:
    """Return the acts of all rows, or of those with these numbers, in whatever file.

    Only the rows up to the last are read where each row is an event of its own; where rows share keys, or there are
    several files, all are. ``keep`` is how many rows are kept at most, None for all; ``on_acts`` is given the acts of
    each row.
    """
    if rows is None:
        return _selected(register, register.rows(), (0, FILE_STEP), True, keep, on_acts)
    first, last = rows
    if register.mapping.repeated == "error" and len(register.files) == 1:
        return _selected(register, register.first_rows(last), rows, False, keep, on_acts)
    keys = {row.key for row in register.rows() if first <= register.file_of(row.number)[1] <= last}
    shared = (row for row in register.rows() if row.key in keys)
    return _selected(register, shared, rows, True, keep, on_acts)


def _selected(
    register: Register,
    read: Iterable[KeyedRow],
    rows: tuple[int, int],
    all_read: bool,
    keep: int | None,
    on_acts: Callable[[list[Act]], object] | None,
) -> Selection:
    tally, selected = Tally(), []
    values: dict[int, tuple[str, ...]] = {}

    def is_selected(number: int) -> bool:
        return rows[0] <= register.file_of(number)[1] <= rows[1]

    def noted() -> Iterator[KeyedRow]:
        # Rows come in their order; the acts of those that share a key come behind all others.
        for row in read:
            if keep is not None and len(values) < keep and is_selected(row.number):
                values[row.number] = tuple(map(text_of, row.values))
            yield row

    for number, acts in register.acts(noted()):
        if is_selected(number):
            tally.add(number, acts)
            if on_acts is not None:
                on_acts(acts)
            if keep is None or number in values:
                selected.append((number, acts))
    selected.sort(key=lambda each: each[0])
    return Selection(selected, tally, all_read, values)


def print_json(register: Register, selection: Selection, write: Callable[[str], object]) -> None:
    """Write rows and their acts as one JSON object, a row a line."""
    write(f'{{"register": {json.dumps(register.id)}, "rows": {{')
    last = len(selection.acts) - 1
    for place, (number, acts) in enumerate(selection.acts):
        told = json.dumps([act_json(act, register) for act in acts], ensure_ascii=False)
        write(f"{json.dumps(row_name(register, number))}: {told}{',' if place < last else ''}")
    write("}}")
