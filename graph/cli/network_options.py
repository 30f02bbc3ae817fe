"""What the commands about ties share: options, the actor that is meant, output, and notes about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli.options import SuggestingChoice, lang_option, out_option, print_errors, separator_option
from graph.cli.output import TABLE_FORMATS, check_separator, format_from_name, serialize, write
from graph.cli.target import target_options
from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.network.presence import Network
    from graph.query.passages import Passage
    from graph.query.questions import Headings
    from graph.query.results import QueryFn, Table

Command = Callable[..., None]
# Rows to print unless --top says otherwise.
DEFAULT_TOP = 20

groups_option = click.option(
    "--groups",
    is_flag=True,
    help='Include groups and holders of offices that no source names ("the imams", "the mayor").',
)
top_option = click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    default=DEFAULT_TOP,
    show_default=True,
    help="Maximum number of rows.",
)
largest_option = click.option(
    "--largest",
    type=click.IntRange(min=2),
    metavar="N",
    default=200,
    show_default=True,
    help="Ignore events with more than N participants; their number is reported.",
)


def choice_option(name: str, values: Sequence[str], meaning: str) -> Callable[[Command], Command]:
    """Return an option with one of these values; the first is the default."""
    return click.option(name, type=SuggestingChoice(values), default=values[0], show_default=True, help=meaning)


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """In which language and format to write, and to which file."""

    lang: str
    format: str | None
    out: Path | None
    separator: str | None = None


_OPTIONS = (
    lang_option,
    click.option("-f", "--format", type=SuggestingChoice(TABLE_FORMATS), help="Output format.  [default: table]"),
    separator_option,
    out_option,
)


def table_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add options for the target and the output to a command, which gets them as ``target`` and ``options``."""

    @wraps(command)
    def wrapper(lang: str, format: str | None, separator: str | None, out: Path | None, **values: object) -> None:
        out = None if out == Path("-") else out
        file_format = format_from_name(format, out)
        check_separator(separator, file_format)
        if file_format not in (None, *TABLE_FORMATS):
            raise click.BadParameter(
                f"{file_format} is not a format for tables; give one of {', '.join(TABLE_FORMATS)}", param_hint="--out"
            )
        with print_errors():
            command(**values, options=OutputOptions(lang, file_format, out, separator))

    with_options = target_options(wrapper)
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options


def resolve_actor(name: str, run: "QueryFn") -> str:
    """Return the IRI of the actor that is meant. Raise InvalidQueryError where it is not exactly one."""
    from graph.model.labels import Label
    from graph.query.parameters import resolve_entity
    from graph.query.questions import Parameter

    return resolve_entity(Parameter("actor", "actor", Label("aktør", "actor"), None), name, run).value


def actor_labels(actors: Sequence[str], run: "QueryFn", lang: str) -> dict[str, str]:
    """Return the label of each actor for a reader of ``lang``, by IRI; the compact name of one without a label.

    The network has only those who were, or may have been, at an event.
    """
    from pyoxigraph import NamedNode

    from graph.query.ask import display_labels
    from graph.rdf.terms import short_name

    nodes = [NamedNode(actor) for actor in actors]
    labels = display_labels(run, nodes, lang)
    return {node.value: labels[node].value if node in labels else short_name(node) for node in nodes}


def write_table(
    table: "Table",
    headings: "Headings",
    proofs: "Sequence[list[Passage]] | None",
    options: OutputOptions,
    prefixes: dict[str, str],
) -> None:
    """Write the table, with the passages that prove its rows where there are any."""
    format, to_file = options.format or TABLE_FORMATS[0], options.out is not None
    write(serialize(table, format, options.lang, headings, proofs, prefixes, to_file, options.separator), options.out)


def print_row_count(count: int, total: int | None, what: str) -> None:
    """Print how many rows there are, and of how many."""
    of_all = f" of {total}" if total is not None and total != count else ""
    number = total if of_all else count
    click.echo(f"{count}{of_all} {what}{'s' if number != 1 else ''}", err=True)


def print_left_out(events: Sequence[str], of_all: int, largest: int, what: str) -> None:
    """Print how many events were too large to be counted."""
    if events:
        message = f"{what} leave out {len(events)} of {of_all} events, which have more than {largest} actors"
        click.echo(f"{message}; --largest counts them", err=True)


def print_no_path(graph: "Network", names: dict[str, str], certainty: str, in_time: bool) -> None:
    """Print that there is no path, how many others each actor is joined to, and which option would allow one.

    ``names`` has the two actors, each with its label.
    """
    from graph.network.paths import paths

    one, other = names
    kind = {"certain": "certain path", "possible": "merely possible path", "all": "path"}[certainty]
    click.echo(f"no {kind}{' in time' if in_time else ''} from {names[one]} to {names[other]}", err=True)
    # In time, paths to an actor are not paths from that actor.
    for actor in (one,) if in_time else (one, other):
        click.echo(f"{names[actor]} {_reach(graph, actor, certainty, in_time)}", err=True)
    for sure, ordered in (("all", in_time), (certainty, False), ("all", False)):
        first = next(iter(paths(graph, one, other, limit=1, certainty=sure, in_time=ordered)), None)
        if first:
            hint = [f"--certainty {sure}"] * (sure != certainty) + ["without --in-time"] * (ordered != in_time)
            click.echo(f"{' '.join(hint)}: one of {pluralize(len(first), 'hop')}", err=True)
            return


def _reach(graph: "Network", actor: str, certainty: str, in_time: bool) -> str:
    from graph.network.paths import reachable
    from graph.network.presence import GROUP

    if actor not in graph:
        return "is in no event that was held"
    others_found = reachable(graph, actor, certainty="certain" if certainty == "certain" else "all", in_time=in_time)
    kind = {"certain": "certain paths"}.get(certainty, "paths") + (" in time" if in_time else "")
    groups = sum(graph.nodes[each]["kind"] == GROUP for each in others_found)
    others = len(others_found) - groups
    unnamed = f" and {pluralize(groups, 'group')} that nobody named" if groups else ""
    return f"is joined to {pluralize(others, 'other')}{unnamed} by {kind}"
