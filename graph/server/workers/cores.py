"""Cores: where queries run that take long: those of one client leave a core to the others.

A system that is left to itself spreads two long queries over two cores, and whoever asks something short waits for a
turn on either. So a client that has several runs them on all cores but one while others ask too. Which one is left
differs from client to client: where many have several, no core is idle. Where there is one core, or a system that does
not let processes be placed, nothing is done.
"""

import os
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

# How long somebody who has asked is thought to ask again.
_SECONDS_REMEMBERED = 1.0
_LONG_AGO = float("-inf")


def cores_here() -> frozenset[int]:
    """The numbers of the cores that this process may use; none where the system does not tell."""
    return frozenset(os.sched_getaffinity(0)) if sys.platform == "linux" else frozenset()


@dataclass
class Cores:
    """``long`` are the processes (by their ids) whose queries take long, with the clients that these are of, ``placed``
    those that do not run anywhere. ``latest`` has asked last, and ``before`` is who had before, being somebody else."""

    long: dict[int, str] = field(default_factory=dict)
    placed: dict[int, frozenset[int]] = field(default_factory=dict)
    latest: tuple[str, float] = "", _LONG_AGO
    before: tuple[str, float] = "", _LONG_AGO


def asks(cores: Cores, client: str, now: float) -> None:
    """A client has asked something, at this second."""
    if cores.latest[0] != client:
        cores.before = cores.latest
    cores.latest = client, now
    _arrange(cores, now)


def takes_long(cores: Cores, process: int, client: str, now: float) -> None:
    """What this process does for a client takes long already, or still."""
    cores.long[process] = client
    _arrange(cores, now)


def is_done(cores: Cores, process: int, now: float) -> None:
    """It has done it, and runs anywhere."""
    if cores.long.pop(process, None) is not None:
        if cores.placed.pop(process, None):
            _place(process, cores_here())
        _arrange(cores, now)


def _arrange(cores: Cores, now: float) -> None:
    if not cores.long:
        return
    there = sorted(cores_here())
    many = Counter(cores.long.values())
    heavy = [client for client in many if many[client] > 1 and len(there) > 1 and _others_ask(cores, client, now)]
    left = {client: there[number % len(there)] for number, client in enumerate(heavy)}
    for process, client in cores.long.items():
        wanted = frozenset(core for core in there if core != left.get(client))
        if wanted != cores.placed.get(process, frozenset(there)):
            _place(process, wanted)
            cores.placed[process] = wanted


def _others_ask(cores: Cores, client: str, now: float) -> bool:
    _, when = cores.latest if cores.latest[0] != client else cores.before
    return now - when < _SECONDS_REMEMBERED


def _place(process: int, cores: frozenset[int]) -> None:
    # One that has ended has no place.
    with suppress(OSError):
        if sys.platform == "linux":
            os.sched_setaffinity(process, cores)
