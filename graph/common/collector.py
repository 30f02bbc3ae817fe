"""Python's collector of reference cycles, which looks through all objects again and again while many are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made and not freed, until young ones are looked through; and how often that happens until all older ones are.
# A build of one page makes fewer: it would look through them once, for 60 ms of CPU time, and free next to nothing.
MANY = (300_000, 20, 20)


def collect_rarely() -> None:
    """Let the collector look for cycles less often for the rest of this process, which works on a build."""
    gc.set_threshold(*MANY)


def keep_all() -> None:
    """Let the collector look no more through what there is now, since it stays as long as this process."""
    gc.freeze()


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Let the collector look for cycles less often while a build makes objects by the million, nearly all to stay.

    It takes a fifth of a build's time otherwise. What is in cycles is still freed, only later. What was there before,
    such as imported modules, stays anyway: it is neither looked through nor counted meanwhile.
    """
    before = gc.get_threshold()
    gc.set_threshold(*MANY)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
