"""The ready questions: each with a strict header, and on the first page the answers that stand in ``answers/``.

``answers/<question>.csv`` is the whole table without parameters, ``<question>.<parameter>=<value>.csv`` with some. They
are written and read against the page by people; no test writes them.
"""

import csv
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import rdflib
from conftest import CORPUS, OTHER_BASE, PAGE, add_page, load_store
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery
from test_two_sources import HELD_CLAIMS, HELD_TEXT, PLAN_CLAIMS, PLAN_TEXT

from build_graph import build
from graph import HOME
from graph.model.iris import BASE, PREFIXES, VOCABULARY
from graph.query.ask import question_sparql
from graph.query.proof import row_passages
from graph.query.questions import Question, find_question, read_questions
from graph.query.results import QueryFn, Table, Term, expect_table, read_result
from graph.query.sparql.parameters import bind_parameters
from graph.query.sparql.tokens import projected_variables, significant_tokens
from graph.rdf.statements import to_store
from graph.rdf.terms import compact, iri, rebase_iri

pytestmark = pytest.mark.slow

FOLDER = HOME / "queries"
QUESTIONS = read_questions(FOLDER)
ANSWERS = sorted((HOME / "tests/answers").glob("*.csv"))
DATASETS = ("motegraf.nq", "motegraf.ttl", "another base", "the other way round")
CERTAINTY = 'COALESCE(?_certainty, "certain") IN (?certainty, "all"))'
CERTAIN, PLANNED = f"FILTER({CERTAINTY}", f'FILTER(?certainty = "planned" || {CERTAINTY}'
# Why a question about presence has no column that says how certain it is.
OF_ITSELF = {
    "who_may_have_been_where": "asks for candidates alone",
    "what_is_uncertain": "lists candidates as what they are",
    "where_does_it_say_who_spoke": "asks for claims of one named agent",
}
# What stands in these follows from the registry or from our own decisions, and no page says it.
BEYOND_PAGES = {
    "how_much_of_a_page_is_covered",
    "what_became_of_the_areas",
    "what_became_of_the_bodies",
    "what_do_pages_say_differently",
    "what_does_no_claim_cover",
    "what_does_the_registry_add",
    "what_have_we_decided_ourselves",
    "what_is_one_and_the_same",
    "what_is_uncertain",
    "which_events_belong_to_which_series",
    "which_facts_do_sources_dispute",
    "which_pages_are_there",
}
# rdflib evaluates the OPTIONAL of several patterns in it once for every row of the whole graph: up to a minute
# and a half. Virtuoso and Jena answer them.
SLOW_IN_RDFLIB = {"what_is_uncertain", "who_met_which_body"}

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
each_answer = pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.stem)


def asked_in(file: Path) -> tuple[Question, dict[str, str]]:
    """The question that a file of answers is about, and the parameters in its name."""
    name, _, given = file.stem.partition(".")
    pairs = [pair.partition("=") for pair in given.split(",") if pair]
    return find_question(FOLDER, name), {parameter: value for parameter, _, value in pairs}


def expected_in(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.reader(rows))


def shown(table: Table) -> list[list[str]]:
    """A table as it stands in a file: things by their compact names, several in one cell in their order."""
    return [list(table.columns), *([_cell(term) for term in row] for row in table.rows)]


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    words = term.value.split(" ") if isinstance(term, NamedNode | Literal) else []
    if words and all(word.startswith((BASE, OTHER_BASE)) for word in words):
        return " ".join(sorted(compact(NamedNode(word.replace(OTHER_BASE, BASE))) for word in words))
    assert isinstance(term, NamedNode | Literal)
    return term.value


def asking(store: Store) -> QueryFn:
    return lambda query: read_result(store.query(query, use_default_graph_as_union=True))


@pytest.fixture(scope="module")
def places(built: Path, first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, QueryFn]:
    """The first page, asked in several ways."""
    moved = tmp_path_factory.mktemp("moved")
    build(first_page, moved, base=OTHER_BASE)
    stores = {name: load_store(built / name) for name in DATASETS[:2]}
    stores["another base"] = load_store(moved / "motegraf.nq")
    stores["the other way round"] = to_store(reversed(list(stores["motegraf.nq"])))
    return {name: asking(store) for name, store in stores.items()}


