"""Attacks on the server, each asking whether others were still served: with the guard, and with the guard switched off.

Without the guard, and with sizes that nobody would allow, only the limits of the workers themselves are left.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store
from servers import stub_server
from serving import HttpAnswer, RunningServer, serving, until

from graph import HOME
from graph.model.iris import BASE
from graph.server.errors import RequestError
from graph.server.workers.guard import validate
from graph.server.workers.ipc import QueryTask, Reply, encode, read

resource = pytest.importorskip("resource")
ATTACKER = "127.0.0.66"
DEEP = 5_000
UNGUARDED = {"validate_queries": False, "max_query_bytes": 50_000_000, "max_body_bytes": 100_000_000, "io_timeout": 60}
# Every status by which a limit, or what is wrong with a query, is told.
TOLD = {200, 400, 403, 408, 413, 503}
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
ANY = "(<urn:x>|!<urn:x>)"


# By name: before, at the bottom, after, and what stands around it.
NESTED = {
    "groups": ("{", "", "}", "SELECT * {{ {} }}"),
    "optionals": ("OPTIONAL {", "?s ?p ?o", "}", "SELECT * {{ {} }}"),
    "brackets": ("(", "1", ")", "SELECT ({} AS ?x) {{}}"),
    "negations": ("!", "true", "", "SELECT ({} AS ?x) {{}}"),
    "signs": ("- ", "1", "", "SELECT ({} AS ?x) {{}}"),
    "functions": ("STR(", "1", ")", "SELECT ({} AS ?x) {{}}"),
    "paths": ("(", "<urn:p>", ")", "SELECT * {{ ?s {} ?o }}"),
    "inverse paths": ("^(", "<urn:p>", ")", "SELECT * {{ ?s {} ?o }}"),
    "blank nodes": ("[ <urn:p> ", "1", "]", "SELECT * {{ ?s ?p {} }}"),
    "lists": ("(", "1", ")", "SELECT * {{ ?s ?p {} }}"),
    "exists": ("FILTER EXISTS {", "?s ?p ?o", "}", "SELECT * {{ {} }}"),
    "subselects": ("SELECT * {{", "?s ?p ?o", "}}", "{}"),
    "triple terms": ("<<( ?a ?b ", "?c", ")>>", "SELECT * {{ ?s ?p {} }}"),
    "unions": ("{ ?s ?p ?o } UNION ", "{}", "", "SELECT * {{ {} }}"),
    "conjunctions": ("true && ", "true", "", "SELECT * {{ FILTER({}) }}"),
    "sums": ("1 + ", "1", "", "SELECT ({} AS ?x) {{}}"),
    "path sequences": ("<urn:p>/", "<urn:p>", "", "SELECT * {{ ?s {} ?o }}"),
    "graphs": ("GRAPH ?g {", "?s ?p ?o", "}", "SELECT * {{ {} }}"),
}


def nested(name: str, depth: int) -> str:
    before, core, after, around = NESTED[name]
    return around.format(before * depth + core + after * depth)


HEAVY = {
    "a cross product counted": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "a cross product sorted": f"SELECT * {{ {CROSS} }} ORDER BY ?a ?d ?g ?j",
    "a cross product made distinct": f"SELECT DISTINCT * {{ {CROSS} }}",
    "a thousand OPTIONALs": "SELECT * {" + "".join(f"OPTIONAL {{ ?s{n} ?p ?o }} " for n in range(1_000)) + "}",
    "a path over everything": f"SELECT (COUNT(*) AS ?n) {{ ?a {ANY}+ ?b . ?c {ANY}+ ?d }}",
    "a path with no ends": f"SELECT * {{ ?a ({ANY}*/^{ANY}*)+ ?b }}",
    "one literal that doubles": "SELECT (STRLEN(?z) AS ?n) { VALUES ?x0 { 'ab' } "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + " BIND(?x40 AS ?z) }",
    "a group of everything": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {CROSS} }}",
    "a construction of everything": f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?c . ?g ?b ?f }} WHERE {{ {CROSS} }}",
    "a description of everything": "DESCRIBE ?a ?c { ?a ?b ?c }",
}
LONG = {
    "many VALUES": "SELECT * { VALUES ?x { " + "1 " * 500_000 + "} }",
    "many prefixes": "".join(f"PREFIX p{n}: <urn:{n}>\n" for n in range(100_000)) + "ASK {}",
    "many variables": "SELECT " + " ".join(f"?v{n}" for n in range(100_000)) + " { ?s ?p ?o }",
    "a long literal": "SELECT ('" + "x" * 10_000_000 + "' AS ?x) {}",
    "a long comment": "ASK {} #" + "x" * 10_000_000,
}
CALLS = {
    "constant": "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "lower case": "SELECT * {{ sErViCe <{url}> {{ ?s ?p ?o }} }}",
    "variable": "SELECT * {{ VALUES ?url {{ <{url}> }} SERVICE ?url {{ ?s ?p ?o }} }}",
    "silent": "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "in a subselect": "SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "in EXISTS": "SELECT * {{ VALUES ?x {{ 1 }} FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "in MINUS": "SELECT * {{ VALUES ?x {{ 1 }} MINUS {{ SERVICE <{url}> {{ ?x ?p ?o }} }} }}",
    "escaped": "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "behind a string that hides it": 'SELECT * {{ BIND("\\u0022) SERVICE <{url}> {{ ?s ?p ?o }} #" AS ?x) }}',
    "behind a comment": "SELECT * {{ SERVICE#\n<{url}> {{ ?s ?p ?o }} }}",
    # Resolved against the address of the endpoint itself.
    "relative": "SELECT * {{ SERVICE <sparql> {{ ?s ?p ?o }} }}",
    "relative, with a base": "BASE <{url}> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}",
    "LOAD, relative": "LOAD <dumps/motegraf.nq>",
    "FROM, relative": "BASE <{url}> SELECT * FROM <x> {{ ?s ?p ?o }}",
    "of a prefixed name": "PREFIX u: <{url}> SELECT * {{ SERVICE u: {{ ?s ?p ?o }} }}",
    "LOAD": "LOAD <{url}>",
    "LOAD SILENT": "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
    "FROM": "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "FROM NAMED": "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "GRAPH": "SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "a function": "SELECT (<{url}>(1) AS ?x) {{}}",
}

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has 127.0.0.66 without more ado"),
]


@pytest.fixture(scope="module", params=["guarded", "unguarded"])
def server(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A server whose queries have little time and memory, as it is, and with nobody at its door."""
    folder = tmp_path_factory.mktemp("attacked")
    limits = {"timeout": 1, "memory": 200} | (UNGUARDED if request.param == "unguarded" else {})
    with serving(built, folder / "log", **limits) as running:
        yield running


