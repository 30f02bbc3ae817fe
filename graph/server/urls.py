"""URLs: the entity at a path of the server, and the path of an entity."""

from pyoxigraph import NamedNode

from graph.model.iris import BASE, ENTITIES, LOCAL_NAME, VOCABULARY

# Whether a folder moves with the base of the build. Terms of the ontology are parts (#) of one document.
_FOLDERS = dict.fromkeys(ENTITIES.values(), True) | {
    folder: False for folder in VOCABULARY.values() if folder.endswith("/")
}


def entity_at(path: str, base: str) -> NamedNode | None:
    """Return the entity with this path below the base; None where no entity can have it."""
    for folder, moves in _FOLDERS.items():
        name = path.removeprefix(folder)
        if path.startswith(folder) and LOCAL_NAME.fullmatch(name):
            return NamedNode(f"{base if moves else BASE}{path}")
    return None


def path_of(entity: NamedNode, base: str) -> str | None:
    """Return the path of an entity of ours; None for those that others have named."""
    for start in dict.fromkeys((base, BASE)):
        path = entity.value.removeprefix(start)
        if entity.value.startswith(start) and entity_at(path, base) == entity:
            return path
    return None
