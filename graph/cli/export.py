"""The command ``export``: the graph, or a selection of it, as a file for other programs."""

from pathlib import Path

import click

from graph.cli.ask import certainty_option, parameter_option, parse_parameters
from graph.cli.completion import complete_actors, complete_questions
from graph.cli.options import interruptible, language_tag, out_option, print_errors
from graph.cli.output import write
from graph.cli.target import Target, build_folder, build_options
from graph.common.text import pluralize

RDF_FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
NETWORK_FORMATS = ("graphml", "gexf", "nodes", "edges")
FORMATS = (*RDF_FORMATS, *NETWORK_FORMATS, "participations")
_FORMAT_BY_SUFFIX = {
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
@click.option("-f", "--format", type=click.Choice(FORMATS), help="Output format.  [default: turtle]")
@out_option
@click.option(
    "--question", metavar="NAME", shell_complete=complete_questions, help="Export only what answers this question."
)
@parameter_option
@certainty_option
@click.option(
    "--actor",
    "actors",
    multiple=True,
    shell_complete=complete_actors,
    help="Export only statements about this actor: a label, an id or an IRI. Once for each actor.",
)
@click.option(
    "--framed-by",
    type=click.Choice(("event", "actor")),
    help="JSON-LD as trees: each event, or each actor, with all that belongs to it.",
)
@click.option(
    "--lang",
    callback=language_tag,
    metavar="TAG",
    default="nb",
    show_default=True,
    help="Language of labels in the table of participations; its headings are in nb or en.",
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
    target: Target,
) -> None:
    """Write the graph, or what of it you ask for, as a file for others.

    What a question or an actor selects stands on its own: events are whole, and everything brings its proof along.
    participations (.csv) is a table for spreadsheets, a row for each actor at each event; graphml, gexf, nodes and
    edges are the network of who was, or may have been, where.
    """
    out = None if out == Path("-") else out
    file_format = _format_of(format, out, framed_by)
    if question and actors:
        raise click.UsageError("--question and --actor each select; give one of them")
    if (given or certainty) and not question:
        raise click.UsageError("-p and --certainty go with a question; name it with --question")
    with print_errors():
        from graph.builds.manifest import read_base

        folder = build_folder(target)
        with interruptible():
            if question:
                rows = _lines_answering(folder, target.home, question, given, certainty)
            else:
                rows = _lines_around(folder, actors) if actors else _all_lines(folder)
            data = serialize(rows, file_format, read_base(folder), framed_by, lang)
        write(data, out)
    if not target.quiet:
        made_of = "" if file_format in RDF_FORMATS else "from "
        click.echo(f"{made_of}{pluralize(len(rows), 'statement')}", err=True)


def _format_of(name: str | None, out: Path | None, framed_by: str | None) -> str:
    """Return the format that the user named, or that the suffix of the file stands for.

    Raise BadParameter where there is none.
    """
    from graph.common.findings import did_you_mean

    file_format = name or ("jsonld" if framed_by else "turtle")
    if name is None and out is not None:
        suffix = out.suffix.lower()
        if suffix not in _FORMAT_BY_SUFFIX:
            message = (
                f"{out.name!r} does not end in {', '.join(_FORMAT_BY_SUFFIX)}.{did_you_mean(suffix, _FORMAT_BY_SUFFIX)}"
            )
            raise click.BadParameter(f"{message} Or give --format", param_hint="--out")
        file_format = _FORMAT_BY_SUFFIX[suffix]
    if framed_by and file_format != "jsonld":
        raise click.BadParameter(f"only jsonld is framed, not {file_format}", param_hint="--framed-by")
    return file_format


def _all_lines(folder: Path) -> list[str]:
    from graph.builds.manifest import verified_file
    from graph.query.stores import DATASET
    from graph.rdf.statements import read_nquads

    return read_nquads(verified_file(folder, DATASET))


def _lines_around(folder: Path, actors: tuple[str, ...]) -> list[str]:
    """Return the statements about these actors, as lines."""
    from pyoxigraph import NamedNode

    from graph.cli.network_options import resolve_actor
    from graph.publish.selection import select
    from graph.query.stores import connect_store, open_store

    store = open_store(folder)
    run = connect_store(store)
    return select(store, (), [NamedNode(resolve_actor(actor, run)) for actor in actors])


def _lines_answering(folder: Path, home: Path, name: str, typed: tuple[str, ...], certainty: str | None) -> list[str]:
    """Return the statements about the entities of a question's answer. Raise QueryError where it has no rows."""
    from graph.publish.selection import entities_in_table, select
    from graph.query.ask import run_question
    from graph.query.parameters import resolve_all
    from graph.query.questions import find_question, questions_folder
    from graph.query.results import QueryError
    from graph.query.stores import connect_store, open_store

    question = find_question(questions_folder(home), name)
    store = open_store(folder)
    run, values = connect_store(store), parse_parameters(typed, certainty, question)
    table = run_question(question, values, run)
    if not table.rows:
        hint = "" if certainty or "certainty" not in question.parameters else "; --certainty all asks what is possible"
        raise QueryError(f"{question.name} has no rows, so there is nothing to write{hint}")
    return select(store, entities_in_table(table, resolve_all(question, values, run).values()))


def serialize(rows: list[str], format: str, base: str, framed_by: str | None, lang: str) -> bytes:
    """Return the lines as a file of that format."""
    if format in RDF_FORMATS:
        from graph.publish.rdf_files import export_rdf

        return export_rdf(rows, format, base, framed_by)

    from graph.query.stores import connect_lines

    run = connect_lines(rows)
    if format == "participations":
        from graph.publish.participation_table import participation_table

        return participation_table(run, lang)

    from graph.network.presence import presence_network
    from graph.publish import network_files

    graph = presence_network(run, groups=True)
    output: bytes = getattr(network_files, f"to_{format}")(graph)
    return output
