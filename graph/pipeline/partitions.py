"""Partitions: the rows of a register in parts of limited size, all rows of an event in one.

A row goes where the first bits of the digest of its event key say. A partition is named by these bits: as many as make
it small enough. So a row that changes, comes or goes changes the partition of its event alone, and which partitions
there are depends on nothing but the keys.
"""

import hashlib
import marshal
import pickle
import shutil
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Self

from graph.common.findings import Finding, FindingsError
from graph.sources.tables.reading import KeyedRow

# The most rows of a partition; only the rows of one event may be more. Its statements are held in memory, 100 kB a row.
MOST_ROWS = 2_000
# Bits of the digest of a key that are kept for each row.
BITS = 16
# So many rows are held back before they are written to the files of their partitions.
HELD_BACK = 20_000
# How rows are put aside: the version of ``marshal``, and of how many bytes the size of a row is.
_MARSHAL, _SIZE = 2, 4
# The name of the partition of a register that has only one.
WHOLE = "all"


class Partitions:
    """Which partition of a register each of its rows belongs to; two bytes of memory a row."""

    def __init__(self, buckets: "array[int]", most: int = MOST_ROWS) -> None:
        """Divide rows by the bucket of the key of each (see ``bucket_of``), in the order of the rows."""
        self._buckets = buckets
        sizes = array("L", bytes(array("L").itemsize << BITS))
        for bucket in self._buckets:
            sizes[bucket] += 1
        self.names: list[str] = []
        self.sizes: list[int] = []
        self._partition_of = array("L", bytes(array("L").itemsize << BITS))
        self._divide(sizes, "", most)

    def __len__(self) -> int:
        return len(self.names)

    def of_rows(self) -> Iterator[int]:
        """Yield the number of the partition of each row, in the order of the rows."""
        yield from (self._partition_of[bucket] for bucket in self._buckets)

    def _divide(self, sizes: Sequence[int], prefix: str, most: int) -> None:
        width = 1 << BITS - len(prefix)
        begin = int(prefix or "0", 2) * width
        rows = sum(sizes[begin : begin + width])
        if rows > most and width > 1:
            self._divide(sizes, prefix + "0", most)
            self._divide(sizes, prefix + "1", most)
        elif rows:
            for bucket in range(begin, begin + width):
                self._partition_of[bucket] = len(self.names)
            self.names.append(prefix or WHOLE)
            self.sizes.append(rows)


def bucket_of(key: str) -> int:
    """Return the first bits of the digest of an event key."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=BITS // 8).digest(), "big")


class SortedRows(AbstractContextManager["SortedRows"]):
    """The rows of a register, partition by partition, and the digest of each of these.

    Rows of several partitions are put aside in files below a folder; those of one stay in memory.
    """

    def __init__(self, register: str, partitions: Partitions, rows: Iterable[KeyedRow], folder: Path) -> None:
        """Read all rows. Raise FindingsError where they cannot be put aside."""
        self._register, self._partitions = register, partitions
        self._folder: Path | None = None
        self._held: list[list[bytes]] = [[] for _ in partitions.names]
        self._digests = [hashlib.sha256() for _ in partitions.names]
        try:
            if len(partitions) > 1:
                folder.mkdir(parents=True, exist_ok=True)
                self._folder = Path(tempfile.mkdtemp(prefix="rows-", dir=folder))
            self._sort(rows)
        except OSError as error:
            self.__exit__()
            raise FindingsError([Finding(f"registers/{register}", 0, _not_put_aside(error, folder))]) from error
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def digest(self, partition: int) -> str:
        """Return the digest of the rows of a partition."""
        return self._digests[partition].hexdigest()

    def encoded(self, partition: int) -> bytes:
        """Return the rows of a partition as ``decode_rows`` reads them. Raise OSError where they cannot be read."""
        if self._folder is None:
            return b"".join(self._held[partition])
        return self._file(partition).read_bytes()

    def _sort(self, rows: Iterable[KeyedRow]) -> None:
        held = 0
        for partition, row in zip(self._partitions.of_rows(), rows, strict=True):
            data, digested = _encode_row(row)
            self._digests[partition].update(digested)
            self._held[partition].append(data)
            held += 1
            if held == HELD_BACK:
                self._put_aside()
                held = 0
        self._put_aside()

    def _put_aside(self) -> None:
        if self._folder is None:
            return
        for partition, rows in enumerate(self._held):
            if rows:
                with self._file(partition).open("ab") as stream:
                    stream.writelines(rows)
                rows.clear()

    def _file(self, partition: int) -> Path:
        assert self._folder is not None
        return self._folder / f"{self._partitions.names[partition]}.rows"


def _encode_row(row: KeyedRow) -> tuple[bytes, bytes]:
    """Return a row in bytes behind their number, and bytes that are the same for every row that says the same."""
    try:
        # This version writes no references, and so does not depend on which of equal values are one object.
        fields: tuple[Any, ...] = (*row,)
        data = marshal.dumps(fields, _MARSHAL)
        digested = data
    except ValueError:
        # Problems, and the days and times of spreadsheets, are objects that it does not have.
        data = marshal.dumps(pickle.dumps(row, pickle.HIGHEST_PROTOCOL), _MARSHAL)
        digested = repr(row).encode(errors="surrogatepass")
    return len(data).to_bytes(_SIZE, "little") + data, digested


def decode_rows(data: bytes) -> list[KeyedRow]:
    """Return the rows of a partition, in the order of the register."""
    rows: list[KeyedRow] = []
    at, view = 0, memoryview(data)
    while at < len(data):
        begin = at + _SIZE
        at = begin + int.from_bytes(view[at:begin], "little")
        row = marshal.loads(view[begin:at])
        rows.append(pickle.loads(row) if type(row) is bytes else KeyedRow(*row))
    return rows


def _not_put_aside(error: OSError, folder: Path) -> str:
    return (
        f"its rows cannot be put aside in {folder}: {error.strerror or error}; nothing was written, and what was built"
        " before is unchanged"
    )
