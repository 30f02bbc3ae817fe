"""The command that writes the graph, or a selection of it, for others to go on with."""

from pathlib import Path

import click

from graph.cli.ask import certainty_option, parameter_option, parameters_given
from graph.cli.completion import actors_like, questions_like
from graph.cli.options import interruptible, out_option, reasons_shown
from graph.cli.output import write
from graph.cli.target import Place, build_options, folder_of
from graph.common.text import pluralize

OF_RDF = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
OF_NETWORKS = ("graphml", "gexf", "nodes", "edges")
FORMATS = (*OF_RDF, *OF_NETWORKS, "participations")
_OF_ENDING = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "participations",
}


@click.command()
@click.option("-f", "--format", type=click.Choice(FORMATS), help="What to write.  [default: turtle]")
@out_option
@click.option("--question", metavar="NAME", shell_complete=questions_like, help="Only what answers this question.")
@parameter_option
@certainty_option
@click.option(
    "--actor",
    "actors",
    multiple=True,
    shell_complete=actors_like,
    help="Only what is said of this actor: a label, an id or an IRI. Once for each actor.",
)
@click.option(
    "--framed-by",
    type=click.Choice(("event", "actor")),
    help="JSON-LD as trees: each event, or each actor, with all that belongs to it.",
)
@click.option(
    "--lang", type=click.Choice(("nb", "en")), default="nb", show_default=True, help="Of the table of participations."
)
@build_options
def export(
    format: str | None,
    out: Path | None,
    question: str | None,
    given: tuple[str, ...],
    certainty: str | None,
    actors: tuple[str, ...],
    framed_by: str | None,
    lang: str,
    place: Place,
) -> None:
    """Write the graph, or what of it you ask for, as a file for others.

    What a question or an actor selects stands on its own: events are whole, and everything brings its proof along.
    participations (.csv) is a table for spreadsheets, a row for each actor at each event; graphml, gexf, nodes and
    edges are the network of who was, or may have been, where.
    """
    out = None if out == Path("-") else out
    wanted = _format_of(format, out, framed_by)
    if question and actors:
        raise click.UsageError("--question and --actor each select; give one of them")
    if (given or certainty) and not question:
        raise click.UsageError("-p and --certainty go with a question; name it with --question")
    with reasons_shown():
        from graph.builds.manifest import base_of

        folder = folder_of(place)
        with interruptible():
            if question:
                rows = _answering(folder, place.home, question, given, certainty)
            else:
                rows = _around(folder, actors) if actors else _all(folder)
            data = as_written(rows, wanted, base_of(folder), framed_by, lang)
        write(data, out)
    if not place.quiet:
        made_of = "" if wanted in OF_RDF else "from "
        click.echo(f"{made_of}{pluralize(len(rows), 'statement')}", err=True)


def _format_of(asked: str | None, out: Path | None, framed_by: str | None) -> str:
    """The format that was asked for, or that the ending of a file says; wrong use where it says none."""
    from graph.common.findings import did_you_mean

    found = asked or ("jsonld" if framed_by else "turtle")
    if asked is None and out is not None:
        ending = out.suffix.lower()
        if ending not in _OF_ENDING:
            message = f"{out.name!r} does not end in {', '.join(_OF_ENDING)}.{did_you_mean(ending, _OF_ENDING)}"
            raise click.BadParameter(f"{message} Or say --format", param_hint="--out")
        found = _OF_ENDING[ending]
    if framed_by and found != "jsonld":
        raise click.BadParameter(f"only jsonld is framed, not {found}", param_hint="--framed-by")
    return found


def _all(folder: Path) -> list[str]:
    from graph.builds.manifest import verified
    from graph.query.stores import DATASET
    from graph.rdf.statements import read_nquads

    return read_nquads(verified(folder, DATASET))


def _around(folder: Path, actors: tuple[str, ...]) -> list[str]:
    """What is said of these actors, as lines."""
    from pyoxigraph import NamedNode

    from graph.cli.network_options import actor_meant
    from graph.publish.selection import select
    from graph.query.stores import connect_store, open_store

    store = open_store(folder)
    run = connect_store(store)
    return select(store, (), [NamedNode(actor_meant(actor, run)) for actor in actors])


def _answering(folder: Path, home: Path, name: str, given: tuple[str, ...], certainty: str | None) -> list[str]:
    """The things of the answer to a question, as lines; Unanswered where it has no rows."""
    from graph.publish.selection import entities_in_table, select
    from graph.query.ask import run_question
    from graph.query.parameters import resolve_all
    from graph.query.questions import find_question, questions_folder
    from graph.query.results import QueryError
    from graph.query.stores import connect_store, open_store

    question = find_question(questions_folder(home), name)
    store = open_store(folder)
    run, values = connect_store(store), parameters_given(given, certainty, question)
    table = run_question(question, values, run)
    if not table.rows:
        hint = "" if certainty or "certainty" not in question.parameters else "; --certainty all asks what is possible"
        raise QueryError(f"{question.name} has no rows, so there is nothing to write{hint}")
    return select(store, entities_in_table(table, resolve_all(question, values, run).values()))


def as_written(rows: list[str], format: str, base: str, framed_by: str | None, lang: str) -> bytes:
    """The lines as a file of that format."""
    if format in OF_RDF:
        from graph.publish.rdf_files import export_rdf

        return export_rdf(rows, format, base, framed_by)

    from graph.query.stores import connect_lines

    run = connect_lines(rows)
    if format == "participations":
        from graph.publish.participation_table import participation_table

        return participation_table(run, lang)

    from graph.network.presence import network
    from graph.publish import network_files

    found = network(run, groups=True)
    written: bytes = getattr(network_files, f"{format}_of")(found)
    return written