@pytest.fixture
def guarded(request: pytest.FixtureRequest) -> bool:
    """Somebody is at the door."""
    return "unguarded" not in request.node.callspec.id


@contextmanager
def others_served(server: RunningServer) -> Iterator[None]:
    """While this lasts another client asks again and again; it is answered, and never sent away for good."""
    ended = threading.Event()
    statuses: list[int] = []

    def ask() -> None:
        while not ended.is_set() or 200 not in statuses:
            statuses.append(server.query("ASK { ?s ?p ?o }").status)
            assert len(statuses) < 10_000

    other = threading.Thread(target=ask)
    other.start()
    try:
        yield
    finally:
        ended.set()
        other.join()
    # On a busy machine one may be told to come again, or have had no time: in so many words, and not for good.
    assert 200 in statuses
    assert set(statuses) <= {200, 408, 503}


def attacked(server: RunningServer, query: str, **headers: str) -> HttpAnswer:
    with others_served(server):
        answer = server.query(query, ATTACKER, **headers)
    assert answer.status in TOLD, answer.text[:200]
    return answer


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_refused_and_others_are_served(server: RunningServer, guarded: bool, name: str) -> None:
    answer = attacked(server, nested(name, DEEP))
    assert not guarded or answer.status == 413


@pytest.mark.parametrize("name", NESTED)
def test_nesting_within_the_length_limit_is_refused(server: RunningServer, guarded: bool, name: str) -> None:
    answer = attacked(server, nested(name, 600))
    assert not guarded or (answer.status, "; the limit is " in answer.text) == (413, True)


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_query_ends_at_a_limit_and_others_are_served(server: RunningServer, guarded: bool, name: str) -> None:
    answer = attacked(server, HEAVY[name])
    limits = ("1 s that one query may", "200 MB of memory", "more than 500", "bytes; more than", "ended before")
    assert answer.status == 200 or any(words in answer.text for words in limits), answer.text[:200]


@pytest.mark.parametrize("name", LONG)
def test_long_query_is_refused_and_others_are_served(server: RunningServer, guarded: bool, name: str) -> None:
    try:
        answer = attacked(server, LONG[name])
    except (BrokenPipeError, ConnectionResetError):
        # Whoever sends this much is not listened to until the end.
        assert guarded
    else:
        assert not guarded or answer.status == 413


