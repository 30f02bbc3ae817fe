"""The SPARQL 1.1 Protocol, Service Description and Graph Store Protocol over HTTP, each test named after a W3C case.

Cases that write (``update_*``, ``PUT``, ``DELETE``, ``POST`` and ``PATCH`` of graphs) are here as what they must be:
refused. ``test_server_w3c_protocol.py`` has the W3C's cases of the protocol one by one.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Store, parse, parse_query_results
from serving import HttpAnswer, RunningServer, serving

from graph.rdf.terms import iri

pytestmark = pytest.mark.server

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
SD = "http://www.w3.org/ns/sparql-service-description#"
CONCLUDED, SOURCES = (f"https://w3id.org/motegraf/graph/{name}" for name in ("concluded", "sources"))
NAMES_OF_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
ROLES = "SELECT ?role { VALUES ?role { <urn:a> } }"
UPDATES = ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "CLEAR DEFAULT", "LOAD <http://127.0.0.1:9/>")


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of the first page."""
    folder = tmp_path_factory.mktemp("served")
    with serving(built, folder / "log") as running:
        yield running


@pytest.fixture(scope="module")
def whole(built: Path) -> Store:
    """What is served, read from its file."""
    store = Store()
    store.load(path=built / "motegraf.nq", format=RdfFormat.N_QUADS)
    return store


def column(answer: HttpAnswer) -> list[str]:
    """The only column of a table in JSON."""
    assert answer.status == 200, answer.text
    found = json.loads(answer.body)
    (name,) = found["head"]["vars"]
    return [row[name]["value"] for row in found["results"]["bindings"]]


def truth(answer: HttpAnswer) -> bool:
    assert answer.status == 200, answer.text
    return json.loads(answer.body)["boolean"]


