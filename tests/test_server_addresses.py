"""Every IRI of a build answers at the server, in the format that its client asks for in whatever way."""

import hashlib
import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
import SPARQLWrapper
from conftest import ask, load_store
from entity_pages import words_of
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from serving import PATIENCE, HttpAnswer, RunningServer, serving

from graph.model.iris import BASE
from graph.rdf.terms import iri

pytestmark = pytest.mark.server

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
ROLES = "SELECT?role{VALUES?role{<urn:a>}}"
MADE = "CONSTRUCT{<urn:a><urn:b><urn:c>}{}"
PERSON = "person/laila-bokhari"
RDF_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the first page."""
    folder = tmp_path_factory.mktemp("served")
    with serving(built, folder / "log") as running:
        yield running


# All IRIs

# Pages of areas, bodies and entries of catalogues differ little: only some of thousands are asked for as pages.
MOST_PAGES_OF_A_KIND = 150


@pytest.fixture(scope="module")
def iris(built: Path) -> set[str]:
    """The IRIs under our base in the build."""
    return iris_of(built)


def spread(paths: list[str], most: int) -> list[str]:
    """Return at most so many of the paths of each kind, from the first to the last in equal steps."""
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(path.partition("/")[0], []).append(path)
    return [path for each in kinds.values() for path in each[:: -(-len(each) // most)]]


def iris_of(build: Path) -> set[str]:
    """The IRIs under our base in all files of a build that hold RDF."""
    found = set()
    for file in build.iterdir():
        if file.suffix in (".nq", ".ttl", ".trig", ".jsonld") and file.name != "context.jsonld":
            for quad in load_store(file):
                for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                    if isinstance(term, NamedNode) and term.value.startswith(BASE):
                        found.add(term.value)
    return found


def last_status(client: http.client.HTTPConnection, path: str, accept: str) -> tuple[int, str]:
    """The status that an address leads to, and the type of what is there. Turtle is read, so that it is Turtle."""
    for _ in range(4):
        client.request("GET", path, headers={"Accept": accept})
        answer = client.getresponse()
        body = answer.read()
        if answer.status not in (301, 302, 303, 307, 308):
            break
        path = urljoin(path, answer.headers["location"])
    media = answer.headers["content-type"].partition(";")[0]
    if media == "text/turtle":
        assert any(parse(body, format=RdfFormat.TURTLE)), path
    return answer.status, media


@pytest.mark.parametrize(("accept", "media"), [("text/turtle", "text/turtle"), (HTML, "text/html")])
def test_every_iri_of_the_build_answers(server: RunningServer, iris: set[str], accept: str, media: str) -> None:
    """Every one as Turtle; as a page every one of most kinds."""
    documents = sorted({each.removeprefix(BASE).partition("#")[0] for each in iris})
    assert len(documents) > 2_000
    kinds = {path.partition("/")[0] for path in documents}
    assert {"", "catalogue", "question", "role", "graph", "dumps", "source", "text", "selector", "ontology"} <= kinds
    if accept == HTML:
        documents = spread(documents, MOST_PAGES_OF_A_KIND)
        assert kinds == {path.partition("/")[0] for path in documents}
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    answers = {path: last_status(client, f"/{path}", accept) for path in documents}
    client.close()
    assert {path: answer for path, answer in answers.items() if answer[0] != 200} == {}
    # Files are what they are, whatever is asked for, and so is the text of a source.
    others = [path for path, answer in answers.items() if answer[1] != media]
    assert [path for path in others if not path.startswith("dumps/") and not re.fullmatch(r"text/.+\.txt", path)] == []


def test_fragments_are_parts_of_what_answers(server: RunningServer, iris: set[str]) -> None:
    """What stands behind # is never sent: the document has to have it."""
    fragments = {each.partition("#")[2] for each in iris if "#" in each} - {""}
    assert len(fragments) > 90
    answer = server.ask("GET", "/ontology", Accept="application/n-triples")
    subjects = {quad.subject for quad in parse(answer.body, format=RdfFormat.N_TRIPLES)}
    assert {NamedNode(f"{BASE}ontology#{each}") for each in fragments} <= subjects
    page = server.ask("GET", "/dumps/ontology.html").text
    assert fragments <= set(re.findall(r'id="([^"]*)"', page))


