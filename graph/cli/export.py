"""The command ``export``: the graph, or a selection of it, as a file for other programs."""

from pathlib import Path

import click

from graph.cli.ask import certainty_option, parameter_option, parse_parameters
from graph.cli.completion import complete_actors, complete_questions
from graph.cli.options import (
    SEPARATORS,
    SuggestingChoice,
    interruptible,
    language_tag,
    print_errors,
    separator_option,
)
from graph.cli.output import check_separator, write, write_folder
from graph.cli.target import Target, build_folder, build_options
from graph.common.text import pluralize
from graph.publish.formats import FORMAT_BY_SUFFIX, FORMATS, QUERY_FORMATS, RDF_FORMATS, ExportOptions, format_of_name

# Where ``motegraf serve`` answers queries unless told otherwise.
_LOCAL_ENDPOINT = "http://127.0.0.1:8077/sparql"
_EPILOG = """\b
For spreadsheets: participations (.csv), a row for each actor at each event.
For networks: gexf (with a time line), gexf-static, graphml, nodes, edges.
For investigations: ftm (.ftm.json), entities of FollowTheMoney.
For civic data: popolo (.popolo.json).
For maps: geojson, points of areas and events.
For calendars: icalendar (.ics), events of which the day is known.
For SPARQL tools: grlc, sparql-examples, the ready questions in a folder.

\b
Examples:
  motegraf export --actor "laila bokhari" -o bokhari.ftm.json
  motegraf export -f grlc -o api --endpoint https://example.org/sparql
"""


@click.command(epilog=_EPILOG)
@click.option("-f", "--format", type=SuggestingChoice(FORMATS), help="Output format.  [default: turtle]")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="File to write; its suffix selects the format. For grlc and sparql-examples: the folder to write to.",
)
@click.option(
    "--question",
    metavar="NAME",
    shell_complete=complete_questions,
    help="Export only what answers this ready question (motegraf ask lists them).",
)
@parameter_option
@certainty_option
@click.option(
    "--actor",
    "actors",
    multiple=True,
    shell_complete=complete_actors,
    help="Export only statements about this person or body, by name, id or IRI; may be repeated.",
)
@click.option(
    "--framed-by",
    type=SuggestingChoice(("event", "actor")),
    help="Write JSON-LD as trees: each event, or each person and body, with all that belongs to it.",
)
@click.option(
    "--lang",
    callback=language_tag,
    metavar="TAG",
    default="nb",
    show_default=True,
    help="Language of names, such as nb, nn or en, in formats that have one; headings are in nb or en.",
)
@separator_option
@click.option(
    "--endpoint",
    metavar="URL",
    help=f"SPARQL endpoint to write into exported queries.  [default: {_LOCAL_ENDPOINT}]",
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
    separator: str | None,
    endpoint: str | None,
    target: Target,
) -> None:
    """Write the graph, or a part of it, to a file for other programs.

    --question or --actor select a part, which is complete in itself: each event is whole, and each statement comes with
    the sentences that prove it. What a format cannot express is left out, and counted on stderr.
    """
    out = None if out == Path("-") else out
    file_format = _format_of(format, out, framed_by)
    check_separator(separator, file_format, "participations")
    selects = bool(question or actors)
    if question and actors:
        raise click.UsageError("--question and --actor each select; give one of them")
    if (given or certainty) and not question:
        raise click.UsageError("-p and --certainty go with a question; name it with --question")
    if file_format in QUERY_FORMATS:
        _write_queries(file_format, out, endpoint or _LOCAL_ENDPOINT, lang, selects, target)
        return
    if endpoint:
        raise click.BadParameter(f"only {' and '.join(QUERY_FORMATS)} name an endpoint", param_hint="--endpoint")
    if out is not None and out.is_dir():
        raise click.BadParameter(f"{str(out)!r} is a folder; name a file", param_hint="--out")
    with print_errors():
        from graph.builds.manifest import read_base
        from graph.publish.serialize import serialize

        folder = build_folder(target)
        with interruptible():
            if question:
                rows = _lines_answering(folder, target.home, question, given, certainty)
            else:
                rows = _lines_around(folder, actors) if actors else _all_lines(folder)
            options = ExportOptions(
                read_base(folder), lang, target.home, framed_by, SEPARATORS.get(separator) if separator else None
            )
            exported = serialize(rows, file_format, options)
        write(exported.data, out)
    if not target.quiet:
        made_of = "" if file_format in RDF_FORMATS else "from "
        click.echo(f"{made_of}{pluralize(len(rows), 'statement')}", err=True)
        for line in exported.left_out:
            click.echo(line, err=True)


def _format_of(name: str | None, out: Path | None, framed_by: str | None) -> str:
    """Return the format that the user named, or that the suffix of the file stands for.

    Raise BadParameter where there is none.
    """
    from graph.common.findings import did_you_mean

    file_format = name or ("jsonld" if framed_by else "turtle")
    if name is None and out is not None:
        named = format_of_name(out.name)
        if named is None:
            suffixes = ", ".join(FORMAT_BY_SUFFIX)
            message = f"{out.name!r} does not end in {suffixes}.{did_you_mean(out.suffix.lower(), FORMAT_BY_SUFFIX)}"
            raise click.BadParameter(f"{message} Or give --format", param_hint="--out")
        file_format = named
    if framed_by and file_format != "jsonld":
        raise click.BadParameter(f"only jsonld is framed, not {file_format}", param_hint="--framed-by")
    return file_format


def _write_queries(format: str, out: Path | None, endpoint: str, lang: str, selects: bool, target: Target) -> None:
    """Write the ready questions into a folder; files of other names there stay."""
    if out is None:
        raise click.UsageError(f"{format} is a folder of files; name it with -o")
    if selects:
        raise click.UsageError(f"{format} has the ready questions, of which --question and --actor select nothing")
    if out.exists() and not out.is_dir():
        raise click.BadParameter(f"{str(out)!r} is a file; name a folder", param_hint="--out")
    with print_errors():
        from graph.publish.query_files import QUERY_FILES
        from graph.query.questions import questions_folder, read_questions
        from graph.query.results import InvalidQueryError
        from graph.query.stores import connect_build
        from graph.rdf.terms import iri_problem

        problem = iri_problem(endpoint) or (
            None if endpoint.startswith(("http://", "https://")) else "is no web address"
        )
        if problem:
            raise InvalidQueryError(f"--endpoint {endpoint!r}: {problem}")
        run = connect_build(build_folder(target))
        files = QUERY_FILES[format](read_questions(questions_folder(target.home)), endpoint, lang, run)
        write_folder(files, out)
    if not target.quiet:
        click.echo(pluralize(len(files), "file"), err=True)


def _all_lines(folder: Path) -> list[str]:
    from graph.builds.manifest import DATASET, verified_file
    from graph.builds.parts import require_whole
    from graph.rdf.statements import read_nquads

    require_whole(folder, "an export without --actor or --question")
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
    table = run_question(question, values, run, of_build=True)
    if not table.rows:
        hint = "" if certainty or "certainty" not in question.parameters else "; --certainty all asks what is possible"
        raise QueryError(f"{question.name} has no rows, so there is nothing to write{hint}")
    return select(store, entities_in_table(table, resolve_all(question, values, run).values()))