def with_graphs(query: str, defaults: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> str:
    return urlencode(
        [
            ("query", query),
            *(("default-graph-uri", each) for each in defaults),
            *(("named-graph-uri", each) for each in named),
        ]
    )


# Query operation (SPARQL 1.1 Protocol, section 2.1; data-sparql11/protocol)


def test_query_get(server: RunningServer) -> None:
    assert truth(server.get("ASK {}"))


def test_query_post_form(server: RunningServer) -> None:
    assert truth(server.ask("POST", "/sparql", "query=ASK%20%7B%7D", Content_Type=FORM))


def test_query_post_direct(server: RunningServer) -> None:
    assert truth(server.ask("POST", "/sparql", "ASK {}", Content_Type=f"{QUERY}; charset=utf-8"))


def test_query_head(server: RunningServer) -> None:
    got, head = server.get(ROLES), server.ask("HEAD", f"/sparql?query={quote(ROLES, safe='')}")
    assert (head.status, head.body) == (200, b"")
    assert {name: head.headers[name] for name in ("etag", "content-type", "content-length")} == {
        name: got.headers[name] for name in ("etag", "content-type", "content-length")
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_query_dataset_default_graph(server: RunningServer, whole: Store, method: str) -> None:
    form = with_graphs("SELECT ?s { ?s ?p ?o }", (SOURCES,))
    answer = (
        server.ask("GET", f"/sparql?{form}")
        if method == "GET"
        else server.ask("POST", "/sparql", form, Content_Type=FORM)
    )
    assert sorted(column(answer)) == sorted(
        quad.subject.value for quad in whole.quads_for_pattern(None, None, None, NamedNode(SOURCES))
    )


def test_query_dataset_default_graphs_post_direct(server: RunningServer) -> None:
    parameters = urlencode([("default-graph-uri", SOURCES), ("default-graph-uri", CONCLUDED)])
    query = f"ASK {{ ?page a <{iri('schema:WebPage').value}> . ?event a <{iri('schema:Event').value}> }}"
    assert truth(server.ask("POST", f"/sparql?{parameters}", query, Content_Type=QUERY))


def test_query_dataset_named_graphs(server: RunningServer) -> None:
    form = with_graphs(NAMES_OF_GRAPHS, named=(SOURCES, CONCLUDED))
    assert column(server.ask("GET", f"/sparql?{form}")) == [CONCLUDED, SOURCES]


def test_query_dataset_full(server: RunningServer) -> None:
    form = with_graphs("SELECT DISTINCT ?g { ?s ?p ?o . GRAPH ?g { ?t ?q ?r } }", (SOURCES,), (CONCLUDED,))
    assert column(server.ask("GET", f"/sparql?{form}")) == [CONCLUDED]


def test_query_multiple_dataset(server: RunningServer) -> None:
    """What the request says of graphs goes before what the query says."""
    form = with_graphs(f"SELECT DISTINCT ?g FROM NAMED <{CONCLUDED}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", named=(SOURCES,))
    assert column(server.ask("GET", f"/sparql?{form}")) == [SOURCES]


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:9/", "urn:none"])
def test_query_dataset_of_others_is_empty(server: RunningServer, graph: str) -> None:
    assert not truth(server.ask("GET", f"/sparql?{with_graphs('ASK { ?s ?p ?o }', (graph,))}"))
    assert not truth(server.ask("GET", f"/sparql?{with_graphs('ASK { GRAPH ?g { ?s ?p ?o } }', named=(graph,))}"))
    assert not truth(server.get(f"ASK FROM <{graph}> {{ ?s ?p ?o }}"))
    assert not truth(server.get(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))


def test_default_graph_is_the_union(server: RunningServer, whole: Store) -> None:
    count = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    assert column(server.get(count)) == [str(len({str(quad.triple) for quad in whole}))]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        ("text/csv, application/sparql-results+json;q=0.9", "text/csv; charset=utf-8"),
        ("text/turtle, application/json;q=0.5", "application/sparql-results+json"),
        ("text/*;q=0.5", "text/csv; charset=utf-8"),
    ],
)
def test_query_content_type_select(server: RunningServer, accept: str, media: str) -> None:
    answer = server.get(ROLES, Accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (200, media)
    if "csv" in media:
        assert answer.body == b"role\r\nurn:a\r\n"
    else:
        rows = parse_query_results(answer.body, QueryResultsFormat.from_media_type(media))
        assert [[cell.value for cell in row] for row in rows] == [["urn:a"]]


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_query_content_type_ask(server: RunningServer, media: str) -> None:
    answer = server.get("ASK {}", Accept=media)
    assert (answer.status, answer.headers["content-type"]) == (200, media)
    assert b"true" in answer.body


@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{SOURCES}>"])
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/n3", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_query_content_type_construct_and_describe(
    server: RunningServer, whole: Store, form: str, accept: str, media: str
) -> None:
    answer = server.get(form, Accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (200, media)
    given = {quad.triple for quad in parse(answer.body, format=RdfFormat.from_media_type(media))}
    assert given == set(whole.query(form, use_default_graph_as_union=True))


def test_unacceptable_format_returns_406(server: RunningServer) -> None:
    for query, other in [(ROLES, "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), ("ASK {}", "text/csv")]:
        answer = server.get(query, Accept=other)
        assert answer.status == 406
        assert other not in answer.text
    assert server.get(ROLES, Accept="*/*;q=0").status == 406


def test_bad_query_method(server: RunningServer) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = server.ask(method, "/sparql?query=ASK%7B%7D")
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_bad_multiple_queries(server: RunningServer) -> None:
    assert server.ask("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400
    assert server.ask("POST", "/sparql?query=ASK%7B%7D", "ASK {}", Content_Type=QUERY).status == 400
    assert server.ask("POST", "/sparql?query=ASK%7B%7D", "query=ASK%7B%7D", Content_Type=FORM).status == 400


def test_bad_query_wrong_media_type(server: RunningServer) -> None:
    assert server.ask("POST", "/sparql", "ASK {}", Content_Type="text/plain").status == 415


def test_bad_query_missing_type(server: RunningServer) -> None:
    assert server.ask("POST", "/sparql", "query=ASK%7B%7D").status == 415
    assert server.ask("POST", "/sparql", "ASK {}").status == 415


def test_bad_query_non_utf8(server: RunningServer) -> None:
    assert server.ask("POST", "/sparql", "ASK {}".encode("utf-16"), Content_Type=QUERY).status == 400
    assert server.ask("POST", "/sparql", "ASK {}", Content_Type=f"{QUERY}; charset=utf-16").status == 415
    assert server.ask("GET", "/sparql?query=ASK%7B%7D%FF").status == 400
    assert server.ask("POST", "/sparql", b"query=ASK%7B%7D\xff", Content_Type=FORM).status == 400


def test_bad_query_syntax(server: RunningServer) -> None:
    answer = server.get("ASK {")
    assert (answer.status, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert answer.text == "line 1, column 5: { is not closed\n  ASK {\n      ^\n"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ASK { ?s a mgg:Event }", "line 1, column 12: the prefix mgg: is not known. Did you mean mg?\n"),
        ("ASK {\n  ?s rdfs:label 'å'\n  FILTER(?s = )\n}", "line 3, column 3: what stands here is not understood\n"),
        ("SELECT ?x { } GROUP BY ?y", "this is not SPARQL: The SELECT contains a variable that is unbound\n"),
        ("ASK { ?s ?p }" + " " * 5_000, "this is not SPARQL: error at 1:"),
        ("ASK " + "{" * 100 + "?s" + "}" * 100, "this is not SPARQL: error at 1:"),
        (" \n", "there is no query; give query=\n"),
    ],
)
def test_syntax_error_names_its_position(server: RunningServer, query: str, words: str) -> None:
    answer = server.query(query)
    assert answer.status == 400
    assert answer.text.startswith(words)


def test_bad_query_none(server: RunningServer) -> None:
    assert server.ask("POST", "/sparql", "", Content_Type=FORM).status == 400
    assert server.ask("POST", "/sparql", "", Content_Type=QUERY).status == 400
    assert server.ask("GET", f"/sparql?default-graph-uri={quote(SOURCES, safe='')}").status == 400


def test_bad_graph(server: RunningServer) -> None:
    for graph in ("relative", "http://a b/", "<x>"):
        assert server.ask("GET", f"/sparql?{with_graphs('ASK {}', (graph,))}").status == 400


def test_graph_field_that_nobody_filled_in_names_no_graph(server: RunningServer) -> None:
    """Virtuoso's form sends such fields, and its addresses are copied."""
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    expected = column(server.get(everything))
    other = "&format=auto&timeout=0&debug=on&should-sponge=&run=+Run+Query+"
    for form in (with_graphs(everything, ("",)) + other, with_graphs(everything, ("",), ("",)) + other):
        assert column(server.ask("GET", f"/sparql?{form}")) == expected
        assert column(server.ask("POST", "/sparql", form, Content_Type=FORM)) == expected
    form = with_graphs(NAMES_OF_GRAPHS, ("",), (SOURCES,))
    assert column(server.ask("GET", f"/sparql?{form}")) == [SOURCES]
    assert server.ask("GET", "/sparql?default-graph-uri=").status == 200
    assert server.ask("GET", "/graphs?graph=").status == 400


def test_query_with_relative_iris(server: RunningServer) -> None:
    """Without BASE, the address of the request is the base (SPARQL 1.1 Protocol, section 2.1; RFC 3986, 5.1.3)."""
    own = f"http://127.0.0.1:{server.port}/"
    query = "SELECT ?x { VALUES ?x { <person/a> </b> <#c> <> } }"
    expected = [f"{own}person/a", f"{own}b", f"{own}sparql#c", f"{own}sparql"]
    for answer in (
        server.get(query),
        server.query(query),
        server.ask("POST", "/sparql", query, Content_Type=QUERY),
        server.ask("POST", "/sparql?format=json", query, Content_Type=QUERY),
    ):
        assert column(answer) == expected
    assert column(server.get(f"BASE <http://example.org/x/> {query}"))[0] == "http://example.org/x/person/a"
    assert column(server.get(f"BASE <x/> {query}"))[0] == f"{own}x/person/a"
    assert column(server.get("PREFIX p: <y#> SELECT ?x { VALUES ?x { p:z } }")) == [f"{own}y#z"]
    assert truth(server.get("ASK FROM <graph/concluded> { ?s ?p ?o }")) is False
    assert server.get("SELECT * { SERVICE <sparql> { ?s ?p ?o } }").status == 403
    assert server.query("LOAD <dumps/motegraf.nq>").status == 403
    # What is wrong elsewhere is still shown where it stands.
    answer = server.get("SELECT * {\n  <a> ?p }")
    assert (answer.status, answer.text) == (
        400,
        "line 2, column 3: what stands here is not understood\n    <a> ?p }\n    ^\n",
    )


def test_byte_order_mark_before_a_query_is_ignored(server: RunningServer) -> None:
    mark = "\ufeff"
    for answer in (
        server.get(f"{mark}ASK {{}}"),
        server.query(f"{mark}ASK {{}}"),
        server.ask("POST", "/sparql", f"{mark}ASK {{}}", Content_Type=QUERY),
        server.ask("POST", "/sparql", f"{mark}query=ASK%7B%7D", Content_Type=FORM),
        server.ask("GET", f"/sparql?{quote(mark)}query=ASK%7B%7D"),
    ):
        assert truth(answer)
    refused = [
        server.query(f"{mark}DROP ALL"),
        server.ask("POST", "/sparql", f"{mark}update=DROP%20ALL", Content_Type=FORM),
        server.ask("POST", "/sparql", f"{mark}DROP ALL", Content_Type=UPDATE),
    ]
    assert [answer.status for answer in refused] == [403, 403, 403]
    assert server.query(f"{mark} ").status == 400


# Update operation (section 2.2): there is none.


@pytest.mark.parametrize("update", UPDATES)
def test_updates_are_refused_in_every_form(server: RunningServer, whole: Store, update: str) -> None:
    form = urlencode({"update": update})
    refused = [
        server.ask("POST", "/sparql", form, Content_Type=FORM),
        server.ask("POST", "/sparql", update, Content_Type=UPDATE),
        server.ask("GET", f"/sparql?{form}"),
        server.ask("POST", f"/sparql?{form}", "ASK {}", Content_Type=QUERY),
        server.ask("POST", f"/sparql?{form}", "query=ASK%7B%7D", Content_Type=FORM),
        server.get(update),
        server.query(update),
        server.ask("POST", "/sparql", update, Content_Type=QUERY),
        server.ask("POST", f"/sparql?using-graph-uri={quote(SOURCES, safe='')}", "query=ASK%7B%7D", Content_Type=FORM),
    ]
    assert [answer.status for answer in refused] == [403, 403, 403, 400, 403, 403, 403, 403, 403]
    for path in ("/update", "/sparql/update"):
        assert server.ask("POST", path, form, Content_Type=FORM).status in (404, 405)
    assert column(server.get("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) == [str(len(whole))]


def test_prefixed_name_with_several_dots_is_one_name(server: RunningServer) -> None:
    name = "claim:dialogmoter-hosten-2014.toppmote-2015.justis-og-beredskapsminister.participant"
    assert server.query(f"ASK {{ {name} mg:role role:participant }}").json["boolean"] is True


# Service description (SPARQL 1.1 Service Description, section 2)


def described(server: RunningServer, **headers: str) -> Store:
    answer = server.ask("GET", "/sparql", **headers)
    assert answer.status == 200
    store = Store()
    store.load(answer.body, format=RdfFormat.from_media_type(answer.headers["content-type"]))
    return store


def test_service_description_is_returned_as_rdf(server: RunningServer) -> None:
    described(server)
    plain = {quad.triple for quad in described(server, Accept="application/n-triples")}
    for media in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        assert {quad.triple for quad in described(server, Accept=media)} == plain
    assert server.ask("GET", "/sparql", Accept="text/csv").status == 406


def test_service_description_has_the_endpoint(server: RunningServer) -> None:
    found = [quad.object.value for quad in described(server).quads_for_pattern(None, NamedNode(f"{SD}endpoint"), None)]
    assert found == [f"http://127.0.0.1:{server.port}/sparql"]


def test_service_description_is_conformant(server: RunningServer, whole: Store) -> None:
    """Each thing has the class that the range of its property says, and all graphs are named."""
    store = described(server)
    rows = store.query(
        f"""PREFIX sd: <{SD}> SELECT ?service ?dataset ?default {{
          ?service a sd:Service ; sd:defaultDataset ?dataset ; sd:supportedLanguage sd:SPARQL11Query ;
            sd:feature sd:UnionDefaultGraph .
          ?dataset a sd:Dataset ; sd:defaultGraph ?default . ?default a sd:Graph }}"""
    )
    own = f"http://127.0.0.1:{server.port}/sparql"
    assert [[cell.value for cell in row] for row in rows] == [[f"{own}#service", f"{own}#dataset", f"{own}#union"]]
    names = store.query(
        f"PREFIX sd: <{SD}> SELECT ?name {{ ?d sd:namedGraph ?g . ?g a sd:NamedGraph ; sd:name ?name }}"
    )
    assert {row["name"] for row in names} == set(whole.named_graphs())


# Graph Store HTTP Protocol (sections 4 and 5), reading


def test_get_of_a_graph(server: RunningServer, whole: Store) -> None:
    for name in (SOURCES, CONCLUDED):
        answer = server.ask("GET", f"/graphs?graph={quote(name, safe='')}", Accept="application/n-triples")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/n-triples")
        given = {quad.triple for quad in parse(answer.body, format=RdfFormat.N_TRIPLES)}
        assert given == {quad.triple for quad in whole.quads_for_pattern(None, None, None, NamedNode(name))}


def test_get_of_the_default_graph(server: RunningServer, whole: Store) -> None:
    answer = server.ask("GET", "/graphs?default")
    assert {quad.triple for quad in parse(answer.body, format=RdfFormat.TURTLE)} == {quad.triple for quad in whole}


def test_head_of_a_graph(server: RunningServer) -> None:
    path = f"/graphs?graph={quote(SOURCES, safe='')}"
    got, head = server.ask("GET", path), server.ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))


def test_get_of_a_graph_that_does_not_exist(server: RunningServer) -> None:
    for name in ("urn:none", "file:///etc/passwd"):
        for method in ("GET", "HEAD"):
            assert server.ask(method, f"/graphs?graph={quote(name, safe='')}").status == 404


def test_get_of_no_graph_or_of_two(server: RunningServer) -> None:
    for parameters in ("", "?graph=urn:a&graph=urn:b", "?default&graph=urn:a", "?graph=relative", "?graphs=urn:a"):
        assert server.ask("GET", f"/graphs{parameters}").status == 400


def test_get_of_a_graph_in_an_unacceptable_format_returns_406(server: RunningServer) -> None:
    assert server.ask("GET", "/graphs?default", Accept="text/csv").status == 406


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "PATCH"])
def test_writing_graphs_returns_405(server: RunningServer, whole: Store, method: str) -> None:
    for parameters in ("?default", f"?graph={quote(SOURCES, safe='')}", "?graph=urn:new", ""):
        body = "<urn:a> <urn:b> <urn:c> ."
        assert server.ask(method, f"/graphs{parameters}", body, Content_Type="text/turtle").status == 405
    assert column(server.get("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) == [str(len(whole))]


# Around the protocol


def test_if_none_match_returns_304(server: RunningServer) -> None:
    first = server.get(ROLES)
    again = server.get(ROLES, If_None_Match=first.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = server.get("SELECT ?role { VALUES ?role { <urn:b> } }", If_None_Match=first.headers["etag"])
    assert other.status == 200


def test_answer_is_compressed_where_gzip_is_accepted(server: RunningServer) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    plain, packed = server.get(query), server.get(query, Accept_Encoding="br, gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in server.get(query, Accept_Encoding="gzip;q=0").headers


def test_answer_for_a_browser_has_no_script(server: RunningServer) -> None:
    answer = server.get(ROLES, Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<bdi>urn:a</bdi>" in answer.text


@pytest.mark.parametrize("media", ["text/html", "application/ld+json", "text/turtle", "application/rdf+xml"])
@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s ?p ?t } { ?s ?p ?o BIND(TRIPLE(?s, ?p, ?o) AS ?t) }",
        "SELECT ?t { BIND(TRIPLE(<a:s>, <a:p>, 1) AS ?t) }",
    ],
)
def test_triple_terms_return_400_and_end_no_worker(server: RunningServer, query: str, media: str) -> None:
    answer = server.get(query, Accept=f"{media}, application/sparql-results+json;q=0.5")
    assert (answer.status, "ask for its parts" in answer.text) == (400, True)


def test_characters_outside_xml_return_400(server: RunningServer) -> None:
    answer = server.get('CONSTRUCT { <a:s> <a:p> "a\\u0001b" } {}', Accept="application/rdf+xml")
    assert (answer.status, "U+0001" in answer.text) == (400, True)


def test_cors_allows_reading_from_any_origin(server: RunningServer) -> None:
    answer = server.get("ASK {}", Origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = server.ask("OPTIONS", "/sparql", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert (asked.status, asked.body) == (204, b"")
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, POST"


def test_own_client_reads_the_answers(server: RunningServer, built: Path) -> None:
    from graph.query.endpoint.client import connect_endpoint
    from graph.query.stores import connect_build

    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 50"
    assert connect_endpoint(f"http://127.0.0.1:{server.port}/sparql")(query) == connect_build(built)(query)


def test_truncated_answer_is_marked(built: Path, tmp_path: Path) -> None:
    from graph.query.endpoint.client import connect_endpoint
    from graph.query.results import QueryError

    with serving(built, tmp_path / "log", max_rows=3) as small:
        answer = small.get("SELECT ?s { ?s ?p ?o }")
        assert len(column(answer)) == 3
        assert (answer.headers["x-sparql-maxrows"], answer.headers["x-motegraf-cut"]) == ("3", "rows")
        whole = small.get("SELECT ?s { ?s ?p ?o } LIMIT 3")
        assert "x-motegraf-cut" not in whole.headers
        page = small.get("SELECT ?s { ?s ?p ?o }", Accept="text/html", Accept_Language="en")
        assert "These are only the first 3 rows; there are more." in page.text
        with pytest.raises(QueryError, match="3"):
            connect_endpoint(f"http://127.0.0.1:{small.port}/sparql")("SELECT ?s { ?s ?p ?o }")
