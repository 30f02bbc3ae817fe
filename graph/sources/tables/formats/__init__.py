"""Tables in files: CSV, workbooks and JSON, all read as columns and a stream of rows.

A file is told by its first bytes, not by its name.
"""

from pathlib import Path

from graph.sources.tables.formats.delimited import DelimitedTable
from graph.sources.tables.formats.detect import media_type_of
from graph.sources.tables.formats.table import CHUNK, Row, Table, TableOptions, Value, file_state, opened
from graph.sources.tables.formats.workbook import WorkbookTable

__all__ = ["Row", "Table", "TableOptions", "Value", "open_table"]


def open_table(file: Path, options: TableOptions | None = None, *, source: str = "", name: str | None = None) -> Table:
    """Return the table in a file. Raise FindingsError where it is none, or where the options do not suffice.

    ``source`` is the id of the source that selectors name, ``name`` how findings call the file (its own name).
    """
    name, options = file.name if name is None else name, options or TableOptions()
    file_state(file, name)
    with opened(file, name) as raw:
        head = raw.read(CHUNK)
    media_type = media_type_of(file, name, head)
    if media_type == "text/csv":
        return DelimitedTable(file, options, source, name, head)
    return WorkbookTable(file, options, source, name, media_type)
