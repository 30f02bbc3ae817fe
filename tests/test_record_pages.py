"""Pages of claims and the records around them: one sentence in words, the quotes that say it, what was concluded."""

import re
from collections import Counter
from pathlib import Path

import pytest
from entity_pages import EntityPages, entity_paths
from pyoxigraph import Literal, Quad
from test_ten_pages import Eleven, eleven  # noqa: F401 - a fixture

from graph.rdf.terms import iri, lang_literal

pytestmark = pytest.mark.slow

FIRST = "dialogmoter-hosten-2014"


@pytest.fixture(scope="module")
def pages(built: Path) -> EntityPages:
    """Return the pages of the first page's build."""
    return EntityPages(built)


def between(words: str, start: str, end: str) -> str:
    """Return the words between two headings of a page."""
    return words.partition(start)[2].partition(end)[0]


@pytest.mark.parametrize(
    ("claim", "nb", "en"),
    [
        (
            "haugesund-2014-12.laila-bokhari.introducer",
            "Laila Bokhari var til stede på Dialogmøte i Haugesund som innleder",
            "Laila Bokhari was present at Dialogue meeting in Haugesund as introductory speaker",
        ),
        (
            "haugesund-2014-12.haugesund-kommune.organiser",
            "Haugesund kommune er arrangør for Dialogmøte i Haugesund",
            "Haugesund kommune is organiser of Dialogue meeting in Haugesund",
        ),
        (
            "oslo-2014-host.laila-bokhari-or-statsminister.participant",
            "Minst én av Laila Bokhari og den som var statsminister var til stede på Dialogmøte i Oslo som deltaker",
            "At least one of Laila Bokhari and whoever was Prime Minister was present at Dialogue meeting in Oslo as"
            " participant",
        ),
        (
            "haugesund-2014-12",
            "Dialogmøte i Haugesund ble holdt (en gang i desember 2014, Haugesund)",
            "Dialogue meeting in Haugesund was held (some time in December 2014, Haugesund)",
        ),
        ("haugesund-beredskapsrad", "Det årlige beredskapsrådet er nevnt", None),
        ("drammen-2015", "Møte i Drammen er planlagt (en gang fra januar til juni 2015, Drammen)", None),
        (
            "sarpsborg-2014-10.relevante-samarbeidspartnere.1098",
            "Konferanse i Sarpsborg er rettet mot relevante samarbeidspartnere",
            "Conference in Sarpsborg is meant for relevant partners",
        ),
        ("haugesund-2014-12.extends.haugesund-beredskapsrad", "Dialogmøte i Haugesund – utvider: Det årlige", None),
        ("brev-2014-10", "Statsministerens brev til ordførere – brev fra Erna Solberg til en rekke av", None),
        (
            "stavanger-2014-11.laila-bokhari.det-foregar-mye.1854",
            "Laila Bokhari sa på Dialogmøte i Stavanger: «det",
            None,
        ),
        (
            "toppmote-2015.statsminister.participant",
            "Den som er statsminister er ventet på Politisk toppmøte om forebygging av voldelig ekstremisme",
            None,
        ),
    ],
)
def test_a_claim_says_in_one_sentence_what_is_claimed(pages: EntityPages, claim: str, nb: str, en: str | None) -> None:
    assert f"påstand {nb}" in pages.words(f"claim/{FIRST}.{claim}")
    assert en is None or f"claim {en}" in pages.words(f"claim/{FIRST}.{claim}", "en")


def test_quotes_that_say_it_stand_apart_from_those_that_lend_context(pages: EntityPages) -> None:
    words = pages.words(f"claim/{FIRST}.stavanger-2014-11.laila-bokhari.introducer")
    says = between(words, "Setningene som sier det", "Setninger som gir tid, sted eller navn")
    context = between(words, "Setninger som gir tid, sted eller navn", "Hva som følger av påstanden")
    assert "Fra regjeringen stilte Laila Bokhari som innleder." in says
    assert "Statssekretær ved statsministerens kontor" not in says
    assert "«Statssekretær ved statsministerens kontor Laila Bokhari»" in context


def test_a_quote_leads_to_the_sentence_at_its_source_and_here(pages: EntityPages) -> None:
    markup = pages.markup(f"claim/{FIRST}.stavanger-2014-11.laila-bokhari.introducer", "en")
    assert "#:~:text=Fra%20regjeringen%20stilte%20Laila%20Bokhari%20som%20innleder." in markup
    assert f'href="../../about/source/{FIRST}?at=1773&amp;lang=en#char-1773"' in markup
    assert 'id="char-1773"' in pages.markup(f"source/{FIRST}", at="1773")
    assert markup.count('<blockquote lang="nb">') == 5


def test_what_the_reader_inferred_has_its_reason_and_basis(pages: EntityPages) -> None:
    words = pages.words(f"claim/{FIRST}.haugesund-2014-12")
    inferred = between(words, "Hva leseren har sluttet", "Hva som følger av påstanden")
    assert "kommunen arrangerte; møtet regnes til kommunen selv" in inferred
    assert "Grunnlag: siden som helhet" in inferred
    decided = pages.words(f"claim/{FIRST}.oslo-2014-host")
    assert "Hva leseren har avgjort om det ett arrangement for Oslo" in decided


def test_what_was_concluded_is_said_in_words(pages: EntityPages) -> None:
    words = pages.words(f"claim/{FIRST}.oslo-2014-host.laila-bokhari-or-statsminister.participant")
    concluded = between(words, "Hva som følger av påstanden", "Kort fortalt")
    assert "Erna Solberg var kanskje til stede på Dialogmøte i Oslo som deltaker (mulig deltakelse)" in concluded
    assert "Laila Bokhari var kanskje til stede på Dialogmøte i Oslo som deltaker (mulig deltakelse)" in concluded


