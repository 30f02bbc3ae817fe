"""Served: a copy of a build that nobody writes to, verified, with its index: what the server shows until the next.

It is made of links where the system has them. ``python -m graph.server.snapshot.copy BUILD FOLDER`` makes one, so that
neither the digests nor the index of a large build are the work, or in the memory, of the front.
"""

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from graph.builds.manifest import MANIFEST, base_of, verify_build
from graph.common.findings import FindingsError
from graph.model.iris import BASE
from graph.query.stores import DATASET, MAX_BYTES_IN_MEMORY, ensure_index, open_dataset
from graph.server.negotiation import FEWEST_BYTES, compressed


@dataclass(frozen=True, slots=True)
class Served:
    """The folder of the copy, what workers open of it, the digests of its files by name and of its manifest, its base,
    and its day if it is of one."""

    folder: Path
    store: Path
    files: dict[str, str]
    manifest: str
    base: str
    known_on: str | None
    graphs: tuple[str, ...]

    @property
    def tag(self) -> str:
        """What tells this build from another."""
        return self.files[DATASET][:12]

    def digest_of(self, name: str) -> str:
        """The digest of a file of the build, or of its manifest, which cannot have its own in it."""
        return self.manifest if name == MANIFEST else self.files[name]


def copied(build: Path, folder: Path) -> None:
    """Copy the build as it is now into an empty folder, with compressed files beside. Raise FindingsError if there is
    no build, or files of two."""
    base_of(build)
    manifest = json.loads((build / MANIFEST).read_text(encoding="utf-8"))
    for name in (*manifest["sha256"], MANIFEST):
        if Path(name).name == name and (build / name).exists():
            _linked(build / name, folder / name)
    try:
        verify_build(folder)
    except FindingsError:
        # What is wrong is said of the build itself, unless it has become whole meanwhile.
        verify_build(build)
        raise
    for name in manifest["sha256"]:
        if FEWEST_BYTES <= (folder / name).stat().st_size <= MAX_BYTES_IN_MEMORY:
            with compressed_file(folder, name).open("xb") as beside:
                beside.write(compressed((folder / name).read_bytes()))
    if (folder / DATASET).stat().st_size > MAX_BYTES_IN_MEMORY:
        # Made once for all that read this build, not at every start.
        index = ensure_index(build)
        (folder / index.name).mkdir()
        for file in index.iterdir():
            _linked(file, folder / index.name / file.name)


def compressed_file(folder: Path, name: str) -> Path:
    """Where a file of a copy is compressed, if it is."""
    return folder / f"{name}.gz"


def store_of(folder: Path) -> Path:
    """What a worker opens of a copy: an index, or, where they are small enough to be read into its memory, the N-Quads.

    What is in memory is asked in a fifth of the time.
    """
    file = folder / DATASET
    return file if file.stat().st_size <= MAX_BYTES_IN_MEMORY else ensure_index(folder)


def served(folder: Path, graphs: Iterable[str]) -> Served:
    """What a copy, which was verified when it was made, says of itself; these graphs are in it."""
    written = (folder / MANIFEST).read_bytes()
    manifest = json.loads(written)
    day = manifest.get("as_known_on")
    return Served(
        folder,
        store_of(folder),
        manifest["sha256"],
        hashlib.sha256(written).hexdigest(),
        str(manifest.get("base", BASE)),
        str(day) if day else None,
        tuple(graphs),
    )


def forget(folder: Path) -> None:
    """A copy is gone; who has its files open reads on."""
    shutil.rmtree(folder, ignore_errors=True)


def new_folder(build: Path) -> Path:
    """Beside the files of the build, where they can be linked.

    A later build removes it when it was left: by its age, since a server may run where its number means nothing.
    """
    with suppress(OSError):
        return Path(tempfile.mkdtemp(prefix=".new-served-", dir=build))
    return Path(tempfile.mkdtemp(prefix="motegraf-served-"))


def sign(*folders: Path) -> None:
    """These folders are in use still."""
    for folder in folders:
        with suppress(OSError):
            os.utime(folder)


def _linked(file: Path, to: Path) -> None:
    try:
        to.hardlink_to(file)
    except OSError:
        shutil.copy2(file, to)


def main(build: str, folder: str) -> None:
    """The graphs of the copy that is made go to stdout, or the reason why there is none to stderr."""
    try:
        copied(Path(build), Path(folder))
        graphs = open_dataset(store_of(Path(folder))).named_graphs()
        print(json.dumps(sorted(graph.value for graph in graphs if isinstance(graph, NamedNode))))
    except (FindingsError, OSError, RuntimeError, SyntaxError) as error:
        sys.exit("\n".join(map(str, error.findings)) if isinstance(error, FindingsError) else str(error))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
