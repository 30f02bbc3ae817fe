"""Tables in files: CSV, workbooks and JSON, all read as columns and a stream of rows.

A file is told by its first bytes, not by its name.
"""

from pathlib import Path

from graph.common.findings import Finding, FindingsError
from graph.sources.tables.formats.delimited import DelimitedTable
from graph.sources.tables.formats.detect import media_type_of
from graph.sources.tables.formats.json_table import JSON, JSON_LINES, JsonTable
from graph.sources.tables.formats.table import CHUNK, Row, Table, TableOptions, Value, file_state, opened
from graph.sources.tables.formats.workbook import WorkbookTable

_KINDS = {"text/csv": "CSV", JSON: "JSON", JSON_LINES: "JSON"}
# An encoding may be told of every file: a workbook does not need it.
_OPTIONS = {"delimiter": ("CSV",), "sheet": ("workbooks",), "header_row": ("CSV", "workbooks"), "items": ("JSON",)}

__all__ = ["Row", "Table", "TableOptions", "Value", "open_table"]


def open_table(file: Path, options: TableOptions | None = None, *, source: str = "", name: str | None = None) -> Table:
    """Return the table in a file. Raise FindingsError where it is none, or where the options do not suffice.

    ``source`` is the id of the source that selectors name, ``name`` how findings call the file (its own name).
    """
    name, options = file.name if name is None else name, options or TableOptions()
    file_state(file, name)
    with opened(file, name) as raw:
        head = raw.read(CHUNK)
    media_type = media_type_of(file, name, head, options.encoding)
    kind = _KINDS.get(media_type, "workbooks")
    for option in _OPTIONS:
        if getattr(options, option) is not None and kind not in _OPTIONS[option]:
            raise FindingsError([Finding(name, 0, f"{option}: is of {' and '.join(_OPTIONS[option])}; this is {kind}")])
    if kind == "CSV":
        return DelimitedTable(file, options, source, name, head)
    if kind == "JSON":
        return JsonTable(file, options, source, name, media_type, head)
    return WorkbookTable(file, options, source, name, media_type)
