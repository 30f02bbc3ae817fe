"""Credentials reach the server that is queried and no other, and appear in no message."""

import base64
import socket
import traceback
from pathlib import Path

import pytest
from servers import JSON, OURS, Request, Response, free_port, raw_server, stub_server

from graph.query.endpoint.client import connect_endpoint
from graph.query.endpoint.credentials import credentials_for
from graph.query.endpoint.urls import parse_endpoint_url, redirect_target
from graph.query.results import InvalidQueryError, QueryError

pytestmark = pytest.mark.server

QUERY = "SELECT ?claim FROM <https://example.org/g> WHERE { ?claim a <https://example.org/c> }"
SECRET = "hemmelig-7f3a"
BASIC = "Basic " + base64.b64encode(f"kari:{SECRET}".encode()).decode()
NOT_UTF_8 = "the user's name or the password of MOTEGRAF_ENDPOINT_USER is not UTF-8"
ENCODED = BASIC.removeprefix("Basic ")


def ours(_: Request) -> Response:
    return 200, JSON, OURS


def with_user(url: str, user: str = f"kari:{SECRET}") -> str:
    return url.replace("://", f"://{user}@")


def sent_to(url: str, monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    connect_endpoint(url)(QUERY)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"MOTEGRAF_ENDPOINT_USER": "kari", "MOTEGRAF_ENDPOINT_PASSWORD": SECRET}, BASIC),
        ({"MOTEGRAF_ENDPOINT_TOKEN": SECRET}, f"Bearer {SECRET}"),
        ({"MOTEGRAF_ENDPOINT_TOKEN": SECRET, "MOTEGRAF_ENDPOINT_USER": "ola"}, f"Bearer {SECRET}"),
    ],
    ids=["user", "token", "token first"],
)
def test_credentials_are_read_from_the_environment(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stub_server(ours) as server:
        sent_to(server.url, monkeypatch, **environment)
        assert server.requests[0].headers["Authorization"] == expected


def test_credentials_in_the_url_take_precedence(monkeypatch: pytest.MonkeyPatch) -> None:
    with stub_server(ours) as server:
        sent_to(with_user(server.url, "k%C3%A5re:a%3Ab%40c"), monkeypatch, MOTEGRAF_ENDPOINT_TOKEN=SECRET)
        expected = "Basic " + base64.b64encode("kåre:a:b@c".encode()).decode()
        assert server.requests[0].headers["Authorization"] == expected
        assert server.requests[0].headers["Host"] == f"127.0.0.1:{server.port}"


def test_netrc_entry_of_the_host_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text(f"machine 127.0.0.1 login kari password {SECRET}\n", encoding="utf-8")
    with stub_server(ours) as server:
        sent_to(server.url, monkeypatch, NETRC=str(file))
        assert server.requests[0].headers["Authorization"] == BASIC


def test_netrc_default_entry_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    text = f"machine example.org login kari password {SECRET}\ndefault login kari password {SECRET}\n"
    file.write_text(text, encoding="utf-8")
    with stub_server(ours) as server:
        sent_to(server.url, monkeypatch, NETRC=str(file))
        assert "Authorization" not in server.requests[0].headers


def test_netrc_in_home_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login kari password {SECRET}\n", encoding="utf-8")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    credentials = credentials_for(parse_endpoint_url("http://127.0.0.1/sparql"), environment={})
    assert credentials
    assert (credentials.header, credentials.source) == (BASIC, f"netrc ({tmp_path / '.netrc'})")


@pytest.mark.parametrize(
    ("environment", "means"),
    [
        ({"MOTEGRAF_ENDPOINT_USER": "kari"}, "MOTEGRAF_ENDPOINT_USER is set, MOTEGRAF_ENDPOINT_PASSWORD is not"),
        ({"MOTEGRAF_ENDPOINT_TOKEN": f"{SECRET}\r\nX: y"}, "MOTEGRAF_ENDPOINT_TOKEN has letters that no token has"),
        (
            {"MOTEGRAF_ENDPOINT_USER": f"a:{SECRET}", "MOTEGRAF_ENDPOINT_PASSWORD": SECRET},
            "the user's name in MOTEGRAF_ENDPOINT_USER has a colon, which it cannot have",
        ),
        ({"NETRC": "{}/broken"}, "netrc cannot be read: {}/broken, line 1"),
        ({"NETRC": "{}/missing"}, "netrc cannot be read: {}/missing"),
        ({"MOTEGRAF_ENDPOINT_USER": f"{SECRET}\udcff", "MOTEGRAF_ENDPOINT_PASSWORD": ""}, NOT_UTF_8),
        ({"MOTEGRAF_ENDPOINT_USER": "a", "MOTEGRAF_ENDPOINT_PASSWORD": f"{SECRET}\udcff"}, NOT_UTF_8),
    ],
    ids=["no password", "token", "colon", "broken netrc", "no netrc", "bytes in the user", "bytes in the password"],
)
def test_malformed_credentials_are_rejected(environment: dict[str, str], means: str, tmp_path: Path) -> None:
    (tmp_path / "broken").write_text(f"{SECRET} machine", encoding="utf-8")
    environment = {name: value.format(tmp_path) for name, value in environment.items()}
    with pytest.raises(InvalidQueryError) as raised:
        credentials_for(parse_endpoint_url("http://127.0.0.1/sparql"), environment=environment)
    assert str(raised.value) == means.format(tmp_path)
    assert SECRET not in traceback_text(raised.value)


def traceback_text(error: BaseException) -> str:
    """All that can be seen of an error, its causes and where it went through."""
    return f"{error!r} {''.join(traceback.format_exception(error))}"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 429, 500, 503])
