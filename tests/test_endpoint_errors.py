"""Every fault of an endpoint, or of what lies between, is an error that says what happened and what to do."""

import json
import re
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple
from servers import JSON, NOTHING, OURS, Request, Response, free_port, raw_server, stub_server

from graph.query.endpoint import errors, http, response, results
from graph.query.endpoint.client import connect_endpoint
from graph.query.results import BooleanResult, InvalidQueryError, QueryError, Table, TriplesResult

pytestmark = pytest.mark.server

# A query that says its graphs is sent at once, whatever the endpoint holds.
QUERY = "SELECT ?claim FROM <https://example.org/g> WHERE { ?claim a <https://example.org/c> }"
ANSWER = Table(("claim",), [(NamedNode("https://example.org/c"),)])
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"


def why(url: str, query: str = QUERY, **options: float) -> str:
    """Why there is no answer: one line, without a query in it."""
    with pytest.raises(QueryError) as raised:
        connect_endpoint(url, **options)(query)
    sentence = str(raised.value)
    assert "\n" not in sentence
    assert "example.org/c" not in sentence
    return sentence


def always(status: int, body: bytes = b"", **headers: str) -> Callable[[Request], Response]:
    """Every request is answered alike."""
    return lambda _: (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    sentence = "no address is known for no-such-host.invalid; is it spelt right, and is this machine on the net?"
    assert why("http://no-such-host.invalid/sparql") == sentence


def test_connection_refused() -> None:
    port = free_port()
    expected = f"nothing listens at 127.0.0.1, port {port}; is the server running?"
    assert why(f"http://127.0.0.1:{port}/sparql") == expected


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (400, "{} does not understand the query: line 1: no such thing"),
        (
            401,
            "{} requires credentials (401), and none were found: looked in the address, "
            "MOTEGRAF_ENDPOINT_TOKEN, MOTEGRAF_ENDPOINT_USER with MOTEGRAF_ENDPOINT_PASSWORD, or netrc for 127.0.0.1: "
            "line 1: no such thing",
        ),
        (
            404,
            "there is nothing at {} (404); is this the address for queries? It often ends in /sparql or /query",
        ),
        (500, "{} answered with status 500: line 1: no such thing"),
        (502, "{} cannot answer at present (502): line 1: no such thing"),
        (204, "{} answered with status 204"),
    ],
)
def test_http_error_status(status: int, means: str) -> None:
    words = (
        b"" if status == 204 else b"<html><head><title>x</title></head>line 1:\r\n\x1b[31m no <b>such</b> thing</html>"
    )
    with stub_server(always(status, words)) as server:
        assert why(server.url) == means.format(server.url)
        assert len(server.requests) == 1


def test_error_text_of_a_server_is_shortened() -> None:
    with stub_server(always(500, b"x" * 5000)) as server:
        assert why(server.url) == f"{server.url} answered with status 500: {'x' * 399}…"


def test_status_400_is_an_invalid_query() -> None:
    with stub_server(always(400)) as server, pytest.raises(InvalidQueryError):
        connect_endpoint(server.url)(QUERY)


@pytest.mark.parametrize("status", [405, 414])
def test_other_method_is_tried_once(status: int) -> None:
    refusing = {"GET": (status, {}, b""), "POST": (200, JSON, OURS)}
    with stub_server(lambda request: refusing[request.method]) as server:
        assert connect_endpoint(server.url)(QUERY) == ANSWER
        assert [request.method for request in server.requests] == ["GET", "POST"]


def test_each_method_is_tried_once() -> None:
    with stub_server(always(405)) as server:
        assert why(server.url) == f"{server.url} answered with status 405"
        methods = [(request.method, request.headers.get("Content-Type")) for request in server.requests]
    form = "application/x-www-form-urlencoded"
    assert methods == [("GET", None), ("POST", form), ("POST", "application/sparql-query")]


def test_long_query_is_sent_by_post() -> None:
    with stub_server(always(200, OURS, **{"Content-Type": JSON["Content-Type"]})) as server:
        long = QUERY.replace(
            "<https://example.org/c>", " ".join(f"<https://example.org/{n}>," for n in range(99)) + "1"
        )
        connect_endpoint(server.url)(long)
        assert [(request.method, request.query) for request in server.requests] == [("POST", long)]


