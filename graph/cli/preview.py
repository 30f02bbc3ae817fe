"""The command that shows what the rows of a register would claim, before anything is built."""

import sys
from pathlib import Path

import click

from graph.cli.options import examples, home_option, lang_option, print_findings, show_findings


class Rows(click.ParamType[tuple[int, int]]):
    """Rows such as 1-50 or 7."""

    name = "rows"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return the first and the last row. Fail where the text names no rows."""
        first, dash, last = str(value).partition("-")
        if not (first.isascii() and first.isdigit() and (last.isdigit() if dash else not last)):
            self.fail(f"{value!r} names no rows; write 7 or 1-50", param, ctx)
        rows = int(first), int(last or first)
        if rows[0] > rows[1]:
            self.fail(f"{value!r} ends before it begins", param, ctx)
        return rows


@click.command(epilog=examples("motegraf preview my-register --rows 2-20", "motegraf preview my-register --lookups"))
@click.argument("register", metavar="REGISTER")
@click.option("--rows", type=Rows(), metavar="FIRST-LAST", help="Rows by their numbers in the table, as 1-50.")
@click.option("--json", "as_json", is_flag=True, help="Print the acts of each row as one JSON object.")
@click.option("--lookups", is_flag=True, help="Print the values that no lookup has, by frequency, to paste.")
@home_option
@lang_option
def preview(register: str, rows: tuple[int, int] | None, as_json: bool, lookups: bool, home: Path, lang: str) -> None:
    """Show what the rows of a register would claim, before anything is built.

    REGISTER is the id of a register under registers/, or its folder. Beside each row stands what it claims, what is
    withheld, what waits for a decision and what is not understood; then what all rows come to. Nothing is written.

    Exits with 1 where a value is not understood.
    """
    from graph.sources.pages.context import read_background
    from graph.sources.tables.preview import preview_rows, print_json
    from graph.sources.tables.preview_words import MOST_KEPT, print_words
    from graph.sources.tables.reading import read_register

    with print_findings():
        read = read_register(folder_of(register, home), read_background(home))
        notes = [file.table.finding(note) for file in read.files for note in file.table.notes]
        show_findings([*(note._replace(severity="warning") for note in notes), *read.findings])
        if lookups:
            from graph.sources.tables.proposed_lookups import Proposals, print_proposals

            found = Proposals(read)
            preview_rows(read, rows, 0, found.add)
            print_proposals(found, click.echo)
            return
        selection = preview_rows(read, rows, None if as_json else MOST_KEPT)
        if as_json:
            print_json(read, selection, click.echo)
        else:
            print_words(read, selection, lang, click.echo)
    if selection.tally.errors:
        if as_json:
            show_findings(selection.tally.findings(read))
        sys.exit(1)


def folder_of(register: str, home: Path) -> Path:
    """Return the folder of a register that is given by its id or its folder. Raise UsageError where there is none."""
    from graph.common.findings import did_you_mean

    by_id = home / "registers" / register
    if by_id.is_dir():
        return by_id
    if Path(register).is_dir():
        return Path(register).resolve()
    folder = home / "registers"
    ids = sorted(each.name for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []
    there = f" Registers: {', '.join(ids)}" if ids else f" {folder} has no registers; motegraf add TABLE starts one"
    raise click.UsageError(f"there is no register {register!r}.{did_you_mean(register, ids)}{there}")
