"""Engines that are asked alike: ours, rdflib's, the Oxigraph server and Virtuoso, and a question timed in one of them.

An engine is a context that, while it lasts, gives a function which opens it; that is called in a process of its own for
each question, which is killed when a run takes longer than the limit.
"""

import gc
import json
import multiprocessing
import statistics
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import rdflib
from pyoxigraph import RdfFormat, parse, serialize

from graph import HOME
from graph.builds.manifest import DATASET
from graph.query.results import expect_table
from graph.query.stores import connect_build, open_store

sys.path.append(str(HOME / "tests"))
import servers

# A query goes in; what comes out has been read to its end, and the function beside it counts its rows.
Ask = Callable[[str], Any]
Opened = Callable[[], tuple[Ask, Callable[[Any], int]]]
Engine = Callable[[Path, Path], AbstractContextManager[Opened]]
# Runs that are timed after one that is not: as many as end within so many seconds, one at the least.
MOST_RUNS, SECONDS_OF_RUNS = 5, 10.0
# Pages of 8 kB that Virtuoso keeps in memory: 1.3 GB.
BUFFERS = 170_000


@dataclass(frozen=True)
class Timed:
    """The median of the warm runs in seconds and the rows; or, without them, why there are none."""

    seconds: float | None
    rows: int | None
    failed: str = ""


@contextmanager
def ours(build: Path, _: Path) -> Iterator[Opened]:
    """The build as ``motegraf ask`` opens it, its index made; timed until all rows are Python's."""
    _index(build)
    yield lambda: (connect_build(build), lambda answer: len(expect_table(answer).rows))


@contextmanager
def rdflib_engine(build: Path, folder: Path) -> Iterator[Opened]:
    """rdflib's own engine over its store in memory; the statements of all graphs are in one, which is faster."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "all.nt"
        triples = (quad.triple for quad in parse(path=build / DATASET, format=RdfFormat.N_QUADS))
        serialize(triples, file, format=RdfFormat.N_TRIPLES)
        graph = rdflib.Graph().parse(file, format="nt")
    gc.freeze()
    yield lambda: (lambda query: list(graph.query(query)), len)


@contextmanager
def oxigraph_server(build: Path, folder: Path) -> Iterator[servers.Server]:
    """The Oxigraph server on the very index that ours has made, or, where that needs none, on one of its own."""
    _index(build)
    index, file = next(build.glob(".store-*"), None), None
    if not index:
        index = folder / "oxigraph"
        file = None if index.exists() else build / DATASET
    with servers.oxigraph(file, index, "--union-default-graph", log=folder / "oxigraph.log") as server:
        yield server


@contextmanager
def oxigraph(build: Path, folder: Path) -> Iterator[Opened]:
    """The Oxigraph server, asked over HTTP."""
    with oxigraph_server(build, folder) as server:
        yield _over_http(server.url)


@contextmanager
def virtuoso(build: Path, folder: Path) -> Iterator[Opened]:
    """Virtuoso, which loads the dataset the first time."""
    place = folder / "virtuoso"
    new = not place.exists()
    place.mkdir(exist_ok=True)
    with servers.virtuoso(place, build / DATASET if new else None, BUFFERS) as server:
        yield _over_http(server.url)


ENGINES: dict[str, Engine] = {"ours": ours, "oxigraph": oxigraph, "virtuoso": virtuoso, "rdflib": rdflib_engine}


def installed(name: str) -> bool:
    """The engine is on this machine."""
    return name != "virtuoso" or all(servers.VIRTUOSO.values())


def _index(build: Path) -> None:
    """The index of a large build is made, in a process that ends: forks must not have a part of an open store."""
    process = multiprocessing.get_context("fork").Process(target=open_store, args=(build,))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"no index of {build} could be made")


def _over_http(url: str) -> Opened:
    """Timed until the last byte of the answer, in JSON, is here; it is not parsed within that time."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(query: str) -> bytes:
        headers = {"Accept": "application/sparql-results+json"}
        request = urllib.request.Request(url, urllib.parse.urlencode({"query": query}).encode(), headers)
        with opener.open(request) as answer:
            read: bytes = answer.read()
            return read

    return lambda: (ask, lambda read: len(json.loads(read)["results"]["bindings"]))


def timed(opened: Opened, query: str, limit: float) -> Timed:
    """The question in a process of its own, which has ended, or been killed, when this returns."""
    here, there = multiprocessing.Pipe(duplex=False)
    # A fork has what rdflib has read; the stores of the others are opened only in it.
    process = multiprocessing.get_context("fork").Process(target=_run, args=(opened, query, there), daemon=True)
    process.start()
    there.close()
    took: list[float] = []
    try:
        while True:
            if not here.poll(limit):
                return Timed(None, None, f"> {limit:g} s")
            said = here.recv()
            if isinstance(said, str):
                return Timed(None, None, said)
            if isinstance(said, int):
                return Timed(statistics.median(took[1:] or took), said)
            took.append(said)
    except EOFError:
        return Timed(None, None, "its process ended")
    finally:
        process.kill()
        process.join()


def _run(opened: Opened, query: str, there: Any) -> None:
    """Says how long each run took, and at the end the number of rows; or what went wrong, in a word."""
    try:
        ask, count = opened()
        begun = perf_counter()
        for _ in range(1 + MOST_RUNS):
            start = perf_counter()
            answer = ask(query)
            there.send(perf_counter() - start)
            if perf_counter() - begun > SECONDS_OF_RUNS:
                break
        there.send(count(answer))
    except urllib.request.HTTPError as error:
        there.send(f"refused: {error.read(200).decode(errors='replace').splitlines()[0][:80]}")
    except Exception as error:
        there.send(f"{type(error).__name__}: {error}"[:80])