def test_request_headers_are_minimal() -> None:
    with stub_server(always(200, OURS, **JSON)) as server:
        connect_endpoint(f"{server.url}?key=a+b#part")(QUERY)
        (request,) = server.requests
    assert request.parameters == [("key", "a b"), ("query", QUERY)]
    assert request.headers["Accept"] == "application/sparql-results+json, application/sparql-results+xml;q=0.8"
    assert request.headers["User-Agent"] == "motegraf"
    assert "Authorization" not in request.headers


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>Hello", b"\n<html><body>Hello</body></html>"])
def test_html_page_instead_of_a_result(body: bytes) -> None:
    with stub_server(always(200, body, Content_Type="text/html")) as server:
        sentence = f"{server.url} is a web page, no endpoint; the address for queries often ends in /sparql or /query"
        assert why(server.url) == sentence
        assert why(server.url, QUERY.replace("SELECT ?claim", "CONSTRUCT { ?claim a 1 }")) == sentence


def test_malformed_result() -> None:
    with stub_server(always(200, b'{"status": "ok"}', Content_Type="application/json")) as server:
        expected = (
            f"{server.url} answers with application/json, and it is no answer to SPARQL: SPARQL JSON results must "
            "contain a 'boolean' or a 'results' key"
        )
        assert why(server.url) == expected


def test_unexpected_media_type() -> None:
    with stub_server(always(200, b"claim\r\nx\r\n", Content_Type="text/csv")) as server:
        assert why(server.url) == f"{server.url} answers with text/csv, and it is no answer to SPARQL"


@pytest.mark.parametrize(
    "sent",
    [
        HEAD + b"Content-Length: 500\r\n\r\n" + OURS,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n6d\r\n" + OURS + b"\r\n",
        HEAD + b"\r\n" + OURS[:-3],
        HEAD + b"\r\n" + OURS[:60],
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+xml\r\n\r\n"
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="claim"/></head><results>'
        b"<result><binding name='claim'><uri>https://example.org/x</uri></binding></result>",
    ],
    ids=["short", "chunks", "end of JSON", "middle of JSON", "XML"],
)
def test_truncated_response(sent: bytes) -> None:
    with raw_server(sent) as server:
        body = len(sent.partition(b"\r\n\r\n")[2].removeprefix(b"6d\r\n").removesuffix(b"\r\n"))
        assert why(server.url) == f"the answer of {server.url} breaks off after {body:,} bytes; nothing of it is used"


def test_closed_connection() -> None:
    with raw_server(b"") as server:
        assert why(server.url) == f"{server.url} broke off before it answered"


def test_response_that_is_not_http() -> None:
    with raw_server(b"SSH-2.0-OpenSSH_9.2\r\n") as server:
        expected = f"{server.url} answers, but not as a web server does; is host and port right?"
        assert why(server.url) == expected


def test_silent_server_times_out() -> None:
    with raw_server(b"x", pause=3) as server:
        assert why(server.url, timeout=0.3) == f"no whole answer from {server.url} within 0.3 s; --timeout waits longer"


def test_endless_response_times_out() -> None:
    """Each byte comes in time, and the answer does not."""
    with raw_server(HEAD + b"\r\n", *[b" "] * 100, pause=0.1) as server:
        assert why(server.url, timeout=0.5) == f"no whole answer from {server.url} within 0.5 s; --timeout waits longer"


@pytest.mark.parametrize("length", [True, False], ids=["said", "unsaid"])
def test_response_above_size_limit(monkeypatch: pytest.MonkeyPatch, length: bool) -> None:
    monkeypatch.setattr(response, "MAX_BYTES", 100)
    head = HEAD + (f"Content-Length: {len(OURS)}\r\n".encode() if length else b"")
    with raw_server(head + b"\r\n" + OURS) as server:
        assert why(server.url) == f"the answer of {server.url} is larger than 100 bytes; ask for less of it"


def test_compressed_response() -> None:
    with stub_server(always(200, OURS, Content_Encoding="gzip", **JSON)) as server:
        assert why(server.url) == f"{server.url} sends a compressed response (gzip), which was not requested"


def test_table_truncated_by_the_server() -> None:
    with stub_server(always(200, OURS, X_SPARQL_MaxRows="1", **JSON)) as server:
        assert why(server.url) == f"{server.url} cuts every table off at 1 rows; ask for less of it"
    with stub_server(always(200, OURS, X_SPARQL_MaxRows="2", **JSON)) as server:
        assert connect_endpoint(server.url)(QUERY) == ANSWER


def test_table_with_missing_column() -> None:
    with stub_server(
        always(200, OURS.replace(b'["claim"]', b'["other"]').replace(b'"claim":', b'"other":'), **JSON)
    ) as server:
        assert why(server.url) == f"the answer of {server.url} has no column 'claim'"


