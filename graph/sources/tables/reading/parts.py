"""Parts in an event: whom a column names, on which side, in which capacity, and whether they are published."""

from dataclasses import replace
from functools import cached_property

from graph.model.acts import ActPart, Cell, CitedValue, NamedActor
from graph.sources.tables.form.mapping import PartForm
from graph.sources.tables.form.values import ActorForm, ValueForm
from graph.sources.tables.reading.actors import ActorReader, Named
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.conditions import Condition, compile_condition
from graph.sources.tables.reading.lookups import Lookup
from graph.sources.tables.reading.names import begins_like_title, may_be_person
from graph.sources.tables.reading.text import is_blank
from graph.sources.tables.reading.view import CellError, Problem, View
from graph.sources.tables.reading.words import Meaning, WordReader

# Why somebody is not published.
PERSON_NO_OFFICIAL = "a person who is no official"
PERSON = "a person"
UNSPLIT = "an unsplit cell, which may name persons"
MAY_BE_PERSON = "may be a person's name"


class PartReader:
    """Reads the parts that one entry of a mapping tells: of one column, or of several that are alike."""

    def __init__(
        self, form: PartForm, index: ColumnIndex, lookups: dict[str, Lookup], path: Path, publish: str
    ) -> None:
        """Compile an entry; ``publish`` says which persons are published."""
        self.form, self.kind, self.publish = form, form.kind, publish
        key = next(name for name in ("person", "body", "group", "office", "actor") if getattr(form, name) is not None)
        self.actors = self._actors(form.named, index, lookups, (*path, key))
        self.condition: Condition | None = None
        if form.if_ is not None:
            self.condition = compile_condition(form.if_, index, (*path, "if"))
        own = self.actors[0].words.columns if self.actors else ()
        self.of_cell = form.capacity is not None and form.capacity.column is None and form.capacity.columns is None
        self.capacity = self._value(form.capacity, index, lookups, (*path, "capacity"), own)
        self.standing = self._value(form.standing, index, lookups, (*path, "standing"), (), "error")
        self.client = (
            ActorReader(form.on_behalf_of, "unknown", index, lookups, (*path, "on_behalf_of"))
            if form.on_behalf_of
            else None
        )
        self.part_of = None
        if form.part_of is not None:
            of = ActorForm.model_construct(column=form.part_of.column, id=form.part_of.id)
            self.part_of = ActorReader(of, "body", index, lookups, (*path, "part_of"))
        self.name = self.actors[0].words.name if self.actors else ""

    def _actors(
        self, form: ActorForm, index: ColumnIndex, lookups: dict[str, Lookup], path: Path
    ) -> tuple[ActorReader, ...]:
        if not form.every:
            return (ActorReader(form, self.kind, index, lookups, path),)
        if form.column is None:
            index.problem((*path, "every"), "every is of column:, whose reference fits several columns")
            return ()
        places = index.places(form.column, (*path, "column"))
        return tuple(ActorReader(form, self.kind, index, lookups, path, column=place) for place in places)

    @staticmethod
    def _value(
        form: ValueForm | None,
        index: ColumnIndex,
        lookups: dict[str, Lookup],
        path: Path,
        own: tuple[int, ...],
        default: str = "as-written",
    ) -> WordReader | None:
        return None if form is None else WordReader(form, index, lookups, path, own=own, default=default)

    @cached_property
    def columns(self) -> list[tuple[int, ...]]:
        """The columns that belong together in this part: the one that names, and those that say more of it."""
        groups = []
        for actor in self.actors:
            group = list(actor.words.columns)
            for more in (actor.id_column, *(self.capacity.columns if self.capacity and not self.of_cell else ())):
                if more is not None:
                    group.append(more)
            for other in (self.client, self.part_of):
                if other is not None:
                    group += [*other.words.columns, *([] if other.id_column is None else [other.id_column])]
            if self.standing is not None:
                group += self.standing.columns
            groups.append(tuple(dict.fromkeys(group)))
        return groups

    def read(self, view: View, problems: list[Problem]) -> list[ActPart]:
        """Return the parts that a row tells, as of an event that was held. Add to problems what is not understood."""
        parts: list[ActPart] = []
        for reader, own in zip(self.actors, self.columns, strict=True):
            try:
                views = _elements(view, reader.words.columns, own)
                if self.condition is not None and views:
                    views = [each for each in views if self.condition(each.values)]
                    if not views:
                        continue
                several = [(each, named) for each in views for named in reader.read(each)]
                # Words that say nothing are no blank cell: somebody wrote them.
                blank = not several and all(is_blank(view.values[column]) for column in reader.words.columns)
                if blank and self.form.empty != "nothing":
                    why = f"is empty, and the mapping says empty: {self.form.empty}"
                    raise CellError(Problem(reader.words.name, why, "", self.form.empty == "review"))
                parts += [part for each, named in several for part in self._parts(each, reader, named)]
            except CellError as error:
                problems.append(error.problem)
        return parts

    def _parts(self, view: View, reader: ActorReader, named: Named) -> list[ActPart]:
        """Return the part of somebody, or one for each client where they have several."""
        if named.on_behalf_of is not None or self.client is None:
            return [self._part(view, reader, named, named.on_behalf_of)]
        clients = dict.fromkeys(each.actor for each in self.client.read(view))
        return [self._part(view, reader, named, client) for client in clients or (None,)]

    def _part(self, view: View, reader: ActorReader, named: Named, client: NamedActor | None) -> ActPart:
        actor = named.actor
        kind = self.kind if actor.unsplit or actor.kind == "unknown" else actor.kind
        attendance: str | None = self.form.attendance or ("present" if kind in ("person", "office") else "represented")
        capacity, post = self._capacity(view, reader, named)
        standing, standing_words = self._standing(view, named)
        cells = reader.cells(view, named)
        context: tuple[Cell, ...] = ()
        if view.filled:
            own = view.own_cells(reader.words.columns)
            # The blank cell is the row's own; the one above lends it the words.
            cells, context = (own + cells[len(own) :], cells[: len(own)]) if own else (cells, ())
        if attendance == "none" or (self.form.role == "organiser" and not self.form.attendance):
            attendance = None
        return ActPart(
            actor=actor,
            role=self.form.role,
            attendance=attendance,
            cells=cells,
            context=context,
            capacity=capacity,
            capacity_post=post,
            on_behalf_of=client,
            standing=standing,
            standing_as_written=standing_words,
            candidates=named.candidates,
            open_ended=named.open_ended,
            withheld=self._withheld(named, client),
        )

    def _capacity(self, view: View, reader: ActorReader, named: Named) -> tuple[CitedValue | None, str | None]:
        if named.capacity is not None:
            return reader.words.cited(view, named.capacity), None
        if self.capacity is None:
            return None, None
        if self.of_cell:
            meaning, source = self.capacity.of_text(named.piece) if named.piece else None, reader.words
        else:
            meaning, source = self.capacity.read(view), self.capacity
        if meaning is None:
            return None, None
        entry = meaning.entry
        return source.cited(view, meaning.words), f"post:{entry.post}" if entry and entry.post else None

    def _standing(self, view: View, named: Named) -> tuple[str | None, CitedValue | None]:
        if self.standing is None:
            return None, None
        meaning: Meaning | None = self.standing.read(view)
        if meaning is None:
            return None, None
        words = self.standing.cited(view, meaning.words)
        return meaning.entry.standing if meaning.entry else None, words

    def _withheld(self, named: Named, client: NamedActor | None) -> str | None:
        """Return why somebody is not published, or None. Whoever is in no doubt a body, a group or an office is."""
        if self.publish == "all":
            return None
        actor = named.actor
        if actor.kind == "person":
            if self.publish == "officials":
                return None if self.form.role == "official" else PERSON_NO_OFFICIAL
            return PERSON
        if self.form.publish_because is not None:
            return None
        if actor.unsplit:
            return UNSPLIT
        if named.decided:
            return None
        name = actor.name or ""
        doubtful = may_be_person(name) or (actor.kind == "unknown" and self.kind != "group" and begins_like_title(name))
        if doubtful or (actor.kind == "unknown" and self.kind == "unknown"):
            return MAY_BE_PERSON
        if client is not None and self.client is not None and client.name and may_be_person(client.name):
            return MAY_BE_PERSON
        return None


