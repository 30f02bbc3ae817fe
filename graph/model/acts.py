"""Acts: what the rows of a register claim, as its reader understood them. All statements of a row are made from these.

An act is of one row; several rows with one key tell of one event or message, which stands whole at the first of them.
Every value that came from a cell carries the cells that say it, so that each statement can be proven by its own.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from graph.model.sources import Selector


class Cell(NamedTuple):
    """A cell that proves something: where it is, the heading of its column, and what stands in it."""

    selector: Selector
    heading: str
    words: str


class CitedValue(NamedTuple):
    """Words of a register, as it writes them, with the cells that say so; the first cell holds the words."""

    words: str
    cells: tuple[Cell, ...]


class NamedActor(NamedTuple):
    """Somebody as a register names them.

    ``name`` is None where it gives only an identifier. ``kind`` is person, body, group, office or unknown. ``id`` is
    the identifier in the register, ``registry_id`` the compact name of whoever a lookup says it is
    (``organisation:ks``). ``unsplit``: the words name several, or may, and nobody has parted them.
    """

    name: str | None
    kind: str
    id: str | None = None
    registry_id: str | None = None
    unsplit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPart:
    """The part of somebody in an event, or one side of a message.

    ``role`` is official, counterpart, organiser or participant, ``attendance`` present, represented, expected or None.
    ``candidates`` are those out of whom the part is made up, at least one of them. ``open_ended``: the words leave open
    who else there was ("various"). ``withheld`` says why the part is not published, or is None. ``cells`` name the
    actor, ``context`` lend to it: a cell that was filled down.
    """

    actor: NamedActor
    role: str
    attendance: str | None
    cells: tuple[Cell, ...]
    context: tuple[Cell, ...] = ()
    capacity: CitedValue | None = None
    capacity_post: str | None = None
    on_behalf_of: NamedActor | None = None
    standing: str | None = None
    standing_as_written: CitedValue | None = None
    candidates: tuple[NamedActor, ...] = ()
    open_ended: bool = False
    withheld: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActTime:
    """When: the first and the last possible day, None where that side is open, and what says so.

    ``cells`` hold the words, ``context`` lends to them. ``because`` says what else it rests on (the period of the file)
    in English, or is None where the cells say it all. ``begins`` is a time of day in the zone of the register.
    """

    earliest: date | None
    latest: date | None
    cells: tuple[Cell, ...] = ()
    context: tuple[Cell, ...] = ()
    because: str | None = None
    begins: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAct:
    """That there was or is to be an event, or a series of them, with everything that all its rows say.

    ``kind`` is a concept of the scheme of kinds, ``series`` for several meetings; ``at_least`` and ``at_most`` are how
    many, or None. ``mode`` is in-person, telephone, video, online, other or None. ``status_cells`` hold the words that
    decide the status; where there are none, the mapping does, for all rows. ``cells`` are those of the key.
    """

    key: str
    kind: str
    status: str
    time: ActTime
    cells: tuple[Cell, ...]
    rows: tuple[int, ...]
    parts: tuple[ActPart, ...] = ()
    mode: str | None = None
    mode_cells: tuple[Cell, ...] = ()
    kind_cells: tuple[Cell, ...] = ()
    status_cells: tuple[Cell, ...] = ()
    place: CitedValue | None = None
    place_area: str | None = None
    topics: tuple[CitedValue, ...] = ()
    topic_concepts: tuple[str, ...] = ()
    open_ended: bool = False
    at_least: int | None = None
    at_most: int | None = None
    organiser_part_of: tuple[NamedActor, NamedActor] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAct:
    """That somebody wrote to somebody: an ``e-mail`` or a ``letter``. It is no event, and nobody attended."""

    key: str
    form: str
    time: ActTime
    cells: tuple[Cell, ...]
    rows: tuple[int, ...]
    senders: tuple[ActPart, ...] = ()
    recipients: tuple[ActPart, ...] = ()
    topics: tuple[CitedValue, ...] = ()


class SameAct(NamedTuple):
    """This row tells of the event or message of an earlier row."""

    key: str


class RepeatsAct(NamedTuple):
    """This row is equal to an earlier one in every column but the key; whether it is the same meeting, nobody says.

    ``of`` is the number of the earlier row, ``key`` that of the event or message that it tells of.
    """

    of: int
    key: str | None = None


class NoneAct(NamedTuple):
    """This row claims nothing, and why."""

    because: str


class ReviewAct(NamedTuple):
    """What a column says is kept out, and counted, until a person decides."""

    column: str
    why: str


class ErrorAct(NamedTuple):
    """A value is not understood: nothing of the row is claimed, and the register is not built."""

    column: str
    why: str
    value: str = ""


Act = EventAct | MessageAct | SameAct | RepeatsAct | NoneAct | ReviewAct | ErrorAct
