"""What the columns of a table look like: one pass, in memory that does not grow with the rows.

A profile claims nothing. It counts, and from it a person sees what a mapping has to say.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from inspect import unwrap
from itertools import islice
from typing import NamedTuple

from graph.common.text import shorten
from graph.sources.tables.date_shapes import forms_of, merged_names, swapped
from graph.sources.tables.formats import Row, Table, Value
from graph.sources.tables.formats.headings import is_blank, words
from graph.sources.tables.reading.names import begins_like_collective, begins_like_title, may_be_person
from graph.sources.tables.repeats import Repeats

# So many values of a column are told apart; of one with more, the number is at least that.
MAX_DISTINCT = 20_000
MOST_VALUES = 20
_BATCH = 5_000
_LONGEST_KEPT = 300
_MAX_PROBLEMS = 20
# Of so many columns it is looked at whether rows are equal in all the others.
_MAX_KEYS = 3
SEPARATORS = (";", "|", "\n", "/", ",", " and ", " og ", " & ")
# Fewer values than this share are none of a column's kind.
MOST = 0.8
# Without the memory of its own, which is larger than that of a profile.
_is_written_like_person = unwrap(may_be_person)


class Looks(NamedTuple):
    """What one value looks like."""

    kind: str
    forms: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    is_person: bool = False
    is_title: bool = False
    is_collective: bool = False


@dataclass
class Column:
    """What the values of a column look like. All numbers are of rows.

    ``kinds`` counts text, number, date, time, boolean and list; ``forms`` counts by which forms values are dates.
    ``separators`` counts what may part several names. ``distinct`` is how many values there are, at least, where it is
    ``MAX_DISTINCT``. ``is_unique``: no value stands twice; None where that is not known.
    """

    heading: str
    place: int
    blank: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    separators: Counter[str] = field(default_factory=Counter)
    persons: int = 0
    titles: int = 0
    collectives: int = 0
    brackets: int = 0
    longest: int = 0
    values: Counter[str] = field(default_factory=Counter)
    others: int = 0
    has_repeated: bool = False
    repeats: Repeats = field(default_factory=Repeats)

    @property
    def filled(self) -> int:
        """Return in how many rows it is not blank."""
        return self.kinds.total()

    @property
    def distinct(self) -> int:
        """Return how many values there are, up to ``MAX_DISTINCT``."""
        return len(self.values)

    @property
    def is_unique(self) -> bool | None:
        """Return whether no value stands twice; None where there are too many to tell."""
        count = self.repeats.count
        return False if self.has_repeated else None if count is None else count == 0

    @property
    def most_frequent(self) -> list[tuple[str, int]]:
        """Return the values that stand in most rows, at most 20, with how often they do."""
        return sorted(self.values.most_common(MOST_VALUES), key=lambda each: (-each[1], each[0]))

    @property
    def date_forms(self) -> list[tuple[str, int]]:
        """Return the forms by which values are dates, with how many are, the most first."""
        counts: Counter[str] = Counter()
        names = merged_names(self.forms)
        for form, count in self.forms.items():
            counts[names[form]] += count
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))

    @property
    def dates(self) -> int:
        """Return in how many rows it is a date: as a workbook has them, or by some form."""
        return self.kinds["date"] + self.dated

    @property
    def is_ambiguous(self) -> bool:
        """Return whether the values that are dates can be read with day and month in either order."""
        by_form = dict(self.date_forms)
        form, count = next(iter(by_form.items()), ("", 0))
        return bool(form) and swapped(form) != form and by_form.get(swapped(form)) == count

    @property
    def looks_like_people(self) -> bool:
        """Return whether most values are written as names of persons are."""
        return bool(self.filled) and self.persons >= MOST / 2 * self.filled


@dataclass
class Profile:
    """What a table looks like: its columns, how many rows it has, and what is wrong with some of them.

    ``repeated`` counts rows that are equal to an earlier one; ``repeated_but`` those that are so in all columns but the
    first that has a value of its own in each row. Each is None where there are too many rows to tell. ``alone`` are, by
    the place of a column, the first rows of which it is the only one that is not blank.
    """

    columns: list[Column]
    rows: int = 0
    blank_rows: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    problem_count: int = 0
    alone: dict[int, list[int]] = field(default_factory=dict)
    repeated: int | None = 0
    repeated_but: int | None = None

    @property
    def good_rows(self) -> int:
        """Return how many rows have values and no problem."""
        return self.rows - self.blank_rows - self.problem_count

    @property
    def keys(self) -> list[Column]:
        """Return the columns in which each row has a value of its own."""
        return [each for each in self.columns if each.filled == self.good_rows > 1 and each.is_unique]


def profile(table: Table, on_rows: Callable[[int], object] | None = None) -> Profile:
    """Return what a table looks like. ``on_rows`` is told now and then how many rows were read.

    Raise FindingsError where it cannot be read.
    """
    found = Profile([Column(heading, place) for place, heading in enumerate(table.columns, start=1)])
    whole, but = Repeats(), dict[int, Repeats]()
    rows = table.rows()
    while batch := [*islice(rows, _BATCH)]:
        good = [*_good(batch, found)]
        for column, values in zip(found.columns, zip(*good, strict=True), strict=True) if good else ():
            _add(column, values)
        if not whole.size:
            unique = [place for place, column in enumerate(found.columns) if column.filled and column.is_unique]
            but = {place: Repeats() for place in unique[:_MAX_KEYS]}
        for values in good:
            whole.add(hash(values))
            for place, repeats in but.items():
                repeats.add(hash(values[:place] + values[place + 1 :]))
        found.rows += len(batch)
        if on_rows:
            on_rows(found.rows)
    found.repeated = whole.count
    key = next((each.place - 1 for each in found.keys), None)
    if key in but and len(found.columns) > 1:
        found.repeated_but = but[key].count
    return found


def _good(batch: list[Row], found: Profile) -> Iterator[tuple[Value, ...]]:
    """Yield the values of rows that have some, and count the others."""
    width = len(found.columns)
    for row in batch:
        if row.problem is not None:
            found.problem_count += 1
            if len(found.problems) < _MAX_PROBLEMS:
                found.problems.append((row.number, row.problem))
        elif is_blank(row.values):
            found.blank_rows += 1
        else:
            if width > 2 and row.values.count("") + row.values.count(None) == width - 1:
                place = next(place for place, value in enumerate(row.values, start=1) if value not in ("", None))
                found.alone.setdefault(place, []).append(row.number)
            yield row.values


def _add(column: Column, values: tuple[Value, ...]) -> None:
    """Add the values of a batch of rows to what is known of their column."""
    for value, count in Counter(values).items():
        if is_blank((value,)):
            column.blank += count
            continue
        text = _text(value)
        column.longest = max(column.longest, len(text))
        if not column.has_repeated:
            column.repeats.add(hash(value))
            if count > 1 or (text in column.values and len(text) < _LONGEST_KEPT):
                column.has_repeated, column.repeats = True, Repeats()
        looks = _looks(value)
        column.kinds[looks.kind] += count
        column.dated += count * bool(looks.forms)
        for form in looks.forms:
            column.forms[form] += count
        for sign in looks.separators:
            column.separators[sign] += count
        column.persons += count * looks.is_person
        column.titles += count * looks.is_title
        column.collectives += count * looks.is_collective
        column.brackets += count * ("(" in text)
        if text in column.values or len(column.values) < MAX_DISTINCT:
            column.values[text] += count
        else:
            column.others += count


def _text(value: Value) -> str:
    """Return a value in words, at most so long that many can be kept; those of a list with commas."""
    several = value if isinstance(value, tuple) else (value,)
    text = " ".join(", ".join(words(each) for each in several if each is not None).split())
    return shorten(text, _LONGEST_KEPT)


@lru_cache(maxsize=_BATCH)
def _looks(value: Value) -> Looks:
    if isinstance(value, tuple):
        return Looks("list", is_person=any(isinstance(each, str) and _is_written_like_person(each) for each in value))
    if isinstance(value, bool):
        return Looks("boolean")
    if isinstance(value, int | float):
        return Looks("number")
    if isinstance(value, date | datetime):
        return Looks("date")
    if isinstance(value, time):
        return Looks("time")
    text = str(value).strip()
    if is_number(text):
        return Looks("number", forms_of(text))
    name = text[:_LONGEST_KEPT]
    return Looks(
        "text",
        forms_of(text),
        tuple(sign for sign in SEPARATORS if sign in text),
        _is_written_like_person(name),
        begins_like_title(name),
        begins_like_collective(name),
    )


def is_number(text: str) -> bool:
    """Return whether a text is a number, in digits with at most one point or comma."""
    plain = text.removeprefix("-").replace(",", ".", 1).replace(".", "", 1)
    return plain.isdecimal() and plain.isascii()
