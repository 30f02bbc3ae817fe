"""Ten pages of many genres beside the first page: what a careful reader takes from them is in the graph, and no more.

The pages are invented and lie in ``tests/corpus``; ``ten_pages.yaml`` says what a careful reader takes from them.
"""

import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from conftest import CORPUS, PAGE, Row, ask, load_store
from pyoxigraph import Store
from small_page import linked_home

from build_graph import build
from graph import HOME, Finding, FindingsError
from graph.__main__ import motegraf
from graph.pipeline.summary import Summary
from graph.query.ask import ask as ask_question

pytestmark = pytest.mark.slow

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "ten_pages.yaml").read_text(encoding="utf-8")
)
EVENTS = [(page, event) for page, events in EXPECTED.items() for event in events]
each_event = pytest.mark.parametrize(("page", "event"), EVENTS, ids=[event for _, event in EVENTS])


class Eleven(NamedTuple):
    """The home with eleven pages, its build, what the build said, and a store with the graph."""

    home: Path
    out: Path
    summary: Summary
    store: Store


@pytest.fixture(scope="session")
def eleven(tmp_path_factory: pytest.TempPathFactory) -> Eleven:
    """Build the first page and the ten others once."""
    folder = tmp_path_factory.mktemp("eleven")
    home = linked_home(folder)
    for page in (PAGE, *EXPECTED):
        shutil.copytree(CORPUS / page, home / "corpus" / page)
    summary = build(home, folder / "out")
    return Eleven(home, folder / "out", summary, load_store(folder / "out/motegraf.nq"))


def one(rows: list[Row]) -> Row:
    """Return the one row of an answer."""
    assert len(rows) == 1, rows
    return rows[0]


def test_all_eleven_pages_are_built_without_a_finding(eleven: Eleven) -> None:
    assert (eleven.summary.pages, eleven.summary.left_out, eleven.summary.findings) == (11, (), ())
    assert sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()) == sorted([PAGE, *EXPECTED])


def test_there_are_the_events_that_a_reader_finds_and_no_others(eleven: Eleven, built: Path) -> None:
    events = "SELECT ?event { ?event a schema:Event }"
    of_first_page = {event for (event,) in ask(load_store(built / "motegraf.nq"), events)}
    found = {event for (event,) in ask(eleven.store, events)} - of_first_page
    assert found == {f"event:{event}" for _, event in EVENTS}


@each_event
def test_status_days_and_place_are_those_of_the_page(eleven: Eleven, page: str, event: str) -> None:
    status, days, place = (each.strip() for each in EXPECTED[page][event]["is"].split(",", 2))
    first, last = days.split("/") if "/" in days else ("", "")
    row = one(
        ask(
            eleven.store,
            f"""SELECT ?status ?first ?last ?municipality ?country ?mode ?words {{
              event:{event} mg:eventStatus ?status .
              OPTIONAL {{ event:{event} mg:earliest ?first }} OPTIONAL {{ event:{event} mg:latest ?last }}
              OPTIONAL {{ event:{event} schema:location/rdfs:label ?municipality FILTER(LANG(?municipality) = "nb") }}
              OPTIONAL {{ event:{event} mg:country ?country }}
              OPTIONAL {{ event:{event} schema:eventAttendanceMode ?mode }}
              OPTIONAL {{ event:{event} mg:placeAsWritten ?words }}
            }}""",
        )
    )
    assert row[:3] == (f"status:{status}", first, last)
    municipality, country, mode, words = row[3:]
    if place == "online":
        assert (municipality, country, mode) == ("", "", "schema:OnlineEventAttendanceMode")
    elif place == "nowhere":
        assert (municipality, country, mode, words) == ("", "", "", "")
    elif len(place) == 2:
        assert (municipality, country, mode) == ("", place, "")
    elif place[0].isupper():
        assert (municipality, country, mode) == (place, "", "")
    else:
        assert (municipality, country, mode, words) == ("", "", "", place)