def test_columns_are_in_the_order_of_the_projection() -> None:
    body = b'{"head":{"vars":["b","a"]},"results":{"bindings":[{"b":{"type":"literal","value":"2"}}]}}'
    with stub_server(always(200, body, **JSON)) as server:
        assert connect_endpoint(server.url)("SELECT ?a ?b FROM <a:g> { ?a ?p ?b }") == Table(
            ("a", "b"), [(None, Literal("2"))]
        )


def test_rows_that_a_distinct_table_repeats_are_dropped() -> None:
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[%s]}}' % b",".join(
        [b'{"a":{"type":"literal","value":"2"}}'] * 2
    )
    with stub_server(always(200, body, **JSON)) as server:
        run = connect_endpoint(server.url)
        once, twice = run("SELECT DISTINCT ?a FROM <a:g> { ?a ?p ?b }"), run("SELECT ?a FROM <a:g> { ?a ?p ?b }")
    assert (once, twice) == (Table(("a",), [(Literal("2"),)]), Table(("a",), [(Literal("2"),)] * 2))


@pytest.mark.parametrize("opening", [b"[", b'{"type":"triple","value":{"object":'], ids=["lists", "triples"])
def test_deeply_nested_json_does_not_end_the_process(opening: bytes) -> None:
    body = b'{"head":{"vars":["claim"]},"results":{"bindings":[{"claim":' + opening * 100_000
    with stub_server(always(200, body, **JSON)) as server:
        assert why(server.url) == f"the answer of {server.url} is nested more deeply than any table"
    triples = b"<a:a> <a:b> " + b"<<( <a:s> <a:p> " * 100_000 + b"<a:o> " + b")>> " * 100_000 + b"."
    with stub_server(always(200, triples, Content_Type="text/turtle")) as server:
        expected = f"the answer of {server.url} has statements about statements, which are not read"
        assert why(server.url, "CONSTRUCT FROM <a:g> WHERE { ?s ?p ?o }") == expected


def test_braces_in_strings_do_not_count_as_nesting() -> None:
    words = "{[" * 500
    body = OURS.replace(b'"uri","value":"https://example.org/c"', b'"literal","value":"\\"' + words.encode() + b'"')
    with stub_server(always(200, body, **JSON)) as server:
        assert connect_endpoint(server.url)(QUERY) == Table(("claim",), [(Literal(f'"{words}'),)])


def test_xml_results_are_parsed() -> None:
    body = (
        b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="claim"/>'
        b"</head><results><result><binding name='claim'><uri>https://example.org/c</uri></binding></result></results>"
        b"</sparql>\n"
    )
    for kind in ("application/sparql-results+xml", "text/xml; charset=utf-8", "text/plain"):
        with stub_server(always(200, body, Content_Type=kind)) as server:
            assert connect_endpoint(server.url)(QUERY) == ANSWER


def test_utf_8_is_read_despite_another_declared_charset() -> None:
    body = OURS.replace(b'"uri","value":"https://example.org/c"', '"literal","value":"Ålesund"'.encode())
    with stub_server(always(200, body, Content_Type="application/json; charset=ISO-8859-1")) as server:
        assert connect_endpoint(server.url)(QUERY) == Table(("claim",), [(Literal("Ålesund"),)])


def test_triples_are_parsed() -> None:
    body = b"@prefix a: <a:> . a:s a:p a:o ."
    expected = TriplesResult([Triple(*(NamedNode(f"a:{name}") for name in "spo"))])
    with stub_server(always(200, body, Content_Type="text/turtle")) as server:
        assert connect_endpoint(server.url)("CONSTRUCT FROM <a:g> WHERE { ?s ?p ?o }") == expected
        assert server.requests[0].headers["Accept"] == "application/n-triples, text/turtle;q=0.8"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"head":{},"boolean":true}', True),
        (b'{"head":{},"boolean":false}', False),
        (
            b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"typed-literal","value":"1","datatype":"a:b"}}]}}',
            True,
        ),
        (b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"0"}}]}}', False),
        (b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[]}}', False),
    ],
)
def test_boolean_results_are_parsed(body: bytes, value: bool) -> None:
    with stub_server(always(200, body, **JSON)) as server:
        assert connect_endpoint(server.url)("ASK FROM <a:g> { ?s ?p ?o }") == BooleanResult(value)


def test_table_instead_of_boolean_is_an_error() -> None:
    with stub_server(always(200, NOTHING, **JSON)) as server:
        sentence = f"{server.url} answers with a table to a query for true or false"
        assert why(server.url, "ASK FROM <a:g> { ?s ?p ?o }") == sentence
    with stub_server(always(200, b'{"head":{},"boolean":true}', **JSON)) as server:
        assert why(server.url) == f"{server.url} answers true or false to a query for a table"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [True, False], ids=["date", "seconds"])
