"""Headers of ready questions are read strictly: every fault is a finding that says what to write instead."""

from pathlib import Path

import pytest

from graph.common.findings import FindingsError
from graph.model.labels import Label
from graph.query.questions import read_question, read_questions, sparql_text

pytestmark = pytest.mark.unit

QUESTION = """\
#+ summary: {nb: Hvem var hvor?, en: Who was where?}
#+ description: {nb: Alle deltakelser., en: All participations.}
#+ tags: [people, meetings]
#+ parameters:
#+   actor: {is: actor, nb: en aktør, en: an actor, example: laila-bokhari}
#+   certainty: {is: certainty}
#+ columns:
#+   who: {nb: hvem, en: who}
#+   certainty: {nb: sikkerhet, en: certainty}
#+ proof: [part]
#defaultView:Graph
PREFIX mg: <https://w3id.org/motegraf/ontology#>
SELECT ?who ?whoLabel ?certainty ?part WHERE { ?part mg:agent ?who FILTER(?who = ?_actor && ?c = ?_certainty) }
"""


def findings(folder: Path, text: str) -> list[str]:
    """Return the findings of a question with this text."""
    file = folder / "who_was_where.rq"
    file.write_text(text, encoding="utf-8")
    try:
        read_question(file)
    except FindingsError as error:
        return [str(finding) for finding in error.findings]
    return []


def test_header_becomes_a_question(tmp_path: Path) -> None:
    assert findings(tmp_path, QUESTION) == []
    (question,) = read_questions(tmp_path)
    assert (question.name, question.summary.en, question.tags) == (
        "who_was_where",
        "Who was where?",
        ("people", "meetings"),
    )
    assert [(each.name, each.kind, each.example) for each in question.parameters.values()] == [
        ("actor", "actor", "laila-bokhari"),
        ("certainty", "certainty", None),
    ]
    assert (list(question.columns), question.proof, question.view) == (["who", "certainty"], ("part",), "Graph")
    assert sparql_text(question).startswith("PREFIX mg:")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("tags: [people, meetings]", "tags: people", ["3: 'tags' must be a list"]),
        ("proof: [part]", "proof: {part: x}", ["10: 'proof' must be a list"]),
        ("#+ proof: [part]\n", "", ["7: the column 'part' is not declared; add it under columns or proof"]),
        ("proof: [part]", "proof: [part, claim]", ["7: the query has no column 'claim'"]),
        ("#+   who: {nb: hvem, en: who}\n", "#+   who: {nb: hvem}\n", ["7: 'who' needs a text in nb and in en"]),
        ("[people, meetings]", "[people, meeting]", ["3: unknown tag 'meeting'. Did you mean meetings?"]),
        (
            "{nb: Hvem var hvor?, en: Who was where?}",
            "{nb: Hvem var hvor?}",
            ["1: 'summary' needs a text in nb and in en"],
        ),
        (
            "#+ proof:",
            "#+ prof:",
            [
                "7: the column 'part' is not declared; add it under columns or proof",
                "10: unknown key 'prof'. Did you mean proof?",
            ],
        ),
        ("example: laila", "exampel: laila", ["4: unknown key 'exampel' of 'actor'. Did you mean example?"]),
        (", nb: en aktør", "", ["4: 'actor' needs a text in nb and in en"]),
        ("?who = ?_actor && ", "", ["4: the query has no ?_actor"]),
        ("?_certainty)", "?_certainty && ?d < ?_day)", ["4: ?_day is not declared; add it under parameters"]),
        (
            "#defaultView:Graph",
            "#defaultView:Grap",
            ["1: #defaultView: must be one of Table, Graph, Timeline, Map, BarChart"],
        ),
        (
            "#+ description: {nb: Alle deltakelser., en: All participations.}\n",
            "",
            ["1: the header has no 'description'"],
        ),
    ],
)
def test_fault_of_a_header_is_a_finding_with_its_line(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    assert QUESTION.count(old) == 1
    assert findings(tmp_path, QUESTION.replace(old, new)) == [f"queries/who_was_where.rq:{each}" for each in expected]


def test_file_without_header_is_a_finding(tmp_path: Path) -> None:
    assert findings(tmp_path, "SELECT ?x { ?x ?y ?z }") == [
        "queries/who_was_where.rq:1: has no header; see CONTRIBUTING.md"
    ]


def test_definition_of_a_word_is_in_both_languages(tmp_path: Path) -> None:
    assert findings(tmp_path, QUESTION) == []
    assert read_questions(tmp_path)[0].definition is None
    defined = "#+ definition: {nb: «Var» er til stede., en: “Was” is present.}\n"
    assert findings(tmp_path, defined + QUESTION) == []
    assert read_questions(tmp_path)[0].definition == Label("«Var» er til stede.", "“Was” is present.")
    (finding,) = findings(tmp_path, defined.replace(", en: “Was” is present.", "") + QUESTION)
    assert finding == "queries/who_was_where.rq:1: 'definition' needs a text in nb and in en"


def test_unknown_kind_of_parameter_suggests_a_similar_one(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, QUESTION.replace("is: actor,", "is: evnt,"))
    assert finding.startswith("queries/who_was_where.rq:4: 'actor' needs is: with one of actor, ")
    assert finding.endswith(". Did you mean event?")
