"""Pages of events and series: what is known and how surely, and below each part the sentence that says it."""

import re
from pathlib import Path

import pytest
from conftest import CORPUS, add_page
from entity_pages import EntityPages, words_of
from test_ten_pages import EXPECTED
from test_two_sources import CANDIDATES_CLAIMS, CANDIDATES_TEXT, HELD_CLAIMS, HELD_TEXT, PLAN_CLAIMS, PLAN_TEXT

from build_graph import build
from graph.rdf.terms import iri
from graph.server.entity.country_words import country_in_words
from graph.server.entity.event_lead import LeadFacts, lead_of
from graph.server.entity.event_words import event_days, names_in_words, noun_of, number_in_words, title_of

pytestmark = pytest.mark.slow

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202egpj.exe", "{{ 7 * 7 }}", "x" * 10_000)


@pytest.fixture(scope="module")
def pages(built: Path) -> EntityPages:
    """Return the pages of the first page's build."""
    return EntityPages(built)


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> EntityPages:
    """Return the pages of a build of pages of many genres."""
    import shutil

    from small_page import linked_home

    folder = tmp_path_factory.mktemp("genres")
    home = linked_home(folder)
    for page in EXPECTED:
        shutil.copytree(CORPUS / page, home / "corpus" / page)
    build(home, folder / "out")
    return EntityPages(folder / "out")


def lead(markup: str) -> str:
    """Return the first sentences of a page."""
    found = re.search('<p class="lead">(.*?)</p>', markup, re.DOTALL)
    assert found is not None
    return words_of(f"<main>{found[1]}</main>")


def parts(markup: str) -> dict[str, str]:
    """Return the words about each participant of a page."""
    listed = "".join(re.findall('<ul class="participants">(.*?)</ul>', markup, re.DOTALL))
    items = [words_of(f"<main>{each}</main>") for each in listed.split("<li>")[1:]]
    names = [re.findall("<bdi[^>]*>([^<]*)</bdi>", each)[0] for each in listed.split("<li>")[1:]]
    return dict(zip(names, items, strict=True))


def test_the_first_sentences_say_who_held_it_where_and_when_and_who_was_there(pages: EntityPages) -> None:
    assert lead(pages.markup("event/haugesund-2014-12")) == (
        "Haugesund kommune holdt dialogmøtet i Haugesund i desember 2014; hvilken dag er ikke oppgitt. "
        "To er nevnt ved navn som til stede: Laila Bokhari og Yousef Bartho Assidiq. "
        "Temaer: forebygging av radikalisering og voldelig ekstremisme; terrortrusselen."
    )
    assert lead(pages.markup("event/sarpsborg-2014-10", "en")).startswith(
        "The conference was held in Sarpsborg in October 2014; on which day is not stated. "
        "Two are named as present: Jøran Kallmyr and Laila Bokhari."
    )
    assert pages.title("event/haugesund-2014-12") == "Dialogmøte i Haugesund, desember 2014 – Møtegraf"


def test_candidates_are_one_set_and_nobody_of_them_is_present(pages: EntityPages) -> None:
    markup = pages.markup("event/oslo-2014-host")
    assert "Ingen er nevnt ved navn som til stede. Minst én av disse var der: Erna Solberg og Laila Bokhari." in lead(
        markup
    )
    assert "Minst én av disse mulig Erna Solberg deltaker statsminister , Statsministerens kontor" in words_of(markup)
    assert "til stede" not in " ".join(parts(markup).values())


def test_a_plan_is_no_meeting_that_was_held(pages: EntityPages) -> None:
    markup = pages.markup("event/toppmote-2015")
    assert lead(markup).startswith("Planlagt: KS – Kommunesektorens organisasjon og flere av kommunene som mottok")
    assert "Om det ble holdt, er ikke kjent. Ventet: Anders Anundsen og Erna Solberg." in lead(markup)
    words = parts(markup)
    assert words["Erna Solberg"].startswith("Erna Solberg ventet statsminister , Statsministerens kontor")
    # The sentence names an office; who held it, is the registry's, and stands there as such.
    assert "fra sammenhengen: hvem, hvilket møte" in words["Erna Solberg"]
    assert "Erna Solberg, statsminister fra registeret" in words["Erna Solberg"]
    assert " planlagt arrangør" in words["KS – Kommunesektorens organisasjon"]
    assert "Hvem er ventet, og hvor står det?" in words_of(markup)


def test_what_is_only_named_is_said_to_be(pages: EntityPages) -> None:
    markup = pages.markup("event/haugesund-beredskapsrad", "en")
    assert lead(markup) == "The source names the council meeting, and not whether it was held."
    assert "The time is not stated." in words_of(markup)


