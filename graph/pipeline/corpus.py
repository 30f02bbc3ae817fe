"""The corpus in a build: each page is made a part, and what pages say together is concluded; the parts are kept.

Between the two stand the registers: they are read with what was decided of the ids of pages, and what they tell of an
event that pages tell of too is concluded with these.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad

from graph.common.findings import Finding, FindingsError
from graph.common.progress import Progress
from graph.model.identity import Decisions
from graph.pipeline.cache import Cache
from graph.pipeline.components import Conclusions, conclude_all, concluded_part, pages_published_by
from graph.pipeline.digests import Inputs, digest
from graph.pipeline.identity import Identity
from graph.pipeline.merging import check_joined, check_merged, give_one_label
from graph.pipeline.page_tasks import (
    LARGE,
    ComponentTask,
    Home,
    Made,
    PageTask,
    conclude_component,
    create_page,
    page_key,
    prepare,
)
from graph.pipeline.pages import page_part
from graph.pipeline.parts import PART, Part
from graph.pipeline.renaming import Renaming
from graph.pipeline.sorted_lines import PackedLines
from graph.pipeline.workers import IN_PROCESS, Task, Workers
from graph.sources.pages.context import Background
from graph.sources.pages.read import page_folders

# What pages are read from has so many bytes for each statement that is made of it.
_BYTES_A_LINE = 8


@dataclass(frozen=True, slots=True)
class ReadPages:
    """The pages of a corpus that were published by a day, with what people decided to be one made one.

    ``folders`` are how many pages there are; ``left_out`` those with errors. ``decided`` is published of decisions,
    by which ids are replaced (``renaming``).
    """

    folders: int
    pages: Sequence[Part]
    left_out: Set[str]
    findings: list[Finding]
    decided: list[str]
    renaming: Renaming


class BuiltPages(NamedTuple):
    """The pages that went into a build, what registers tell of their events, what follows from both, and all findings.

    ``left_out`` are the pages with errors.
    """

    pages: Sequence[Part]
    joined: Sequence[Part]
    conclusions: Sequence[Part]
    left_out: Set[str]
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The corpus of a home, and what its pages are read with and concluded by; pySHACL asked too if ``complete``."""

    home: Path
    inputs: Inputs
    background: Background
    ontology: list[Quad]
    cache: Cache
    as_known_on: date | None
    progress: Progress
    workers: Workers = IN_PROCESS
    complete: bool = False

    def read(self, identity: Identity | None = None) -> ReadPages:
        """Return the pages, page by page: claims, our decisions, and the part of the registry that they speak of.

        What ``identity`` says is one thing is one. Raise FindingsError where there is neither a corpus nor a register.
        """
        there = (self.home / "corpus").exists() or not self.inputs.registers
        folders = page_folders(self.home / "corpus") if there else []
        made = self._pages(folders)
        read = [page for page in made if isinstance(page, Part)]
        errors = [finding for page in made if isinstance(page, FindingsError) for finding in page.findings]
        identity = identity or Identity(Decisions(), self.background.registry)
        # What was decided to be one is one before anything is compared.
        renaming = identity.renaming(read)
        joined = identity.apply(read, renaming)
        checked, errors = check_merged(joined, errors, self.ontology, identity.decisions)
        names = {page.name for page in checked}
        pages = [page for page in read if page.name in names]
        # As known on a day: the pages of that day, and nothing that only later ones name.
        published = pages_published_by(
            pages, self.as_known_on, lambda page, unknown: self._page(self.home / "corpus" / page.name, unknown)
        )
        if [*map(id, published)] != [*map(id, read)]:
            # Some are wrong, or not known yet: of what is left, other ids may be kept.
            renaming = identity.renaming(published)
            joined = identity.apply(published, renaming)
        decided = identity.statements(published, renaming)
        published, renamed = give_one_label(joined)
        of_pages = (each for page in pages for each in page.facts.findings)
        findings = [*errors, *identity.findings(read), *renamed, *of_pages]
        left_out = {folder.name for folder in folders} - {page.name for page in pages}
        return ReadPages(len(folders), published, left_out, findings, decided, renaming)

    def conclude(self, read: ReadPages, joined: Sequence[Part] = ()) -> BuiltPages:
        """Return what follows from the pages, component by component: from those that speak of the same events.

        ``joined`` is what registers tell of events of theirs. Where one contradicts the other, the later is left out.
        """
        parts, errors = [*read.pages, *joined], list[Finding]()
        if joined:
            parts, errors = check_joined(parts, self.ontology)
        by = Conclusions(self.home, self.ontology, self.complete)
        concluded = conclude_all(parts, partial(self._conclusions, by))
        went_in = {part.name for part in concluded.pages}
        return BuiltPages(
            [page for page in read.pages if page.name in went_in],
            [part for part in joined if part.name in went_in],
            concluded.conclusions,
            {part.name for part in (*read.pages, *joined)} - went_in | read.left_out,
            [*errors, *read.findings, *concluded.findings],
        )

    def _page(self, folder: Path, unknown: Set[str] = frozenset()) -> Part:
        key = self._page_key(folder, unknown)
        return self.cache.get_or_create(
            folder.name, key, lambda: page_part(folder, key, self.background, unknown), PART
        )

    def _page_key(self, folder: Path, unknown: Set[str] = frozenset()) -> str:
        return page_key(self._home, folder.name, self.inputs.pages[folder.name], unknown)

    @property
    def _home(self) -> Home:
        return Home(str(self.home.resolve()), self.inputs.program, self.inputs.background)

    def _pages(self, folders: Sequence[Path]) -> list[Part | FindingsError]:
        """Return the part of each page, or what is wrong with it."""
        keys = [self._page_key(folder) for folder in folders]
        return self._create(
            "pages",
            [(folder.name, key) for folder, key in zip(folders, keys, strict=True)],
            lambda at: page_part(folders[at], keys[at], self.background),
            create_page,
            lambda at: PageTask(self._home, folders[at].name, keys[at]),
            lambda missing: sum(_size(folders[at]) for at in missing),
        )

    def _conclusions(self, by: Conclusions, components: Sequence[list[Part]]) -> list[Part | FindingsError]:
        """Return what follows from each component, or what is wrong with it."""
        more = ["complete"] if self.complete else []
        keys = [digest(*(page.key for page in pages), *more) for pages in components]
        return self._create(
            "components",
            [("component", key) for key in keys],
            lambda at: concluded_part(components[at], keys[at], by),
            conclude_component,
            lambda at: ComponentTask(self._home, keys[at], components[at], self.complete),
            lambda missing: sum(len(page.lines) for at in missing for page in components[at]) * _BYTES_A_LINE,
        )

    def _create(
        self,
        what: str,
        parts: Sequence[tuple[str, str]],
        here: Callable[[int], Part],
        function: Callable[[Task], Made],
        task: Callable[[int], Task],
        size: Callable[[Sequence[int]], int],
    ) -> list[Part | FindingsError]:
        """Return the parts of these names and keys, each made where the cache has it not, or what is wrong with it.

        They are made ``here`` or, where there is enough to do for them by its ``size``, by workers.
        """
        made: list[Part | FindingsError | None] = [self.cache.find(*each, PART) for each in parts]
        missing = [at for at, part in enumerate(made) if part is None]
        watched = self.progress(what, missing)
        if self.workers.jobs > 1 and len(missing) > 1 and size(missing) > LARGE:
            self.workers.prepare(prepare, self._home)
            places = {parts[at][1]: at for at in missing}
            # Progress is what is ready, not what was handed out.
            for _, result in zip(watched, self.workers.map(function, map(task, missing)), strict=True):
                at = places[result.key]
                if result.record is None:
                    made[at] = FindingsError(result.findings)
                else:
                    made[at] = self.cache.receive(*parts[at], result.record, PART)
        else:
            for at in watched:
                try:
                    part = here(at)
                    made[at] = part = part._replace(lines=PackedLines.of(part.lines))
                    self.cache.store(*parts[at], part, PART)
                except FindingsError as error:
                    made[at] = error
        return [each for each in made if each is not None]


def _size(folder: Path) -> int:
    """Return how many bytes the files of a page have."""
    try:
        return sum(file.stat().st_size for file in folder.iterdir())
    except OSError:
        return 0
