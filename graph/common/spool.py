"""Bytes that are made now and read later: the first in memory, all others in a file that nobody else sees."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import IO, NamedTuple
from weakref import finalize

# So many bytes stay in memory, which most builds do not reach.
MOST_IN_MEMORY = 32_000_000


class Spooled(NamedTuple):
    """Where bytes are in the file of a spool."""

    spool: "Spool"
    begin: int
    length: int

    def read(self) -> bytes:
        """Return the bytes."""
        return self.spool.read(self.begin, self.length)


def bytes_of(data: bytes | Spooled) -> bytes:
    """Return bytes that a spool may keep."""
    return data.read() if isinstance(data, Spooled) else data


class Spool:
    """Bytes in memory and, beyond so many, in a temporary file below a folder, or where the system keeps such files.

    Where nothing can be written, all stay in memory. Threads may read at the same time.
    """

    def __init__(self, folder: Path, most: int = MOST_IN_MEMORY) -> None:
        self._folder, self._most = folder, most
        self._in_memory = self._end = 0
        self._file: IO[bytes] | None = None
        self._lock = Lock()
        self._opened = ExitStack()
        # The file is gone when nobody can read it any more.
        finalize(self, self._opened.close)

    def keep(self, data: bytes) -> bytes | Spooled:
        """Return these bytes, or where they are."""
        with self._lock:
            if self._in_memory + len(data) <= self._most:
                self._in_memory += len(data)
                return data
            try:
                file = self._file = self._file or self._open()
                file.seek(self._end)
                # Without a buffer a write may be short, and one that fails does so here, not in a later read.
                rest = memoryview(data)
                while rest:
                    rest = rest[file.write(rest) :]
            except OSError:
                # The disk is full: what was written before can still be read.
                return data
            begin, self._end = self._end, self._end + len(data)
        return Spooled(self, begin, len(data))

    def read(self, begin: int, length: int) -> bytes:
        """Return bytes of the file."""
        with self._lock:
            assert self._file is not None
            self._file.seek(begin)
            return self._file.read(length)

    def _open(self) -> IO[bytes]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._opened.enter_context(tempfile.TemporaryFile(buffering=0, prefix="spool-", dir=self._folder))
        except OSError:
            return self._opened.enter_context(tempfile.TemporaryFile(buffering=0, prefix="motegraf-spool-"))
