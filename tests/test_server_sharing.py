"""What others see of a page when they share, cite, embed or gather it; and what crawlers look for."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from serving import HttpAnswer, RunningServer, commanded, serving

from graph.model.iris import BASE
from graph.server.html.layout import embedded_json
from graph.server.settings import Settings

pytestmark = pytest.mark.server

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
EVENT = "about/event/haugesund-2014-12"
PUBLIC = "https://graph.example.org/graph/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SCHEMA = "https://schema.org/"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the first page that does not know at which URL others reach it."""
    with serving(built, tmp_path_factory.mktemp("served") / "log") as running:
        yield running


@pytest.fixture(scope="module")
def public(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The same with a URL, a publisher and a contact."""
    log = tmp_path_factory.mktemp("served") / "log"
    settings = ("--public", PUBLIC, "--publisher", "Arkivet", "--contact", "post@example.org")
    with commanded(built, log, *settings) as running:
        yield running


def page(server: RunningServer, path: str, lang: str = "nb") -> HttpAnswer:
    """Return a page for a browser in that language."""
    return server.ask("GET", f"/{path}", Accept=HTML, Accept_Language=lang)


def heads(answer: HttpAnswer, name: str) -> list[dict[str, str]]:
    """Return the attributes of the elements of that name in the head of a page."""
    head = answer.text.partition("</head>")[0]
    return [dict(re.findall(r'([\w:-]+)="([^"]*)"', each)) for each in re.findall(rf"<{name} ([^>]*)>", head)]


def embedded(answer: HttpAnswer) -> dict[str, object]:
    """Return the JSON-LD of a page."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.text)[1])


def test_head_names_the_page_in_both_languages_and_its_formats(public: RunningServer) -> None:
    answer = page(public, f"{EVENT}?lang=en")
    links = heads(answer, "link")
    canonical = [each["href"] for each in links if each["rel"] == "canonical"]
    assert canonical == [f"{PUBLIC}{EVENT}?lang=en"]
    languages = {each["hreflang"]: each["href"] for each in links if "hreflang" in each}
    assert languages == {lang: f"{PUBLIC}{EVENT}?lang={lang}" for lang in ("nb", "en")}
    properties = {each["property"]: each["content"] for each in heads(answer, "meta") if "property" in each}
    assert properties["og:url"] == canonical[0]
    assert properties["og:locale"] == "en_GB"
    assert answer.text.count("<title>") == 1
    assert answer.text.partition("<title>")[2].partition("</title>")[0].endswith(" – Møtegraf")
    assert {each["type"] for each in links if "type" in each} >= {"text/turtle", "application/ld+json", "text/csv"}


def test_without_a_url_of_its_own_a_page_names_none(server: RunningServer) -> None:
    text = page(server, EVENT).text.partition("</head>")[0]
    assert "canonical" not in text
    assert "og:url" not in text


def all_is_stated(store: Store, data: object) -> None:
    """Assert that the graph states all that JSON-LD says in the terms of schema.org."""
    assert isinstance(data, dict)
    subject = NamedNode(str(data["@id"]))
    for name, values in data.items():
        for value in values if isinstance(values, list) else [values]:
            if name.startswith("@") or name in ("name", "mainEntityOfPage"):
                continue
            stated = {
                quad.object.value
                for predicate in (f"{SCHEMA}{name}", *(["http://purl.org/dc/terms/subject"] if name == "about" else []))
                for quad in store.quads_for_pattern(subject, NamedNode(predicate), None)
            }
            assert (value["@id"] if isinstance(value, dict) else value) in stated, name
            if isinstance(value, dict) and name != "about":
                all_is_stated(store, value)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (EVENT, "Event"),
        ("about/event/drammen-2015", "Event"),
        ("about/series/dialogmoter-2014", "EventSeries"),
        ("about/person/laila-bokhari", "Person"),
        ("about/organisation/haugesund-kommune", "Organization"),
    ],
)
def test_structured_data_says_nothing_that_the_graph_does_not(
    server: RunningServer, built: Path, path: str, kind: str
) -> None:
    answer = page(server, path)
    if answer.status == 404:
        pytest.fail(f"{path} is not in the first page")
    data = embedded(answer)
    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)
    assert data["@id"] == f"{BASE}{path.removeprefix('about/')}"
    store = Store()
    store.bulk_load(path=built / "motegraf.ttl", format=RdfFormat.TURTLE)
    all_is_stated(store, data)


def test_structured_data_of_an_event_has_what_search_engines_require(server: RunningServer) -> None:
    data = embedded(page(server, EVENT))
    assert data["name"] == "Dialogmøte i Haugesund"
    assert data["location"] == {
        "@type": "AdministrativeArea",
        "@id": f"{BASE}area/no/kommune/1106",
        "name": "Haugesund",
    }
    # A month is no day.
    assert data["startDate"] == data["endDate"] == "2014-12"
    assert {each["name"] for each in data["attendee"]} == {"Laila Bokhari", "Yousef Bartho Assidiq"}


