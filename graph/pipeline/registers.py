"""Registers in a build: each is divided into partitions, workers make a part of each, and the parts are kept.

A register of one partition goes into the main files, as a page does. Of a larger one the main files have the source and
what it speaks of in the registry; all else stays in parts, which are never in memory together.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from graph.common.findings import Finding, FindingsError, collect
from graph.common.lines import split_lines
from graph.common.progress import Progress, no_progress
from graph.model.iris import local_name
from graph.pipeline.cache import Cache
from graph.pipeline.digests import Inputs, digest
from graph.pipeline.joined_events import joined_part
from graph.pipeline.lent_cells import LentCells
from graph.pipeline.nameless import without_nameless
from graph.pipeline.partition_part import (
    EVERYTHING,
    NOTHING,
    SAMPLE,
    Context,
    PartitionTask,
    create_part,
    part_of,
    prepare,
    read_context,
)
from graph.pipeline.partition_record import PARTITION, PartitionPart, compression, decompress
from graph.pipeline.partitions import MOST_ROWS, Partitions, SortedRows, bucket_of
from graph.pipeline.parts import Part
from graph.pipeline.register_options import DEFAULTS, RegisterOptions
from graph.pipeline.register_sources import source_statements
from graph.pipeline.renaming import Renaming, labels_in, registry_lines, without_repeated_names
from graph.pipeline.workers import Workers
from graph.rdf.statements import to_nquads
from graph.rdf.terms import iri
from graph.sources.pages.context import Background
from graph.sources.tables.reading import KeyedRow, Register, read_register
from graph.sources.tables.stale import stale_findings
from graph.sources.tables.tally import Tally

Value = TypeVar("Value", bound=Hashable)
FOLDER = "registers"
IS_EVIDENCE = f" {iri('rdf:type')} {iri('mg:Evidence')} "
# A table of so many bytes is likely to have several partitions.
LARGE = 500_000
# Of so many partitions, pySHACL checks a sample of one.
SAMPLED = 16


class StoredPart(NamedTuple):
    """The part of a partition in the cache: its key, and what is to be known without reading it.

    ``texts`` are its own and its shared statements, where it is the only one of its register: then nothing need be
    stored for a build.
    """

    key: str
    facts: PartitionPart
    texts: tuple[bytes, bytes] | None = None

    @property
    def name(self) -> str:
        """Return the name under which it is stored."""
        return f"{self.facts.register}.{self.facts.name}"


@dataclass(slots=True)
class BuiltRegisters:
    """What registers bring to a build.

    ``folders`` are all there are, ``names`` those that went in. ``lines`` are sorted lists of lines for the main files,
    ``parts`` those parts that stay apart, ``whole`` those whose lines are among ``lines``; ``shared_evidence`` counts
    what several of these cite. ``renamed`` are the ids that stood in rows and were replaced,
    ``kept`` those that stood there and are put in the place of others, ``joined`` what is told of events that other
    sources tell of too.
    """

    folders: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)
    parts: list[StoredPart] = field(default_factory=list)
    whole: list[StoredPart] = field(default_factory=list)
    shared_evidence: int = 0
    left_out: list[str] = field(default_factory=list)
    renamed: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    joined: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RegistersRun:
    """What registers of a home are built with: those published by a day, by some workers."""

    home: Path
    inputs: Inputs
    background: Background
    cache: Cache
    workers: Workers
    options: RegisterOptions = DEFAULTS
    as_known_on: date | None = None
    progress: Progress = no_progress
    renaming: Renaming = field(default_factory=Renaming)
    joined: frozenset[str] = frozenset()
    _context: list[Context] = field(default_factory=list)

    @property
    def context(self) -> Context:
        """Return what partitions are made with in this process, read when it is asked for first."""
        if not self._context:
            self._context.append(read_context(self.home, self.background))
        return self._context[0]


def register_folders(home: Path) -> list[Path]:
    """Return the folders of registers of a home, by name; none where there is no folder of registers."""
    try:
        folders = sorted((home / FOLDER).iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FindingsError([Finding(FOLDER, 0, f"cannot be read: {error.strerror}")]) from error
    return [folder for folder in folders if folder.is_dir() and not folder.name.startswith(".")]


def build_registers(run: RegistersRun) -> BuiltRegisters:
    """Return what the registers of a home bring. One with errors is left out; its findings are among all others.

    Raise FindingsError where a worker dies, or where there is no room for what they make.
    """
    built = BuiltRegisters()
    for folder in register_folders(run.home):
        built.folders.append(folder.name)
        try:
            register = read_register(folder, run.background)
            if _is_published(register, run.as_known_on):
                _add_register(built, register, run)
        except FindingsError as error:
            if any(finding.file.partition("/")[0] != FOLDER for finding in error.findings):
                raise
            built.findings += error.findings
            built.left_out.append(folder.name)
    return built


def published_registers(home: Path, background: Background, day: date | None) -> list[str]:
    """Return the ids of the registers of a home that were published by a day."""
    folders = register_folders(home)
    if day is None:
        return [folder.name for folder in folders]
    registers, _ = collect(folders, lambda folder: read_register(folder, background))
    return [register.id for register in registers if _is_published(register, day)]


def _is_published(register: Register, day: date | None) -> bool:
    return day is None or all(source.published_latest <= day for source in register.sources)


def _add_register(built: BuiltRegisters, register: Register, run: RegistersRun) -> None:
    """Add what a register brings. Raise FindingsError with all findings where it has errors that stop it."""
    if sum(file.table.file.stat().st_size for file in register.files) > LARGE and run.workers.jobs > 1:
        home, inputs = str(run.home.resolve()), run.inputs
        run.workers.prepare(
            prepare, PartitionTask(home, register.id, "", inputs.program, inputs.register_key(register.id), b"")
        )
    buckets = array("H")
    register.note_keys(lambda key: buckets.append(bucket_of(key)))
    partitions = Partitions(buckets, run.options.most_rows or MOST_ROWS)
    lent, counts = LentCells(register, len(partitions)), Counter[int]()
    common: set[str] = set()
    with SortedRows(register.id, partitions, _noted(register, partitions, lent, counts), run.cache.folder) as rows:
        parts = _create_parts(register, partitions, rows, lent, run, common)
    findings = [*register.findings, *register.release_findings()]
    findings += [finding for part in parts for finding in part.facts.findings]
    findings += [*_error_findings(register, parts), *_stale_findings(register, parts)]
    if not all(part.facts.built for part in parts):
        raise FindingsError(findings)
    built.findings += findings
    built.names.append(register.id)
    if any(part.facts.joined for part in parts):
        built.joined.append(_joined(register, parts))
    built.renamed.update(id for part in parts for id in part.facts.renamed)
    built.kept.update(id for part in parts for id in part.facts.kept)
    built.lines.append(_about_sources(register, counts, run))
    built.lines.append(sorted(common))
    if len(parts) > 1 and not run.options.whole_files:
        built.parts += parts
    else:
        lines = [lines for part in parts for lines in lines_of(part, run.cache)]
        shared = without_nameless(sorted({line for several in lines[1::2] for line in several}))
        built.lines += [*lines[::2], shared]
        built.shared_evidence += sum(IS_EVIDENCE in line for line in shared)
        built.whole += parts


def _error_findings(register: Register, parts: Iterable[StoredPart]) -> list[Finding]:
    """Return what is wrong with rows that may not be left out, once for all rows with which the same is wrong."""
    tally = Tally()
    for part in parts:
        for column, why, value, count, first in part.facts.errors:
            case = (column, why, value)
            tally.merge(Tally(errors=Counter({case: count}), first={case: first}))
    return tally.findings(register)


def _stale_findings(register: Register, parts: Iterable[StoredPart]) -> list[Finding]:
    """Return a warning for each key of a lookup that fitted no value in any part."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        for name, keys in part.facts.used.items():
            used[name].update(keys)
    return stale_findings(register, used)


