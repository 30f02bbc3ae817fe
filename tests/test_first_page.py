"""What the graph of "Dialogmøter høsten 2014" answers, no more and no less: asked of the N-Quads and of the Turtle."""

import pytest
from conftest import PAGE, ask
from pyoxigraph import Store

pytestmark = pytest.mark.unit

COUNCIL, SUMMIT, LETTER = "event:haugesund-beredskapsrad", "event:toppmote-2015", "letter:brev-2014-10"
CONFERENCE, STAVANGER, HAUGESUND = "event:sarpsborg-2014-10", "event:stavanger-2014-11", "event:haugesund-2014-12"
AUTUMN = ["event:alesund-2014-host", "event:fredrikstad-2014-host", "event:oslo-2014-host", "event:tromso-2014-host"]
PLANNED = ["event:drammen-2015", "event:kristiansand-2015", "event:trondheim-2015"]
SERIES, PLAN = "series:dialogmoter-2014", "plan:handlingsplan-mot-radikalisering"
BOKHARI, KALLMYR, SOLBERG = "person:laila-bokhari", "person:joran-kallmyr", "person:erna-solberg"
GROUP = f"group:{PAGE}"

PARTICIPATIONS = """
SELECT ?agent ?role ?attendance ?post ?body WHERE {
  ?p a mg:Participation ; mg:event EVENT ; mg:agent ?agent ; cv:role ?role .
  OPTIONAL { ?p mg:attendance ?attendance } OPTIONAL { ?p mg:inCapacity ?post } OPTIONAL { ?p mg:onBehalfOf ?body }
}"""


def test_who_took_part_in_haugesund_in_which_role_and_capacity(graph: Store) -> None:
    assert ask(graph, PARTICIPATIONS.replace("EVENT", HAUGESUND)) == [
        ("organisation:haugesund-kommune", "role:organiser", "", "", ""),
        (BOKHARI, "role:introducer", "attendance:present", "post:statssekretaer-smk", ""),
        ("person:yousef-bartho-assidiq", "role:speaker", "attendance:present", "post:prosjektleder-minotenk", ""),
    ]


def test_kallmyr_attended_and_opened_the_conference_for_the_government_and_nobody_organised_it(graph: Store) -> None:
    government, jd, smk = "organisation:norges-regjering", "post:statssekretaer-jd", "post:statssekretaer-smk"
    assert ask(graph, PARTICIPATIONS.replace("EVENT", CONFERENCE)) == [
        (KALLMYR, "role:opener", "attendance:present", jd, government),
        (KALLMYR, "role:participant", "attendance:present", jd, government),
        (BOKHARI, "role:participant", "attendance:present", smk, ""),
    ]
    assert ask(graph, f"SELECT ?who WHERE {{ {CONFERENCE} schema:organizer ?who }}") == []


def test_stavanger_has_an_organiser_an_introducer_for_the_government_and_three_groups(graph: Store) -> None:
    present = "attendance:present"
    parties = f"{GROUP}.representanter-fra-partier-trossamfunn-og-organisasjoner"
    assert ask(graph, PARTICIPATIONS.replace("EVENT", STAVANGER)) == [
        (f"{GROUP}.personer-uten-tilknytning", "role:participant", present, "", ""),
        (parties, "role:participant", present, "", ""),
        (f"{GROUP}.representanter-fra-rogaland-politidistrikt", "role:participant", present, "", ""),
        ("organisation:stavanger-kommune", "role:organiser", "", "", ""),
        (BOKHARI, "role:introducer", present, "post:statssekretaer-smk", "organisation:norges-regjering"),
    ]


def test_where_bokhari_was_for_certain_and_where_she_may_have_been(graph: Store) -> None:
    certain = f"SELECT ?event WHERE {{ ?event schema:attendee {BOKHARI} }}"
    possible = f"SELECT ?event WHERE {{ ?p a mg:PossibleParticipation ; mg:candidate {BOKHARI} ; mg:event ?event }}"
    assert ask(graph, certain) == [(HAUGESUND,), (CONFERENCE,), (STAVANGER,)]
    assert ask(graph, possible) == [(event,) for event in AUTUMN]


def test_solberg_was_for_certain_at_no_meeting_that_was_held(graph: Store) -> None:
    assert ask(graph, f"SELECT ?event WHERE {{ ?event schema:attendee {SOLBERG} }}") == []
    held = "?p a mg:Participation ; mg:event ?event ; mg:agent person:erna-solberg . ?event mg:eventStatus status:held"
    assert ask(graph, f"SELECT ?event WHERE {{ {held} }}") == []