@pytest.mark.parametrize("dataset", DATASETS)
@each_answer
def test_the_answer_is_the_whole_table(file: Path, dataset: str, places: dict[str, QueryFn]) -> None:
    question, given = asked_in(file)
    run = places[dataset]
    assert shown(expect_table(run(question_sparql(question, given, run)))) == expected_in(file)


def test_every_answer_has_its_question_and_every_question_and_parameter_its_answers() -> None:
    asked = [asked_in(file) for file in ANSWERS]
    found = {(question.name, parameter) for question, given in asked for parameter in given or [""]}
    wanted = {(question.name, parameter) for question in QUESTIONS for parameter in ["", *question.parameters]}
    assert found == wanted


@each_question
def test_a_question_has_rows_or_says_why_not(question: Question) -> None:
    assert (len(expected_in(HOME / f"tests/answers/{question.name}.csv")) == 1) == bool(question.without_rows)


@each_question
def test_a_question_of_who_met_whom_says_what_that_means(question: Question) -> None:
    if re.search(r"\b(møtte|samme arrangement)\b", question.summary.nb):
        assert question.definition
        assert "snakket sammen" in question.definition.nb or "at noen av dem kom" in question.definition.nb


@each_question
def test_columns_stand_in_the_order_of_the_header(question: Question) -> None:
    found = projected_variables(question.query)
    assert [name for name in found if not name.endswith("Label") and name not in question.proof] == [*question.columns]
    assert set(question.proof) <= set(found) - set(question.columns)
    assert not [name for name in found if name.startswith("_")]


@each_question
def test_a_column_of_things_has_their_labels_beside_it(question: Question) -> None:
    header, *rows = expected_in(HOME / f"tests/answers/{question.name}.csv")
    prefixes = tuple(f"{prefix}:" for prefix in PREFIXES)
    of_things = {name for row in rows for name, cell in zip(header, row, strict=True) if cell.startswith(prefixes)}
    for name in of_things - set(question.proof):
        assert header[header.index(name) + 1] == f"{name}Label"
        assert all(row[header.index(name) + 1] for row in rows if row[header.index(name)])


@each_question
def test_two_engines_can_read_it(question: Question) -> None:
    Store().query(question.query)
    prepareQuery(question.query)


@each_question
def test_a_question_is_short_and_names_only_the_vocabulary(question: Question) -> None:
    lines = [line for line in question.query.splitlines() if not line.startswith("#")]
    assert len(lines) <= 40
    found = list(significant_tokens(question.query))
    words = [text.upper() for kind, text in found if kind == "word"]
    assert "EXISTS" not in words
    names = {text for kind, text in found if kind == "prefixed" and not text.endswith(":")}
    assert {name for name in names if rebase_iri(iri(name), OTHER_BASE) != iri(name)} == set()
    assert {name for name in names if name.split(":")[0] in VOCABULARY} <= _terms()


@cache
def _terms() -> set[str]:
    text = "".join(file.read_text(encoding="utf-8") for file in (HOME / "ontology").glob("**/*.ttl"))
    return set(re.findall(r"^([a-z-]+:[\w-]+)\s+a\s", text, re.MULTILINE))


@each_question
def test_presence_is_certain_unless_more_is_asked_for(question: Question) -> None:
    presence = "attendance:present" in question.query or "mg:PossibleParticipation" in question.query
    assert ("certainty" in question.columns) or not presence or question.name in OF_ITSELF
    filtered = CERTAIN in question.query or PLANNED in question.query
    assert ("certainty" in question.columns) == ("certainty" in question.parameters) == filtered
    if "certainty" in question.columns:
        for name, allowed in (
            (question.name, {"certain"}),
            (f"{question.name}.certainty=all", {"certain", "possible"}),
        ):
            header, *rows = expected_in(HOME / f"tests/answers/{name}.csv")
            planned = {"planned"} if PLANNED in question.query else set()
            assert {row[header.index("certainty")] for row in rows} <= allowed | planned


@each_question
def test_what_proves_a_row_leads_to_words_of_the_page(question: Question, places: dict[str, QueryFn]) -> None:
    run = places["motegraf.nq"]
    table = expect_table(run(question.query))
    page = (CORPUS / PAGE / "page.txt").read_text(encoding="utf-8")
    for row, passages in zip(table.rows, row_passages(table, question, run), strict=True):
        assert passages or question.name in BEYOND_PAGES, row
        for passage in passages:
            if passage.position:
                start, end = map(int, passage.position.removeprefix("char=").split(","))
                assert page[start:end] == passage.text
    cells = sorted({_cell(row[table.columns.index(name)]) for row in table.rows for name in question.proof} - {""})
    things = [iri(name) for cell in cells for name in cell.split(" ")]
    alone = Table(("thing",), [(thing,) for thing in things])
    unproven = row_passages(alone, replace(question, proof=("thing",)), run)
    assert [thing for thing, passages in zip(things, unproven, strict=True) if not passages] == []


