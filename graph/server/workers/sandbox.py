"""The sandbox: what a worker gives up before its first task, so that no query can take it back.

Memory and processor time are limited where the system can (POSIX); on Linux, a filter of system calls (seccomp) takes
away sockets and the starting of programs: SERVICE and LOAD then reach nobody, whatever the query looks like.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from functools import cache

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment] # there are no limits then

# Of linux/audit.h and the tables of system calls: architecture, then socket, execve, execveat, io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 425)),
}
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
# The numbers of x32, the second way into a kernel of x86-64.
_SECOND_WAY = 0x40000000
MEGABYTE = 1_000_000


def drop_network() -> bool:
    """Keep all threads of this process from opening sockets and starting programs. Return whether the system can."""
    calls = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or calls is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    architecture, refused = calls
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _FAIL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(refused) + 1, 0, _SECOND_WAY),
        *((_EQUAL, len(refused) - place, 0, call) for place, call in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL),
    ]
    program = b"".join(struct.pack("HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(program, len(program))
    given = struct.pack("HP", len(steps), ctypes.addressof(kept))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, given, 0, 0) == 0)


def limit_memory(megabytes: int) -> bool:
    """Limit this process to so much more memory than it has now, and to no core dump. Return whether the system can."""
    if resource is None:
        return False
    try:
        limit = _memory_used() + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def memory_left(megabytes: int) -> float:
    """Return how many megabytes of those that it was given this process has left."""
    try:
        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        return (limit - _memory_used()) / MEGABYTE
    except (OSError, AttributeError):
        return megabytes


def _memory_used() -> int:
    """Return the bytes of this process's address space."""
    return int(os.pread(_open_statm(), 64, 0).split()[0]) * resource.getpagesize()


@cache
def _open_statm() -> int:
    """Return where the system gives the sizes of this process; opened once, since it is read after every task."""
    return os.open("/proc/self/statm", os.O_RDONLY)


def limit_cpu_time(seconds: float) -> None:
    """Have the system end this process after so much more processor time: there may be no front left to do it."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard_limit = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard_limit))
