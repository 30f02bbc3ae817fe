"""Entries of a large build, read file by file: each file in memory takes a fifth of what its index on disk would take.

The look-ups are those of ``graph.query.entries``. They are asked of the main file, and of each part with what it is
joined to in the main file: areas, which stand there alone. All that is said of a meeting stands in one file.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from graph.builds.manifest import DATASET, verified_file
from graph.builds.parts import open_part, part_files
from graph.common.progress import Progress, no_progress
from graph.model.iris import BASE
from graph.query.entries import LOOKUP_NAMES, Entry, Gathering
from graph.query.lookup import LOOKUPS
from graph.query.stores import connect_pieces

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_WITHIN = b"<https://schema.org/containedInPlace>"
_LABEL = b"<http://www.w3.org/2000/01/rdf-schema#label>"
_AREA = b"<http://data.europa.eu/m8g/AdminUnit>"
# Whole lines of so many bytes, and the rest of a line, are looked through at once.
_PIECE_BYTES = 8_000_000


def read_build_entries(build: Path, base: str = BASE, progress: Progress = no_progress) -> Iterator[Entry]:
    """Yield the entities of the dataset of a build, each once: as ``read_entries`` returns those of one store of it.

    Meetings, of which there are most, come file by file. Raise FindingsError where there is no build, or files of two,
    OSError where a file cannot be read.
    """
    gathered = Gathering(base)
    main, areas = _main_lines(verified_file(build, DATASET))
    gathered.add(connect_pieces(main))
    yield from gathered.take("event")
    del main
    files = [verified_file(build, part.name) for part in part_files(build)]
    for file in progress("reading names", files):
        with open_part(file) as stream:
            gathered.add(connect_pieces([*areas, *_needed(stream)]))
        yield from gathered.take("event")
    yield from gathered.take()


def _main_lines(file: Path) -> tuple[list[bytes], list[bytes]]:
    """Return the lines of the main file that look-ups need, and those of them that parts are joined to."""
    with file.open("rb") as stream:
        lines = [line for piece in _needed(stream) for line in piece.splitlines(keepends=True)]
    split = [line.split(b" ", 3) for line in lines]
    within = [parts for parts in split if parts[1] == _WITHIN]
    places = {term for parts in within for term in (parts[0], parts[2])}
    places |= {parts[0] for parts in split if parts[2] == _AREA}
    labels = [parts for parts in split if parts[1] == _LABEL and parts[0] in places]
    return lines, [b" ".join(parts) for parts in (*within, *labels)]


def _needed(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of N-Quads that the look-ups ask for, in pieces."""
    predicates, classes = _terms()
    rest = b""
    while True:
        data = stream.read(_PIECE_BYTES)
        whole, _, rest = (rest + data).rpartition(b"\n") if data else (rest, b"", b"")
        kept = []
        for line in whole.split(b"\n"):
            parts = line.split(b" ", 3)
            if len(parts) == 4 and parts[1] in predicates and (parts[1] != _TYPE or parts[2] in classes):
                kept.append(line)
        if kept:
            yield b"\n".join([*kept, b""])
        if not data:
            return


@cache
def _terms() -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the terms that stand in the look-ups, as predicates and as what they ask types of."""
    terms = set()
    for name in LOOKUP_NAMES:
        text = re.sub(r"^#.*", "", (LOOKUPS / f"{name}.rq").read_text(encoding="utf-8"), flags=re.MULTILINE)
        prefixes = dict(re.findall(r"PREFIX (\w+): <([^>]+)>", text))
        for prefix, local in re.findall(r"\b(\w+):(\w+)", text):
            if prefix in prefixes:
                terms.add(f"<{prefixes[prefix]}{local}>".encode())
    return frozenset({*terms, _TYPE}), frozenset(terms)