def test_http_errors_show_no_credentials(status: int) -> None:
    with stub_server(lambda _: (status, {"Retry-After": "999"}, b"no")) as server:
        with pytest.raises(QueryError) as raised:
            connect_endpoint(f"{with_user(server.url)}?key={SECRET}")(QUERY)
        assert server.requests[0].headers["Authorization"] == BASIC
        assert dict(server.requests[0].parameters)["key"] == SECRET
    assert SECRET not in traceback_text(raised.value)
    assert ENCODED not in traceback_text(raised.value)
    if status == 401:
        assert str(raised.value) == f"{server.url} does not accept the credentials of the address (401): no"


def test_connection_errors_show_no_credentials() -> None:
    addresses = [f"http://127.0.0.1:{free_port()}/sparql", "http://no-such-host.invalid/sparql", "http://127.0.0.1:x/"]
    for address in [*addresses, "ftp://127.0.0.1/", "http://127.0.0.1/a b"]:
        with pytest.raises(QueryError) as raised:
            connect_endpoint(f"{with_user(address)}?key={SECRET}", insecure=True)(QUERY)
        assert SECRET not in traceback_text(raised.value)
        assert ENCODED not in traceback_text(raised.value)
    with raw_server(b"") as server, pytest.raises(QueryError) as raised:
        connect_endpoint(with_user(server.url))(QUERY)
    assert SECRET not in traceback_text(raised.value)


def test_repr_shows_no_credentials() -> None:
    address = parse_endpoint_url(f"https://kari:{SECRET}@example.org/sparql?key={SECRET}")
    for held in (address, credentials_for(address)):
        assert SECRET not in f"{held!r} {held}"
        assert ENCODED not in f"{held!r} {held}"


def test_unencrypted_credentials_need_insecure_unless_loopback() -> None:
    address = parse_endpoint_url(f"http://kari:{SECRET}@example.org/sparql")
    with pytest.raises(InvalidQueryError) as raised:
        credentials_for(address)
    assert str(raised.value).startswith(
        "the credentials of the address would go to example.org unencrypted; ask at https"
    )
    for insecure, url in ((True, "http://x.org"), (False, "https://x.org"), (False, "http://[::1]:3030/ds")):
        credentials = credentials_for(parse_endpoint_url(with_user(url)), insecure)
        assert credentials
        assert credentials.header == BASIC
    assert credentials_for(parse_endpoint_url("http://example.org/sparql"), environment={"NETRC": ""}) is None


