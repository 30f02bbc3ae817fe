"""What XLSX tells of a sheet beside its values, read before the workbook is loaded (ECMA-376)."""

import posixpath

from graph.sources.tables.formats.archive import Archive, Attributes, WorkbookError, cell_place
from graph.sources.tables.formats.sheet_facts import SheetFacts, add_span, shown_of

# Format 17 shows month and year; the numbers from 164 are of the workbook itself.
_BUILT_IN = {17: "mmm-yy"}
_TRUE = ("1", "true")


def xlsx_facts(archive: Archive, sheet: str) -> SheetFacts:
    """Return what a sheet has beside values. Raise WorkbookError where it is larger than a sheet of people."""
    part, strings, styles = _parts(archive, sheet)
    scan = _Sheet(_shown_by_style(archive, styles), _string_lengths(archive, strings))
    archive.parse(part, scan.start, scan.end, scan.text)
    return scan.facts


def _parts(archive: Archive, sheet: str) -> tuple[str, str | None, str | None]:
    """Return the names of the parts that have a sheet, the shared strings and the styles."""
    root = "xl/workbook.xml"
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}

    def workbook(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            ids.setdefault(attributes.get("name", ""), relation)

    def relations(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            targets[attributes.get("Id", "")] = target
            kinds.setdefault(attributes.get("Type", "").rpartition("/")[2], target)

    archive.parse(root, workbook)
    archive.parse("xl/_rels/workbook.xml.rels", relations)
    part = targets.get(ids.get(sheet, ""))
    if part is None:
        raise WorkbookError(f'is a damaged workbook: the sheet "{sheet}" has no part')
    strings, styles = (_spelled(archive, kinds.get(kind, "")) for kind in ("sharedStrings", "styles"))
    return _spelled(archive, part) or part, strings, styles


def _spelled(archive: Archive, part: str) -> str | None:
    """Return the name of a part as the archive spells it, whatever its case, or None."""
    return next((name for name in archive.names if name.lstrip("/").casefold() == part.casefold()), None)


def _shown_by_style(archive: Archive, part: str | None) -> dict[str, str]:
    """Return the numbers of the styles that show of a date only its month or year."""
    codes: dict[int, str] = dict(_BUILT_IN)
    styles: list[int] = []
    path: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "xf" and path and path[-1] == "cellXfs":
            styles.append(_number(attributes.get("numFmtId")))
        path.append(tag)

    if part:
        archive.parse(part, start, lambda _: path.pop())
    shown = {str(place): shown_of(codes.get(style, "0")) for place, style in enumerate(styles)}
    return {style: what for style, what in shown.items() if what}


def _string_lengths(archive: Archive, part: str | None) -> list[int]:
    """Return how many letters each shared string has: cells repeat them."""
    lengths: list[int] = []

    def start(tag: str, _: Attributes) -> None:
        if tag == "si":
            lengths.append(0)

    def text(letters: str) -> None:
        if lengths:
            lengths[-1] += len(letters)

    if part:
        archive.parse(part, start, None, text)
    return lengths


def _number(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return -1


class _Sheet:
    """The state of a pass over the cells of a sheet."""

    def __init__(self, shown: dict[str, str], lengths: list[int]) -> None:
        self.facts = SheetFacts()
        self._shown, self._lengths = shown, lengths
        self._row, self._column = 0, 0
        self._kind = self._style = ""
        self._has_formula = self._in_value = False
        self._value = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take in the start of an element."""
        if tag == "c":
            place = cell_place(attributes.get("r", ""))
            if "r" in attributes and place is None:
                raise WorkbookError(f'is a damaged workbook: "{attributes["r"]}" is no place of a cell')
            self._row, self._column = place or (self._row, self._column + 1)
            self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
            self._has_formula, self._value = False, ""
        elif tag in ("v", "t"):
            self._in_value = True
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._row, self._column = _number(attributes.get("r")) if "r" in attributes else self._row + 1, 0
            if attributes.get("hidden") in _TRUE:
                add_span(self.facts.hidden_rows, self._row, self._row)
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            add_span(self.facts.hidden_columns, _number(attributes.get("min")), _number(attributes.get("max")))
        elif tag == "mergeCell":
            ends = [cell_place(end) for end in attributes.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                self.facts.merged.append((ends[0], ends[1]))

    def text(self, letters: str) -> None:
        """Take in the letters of a value."""
        if self._in_value:
            self._value += letters

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag in ("v", "t"):
            self._in_value = False
        elif tag == "c" and (self._value or self._has_formula):
            self._cell()

    def _cell(self) -> None:
        place = self._row, self._column
        self.facts.add_cell(*place)
        if self._kind == "s":
            number = _number(self._value)
            self.facts.add_letters(self._lengths[number] if 0 <= number < len(self._lengths) else 0)
        elif self._kind == "e":
            self.facts.add_problem(place, f"the cell has the error {self._value[:20]}")
        else:
            self.facts.add_letters(len(self._value))
        if self._has_formula and not self._value and self._kind != "str":
            self.facts.add_problem(place, "the formula has no value; open the workbook in a spreadsheet, and save it")
        if self._style in self._shown:
            self.facts.add_date(place, self._shown[self._style])
