"""The command that puts the graph into a triple store."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import Seconds, reasons_shown
from graph.cli.target import Place, build_options, folder_of, told_at_a_terminal
from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.push.plan import Graph, Plan
    from graph.query.endpoint.http import Endpoint


@click.command()
@click.argument("endpoint", metavar="ENDPOINT")
@click.option("--update", metavar="URL", help="Where updates go.  [default: by ENDPOINT, which --dry-run shows]")
@click.option(
    "--at-once",
    type=click.IntRange(1, 1_000_000),
    default=1_000,
    show_default=True,
    help="So many statements in one request.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Replace what is there without asking.")
@click.option(
    "--timeout",
    "seconds",
    type=Seconds(0, 86_400, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds to wait for each answer.",
)
@click.option("--insecure", "unencrypted", is_flag=True, help="Let credentials go there unencrypted.")
@build_options
def push(
    endpoint: str,
    update: str | None,
    at_once: int,
    dry_run: bool,
    yes: bool,
    seconds: float,
    unencrypted: bool,
    place: Place,
) -> None:
    """Put the graph into a triple store, and prove that it is there.

    ENDPOINT is the address of its queries. Graphs go there in pieces and take the place of the old ones only when all
    of them are whole. A push that breaks off goes on where it was when it is run again. Afterwards every graph is
    counted, and the ready questions are asked there and here.
    """
    from graph.builds.manifest import base_of, verified
    from graph.common.progress import no_progress, progress_bar
    from graph.push.plan import make_plan, split_graphs, update_url
    from graph.push.upload import push as sent
    from graph.query.stores import DATASET
    from graph.rdf.statements import read_nquads

    progress = no_progress if place.quiet else progress_bar
    with reasons_shown():
        folder = folder_of(place)
        base = base_of(folder)
        rows = read_nquads(verified(folder, DATASET))
        asked = _endpoint(endpoint, seconds, unencrypted, place.quiet)
        told = _endpoint(update or update_url(endpoint), seconds, unencrypted, place.quiet)
        graphs = split_graphs(rows, base)
        wanted = make_plan(graphs, base, asked)
        if dry_run or not place.quiet:
            click.echo(f"{_told(wanted)}, by updates to {told.address}", err=True)
        if dry_run:
            return
        if wanted.replaced or wanted.gone:
            _agree(wanted, yes)
        sent(wanted, told, asked, progress, at_once)
        _prove(folder, place, graphs, asked, endpoint, unencrypted)


def _endpoint(address: str, timeout: float, insecure: bool, quiet: bool) -> "Endpoint":
    from graph.query.endpoint.credentials import credentials_for
    from graph.query.endpoint.http import Endpoint
    from graph.query.endpoint.urls import parse_endpoint_url

    found = parse_endpoint_url(address)
    return Endpoint(found, credentials_for(found, insecure), timeout, told_at_a_terminal(quiet))


def _told(wanted: "Plan") -> str:
    """What is to be done, in a sentence."""
    statements = sum(len(graph.statements) for graph in wanted.sent)
    begun = sum(wanted.begun.values())
    parts = [f"{pluralize(len(wanted.sent), 'graph')} with {pluralize(statements, 'statement')} to send"]
    parts += [f"{pluralize(begun, 'statement')} there already"] if begun else []
    parts += [f"{pluralize(len(wanted.kept), 'graph')} unchanged"] if wanted.kept else []
    parts += [f"{pluralize(len(wanted.gone), 'graph')} to remove"] if wanted.gone else []
    return ", ".join(parts)


def _agree(wanted: "Plan", yes: bool) -> None:
    """Whoever runs this has said that what is there may go; wrong use where nobody is there to be asked."""
    names = {"Replace": wanted.replaced, "Remove": wanted.gone}
    shown = " ".join(f"{what} {', '.join(name.value for name in some)}?" for what, some in names.items() if some)
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"there is something already. {shown} --yes does it")
    click.confirm(shown, abort=True, err=True)


def _prove(folder: Path, place: Place, graphs: "list[Graph]", asked: "Endpoint", endpoint: str, insecure: bool) -> None:
    """Every graph is counted there, and every ready question asked in both places; Unanswered where they differ."""
    from graph.common.progress import no_progress, progress_bar
    from graph.push.plan import count_statements
    from graph.push.verify import differing_questions
    from graph.query.endpoint.client import connect_endpoint
    from graph.query.questions import questions_folder, read_questions
    from graph.query.results import QueryError
    from graph.query.stores import connect_build

    there = count_statements(asked, [graph.name for graph in graphs])
    odd = [graph.name.value for graph in graphs if there.get(graph.name) != len(graph.statements)]
    if odd:
        raise QueryError(f"not what was sent is in {', '.join(odd)}; push again")
    questions = read_questions(questions_folder(place.home))
    run = connect_endpoint(endpoint, timeout=asked.timeout, insecure=insecure, say=asked.say)
    different = differing_questions(questions, connect_build(folder), run, no_progress if place.quiet else progress_bar)
    if different:
        names = ", ".join(different)
        raise QueryError(f"the graphs are there, but not the same answers to {names}; is there other data beside them?")
    if not place.quiet:
        click.echo(
            f"{pluralize(len(graphs), 'graph')} there, {pluralize(len(questions), 'question')} with the same answers",
            err=True,
        )
