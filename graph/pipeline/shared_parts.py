"""What partitions of a register share, merged on disk: each actor once, however many rows name it.

Sorted runs are written to disk and merged (``heapq.merge``); lines pass one by one, and are never in memory together.
"""

import hashlib
import heapq
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from graph.common.findings import Finding, FindingsError
from graph.pipeline.cache import Codec, Stored
from graph.pipeline.nameless import without_nameless
from graph.pipeline.partition_record import LEVEL
from graph.pipeline.record_checks import RecordChecks, Signature
from graph.pipeline.sorted_lines import lines_in, write_run

# So many bytes of lines are sorted in memory at once.
RUN_BYTES = 32_000_000
# So many lines are described at once.
_LINES = 20_000


class SharedPart(NamedTuple):
    """The statements that partitions of a register share: a file of compressed N-Quads, its digest, what is in it."""

    register: str
    file: Path
    statements: int
    size: int
    signatures: tuple[tuple[Signature, int], ...]
    sha256: str = ""


def _decode(stored: Stored) -> SharedPart:
    header = dict(stored.header)
    signatures = tuple((tuple(tokens), count) for tokens, count in header["signatures"])
    return SharedPart(**header | {"file": Path(), "signatures": signatures})


# A record of such a part says nothing of where its file is.
SHARED: Codec[SharedPart] = Codec(
    lambda part: Stored(part._replace(file=Path())._asdict() | {"file": ""}, b""), _decode
)


def digest_of_large_file(file: Path) -> str:
    """Return the digest of a file, or nothing where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def merge_shared(
    register: str, texts: Iterable[Sequence[str]], checks: RecordChecks, folder: Path, run_bytes: int = RUN_BYTES
) -> SharedPart:
    """Return the lines of several sorted lists merged into a file in the folder, each once.

    Raise FindingsError where the disk has no room for them.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="runs-", dir=folder) as runs, ExitStack() as opened:
            sources = [opened.enter_context(lines_in(run)) for run in _write_runs(texts, Path(runs), run_bytes)]
            merged = (line for line, _ in groupby(heapq.merge(*sources)))
            return _write_part(register, merged, checks, folder / f"{register}.shared.nq.zst")
    except OSError as error:
        message = (
            f"sorted runs of its statements cannot be written to {folder}: {error.strerror or error}; nothing was"
            " written, and what was built before is unchanged"
        )
        raise FindingsError([Finding(f"registers/{register}", 0, message)]) from error


def _write_runs(texts: Iterable[Sequence[str]], folder: Path, run_bytes: int) -> list[Path]:
    """Write sorted runs, each line once in one, and return their files."""
    files: list[Path] = []
    lines: set[str] = set()
    held = 0
    for text in texts:
        before = len(lines)
        lines.update(text)
        held += (len(lines) - before) * 200
        if held > run_bytes:
            files.append(write_run(sorted(lines), folder / f"{len(files)}.zst"))
            lines, held = set(), 0
    return [*files, write_run(sorted(lines), folder / f"{len(files)}.zst")]


def _write_part(register: str, lines: Iterable[str], checks: RecordChecks, file: Path) -> SharedPart:
    import zstandard

    statements = size = 0
    signatures: Counter[Signature] = Counter()
    with file.open("wb") as stream:
        compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
        with compressor.stream_writer(stream, closefd=False) as compressed:
            for several in map(without_nameless, _by_subject(lines)):
                signatures.update(checks.signatures(several).values())
                data = "".join(f"{line}\n" for line in several).encode()
                statements, size = statements + len(several), size + len(data)
                compressed.write(data)
    counted = tuple(sorted(signatures.items()))
    return SharedPart(register, file, statements, size, counted, digest_of_large_file(file))


def _by_subject(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield sorted lines some thousands at a time, all of a subject together."""
    several: list[str] = []
    for line in lines:
        if len(several) >= _LINES and not line.startswith(several[-1][: several[-1].index(" ") + 1]):
            yield several
            several = []
        several.append(line)
    if several:
        yield several
