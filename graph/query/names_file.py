"""The names of a large build in an SQLite file: what searches and lists look up, made once, for all workers.

Entities have numbers, from 1, in the order in which they are found: those with most meetings first. Of each word of
their names, and of each value of a facet, the file has the set of the numbers of whoever has it.
"""

import os
import secrets
import sqlite3
import time
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from graph.common.bitsets import pack
from graph.common.collation import collation_key
from graph.common.names import fold_name
from graph.model.labels import INTERFACE_LANGUAGES
from graph.query.entries import ENTRIES, KINDS, Entry, entry_as_json, entry_from_json
from graph.query.listing import FACETS, facet_keys, is_listed, key_of, last_day
from graph.query.search import folded_names, ids_of, initials_of

# The words of a name stand in the slot of its place among the names of its entity, so that words of one name are told
# from those of several; these are slots of other words.
CONTEXT, FIRST_WORD, INITIALS = -1, -2, -3
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value);
CREATE TABLE entry (number INTEGER PRIMARY KEY, iri TEXT, data TEXT);
CREATE TABLE kind (kind TEXT PRIMARY KEY, owners BLOB);
CREATE TABLE name (letters INTEGER, folded TEXT, number INTEGER, PRIMARY KEY (letters, folded, number)) WITHOUT ROWID;
CREATE TABLE word (word TEXT, slot INTEGER, owners BLOB);
CREATE TABLE id (id TEXT, number INTEGER, PRIMARY KEY (id, number)) WITHOUT ROWID;
CREATE TABLE facet (kind TEXT, facet TEXT, key TEXT, iri TEXT, owners BLOB, PRIMARY KEY (kind, facet, key));
CREATE TABLE ordering (kind TEXT, sort TEXT, lang TEXT, numbers BLOB, PRIMARY KEY (kind, sort, lang));
CREATE TEMP TABLE taken (
  iri TEXT PRIMARY KEY, kind TEXT, listed INTEGER, meetings INTEGER, day TEXT, last TEXT, nb TEXT, en TEXT, data TEXT
);
"""
# Nothing that is still written was last changed so long ago.
_MAX_SECONDS = 86_400
_ORDERS = {"name": "", "newest": "last DESC,", "meetings": "meetings DESC,"}


def write_names(entries: Iterable[Entry], file: Path) -> None:
    """Write entities to a file of names, of an IRI the first. Raise OSError where it cannot be written."""
    # Made as other files of a build are, so that whoever may read these may read it.
    new = file.with_name(f"{ENTRIES}new-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with closing(sqlite3.connect(new)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;")
            connection.executescript(_SCHEMA)
            _write(connection, entries)
            connection.commit()
        # It is believed by its length: what it says is on the disk before it has its name.
        with new.open("rb+") as stream:
            os.fsync(stream.fileno())
        new.replace(file)
    except sqlite3.Error as error:
        raise OSError(f"{file.name} cannot be written: {error}") from error
    finally:
        new.unlink(missing_ok=True)


def has_names(file: Path) -> bool:
    """Return whether a file of names is there as a whole, without reading all of it."""
    with suppress(OSError, sqlite3.Error), closing(open_names(file)) as connection:
        (pages,), (size,) = (connection.execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "page_size"))
        (whole,) = connection.execute("SELECT value FROM about WHERE name = 'pages'").fetchone()
        return bool(pages * size == file.stat().st_size and whole <= pages)
    return False


def remove_old_names(file: Path) -> None:
    """Remove files of names beside this one that other programs or builds left, and what was never finished.

    Whoever reads one has it open, or has a link of their own.
    """
    for other in file.parent.glob(f"{ENTRIES}*"):
        with suppress(OSError):
            is_new = other.name.startswith(f"{ENTRIES}new-")
            if other != file and not (is_new and time.time() - other.stat().st_mtime < _MAX_SECONDS):
                other.unlink()


def open_names(file: Path) -> sqlite3.Connection:
    """Open a file of names, which nobody writes to. Raise OSError where it is not there."""
    file.stat()
    # Several threads may ask one after the other.
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def encodable(text: str) -> str:
    """Return a text that can be looked up: half of a surrogate pair, which JSON can have, is no letter."""
    return text.encode("utf-8", "replace").decode()


def entry_at(db: sqlite3.Connection, number: int) -> Entry:
    """Return the entity with a number. Raise TypeError where there is none."""
    return entry_from_json(db.execute("SELECT data FROM entry WHERE number = ?", (number,)).fetchone()[0])


def _write(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    places = ", ".join("?" * 9)
    connection.executemany(f"INSERT OR IGNORE INTO taken VALUES ({places})", map(_taken, entries))
    connection.execute(
        "INSERT INTO entry (iri, data) SELECT iri, data FROM taken ORDER BY meetings DESC, day DESC, nb, iri"
    )
    connection.execute("CREATE UNIQUE INDEX entry_iri ON entry (iri)")
    sets: dict[tuple[str, ...], array[int]] = defaultdict(lambda: array("I"))
    words: dict[tuple[str, int], array[int]] = defaultdict(lambda: array("I"))
    iris: dict[tuple[str, ...], str] = {}
    # Both are put into the order of their tables once, not at each entity.
    connection.execute("CREATE TEMP TABLE new_name (letters INTEGER, folded TEXT, number INTEGER)")
    connection.execute("CREATE TEMP TABLE new_id (id TEXT, number INTEGER)")
    for number, data in connection.execute("SELECT number, data FROM entry ORDER BY number"):
        entry = entry_from_json(data)
        names = folded_names(entry)
        connection.executemany("INSERT INTO new_name VALUES (?, ?, ?)", ((len(each), each, number) for each in names))
        connection.executemany("INSERT INTO new_id VALUES (?, ?)", ((id, number) for id in ids_of(entry)))
        for word in _words(entry, names):
            words[word].append(number)
        sets[(entry.kind,)].append(number)
        if is_listed(entry):
            for facet in FACETS[entry.kind]:
                for key in facet_keys(entry, facet):
                    sets[entry.kind, facet, key].append(number)
                for iri in entry.facets.get(facet, ()):
                    iris[entry.kind, facet, key_of(iri)] = iri
    connection.execute("INSERT OR IGNORE INTO name SELECT * FROM new_name ORDER BY letters, folded, number")
    connection.execute("INSERT OR IGNORE INTO id SELECT * FROM new_id ORDER BY id, number")
    connection.executemany("INSERT INTO word VALUES (?, ?, ?)", ((*word, pack(words[word])) for word in sorted(words)))
    connection.execute("CREATE UNIQUE INDEX word_slot ON word (word, slot)")
    connection.executemany("INSERT INTO kind VALUES (?, ?)", ((k[0], pack(sets[k])) for k in sets if len(k) == 1))
    facets = ((*key, iris.get(key), pack(owners)) for key, owners in sets.items() if len(key) == 3)
    connection.executemany("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", facets)
    connection.executemany("INSERT INTO ordering VALUES (?, ?, ?, ?)", _orderings(connection))
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute("INSERT INTO about VALUES ('pages', ?)", (pages,))


def _taken(entry: Entry) -> tuple[object, ...]:
    names = ("\x01".join(collation_key(*entry.label(lang))) for lang in INTERFACE_LANGUAGES)
    day, last = max(entry.days, default=""), last_day(entry)
    return entry.iri, entry.kind, is_listed(entry), entry.meetings, day, last, *names, entry_as_json(entry)


def _words(entry: Entry, names: Iterable[str]) -> set[tuple[str, int]]:
    words = {(word, CONTEXT) for text in entry.context for word in fold_name(text).split()}
    for slot, name in enumerate(names):
        split = name.split()
        words.update((word, slot) for word in split)
        if split:
            words.add((split[0], FIRST_WORD))
    return words | {(initials, INITIALS) for initials in initials_of(names)}


def _orderings(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    for kind in KINDS:
        for sort, first in _ORDERS.items():
            for lang in INTERFACE_LANGUAGES:
                query = (
                    "SELECT number FROM taken JOIN entry USING (iri) WHERE kind = ? AND listed"
                    f" ORDER BY {first} taken.{lang}, iri"
                )
                numbers = array("I", (number for (number,) in connection.execute(query, (kind,))))
                if numbers:
                    yield kind, sort, lang, numbers.tobytes()
