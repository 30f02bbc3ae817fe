"""The command that lists what may be one and the same: pairs of things, with what speaks for and against each."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

import click

from graph.cli.options import Seconds, examples, interruptible, lang_option, print_errors, show_findings
from graph.cli.target import Target, build_options, open_target

if TYPE_CHECKING:
    from graph.identity.candidates import Candidate, Cluster
    from graph.identity.things import Thing
    from graph.model.identity import Decisions
    from graph.query.results import QueryFn

_KINDS = {"events": "event", "people": "person", "bodies": "body"}


@click.command(epilog=examples("motegraf same --events", "motegraf same --bodies --json"))
@click.option("--events", is_flag=True, help="Only events; with --people or --bodies, these too.")
@click.option("--people", is_flag=True, help="Only people.")
@click.option("--bodies", is_flag=True, help="Only bodies (organisations).")
@click.option(
    "--between",
    nargs=2,
    metavar="A B",
    help="Two sources, by the ids of pages or registers (or registry): only pairs with one thing of each. "
    "Or two things, by their ids, such as event:x: how alike these are, whatever it comes to.",
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.75,
    show_default=True,
    help="Do not list pairs below this score, from 0 to 1. It is a judgement, no probability.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    metavar="N",
    help="Clusters to list, the likeliest first; 0 for all.",
)
@click.option(
    "--against",
    metavar="URL",
    help="Ask the reconciliation service at this URL whom it holds the things for, those with most events first "
    "(--limit); their names are sent to it.",
)
@click.option("--against-type", metavar="TYPE", help="With --against: only entities of this type of the service.")
@click.option(
    "--timeout",
    type=Seconds(0, 86_400, min_open=True),
    metavar="SECONDS",
    help="With --against: seconds to wait for each answer.  [default: 30]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
@lang_option
@build_options
def same(
    events: bool,
    people: bool,
    bodies: bool,
    between: tuple[str, str] | None,
    min_score: float,
    limit: int,
    against: str | None,
    against_type: str | None,
    timeout: float | None,
    as_json: bool,
    lang: str,
    target: Target,
) -> None:
    """List which things of several sources may be one and the same, with what speaks for and against it.

    Nothing is joined: the same name is not the same person, and a score only says that somebody should look. Pairs
    stand in clusters around one thing, with the sentence or row that names each; what was decided in
    decisions/identity.yaml is not listed again. Two things of the registry are never listed: its editors told them
    apart.

    With --against, things are held against the entities of a reconciliation service instead, such as Wikidata's: what
    it answers are identifiers to look at, with its own scores. None is written anywhere.
    """
    from graph.cli.candidate_words import cluster_lines
    from graph.cli.output import terminal_width
    from graph.identity.candidates import clusters
    from graph.identity.evidence import evidence_of
    from graph.identity.json import to_json

    chosen = {"events": events, "people": people, "bodies": bodies}
    kinds = [_KINDS[name] for name, wanted in chosen.items() if wanted] or ["event", "person", "body", "post"]
    if against is None and (against_type or timeout):
        raise click.UsageError("--against-type and --timeout need --against")
    if between and between[0] == between[1] and ":" in between[0]:
        raise click.UsageError(f"--between takes two things, and {between[0]} is one")
    if isnan(min_score):
        raise click.BadParameter("nan is no number from 0 to 1", param_hint="--min-score")
    if against is not None:
        if between:
            raise click.UsageError("--between cannot be combined with --against")
        from graph.cli.same_against import list_service_candidates

        with print_errors():
            list_service_candidates(against, against_type, kinds, limit, timeout, as_json, lang, target)
        return
    with print_errors():
        decisions = _decisions(target)
        run, prefixes = open_target(target)
        with interruptible():
            things, found = _find(run, kinds, between, min_score, decisions, target.quiet)
            every = clusters(found)
            shown = every[: limit or None]
            evidence = evidence_of({thing.id: thing for each in shown for thing in each.things}.values(), run, prefixes)
        if as_json:
            counts = {
                "compared": len(things),
                "nameless": len(_nameless(things)),
                "min_score": min_score,
                "total_clusters": len(every),
                "total_candidates": len(found),
            }
            click.echo(to_json(shown, evidence, prefixes, counts), nl=False)
        else:
            for line in cluster_lines(shown, evidence, lang, terminal_width()):
                click.echo(line)
    if not target.quiet:
        _print_counts(things, found, every, shown)


def _find(
    run: "QueryFn",
    kinds: "Sequence[str]",
    between: tuple[str, str] | None,
    min_score: float,
    decisions: "Decisions",
    quiet: bool,
) -> "tuple[list[Thing], list[Candidate]]":
    """Return the things of these kinds, and the pairs of them that may be one."""
    from graph.common.progress import no_progress, progress_bar
    from graph.identity.candidates import candidates
    from graph.identity.things import things_of

    if between and all(":" in each for each in between):
        things = [thing for thing in things_of(run) if thing.id in between]
        return things, [_pair(things, between, decisions)]
    things = things_of(run, kinds)
    sources = _sources(things, between)
    return things, [*candidates(things, decisions, min_score, sources, no_progress if quiet else progress_bar)]


def _nameless(things: "Sequence[Thing]") -> "list[Thing]":
    """Return the things that no name tells from others: without a name, or without a letter and a figure in it."""
    from graph.identity.names.folding import fold

    return [thing for thing in things if not any(fold(name) for name in thing.names)]


def _print_counts(
    things: "Sequence[Thing]", found: "Sequence[Candidate]", every: "Sequence[Cluster]", shown: "Sequence[Cluster]"
) -> None:
    """Write to stderr how much was compared, proposed and shown."""
    from graph.common.text import pluralize

    proposed = f"{pluralize(len(found), 'pair')} in {pluralize(len(every), 'cluster')}" if found else "no pair"
    are = "is" if len(shown) == 1 else "are"
    more = f"; the first {len(shown)} of {len(every)} clusters {are} shown (--limit)" if len(shown) < len(every) else ""
    click.echo(f"{pluralize(len(things), 'thing')} compared, {proposed}{more}", err=True)
    if nameless := _nameless(things):
        has = "has" if len(nameless) == 1 else "have"
        message = f"{pluralize(len(nameless), 'thing')} {has} no name with a letter; only identifiers are compared"
        click.echo(f"note: {message}: {', '.join(thing.id for thing in nameless[:3])}", err=True)


def _decisions(target: Target) -> "Decisions":
    """Return what was decided; decisions that contradict each other are told, and do not count."""
    from graph.sources.decisions.read import contradictions, read_decisions

    findings, decisions = contradictions(read_decisions(target.home))
    show_findings(findings)
    return decisions


def _sources(things: "Sequence[Thing]", between: tuple[str, str] | None) -> tuple[str, str] | None:
    """Return the two sources to compare. Raise UsageError where the build has none of that id."""
    if between is None:
        return None
    from graph.common.findings import did_you_mean
    from graph.identity.things import REGISTRY

    ids = {REGISTRY, *(source for thing in things for source in thing.sources)}
    for each in between:
        if each not in ids:
            raise click.UsageError(f"no source of the build has the id {each!r}.{did_you_mean(each, sorted(ids))}")
    return between


def _pair(things: "Sequence[Thing]", ids: tuple[str, str], decisions: "Decisions") -> "Candidate":
    """Return two things as a candidate, whatever was decided about them. Raise UsageError where one is not there."""
    from graph.common.findings import did_you_mean
    from graph.identity.candidates import Candidate
    from graph.identity.scores import score

    by_id = {thing.id: thing for thing in things}
    for id in ids:
        if id not in by_id:
            raise click.UsageError(f"the build has nothing with the id {id!r}.{did_you_mean(id, by_id)}")
    a, b = (by_id[id] for id in ids)
    return Candidate(a, b, score(a, b), decisions.verdict(*ids))
