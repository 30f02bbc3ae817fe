"""Files that are written whole or not at all: readers see what was there before, or all of what is new."""

import os
from contextlib import suppress
from pathlib import Path


def replace_file(file: Path, data: bytes, sync: bool = False) -> None:
    """Write a file in the place of the one that is there, if any. Raise OSError, with that one as it was, on failure.

    ``sync``: what it says is on the disk before it has its name, so that a power cut leaves no empty file.
    """
    new = file.with_name(f".new-{os.getpid()}-{file.name}")
    try:
        new.write_bytes(data)
        if sync:
            with new.open("rb+") as stream:
                os.fsync(stream.fileno())
        new.replace(file)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