def test_four_meetings_have_two_candidates_each_at_least_one_of_whom_took_part(graph: Store) -> None:
    rows = ask(
        graph,
        """SELECT ?event ?agent ?least WHERE { ?p a mg:PossibleParticipation ;
          mg:event ?event ; mg:candidate ?agent ; mg:atLeast ?least ; mg:oneOf ?set }""",
    )
    assert rows == [(event, person, "1") for event in AUTUMN for person in (SOLBERG, BOKHARI)]
    one_set_an_event = """SELECT ?event (COUNT(DISTINCT ?set) AS ?sets) WHERE {
      ?p a mg:PossibleParticipation ; mg:event ?event ; mg:oneOf ?set } GROUP BY ?event"""
    assert ask(graph, one_set_an_event) == [(event, "1") for event in AUTUMN]
    assert ask(graph, "SELECT ?p WHERE { ?p a mg:PossibleParticipation , mg:Participation }") == []
    assert ask(graph, "SELECT ?a WHERE { ?p a mg:PossibleParticipation ; mg:attendance ?a }") == []


def test_who_met_whom_for_certain_person_to_person(graph: Store) -> None:
    query = """SELECT ?a ?b ?event WHERE {
      ?event schema:attendee ?a , ?b . ?a a foaf:Person . ?b a foaf:Person . FILTER(STR(?a) < STR(?b)) }"""
    assert ask(graph, query) == [
        (KALLMYR, BOKHARI, CONFERENCE),
        (BOKHARI, "person:yousef-bartho-assidiq", HAUGESUND),
    ]


def test_which_municipalities_organised_a_meeting_that_was_held(graph: Store) -> None:
    query = """SELECT ?who WHERE { ?event a schema:Event ; mg:eventStatus status:held ; schema:organizer ?who .
      ?who org:classification body-type:municipality }"""
    names = ("alesund", "fredrikstad", "haugesund", "oslo", "stavanger", "tromso")
    assert ask(graph, query) == [(f"organisation:{name}-kommune",) for name in names]


def test_what_was_planned_when_and_by_whom(graph: Store) -> None:
    query = """SELECT ?event ?first ?last ?who WHERE {
      ?event mg:eventStatus status:planned ; mg:earliest ?first ; mg:latest ?last .
      OPTIONAL { ?event schema:organizer ?who } }"""
    quarter = ("2015-01-01", "2015-03-31")
    assert ask(graph, query) == [
        *((event, "2015-01-01", "2015-06-30", "") for event in PLANNED[:2]),
        (SUMMIT, *quarter, f"{GROUP}.flere-av-kommunene-som-mottok-brevet"),
        (SUMMIT, *quarter, "organisation:ks"),
        (PLANNED[2], "2015-01-01", "2015-06-30", ""),
    ]
    open_lists = "SELECT ?event ?list WHERE { ?claim mg:event ?event ; mg:openList ?list ; mg:status status:planned }"
    assert ask(graph, open_lists) == sorted(
        [*((event, "list:events") for event in PLANNED), (SUMMIT, "list:organisers")]
    )


def test_nobody_has_had_a_role_at_the_summit_that_is_only_planned(graph: Store) -> None:
    planned = f"SELECT ?who ?role WHERE {{ ?p mg:event {SUMMIT} ; mg:agent ?who ; mg:plannedRole ?role }}"
    assert ask(graph, planned) == [
        (f"{GROUP}.flere-av-kommunene-som-mottok-brevet", "role:organiser"),
        ("organisation:ks", "role:organiser"),
        ("person:anders-anundsen", "role:participant"),
        (SOLBERG, "role:participant"),
    ]
    assert ask(graph, f"SELECT ?role WHERE {{ ?p mg:event {SUMMIT} ; cv:role ?role }}") == []
    assert ask(graph, f"SELECT ?p WHERE {{ {SUMMIT} cv:hasParticipation ?p }}") == []


def test_whoever_asks_for_agents_and_roles_in_standard_terms_finds_no_candidates(graph: Store) -> None:
    naive = f"SELECT ?who WHERE {{ ?x mg:event {AUTUMN[0]} ; mg:agent ?who ; cv:role role:participant }}"
    assert ask(graph, naive) == []


