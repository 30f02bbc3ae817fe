"""Pages of people, bodies and series: meetings by year and kind with their sentences, offices, changes of bodies."""

import gzip
import re
import time
from pathlib import Path

import pytest
from entity_pages import EntityPages, words_of
from pyoxigraph import RdfFormat, Store

from graph.model.iris import BASE, PREFIXES
from graph.rdf.terms import iri
from graph.server.entity.agent_words import meetings_in_words, offices_in_words

pytestmark = pytest.mark.slow

BUSY = "person/kari-nordmann"


@pytest.fixture(scope="module")
def pages(built: Path) -> EntityPages:
    """Return the pages of the first page's build."""
    return EntityPages(built)


def lead(markup: str) -> str:
    """Return the first sentences of a page."""
    found = re.search('<p class="lead">(.*?)</p>', markup, re.DOTALL)
    assert found is not None
    return words_of(f"<main>{found[1]}</main>")


def test_a_person_is_introduced_by_offices_and_meetings(pages: EntityPages) -> None:
    assert lead(pages.markup("person/laila-bokhari")) == (
        "Ifølge registeret statssekretær ved Statsministerens kontor, fra 16. oktober 2013; slutten er ikke kjent. "
        "Ifølge kildene til stede på tre møter og mulig til stede på fire møter."
    )
    assert lead(pages.markup("person/erna-solberg", "en")) == (
        "According to the registry Prime Minister (Office of the Prime Minister), 16 October 2013 – 14 October 2021. "
        "According to the sources possibly present at four meetings and expected at one meeting."
    )


def test_meetings_stand_newest_first_with_time_place_and_the_sentence(pages: EntityPages) -> None:
    words = pages.words("person/laila-bokhari")
    assert words.index("Dialogmøte i Haugesund til stede i desember 2014 (1.–31.) · Haugesund") < words.index(
        "Konferanse i Sarpsborg til stede i oktober 2014 (1.–31.) · Sarpsborg"
    )
    assert (
        "Konferanse i Sarpsborg til stede i oktober 2014 (1.–31.) · Sarpsborg "
        "statssekretær ved Statsministerens kontor "
        "«Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen.» "
        "Dialogmøter høsten 2014 · vis setningen på www.regjeringen.no · fra sammenhengen: hvilket møte · påstanden"
    ) in words


def test_meetings_are_chosen_by_what_is_known_of_the_part(pages: EntityPages) -> None:
    words = pages.words("person/laila-bokhari", part="possible").partition("Oppgitt som til stede")[0]
    assert "alle 7 til stede 3 mulig 4" in words
    assert "Dialogmøte i Oslo mulig" in words
    assert "Konferanse i Sarpsborg" not in words
    # What is no part counts as not given.
    assert pages.words("person/laila-bokhari", part="<x>", year="zzz", page="-1") == pages.words("person/laila-bokhari")


def test_people_at_the_same_meeting_are_not_said_to_have_spoken(pages: EntityPages) -> None:
    markup = pages.markup("person/laila-bokhari")
    assert "Jøran Kallmyr 1 Yousef Bartho Assidiq 1" in words_of(markup)
    assert "sier ikke at de snakket sammen" in words_of(markup)
    assert "ask/who_met_whom?lang=nb&amp;actor=laila-bokhari" in markup


def test_a_letter_stands_with_its_sender(pages: EntityPages) -> None:
    words = pages.words("person/erna-solberg")
    assert "avsender av Statsministerens brev til ordførere «I oktober sendte statsminister Erna Solberg brev" in words
    said = pages.words("person/laila-bokhari").partition("Brev, planer og uttalelser")[2]
    assert said.startswith(" sa Laila Bokhari – Dialogmøte i Stavanger «Bokhari vektla blant annet")


def test_a_body_has_what_became_of_it_and_its_people(pages: EntityPages) -> None:
    words = pages.words("organisation/ostfold-politidistrikt")
    assert "Ble 1. januar 2016 til Øst politidistrikt. Ingen møter er kjent der organisasjonen selv var med." in words
    assert "Ble til Øst politidistrikt 1. januar 2016" in words
    assert "Opphørte 31. desember 2015" in words
    assert "Grupper og målgrupper herfra politikere og ansatte i Fredrikstad" in words
    words = pages.words("organisation/statsministerens-kontor", "en")
    assert "Offices Prime Minister , State Secretary at the Office of the Prime Minister" in words


def test_a_body_that_no_source_names_has_words_and_leads_to_no_question(pages: EntityPages) -> None:
    page = pages.markup("organisation/alta-kommune")
    words = pages.words("organisation/alta-kommune")
    assert "Type kommune" in words
    assert "klassifisering kommune" in words
    assert "dagens organ Alta kommune" in words
    # Of areas with the same name, each says which it is.
    assert "Område Alta (kommune 2012) , Alta (kommune 5403) , Alta (kommune 5601)" in words
    assert "everything_about_an_actor" not in page
    assert "explorer" not in page
    assert "actor=haugesund-kommune" in pages.markup("organisation/haugesund-kommune")


