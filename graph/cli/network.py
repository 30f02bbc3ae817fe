"""Commands about ties between actors: ties, path, central."""

import click

from graph.cli.completion import complete_actors
from graph.cli.network_options import (
    OutputOptions,
    actor_labels,
    choice_option,
    groups_option,
    largest_option,
    print_left_out,
    print_no_path,
    print_row_count,
    resolve_actor,
    table_options,
    top_option,
    write_table,
)
from graph.cli.options import examples, interruptible, proof_option
from graph.cli.target import Target, open_target
from graph.model.labels import CERTAINTIES


@click.command(epilog=examples('motegraf ties "laila bokhari" --proof'))
@click.argument("actor", required=False, shell_complete=complete_actors)
@click.option("--organisers", is_flag=True, help="Count organisers of the events too, in columns of their own.")
@proof_option
@groups_option
@top_option
@largest_option
@table_options
def ties(
    actor: str | None,
    organisers: bool,
    proof: bool,
    groups: bool,
    top: int,
    largest: int,
    options: OutputOptions,
    target: Target,
) -> None:
    """Show who was at the same events as whom, and how often.

    ACTOR is a person or a body (an organisation), by name, id or IRI; without it the strongest ties of all are shown.
    A tie is certain where the sources say that both were present, and possible where they leave that open for one or
    both. The two are counted apart.
    """
    from graph.common.progress import no_progress, progress_bar
    from graph.network.presence import presence_network
    from graph.network.tables import ties_headings, ties_table
    from graph.network.ties import all_ties, ties_of
    from graph.query.proof import row_passages

    run, prefixes = open_target(target)
    with interruptible():
        graph = presence_network(run, groups=groups, lang=options.lang)
        if actor is None:
            progress = no_progress if target.quiet else progress_bar
            ties_found = all_ties(graph, organisers=organisers, top=top, max_actors=largest, progress=progress)
        else:
            ties_found = ties_of(graph, resolve_actor(actor, run), organisers=organisers, top=top)
        table = ties_table(graph, ties_found.rows, options.lang, organisers)
        headings = ties_headings(actor is not None, organisers)
        proofs = row_passages(table, headings, run) if proof else None
    write_table(table, headings, proofs, options, prefixes)
    if not target.quiet:
        print_row_count(len(ties_found.rows), ties_found.total, "tie")
        print_left_out(ties_found.left_out, ties_found.events, largest, "pairs")


@click.command(epilog=examples('motegraf path "jøran kallmyr" "yousef bartho assidiq" --certainty all'))
@click.argument("start", metavar="A", shell_complete=complete_actors)
@click.argument("goal", metavar="B", shell_complete=complete_actors)
@click.option(
    "-k",
    "most",
    type=click.IntRange(1, 1000),
    metavar="N",
    default=3,
    show_default=True,
    help="Maximum number of paths.",
)
@choice_option(
    "--certainty",
    CERTAINTIES,
    "certain: every step is sure; possible: at least one is not; all: both, sure ones first.",
)
@click.option(
    "--in-time", is_flag=True, help="Show only paths that never go back in time: news could have travelled from A to B."
)
@table_options
def path(
    start: str,
    goal: str,
    most: int,
    certainty: str,
    in_time: bool,
    options: OutputOptions,
    target: Target,
) -> None:
    """Show how two actors are linked through events, step by step.

    A and B are people or bodies (organisations), by name, id or IRI. Each step is an event where two of them were, with
    the words that prove it. No path is an answer too: stderr says so, with how many others each of the two is linked
    to, and the exit code is 0.
    """
    from graph.network.paths import paths
    from graph.network.presence import presence_network
    from graph.network.tables import paths_headings, paths_table
    from graph.query.proof import row_passages
    from graph.query.results import InvalidQueryError

    run, prefixes = open_target(target)
    with interruptible():
        graph = presence_network(run, groups=True, lang=options.lang)
        one, other = resolve_actor(start, run), resolve_actor(goal, run)
        if one == other:
            raise InvalidQueryError(f"{start!r} and {goal!r} are the same actor")
        candidates = paths(graph, one, other, limit=most + 1, certainty=certainty, in_time=in_time)
        chosen = candidates[:most]
        table = paths_table(graph, chosen, options.lang, in_time)
        headings = paths_headings(in_time)
        proofs = row_passages(table, headings, run)
        names = {} if chosen else actor_labels((one, other), run, options.lang)
    write_table(table, headings, proofs, options, prefixes)
    if not target.quiet:
        if chosen:
            print_row_count(len(chosen), None, "path")
            if len(candidates) > most:
                click.echo(f"there are more paths; -k {2 * most} shows up to {2 * most}", err=True)
        else:
            print_no_path(graph, names, certainty, in_time)


@click.command(epilog=examples("motegraf central --by betweenness --top 5"))
@choice_option(
    "--on",
    ("actors", "actors-and-events"),
    "Network to measure: people and bodies who were together, or these and the events.",
)
@choice_option(
    "--by",
    ("degree", "events", "betweenness"),
    "Sort by people and bodies met (degree), events attended (events) or brokerage (betweenness).",
)
@choice_option("--certainty", ("certain", "all"), "Count only who was surely there, or also who may have been.")
@groups_option
@top_option
@largest_option
@table_options
def central(
    on: str,
    by: str,
    certainty: str,
    groups: bool,
    top: int,
    largest: int,
    options: OutputOptions,
    target: Target,
) -> None:
    """Rank actors by whom they met and whom they link.

    An actor is a person or a body (an organisation). Betweenness is the share of the shortest paths between two others
    that lead through an actor. A community is a circle whose members have more to do with one another than with those
    outside; number 1 is the largest.
    """
    from graph.common.progress import no_progress, progress_bar
    from graph.network.centrality import rank as standings_of
    from graph.network.presence import presence_network
    from graph.network.tables import ranking_headings, ranking_table

    run, prefixes = open_target(target)
    with interruptible():
        graph = presence_network(run, groups=groups, lang=options.lang)
        ranking = standings_of(
            graph,
            on=on,
            by=by,
            certainty=certainty,
            top=top,
            max_actors=largest,
            progress=no_progress if target.quiet else progress_bar,
        )
    write_table(ranking_table(graph, ranking.rows, options.lang), ranking_headings(), None, options, prefixes)
    if not target.quiet:
        print_row_count(len(ranking.rows), ranking.total, "row")
        print_left_out(ranking.left_out, ranking.events, largest, "betweenness and communities")
        if ranking.sample:
            click.echo(f"betweenness is estimated from {ranking.sample} of {ranking.total} nodes", err=True)
