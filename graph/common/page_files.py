"""Write files of a page's folder: whole or not at all, by one program at a time, and never through a link.

A corpus may come from a stranger: a link in it must not make a program write somewhere else.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.common.errors import MotegrafError

# How long one change waits for another, and after how long a lock was left by a program that has ended; in seconds.
_WAIT, _STALE = 5.0, 30.0


class PageFileError(MotegrafError):
    """A file of a page cannot be written; the message says why, and what to do. Nothing was changed."""


def is_link_out(file: Path) -> bool:
    """Return whether a file is a link that leads out of its folder."""
    return file.is_symlink() and not file.resolve().is_relative_to(file.parent.resolve())


def refuse_link_out(file: Path) -> None:
    """Raise PageFileError where a file of a page, or the folder of the page, is a link that leads out of its folder."""
    for each in (file, file.parent):
        if is_link_out(each):
            raise PageFileError(
                f"{each.name} is a link that leads out of {each.parent.name}; put the file or folder itself there"
            )


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let one change at a time be made to a file of a page, by whatever program.

    Raise PageFileError where another program holds it too long, or where the lock cannot be made.
    """
    refuse_link_out(file)
    lock = file.with_name(f".{file.stem}.lock")
    until = time.monotonic() + _WAIT
    while not _created(lock):
        if _is_stale(lock):
            _remove_stale(lock)
        elif time.monotonic() > until:
            raise PageFileError(f"{file.parent.name} is being changed by another program; try again")
        else:
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def write_whole(file: Path, text: str) -> None:
    """Write a file of a page, whole or not at all. Raise PageFileError where it cannot be written."""
    refuse_link_out(file)
    made = file.with_name(f".{file.name}.new")
    try:
        # What an ended program left there, or a link, goes; "x" follows no link.
        made.unlink(missing_ok=True)
        with made.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        made.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)
        raise PageFileError(f"{file.name} cannot be written: {error.strerror}; nothing was changed") from error


def append_line(file: Path, line: str) -> None:
    """Add a line to a file of a page; it is on the disk when this returns."""
    refuse_link_out(file)
    try:
        with file.open("a+b") as stream:
            # A line that was cut off when a machine stopped must not swallow this one.
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                line = line if stream.read(1) == b"\n" else f"\n{line}"
            stream.write(f"{line}\n".encode())
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise PageFileError(f"{file.name} cannot be written: {error.strerror}") from error


def _created(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        return False
    except OSError as error:
        raise PageFileError(f"{lock.parent.name} cannot be written to: {error.strerror}") from error
    return True


def _is_stale(lock: Path) -> bool:
    try:
        return time.time() - lock.lstat().st_mtime > _STALE
    except OSError:
        return False


def _remove_stale(lock: Path) -> None:
    """Remove a lock whose program has ended; of several programs that see it, one does, or a new lock would go too."""
    guard = lock.with_name(f"{lock.name}.stale")
    try:
        os.close(os.open(guard, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        # Whoever holds the guard ends in a moment, unless it ended before it could remove the guard.
        if _is_stale(guard):
            guard.unlink(missing_ok=True)
        time.sleep(0.02)
        return
    try:
        if _is_stale(lock):
            lock.unlink(missing_ok=True)
    finally:
        guard.unlink(missing_ok=True)
