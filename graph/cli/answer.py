"""What ``ask`` does once it knows what is asked: the SPARQL that it sends, the answer, its proof, how many rows."""

from typing import TYPE_CHECKING

import click

from graph.common.text import pluralize

if TYPE_CHECKING:
    from graph.query.ask import Passage
    from graph.query.questions import Question
    from graph.query.results import QueryFn, QueryResult


def sent(
    own: str,
    question: "Question | None",
    parameters: dict[str, str],
    run: "QueryFn",
    prefixes: dict[str, str],
    allow_service: bool,
) -> str:
    """The SPARQL that is sent: a question with its parameters put in, one's own with prefixes that it leaves out."""
    from graph.query.ask import question_sparql
    from graph.query.guard import validate_query
    from graph.query.sparql.prefixes import declare_prefixes, expand_dotted_names

    validate_query(own, allow_service)
    return (
        question_sparql(question, parameters, run)
        if question
        else expand_dotted_names(declare_prefixes(own, prefixes), {})
    )


def answer(own: str, sent: str, run: "QueryFn", lang: str, prefixes: dict[str, str]) -> "QueryResult":
    """What the place says, with labels in that language; Misasked says where the query is wrong."""
    from graph.query.ask import localize
    from graph.query.diagnostics import locate_error
    from graph.query.results import InvalidQueryError, Table

    try:
        found = run(sent)
    except InvalidQueryError as error:
        raise InvalidQueryError(locate_error(own, sent, str(error), prefixes)) from error
    return localize(found, run, lang) if isinstance(found, Table) else found


def proofs(answer: "QueryResult | None", question: "Question | None", run: "QueryFn") -> "list[list[Passage]] | None":
    """The passages that prove each row of a question's answer."""
    from graph.query.ask import row_passages
    from graph.query.results import InvalidQueryError, Table

    if question and not question.proof:
        raise InvalidQueryError(
            f"the rows of {question.name} are not things that words of a page prove; leave --proof out"
        )
    return row_passages(answer, question, run) if question and isinstance(answer, Table) else None


def say_how_many(answer: "QueryResult", question: "Question | None", parameters: dict[str, str], lang: str) -> None:
    """The number of rows goes to stderr, and where there are none, why that may be."""
    from graph.query.results import Table, TriplesResult

    if isinstance(answer, TriplesResult):
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
