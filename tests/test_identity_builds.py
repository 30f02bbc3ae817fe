"""What people decided to be one thing is one in a build, and what it was before once the decision is taken back."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import add_page, ask, load_store
from page_chunks import payload_of

from build_graph import build
from graph.common.findings import Finding, FindingsError
from graph.model.identity import Decision, Verdict
from graph.query.lookup import find_entities
from graph.query.stores import connect_store
from graph.rdf.terms import iri
from graph.sources.decisions.read import read_decisions
from graph.sources.decisions.write import add_decision, remove_decision

pytestmark = pytest.mark.slow

PLAN = """Toppmøte i Oslo

Justisdepartementet planlegger et toppmøte i Oslo 2. februar 2015. Per Hansen deltar.
"""
PLAN_CLAIMS = """
people:
  per-hansen: {name: Per Hansen}
events:
  toppmote-plan:
    label: {nb: Toppmøtet som var planlagt, en: The summit that was planned}
    kind: summit
    status: planned
    when: {edtf: 2015-02-02, said: 2. februar 2015}
    where: {municipality: Oslo}
    quote: Justisdepartementet planlegger et toppmøte i Oslo 2. februar 2015.
    participations:
      - {agent: justis-og-beredskapsdepartementet, role: organiser}
      - {agent: per-hansen, role: participant, quote: Per Hansen deltar.}
no_claim:
  - {quote: Toppmøte i Oslo, reason: the heading}
"""
NEWS = """Nytt fra toppmøtet

Toppmøtet ble holdt i Oslo 2. februar 2015. Per A. Hansen deltok. Laila Bokhari deltok.
"""
NEWS_CLAIMS = """
people:
  per-a-hansen: {name: Per A. Hansen}
events:
  toppmote-nytt:
    label: {nb: Toppmøtet i nyhetene, en: The summit in the news}
    kind: summit
    status: held
    when: {edtf: 2015-02-02, said: 2. februar 2015}
    where: {municipality: Oslo}
    quote: Toppmøtet ble holdt i Oslo 2. februar 2015.
    participations:
      - {agent: per-a-hansen, role: participant, quote: Per A. Hansen deltok.}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.}
no_claim:
  - {quote: Nytt fra toppmøtet, reason: the heading}
"""
EVENTS = ("event:toppmote-plan", "event:toppmote-nytt")
PEOPLE = ("person:a-plan.per-hansen", "person:b-news.per-a-hansen")
PARTS = """
SELECT ?event ?agent ?status ?attendance { ?p a mg:Participation ; mg:event ?event ; mg:agent ?agent .
  ?event mg:eventStatus ?status OPTIONAL { ?p mg:attendance ?attendance } } ORDER BY ?event ?agent
