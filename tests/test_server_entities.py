"""Addresses of things: their pages and statements, wrong and hostile names; the first page; a build made anew."""

import gzip
import hashlib
import html
import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from conftest import OTHER_BASE
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from serving import HttpAnswer, RunningServer, serving, until

from build_graph import build
from graph import HOME
from graph.builds.folder import write_build
from graph.model.iris import BASE, PREFIXES
from graph.query.questions import read_questions
from graph.rdf.terms import iri

pytestmark = pytest.mark.server

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></textarea><svg onload=alert(1)>",
    "{{7*7}} $name ${name} %(name)s",
    "\u202egpj.exe \u2066hidden\u2069",
    "javascript:alert(1)",
    "x" * 10_000,
)
# The elements of which pages are made.
HARMLESS = {
    *(
        "html",
        "head",
        "meta",
        "link",
        "title",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "div",
        "strong",
        "aside",
        "details",
        "summary",
        "mark",
    ),
    *("h1", "h2", "h3", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "time", "span", "bdi", "br", "q", "blockquote"),
    *("cite", "form", "input", "label", "select", "optgroup", "option", "button", "textarea", "code", "pre"),
    *("aside", "details", "summary", "mark", "b"),
}


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the first page."""
    folder = tmp_path_factory.mktemp("served")
    with serving(built, folder / "log") as running:
        yield running


class Document(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def links(self) -> list[str]:
        return [str(given["href"]) for tag, given in self.elements if tag == "a"]

    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def followed(server: RunningServer, path: str, **headers: str) -> tuple[str, HttpAnswer]:
    """Where an address leads, and what is there."""
    answer = server.ask("GET", path, **headers)
    if answer.status not in (303, 308):
        return path, answer
    address = urljoin(path, answer.headers["location"])
    return address, server.ask("GET", address, **headers)


def harmless(document: Document, answer: HttpAnswer) -> None:
    """Nothing in a page runs, and its links go to this server or to the web."""
    # Data is not run.
    data = ("script", {"type": "application/ld+json"})
    assert {tag for tag, given in document.elements if (tag, given) != data} <= HARMLESS
    assert not [name for _, given in document.elements for name in given if name.startswith("on") or name == "style"]
    assert not [
        to for to in document.links() if re.match(r"[a-z]+:", to) and not to.startswith(("http://", "https://"))
    ]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; ")
    assert "script" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/person/laila-bokhari", "/about/person/laila-bokhari"),
        ("/area/no/kommune/1103", "/about/area/no/kommune/1103"),
        ("/time/within.2014-10", "/about/time/within.2014-10"),
        ("/role/speaker", "/about/role/speaker"),
    ],
)
def test_entity_redirects_to_its_page(server: RunningServer, path: str, page: str) -> None:
    for accept in (HTML, "text/turtle"):
        address, answer = followed(server, path, Accept=accept)
        assert (address, answer.status) == (page, 200)


def test_page_shows_statements_with_the_passages_that_prove_them(server: RunningServer) -> None:
    _, answer = followed(server, "/event/haugesund-2014-12", Accept=HTML, Accept_Language="nb")
    document = Document(answer.text)
    harmless(document, answer)
    assert "Dialogmøte i Haugesund" in document.text()
    words = (
        "«Statssekretær Laila Bokhari holdt en innledning om kommunens rolle og bidrag i det forebyggende arbeidet.»"
    )
    part = "Laila Bokhari til stede innleder · statssekretær ved Statsministerens kontor · om kommunens rolle"
    assert part in document.text().replace("kontor om", "kontor · om").replace("innleder stats", "innleder · stats")
    # It names her, and not the meeting.
    source = (
        "Dialogmøter høsten 2014 · vis setningen på www.regjeringen.no · fra sammenhengen: hvilket møte · påstanden"
    )
    assert f"{words} {source}" in document.text()
    # The characters of the page that say so, for those who look for them.
    assert "char=2468,2573" in {given.get("title") for _, given in document.elements}
    # What the same words prove stands together.
    assert document.text().count(words) == 1
    assert "../../about/person/laila-bokhari" not in answer.text.partition("<main")[0]
    source = "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"
    assert f"{source}#:~:text={quote(words.strip('«»'), safe='')}" in document.links()
    assert answer.text.startswith('<!DOCTYPE html>\n<html lang="nb">')


def test_form_chooses_the_language_of_an_answer(server: RunningServer) -> None:
    form = {"Content_Type": "application/x-www-form-urlencoded", "Accept": HTML, "Accept_Language": "en"}
    assert '<html lang="nb">' in server.ask("POST", "/sparql", "query=ASK{}&lang=nb", **form).text
    assert '<html lang="en">' in server.ask("POST", "/sparql", "query=ASK{}", **form).text


def test_page_is_in_the_requested_language(server: RunningServer) -> None:
    path = "/about/event/haugesund-2014-12"
    answers = [
        server.ask("GET", path, Accept=HTML, Accept_Language="en-GB,en;q=0.9,nb;q=0.1"),
        server.ask("GET", f"{path}?lang=en", Accept=HTML, Accept_Language="nb"),
    ]
    for answer in answers:
        assert '<html lang="en">' in answer.text
        assert "Dialogue meeting in Haugesund" in Document(answer.text).text()


def test_possible_participation_is_labelled_possible(server: RunningServer) -> None:
    _, answer = followed(server, "/person/erna-solberg", Accept=HTML, Accept_Language="nb")
    assert "Dialogmøte i Oslo mulig mellom 1. september og 31. desember 2014 · Oslo" in Document(answer.text).text()
    # Not even the word "present" as the name of a part that she had.
    assert "✓" not in answer.text
    assert not re.search('class="tag certain">til stede', answer.text)


def quoted(markup: str) -> list[str]:
    """Return the words of quotes."""
    return re.findall(r"<blockquote[^>]*><p><bdi>([^<]*)", markup)


def participations(markup: str) -> list[tuple[str, str, list[str]]]:
    """Return those that a page lists with their part: the first name of each, how sure it is, and the quotes below."""
    listed = "".join(re.findall('<[uo]l class="participants">(.*?)</[uo]l>', markup, re.DOTALL)).split("<li>")[1:]
    return [
        (
            html.unescape(re.findall(r"<bdi[^>]*>([^<]*)</bdi>", each)[0]),
            " ".join(re.findall(r'<span class="tag [a-z]+">([^<]*)</span>', each)),
            quoted(each),
        )
        for each in listed
    ]


@pytest.mark.parametrize(
    ("path", "name", "number"),
    [
        ("/about/person/laila-bokhari", "Bokhari", 3),
        ("/about/person/yousef-bartho-assidiq", "Assidiq", 1),
        ("/about/person/joran-kallmyr", "Kallmyr", 1),
    ],
)
def test_attendance_is_proven_by_sentences_that_name_the_person(
    server: RunningServer, path: str, name: str, number: int
) -> None:
    page = server.ask("GET", path, Accept=HTML, Accept_Language="nb").text
    present = [(event, sentences) for event, sure, sentences in participations(page) if sure == "til stede"]
    assert len(present) == number
    for event, sentences in present:
        assert event
        assert sentences
        assert [sentence for sentence in sentences if name not in sentence] == []


def test_page_of_a_person_shows_no_sentence_about_others(server: RunningServer) -> None:
    page = server.ask("GET", "/about/person/laila-bokhari", Accept=HTML, Accept_Language="nb").text
    sentences = quoted(page)
    assert len(sentences) == 8
    assert [sentence for sentence in sentences if "Bokhari" not in sentence] == []


def test_page_of_an_event_proves_each_attendance_by_its_own_sentences(server: RunningServer) -> None:
    page = server.ask("GET", "/about/event/haugesund-2014-12", Accept=HTML, Accept_Language="nb").text
    quotes = {name: sentences for name, _, sentences in participations(page)}
    assert [sentence for sentence in quotes["Laila Bokhari"] if "Bokhari" not in sentence] == []
    assert [sentence for sentence in quotes["Yousef Bartho Assidiq"] if "Assidiq" not in sentence] == []
    assert "På programmet sto blant annet terrortrusselen" not in str(quotes)


def test_page_of_an_area_lists_the_meetings_there_and_no_sentence_of_others(server: RunningServer) -> None:
    """An event gathers what several sentences say, of which few name its place."""
    page = server.ask("GET", "/about/area/no/kommune/1106", Accept=HTML, Accept_Language="nb").text
    assert quoted(page) == []
    assert "Dialogmøte i Haugesund" in Document(page).text()


@pytest.mark.parametrize("path", ["/about/event/sarpsborg-2014-10", "/about/event/haugesund-2014-12"])
def test_sentences_are_in_the_order_of_the_source(server: RunningServer, path: str) -> None:
    page = server.ask("GET", path, Accept=HTML, Accept_Language="nb").text
    excerpt = page.partition('<section class="excerpts">')[2].partition("</section>")[0]
    text = (HOME / "tests/corpus/dialogmoter-hosten-2014/page.txt").read_text(encoding="utf-8")
    starts = [text.index(html.unescape(words)) for words in re.findall("<mark>([^<]*)</mark>", excerpt)]
    assert len(starts) > 2
    assert starts == sorted(starts)


def test_all_links_of_a_page_resolve(server: RunningServer) -> None:
    address, answer = followed(server, "/event/sarpsborg-2014-10", Accept=HTML)
    content = answer.text.partition("<main")[2].partition("</main>")[0]
    own = {urljoin(address, to.partition("#")[0]) for to in Document(content).links() if not to.startswith("http")}
    assert "/about/person/laila-bokhari" in "".join(own) or len(own) > 10
    assert {path: server.ask("GET", path, Accept=HTML).status for path in sorted(own)} == dict.fromkeys(
        sorted(own), 200
    )


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_entity_statements_are_those_of_the_graph(server: RunningServer, built: Path, accept: str, media: str) -> None:
    store = Store()
    store.load(path=built / "motegraf.nq", format=RdfFormat.N_QUADS)
    known = {quad.triple for quad in store}
    thing = iri("person:laila-bokhari")
    _, answer = followed(server, "/person/laila-bokhari", Accept=accept)
    assert answer.headers["content-type"].partition(";")[0] == media
    given = {quad.triple for quad in parse(answer.body, format=RdfFormat.from_media_type(media))}
    assert given <= known
    both_ways = {triple for triple in known if thing in (triple.subject, triple.object)}
    assert both_ways <= given
    words = "Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen."
    assert any(triple.predicate == iri("schema:text") and triple.object.value == words for triple in given)


def test_parameter_as_chooses_the_format(server: RunningServer) -> None:
    answer = server.ask("GET", "/about/person/laila-bokhari?as=turtle", Accept=HTML)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert server.ask("GET", "/about/person/laila-bokhari?as=exe").status == 400
    assert server.ask("GET", "/about/person/laila-bokhari", Accept="image/png").status == 406


def test_unknown_name_returns_404_with_similar_names(server: RunningServer) -> None:
    _, answer = followed(server, "/person/laila-bokari", Accept=HTML, Accept_Language="nb")
    document = Document(answer.text)
    harmless(document, answer)
    assert answer.status == 404
    assert "Fant ikke «laila-bokari». Mente du …?" in document.text()
    assert "../../about/person/laila-bokhari" in document.links()
    _, answer = followed(server, "/person/laila-bokari", Accept="text/turtle")
    words = f"there is nothing of this name; did you mean {BASE}person/laila-bokhari?\n"
    assert (answer.status, answer.text) == (404, words)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/none/x",
            "/person//",
            "/person/a;b",
            "/area/no/land/1",
            "/about/",
            "/about/x",
        ),
        *(
            "/../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2fetc%2fpasswd",
            "/person/..%2f..%2fetc",
            "/dumps/../x",
        ),
        *(
            "/dumps/%2e%2e%2fmanifest.json",
            "/dumps/..",
            "/dumps/.store-x",
            "/dumps/%2fetc%2fpasswd",
            "/dumps//etc/passwd",
        ),
        *(
            "/proc/self/environ",
            "/dumps/%00",
            "/person/%00",
            "/person/x%00.html",
            "/%ff",
            "/person/%C0%AE%C0%AE",
            "//evil.example/",
        ),
        *(
            "/explorer/../../etc",
            "/about/../../etc/passwd",
            "/about/person/%3Cscript%3E",
            "/person/%E2%80%AEx",
            "/\\..\\x",
        ),
    ],
)
def test_unknown_addresses_return_404(server: RunningServer, path: str) -> None:
    for accept, media in ((HTML, "text/html"), ("text/turtle", "text/plain")):
        answer = server.ask("GET", path.replace(" ", "%20"), Accept=accept)
        assert (answer.status, answer.headers["content-type"]) == (404, f"{media}; charset=utf-8")
        assert b"root:" not in answer.body
        if media == "text/html":
            harmless(Document(answer.text), answer)


def test_errors_are_pages_in_the_language_of_a_browser(server: RunningServer) -> None:
    for path in ("/none/x;y?lang=nb", "/sparql?query=nonsense&lang=nb"):
        page = server.ask("GET", path, Accept=HTML, Accept_Language="en")
        assert page.text.startswith('<!DOCTYPE html>\n<html lang="nb">')
        assert page.text.count("<h1>") == 1
        # The message itself is in English.
        assert '<p class="message" lang="en">' in page.text
        text = server.ask("GET", path, Accept="application/json, */*;q=0.1")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert " ".join(text.text.split()) in Document(page.text).text()


@pytest.mark.parametrize(
    "value", ["/proc/self/environ", "../../etc/passwd", "%00", "file:///etc/passwd", "<script>", "\u202e"]
)
@pytest.mark.parametrize("name", ["lang", "as", "question", "graph", "default-graph-uri", "named-graph-uri", "none"])
def test_hostile_parameters_disclose_nothing(server: RunningServer, name: str, value: str) -> None:
    given = f"{name}={quote(value, safe='%')}"
    for path in (
        "/",
        "/query/",
        "/sparql",
        "/graphs",
        "/about/person/laila-bokhari",
        "/person/laila-bokhari",
        "/dumps/",
        "/health",
    ):
        answer = server.ask("GET", f"{path}?{given}", Accept=HTML)
        assert answer.status in (200, 303, 308, 400, 404)
        assert b"root:" not in answer.body
        assert b"<script>" not in answer.body
        assert "evil" not in answer.headers.get("location", "")
        assert not answer.headers.get("location", "./").startswith(("/", "http"))


def test_ontology_is_one_document_with_all_terms(server: RunningServer, built: Path) -> None:
    answer = server.ask("GET", "/ontology", Accept="application/n-triples")
    given = {quad.subject for quad in parse(answer.body, format=RdfFormat.N_TRIPLES)}
    assert {iri("mg:Claim"), iri("mg:attendance")} <= given


def test_graph_is_returned_at_its_address(server: RunningServer) -> None:
    direct = server.ask("GET", "/graph/concluded", Accept="application/n-triples")
    named = server.ask(
        "GET", f"/graphs?graph={quote(f'{BASE}graph/concluded', safe='')}", Accept="application/n-triples"
    )
    assert (direct.status, direct.body) == (200, named.body)


def test_form_offers_all_ready_questions(server: RunningServer) -> None:
    answer = server.ask("GET", "/query/", Accept=HTML, Accept_Language="nb")
    document = Document(answer.text)
    harmless(document, answer)
    offered = {to.rpartition("=")[2] for to in document.links() if "?question=" in to}
    assert offered == {question.name for question in read_questions(HOME / "queries")}
    # One button sends the query; a question is taken by its link.
    assert [given["action"] for tag, given in document.elements if tag == "form"][1:] == ["../sparql"]


def test_ready_questions_of_the_form_are_answered(server: RunningServer) -> None:
    for question in read_questions(HOME / "queries"):
        page = server.ask("GET", f"/query/?question={question.name}&lang=en", Accept=HTML)
        harmless(Document(page.text), page)
        query = Document(page.text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]).words
        answer = server.ask("GET", f"/sparql?lang=en&query={quote(''.join(query), safe='')}", Accept=HTML)
        assert (question.name, answer.status) == (question.name, 200)
        if question.name == "who_met_whom":
            assert "Dialogue meeting in Haugesund" in answer.text
            assert "Dialogmøte" not in answer.text


def test_unknown_question_returns_404(server: RunningServer) -> None:
    assert server.ask("GET", "/query/?question=none").status == 404


def test_questions_of_the_former_first_page_lead_to_the_form(server: RunningServer) -> None:
    path, answer = followed(server, "/?question=who_met_whom&lang=en", Accept=HTML)
    assert (path, answer.status) == ("/query/?question=who_met_whom&lang=en", 200)


def test_front_page_says_how_much_there_is(server: RunningServer) -> None:
    answer = server.ask("GET", "/", Accept=HTML, Accept_Language="nb")
    harmless(Document(answer.text), answer)
    assert "11 møter 5 personer med møter 7 organisasjoner med møter 1 møterekke" in Document(answer.text).text()


def test_dumps_are_listed_as_page_and_json(server: RunningServer) -> None:
    page = server.ask("GET", "/dumps/", Accept=HTML)
    harmless(Document(page.text), page)
    files = server.ask("GET", "/dumps/").json["sha256"]
    assert set(Document(page.text).links()) >= {*files, "manifest.json"}
    assert set(files) >= {"motegraf.nq", "motegraf.ttl", "explorer.html"}
    path, page_too = followed(server, "/dumps?lang=en", Accept=HTML)
    assert (path, page_too.status, "<h1>Data</h1>" in page_too.text) == ("/dumps/?lang=en", 200, True)


def test_dump_supports_ranges_and_conditional_requests(server: RunningServer, built: Path) -> None:
    whole = (built / "motegraf.ttl").read_bytes()
    answer = server.ask("GET", "/dumps/motegraf.ttl")
    assert (answer.status, answer.body) == (200, whole)
    tag = answer.headers["etag"]
    part = server.ask("GET", "/dumps/motegraf.ttl", Range="bytes=10-19", If_Range=tag)
    assert (part.status, part.body) == (206, whole[10:20])
    assert server.ask("GET", "/dumps/motegraf.ttl", Range="bytes=10-19", If_Range='"another"').body == whole
    assert server.ask("GET", "/dumps/motegraf.ttl", Range=f"bytes={len(whole)}-").status == 416
    assert server.ask("GET", "/dumps/motegraf.ttl", If_None_Match=tag).status == 304
    assert server.ask("HEAD", "/dumps/motegraf.ttl").headers["content-length"] == str(len(whole))


@pytest.mark.parametrize(("path", "name"), [("/dumps/motegraf.nq", "motegraf.nq"), ("/explorer", "explorer.html")])
def test_file_is_compressed_where_gzip_is_accepted(server: RunningServer, built: Path, path: str, name: str) -> None:
    whole = (built / name).read_bytes()
    answer = server.ask("GET", path, Accept_Encoding="gzip")
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(answer.body) == whole
    assert len(answer.body) < len(whole) / 2
    tag, plain = answer.headers["etag"], server.ask("GET", path)
    assert (plain.body, plain.headers["vary"], plain.headers["etag"] == tag) == (whole, "Accept-Encoding", False)
    assert plain.headers["content-type"] == answer.headers["content-type"]
    assert server.ask("GET", path, Accept_Encoding="gzip", If_None_Match=tag).status == 304
    # A part is of the file as it is, and of one that is compressed no part is asked for.
    part = server.ask("GET", path, Accept_Encoding="gzip", Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole[10:20])
    assert server.ask("GET", path, Accept_Encoding="gzip", Range="bytes=10-19", If_Range=tag).body == whole


def test_if_modified_since_returns_304(server: RunningServer) -> None:
    path = "/dumps/motegraf.ttl"
    written = server.ask("GET", path).headers["last-modified"]
    assert server.ask("GET", path, If_Modified_Since=written).status == 304
    assert server.ask("GET", path, If_Modified_Since=written, If_None_Match='"another"').status == 200
    for other in ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "Thu, 01 Jan 99999 00:00:00 GMT", ""):
        assert server.ask("GET", path, If_Modified_Since=other).status == 200


def test_redirect_keeps_the_query_string(server: RunningServer) -> None:
    _, answer = followed(server, "/person/laila-bokhari?as=turtle", Accept=HTML)
    assert answer.headers["content-type"].startswith("text/turtle")


def test_ontology_redirects_browsers_to_its_page(server: RunningServer) -> None:
    path, answer = followed(server, "/ontology", Accept=HTML)
    assert (path, answer.status) == ("/dumps/ontology.html", 200)


def test_manifest_has_its_own_etag(server: RunningServer, built: Path) -> None:
    tag = server.ask("GET", "/dumps/manifest.json").headers["etag"]
    assert tag == f'"{hashlib.sha256((built / "manifest.json").read_bytes()).hexdigest()}"'
    assert server.ask("GET", "/dumps/manifest.json", If_None_Match=tag).status == 304


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("", 400, "at most 700"),
        ("entities=1.x", 400, "such as 12.15"),
        ("entities=-1", 400, "such as 12.15"),
        ("entities=99999999999", 400, "such as 12.15"),
        ("id=%3Cscript%3E", 400, "compact name"),
        ("entities=" + ".".join(["1"] * 701), 400, "at most 700"),
        ("entities=1", 404, "holds its columns and its records itself"),
        ("id=person:erna-solberg", 404, "holds its columns and its records itself"),
    ],
)
def test_records_of_the_page_are_asked_for_rightly(server: RunningServer, asked: str, status: int, words: str) -> None:
    answer = server.ask("GET", f"/explorer/records?{asked}")
    assert (answer.status, words in answer.text) == (status, True)


def test_explorer_is_served_under_its_own_policy(server: RunningServer, built: Path) -> None:
    answer = server.ask("GET", "/explorer")
    assert answer.body == (built / "explorer.html").read_bytes()
    stated = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', answer.body)[1].decode()
    # Its blocks are made to stand in pages of others.
    assert answer.headers["content-security-policy"] == f"{stated}; frame-ancestors *"
    assert "x-frame-options" not in answer.headers


# Words that somebody put into a page, or a server of somebody else's data


def hostile_build(folder: Path) -> Path:
    """A build whose names are what nobody should be called."""
    graph, label = NamedNode(f"{BASE}graph/concluded"), iri("rdfs:label")
    quads = [Quad(iri("event:x"), iri("rdf:type"), iri("schema:Event"), graph)]
    for number, name in enumerate(HOSTILE):
        kinds = ("person", "claim", "evidence", "source")
        person, claim, evidence, source = (iri(f"{kind}:x{number}") for kind in kinds)
        quads += [
            *(Quad(thing, label, Literal(name, language="nb"), graph) for thing in (person, claim, source)),
            Quad(person, iri("dc:source"), Literal(name), graph),
            Quad(iri("event:x"), iri("schema:attendee"), person, graph),
            Quad(claim, iri("mg:agent"), person, graph),
            Quad(claim, iri("mg:keyEvidence"), evidence, graph),
            Quad(evidence, iri("schema:text"), Literal(name, language="nb"), graph),
            Quad(evidence, iri("rdf:value"), Literal(name), graph),
            Quad(evidence, iri("prov:wasQuotedFrom"), source, graph),
            Quad(source, iri("schema:url"), NamedNode("javascript:alert(1)"), graph),
            Quad(person, iri("schema:sameAs"), NamedNode("javascript:alert(1)"), graph),
            Quad(person, iri("schema:sameAs"), NamedNode("data:text/html,%3Cscript%3Ealert(1)%3C/script%3E"), graph),
            Quad(person, NamedNode("urn:x'onmouseover=alert(1)"), NamedNode("https://example.org/'x"), graph),
        ]
    lines = sorted(f"{quad} ." for quad in quads)
    write_build(folder, {"motegraf.nq": lambda: "\n".join([*lines, ""]).encode()}, {"base": BASE, "as_known_on": None})
    return folder


def test_hostile_names_do_nothing(tmp_path: Path) -> None:
    with serving(hostile_build(tmp_path / "hostile"), tmp_path / "log") as hostile:
        paths = [
            *("/about/event/x", "/about/event/y", "/about/person/xx"),
            *(
                f"/about/{kind}/x{number}"
                for number in range(len(HOSTILE))
                for kind in ("person", "claim", "evidence", "source")
            ),
        ]
        for path in paths:
            answer = hostile.ask("GET", path, Accept=HTML)
            harmless(Document(answer.text), answer)
            markup = answer.text.replace('<script type="application/ld+json">', "")
            for word in ("\u202e", "\u2066", "<script", "<img", "<svg"):
                assert word not in markup
        page = hostile.ask("GET", "/about/person/x0", Accept=HTML)
        assert HOSTILE[0] in Document(page.text).text()
        table = hostile.ask("GET", f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}", Accept=HTML)
        assert "<script" not in table.text
        assert "javascript:" not in " ".join(Document(table.text).links())


def test_text_of_a_request_is_escaped(server: RunningServer) -> None:
    for name in HOSTILE[:4]:
        for answer in (
            server.get(name, Accept=HTML),
            server.get(f'SELECT ("{name.replace(chr(34), "")}" AS ?x) {{}}', Accept=HTML),
            server.get(f"SELECT ?{name}", Accept=HTML),
            server.ask("GET", f"/{quote(name)}", Accept=HTML),
            server.ask("GET", f"/query/?question={quote(name)}", Accept=HTML),
        ):
            assert answer.headers["content-type"].startswith("text/plain") or "<script>alert" not in answer.text


# Another base, and a build made anew


def test_entities_of_another_base_have_its_addresses(first_page: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "build", base=OTHER_BASE)
    with serving(tmp_path / "build", tmp_path / "log") as other:
        _, answer = followed(other, "/person/laila-bokhari", Accept="application/n-triples")
        assert f"<{OTHER_BASE}person/laila-bokhari> <{PREFIXES['foaf']}name>" in answer.text
        _, answer = followed(other, "/role/speaker", Accept="application/n-triples")
        assert f"<{BASE}role/speaker> " in answer.text
        assert other.ask("GET", "/ontology").status == 200
        assert other.get("ASK { person:laila-bokhari a foaf:Person }").json["boolean"] is True


def test_new_build_is_loaded_without_losing_a_request(built: Path, first_page: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "build", ignore=shutil.ignore_patterns(".*"))
    query = f"ASK {{ <{BASE}person/laila-bokhari> ?p ?o }}"
    with serving(folder, tmp_path / "log") as running:
        before = running.ask("GET", "/health").json["build"]
        assert running.get(query).json["boolean"] is True
        build(first_page, folder, base=OTHER_BASE)
        answers = []

        def changed() -> bool:
            answers.append(running.get(query))
            return answers[-1].json["boolean"] is False

        until(changed, "the new build is not taken up")
        assert {answer.status for answer in answers} == {200}
        assert running.ask("GET", "/health").json["build"] != before
        assert running.ask("GET", "/dumps/motegraf.ttl").body == (folder / "motegraf.ttl").read_bytes()
        # One that is not whole is not taken up, and the last goes on. As in a build, a new file takes the place of the
        # old one: what is served may be linked to that, and a worker that starts meanwhile would read it half written.
        (folder / "motegraf.nq").unlink()
        (folder / "motegraf.nq").write_text("broken", encoding="utf-8")
        (folder / "manifest.json").write_text((folder / "manifest.json").read_text(encoding="utf-8"), encoding="utf-8")
        os.utime(folder / "manifest.json", (1, 1))
        until(lambda: any("not loaded" in line for line in running.lines()), "nothing is said of a broken build")
        assert running.get(f"ASK {{ <{OTHER_BASE}person/laila-bokhari> ?p ?o }}").json["boolean"] is True
    assert list(folder.glob(".new-*")) == []
