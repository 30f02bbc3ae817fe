"""What ``ask`` does once it knows what is asked: the SPARQL that it sends, the answer, its proof, how many rows."""

from typing import TYPE_CHECKING

import click

from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.query.ask import Passage
    from graph.query.questions import Question
    from graph.query.results import Answer, Run


def sent(
    own: str,
    question: "Question | None",
    parameters: dict[str, str],
    run: "Run",
    prefixes: dict[str, str],
    allow_service: bool,
) -> str:
    """The SPARQL that is sent: a question with its parameters put in, one's own with prefixes that it leaves out."""
    from graph.query.ask import as_sent
    from graph.query.guard import refuse_unsafe
    from graph.query.sparql.prefixes import with_prefixes, with_whole_names

    refuse_unsafe(own, allow_service)
    return as_sent(question, parameters, run) if question else with_whole_names(with_prefixes(own, prefixes), {})


def answer(own: str, sent: str, run: "Run", lang: str, prefixes: dict[str, str]) -> "Answer":
    """What the place says, with labels in that language; Misasked says where the query is wrong."""
    from graph.query.ask import in_language
    from graph.query.guard import where_wrong
    from graph.query.results import Misasked, Table

    try:
        found = run(sent)
    except Misasked as error:
        raise Misasked(where_wrong(own, sent, str(error), prefixes)) from error
    return in_language(found, run, lang) if isinstance(found, Table) else found


def proofs(answer: "Answer | None", question: "Question | None", run: "Run") -> "list[list[Passage]] | None":
    """The passages that prove each row of a question's answer."""
    from graph.query.ask import passages_of
    from graph.query.results import Misasked, Table

    if question and not question.proof:
        raise Misasked(f"the rows of {question.name} are not things that words of a page prove; leave --proof out")
    return passages_of(answer, question, run) if question and isinstance(answer, Table) else None


def say_how_many(answer: "Answer", question: "Question | None", parameters: dict[str, str], lang: str) -> None:
    """The number of rows goes to stderr, and where there are none, why that may be."""
    from graph.query.results import Statements, Table

    if isinstance(answer, Statements):
        click.echo(pluralize(len(answer.triples), "statement"), err=True)
    if not isinstance(answer, Table):
        return
    count = len(answer.rows)
    if count:
        click.echo(pluralize(count, "row"), err=True)
        return
    reason = "nothing in this graph answers it"
    if question and question.without_rows and not parameters:
        reason = getattr(question.without_rows, lang)
    elif question and "certainty" in question.parameters and "certainty" not in parameters:
        reason = "nothing answers it for certain; --certainty all asks whether anything is possible"
    click.echo(f"no rows; {reason}", err=True)
