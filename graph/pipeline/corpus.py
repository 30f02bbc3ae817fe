"""The corpus in a build: each page is made a part, and what pages say together is concluded; the parts are kept.

Between the two stand the registers: they are read with what was decided of the ids of pages, and what they tell of an
event that pages tell of too is concluded with these.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad

from graph.common.findings import Finding, collect
from graph.common.progress import Progress
from graph.model.identity import Decisions
from graph.pipeline.cache import Cache
from graph.pipeline.components import Conclusions, conclude_all, concluded_part, pages_published_by
from graph.pipeline.digests import Inputs, digest
from graph.pipeline.identity import Identity
from graph.pipeline.merging import check_joined, check_merged, give_one_label
from graph.pipeline.pages import page_part
from graph.pipeline.parts import PART, Part
from graph.pipeline.renaming import Renaming
from graph.sources.pages.context import Background
from graph.sources.pages.read import page_folders


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
    complete: bool = False

    def read(self, identity: Identity | None = None) -> ReadPages:
        """Return the pages, page by page: claims, our decisions, and the part of the registry that they speak of.

        What ``identity`` says is one thing is one. Raise FindingsError where there is neither a corpus nor a register.
        """
        there = (self.home / "corpus").exists() or not self.inputs.registers
        folders = page_folders(self.home / "corpus") if there else []
        read, errors = collect(self.progress("pages", folders), self._page)
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
        by = Conclusions(self.home, self.ontology, self.complete)

        def conclude(pages: list[Part]) -> Part:
            key = digest(*(page.key for page in pages), *(["complete"] if self.complete else []))
            return self.cache.get_or_create("component", key, lambda: concluded_part(pages, key, by), PART)

        parts, errors = [*read.pages, *joined], list[Finding]()
        if joined:
            parts, errors = check_joined(parts, self.ontology)
        concluded = conclude_all(parts, conclude, self.progress)
        went_in = {part.name for part in concluded.pages}
        return BuiltPages(
            [page for page in read.pages if page.name in went_in],
            [part for part in joined if part.name in went_in],
            concluded.conclusions,
            {part.name for part in (*read.pages, *joined)} - went_in | read.left_out,
            [*errors, *read.findings, *concluded.findings],
        )

    def _page(self, folder: Path, unknown: Set[str] = frozenset()) -> Part:
        key = self.inputs.page_key(folder.name, *sorted(unknown))
        return self.cache.get_or_create(
            folder.name, key, lambda: page_part(folder, key, self.background, unknown), PART
        )
