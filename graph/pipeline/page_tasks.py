"""Pages in workers: the part of a page, and what follows from pages that speak of the same events.

A task holds everything that it needs but the home, which the worker reads itself, once. What a worker returns is the
record as it is stored, so that the build itself has no more to do than to write it.
"""

from collections.abc import Set
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from graph.common.collector import keep_all
from graph.common.findings import Finding, FindingsError
from graph.pipeline.cache import record_bytes
from graph.pipeline.components import Conclusions, concluded_part
from graph.pipeline.digests import digest, digest_of_background, digest_of_files, digest_of_program
from graph.pipeline.pages import page_part
from graph.pipeline.parts import Part, encode
from graph.pipeline.workers import worker_differs
from graph.rdf.statements import read_ontology
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_background_of_pages

# Pages of so many bytes are worth the start of processes.
LARGE = 300_000
# A worker may have several threads.
ONE_AT_A_TIME = Lock()


class Home(NamedTuple):
    """A home as a worker has to have it: its folder, and the digests of the program and of its background."""

    folder: str
    program: str
    background: str


class PageTask(NamedTuple):
    """A page to be made a part."""

    home: Home
    name: str
    key: str


class ComponentTask(NamedTuple):
    """Pages of which conclusions are to be drawn; ``complete``: pySHACL checks them too."""

    home: Home
    key: str
    pages: list[Part]
    complete: bool = False


class Made(NamedTuple):
    """The record of a part, as bytes, by its key; None and the findings where they are errors."""

    key: str
    record: bytes | None
    findings: list[Finding]


def create_page(task: PageTask) -> Made:
    """Return the part of a page. Raise FindingsError where this process would make another one than the build."""
    with ONE_AT_A_TIME:
        background = _background(task.home)
        folder = Path(task.home.folder) / "corpus" / task.name
        if task.key != page_key(task.home, task.name, digest_of_files(folder)):
            raise worker_differs(f"page {task.name}")
        try:
            part = page_part(folder, task.key, background)
        except FindingsError as error:
            return Made(task.key, None, error.findings)
        return Made(task.key, record_bytes(encode(part)), [])


def conclude_component(task: ComponentTask) -> Made:
    """Return what follows from the pages of a component."""
    with ONE_AT_A_TIME:
        by = _conclusions(task.home, task.complete)
        try:
            part = concluded_part(task.pages, task.key, by)
        except FindingsError as error:
            return Made(task.key, None, error.findings)
        return Made(task.key, record_bytes(encode(part)), [])


def prepare(home: Home) -> None:
    """Read what all pages are made with, so that the first one need not wait for it."""
    with ONE_AT_A_TIME:
        _background(home)
        _conclusions(home, False)
    keep_all()


def page_key(home: Home, name: str, files: str, unknown: Set[str] = frozenset()) -> str:
    """Return the key of the part of a page whose files have this digest."""
    return digest(home.program, home.background, name, files, *sorted(unknown))


@lru_cache(maxsize=1)
def _background(home: Home) -> Background:
    verify(home)
    return read_background_of_pages(Path(home.folder))


@lru_cache(maxsize=1)
def _conclusions(home: Home, complete: bool) -> Conclusions:
    verify(home)
    folder = Path(home.folder)
    return Conclusions(folder, read_ontology(folder / "ontology"), complete)


@lru_cache(maxsize=1)
def verify(home: Home) -> None:
    """Raise FindingsError where this process has another program or another background than the build."""
    if digest_of_program() != home.program:
        raise worker_differs("program")
    if digest_of_background(Path(home.folder)) != home.background:
        raise worker_differs("home")
