"""Open a build as a store, and query it.

A build of ordinary size is read into memory, which takes as long as reading its file. For a large build an index is
made beside its files at the first question; later questions open the index without reading the file.
"""

import os
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.builds.manifest import DATASET, store_digest, verified_file
from graph.builds.parts import open_in_turn, part_files
from graph.common.findings import Finding, FindingsError
from graph.common.progress import Progress, no_progress
from graph.query.results import InvalidQueryError, QueryError, QueryFn, QueryResult, expect_table, read_result
from graph.query.sparql.order import without_order
from graph.query.sparql.tokens import has_from_clause

# Reading a file of up to this size takes less time than a person notices.
MAX_BYTES_IN_MEMORY = 30_000_000
# So many bytes of N-Quads are read into a store at once: all at once would take as much memory again.
PIECE_BYTES = 16_000_000
# Of a build above this size, answers may be so long that ordering them in the engine takes most of their time.
MIN_BYTES_TO_ORDER = 5_000_000


def connect_build(build: Path, progress: Progress = no_progress) -> QueryFn:
    """Return a function that queries the build in this folder.

    Raise FindingsError where there is no build, or files of two builds.
    """
    store = open_store(build, progress)
    large = _index_folder(build).is_dir() or (build / DATASET).stat().st_size > MIN_BYTES_TO_ORDER
    return connect_store(store, orders=large)


def connect_lines(rows: Iterable[str]) -> QueryFn:
    """Return a function that queries lines of N-Quads that quads were written as; they are held in memory."""
    return connect_nquads("\n".join(rows).encode())


def connect_nquads(data: bytes) -> QueryFn:
    """Return a function that queries N-Quads that quads were written as; they are held in memory."""
    return connect_pieces([data])


def connect_pieces(pieces: Iterable[bytes]) -> QueryFn:
    """Return a function that queries N-Quads in pieces of whole lines; they are read some megabytes at a time."""
    store = Store()
    load_pieces(store, pieces)
    return connect_store(store)


def load_pieces(store: Store, pieces: Iterable[bytes]) -> None:
    """Read N-Quads of ours, in pieces of whole lines, into a store in memory, some megabytes at a time."""
    waiting: list[bytes] = []
    size = 0
    # Behind the last one an empty piece: what waits is read.
    for piece in chain(pieces, [b""]):
        waiting.append(piece)
        size += len(piece)
        if size > PIECE_BYTES or not piece:
            # Lenient: their IRIs are not checked once more, which takes a quarter of the time.
            store.bulk_load(input=b"".join(waiting), format=RdfFormat.N_QUADS, lenient=True)
            waiting, size = [], 0


def connect_store(store: Store, orders: bool = False) -> QueryFn:
    """Return a function that queries a store. It raises InvalidQueryError, or QueryError where the store fails.

    With ``orders``, rows are put in order here and not in the store, wherever that gives the same order.
    """

    def result(query: str) -> QueryResult:
        # A question is about the union of all graphs, unless the query states its graphs itself.
        return read_result(store.query(query, use_default_graph_as_union=not has_from_clause(query)))

    def run(query: str) -> QueryResult:
        # Some editors put a byte order mark before what they save.
        query = query.removeprefix("\ufeff")
        try:
            unordered = without_order(query) if orders else None
            rows = unordered.ordered(expect_table(result(unordered.query))) if unordered else None
            return result(query) if rows is None else rows
        except SyntaxError as error:
            raise InvalidQueryError(f"this is not SPARQL: {error}") from error
        except OSError as error:
            raise QueryError(f"the graph, or a server that the query calls, cannot be read: {error}") from error

    return run


def open_store(build: Path, progress: Progress = no_progress) -> Store:
    """Return the dataset of a build as a store that is not written to. Raise FindingsError where it cannot be read."""
    index = _index_folder(build)
    try:
        if index.is_dir():
            return open_dataset(index)
        file = verified_file(build, DATASET)
        return open_dataset(ensure_index(build, progress) if needs_index(build) else file)
    except (OSError, RuntimeError, SyntaxError) as error:
        message = f"cannot be read: {error}; remove {index.name} there, or build again"
        raise FindingsError([Finding(str(build), 0, message)]) from error


def open_dataset(path: Path) -> Store:
    """Return the store of an index (a folder) or of a file of N-Quads, which is read into memory."""
    if path.is_dir():
        return Store.read_only(str(path))
    store = Store()
    store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return store


def ensure_index(build: Path, progress: Progress = no_progress) -> Path:
    """Return the folder of the index of a build, made first where it is missing.

    Raise FindingsError where it cannot be made.
    """
    index = _index_folder(build)
    if not index.is_dir():
        files = [verified_file(build, name) for name in (DATASET, *(part.name for part in part_files(build)))]
        _build_index(files, index, progress)
    return index


def needs_index(build: Path) -> bool:
    """Return whether a build is too large for memory, or has parts, so that an index of it is made.

    Raise FindingsError where there is no build, OSError where its main file cannot be read.
    """
    return (build / DATASET).stat().st_size > MAX_BYTES_IN_MEMORY or bool(part_files(build))


def _index_folder(build: Path) -> Path:
    return build / f".store-{store_digest(build)[:24]}"


def opens_without_indexing(build: Path) -> bool:
    """Return whether the build can be opened without making an index. Raise FindingsError where there is no build."""
    try:
        return _index_folder(build).is_dir() or not needs_index(build)
    except OSError as error:
        raise FindingsError([Finding(str(build / DATASET), 0, f"cannot be read: {error.strerror}")]) from error


def _build_index(files: Sequence[Path], index: Path, progress: Progress) -> None:
    """Make the index whole or not at all. Where another process made it meanwhile, that one is used."""
    import shutil
    import tempfile

    try:
        new = Path(tempfile.mkdtemp(prefix=f".new-{os.getpid()}-", dir=index.parent))
    except OSError as error:
        raise FindingsError([Finding(str(index.parent), 0, f"an index cannot be made: {error.strerror}")]) from error
    try:
        store = Store(str(new))
        # At once: loaded one by one, each would bring small files of its own. Lenient: this program wrote the IRIs, and
        # the digests say that they are what it wrote.
        with open_in_turn(progress("making an index", files)) as stream:
            store.bulk_load(input=stream, format=RdfFormat.N_QUADS, lenient=True)
        # Each million of statements comes as sorted files of its own, and a question looks into all of them: merged, it
        # takes a third of the time.
        for _ in progress("merging the index", [index]):
            store.optimize()
        del store
        for old in index.parent.glob(".store-*"):
            if old != index:
                shutil.rmtree(old, ignore_errors=True)
        new.replace(index)
    except (OSError, RuntimeError) as error:
        if not index.is_dir():
            raise FindingsError([Finding(str(index.parent), 0, f"an index cannot be made: {error}")]) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