def test_scheme_answers_with_its_concepts(server: RunningServer) -> None:
    answer = server.ask("GET", "/about/role", Accept="application/n-triples")
    given = {quad.triple for quad in parse(answer.body, format=RdfFormat.N_TRIPLES)}
    scheme = NamedNode(f"{BASE}role")
    assert {triple.subject for triple in given if triple.predicate == iri("skos:inScheme")} >= {iri("role:speaker")}
    assert any(triple.subject == scheme and triple.predicate == iri("rdfs:label") for triple in given)


def test_version_of_the_ontology_answers_and_another_does_not(server: RunningServer, built: Path) -> None:
    (version,) = (
        quad.object.value.removeprefix(BASE)
        for quad in load_store(built / "motegraf.nq").quads_for_pattern(None, iri("owl:versionIRI"), None)
    )
    plain = server.ask("GET", "/ontology", Accept="text/turtle")
    assert server.ask("GET", f"/{version}", Accept="text/turtle").body == plain.body
    answer = server.ask("GET", f"/{version}", Accept=HTML)
    assert (answer.status, answer.headers["location"]) == (303, "../dumps/ontology.html")
    answer = server.ask("GET", "/ontology/9.9.9", Accept=HTML)
    assert (answer.status, version.rpartition("/")[2] in answer.text) == (404, True)


def test_catalogue_and_questions_are_described_by_their_files(server: RunningServer, built: Path) -> None:
    for path, files in (
        ("catalogue/meetings", ("catalog.ttl", "void.ttl")),
        ("question/who-met-whom", ("queries.ttl",)),
        ("shape/claim-has-evidence", ("shapes.ttl",)),
    ):
        answer = server.ask("GET", f"/about/{path}", Accept="application/n-quads")
        own = list(parse(answer.body, format=RdfFormat.N_QUADS))
        graphs = {NamedNode(f"{BASE}dumps/{file}"): built / file for file in files}
        assert {quad.graph_name for quad in own} == graphs.keys()
        about = NamedNode(f"{BASE}{path}")
        assert {quad for quad in own if quad.subject == about} == {
            Quad(quad.subject, quad.predicate, quad.object, graph)
            for graph, file in graphs.items()
            for quad in parse(path=file)
            if quad.subject == about
        }


def test_graph_has_a_page(server: RunningServer) -> None:
    answer = server.ask("GET", "/graph/sources", Accept=HTML, Accept_Language="nb")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>Om kildene</h1>" in answer.text
    assert 'href="../graph/sources?format=turtle"' in answer.text
    of_source = server.ask("GET", "/graph/source.dialogmoter-hosten-2014", Accept=HTML, Accept_Language="en").text
    assert "What “Dialogmøter høsten 2014” says" in of_source
    assert 'href="../about/source/dialogmoter-hosten-2014"' in of_source
    assert "not stated on the page" in of_source
    moved = server.ask("GET", "/about/graph/sources?lang=en", Accept=HTML)
    assert urljoin("/about/graph/sources", moved.headers["location"]) == "/graph/sources?lang=en"


def test_ready_question_leads_people_to_its_form(server: RunningServer) -> None:
    moved = server.ask("GET", "/about/question/who-met-whom?lang=en", Accept=HTML)
    assert (moved.status, moved.headers["vary"]) == (303, "Accept")
    form = urljoin("/about/question/who-met-whom", moved.headers["location"])
    assert form == "/ask/who_met_whom?lang=en"
    assert server.ask("GET", form, Accept=HTML).status == 200
    assert server.ask("GET", "/about/question/who-met-whom", Accept="text/turtle").status == 200


def test_graphs_are_listed_with_their_sizes(server: RunningServer, built: Path) -> None:
    markup = server.ask("GET", "/graph/", Accept=HTML, Accept_Language="nb").text
    graphs = {quad.graph_name.value.rpartition("/")[2] for quad in parse(path=built / "motegraf.nq")}
    assert {name for name in graphs if f'href="../graph/{name}"' in markup} == graphs
    registry = sum(quad.graph_name == iri("graph:registry") for quad in parse(path=built / "motegraf.nq"))
    assert f"{registry // 1000}\u202f{registry % 1000:03} opplysninger" in markup


def test_graph_that_is_none_suggests_one(server: RunningServer) -> None:
    answer = server.ask("GET", "/graph/registri", Accept=HTML)
    assert answer.status == 404
    assert "graph/registry" in answer.text


