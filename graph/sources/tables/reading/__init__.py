"""Read registers strictly: each value is understood, or is an error with its row and column."""

from graph.sources.tables.reading.register import Register, RowActs, read_register
from graph.sources.tables.reading.view import FILE_STEP, KeyedRow

__all__ = ["FILE_STEP", "KeyedRow", "Register", "RowActs", "read_register"]
