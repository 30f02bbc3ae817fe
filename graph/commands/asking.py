"""The command that asks: ready questions and SPARQL of one's own."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.commands import answering
from graph.commands.completing import parameters_like, questions_like, questions_of
from graph.commands.options import Day, home_option, interruptible, reasons_shown
from graph.commands.writing import FORMATS, format_for, format_of, screen_width, write, written

if TYPE_CHECKING:
    from graph.answers import Run
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
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint, and no build on this machine.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Seconds to wait for it.  [default: 60]")
@click.option("--insecure", is_flag=True, help="Let credentials go to it unencrypted.")
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
    endpoint: str | None,
    timeout: float | None,
    insecure: bool,
    home: Path,
    quiet: bool,
) -> None:
    """Ask the graph: a ready question by its name, or SPARQL of your own.

    Without a name it shows which questions there are. Where answers can be certain or merely possible, certain ones
    alone are given unless --certainty says otherwise.
    """
    out = None if out == Path("-") else out
    wanted = None if explain else format_of(format, out)
    asked = given or certainty or proof or explain or build or as_known_on or endpoint
    with reasons_shown():
        if query is None and (search is not None or not words):
            if asked or wanted not in (None, "table"):
                raise click.UsageError("name a question (motegraf ask shows which there are), or give --query")
            write(_catalogue([*(search or "").split(), *words], home, lang), out)
            return
        if query and (words or search or given or certainty or proof):
            raise click.UsageError(
                "--query asks your own SPARQL; a name, -p, --certainty and --proof go with a question"
            )
        if build and as_known_on:
            raise click.UsageError("--build names a build and --as-known-on makes one; give one of them")
        if endpoint is not None and (build or as_known_on):
            raise click.UsageError("--build and --as-known-on are of this machine; leave them or --endpoint out")
        if endpoint is None and (timeout or insecure):
            raise click.UsageError("--timeout and --insecure are of an endpoint; name it with --endpoint")

        from graph.manifest import base_of
        from graph.names import BASE, prefixes_under
        from graph.questions import find_question
        from graph.sparql_text import form
        from graph.stores import local

        question = None if query else find_question(questions_of(home), "_".join(words))
        parameters = _parameters(given, certainty, question)
        own = question.query if question else _read(str(query))
        wanted = format_for(form(own), wanted)
        if endpoint is None:
            folder = build or _build(home, as_known_on, quiet)
            prefixes, run = prefixes_under(base_of(folder)), local(folder)
        else:
            prefixes, run = prefixes_under(BASE), _there(endpoint, timeout, insecure, allow_service, quiet)
        with interruptible():
            sparql = answering.sent(own, question, parameters, run, prefixes, allow_service)
            found = None if explain else answering.answer(own, sparql, run, lang, prefixes)
            proofs = answering.proofs(found, question, run) if proof else None
        if found is None:
            write(f"{sparql.rstrip()}\n".encode(), out)
            return
        write(written(found, wanted, lang, question, proofs, prefixes, out is not None), out)
        if not quiet:
            answering.say_how_many(found, question, parameters, lang)


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


def _there(endpoint: str, timeout: float | None, insecure: bool, allow_service: bool, quiet: bool) -> "Run":
    """The endpoint as a place to ask; who waits at a terminal is told of pauses."""
    from graph.endpoint import TIMEOUT, remote

    def say(text: str) -> None:
        if sys.stderr.isatty() and not quiet:
            click.echo(text, err=True)

    return remote(endpoint, timeout=timeout or TIMEOUT, insecure=insecure, allow_service=allow_service, say=say)