@pytest.mark.parametrize(
    "path",
    ["event/haugesund-2014-12", "person/laila-bokhari", "organisation/haugesund-kommune", "series/dialogmoter-2014"],
)
def test_a_build_without_the_interactive_page_has_no_way_to_it(pages: EntityPages, tmp_path: Path, path: str) -> None:
    assert "explorer#sel=" in pages.markup(path)
    assert "explorer" not in EntityPages(tmp_path, pages.store).markup(path)


def test_an_organiser_is_proven_by_its_sentence(pages: EntityPages) -> None:
    words = pages.words("organisation/haugesund-kommune")
    assert "Ifølge kildene arrangør eller vertskap for ett møte." in words
    assert "arrangør «I desember arrangerte Haugesund kommune et dialogmøte" in words


def test_a_series_has_its_meetings_and_says_what_holds_of_all_alone(pages: EntityPages) -> None:
    words = pages.words("series/dialogmoter-2014")
    assert words.startswith(
        "møterekke Dialogmøter høsten 2014 En møterekke mellom 1. september og 31. desember 2014; "
        "seks av møtene er kjent. Arrangert av en rekke kommuner."
    )
    assert words.index("Dialogmøte i Haugesund") < words.index("Dialogmøte i Stavanger")
    assert "Dette sier kildene om rekken som helhet, og ikke om noe enkelt av møtene." in words


def test_words_about_meetings_and_offices() -> None:
    assert meetings_in_words({}, "nb") == "Ingen møter er kjent."
    assert meetings_in_words({"present": 1, "absent": 1200}, "en") == (
        "According to the sources present at one meeting and not present at 1,200 meetings."
    )
    assert offices_in_words([], "nb") == ""
    assert (
        offices_in_words(["A, 2013", "B, 2014", "C, 2015"], "nb")
        == "Ifølge registeret A, 2013; B, 2014; og én verv til."
    )


def busy(count: int, name: str = "Kari Nordmann") -> Store:
    """Return a graph in which one person was at so many meetings, each with the sentence that says so."""
    rows = [
        f"<{BASE}{BUSY}> {iri('rdf:type')} {iri('foaf:Person')} .",
        f"<{BASE}{BUSY}> {iri('rdfs:label')} {_literal(name)}@nb .",
        f'<{BASE}source/side> {iri("rdfs:label")} "Siden"@nb .',
        f'<{BASE}source/side> {iri("schema:url")} "https://example.org/" .',
    ]
    for number in range(count):
        event, part, claim, quote = (
            f"<{BASE}{kind}/x{number}>" for kind in ("event", "participation", "claim", "evidence")
        )
        day = f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        rows += [
            f"{event} {iri('rdf:type')} {iri('mg:SingleEvent')} .",
            f'{event} {iri("rdfs:label")} "Møte {number}"@nb .',
            f"{event} {iri('mg:eventStatus')} {iri('status:held')} .",
            f'{event} {iri("mg:earliest")} "{day}"^^{iri("xsd:date")} .',
            f'{event} {iri("mg:latest")} "{day}"^^{iri("xsd:date")} .',
            f"{part} {iri('rdf:type')} {iri('mg:Participation')} .",
            f"{part} {iri('mg:event')} {event} .",
            f"{part} {iri('mg:agent')} <{BASE}{BUSY}> .",
            f"{part} {iri('mg:agentOrCandidate')} <{BASE}{BUSY}> .",
            f"{part} {iri('cv:role')} {iri('role:participant')} .",
            f"{part} {iri('mg:attendance')} {iri('attendance:present')} .",
            f"{part} {iri('mg:concludedFrom')} {claim} .",
            f"{claim} {iri('mg:keyEvidence')} {quote} .",
            f'{quote} {iri("schema:text")} "Kari Nordmann var på møte {number}."@nb .',
            f'{quote} {iri("rdf:value")} "char={number},{number + 20}" .',
            f"{quote} {iri('prov:wasQuotedFrom')} <{BASE}source/side> .",
        ]
    store = Store()
    store.bulk_load("\n".join(rows).encode(), RdfFormat.N_TRIPLES)
    return store


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def test_five_thousand_meetings_are_counted_and_paged(built: Path) -> None:
    pages = EntityPages(built, busy(5_000))
    start = time.monotonic()
    markup = pages.markup(BUSY)
    assert time.monotonic() - start < 20
    assert markup.count('<p class="who">') == 50
    assert len(gzip.compress(markup.encode())) < 12_000
    words = words_of(markup)
    assert "til stede på 5 000 møter" in words.replace("\xa0", " ").replace("\u202f", " ")
    assert "2024 200 2023 200" in words
    assert "1 / 100" in words
    assert "char=4999" not in markup.partition("<ol")[0]
    of_year = words_of(pages.markup(BUSY, year="2003", page="4"))
    assert "4 / 4" in of_year
    assert " 2003 Kari Nordmann" not in of_year
    assert set(re.findall(r"\d+\. [a-z]+ (\d{4})", of_year)) == {"2003"}


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "\u202egpj.exe", "x" * 10_000],
)
def test_hostile_names_are_text(built: Path, name: str) -> None:
    markup = EntityPages(built, busy(1, name)).markup(BUSY)
    assert "<script>alert" not in markup
    assert "<img" not in markup
    assert ">49<" not in markup
    assert "\u202e" not in markup


def test_prefixes_of_the_made_up_graph_are_those_of_the_dataset() -> None:
    assert PREFIXES["mg"].startswith(BASE)
