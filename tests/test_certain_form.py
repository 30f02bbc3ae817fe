"""Questions in their shorter way give the rows that they give by plain SPARQL, in the same order."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph import HOME
from graph.push.verify import normalize_proofs
from graph.query.ask import bound_sparql, question_sparql, run_question, shortest
from graph.query.questions import Question, find_question, read_questions
from graph.query.results import QueryFn, Table, expect_table
from graph.query.sparql.certain import certain_form
from graph.query.sparql.parameters import parameter_names
from graph.query.stores import connect_build, connect_store
from graph.rdf.terms import iri

QUESTIONS = HOME / "queries"
RULE = HOME / "ontology/rules/participation_at_held_event.rq"
ATTENDANCES = [iri(f"attendance:{name}") for name in ("present", "present", "represented", "invited", "absent")]
STATUSES = [iri(f"status:{name}") for name in ("held", "held", "held", "planned", "cancelled")]
TYPE, LABEL = iri("rdf:type"), iri("rdfs:label")


def with_a_form() -> list[str]:
    return [each.name for each in read_questions(QUESTIONS) if certain_form(each.query) != each.query]


def question(name: str) -> Question:
    return find_question(QUESTIONS, name)


def both(name: str, run: QueryFn, **given: NamedNode) -> tuple[Table, Table]:
    """Return the rows of a question by plain SPARQL, and in its shorter way."""
    plain = question(name)
    short = replace(plain, query=certain_form(plain.query))
    tables = (expect_table(run(bound_sparql(each, given, "nb"))) for each in (plain, short))
    one, other = (normalize_proofs(table, plain) for table in tables)
    return one, other


def values(table: Table, columns: list[str]) -> Iterator[NamedNode]:
    """Yield the first and the last entity of each of these columns that there are."""
    for place in (table.columns.index(column) for column in columns if column in table.columns):
        cells = sorted((row[place] for row in table.rows if isinstance(row[place], NamedNode)), key=str)
        yield from cells[:1] + cells[-1:]


def parameter_values(name: str, parameter: str, table: Table) -> Iterator[NamedNode]:
    columns = {"actor": ["who", "one", "other"], "area": ["place"]}
    return values(table, columns.get(parameter, [parameter]))


@pytest.fixture(scope="module", params=["built", "eleven_pages", "four_registers"])
def run(request: pytest.FixtureRequest) -> QueryFn:
    folder: Path = request.getfixturevalue(request.param)
    return connect_build(folder / "build" if request.param == "four_registers" else folder)


@pytest.mark.slow
@pytest.mark.parametrize("name", with_a_form())
def test_rows_and_their_order_are_the_same(name: str, run: QueryFn) -> None:
    table, short = both(name, run)
    assert short == table
    for parameter in parameter_names(question(name).query):
        for value in parameter_values(name, parameter, table):
            one, other = both(name, run, **{parameter: value})
            assert other == one, (parameter, value)
            assert one.rows


def random_graph(seed: int) -> Store:
    """Return events of every status, and who had what part in them: each combination, also those that make no sense."""
    chance = random.Random(seed)
    store = Store()

    def add(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        store.add(Quad(subject, iri(predicate), value, iri("graph:concluded")))

    agents = [iri(f"{kind}:a{number}") for kind in ("person", "organisation") for number in range(5)]
    for agent in agents:
        add(agent, "rdf:type", iri("foaf:Person" if "/person/" in agent.value else "org:Organization"))
        add(agent, "rdfs:label", Literal(agent.value[-2:], language="nb"))
    offices = [iri("post:minister"), iri("post:clerk")]
    add(offices[0], "org:postIn", iri("organisation:a0"))
    add(iri("organisation:a0"), "org:classification", iri("body-type:ministry"))
    for number in range(12):
        event = iri(f"event:e{number}")
        add(event, "rdf:type", iri("mg:SingleEvent" if number % 6 else "schema:EventSeries"))
        add(event, "rdfs:label", Literal(f"Møte {number}", language="nb"))
        if number % 5:
            add(event, "mg:eventStatus", chance.choice(STATUSES))
        for agent in chance.sample(agents, 6):
            is_certain = chance.random() < 0.7
            name = agent.value.rpartition("/")[2] + agent.value.rpartition("/")[0][-1]
            part = iri(f"{'participation' if is_certain else 'possible'}:e{number}.{name}")
            claim = iri(f"claim:page.e{number}.{name}")
            add(part, "rdf:type", iri("mg:Participation" if is_certain else "mg:PossibleParticipation"))
            add(part, "mg:event", event)
            add(part, "mg:agent" if is_certain else "mg:candidate", agent)
            add(part, "mg:agentOrCandidate", agent)
            add(claim, "mg:attendance", chance.choice(ATTENDANCES))
            if is_certain:
                for attendance in chance.sample(ATTENDANCES, chance.choice((0, 1, 1, 2))):
                    add(part, "mg:attendance", attendance)
            else:
                add(part, "mg:oneOf", claim)
            add(
                part,
                "cv:role" if is_certain else "mg:possibleRole",
                iri(f"role:{chance.choice(('speaker', 'official', 'organiser'))}"),
            )
            if chance.random() < 0.5:
                add(part, "mg:inCapacity", chance.choice(offices))
            if chance.random() < 0.4:
                add(part, "mg:represents", chance.choice(agents[5:]))
    for role in ("speaker", "official", "organiser"):
        add(iri(f"role:{role}"), "rdfs:label", Literal(role, language="nb"))
    return store


def conclude(store: Store) -> None:
    triples = [*store.query(RULE.read_text(encoding="utf-8"), use_default_graph_as_union=True)]  # type: ignore[arg-type]
    store.extend(Quad(*triple, iri("graph:concluded")) for triple in triples)  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_they_are_the_same_whatever_is_concluded(seed: int) -> None:
    store = random_graph(seed)
    conclude(store)
    found = 0
    for name in with_a_form():
        table, short = both(name, connect_store(store))
        assert short == table, name
        found += len(table.rows)
    assert found


@pytest.mark.unit
def test_a_graph_without_the_edges_is_asked_by_plain_sparql() -> None:
    store = random_graph(1)
    run = connect_store(store)
    plain = question("who_met_whom")
    assert shortest(plain, {}, run) is plain
    table = run_question(plain, {}, run, of_build=True)
    assert table.rows
    conclude(store)
    assert shortest(plain, {}, run) is not plain
    assert run_question(plain, {}, run, of_build=True) == table


@pytest.mark.unit
def test_only_what_is_certain_is_asked_for_in_the_shorter_way() -> None:
    store = random_graph(2)
    conclude(store)
    run = connect_store(store)
    plain = question("who_was_at_the_same_event")
    short = shortest(plain, {}, run)
    assert "mg:presentAt" in question_sparql(plain, {}, run, of_build=True)
    assert shortest(plain, {"certainty": Literal("certain")}, run) == short
    for certainty in ("possible", "all"):
        assert shortest(plain, {"certainty": Literal(certainty)}, run) is plain
    everything = run_question(plain, {"certainty": "all"}, run, of_build=True)
    certain = run_question(plain, {"certainty": "certain"}, run, of_build=True)
    assert 0 < len(certain.rows) < len(everything.rows)


@pytest.mark.unit
@pytest.mark.parametrize("name", with_a_form())
def test_each_section_is_whole(name: str) -> None:
    query = question(name).query
    marks = [line for line in query.splitlines() if line in ("#certain", "#otherwise", "#end")]
    assert marks == ["#certain", "#otherwise", "#end"] * (len(marks) // 3)
    short = certain_form(query)
    assert not any(mark in short for mark in ("#certain", "#otherwise", "#end", "?_certainty"))
    assert {*parameter_names(short)} == {*parameter_names(query)} - {"certainty"}


@pytest.mark.unit
def test_a_query_without_a_section_is_as_it_is() -> None:
    for query in ("SELECT * { ?s ?p ?o }", "#certain\n#  ?s ?p ?o\n", "#certainly\n# x\n#otherwise\ny\n#end", ""):
        assert certain_form(query) == query
    assert (
        certain_form("a\n#certain\n#  b # c\n#otherwise\n d\n#end\ne\n#certain\n#otherwise\nf\n#end")
        == "a\n  b # c\ne\n"
    )
