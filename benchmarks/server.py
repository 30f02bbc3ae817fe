"""Measure how quickly ``motegraf serve`` answers: beside two other servers, under attack, after a worker was killed.

    python benchmarks/server.py --seconds 10

Ready questions without parameters, over connections that are kept, by 1, 8 and 64 clients. Our server has its default
limits. ``oxigraph serve-read-only`` has the same statements in its index on disk; rdflib-endpoint, where it is on the
path, has them in rdflib's store in memory. Short questions are those that Oxigraph answers to one client within 2 ms on
the build of the first page, long ones those that take it between 50 ms and half a second on a generated graph. Short
ones are asked again and again of our server as it is, which keeps results that are asked for again (short); of one that
keeps none (made); and each with a comment that nothing has had before (new). Where others are attacked, and where
questions are long, none are kept. The figures are answers a second, and the median and the 99th percentile of the time
that clients wait; where questions are short, servers take turns within each figure.
"""

import argparse
import http.client
import json
import math
import multiprocessing
import os
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from engines import oxigraph_server
from load import Answers, Target, load, send
from measure import Figure, exit_code, generated, home_with, table
from multiplied import multiply

from build_graph import build
from graph import HOME
from graph.builds.manifest import DATASET
from graph.query.questions import read_questions
from graph.server.limits import Limits

sys.path.append(str(HOME / "tests"))
import servers
from serving import RunningServer, serving

PARTS = ("attacked", "crowded", "short", "made", "new", "long")
ON_THE_FIRST_PAGE = {"attacked", "crowded", "short", "made", "new"}
CLIENTS = (1, 8, 64)
TURNS = 4
LONG, TOO_LONG = 0.05, 0.5
# Of the Oxigraph server's answers a second, ours has at least so many: of short ones with few clients, with many, of
# short ones of which no result is kept, of long ones.
FEW, MANY, MADE, LONG_ONES = 0.9, 0.7, 0.4, 0.8
# How many times as long others may wait while one client attacks; how soon another worker is there, in seconds.
TIMES_UNDER_ATTACK, SECONDS_TO_REPLACE = 3.0, 0.2
# How many connections another client has, and how many times as long one waits then.
CROWD, TIMES_IN_A_CROWD = 90, 15.0
KILLED = 10
_ANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
ATTACKS = (
    f"SELECT * {{ {_ANY} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {_ANY} }}",
    f"SELECT * {{ {_ANY} }} ORDER BY ?c ?f ?i",
    "SELECT * { ?a (!<urn:none>)+ ?b }",
    f"SELECT * {{ ?a ?b ?c {' '.join(f'OPTIONAL {{ ?a ?b{each} ?c{each} }}' for each in range(200))} }}",
    f"SELECT * {{ {'{' * 5_000} ?a ?b ?c {'}' * 5_000} }}",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
    "SELECT * { VALUES ?a { " + "1 " * 7_000 + "} ?b ?c ?d . ?e ?f ?a }",
)


def bound(kind: str, clients: int) -> float:
    """How many times as many answers a second as ours the Oxigraph server may have."""
    if kind == "short":
        return 1 / (MANY if clients > max(CLIENTS[:2]) else FEW)
    return 1 / (LONG_ONES if kind == "long" else MADE)


@contextmanager
def ours(graph: Path, folder: Path, keeps: bool = False) -> Iterator[tuple[Target, RunningServer]]:
    """Run our server with its default limits; ``keeps``: with its default memory for results too."""
    kept = Limits().max_result_cache_bytes if keeps else 0
    limits = {"workers": 4, "queries_per_client": 2, "max_result_cache_bytes": kept}
    with serving(graph, folder / "ours.log", **limits) as server:
        yield Target(server.port, "/sparql"), server


@contextmanager
def oxigraph(graph: Path, folder: Path) -> Iterator[Target]:
    """Run the Oxigraph server on the same store."""
    with oxigraph_server(graph, folder) as server:
        yield Target(server.port, "/query")


@contextmanager
def rdflib_endpoint(graph: Path, folder: Path) -> Iterator[Target]:
    """Run rdflib-endpoint with the same N-Quads in rdflib's store in memory."""
    port = servers.free_port()
    command = ["rdflib-endpoint", "serve", str(graph / DATASET), "--host", "127.0.0.1", "--port", str(port)]
    with servers.running(command, folder / "rdflib-endpoint.log"):
        servers.wait_for(f"http://127.0.0.1:{port}/?query=ASK%7B%7D")
        yield Target(port, "/")


