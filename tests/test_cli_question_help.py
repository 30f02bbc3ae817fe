"""``motegraf ask NAME --help`` is about that question: its parameters, what they take, and examples that work."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.__main__ import motegraf
from graph.query.lookup import entity_kinds
from graph.query.parameter_words import CERTAINTY_CHOICES, takes
from graph.query.questions import LITERAL_KINDS, Parameter, questions

pytestmark = pytest.mark.slow

QUESTIONS = {question.name: question for question in questions()}


def help_of(*words: str) -> str:
    done = CliRunner().invoke(motegraf, ["ask", *words], terminal_width=200)
    assert done.exit_code == 0, done.output
    return done.stdout


def examples_of(name: str) -> list[str]:
    return [line.strip() for line in help_of(name, "--help").splitlines() if line.strip().startswith("motegraf ask ")]


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_help_of_a_question_has_its_texts_and_parameters(name: str, lang: str) -> None:
    text, question = " ".join(help_of(name, "--lang", lang, "--help").split()), QUESTIONS[name]
    assert getattr(question.summary, lang) in text
    assert getattr(question.description, lang) in text
    for parameter in question.parameters.values():
        if parameter.kind == "certainty":
            assert all(getattr(label, lang) in text for label in CERTAINTY_CHOICES.values())
        else:
            assert f"{getattr(parameter.label, lang)}: {getattr(takes(parameter), lang)}" in text


@pytest.mark.parametrize("name", QUESTIONS)
def test_examples_of_a_question_work(name: str, built: Path) -> None:
    lines = examples_of(name)
    assert len(lines) == 1 + len(QUESTIONS[name].parameters) + bool(QUESTIONS[name].proof)
    for line in lines:
        done = CliRunner().invoke(motegraf, [*shlex.split(line)[1:], "--build", str(built)])
        assert done.exit_code == 0, (line, done.output)


def test_question_can_be_named_by_its_words() -> None:
    assert help_of("who met whom", "-h") == help_of("who_met_whom", "--help") == help_of("--help", "who_met_whom")


def test_unknown_question_is_named_with_what_resembles_it() -> None:
    done = CliRunner().invoke(motegraf, ["ask", "who_met_who", "--help"])
    assert done.exit_code == 2
    assert "Did you mean who_met_whom or" in done.stderr


@pytest.mark.parametrize("words", [("--help",), ("--format", "--help"), ("--nonsense", "--help")])
def test_help_without_a_question_is_that_of_the_command(words: tuple[str, ...]) -> None:
    text = CliRunner().invoke(motegraf, ["ask", *words]).output
    assert "who_met_whom [OPTIONS]" not in text
    assert "motegraf ask" in text


@pytest.mark.parametrize("kind", [*entity_kinds(), *LITERAL_KINDS])
def test_every_kind_of_parameter_says_what_it_takes(kind: str) -> None:
    from graph.model.labels import Label

    words = takes(Parameter("it", kind, Label("det", "it"), None))
    assert words.nb
    assert words.en