@pytest.fixture(scope="module")
def in_rdflib(built: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(built / "motegraf.ttl")


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS if each.name not in SLOW_IN_RDFLIB], ids=lambda question: question.name
)
def test_another_engine_gives_the_same_answer(question: Question, in_rdflib: rdflib.Graph) -> None:
    found = in_rdflib.query(question.query)
    rows = [tuple(None if cell is None else _term(cell) for cell in row) for row in found]  # type: ignore[union-attr]
    table = Table(tuple(map(str, found.vars or ())), rows)
    assert shown(table) == expected_in(HOME / f"tests/answers/{question.name}.csv")


def _term(cell: object) -> Term:
    return NamedNode(str(cell)) if isinstance(cell, rdflib.URIRef) else Literal(str(cell))


def rows_of(home: Path, name: str, *columns: str, **given: str) -> list[tuple[str, ...]]:
    """Some columns of an answer to the pages of a home."""
    run = asking(load_store(home / "build/motegraf.nq"))
    table = shown(expect_table(run(question_sparql(find_question(FOLDER, name), given, run))))
    return [tuple(row[table[0].index(column)] for column in columns) for row in table[1:]]


@pytest.fixture
def two_pages(empty_home: Path) -> Path:
    """A page that plans a gathering, and a later one on which it has been held."""
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, "2014-12-15")
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    build(empty_home, empty_home / "build")
    return empty_home


def test_what_pages_say_differently_stands_side_by_side(two_pages: Path) -> None:
    assert rows_of(two_pages, "what_do_pages_say_differently", "event", "aspect", "one", "other") == [
        ("event:samling-2015", "mg:status", "status:planned", "status:held"),
        ("event:samling-2015", "mg:time", "when:within.2015-33", "when:within.2015-02-02"),
    ]


def test_what_was_planned_has_been_held_and_rests_on_two_pages(two_pages: Path) -> None:
    assert rows_of(two_pages, "which_events_were_planned", "event") == []
    assert rows_of(two_pages, "which_times_are_vague", "event") == []
    assert rows_of(two_pages, "who_met_whom", "oneLabel", "otherLabel", "earliest", "latest") == [
        ("Jøran Kallmyr", "Laila Bokhari", "2015-02-02", "2015-02-02")
    ]
    assert rows_of(two_pages, "what_rests_on_one_page_only", "thing", "page") == [
        ("participation:samling-2015.joran-kallmyr", "source:b-held")
    ]
    known = rows_of(two_pages, "what_was_known_on_a_day", "claim", day="2015-02-04")
    assert [claim for (claim,) in known] == [
        "claim:a-planned.samling-2015",
        "claim:a-planned.samling-2015.haugesund-kommune.organiser",
        "claim:a-planned.samling-2015.laila-bokhari.participant",
    ]


def test_those_at_a_meeting_without_a_day_have_met_and_the_invited_have_not(empty_home: Path) -> None:
    text = """\
Haugesund kommune arrangerte et møte. Laila Bokhari og Jøran Kallmyr deltok. Erna Solberg var invitert til å delta.
"""
    claims = """
events:
  uten-dag:
    label: {nb: Møte uten dag, en: Meeting without a day}
    kind: meeting
    status: held
    quote: Haugesund kommune arrangerte et møte.
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari og Jøran Kallmyr deltok.}
      - {agent: joran-kallmyr, role: participant, quote: Laila Bokhari og Jøran Kallmyr deltok.}
      - {agent: erna-solberg, role: participant, attendance: invited, quote: Erna Solberg var invitert til å delta.}
"""
    add_page(empty_home, "uten-dag", text, claims, "2015-02-05")
    build(empty_home, empty_home / "build")
    pair = [("Jøran Kallmyr", "Laila Bokhari", "", "certain")]
    columns = ("oneLabel", "otherLabel", "earliest", "certainty")
    assert rows_of(empty_home, "who_met_whom", *columns, certainty="all") == pair
    assert rows_of(empty_home, "who_was_invited_or_expected", "whoLabel", "attendance") == [
        ("Erna Solberg", "attendance:invited")
    ]
    fell = rows_of(
        empty_home, "which_events_fell_in_a_period", "event", "certainty", certainty="all", **{"from": "2015-01-01"}
    )
    assert fell == [], "of an event without any time it is not known whether it fell in a period"