def parts_of(store: Store, event: str) -> dict[str, tuple[set[str], str, bool]]:
    """Return who has a part in an event by name: roles, attendance, and whether in a part of it only."""
    rows = ask(
        store,
        f"""SELECT ?name ?role ?attendance ?partly {{
          ?part a mg:Participation ; mg:event event:{event} ; mg:agent/rdfs:label ?name ; cv:role|mg:plannedRole ?role .
          FILTER(LANG(?name) IN ("nb", ""))
          OPTIONAL {{ ?part mg:attendance ?attendance }} OPTIONAL {{ ?part mg:partly ?partly }}
        }}""",
    )
    parts: dict[str, tuple[set[str], str, bool]] = {}
    for name, role, attendance, partly in rows:
        roles, _, _ = parts.setdefault(name, (set(), attendance.removeprefix("attendance:"), partly == "true"))
        roles.add(role.removeprefix("role:"))
    return parts


def expected_part(words: str) -> tuple[set[str], str, bool]:
    """Return what "chair speaker, present, partly" means: roles, attendance, and whether there for a part only."""
    roles, _, rest = words.partition(",")
    attendance = rest.partition(",")[0].strip()
    return set(roles.split()), attendance, "partly" in rest


@each_event
def test_everybody_has_the_part_that_the_page_gives_them(eleven: Eleven, page: str, event: str) -> None:
    expected = {name: expected_part(words) for name, words in EXPECTED[page][event].get("parts", {}).items()}
    found = parts_of(eleven.store, event)
    assert found.keys() == expected.keys()
    for name, (roles, attendance, partly) in expected.items():
        # Whoever has a special role and stands in the list of those present takes part, too.
        assert roles <= found[name][0] <= {*roles, "participant"}, name
        assert found[name][1:] == (attendance, partly), name


@each_event
def test_a_part_that_did_not_come_about_is_no_role_of_anybody(eleven: Eleven, page: str, event: str) -> None:
    rows = ask(
        eleven.store,
        f"""SELECT ?name {{ ?part mg:event event:{event} ; cv:role ?role ; mg:agent/rdfs:label ?name .
          OPTIONAL {{ ?part mg:attendance ?attendance }}
          FILTER(COALESCE(?attendance, attendance:present) NOT IN (attendance:present, attendance:represented)) }}""",
    )
    assert rows == []
    if not EXPECTED[page][event]["is"].startswith("held"):
        assert ask(eleven.store, f"SELECT ?part {{ ?part mg:event event:{event} ; cv:role ?role }}") == []
        assert ask(eleven.store, f"SELECT ?who {{ event:{event} schema:attendee ?who }}") == []


def test_an_office_whose_holder_the_page_does_not_name_stands_for_a_person_of_whom_no_more_is_known(
    eleven: Eleven,
) -> None:
    rows = ask(
        eleven.store,
        """SELECT ?office { ?part a mg:Participation ; mg:agent ?office ; mg:event event:kontaktutvalet-2018-02-07 .
          MINUS { ?office a foaf:Person } }""",
    )
    assert [office for (office,) in rows] == [
        "post:statsministerens-veke-2018.justisministeren",
        "post:statsministerens-veke-2018.kulturministeren",
    ]


@each_event
def test_the_body_whose_meeting_it_is_is_that_of_the_page(eleven: Eleven, page: str, event: str) -> None:
    rows = ask(
        eleven.store, f'SELECT ?name {{ event:{event} mg:ofBody/rdfs:label ?name FILTER(LANG(?name) IN ("nb", "")) }}'
    )
    assert [name for (name,) in rows] == [each for each in [EXPECTED[page][event].get("of_body")] if each]


def test_everything_about_an_event_has_its_body_its_venue_and_its_times_of_day(eleven: Eleven) -> None:
    event = "politirad-rana-2022-11-23"
    rows = ask_question("everything_about_an_event", build=eleven.out, event=event, lang="nb")
    stated = {str(row["aspect_iri"]).partition("#")[2]: row for row in rows}
    assert stated["ofBody"]["thing"] == EXPECTED["rana-politirad-2022"][event]["of_body"]
    assert stated["venueAsWritten"]["value"] == "Rådhuset i Mo i Rana, møterom Saltfjellet"
    assert [stated[each]["value"] for each in ("startTime", "endTime")] == ["12:00:00", "14:30:00"]


@each_event
def test_an_audience_attended_nothing(eleven: Eleven, page: str, event: str) -> None:
    rows = ask(
        eleven.store,
        f"""SELECT ?words ?part {{ ?claim mg:event event:{event} ; mg:audience ?audience . ?audience mg:asWritten ?words
          OPTIONAL {{ ?part mg:agent|mg:candidate ?audience }} }}""",
    )
    assert rows == [(words, "") for words in sorted(EXPECTED[page][event].get("audiences", []))]


