"""Parts of a build: registers that are too large for its main files, as compressed N-Quads, and the list of them.

Each statement stands in one file of a build, and all statements about a thing in the same: so counts add up.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.builds.manifest import DATASET, PARTS, file_names
from graph.common.findings import Finding, FindingsError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from graph.builds.folder import FileInfo

SUFFIX = ".nq.zst"
_BUFFER = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A part to be written: the register that it is of, its statements, and how many bytes they have as N-Quads."""

    register: str
    name: str
    statements: int
    size: int
    read: Callable[[], bytes]

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"part.{self.register}.{self.name}{SUFFIX}"


def list_parts(parts: Iterable[Part], infos: "Mapping[str, FileInfo]") -> bytes:
    """Return the list of parts, with the size and digest of each file, as JSON."""
    entries = [
        {
            "file": part.file,
            "register": part.register,
            "statements": part.statements,
            "size": part.size,
            "sha256": infos[part.file].sha256,
        }
        for part in sorted(parts, key=lambda part: part.file)
    ]
    whole = {"statements": sum(part.statements for part in parts), "parts": entries}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def part_files(build: Path) -> list[Path]:
    """Return the files of the parts of a build; none where all stands in its main files."""
    return [build / name for name in file_names(build) if name.startswith("part.") and name.endswith(SUFFIX)]


@contextmanager
def open_part(file: Path) -> Iterator[BinaryIO]:
    """Open the N-Quads of a part. Raise OSError where the file cannot be read."""
    # Here, not above: few builds have parts.
    import zstandard

    with file.open("rb") as stream, zstandard.ZstdDecompressor().stream_reader(stream) as reader:
        yield reader


def open_in_turn(files: Iterable[Path]) -> BinaryIO:
    """Open the main file of a build and its parts as one stream of N-Quads, in which one follows the other.

    Each is opened when the one before it has been read; reading raises OSError where one cannot be opened.
    """
    return BufferedReader(_InTurn(files), _BUFFER)


class _InTurn(RawIOBase):
    def __init__(self, files: Iterable[Path]) -> None:
        self._files = iter(files)
        self._opened = ExitStack()
        self._stream: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        size = memoryview(buffer).nbytes
        while True:
            data = self._stream.read(size) if self._stream else b""
            if data:
                memoryview(buffer)[: len(data)] = data
                return len(data)
            self._opened.close()
            file = next(self._files, None)
            if file is None:
                self._stream = None
                return 0
            self._stream = self._opened.enter_context(file.open("rb") if file.name == DATASET else open_part(file))

    def close(self) -> None:
        self._opened.close()
        super().close()


def require_whole(build: Path, what: str) -> None:
    """Raise FindingsError where a build has parts, for what works on the main files alone."""
    if part_files(build):
        message = f"{what} reads {DATASET}, and this build has registers in parts ({PARTS}); build with --whole-files"
        raise FindingsError([Finding(str(build), 0, message)])
