"""Two pages about one event: both statements stay, and conclusions follow the newer; an earlier day answers as then.

Page A says that a gathering is planned for a quarter, page B that it was held on a day, with one participant more.
"""

from datetime import date
from pathlib import Path

import pytest
from conftest import add_page, ask, load_store
from pyoxigraph import Store

from build_graph import build
from graph.query.proof import participation_passages, passages_by_entity, statement_passages
from graph.query.stores import connect_store
from graph.rdf.terms import iri

pytestmark = pytest.mark.slow

PLAN_TEXT = """Samling om beredskap

Haugesund kommune planlegger å arrangere en samling om terrortrusselen i første kvartal 2015. Laila Bokhari skal delta.
"""
PLAN_CLAIMS = """
events:
  samling-2015:
    label: {nb: Samling i Haugesund, en: Gathering in Haugesund}
    kind: meeting
    status: planned
    when: {edtf: 2015-33, said: i første kvartal 2015}
    where: {municipality: Haugesund}
    topics: [terrorist-threat]
    quote: Haugesund kommune planlegger å arrangere en samling om terrortrusselen i første kvartal 2015.
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari skal delta.}
no_claim:
  - {quote: Samling om beredskap, reason: the heading}
"""
HELD_TEXT = """Samlingen er holdt

Haugesund kommune arrangerte samlingen 2. februar 2015. Laila Bokhari og Jøran Kallmyr deltok.
"""
HELD_CLAIMS = """
events:
  samling-2015:
    label: {nb: Samling i Haugesund, en: Gathering in Haugesund}
    kind: meeting
    status: held
    when: {edtf: 2015-02-02, said: 2. februar 2015}
    where: {municipality: Haugesund}
    quote: Haugesund kommune arrangerte samlingen 2. februar 2015.
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari og Jøran Kallmyr deltok.}
      - {agent: joran-kallmyr, role: participant, quote: Laila Bokhari og Jøran Kallmyr deltok.}
no_claim:
  - {quote: Samlingen er holdt, reason: the heading}
"""
EVENT = "event:samling-2015"
STATE = f"""SELECT ?status ?first ?last WHERE {{
  {EVENT} mg:eventStatus ?status ; mg:earliest ?first ; mg:latest ?last }}"""
WHO = f"""SELECT ?who ?attendance WHERE {{
  ?p a mg:Participation ; mg:event {EVENT} ; mg:agent ?who ; mg:attendance ?attendance }}"""
PLANNED = [("status:planned", "2015-01-01", "2015-03-31")]
HELD = [("status:held", "2015-02-02", "2015-02-02")]
BOKHARI, KALLMYR = "person:laila-bokhari", "person:joran-kallmyr"


def answers(home: Path, known: date | None = None) -> Store:
    build(home, home / "build", as_known_on=known)
    return load_store(home / "build/motegraf.nq")


@pytest.fixture
def two(empty_home: Path) -> Path:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, "2014-12-15")
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    return empty_home


def test_conclusions_follow_the_newer_page(two: Path) -> None:
    graph = answers(two)
    assert ask(graph, STATE) == HELD
    assert ask(graph, WHO) == [(KALLMYR, "attendance:present"), (BOKHARI, "attendance:present")]
    assert ask(graph, f"SELECT ?who WHERE {{ {EVENT} schema:attendee ?who }}") == [(KALLMYR,), (BOKHARI,)]