def test_and_or_makes_candidates_and_nobody_certain(eleven: Eleven) -> None:
    rows = ask(
        eleven.store,
        """SELECT ?event ?name { ?part a mg:PossibleParticipation ; mg:event ?event ; mg:candidate/rdfs:label ?name .
          FILTER(LANG(?name) = "nb" && STRENDS(STR(?event), "2019")) }""",
    )
    assert rows == [
        ("event:fagdag-hatprat-2019", "Antirasistisk Senter"),
        ("event:fagdag-hatprat-2019", "Stopp hatprat"),
    ]
    named = "?who rdfs:label ?name FILTER(STR(?name) IN ('Antirasistisk Senter', 'Stopp hatprat'))"
    assert ask(eleven.store, f"SELECT ?part {{ ?part a mg:Participation ; mg:agent ?who . {named} }}") == []


# Whom a careless reader would put at an event, page by page: by their names, and those whom the page mentions only.
MENTIONED_ONLY = [
    ("statsministerens-veke-2018", "Hilde Fuglestad"),
    ("halden-slt-2018", "Jannicke Holt"),
    ("folkemote-flyttet-2024", "Sveinung Grip"),
    ("webinar-foreldre-2021", "Gry Isberg"),
    ("webinar-foreldre-2021", "Nora Eek"),
    ("webinar-foreldre-2021", "Knut Solem"),
    ("rana-politirad-2022", "PST"),
    ("rana-politirad-2022", "Statens vegvesen"),
    ("rana-politirad-2022", "Trygg Trafikk"),
    ("rana-politirad-2022", "formannskapet"),
    ("gjesdal-horingssvar-2018", "Steinar Edland"),
    ("gjesdal-horingssvar-2018", "Egil Tjåland"),
    ("gjesdal-horingssvar-2018", "Eldrerådet"),
    ("gjesdal-horingssvar-2018", "Klepp kommune"),
    ("nordiske-byer-2016", "Brottsförebyggande rådet"),
    ("sunnfjord-ungdomsrad-2024", "Vestland fylkeskommune"),
    ("voss-politirad-2022", "Voss vidaregåande skule"),
]


@pytest.mark.parametrize(("page", "name"), MENTIONED_ONLY)
def test_whoever_is_only_mentioned_has_no_part_in_anything(eleven: Eleven, page: str, name: str) -> None:
    rows = ask(
        eleven.store,
        f'SELECT ?part {{ ?part mg:agent|mg:candidate/rdfs:label ?name FILTER(STR(?name) = "{name}") }}',
    )
    assert rows == [], page