def test_well_known_address_describes_the_dataset(server: RunningServer) -> None:
    moved = server.ask("GET", "/", Accept="text/turtle")
    assert (moved.status, moved.headers["location"]) == (303, ".well-known/void")
    assert "describedby" in server.ask("GET", "/", Accept=HTML).headers["link"]
    void = "http://rdfs.org/ns/void#"
    for accept, format in (("text/turtle", "turtle"), ("application/ld+json", "jsonld"), ("*/*", "turtle")):
        answer = server.ask("GET", "/.well-known/void", Accept=accept)
        given = {quad.triple for quad in parse(answer.body, format=RDF_FORMATS[format])}
        (endpoint,) = (triple for triple in given if triple.predicate.value == f"{void}sparqlEndpoint")
        assert endpoint.subject == NamedNode(f"{BASE}catalogue/meetings")
        assert endpoint.object == NamedNode(f"http://127.0.0.1:{server.port}/sparql")
        assert any(triple.predicate.value == f"{void}triples" for triple in given)
    moved = server.ask("GET", "/.well-known/void", Accept=HTML)
    assert urljoin("/.well-known/void", moved.headers["location"]) == "/about/catalogue/meetings"
    assert server.ask("GET", "/.well-known/void", Accept="image/png").status == 406
    tag = server.ask("GET", "/.well-known/void").headers["etag"]
    assert server.ask("GET", "/.well-known/void", If_None_Match=tag).status == 304


def test_text_of_a_source_is_what_evidence_counts_in(server: RunningServer, built: Path) -> None:
    graph = load_store(built / "motegraf.nq")
    (text,) = (
        quad.subject for quad in graph.quads_for_pattern(None, iri("rdf:type"), iri("schema:TextDigitalDocument"))
    )
    path = text.value.removeprefix(BASE)
    answer = server.ask("GET", f"/{path}.txt", Accept="image/png")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert server.ask("GET", f"/about/{path}.txt").body == answer.body
    for accept, to in (("text/plain", f"/{path}.txt"), ("text/plain;q=0.1, text/turtle", f"/about/{path}")):
        moved = server.ask("GET", f"/{path}", Accept=accept)
        assert (moved.status, urljoin(f"/{path}", moved.headers["location"])) == (303, to)
    assert server.ask("GET", f"/about/{path}?format=nt").headers["content-type"] == "application/n-triples"
    digests = {quad.object.value for quad in graph.quads_for_pattern(text, iri("schema:sha256"), None)}
    assert digests == {hashlib.sha256(answer.body).hexdigest()}
    evidence = "SELECT ?place ?words { ?evidence rdf:value ?place ; schema:text ?words }"
    rows = ask(graph, evidence)
    assert len(rows) > 30
    for place, words in rows:
        start, end = (int(number) for number in place.removeprefix("char=").split(","))
        assert answer.text[start:end].replace("\n", " ") == words.replace("\n", " ")
    assert (
        f'<{path.partition("/")[2]}.txt>; rel="alternate"; type="text/plain"'
        in server.ask("GET", f"/about/{path}").headers["link"]
    )
    for other in ("text/none.txt", "text/..%2fmanifest.json.txt", "text/%00.txt", "person/laila-bokhari.txt"):
        assert server.ask("GET", f"/{other}", Accept="text/turtle").status in (303, 404)
        assert server.ask("GET", f"/about/{other}", Accept="text/turtle").status == 404


def test_lists_and_first_page_have_formats_by_name(server: RunningServer) -> None:
    assert server.ask("GET", "/dumps/?format=json", Accept=HTML).json["base"] == BASE
    assert server.ask("GET", "/dumps/?format=html").headers["content-type"].startswith("text/html")
    assert server.ask("GET", "/dumps/?format=csv").status == 406
    moved = server.ask("GET", "/?format=jsonld", Accept=HTML)
    assert (moved.status, moved.headers["location"]) == (303, ".well-known/void?format=jsonld")
    assert server.ask("GET", "/.well-known/void?format=jsonld").headers["content-type"] == "application/ld+json"
    assert server.ask("GET", "/?format=html", Accept="text/turtle").status == 200


# Formats of things


def statements(body: bytes, format: str) -> set[Quad]:
    return set(parse(body, format=RDF_FORMATS[format]))


