"""Ask: rows of a question in Python, labels in a language, and the passages that prove a row."""

from pathlib import Path

import pytest
from pyoxigraph import Literal

from graph.common.findings import FindingsError
from graph.model.iris import BASE
from graph.query.ask import ask, localize, named_rows, question_sparql, run_question
from graph.query.passages import Passage
from graph.query.proof import row_passages
from graph.query.questions import Question, find_question
from graph.query.results import InvalidQueryError, QueryFn, Table
from graph.query.stores import connect_build
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

PAGE = "Dialogmøter høsten 2014"
ADDRESS = "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"


@pytest.fixture(scope="module")
def run(built: Path) -> QueryFn:
    return connect_build(built)


@pytest.fixture
def question(question_home: Path) -> Question:
    return find_question(question_home / "queries", "who_was_where")


def row(who: str, event: str, latest: str, certainty: str, ids: tuple[str, str]) -> dict[str, str]:
    person, meeting = ids
    return {
        "who_iri": f"{BASE}person/{person}",
        "who": who,
        "event_iri": f"{BASE}event/{meeting}",
        "event": event,
        "latest": latest,
        "certainty": certainty,
        "part": f"{BASE}{'participation' if certainty == 'certain' else 'possible'}/{meeting}.{person}",
    }


def test_ask_returns_rows_by_column(question_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.query.ask.HOME", question_home)
    sarpsborg = "Konferanse i Sarpsborg", "2014-10-31", "certain"
    assert ask("who_was_where", build=question_home / "build", before="2014-10-31") == [
        row("Jøran Kallmyr", *sarpsborg, ("joran-kallmyr", "sarpsborg-2014-10")),
        row("Laila Bokhari", *sarpsborg, ("laila-bokhari", "sarpsborg-2014-10")),
    ]


def test_ask_returns_certain_rows_only_by_default(question_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.query.ask.HOME", question_home)
    assert ask("who_was_where", build=question_home / "build", actor="Erna Solberg") == []
    events = [
        (each["event"], each["certainty"])
        for each in ask(
            "who was where", build=str(question_home / "build"), lang="en", actor="erna-solberg", certainty="all"
        )
    ]
    places = ("Ålesund", "Fredrikstad", "Oslo", "Tromsø")
    assert events == [(f"Dialogue meeting in {place}", "possible") for place in places]


@pytest.mark.parametrize(
    ("name", "options", "why"),
    [
        ("who_was_wher", {}, "there is no question 'who_was_wher'. Did you mean who_was_where"),
        ("../queries/who_was_where", {}, "there is no question"),
        ("who_was_where", {"actor": "nobody"}, "there is no actor 'nobody'"),
        ("who_was_where", {"lang": "norsk"}, "unknown language 'norsk'; give a language tag (BCP 47)"),
    ],
)
def test_ask_rejects_unknown_question_parameter_value_and_language(
    question_home: Path, monkeypatch: pytest.MonkeyPatch, name: str, options: dict[str, str], why: str
) -> None:
    monkeypatch.setattr("graph.query.ask.HOME", question_home)
    with pytest.raises(InvalidQueryError) as refused:
        ask(name, build=question_home / "build", **options)
    assert why in str(refused.value)


def test_ask_raises_findings_error_without_a_build(
    question_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("graph.query.ask.HOME", question_home)
    with pytest.raises(FindingsError, match="holds no whole build"):
        ask("who_was_where", build=tmp_path)


def test_question_sparql_has_terms_in_the_place_of_names(question: Question, run: QueryFn) -> None:
    sent = question_sparql(question, {"actor": "Jøran Kallmyr", "before": "2014-10-31"}, run)
    day = '"2014-10-31"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert sent == question.query.replace("?_actor", f"<{BASE}person/joran-kallmyr>").replace("?_before", day)


def test_localize_keeps_norwegian_label_without_translation(run: QueryFn) -> None:
    event, nothing = iri("event:sarpsborg-2014-10"), iri("event:nothing-at-all")
    table = Table(
        ("n", "xLabel", "x", "loneLabel"),
        [
            (Literal(1), Literal("Konferanse", language="nb"), event, Literal("ensom", language="nb")),
            (Literal(2), Literal("ingenting", language="nb"), nothing, None),
            (None, None, None, None),
        ],
    )
    assert localize(table, run, "nb") is table
    assert localize(table, run, "en").rows == [
        (Literal(1), Literal("Conference in Sarpsborg", language="en"), event, Literal("ensom", language="nb")),
        (Literal(2), Literal("ingenting", language="nb"), nothing, None),
        (None, None, None, None),
    ]


def test_named_rows_pair_labels_with_iris() -> None:
    table = Table(("x", "xLabel", "y", "zLabel"), [(iri("event:x"), Literal("a"), Literal("b"), Literal("c"))])
    assert named_rows(table) == [{"x_iri": iri("event:x"), "x": Literal("a"), "y": Literal("b"), "z": Literal("c")}]


def test_row_passages_prove_each_row(question: Question, run: QueryFn) -> None:
    table = run_question(question, {"event": "sarpsborg-2014-10", "certainty": "all"}, run)
    assert row_passages(table, question, run) == [
        [
            Passage(
                "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen.",
                "char=1202,1298",
                PAGE,
                ADDRESS,
                "nb",
                f"{BASE}claim/dialogmoter-hosten-2014.sarpsborg-2014-10.joran-kallmyr.opener-participant",
                # It says "konferansen", and not which.
                ("event",),
            )
        ],
        [
            Passage(
                "Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen.",
                "char=1299,1389",
                PAGE,
                ADDRESS,
                "nb",
                f"{BASE}claim/dialogmoter-hosten-2014.sarpsborg-2014-10.laila-bokhari.participant",
                # It says "konferansen", and not which.
                ("event",),
            )
        ],
    ]


def test_row_passages_of_several_entities_are_merged_without_repetition(question: Question, run: QueryFn) -> None:
    parts = [f"{BASE}participation/sarpsborg-2014-10.{who}" for who in ("laila-bokhari", "joran-kallmyr")]
    table = Table(("part",), [(Literal(" ".join([*parts, parts[0]])),), (None,)])
    (both, none) = row_passages(table, question, run)
    assert [passage.position for passage in both] == ["char=1202,1298", "char=1299,1389"]
    assert none == []
