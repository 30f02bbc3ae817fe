"""Ready questions treat rows of registers as they treat sentences: nothing stands twice, and all is proven."""

from collections import Counter
from pathlib import Path

import pytest

from graph import HOME
from graph.query.ask import localize, question_sparql
from graph.query.proof import row_passages
from graph.query.questions import find_question, read_questions
from graph.query.results import QueryFn, Table
from graph.query.stores import connect_build
from graph.render.cells import render_table

pytestmark = pytest.mark.slow

QUESTIONS = HOME / "queries"
# What is open, or what stands in no source, has no words that prove it; a cell can say several things that look alike.
WITHOUT_PROOF = {"what_is_uncertain", "what_does_the_registry_add", "what_have_we_decided_ourselves"}
SEVERAL_TIMES = {"what_is_uncertain"}


@pytest.fixture(scope="module")
def run(four_registers: Path) -> QueryFn:
    return connect_build(four_registers / "build")


def answer(name: str, run: QueryFn, **given: str) -> Table:
    question = find_question(QUESTIONS, name)
    result = localize(run(question_sparql(question, given, run, "en")), run, "en")
    assert isinstance(result, Table)
    return result


def words(name: str, run: QueryFn, *columns: str) -> list[tuple[str, ...]]:
    """Return the words in some columns of an answer in English."""
    question = find_question(QUESTIONS, name)
    view = render_table(answer(name, run), question, "en")
    places = [list(view.headings).index(column) for column in columns]
    return [tuple(row[place].text for place in places) for row in view.rows]


@pytest.mark.parametrize("name", [each.name for each in read_questions(QUESTIONS)])
def test_no_row_stands_twice_and_each_is_proven(name: str, run: QueryFn) -> None:
    question = find_question(QUESTIONS, name)
    table = answer(name, run, **({"certainty": "all"} if "certainty" in question.parameters else {}))
    view = render_table(table, question, "en")
    shown = Counter(tuple(cell.url or cell.text for cell in row) for row in view.rows)
    if name not in SEVERAL_TIMES:
        assert [row for row, count in shown.items() if count > 1] == []
    if question.proof and name not in WITHOUT_PROOF:
        proofs = row_passages(table, question, run)
        assert [row for row, passages in zip(view.rows, proofs, strict=True) if not passages] == []


def test_bodies_of_registers_appear_in_their_roles(run: QueryFn) -> None:
    rows = words("how_do_bodies_appear", run, "body", "how")
    assert ("PCS", "counterpart") in rows
    assert ("MINISTRSTVO ZA KULTURO", "official side") in rows
    assert ("Kommunestyret", "organiser") in rows
    # A type of body leaves out those of which nobody says the type.
    typed = answer("how_do_bodies_appear", run, type="police-district")
    assert 0 < len(typed.rows) < len(rows)
    assert not any("/actor/" in str(row[0]) for row in typed.rows)


def test_groups_of_registers_are_groups_without_names(run: QueryFn) -> None:
    groups = {group for (group,) in words("which_groups_without_names_took_part", run, "group")}
    assert {"Trade Unions", "Various charities", "Various NGOs", "Mobile Network Operators"} < groups


def test_cells_leave_lists_open_as_sentences_do(run: QueryFn) -> None:
    rows = words("what_do_open_lists_leave_open", run, "event", "open list", "words of the page")
    assert {
        ("Meeting, some time in January 2011, Robin Muster – Various charities: Roundtable", "Various charities"),
        ("Meeting, 19 February 2020, Eva MUESTRA – Various NGOs: Round table", "Various NGOs"),
    } < {(event, words) for event, kind, words in rows if kind == "participants"}
