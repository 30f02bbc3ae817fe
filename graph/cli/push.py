"""The command ``push``: the graph into a triple store."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import Seconds, examples, print_errors
from graph.cli.target import Target, build_folder, build_options, terminal_notifier
from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.push.plan import Graph, Plan
    from graph.query.endpoint.http import Endpoint


@click.command(epilog=examples("motegraf push http://localhost:3030/meetings/query --dry-run"))
@click.argument("endpoint", metavar="ENDPOINT")
@click.option("--update", metavar="URL", help="URL for updates.  [default: derived from ENDPOINT; --dry-run shows it]")
@click.option(
    "--at-once",
    type=click.IntRange(1, 1_000_000),
    metavar="N",
    default=1_000,
    show_default=True,
    help="Statements per request.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be done, and change nothing.")
@click.option("--yes", is_flag=True, help="Replace existing graphs without asking.")
@click.option(
    "--timeout",
    "seconds",
    type=Seconds(0, 86_400, min_open=True),
    metavar="SECONDS",
    default=300.0,
    show_default=True,
    help="Seconds to wait for an answer.",
)
@click.option("--insecure", "unencrypted", is_flag=True, help="Allow a password to be sent over http://.")
@build_options
def push(
    endpoint: str,
    update: str | None,
    at_once: int,
    dry_run: bool,
    yes: bool,
    seconds: float,
    unencrypted: bool,
    target: Target,
) -> None:
    """Load the graph into a triple store, and verify it there.

    ENDPOINT is the store's URL for queries. Graphs are uploaded in chunks, and replace the old ones only when all of
    them are whole. To continue an interrupted push, run it again. Afterwards the statements of every graph are counted,
    and the ready questions are asked in both places.
    """
    from graph.builds.manifest import DATASET, read_base, verified_file
    from graph.builds.parts import require_whole
    from graph.common.progress import no_progress, progress_bar
    from graph.push.plan import make_plan, split_graphs, update_url
    from graph.push.upload import push as upload
    from graph.rdf.statements import read_nquads

    progress = no_progress if target.quiet else progress_bar
    with print_errors():
        folder = build_folder(target)
        base = read_base(folder)
        require_whole(folder, "motegraf push")
        rows = read_nquads(verified_file(folder, DATASET))
        queries = _endpoint(endpoint, seconds, unencrypted, target.quiet)
        updates = _endpoint(update or update_url(endpoint), seconds, unencrypted, target.quiet)
        graphs = split_graphs(rows, base)
        plan = make_plan(graphs, base, queries)
        if dry_run or not target.quiet:
            click.echo(f"{_summary(plan)}, by updates to {updates.address}", err=True)
        if dry_run:
            return
        if plan.replaced or plan.to_remove:
            _confirm(plan, yes)
        upload(plan, updates, queries, progress, at_once)
        _verify(folder, target, graphs, queries, endpoint, unencrypted)


def _endpoint(text: str, timeout: float, insecure: bool, quiet: bool) -> "Endpoint":
    from graph.query.endpoint.credentials import credentials_for
    from graph.query.endpoint.http import Endpoint
    from graph.query.endpoint.urls import parse_endpoint_url

    url = parse_endpoint_url(text)
    return Endpoint(url, credentials_for(url, insecure), timeout, terminal_notifier(quiet))


def _summary(plan: "Plan") -> str:
    """Return in words what is to be done."""
    statements = sum(len(graph.statements) for graph in plan.to_upload)
    uploaded = sum(plan.uploaded.values())
    parts = [f"{pluralize(len(plan.to_upload), 'graph')} with {pluralize(statements, 'statement')} to send"]
    parts += [f"{pluralize(uploaded, 'statement')} there already"] if uploaded else []
    parts += [f"{pluralize(len(plan.unchanged), 'graph')} unchanged"] if plan.unchanged else []
    parts += [f"{pluralize(len(plan.to_remove), 'graph')} to remove"] if plan.to_remove else []
    return ", ".join(parts)


def _confirm(plan: "Plan", yes: bool) -> None:
    """Ask whether what the store has may be replaced. Raise UsageError where nobody can be asked."""
    names = {"Replace": plan.replaced, "Remove": plan.to_remove}
    prompt = " ".join(f"{what} {', '.join(name.value for name in some)}?" for what, some in names.items() if some)
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"the store has these graphs already. {prompt} Give --yes to do it.")
    click.confirm(prompt, abort=True, err=True)


def _verify(
    folder: Path, target: Target, graphs: "list[Graph]", queries: "Endpoint", endpoint: str, insecure: bool
) -> None:
    """Count every graph and ask every ready question in both places. Raise QueryError where they differ."""
    from graph.common.progress import no_progress, progress_bar
    from graph.push.plan import count_triples
    from graph.push.verify import differing_questions
    from graph.query.endpoint.client import connect_endpoint
    from graph.query.questions import questions_folder, read_questions
    from graph.query.results import QueryError
    from graph.query.stores import connect_build

    counts = count_triples(queries, [graph.name for graph in graphs])
    wrong = [graph.name.value for graph in graphs if counts.get(graph.name) != len(graph.statements)]
    if wrong:
        raise QueryError(f"the store does not have what was sent to {', '.join(wrong)}; push again")
    questions = read_questions(questions_folder(target.home))
    run = connect_endpoint(endpoint, timeout=queries.timeout, insecure=insecure, notify=queries.notify)
    different = differing_questions(
        questions, connect_build(folder), run, no_progress if target.quiet else progress_bar
    )
    if different:
        names = ", ".join(different)
        raise QueryError(f"the graphs are there, but answers differ for {names}; does the store have other data?")
    if not target.quiet:
        click.echo(
            f"{pluralize(len(graphs), 'graph')} there, {pluralize(len(questions), 'question')} with the same answers",
            err=True,
        )
