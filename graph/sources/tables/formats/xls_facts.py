"""What XLS tells of a sheet beside its values: xlrd reads the formats of cells, and what is hidden."""

import io
from typing import Any

from graph.sources.tables.formats.archive import WorkbookError
from graph.sources.tables.formats.sheet_facts import SheetFacts, add_span, check_together, shown_of


def xls_facts(data: bytes) -> dict[str, SheetFacts]:
    """Return what the sheets have beside values. Raise WorkbookError where the workbook is damaged, or too large."""
    # Imported here: few tables are XLS.
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
        facts = {}
        for name in book.sheet_names():
            facts[name] = _facts(book, book.sheet_by_name(name))
            book.unload_sheet(name)
    except WorkbookError:
        raise
    # A damaged file makes errors of many classes in it, of struct and of indexes among them.
    except Exception as error:
        raise WorkbookError("is a damaged workbook; open it in a spreadsheet, and save it") from error
    check_together(facts.values())
    return facts


def _facts(book: Any, sheet: Any) -> SheetFacts:
    facts = SheetFacts()
    for row in range(sheet.nrows):
        for place, cell in enumerate(sheet.row(row), start=1):
            _add(facts, (row + 1, place), cell, book)
    for numbers, spans in ((sheet.rowinfo_map, facts.hidden_rows), (sheet.colinfo_map, facts.hidden_columns)):
        for number in sorted(number for number, info in numbers.items() if info.hidden):
            add_span(spans, number + 1, number + 1)
    for first_row, end_row, first_column, end_column in sheet.merged_cells:
        facts.merged.append(((first_row + 1, first_column + 1), (end_row, end_column)))
    return facts


def _add(facts: SheetFacts, place: tuple[int, int], cell: Any, book: Any) -> None:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return
    facts.add_cell(*place)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, f"{cell.value}")
        facts.add_problem(place, f"the cell has the error {text}")
    elif cell.ctype == xlrd.XL_CELL_DATE:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        facts.add_date(place, shown_of(code))