def test_candidates_are_no_attendees_in_structured_data(server: RunningServer) -> None:
    query = "SELECT ?event { ?part mg:candidate ?who ; mg:event ?event } LIMIT 1"
    (binding,) = server.get(query, Accept="application/sparql-results+json").json["results"]["bindings"]
    path = binding["event"]["value"].removeprefix(BASE)
    data = embedded(page(server, f"about/{path}"))
    assert "attendee" not in data
    assert "performer" not in data


def test_json_cannot_end_the_element_that_it_stands_in() -> None:
    text = str(embedded_json({"name": "</script><script>alert(1)</script> & \u2028"}))
    assert not re.search(r"[<>&\u2028]", text)
    assert json.loads(text)["name"].startswith("</script>")


def test_files_and_the_site_are_described_for_search_engines(public: RunningServer) -> None:
    data = embedded(page(public, "dumps/"))
    assert (data["@type"], data["license"]) == ("Dataset", "https://creativecommons.org/licenses/by/4.0/")
    assert data["publisher"]["name"] == "Arkivet"
    assert f"{PUBLIC}dumps/motegraf.ttl" in {each["contentUrl"] for each in data["distribution"]}
    assert embedded(page(public, ""))["url"] == PUBLIC


def test_citation_names_the_build_and_its_day(public: RunningServer) -> None:
    text = re.search(r'<p class="citation">(.*?)</p>', page(public, EVENT).text)[1]
    build = public.ask("GET", "/health").json["build"]
    assert re.fullmatch(
        rf"Arkivet \(\d{{4}}\): «Dialogmøte i Haugesund.*», utgave {build} \(\d+\. \w+ \d{{4}}\)\. "
        rf"{re.escape(PUBLIC)}event/haugesund-2014-12, id: {re.escape(BASE)}event/haugesund-2014-12",
        text,
    )


def test_citation_leads_to_this_server_where_no_other_url_is_given(server: RunningServer) -> None:
    for path in (EVENT, "about/person/laila-bokhari", "about/source/dialogmoter-hosten-2014", "ask/who_met_whom"):
        text = re.search(r'<p class="citation">(.*?)</p>', page(server, path).text)[1]
        address = re.search(r"\. (http://127\.0\.0\.1:\d+/\S+?)(, id: \S+)?$", text)
        assert address is not None, text
        local = path.removeprefix("about/")
        assert address[1] == f"http://127.0.0.1:{server.port}/{local}"
        assert address[2] == (f", id: {BASE}{local}" if path.startswith("about/") else None)
        assert page(server, local).status in (200, 303)


def test_card_may_be_framed_and_no_page_with_forms(server: RunningServer) -> None:
    card = page(server, "card/event/haugesund-2014-12")
    assert card.status == 200
    assert card.headers["content-security-policy"].endswith("frame-ancestors *")
    assert "x-frame-options" not in card.headers
    assert "script" not in card.text
    assert "Laila Bokhari" in card.text
    # A link in a frame leaves it.
    links = re.findall(r"<a ([^>]*)>", card.text)
    assert links
    assert all('target="_top"' in each for each in links)
    for other in (EVENT, "", "card/event/none", "card/event/%3Cscript%3E", "dumps/", "query/"):
        answer = page(server, other)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
    snippet = re.search(r"&lt;iframe src=&#34;(.*?)&#34;|&lt;iframe src=\"(.*?)\"", page(server, EVENT).text)
    assert (snippet[1] or snippet[2]).endswith("/card/event/haugesund-2014-12")


def test_event_has_its_participations_as_a_table(server: RunningServer) -> None:
    answer = server.ask("GET", f"/{EVENT}?format=csv&lang=en")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''haugesund-2014-12.csv"
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert {row["who"] for row in rows} == {"Laila Bokhari", "Yousef Bartho Assidiq", "Haugesund kommune"}
    assert {row["IRI of the event"] for row in rows} == {f"{BASE}event/haugesund-2014-12"}
    assert all(row["proof"] for row in rows)
    assert server.ask("GET", "/about/person/laila-bokhari?format=csv").status == 406


@pytest.mark.parametrize(
    ("format", "ending"),
    [
        ("turtle", "ttl"),
        ("ntriples", "nt"),
        ("jsonld", "jsonld"),
        ("rdfxml", "rdf"),
        ("trig", "trig"),
        ("nquads", "nq"),
    ],
)
def test_what_is_saved_has_a_name_and_an_ending(server: RunningServer, format: str, ending: str) -> None:
    answer = server.ask("GET", f"/{EVENT}?format={format}")
    assert answer.headers["content-disposition"] == f"inline; filename*=UTF-8''haugesund-2014-12.{ending}"


