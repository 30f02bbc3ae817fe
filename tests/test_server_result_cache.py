"""Results of queries that are asked again: the same answers as without them, of the build that is served, at any time.

Other tests run the server without them.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from serving import HttpAnswer, RunningServer, commanded, serving, until, until_end

from build_graph import build
from graph.model.iris import BASE

pytestmark = pytest.mark.server

FORM = "application/x-www-form-urlencoded"
OTHER_BASE = "https://graph.example.org/"
NAMES = "SELECT ?name { ?person foaf:name ?name } ORDER BY ?name"
LARGE = "SELECT * { ?s ?p ?o } ORDER BY STR(?s) STR(?p) STR(?o) LIMIT 2000"
CONCLUDED = f"{BASE}graph/concluded"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HTML = "text/html"


@pytest.fixture(scope="module")
def servers(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, RunningServer]]:
    """A server that keeps results, and one that keeps none."""
    folder = tmp_path_factory.mktemp("served")
    limits = {"timeout": 600, "max_rows": 1_000}
    with ExitStack() as stack:
        yield (
            stack.enter_context(serving(built, folder / "keeps", max_result_cache_bytes=4_000_000, **limits)),
            stack.enter_context(serving(built, folder / "none", **limits)),
        )


def hits(server: RunningServer) -> int:
    """Return how many queries were answered by a result that was kept."""
    found = re.search(r"^motegraf_result_cache_hits_total (\d+)", server.ask("GET", "/metrics").text, re.MULTILINE)
    assert found is not None
    return int(found[1])


def asked(query: str, **more: str) -> str:
    return f"/sparql?{urlencode({'query': query, **more})}"


REQUESTS: dict[str, tuple[tuple[Any, ...], dict[str, str]]] = {
    "json": (("GET", asked(NAMES)), {}),
    "csv": (("GET", asked(NAMES)), {"Accept": "text/csv"}),
    "an ending": (("GET", f"/sparql.tsv?query={quote(NAMES)}"), {}),
    "a format": (("GET", asked(NAMES, format="xml")), {"Accept": "text/csv"}),
    "compressed": (("GET", asked(NAMES)), {"Accept-Encoding": "gzip"}),
    "a page": (("GET", asked(NAMES)), {"Accept": HTML}),
    "a page in English": (("GET", asked(NAMES)), {"Accept": HTML, "Accept-Language": "en"}),
    "a page in a language of the address": (("GET", asked(NAMES, lang="en")), {"Accept": HTML}),
    "a form": (("POST", "/sparql", urlencode({"query": NAMES})), {"Content-Type": FORM}),
    "a query in the body": (("POST", "/sparql", NAMES), {"Content-Type": "application/sparql-query"}),
    "no body": (("HEAD", asked(NAMES)), {}),
    "a graph": (("GET", asked("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"default-graph-uri": CONCLUDED})), {}),
    "all graphs": (("GET", asked("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")), {}),
    "true": (("GET", asked("ASK {}")), {}),
    "statements": (("GET", asked("DESCRIBE person:laila-bokhari")), {}),
    "a relative IRI": (("GET", asked("SELECT (<x> AS ?x) {}")), {}),
    "cut": (("GET", asked("SELECT ?s { ?s ?p ?o } ORDER BY STR(?s)")), {}),
    "a large one": (("GET", asked(LARGE.replace("2000", "1000"))), {}),
    "no query": (("GET", asked("SELECT")), {}),
    "an update": (("GET", asked("DROP ALL")), {}),
    "not acceptable": (("GET", asked(NAMES)), {"Accept": "image/png"}),
}
KEPT = {
    *("json", "csv", "an ending", "a format", "compressed", "a page", "a page in English", "a form", "no body"),
    *("a page in a language of the address", "a query in the body", "a graph", "all graphs", "true", "statements"),
    *("a relative IRI", "cut"),
}


def told(answer: HttpAnswer) -> tuple[int, dict[str, str], bytes]:
    """Return what must be the same: all but the id of the request and the time."""
    return answer.status, {k: v for k, v in answer.headers.items() if k not in ("x-request-id", "date")}, answer.body


@pytest.mark.parametrize("name", REQUESTS)
def test_answers_are_the_same_whether_kept_or_not(servers: tuple[RunningServer, RunningServer], name: str) -> None:
    keeping, plain = servers
    arguments, headers = REQUESTS[name]
    named = {key.replace("-", "_"): value for key, value in headers.items()} | {"Host": "127.0.0.1"}
    before = hits(keeping)
    expected = told(plain.ask(*arguments, **named))
    answers = [keeping.ask(*arguments, **named) for _ in range(4)]
    assert [told(each) for each in answers] == [expected] * 4
    assert len({each.headers["x-request-id"] for each in answers}) == 4
    # The second is the first that is kept; one may have been asked for under another name already.
    assert hits(keeping) - before in ((2, 3, 4) if name in KEPT else (0,))
    tag = answers[0].headers.get("etag")
    if tag:
        assert keeping.ask(*arguments, **named, If_None_Match=tag).status == 304


def test_a_value_that_is_new_each_time_is_new(servers: tuple[RunningServer, RunningServer]) -> None:
    keeping, _ = servers
    for query in ("SELECT (UUID() AS ?x) {}", "SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}"):
        assert len({keeping.get(query).body for _ in range(4)}) == 4


def test_results_are_given_while_all_workers_are_busy(servers: tuple[RunningServer, RunningServer]) -> None:
    keeping, _ = servers
    first = [keeping.get(NAMES).body for _ in range(3)]
    with ExitStack() as stack:
        for number in range(2):
            busy = stack.enter_context(keeping.connected(f"127.0.0.{number + 2}"))
            busy.sendall(f"GET {asked(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        until(lambda: keeping.ask("GET", "/health").json["running"] == 2, "the queries do not run")
        assert keeping.get(NAMES).body == first[0]
        assert keeping.ask("GET", "/health").json["running"] == 2
    until(lambda: keeping.ask("GET", "/health").json["running"] == 0, "the queries still run")


def test_log_and_metrics_have_each_request_and_no_words(servers: tuple[RunningServer, RunningServer]) -> None:
    keeping, _ = servers

    def counted() -> float:
        pattern = r'^motegraf_http_requests_total\{status="2xx",view="sparql"\} (\S+)'
        found = re.search(pattern, keeping.ask("GET", "/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0

    words = "SELECT (COUNT(*) AS ?reticent) { ?s ?p ?o }"
    before, lines = counted(), len(keeping.lines())
    ids = [keeping.get(words).headers["x-request-id"] for _ in range(4)]
    until(lambda: counted() - before == 4, "a request is not counted")
    new = "\n".join(keeping.lines()[lines:])
    assert all(id in new for id in ids)
    assert "reticent" not in new


def test_a_client_with_too_many_connections_gets_no_kept_result_either(built: Path, tmp_path: Path) -> None:
    limits = {"connections_per_client": 2, "max_result_cache_bytes": 1_000_000}
    with serving(built, tmp_path / "log", **limits) as server, ExitStack() as stack:
        for _ in range(3):
            assert server.query(NAMES).status == 200
        for _ in range(2):
            stack.enter_context(server.connected("127.0.0.2"))
        until(lambda: server.ask("GET", "/health").status == 200, "others are not answered")
        with server.connected("127.0.0.2") as third:
            assert until_end(third).split(b" ", 2)[1] == b"429"
        assert server.query(NAMES).status == 200


def test_a_new_build_is_answered_from_as_soon_as_it_is_served(built: Path, first_page: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "build", ignore=shutil.ignore_patterns(".*"))
    query = f"SELECT (COUNT(*) AS ?n) {{ <{BASE}person/laila-bokhari> ?p ?o }}"

    def count(answer: HttpAnswer) -> int:
        return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])

    with serving(folder, tmp_path / "log", max_result_cache_bytes=1_000_000) as running:
        before = running.ask("GET", "/health").json["build"]
        old = [running.get(query) for _ in range(3)]
        assert hits(running) == 1
        build(first_page, folder, base=OTHER_BASE)
        answers: list[HttpAnswer] = []

        def changed() -> bool:
            answers.append(running.get(query))
            return count(answers[-1]) == 0

        until(changed, "the new build is not answered from")
        after = running.ask("GET", "/health").json["build"]
        answers += [running.get(query) for _ in range(3)]
        # The answer of a build has the tag of that build, and no older one comes after a newer one.
        tags = [("new" if count(each) == 0 else "old", each.headers["etag"][3:15]) for each in (*old, *answers)]
        assert set(tags) == {("old", before), ("new", after)}
        assert tags == sorted(tags, reverse=True)


def test_command_keeps_none_where_it_is_to_keep_none(built: Path, tmp_path: Path) -> None:
    for option, expected in (("0", 0), ("1", 2)):
        with commanded(built, tmp_path / f"log{option}", "--result-cache", option) as server:
            for _ in range(4):
                assert server.get(NAMES).status == 200
            assert hits(server) == expected
