"""Engines asked alike: ours, rdflib's, the Oxigraph server, Virtuoso and maplib, and a question timed in one of them.

An engine is a context that, while it lasts, gives a function which opens it; that is called in a process of its own for
each question, which is killed when a run takes longer than the limit.
"""

import gc
import hashlib
import importlib
import importlib.util
import json
import multiprocessing
import statistics
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

import rdflib
from pyoxigraph import RdfFormat, parse, serialize

from graph import HOME
from graph.builds.manifest import DATASET
from graph.query.results import QueryResult, expect_table
from graph.query.stores import connect_build, connect_store, open_store
from graph.server.workers.fork_server import read_graph

sys.path.append(str(HOME / "tests"))
import servers

# The text of what is bound in a row, by column: in which order columns stand is an engine's own.
Row = Mapping[str, str]
# A query goes in; what comes out has been read to its end, and the function beside it gives its rows.
Ask = Callable[[str], Any]
Opened = Callable[[], tuple[Ask, Callable[[Any], Iterable[Row]]]]
Engine = Callable[[Path, Path], AbstractContextManager[Opened]]
# Runs that are timed after one that is not: as many as end within so many seconds, one at the least.
MOST_RUNS, SECONDS_OF_RUNS = 5, 10.0
# Pages of 8 kB that Virtuoso keeps in memory: 1.3 GB.
BUFFERS = 170_000


@dataclass(frozen=True)
class Timed:
    """The median of the warm runs in seconds, how many rows and which; or, without them, why there are none."""

    seconds: float | None
    rows: int | None
    failed: str = ""
    digest: int = 0


class RefusedError(Exception):
    """The engine says why it does not answer, and can be asked again."""


@contextmanager
def ours(build: Path, _: Path) -> Iterator[Opened]:
    """The build as ``motegraf ask`` opens it, its index made; timed until all rows are Python's."""
    _index(build)
    yield lambda: (connect_build(build), _rows_of_ours)


@contextmanager
def in_memory(build: Path, _: Path) -> Iterator[Opened]:
    """The same with all of the graph in memory, as workers of ``motegraf serve`` have it where there is enough."""
    run = connect_store(read_graph(build), orders=True)
    yield lambda: (run, _rows_of_ours)


def _rows_of_ours(answer: QueryResult) -> Iterator[Row]:
    table = expect_table(answer)
    for row in table.rows:
        yield {name: cell.value for name, cell in zip(table.columns, row, strict=True) if cell is not None}


@contextmanager
def rdflib_engine(build: Path, folder: Path) -> Iterator[Opened]:
    """rdflib's own engine over its store in memory; the statements of all graphs are in one, which is faster."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        file = Path(place) / "all.nt"
        triples = (quad.triple for quad in parse(path=build / DATASET, format=RdfFormat.N_QUADS))
        serialize(triples, file, format=RdfFormat.N_TRIPLES)
        graph = rdflib.Graph().parse(file, format="nt")
    gc.freeze()
    yield lambda: (lambda query: list(graph.query(query)), _rows_of_rdflib)


def _rows_of_rdflib(answer: Iterable[Any]) -> Iterator[Row]:
    for row in answer:
        yield {name: str(cell) for name, cell in row.asdict().items()}


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


@contextmanager
def maplib(build: Path, folder: Path) -> Iterator[Opened]:
    """maplib, which holds the statements of all graphs in one, in the memory of a process of its own.

    A fork has none of the threads by which it computes: so it is imported in that process alone, and asked by a pipe.
    Timed until all rows are Python's.
    """
    file = folder / "maplib.nt"
    if not file.exists():
        triples = (quad.triple for quad in parse(path=build / DATASET, format=RdfFormat.N_QUADS))
        serialize(triples, file, format=RdfFormat.N_TRIPLES)
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_answer_with_maplib, args=(file, here, there), daemon=True
    )
    process.start()
    there.close()
    try:
        if (said := here.recv()) is not None:
            raise RuntimeError(f"maplib could not read the build: {said}")
        yield lambda: (lambda query: _ask_by_pipe(here, query), lambda _: _rows_of_json(_ask_by_pipe(here, None)[0]))
    finally:
        process.kill()
        process.join()


def _ask_by_pipe(pipe: Connection, query: str | None) -> Any:
    """A query is answered with None, and None with what the query before gave; or there is a word why not."""
    pipe.send(query)
    said = pipe.recv()
    if isinstance(said, str):
        raise RefusedError(said)
    return said


def _answer_with_maplib(file: Path, other: Connection, pipe: Connection) -> None:
    """The process that holds the statements: it ends when nobody has the other end of the pipe."""
    other.close()
    try:
        # No dependency of ours: without it the engine is left out.
        library = importlib.import_module("maplib")
        model = library.Model()
        model.read(str(file), format="ntriples")
        pipe.send(None)
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
        return
    query = ""
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        try:
            if asked is None:
                # The text of terms, which a frame shows as numbers and days of Python.
                pipe.send((model.query(query, return_json=True),))
            else:
                model.query(asked).rows()
                query = asked
                pipe.send(None)
        # A panic in Rust is no Exception.
        except BaseException as error:
            pipe.send(" ".join(f"{type(error).__name__}: {error}".split()))


ENGINES: dict[str, Engine] = {
    "ours": ours,
    "memory": in_memory,
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
    "rdflib": rdflib_engine,
    "maplib": maplib,
}


# By those, questions may be asked in the shorter way in which a build is asked.
OURS = ("ours", "memory")


def installed(name: str) -> bool:
    """The engine is on this machine."""
    if name == "maplib":
        return importlib.util.find_spec(name) is not None
    return name != "virtuoso" or all(servers.VIRTUOSO.values())


def digest_rows(rows: Iterable[Row]) -> tuple[int, int]:
    """How many rows there are, and a number that is the same for the same rows in any order.

    The words of a cell are taken in any order too: in which an engine puts several proofs together is its own.
    """
    count = total = 0
    for row in rows:
        count += 1
        text = json.dumps({name: sorted(cell.split(" ")) for name, cell in row.items()}, sort_keys=True)
        total += int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    return count, total % 2**64


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

    return lambda: (ask, _rows_of_json)


def _rows_of_json(read: bytes | str) -> Iterator[Row]:
    for row in json.loads(read)["results"]["bindings"]:
        yield {name: cell["value"] for name, cell in row.items()}


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
            if isinstance(said, tuple):
                return Timed(statistics.median(took[1:] or took), said[0], digest=said[1])
            took.append(said)
    except EOFError:
        return Timed(None, None, "its process ended")
    finally:
        process.kill()
        process.join()


def _run(opened: Opened, query: str, there: Any) -> None:
    """Says how long each run took, and at the end how many rows and which; or what went wrong, in a word."""
    try:
        ask, rows = opened()
        begun = perf_counter()
        for _ in range(1 + MOST_RUNS):
            start = perf_counter()
            answer = ask(query)
            there.send(perf_counter() - start)
            if perf_counter() - begun > SECONDS_OF_RUNS:
                break
        there.send(digest_rows(rows(answer)))
    except urllib.request.HTTPError as error:
        there.send(f"refused: {error.read(200).decode(errors='replace').splitlines()[0][:80]}")
    except RefusedError as error:
        there.send(f"refused: {error}"[:160])
    except Exception as error:
        there.send(f"{type(error).__name__}: {error}"[:80])
