"""What a partition of a register brings, as it is sent between processes and stored."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graph.common.findings import Finding
from graph.common.lines import join_lines, split_lines
from graph.pipeline.cache import Codec, Stored
from graph.pipeline.parts import EventFacts
from graph.query.counts import Counts

# Fast, and on statements of rows, which are alike, as small as what takes ten times as long.
LEVEL = 3
# So many lines are joined at a time.
_LINES = 2_000


class PartitionPart(NamedTuple):
    """What a partition brings; texts are sorted N-Quads, compressed (Zstandard).

    ``own`` is about events of its rows, ``shared`` about actors and other things of the register that other partitions
    speak of too, ``common`` (lines) about what is not the register's alone. ``signatures``, ``days``, ``statements``
    and ``size`` (bytes) are of ``own``; ``acts`` counts what rows claim. A part is not ``built``, and has ``errors`` or
    findings alone, where rows have errors that may not be left out, or statements violate a shape; ``errors`` are a
    column, what is wrong, the value, how many rows have it, and the first of them. ``used`` are the keys of each lookup
    that fitted a value. ``shared_key`` is the digest of ``shared``; ``renamed`` are the ids that stood in its rows
    and were replaced, ``kept`` those that stood there and are put in the place of others; ``joined`` the lines about
    ``joined_events``, which are decided to be events of other sources. ``page`` is what the interactive page is given
    of ``own`` and ``shared`` (see ``explorer.data.part_records``), nothing for a register of one partition.
    """

    register: str
    name: str
    rows: int = 0
    rows_left_out: int = 0
    built: bool = False
    acts: Mapping[str, int] = {}
    counts: Counts = Counts()
    signatures: Sequence[tuple[tuple[str, ...], int]] = ()
    days: tuple[str, str] = ("", "")
    statements: int = 0
    size: int = 0
    errors: Sequence[tuple[str, str, str, int, int]] = ()
    used: Mapping[str, Sequence[str]] = {}
    findings: Sequence[Finding] = ()
    common: Sequence[str] = ()
    shared: bytes = b""
    own: bytes = b""
    shared_key: str = ""
    renamed: Sequence[str] = ()
    kept: Sequence[str] = ()
    joined: Sequence[str] = ()
    joined_events: Sequence[EventFacts] = ()
    page: bytes = b""


def compress_lines(lines: Sequence[str]) -> tuple[bytes, int]:
    """Return lines compressed as they stand in a file, and how many bytes they are.

    The same bytes on every machine that has the same version of the library.
    """
    # Here and below, not above: a build without registers needs none of it.
    import zstandard

    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
    compressed, size = list[bytes](), 0
    # Some at a time: a text of all of them would need much memory only to be read once.
    for start in range(0, len(lines), _LINES):
        data = join_lines(lines[start : start + _LINES])
        compressed.append(compressor.compress(data))
        size += len(data)
    return b"".join([*compressed, compressor.flush()]), size


def decompress(data: bytes) -> bytes:
    """Return compressed data as it was."""
    import zstandard

    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


def compression() -> str:
    """Return what decides the bytes of compressed data."""
    import zstandard

    return f"zstandard {zstandard.__version__}, level {LEVEL}"


def _encode(part: PartitionPart) -> Stored:
    header = part._replace(own=b"", shared=b"", page=b"", common=())._asdict()
    header |= {"own": len(part.own), "shared": len(part.shared), "page": len(part.page)}
    return Stored(header, b"".join((part.own, part.shared, part.page, join_lines(part.common))))


def _decode(stored: Stored) -> PartitionPart:
    header = dict(stored.header)
    own, shared = header["own"], header["own"] + header["shared"]
    end = shared + header["page"]
    header |= {
        "counts": Counts(*header["counts"]),
        "signatures": tuple((tuple(tokens), count) for tokens, count in header["signatures"]),
        "days": tuple(header["days"]),
        "errors": tuple(map(tuple, header["errors"])),
        "joined_events": tuple(EventFacts(*each) for each in header["joined_events"]),
        "findings": tuple(Finding(*finding) for finding in header["findings"]),
        "own": stored.body[:own],
        "shared": stored.body[own:shared],
        "page": stored.body[shared:end],
        "common": tuple(split_lines(stored.body[end:])),
    }
    return PartitionPart(**header)


PARTITION: Codec[PartitionPart] = Codec(_encode, _decode)