def test_retry_after_is_honoured(status: int, dated: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(http.time, "sleep", slept.append)
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True) if dated else "7"
    notes: list[str] = []
    with stub_server(lambda _: (200, JSON, OURS) if slept else (status, {"Retry-After": later}, b"")) as server:
        assert connect_endpoint(server.url, notify=notes.append)(QUERY) == ANSWER
        assert len(server.requests) == 2
    (pause,) = slept
    assert 15 < pause <= 20 if dated else pause == 7
    assert notes == [f"asking {server.url} again in {pause:g} s ({status})"]


def test_total_pause_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(http.time, "sleep", slept.append)
    with stub_server(always(503, b"busy")) as server:
        assert why(server.url) == f"{server.url} cannot answer at present (503): busy"
        assert (len(server.requests), slept) == (4, [1, 2, 4])
    slept.clear()
    with stub_server(always(429, Retry_After="3600")) as server:
        assert why(server.url) == f"{server.url} asks for a pause of 3600 s (429), longer than is waited here"
        assert (len(server.requests), slept) == (1, [])
    for unclear in ("soon", "²", "-1"):
        slept.clear()
        with stub_server(always(503, Retry_After=unclear)) as server:
            why(server.url)
            assert slept == [1, 2, 4]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_on_the_same_server_is_followed(status: int) -> None:
    def answer(request: Request) -> Response:
        moved = (status, {"Location": f"/new?{'&'.join(f'{k}=x' for k, _ in request.parameters)}&dataset=1"}, b"")
        return (200, JSON, OURS) if request.path == "/new" else moved

    with stub_server(answer) as server:
        assert connect_endpoint(server.url)(QUERY) == ANSWER
        assert server.requests[1].parameters == [("dataset", "1"), ("query", QUERY)]


def test_redirect_loop() -> None:
    with stub_server(always(302, Location="/sparql")) as server:
        assert why(server.url) == f"{server.url} redirects more than 5 times; no answer comes"
        assert len(server.requests) == 6


@pytest.mark.parametrize("location", ["http://[", "http://127.0.0.1:x]/"])
def test_redirect_to_malformed_url(location: str) -> None:
    with stub_server(always(302, Location=location)) as server:
        assert why(server.url).startswith(f"{server.url} redirects to ")


def test_self_signed_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    with stub_server(always(200, OURS, **JSON), tls=context(authority.issue_cert("127.0.0.1"))) as server:
        expected = (
            "127.0.0.1 cannot be trusted: its certificate is signed by somebody unknown here; if you trust them, name "
            "theirs in SSL_CERT_FILE"
        )
        assert why(server.url) == expected
        with authority.cert_pem.tempfile() as trusted:
            monkeypatch.setenv("SSL_CERT_FILE", trusted)
            assert connect_endpoint(server.url)(QUERY) == ANSWER


