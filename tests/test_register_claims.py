"""What the rows of a register claim, as statements: each with the cells that say it, and nothing that none says."""

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from register_acts import (
    BAHN,
    REGISTER,
    UNSPLIT,
    cell,
    cited,
    concluded,
    day,
    event,
    official,
    part,
    statements_of,
)

from graph.claims.registers import register_lines
from graph.claims.source_rdf import register_source_statements
from graph.model.acts import Act, MessageAct, NamedActor, NoneAct, RepeatsAct, ReviewAct, SameAct
from graph.model.iris import actor_key, entry_key
from graph.model.sources import CellSelector
from graph.rdf.statements import to_nquads
from graph.rdf.terms import compact, iri

pytestmark = pytest.mark.unit

Values = dict[str, set[str]]


def values(quads: list[Quad] | Store, subject: str, graph: str | None = None) -> Values:
    """Return what is stated of a subject: its values by predicate, IRIs as compact names."""
    found: Values = {}
    for quad in quads:
        if quad.subject == iri(subject) and graph in (None, compact(quad.graph_name)):  # type: ignore[arg-type]
            value = quad.object
            word = compact(value) if isinstance(value, NamedNode) else value.value if isinstance(value, Literal) else ""
            found.setdefault(compact(quad.predicate), set()).add(word)
    return found


def holds(store: Store, subject: str, predicate: str, value: str) -> bool:
    return any(store.quads_for_pattern(iri(subject), iri(predicate), iri(value)))


def objects(store: Store, predicate: str) -> set[str]:
    quads = store.quads_for_pattern(None, iri(predicate), None)
    return {compact(quad.object) for quad in quads if isinstance(quad.object, NamedNode)}


def test_a_row_claims_an_event_and_whose_it_is() -> None:
    capacity = cited(2, "capacity", "Member")
    quads = statements_of(
        (2, [event(2, official(2, capacity=capacity), part(2, BAHN), topics=(cited(2, "topic", "Toll"),))])
    )
    claim = values(quads, "claim:kontakter.2.event", "graph:source.kontakter")
    assert claim["rdf:type"] == {"mg:Claim", "mg:EventClaim"}
    assert claim["mg:event"] == {"event:kontakter.2"}
    assert claim["mg:time"] == {"when:within.2021-10-27"}
    assert claim["mg:timeAsWritten"] == {"2021-10-27"}
    assert claim["mg:topicAsWritten"] == {"Toll"}
    assert claim["mg:keyEvidence"] == {"evidence:kontakter.cell-2-2", "evidence:kontakter.cell-2-4"}
    assert claim["mg:evidence"] == claim["mg:keyEvidence"] | {"evidence:kontakter.cell-2-1"}
    part_of = values(quads, "claim:kontakter.2.official.person-900001")
    assert part_of["mg:agent"] == {"actor:kontakter.person-900001"}
    assert part_of["mg:capacityAsWritten"] == {"Member"}
    assert part_of["mg:attendance"] == {"attendance:present"}
    assert part_of["mg:keyEvidence"] == {"evidence:kontakter.cell-2-5", "evidence:kontakter.cell-2-6"}


def test_what_no_cell_says_the_mapping_decides() -> None:
    """The status of all rows is ours to say; the register says it where a cell does."""
    quads = statements_of(
        (2, [event(2)]), (3, [event(3, status="cancelled", status_cells=(cell(3, "topic", "AVLYST"),))])
    )
    assert values(quads, "claim:kontakter.2.event", "graph:curated")["mg:status"] == {"status:held"}
    assert "mg:status" not in values(quads, "claim:kontakter.2.event", "graph:source.kontakter")
    said = values(quads, "claim:kontakter.3.event", "graph:source.kontakter")
    assert said["mg:status"] == {"status:cancelled"}
    assert "evidence:kontakter.cell-3-4" in said["mg:keyEvidence"]


def test_evidence_is_a_cell_with_its_heading() -> None:
    quads = statements_of((2, [event(2, part(2, BAHN))]))
    evidence = values(quads, "evidence:kontakter.cell-2-7")
    assert evidence["schema:text"] == {"Testbane AS"}
    assert evidence["mg:heading"] == {"body"}
    assert evidence["rdf:value"] == {"cell=2,7"}
    assert evidence["schema:position"] == {"2"}


