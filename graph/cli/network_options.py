"""What the commands about ties share: their options, who is meant, the table written, and what is said beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import lang_option, out_option, reasons_shown
from graph.cli.output import OF_TABLES, format_of, write, written
from graph.cli.target import place_options
from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.network.presence import Network
    from graph.query.ask import Passage
    from graph.query.questions import Headings
    from graph.query.results import QueryFn, Table

Command = Callable[..., None]
# So many rows are shown unless --top says otherwise.
TOP = 20

groups_option = click.option("--groups", is_flag=True, help="With groups that nobody named.")
top_option = click.option(
    "--top", type=click.IntRange(min=1), default=TOP, show_default=True, help="Show so many rows at most."
)
largest_option = click.option(
    "--largest",
    type=click.IntRange(min=2),
    default=200,
    show_default=True,
    help="Leave pairs of events with more actors than this out, and say of how many events.",
)


def choice_option(name: str, values: Sequence[str], meaning: str) -> Callable[[Command], Command]:
    """An option that has one of these values, and the first of them unless it is given."""
    return click.option(name, type=click.Choice(values), default=values[0], show_default=True, help=meaning)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the answer is to be written, and where."""

    lang: str
    format: str | None
    out: Path | None


_OPTIONS = (
    lang_option,
    click.option("-f", "--format", type=click.Choice(OF_TABLES), help="What to write.  [default: table]"),
    out_option,
)


def table_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where to ask and how to write the table; the command is given ``wanted`` and ``place``."""

    @wraps(command)
    def asked(lang: str, format: str | None, out: Path | None, **given: object) -> None:
        out = None if out == Path("-") else out
        wanted = format_of(format, out)
        if wanted not in (None, *OF_TABLES):
            raise click.BadParameter(
                f"{wanted} is not of tables, which have {', '.join(OF_TABLES)}", param_hint="--out"
            )
        with reasons_shown():
            command(**given, wanted=Wanted(lang, wanted, out))

    with_options = place_options(asked)
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


def actor_meant(name: str, run: "QueryFn") -> str:
    """The IRI of the actor that is meant."""
    from graph.model.labels import Label
    from graph.query.lookup import resolve_entity
    from graph.query.questions import Parameter

    return resolve_entity(Parameter("actor", "actor", Label("aktør", "actor"), None), name, run).value


def write_table(
    table: "Table",
    heads: "Headings",
    proofs: "Sequence[list[Passage]] | None",
    wanted: Wanted,
    prefixes: dict[str, str],
) -> None:
    """The table is written, with the words that prove its rows where they are wanted."""
    format, to_file = wanted.format or OF_TABLES[0], wanted.out is not None
    write(written(table, format, wanted.lang, heads, proofs, prefixes, to_file), wanted.out)


def say_how_many(shown: int, found: int | None, what: str) -> None:
    """How many rows there are, and of how many."""
    of_all = f" of {found}" if found is not None and found != shown else ""
    number = found if of_all else shown
    click.echo(f"{shown}{of_all} {what}{'s' if number != 1 else ''}", err=True)


def say_left_out(events: Sequence[str], of_all: int, largest: int, what: str) -> None:
    """Which events were too large for what."""
    if events:
        message = f"{what} leave out {len(events)} of {of_all} events, which have more than {largest} actors"
        click.echo(f"{message}; --largest counts them", err=True)


def say_no_path(graph: "Network", one: str, other: str, certainty: str, in_time: bool) -> None:
    """That there is no path, to how many others there are some, and what would have to be given up for one."""
    from graph.network.paths import paths
    from graph.network.tables import called

    names = {actor: called(graph, actor, "nb") for actor in (one, other)}
    kind = {"certain": "certain path", "possible": "merely possible path", "all": "path"}[certainty]
    click.echo(f"no {kind}{' in time' if in_time else ''} from {names[one]} to {names[other]}", err=True)
    # In time, the ways that lead to somebody are others than those that lead away.
    for actor in (one,) if in_time else (one, other):
        click.echo(f"{names[actor]} {_joined(graph, actor, certainty, in_time)}", err=True)
    for sure, ordered in (("all", in_time), (certainty, False), ("all", False)):
        way = next(iter(paths(graph, one, other, most=1, certainty=sure, in_time=ordered)), None)
        if way:
            hint = [f"--certainty {sure}"] * (sure != certainty) + ["without --in-time"] * (ordered != in_time)
            click.echo(f"{' '.join(hint)}: one of {pluralize(len(way), 'hop')}", err=True)
            return


def _joined(graph: "Network", actor: str, certainty: str, in_time: bool) -> str:
    from graph.network.paths import reachable
    from graph.network.presence import GROUP

    if actor not in graph:
        return "is in no event that was held"
    found = reachable(graph, actor, certainty="certain" if certainty == "certain" else "all", in_time=in_time)
    how = {"certain": "certain paths"}.get(certainty, "paths") + (" in time" if in_time else "")
    groups = sum(graph.nodes[each]["kind"] == GROUP for each in found)
    others = len(found) - groups
    unnamed = f" and {pluralize(groups, 'group')} that nobody named" if groups else ""
    return f"is joined to {pluralize(others, 'other')}{unnamed} by {how}"
