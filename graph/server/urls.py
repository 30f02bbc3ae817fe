"""URLs: what a path of the server can name, what it may have been meant to name, and the path of an entity."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import NamedNode

from graph.model.iris import BASE, ENTITIES, LOCAL_NAME, VOCABULARY, slug
from graph.server.formats import split_ending

# Whether a folder moves with the base of the build. Terms of the ontology are parts (#) of one document.
_FOLDERS = dict.fromkeys(ENTITIES.values(), True) | {
    folder: False for folder in VOCABULARY.values() if folder.endswith("/")
}
# Each scheme has the name of the folder of its concepts; questions and shapes are in none.
_SCHEMES = {folder.removesuffix("/") for folder, moves in _FOLDERS.items() if not moves} - {"question", "shape"}
# How similar the name of a folder is to the one that was meant, from 0 to 1.
_SAME_FOLDER = 0.8
# A name as people write one.
_WORDS = re.compile(r"[\w .,'’–-]{1,200}")


@dataclass(frozen=True, slots=True)
class Address:
    """What a path can name: an entity; or, where it ends as a file does, a document about another, in a format.

    Local names have dots too: an entity of the whole name goes before a document. Where neither can be (both are
    None), ``similar_to`` is an IRI that the one that was meant is similar to.
    """

    entity: NamedNode | None
    document_of: NamedNode | None = None
    format: str | None = None
    similar_to: NamedNode | None = None


def resolve(path: str, base: str) -> Address | None:
    """Return what a path below the base can name, or be meant to name; None where it is nothing of the kind."""
    stem, format = split_ending(path)
    entity, document_of = entity_at(path, base), entity_at(stem, base) if format else None
    if entity or document_of:
        return Address(entity, document_of, format)
    similar_to = _similar_to(path, base)
    return Address(None, similar_to=similar_to) if similar_to else None


def entity_at(path: str, base: str) -> NamedNode | None:
    """Return the entity with this path below the base; None where no entity can have it."""
    if path in _SCHEMES:
        return NamedNode(f"{BASE}{path}")
    for folder, moves in _FOLDERS.items():
        name = path.removeprefix(folder)
        if path.startswith(folder) and LOCAL_NAME.fullmatch(name):
            return NamedNode(f"{base if moves else BASE}{path}")
    return None


def _similar_to(path: str, base: str) -> NamedNode | None:
    """Return the IRI that an entity would have, were its name written as local names are, in the folder most alike."""
    folder, _, name = path.rpartition("/")
    if not folder or not _WORDS.fullmatch(unicodedata.normalize("NFC", name)):
        return None
    near = get_close_matches(f"{folder.lower()}/", _FOLDERS, 1, _SAME_FOLDER)
    return entity_at(f"{near[0]}{slug(name)}", base) if near else None


def path_of(entity: NamedNode, base: str) -> str | None:
    """Return the path of an entity of ours; None for those that others have named."""
    for start in dict.fromkeys((base, BASE)):
        path = entity.value.removeprefix(start)
        if entity.value.startswith(start) and entity_at(path, base) == entity:
            return path
    return None
