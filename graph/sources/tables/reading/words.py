"""The words of a cell, or of several, and what a mapping makes of them. What a text gives is kept for the next time."""

from typing import NamedTuple

from graph.common.findings import did_you_mean
from graph.model.acts import Cell, CitedValue
from graph.sources.tables.form.lookups import EntryForm
from graph.sources.tables.form.values import ValueForm
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.lookups import Lookup
from graph.sources.tables.reading.patterns import expression
from graph.sources.tables.reading.text import drop_words, fold_blanks, is_blank, text_of
from graph.sources.tables.reading.view import CellError, Problem, View

# The name of the lookup that the cases of a column are.
CASES = "cases"
NO_CASE = "is none of its cases"
# Texts of a column whose meaning is kept; a column of free words has as many as rows.
MOST_KEPT = 50_000


class Meaning(NamedTuple):
    """What is left of the words of a cell, and what a lookup says of them."""

    words: str
    entry: EntryForm | None = None


class WordReader:
    """Reads a value of a mapping: a column or several, and what is made of the words."""

    def __init__(
        self,
        form: ValueForm,
        index: ColumnIndex,
        lookups: dict[str, Lookup],
        path: Path,
        own: tuple[int, ...] = (),
        default: str = "as-written",
        columns: tuple[int, ...] | None = None,
    ) -> None:
        """Compile a value. ``own`` are the columns of a value without any, ``default`` what a lookup has not is."""
        self.form, self.path = form, path
        if columns is not None:
            self.columns = columns
        elif form.column is not None:
            place = index.one(form.column, (*path, "column"))
            self.columns = () if place is None else (place,)
        elif form.columns is not None:
            self.columns = index.several(form.columns, (*path, "columns"))
        else:
            self.columns = own
            if not own:
                index.problem(path, "say which column: it is")
        self.name = index.name(self.columns[0]) if self.columns else ""
        self.nothing = frozenset(map(fold_blanks, form.nothing or ()))
        self.drop = tuple(map(fold_blanks, form.drop or ()))
        self.otherwise = form.otherwise or default
        self.lookup = self._lookup(form, index, lookups)
        self.take = None
        if form.take is not None:
            try:
                self.take = expression(form.take)
                if self.take.groups != 1:
                    index.problem((*path, "take"), f"{form.take!r} has {self.take.groups} groups; it needs one")
            except ValueError as error:
                index.problem((*path, "take"), str(error))
        self._kept: dict[str, Meaning | Problem | None] = {}

    def _lookup(self, form: ValueForm, index: ColumnIndex, lookups: dict[str, Lookup]) -> Lookup | None:
        if form.lookup is None:
            return None
        if form.lookup not in lookups:
            names = ", ".join(lookups) or "none"
            near = did_you_mean(form.lookup, lookups)
            message = f"there is no lookup {form.lookup!r} in lookups.yaml.{near} Lookups: {names}"
            index.problem((*self.path, "lookup"), message)
        return lookups.get(form.lookup)

    def read(self, view: View) -> Meaning | None:
        """Return what the cells of a row say, None for nothing. Raise CellError where it is not understood."""
        if len(self.columns) == 1:
            return self.of_text(view.text(self.columns[0]))
        return self.of_text(self.form.join.join(filter(None, map(view.text, self.columns))))

    def items(self, view: View) -> "list[tuple[Meaning | None, tuple[int, ...]]]":
        """Return what each item of a list says, with the place of the item; of other values that of the whole cell."""
        if len(self.columns) == 1:
            value = view.values[self.columns[0]]
            if isinstance(value, tuple):
                return [(self.of_text(text_of(item)), (number,)) for number, item in enumerate(value)]
        meaning = self.read(view)
        return [] if meaning is None else [(meaning, ())]

    def of_text(self, text: str) -> Meaning | None:
        """Return what a text says, None for nothing. Raise CellError where it is not understood."""
        if text in self._kept:
            meaning = self._kept[text]
        else:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            meaning = self._kept[text] = self._understood(text)
        if type(meaning) is Problem:
            raise CellError(meaning)
        return meaning  # type: ignore[return-value]

    def problem(self, why: str, value: str, review: bool = False) -> Problem:
        """Return what is wrong with a value of this column."""
        return Problem(self.name, why, value, review)

    def _understood(self, text: str) -> Meaning | Problem | None:
        if not text or text in self.nothing:
            return None
        words = self.transformed(text)
        if not isinstance(words, str):
            return words
        if self.lookup is None or not words:
            return Meaning(words) if words else None
        try:
            entry = self.lookup.find(words)
        except LookupError as error:
            return self.problem(str(error.args[0]), text)
        return self.judged(words, entry)

    def judged(self, words: str, entry: EntryForm | None) -> Meaning | Problem | None:
        """Return what words mean by the lookup, or by what the mapping says of values that it has not."""
        if entry is not None:
            if entry.review is not None:
                return self.problem(entry.review, words, review=True)
            return None if entry.is_ == "nothing" else Meaning(words, entry)
        assert self.lookup is not None
        match self.otherwise:
            case "error":
                return self.problem(
                    NO_CASE if self.lookup.name == CASES else f"is in no lookup ({self.lookup.name})", words
                )
            case "review":
                return self.problem(f"is in no lookup ({self.lookup.name})", words, review=True)
            case "nothing":
                return None
        return Meaning(words)

    def transformed(self, text: str) -> str | Problem | None:
        """Return what the mapping makes of a text, before any lookup."""
        form = self.form
        for signs, part, last in (
            (form.after, 2, True),
            (form.before, 0, True),
            (form.after_first, 2, False),
            (form.before_first, 0, False),
        ):
            if signs is not None:
                parts = text.rpartition(signs) if last else text.partition(signs)
                if parts[1]:
                    text = parts[part].strip()
                elif form.without != "whole":
                    return None if form.without == "nothing" else self.problem(f"has no {signs!r} in it", text)
        if self.take is not None:
            match = self.take.search(text)
            if match is not None:
                text = (match.group(1) or "").strip()
            elif form.without != "whole":
                why = f"does not fit {form.take!r}"
                return None if form.without == "nothing" else self.problem(why, text)
        if self.drop:
            text = drop_words(text, self.drop)
        if form.trim:
            text = text.strip(form.trim + " ")
        return None if text in self.nothing else text

    def cells(self, view: View, place: tuple[int, ...] = ()) -> tuple[Cell, ...]:
        """Return the cells that say it, without blank ones of several columns."""
        if len(self.columns) == 1:
            column = self.columns[0]
            in_list = place and isinstance(view.values[column], tuple)
            return (view.cell(column, *place),) if in_list else (view.cell(column),)
        return tuple(view.cell(column) for column in self.columns if not is_blank(view.values[column]))

    def cited(self, view: View, words: str, place: tuple[int, ...] = ()) -> CitedValue:
        """Return words with the cells that say them, and the blank cells into which they were filled down."""
        cells = self.cells(view, place)
        return CitedValue(words, cells + view.own_cells(self.columns) if view.filled else cells)
