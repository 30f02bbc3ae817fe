"""Change several files together: all of them are written, or none is.

A file that somebody else changed meanwhile is not overwritten, and a disk that is full leaves every file as it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from graph.common.findings import FindingsError
from graph.common.page_files import PageFileError, locked, refuse_link_out, write_whole
from graph.common.text_files import read_text


class FileChange(NamedTuple):
    """A file by its path and by the name that messages give it, and its text before (None: no file) and after."""

    path: Path
    name: str
    before: str | None
    after: str


def write_together(changes: Sequence[FileChange]) -> None:
    """Write all changes, in their order. Raise PageFileError, with every file as it was, where one cannot be written.

    So that a build in between reads nothing wrong, what others refer to comes first.
    """
    with ExitStack() as locks:
        for folder in {change.path.parent for change in changes if not change.path.parent.exists()}:
            _make(folder)
            # It goes again where nothing was put into it.
            locks.callback(_remove_empty, folder)
        for change in sorted(changes, key=lambda change: change.name):
            locks.enter_context(locked(change.path))
        for change in changes:
            refuse_link_out(change.path)
            if text_of(change.path, change.name) != change.before:
                raise PageFileError(f"{change.name} was changed by another program meanwhile; try again")
        written: list[FileChange] = []
        try:
            for change in changes:
                write_whole(change.path, change.after)
                written.append(change)
        except PageFileError as error:
            _restore(written, error)
            raise


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise PageFileError(f"{folder.name} cannot be made: {error.strerror}; nothing was changed") from error


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _restore(written: Sequence[FileChange], error: PageFileError) -> None:
    """Write the texts from before. Raise PageFileError with what could not be restored."""
    kept = []
    for change in reversed(written):
        try:
            if change.before is None:
                change.path.unlink(missing_ok=True)
            else:
                write_whole(change.path, change.before)
        except (PageFileError, OSError):
            kept.append(change.name)
    if kept:
        message = f"{error}, but {' and '.join(kept)} has its change already; take it back by hand"
        raise PageFileError(message) from error


def text_of(path: Path, name: str) -> str | None:
    """Return the text of a file; None where there is no file. Raise PageFileError where it cannot be read."""
    if not path.exists():
        return None
    try:
        return read_text(path, name)
    except FindingsError as error:
        raise PageFileError(str(error)) from error


def diff_of(changes: Sequence[FileChange]) -> Iterator[str]:
    """Yield the lines of a unified diff of all changes."""
    for change in changes:
        before = (change.before or "").splitlines(keepends=True)
        old = f"a/{change.name}" if change.before is not None else "/dev/null"
        for line in unified_diff(before, change.after.splitlines(keepends=True), old, f"b/{change.name}"):
            yield line.removesuffix("\n").removesuffix("\r")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"
