"""How like a name is to those of an entity: found and scored as ``motegraf same`` finds and scores it."""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from graph.identity.candidates import NameIndex
from graph.identity.names.identifiers import split_identifiers
from graph.identity.scores import score_name
from graph.identity.things import Thing
from graph.query.entries import Entry
from graph.server.reconcile.identifiers import Identifiers, identifiers
from graph.server.reconcile.vocabulary import KINDS
from graph.server.workers.entry_index import search_index

# Of names with more letters together, the index takes a worker seconds to make and leaves too little memory for
# everything else: then only the words of names are searched, as those of the site are. (340,000 letters of 7,500 names
# took 3 s and 100 MB.)
MAX_INDEXED_LETTERS = 100_000
# What the kinds of entries are called where names are compared.
_KINDS = {"person": "person", "organisation": "body", "area": "area", "event": "event", "series": "event"}
# The properties that the schemes of identifiers within names are.
_SCHEMES = {"wikidata": "wikidata", "no-orgnr": "organisation-number", "eu-transparency-register": "register-id"}
_LONGEST_ABBREVIATION = 10


def thing_of(entry: Entry, known: Identifiers) -> Thing:
    """Return an entity as something that a name is compared with."""
    own = ((scheme, value) for scheme, property in _SCHEMES.items() for value in known.of(entry.iri, property))
    names = tuple(dict.fromkeys(entry.all_names))
    return Thing(entry.iri, _KINDS[entry.kind], names, frozenset(own))


# A worker has one build for all its life.
@lru_cache(maxsize=1)
def name_index(store: Store, folder: Path, base: str) -> NameIndex:
    """Return the index of the names of all entities that are matched; an empty one where they are too many."""
    entries: list[Entry] = []
    letters = 0
    for entry in search_index(store, folder, base).entries:
        if entry.kind in KINDS:
            entries.append(entry)
            letters += sum(len(name) for name in entry.all_names)
            # Of a large build no more is read.
            if letters > MAX_INDEXED_LETTERS:
                return NameIndex(())
    known = identifiers(store, folder, base)
    return NameIndex(thing_of(entry, known) for entry in entries)


def nearest(name: str, kinds: tuple[str, ...], index: NameIndex, limit: int) -> list[str]:
    """Return the IRIs of the entities of these kinds whose names are most like a name."""
    wanted = {_KINDS[kind] for kind in kinds}
    return [thing.id for thing, _ in index.nearest(name, wanted, limit)]


def name_score(name: str, thing: Thing) -> float:
    """Return how like a name is to the most similar name of an entity, from 0 to 100."""
    return 100 * score_name(name, thing)


def is_abbreviation(name: str) -> bool:
    """Return whether a name is one of capital letters, which stand for words: it tells little apart."""
    return name.isupper() and len(name) <= _LONGEST_ABBREVIATION and " " not in name


def without_identifiers(name: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a name without the identifiers in it, and these by property: ``Oslo kommune (958 935 420)``."""
    rest, found = split_identifiers(name)
    return rest, [(_SCHEMES[scheme], value) for scheme, value in sorted(found)]
