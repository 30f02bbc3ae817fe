"""A query for readers of English has English labels, and the rows of the query for readers of Norwegian."""

import re
from pathlib import Path

import pytest

from graph.query.ask import localize, question_sparql
from graph.query.questions import Question, questions, sparql_text
from graph.query.results import QueryFn, Table, expect_table
from graph.query.sparql.labels import labels_in
from graph.query.sparql.parameters import bind_parameters
from graph.query.sparql.tokens import tokens
from graph.query.stores import connect_build, connect_lines
from graph.server.views.editor import EXAMPLE

pytestmark = pytest.mark.slow

QUESTIONS = questions()
# Texts that are no label of an entity of their row: in which language they are, the query alone says.
OF_THE_QUERY_ALONE = {"value"}
GRAPH = """
<urn:both> <http://www.w3.org/2000/01/rdf-schema#label> "Møte"@nb .
<urn:both> <http://www.w3.org/2000/01/rdf-schema#label> "Meeting"@en .
<urn:norwegian> <http://www.w3.org/2000/01/rdf-schema#label> "Råd"@nb .
<urn:none> <http://www.w3.org/2000/01/rdf-schema#label> "Fórum"@pt .
<urn:none> <http://www.w3.org/2000/01/rdf-schema#label> "Fórum" .
<urn:none-and-english> <http://www.w3.org/2000/01/rdf-schema#label> "Fórum" .
<urn:none-and-english> <http://www.w3.org/2000/01/rdf-schema#label> "Forum"@en .
""".strip().splitlines()
PREFIX = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"


@pytest.fixture(scope="module")
def run() -> QueryFn:
    return connect_lines(GRAPH)


def labels(query: str, run: QueryFn) -> list[str | None]:
    return [None if cell is None else cell.value for (cell,) in expect_table(run(PREFIX + query)).rows]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?label { ?x rdfs:label ?label . FILTER(LANG(?label) IN ("nb", "")) } ORDER BY STR(?x)',
        'SELECT ?label { ?x rdfs:label ?label FILTER (LANG(?label) IN ("nb", "") && ISIRI(?x)) } ORDER BY STR(?x)',
        'SELECT ?label { ?x rdfs:label ?any ; rdfs:label ?label FILTER(LANG(?label) IN ( "nb" , "" )) }'
        " GROUP BY ?x ?label ORDER BY STR(?x)",
    ],
)
def test_each_entity_has_one_label_in_english_or_the_one_there_is(query: str, run: QueryFn) -> None:
    assert labels(query, run) == ["Møte", "Fórum", "Fórum", "Råd"]
    assert labels(labels_in(query, "en"), run) == ["Meeting", "Fórum", "Forum", "Råd"]


def test_label_that_is_bound_in_some_rows_only_keeps_the_others(run: QueryFn) -> None:
    query = """SELECT ?label {
      { VALUES ?x { <urn:both> } ?x rdfs:label ?label } UNION { BIND(1 AS ?other) }
      FILTER(COALESCE(LANG(?label), "") IN ("nb", ""))
    } ORDER BY ?label"""
    assert labels(query, run) == [None, "Møte"]
    assert labels(labels_in(query, "en"), run) == [None, "Meeting"]


def test_subject_can_be_a_term_that_is_put_in(run: QueryFn) -> None:
    from pyoxigraph import NamedNode

    query = 'SELECT ?label { ?_who rdfs:label ?label . FILTER(LANG(?label) IN ("nb", "")) }'
    for name, expected in (("both", "Meeting"), ("norwegian", "Råd")):
        english = bind_parameters(labels_in(query, "en"), {"who": NamedNode(f"urn:{name}")})
        assert labels(english, run) == [expected]


def test_query_for_norwegian_is_the_query_itself() -> None:
    assert all(labels_in(each.query, "nb") == each.query for each in QUESTIONS)


@pytest.mark.parametrize("text", [*(each.query for each in QUESTIONS), EXAMPLE.read_text(encoding="utf-8")])
def test_no_condition_of_a_ready_query_stays_norwegian(text: str) -> None:
    condition = re.compile(r'LANG\(\?\w+\)(?:, ""\))? IN \("nb", ""\)')
    code = "".join(token for kind, token in tokens(text) if kind != "comment")
    english = labels_in(code, "en")
    assert len(condition.findall(english)) == len(re.findall(r"LANG\(\?\w+\) IN \(.{8}\) && NOT EXISTS", english))
    assert english.count("NOT EXISTS") == len(condition.findall(code))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_english_answer_has_the_rows_of_the_norwegian_one(question: Question, built: Path, eleven_pages: Path) -> None:
    """The labels are those that ``localize`` finds for each entity."""
    for build in (built, eleven_pages):
        run = connect_build(build)
        given = {"certainty": "all"} if "certainty" in question.parameters else {}
        norwegian = expect_table(run(question_sparql(question, given, run)))
        english = expect_table(run(question_sparql(question, given, run, "en")))
        assert kept(english, question) == kept(localize(norwegian, run, "en"), question)


def kept(table: Table, question: Question) -> list[list[str | None]]:
    """The words of the columns that do not depend on the language of the query, nor on an engine's own order.

    Words alone: a label in nn and the same without a language are one to a reader.
    """
    own_texts = OF_THE_QUERY_ALONE | ({*question.columns} if "_lang" in sparql_text(question) else set())
    numbers = [
        number for number, name in enumerate(table.columns) if name not in own_texts and name not in question.proof
    ]
    return [[None if row[number] is None else row[number].value for number in numbers] for row in table.rows]