def _noted(register: Register, partitions: Partitions, lent: LentCells, counts: Counter[int]) -> Iterator[KeyedRow]:
    """Yield the rows of a register, counted by file, with what they lend to other partitions noted."""
    for partition, row in zip(partitions.of_rows(), register.rows(), strict=True):
        counts[register.file_of(row.number)[0]] += 1
        lent.note(partition, row)
        yield row


def _about_sources(register: Register, counts: Counter[int], run: RegistersRun) -> list[str]:
    """Return sorted lines about the sources of a register, and what the registry has about their publishers."""
    names = {f"organisation:{source.publisher}" for source in register.sources}
    publishers, _ = registry_lines(run.background.registry, names, run.renaming)
    sources, _ = run.renaming.lines(to_nquads(source_statements(register, counts)))
    lines = {*sources, *publishers}
    return sorted(without_repeated_names(lines, {*labels_in(lines)}))


def _create_parts(
    register: Register,
    partitions: Partitions,
    rows: SortedRows,
    lent: LentCells,
    run: RegistersRun,
    common: set[str],
) -> list[StoredPart]:
    """Return the part of each partition, in their order; those that the cache lacks are made.

    What is not the register's alone is added to the ``common`` lines: most partitions bring the same.
    """
    own = run.inputs.register_key(register.id)
    renamed = _renamed(register, run.renaming)
    joined = frozenset(id for id in run.joined if local_name(id).startswith(f"{register.id}."))
    checked = [_pyshacl(number, run.options) for number in range(len(partitions))]
    keys = [
        digest(
            run.inputs.program,
            compression(),
            own,
            name,
            rows.digest(number),
            checked[number],
            *sorted(lent.names[number]),
            *(part for pair in renamed for part in pair),
            *sorted(joined),
        )
        for number, name in enumerate(partitions.names)
    ]
    keep = len(partitions) == 1
    parts: dict[str, StoredPart] = {}
    for name, key in zip(partitions.names, keys, strict=True):
        stored = run.cache.find(f"{register.id}.{name}", key, PARTITION)
        # What rows with errors come to depends on whether these may be left out.
        if stored is not None and (stored.built == run.options.accept_partial or not stored.rows_left_out):
            parts[name] = _stored(key, stored, keep, common)
    missing = [number for number, name in enumerate(partitions.names) if name not in parts]

    def task(number: int) -> PartitionTask:
        return PartitionTask(
            home=str(run.home.resolve()),
            register=register.id,
            name=partitions.names[number],
            program=run.inputs.program,
            inputs=own,
            rows=rows.encoded(number),
            lent=frozenset(lent.names[number]),
            accept_partial=run.options.accept_partial,
            pyshacl=checked[number],
            renamed=renamed,
            joined=joined,
        )

    # The largest first: with the smallest last, no worker is left alone with a long one.
    missing.sort(key=lambda number: -partitions.sizes[number])
    for part in _results(register, missing, task, run):
        key = keys[partitions.names.index(part.name)]
        run.cache.store(f"{register.id}.{part.name}", key, part, PARTITION, required=not keep)
        parts[part.name] = _stored(key, part, keep, common)
    return [parts[name] for name in partitions.names]