# What else a careless reader would conclude: no such triple, in standard terms or our own.
FALSEHOODS = {
    "the leader of the youth council chaired its meeting, though she had lost her voice": (
        "person:sunnfjord-ungdomsrad-2024.ask-ullaland ^mg:agent ?part . ?part cv:role role:chair"
    ),
    "the deputy goes to the conference": (
        "?part mg:event event:ungdomskonferanse-2024-03 ; "
        "mg:agent|mg:candidate person:sunnfjord-ungdomsrad-2024.ole-mathias-hafstad"
    ),
    "the fire service was at the meeting of 19 October": (
        "?part mg:event event:politirad-2022-10-19 ; mg:agent organisation:voss-politirad-2022.bergen-brannvesen"
    ),
    "the meeting of 14 December was held": "event:politirad-2022-12-14 mg:eventStatus status:held",
    "a minister who is there opens the seminar": (
        "?part mg:agent person:statsministerens-veke-2018.anniken-hauglie ; mg:plannedRole|cv:role role:opener"
    ),
    "the Sami national day is marked in Kristiansand": "event:samefolkets-dag-2018 schema:location kommune:1001",
    "the meeting with the youth parties is cancelled": (
        "event:mote-med-ungdomspartia-2018-02 mg:eventStatus status:cancelled"
    ),
    "the minister sits in the panel": (
        "?part mg:event event:paneldebatt-odda-2022-09-02 ; mg:agent person:statsrad-i-hardanger-2022.sigbjorn-gjelsvik"
    ),
    "the press is at the working meeting": (
        "?claim a mg:AudienceClaim ; mg:event event:arbeidsmote-lofthus-2022-09-01"
    ),
    "the journalist's paper organises the debate": (
        "?part mg:agent|mg:candidate organisation:statsrad-i-hardanger-2022.hardanger-folkeblad"
    ),
    "somebody who was ill chaired the meeting": (
        "?part mg:event event:slt-2018-09-26 ; mg:agent person:halden-slt-2018.marit-grimsrud ; cv:role ?role"
    ),
    "a body took part because somebody comes from it": ("?part mg:agent organisation:halden-slt-2018.nav"),
    "the public meeting is in Festiviteten on 3 June": 'event:folkemote-2024-06-03 mg:venueAsWritten "Festiviteten"@nb',
    "the police speaks in the city council": "?part a mg:Participation ; mg:event event:bystyremote-2024-05-23",
    "the webinar is in Drammen": "event:webinar-2021-04-22 schema:location|mg:placeAsWritten|mg:venueAsWritten ?place",
    "the institute of a speaker organises the webinar": (
        "?part mg:event event:webinar-2021-04-22 ; mg:agent organisation:webinar-foreldre-2021.nibr"
    ),
    "somebody invited to the next meeting was at this one": (
        "?part mg:event event:politirad-rana-2022-11-23 ; mg:agent organisation:rana-politirad-2022.konfliktradet"
    ),
    "the minister was in Aarhus": (
        "?part mg:event event:nordiske-byer-aarhus-2016-06 ; mg:agent person:anders-anundsen ; "
        "mg:attendance attendance:present"
    ),
    "the Norwegian minister of justice spoke": (
        "?part mg:event event:nordiske-byer-aarhus-2016-06 ; mg:agent person:anders-anundsen ; cv:role ?role"
    ),
    "whoever led a delegation led the meeting": (
        "?part mg:agent person:nordiske-byer-2016.arild-rosseland ; cv:role role:chair"
    ),
    "the university of a speaker organised the meeting": (
        "?part mg:agent|mg:candidate organisation:nordiske-byer-2016.aarhus-universitet"
    ),
    "a meeting in Aarhus was in Norway": "event:nordiske-byer-aarhus-2016-06 schema:location ?place",
    "a city that declined was there": (
        "event:nordiske-byer-aarhus-2016-06 schema:attendee organisation:bergen-kommune"
    ),
}


@pytest.mark.parametrize("pattern", FALSEHOODS.values(), ids=FALSEHOODS)
def test_what_a_careless_reader_would_conclude_is_not_in_the_graph(eleven: Eleven, pattern: str) -> None:
    assert ask(eleven.store, f"SELECT * {{ {pattern} }}") == []


def test_coming_from_a_body_is_no_representing(eleven: Eleven) -> None:
    rows = ask(
        eleven.store,
        """SELECT DISTINCT ?who ?body { ?part a mg:Participation ; mg:affiliation ?body ; mg:agent ?who .
          FILTER(CONTAINS(STR(?part), "halden-slt-2018") || CONTAINS(STR(?part), "webinar")) }""",
    )
    assert rows == [
        ("person:halden-slt-2018.ellen-wold", "organisation:halden-slt-2018.halden-videregaende"),
        ("person:halden-slt-2018.petter-moen-lie", "organisation:halden-slt-2018.nav"),
        ("person:halden-slt-2018.vibeke-solli", "organisation:halden-slt-2018.risum-ungdomsskole"),
        ("person:webinar-foreldre-2021.anne-berit-kjosvold", "organisation:webinar-foreldre-2021.publisher"),
        ("person:webinar-foreldre-2021.halvor-lunden", "organisation:webinar-foreldre-2021.nibr"),
        ("person:webinar-foreldre-2021.jorgen-haraldsen", "organisation:webinar-foreldre-2021.bfd"),
        ("person:webinar-foreldre-2021.tor-egil-brathen", "organisation:webinar-foreldre-2021.foreldrenettverket"),
        ("person:webinar-foreldre-2021.yasmin-shirazi", "organisation:webinar-foreldre-2021.foreldrenettverket"),
    ]
    both = "SELECT ?part { ?part mg:affiliation ?body ; mg:onBehalfOf|mg:represents ?body }"
    assert ask(eleven.store, both) == []


