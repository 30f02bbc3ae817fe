"""The command that asks: ready questions and SPARQL of one's own."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands.completing import parameters_like, questions_like, questions_of
from graph.commands.options import Day, home_option, interruptible, reasons_shown
from graph.commands.writing import FORMATS, format_for, format_of, screen_width, write, written

if TYPE_CHECKING:
    from graph.answers import Answer, Run
    from graph.ask import Passage
    from graph.questions import Question

CERTAINTIES = ("certain", "possible", "all")


@click.command()
@click.argument("words", nargs=-1, metavar="[QUESTION]", shell_complete=questions_like)
@click.option("--search", metavar="WORD", help="Show the questions in which this word occurs.")
@click.option(
    "-p",
    "--parameter",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=parameters_like,
    help="Ask of one actor, place, day ...: a label, an id or an IRI. Once for each parameter.",
)
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="Short for -p certainty=...")
@click.option("--as-known-on", type=Day(), help="Ask what pages certainly published until that day say.")
@click.option("--proof", is_flag=True, help="Show under each row the words that prove it, and where they stand.")
@click.option(
    "--lang", type=click.Choice(("nb", "en")), default="nb", show_default=True, help="Of labels and headings."
)
@click.option("-f", "--format", type=click.Choice(FORMATS), help="What to write.  [default: table, turtle]")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write; its ending says the format."
)
@click.option(
    "--query",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Ask the SPARQL of a file (- for what is piped in); known prefixes need no PREFIX.",
)
@click.option("--allow-service", is_flag=True, help="Let a query call other servers by SERVICE.")
@click.option("--explain", is_flag=True, help="Show the SPARQL as it would be sent, and ask nothing.")
@click.option(
    "--build",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the build to ask.  [default: build/ in HOME]",
)
@home_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the answer and what is wrong.")
def ask(
    words: tuple[str, ...],
    search: str | None,
    given: tuple[str, ...],
    certainty: str | None,
    as_known_on: date | None,
    proof: bool,
    lang: str,
    format: str | None,
    out: Path | None,
    query: Path | None,
    allow_service: bool,
    explain: bool,
    build: Path | None,
    home: Path,
    quiet: bool,
) -> None:
    """Ask the graph: a ready question by its name, or SPARQL of your own.

    Without a name it shows which questions there are. Where answers can be certain or merely possible, certain ones
    alone are given unless --certainty says otherwise.
    """
    wanted = format_of(format, out)
    with reasons_shown():
        if query is None and (search is not None or not words):
            write(_catalogue([*(search or "").split(), *words], home, lang), out)
            return
        if query and (words or search or given or certainty or proof):
            raise click.UsageError(
                "--query asks SPARQL of your own; names, -p, --certainty and --proof are of questions"
            )
        if build and as_known_on:
            raise click.UsageError("--build names a build and --as-known-on makes one; give one of them")

        from graph.manifest import base_of
        from graph.names import prefixes_under
        from graph.questions import find_question
        from graph.sparql_text import form
        from graph.stores import local

        question = None if query else find_question(questions_of(home), "_".join(words))
        parameters = _parameters(given, certainty, question)
        own = question.query if question else _read(str(query))
        wanted = format_for(form(own), wanted)
        folder = build or _build(home, as_known_on, quiet)
        prefixes = prefixes_under(base_of(folder))
        run = local(folder)
        with interruptible():
            sent = _sent(own, question, parameters, run, prefixes, allow_service)
            answer = None if explain else _answer(own, sent, run, lang, prefixes)
            proofs = _proofs(answer, question, run) if proof else None
        if answer is None:
            write(f"{sent.rstrip()}\n".encode(), out)
            return
        write(written(answer, wanted, lang, question, proofs, prefixes, out is not None), out)
        if not quiet:
            _say_how_many(answer, question, parameters, lang)


def _catalogue(words: Sequence[str], home: Path, lang: str) -> bytes:
    from graph.answers import Misasked
    from graph.catalogue import catalogue, found
    from graph.questions import read_questions

    questions = found(read_questions(questions_of(home)), words)
    if not questions:
        raise Misasked(f"there is no question about {' '.join(words)!r}; motegraf ask lists all")
    return "".join(f"{line}\n" for line in catalogue(questions, lang, screen_width())).encode()


def _parameters(given: Sequence[str], certainty: str | None, question: "Question | None") -> dict[str, str]:
    """The values by name, as they were typed."""
    from graph.answers import Misasked

    pairs = [each.partition("=") for each in given]
    if certainty:
        pairs.append(("certainty", "=", certainty))
    found: dict[str, str] = {}
    for name, equals, value in pairs:
        if not equals or not name.strip():
            raise Misasked(f"{name!r} is not like -p actor=laila-bokhari")
        if name.strip() in found:
            raise Misasked(f"{name.strip()!r} is given twice")
        found[name.strip()] = value
    if certainty and question and "certainty" not in question.parameters:
        raise Misasked(f"{question.name} does not tell certain from possible; leave --certainty out")
    return found


def _read(query: str) -> str:
    """The text of a file, or what is piped in."""
    from graph.answers import Misasked
    from graph.reading import read_text

    if query != "-":
        return read_text(Path(query), query)
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Misasked("what is piped in is not UTF-8") from error


def _build(home: Path, as_known_on: date | None, quiet: bool) -> Path:
    from graph.commands.builds import build_as_known_on, newer_than
    from graph.progress import shown, silent

    if as_known_on:
        return build_as_known_on(home, as_known_on, silent if quiet else shown)
    newer = None if quiet else newer_than(home / "build", home)
    if newer:
        click.echo(f"note: {newer.relative_to(home)} is newer than the build; motegraf build takes it in", err=True)
    return home / "build"


def _sent(
    own: str,
    question: "Question | None",
    parameters: dict[str, str],
    run: "Run",
    prefixes: dict[str, str],
    allow_service: bool,
) -> str:
    from graph.ask import as_sent
    from graph.own_sparql import refuse_unsafe
    from graph.sparql_text import with_prefixes

    refuse_unsafe(own, allow_service)
    return as_sent(question, parameters, run) if question else with_prefixes(own, prefixes)


def _answer(own: str, sent: str, run: "Run", lang: str, prefixes: dict[str, str]) -> "Answer":
    from graph.answers import Misasked, Table
    from graph.ask import in_language
    from graph.own_sparql import where_wrong

    try:
        answer = run(sent)
    except Misasked as error:
        raise Misasked(where_wrong(own, sent, str(error), prefixes)) from error
    return in_language(answer, run, lang) if isinstance(answer, Table) else answer


def _proofs(answer: "Answer | None", question: "Question | None", run: "Run") -> "list[list[Passage]] | None":
    from graph.answers import Misasked, Table
    from graph.ask import passages_of

    if question and not question.proof:
        raise Misasked(f"the rows of {question.name} are not things that words of a page prove; leave --proof out")
    return passages_of(answer, question, run) if question and isinstance(answer, Table) else None


def _say_how_many(answer: "Answer", question: "Question | None", parameters: dict[str, str], lang: str) -> None:
    """The number of rows goes to stderr, and where there are none, why that may be."""
    from graph.answers import Statements, Table

    if isinstance(answer, Statements):
        click.echo(f"{len(answer.triples)} statement{'s' if len(answer.triples) != 1 else ''}", err=True)
    if not isinstance(answer, Table):
        return
    count = len(answer.rows)
    if count:
        click.echo(f"{count} row{'s' if count != 1 else ''}", err=True)
        return
    reason = "nothing in this graph answers it"
    if question and question.without_rows and not parameters:
        reason = getattr(question.without_rows, lang)
    elif question and "certainty" in question.parameters and "certainty" not in parameters:
        reason = "nothing answers it for certain; --certainty all asks for what is possible too"
    click.echo(f"no rows; {reason}", err=True)