def test_a_row_without_place_topic_and_time_has_none() -> None:
    quads = statements_of((2, [event(2, time=day(2, None))]))
    claim = values(quads, "claim:kontakter.2.event")
    assert not {"mg:time", "mg:place", "mg:placeAsWritten", "mg:topicAsWritten", "mg:mode"} & claim.keys()
    assert values(quads, "event:kontakter.2")["rdfs:label"] == {"Møte", "Meeting"}


def test_the_time_says_what_else_it_follows_from() -> None:
    time = day(2, date(2010, 10, 1), date(2011, 1, 31), because="the period of the file")
    quads = statements_of((2, [event(2, time=time)]))
    assert "mg:time" not in values(quads, "claim:kontakter.2.event", "graph:source.kontakter")
    decided = values(quads, "claim:kontakter.2.event", "graph:curated")
    assert decided["mg:time"] == {"when:within.one-of.2010-10.until.2011-01"}
    assert values(quads, "inference:kontakter.2.event.time")["mg:because"] == {"the period of the file"}


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2010, 11, 1), date(2010, 11, 30), "within.2010-11"),
        (date(2010, 1, 1), date(2010, 12, 31), "within.2010"),
        (date(2010, 11, 3), date(2010, 11, 9), "within.one-of.2010-11-03.until.2010-11-09"),
    ],
)
def test_a_time_has_its_bounds(first: date, last: date, name: str) -> None:
    quads = statements_of((2, [event(2, time=day(2, first, last))]))
    assert values(quads, "claim:kontakter.2.event")["mg:time"] == {f"when:{name}"}
    time = values(quads, f"when:{name}")
    assert (time["sem:hasEarliestBeginTimeStamp"], time["sem:hasLatestEndTimeStamp"]) == ({f"{first}"}, {f"{last}"})


def test_actors_have_the_class_of_their_kind() -> None:
    group = NamedActor("Various charities", "group")
    nameless = NamedActor(None, "body", "57221111091-19")
    office = NamedActor("Ambassador of Testland", "office")
    quads = statements_of(
        (2, [event(2, official(2), part(2, UNSPLIT), part(2, group), part(2, nameless), part(2, office))])
    )
    person = values(quads, "actor:kontakter.person-900001")
    assert person["rdf:type"] == {"foaf:Person", "schema:Person", "mg:NamedInSource"}
    assert person["dct:identifier"] == {"900001"}
    assert person["rdfs:label"] == person["foaf:name"] == {"Ada Eksempel"}
    unknown = values(quads, f"actor:kontakter.{actor_key('unknown', UNSPLIT.name, None)}")
    assert unknown["rdf:type"] == {"foaf:Agent", "mg:NamedInSource"}
    assert unknown["mg:unsplit"] == {"true"}
    several = values(quads, f"actor:kontakter.{actor_key('group', group.name, None, '2')}")
    assert several["rdf:type"] >= {"foaf:Group", "mg:Collective"}
    assert several["mg:asWritten"] == {"Various charities"}
    number = values(quads, f"actor:kontakter.{entry_key('57221111091-19')}")
    assert "schema:name" not in number
    assert number["rdfs:label"] == {
        "uten navn i registeret (57221111091-19)",
        "without a name in the register (57221111091-19)",
    }
    post = f"post:kontakter.{actor_key('office', office.name, None)}"
    assert values(quads, post)["rdf:type"] == {"org:Post", "org:Role", "mg:NamedInSource"}
    claims = {compact(quad.object) for quad in quads if quad.predicate == iri("mg:holderOf")}  # type: ignore[arg-type]
    assert claims == {post}


def test_groups_of_the_same_words_are_others_at_each_event() -> None:
    group = NamedActor("Various charities", "group")
    quads = statements_of((2, [event(2, part(2, group))]), (3, [event(3, part(3, group))]))
    assert len({quad.subject for quad in quads if quad.object == iri("foaf:Group")}) == 2


