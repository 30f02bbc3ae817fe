"""Cores: on which processor what takes long runs: all of one client on one, so that the others find the rest free.

A system that is left to itself spreads two long queries over two cores, and whoever asks something short waits for a
turn on either. Where there is one core, or a system that does not let processes be placed, nothing is done.
"""

import os
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

# Who starts workers: the server itself.
_NOBODY = ""


def cores_here() -> tuple[int, ...]:
    """The numbers of the cores that this process may use; none where the system does not tell."""
    return tuple(sorted(os.sched_getaffinity(0))) if sys.platform == "linux" else ()


@dataclass
class Cores:
    """The cores that there are, and which process (by its id) is kept to which of them, and for whom."""

    there: tuple[int, ...] = field(default_factory=cores_here)
    kept: dict[int, tuple[str, int]] = field(default_factory=dict)


def keep(cores: Cores, process: int, client: str = _NOBODY) -> None:
    """The process stays on the core of this client's others; on the one where fewest are kept if it has none. What is
    nobody's stays on the core that is taken first."""
    if len(cores.there) > 1:
        own = next((core for other, core in cores.kept.values() if other == client), None)
        core = cores.there[-1] if client == _NOBODY else _emptiest(cores) if own is None else own
        cores.kept[process] = client, core
        _place(process, (core,))


def let_go(cores: Cores, process: int) -> None:
    """The process runs anywhere."""
    if cores.kept.pop(process, None):
        _place(process, cores.there)


def _emptiest(cores: Cores) -> int:
    many = Counter(core for client, core in cores.kept.values() if client != _NOBODY)
    # From the last: whatever else runs here tends to begin with the first.
    return min(reversed(cores.there), key=lambda core: many[core])


def _place(process: int, cores: tuple[int, ...]) -> None:
    # One that has ended has no place, and cores can be taken from a machine.
    with suppress(OSError):
        if sys.platform == "linux":
            os.sched_setaffinity(process, cores)
