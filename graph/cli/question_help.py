"""The help of one question, ``motegraf ask NAME --help``: its parameters, what they take, and commands that work."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from graph import HOME
from graph.model.labels import Label, interface_language, is_language_tag

if TYPE_CHECKING:
    from graph.query.questions import Parameter, Question

_PARAMETERS, _EXAMPLES = Label("Parametre", "Parameters"), Label("Eksempler", "Examples")
_OTHERS = Label("Andre valg viser motegraf ask --help.", "For other options see motegraf ask --help.")
_NONE = Label(f"Spørsmålet har ingen parametre. {_OTHERS.nb}", f"The question has no parameters. {_OTHERS.en}")


class QuestionCommand(click.Command):
    """A command whose help, asked for beside the name of a question, is about that question."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words of the command line: --help is answered before they are read."""
        ctx.meta[__name__] = [*args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the question that the command line names, or else of the command."""
        options = self._given(ctx)
        question = _named_question(options)
        if question is None:
            super().format_help(ctx, formatter)
            return
        lang = str(options.get("lang") or "nb")
        _write_help(question, interface_language(lang) if is_language_tag(lang) else "nb", ctx, formatter)

    def _given(self, ctx: click.Context) -> dict[str, object]:
        """Return what the command line has of words and options, not yet converted; nothing where it is wrong."""
        try:
            options, _, _ = self.make_parser(ctx).parse_args([*ctx.meta.get(__name__, [])])
        except click.UsageError:
            return {}
        return dict(options)


def _named_question(options: dict[str, object]) -> "Question | None":
    """Return the question of the command line. Raise UsageError where it names one that is not there."""
    from graph.common.findings import FindingsError
    from graph.query.questions import find_question, questions_folder
    from graph.query.results import InvalidQueryError

    words = options.get("words")
    if not words or not isinstance(words, tuple | list):
        return None
    try:
        return find_question(questions_folder(Path(str(options.get("home") or HOME))), "_".join(map(str, words)))
    except (InvalidQueryError, FindingsError) as error:
        raise click.UsageError(str(error)) from error


def _write_help(question: "Question", lang: str, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    from graph.query.questions import descriptions

    formatter.write_usage(ctx.command_path, f"{question.name} [OPTIONS]")
    _write_text(formatter, getattr(question.summary, lang))
    for label in descriptions(question):
        _write_text(formatter, getattr(label, lang))
    if question.parameters:
        with formatter.section(getattr(_PARAMETERS, lang)):
            formatter.write_dl([_entry(each, lang) for each in question.parameters.values()])
    _write_text(formatter, getattr(_OTHERS if question.parameters else _NONE, lang))
    with formatter.section(getattr(_EXAMPLES, lang)):
        for each in _examples(question):
            # A command that is broken into lines could not be copied.
            formatter.write(f"{'':{formatter.current_indent}}{each}\n")


def _write_text(formatter: click.HelpFormatter, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def _entry(parameter: "Parameter", lang: str) -> tuple[str, str]:
    """Return how a parameter is written, and what it is and takes."""
    from graph.query.parameter_words import CERTAINTY_CHOICES, takes

    value = _example(parameter) or "..."
    if parameter.kind == "certainty":
        choices = (f"{each}: {getattr(label, lang)}" for each, label in CERTAINTY_CHOICES.items())
        return f"-p {parameter.name}={value}", "; ".join(choices)
    return f"-p {parameter.name}={value}", f"{getattr(parameter.label, lang)}: {getattr(takes(parameter), lang)}"


def _examples(question: "Question") -> Iterator[str]:
    """Yield commands that work with the page that this project begins with: without values, and with each alone."""
    yield f"motegraf ask {question.name}"
    for each in question.parameters.values():
        value = _example(each)
        if value:
            yield f"motegraf ask {question.name} -p {each.name}={quote(value)}"
    if question.proof:
        yield f"motegraf ask {question.name} --proof"


def _example(parameter: "Parameter") -> str | None:
    return "all" if parameter.kind == "certainty" else parameter.example
