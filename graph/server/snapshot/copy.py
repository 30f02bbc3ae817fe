"""Snapshots: a copy of a build that nobody writes to, verified, with its index; the server shows it until the next.

It is made of links where the system has them. ``python -m graph.server.snapshot.copy BUILD FOLDER`` makes one, so that
neither the digests nor the index of a large build are the work, or in the memory, of the front.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from graph.builds.manifest import (
    DATASET,
    EXPLORER_COLUMNS,
    EXPLORER_ROWS,
    MANIFEST,
    TAG_LENGTH,
    content_digest,
    read_base,
    verify_build,
)
from graph.builds.parts import SUFFIX as PART_SUFFIX
from graph.common.findings import FindingsError
from graph.common.progress import Item, Progress, no_progress
from graph.model.iris import BASE
from graph.query.entries import ENTRIES
from graph.query.names_file import has_names
from graph.query.stores import (
    MAX_BYTES_IN_MEMORY,
    ensure_index,
    needs_index,
    open_dataset,
    opens_without_indexing,
)
from graph.rdf.terms import iri
from graph.server.negotiation import MIN_BYTES_TO_COMPRESS, compress
from graph.server.workers.names import ensure_names, names_path
from graph.server.workers.process import REPORT

_CATALOGUE = "catalog.ttl"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a build.

    Its folder, what workers open of it (``store``), the digests of its files by name and of its manifest, its base, its
    graphs, the day whose knowledge it holds, if it is limited to one, the IRIs of the versions of its ontology, the
    licence of its data (empty where its catalogue states none), and the day on which it was made (UTC).
    """

    folder: Path
    store: Path
    files: dict[str, str]
    manifest: str
    base: str
    known_on: str | None
    graphs: tuple[str, ...]
    versions: tuple[str, ...]
    licence: str
    day: str

    @property
    def tag(self) -> str:
        """Return the short digest that tells this build from another."""
        return content_digest(self.files)[:TAG_LENGTH]

    def digest_of(self, name: str) -> str:
        """Return the digest of a file of the build, or of its manifest, which cannot contain its own."""
        return self.manifest if name == MANIFEST else self.files[name]


def copy_build(build: Path, folder: Path, progress: Progress = no_progress) -> None:
    """Copy a build into an empty folder, with its files compressed beside them, and the index of a large one.

    Raise FindingsError where there is no build, or files of two.
    """
    read_base(build)
    manifest = json.loads((build / MANIFEST).read_text(encoding="utf-8"))
    for name in (*manifest["sha256"], MANIFEST):
        if Path(name).name == name and (build / name).exists():
            _link(build / name, folder / name)
    try:
        verify_build(folder)
    except FindingsError:
        # Report what is wrong with the build itself, unless it has become whole meanwhile.
        verify_build(build)
        raise
    for name in manifest["sha256"]:
        is_compressed = name.endswith(PART_SUFFIX) or name in (EXPLORER_COLUMNS, EXPLORER_ROWS)
        if not is_compressed and MIN_BYTES_TO_COMPRESS <= (folder / name).stat().st_size <= MAX_BYTES_IN_MEMORY:
            with compressed_path(folder, name).open("xb") as beside:
                beside.write(compress((folder / name).read_bytes()))
    if needs_index(folder):
        index = ensure_index(build, progress)
        own = folder / index.name
        own.mkdir()
        for file in index.iterdir():
            if not file.name.startswith(ENTRIES):
                _link(file, own / file.name)
        names = ensure_names(build, own, progress)
        if names.parent != own:
            _link(names, own / names.name)


def is_prepared(build: Path) -> bool:
    """Return whether a build can be served at once: it is small, or has its index and the names that are searched.

    Raise FindingsError where there is no build, OSError where it cannot be read.
    """
    if not needs_index(build):
        return True
    return opens_without_indexing(build) and has_names(names_path(build))


def compressed_path(folder: Path, name: str) -> Path:
    """Return the path of the compressed file, whether it exists or not."""
    return folder / f"{name}.gz"


def store_path(folder: Path) -> Path:
    """Return what a worker opens of a snapshot: an index, or the N-Quads where they are small enough for its memory.

    Queries in memory take a fifth of the time.
    """
    return ensure_index(folder) if needs_index(folder) else folder / DATASET


def read_snapshot(folder: Path, graphs: Iterable[str], versions: Iterable[str], licence: str) -> Snapshot:
    """Return the snapshot in a folder, which was verified when it was made; the rest was read from it then."""
    content = (folder / MANIFEST).read_bytes()
    manifest = json.loads(content)
    day = manifest.get("as_known_on")
    return Snapshot(
        folder,
        store_path(folder),
        manifest["sha256"],
        hashlib.sha256(content).hexdigest(),
        str(manifest.get("base", BASE)),
        str(day) if day else None,
        tuple(graphs),
        tuple(versions),
        licence,
        datetime.fromtimestamp((folder / MANIFEST).stat().st_mtime, UTC).date().isoformat(),
    )


def remove(folder: Path) -> None:
    """Remove a snapshot; readers that have its files open go on."""
    shutil.rmtree(folder, ignore_errors=True)


def new_folder(build: Path) -> Path:
    """Make a folder beside the files of the build, where they can be linked; elsewhere where that cannot be written.

    A later build removes it when it was left behind: by its age, since the server may run on another machine.
    """
    with suppress(OSError):
        return Path(tempfile.mkdtemp(prefix=".new-served-", dir=build))
    return Path(tempfile.mkdtemp(prefix="motegraf-served-"))


def touch(*folders: Path) -> None:
    """Touch folders that are in use, so that a later build does not remove them."""
    for folder in folders:
        with suppress(OSError):
            os.utime(folder)


def _link(file: Path, to: Path) -> None:
    try:
        to.hardlink_to(file)
    except OSError:
        shutil.copy2(file, to)


def main(build: str, folder: str) -> None:
    """Make a snapshot and write its graphs and versions to stdout, as JSON, or why there is none to stderr."""
    try:
        copy_build(Path(build), Path(folder), _report)
        store = open_dataset(store_path(Path(folder)))
        versions = (quad.object for quad in store.quads_for_pattern(None, iri("owl:versionIRI"), None))
        content = {"graphs": _values(store.named_graphs()), "versions": _values(versions), "licence": _licence(folder)}
        print(json.dumps(content))
    except (FindingsError, OSError, RuntimeError, SyntaxError) as error:
        sys.exit("\n".join(map(str, error.findings)) if isinstance(error, FindingsError) else str(error))


def _report(task: str, items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, and tell whoever started this process when they are begun, and each tenth that is done."""
    told = -1
    for done, item in enumerate(items):
        tenths = done * 10 // len(items)
        if tenths > told:
            told = tenths
            print(f"{REPORT}{task}: {tenths * 10} %", file=sys.stderr, flush=True)
        yield item


def _licence(folder: str) -> str:
    """Return the licence that the catalogue of a build states; empty where it has none."""
    catalogue = Path(folder) / _CATALOGUE
    if not catalogue.is_file():
        return ""
    triples = parse(path=catalogue, format=RdfFormat.TURTLE)
    stated = {quad.object for quad in triples if quad.predicate == iri("dct:license")}
    return next(iter(_values(stated)), "")


def _values(terms: Iterable[object]) -> list[str]:
    return sorted(term.value for term in terms if isinstance(term, NamedNode))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
