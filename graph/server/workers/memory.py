"""Memory: whether a large graph, of which there is an index on disk, may be in the memory of the server as well."""

import json
import os
from pathlib import Path

from graph.builds.manifest import DATASET, PARTS
from graph.server.limits import Limits
from graph.server.workers.sandbox import MEGABYTE

# Of N-Quads a store takes twice their bytes.
_BYTES_A_BYTE = 2
_GROUPS = Path("/sys/fs/cgroup")
_NO_LIMIT = "max"


def may_be_in_memory(store: Path, limits: Limits) -> bool:
    """Return whether workers are forked by a process that has the graph of this store in memory.

    Small graphs are in the memory of each worker anyway. The graph may come to be in memory once for each worker, for
    one that takes the place of another, and for the process that is forked: what somebody reads of it is copied.
    """
    if not store.is_dir() or not hasattr(os, "fork") or not hasattr(os, "pidfd_open"):
        return False
    most = available_megabytes() / 2 if limits.graph_memory is None else limits.graph_memory
    return graph_megabytes(store.parent) * (limits.workers + 2) <= most


def graph_megabytes(folder: Path) -> float:
    """Return how much memory the graph of a build takes, in megabytes. Raise OSError where it cannot be read."""
    size = (folder / DATASET).stat().st_size
    if (folder / PARTS).exists():
        size += sum(part["size"] for part in json.loads((folder / PARTS).read_bytes())["parts"])
    return size * _BYTES_A_BYTE / MEGABYTE


def available_megabytes() -> float:
    """Return how much memory there is for this process: of the machine, and of what its group may take of it.

    0 where the system does not say.
    """
    try:
        words = Path("/proc/meminfo").read_text(encoding="ascii").split()
        there = int(words[words.index("MemAvailable:") + 1]) * 1024
        path = Path("/proc/self/cgroup").read_text(encoding="utf-8").rpartition("::")[2].strip()
    except (OSError, ValueError, IndexError):
        return 0
    # A group has the limits of those that it is in as well.
    group = _GROUPS / path.lstrip("/")
    for each in (group, *group.parents):
        there = min(there, _left_in(each, there))
        if each == _GROUPS:
            break
    return there / MEGABYTE


def _left_in(group: Path, otherwise: int) -> int:
    """Return how many bytes a group has left of its limit, if it has one."""
    try:
        limit = (group / "memory.max").read_text(encoding="ascii").strip()
        if limit == _NO_LIMIT:
            return otherwise
        return max(0, int(limit) - int((group / "memory.current").read_text(encoding="ascii")))
    except (OSError, ValueError):
        return otherwise
