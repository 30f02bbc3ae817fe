"""What a build publishes beside its dataset, for the addresses of its IRIs: catalogue, questions, shapes, all areas.

Queries are about the dataset alone. A worker reads these files when it is first asked for something in one of them.
"""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from graph.model.iris import ENTITIES

FILES = ("areas.ttl", "catalog.ttl", "queries.ttl", "shapes.ttl", "void.ttl")


@lru_cache(maxsize=1)
def published_store(folder: Path, base: str) -> Store:
    """Return the statements of these files of a build, each file as a graph whose name is its address."""
    store = Store()
    for name in FILES:
        if (folder / name).is_file():
            graph = NamedNode(f"{base}dumps/{name}")
            store.load(path=folder / name, format=RdfFormat.TURTLE, to_graph=graph)
    return store


@lru_cache(maxsize=1)
def published_with_words(dataset: Store, folder: Path, base: str) -> Store:
    """Return the same statements with those of the ontology, whose words the pages of them need."""
    store = Store()
    ontology = NamedNode(f"{base}{ENTITIES['graph']}ontology")
    store.bulk_extend(published_store(folder, base))
    store.bulk_extend(dataset.quads_for_pattern(None, None, None, ontology))
    return store