@pytest.mark.parametrize("format", ["trig", "nquads"])
def test_quads_of_a_thing_name_the_source_of_each_statement(server: RunningServer, built: Path, format: str) -> None:
    media = {"trig": "application/trig", "nquads": "application/n-quads"}[format]
    answer = server.ask("GET", f"/about/{PERSON}", Accept=media)
    assert answer.headers["content-type"].partition(";")[0] == media
    given = statements(answer.body, format)
    assert given <= set(load_store(built / "motegraf.nq"))
    plain = server.ask("GET", f"/about/{PERSON}", Accept="application/n-triples")
    assert {quad.triple for quad in given} == {quad.triple for quad in statements(plain.body, "ntriples")}
    graphs = {quad.graph_name.value.removeprefix(f"{BASE}graph/") for quad in given}
    assert {"registry", "concluded", "source.dialogmoter-hosten-2014"} <= graphs


# What Comunica sends, which then asks the default graph alone; and clients that do want graphs.
COMUNICA = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/turtle;q=0.6,text/html;q=0.2"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (COMUNICA, "application/ld+json"),
        ("application/trig, text/turtle;q=0.4", "application/trig"),
        ("application/n-quads, */*;q=0.8", "application/n-quads"),
    ],
)
def test_client_that_takes_statements_without_graphs_gets_these(accept: str, media: str, server: RunningServer) -> None:
    answer = server.ask("GET", f"/about/{PERSON}", Accept=accept)
    assert answer.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize(
    ("ending", "format", "media"),
    [
        ("ttl", "turtle", "text/turtle"),
        ("nt", "ntriples", "application/n-triples"),
        ("nq", "nquads", "application/n-quads"),
        ("trig", "trig", "application/trig"),
        ("jsonld", "jsonld", "application/ld+json"),
        ("json", "jsonld", "application/ld+json"),
        ("rdf", "rdfxml", "application/rdf+xml"),
        ("html", "html", "text/html"),
    ],
)
def test_ending_and_parameter_choose_the_format(server: RunningServer, ending: str, format: str, media: str) -> None:
    paths = [
        f"/about/{PERSON}.{ending}",
        f"/about/{PERSON}?format={ending}",
        f"/about/{PERSON}?output={format}",
        f"/about/{PERSON}?results={media.replace('+', '%2B')}",
        f"/about/{PERSON}?as={format}",
        f"/about/{PERSON}.exe.ttl"[: -len(".exe.ttl")] + f".{ending}?format=",
    ]
    answers = [server.ask("GET", path, Accept="image/png") for path in paths]
    assert {(answer.status, answer.headers["content-type"].partition(";")[0]) for answer in answers} == {(200, media)}
    if format != "html":
        assert len({answer.body for answer in answers}) == 1
        assert any(quad.subject == iri("person:laila-bokhari") for quad in statements(answers[0].body, format))
    moved = server.ask("GET", f"/{PERSON}.{ending}", Accept="image/png")
    assert (moved.status, moved.headers["location"]) == (303, f"../about/{PERSON}.{ending}")


@pytest.mark.parametrize("path", ["ontology", "graph/concluded", "graph/source.dialogmoter-hosten-2014"])
def test_documents_have_endings_and_parameters_too(server: RunningServer, path: str) -> None:
    plain = {quad.triple for quad in statements(server.ask("GET", f"/{path}.nt").body, "ntriples")}
    assert len(plain) > 100
    for ending, format in (("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads"), ("jsonld", "jsonld")):
        for address in (f"/{path}.{ending}", f"/{path}?format={format}"):
            answer = server.ask("GET", address)
            assert answer.status == 200
            given = statements(answer.body, format)
            assert {quad.triple for quad in given} == plain
            if format in ("trig", "nquads"):
                graph = f"{BASE}{path if path.startswith('graph/') else 'graph/ontology'}"
                assert {quad.graph_name for quad in given} == {NamedNode(graph)}


def test_name_with_a_dot_is_no_ending(server: RunningServer) -> None:
    """The file motegraf.ttl is a thing of the catalogue: it is described in whatever format is asked for."""
    answer = server.ask("GET", "/about/catalogue/motegraf.ttl", Accept="application/n-triples")
    assert answer.headers["content-type"] == "application/n-triples"
    assert NamedNode(f"{BASE}catalogue/motegraf.ttl") in {quad.subject for quad in statements(answer.body, "ntriples")}
    answer = server.ask("GET", "/about/catalogue/motegraf.ttl.nq")
    assert answer.headers["content-type"] == "application/n-quads"


@pytest.mark.parametrize("path", [f"{PERSON}.exe", f"{PERSON}.csv", "ontology.exe", "graph/concluded.csv"])
def test_other_endings_are_not_found(server: RunningServer, path: str) -> None:
    address = f"/about/{path}" if path.startswith("person") else f"/{path}"
    assert server.ask("GET", address, Accept="text/turtle").status == 404


