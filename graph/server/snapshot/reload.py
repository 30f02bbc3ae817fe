"""Reload: the snapshot that is served at first, and the next one as soon as the build has changed."""

import asyncio
import json
import logging
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from graph.builds.manifest import MANIFEST
from graph.common.findings import FindingsError
from graph.server.limits import Limits
from graph.server.operation.service_manager import notify_ready, notify_reloading
from graph.server.settings import Settings
from graph.server.snapshot.copy import Snapshot, is_prepared, new_folder, read_snapshot, remove, touch
from graph.server.workers.pool import Pool, switch_store
from graph.server.workers.process import run_module

_SECONDS_BETWEEN_CHECKS = 0.5
# After a build that could not be loaded.
_SECONDS_AFTER_FAILURE = 5.0
# So that no later build takes the snapshot for one that was left behind (see ``graph.builds.folder``).
_SECONDS_BETWEEN_TOUCHES = 300.0
_LOGGER = logging.getLogger(__name__)
Fingerprint = tuple[int, int, int] | None


@dataclass
class AppState:
    """The state of the application: what is served now, and how.

    ``questions`` is the folder of the ready questions, ``public`` the URL at which others reach this server, if known.
    ``loads`` counts the builds that were loaded, ``failed_loads`` those that were not.
    """

    build: Path
    questions: Path
    limits: Limits
    public: str | None
    snapshot: Snapshot
    pool: Pool
    site: Settings = field(default_factory=Settings)
    loads: int = 1
    failed_loads: int = 0

    @property
    def settings(self) -> Settings:
        """Return the settings of the site with what is said of the build that is served now."""
        snapshot = self.snapshot
        licence = self.site.licence or snapshot.licence
        return _settings_with(
            self.site, self.public or "", licence, snapshot.tag, snapshot.day, snapshot.known_on or ""
        )


# Each request needs them, and they are the same until the next build.
@lru_cache(maxsize=4)
def _settings_with(site: Settings, public: str, licence: str, build: str, day: str, known_on: str) -> Settings:
    return replace(site, public=public, licence=licence, build=build, day=day, known_on=known_on)


async def take_snapshot(build: Path) -> Snapshot:
    """Return a snapshot of the build as it is now. Raise OSError with the reason where there is none."""
    # What is wrong with a build is said where it is copied.
    with suppress(FindingsError, OSError):
        if not is_prepared(build):
            _LOGGER.info(
                "the build is large: its index and the names that are searched are made first, which takes minutes"
            )
    folder = new_folder(build)
    try:
        copying = run_module("graph.server.snapshot.copy", str(build), str(folder), report=_LOGGER.info)
        content = json.loads(await copying)
        return read_snapshot(folder, **content)
    except BaseException:
        remove(folder)
        raise


def fingerprint(build: Path) -> Fingerprint:
    """Return what changes when a build does: of its manifest, inode, time and size; None where there is none."""
    try:
        status = (build / MANIFEST).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


async def watch(state: AppState, last: Fingerprint, asked: asyncio.Event) -> None:
    """Load each new build, for ever. A snapshot is removed only after the next but one: somebody may still read it.

    Where somebody has ``asked``, a build that could not be loaded is tried again at once.
    """
    before: Path | None = None
    touched = time.monotonic()
    try:
        while True:
            await _pause(_SECONDS_BETWEEN_CHECKS, asked)
            if time.monotonic() - touched > _SECONDS_BETWEEN_TOUCHES:
                touched = time.monotonic()
                touch(*filter(None, (before, state.snapshot.folder)))
            now = fingerprint(state.build)
            if asked.is_set():
                asked.clear()
                notify_reloading()
                notify_ready(f"the build {state.snapshot.tag} is served")
            if now is None or now == last:
                continue
            try:
                snapshot = await take_snapshot(state.build)
                await _switch_to(state, snapshot)
            # Whatever is wrong with it, the last one is still served.
            except Exception as error:
                _LOGGER.warning("the new build is not loaded: %s", error)
                state.failed_loads += 1
                await _pause(_SECONDS_AFTER_FAILURE, asked)
                continue
            if before:
                remove(before)
            before, state.snapshot, last = state.snapshot.folder, snapshot, now
            state.loads += 1
            _LOGGER.info("the build %s is served from now on", snapshot.tag)
            notify_ready(f"the build {snapshot.tag} is served")
    finally:
        if before:
            remove(before)


async def _pause(seconds: float, asked: asyncio.Event) -> None:
    """Wait so long, or until somebody asks."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asked.wait()


async def _switch_to(state: AppState, snapshot: Snapshot) -> None:
    try:
        await switch_store(state.pool, snapshot.store)
    except BaseException:
        remove(snapshot.folder)
        raise


def raise_file_limit() -> None:
    """Allow this process to open as many files as its connections need, where the system lets it."""
    if os.name != "posix":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
