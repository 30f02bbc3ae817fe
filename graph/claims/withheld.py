"""Keep those who are not published out of the cells that prove something else: a cell may name a body and a person."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from graph.model.acts import ActPart, Cell, CitedValue, EventAct, MessageAct

# What stands in a published cell for words that are not published.
LEFT_OUT = "[…]"


def without_withheld(act: EventAct | MessageAct) -> EventAct | MessageAct:
    """Return an act in whose cells nobody is named who is withheld; their own parts are as they were."""
    parts = act.parts if isinstance(act, EventAct) else (*act.senders, *act.recipients)
    hidden = [part for part in parts if part.withheld is not None]
    if not hidden:
        return act
    named: dict[Cell, list[str]] = {}
    for part in hidden:
        for cell in (*part.cells, *part.context):
            named.setdefault(cell, []).extend(_names(part))
    everybody = tuple(dict.fromkeys(name for part in hidden for name in _names(part)))
    cells = dict.fromkeys(_published_cells(act, parts))
    left = {cell: cell._replace(words=_left(cell.words, named[cell])) for cell in cells if cell in named}
    # A topic may tell whom they met, too.
    for cell in cells:
        if cell not in named and any(name in cell.words for name in everybody):
            left[cell] = cell._replace(words=_without(cell.words, everybody))
    return _Redaction(left, everybody).of(act) if left else act


def _names(part: ActPart) -> Iterator[str]:
    for actor in (part.actor, part.on_behalf_of, *part.candidates):
        if actor is not None and actor.name:
            yield actor.name


def _published_cells(act: EventAct | MessageAct, parts: Iterable[ActPart]) -> Iterator[Cell]:
    yield from chain(act.cells, act.time.cells, act.time.context, *(topic.cells for topic in act.topics))
    if isinstance(act, EventAct):
        yield from chain(act.kind_cells, act.status_cells, act.mode_cells, act.place.cells if act.place else ())
    for part in parts:
        if part.withheld is None:
            yield from chain(part.cells, part.context, part.capacity.cells if part.capacity else ())
            yield from part.standing_as_written.cells if part.standing_as_written else ()


class _Redaction:
    """Cells with what is left of their words, and the names that are left out."""

    def __init__(self, cells: dict[Cell, Cell], names: tuple[str, ...]) -> None:
        self._cells, self._hidden = cells, names

    def of(self, act: EventAct | MessageAct) -> EventAct | MessageAct:
        """Return an act with these cells in the place of its own."""
        act = replace(
            act,
            cells=self._kept(act.cells),
            time=replace(act.time, cells=self._kept(act.time.cells), context=self._kept(act.time.context)),
            topics=tuple(filter(None, map(self._cited, act.topics))),
        )
        if isinstance(act, MessageAct):
            return replace(act, senders=self._parts(act.senders), recipients=self._parts(act.recipients))
        return replace(
            act,
            kind_cells=self._kept(act.kind_cells),
            status_cells=self._kept(act.status_cells),
            mode_cells=self._kept(act.mode_cells),
            place=self._cited(act.place),
            parts=self._parts(act.parts),
        )

    def _parts(self, parts: tuple[ActPart, ...]) -> tuple[ActPart, ...]:
        return tuple(part if part.withheld is not None else self._part(part) for part in parts)

    def _part(self, part: ActPart) -> ActPart:
        return replace(
            part,
            cells=self._kept(part.cells),
            context=self._kept(part.context),
            capacity=self._cited(part.capacity),
            standing_as_written=self._cited(part.standing_as_written),
        )

    def _kept(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(self._cells.get(cell, cell) for cell in cells)

    def _cited(self, value: CitedValue | None) -> CitedValue | None:
        if value is None:
            return None
        return CitedValue(_without(value.words, self._hidden), self._kept(value.cells))


def _left(words: str, names: Iterable[str]) -> str:
    """Return words of a cell without names. Where one does not stand there as it is, nothing of the cell is left."""
    several = set(names)
    return _without(words, several) if all(_pattern(name).search(words) for name in several) else LEFT_OUT


def _without(words: str, names: Iterable[str]) -> str:
    """Return words without names, those within longer ones too."""
    for name in sorted(names, key=len, reverse=True):
        words = _pattern(name).sub(LEFT_OUT, words)
    return words


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
