"""Call a function in a process of its own, with limits of time and memory.

For what reads files of strangers with a library whose needs nobody can foresee: a small document can be made to ask for
all the memory of a machine. Limits of memory and processor time hold where the system has them (POSIX), the limit of
time everywhere.
"""

import importlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from graph.common.errors import MotegrafError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment] # there are no such limits then

Result = TypeVar("Result")
MEGABYTE = 1_000_000
# A parser of HTML repeats each open <font> in each paragraph, and leaves open what an end does not reach: by such
# tricks a document makes as many elements as its size squared. So few bytes make few, and need no process of their own.
SURELY_SMALL = 8_000
# Beside what grows with the file: to start, and to load the library.
_SECONDS, _MEGABYTES = 10, 1_000
# A machine may be busy: so many times its processor time is waited for the answer.
_WAIT = 4


class LimitExceededError(MotegrafError):
    """A function took more time or memory than a file of this size may take."""


def call_limited(function: Callable[[bytes], Result], data: bytes) -> Result:
    """Return what a function of a module makes of a file.

    It has 10 s and 1 GB, and 3 s and 60 MB more for each MB of the file; a small file is read in this process. Raise
    what it raises where that is an error of ours, LimitExceededError where it does not end within the limits.
    """
    if len(data) <= SURELY_SMALL:
        return function(data)
    size = len(data) // MEGABYTE
    seconds, megabytes = _SECONDS + 3 * size, _MEGABYTES + 60 * size
    command = [sys.executable, "-m", __name__, function.__module__, function.__name__, str(seconds), str(megabytes)]
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=seconds * _WAIT,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LimitExceededError(f"reading it takes more than {seconds * _WAIT} s") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        limits = f"reading it fails within {seconds} s and {megabytes:,} MB of memory"
        raise LimitExceededError(f"{limits}: {reason}" if reason else limits)
    # Our own program has written it.
    is_result, value = pickle.loads(done.stdout)
    if is_result:
        result: Result = value
        return result
    raise value


def _main(module: str, name: str, seconds: str, megabytes: str) -> None:
    """Read a file from standard input, and write what a function makes of it, or its error, to standard output."""
    data = sys.stdin.buffer.read()
    function: Callable[[bytes], Any] = getattr(importlib.import_module(module), name)
    if resource is not None:
        _limit(resource.RLIMIT_CPU, int(seconds))
        _limit(resource.RLIMIT_AS, int(megabytes) * MEGABYTE)
        _limit(resource.RLIMIT_CORE, 0)
    try:
        answer = (True, function(data))
    except MotegrafError as error:
        answer = (False, error)
    sys.stdout.buffer.write(pickle.dumps(answer))


def _limit(kind: int, most: int) -> None:
    hardest = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hardest == resource.RLIM_INFINITY else min(most, hardest), hardest))


if __name__ == "__main__":
    _main(*sys.argv[1:])