def _joined(register: Register, parts: Sequence[StoredPart]) -> Part:
    """Return what a register brings about events that other sources tell of too."""
    published = max(source.published_latest for source in register.sources)
    lines = (line for part in parts for line in part.facts.joined)
    return joined_part(register.id, published, lines, (event for part in parts for event in part.facts.joined_events))


def _renamed(register: Register, renaming: Renaming) -> tuple[tuple[str, str], ...]:
    """Return the ids that are replaced, each with the one that is kept, of which one may stand in rows of a register.

    That are its own, and those of the registry.
    """
    own = f"{register.id}."

    def may_stand(id: str, kept: str) -> bool:
        local = local_name(id)
        return "." not in local or local.startswith(own) or local_name(kept).startswith(own)

    return tuple(sorted(pair for pair in renaming.kept.items() if may_stand(*pair)))


def _results(
    register: Register, numbers: list[int], task: Callable[[int], PartitionTask], run: RegistersRun
) -> Iterator[PartitionPart]:
    """Yield the parts of these partitions as they are ready; of one alone, or with one job, made in this process."""
    watched = run.progress(f"rows of {register.id}", numbers)
    if len(numbers) > 1 and run.workers.jobs > 1:
        # Progress is what is ready, not what was handed out.
        results = run.workers.map(create_part, map(task, numbers))
        yield from (part for _, part in zip(watched, results, strict=True))
    else:
        yield from (part_of(task(number), register, run.context) for number in watched)


def _pyshacl(partition: int, options: RegisterOptions) -> str:
    if options.complete:
        return EVERYTHING
    return SAMPLE if partition % SAMPLED == 0 else NOTHING


def _stored(key: str, part: PartitionPart, keep: bool, common: set[str]) -> StoredPart:
    """Return a part without its texts, unless they are to be kept in memory, and without what is common."""
    common.update(part.common)
    # Partitions are alike: what they have in common is in memory once.
    facts = part._replace(
        own=b"",
        shared=b"",
        page=b"",
        common=(),
        signatures=tuple((_once(tokens), count) for tokens, count in part.signatures),
        used={name: tuple(map(_once, keys)) for name, keys in part.used.items()},
    )
    return StoredPart(key, facts, (part.own, part.shared) if keep else None)


@lru_cache(maxsize=200_000)
def _once(value: Value) -> Value:
    """Return the first value that was equal to this one."""
    return value


def texts_of(part: StoredPart, cache: Cache) -> tuple[bytes, bytes]:
    """Return the compressed statements of a part: its own ones, and those that it shares with others.

    Raise FindingsError where they are no more in the cache.
    """
    if part.texts is not None:
        return part.texts
    stored = _read_again(part, cache)
    return stored.own, stored.shared


def page_of(part: StoredPart, cache: Cache) -> bytes:
    """Return what the interactive page is given of a part. Raise FindingsError where it is no more in the cache."""
    return _read_again(part, cache).page


def _read_again(part: StoredPart, cache: Cache) -> PartitionPart:
    stored = cache.find(part.name, part.key, PARTITION)
    if stored is None:
        message = f"its part {part.facts.name} has gone from {cache.folder} during the build; build again"
        raise FindingsError([Finding(f"{FOLDER}/{part.facts.register}", 0, message)])
    return stored


def lines_of(part: StoredPart, cache: Cache) -> Iterator[list[str]]:
    """Yield the sorted lines of a part: its own ones, then those that it shares with others."""
    yield from (split_lines(decompress(text)) for text in texts_of(part, cache))
