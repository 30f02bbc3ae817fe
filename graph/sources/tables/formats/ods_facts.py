"""What ODS tells of a sheet beside its values, read before the workbook is loaded (OpenDocument 1.3)."""

from collections.abc import Iterator

from graph.sources.tables.formats.archive import Archive, Attributes
from graph.sources.tables.formats.sheet_facts import SheetFacts, add_span, check_together

_REPEATED_ROWS, _REPEATED_CELLS = "table:number-rows-repeated", "table:number-columns-repeated"
_DATES = ("date-style", "time-style")


def ods_facts(archive: Archive) -> dict[str, SheetFacts]:
    """Return what the sheets have beside values. Raise WorkbookError where they are larger than people have them."""
    styles = _Styles()
    for part in ("styles.xml", "content.xml"):
        if part in archive.names:
            archive.parse(part, styles.start, styles.end)
    scan = _Sheets(styles.shown())
    archive.parse("content.xml", scan.start, scan.end, scan.text)
    check_together(scan.all.values())
    return scan.all


def is_encrypted(archive: Archive) -> bool:
    """Return whether the parts are encrypted: the archive itself does not say so."""
    name = "META-INF/manifest.xml"
    return name in archive.names and b"encryption-data" in archive.read(name)


class _Styles:
    """Which styles of cells show of a date only its month or year."""

    def __init__(self) -> None:
        self._parts: dict[str, set[str]] = {}
        self._of_cell: dict[str, tuple[str, str]] = {}
        self._open: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take in the start of an element."""
        if tag in _DATES:
            self._open = attributes.get("style:name", "")
            self._parts[self._open] = set()
        elif tag == "style" and attributes.get("style:family") == "table-cell":
            name = attributes.get("style:name", "")
            data, parent = attributes.get("style:data-style-name", ""), attributes.get("style:parent-style-name", "")
            self._of_cell[name] = data, parent
        elif self._open is not None:
            self._parts[self._open].add(tag)

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag in _DATES:
            self._open = None

    def shown(self) -> dict[str, str]:
        """Return the names of the styles, and what they show."""
        shown = {}
        for name in self._of_cell:
            parts = self._parts.get(self._data_style(name), set())
            if parts & {"year", "month"} and not parts & {"day", "hours", "minutes", "day-of-week", "week-of-year"}:
                shown[name] = "month" if "month" in parts else "year"
        return shown

    def _data_style(self, name: str) -> str:
        for _ in range(20):
            data, parent = self._of_cell.get(name, ("", ""))
            if data or not parent:
                return data
            name = parent
        return ""


class _Sheets:
    """The state of a pass over the cells of all sheets."""

    def __init__(self, shown: dict[str, str]) -> None:
        self.all: dict[str, SheetFacts] = {}
        self._shown = shown
        self._depth = 0
        self._start_sheet("")
        self._attributes: Attributes = {}
        self._text = ""
        self._in_cell = self._in_note = False

    def _start_sheet(self, name: str) -> None:
        self.facts = self.all.setdefault(name, SheetFacts()) if name else SheetFacts()
        self._row = self._rows = self._column = self._columns = 0
        self._places = 0
        self._styles: list[tuple[int, str]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take in the start of an element."""
        if tag == "table":
            # A table within a cell is no sheet.
            if not self._depth:
                self._start_sheet(attributes.get("table:name", ""))
            self._depth += 1
        elif self._depth != 1:
            return
        elif tag == "table-column":
            self._start_column(attributes)
        elif tag == "table-row":
            self._row, self._rows, self._column, self._columns = self._row + self._rows, _count(attributes, "row"), 1, 0
            if attributes.get("table:visibility", "visible") != "visible":
                add_span(self.facts.hidden_rows, self._row or 1, (self._row or 1) + self._rows - 1)
            self._row = self._row or 1
        elif tag in ("table-cell", "covered-table-cell"):
            self._column, self._columns = self._column + self._columns, _count(attributes, "cell")
            self._attributes, self._text, self._in_cell = attributes, "", True
        elif tag == "annotation":
            self._in_note = True

    def _start_column(self, attributes: Attributes) -> None:
        first, count = self._places + 1, _count(attributes, "cell")
        self._places += count
        self._styles.append((self._places, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility", "visible") != "visible":
            add_span(self.facts.hidden_columns, first, self._places)

    def text(self, letters: str) -> None:
        """Take in the letters of a cell."""
        if self._in_cell and not self._in_note:
            self._text += letters

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag == "table" and self._depth:
            self._depth -= 1
        elif self._depth == 1 and tag == "annotation":
            self._in_note = False
        elif self._depth == 1 and tag in ("table-cell", "covered-table-cell"):
            self._in_cell = False
            self._cell()

    def _cell(self) -> None:
        attributes = self._attributes
        kind = attributes.get("office:value-type", "")
        place = self._row, self._column
        spans = [attributes.get(f"table:number-{what}-spanned", "1") for what in ("rows", "columns")]
        if spans != ["1", "1"]:
            rows, columns = (int(each) if each.isdecimal() and len(each) < 8 else 1 for each in spans)
            self.facts.merged.append((place, (place[0] + rows - 1, place[1] + columns - 1)))
        if not kind and not self._text.strip():
            return
        self.facts.add_cell(*place, self._rows, self._columns)
        self.facts.add_letters((len(self._text) + 1) * self._rows * self._columns)
        if problem := self._problem(kind):
            for each in self._places_of_cell():
                self.facts.add_problem(each, problem)
        shown = self._shown.get(attributes.get("table:style-name") or self._default_style())
        if kind == "date" and shown:
            for each in self._places_of_cell():
                self.facts.add_date(each, shown)

    def _problem(self, kind: str) -> str | None:
        is_error = self._attributes.get("calcext:value-type") == "error"
        if "table:formula" in self._attributes and not is_error:
            if not kind:
                return "the formula has no value; open the workbook in a spreadsheet, and save it"
            is_error = self._text.startswith(("#", "Err:"))
        return f"the cell has the error {self._text[:20]}" if is_error else None

    def _places_of_cell(self) -> Iterator[tuple[int, int]]:
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + self._columns):
                yield row, column

    def _default_style(self) -> str:
        return next((style for last, style in self._styles if self._column <= last), "")


def _count(attributes: Attributes, what: str) -> int:
    text = attributes.get(_REPEATED_ROWS if what == "row" else _REPEATED_CELLS, "1")
    return min(max(int(text), 1), 1 << 30) if text.isdecimal() and len(text) < 12 else 1