def test_what_was_postponed_says_so_at_once_with_the_new_time(ten: EntityPages) -> None:
    markup = ten.markup("event/folkemote-2024-05-14")
    assert lead(markup).startswith(
        "Utsatt: folkemøtet skulle holdes i Kristiansund 14. mai 2024. Ny tid: 3. juni 2024."
    )
    assert "Flyttet til Folkemøtet om ny politistasjon 3. juni" in words_of(markup)
    assert "Flyttet fra Folkemøtet om ny politistasjon 14. mai" in ten.words("event/folkemote-2024-06-03")


def test_abroad_on_line_and_several_days(ten: EntityPages) -> None:
    assert "The network meeting was held in Aarhus (Denmark) 2–3 June 2016." in lead(
        ten.markup("event/nordiske-byer-aarhus-2016-06", "en")
    )
    assert lead(ten.markup("event/webinar-2021-04-22")).startswith(
        "Planlagt: Bufdir skal arrangere seminaret på nett 22. april 2021. Om det ble holdt, er ikke kjent. "
        "Ventet: Anne-Berit Kjosvold, Halvor Lunden, Jørgen Haraldsen og to til."
    )


def test_a_part_says_as_what_from_where_on_whose_behalf_and_how_much_of_it(ten: EntityPages) -> None:
    words = parts(ten.markup("event/politirad-rana-2022-11-23"))
    assert words["Marius Lund"].startswith(
        "Marius Lund til stede taler « analytiker » fra « Fra politiet » bare en del av møtet: « bare sak 21 »"
    )
    words = parts(ten.markup("event/nordiske-byer-aarhus-2016-06"))
    assert words["Bente Flaatten"].startswith(
        "Bente Flaatten til stede « SaLTo-leder » på vegne av Oslo kommune «Oslo var"
    )
    assert words["Anders Anundsen"].startswith("Anders Anundsen ikke til stede")
    assert words["Justis- og beredskapsdepartementet"].startswith("Justis- og beredskapsdepartementet representert")


def test_an_audience_attended_nothing(pages: EntityPages) -> None:
    words = pages.words("event/sarpsborg-2014-10")
    assert "Hvem møtet var rettet mot En målgruppe er ikke det samme som oppmøte" in words
    assert "relevante samarbeidspartnere" not in parts(pages.markup("event/sarpsborg-2014-10"))["Laila Bokhari"]
    assert "Fredrikstad kommune" not in lead(pages.markup("event/sarpsborg-2014-10"))


@pytest.mark.parametrize(
    ("event", "unknown"),
    [
        ("stavanger-2014-11", ["Dagen er ikke oppgitt.", "Kildene sier at flere var der enn dem de nevner."]),
        ("haugesund-2014-12", ["Dagen er ikke oppgitt.", "Kildene sier ikke hvem andre som var der."]),
        (
            "drammen-2015",
            ["Kilden nevner møtet som ett av flere.", "Dagen er ikke oppgitt.", "Arrangøren er ikke oppgitt."],
        ),
    ],
)
def test_what_is_not_known_is_said_where_it_is_true(pages: EntityPages, event: str, unknown: list[str]) -> None:
    markup = pages.markup(f"event/{event}")
    section = markup.partition("Det vi ikke vet</h2>")[2].partition("</section>")[0]
    assert re.findall("<li>([^<]*)</li>", section) == unknown


def test_sentences_of_the_source_stand_in_its_order_with_marks(pages: EntityPages) -> None:
    markup = pages.markup("event/sarpsborg-2014-10")
    section = markup.partition('<section class="excerpts">')[2].partition("</section>")[0]
    marks = re.findall("<mark>([^<]*)</mark>", section)
    assert marks[0].startswith("I oktober ble konferanse")
    assert marks[-1].startswith("Tema for foredragene")
    assert len(marks) == 5
    assert "Dialogmøter høsten 2014 …" in words_of(f"<main>{section}</main>")


def test_what_we_decided_stands_apart(pages: EntityPages) -> None:
    words = pages.words("event/sarpsborg-2014-10")
    assert "Det vi har sluttet eller valgt selv regnes ikke til møterekken" in words


def test_names_that_are_markup_are_text(tmp_path: Path, empty_home: Path) -> None:
    claims = HELD_CLAIMS.replace("nb: Samling i Haugesund", f"nb: '{HOSTILE[0]}{HOSTILE[3]}{HOSTILE[2]}'")
    add_page(empty_home, "b-held", HELD_TEXT, claims, "2015-02-05")
    build(empty_home, tmp_path / "out")
    markup = EntityPages(tmp_path / "out").markup("event/samling-2015")
    assert "<script>alert" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in markup
    assert "\u202e" not in markup


