"""The entries of the build of a worker, read once, and the index by which they are searched."""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from graph.query.entries import ENTRIES_FILE, load_entries, read_entries
from graph.query.search import SearchIndex
from graph.server.stores import query_fn
from graph.server.workers.published import published_store


# A worker has one store for all its life.
@lru_cache(maxsize=1)
def search_index(store: Store, folder: Path, base: str) -> SearchIndex:
    """Return the index of all entities of the dataset, and of those that stand only in other files of the build."""
    file = folder / ENTRIES_FILE
    of_dataset = load_entries(file) if file.is_file() else read_entries([query_fn(store)], base)
    of_dataset_iris = {entry.iri for entry in of_dataset}
    others = read_entries([query_fn(published_store(folder, base))], base)
    return SearchIndex([*of_dataset, *(entry for entry in others if entry.iri not in of_dataset_iris)])