def test_a_name_with_an_identifier_and_one_without_are_two() -> None:
    same = NamedActor("Testbane AS", "body", "123")
    quads = statements_of((2, [event(2, part(2, BAHN))]), (3, [event(3, part(3, same))]))
    assert len({quad.subject for quad in quads if quad.object == iri("org:Organization")}) == 2


def test_whom_a_lookup_finds_in_the_registry_is_the_registrys() -> None:
    quads = statements_of((2, [event(2, part(2, NamedActor("KS", "body", registry_id="organisation:ks")))]))
    assert values(quads, "claim:kontakter.2.counterpart.ks")["mg:agent"] == {"organisation:ks"}
    assert not values(quads, "organisation:ks")


def test_candidates_are_possible_and_the_group_is_certain() -> None:
    group = NamedActor("Mobile Network Operators", "group")
    candidates = tuple(NamedActor(name, "body") for name in ("BT", "EE", "Telefonica"))
    store = concluded([(2, [event(2, official(2), part(2, group, candidates=candidates))])])
    possible = objects(store, "mg:candidate")
    assert possible == {f"actor:kontakter.{actor_key('body', each.name, None)}" for each in candidates}
    assert not possible & objects(store, "mg:agent")
    claim = values(store, "claim:kontakter.2.counterpart.candidates")
    assert claim["mg:atLeast"] == {"1"}


def test_somebody_in_two_capacities_has_one_part_and_two_claims() -> None:
    ministry = NamedActor("Testdepartementet", "body")
    parts = [part(2, ministry, "official", capacity=cited(2, "capacity", each)) for each in ("Minister", "Clerk")]
    store = concluded([(2, [event(2, *parts)])])
    name = actor_key("body", ministry.name, None)
    assert values(store, f"claim:kontakter.2.official.{name}.2")["mg:capacityAsWritten"] == {"Clerk"}
    participation = values(store, f"participation:kontakter.2.kontakter.{name}")
    assert participation["mg:capacityAsWritten"] == {"Minister", "Clerk"}


def test_a_row_of_a_register_is_an_event_in_the_plain_layer() -> None:
    online = {"mode": "video", "mode_cells": (cell(2, "place", "Videokonferens"),)}
    store = concluded([(2, [event(2, official(2), part(2, BAHN), **online)])])
    thing = values(store, "event:kontakter.2")
    assert thing["rdf:type"] == {"schema:Event", "mg:SingleEvent"}
    assert thing["schema:startDate"] == {"2021-10-27"}
    assert thing["schema:attendee"] == {"actor:kontakter.person-900001"}
    assert thing["mg:mode"] == {"mode:video"}
    assert thing["schema:eventAttendanceMode"] == {"schema:OnlineEventAttendanceMode"}
    assert not {"schema:organizer", "schema:location", "mg:placeAsWritten"} & thing.keys()
    body = f"participation:kontakter.2.kontakter.{actor_key('body', BAHN.name, None)}"
    assert values(store, body)["mg:attendance"] == {"attendance:represented"}
    assert values(store, body)["cv:role"] == {"role:counterpart"}


@pytest.mark.parametrize(
    ("mode", "word"), [("telephone", None), ("other", None), ("in-person", "Offline"), ("online", "Online")]
)
def test_a_mode_is_that_of_schema_org_where_it_means_the_same(mode: str, word: str | None) -> None:
    store = concluded([(2, [event(2, mode=mode, mode_cells=(cell(2, "place", mode),))])])
    expected = {f"schema:{word}EventAttendanceMode"} if word else set()
    assert values(store, "event:kontakter.2").get("schema:eventAttendanceMode", set()) == expected


def test_who_is_expected_is_not_present() -> None:
    parts = [part(2, NamedActor("Ola Prøve", "person"), "participant", "expected"), part(2, BAHN, "organiser", None)]
    store = concluded([(2, [event(2, *parts, status="planned")])])
    thing = values(store, "event:kontakter.2")
    assert "schema:attendee" not in thing
    assert "cv:hasParticipation" not in thing
    assert thing["schema:organizer"] == {f"actor:kontakter.{actor_key('body', BAHN.name, None)}"}


