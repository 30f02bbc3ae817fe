"""What a row has from its place in the file: what is filled down into it, what is skipped, its key.

After this pass a row can be read anywhere, in whatever company.
"""

from collections.abc import Iterator
from hashlib import blake2b

from graph.common.findings import Finding
from graph.common.strict_files import Document
from graph.model.acts import Cell
from graph.sources.tables.form.mapping import MappingForm
from graph.sources.tables.formats import Table, Value
from graph.sources.tables.reading.columns import ColumnIndex
from graph.sources.tables.reading.conditions import Condition, Values, compile_condition
from graph.sources.tables.reading.events import EventReader
from graph.sources.tables.reading.lookups import Lookup
from graph.sources.tables.reading.sections import SectionedTable, read_sections
from graph.sources.tables.reading.text import is_blank, text_of
from graph.sources.tables.reading.times import Setting
from graph.sources.tables.reading.view import FILE_STEP, KeyedRow, Problem, View

BLANK = "blank"
# What keys of rows that claim nothing begin with: no key of a cell does, for its white space is folded.
NO_KEY = "\n"
_JOIN = "|"


class FileReader:
    """The mapping, compiled for the columns of one file."""

    def __init__(
        self,
        number: int,
        several: bool,
        table: Table,
        form: MappingForm,
        document: Document,
        lookups: dict[str, Lookup],
        setting: Setting,
        findings: list[Finding],
        name: str,
    ) -> None:
        """Compile; what does not fit the columns is added to the findings."""
        self.sections = read_sections(form.sections, ColumnIndex(table, document, findings)) if form.sections else ()
        self.width = len(table.columns)
        self._headings = table.columns
        if self.sections:
            table = SectionedTable(table, self.sections)
        self.number, self.table, self.form = number, table, form
        self.index = index = ColumnIndex(table, document, findings)
        self.by_place = form.key == "file-and-row"
        self.prefix = f"{name}-" if several else ""
        self.keys = () if self.by_place else index.several(tuple(form.key), ("key",))
        self.must_agree = index.several(form.must_agree or (), ("must_agree",))
        self.newest = None if form.newest is None else index.one(form.newest, ("newest",))
        self.fill = index.several(form.fill_down or (), ("fill_down",))
        # What is filled down is filled into merged cells too.
        self.merged = tuple(sorted(table.spans.keys() - set(self.fill))) if form.merged == "each-row" else ()
        self.skip: list[tuple[Condition, str, bool, frozenset[int]]] = []
        for place, each in enumerate(form.skip):
            before = set(index.used)
            index.used.clear()
            condition = compile_condition(each, index, ("skip", place))
            columns = frozenset(index.used)
            index.used |= before
            self.skip.append((condition, each.because, each.and_following is not None, columns))
        when = (form.when, ("when",)) if form.when else None
        parts = tuple((each, ("parts", place)) for place, each in enumerate(form.parts))
        self.events = tuple(
            EventReader(
                event,
                each,
                parts,
                when,
                index,
                lookups,
                ("events", event) if event else ("event",),
                setting,
                form.publish,
            )
            for event, each in form.all_events.items()
        )
        self.hashed = self._hashed()

    def _hashed(self) -> frozenset[int]:
        """Return the columns of the key that may name somebody who is not published: a key stands in addresses."""
        if self.form.publish == "all":
            return frozenset()
        parts = [part for event in self.events for part in event.parts]
        may_hide = [part for part in parts if part.form.role != "official" or self.form.publish == "none"]
        return frozenset(self.keys) & {column for part in may_hide for group in part.columns for column in group}

    def rows(self) -> Iterator[KeyedRow]:
        """Yield the rows of the file, each with its key and with what other rows lend to it."""
        above: dict[int, tuple[int, Value]] = {}
        under: dict[int, tuple[int, Value]] = {}
        rest: str | None = None
        base = self.number * FILE_STEP
        fill, skip = self.fill, self.skip
        for row in self.table.rows():
            number, values = base + row.number, row.values
            because = rest
            if all(map(is_blank, values)):
                # A row that could not be read at all has no values either.
                because = BLANK if row.problem is None else None
            elif because is None and (skip or self.sections):
                because, follows = self._skipped(number, values, above)
                rest = because if follows else None
                because = because or self._section(number, values, under)
            if because is not None:
                yield KeyedRow(number, values, f"{NO_KEY}{number}", skip=because)
                continue
            # Behind skip:, since a note below a table has fewer cells than its header.
            if row.problem is not None:
                problem = Problem("row", row.problem, "")
                yield KeyedRow(number, values, f"{NO_KEY}{number}", problems=(problem,))
                continue
            if values[: self.width] == self._headings:
                why = "repeats the headings; under skip:, write {headings: true, because: headings again}"
                yield KeyedRow(number, values, f"{NO_KEY}{number}", problems=(Problem("row", why, ""),))
                continue
            fills: tuple[tuple[int, int, Value], ...] = ()
            for column in fill:
                if not is_blank(values[column]):
                    above[column] = (number, values[column])
                elif column in above:
                    fills += ((column, *above[column]),)
            for column in self.merged:
                source = self.table.merged_with(row.number, column)
                if source is None:
                    above[column] = (number, values[column])
                elif above.get(column, (0, None))[0] == base + source:
                    fills += ((column, *above[column]),)
            if under:
                fills += tuple((column, *lent) for column, lent in under.items())
            yield self._keyed(number, row.number, values, fills)

    def _section(self, number: int, values: Values, under: dict[int, tuple[int, Value]]) -> str | None:
        """Return why a row claims nothing that is a heading of those below it, or None; it holds until the next."""
        for place, section in enumerate(self.sections):
            if section.condition(values):
                under[self.width + place] = (number, values[section.column])
                return section.because
        return None

    def _skipped(self, number: int, values: Values, above: dict[int, tuple[int, Value]]) -> tuple[str | None, bool]:
        """Return why a row claims nothing, or None, and whether all that follow claim nothing either."""
        for condition, because, follows, columns in self.skip:
            if condition(values):
                # "Note" in the column of ministers is no minister for the rows below it.
                for column in self.fill:
                    if not is_blank(values[column]):
                        above[column] = (number, values[column])
                        if column in columns:
                            del above[column]
                return because, follows
        return None, False

    def _keyed(self, number: int, in_file: int, values: Values, fills: tuple[tuple[int, int, Value], ...]) -> KeyedRow:
        if self.by_place:
            return KeyedRow(number, values, f"{self.prefix}{in_file}", fills)
        filled = {column: value for column, _, value in fills}
        if len(self.keys) == 1:
            column = self.keys[0]
            key = self._key_of(column, filled.get(column, values[column]))
        else:
            texts = [self._key_of(column, filled.get(column, values[column])) for column in self.keys]
            key = _JOIN.join(text.replace(_JOIN, _JOIN + _JOIN) for text in texts) if any(texts) else ""
        if key:
            return KeyedRow(number, values, key, fills)
        names = " and ".join(f'"{self.index.name(column)}"' for column in self.keys)
        problem = Problem(
            self.index.name(self.keys[0]) if self.keys else "key",
            f"the key, {names}, is empty: no event has a name",
            "",
        )
        return KeyedRow(number, values, f"{NO_KEY}{number}", fills, problems=(problem,))

    def _key_of(self, column: int, value: Value) -> str:
        """Return what a cell adds to the key: its words, or a digest of them."""
        text = text_of(value)
        if not text or column not in self.hashed:
            return text
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    def key_cells(self, view: View) -> tuple[Cell, ...]:
        """Return the cells of the key of a row."""
        return tuple(view.cell(column) for column in self.keys)