@pytest.mark.parametrize("name", CALLS)
def test_query_calls_no_other_server(server: RunningServer, guarded: bool, name: str) -> None:
    with stub_server(lambda asked: (200, {}, b"")) as canary:
        query = CALLS[name].format(url=canary.url)
        answer = attacked(server, query)
        direct = server.ask("POST", "/sparql", query, ATTACKER, Content_Type="application/sparql-query")
        graphs = urlencode({"query": "ASK { ?s ?p ?o }", "default-graph-uri": canary.url})
        empty = server.ask("GET", f"/sparql?{graphs}", source=ATTACKER)
        assert direct.status == answer.status
        assert (empty.status, empty.json["boolean"]) == (200, False)
        if guarded and not name.startswith(("FROM", "GRAPH", "a function")):
            assert answer.status in (400, 403)
        assert canary.requests == []


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "file:///proc/self/environ", "http://localhost/", "urn:none"])
def test_graphs_outside_the_build_are_empty(server: RunningServer, graph: str) -> None:
    for query in (
        f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}",
    ):
        answer = attacked(server, query)
        assert (answer.status, answer.json["results"]) == (200, {"bindings": []})


def test_killed_workers_are_replaced_each_time(server: RunningServer) -> None:
    for _ in range(5):
        for worker in server.workers():
            os.kill(worker, 9)
        until(lambda: server.query("ASK { ?s ?p ?o }").status == 200, "nobody is answered any more")
    until(lambda: len(server.workers()) == 3, "the workers are not replaced")


def test_thousand_connections_leave_others_served(server: RunningServer) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    held: list[socket.socket] = []
    try:
        for number in range(1_000):
            try:
                held.append(server.connected(f"127.0.0.{100 + number // 350}"))
            except OSError:
                break
        until(lambda: server.query("ASK { ?s ?p ?o }").status == 200, "others are not served meanwhile")
    finally:
        for each in held:
            each.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_many_queries_of_one_client_leave_others_served(server: RunningServer) -> None:
    statuses: list[int] = []
    query = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"
    many = [threading.Thread(target=lambda: statuses.append(server.query(query, ATTACKER).status)) for _ in range(40)]
    with others_served(server):
        for each in many:
            each.start()
        for each in many:
            each.join()
    assert set(statuses) <= {408, 429, 503}
    assert {408, 429} <= set(statuses)


@pytest.mark.parametrize("server", ["guarded"], indirect=True)
def test_memory_of_the_front_does_not_grow(server: RunningServer) -> None:
    """After all that, and over 10,000 more requests, the memory of the front is what it was."""
    paths = [f"/sparql?query={quote('ASK { ?s ?p ?o }')}", "/person/x", "/none", "/graphs", "/sparql", *["/health"] * 5]
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for path in paths]

    def ask(times: int) -> None:
        with server.connected() as client, client.makefile("rb") as reply:
            for _ in range(times):
                client.sendall(b"".join(requests))
                assert [status_of_next(reply) for _ in requests] == [200, 303, 404, 400, 200, *[200] * 5]

    ask(100)
    before = taken_by(server.pid)
    ask(1_000)
    # Less than they would leave if each left anything.
    assert taken_by(server.pid) - before < 5_000_000
    until(lambda: len(server.workers()) == 3, "the workers are not replaced")


def status_of_next(reply: BinaryIO) -> int:
    """The status of an answer, which is read to its end."""
    status, length = int(reply.readline().split()[1]), 0
    while line := reply.readline().rstrip():
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    reply.read(length)
    return status