def test_an_unnamed_holder_of_an_office_is_no_attendee() -> None:
    store = concluded(
        [(2, [event(2, official(2), part(2, NamedActor("CEO Testbane", "office"), attendance="present"))])]
    )
    assert values(store, "event:kontakter.2")["schema:attendee"] == {"actor:kontakter.person-900001"}
    assert any(name.startswith("post:kontakter.") for name in objects(store, "mg:agent"))


def test_a_client_has_no_part() -> None:
    client = NamedActor("Acme Robotics", "body", "71234567890-12")
    store = concluded([(2, [event(2, part(2, BAHN, on_behalf_of=client))])])
    name = f"actor:kontakter.{entry_key('71234567890-12')}"
    assert objects(store, "mg:onBehalfOf") == {name}
    assert name not in objects(store, "mg:agent")
    assert name not in objects(store, "mg:represents")


def test_participants_of_a_series_are_in_no_single_meeting() -> None:
    store = concluded([(2, [event(2, official(2), kind="series", at_least=2)])])
    series = values(store, "series:kontakter.2")
    assert "schema:EventSeries" in series["rdf:type"]
    assert series["mg:atLeastEvents"] == {"2"}
    assert not {"schema:attendee", "schema:superEvent"} & series.keys()
    assert not any(store.quads_for_pattern(None, iri("rdf:type"), iri("mg:SingleEvent")))
    assert not any(store.quads_for_pattern(None, iri("rdf:type"), iri("mg:PossibleParticipation")))


def test_a_message_is_no_event() -> None:
    sent = MessageAct(
        key="6",
        form="e-mail",
        time=day(6),
        cells=(cell(6, "id", "6"),),
        rows=(6, 7),
        senders=(part(6, BAHN), part(7, NamedActor("Prøvebuss AS", "body"))),
        recipients=(
            part(6, NamedActor("Testdepartementet", "body"), "official", capacity=cited(6, "capacity", "Clerk")),
        ),
        topics=(cited(6, "topic", "Timetables"),),
    )
    store = concluded([(6, [sent]), (7, [SameAct("6")])])
    letter = values(store, "letter:kontakter.6")
    assert letter["rdf:type"] == {"schema:Message"}
    assert letter["dct:type"] == {"kind:e-mail"}
    assert len(letter["schema:sender"]) == 2
    assert len(letter["schema:recipient"]) == 1
    assert letter["schema:keywords"] == {"Timetables"}
    assert letter["time:hasTime"] == {"when:within.2021-10-27"}
    for nothing in ("mg:event", "schema:attendee", "mg:attendance"):
        assert not any(store.quads_for_pattern(None, iri(nothing), None))
    recipient = f"claim:kontakter.6.recipient.{actor_key('body', 'Testdepartementet', None)}"
    assert values(store, recipient)["mg:capacityAsWritten"] == {"Clerk"}


def test_a_repeated_row_is_perhaps_the_same_meeting() -> None:
    first, second = event(2, part(2, BAHN)), event(3, part(3, BAHN))
    store = concluded([(2, [first]), (3, [second, RepeatsAct(2, "2")])])
    assert holds(store, "event:kontakter.3", "mg:possibleRepetitionOf", "event:kontakter.2")
    again = statements_of((2, [first]), (3, [SameAct("2"), RepeatsAct(2, "2")]))
    assert not any(quad.predicate == iri("mg:possibleRepetitionOf") for quad in again)


def test_who_is_withheld_is_in_no_statement_and_the_list_is_open() -> None:
    private = part(2, NamedActor("Privat Person", "person"), withheld="people: officials")
    quads = statements_of((2, [event(2, official(2), private)]))
    assert not any("Privat Person" in str(quad) for quad in quads)
    assert values(quads, "claim:kontakter.2.event", "graph:curated")["mg:openList"] == {"list:participants"}
    assert "mg:openList" not in values(quads, "claim:kontakter.2.event", "graph:source.kontakter")


def test_words_that_leave_the_list_open_prove_it() -> None:
    various = part(2, NamedActor("Various NGOs", "group"), open_ended=True)
    claim = values(statements_of((2, [event(2, various, open_ended=True)])), "claim:kontakter.2.event")
    assert claim["mg:openList"] == {"list:participants"}
    assert claim["mg:openListEvidence"] == {"evidence:kontakter.cell-2-7"}


