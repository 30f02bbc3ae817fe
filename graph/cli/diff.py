"""The command ``diff``: what changed between two builds."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import SuggestingChoice, examples, home_option

if TYPE_CHECKING:
    from graph.builds.datasets import Dataset

_DATASET = click.Path(exists=True, path_type=Path)


@click.command(epilog=examples("motegraf diff build/motegraf.ttl build --summary --lang en"))
@click.argument("before", metavar="A", type=_DATASET)
@click.argument("after", metavar="[B]", type=_DATASET, required=False)
@click.option(
    "-f",
    "--format",
    type=SuggestingChoice(("text", "json", "patch")),
    default="text",
    show_default=True,
    help="text to read, json with all words in nb and en, patch (RDF Patch) to make A into B in a triple store.",
)
@click.option(
    "--lang", type=SuggestingChoice(("nb", "en")), default="nb", show_default=True, help="Language of the text."
)
@click.option(
    "--moved",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table (CSV: old,new) of IRIs that moved, so that these are seen as renamed, not as gone and new.",
)
@home_option
@click.option("--summary", is_flag=True, help="Print only how much changed in each group.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code says whether they differ.")
def diff(
    before: Path,
    after: Path | None,
    format: str,
    lang: str,
    moved: Path | None,
    home: Path,
    summary: bool,
    quiet: bool,
) -> None:
    """Say what changed between two builds, in words and with the sentences that prove it.

    A and B are folders of builds, or files with datasets (.nq, .trig, .ttl, .nt); without B, build/ in the --home
    folder. What is stated is grouped by what it is about: meetings, people, sources, the registry, the ontology. Exit
    code: 0 for the same, 1 for different, 2 for what cannot be compared.
    """
    from graph.builds.datasets import open_datasets
    from graph.common.findings import FindingsError

    try:
        with open_datasets(before, after or home / "build") as (old, new):
            differs = _print_changes(old, new, format, lang, _moved(moved), summary, quiet)
    except FindingsError as error:
        from graph.cli.options import show_findings

        show_findings(error.findings)
        sys.exit(2)
    sys.exit(1 if differs else 0)


def _print_changes(
    old: "Dataset", new: "Dataset", format: str, lang: str, moved: dict[str, str], summary: bool, quiet: bool
) -> bool:
    """Print what changed; return whether anything did."""
    from graph.builds.diff import changed_lines, rdf_patch

    if quiet:
        return any(True for _ in changed_lines(old.statements, new.statements))
    if format == "patch":
        return _print_patch(rdf_patch(old.statements, new.statements))
    from graph.builds.changes.compare import compare

    changes = compare(old, new, moved)
    if format == "json":
        from graph.builds.changes.json import to_json

        click.echo(to_json(changes.limited(0, 0) if summary else changes), nl=False)
    else:
        from graph.cli.output import terminal_width
        from graph.render.changes import summary_lines, to_terminal

        lines = summary_lines(changes, lang) if summary else to_terminal(changes, lang, terminal_width())
        _print(lines)
    return bool(changes)


def _print_patch(lines: Iterable[str]) -> bool:
    """Print the lines of a patch; return whether it does anything."""
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for line in lines:
            count += line.startswith(("A ", "D "))
            yield line

    _print(counted())
    return count > 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _moved(table: Path | None) -> dict[str, str]:
    """Return the new IRI of each entity that moved. Raise FindingsError where the table is not of this form."""
    if table is None:
        return {}
    from graph.common.strict_files import read_csv
    from graph.rdf.terms import iri_problem

    moved = {}
    for row in read_csv(table, str(table), ("old", "new")):
        if problem := iri_problem(row["old"]) or iri_problem(row["new"]):
            raise row.error(problem)
        moved[row["old"]] = row["new"]
    return moved
