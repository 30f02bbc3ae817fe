"""Cache: what a build made of its inputs, kept to be used again while these inputs are unchanged.

A file of the cache has the digest of all the rest in its first line, a header of JSON in its second, and then a body.
It is named by the digest of everything that it was made from, so that files made on several machines can be put
together. A damaged file is made again and not believed.
"""

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from graph.pipeline.digests import digest_of_bytes

Record = TypeVar("Record")


class Stored(NamedTuple):
    """A record as it is stored: a header that JSON can hold, and a body."""

    header: Mapping[str, Any]
    body: bytes


class Codec(NamedTuple, Generic[Record]):
    """How records of one type are stored and read again; ``decode`` raises ValueError, LookupError or TypeError."""

    encode: Callable[[Record], Stored]
    decode: Callable[[Stored], Record]


class Cache:
    """A folder of stored records, which knows which of them this build used, and the digest of the program."""

    def __init__(self, folder: Path, program: str = "") -> None:
        self.folder = folder
        self.program = program
        self._used: set[str] = set()

    def get_or_create(self, name: str, key: str, create: Callable[[], Record], codec: Codec[Record]) -> Record:
        """Return the record of that name and key, created only if it is not stored whole."""
        file = self._file(name, key)
        stored = read_stored(file)
        if stored is not None:
            with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError):
                return codec.decode(stored)
        record = create()
        write_stored(file, codec.encode(record))
        return record

    def remove_unused(self) -> None:
        """Remove the files that this build did not use."""
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.name not in self._used:
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
        end = data.index(b"\n", begin)
        header = json.loads(data[begin:end])
    except (OSError, ValueError, RecursionError):
        return None
    return Stored(header, data[end + 1 :]) if isinstance(header, dict) else None


def write_stored(file: Path, stored: Stored) -> None:
    """Store a record. That a disk does not let us keep it harms nothing."""
    new = file.with_suffix(f".record.{os.getpid()}")
    header = json.dumps(stored.header, sort_keys=True, ensure_ascii=False).encode()
    rest = b"".join((header, b"\n", stored.body))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(b"".join((digest_of_bytes(rest).encode(), b"\n", rest)))
        new.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