def test_who_is_expected_at_the_summit_follows_from_the_registry_and_says_so(graph: Store) -> None:
    claimed = (
        f"SELECT ?post ?person WHERE {{ ?c mg:event {SUMMIT} ; mg:holderOf ?post OPTIONAL {{ ?c mg:agent ?person }} }}"
    )
    assert ask(graph, claimed) == [("post:justis-og-beredskapsminister", ""), ("post:statsminister", "")]
    concluded = f"""SELECT ?who ?attendance ?membership WHERE {{
      ?p a mg:Participation ; mg:event {SUMMIT} ; mg:agent ?who ; mg:attendance ?attendance ;
        mg:concludedFrom ?membership . ?membership a org:Membership }}"""
    expected = "attendance:expected"
    anundsen = "membership:anders-anundsen.justis-og-beredskapsminister.2013-10-16"
    assert ask(graph, concluded) == [
        ("person:anders-anundsen", expected, anundsen),
        (SOLBERG, expected, "membership:erna-solberg.statsminister.2013-10-16"),
    ]
    assert ask(graph, f"SELECT ?who WHERE {{ {SUMMIT} schema:attendee ?who }}") == []


def test_how_police_districts_appear(graph: Store) -> None:
    drawn = """SELECT ?people ?district WHERE { ?people mg:drawnFrom ?district .
      ?district org:classification body-type:police-district }"""
    assert ask(graph, drawn) == [
        (
            f"audience:{PAGE}.sarpsborg-2014-10.politikere-og-ansatte.983",
            "organisation:ostfold-politidistrikt",
        ),
        (f"{GROUP}.representanter-fra-rogaland-politidistrikt", "organisation:rogaland-politidistrikt"),
    ]
    represented = "SELECT ?body WHERE { ?p mg:represents ?body ; mg:event event:stavanger-2014-11 }"
    assert ask(graph, represented) == [("organisation:norges-regjering",), ("organisation:rogaland-politidistrikt",)]
    about = "SELECT ?topic WHERE { event:sarpsborg-2014-10 dct:subject ?topic . ?topic schema:about ?district }"
    assert ask(graph, about) == [("topic:preventive-work-in-ostfold-police-district",)]
    assert ask(graph, "SELECT ?p WHERE { ?p mg:agent organisation:rogaland-politidistrikt }") == []


def test_what_the_conference_was_about_is_an_open_list_of_topics_and_no_talks(graph: Store) -> None:
    assert ask(graph, f"SELECT ?topic WHERE {{ {CONFERENCE} dct:subject ?topic }}") == [
        ("topic:prevention-of-radicalisation-and-violent-extremism",),
        ("topic:preventive-work-in-ostfold-police-district",),
        ("topic:role-of-municipalities",),
        ("topic:voluntary-organisations-work-with-youth",),
        ("topic:work-against-extremism-in-england",),
    ]
    assert ask(graph, f"SELECT ?l WHERE {{ ?c a mg:EventClaim ; mg:event {CONFERENCE} ; mg:openList ?l }}") == [
        ("list:topics",)
    ]
    assert ask(graph, f"SELECT ?p WHERE {{ ?p mg:event {CONFERENCE} ; cv:role role:speaker }}") == []


def test_the_audience_of_the_conference_is_in_the_words_of_the_page_and_none_of_it_attended(graph: Store) -> None:
    query = f"""SELECT ?words ?body WHERE {{ {CONFERENCE} schema:audience ?a . ?a mg:asWritten ?words .
      OPTIONAL {{ ?a mg:drawnFrom ?body }} }}"""
    words = (
        "politikere og ansatte i Fredrikstad, Sarpsborg og Hvaler kommune, Østfold fylkeskommune, "
        "Østfold politidistrikt"
    )
    bodies = (
        "fredrikstad-kommune",
        "hvaler-kommune",
        "ostfold-fylkeskommune",
        "ostfold-politidistrikt",
        "sarpsborg-kommune",
    )
    assert ask(graph, query) == [
        *((words, f"organisation:{body}") for body in bodies),
        ("relevante samarbeidspartnere", ""),
    ]
    for body in bodies:
        assert ask(graph, f"SELECT ?p WHERE {{ ?p mg:agent organisation:{body} ; mg:event {CONFERENCE} }}") == []