def _elements(view: View, naming: tuple[int, ...], own: tuple[int, ...]) -> list[View]:
    """Return a row once for each element of the list that its columns of names are; once where they are none.

    Along with them go all columns of the same list, and of a part's ``own`` other lists that are as long. Raise
    CellError where they are not.
    """
    listed = next((column for column in naming if isinstance(view.values[column], tuple)), None)
    if listed is None:
        return [view]
    value = view.values[listed]
    assert isinstance(value, tuple)
    begins = "*".join(view.table.columns[listed].split("*")[: len(view.elements.get(listed, ())) + 1]) + "*"
    along = {place for place, heading in enumerate(view.table.columns) if f"{heading}/".startswith(f"{begins}/")}
    for column in own:
        other = view.values[column]
        if isinstance(other, tuple) and column not in along:
            if len(other) != len(value):
                names = view.table.columns[listed]
                why = f"has a list of {len(other)}, and {names} one of {len(value)}: nobody says which is whose"
                raise CellError(Problem(view.table.columns[column], why, ""))
            along.add(column)
    views = (view.element(number, along) for number in range(len(value)))
    return [element for each in views for element in _elements(each, naming, own)]


def of_status(part: ActPart, status: str) -> ActPart:
    """Return a part in an event of this status: nobody attended what was not held."""
    if status == "held" or part.attendance in (None, "expected"):
        return part
    return replace(part, attendance="expected")