def test_who_speaks_for_a_city_is_told_as_the_page_tells_it(eleven: Eleven) -> None:
    rows = ask(
        eleven.store,
        """SELECT DISTINCT ?who ?body { ?part a mg:Participation ; mg:onBehalfOf ?body ; mg:agent ?who ;
            mg:event ?event .
          FILTER(?event IN (event:nordiske-byer-aarhus-2016-06, event:dialogmote-2018-09-11)) }""",
    )
    assert rows == [
        ("person:gjesdal-horingssvar-2018.elin-oftedal", "organisation:gjesdal-kommune"),
        ("person:gjesdal-horingssvar-2018.vegard-limaskjaer", "organisation:gjesdal-kommune"),
        ("person:nordiske-byer-2016.bente-flaatten", "organisation:oslo-kommune"),
    ]


def test_an_event_that_is_moved_leads_to_the_new_one_and_has_its_old_day(eleven: Eleven) -> None:
    rows = ask(
        eleven.store,
        """SELECT ?old ?new ?day { ?old a schema:Event ; mg:movedTo ?new ; mg:eventStatus status:postponed .
          ?new mg:eventStatus status:planned ; schema:previousStartDate ?day }""",
    )
    assert rows == [
        ("event:folkemote-2024-05-14", "event:folkemote-2024-06-03", "2024-05-14"),
        ("event:politirad-2022-12-14", "event:politirad-2023-01-11", "2022-12-14"),
    ]


def test_nothing_that_was_postponed_has_a_date_of_schema_org_or_of_owl_time(eleven: Eleven) -> None:
    postponed = "{ ?event mg:eventStatus status:postponed ; schema:eventStatus ?called"
    assert ask(eleven.store, f"SELECT ?event {postponed} ; schema:startDate|schema:endDate|time:hasTime ?date }}") == []
    assert ask(eleven.store, f"SELECT ?event ?called ?day {postponed} ; schema:previousStartDate ?day }}") == [
        ("event:folkemote-2024-05-14", "schema:EventRescheduled", "2024-05-14"),
        ("event:mote-med-ungdomspartia-2018-02", "schema:EventPostponed", "2018-02-09"),
        ("event:politirad-2022-12-14", "schema:EventRescheduled", "2022-12-14"),
    ]


def inferences(store: Store, event: str) -> set[Row]:
    """Return what the reader infers of an event: the property, and from what."""
    rows = ask(
        store,
        f"""SELECT ?what ?from {{ GRAPH graph:curated {{ ?claim mg:inference ?inference .
          ?inference mg:inferredProperty ?what ; mg:inferredFrom ?from }}
          ?claim a mg:EventClaim ; mg:event event:{event} }}""",
    )
    return set(rows)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("ungdomsrad-2024-02-07", {("mg:place", "basis:publisher")}),
        ("ungdomskonferanse-2024-03", {("mg:time", "basis:published")}),
        ("politirad-2022-10-19", set()),
        ("politirad-2022-12-14", {("mg:time", "basis:published")}),
        ("kontaktutvalet-2018-02-07", {("mg:time", "basis:published"), ("mg:place", "basis:source")}),
        ("mote-med-ungdomspartia-2018-02", {("mg:time", "basis:source")}),
        ("folkemote-2024-06-03", {("mg:time", "basis:published"), ("mg:place", "basis:source")}),
        ("slt-2018-09-26", set()),
        ("slt-2018-10-31", {("mg:time", "basis:published"), ("mg:place", "basis:publisher")}),
        ("nordiske-byer-aarhus-2016-06", {("mg:time", "basis:published")}),
    ],
)
def test_what_the_page_does_not_say_is_the_readers_with_its_basis(
    eleven: Eleven, event: str, expected: set[Row]
) -> None:
    assert inferences(eleven.store, event) == expected


def test_each_page_says_how_far_it_was_read(eleven: Eleven) -> None:
    shown = CliRunner().invoke(motegraf, ["status", "--home", str(eleven.home)])
    assert shown.exit_code == 0
    read = {line.split()[0]: line.split()[1:3] for line in shown.stdout.splitlines()[1:]}
    assert {page: tuple(map(int, numbers)) for page, numbers in read.items()} == {
        PAGE: (34, 34),
        "sunnfjord-ungdomsrad-2024": (21, 21),
        "voss-politirad-2022": (21, 21),
        "statsministerens-veke-2018": (22, 22),
        "statsrad-i-hardanger-2022": (12, 12),
        "halden-slt-2018": (23, 23),
        "folkemote-flyttet-2024": (9, 9),
        "webinar-foreldre-2021": (17, 17),
        "rana-politirad-2022": (38, 16),
        "gjesdal-horingssvar-2018": (49, 12),
        "nordiske-byer-2016": (16, 13),
    }