def test_sitemap_has_the_pages_that_readers_look_for(public: RunningServer) -> None:
    answer = public.ask("GET", "/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    addresses = [each.text for each in ElementTree.fromstring(answer.body).iter(f"{SITEMAP}loc")]
    assert {f"{PUBLIC}{path}" for path in ("", EVENT, "about/person/laila-bokhari", "event/")} <= set(addresses)
    assert len(addresses) == len(set(addresses))
    assert not [each for each in addresses if "/claim/" in each or "/evidence/" in each]
    statuses = {each: page(public, urljoin("/", each.removeprefix(PUBLIC)).lstrip("/")).status for each in addresses}
    assert {address for address, status in statuses.items() if status != 200} == set()
    assert public.ask("GET", "/sitemap-2.xml").status == 404


@pytest.mark.parametrize("path", ["sitemap.xml", "robots.txt", "favicon.svg", "opensearch.xml", "changes.atom"])
@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,image/*", "application/json"])
def test_files_at_fixed_addresses_are_answered_whatever_is_preferred(
    public: RunningServer, path: str, accept: str
) -> None:
    answer = public.ask("GET", f"/{path}", Accept=accept)
    assert (answer.status, "html" in answer.headers["content-type"]) == (200, False)


def test_large_sitemap_is_an_index_of_its_parts(monkeypatch: pytest.MonkeyPatch, built: Path) -> None:
    from graph.query.stores import open_dataset
    from graph.server.site import sitemap
    from graph.server.workers.ipc import PageTask

    monkeypatch.setattr(sitemap, "MOST", 20)
    store = open_dataset(built / "motegraf.nq")

    def part(number: str) -> list[str]:
        task = PageTask(
            page="sitemap",
            path="sitemap.xml",
            root="",
            lang="nb",
            parameters=("number", number) if number else (),
            settings=Settings(origin=PUBLIC).packed(),
            base=BASE,
            max_rows=10_000,
            max_bytes=10_000_000,
            gzip=False,
        )
        _, body = sitemap.answer(task, store, built)
        return [each.text or "" for each in ElementTree.fromstring(body).iter(f"{SITEMAP}loc")] if body else []

    parts = part("")
    assert len(parts) > 2
    assert parts[0] == f"{PUBLIC}sitemap-1.xml"
    addresses = [address for number in range(1, len(parts) + 1) for address in part(str(number))]
    assert len(addresses) == len(set(addresses))
    assert f"{PUBLIC}{EVENT}" in addresses
    assert part(str(len(parts) + 1)) == []


def test_crawlers_and_finders_of_weaknesses_are_told_where_to_go(server: RunningServer, public: RunningServer) -> None:
    robots = public.ask("GET", "/robots.txt").text
    assert f"Sitemap: {PUBLIC}sitemap.xml\n" in robots
    assert "Disallow: /sparql\n" in robots
    text = public.ask("GET", "/.well-known/security.txt").text
    assert "Contact: mailto:post@example.org\n" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)
    assert f"Canonical: {PUBLIC}.well-known/security.txt\n" in text
    # Without a contact there is nobody to tell.
    assert server.ask("GET", "/.well-known/security.txt").status == 404


def test_stylesheet_stays_as_it_is_at_its_address(server: RunningServer) -> None:
    address = re.search(r'<link rel="stylesheet" href="(assets/site\.[0-9a-f]{12}\.css)">', page(server, "").text)[1]
    answer = server.ask("GET", f"/{address}", Accept_Encoding="gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["cache-control"]
    assert server.ask("GET", "/assets/site.000000000000.css").status == 404
    assert server.ask("GET", "/favicon.svg").headers["content-type"] == "image/svg+xml"


def test_page_that_is_asked_for_again_is_not_made_again(built: Path) -> None:
    from graph.query.stores import open_dataset
    from graph.server.workers.ipc import EntityTask
    from graph.server.workers.tasks import describe_entity

    store = open_dataset(built / "motegraf.nq")

    def body(lang: str, seconds: float) -> bytes:
        task = EntityTask(
            entity=f"{BASE}person/laila-bokhari",
            path="person/laila-bokhari",
            root="../../",
            lang=lang,
            format="html",
            base=BASE,
            max_rows=10_000,
            max_bytes=10_000_000,
            gzip=False,
            seconds=seconds,
        )
        return describe_entity(task, store, built)[1]

    first = body("nb", 1.0)
    assert body("nb", 2.0) is first
    assert b'<html lang="en">' in body("en", 1.0)
