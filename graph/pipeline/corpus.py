"""The corpus in a build: each page is made a part, and what pages say together is concluded; the parts are kept.

Between the two stand the registers: they are read with what was decided of the ids of pages, and what they tell of an
event that pages tell of too is concluded with these.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple

from pyoxigraph import Quad

from graph.common.findings import Finding, FindingsError
from graph.common.progress import Progress
from graph.common.spool import Spooled, bytes_of
from graph.model.identity import Decisions
from graph.pipeline.cache import Cache, Codec, Record, decoded, record_bytes
from graph.pipeline.components import Conclusions, components, conclude_all, concluded_part, pages_published_by
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
from graph.pipeline.parts import PART, Part, packed
from graph.pipeline.renaming import Renaming
from graph.pipeline.sorted_lines import PackedLines
from graph.pipeline.workers import IN_PROCESS, Task, Workers
from graph.sources.pages.context import Background
from graph.sources.pages.read import page_folders

if TYPE_CHECKING:
    from graph.pipeline.component_pages import PageParts

# A graph that has so many events has too many entities to be given to the interactive page whole.
MOST_EVENTS = 2000
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

    def are_many(self) -> bool:
        """Return whether these pages are given to the interactive page in parts."""
        return len({facts.event for page in self.pages for facts in page.facts.events}) > MOST_EVENTS

    def components(self) -> Iterator[list[Part]]:
        """Yield the parts of each component, and what is concluded of them as the last."""
        of_pages = components([*self.pages, *self.joined])
        yield from ([*each, part] for each, part in zip(of_pages, self.conclusions, strict=True))


class _Step(NamedTuple, Generic[Record, Task]):
    """Parts to be made, by their names and keys: by a function here, or by another that workers run, each by its place.

    ``size`` returns of how many bytes those at some places are made.
    """

    what: str
    parts: Sequence[tuple[str, str]]
    here: Callable[[int], Record]
    function: Callable[[Task], Made]
    task: Callable[[int], Task]
    size: Callable[[Sequence[int]], int]
    codec: Codec[Record]


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

    def page_parts(self, built: BuiltPages) -> "PageParts | None":
        """Return what the interactive page is given of many pages, component by component; None of few pages.

        Raise FindingsError where something is wrong with a component.
        """
        if not built.are_many():
            return None
        # Here, not above: few builds have so many pages.
        from graph.explorer.data.component_records import ComponentRecords
        from graph.pipeline.component_pages import (
            RECORDS,
            PageParts,
            RecordsTask,
            create_records,
            records_key,
            records_of,
        )
        from graph.query.counts import add_entities

        several = [*built.components()]
        keys = [records_key(component) for component in several]
        made = self._create(
            _Step(
                "records",
                [("records", key) for key in keys],
                lambda at: records_of(several[at], self._home),
                create_records,
                lambda at: RecordsTask(self._home, keys[at], several[at]),
                lambda missing: sum(len(part.lines) for at in missing for part in several[at]) * _BYTES_A_LINE,
                RECORDS,
            )
        )
        records = list[ComponentRecords]()
        for each in made:
            if isinstance(each, FindingsError):
                raise each
            records.append(each)
        return PageParts([each.page for each in records], add_entities(*(each.counts for each in records)))

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
            _Step(
                "pages",
                [(folder.name, key) for folder, key in zip(folders, keys, strict=True)],
                lambda at: page_part(folders[at], keys[at], self.background),
                create_page,
                lambda at: PageTask(self._home, folders[at].name, keys[at]),
                lambda missing: sum(_size(folders[at]) for at in missing),
                PART,
            )
        )

    def _conclusions(self, by: Conclusions, several: Sequence[list[Part]]) -> list[Part | FindingsError]:
        """Return what follows from each component, or what is wrong with it."""
        more = ["complete"] if self.complete else []
        keys = [digest(*(page.key for page in pages), *more) for pages in several]
        return self._create(
            _Step(
                "components",
                [("component", key) for key in keys],
                lambda at: concluded_part(several[at], keys[at], by),
                conclude_component,
                lambda at: ComponentTask(self._home, keys[at], several[at], self.complete),
                lambda missing: sum(len(page.lines) for at in missing for page in several[at]) * _BYTES_A_LINE,
                PART,
            )
        )

    def _create(self, step: _Step[Record, Task]) -> list[Record | FindingsError]:
        """Return the parts of a step, each made where the cache has it not, or what is wrong with it.

        They are made here or, where there is enough to do for them by their size, by workers.
        """
        cached = (self.cache.find(*each, step.codec) for each in step.parts)
        made: list[Record | FindingsError | None] = [None if each is None else self._kept(each) for each in cached]
        missing = [at for at, part in enumerate(made) if part is None]
        watched = self.progress(step.what, missing)
        if self.workers.jobs > 1 and len(missing) > 1 and step.size(missing) > LARGE:
            for at, part in self._by_workers(step, missing, watched):
                made[at] = part
        else:
            for at, part in self._here(step, watched):
                made[at] = part
        return [each for each in made if each is not None]

    def _by_workers(
        self, step: _Step[Record, Task], missing: Sequence[int], watched: Iterable[int]
    ) -> Iterator[tuple[int, Record | FindingsError]]:
        """Yield what workers make, by its place, in any order."""
        self.workers.prepare(prepare, self._home)
        places = {step.parts[at][1]: at for at in missing}
        # Progress is what is ready, not what was handed out.
        for _, result in zip(watched, self.workers.map(step.function, map(step.task, missing)), strict=True):
            at = places[result.key]
            if result.record is None:
                yield at, FindingsError(result.findings)
            else:
                yield at, self._kept(self.cache.receive(*step.parts[at], result.record, step.codec))

    def _here(self, step: _Step[Record, Task], watched: Iterable[int]) -> Iterator[tuple[int, Record | FindingsError]]:
        """Yield what this process makes, by its place."""
        texts: dict[int, bytes | Spooled] = {}
        for at in watched:
            try:
                data = record_bytes(step.codec.encode(step.here(at)))
            except FindingsError as error:
                yield at, error
                continue
            self.cache.write(*step.parts[at], data)
            texts[at] = self.cache.spool.keep(data)
        # Only now: a small record in the middle of what a page was made of would hold all memory around it.
        for at, text in texts.items():
            yield at, self._kept(decoded(bytes_of(text), step.codec))

    def _kept(self, record: Record) -> Record:
        """Return a record with its lines kept by the spool, if it has any, and its facts as a build reads them."""
        if not isinstance(record, Part):
            return record
        return record._replace(lines=PackedLines.of(record.lines).kept_by(self.cache.spool), facts=packed(record.facts))


def _size(folder: Path) -> int:
    """Return how many bytes the files of a page have."""
    try:
        return sum(file.stat().st_size for file in folder.iterdir())
    except OSError:
        return 0
