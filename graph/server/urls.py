"""Addresses: which thing an address of the server is of, and where the page of a thing is."""

from pyoxigraph import NamedNode

from graph.model.iris import BASE, ENTITIES, LOCAL_NAME, VOCABULARY

# Not those of the ontology, which are parts (#) of one document.
_FOLDERS = dict.fromkeys(ENTITIES.values(), True) | {
    folder: False for folder in VOCABULARY.values() if folder.endswith("/")
}


def thing_at(path: str, base: str) -> NamedNode | None:
    """The thing whose address, below the base, is this path; None where no thing can have it."""
    for folder, moves in _FOLDERS.items():
        name = path.removeprefix(folder)
        if path.startswith(folder) and LOCAL_NAME.fullmatch(name):
            return NamedNode(f"{base if moves else BASE}{path}")
    return None


def path_of(thing: NamedNode, base: str) -> str | None:
    """The path of a thing of ours; None for things that others have named."""
    for start in dict.fromkeys((base, BASE)):
        path = thing.value.removeprefix(start)
        if thing.value.startswith(start) and thing_at(path, base) == thing:
            return path
    return None