@pytest.mark.parametrize(
    ("host", "expires", "means"),
    [
        ("127.0.0.1", -1, "its certificate has expired"),
        ("example.org", 1, "its certificate is for another host"),
    ],
)
def test_invalid_certificate(host: str, expires: int, means: str, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert(
        host,
        not_before=datetime.now(UTC) - timedelta(days=2),
        not_after=datetime.now(UTC) + timedelta(days=expires),
    )
    with (
        stub_server(always(200, OURS, **JSON), tls=context(issued)) as server,
        authority.cert_pem.tempfile() as trusted,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        assert why(server.url) == f"127.0.0.1 cannot be trusted: {means}"


def context(issued: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(made)
    return made


def test_server_without_tls() -> None:
    with stub_server(always(200, OURS, **JSON)) as server:
        sentence = why(server.url.replace("http://", "https://"))
        assert sentence.startswith(f"no secure connection to 127.0.0.1, port {server.port}: ")
        assert sentence.endswith("; does the server speak http:// there?")


@pytest.mark.parametrize(
    "proxy",
    [
        *("http://[", "http://[::1", "[::x]:80", "http://", "//", ":", "http://x:y", "http://x:99999", "a b"),
        *("http://a..b", f"http://{'a' * 300}", "http://\udcff", "http://u\udcff@", "http://\u202e"),
    ],
)
def test_malformed_proxy_url(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    expected = "the proxy that the environment names is no address; look at http_proxy and https_proxy"
    assert why("http://example.org/sparql") == expected


@pytest.mark.parametrize("address", ["http://\udcff/", "http://x/\udcff", "http://x/?a=\udcff", "http://\udcff:a@x/"])
def test_url_that_is_not_utf_8(address: str) -> None:
    assert why(address).startswith("the address of this endpoint is no address: look ")


def test_unreachable_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("http_proxy", f"http://somebody:secret@{proxy}")
    expected = f"nothing listens at example.org, port 80 through the proxy {proxy}; is the server running?"
    assert why("http://example.org/sparql") == expected


@pytest.mark.parametrize(
    ("address", "means"),
    [
        (
            "https://example.org/sparql",
            "the proxy {} does not let us through to example.org: Tunnel connection failed: 407 No",
        ),
        ("http://example.org/sparql", "the proxy {} requires credentials (407)"),
    ],
)
def test_proxy_that_requires_authentication(address: str, means: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with raw_server(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n") as server:
        proxy = f"127.0.0.1:{server.port}"
        monkeypatch.setenv("http_proxy", f"http://{proxy}")
        monkeypatch.setenv("https_proxy", f"http://{proxy}")
        assert why(address) == means.format(proxy)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/sparql",
        "127.0.0.1:3030/sparql",
        "javascript:alert(1)",
        "http://",
        "http:///sparql",
        "http://127.0.0.1:port/sparql",
        "http://127.0.0.1/a b",
        "http://[::1/sparql",
        "http://x..y/sparql",
        "http://127.0.0.1/sparql?query=ASK{}",
        "",
    ],
)
def test_malformed_endpoint_url(address: str) -> None:
    with pytest.raises(InvalidQueryError, match="endpoint"):
        connect_endpoint(address)


@pytest.mark.parametrize(
    ("query", "means"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "only SELECT, ASK, CONSTRUCT, DESCRIBE are sent to an endpoint"),
        ("LOAD <https://example.org/>", "only SELECT, ASK, CONSTRUCT, DESCRIBE are sent to an endpoint"),
        (
            "SELECT ?s { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
            "SERVICE would make the endpoint call another server",
        ),
        ("SELECT ?s { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "can be read in two ways"),
    ],
)
def test_updates_and_nonsense_are_not_sent(query: str, means: str) -> None:
    with stub_server(always(200, OURS, **JSON)) as server:
        with pytest.raises(InvalidQueryError, match=means):
            connect_endpoint(server.url)(query)
        assert not server.requests


def test_service_needs_allow_service() -> None:
    query = "SELECT ?claim FROM <a:g> { SERVICE <http://127.0.0.1/> { ?claim ?p ?o } }"
    with stub_server(always(200, OURS, **JSON)) as server:
        assert connect_endpoint(server.url, allow_service=True)(query) == ANSWER


WORDS = st.text('{}[]"\\a ')
ROWS = st.lists(st.dictionaries(WORDS, WORDS | st.lists(WORDS) | st.dictionaries(WORDS, WORDS)))


@given(ROWS, st.booleans())
def test_unclosed_braces_are_those_that_nothing_closes(value: object, escaped: bool) -> None:
    body = json.dumps([value], ensure_ascii=escaped).encode()
    assert results._unclosed_braces(body) == b""
    assert results._unclosed_braces(b'{"a":[' + body) == b"{["


class _Counted:
    """A pattern that counts the characters it looks through."""

    def __init__(self, pattern: "re.Pattern[str]", seen: list[int]) -> None:
        self.pattern, self.seen = pattern, seen

    def search(self, text: str, start: int) -> "re.Match[str] | None":
        match = self.pattern.search(text, start)
        self.seen[0] += (match.end() if match else len(text)) - start
        return match


@pytest.mark.parametrize("words", ["<script ", "<script>", "<!-- ", "<style></head", "<head><!--<script>", "</script "])
def test_markup_without_an_end_is_looked_through_once(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [0]
    ends = {name: _Counted(pattern, seen) for name, pattern in errors._ENDS.items()}
    monkeypatch.setattr(errors, "_ENDS", ends)
    text = words * 2_000
    errors.plain_text(text)
    assert seen[0] <= len(ends) * len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<script>a</script >b<!-- c -->d<p class='x'>e", "b d e"),
        ("<SCRIPT src=x>a</STYLE>b</script\n>c", "c"),
        ("<script>a<p>b", "a b"),
        ("1 <2 <script", "1 <2 <script"),
        ("<header>a</header>", "a"),
        ("<ſcript>a</ſcript>b", "<ſcript>a b"),
        (f"a &#{'1' * 5_000}; b", "a b"),
    ],
)
def test_markup_is_left_out(text: str, plain: str) -> None:
    assert errors.plain_text(text) == plain