def test_fredrikstad_is_an_audience_in_october_and_an_organiser_in_autumn(graph: Store) -> None:
    body = "organisation:fredrikstad-kommune"
    assert ask(graph, f"SELECT ?event WHERE {{ ?event schema:audience/mg:drawnFrom {body} }}") == [(CONFERENCE,)]
    assert ask(graph, f"SELECT ?event WHERE {{ ?event schema:organizer {body} }}") == [("event:fredrikstad-2014-host",)]


def test_the_letter_has_a_sender_a_group_of_recipients_a_month_and_a_request(graph: Store) -> None:
    query = f"""SELECT ?sender ?recipient ?first ?last ?asks WHERE {{ {LETTER} a schema:Message ;
      schema:sender ?sender ; schema:recipient ?recipient ; mg:asksFor ?asks ; time:hasTime ?time .
      ?time sem:hasEarliestBeginTimeStamp ?first ; sem:hasLatestEndTimeStamp ?last }}"""
    asks = "å arrangere lokale dialogmøter med tema forebygging av radikalisering og voldelig ekstremisme"
    recipients = f"{GROUP}.en-rekke-ordforere"
    assert ask(graph, query) == [(SOLBERG, recipients, "2014-10-01", "2014-10-31", asks)]
    wider = f"SELECT ?whole WHERE {{ {GROUP}.flere-av-kommunene-som-mottok-brevet mg:someOf ?whole }}"
    assert ask(graph, wider) == [(f"{GROUP}.kommunene-som-mottok-brevet",)]


def test_the_conference_was_set_before_the_letter_and_is_not_one_of_its_effects(graph: Store) -> None:
    assert ask(graph, f"SELECT ?event WHERE {{ ?event mg:scheduledBefore {LETTER} }}") == [(CONFERENCE,)]
    assert ask(graph, f"SELECT ?what WHERE {{ ?what mg:influencedBy {LETTER} }}") == [(SERIES,)]
    assert ask(graph, f"SELECT ?series WHERE {{ {CONFERENCE} schema:superEvent ?series }}") == []


def test_who_coordinates_the_plan_with_the_word_of_the_page_kept(graph: Store) -> None:
    query = f"""SELECT ?body ?label ?written WHERE {{ {PLAN} mg:coordinator ?body . ?body rdfs:label ?label .
      ?c a mg:RelationClaim ; mg:subject {PLAN} ; mg:relation mg:coordinator ; mg:object ?body ; mg:asWritten ?written
      FILTER(LANG(?label) = "nb") }}"""
    ministry = "organisation:justis-og-beredskapsdepartementet"
    assert ask(graph, query) == [(ministry, "Justis- og beredskapsdepartementet", "Justisdepartementet")]
    assert ask(graph, f"SELECT ?what WHERE {{ ?what dct:references {PLAN} }}") == [(SERIES,)]


def test_the_ministry_was_represented_at_the_meetings_and_at_no_single_one(graph: Store) -> None:
    group = f"{GROUP}.representanter-fra-justisdepartementet"
    query = f"""SELECT ?what ?attendance WHERE {{
      ?p a mg:Participation ; mg:agent {group} ; mg:event ?what ; mg:attendance ?attendance }}"""
    assert ask(graph, query) == [(SERIES, "attendance:present")]
    assert ask(graph, f"SELECT ?body WHERE {{ {group} mg:drawnFrom ?body }}") == [
        ("organisation:justis-og-beredskapsdepartementet",)
    ]
    assert ask(graph, f"SELECT ?who WHERE {{ {SERIES} schema:attendee ?who }}") == []


def test_what_bokhari_stressed_is_hers_at_stavanger_in_the_words_of_the_page(graph: Store) -> None:
    query = """SELECT ?author ?event ?words WHERE {
      ?u a schema:Claim ; schema:author ?author ; mg:event ?event ; schema:text ?words }"""
    words = (
        "det foregår mye godt forebyggende arbeid i hele landet, men at vi behøver arenaer og fora hvor borgere "
        "på tvers av religiøse og kulturelle skillelinjer kan møtes og utveksle meninger og erfaringer"
    )
    assert ask(graph, query) == [(BOKHARI, STAVANGER, words)]


def test_which_ordinary_meeting_was_widened_and_nobody_is_said_to_own_it(graph: Store) -> None:
    query = "SELECT ?event ?who ?council WHERE { ?event mg:extends ?council ; schema:organizer ?who }"
    assert ask(graph, query) == [(HAUGESUND, "organisation:haugesund-kommune", COUNCIL)]
    assert ask(graph, f"SELECT ?who WHERE {{ {COUNCIL} schema:organizer|schema:attendee ?who }}") == []
    assert ask(graph, f"SELECT ?s WHERE {{ {COUNCIL} mg:eventStatus ?s }}") == []


