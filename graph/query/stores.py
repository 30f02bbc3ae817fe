"""Stores: the folder of a build -> a place to ask.

A build of ordinary size is read into memory, which takes as long as reading its file. For a large one an index is made
beside its files at the first question, and opened, not read, at every later one.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.builds.manifest import stated_digest, verified
from graph.common.findings import Finding, FindingsError
from graph.common.progress import Progress, no_progress
from graph.query.results import InvalidQueryError, QueryError, QueryFn, QueryResult, read_result
from graph.query.sparql.tokens import has_from_clause

DATASET = "motegraf.nq"
# Up to here, reading a file takes less time than a person notices.
MAX_BYTES_IN_MEMORY = 30_000_000


def connect_build(build: Path, progress: Progress = no_progress) -> QueryFn:
    """The build in this folder as a place to ask; a FindingsError where there is none, or a mixture of two."""
    return connect_store(open_store(build, progress))


def connect_lines(rows: Iterable[str]) -> QueryFn:
    """Lines of N-Quads, held in memory, as a place to ask."""
    store = Store()
    store.bulk_load(input="\n".join(rows).encode(), format=RdfFormat.N_QUADS)
    return connect_store(store)


def connect_store(store: Store) -> QueryFn:
    """A store as a place to ask."""

    def run(query: str) -> QueryResult:
        try:
            # The union of all graphs is what a question means, unless the query says itself which graphs it is about.
            return read_result(store.query(query, use_default_graph_as_union=not has_from_clause(query)))
        except SyntaxError as error:
            raise InvalidQueryError(f"this is not SPARQL: {error}") from error
        except OSError as error:
            raise QueryError(f"the graph, or a server that the query calls, cannot be read: {error}") from error

    return run


def open_store(build: Path, progress: Progress = no_progress) -> Store:
    """The dataset of a build in a store. It is not written to."""
    kept = _index_folder(build)
    try:
        if kept.is_dir():
            return open_dataset(kept)
        file = verified(build, DATASET)
        return open_dataset(file if file.stat().st_size <= MAX_BYTES_IN_MEMORY else ensure_index(build, progress))
    except (OSError, RuntimeError, SyntaxError) as error:
        message = f"cannot be read: {error}; remove {kept.name} there, or build again"
        raise FindingsError([Finding(str(build), 0, message)]) from error


def open_dataset(place: Path) -> Store:
    """The folder of an index, or a file of N-Quads, which is read into memory. It is not written to."""
    if place.is_dir():
        return Store.read_only(str(place))
    store = Store()
    store.bulk_load(path=place, format=RdfFormat.N_QUADS)
    return store


def ensure_index(build: Path, progress: Progress = no_progress) -> Path:
    """The folder of the index of a build, which is made where there is none; a FindingsError where it cannot be."""
    kept = _index_folder(build)
    if not kept.is_dir():
        file = verified(build, DATASET)
        for _ in progress("making an index", [kept]):
            _build_index(file, kept)
    return kept


def _index_folder(build: Path) -> Path:
    return build / f".store-{stated_digest(build, DATASET)[:24]}"


def opens_without_indexing(build: Path) -> bool:
    """The build needs no index that is still to be made; a FindingsError where there is no build."""
    try:
        return _index_folder(build).is_dir() or (build / DATASET).stat().st_size <= MAX_BYTES_IN_MEMORY
    except OSError as error:
        raise FindingsError([Finding(str(build / DATASET), 0, f"cannot be read: {error.strerror}")]) from error


def _build_index(file: Path, kept: Path) -> None:
    """The store is there whole or not at all. Where another process has made it meanwhile, that one is used."""
    import shutil
    import tempfile

    try:
        new = Path(tempfile.mkdtemp(prefix=f".new-{os.getpid()}-", dir=kept.parent))
    except OSError as error:
        raise FindingsError([Finding(str(kept.parent), 0, f"an index cannot be made: {error.strerror}")]) from error
    try:
        store = Store(str(new))
        store.bulk_load(path=file, format=RdfFormat.N_QUADS)
        store.flush()
        del store
        for old in kept.parent.glob(".store-*"):
            if old != kept:
                shutil.rmtree(old, ignore_errors=True)
        new.replace(kept)
    except (OSError, RuntimeError) as error:
        if not kept.is_dir():
            raise FindingsError([Finding(str(kept.parent), 0, f"an index cannot be made: {error}")]) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