ON_LINE_TEXT = """\
Haugesund kommune holdt et digitalt møte 3. mars 2014. Blant deltakerne var Erna Solberg, Jøran Kallmyr (bare sak 21)
og Laila Bokhari (bare sak 20 og 21).
"""
ON_LINE_CLAIMS = """
events:
  pa-nett-2014:
    label: {nb: Møte på nett, en: Meeting on line}
    kind: meeting
    status: held
    online: true
    when: {edtf: 2014-03-03, said: 3. mars 2014}
    open_list: participants
    quote:
      - Haugesund kommune holdt et digitalt møte 3. mars 2014.
      - Blant deltakerne var Erna Solberg
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: erna-solberg, role: participant, quote: Blant deltakerne var Erna Solberg}
      - agent: joran-kallmyr
        role: participant
        list: Blant deltakerne var
        partly: bare sak 21
        quote: Jøran Kallmyr (bare sak 21)
      - agent: laila-bokhari
        role: participant
        list: Blant deltakerne var
        partly: bare sak 20 og 21
        quote: og Laila Bokhari (bare sak 20 og 21)
"""


def test_who_met_whom_has_on_what_it_rests(empty_home: Path) -> None:
    add_page(empty_home, "pa-nett", ON_LINE_TEXT, ON_LINE_CLAIMS, "2014-03-05")
    build(empty_home, empty_home / "build")
    columns = ("oneLabel", "otherLabel", "listed", "open", "openLabel", "mode", "modeLabel", "partly")
    rests = ("3", "list:participants", "deltakere", "mode:online", "på nett")
    kallmyr, bokhari = "Jøran Kallmyr: bare sak 21", "Laila Bokhari: bare sak 20 og 21"
    pairs = [
        ("Erna Solberg", "Jøran Kallmyr", *rests, kallmyr),
        ("Erna Solberg", "Laila Bokhari", *rests, bokhari),
        ("Jøran Kallmyr", "Laila Bokhari", *rests, f"{kallmyr}; {bokhari}"),
    ]
    assert rows_of(empty_home, "who_met_whom", *columns) == pairs
    assert rows_of(empty_home, "who_met_whom", *columns, actor="laila-bokhari") == pairs[1:]
    columns = ("whoLabel", "bodyLabel", "listed", "open", "mode", "partly", "certainty")
    rests = ("Haugesund kommune", "3", "list:participants", "mode:online")
    assert rows_of(empty_home, "who_met_which_body", *columns, certainty="all") == [
        ("Erna Solberg", *rests, "", "possible"),
        ("Jøran Kallmyr", *rests, kallmyr, "possible"),
        ("Laila Bokhari", *rests, bokhari, "possible"),
    ]


def test_where_an_old_police_district_was_divided_each_new_one_is_only_possible() -> None:
    things = "".join(
        f'{name} rdfs:label "{name[1:]}"@nb .\n' for name in (":old", ":whole", ":north", ":south", ":town", ":city")
    )
    statements = """
:old mg:currentBody :north, :south . :whole mg:currentBody :south .
:town mg:policeDistrict :old . :city mg:policeDistrict :whole .
:fair schema:location :town ; a mg:SingleEvent ; rdfs:label "fair"@nb .
:show schema:location :city ; a mg:SingleEvent ; rdfs:label "show"@nb .
"""
    store = Store()
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("mg", "rdfs", "schema"))
    store.load(f"{prefixes}PREFIX : <a:>\n{things}{statements}".encode(), format=RdfFormat.TURTLE)
    question = find_question(FOLDER, "which_events_are_in_which_police_district_of_today")
    table = shown(expect_table(asking(store)(bind_parameters(question.query, {"certainty": Literal("all")}))))
    places = [table[0].index(name) for name in ("districtLabel", "eventLabel", "certainty")]
    assert [tuple(row[place] for place in places) for row in table[1:]] == [
        ("north", "fair", "possible"),
        ("south", "fair", "possible"),
        ("south", "show", "certain"),
    ]