def changed(eleven: Eleven, folder: Path, page: str, *words: tuple[str, str], file: str = "claims.yaml") -> Path:
    """Return a home with one of the pages, in whose file words, each there once, are replaced by others."""
    home = linked_home(folder)
    shutil.copytree(eleven.home / "corpus" / page, home / "corpus" / page)
    changing = home / "corpus" / page / file
    text = changing.read_text(encoding="utf-8")
    for old, new in words:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    changing.write_text(text, encoding="utf-8")
    return home


def findings(home: Path) -> list[Finding]:
    """Return what a check of a home finds."""
    try:
        return list(build(home, None).findings)
    except FindingsError as error:
        return list(error.findings)


def test_a_name_that_no_entry_explains_is_listed_and_its_words_prove_nobody_else(
    eleven: Eleven, tmp_path: Path
) -> None:
    # Omar Haddad is taken out of the claims; he stands in the list that proves the presence of others.
    text = (CORPUS / "halden-slt-2018/claims.yaml").read_text(encoding="utf-8")
    person = "  omar-haddad: {name: Omar Haddad}\n"
    part = next(line for line in text.splitlines(keepends=True) if "agent: omar-haddad" in line)
    home = changed(eleven, tmp_path, "halden-slt-2018", (person, ""), (part, ""))
    page_yaml = home / "corpus/halden-slt-2018/page.yaml"
    page_yaml.write_text(page_yaml.read_text(encoding="utf-8").replace("reading: complete\n", ""), encoding="utf-8")
    quoted = "        quote: Vibeke Solli (helsesykepleier, Risum ungdomsskole)"
    claims = home / "corpus/halden-slt-2018/claims.yaml"
    before = claims.read_text(encoding="utf-8")
    assert before.count(quoted) == 1
    wider = f'{quoted.replace("Vibeke", chr(34) + "Vibeke")}, Omar Haddad (barnevernet, kom kl. 09.40)"'
    claims.write_text(before.replace(quoted, wider), encoding="utf-8")
    unknown = [finding for finding in findings(home) if "Omar Haddad" in finding.message]
    assert [(finding.file, finding.severity) for finding in unknown] == [("corpus/halden-slt-2018/page.txt", "warning")]
    assert "unknown name 'Omar Haddad'" in unknown[0].message
    assert "add it under people: or bodies: (omar-haddad: {name: Omar Haddad})" in unknown[0].message
    build(home, tmp_path / "out")
    store = load_store(tmp_path / "out/motegraf.nq")
    assert (
        ask(
            store,
            'SELECT ?who { ?who rdfs:label ?name FILTER(CONTAINS(?name, "Haddad") && !ISBLANK(?who)) '
            'FILTER(CONTAINS(STR(?who), "/person/") || CONTAINS(STR(?who), "/participation/")) }',
        )
        == []
    )


def test_a_sentence_about_others_proves_nobody(eleven: Eleven, tmp_path: Path) -> None:
    words = "quote: Konfliktrådet inviteres til neste møte for å si noe om tilskuddsordningen."
    other = "quote: Anette Fagerbakk ba om at saken legges fram for formannskapet."
    home = changed(eleven, tmp_path, "rana-politirad-2022", (words, other))
    errors = [finding for finding in findings(home) if finding.severity == "error"]
    assert any(
        "no quote of this entry names organisation:rana-politirad-2022.konfliktradet" in finding.message
        for finding in errors
    )


def test_another_town_than_the_page_names_needs_a_reason(eleven: Eleven, tmp_path: Path) -> None:
    words = "where: {country: SE, written: Malmö}"
    home = changed(eleven, tmp_path, "nordiske-byer-2016", (words, "where: {municipality: Oslo, written: Malmö}"))
    (finding,) = findings(home)
    assert "'Malmö' is no known name of Oslo" in finding.message


