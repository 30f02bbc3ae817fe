"""Sorted lines: those of many parts merged, and never in memory together.

Runs are sorted in memory and written to disk, compressed; they are merged (``heapq.merge``) as they are read again.
"""

import heapq
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from graph.common.compression import pack, unpack
from graph.common.findings import Finding, FindingsError
from graph.common.lines import join_lines, split_lines
from graph.common.spool import Spool, Spooled, bytes_of
from graph.pipeline.digests import digest_of_bytes

if TYPE_CHECKING:
    from zstandard import ZstdDecompressionReader

# So many lines are sorted in memory at once: some 70 MB.
RUN_LINES = 200_000
# So many bytes of a run are read at a time.
_PIECE = 1 << 17
# So many lines are written at a time.
_JOINED = 1_000


class PackedLines(Sequence[str]):
    """Lines of text that are held compressed, and are texts only while somebody goes through them."""

    __slots__ = ("_count", "_digest", "packed")

    def __init__(self, packed: bytes | Spooled, count: int) -> None:
        self.packed, self._count = packed, count
        self._digest: str | None = None

    @classmethod
    def of(cls, lines: Sequence[str]) -> "PackedLines":
        """Return these lines compressed."""
        if isinstance(lines, PackedLines):
            return lines
        return cls(pack(join_lines(lines)), len(lines))

    def __iter__(self) -> Iterator[str]:
        return iter(split_lines(unpack(self.packed)))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        return [*self][place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]

    @property
    def digest(self) -> str:
        """Return the digest of the lines as they are compressed."""
        if self._digest is None:
            self._digest = digest_of_bytes(bytes_of(self.packed))
        return self._digest

    def kept_by(self, spool: Spool) -> "PackedLines":
        """Return the same lines, kept by a spool, with their digest."""
        name = self.digest
        kept = PackedLines(spool.keep(bytes_of(self.packed)), self._count)
        kept._digest = name
        return kept

    def __reduce__(self) -> "tuple[type[PackedLines], tuple[bytes, int]]":
        return PackedLines, (bytes_of(self.packed), self._count)


def merge_lines(several: Iterable[Iterable[str]], folder: Path, most: int = RUN_LINES) -> Iterator[str]:
    """Yield the lines of several sorted lists, sorted, each once; so many are in memory at once.

    Runs are written below the folder, or where the system keeps temporary files. Raise FindingsError where there is no
    room for them.
    """
    try:
        with ExitStack() as opened:
            runs: list[Iterable[str]] = []
            lines: list[str] = []
            place: Path | None = None
            for each in several:
                lines += each
                if len(lines) > most:
                    place = place or Path(opened.enter_context(_temporary(folder)))
                    run = write_run(_once(lines), place / f"{len(runs)}.zst")
                    runs.append(opened.enter_context(lines_in(run)))
                    lines = []
            yield from (line for line, _ in groupby(heapq.merge(*runs, _once(lines)) if runs else _once(lines)))
    except OSError as error:
        message = (
            f"sorted runs of statements cannot be written: {error.strerror or error}; nothing was written, and what"
            " was built before is unchanged"
        )
        raise FindingsError([Finding(str(folder), 0, message)]) from error


def write_run(lines: Iterable[str], file: Path) -> Path:
    """Write sorted lines to a file, compressed, and return it."""
    # Here and below, not above: few builds have so many lines.
    import zstandard

    with file.open("wb") as stream, zstandard.ZstdCompressor(level=1).stream_writer(stream) as compressed:
        left = iter(lines)
        while several := [*islice(left, _JOINED)]:
            compressed.write(join_lines(several))
    return file


@contextmanager
def lines_in(file: Path) -> Iterator[Iterator[str]]:
    """Open a compressed file as its lines, without their ends."""
    import zstandard

    with file.open("rb") as stream:
        yield _lines(zstandard.ZstdDecompressor().stream_reader(stream))


def _once(lines: list[str]) -> Iterator[str]:
    # Python's sort finds the runs that are in order already, and merges them.
    lines.sort()
    return (line for line, _ in groupby(lines))


def _temporary(folder: Path) -> "tempfile.TemporaryDirectory[str]":
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix="runs-", dir=folder)
    except OSError:
        return tempfile.TemporaryDirectory(prefix="motegraf-runs-")


def _lines(reader: "ZstdDecompressionReader") -> Iterator[str]:
    rest = b""
    while data := reader.read(_PIECE):
        # Only a line feed ends a line: other line separators may be part of a literal.
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode() for line in lines)
