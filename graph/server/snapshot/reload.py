"""Taking up a build: the copy that is served at first, and the next one as soon as the build has changed."""

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from graph.builds.manifest import MANIFEST
from graph.server.limits import Limits
from graph.server.snapshot.copy import Served, forget, new_folder, served, sign
from graph.server.workers.pool import Pool, renewed
from graph.server.workers.process import said_by

_SECONDS_BETWEEN_LOOKS = 0.5
# After a build that could not be taken up.
_SECONDS_AFTER_FAILURE = 5.0
# The copy is touched so often, so that nobody takes it for one that was left (see ``build_folder``).
_SECONDS_BETWEEN_SIGNS = 300.0
Seen = tuple[int, int, int] | None


@dataclass
class Serving:
    """What is served now. ``questions`` is the folder of the ready ones, and ``public`` the address at which
    others reach this server if that is known."""

    build: Path
    questions: Path
    limits: Limits
    public: str | None
    served: Served
    pool: Pool


async def copy_of(build: Path) -> Served:
    """A copy of the build as it is now; OSError with the reason where there is none."""
    folder = new_folder(build)
    try:
        return served(folder, json.loads(await said_by("graph.server.snapshot.copy", str(build), str(folder))))
    except BaseException:
        forget(folder)
        raise


def seen(build: Path) -> Seen:
    """What tells that a build is another than before."""
    try:
        found = (build / MANIFEST).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


async def watch(serving: Serving, last: Seen) -> None:
    """From build to build. The copy before the last one is given up: somebody may still be reading the last."""
    before: Path | None = None
    signed = time.monotonic()
    try:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            if time.monotonic() - signed > _SECONDS_BETWEEN_SIGNS:
                signed = time.monotonic()
                sign(*filter(None, (before, serving.served.folder)))
            now = seen(serving.build)
            if now is None or now == last:
                continue
            try:
                copy = await copy_of(serving.build)
                await _renewed_with(serving, copy)
            # Whatever is wrong with it, the last one is still there.
            except Exception as error:
                print(f"the new build is not taken up: {error}", file=sys.stderr, flush=True)
                await asyncio.sleep(_SECONDS_AFTER_FAILURE)
                continue
            if before:
                forget(before)
            before, serving.served, last = serving.served.folder, copy, now
            print(f"the build {copy.tag} is served from now on", file=sys.stderr, flush=True)
    finally:
        if before:
            forget(before)


async def _renewed_with(serving: Serving, copy: Served) -> None:
    try:
        await renewed(serving.pool, copy.store)
    except BaseException:
        forget(copy.folder)
        raise


def open_more_files() -> None:
    """Connections are limited by what is set here, and not by a system that gives few files to a process."""
    if os.name != "posix":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