def test_unknown_format_is_refused_with_what_there_is(server: RunningServer) -> None:
    listed = (
        "csv, html, json, jsonld, nquads, ntriples, rdfxml, rq, spreadsheet, trig, tsv, turtle, xml, or a media type\n"
    )
    for path in (f"/about/{PERSON}?", "/sparql?query=ASK%7B%7D&", "/graphs?default&", "/ontology?", "/graph/sources?"):
        for name in ("format", "output", "results", "as"):
            answer = server.ask("GET", f"{path}{name}=exe")
            assert (answer.status, answer.text) == (400, f"{name}= is one of {listed}")
    answer = server.ask("GET", f"/about/{PERSON}?format=csv")
    assert (answer.status, answer.text) == (
        406,
        "this is available as html, turtle, ntriples, jsonld, rdfxml, trig, nquads\n",
    )


def test_jsonld_of_a_thing_has_the_published_terms(server: RunningServer, built: Path) -> None:
    for accept in ("application/ld+json", "application/json"):
        answer = server.ask("GET", f"/about/{PERSON}", Accept=accept)
        document = json.loads(answer.body)
        published = json.loads((built / "context.jsonld").read_text(encoding="utf-8"))["@context"]
        assert document["@context"].items() <= published.items()
        assert len(document["@context"]) < len(published) / 2
        first = document["@graph"][0]
        assert (first["id"], first["type"]) == ("person:laila-bokhari", ["foaf:Agent", "foaf:Person", "schema:Person"])
        assert first["foaf:name"] == {"nb": "Laila Bokhari"}
        assert "http" not in "".join(first)


def test_description_links_to_its_other_formats(server: RunningServer) -> None:
    moved = server.ask("GET", f"/{PERSON}")
    assert moved.headers["link"] == f'<../about/{PERSON}>; rel="describedby"'
    answer = server.ask("GET", f"/about/{PERSON}", Accept=HTML)
    links = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', answer.headers["link"])
    assert (f"{BASE}{PERSON}", "describes", "") in links
    others = [(to, media) for to, relation, media in links if relation == "alternate"]
    assert len(others) == 7
    for to, media in others:
        other = server.ask("GET", urljoin(f"/about/{PERSON}", to))
        assert (other.status, other.headers["content-type"].partition(";")[0]) == (200, media)


def test_page_links_to_its_other_formats(server: RunningServer) -> None:
    page = server.ask("GET", f"/about/{PERSON}", Accept=HTML).text
    links = re.findall(r'<link rel="alternate" type="([^"]*)" href="([^"]*)"', page)
    # Every page leads to the feed of the site as well.
    assert {media for media, _ in links} == {
        "application/atom+xml",
        "text/turtle",
        "application/trig",
        "application/n-quads",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
    }
    for media, to in links:
        answer = server.ask("GET", urljoin(f"/about/{PERSON}", to))
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media)


# The format of an answer to a query


@pytest.mark.parametrize(
    ("query", "value", "media"),
    [
        (ROLES, "csv", "text/csv"),
        (ROLES, "tsv", "text/tab-separated-values"),
        (ROLES, "json", "application/sparql-results+json"),
        (ROLES, "JSON", "application/sparql-results+json"),
        (ROLES, "xml", "application/sparql-results+xml"),
        (ROLES, "html", "text/html"),
        (ROLES, "text/csv", "text/csv"),
        (ROLES, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ROLES, "application/sparql-results%2Bjson", "application/sparql-results+json"),
        ("ASK{}", "xml", "application/sparql-results+xml"),
        (MADE, "turtle", "text/turtle"),
        (MADE, "ttl", "text/turtle"),
        (MADE, "n3", "text/turtle"),
        (MADE, "nt", "application/n-triples"),
        (MADE, "n-triples", "application/n-triples"),
        (MADE, "json-ld", "application/ld+json"),
        (MADE, "application/x-json%2Bld", "application/ld+json"),
        (MADE, "application/ld%2Bjson,application/x-json%2Bld", "application/ld+json"),
        (MADE, "json", "application/ld+json"),
        (MADE, "rdf%2Bxml", "application/rdf+xml"),
        (MADE, "rdf", "application/rdf+xml"),
        (MADE, "xml", "application/rdf+xml"),
    ],
)
@pytest.mark.parametrize("name", ["format", "output", "results", "as"])
def test_parameter_chooses_the_format_of_an_answer(
    server: RunningServer, query: str, name: str, value: str, media: str
) -> None:
    form = f"query={query.replace('<', '%3C').replace('>', '%3E')}&{name}={value}"
    for answer in (
        server.ask("GET", f"/sparql?{form}", Accept="*/*"),
        server.ask("POST", "/sparql", form, Content_Type=FORM, Accept="application/sparql-results+json"),
        server.ask("POST", f"/sparql?{name}={value}", query, Content_Type=QUERY),
    ):
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media)


