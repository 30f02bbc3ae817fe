"""The command ``ask``: ready questions, and SPARQL of one's own."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.cli import answer as answering
from graph.cli.completion import complete_parameters, complete_questions
from graph.cli.options import (
    SuggestingChoice,
    examples,
    interruptible,
    lang_option,
    out_option,
    print_errors,
    proof_option,
    separator_option,
)
from graph.cli.output import (
    FORMATS,
    MAX_ROWS,
    check_separator,
    first_rows,
    format_for_form,
    format_from_name,
    serialize,
    terminal_width,
    write,
)
from graph.cli.question_help import QuestionCommand
from graph.cli.target import Target, open_target, target_options
from graph.cli.undecided import check_undecided_format, find_undecided, with_undecided
from graph.common.text import is_valid_unicode
from graph.model.labels import CERTAINTIES

if TYPE_CHECKING:
    from graph.query.questions import Question


parameter_option = click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=complete_parameters,
    help="Set a parameter of the question: a name, an id, an IRI, a day ...; may be repeated.",
)
certainty_option = click.option(
    "--certainty",
    type=SuggestingChoice(CERTAINTIES),
    help="Rows to show: what the sources say for certain, what is merely possible, or both. Short for -p certainty=...",
)


@click.command(
    cls=QuestionCommand,
    epilog=examples(
        "motegraf ask --search place",
        "motegraf ask who_was_where --help",
        'motegraf ask who_was_where -p actor="laila bokhari" --proof',
        "motegraf ask who_met_whom --certainty all -o meetings.html",
    ),
)
@click.argument("words", nargs=-1, metavar="[QUESTION]", shell_complete=complete_questions)
@click.option("--search", metavar="WORD", help="List the questions that contain this word.")
@parameter_option
@certainty_option
@proof_option
@lang_option
@click.option(
    "-f",
    "--format",
    type=SuggestingChoice(FORMATS),
    help="Output format.  [default: table; turtle for CONSTRUCT and DESCRIBE]",
)
@separator_option
@out_option
@click.option(
    "--all",
    "all_rows",
    is_flag=True,
    help=f"Show all rows of a table on a terminal, where by default there are no more than {MAX_ROWS}.",
)
@click.option(
    "--query",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Run the SPARQL query in this file (- for standard input); the usual prefixes need no PREFIX.",
)
@click.option("--allow-service", is_flag=True, help="Allow the query to call other servers (SERVICE).")
@click.option(
    "--undecided", is_flag=True, help="List below the table what of the answer may be one and the same with what else."
)
@click.option("--explain", is_flag=True, help="Print the SPARQL query instead of running it.")
@target_options
def ask(
    words: tuple[str, ...],
    search: str | None,
    given: tuple[str, ...],
    certainty: str | None,
    proof: bool,
    lang: str,
    format: str | None,
    separator: str | None,
    out: Path | None,
    all_rows: bool,
    query: Path | None,
    allow_service: bool,
    undecided: bool,
    explain: bool,
    target: Target,
) -> None:
    """Ask the graph a ready question by its name, or SPARQL of your own.

    Without QUESTION, list the questions; QUESTION --help tells the parameters of one. Some answers are certain: a
    source says so. Others are merely possible: it says that one person or another was there. Only certain answers are
    shown unless --certainty asks for more.
    """
    out = None if out == Path("-") else out
    file_format = None if explain else format_from_name(format, out)
    check_separator(separator, file_format)
    has_options = (
        given
        or certainty
        or proof
        or explain
        or undecided
        or all_rows
        or target.build
        or target.as_known_on
        or target.endpoint
    )
    with print_errors():
        if query is None and (search is not None or not words):
            if has_options or file_format not in (None, "table"):
                raise click.UsageError("name a question (motegraf ask lists them), or give --query")
            write(_question_list([*(search or "").split(), *words], target.home, lang), out)
            return
        if query and (words or search or given or certainty or proof):
            raise click.UsageError(
                "--query asks your own SPARQL; a name, -p, --certainty and --proof go with a question"
            )

        from graph.query.questions import find_question, questions_folder
        from graph.query.sparql.tokens import query_form

        question = None if query else find_question(questions_folder(target.home), "_".join(words))
        parameters = parse_parameters(given, certainty, question)
        text = question.query if question else _read_query(str(query))
        file_format = format_for_form(query_form(text), file_format)
        if undecided:
            check_undecided_format(file_format)
        run, prefixes = open_target(target, allow_service)
        with interruptible():
            sparql = answering.sparql_to_send(
                *(text, question, parameters, run, prefixes, allow_service, lang),
                of_build=target.endpoint is None and not explain,
            )
            result = None if explain else answering.run_query(text, sparql, run, lang, prefixes)
            # Nobody is told that rows are left out where only errors and warnings are printed.
            is_whole = all_rows or target.quiet or out is not None or file_format != "table"
            shown = result if is_whole else first_rows(result)
            proofs = answering.find_proofs(shown, question, run) if proof else None
            candidates = find_undecided(result, question, run) if undecided else []
        if result is None or shown is None:
            write(f"{sparql.rstrip()}\n".encode(), out)
            return
        data = serialize(shown, file_format, lang, question, proofs, prefixes, out is not None, separator)
        if undecided:
            data = with_undecided(data, file_format, candidates, lang, terminal_width())
        write(data, out)
        if not target.quiet:
            answering.print_row_count(result, question, parameters, lang, shown)


def _question_list(words: Sequence[str], home: Path, lang: str) -> bytes:
    from graph.query.questions import questions_folder, read_questions
    from graph.query.results import InvalidQueryError
    from graph.render.catalogue import list_questions, search_questions

    every = read_questions(questions_folder(home))
    questions = search_questions(every, words)
    if not questions:
        from graph.common.findings import suggestion
        from graph.query.near_names import similar_questions

        hint = suggestion(similar_questions(" ".join(words), {each.name: each.summary for each in every}))
        raise InvalidQueryError(f"there is no question about {' '.join(words)!r}.{hint} (motegraf ask lists all)")
    return "".join(f"{line}\n" for line in list_questions(questions, lang, terminal_width())).encode()


def parse_parameters(given: Sequence[str], certainty: str | None, question: "Question | None") -> dict[str, str]:
    """Return the values of parameters by name, as typed. Raise InvalidQueryError where one is malformed or repeated."""
    from graph.query.results import InvalidQueryError

    pairs = [each.partition("=") for each in given]
    if certainty:
        pairs.append(("certainty", "=", certainty))
    values: dict[str, str] = {}
    for name, equals, value in pairs:
        if not equals or not name.strip():
            raise InvalidQueryError(f"{name!r} is not NAME=VALUE, such as -p actor=laila-bokhari")
        if not is_valid_unicode(value):
            raise InvalidQueryError(f"the value of {name.strip()!r} is not UTF-8")
        if name.strip() in values:
            raise InvalidQueryError(f"{name.strip()!r} is given twice")
        values[name.strip()] = value
    if certainty and question and "certainty" not in question.parameters:
        raise InvalidQueryError(f"{question.name} does not tell certain from possible; leave --certainty out")
    return values


def _read_query(query: str) -> str:
    """Return the text of a file, or of standard input."""
    from graph.common.text_files import read_text, strip_bom
    from graph.query.results import InvalidQueryError

    if query != "-":
        return strip_bom(read_text(Path(query), query))
    try:
        return strip_bom(sys.stdin.buffer.read().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidQueryError("standard input is not UTF-8") from error
