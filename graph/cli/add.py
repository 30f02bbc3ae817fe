"""The command that takes files in: documents as pages of the corpus, tables as registers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.cli.options import examples, home_option, quiet_option

if TYPE_CHECKING:
    from graph.sources.ingest.add import Page
    from graph.sources.tables.start import Started

_OF_ONE = ("url", "id", "title")
_OF_TABLES = ("sheet", "encoding", "delimiter", "header_row", "items")


def _is_id(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    import re

    if value is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise click.BadParameter(f"{value!r}: an id has a-z, 0-9 and - alone, such as dialogmote-2019")
    return value


@click.command(
    epilog=examples(
        "motegraf add page.html --dry-run --show-skipped",
        "motegraf add page.html --id dialogue-meetings-2014",
        "motegraf add meetings.xlsx --sheet Meetings",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
@click.option("--url", metavar="URL", help="Address of the page; also chooses a record of a WARC file.")
@click.option("--id", callback=_is_id, metavar="ID", help="Name of its folder and its IRIs.  [default: of its title]")
@click.option("--title", help="Its title.  [default: as the file says]")
@click.option("--language", metavar="TAG", help="Its language, such as nb or nn.  [default: by its words]")
@click.option("--publisher", metavar="NAME", help="Who published it, by id or name.  [default: by its address]")
@click.option("--kind", metavar="KIND", help="What kind of body the publisher is, where the registry does not have it.")
@click.option("--published", metavar="DAY", help="Its day, month or year, or the first and last possible day as A/B.")
@click.option("--licence", help="Its terms of use, or their address.  [default: as the file says]")
@click.option("--sheet", metavar="NAME", help="Of a workbook: the sheet that has the table.")
@click.option("--encoding", metavar="NAME", help="Of a table of text: its encoding.  [default: by its bytes]")
@click.option("--delimiter", metavar="SIGN", help="Of a CSV file: the sign between cells, or tab.")
@click.option("--header-row", metavar="N", type=click.IntRange(0), help="The row of the headings; 0 for none.")
@click.option("--items", metavar="POINTER", help="Of JSON: the list whose items are rows, such as /items.")
@click.option("--show-skipped", is_flag=True, help="Print what was left out as menus, forms, running heads.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would be known of the page, and its text.")
@quiet_option
def add(files: tuple[Path, ...], home: Path, show_skipped: bool, dry_run: bool, quiet: bool, **given: Any) -> None:
    """Add files: documents as pages of the corpus, tables as registers.

    Pages are HTML, PDF, DOCX, ODT, text, saved pages, WARC. Keeps the file as it was received beside its text, and
    fills in title, publisher, language and day of publication as the file tells them, each with its basis.

    Tables are CSV, XLSX, XLS, ODS, JSON and JSON lines. Starts registers/ID/ with a copy of the table and a first
    mapping, which says what the columns look like and asks what they claim. Overwrites nothing.

    Nothing is ever fetched from the network.
    """
    from datetime import date

    from graph.cli.options import print_findings
    from graph.sources.given import Given
    from graph.sources.ingest.add import read_page, write_page
    from graph.sources.ingest.document import IngestError
    from graph.sources.pages.context import read_background
    from graph.sources.tables.start import is_table

    of_tables = {name: given.pop(name) for name in _OF_TABLES}
    # A sign between cells makes a table of any text.
    tables = [file for file in files if of_tables["delimiter"] or is_table(file)]
    if len(tables) < len(files) and (
        odd := [f"--{name.replace('_', '-')}" for name in _OF_TABLES if of_tables[name] is not None]
    ):
        raise click.UsageError(f"{odd[0]} is of tables, and {next(f for f in files if f not in tables)} is none")
    if len(files) > 1 and (several := [f"--{name}" for name in _OF_ONE if given[name]]):
        raise click.UsageError(f"{several[0]} is of one file; add such files one by one")
    corpus = home / "corpus"
    failed = 0
    with print_findings():
        background = read_background(home)
    if not dry_run and len(tables) < len(files):
        corpus.mkdir(exist_ok=True)
    for file in files:
        if file in tables:
            failed += not _add_table(file, given, of_tables, home / "registers", dry_run, quiet)
            continue
        try:
            page = read_page(file, Given(**given), corpus, background, date.today())
            if not dry_run:
                write_page(page, corpus)
        except IngestError as error:
            click.echo(f"{file}: error: {error}", err=True)
            failed += 1
            continue
        for warning in (*page.warnings, *page.extract.notes):
            click.echo(f"{file}: warning: {warning}", err=True)
        if not quiet:
            _tell(page, dry_run)
        if show_skipped:
            _show_skipped(page)
    if failed:
        click.get_current_context().exit(1)


def _add_table(
    file: Path,
    given: dict[str, str | None],
    of_tables: dict[str, Any],
    registers: Path,
    dry_run: bool,
    quiet: bool,
) -> bool:
    """Start a register. Return whether it was there, or is now; print what is wrong otherwise."""
    from graph.common.findings import FindingsError
    from graph.sources.given import Given
    from graph.sources.tables.formats import TableOptions
    from graph.sources.tables.start import StartError, start, write

    try:
        options = TableOptions(**{name: value for name, value in of_tables.items() if value is not None})
        started = start(file, Given(**given), options, _rows_counter())
        is_new = not dry_run and write(started, registers)
    except (FindingsError, StartError) as error:
        messages = [each.message for each in error.findings] if isinstance(error, FindingsError) else [str(error)]
        for message in messages:
            click.echo(f"{file}: error: {message}{_option_of(message)}", err=True)
        return False
    for question in started.questions:
        click.echo(f"{file}: warning: {question} (taken so; it is a question in register.yaml)", err=True)
    if dry_run:
        click.echo(f"{started.register}---\n{started.mapping}", nl=False)
    elif not quiet:
        _tell_register(started, is_new)
    return True


def _option_of(message: str) -> str:
    """Return which option says what a message asks to write into a file that is not there yet."""
    if "no sheet is named" in message or "there is no sheet" in message:
        return " (--sheet)"
    asked = next((name for name in _OF_TABLES if f"{name}:" in message), None)
    return f" ({_option(asked)})" if asked else ""


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _rows_counter() -> "Callable[[int], None] | None":
    """Return a function that shows on a terminal how many rows were read, or None where stderr is none."""
    import sys

    if not sys.stderr.isatty():
        return None
    return lambda rows: click.echo(f"\r{rows:,} rows", nl=False, err=True)


def _tell_register(started: "Started", is_new: bool) -> None:
    """Print what a register that was started has, and what to do next."""
    from graph.common.text import escape_control, pluralize

    found = started.found
    rows = [
        ("table", f"{started.file.name}, {found.rows:,} rows, {pluralize(len(found.columns), 'column')}"),
        *(("note", note) for note in started.table.notes),
    ]
    if found.problem_count:
        rows.append(("unclear", f"{found.problem_count:,} rows; row {found.problems[0][0]}: {found.problems[0][1]}"))
    where = f"registers/{started.id}/"
    rows.append(("written to", where) if is_new else ("unchanged", f"{where} has this table already"))
    rows.append(("next", f"answer the questions (# ?) in it, then: motegraf preview {started.id} --rows 1-50"))
    click.echo("\n".join(f"{name:<10} {escape_control(value)}" for name, value in rows))


def _tell(page: "Page", dry_run: bool) -> None:
    """Print what is known of a page, and how."""
    from graph.common.text import escape_control, pluralize

    published = page.published
    days = (
        f"{published.earliest}"
        if published.earliest == published.latest
        else f"{published.earliest}/{published.latest}"
    )
    lines = page.extract.text.count("\n")
    rows = [
        ("title", page.title),
        ("address", page.url),
        ("publisher", f"{page.publisher.name} ({page.publisher.basis_en})"),
        ("published", f"{days} ({published.basis_en})"),
        ("language", f"{page.language} ({page.language_basis})"),
        ("licence", page.licence),
        ("text", f"{pluralize(lines, 'line')}, {len(page.extract.text):,} characters, from {page.extract.media_type}"),
    ]
    if page.extract.skipped:
        counts = page.extract.skipped_counts
        rows.append(("left out", ", ".join(f"{part} {pluralize(n, 'word')}" for part, n in counts.items())))
    click.echo("\n".join(f"{name:<10} {escape_control(value)}" for name, value in rows))
    if dry_run:
        click.echo(f"\n{page.extract.text}", nl=False)
    else:
        click.echo(f"{'written to':<10} corpus/{page.id}/")


def _show_skipped(page: "Page") -> None:
    from graph.common.text import escape_control

    for part, texts in page.extract.skipped.items():
        for words in texts:
            click.echo(f"left out ({part}): {escape_control(words)}")
