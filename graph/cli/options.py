"""Options that several commands share, and how errors are printed."""

import math
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph import HOME, ONLY_THE_PACKAGE
from graph.common.text import escape_control, pluralize
from graph.model.labels import is_language_tag

if TYPE_CHECKING:
    from graph.common.findings import Finding
    from graph.pipeline.summary import Summary


class Day(click.ParamType[date]):
    """A day such as 2015-03-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day. Fail where the text is not one."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2015-03-31", param, ctx)


class Seconds(click.FloatRange):
    """A number of seconds, which NaN is not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Fail where the text is not one, or is NaN."""
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds


class SuggestingChoice(click.Choice[str]):
    """One of some words; a word that is none of them is answered with those that it resembles."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word. Fail where it is none of them, with a suggestion."""
        from graph.common.findings import did_you_mean

        try:
            word: str = super().convert(value, param, ctx)
        except click.BadParameter as error:
            self.fail(f"{error.message}{did_you_mean(str(value), self.choices)}", param, ctx)
        return word


def _home(ctx: click.Context, _: click.Parameter, home: Path) -> Path:
    if home == HOME and not (HOME / "ontology").is_dir() and not ctx.resilient_parsing:
        raise click.UsageError(ONLY_THE_PACKAGE)
    if not ((home / "ontology").is_dir() or (home / "registry").is_dir()) and not ctx.resilient_parsing:
        message = "has no ontology/; --home is a folder with corpus/, registry/ and ontology/, such as a clone"
        raise click.UsageError(f"{home} {message}")
    return home


home_option = click.option(
    "--home",
    callback=_home,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=HOME,
    show_default="this checkout",
    help="Project folder with corpus/, registry/ and ontology/. Its queries/ is optional: without it, the built-in "
    "questions are used.",
)


def language_tag(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return a language tag as given. Raise BadParameter where it is none."""
    if not is_language_tag(value):
        raise click.BadParameter(f"{value!r} is no language tag; give one such as nb, nn, en or sv")
    return value


lang_option = click.option(
    "--lang",
    callback=language_tag,
    metavar="TAG",
    default="nb",
    show_default=True,
    help="Language of names, such as nb, nn or en; where one is missing, the next best. Headings are in nb or en.",
)
out_option = click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; its suffix selects the format."
)
SEPARATORS = {",": ",", ";": ";", "tab": "\t"}
separator_option = click.option(
    "--separator",
    type=click.Choice(tuple(SEPARATORS)),
    help="Separator of cells in CSV for spreadsheets.  [default: ; with --lang nb, , with --lang en]",
)
proof_option = click.option(
    "--proof", is_flag=True, help="Print under each row the sentences that prove it, and where they stand."
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print only errors and warnings.")


def examples(*commands: str) -> str:
    """Return the end of a help text: commands that work as they stand, each on a line of its own."""
    return "\n".join(["\b", "Example:" if len(commands) == 1 else "Examples:", *(f"  {each}" for each in commands)])


@contextmanager
def print_findings(consequence: str = "nothing was written") -> Iterator[None]:
    """Print the findings of a build to stderr, one a line, with their consequence, and exit with 1."""
    from graph.common.findings import FindingsError

    try:
        yield
    except FindingsError as error:
        show_findings(error.findings)
        click.echo(f"{pluralize(len(error.findings), 'finding')}; {consequence}", err=True)
        sys.exit(1)


def show_findings(findings: "Iterable[Finding]") -> None:
    """Write the findings to stderr, one a line."""
    for finding in findings:
        click.echo(escape_control(str(finding)), err=True)


def warn_of_left_out(summary: "Summary") -> None:
    """Write to stderr which pages and registers are left out of a build, if there are any."""
    if summary.left_out:
        left_out = pluralize(len(summary.left_out), "page")
        click.echo(f"warning: {left_out} left out: {', '.join(summary.left_out)}; all others are built", err=True)
    if summary.registers_left_out:
        left_out = pluralize(len(summary.registers_left_out), "register")
        click.echo(
            f"warning: {left_out} left out: {', '.join(summary.registers_left_out)}; all else is built", err=True
        )


@contextmanager
def print_errors() -> Iterator[None]:
    """Print why there is no result to stderr, and exit: with 2 after wrong use, else with 1."""
    from graph.common.findings import FindingsError
    from graph.query.results import InvalidQueryError, QueryError

    try:
        yield
    except FindingsError as error:
        show_findings(error.findings)
        sys.exit(1)
    except QueryError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2 if isinstance(error, InvalidQueryError) else 1)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end the program at once: an engine at work does not return to Python before it has finished.

    Nothing may be written meanwhile.
    """
    import signal

    try:
        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    except ValueError:  # not the main thread: Ctrl-C is not for it
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