@pytest.mark.parametrize(
    "location",
    [
        "http://canary.example:{port}/sparql",
        "http://127.0.0.1:{port}/sparql",
        "http://localhost:{port}/sparql",
        "//127.0.0.1:{port}/sparql",
        "http://127.0.0.1.canary.example/sparql",
        "http://127.0.0.1@canary.example/sparql",
        "http://kari:{secret}@canary.example/?key={secret}",
        "https://127.0.0.1:{port}/sparql",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_another_server_is_not_followed(
    location: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[object] = []
    looking_up = socket.getaddrinfo

    def recorded(host: object, *rest: object, **more: object) -> object:
        asked_for.append(host)
        return looking_up(host, *rest, **more) if host == "127.0.0.1" else pytest.fail(f"{host} was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", recorded)
    with stub_server(ours) as canary:
        to = location.format(port=canary.port, secret=SECRET)
        with stub_server(lambda _: (status, {"Location": to}, b"")) as server:
            with pytest.raises(QueryError, match="redirects to") as raised:
                connect_endpoint(with_user(server.url))(QUERY)
            assert len(server.requests) == 1
        assert canary.requests == []
    assert set(asked_for) == {"127.0.0.1"}
    assert SECRET not in traceback_text(raised.value)


def test_credentials_are_sent_after_redirect_on_the_same_server() -> None:
    def answer(request: Request) -> Response:
        return ours(request) if request.path == "/new" else (307, {"Location": "/new"}, b"")

    with stub_server(answer) as server:
        connect_endpoint(with_user(server.url))(QUERY)
        assert [request.headers["Authorization"] for request in server.requests] == [BASIC, BASIC]


def test_proxy_is_not_used_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    with stub_server(ours) as canary, stub_server(ours) as server:
        monkeypatch.setenv("http_proxy", canary.url)
        connect_endpoint(with_user(server.url))(QUERY)
        assert (len(canary.requests), len(server.requests)) == (0, 1)


@pytest.mark.parametrize(
    "proxy",
    [
        "http:/kari:{}@x",
        "http:{}",
        "http://kari:{}@127.0.0.1:{port}",
        "//kari:{}@127.0.0.1:{port}",
        "kari:{}@:x",
        "s://{} x",
        "http://kari:{}@[::1",
    ],
)
def test_proxy_errors_show_no_credentials(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *_: [(2, 1, 6, "", ("127.0.0.1", free_port()))])
    for scheme in ("http", "https"):
        monkeypatch.setenv(f"{scheme}_proxy", proxy.format(SECRET, port=free_port()))
        with pytest.raises(QueryError, match="proxy") as raised:
            connect_endpoint(f"{scheme}://example.org/sparql")(QUERY)
        assert SECRET not in traceback_text(raised.value)


def test_digest_authentication_is_rejected_with_a_reason() -> None:
    with stub_server(lambda _: (401, {"WWW-Authenticate": 'Digest realm="SPARQL"'}, b"no")) as server:
        with pytest.raises(QueryError) as raised:
            connect_endpoint(with_user(server.url))(QUERY)
        refused = "does not accept the credentials of the address (401)"
        reason = "it requires Digest authentication, which is not supported"
        assert str(raised.value) == f"{server.url} {refused}: {reason}"


@pytest.mark.parametrize(
    ("url", "location", "to"),
    [
        ("http://example.org/a", "https://example.org/b", "https://example.org/b"),
        ("https://example.org/a", "b?x=1", "https://example.org/b"),
        ("https://example.org/a", "http://example.org/b", None),
        ("http://example.org:8000/a", "https://example.org/b", None),
        ("https://example.org/a", "https://example.com/b", None),
        ("https://example.org/a", "https://EXAMPLE.org:443/b", "https://example.org:443/b"),
    ],
)
def test_redirect_targets_are_limited_to_the_same_server(url: str, location: str, to: str | None) -> None:
    credentials = redirect_target(parse_endpoint_url(url), location)
    assert (credentials and credentials.url) == to
