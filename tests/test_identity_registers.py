"""Decisions about whom registers name: one thing in all rows, partitions and registers; as before once taken back."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
import zstandard
from conftest import add_page, ask, load_store

from build_graph import build
from graph.common.findings import Finding, FindingsError
from graph.model.identity import Decision, Verdict
from graph.pipeline.register_options import RegisterOptions
from graph.pipeline.summary import Summary
from graph.rdf.terms import iri
from graph.sources.decisions.read import read_decisions
from graph.sources.decisions.write import add_decision, remove_decision

pytestmark = pytest.mark.slow

WHOLE = RegisterOptions(accept_partial=True)
APART = RegisterOptions(accept_partial=True, most_rows=3)
NAMED = "SELECT ?actor (SAMPLE(?label) AS ?name) { ?actor a mg:NamedInSource ; rdfs:label ?label } GROUP BY ?actor"
MEETINGS = "SELECT DISTINCT ?actor ?event { ?p mg:agent ?actor ; mg:event ?event ; a mg:Participation }"


@pytest.fixture
def home(four_registers: Path, tmp_path: Path) -> Path:
    """A home of its own with the four registers."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("corpus", "registry", "ontology"):
        (home / name).symlink_to((four_registers / name).resolve())
    # What was made of the registers is in the cache: not every test has to begin with it.
    for name in ("registers", ".cache"):
        shutil.copytree(four_registers / name, home / name)
    return home


def decide(home: Path, verdict: Verdict, *ids: str) -> None:
    add_decision(home, Decision(verdict, ids, "Kari", date(2026, 11, 30), "the same name and number"))


def built(home: Path, options: RegisterOptions = WHOLE) -> dict[str, bytes]:
    return built_with_figures(home, options)[0]


def built_with_figures(home: Path, options: RegisterOptions) -> tuple[dict[str, bytes], Summary]:
    """Return the files of a build, and what it counts."""
    shutil.rmtree(home / "build", ignore_errors=True)
    figures = build(home, home / "build", options=options)
    files = {file.name: file.read_bytes() for file in sorted((home / "build").iterdir()) if file.is_file()}
    return files, figures


def rows(home: Path, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in ask(load_store(home / "build/motegraf.nq"), query)]


def meetings(home: Path) -> dict[str, set[str]]:
    result: dict[str, set[str]] = {}
    for actor, event in rows(home, MEETINGS):
        result.setdefault(actor, set()).add(event)
    return result


