"""Cache: what a build made of its inputs, kept to be used again while these inputs are unchanged.

A file of the cache has the digest of all the rest in its first line, a header of JSON in its second, and then a body.
It is named by the digest of everything that it was made from, so that files made on several machines can be put
together. A damaged file is made again and not believed.
"""

import contextlib
import json
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from graph.common.findings import Finding, FindingsError
from graph.common.spool import Spool
from graph.common.whole_files import replace_file
from graph.pipeline.digests import digest_of_bytes

Record = TypeVar("Record")
_SECONDS_OF_A_DAY = 24 * 60 * 60


class Stored(NamedTuple):
    """A record as it is stored: a header that JSON can hold, and a body."""

    header: Mapping[str, Any]
    body: bytes


class Codec(NamedTuple, Generic[Record]):
    """How records of one type are stored and read again; ``decode`` raises ValueError, LookupError or TypeError."""

    encode: Callable[[Record], Stored]
    decode: Callable[[Stored], Record]


class Cache:
    """A folder of stored records, which knows which of them this build used, and the digest of the program.

    ``spool`` keeps what this build reads again, and no other.
    """

    def __init__(self, folder: Path, program: str = "") -> None:
        self.folder = folder
        self.spool = Spool(folder)
        self.program = program
        self._used: set[str] = set()

    def get_or_create(self, name: str, key: str, create: Callable[[], Record], codec: Codec[Record]) -> Record:
        """Return the record of that name and key, created only if it is not stored whole."""
        record = self.find(name, key, codec)
        if record is None:
            record = create()
            write_stored(self._file(name, key), codec.encode(record))
        return record

    def receive(self, name: str, key: str, data: bytes, codec: Codec[Record]) -> Record:
        """Store the bytes of a record that a worker made, and return the record."""
        self.write(name, key, data)
        return decoded(data, codec)

    def write(self, name: str, key: str, data: bytes) -> None:
        """Store the bytes of a record."""
        _write(self._file(name, key), data)

    def find(self, name: str, key: str, codec: Codec[Record]) -> Record | None:
        """Return the record of that name and key, or None where it is not stored whole."""
        stored = read_stored(self._file(name, key))
        if stored is not None:
            with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError):
                return codec.decode(stored)
        return None

    def store(self, name: str, key: str, record: Record, codec: Codec[Record], *, required: bool = False) -> None:
        """Store a record. Raise FindingsError where it is ``required`` and cannot be stored."""
        error = write_stored(self._file(name, key), codec.encode(record))
        if error is not None and required:
            message = f"{name} cannot be written: {error.strerror or error}; nothing was written, and what was built"
            raise FindingsError([Finding(str(self.folder), 0, f"{message} before is unchanged")]) from error

    def keep(self, name: str, key: str) -> None:
        """Leave the record of that name and key where it is, if it is stored."""
        self._file(name, key)

    def large_file(self, name: str, key: str) -> Path:
        """Return where a file is kept that belongs to a record; never write it in place; it may be damaged."""
        file = self.folder / f"{name}.{key[:24]}.large"
        self._used.add(file.name)
        return file

    def remove_unused(self) -> None:
        """Remove the files that this build did not use, and what killed builds put aside more than a day ago."""
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.is_dir():
                    # A folder of another build, which may be at work.
                    if time.time() - file.stat().st_mtime > _SECONDS_OF_A_DAY:
                        shutil.rmtree(file, ignore_errors=True)
                elif file.name not in self._used:
                    file.unlink(missing_ok=True)

    def _file(self, name: str, key: str) -> Path:
        file = self.folder / f"{name}.{key[:24]}.record"
        self._used.add(file.name)
        return file


def read_stored(file: Path) -> Stored | None:
    """Return what is stored in the file, or None where there is none or it is damaged."""
    try:
        data = file.read_bytes()
        # Slices of bytes are copies, which for all blocks of a large build take as long as their digests.
        begin = data.index(b"\n") + 1
        if digest_of_bytes(memoryview(data)[begin:]).encode() != data[: begin - 1]:
            return None
    except (OSError, ValueError):
        return None
    return _parse(data)


def write_stored(file: Path, stored: Stored) -> OSError | None:
    """Store a record, or return why it cannot be stored: to most builds that does no harm."""
    return _write(file, record_bytes(stored))


def record_bytes(stored: Stored) -> bytes:
    """Return a record as the bytes of its file."""
    header = json.dumps(stored.header, sort_keys=True, ensure_ascii=False).encode()
    rest = b"".join((header, b"\n", stored.body))
    return b"".join((digest_of_bytes(rest).encode(), b"\n", rest))


def decoded(data: bytes, codec: Codec[Record]) -> Record:
    """Return the record of which these are the bytes."""
    stored = _parse(data)
    assert stored is not None
    return codec.decode(stored)


def _parse(data: bytes) -> Stored | None:
    """Return what the bytes of a file of the cache hold; their digest has been looked at."""
    try:
        begin = data.index(b"\n") + 1
        end = data.index(b"\n", begin)
        header = json.loads(data[begin:end])
    except (ValueError, RecursionError):
        return None
    return Stored(header, data[end + 1 :]) if isinstance(header, dict) else None


def _write(file: Path, data: bytes) -> OSError | None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)
    except OSError as error:
        return error
    return None