def test_a_plan_that_was_held_is_told_as_held_by_the_sentences_that_say_so(tmp_path: Path, empty_home: Path) -> None:
    add_page(empty_home, "a-planned", PLAN_TEXT, PLAN_CLAIMS, "2014-12-15")
    add_page(empty_home, "b-held", HELD_TEXT, HELD_CLAIMS, "2015-02-05")
    build(empty_home, tmp_path / "out")
    markup = EntityPages(tmp_path / "out").markup("event/samling-2015")
    assert lead(markup).startswith("Haugesund kommune holdt møtet i Haugesund 2. februar 2015. To er nevnt ved navn")
    words = parts(markup)
    assert "«Laila Bokhari og Jøran Kallmyr deltok.»" in words["Laila Bokhari"]
    assert "skal delta" not in words["Laila Bokhari"]
    assert "planlegger" not in words["Haugesund kommune"]
    # Both sources stand below, each in its order.
    assert "Laila Bokhari skal delta." in words_of(markup)


@pytest.mark.parametrize(
    ("name", "earliest", "latest", "title"),
    [
        ("Dialogmøte i Oslo", "2014-12-01", "2014-12-31", "Dialogmøte i Oslo, desember 2014"),
        ("Dialogmøte i Oslo", "2014-12-03", "2014-12-03", "Dialogmøte i Oslo, 3. desember 2014"),
        ("Dialogmøte i Oslo", "2014-09-01", "2014-12-31", "Dialogmøte i Oslo, 2014"),
        ("Dialogmøte i Oslo", "2014-09-01", "2015-12-31", "Dialogmøte i Oslo"),
        ("Dialogmøte i Oslo", "", "", "Dialogmøte i Oslo"),
        ("Folkemøte 14. mai", "2024-05-14", "2024-05-14", "Folkemøte 14. mai, 2024"),
        ("Dialogmøter høsten 2014", "2014-09-01", "2014-12-31", "Dialogmøter høsten 2014"),
    ],
)
def test_a_title_has_its_time_where_the_name_lacks_it(name: str, earliest: str, latest: str, title: str) -> None:
    assert title_of(name, earliest, latest, "nb") == title


def test_words_about_events() -> None:
    assert noun_of(iri("kind:conference"), "konferanse", "nb") == "konferansen"
    assert noun_of(iri("kind:conference"), "conference", "en") == "the conference"
    assert noun_of(None, "", "nb") == "møtet"
    assert number_in_words(1, "nb") == "én"
    # The code of a country is no word for people.
    assert [country_in_words(code, "nb") for code in ("DK", "QQ", "")] == ["Danmark", "", ""]
    assert number_in_words(1234, "en") == "1,234"
    assert names_in_words(["A"], "nb") == "A"
    assert names_in_words(["A", "B"], "en") == "A and B"
    assert names_in_words(["A", "B", "C", "D"], "nb") == "A, B, C og D"
    assert names_in_words(["A", "B", "C", "D", "E"], "nb") == "A, B, C og to til"
    assert event_days("2016-06-02", "2016-06-03", True, "nb") == "2.–3. juni 2016"
    assert event_days("2016-06-30", "2016-07-02", True, "en") == "30 June – 2 July 2016"
    assert event_days("2016-06-02", "2016-06-03", False, "nb") == "mellom 2. juni og 3. juni 2016"


def test_the_lead_says_no_more_than_it_is_given() -> None:
    assert lead_of(LeadFacts(status="held", noun="møtet"), "nb") == (
        "Møtet ble holdt; når er ikke oppgitt. Ingen er nevnt ved navn som til stede."
    )
    assert lead_of(LeadFacts(status="cancelled", noun="the meeting", place="Oslo", country="Norway"), "en") == (
        "Cancelled: the meeting was to be held in Oslo (Norway); when is not stated."
    )


def candidates(
    home: Path, claims: str = CANDIDATES_CLAIMS, text: str = CANDIDATES_TEXT, year: str = "2015", **further: str
) -> str:
    """Return the words of the page of an event with the candidates "the prime minister and/or Laila Bokhari"."""
    add_page(home, "a-candidates", text, claims, f"{year}-02-03")
    for name, later in further.items():
        add_page(home, name, HELD_TEXT, later, "2015-02-05")
    build(home, home / "out")
    return EntityPages(home / "out").words("event/samling-2015")


def test_one_of_several_stays_one_of_several_where_the_other_is_known_from_elsewhere(empty_home: Path) -> None:
    words = candidates(empty_home, later=HELD_CLAIMS)
    assert "Minst én av disse var der: Erna Solberg og Laila Bokhari." in words
    assert "To er nevnt ved navn som til stede" in words


def test_an_office_whose_holder_nobody_knows_is_one_of_several(empty_home: Path) -> None:
    # In that year no term of office that the registry has goes on.
    old = [
        each.replace("2015-02-02", "2022-02-02").replace("2. februar 2015", "2. februar 2022")
        for each in (CANDIDATES_CLAIMS, CANDIDATES_TEXT)
    ]
    words = candidates(empty_home, *old, year="2022")
    assert "Minst én av disse var der: Laila Bokhari og den som var statsminister." in words
    assert "mulig Laila Bokhari deltaker den som var statsminister" in words