def questions(target: Target, least: float, most: float) -> dict[str, str]:
    """Return the ready questions that a server answers to one client in so many seconds, by name."""
    short = {}
    for question in read_questions(HOME / "queries"):
        took = []
        for _ in range(5):
            start = time.perf_counter()
            send(target, target.request(question.query))
            took.append(time.perf_counter() - start)
            if took[-1] > most:
                break
        if least <= statistics.median(took) < most:
            short[question.name] = question.query
    return short


def with_same_answers(queries: Mapping[str, str], mine: Target, theirs: Target) -> list[str]:
    """Return the questions that both answer whole and with as many rows. Report on stderr why others are left out."""
    same = []
    for name, query in queries.items():
        here, there = _rows(mine, query), _rows(theirs, query)
        if here == there:
            same.append(query)
        else:
            print(f"left out: {name}: {here} here, {there} there", file=sys.stderr, flush=True)
    if not same:
        sys.exit("no question takes that long here")
    return same


def _rows(target: Target, query: str) -> int | str:
    """Return the number of rows, or why there is no answer, or not a whole one."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=60)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
        connection.request("POST", target.path, urlencode({"query": query}), form)
        answer = connection.getresponse()
        if answer.status != 200 or answer.headers["X-SPARQL-MaxRows"]:
            return f"{answer.status}, cut"
        return len(json.load(answer)["results"]["bindings"])
    finally:
        connection.close()


def compared(kind: str, queries: Sequence[str], targets: Mapping[str, Target], seconds: float) -> Iterator[Figure]:
    """Yield the figures of each server with each number of clients; ratios are of its answers a second to ours."""
    for clients in CLIENTS:
        print(f"{kind}: {clients} clients", file=sys.stderr, flush=True)
        measured = {name: Answers() for name in targets}
        # What is under way at the end of a turn does not count: there is one where answers take long.
        turns = 1 if kind == "long" else TURNS
        for _ in range(turns):
            for name, target in targets.items():
                measured[name].add(load(target, queries, clients, seconds / turns, kind == "new"))
        mine = measured["ours"]
        for name, answers in measured.items():
            ratio = None if name == "ours" else answers.rate / mine.rate if mine.rate else math.inf
            most = bound(kind, clients) if name == "oxigraph" else 1.0
            yield Figure(f"{kind} ({len(queries)}), {clients} clients, {name}", _row(answers), ratio, most)


def _row(answers: Answers) -> str:
    if not answers.seconds:
        return f"no answer in {answers.took:.0f} s"
    refused = f", {len(answers.failed)} refused" if answers.failed else ""
    return f"{answers.rate:,.0f}/s, {answers.median * 1e3:.2f} ms, {answers.slowest * 1e3:.1f} ms{refused}"


def under_attack(target: Target, queries: Sequence[str], seconds: float) -> Iterator[Figure]:
    """Yield how much longer others wait while one client sends attacks over more connections than it has slots."""
    for clients in (1, 8):
        before = load(target, queries, clients, seconds)
        ended = threading.Event()
        attackers = [threading.Thread(target=_attack, args=(target, number, ended)) for number in range(4)]
        for each in attackers:
            each.start()
        time.sleep(1)
        during = load(target, queries, clients, seconds)
        ended.set()
        for each in attackers:
            each.join()
        yield Figure(f"{clients} clients, nobody attacks", _row(before))
        what = f"{clients} clients, one more attacks"
        yield Figure(f"{what}: median", _row(during), during.median / before.median, TIMES_UNDER_ATTACK)
        yield Figure(f"{what}: 99th percentile", "", during.slowest / before.slowest, TIMES_UNDER_ATTACK)


def in_a_crowd(target: Target, queries: Sequence[str], seconds: float) -> Iterator[Figure]:
    """Yield how much longer one client waits while another asks over nearly as many connections as it may have."""
    before = load(target, queries, 1, seconds)
    # A process of its own: a thread would delay the one whose answers are timed.
    words = {"source": "127.0.9.2"}
    crowd = multiprocessing.get_context("spawn").Process(
        target=load, args=(target, queries, CROWD, seconds + 4), kwargs=words
    )
    crowd.start()
    time.sleep(2)
    during = load(target, queries, 1, seconds)
    crowd.join()
    yield Figure("1 client, results are kept", _row(before))
    what = f"1 client, another asks over {CROWD} connections"
    yield Figure(f"{what}: median", _row(during), during.median / before.median, TIMES_IN_A_CROWD)


def _attack(target: Target, number: int, ended: threading.Event) -> None:
    """Send one attack after another, each over a connection of its own."""
    requests = [target.request(query) for query in ATTACKS]
    while not ended.is_set():
        try:
            send(target, requests[number % len(requests)], "127.0.9.1")
        except OSError:
            # It was hung up on.
            time.sleep(0.01)
        number += 1


def replaced(server: RunningServer) -> Iterator[Figure]:
    """Yield how soon there are as many workers again as before one of them was killed."""
    took = []
    for _ in range(KILLED):
        many = _alive(server)
        start = time.perf_counter()
        os.kill(server.workers()[0], signal.SIGKILL)
        while _alive(server) == many and time.perf_counter() - start < 5:
            time.sleep(0.002)
        while _alive(server) < many:
            time.sleep(0.002)
        took.append(time.perf_counter() - start)
    median, longest = statistics.median(took), max(took)
    what = f"a killed worker is replaced ({KILLED}), seconds"
    yield Figure(what, f"{median:.3f}, at most {longest:.3f}", median, SECONDS_TO_REPLACE)


def _alive(server: RunningServer) -> int:
    health = server.ask("GET", "/health").json
    assert isinstance(health, dict)
    return int(health["alive"])


def on_the_first_page(parts: Sequence[str], short: float, seconds: float, folder: Path) -> Iterator[Figure]:
    """Yield the figures of short questions, of attacks, and of killed workers."""
    small = folder / "small"
    build(home_with(folder, "dialogmoter-hosten-2014"), small)
    with ExitStack() as stack:
        theirs = stack.enter_context(oxigraph(small, folder))
        target, server = stack.enter_context(ours(small, folder))
        queries = with_same_answers(questions(theirs, 0, short), target, theirs)
        if "attacked" in parts:
            yield from replaced(server)
            yield from under_attack(target, queries, seconds)
        if "made" in parts:
            yield from compared("made", queries, {"ours": target, "oxigraph": theirs}, seconds)
        (folder / "keeping").mkdir()
        keeping, _ = stack.enter_context(ours(small, folder / "keeping", keeps=True))
        targets = {"ours": keeping, "oxigraph": theirs}
        if "crowded" in parts:
            yield from in_a_crowd(keeping, queries, seconds)
        if "new" in parts:
            yield from compared("new", queries, targets, seconds)
        if "short" in parts:
            if shutil.which("rdflib-endpoint"):
                targets["rdflib-endpoint"] = stack.enter_context(rdflib_endpoint(small, folder))
            yield from compared("short", queries, targets, seconds)


def on_a_large_graph(statements: int, seconds: float, folder: Path) -> Iterator[Figure]:
    """Yield the figures of long questions."""
    large = folder / "large"
    with generated(25, 100) as home:
        build(home / "home", folder / "unit")
    count = multiply(folder / "unit", large, statements)
    print(f"long: {count:,} statements", file=sys.stderr, flush=True)
    (folder / "of-large").mkdir()
    with ExitStack() as stack:
        theirs = stack.enter_context(oxigraph(large, folder / "of-large"))
        target, _ = stack.enter_context(ours(large, folder / "of-large"))
        queries = with_same_answers(questions(theirs, LONG, TOO_LONG), target, theirs)
        yield from compared("long", queries, {"ours": target, "oxigraph": theirs}, seconds)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure how quickly the server answers, also under attack.")
    parser.add_argument("--seconds", type=float, default=10, help="of each figure")
    parser.add_argument("--statements", type=int, default=100_000, help="of the graph on which questions are long")
    parser.add_argument("--short", type=float, default=0.002, help="seconds that a short question takes at most")
    parser.add_argument("--parts", default=",".join(PARTS), help="some of %(default)s")
    options = parser.parse_args()
    parts = options.parts.split(",")
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"{unknown[0]!r} is none of {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="motegraf-server-") as folder:
        home, figures = Path(folder), []
        if ON_THE_FIRST_PAGE & {*parts}:
            figures += on_the_first_page(parts, options.short, options.seconds, home)
        if "long" in parts:
            figures += on_a_large_graph(options.statements, options.seconds, home)
    print(table(f"the server, {options.seconds:g} s each, load {os.getloadavg()[0]:.1f} at the end", figures))
    return exit_code(figures)


if __name__ == "__main__":
    sys.exit(main())