@pytest.mark.parametrize(
    ("query", "ending", "media"),
    [
        (ROLES, "csv", "text/csv"),
        (ROLES, "tsv", "text/tab-separated-values"),
        (ROLES, "json", "application/sparql-results+json"),
        (ROLES, "srj", "application/sparql-results+json"),
        (ROLES, "srx", "application/sparql-results+xml"),
        (ROLES, "html", "text/html"),
        (MADE, "ttl", "text/turtle"),
        (MADE, "nt", "application/n-triples"),
        (MADE, "jsonld", "application/ld+json"),
        (MADE, "rdf", "application/rdf+xml"),
    ],
)
def test_ending_of_the_endpoint_chooses_the_format(server: RunningServer, query: str, ending: str, media: str) -> None:
    form = f"query={query.replace('<', '%3C').replace('>', '%3E')}"
    for answer in (
        server.ask("GET", f"/sparql.{ending}?{form}", Accept="image/png"),
        server.ask("POST", f"/sparql.{ending}", form, Content_Type=FORM),
        server.ask("GET", f"/sparql.csv?{form}&format={ending}"),
        server.ask("GET", f"/sparql.{ending}?{form}%23{'x' * 9_000}"),
    ):
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media)
    relative = server.ask("GET", "/sparql.csv?query=SELECT?x{VALUES?x{%3Ca%3E}}")
    assert relative.text == f"x\r\nhttp://127.0.0.1:{server.port}/a\r\n"
    assert server.ask("GET", f"/sparql.exe?{form}").status == 404
    assert server.ask("GET", "/sparql.ttl").headers["content-type"] == "text/turtle; charset=utf-8"


def test_format_that_an_answer_cannot_have_is_refused(server: RunningServer) -> None:
    answer = server.ask("GET", f"/sparql?query={MADE.replace('<', '%3C').replace('>', '%3E')}&format=csv")
    assert (answer.status, answer.text) == (406, "this is available as turtle, ntriples, jsonld, rdfxml, html\n")
    assert server.ask("GET", "/sparql?query=ASK%7B%7D&format=csv").status == 406


def test_two_formats_are_refused_and_one_named_twice_is_not(server: RunningServer) -> None:
    answer = server.ask("GET", "/sparql?query=ASK%7B%7D&format=json&output=xml")
    assert (answer.status, answer.text) == (400, "the address asks for json and for xml; give one format\n")
    # As SPARQLWrapper sends it.
    answer = server.ask("GET", "/sparql?query=ASK%7B%7D&format=xml&output=xml&results=xml")
    assert answer.headers["content-type"] == "application/sparql-results+xml"
    form = f"query={ROLES.replace('<', '%3C').replace('>', '%3E')}&format=text/tab-separated-values&output=tsv"
    assert server.ask("GET", f"/sparql?{form}").headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    form = f"query={MADE.replace('<', '%3C').replace('>', '%3E')}&format=json&output=jsonld"
    assert server.ask("GET", f"/sparql?{form}").headers["content-type"] == "application/ld+json"
    for empty in ("format=", "format=auto", "format=&output="):
        answer = server.ask("GET", f"/sparql?query=ASK%7B%7D&{empty}", Accept="application/sparql-results+xml")
        assert answer.headers["content-type"] == "application/sparql-results+xml"


@pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")  # its own, of formats that it takes
@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize(
    ("query", "format", "media"),
    [
        (ROLES, SPARQLWrapper.JSON, "application/sparql-results+json"),
        (ROLES, SPARQLWrapper.XML, "application/sparql-results+xml"),
        (ROLES, SPARQLWrapper.CSV, "text/csv"),
        (ROLES, SPARQLWrapper.TSV, "text/tab-separated-values"),
        (MADE, SPARQLWrapper.TURTLE, "text/turtle"),
        (MADE, SPARQLWrapper.N3, "text/turtle"),
        (MADE, SPARQLWrapper.RDFXML, "application/rdf+xml"),
        (MADE, SPARQLWrapper.XML, "application/rdf+xml"),
        (MADE, SPARQLWrapper.JSONLD, "application/ld+json"),
    ],
)
def test_sparqlwrapper_gets_what_it_asks_for(
    server: RunningServer, method: str, query: str, format: str, media: str
) -> None:
    """It names the format four times: in Accept, and as format, output and results."""
    for slash in ("", "/"):
        client = SPARQLWrapper.SPARQLWrapper(f"http://127.0.0.1:{server.port}/sparql{slash}")
        client.setMethod(method)
        client.setQuery(query)
        client.setReturnFormat(format)
        assert client.query().info()["content-type"].partition(";")[0] == media


