"""Progress: a bar on stderr for long work; nothing where stderr is no terminal."""

import sys
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """A function that reports progress while its caller works through items."""

    def __call__(self, task: str, items: Sequence[Item], /) -> Iterable[Item]:
        """Yield the items while the task is reported."""


def no_progress(_: str, items: Sequence[Item]) -> Iterable[Item]:
    """Return the items and report nothing."""
    return items


def progress_bar(task: str, items: Sequence[Item]) -> Iterable[Item]:
    """Return the items, with a progress bar on stderr, if that is a terminal and there is more than one item."""
    if len(items) < 2 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=task, console=Console(stderr=True), transient=True)