def taken_by(pid: int) -> int:
    """The bytes of memory that a process has."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


# The guard against the engine: what it lets through ends no worker.


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], bool]]:
    """Whether a worker, with an empty store, lives through a query, or is ended by the limit of time alone."""
    folder = tmp_path_factory.mktemp("engine") / "store"
    Store(str(folder)).flush()
    limits = {"max_rows": 10, "max_bytes": 10_000, "seconds": 1, "validate": False}
    formats = {"table_format": "json", "boolean_format": "json", "graph_format": "turtle"}
    whole = {"base": BASE, "gzip": False, "lang": "nb", "default_graphs": None, "named_graphs": None} | limits | formats
    process: list[subprocess.Popen[bytes]] = []

    def started() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "graph.server.workers.main", str(folder), "512"]
        pipe = subprocess.PIPE
        worker = subprocess.Popen(command, cwd=HOME, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        process.append(worker)
        assert read(worker.stdout)
        return worker

    def lives(query: str) -> bool:
        worker = process[-1] if process and process[-1].poll() is None else started()
        worker.stdin.write(encode(QueryTask(query=query, **whole)))
        worker.stdin.flush()
        reply = read(worker.stdout)
        if reply is not None:
            assert isinstance(reply, Reply)
            worker.stdout.read(reply.size)
        return reply is not None or worker.wait() == -signal.SIGXCPU

    try:
        yield lives
    finally:
        for each in process:
            each.kill()
            each.wait()
            each.stdin.close()
            each.stdout.close()


BEFORE_AND_AFTER = (
    *(
        ("{", "}"),
        ("OPTIONAL {", "}"),
        ("{ SELECT * {", "}}"),
        ("GRAPH ?g {", "}"),
        ("{} UNION {", "}"),
        ("MINUS {", "}"),
    ),
    *(
        ("FILTER EXISTS {", "}"),
        ("FILTER NOT EXISTS {", "}"),
        ("?s ?p [ ?q [", "]] ."),
        ("?s ?p (", ") ."),
        ("?s !(", ") ?o ."),
    ),
    *(
        ("FILTER(", ")"),
        ("BIND(", " AS ?x)"),
        ("?s (", ")+ ?o ."),
        ("FILTER(IF(", ",1,2))"),
        ("VALUES ?x {", "}"),
        ("", " ."),
    ),
)
PIECES = (
    *(
        "?s ?p ?o .",
        "1 +",
        "1 *",
        "!",
        "-",
        "true &&",
        "true ||",
        "<urn:p>/",
        "<urn:p>|",
        "^",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
    ),
    *(
        "1",
        "true",
        "<urn:p>",
        "'x'",
        '"',
        "'''",
        "\\",
        "\\u0041",
        "?x",
        "a",
        ";",
        ",",
        ".",
        "*",
        "=",
        "<",
        "1 = ",
        "IN (",
        "NOT",
    ),
    *(
        "COALESCE(",
        "CONCAT(",
        "STR(",
        "EXISTS {",
        "<<( ",
        ")>>",
        "<< ",
        " >>",
        "{|",
        "|}",
        "~",
        "@en",
        "^^<urn:t>",
        "SERVICE",
    ),
    *(
        "VALUES ?x {",
        "(1 2)",
        "UNDEF",
        "GROUP BY ?s",
        "HAVING(1)",
        "ORDER BY ?s",
        "LIMIT 1",
        "SELECT * {",
        "CONSTRUCT {",
        "#",
    ),
)

FORMS = ("SELECT * {{ {} }}", "ASK {{ {} }}", "{}", "SELECT ({} AS ?y) {{}}")


def many(pieces: tuple[str, ...]) -> st.SearchStrategy[str]:
    """A few pieces, one of them as often as somebody who means harm would have it."""
    often = st.tuples(st.sampled_from(pieces), st.integers(1, 6_000)).map(lambda each: f"{each[0]} " * each[1])
    return st.lists(st.one_of(st.sampled_from(pieces), often), min_size=1, max_size=6).map(" ".join)


def nestings() -> st.SearchStrategy[str]:
    """Something inside something inside something, as often as the guard may let it."""
    pairs = st.lists(st.tuples(st.sampled_from(BEFORE_AND_AFTER), st.integers(1, 300)), min_size=1, max_size=4)

    def whole(drawn: tuple[list[tuple[tuple[str, str], int]], str]) -> str:
        wrapped, core = drawn
        for (before, after), times in wrapped:
            core = f"{before} " * times + core + f" {after}" * times
        return core

    return st.tuples(pairs, many(PIECES)).map(whole)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    body=st.one_of(nestings(), many(PIECES)),
    form=st.sampled_from(("SELECT * {{ {} }}", "ASK {{ {} }}", "{}", "SELECT ({} AS ?y) {{}}")),
)
# The engine puts patterns in order for minutes, if nothing ends it.
@example(body="?s ?p ?o . " * 400, form="SELECT * {{ {} }}")
def test_query_that_passes_the_guard_ends_no_worker(engine: Callable[[str], bool], body: str, form: str) -> None:
    query = form.format(body)
    try:
        validate(query)
    except RequestError:
        return
    assert engine(query), f"this ended a worker: {query[:500]}"