def test_both_statements_stay_and_conclusions_name_the_claims_of_both(two: Path) -> None:
    graph = answers(two)
    claimed = f"SELECT ?page ?status ?said WHERE {{ ?c a mg:EventClaim ; mg:event {EVENT} ; mg:status ?status ; " + (
        "mg:timeAsWritten ?said ; prov:hadPrimarySource ?page }"
    )
    assert ask(graph, claimed) == [
        ("source:a-planned", "status:planned", "i første kvartal 2015"),
        ("source:b-held", "status:held", "2. februar 2015"),
    ]
    derived = f"SELECT ?claim WHERE {{ {EVENT} mg:concludedFrom ?claim }}"
    assert ask(graph, derived) == [("claim:a-planned.samling-2015",), ("claim:b-held.samling-2015",)]
    of_bokhari = f"SELECT ?claim WHERE {{ ?p mg:event {EVENT} ; mg:agent {BOKHARI} ; a mg:Participation ; " + (
        "mg:concludedFrom ?claim }"
    )
    assert ask(graph, of_bokhari) == [
        ("claim:a-planned.samling-2015.laila-bokhari.participant",),
        ("claim:b-held.samling-2015.laila-bokhari.participant",),
    ]


def test_what_only_the_older_page_says_stays(two: Path) -> None:
    assert ask(answers(two), f"SELECT ?topic WHERE {{ {EVENT} dct:subject ?topic }}") == [("topic:terrorist-threat",)]


@pytest.mark.parametrize("day", [date(2014, 12, 15), date(2015, 1, 10), date(2015, 2, 4)])
def test_asked_as_known_between_the_two_it_answers_as_the_first_alone(two: Path, empty_home: Path, day: date) -> None:
    build(two, two / "between", as_known_on=day)
    (two / "corpus/b-held").rename(two / "set-aside")
    build(two, two / "alone")
    names = ("motegraf.nq", "motegraf.ttl", "motegraf.trig", "motegraf.jsonld")
    assert all((two / "between" / name).read_bytes() == (two / "alone" / name).read_bytes() for name in names)
    graph = load_store(two / "between/motegraf.nq")
    assert ask(graph, STATE) == PLANNED
    assert ask(graph, WHO) == [(BOKHARI, "attendance:expected")]


def test_asked_as_known_before_both_nothing_is_known(two: Path) -> None:
    graph = answers(two, date(2014, 12, 14))
    assert ask(graph, "SELECT ?event WHERE { ?event a schema:Event }") == []
    assert ask(graph, "SELECT ?claim WHERE { ?claim a mg:Claim }") == []


def test_a_page_whose_publication_is_only_bounded_counts_from_its_latest_bound(empty_home: Path) -> None:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, ("2014-12-01", "2015-01-31"))
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    assert ask(answers(empty_home, date(2015, 1, 30)), STATE) == []
    assert ask(answers(empty_home, date(2015, 1, 31)), STATE) == PLANNED
    assert ask(answers(empty_home, date(2015, 2, 5)), STATE) == HELD


def test_where_it_cannot_be_told_which_page_is_newer_held_knows_more_than_planned(empty_home: Path) -> None:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, ("2014-12-01", "2015-03-31"))
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    graph = answers(empty_home)
    assert ask(graph, STATE) == HELD
    assert ask(graph, WHO) == [(KALLMYR, "attendance:present"), (BOKHARI, "attendance:present")]


def test_somebody_expected_whom_the_newer_page_does_not_name_stays_expected(empty_home: Path) -> None:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, "2014-12-15")
    text = HELD_TEXT.replace("Laila Bokhari og Jøran Kallmyr", "Jøran Kallmyr")
    claims = HELD_CLAIMS.replace("Laila Bokhari og Jøran Kallmyr", "Jøran Kallmyr")
    line = next(line for line in claims.splitlines() if "laila-bokhari" in line)
    add_page(empty_home, "b-held", text, claims.replace(line + "\n", ""), "2015-02-05")
    graph = answers(empty_home)
    assert ask(graph, WHO) == [(KALLMYR, "attendance:present"), (BOKHARI, "attendance:expected")]
    assert ask(graph, f"SELECT ?who WHERE {{ {EVENT} schema:attendee ?who }}") == [(KALLMYR,)]


ROLES = f"""SELECT ?who ?role WHERE {{
  ?p a mg:Participation ; mg:event {EVENT} ; mg:agent ?who ; cv:role ?role }}"""


