"""The command line: ``motegraf``, also ``python -m graph``. Exit codes: 0 done, 1 findings, 2 wrong use."""

import gc
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from graph import HOME, __version__
from graph.findings import Finding, Findings

HELP = {"help_option_names": ["-h", "--help"]}


class Day(click.ParamType[date]):
    """A day such as 2015-03-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2015-03-31", param, ctx)


@click.group(context_settings=HELP)
@click.version_option(__version__, prog_name="motegraf")
def motegraf() -> None:
    """Møtegraf: who met whom, where, when, about what, and the sentence that says so."""


home_option = click.option(
    "--home",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=HOME,
    show_default="this checkout",
    help="The folder with corpus/, registry/ and ontology/.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings.")


@motegraf.command()
@home_option
@quiet_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write.  [default: build/ in HOME]"
)
@click.option("--base-iri", metavar="IRI", help="Publish what the corpus makes under another base, ending in / or #.")
@click.option("--as-known-on", type=Day(), help="Only what pages certainly published until that day say.")
def build(home: Path, quiet: bool, out: Path | None, base_iri: str | None, as_known_on: date | None) -> None:
    """Build the graph: everything in corpus/ -> build/.

    Stops, and writes nothing, if a quote is not in its page, a name is not known, a sentence is not covered or a
    shape is violated: all findings are shown, each with its file and line.
    """
    from graph.names import BASE, base_problem

    if base_iri is not None and (problem := base_problem(base_iri)):
        raise click.BadParameter(problem, param_hint="--base-iri")
    target = out or home / "build"
    figures = _built(home, target, base_iri or BASE, as_known_on, quiet)
    if not quiet:
        click.echo(f"{figures}\n{'written to':<18} {target}")


@motegraf.command()
@home_option
@quiet_option
def check(home: Path, quiet: bool) -> None:
    """Check the corpus: findings only, nothing is written to build/."""
    figures = _built(home, None, "", None, quiet)
    if not quiet:
        click.echo(f"{figures}\nno findings")


@motegraf.command()
@home_option
def status(home: Path) -> None:
    """Show how far each page is read.

    Sentences covered, claims accepted and proposed, and what is missing.
    """
    from graph.status import page_statuses, table

    with _findings_shown():
        rows = page_statuses(home)
        click.echo(table(rows))
        missing = [finding for row in rows for finding in row.missing]
        if missing:
            raise Findings(missing)


@motegraf.command()
@home_option
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if the file is not what it would be.")
def schema(home: Path, check: bool) -> None:
    """Write the JSON Schema of claims files.

    Editors complete and check claims by it. It stands in corpus/claims.schema.json.
    """
    from graph.background import read_background
    from graph.schema import FILE, claims_schema

    with _findings_shown():
        text = claims_schema(read_background(home))
        if not check:
            (home / FILE).write_text(text, encoding="utf-8", newline="\n")
        elif not (home / FILE).exists() or (home / FILE).read_text(encoding="utf-8") != text:
            raise Findings([Finding(str(FILE), 0, "is out of date; run: motegraf schema")])


def _built(home: Path, out: Path | None, base: str, as_known_on: date | None, quiet: bool) -> object:
    # Here, not above: --help and completion need none of it.
    import build_graph
    from graph.progress import shown, silent

    with _findings_shown():
        return build_graph.build(home, out, base, as_known_on, silent if quiet else shown)


@contextmanager
def _findings_shown() -> Iterator[None]:
    """Findings go to stderr, one a line, and end the program with 1."""
    try:
        yield
    except Findings as error:
        for finding in error.findings:
            click.echo(str(finding), err=True)
        count = len(error.findings)
        click.echo(f"{count} finding{'s' if count != 1 else ''}; nothing was written", err=True)
        sys.exit(1)


def main() -> None:
    """The entry point. What is printed is UTF-8 whatever the console's code page: names have æ, ø and å."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # Nearly all that a command makes lives as long as the command: searching it for garbage every 700 objects, and once
    # more at the end, would be a fifth of a build of one page. As seldom as this, memory is what it would be otherwise.
    gc.set_threshold(200_000)
    try:
        motegraf()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