"""


@pytest.fixture
def two(empty_home: Path) -> Path:
    """A home with the plan of a summit, and the news of it."""
    add_page(empty_home, "a-plan", PLAN, PLAN_CLAIMS, "2015-01-05")
    add_page(empty_home, "b-news", NEWS, NEWS_CLAIMS, "2015-02-03")
    return empty_home


def decide(home: Path, verdict: Verdict, *ids: str) -> None:
    add_decision(home, Decision(verdict, ids, "Kari", date(2026, 11, 30), "the same day, place and minister"))


def built(home: Path, **options: object) -> dict[str, bytes]:
    """Return the files of a build."""
    out = home / "build"
    shutil.rmtree(out, ignore_errors=True)
    build(home, out, **options)  # type: ignore[arg-type]
    return {file.name: file.read_bytes() for file in sorted(out.iterdir()) if file.is_file()}


def names(home: Path, query: str) -> list[tuple[object, ...]]:
    return [*map(tuple, ask(load_store(home / "build/motegraf.nq"), query))]


def findings_of(home: Path) -> list[Finding]:
    try:
        return [*build(home).findings]
    except FindingsError as error:
        return error.findings


def test_two_events_are_one_once_it_is_decided(two: Path) -> None:
    before = built(two)
    assert {row[0] for row in names(two, PARTS)} == {*EVENTS}
    questions = [each for each in findings_of(two) if each.severity == "question"]
    assert any("event:toppmote-nytt may be event:toppmote-plan" in each.message for each in questions)
    decide(two, "same", *EVENTS)
    built(two)
    rows = names(two, PARTS)
    assert {row[0] for row in rows} == {EVENTS[0]}
    # Planned on the one page, held on the other: held, and with whom each names.
    assert {row[2] for row in rows} == {"status:held"}
    assert {row[1] for row in rows} >= {
        *PEOPLE,
        "person:laila-bokhari",
        "organisation:justis-og-beredskapsdepartementet",
    }
    assert not [each for each in findings_of(two) if "may be" in each.message]
    # Both sentences stand behind it.
    assert {row[0] for row in names(two, "SELECT DISTINCT ?words { ?c mg:event event:toppmote-plan ; a mg:EventClaim ;"
            " mg:keyEvidence/schema:text ?words }")} == {
        "Justisdepartementet planlegger et toppmøte i Oslo 2. februar 2015.",
        "Toppmøtet ble holdt i Oslo 2. februar 2015.",
    }  # fmt: skip
    remove_decision(two, read_decisions(two).entries[0])
    assert built(two) == before


def test_the_id_that_is_not_kept_leads_on_and_its_names_stay(two: Path) -> None:
    decide(two, "same", *EVENTS)
    built(two)
    kept, gone = EVENTS
    assert names(two, f"SELECT ?to {{ {gone} mg:keptAs ?to }}") == [(kept,)]
    assert {row[0] for row in names(two, f"SELECT ?label {{ {gone} rdfs:label ?label }}")} == {
        "Toppmøtet i nyhetene",
        "The summit in the news",
    }
    assert {row[0] for row in names(two, f"SELECT ?label {{ {kept} rdfs:label ?label }}")} == {
        "Toppmøtet som var planlagt",
        "The summit that was planned",
    }
    assert "Toppmøtet i nyhetene" in {row[0] for row in names(two, f"SELECT ?n {{ {kept} schema:alternateName ?n }}")}
    # A claim keeps what it was entered as, and nothing else speaks of the other id.
    others = names(two, f"SELECT ?s ?p {{ ?s ?p {gone} }}")
    assert {row[1] for row in others} == {"mg:enteredAs", "mg:decidedOf"}
    assert {str(row[0]).partition(":")[0] for row in others} == {"claim", "decision"}
    assert {row[0] for row in names(two, f"SELECT ?p {{ {gone} ?p ?o }}")} == {"rdfs:label", "mg:keptAs", "mg:joinedBy"}


def test_the_decision_is_published_with_who_when_and_why(two: Path) -> None:
    decide(two, "unsure", *EVENTS)
    decide(two, "different", *PEOPLE)
    built(two)
    told = "mg:decidedBy ?who ; dct:created ?day ; mg:because ?why"
    query = f"SELECT ?class ?who ?day ?why {{ ?d a mg:IdentityDecision, ?class ; {told} }}"
    rows = {(row[0], *map(str, row[1:])) for row in names(two, query) if row[0] != "mg:IdentityDecision"}
    assert rows == {
        (name, "Kari", "2026-11-30", "the same day, place and minister")
        for name in ("mg:UnsureDecision", "mg:DifferentDecision")
    }
    assert names(two, "SELECT ?a ?b { ?a mg:possiblySame ?b }") == [EVENTS]
    assert names(two, "SELECT ?a ?b { ?a owl:differentFrom ?b }") == [PEOPLE]
    # The interactive page does not ask again about what is different, and says what nobody could tell.
    decided = payload_of((two / "build/explorer.html").read_bytes())["decided"]
    assert decided == {"different": [sorted(PEOPLE)], "unsure": [sorted(EVENTS)]}
    # Nothing else follows from either.
    assert {row[0] for row in names(two, PARTS)} == {*EVENTS}


def test_a_person_of_a_page_is_one_of_the_registry_once_it_is_decided(two: Path) -> None:
    before = built(two)
    decide(two, "same", "person:anders-anundsen", *PEOPLE)
    built(two)
    agents = {row[1] for row in names(two, PARTS)}
    assert "person:anders-anundsen" in agents
    assert agents.isdisjoint(PEOPLE)
    # The registry's own facts are there, as if the pages named the person.
    assert names(two, "SELECT ?o { ?m org:member person:anders-anundsen ; org:role ?o }") != []
    assert {row[0] for row in names(two, "SELECT ?n { person:anders-anundsen schema:alternateName ?n }")} >= {
        "Per Hansen",
        "Per A. Hansen",
    }
    assert names(two, "SELECT ?n { person:anders-anundsen foaf:name ?n }") == [("Anders Anundsen",)]
    remove_decision(two, read_decisions(two).entries[0])
    assert built(two) == before


def test_as_known_on_a_day_the_first_id_that_is_known_then_is_kept(two: Path) -> None:
    decide(two, "same", *EVENTS[::-1])
    built(two, as_known_on=date(2015, 1, 20))
    assert {(row[0], row[2]) for row in names(two, PARTS)} == {(EVENTS[0], "status:planned")}
    assert names(two, "SELECT ?x { ?x a mg:IdentityDecision }") == []
    built(two)
    assert {(row[0], row[2]) for row in names(two, PARTS)} == {(EVENTS[1], "status:held")}


def test_events_that_contradict_each_other_are_not_joined_by_a_decision(two: Path) -> None:
    shutil.rmtree(two / "corpus/b-news")
    add_page(
        two,
        "b-news",
        NEWS.replace("2. februar", "3. mars"),
        NEWS_CLAIMS.replace("2. februar", "3. mars").replace("2015-02-02", "2015-03-03"),
        "2015-03-04",
    )
    decide(two, "same", *EVENTS)
    (error,) = [each for each in findings_of(two) if each.severity == "error"]
    assert "it is on 2015-02-02 there and on 2015-03-03 here" in error.message
    assert error.message.endswith("If not, take back the decision in decisions/identity.yaml")


def test_contradictions_refuse_a_build_and_keep_the_old_one(two: Path) -> None:
    before = built(two)
    decide(two, "same", *EVENTS)
    decide(two, "different", *EVENTS)
    with pytest.raises(FindingsError, match="are different here, and the same by line 4"):
        build(two, two / "build")
    assert {file.name: file.read_bytes() for file in sorted((two / "build").iterdir()) if file.is_file()} == before
    # Where what is whole is wanted, none of the decisions counts; and it is told again, whatever was built last.
    for _ in range(2):
        assert "error" in {each.severity for each in build(two, two / "build", strict=False).findings}
    assert {row[0] for row in names(two, PARTS)} == {*EVENTS}
    with pytest.raises(FindingsError, match="are different here"):
        build(two, two / "build")


def test_an_id_that_is_gone_is_told(two: Path) -> None:
    decide(two, "same", EVENTS[0], "event:toppmote-nyt")
    (finding,) = [each for each in findings_of(two) if each.file == "decisions/identity.yaml"]
    assert (finding.severity, finding.line) == ("warning", 4)
    assert finding.message == (
        "nothing has the id event:toppmote-nyt, or has it any more; mend it, or take the decision back."
        " Did you mean event:toppmote-nytt or event:toppmote-plan?"
    )


def test_a_decision_about_what_is_all_gone_is_told_and_changes_nothing(two: Path) -> None:
    before = built(two)
    decide(two, "same", "event:gone-one", "event:gone-other")
    after = built(two)
    assert after["motegraf.nq"] == before["motegraf.nq"]
    told = [each for each in findings_of(two) if each.file == "decisions/identity.yaml"]
    assert [each.severity for each in told] == ["warning", "warning"]
    assert [each.message.split(",")[0] for each in told] == [
        "nothing has the id event:gone-one",
        "nothing has the id event:gone-other",
    ]


def test_as_known_before_any_page_no_decision_counts(two: Path) -> None:
    decide(two, "same", *EVENTS)
    built(two, as_known_on=date(2014, 1, 1))
    assert names(two, PARTS) == []


def test_a_chain_of_decisions_makes_no_body_of_a_person(two: Path) -> None:
    before = built(two)
    decide(two, "same", PEOPLE[0], "actor:r.x")
    decide(two, "same", "actor:r.x", "organisation:ks")
    (error,) = [each for each in findings_of(two) if each.severity == "error"]
    assert (error.file, error.line) == ("decisions/identity.yaml", 8)
    assert "one thing cannot have both ids" in error.message
    assert built(two, strict=False)["motegraf.nq"] == before["motegraf.nq"]


def test_nothing_is_built_again_for_a_decision_that_changes_nothing(two: Path) -> None:
    before = built(two)
    decide(two, "different", *EVENTS)
    after = built(two)
    own = [line for line in after["motegraf.nq"].decode().splitlines() if "/graph/identity>" not in line]
    assert own == before["motegraf.nq"].decode().splitlines()


def test_two_numbers_are_two_bodies_whatever_is_decided(two: Path) -> None:
    decide(two, "same", "organisation:ks", "organisation:justis-og-beredskapsdepartementet")
    (error,) = [each for each in findings_of(two) if each.severity == "error"]
    assert (error.file, error.line) == ("decisions/identity.yaml", 4)
    assert "organisation:ks has the organisation number " in error.message
    assert error.message.endswith("they are two; take the decision back, or mend the number in the registry")


def test_the_id_that_is_not_kept_can_be_asked_for(two: Path) -> None:
    decide(two, "same", *PEOPLE)
    built(two)
    run = connect_store(load_store(two / "build/motegraf.nq"))
    for value in (PEOPLE[1], str(iri(PEOPLE[1]))[1:-1], PEOPLE[0], "Per A. Hansen"):
        assert find_entities("actor", value, run) == [iri(PEOPLE[0])]


def test_the_id_of_the_registry_is_kept_whatever_comes_first(two: Path) -> None:
    decide(two, "same", PEOPLE[0], "person:anders-anundsen")
    assert not [each for each in findings_of(two) if each.severity == "error"]
    built(two)
    assert names(two, f"SELECT ?to {{ {PEOPLE[0]} mg:keptAs ?to }}") == [("person:anders-anundsen",)]


@pytest.mark.parametrize(
    "ids", [("kommune:3301", "kommune:3005"), ("post:statsminister", "post:statssekretaer-jd")], ids=["areas", "posts"]
)
def test_two_of_the_registry_are_two(two: Path, ids: tuple[str, str]) -> None:
    decide(two, "same", *ids)
    (error,) = [each for each in findings_of(two) if each.severity == "error"]
    assert (error.file, error.line) == ("decisions/identity.yaml", 4)
    assert "are two" in error.message


def test_a_folder_in_place_of_the_file_is_told_whatever_was_built_last(two: Path) -> None:
    built(two)
    (two / "decisions/identity.yaml").mkdir(parents=True)
    (finding,) = findings_of(two)
    assert (finding.file, finding.severity) == ("decisions/identity.yaml", "error")
    shutil.rmtree(two / "decisions")
    (two / "decisions").write_text("same", encoding="utf-8")
    (finding,) = findings_of(two)
    assert finding.message == "is no folder; decisions/identity.yaml is a file in a folder"


def test_a_decision_is_said_of_what_it_names_and_of_nothing_else(two: Path) -> None:
    """Kari says that a plan is the news, Ola that the news is a third page's: neither speaks of the other's pair."""
    third = "event:toppmote-tale"
    claims = NEWS_CLAIMS.replace("toppmote-nytt", "toppmote-tale").replace("per-a-hansen", "per-hansen")
    add_page(
        two, "c-speech", NEWS.replace("Nytt fra", "Tale ved"), claims.replace("Nytt fra", "Tale ved"), "2015-02-04"
    )
    add_decision(two, Decision("same", (EVENTS[1], third), "Ola", date(2026, 11, 30), "the speech"))
    add_decision(two, Decision("same", EVENTS, "Kari", date(2026, 11, 30), "the plan"))
    built(two)
    told = "mg:keptAs event:toppmote-plan ; mg:joinedBy/mg:decidedBy ?who"
    assert {(row[0], str(row[1])) for row in names(two, f"SELECT ?id ?who {{ ?id {told} }}")} == {
        (EVENTS[1], "Kari"),
        (third, "Ola"),
    }
    of_ola = names(two, 'SELECT ?id { ?d mg:decidedBy "Ola" ; mg:decidedOf ?id }')
    assert {row[0] for row in of_ola} == {EVENTS[1], third}
