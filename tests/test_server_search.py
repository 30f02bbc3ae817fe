"""Search and lists on the web: what is found, in which order, paged and narrowed; hostile words; other formats."""

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from conftest import add_page
from entity_pages import words_of
from serving import HttpAnswer, RunningServer, serving
from small_page import linked_home

from build_graph import build
from graph.query.search import MAX_LETTERS
from graph.server.site.list_kinds import LISTS
from graph.server.site.lists import PAGE_SIZE
from graph.server.views.pages import LIST_PATHS

pytestmark = pytest.mark.server

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def server(eleven_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Serve the build of eleven pages."""
    with serving(eleven_pages, tmp_path_factory.mktemp("search") / "log") as running:
        yield running


def page(server: RunningServer, path: str, lang: str = "nb") -> HttpAnswer:
    answer = server.ask("GET", f"/{path}", Accept=HTML, Accept_Language=lang)
    assert answer.status == 200, answer.text
    return answer


def search(server: RunningServer, query: str, lang: str = "nb", **parameters: str) -> HttpAnswer:
    return page(server, f"search?{urlencode({'q': query, **parameters})}", lang)


def words(answer: HttpAnswer) -> str:
    return words_of(answer.text)


def rows(answer: HttpAnswer) -> list[tuple[str, str]]:
    """Return the address and the name of each row of a page."""
    found = re.findall(r'<p class="row"><a href="([^"]+)"[^>]*><bdi>([^<]*)</bdi>', answer.text)
    return [(address, html.unescape(name)) for address, name in found]


def results(server: RunningServer, query: str, **parameters: str) -> dict[str, object]:
    answer = server.ask("GET", f"/search?{urlencode({'q': query, **parameters})}", Accept="application/json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert isinstance(answer.json, dict)
    return answer.json


def test_a_search_finds_a_person_with_office_and_number_of_meetings(server: RunningServer) -> None:
    answer = search(server, "bokhari")
    assert rows(answer) == [("about/person/laila-bokhari", "Laila Bokhari")]
    assert "1 treff på «bokhari»" in words(answer)
    assert "statssekretær ved Statsministerens kontor · 3 møter, 2014" in words(answer)
    assert 'value="bokhari"' in answer.text


def test_results_stand_by_kind_with_counts_and_the_one_exact_hit_first(server: RunningServer) -> None:
    answer = search(server, "Haugesund")
    assert [name for _, name in rows(answer)] == ["Haugesund", "Haugesund kommune", "Dialogmøte i Haugesund"]
    assert "i desember 2014 (1.–31.) · Haugesund · avholdt" in words(answer)
    assert re.search("Alle 3 Organisasjoner 1 Møter 1 Steder 1 Haugesund kommune i Rogaland · nr. 1106", words(answer))
    # A result is a link; nobody is led away from the list.
    assert answer.status == 200


def test_one_kind_is_paged_and_others_keep_their_counts(server: RunningServer) -> None:
    first = search(server, "kommune", kind="organisation")
    assert len(rows(first)) == PAGE_SIZE
    second = search(server, "kommune", kind="organisation", page="2")
    assert rows(second)
    assert not {*rows(first)} & {*rows(second)}
    assert 'rel="prev"' in second.text
    counts = results(server, "kommune")["kinds"]
    assert isinstance(counts, dict)
    last = search(server, "kommune", kind="organisation", page="10")
    assert counts["organisation"] == 9 * PAGE_SIZE + len(rows(last))
    assert results(server, "kommune", kind="organisation")["kinds"] == counts


@pytest.mark.parametrize(("query", "lang"), [("terrorist threat", "nb"), ("terrortrusselen", "en")])
def test_words_of_either_language_find_what_is_shown_in_that_of_the_reader(
    server: RunningServer, query: str, lang: str
) -> None:
    name = {"nb": "terrortrusselen", "en": "the terrorist threat"}[lang]
    assert rows(search(server, query, lang)) == [("about/topic/terrorist-threat", name)]


def test_a_typing_error_leads_to_what_was_meant(server: RunningServer) -> None:
    answer = search(server, "bokari")
    assert "Ingen treff på «bokari». Mente du: Personer 1 Laila Bokhari" in words(answer)
    assert "Nothing is found for “bokari”. Did you mean:" in words(search(server, "bokari", "en"))


def test_another_name_that_matches_is_shown(server: RunningServer) -> None:
    answer = search(server, "statsministerens kontor", kind="organisation")
    assert "også: statsministerens kontor" in words(answer) or "Statsministerens kontor" in words(answer)


@pytest.mark.parametrize(
    ("query", "path"), [("1106", "area/no/kommune/1106"), ("944073787", "organisation/haugesund-kommune")]
)
def test_a_number_finds_what_has_it(server: RunningServer, query: str, path: str) -> None:
    assert [address for address, _ in rows(search(server, query))] == [f"about/{path}"]


def test_a_question_is_found_by_what_it_asks(server: RunningServer) -> None:
    assert ("about/question/who-met-whom", "Hvem møtte hvem (på samme arrangement)?") in rows(
        search(server, "hvem møtte hvem")
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "En del av navnet er nok"),
        ("   ", "En del av navnet er nok"),
        ("%", "«%» har ingen bokstaver eller tall å søke etter."),
        ("\x01\x1b[", "har ingen bokstaver eller tall å søke etter."),
        ("qqqqqqqq", "Ingen treff på «qqqqqqqq». Prøv færre eller andre ord"),
        ("a" * 10_000, f"bare de første {MAX_LETTERS} tegnene er brukt"),
        ("\u202eirahkob", "Ingen treff på «\\u202eirahkob»"),
    ],
    ids=["nothing", "spaces", "percent", "control", "none", "10 kB", "right to left"],
)
def test_a_search_that_finds_nothing_says_why_and_leads_on(server: RunningServer, query: str, said: str) -> None:
    answer = search(server, query)
    assert said in words(answer)
    assert 'href="event/"' in answer.text
    # Nothing that reverses the direction of writing, or rings, stands in a page.
    assert not re.search("[\x00-\x08\x1b\u202e]", re.sub(r'(href|value)="[^"]*"', "", answer.text))


def test_a_search_with_markup_is_text(server: RunningServer) -> None:
    answer = search(server, '<script>alert(1)</script>"><img src=x>')
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "«<script>alert(1)</script>" in words_of(answer.text.replace("&lt;", "‹").replace("&gt;", "›")).replace(
        "‹", "<"
    ).replace("›", ">")


def test_an_unknown_kind_is_named_and_all_are_shown(server: RunningServer) -> None:
    answer = search(server, "bokhari", kind="people")
    assert "Det finnes ingen type «people»; her er alle." in words(answer)
    assert rows(answer)


def test_results_are_given_as_json(server: RunningServer) -> None:
    found = results(server, "bokari")
    assert found["near"] is True
    assert found["results"] == [
        {
            "iri": "https://w3id.org/motegraf/person/laila-bokhari",
            "path": "about/person/laila-bokhari",
            "kind": "person",
            "name": "Laila Bokhari",
            "lang": "nb",
            "match": "near",
            "matching_name": "Laila Bokhari",
            "notes": ["statssekretær ved Statsministerens kontor", "3 møter, 2014"],
            "meetings": 3,
        }
    ]
    assert server.ask("GET", "/search?q=bokari&format=json", Accept=HTML).json == found


def test_browsers_are_told_how_to_search(server: RunningServer) -> None:
    assert 'href="opensearch.xml"' in search(server, "x").text
    answer = server.ask("GET", "/opensearch.xml", Accept_Language="en")
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(answer.body)
    name = root.findtext(f"{OPEN_SEARCH}ShortName")
    assert name == "Møtegraf"
    assert len(name) <= 16
    template = root.find(f"{OPEN_SEARCH}Url").attrib["template"]  # type: ignore[union-attr]
    assert template == f"http://127.0.0.1:{server.port}/search?q={{searchTerms}}&lang=en"
    path = template.replace("{searchTerms}", quote("bokhari")).partition(str(server.port))[2]
    assert "Laila Bokhari" in server.ask("GET", path, Accept=HTML).text


def test_there_is_a_list_at_each_folder_that_the_navigation_names() -> None:
    assert {*LIST_PATHS} == {*LISTS}


@pytest.mark.parametrize("kind", LIST_PATHS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_list_shows_what_there_is_on_pages_that_exist(server: RunningServer, kind: str, lang: str) -> None:
    answer = page(server, f"{kind}/", lang)
    assert 0 < len(rows(answer)) <= PAGE_SIZE
    for address, _ in rows(answer)[:3]:
        assert page(server, f"{kind}/{address}".replace(f"{kind}/../", "")).status == 200
    # Without a slash, that of topics is the IRI of their scheme.
    if kind != "topic":
        assert server.ask("GET", f"/{kind}").headers["location"] == f"{kind}/"


def test_meetings_stand_by_year_the_newest_first(server: RunningServer) -> None:
    answer = page(server, "event/")
    years = re.findall(r"<h2>(\d{4})</h2>", answer.text)
    assert years == sorted(years, reverse=True)
    assert len(years) > 5
    assert words(answer).endswith("Last ned listen: CSV , JSON") or "Last ned listen: CSV" in words(answer)
    # What has no known time goes last.
    assert "<h2>Tid ikke oppgitt</h2>" in answer.text
    assert "<h2>Time not stated</h2>" in page(server, "event/", "en").text


def test_meetings_are_as_many_as_the_front_page_counts(server: RunningServer) -> None:
    count = re.search(r'<a href="event/"><strong>(\d+)</strong>', page(server, "").text)
    assert count is not None
    assert len(rows(page(server, "event/"))) == int(count[1])


def test_a_list_is_narrowed_by_plain_links_that_say_how_many_there_are(server: RunningServer) -> None:
    all_of_them = page(server, "event/")
    links = re.findall(
        r'<a href="(\?[^"]+|[^"]*event/\?[^"]+)"><bdi[^>]*>([^<]+)</bdi></a> <span class="count">(\d+)',
        all_of_them.text,
    )
    assert {"2014", "avholdt", "Rogaland", "ikke oppgitt"} <= {name for _, name, _ in links}
    for address, name, count in links:
        narrowed = page(server, f"event/{html.unescape(address).rpartition('/')[2]}")
        assert len(rows(narrowed)) == int(count), name


def test_choices_go_together_and_can_be_taken_back(server: RunningServer) -> None:
    answer = page(server, "event/?year=2014&county=11")
    assert [name for _, name in rows(answer)] == ["Dialogmøte i Haugesund", "Dialogmøte i Stavanger"]
    assert 'aria-current="true" href="../event/?county=11"' in answer.text
    assert 'aria-current="true" href="../event/?year=2014"' in answer.text
    assert "Viser 1–2 av 2" in words(answer)


def test_places_and_bodies_of_meetings_are_told_from_the_others(server: RunningServer) -> None:
    for kind in ("area", "organisation"):
        answer = page(server, f"{kind}/?meetings=some")
        assert 0 < len(rows(answer)) < PAGE_SIZE
        assert len(rows(answer)) == len(re.findall(r"\d+ møter?, \d{4}|\d+ møter?<", answer.text))
    # Norwegian order: Å is the last letter.
    names = [name for _, name in rows(page(server, "area/?meetings=some"))]
    assert names[-1] == "Ålesund"
    assert names.index("Sarpsborg") < names.index("Østfold")
    assert "År med møter" in page(server, "area/").text


def test_a_choice_that_nothing_fits_says_so(server: RunningServer) -> None:
    for query in ("year=1814", "county=%3Cscript%3E", "year=2014&status=nope", "kind=" + "x" * 5_000):
        answer = page(server, f"event/?{query}")
        assert rows(answer) == []
        assert "Ingen passer til dette valget." in words(answer)
        assert "<script>" not in answer.text


@pytest.mark.parametrize("number", ["0", "-1", "999999", "x", "1e9", "²", "9" * 50])
def test_a_page_number_that_is_none_shows_a_page(server: RunningServer, number: str) -> None:
    assert rows(page(server, f"organisation/?page={quote(number)}"))


def test_people_are_sorted_by_the_alphabet_with_å_last(server: RunningServer) -> None:
    names = [name for number in (1, 2) for _, name in rows(page(server, f"person/?page={number}"))]
    assert len(names) == 62
    assert names[0] == "Amina Yusuf"
    assert names.index("Bjørn Tangen") < names.index("Bjørn Tømmervåg") < names.index("Elin Oftedal")
    assert names[-1].startswith(("Y", "Z", "Æ", "Ø", "Å"))


def test_bodies_can_be_sorted_by_the_number_of_their_meetings(server: RunningServer) -> None:
    table = list(
        csv.DictReader(
            io.StringIO(server.ask("GET", "/organisation/?sort=meetings&format=csv&lang=en").body.decode("utf-8-sig"))
        )
    )
    meetings = [int(row["meetings"]) for row in table]
    assert meetings == sorted(meetings, reverse=True)
    assert meetings[0] > 0


def test_a_list_is_given_as_csv_and_json_as_it_is_narrowed(server: RunningServer) -> None:
    answer = server.ask("GET", "/event/?year=2014&county=11", Accept="text/csv", Accept_Language="en")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert [row["name"] for row in table] == ["Dialogue meeting in Haugesund", "Dialogue meeting in Stavanger"]
    assert table[0]["details"] == "in December 2014 (1–31) · Haugesund · held"
    given = server.ask("GET", "/event/?year=2014&county=11&format=json", Accept=HTML, Accept_Language="en").json
    assert isinstance(given, dict)
    assert [each["name"] for each in given["entities"]] == [row["name"] for row in table]
    assert given["total"] == 2


def test_an_empty_list_says_so(empty_home: Path, tmp_path: Path) -> None:
    from build_graph import build

    build(empty_home, tmp_path / "out")
    with serving(tmp_path / "out", tmp_path / "log") as running:
        assert "Det er ingen her ennå." in words(page(running, "event/"))
        assert "Ingen treff på «bokhari»." in words(search(running, "bokhari"))


def listed(server: RunningServer, path: str) -> list[dict[str, object]]:
    answer = server.ask("GET", f"/{path}{'&' if '?' in path else '?'}format=json")
    assert isinstance(answer.json, dict)
    entities = answer.json["entities"]
    assert isinstance(entities, list)
    assert answer.json["total"] == len(entities)
    return entities


def test_every_number_of_the_front_page_is_that_of_the_list_it_leads_to(server: RunningServer) -> None:
    front = re.findall(r'<a href="([^"]+)"><strong>([^<]+)</strong>', page(server, "").text)
    assert {address.partition("/")[0] for address, _ in front} == {"event", "person", "organisation", "series"}
    for address, number in front:
        assert len(listed(server, html.unescape(address))) == int(number), address
        assert f"av {number}" in words(page(server, html.unescape(address))), address


# How the page of an entity says how many meetings there are, beside those that are only possible.
_SAID = {
    "post": re.compile(r"(\d+) møter? i vervet er kjent"),
    "topic": re.compile(r"(\d+) møter? om «"),
}


def test_the_page_of_an_entity_has_as_many_meetings_as_its_row_says(server: RunningServer) -> None:
    compared = 0
    for kind, pattern in _SAID.items():
        for row in listed(server, f"{kind}/?meetings=some"):
            said = pattern.search(words(page(server, str(row["path"]))))
            assert said is not None, row
            assert int(said[1]) == row["meetings"], row
            compared += 1
    assert compared > 10


def test_the_possible_meetings_of_an_office_are_told_apart(server: RunningServer) -> None:
    office = "about/post/statssekretaer-smk"
    assert "3 møter i vervet er kjent, og 4 er mulige." in words(page(server, office))
    assert "3 meetings in it are known, and 4 more are possible." in words(page(server, office, "en"))


def test_sources_have_the_meetings_of_the_list_and_no_others(server: RunningServer) -> None:
    # Each meeting is of a source at least; a meeting that is only named, and a series, are none.
    sources = listed(server, "source/")
    assert sum(int(str(row["meetings"])) for row in sources) >= len(listed(server, "event/"))
    (only,) = (row for row in sources if row["name"] == "Dialogmøter høsten 2014")
    assert only["meetings"] == 11


@pytest.mark.parametrize("kind", LIST_PATHS)
def test_a_list_is_saved_under_a_name_with_all_its_rows(server: RunningServer, kind: str) -> None:
    for ending, how in (("csv", "attachment"), ("json", "inline")):
        answer = server.ask("GET", f"/{kind}/?format={ending}&lang=en")
        assert answer.headers["content-disposition"] == f"{how}; filename*=UTF-8''motegraf-{kind}.{ending}"
    total = re.search(r"of ([\d,]+)", words(page(server, f"{kind}/", "en")).partition("Showing")[2])
    assert total is not None
    text = server.ask("GET", f"/{kind}/?format=csv").text.lstrip("\ufeff")
    assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) - 1 == int(total[1].replace(",", ""))


def test_the_name_of_a_narrowed_list_says_to_what(server: RunningServer) -> None:
    answer = server.ask("GET", "/event/?year=2014&status=held&sort=name&format=csv")
    assert answer.headers["content-disposition"].endswith("motegraf-event-2014-held.csv")
    hostile = server.ask("GET", "/event/?year=%22%0d%0aX:%201&format=csv")
    assert hostile.headers["content-disposition"].endswith("motegraf-event-x-1.csv")
    assert "content-disposition" not in page(server, "event/").headers
    answer = server.ask("GET", "/ask/who_met_whom?format=csv")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''who_met_whom.csv"


TALK = "Fredag 15. mars 2024 var det konferanse i {}. Kari Nordmann holdt innlegg."
TALK_CLAIMS = """
events:
  {id}:
    label: {{nb: Konferanse}}
    kind: conference
    status: held
    when: {{edtf: 2024-03-15, said: Fredag 15. mars 2024}}
    where: {{municipality: {place}}}
    quote: ["{text}"]
    participations:
      - {{agent: kari, role: speaker, quote: Kari Nordmann holdt innlegg.}}
people:
  kari: {{name: Kari Nordmann}}
"""


def test_people_of_one_name_that_one_source_each_names_are_told_apart_by_it(tmp_path: Path) -> None:
    home = linked_home(tmp_path)
    for id, place in (("forste", "Bergen"), ("andre", "Drammen")):
        text = TALK.format(place)
        claims = TALK_CLAIMS.format(id=id, place=place, text=text.partition(" Kari")[0])
        add_page(home, id, f"{text}\n", claims, "2024-03-20", language="ar" if place == "Drammen" else "nb")
    build(home, tmp_path / "out")
    with serving(tmp_path / "out", tmp_path / "log", workers=1) as server:
        found = results(server, "kari nordmann")["results"]
        assert isinstance(found, list)
        assert [(row["name"], row["notes"]) for row in found] == [
            ("Kari Nordmann", ["andre", "1 møte, 2024"]),
            ("Kari Nordmann", ["forste", "1 møte, 2024"]),
        ]
        # A language has a name, whichever it is.
        assert "Språk arabisk 1 norsk bokmål 1" in words(page(server, "source/"))