def test_a_role_that_only_a_plan_gave_is_not_concluded(empty_home: Path) -> None:
    """Page A: Haugesund will organise, Bokhari open. Page B: held, she took part. Of the rest nobody says it."""
    plan = PLAN_CLAIMS.replace("role: participant, quote: Laila Bokhari skal delta.", "role: opener, quote: {}")
    plan = plan.replace("quote: {}", "quote: Laila Bokhari skal åpne samlingen.")
    add_page(empty_home, "a-planned", PLAN_TEXT.replace("skal delta", "skal åpne samlingen"), plan, "2014-12-15")
    held = HELD_CLAIMS.replace("      - {agent: haugesund-kommune, role: organiser}\n", "")
    held = held.replace("Haugesund kommune arrangerte samlingen 2.", "Samlingen ble holdt i Haugesund 2.")
    text = HELD_TEXT.replace("Haugesund kommune arrangerte samlingen 2.", "Samlingen ble holdt i Haugesund 2.")
    add_page(empty_home, "b-held", text, held, "2015-02-05")
    performers = f"SELECT ?who WHERE {{ {EVENT} schema:performer ?who }}"
    organisers = f"SELECT ?who WHERE {{ {EVENT} schema:organizer ?who }}"
    graph = answers(empty_home)
    assert ask(graph, ROLES) == [(KALLMYR, "role:participant"), (BOKHARI, "role:participant")]
    planned = ROLES.replace("cv:role", "mg:plannedRole")
    assert ask(graph, planned) == [("organisation:haugesund-kommune", "role:organiser"), (BOKHARI, "role:opener")]
    assert ask(graph, WHO) == [(KALLMYR, "attendance:present"), (BOKHARI, "attendance:present")]
    assert ask(graph, performers) == []
    assert ask(graph, organisers) == []
    before = answers(empty_home, date(2014, 12, 31))
    assert ask(before, ROLES) == []
    assert ask(before, planned) == [("organisation:haugesund-kommune", "role:organiser"), (BOKHARI, "role:opener")]
    # As long as it is planned, who is to organise it is its organiser.
    assert ask(before, organisers) == [("organisation:haugesund-kommune",)]


NAMED = "".join(line for line in HELD_CLAIMS.splitlines(keepends=True) if "Kallmyr deltok" in line)
CANDIDATES = "Statsministeren og/eller Laila Bokhari deltok."
CANDIDATES_TEXT = HELD_TEXT.replace("Laila Bokhari og Jøran Kallmyr deltok.", CANDIDATES)
CANDIDATES_CLAIMS = HELD_CLAIMS.replace(
    NAMED,
    f"""      - candidates: [{{holder_of: statsminister}}, laila-bokhari]
        at_least: 1
        role: participant
        quote: {CANDIDATES}
""",
)
POSSIBLE = f"""SELECT ?who ?set ?number WHERE {{
  ?p a mg:PossibleParticipation ; mg:event {EVENT} ; mg:candidate ?who ; mg:oneOf ?set ; mg:atLeast ?number }}"""
SOLBERG, SET = "person:erna-solberg", "claim:a-candidates.samling-2015.laila-bokhari-or-statsminister.participant"


def test_a_candidate_whom_a_newer_page_calls_present_is_certain_and_the_other_still_possible(empty_home: Path) -> None:
    add_page(empty_home, "a-candidates", CANDIDATES_TEXT, CANDIDATES_CLAIMS, "2015-02-03")
    before = answers(empty_home)
    assert ask(before, POSSIBLE) == [(SOLBERG, SET, "1"), (BOKHARI, SET, "1")]
    assert ask(before, WHO) == []
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    after = answers(empty_home)
    assert ask(after, WHO) == [(KALLMYR, "attendance:present"), (BOKHARI, "attendance:present")]
    assert ask(after, POSSIBLE) == [(SOLBERG, SET, "1")]
    # "At least one" is said of the whole set, of whom Bokhari is one: nothing makes the other one certain.
    whole = f"SELECT ?who WHERE {{ {iri(SET)} mg:candidate|mg:candidateHolderOf ?who }}"
    assert ask(after, whole) == [(BOKHARI,), ("post:statsminister",)]
    assert ask(after, f"SELECT ?who WHERE {{ {EVENT} schema:attendee ?who }}") == [(KALLMYR,), (BOKHARI,)]


