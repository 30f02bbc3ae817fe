"""When: the dates of a row, from one column or two, with a time of day, within the period of the file."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from graph.common.findings import did_you_mean
from graph.model.acts import ActTime, Cell
from graph.model.edtf import bounds
from graph.sources.tables.form.mapping import TimeForm, WhenForm
from graph.sources.tables.formats import Value
from graph.sources.tables.reading.actors import separators_of, split_outside
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.date_hints import did_you_mean_form
from graph.sources.tables.reading.date_reader import DateReader
from graph.sources.tables.reading.dates import DateForm, DateFormError, NoDay, NoDayError, Span
from graph.sources.tables.reading.lookups import Lookup
from graph.sources.tables.reading.names_of_time import unknown_languages
from graph.sources.tables.reading.text import fold_blanks, is_blank, lines_of
from graph.sources.tables.reading.view import CellError, Problem, View

PERIOD_OF_FILE = "the period of the file"
YEAR_OF_PERIOD = "the year is from the period of the file"


class Setting(NamedTuple):
    """What dates are read with beside their column: language and zone of the register, period of the file."""

    language: str
    zone: ZoneInfo | None
    period: tuple[date, date] | None


def period_of(words: str) -> tuple[date, date]:
    """Return the first and the last day of a period such as 2010-10/2011-01. Raise ValueError where it is none."""
    span = bounds(words)
    if span.earliest is None or span.latest is None:
        raise ValueError(f"{words!r} has an open end")
    return span.earliest, span.latest


class WhenReader:
    """Reads when the event of a row was, or the several events whose dates a cell lists."""

    def __init__(
        self, form: WhenForm, index: ColumnIndex, lookups: dict[str, Lookup], path: Path, setting: Setting
    ) -> None:
        """Compile the form. What is wrong with it is noted as a finding of the mapping."""
        self.form, self.index, self.path, self.setting = form, index, path, setting
        if form.column is not None:
            place = index.one(form.column, (*path, "column"))
            self.columns: tuple[int, ...] = () if place is None else (place,)
        else:
            self.columns = index.several(form.columns or (), (*path, "columns"))
        self.name = index.name(self.columns[0]) if self.columns else "date"
        self.nothing = frozenset(map(fold_blanks, form.nothing or ()))
        self.dates = self._dates(form.formats, path)
        self.end = None if form.to is None else index.one(form.to.column, (*path, "to", "column"))
        self.end_dates = self._dates(form.to.formats, (*path, "to")) if form.to and form.to.formats else self.dates
        self.time = None if form.time is None else index.one(form.time.column, (*path, "time", "column"))
        self.time_forms = self._time_forms(form.time, path) if form.time else ()
        self.lookup = self._lookup(lookups)
        self.separators = separators_of(form.split) if form.split else None
        self.by_line = form.split is not None and any("\n" in each for each in form.split.at)
        if form.empty == "period" and setting.period is None:
            message = "an empty date means the period of the file, and register.yaml gives none: write period:"
            index.problem((*path, "empty"), message)

    @property
    def all_columns(self) -> tuple[int, ...]:
        """Return all columns that tell when."""
        return tuple(each for each in (*self.columns, self.end, self.time) if each is not None)

    def _dates(self, forms: tuple[str, ...], path: Path) -> DateReader:
        languages = self.form.languages or (self.setting.language,)
        if unknown := unknown_languages(languages):
            message = f"no names of months are there for the language {unknown[0]!r}; name others in languages:"
            self.index.problem((*path, "languages"), message)
            languages = ("en",)
        compiled = []
        for number, form in enumerate(forms):
            try:
                compiled.append(DateForm(form, languages))
                if not compiled[-1].has_year and self.setting.period is None:
                    message = f"{form!r} has no year, and register.yaml gives no period: that one could be taken from"
                    self.index.problem((*path, "formats", number), message)
            except DateFormError as error:
                self.index.problem((*path, "formats", number), f"{error}.{did_you_mean_form(form)}")
        written_in = self.form.written_in
        if written_in is not None and zone_of(written_in) is None:
            self.index.problem((*path, "written_in"), unknown_zone(written_in))
            written_in = None
        elif written_in is not None and self.setting.zone is None:
            self.index.problem((*path, "written_in"), "written_in needs zone: too, the zone of the register")
        return DateReader(compiled, self.setting.zone, self.setting.period, written_in)

    def _time_forms(self, form: TimeForm, path: Path) -> tuple[DateForm, ...]:
        compiled = []
        for number, each in enumerate(form.formats):
            try:
                compiled.append(DateForm(each, (self.setting.language,)))
            except DateFormError as error:
                self.index.problem((*path, "time", "formats", number), f"{error}.{did_you_mean_form(each)}")
        return tuple(compiled)

    def _lookup(self, lookups: dict[str, Lookup]) -> Lookup | None:
        name = self.form.lookup
        if name is not None and name not in lookups:
            near = did_you_mean(name, lookups)
            self.index.problem((*self.path, "lookup"), f"there is no lookup {name!r} in lookups.yaml.{near}")
        return lookups.get(name) if name else None

    def read(self, view: View) -> list[ActTime]:
        """Return when: one time, or one for each date that the cell lists. Raise CellError where it is not so."""
        cells = tuple(view.cell(column) for column in self.columns)
        if len(self.columns) == 1:
            value: Value = view.values[self.columns[0]]
            text = lines_of(value) if self.by_line else view.text(self.columns[0])
        else:
            text = value = self.form.join.join(filter(None, map(view.text, self.columns)))
        if self.separators is not None and text:
            pieces = split_outside(text, self.separators, "")
            return [self._time(view, piece, piece, cells) for piece in pieces]
        return [self._time(view, value, text, cells)]

    def _time(self, view: View, value: Value, text: str, cells: tuple[Cell, ...]) -> ActTime:
        if not text or text in self.nothing:
            return self._empty(view, text, cells)
        looked_up = self._looked_up(view, text)
        if looked_up is not None:
            return replace(looked_up, cells=cells)
        # A value of a workbook is a date already; text is read by its forms.
        span = self._checked(self.dates.read(value if isinstance(value, date) else text), self.name, text)
        if self.end is not None:
            span, cells = self._until(view, span, cells)
        if self.time is not None:
            span, cells = self._timed(view, span, cells)
        self._check_period(span, text)
        because = YEAR_OF_PERIOD if span.year_from_period else None
        return ActTime(earliest=span.earliest, latest=span.latest, cells=cells, because=because, begins=span.begins)

    def _looked_up(self, view: View, text: str) -> ActTime | None:
        if self.lookup is None:
            return None
        try:
            entry = self.lookup.find(text)
        except LookupError as error:
            raise CellError(Problem(self.name, str(error.args[0]), text)) from None
        if entry is None:
            return None
        if entry.review is not None:
            raise CellError(Problem(self.name, entry.review, text, review=True))
        if entry.is_ == "nothing":
            return self._empty(view, text, ())
        because = f"a lookup says it: {entry.because}" if entry.because else "a lookup says it"
        if entry.when == "undated":
            return ActTime(earliest=None, latest=None, because=because)
        first, last = period_of(entry.when or "")
        return ActTime(earliest=first, latest=last, because=because)

    def _empty(self, view: View, text: str, cells: tuple[Cell, ...]) -> ActTime:
        match self.form.empty:
            case "period" if self.setting.period is not None:
                first, last = self.setting.period
                return ActTime(earliest=first, latest=last, cells=cells, because=PERIOD_OF_FILE)
            case "undated":
                return ActTime(earliest=None, latest=None, cells=cells, because="the row has no date")
            case "review":
                raise CellError(Problem(self.name, "has no date", text, review=True))
        why = "is empty, and the mapping does not say what that means (empty: period, undated or review)"
        if self.columns and (source := view.table.merged_with(view.number, self.columns[0])):
            why = f"is merged with row {source}; say merged: each-row if what stands there is of each of these rows"
        raise CellError(Problem(self.name, why, text))

    def _checked(self, span: Span | NoDay, name: str, text: str) -> Span:
        if isinstance(span, NoDay):
            raise CellError(Problem(name, span.why, text, span.review))
        return span

    def _until(self, view: View, span: Span, cells: tuple[Cell, ...]) -> tuple[Span, tuple[Cell, ...]]:
        assert self.end is not None
        value, text = view.values[self.end], view.text(self.end)
        if is_blank(value) or text in self.nothing:
            return span, cells
        name = self.index.name(self.end)
        last = self._checked(self.end_dates.read(value if isinstance(value, date) else text), name, text)
        if last.latest < span.earliest:
            raise CellError(Problem(name, f"ends on {last.latest}, before it begins on {span.earliest}", text))
        return span._replace(latest=last.latest), (*cells, view.cell(self.end))

    def _timed(self, view: View, span: Span, cells: tuple[Cell, ...]) -> tuple[Span, tuple[Cell, ...]]:
        assert self.time is not None
        value, text = view.values[self.time], view.text(self.time)
        if is_blank(value) or text in self.nothing:
            return span, cells
        name = self.index.name(self.time)
        if isinstance(value, datetime):
            value = value.time()
        try:
            clock = value if isinstance(value, time) else read_clock(text, self.time_forms)
        except NoDayError as error:
            raise CellError(Problem(name, str(error), text)) from None
        if clock is None:
            forms = ", ".join(form.form for form in self.time_forms)
            raise CellError(Problem(name, f"is no time of day of the forms {forms}", text))
        return self.dates.at(span, clock), (*cells, view.cell(self.time))

    def _check_period(self, span: Span, text: str) -> None:
        period = self.setting.period
        if period is None or self.form.outside_period == "as-written":
            return
        if span.latest < period[0] or span.earliest > period[1]:
            why = f"lies outside the period of the file, {period[0]}/{period[1]}"
            raise CellError(Problem(self.name, why, text, self.form.outside_period == "review"))


def read_clock(text: str, forms: tuple[DateForm, ...]) -> time | None:
    """Return the time of day of a text by the first form that it has, or None. Raise NoDayError where it cannot be."""
    for form in forms:
        clock = form.clock(text)
        if clock is not None:
            return clock
    return None


def zone_of(name: str) -> ZoneInfo | None:
    """Return the zone of a name, or None where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def unknown_zone(name: str) -> str:
    """Return what to say of a zone that does not exist."""
    from zoneinfo import available_timezones

    return f"there is no zone {name!r}.{did_you_mean(name, available_timezones())} Zones are named as Europe/Oslo"