def test_service_description_has_formats_by_name(server: RunningServer) -> None:
    for value, media in (("turtle", "text/turtle"), ("json", "application/ld+json"), ("nt", "application/n-triples")):
        answer = server.ask("GET", f"/sparql?format={value}", Accept=HTML)
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert server.ask("GET", "/sparql?format=csv").status == 406


# Addresses that people and programs send


def followed(server: RunningServer, method: str, path: str, body: str | None = None, **headers: str) -> HttpAnswer:
    answer = server.ask(method, path, body, **headers)
    assert answer.status == 308
    address = answer.headers["location"]
    assert not urlsplit(address).netloc
    assert not address.startswith("/")
    return server.ask(method, urljoin(path, address), body, **headers)


def test_slash_at_the_end_leads_on(server: RunningServer) -> None:
    for path in (
        "explorer",
        "health",
        "ontology",
        ".well-known/void",
        "dumps/motegraf.ttl",
        "yasgui/start.js",
        "text/dialogmoter-hosten-2014.txt",
        "ontology.ttl",
    ):
        assert followed(server, "GET", f"/{path}/", Accept="text/turtle").status == 200
    for path in (f"about/{PERSON}", "graph/concluded", "about/role", "about/catalogue/meetings", "ontology/0.2.0"):
        assert followed(server, "GET", f"/{path}/", Accept="text/turtle").status == 200
    for path in (PERSON, "role"):
        assert followed(server, "GET", f"/{path}/?lang=en", Accept="text/turtle").status == 303


def test_slash_at_the_end_of_the_endpoint_is_answered(server: RunningServer) -> None:
    """Not every client sends a body again where it is redirected."""
    query = "query=ASK%7B%7D"
    for answer in (
        server.ask("GET", f"/sparql/?{query}"),
        server.ask("POST", "/sparql/", query, Content_Type=FORM),
        server.ask("POST", "/sparql/", "ASK {}", Content_Type=QUERY),
        server.ask("GET", f"/sparql/?query=ASK%7B%7D%23{'x' * 9_000}"),
    ):
        assert (answer.status, answer.json["boolean"]) == (200, True)
    assert (
        server.ask("GET", f"/sparql.csv/?query={ROLES.replace('<', '%3C').replace('>', '%3E')}").text
        == "role\r\nurn:a\r\n"
    )
    assert server.ask("GET", "/graphs/?default").body == server.ask("GET", "/graphs?default").body
    assert server.ask("GET", "/sparql/").body == server.ask("GET", "/sparql").body
    moved = server.ask("GET", "/sparql/", Accept=HTML)
    assert urljoin("/sparql/", moved.headers["location"]) == "/query/"


def test_query_sent_to_no_endpoint_is_told_where_to_go(server: RunningServer) -> None:
    answer = server.ask("POST", "/", "query=ASK%7B%7D", Content_Type=FORM)
    words = "this address takes no such request; the server is read-only; queries are sent to /sparql\n"
    assert (answer.status, answer.text) == (405, words)


