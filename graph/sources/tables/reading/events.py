"""Events: what one row tells of one event or message, before the other rows of its key are looked at."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graph.model.acts import ActPart, ActTime, Cell, CitedValue, EventAct, MessageAct, NamedActor
from graph.sources.tables.form.lookups import EntryForm
from graph.sources.tables.form.mapping import CaseForm, EventForm, PartForm, WhenForm
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.conditions import compile_condition
from graph.sources.tables.reading.lookups import Lookup, Where
from graph.sources.tables.reading.parts import PartReader, of_status
from graph.sources.tables.reading.times import Setting, WhenReader
from graph.sources.tables.reading.view import CellError, Problem, View
from graph.sources.tables.reading.words import CASES, Meaning, WordReader

Claim = EventAct | MessageAct
_DECIDED = ("kind", "message", "status", "mode", "at_least", "at_most")


class RowResult(NamedTuple):
    """What one row says of one event of its: claims, or that there is none, and what is not understood."""

    claims: tuple[Claim, ...] = ()
    none: str | None = None
    errors: tuple[Problem, ...] = ()
    # Reviews keep the whole row out where there are no claims, and else only what their column says.
    reviews: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Settings:
    """What cases and lookups decided of an event, with the cells that say so."""

    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    cells: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    none: str | None = None

    def take(self, name: str, value: Any, reader: WordReader, view: View, text: str) -> None:
        """Take one setting from a column. Raise CellError where another column says another."""
        there = self.values.get(name)
        if there is not None and there != value:
            why = f"says {name} {value}, and {self.columns[name]} says {there}"
            raise CellError(Problem(reader.name, why, text))
        self.values[name], self.columns[name] = value, reader.name
        self.cells[name] = (*self.cells.get(name, ()), *reader.cells(view))

    def apply(self, entry: EntryForm, reader: WordReader, view: View, text: str) -> None:
        """Take all that an entry says of the event."""
        for name in _DECIDED:
            value = getattr(entry, name)
            if value is not None:
                self.take(name, value, reader, view, text)
        if entry.none is not None:
            self.none = entry.none


class CaseReader:
    """Reads what the values of a column say of the event."""

    def __init__(self, form: CaseForm, index: ColumnIndex, lookups: dict[str, Lookup], path: Path) -> None:
        """Compile a case: its values stand in the mapping itself, or in a lookup."""
        # A value that no case has is an error, where the mapping does not say otherwise.
        self.words = WordReader(form, index, lookups, path, default="error")
        if form.values is not None:
            where = Where(index.document, (*path, "values"))
            self.words.lookup = Lookup(CASES, form.values, index.findings, where)
        self.lookup = self.words.lookup

    def apply(self, view: View, settings: Settings) -> None:
        """Let the cell of a row decide. Raise CellError where nobody says what it means."""
        words, lookup = self.words, self.lookup
        if not words.columns or lookup is None:
            return
        text = view.text(words.columns[0])
        meaning: Meaning | None
        if not text:
            blank = lookup.exact.get("")
            if blank is None:
                if words.otherwise in ("error", "review"):
                    why = "is empty, and no case says what that means"
                    raise CellError(words.problem(why, text, words.otherwise == "review"))
                return
            lookup.used.add(blank[0])
            judged = words.judged(text, blank[1])
            if isinstance(judged, Problem):
                raise CellError(judged)
            meaning = judged
        else:
            meaning = words.of_text(text)
        if meaning is not None and meaning.entry is not None:
            settings.apply(meaning.entry, words, view, text)


class EventReader:
    """Reads what rows tell of one event or message, as one entry of the mapping says."""

    def __init__(
        self,
        name: str,
        form: EventForm,
        more: tuple[tuple[PartForm, Path], ...],
        when: tuple[WhenForm, Path] | None,
        index: ColumnIndex,
        lookups: dict[str, Lookup],
        path: Path,
        setting: Setting,
        publish: str,
    ) -> None:
        """Compile an entry; ``more`` are the parts of all events, ``when`` the dates of those without their own."""
        self.name, self.form = name, form
        self.condition = compile_condition(form.if_, index, (*path, "if")) if form.if_ is not None else None
        own_when = (form.when, (*path, "when")) if form.when else when
        self.when = WhenReader(own_when[0], index, lookups, own_when[1], setting) if own_when else None
        self.place = WordReader(form.place, index, lookups, (*path, "place")) if form.place else None
        self.topics = tuple(
            WordReader(each, index, lookups, (*path, "topic", number)) for number, each in enumerate(form.topics)
        )
        self.cases = tuple(
            CaseReader(each, index, lookups, (*path, "cases", number)) for number, each in enumerate(form.cases)
        )
        entries = [*more, *((each, (*path, "parts", number)) for number, each in enumerate(form.parts))]
        self.parts = tuple(PartReader(each, index, lookups, where, publish) for each, where in entries)
        self.fixed = {key: value for key in _DECIDED if (value := getattr(form, key)) is not None}

    def read(self, key: str, view: View, key_cells: tuple[Cell, ...]) -> RowResult:
        """Return what a row tells of this event."""
        if self.condition is not None and not self.condition(view.values):
            return RowResult()
        problems: list[Problem] = []
        settings = Settings()
        for case in self.cases:
            try:
                case.apply(view, settings)
            except CellError as error:
                problems.append(error.problem)
        if settings.none is not None and not problems:
            return RowResult(none=settings.none)
        times: list[ActTime] = []
        try:
            times = self.when.read(view) if self.when else [ActTime(earliest=None, latest=None)]
        except CellError as error:
            problems.append(error.problem)
        whole_row = [each for each in problems if each.review]
        place, area = self._place(view, settings, problems)
        topics, concepts = self._topics(view, problems)
        parts = [(reader, part) for reader in self.parts for part in reader.read(view, problems)]
        part_of = self._part_of(view, problems)
        errors = tuple(each for each in problems if not each.review)
        if errors or whole_row:
            return RowResult(errors=errors, reviews=tuple(each for each in problems if each.review))
        if settings.none is not None:
            return RowResult(none=settings.none)
        decided = self.fixed | settings.values
        if "message" in settings.values:
            decided.pop("kind", None)
        if "kind" in settings.values:
            decided.pop("message", None)
        details = Details([part for _, part in parts], topics, place, area, concepts, part_of)
        claims: list[Claim] = []
        for number, when in enumerate(times):
            suffix = f".{self.name}" if self.name else ""
            suffix += f".{number + 1}" if len(times) > 1 else ""
            base = (key + suffix, when, key_cells, view.number)
            if "message" in decided:
                claims.append(_message(base, decided["message"], parts, topics))
            else:
                problem = self._undecided(decided)
                if problem:
                    return RowResult(errors=(problem,))
                claims.append(_event(base, decided, settings, details))
        return RowResult(tuple(claims), reviews=tuple(each for each in problems if each.review))

    def _undecided(self, decided: dict[str, Any]) -> Problem | None:
        for name in ("kind", "status"):
            if name not in decided:
                column = self.cases[0].words.name if self.cases else name
                return Problem(column, f"no case says the {name} of the event, nor does the mapping", "")
        return None

    def _place(self, view: View, settings: Settings, problems: list[Problem]) -> tuple[CitedValue | None, str | None]:
        if self.place is None:
            return None, None
        try:
            meaning = self.place.read(view)
            if meaning is None:
                return None, None
            entry = meaning.entry
            if entry is None:
                return CitedValue(meaning.words, self.place.cells(view)), None
            settings.apply(entry, self.place, view, meaning.words)
        except CellError as error:
            problems.append(error.problem)
            return None, None
        words = entry.place or (meaning.words if entry.area else None)
        # A word of mode is no place, unless its lookup says which place it names besides.
        return (CitedValue(words, self.place.cells(view)) if words else None), entry.area

    def _topics(self, view: View, problems: list[Problem]) -> tuple[tuple[CitedValue, ...], tuple[str, ...]]:
        topics: dict[str, CitedValue] = {}
        concepts: dict[str, None] = {}
        for reader in self.topics:
            try:
                for meaning, place in reader.items(view):
                    if meaning is not None:
                        topics.setdefault(meaning.words, CitedValue(meaning.words, reader.cells(view, place)))
                        if meaning.entry is not None and meaning.entry.topics:
                            concepts |= dict.fromkeys(meaning.entry.topics)
            except CellError as error:
                problems.append(error.problem)
        return tuple(topics.values()), tuple(concepts)

    def _part_of(self, view: View, problems: list[Problem]) -> tuple[NamedActor, NamedActor] | None:
        """Return the organiser of a row, and the body of which it is a part."""
        for reader in self.parts:
            if reader.part_of is None:
                continue
            try:
                part, whole = reader.actors[0].read(view), reader.part_of.read(view)
            except CellError as error:
                problems.append(error.problem)
                continue
            if len(part) == 1 and len(whole) == 1:
                return part[0].actor, whole[0].actor
        return None


class Details(NamedTuple):
    """What a row tells of its event beside what is decided of it."""

    parts: list[ActPart]
    topics: tuple[CitedValue, ...]
    place: CitedValue | None
    area: str | None
    concepts: tuple[str, ...]
    part_of: tuple[NamedActor, NamedActor] | None


Base = tuple[str, ActTime, tuple[Cell, ...], int]


def _message(
    base: Base, form: str, parts: list[tuple[PartReader, ActPart]], topics: tuple[CitedValue, ...]
) -> MessageAct:
    sides: dict[str, list[ActPart]] = {"sender": [], "recipient": [], "nobody": []}
    for reader, part in parts:
        sides[reader.form.in_message or "nobody"].append(replace(part, attendance=None))
    key, when, cells, number = base
    return MessageAct(
        key=key,
        form=form,
        time=when,
        cells=cells,
        rows=(number,),
        senders=tuple(sides["sender"]),
        recipients=tuple(sides["recipient"]),
        topics=topics,
    )


def _event(base: Base, decided: dict[str, Any], settings: Settings, details: Details) -> EventAct:
    key, when, cells, number = base
    status, parts = decided["status"], details.parts
    if status != "held":
        parts = [of_status(part, status) for part in parts]
    proof = settings.cells
    return EventAct(
        key=key,
        kind=decided["kind"],
        status=status,
        time=when,
        cells=cells,
        rows=(number,),
        parts=tuple(parts),
        mode=decided.get("mode"),
        mode_cells=proof.get("mode", ()),
        kind_cells=proof.get("kind", ()),
        status_cells=proof.get("status", ()),
        place=details.place,
        place_area=details.area,
        topics=details.topics,
        topic_concepts=details.concepts,
        open_ended=any(part.open_ended for part in parts),
        at_least=decided.get("at_least"),
        at_most=decided.get("at_most"),
        organiser_part_of=details.part_of,
    )
