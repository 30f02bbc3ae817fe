"""Options that several commands have, and how all of them say what is wrong."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from graph import HOME
from graph.findings import Findings


class Day(click.ParamType[date]):
    """A day such as 2015-03-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2015-03-31", param, ctx)


home_option = click.option(
    "--home",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=HOME,
    show_default="this checkout",
    help="The folder with corpus/, registry/ and ontology/.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings.")


@contextmanager
def findings_shown(ending: str = "; nothing was written") -> Iterator[None]:
    """Findings go to stderr, one a line, and end the program with 1."""
    try:
        yield
    except Findings as error:
        for finding in error.findings:
            click.echo(str(finding), err=True)
        count = len(error.findings)
        click.echo(f"{count} finding{'s' if count != 1 else ''}{ending}", err=True)
        sys.exit(1)