def test_possible_is_explained_and_follows_from_its_claims_and_the_registry(pages: EntityPages) -> None:
    words = pages.words("possible/oslo-2014-host.erna-solberg")
    assert "«Mulig» betyr at kilden nevner flere, og at minst én av dem var der. Den sier ikke hvem." in words
    assert "Følger av disse påstandene Minst én av Laila Bokhari og den som var statsminister" in words
    assert "Følger også av registeret Erna Solberg, statsminister" in words
    assert "«Mulig» betyr" not in pages.words("participation/haugesund-2014-12.laila-bokhari")


def test_a_planned_part_is_not_told_as_one_that_came_about(pages: EntityPages) -> None:
    words = pages.words("participation/toppmote-2015.ks")
    assert "KS – Kommunesektorens organisasjon skal være arrangør for Politisk toppmøte" in words
    assert "Planlagt rolle arrangør" in words
    assert "Erna Solberg er ventet på Politisk toppmøte" in pages.words("participation/toppmote-2015.erna-solberg")


def test_a_quote_has_the_claims_that_lean_on_it_by_what_it_is_to_them(pages: EntityPages) -> None:
    words = pages.words(f"evidence/{FIRST}.char-0-23")
    says = between(words, "Påstander som dette sier", "Påstander som det gir tid, sted eller navn")
    assert says.strip() == "Dialogmøter høsten 2014 ble holdt (en gang fra september til desember 2014)"
    assert "Sted i teksten tegn 0–23" in words
    assert "Sier ingenting om møter en merknad fra nettstedet" in pages.words(f"evidence/{FIRST}.char-25-65")


def test_what_is_no_word_of_the_source_says_so(pages: EntityPages) -> None:
    inferred = pages.words(f"inference/{FIRST}.oslo-2014-host.time")
    assert "Dette står ikke i kilden. Leseren har sluttet det" in inferred
    assert "Påstanden det gjelder Dialogmøte i Oslo ble holdt" in inferred
    assert "This is a decision of the reader" in pages.words(
        f"decision/{FIRST}.oslo-2014-host.one-event-for-oslo", "en"
    )


def test_records_of_the_registry_are_told_in_words(pages: EntityPages) -> None:
    term = pages.words("membership/erna-solberg.statsminister.2013-10-16")
    assert "Når 16. oktober 2013 – 14. oktober 2021" in term
    assert "Erna Solberg er ventet på Politisk toppmøte" in term
    change = pages.words("change/stavanger-kommune.2020-01-01")
    assert "Før Finnøy kommune , Rennesøy kommune , Stavanger kommune Etter Stavanger kommune" in change
    assert "2009 (en annen kilde, ikke nevnt ved navn)" in pages.words("conflict/minotenk.founded")


def test_machine_words_are_gone_from_pages_of_records(pages: EntityPages) -> None:
    for path in (
        f"claim/{FIRST}.haugesund-2014-12",
        "participation/haugesund-2014-12.laila-bokhari",
        f"evidence/{FIRST}.char-0-23",
        "membership/joran-kallmyr.statssekretaer-jd.2014-10-01",
    ):
        words = pages.own_words(path)
        assert [word for word in ("char=", "true", "false", "mg:", "https://w3id", "2014-10") if word in words] == []


def test_hostile_words_of_a_claim_stay_words(built: Path) -> None:
    pages = EntityPages(built)
    claim, graph = iri(f"claim:{FIRST}.haugesund-2014-12.laila-bokhari.introducer"), iri(f"graph:source.{FIRST}")
    for words in ("</bdi><script>alert(1)</script>", "\u202egpj.exe", "x" * 10_000):
        pages.store.add(Quad(claim, iri("mg:asWritten"), lang_literal(words), graph))
    pages.store.add(Quad(claim, iri("mg:partly"), Literal(True), graph))
    markup = pages.markup(f"claim/{FIRST}.haugesund-2014-12.laila-bokhari.introducer")
    assert "<script>alert" not in markup
    assert "\u202e" not in markup
    assert "bare til stede en del av tiden" in markup


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_two_pages_have_the_same_title(pages: EntityPages, lang: str) -> None:
    paths = entity_paths(pages.store)
    assert len(paths) > 500
    titles: dict[str, list[str]] = {}
    for path in paths:
        titles.setdefault(pages.title(path, lang), []).append(path)
    assert {title: alike for title, alike in titles.items() if len(alike) > 1} == {}


@pytest.mark.slow
def test_no_two_pages_of_eleven_sources_have_the_same_title(eleven: Eleven) -> None:  # noqa: F811
    pages = EntityPages(eleven.out, eleven.store)
    titles = Counter(pages.title(path) for path in entity_paths(eleven.store))
    assert [title for title, count in titles.items() if count > 1] == []


MACHINE_WORDS = re.compile(r"char=|\b(?:true|false)\b|\bmg:|foaf:|schema:|https?://www\.w3\.org|wikipedia;|@prefix")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_page_has_words_that_only_machines_read(pages: EntityPages, lang: str) -> None:
    shown = {path: MACHINE_WORDS.findall(pages.own_words(path, lang)) for path in entity_paths(pages.store)}
    assert {path: words for path, words in shown.items() if words} == {}


def test_a_part_of_the_catalogue_is_told_in_words_and_apart_from_others(pages: EntityPages) -> None:
    words = pages.words("catalogue/motegraf.ttl")
    for word in ("Adressen til nedlasting", "Størrelse i byte", "Kontrollsum", "Medietype text/turtle"):
        assert word in words
    assert pages.title("catalogue/motegraf.ttl") != pages.title("catalogue/motegraf.nq")