@pytest.mark.parametrize("path", ["//evil.example/", "/none/", "//", "/%2f%2fevil.example/", "/about//"])
def test_slash_at_the_end_of_nothing_leads_nowhere(server: RunningServer, path: str) -> None:
    answer = server.ask("GET", path)
    assert (answer.status, "location" in answer.headers) == (404, False)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("person/j%C3%B8ran-kallmyr", "person/joran-kallmyr"),
        ("person/jo%CC%88ran-kallmyr", "person/joran-kallmyr"),
        ("person/J%C3%B8ran%20Kallmyr", "person/joran-kallmyr"),
        ("Person/Laila_Bokhari", PERSON),
        ("person/LAILA-BOKHARI", PERSON),
        ("person/laila-bokhari.", PERSON),
        ("question/who_met_whom", "question/who-met-whom"),
    ],
)
def test_a_name_in_another_spelling_leads_to_what_has_it(server: RunningServer, path: str, meant: str) -> None:
    for accept in (HTML, "text/turtle"):
        answer = server.ask("GET", f"/about/{path}?lang=en", Accept=accept)
        assert answer.status == 308
        assert urljoin(f"/about/{path}", answer.headers["location"]) == f"/about/{meant}?lang=en"
        # People are led on from a question to its form.
        led_on = meant.startswith("question/") and accept == HTML
        assert server.ask("GET", f"/about/{meant}", Accept=accept).status == (303 if led_on else 200)
    assert server.ask("GET", f"/{path}").status == 303


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("person/laila-bokharii", PERSON),
        ("persons/laila-bokhari", PERSON),
        ("person/minotenk", "organisation/minotenk"),
        ("person/bokhari", PERSON),
        ("event/haugesund-2014-11", "event/haugesund-2014-12"),
        ("organization/stavanger-kommune", "organisation/stavanger-kommune"),
        ("question/who_meets_whom", "question/who-met-whom"),
        ("claim/dialogmoter-hosten-2014.haugesund-2014-1", "claim/dialogmoter-hosten-2014.haugesund-2014-12"),
        ("catalogue/meeting", "catalogue/meetings"),
        ("person/laila-bokhar.ttl", PERSON),
    ],
)
def test_near_miss_names_what_may_be_meant(server: RunningServer, path: str, meant: str) -> None:
    assert server.ask("GET", f"/{path}").status == 303
    answer = server.ask("GET", f"/about/{path}", Accept="text/turtle")
    assert answer.status == 404
    assert answer.text.startswith("there is nothing of this name; did you mean ")
    assert f"{BASE}{meant}" in answer.text
    if not path.endswith(".ttl"):
        page = server.ask("GET", f"/about/{path}", Accept=HTML)
        assert (page.status, f"about/{meant}" in page.text) == (404, True)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("minotenk", "about/organisation/minotenk"),
        ("Laila%20Bokhari", "about/person/laila-bokhari"),
        ("laila-bokari", "about/person/laila-bokhari"),
        ("1106", "about/area/no/kommune/1106"),
        ("people/", "person/"),
        ("persons", "person/"),
        ("m%C3%B8ter", "event/"),
        ("about/sources", "source/"),
        ("none/bokhari", "about/person/laila-bokhari"),
    ],
)
def test_an_address_of_no_kind_names_what_may_be_meant(server: RunningServer, path: str, meant: str) -> None:
    page = server.ask("GET", f"/{path}", Accept=HTML, Accept_Language="nb")
    assert page.status == 404
    name = unquote(path).rstrip("/").rpartition("/")[2]
    assert f"Fant ikke «{name}». Mente du …?" in words_of(page.text)
    links = re.findall('class="row"><a href="([^"]+)"', page.text)
    assert urljoin(f"/{path}", links[0]) == f"/{meant}"
    # Search goes on with the name.
    assert f'search?q={quote(name).replace("%20", "+")}"' in page.text
    english = server.ask("GET", f"/{path}", Accept=HTML, Accept_Language="en")
    assert f"“{name}” was not found. Did you mean …?" in words_of(english.text)


def test_an_address_that_is_like_nothing_says_so(server: RunningServer) -> None:
    page = server.ask("GET", "/qqqqqqqqq", Accept=HTML, Accept_Language="nb")
    assert (page.status, "Ingen navn ligner på det." in page.text) == (404, True)
    text = server.ask("GET", "/qqqqqqqqq", Accept="*/*")
    assert (text.status, text.text) == (404, "nothing has this address\n")


def test_a_long_address_that_nothing_has_is_shown_by_its_beginning(server: RunningServer) -> None:
    long = server.ask("GET", f"/about/event/{'a' * 7_900}", Accept=HTML, Accept_Language="en")
    short = server.ask("GET", "/about/event/aaaa", Accept=HTML, Accept_Language="en")
    assert (long.status, "aaa…” was not found" in long.text) == (404, True)
    assert len(long.body) < len(short.body) + 2_000


def test_near_miss_of_a_graph_names_what_may_be_meant(server: RunningServer) -> None:
    answer = server.ask("GET", "/graph/concludd", Accept="text/turtle")
    assert answer.status == 404
    assert answer.text == f"there is no graph {BASE}graph/concludd. Did you mean {BASE}graph/concluded?\n"
