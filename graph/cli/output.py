"""Formats of results by the form of the query, and writing them to the screen or a file."""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import SEPARATORS
from graph.model.labels import interface_language

if TYPE_CHECKING:
    from graph.query.passages import Passage
    from graph.query.questions import Headings
    from graph.query.results import QueryResult

# The smallest width that is used, in columns.
MIN_WIDTH = 20
# The most rows of a table that a terminal shows: nobody reads more, and to lay them out and prove them takes long.
MAX_ROWS = 200
TABLE_FORMATS = ("table", "markdown", "csv", "tsv", "json", "xml", "html", "spreadsheet")
# Formats for the result of each form of query; the first is the default.
FORMATS_BY_FORM = {
    "SELECT": TABLE_FORMATS,
    "ASK": ("table", "json", "xml"),
    "CONSTRUCT": ("turtle", "jsonld"),
    "DESCRIBE": ("turtle", "jsonld"),
}
FORMATS = (*TABLE_FORMATS, "turtle", "jsonld")
_FORMAT_BY_SUFFIX = {
    **{f".{name}": name for name in ("csv", "tsv", "json", "xml", "html", "jsonld")},
    ".txt": "table",
    ".md": "markdown",
    ".htm": "html",
    ".ttl": "turtle",
    ".srj": "json",
    ".srx": "xml",
}
_BOOLEAN_LABELS = {"nb": {True: "ja", False: "nei"}, "en": {True: "yes", False: "no"}}


def format_from_name(name: str | None, out: Path | None) -> str | None:
    """Return the format that the user named, or that the suffix of the file stands for.

    Raise BadParameter where there is none.
    """
    if name or out is None:
        return name
    if out.suffix.lower() not in _FORMAT_BY_SUFFIX:
        message = f"{out.name!r} does not end in {', '.join(_FORMAT_BY_SUFFIX)}; give --format"
        raise click.BadParameter(message, param_hint="--out")
    return _FORMAT_BY_SUFFIX[out.suffix.lower()]


def format_for_form(form: str | None, name: str | None) -> str:
    """Return the format for the result of this form of query.

    Raise BadParameter where the named format does not fit.
    """
    fitting = FORMATS_BY_FORM.get(form or "SELECT", TABLE_FORMATS)
    if name and name not in fitting:
        message = f"{name} is not a format for {form}; give one of {', '.join(fitting)}"
        raise click.BadParameter(message, param_hint="--format")
    return name or fitting[0]


def check_separator(separator: str | None, format: str | None, fitting: str = "spreadsheet") -> None:
    """Raise BadParameter where a separator is given for another format than the fitting one."""
    if separator and format != fitting:
        message = f"only {fitting} has a choice of separators; give --format {fitting}"
        raise click.BadParameter(message, param_hint="--separator")


def serialize(
    result: "QueryResult",
    format: str,
    lang: str,
    headings: "Headings | None",
    proofs: "Sequence[list[Passage]] | None",
    prefixes: Mapping[str, str],
    to_file: bool,
    separator: str | None = None,
) -> bytes:
    """Return the result in that format; a note goes to stderr where the format cannot hold all of it."""
    from graph.query.results import BooleanResult, Table, TriplesResult

    if isinstance(result, TriplesResult):
        from graph.query.formats import serialize_triples

        return serialize_triples(result, format, prefixes)
    if format in ("csv", "tsv", "json", "xml"):
        from graph.query.formats import add_proof_column, serialize_results

        if isinstance(result, Table) and proofs is not None:
            result = add_proof_column(result, proofs, lang)
        return serialize_results(result, format, lambda text: click.echo(f"note: {text}", err=True))
    if isinstance(result, BooleanResult):
        return f"{_BOOLEAN_LABELS[interface_language(lang)][result.value]}\n".encode()
    from graph.render.cells import render_table

    view = render_table(result, headings, lang, proofs)
    if format == "table":
        from graph.render.terminal import to_terminal

        return "".join(
            f"{line}\n" for line in to_terminal(view, terminal_width(), not to_file and use_colour())
        ).encode()
    from graph.render.markup import to_html, to_markdown, to_spreadsheet

    if format == "spreadsheet":
        return to_spreadsheet(view, SEPARATORS.get(separator or "")).encode()
    return {"markdown": to_markdown, "html": to_html}[format](view).encode()


def first_rows(result: "QueryResult | None") -> "QueryResult | None":
    """Return the first rows of a table that is longer than a terminal shows; anything else as it is."""
    from graph.query.results import Table

    if not isinstance(result, Table) or len(result.rows) <= MAX_ROWS or not is_terminal():
        return result
    return Table(result.columns, result.rows[:MAX_ROWS])


def is_terminal() -> bool:
    """Return whether somebody reads the output as it comes."""
    return sys.stdout.isatty()


def terminal_width() -> int:
    """Return the columns of the terminal (or of the variable COLUMNS); 80 where there is none."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit():
        return max(MIN_WIDTH, int(columns))
    try:
        return max(MIN_WIDTH, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return 80


def use_colour() -> bool:
    """Return whether to print colours: on a terminal, unless NO_COLOR is set (no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(data: bytes, out: Path | None) -> None:
    """Write the data to the screen or to a file, which then is whole or as it was.

    Raise QueryError where that fails.
    """
    from graph.builds.manifest import is_build_file
    from graph.query.results import QueryError

    try:
        if out is None:
            click.echo(data, nl=False)
        elif is_build_file(out.resolve()):
            raise QueryError(f"{out} belongs to a build; choose another name")
        elif out.exists() and not out.is_file():  # a pipe or a device
            out.write_bytes(data)
        else:
            _replace(out.resolve(), data)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:  # a loop of links is no OSError
        reason = getattr(error, "strerror", None) or error
        raise QueryError(f"{out or 'the output'} cannot be written: {reason}") from error


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by name into a folder, which is made where it is not there. Raise QueryError where that fails."""
    from graph.query.results import QueryError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QueryError(f"{folder} cannot be made: {error.strerror or error}") from error
    for name, data in files.items():
        write(data, folder / name)


def _replace(out: Path, data: bytes) -> None:
    """Replace the file in one step."""
    new = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        new.write_bytes(data)
        new.replace(out)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
