"""Commands that ask who is tied to whom: ties, path, central."""

import click

from graph.cli.completion import actors_like
from graph.cli.network_options import (
    Wanted,
    actor_meant,
    choice_option,
    groups_option,
    largest_option,
    say_how_many,
    say_left_out,
    say_no_path,
    table_options,
    top_option,
    write_table,
)
from graph.cli.options import interruptible, proof_option
from graph.cli.target import Place, opened
from graph.model.labels import CERTAINTIES


@click.command()
@click.argument("actor", required=False, shell_complete=actors_like)
@click.option(
    "--organisers", is_flag=True, help="With those who organised what others were at, in columns of their own."
)
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
    wanted: Wanted,
    place: Place,
) -> None:
    """Show who was at the same events as whom, and how often.

    ACTOR is a label, an id or an IRI; without it the strongest ties of all are shown. Certain ties, where both were
    present for certain, and possible ones, where one of them or both may have been, are counted apart.
    """
    from graph.common.progress import no_progress, progress_bar
    from graph.network.presence import network
    from graph.network.tables import heads_of_ties, table_of_ties
    from graph.network.ties import all_ties, ties_of
    from graph.query.ask import row_passages

    run, prefixes = opened(place)
    with interruptible():
        graph = network(run, groups=groups)
        if actor is None:
            progress = no_progress if place.quiet else progress_bar
            found = all_ties(graph, organisers=organisers, top=top, most_actors=largest, progress=progress)
        else:
            found = ties_of(graph, actor_meant(actor, run), organisers=organisers, top=top)
        table = table_of_ties(graph, found.shown, wanted.lang, organisers)
        heads = heads_of_ties(actor is not None, organisers)
        proofs = row_passages(table, heads, run) if proof else None
    write_table(table, heads, proofs, wanted, prefixes)
    if not place.quiet:
        say_how_many(len(found.shown), found.found, "tie")
        say_left_out(found.left_out, found.events, largest, "pairs")


@click.command()
@click.argument("start", metavar="A", shell_complete=actors_like)
@click.argument("goal", metavar="B", shell_complete=actors_like)
@click.option("-k", "most", type=click.IntRange(1, 1000), default=3, show_default=True, help="So many paths at most.")
@choice_option(
    "--certainty", CERTAINTIES, "Paths that are certain throughout, that are not, or all, certain ones first."
)
@click.option("--in-time", is_flag=True, help="Only paths by which news can have gone from A to B: never back in time.")
@table_options
def path(
    start: str,
    goal: str,
    most: int,
    certainty: str,
    in_time: bool,
    wanted: Wanted,
    place: Place,
) -> None:
    """Show how two actors are joined by common events, hop by hop.

    Under each hop stand the words that prove that both were there. Where there is no path, that is the answer: it says
    so on stderr, with how many others each of the two is joined to, and ends with 0.
    """
    from graph.network.paths import paths
    from graph.network.presence import network
    from graph.network.tables import heads_of_paths, table_of_paths
    from graph.query.ask import row_passages
    from graph.query.results import InvalidQueryError

    run, prefixes = opened(place)
    with interruptible():
        graph = network(run, groups=True)
        one, other = actor_meant(start, run), actor_meant(goal, run)
        if one == other:
            raise InvalidQueryError(f"{start!r} and {goal!r} are the same actor")
        all_found = paths(graph, one, other, most=most + 1, certainty=certainty, in_time=in_time)
        found = all_found[:most]
        table = table_of_paths(graph, found, wanted.lang, in_time)
        heads = heads_of_paths(in_time)
        proofs = row_passages(table, heads, run)
    write_table(table, heads, proofs, wanted, prefixes)
    if not place.quiet:
        if found:
            say_how_many(len(found), None, "path")
            if len(all_found) > most:
                click.echo(f"there are more paths; -k {2 * most} shows up to {2 * most}", err=True)
        else:
            say_no_path(graph, one, other, certainty, in_time)


@click.command()
@choice_option(
    "--on", ("actors", "actors-and-events"), "Between actors who were together, or between actors and events."
)
@choice_option(
    "--by",
    ("degree", "events", "betweenness"),
    "What the first rows have most of: others, events, or ways between others.",
)
@choice_option("--certainty", ("certain", "all"), "Count who was there for certain, or candidates too.")
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
    wanted: Wanted,
    place: Place,
) -> None:
    """Show who was with the most others, and who stands between them.

    Betweenness is the share of the shortest ways between two others that go through somebody. A community is a circle
    whose members have more to do with one another than with those outside; 1 is the largest.
    """
    from graph.common.progress import no_progress, progress_bar
    from graph.network.centrality import central as standings_of
    from graph.network.presence import network
    from graph.network.tables import heads_of_standings, table_of_standings

    run, prefixes = opened(place)
    with interruptible():
        graph = network(run, groups=groups)
        found = standings_of(
            graph,
            on=on,
            by=by,
            certainty=certainty,
            top=top,
            most_actors=largest,
            progress=no_progress if place.quiet else progress_bar,
        )
    write_table(table_of_standings(graph, found.shown, wanted.lang), heads_of_standings(), None, wanted, prefixes)
    if not place.quiet:
        say_how_many(len(found.shown), found.found, "row")
        say_left_out(found.left_out, found.events, largest, "betweenness and communities")
        if found.sample:
            click.echo(f"betweenness is estimated from {found.sample} of {found.found} nodes", err=True)
