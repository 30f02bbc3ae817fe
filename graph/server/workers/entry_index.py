"""The index by which the entities of the build of a worker are searched: in memory, or of a large build in a file."""

import sqlite3
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from graph.query.entries import read_entries
from graph.query.names_index import Index, StoredIndex
from graph.query.search import SearchIndex
from graph.query.stores import needs_index
from graph.server.stores import query_fn
from graph.server.workers.names import names_path
from graph.server.workers.published import published_store


# A worker has one store for all its life.
@lru_cache(maxsize=1)
def search_index(store: Store, folder: Path, base: str) -> Index:
    """Return the index of all entities of the dataset, and of those that stand only in other files of the build."""
    if needs_index(folder):
        with suppress(OSError, sqlite3.Error):
            return StoredIndex(names_path(folder))
    return SearchIndex(read_entries([query_fn(store), query_fn(published_store(folder, base))], base))