def decompressed(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()


def findings_of(home: Path) -> list[Finding]:
    try:
        return [*build(home, options=WHOLE).findings]
    except FindingsError as error:
        return error.findings


@pytest.mark.parametrize("options", [WHOLE, RegisterOptions(accept_partial=True, most_rows=3, whole_files=True)])
def test_whom_two_registers_name_is_one(home: Path, options: RegisterOptions) -> None:
    before = built(home, options)
    met = meetings(home)
    one = max((actor for actor in met if actor.startswith("actor:eu-")), key=lambda actor: (len(met[actor]), actor))
    other = min(actor for actor in met if actor.startswith("actor:uk-"))
    (name,) = [label for actor, label in rows(home, NAMED) if actor == other]
    decide(home, "same", one, other)
    built(home, options)
    after = meetings(home)
    assert after[one] == met[one] | met[other]
    assert other not in after
    assert rows(home, f"SELECT ?to {{ {other} mg:keptAs ?to }}") == [(one,)]
    assert (name,) in rows(home, f"SELECT ?name {{ {one} schema:alternateName ?name }}")
    entered = rows(home, f"SELECT (COUNT(DISTINCT ?claim) AS ?n) {{ ?claim mg:enteredAs {other} ; mg:agent {one} }}")
    assert int(entered[0][0]) >= 1
    remove_decision(home, read_decisions(home).entries[0])
    assert built(home, options) == before


def test_a_body_of_a_register_is_one_of_the_registry(home: Path) -> None:
    built(home)
    met = meetings(home)
    one = min(actor for actor in met if actor.startswith("actor:si-"))
    decide(home, "same", "organisation:minotenk", one)
    built(home)
    assert meetings(home)["organisation:minotenk"] >= met[one]
    # The registry names it, whatever a register calls it.
    assert rows(home, "SELECT ?x { organisation:minotenk a mg:NamedInSource ; rdfs:label ?x }") == []
    labels = {row[0] for row in rows(home, "SELECT ?x { organisation:minotenk rdfs:label ?x }")}
    assert labels == {"Minotenk"}


def test_partitions_say_the_same_as_the_whole(home: Path) -> None:
    built(home)
    met = meetings(home)
    several = sorted((actor for actor in met if actor.startswith("actor:eu-")), key=lambda actor: -len(met[actor]))[:3]
    decide(home, "same", *several)
    whole = built(home)["motegraf.nq"]
    apart = built(home, RegisterOptions(accept_partial=True, most_rows=3, whole_files=True))["motegraf.nq"]
    assert apart == whole


def test_parts_that_stay_apart_name_the_one_thing(home: Path) -> None:
    built(home)
    met = meetings(home)
    one, other = sorted((actor for actor in met if actor.startswith("actor:eu-")), key=lambda actor: -len(met[actor]))[
        :2
    ]
    decide(home, "same", one, other)
    files = built(home, APART)
    parts = [decompressed(data) for name, data in files.items() if name.startswith("part.eu-")]
    assert len(parts) > 1
    text = b"".join(parts).decode()
    assert f"{iri(other)} {iri('mg:keptAs')}" not in text
    assert f"{iri('mg:agent')} {iri(other)} " not in text
    assert f"{iri('mg:enteredAs')} {iri(other)} " in text


PRESENT = "SELECT DISTINCT ?event ?actor { ?p mg:event ?event ; mg:agent ?actor ; a mg:Participation }"
DAYS = "SELECT ?event ?status ?first ?last { ?event mg:eventStatus ?status ; mg:earliest ?first ; mg:latest ?last }"


def of_one_day(home: Path) -> tuple[str, str]:
    """Return two events of one register that were on one day."""
    days: dict[tuple[str, ...], list[str]] = {}
    for event, *when in rows(home, DAYS):
        if event.startswith("event:eu-") and when[1] == when[2]:
            days.setdefault(tuple(when), []).append(event)
    return next((several[0], several[1]) for several in sorted(days.values()) if len(several) > 1)


def present(home: Path) -> dict[str, set[str]]:
    result: dict[str, set[str]] = {}
    for event, actor in rows(home, PRESENT):
        result.setdefault(event, set()).add(actor)
    return result


@pytest.mark.parametrize("options", [WHOLE, RegisterOptions(accept_partial=True, most_rows=3, whole_files=True)])
def test_two_events_of_a_register_are_one(home: Path, options: RegisterOptions) -> None:
    before, figures = built_with_figures(home, options)
    one, other = of_one_day(home)
    met = present(home)
    decide(home, "same", one, other)
    # What is concluded elsewhere is counted as well.
    _, joined = built_with_figures(home, options)
    assert (joined.claims, joined.quotes) == (figures.claims, figures.quotes)
    after = present(home)
    assert after[one] == met[one] | met[other]
    assert other not in after
    assert [row[1:] for row in rows(home, DAYS) if row[0] == one] != []
    assert {event: actors for event, actors in after.items() if event != one} == {
        event: actors for event, actors in met.items() if event not in (one, other)
    }
    remove_decision(home, read_decisions(home).entries[0])
    assert built(home, options) == before


PAGE = """Nytt fra parlamentet

Kari Nordmann møtte foreningen i Brussel {day}.
"""
CLAIMS = """
people:
  kari-nordmann: {{name: Kari Nordmann}}
events:
  mote-i-brussel:
    label: {{nb: Møte i parlamentet, en: Meeting in parliament}}
    kind: meeting
    status: held
    when: {{edtf: {edtf}, said: {day}}}
    quote: Kari Nordmann møtte foreningen i Brussel {day}.
    participations:
      - {{agent: kari-nordmann, role: participant}}
no_claim:
  - {{quote: Nytt fra parlamentet, reason: the heading}}
"""
MONTHS = "januar februar mars april mai juni juli august september oktober november desember"


def add_news(home: Path, day: date) -> None:
    """Add a page about a meeting on a day to a home of its own pages."""
    (home / "corpus").unlink()
    words = f"{day.day}. {MONTHS.split()[day.month - 1]} {day.year}"
    add_page(
        home, "nytt", PAGE.format(day=words), CLAIMS.format(day=words, edtf=day.isoformat()), "2023-01-02", "partial"
    )


def test_an_event_of_a_register_is_one_of_a_page(home: Path) -> None:
    built(home)
    one, _ = of_one_day(home)
    (first,) = [row[2] for row in rows(home, DAYS) if row[0] == one]
    add_news(home, date.fromisoformat(first))
    before = built(home)
    met = present(home)
    decide(home, "same", "event:mote-i-brussel", one)
    for options in (WHOLE, APART):
        built(home, options)
        after = present(home)["event:mote-i-brussel"]
        assert after == met[one] | {"person:nytt.kari-nordmann"}
    assert rows(home, f"SELECT ?to {{ {one} mg:keptAs ?to }}") == [("event:mote-i-brussel",)]
    # Both the sentence and the row stand behind it.
    query = (
        "SELECT DISTINCT ?source { ?c a mg:EventClaim ; mg:event event:mote-i-brussel ; prov:hadPrimarySource ?source }"
    )
    assert {row[0] for row in rows(home, query)} == {"source:nytt", "source:eu-mep-meetings"}
    remove_decision(home, read_decisions(home).entries[0])
    assert built(home) == before


def test_a_row_of_another_day_is_not_the_event_of_a_page(home: Path) -> None:
    built(home)
    one, _ = of_one_day(home)
    add_news(home, date(2022, 12, 24))
    decide(home, "same", "event:mote-i-brussel", one)
    errors = [each for each in findings_of(home) if "is this the event of" in each.message]
    (error,) = errors
    assert error.severity == "error"
    assert "it is on 2022-12-24 " in error.message
    assert error.message.endswith("If not, take back the decision in decisions/identity.yaml")


def test_an_actor_that_no_row_names_is_told(home: Path) -> None:
    decide(home, "same", "organisation:minotenk", "actor:eu-mep-meetings.000000000000")
    (finding,) = [each for each in findings_of(home) if each.file == "decisions/identity.yaml"]
    assert finding.message.startswith("nothing has the id actor:eu-mep-meetings.000000000000, or has it any more")


def test_an_id_that_stays_is_not_told_to_be_gone(home: Path) -> None:
    built(home)
    one, _ = of_one_day(home)
    (first,) = [row[2] for row in rows(home, DAYS) if row[0] == one]
    add_news(home, date.fromisoformat(first))
    # Of the two, one is not there (any more), or not on the day that is asked for: the row's own id stays.
    decide(home, "same", "event:gone", one)
    told = [each.message for each in findings_of(home) if each.file == "decisions/identity.yaml"]
    assert [message.split(",")[0] for message in told] == ["nothing has the id event:gone"]
    remove_decision(home, read_decisions(home).entries[0])
    page = home / "corpus/nytt/page.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("2023-01-02", "2029-01-02"), encoding="utf-8")
    decide(home, "same", "event:mote-i-brussel", one)
    found = build(home, options=WHOLE, as_known_on=date(2028, 1, 1)).findings
    assert [each for each in found if each.file == "decisions/identity.yaml"] == []


def test_the_publisher_of_a_register_is_one_with_a_body_of_the_registry(home: Path) -> None:
    before = built(home)
    publisher = "organisation:einnsyn-moetemapper.publisher"
    decide(home, "same", "organisation:minotenk", publisher)
    for options in (WHOLE, RegisterOptions(accept_partial=True, most_rows=3, whole_files=True)):
        built(home, options)
        source = "source:einnsyn-moetemapper"
        assert rows(home, f"SELECT ?x {{ {source} schema:publisher ?x }}") == [("organisation:minotenk",)]
        # Nothing is stated of the other id but where it leads, and by which decision.
        assert {row[0] for row in rows(home, f"SELECT ?p {{ {publisher} ?p ?o }}")} == {
            *("mg:joinedBy", "mg:keptAs", "rdfs:label")
        }
        assert {row[0] for row in rows(home, f"SELECT ?p {{ ?s ?p {publisher} }}")} == {"mg:decidedOf"}
    assert not [each for each in findings_of(home) if each.file == "decisions/identity.yaml"]
    remove_decision(home, read_decisions(home).entries[0])
    assert built(home) == before


def test_what_no_row_brings_any_more_is_not_kept(home: Path) -> None:
    built(home)
    one, _ = of_one_day(home)
    (first,) = [row[2] for row in rows(home, DAYS) if row[0] == one]
    add_news(home, date.fromisoformat(first))
    before = built(home)
    body = min(actor for actor in meetings(home) if actor.startswith("actor:uk-"))
    (name,) = [label for actor, label in rows(home, NAMED) if actor == body]
    decide(home, "same", "event:eu-mep-meetings.gone", "event:mote-i-brussel")
    decide(home, "same", f"{body.partition('.')[0]}.gone", body)
    after = built(home)
    # Nothing else is the same any more: the files say what they said.
    assert after["motegraf.nq"] == before["motegraf.nq"]
    assert rows(home, f"SELECT ?label {{ {body} rdfs:label ?label }}") == [(name,)]
    told = [each for each in findings_of(home) if each.file == "decisions/identity.yaml"]
    assert [each.severity for each in told] == ["warning", "warning"]
    assert [each.message.split(",")[0].rpartition(".")[2] for each in told] == ["gone", "gone"]
    # The next id of the thing is kept.
    decide(home, "same", "event:mote-i-brussel", one)
    built(home)
    assert rows(home, f"SELECT ?to {{ {one} mg:keptAs ?to }}") == [("event:mote-i-brussel",)]


def test_a_wrong_decision_about_rows_loses_no_row(home: Path) -> None:
    built(home)
    pair, met = of_one_day(home), present(home)
    days = {row[0]: row[2] for row in rows(home, DAYS) if row[0].startswith("event:eu-") and row[2] == row[3]}
    one = min(event for event in days if event not in pair)
    other = min(event for event in days if event not in pair and days[event] != days[one])
    decide(home, "same", one, other)
    decide(home, "same", *pair)
    (error,) = [each for each in findings_of(home) if each.file == "decisions/identity.yaml"]
    assert (error.severity, error.line) == ("error", 4)
    assert {each for each in (days[one], days[other]) if f"on {each} " in error.message} == {days[one], days[other]}
    with pytest.raises(FindingsError, match="is this the event of"):
        build(home, home / "build", options=WHOLE)
    summary = build(home, home / "build", options=WHOLE, strict=False)
    assert summary.left_out == ()
    after = present(home)
    # The two stay two, and the other decision counts.
    assert (after[one], after[other]) == (met[one], met[other])
    assert pair[1] not in after
    assert {*after} == {*met} - {pair[1]}


def test_the_event_of_a_page_may_have_the_name_of_a_register(home: Path) -> None:
    built(home)
    one, _ = of_one_day(home)
    (first,) = [row[2] for row in rows(home, DAYS) if row[0] == one]
    add_news(home, date.fromisoformat(first))
    claims = home / "corpus/nytt/claims.yaml"
    text = claims.read_text(encoding="utf-8").replace("mote-i-brussel:", "eu-mep-meetings:")
    claims.write_text(text, encoding="utf-8")
    decide(home, "same", "event:eu-mep-meetings", one)
    built(home)
    assert rows(home, f"SELECT ?to {{ {one} mg:keptAs ?to }}") == [("event:eu-mep-meetings",)]
    assert not [each for each in findings_of(home) if each.file == "decisions/identity.yaml"]
