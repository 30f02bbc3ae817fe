"""Confined: what a worker gives up before its first task, so that no query can take it back.

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
    resource = None  # type: ignore[assignment]

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


def without_network() -> bool:
    """No thread of this process can open a socket or start a program from now on; False where it cannot be had."""
    known = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    architecture, refused = known
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


def with_memory(megabytes: int) -> bool:
    """This process gets that much more memory than it has now, and leaves no dump; False where it cannot be had."""
    if resource is None:
        return False
    try:
        most = _taken() + megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def left_of_memory(megabytes: int) -> float:
    """How many megabytes of those that it was given this process has left."""
    try:
        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        return (most - _taken()) / MEGABYTE
    except (OSError, AttributeError):
        return megabytes


def _taken() -> int:
    """The bytes of this process's address space."""
    return int(os.pread(_sizes(), 64, 0).split()[0]) * resource.getpagesize()


@cache
def _sizes() -> int:
    """Where the system tells them; opened once, since they are asked for after every task."""
    return os.open("/proc/self/statm", os.O_RDONLY)


def with_time(seconds: float) -> None:
    """The system ends this process when it has worked that much longer: there may be no front left to do it."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, most))
