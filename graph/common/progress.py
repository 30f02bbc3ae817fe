"""Progress: a bar on stderr for long work, and nothing at all where nobody sees it."""

import sys
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """Says what is being done with which items, and hands them on."""

    def __call__(self, what: str, items: Sequence[Item], /) -> Iterable[Item]:
        """The items, one after another."""


def silent(_: str, items: Sequence[Item]) -> Iterable[Item]:
    """The items, and nothing said."""
    return items


def shown(what: str, items: Sequence[Item]) -> Iterable[Item]:
    """The items, with a bar on stderr where that is a terminal and there is more than one."""
    if len(items) < 2 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=what, console=Console(stderr=True), transient=True)
