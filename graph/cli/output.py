"""What answers are written as, and where: formats by the form of a query, on the screen or into a file."""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graph.query.ask import Passage
    from graph.query.questions import Headings
    from graph.query.results import QueryResult

# No terminal is narrower than this.
NARROWEST = 20
OF_TABLES = ("table", "markdown", "csv", "tsv", "json", "xml", "html", "spreadsheet")
# What an answer to each form of query can be written as; the first unless another is asked for.
OF_FORM = {
    "SELECT": OF_TABLES,
    "ASK": ("table", "json", "xml"),
    "CONSTRUCT": ("turtle", "jsonld"),
    "DESCRIBE": ("turtle", "jsonld"),
}
FORMATS = (*OF_TABLES, "turtle", "jsonld")
_OF_ENDING = {
    **{f".{name}": name for name in ("csv", "tsv", "json", "xml", "html", "jsonld")},
    ".txt": "table",
    ".md": "markdown",
    ".htm": "html",
    ".ttl": "turtle",
    ".srj": "json",
    ".srx": "xml",
}
_TRUTH = {"nb": {True: "ja", False: "nei"}, "en": {True: "yes", False: "no"}}


def format_of(asked: str | None, out: Path | None) -> str | None:
    """The format that was asked for, or that the ending of a file says; wrong use where it says none."""
    if asked or out is None:
        return asked
    if out.suffix.lower() not in _OF_ENDING:
        message = f"{out.name!r} does not end in {', '.join(_OF_ENDING)}; say --format"
        raise click.BadParameter(message, param_hint="--out")
    return _OF_ENDING[out.suffix.lower()]


def format_for(form: str | None, asked: str | None) -> str:
    """The format for the answer to this form of query; wrong use where the one asked for does not fit."""
    fitting = OF_FORM.get(form or "SELECT", OF_TABLES)
    if asked and asked not in fitting:
        message = f"{asked} does not fit {form}, which has {', '.join(fitting)}"
        raise click.BadParameter(message, param_hint="--format")
    return asked or fitting[0]


def written(
    answer: "QueryResult",
    format: str,
    lang: str,
    heads: "Headings | None",
    proofs: "Sequence[list[Passage]] | None",
    prefixes: Mapping[str, str],
    to_file: bool,
) -> bytes:
    """The answer as it is written; where that cannot be as it is, a note goes to stderr."""
    from graph.query.results import BooleanResult, TriplesResult

    if isinstance(answer, TriplesResult):
        from graph.query.formats import serialize_triples

        return serialize_triples(answer, format, prefixes)
    if format in ("csv", "tsv", "json", "xml"):
        from graph.query.formats import add_proof_column, serialize_results

        whole = answer if isinstance(answer, BooleanResult) or proofs is None else add_proof_column(answer, proofs)
        return serialize_results(whole, format, lambda text: click.echo(f"note: {text}", err=True))
    if isinstance(answer, BooleanResult):
        return f"{_TRUTH[lang][answer.value]}\n".encode()
    from graph.render.cells import render_table

    sheet = render_table(answer, heads, lang, proofs)
    if format == "table":
        from graph.render.terminal import to_terminal

        return "".join(f"{line}\n" for line in to_terminal(sheet, screen_width(), not to_file and coloured())).encode()
    from graph.render.markup import to_html, to_markdown, to_spreadsheet

    return {"markdown": to_markdown, "html": to_html, "spreadsheet": to_spreadsheet}[format](sheet).encode()


def screen_width() -> int:
    """Columns of the terminal (or of the variable COLUMNS); 80 where there is none."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit():
        return max(NARROWEST, int(said))
    try:
        return max(NARROWEST, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return 80


def coloured() -> bool:
    """Only a terminal has colours, and only where nobody has said NO_COLOR (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(data: bytes, out: Path | None) -> None:
    """The data on the screen, or in a file that is there whole or as it was."""
    from graph.builds.manifest import is_of_a_build
    from graph.query.results import QueryError

    try:
        if out is None:
            click.echo(data, nl=False)
        elif is_of_a_build(out.resolve()):
            raise QueryError(f"{out} is a file of a build, which would be spoilt; choose another name")
        elif out.exists() and not out.is_file():  # a pipe or a device
            out.write_bytes(data)
        else:
            _replace(out.resolve(), data)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:  # a loop of links is no OSError
        reason = getattr(error, "strerror", None) or error
        raise QueryError(f"{out or 'the output'} cannot be written: {reason}") from error


def _replace(out: Path, data: bytes) -> None:
    """The file is there whole, or as it was."""
    new = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        new.write_bytes(data)
        new.replace(out)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