def test_where_one_candidate_was_absent_the_other_is_still_only_possible(empty_home: Path) -> None:
    add_page(empty_home, "a-candidates", CANDIDATES_TEXT, CANDIDATES_CLAIMS, "2015-02-03")
    said = "Laila Bokhari skulle delta, men meldte forfall."
    absent = f"      - {{agent: laila-bokhari, role: participant, attendance: absent, quote: '{said}'}}\n"
    claims = HELD_CLAIMS.replace(NAMED, absent)
    text = HELD_TEXT.replace("Laila Bokhari og Jøran Kallmyr deltok.", said)
    add_page(empty_home, "b-held", text, claims, "2015-02-05")
    graph = answers(empty_home)
    assert ask(graph, WHO) == [(BOKHARI, "attendance:absent")]
    assert ask(graph, POSSIBLE) == [(SOLBERG, SET, "1")]
    assert ask(graph, f"SELECT ?who WHERE {{ {EVENT} schema:attendee ?who }}") == []


def test_the_first_page_and_a_later_one_about_the_summit(home: Path) -> None:
    text = "Toppmøtet\n\nKS arrangerte toppmøtet 2. februar 2015.\n"
    claims = """
events:
  toppmote-2015:
    label:
      nb: Politisk toppmøte om forebygging av voldelig ekstremisme
      en: Political summit on preventing violent extremism
    kind: summit
    status: held
    when: {edtf: 2015-02-02, said: 2. februar 2015}
    quote: KS arrangerte toppmøtet 2. februar 2015.
    participations:
      - {agent: ks, role: organiser}
no_claim:
  - {quote: Toppmøtet, reason: the heading}
"""
    add_page(home, "toppmotet", text, claims, "2015-04-10")
    query = STATE.replace(EVENT, "event:toppmote-2015")
    assert ask(answers(home), query) == HELD
    assert ask(answers(home, date(2015, 4, 9)), query) == PLANNED


def test_a_part_is_proven_by_the_claims_that_say_what_is_shown(empty_home: Path) -> None:
    """Page A: Bokhari will open. Page B: she took part. Each sentence proves what it says, and not the other."""
    plan = PLAN_CLAIMS.replace("role: participant, quote: Laila Bokhari skal delta.", "role: opener, quote: {}")
    plan = plan.replace("quote: {}", "quote: Laila Bokhari skal åpne samlingen.")
    add_page(empty_home, "a-planned", PLAN_TEXT.replace("skal delta", "skal åpne samlingen"), plan, "2014-12-15")
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    run = connect_store(answers(empty_home))
    part = iri("participation:samling-2015.laila-bokhari")
    shown = [(), (iri("role:opener"),), (iri("role:participant"), iri("attendance:present"))]
    opens, took_part = "Laila Bokhari skal åpne samlingen.", "Laila Bokhari og Jøran Kallmyr deltok."
    proven = [[each.text for each in row] for row in statement_passages([([part], terms) for terms in shown], run)]
    assert proven == [[took_part], [opens], [took_part]]
    assert [each.text for each in passages_by_entity([part], run)[part]] == [opens, took_part]
    event, attendee = iri(EVENT), iri("schema:attendee")
    statement = (attendee, iri(BOKHARI))
    assert [each.text for each in participation_passages(event, [statement], run)[statement]] == [took_part]
