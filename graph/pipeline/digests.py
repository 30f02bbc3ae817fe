"""Digests of what a build is made from: its input files, this program, and the libraries that it uses.

Only the standard library is imported here, so that a build with nothing to do finds that out at once.
"""

import contextlib
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from graph import HOME

LIBRARIES = (
    *("babel", "edtf", "google_re2", "pydantic", "pydantic_core", "pyoxigraph", "pyshacl", "python_calamine"),
    *("pyvis", "pyyaml", "rapidfuzz", "rdflib"),
)
_PIECE = 1 << 20
# The forms that decide how the rows of a register are read.
FORMS = ("lookups", "mapping", "register")
_OF_TABLE = re.compile(rb"""\b(sha256:\s*["']?[0-9a-f]{64}|rows:\s*\d+)""")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests of everything that decides what a build makes.

    ``program`` covers code and libraries, ``background`` the registry and the ontology, on which every page depends;
    ``pages`` has each folder of the corpus by name; ``others`` covers what only the files of a build depend on, such as
    the ready questions, and ``decisions`` what people decided about identity. ``registers`` has each register,
    ``forms`` its mapping and lookups alone.
    """

    program: str
    background: str
    pages: Mapping[str, str]
    others: str
    registers: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    decisions: str = ""

    def register_key(self, name: str, *options: str) -> str:
        """Return one digest of what decides how the rows of a register are read, and of these options."""
        return digest(self.background, name, self.forms[name], *options)

    def whole(self, *options: str) -> str:
        """Return one digest of all of it, and of these options."""
        pages = (part for name in sorted(self.pages) for part in (name, self.pages[name]))
        registers = (part for name in sorted(self.registers) for part in (f"registers/{name}", self.registers[name]))
        return digest(self.program, self.background, self.others, self.decisions, *options, *pages, *registers)


def read_inputs(home: Path) -> Inputs:
    """Return the digests of the inputs in a home; of one without a corpus, no pages."""
    folders, registers = _folders(home / "corpus"), _folders(home / "registers")
    return Inputs(
        program=digest_of_program(),
        background=digest_of_background(home),
        pages={folder.name: digest_of_files(folder) for folder in folders},
        decisions=digest(
            digest_of_files(home / "decisions"), *map(_kind_of, (home / "decisions", home / "decisions/identity.yaml"))
        ),
        others=digest(
            digest_of_files(home / "queries"),
            digest_of_files(home / "docs/ontology.html"),
            # These are taken from the checkout where the home has none.
            digest_of_files(HOME / "queries"),
            *(digest_of_files(*sorted((folder / "docs").glob("*.svg"))) for folder in (home, HOME)),
        ),
        registers={folder.name: digest_of_files(folder) for folder in registers},
        forms={folder.name: digest_of_forms(folder) for folder in registers},
    )


def _kind_of(path: Path) -> str:
    """Return whether a file, a folder, something else or nothing has this path: a folder without files has no bytes."""
    return "file" if path.is_file() else "folder" if path.is_dir() else "other" if os.path.lexists(path) else ""


def _folders(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return [each for each in folder.iterdir() if each.is_dir() and not each.name.startswith(".")]
    return []


def digest_of_files(*paths: Path) -> str:
    """Return one digest of the names and bytes of these files and of all below these folders.

    What is not there counts as an empty folder. Compiled Python is left out.
    """
    whole = hashlib.sha256()
    for path in paths:
        for name, file in [(path.name, str(path))] if path.is_file() else sorted(_files_below(str(path))):
            whole.update(f"{name}\0".encode())
            with open(file, "rb") as stream:  # noqa: PTH123 - a Path takes longer than to read a small file
                whole.update(_digest_of_stream(stream))
    return whole.hexdigest()


def digest_of_background(home: Path) -> str:
    """Return one digest of what every page depends on: registry and ontology."""
    return digest_of_files(home / "registry", home / "ontology")


def digest_of_forms(folder: Path) -> str:
    """Return one digest of the forms of a register, without what its description says of the table as a whole.

    The rows have digests of their own, partition by partition.
    """
    whole = hashlib.sha256()
    for form in FORMS:
        with contextlib.suppress(OSError):
            whole.update(f"{form}\0".encode() + _OF_TABLE.sub(b"", (folder / f"{form}.yaml").read_bytes()))
    return whole.hexdigest()


def _digest_of_stream(stream: BufferedReader) -> bytes:
    """Return the digest of a file, which may be larger than the memory: a table is."""
    data = stream.read(_PIECE)
    if len(data) < _PIECE:
        return hashlib.sha256(data).digest()
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").digest()


def _files_below(folder: str, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each file below a folder by its name from there; links to folders are not followed.

    ``Path.glob`` takes three times as long, which is felt where nothing has changed.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield f"{name}{entry.name}", entry.path
            elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
                yield from _files_below(entry.path, f"{name}{entry.name}/")


def digest(*keys: str) -> str:
    """Return one digest of several texts."""
    return hashlib.sha256("\0".join(keys).encode()).hexdigest()


def digest_of_program() -> str:
    """Return one digest of everything besides its input that a build is made by: our own files, and the libraries."""
    return digest(digest_of_files(HOME / "graph", HOME / "build_graph.py"), *versions(*LIBRARIES))


def versions(*libraries: str) -> list[str]:
    """Return which version of each library there is, as the folder of its metadata is named.

    Reading the metadata would take longer. Raise ``PackageNotFoundError`` where a library is not installed.
    """
    names: dict[str, str] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for entry in (file.name for file in Path(folder or ".").iterdir()):
                name, dash, _ = entry.partition("-")
                if dash and entry.endswith(".dist-info"):
                    names.setdefault(name.lower(), entry)
    if names.keys() >= {*libraries}:
        return [names[library] for library in libraries]
    # Here, not above: it takes long to import, and what is installed in the usual way needs none of it.
    from importlib.metadata import version

    return [names.get(library) or version(library) for library in libraries]


def digest_of_bytes(data: bytes | memoryview) -> str:
    """Return the digest of some bytes."""
    return hashlib.sha256(data).hexdigest()
