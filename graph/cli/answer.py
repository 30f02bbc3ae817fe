"""What ``ask`` does with a question: the SPARQL that is sent, its result, the proof, and the number of rows."""

from typing import TYPE_CHECKING

import click

from graph.common.text import pluralize
from graph.model.labels import interface_language

if TYPE_CHECKING:
    from graph.query.passages import Passage
    from graph.query.questions import Question
    from graph.query.results import QueryFn, QueryResult


def sparql_to_send(
    query: str,
    question: "Question | None",
    parameters: dict[str, str],
    run: "QueryFn",
    prefixes: dict[str, str],
    allow_service: bool,
    lang: str,
    of_build: bool,
) -> str:
    """Return the SPARQL to send: a question with its parameters put in, or a user's own query with missing prefixes.

    ``of_build``: it is sent to a build, and not to an endpoint. Raise InvalidQueryError where the query is not allowed,
    or a parameter is not understood.
    """
    from graph.query.ask import question_sparql
    from graph.query.guard import validate_query

    validate_query(query, allow_service)
    if question:
        return question_sparql(question, parameters, run, lang, of_build=of_build)
    from graph.query.sparql.prefixes import declare_prefixes, expand_dotted_names

    return expand_dotted_names(declare_prefixes(query, prefixes), {})


def run_query(query: str, sent: str, run: "QueryFn", lang: str, prefixes: dict[str, str]) -> "QueryResult":
    """Return the result of the query, with labels in that language.

    Raise InvalidQueryError with the position of a syntax error.
    """
    from graph.query.ask import localize
    from graph.query.results import InvalidQueryError, Table

    try:
        result = run(sent)
    except InvalidQueryError as error:
        from graph.query.diagnostics import locate_error

        raise InvalidQueryError(locate_error(query, sent, str(error), prefixes)) from error
    return localize(result, run, lang) if isinstance(result, Table) else result


def find_proofs(
    result: "QueryResult | None", question: "Question | None", run: "QueryFn"
) -> "list[list[Passage]] | None":
    """Return the passages that prove each row of a question's result, or None where there is no table.

    Raise InvalidQueryError where the question states no proof.
    """
    from graph.query.proof import row_passages
    from graph.query.results import InvalidQueryError, Table

    if question and not question.proof:
        raise InvalidQueryError(f"the rows of {question.name} have no proof; leave --proof out")
    return row_passages(result, question, run) if question and isinstance(result, Table) else None


def print_row_count(
    result: "QueryResult",
    question: "Question | None",
    parameters: dict[str, str],
    lang: str,
    shown: "QueryResult | None" = None,
) -> None:
    """Print to stderr how many rows there are and are shown and, where there are none, why that can be."""
    from graph.query.results import Table, TriplesResult

    if isinstance(result, TriplesResult):
        click.echo(pluralize(len(result.triples), "statement"), err=True)
    if not isinstance(result, Table):
        return
    count = len(result.rows)
    if isinstance(shown, Table) and len(shown.rows) < count:
        click.echo(
            f"the first {len(shown.rows)} of {pluralize(count, 'row')}; --all or --format csv gives all", err=True
        )
        return
    if count:
        click.echo(pluralize(count, "row"), err=True)
        return
    reason = "nothing in this graph answers it"
    if question and question.without_rows and not parameters:
        reason = getattr(question.without_rows, interface_language(lang))
    elif question and "certainty" in question.parameters and "certainty" not in parameters:
        reason = "nothing answers it for certain; --certainty all asks whether anything is possible"
    click.echo(f"no rows; {reason}", err=True)