def test_events_by_county_of_2014(graph: Store) -> None:
    query = """SELECT ?name ?status (COUNT(?event) AS ?events) WHERE {
      ?event schema:location/schema:containedInPlace/rdfs:label ?name ; mg:eventStatus ?status }
      GROUP BY ?name ?status"""
    held, planned = "status:held", "status:planned"
    assert ask(graph, query) == [
        ("Buskerud", planned, "1"),
        ("Møre og Romsdal", held, "1"),
        ("Oslo", held, "1"),
        ("Rogaland", held, "2"),
        ("Sør-Trøndelag", planned, "1"),
        ("Troms", held, "1"),
        ("Vest-Agder", planned, "1"),
        ("Østfold", held, "2"),
    ]


def test_events_by_county_of_2024(graph: Store) -> None:
    query = """SELECT ?name (COUNT(DISTINCT ?event) AS ?events) WHERE {
      ?event schema:location/mg:currentArea/schema:containedInPlace/rdfs:label ?name } GROUP BY ?name"""
    assert ask(graph, query) == [
        ("Agder", "1"),
        ("Buskerud", "1"),
        ("Møre og Romsdal", "1"),
        ("Oslo", "1"),
        ("Rogaland", "2"),
        ("Troms", "1"),
        ("Trøndelag", "1"),
        ("Østfold", "2"),
    ]
    by_steps = """SELECT DISTINCT ?number ?now WHERE { event:trondheim-2015 schema:location ?then .
      ?then dct:isReplacedBy+ ?area . ?area dct:identifier ?number BIND(?area AS ?now)
      MINUS { ?area dct:isReplacedBy ?later } }"""
    assert ask(graph, by_steps) == [("5001", "kommune:5001.2020")]


def test_nothing_replaces_itself_and_a_reused_number_has_its_year(graph: Store) -> None:
    assert ask(graph, "SELECT ?area WHERE { ?area dct:isReplacedBy ?area }") == []
    # A body that took others in, and went on, is before and after the change.
    same = "SELECT ?body WHERE { ?c org:originalOrganization ?body ; org:resultingOrganization ?body }"
    assert ask(graph, same) == [
        ("organisation:oslo-politidistrikt",),
        ("organisation:stavanger-kommune",),
        ("organisation:trondheim-kommune",),
    ]
    assert ask(graph, "SELECT ?after WHERE { kommune:1103 dct:isReplacedBy ?after }") == [("kommune:1103.2020",)]


def test_organisation_number_has_its_scheme_and_a_link_to_its_register(graph: Store) -> None:
    rows = ask(graph, "SELECT ?body ?number (DATATYPE(?number) AS ?scheme) WHERE { ?body org:identifier ?number }")
    assert len(rows) == 16
    assert {scheme for _, _, scheme in rows} == {"urn:oid:2.16.578.1.12.4.1.4.101"}
    register = "https://data.brreg.no/enhetsregisteret/api/enheter/"
    links = ask(graph, "SELECT ?body ?link WHERE { ?body rdfs:seeAlso ?link ; a org:Organization }")
    assert links == sorted((body, f"{register}{number}") for body, number, _ in rows)


def test_where_it_says_that_kallmyr_opened_the_conference(graph: Store) -> None:
    query = f"""SELECT ?exact ?place ?url WHERE {{ ?p a mg:Participation ; mg:event {CONFERENCE} ; mg:agent {KALLMYR} ;
      cv:role role:opener ; mg:concludedFrom/mg:evidence ?quote .
      ?quote schema:text ?exact ; rdf:value ?place ; prov:wasQuotedFrom/schema:url ?url .
      FILTER(CONTAINS(?exact, "åpnet")) }}"""
    exact = "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen."
    url = "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"
    assert ask(graph, query) == [(exact, "char=1202,1298", url)]