def test_a_filled_down_cell_is_no_key_evidence() -> None:
    above = (cell(2, "official", "Ada Eksempel"),)
    quads = statements_of(
        (3, [event(3, official(3, cells=(), context=above, capacity=cited(3, "capacity", "Member")))])
    )
    claim = values(quads, "claim:kontakter.3.official.person-900001")
    assert claim["mg:keyEvidence"] == {"evidence:kontakter.cell-3-6"}
    assert claim["mg:evidence"] == {"evidence:kontakter.cell-3-6", "evidence:kontakter.cell-2-5"}


def test_a_body_is_part_of_another() -> None:
    body, whole = NamedActor("Formannskapet", "body", "enh-1"), NamedActor("Prøvebygd kommune", "body")
    quads = statements_of((2, [event(2, part(2, body, "organiser", None), organiser_part_of=(body, whole))]))
    above = values(quads, "actor:kontakter.enh-1")["org:subOrganizationOf"]
    assert above == {f"actor:kontakter.{actor_key('body', whole.name, None)}"}


@pytest.mark.parametrize("act", [NoneAct("a note"), ReviewAct("date", "outside the period")])
def test_a_row_that_claims_nothing_makes_no_statement(act: Act) -> None:
    assert statements_of((2, [act])) == []


def test_statements_do_not_depend_on_the_partition() -> None:
    rows: list[tuple[int, list[Act]]] = [(row, [event(row, official(row), part(row, BAHN))]) for row in range(2, 8)]
    whole = to_nquads(statements_of(*rows))
    halves = {*to_nquads(statements_of(*rows[::2])), *to_nquads(statements_of(*rows[1::2]))}
    assert sorted(halves) == whole == sorted(set(register_lines(REGISTER, rows)))


@pytest.mark.parametrize("words", ['"quoted"', "a\nline", "back\\slash", "tab\t", "“”–’", "\u2028", "emoji 🎉", "\x07"])
def test_words_are_kept_as_they_are(words: str) -> None:
    lines = [*register_lines(REGISTER, [(2, [event(2, topics=(cited(2, "topic", words),))])])]
    assert all(line.count("\n") == 0 for line in lines)
    quads = statements_of((2, [event(2, topics=(cited(2, "topic", words),))]))
    assert values(quads, "claim:kontakter.2.event")["mg:topicAsWritten"] == {words}


def test_keys_that_are_spelled_alike_without_signs_are_two() -> None:
    names = {entry_key(key) for key in ("mm_01", "mm-01", "MM-01", "mm 01", "møte 1", "mote-1", "...")}
    assert len(names) == 7
    assert all(iri(f"event:kontakter.{name}") for name in names)
    with pytest.raises(ValueError, match="empty"):
        entry_key("  ")
    with pytest.raises(ValueError, match="neither"):
        actor_key("body", " ", None)


def test_a_sheet_is_part_of_the_evidence() -> None:
    selector = CellSelector("kontakter", 2, 7, "Møter")
    quads = statements_of((2, [event(2, part(2, BAHN, cells=(cell(2, "body", "x")._replace(selector=selector),)))]))
    assert values(quads, f"evidence:kontakter.{selector.key}")["rdf:value"] == {"sheet=Møter&cell=2,7"}


def test_a_register_tells_its_rows_and_why_a_column_claims_nothing() -> None:
    columns = [("date", None), ("country", "the seat of the member and no place")]
    quads = register_source_statements(REGISTER, 12, columns, "http://tools.ietf.org/rfc/rfc7111")
    source = values(quads, "source:kontakter")
    assert source["rdf:type"] == {"mg:Source", "dcat:Dataset", "prov:Entity"}
    assert source["mg:rows"] == {"12"}
    assert source["mg:column"] == {"column:kontakter.1", "column:kontakter.2"}
    assert "mg:because" not in values(quads, "column:kontakter.1")
    assert values(quads, "column:kontakter.2")["mg:because"] == {"the seat of the member and no place"}
    assert values(quads, "table:kontakter")["dct:conformsTo"] == {"http://tools.ietf.org/rfc/rfc7111"}
