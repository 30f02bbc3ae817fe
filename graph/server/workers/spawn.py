"""Start processes of ours behind pipes, and end them."""

import asyncio
import os
import sys
from contextlib import suppress
from typing import Protocol

from graph import HOME

# So much is read at a time.
CHUNK = 65_536


class Process(Protocol):
    """A process, a child of this one or not, as ``asyncio.subprocess.Process`` is one."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    @property
    def returncode(self) -> int | None:
        """None while it runs."""
        ...

    @property
    def stdin(self) -> asyncio.StreamWriter | None:
        """What it reads."""
        ...

    @property
    def stdout(self) -> asyncio.StreamReader | None:
        """What it writes."""
        ...

    @property
    def stderr(self) -> asyncio.StreamReader | None:
        """What else it writes."""
        ...

    def kill(self) -> None:
        """End it at once."""

    async def wait(self) -> int:
        """Return when it has ended."""
        ...


async def spawn(module: str, *arguments: str, stdin: int = asyncio.subprocess.PIPE) -> asyncio.subprocess.Process:
    """Start a module of ours behind pipes. Where this is cancelled before it runs, it is killed."""
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments),
            stdin=stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_environment(),
            # Ctrl-C in a terminal is for the front alone.
            start_new_session=True,
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        with suppress(OSError):
            await kill_and_wait(await starting)
        raise


async def kill_and_wait(process: Process) -> None:
    """Kill a process and wait until it is gone."""
    with suppress(ProcessLookupError):
        process.kill()
    await drain(process)
    await process.wait()


async def drain(process: Process) -> None:
    """Read and drop what a process wrote: for asyncio it has not ended while there is some."""
    for stream in (process.stdout, process.stderr):
        # Somebody else may be reading it to its end.
        with suppress(RuntimeError, OSError):
            while stream and await stream.read(CHUNK):
                pass


def _environment() -> dict[str, str]:
    """Return the environment of a worker: where Python finds this package, and no secret that the front has."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "LANG") if name in os.environ}
    paths = [str(HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