def test_autumn_reaches_into_december_and_october_is_october(graph: Store) -> None:
    query = (
        "SELECT ?event ?first ?last WHERE { ?event mg:earliest ?first ; mg:latest ?last ; mg:eventStatus status:held }"
    )
    assert ask(graph, query) == sorted(
        [
            *((event, "2014-09-01", "2014-12-31") for event in (*AUTUMN, SERIES)),
            (CONFERENCE, "2014-10-01", "2014-10-31"),
            (STAVANGER, "2014-11-01", "2014-11-30"),
            (HAUGESUND, "2014-12-01", "2014-12-31"),
        ]
    )
    written = "SELECT DISTINCT ?said WHERE { ?c a mg:EventClaim ; mg:timeAsWritten ?said }"
    assert [row[0] for row in ask(graph, written)] == [
        "Gjennom høsten",
        "I desember",
        "I løpet av de første månedene i 2015",
        "I november",
        "I oktober",
        "i løpet av første kvartal 2015",
        "i løpet av høsten",
    ]


def test_the_publication_of_the_page_is_bounded_and_says_why(graph: Store) -> None:
    query = f"""SELECT ?first ?last (COUNT(?basis) AS ?reasons) WHERE {{ source:{PAGE} mg:earliestPublished ?first ;
      mg:latestPublished ?last ; mg:publicationBasis ?basis }} GROUP BY ?first ?last"""
    assert ask(graph, query) == [("2014-12-01", "2015-03-31", "2")]


def test_conflicts_stay_conflicts_and_unverified_ids_are_left_out(graph: Store) -> None:
    assert ask(graph, "SELECT ?number WHERE { organisation:stavanger-kommune org:identifier ?number }") == []
    reported = "SELECT ?said WHERE { ?c mg:concerns organisation:stavanger-kommune ; mg:reported ?said }"
    assert [row[0][:9] for row in ask(graph, reported)] == ["939508295", "964965226"]
    with_item = "SELECT ?who WHERE { ?who a foaf:Person ; schema:sameAs ?item }"
    assert ask(graph, with_item) == [("person:anders-anundsen",), (SOLBERG,)]


def test_the_police_district_is_known_certain_or_inferred_and_never_guessed(graph: Store) -> None:
    query = """SELECT ?event ?sure ?maybe WHERE { ?event schema:location ?area .
      OPTIONAL { ?area mg:policeDistrict ?sure } OPTIONAL { ?area mg:possiblePoliceDistrict ?maybe } }"""
    rows = {row[0]: row[1:] for row in ask(graph, query)}
    assert rows[CONFERENCE] == ("organisation:ostfold-politidistrikt", "")
    assert rows["event:fredrikstad-2014-host"] == ("", "organisation:ostfold-politidistrikt")
    assert rows[HAUGESUND] == ("organisation:haugaland-og-sunnhordland-politidistrikt", "")


def test_every_conclusion_leads_to_a_quote_in_either_file(graph: Store) -> None:
    unproven = """SELECT ?node WHERE {
      { ?node a mg:Participation } UNION { ?node a mg:PossibleParticipation } UNION { ?node a schema:Event }
      UNION { ?node a schema:EventSeries } UNION { ?node a schema:Claim } UNION { ?node a schema:Message }
      UNION { ?node a schema:CreativeWork } UNION { ?node a schema:Audience }
      MINUS { ?node mg:concludedFrom/mg:evidence/schema:text ?words } }"""
    assert ask(graph, unproven) == []
    assert ask(graph, "SELECT ?c WHERE { ?c a mg:Claim MINUS { ?c mg:evidence/prov:wasQuotedFrom ?page } }") == []


def test_every_node_is_labelled_in_norwegian(graph: Store) -> None:
    unlabelled = """SELECT DISTINCT ?node WHERE { ?node a ?type . FILTER(STRSTARTS(STR(?node), "https://w3id.org/motegraf/"))
      MINUS { ?node rdfs:label ?label FILTER(LANG(?label) = "nb") }
      # A selector only says how its evidence is found again; the evidence bears the label.
      MINUS { ?evidence oa:hasSelector ?node }
      # The interval of an event is only what the event takes up; the event bears the label.
      MINUS { ?event mg:earliest ?first ; time:hasTime ?node }
      # The ends of an interval are positions in the calendar.
      MINUS { ?interval time:hasBeginning|time:hasEnd ?node } }"""
    assert ask(graph, unlabelled) == []


def test_people_appear_in_their_public_role_only(graph: Store) -> None:
    query = "SELECT DISTINCT ?property WHERE { ?who a foaf:Person ; ?property ?value }"
    assert {row[0] for row in ask(graph, query)} <= {
        *(
            "rdf:type",
            "rdfs:label",
            "foaf:name",
            "schema:name",
            "schema:alternateName",
            "schema:sameAs",
            "org:memberOf",
            "dc:source",
        ),
    }