def test_a_weekday_that_the_day_is_not_is_a_finding(eleven: Eleven, tmp_path: Path) -> None:
    home = changed(eleven, tmp_path, "folkemote-flyttet-2024", ("edtf: 2024-05-14", "edtf: 2023-05-14"))
    assert ["'tirsdag 14. mai', but 2023-05-14 is a Sunday" in each.message for each in findings(home)] == [True]


def test_a_year_that_does_not_follow_from_the_publication_is_a_finding(eleven: Eleven, tmp_path: Path) -> None:
    home = changed(
        eleven, tmp_path, "nordiske-byer-2016", ("edtf: 2016-06-02/2016-06-03", "edtf: 2012-06-02/2012-06-03")
    )
    assert any("2012" in finding.message for finding in findings(home) if finding.severity == "error")


def test_to_act_for_a_body_is_more_than_to_come_from_it(eleven: Eleven, tmp_path: Path) -> None:
    words = ("affiliation: aarhus-universitet", "on_behalf_of: aarhus-universitet")
    (finding,) = findings(changed(eleven, tmp_path, "nordiske-byer-2016", words))
    assert finding.severity == "warning"
    assert finding.message == (
        "the quotes say 'Preben Lauridsen fra Aarhus Universitet', which tells where somebody comes from; "
        "is that affiliation:?"
    )


def test_an_event_on_line_is_at_no_place(eleven: Eleven, tmp_path: Path) -> None:
    words = ("    online: true\n", "    online: true\n    where: {written: Drammen, country: 'NO'}\n")
    (finding,) = findings(changed(eleven, tmp_path, "webinar-foreldre-2021", words))
    assert finding.message.startswith("an event on line is at no place; leave out where:, or write online: hybrid")


def test_a_reason_that_is_blank_is_no_reason(eleven: Eleven, tmp_path: Path) -> None:
    words = ("because: the page is the programme of week 6}", 'because: " "}')
    (finding,) = findings(changed(eleven, tmp_path, "statsministerens-veke-2018", words))
    assert finding.message == "'because' is empty"


def test_a_publisher_may_be_given_by_its_name_as_of_the_day_of_publication(eleven: Eleven, tmp_path: Path) -> None:
    words = ("publisher: halden-kommune", "publisher: Halden kommune")
    assert findings(changed(eleven, tmp_path, "halden-slt-2018", words, file="page.yaml")) == []


def test_a_publisher_that_was_no_more_is_a_finding(eleven: Eleven, tmp_path: Path) -> None:
    words = ("publisher: voss-herad-kommune", "publisher: voss-kommune")
    (finding,) = findings(changed(eleven, tmp_path, "voss-politirad-2022", words, file="page.yaml"))
    assert finding.file == "corpus/voss-politirad-2022/page.yaml"
    assert "'voss-kommune' did not exist at the time: organisation:voss-kommune … to 2019-12-31;" in finding.message


def test_an_unfinished_page_is_left_out_and_counted_and_the_others_are_built(eleven: Eleven, tmp_path: Path) -> None:
    home = changed(eleven, tmp_path, "halden-slt-2018", ("kind: annual-meeting", "kind: party"))
    shutil.copytree(eleven.home / "corpus/folkemote-flyttet-2024", home / "corpus/folkemote-flyttet-2024")
    summary = build(home, tmp_path / "out", strict=False)
    assert (summary.pages_known, summary.pages, summary.left_out) == (1, 2, ("halden-slt-2018",))
    assert "halden-slt-2018" in str(summary)
    assert re.search(r"unknown kind 'party'; known are ", " ".join(each.message for each in summary.findings))


# How many there are of what: events of other pages count, too.
TOTALS = {"how_many_events_are_in_which_county", "how_many_events_are_of_which_kind"}
ANSWERS = sorted((HOME / "tests/answers").glob("*.csv"))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda file: file.stem)
def test_what_the_first_page_answers_it_answers_beside_others(eleven: Eleven, built: Path, answer: Path) -> None:
    name, *given = answer.stem.split(".")
    parameters = dict(each.split("=", 1) for part in given for each in part.split(","))
    alone = ask_question(name, build=built, **parameters)
    beside = ask_question(name, build=eleven.out, **parameters)
    if name not in TOTALS:
        rows = iter(beside)
        assert [row for row in alone if row not in rows] == [], "rows are missing, or in another order"
    if parameters.keys() & {"event", "page", "series"}:
        assert beside == alone
