"""The part of a partition: rows of a register -> statements, what follows from them, what is wrong with them.

``create_part`` is what workers run. A task holds everything that it needs but the home, which the worker reads itself,
once: so the same task can be worked on by another process or another machine.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from graph.claims.registers import Group, group_lines, register_groups
from graph.common.collector import keep_all
from graph.common.findings import Finding
from graph.model.acts import Act, ActPart, ErrorAct, EventAct, MessageAct, NamedActor, ReviewAct
from graph.model.iris import BASE
from graph.pipeline.by_example import Formats, conclude_groups
from graph.pipeline.digests import digest_of_bytes, read_inputs
from graph.pipeline.joined_events import Joining, joined_facts
from graph.pipeline.page_records import Shapes as Templates
from graph.pipeline.page_records import page_records
from graph.pipeline.partition_record import PartitionPart, compress_lines
from graph.pipeline.partitions import WHOLE, decode_rows
from graph.pipeline.record_checks import RecordChecks
from graph.pipeline.register_sources import source_statements
from graph.pipeline.renaming import Renaming, labels_in, registry_lines, without_repeated_names
from graph.pipeline.rules import Rule, read_rules
from graph.pipeline.shapes import Shapes, read_shapes, violations
from graph.pipeline.signature_counts import count_things
from graph.pipeline.workers import worker_differs
from graph.rdf.statements import load_nquads, read_ontology, to_nquads
from graph.rdf.terms import compact, iri
from graph.sources.pages.context import Background, read_background
from graph.sources.tables.reading import Register, RowActs, read_register
from graph.sources.tables.stale import forget_used, used_keys
from graph.sources.tables.tally import Tally

# Kinds of things that belong to one event of a register: all statements about them are in the part of its partition.
_OF_EVENTS = frozenset(
    (
        *(
            "audience",
            "change",
            "claim",
            "conflict",
            "decision",
            "event",
            "evidence",
            "inference",
            "interval",
            "letter",
        ),
        *("participation", "plan", "possible", "selector", "series", "utterance"),
    )
)
# A subject has rarely more lines than these.
_FEW = 32
# Kinds of things that a register shares with nobody, but that stand in the main files: there are few.
_OF_SOURCES = frozenset(["catalogue", "column", "graph", "source", "table", "text"])


_ONE_AT_A_TIME = Lock()
NOTHING, SAMPLE, EVERYTHING = "nothing", "sample", "everything"
# So many rows are a sample.
SAMPLE_ROWS = 50


class PartitionTask(NamedTuple):
    """A partition to be made a part: its rows, and what decides how they are read.

    ``program`` and ``inputs`` are the digests of the program and of what the worker reads itself. ``lent`` are the
    compact names of evidence that rows of several partitions cite. ``pyshacl`` is what pySHACL checks besides: nothing,
    a sample of its rows, or everything. ``renamed`` are ids that decisions replace, each with the one that is kept;
    ``joined`` are events (compact names) that are decided to be those of other sources.
    """

    home: str
    register: str
    name: str
    program: str
    inputs: str
    rows: bytes
    lent: frozenset[str] = frozenset()
    accept_partial: bool = False
    pyshacl: str = NOTHING
    renamed: tuple[tuple[str, str], ...] = ()
    joined: frozenset[str] = frozenset()


class Context(NamedTuple):
    """What all partitions of a home are made with."""

    background: Background
    ontology: list[Quad]
    rules: list[Rule]
    shapes: Shapes
    checks: RecordChecks
    concluded: Formats
    templates: Templates


def read_context(home: Path, background: Background | None = None) -> Context:
    """Return what the partitions of a home are made with."""
    shapes = read_shapes(home / "ontology/shapes.ttl")
    return Context(
        background or read_background(home),
        read_ontology(home / "ontology"),
        read_rules(home / "ontology/rules"),
        shapes,
        RecordChecks(shapes),
        {},
        {},
    )


def create_part(task: PartitionTask) -> PartitionPart:
    """Return the part of a partition. Where rows have errors and may not be left out, it has findings alone.

    Raise FindingsError where this process would make another part of it than the one that asks.
    """
    # A worker may have several threads, and a register is read by one.
    with _ONE_AT_A_TIME:
        register = _register(task.home, task.register, task.program, task.inputs)
        return part_of(task, register, _context(task.home, task.inputs))


def prepare(task: PartitionTask) -> None:
    """Read what the partitions of a register are made with, so that the first one need not wait for it."""
    with _ONE_AT_A_TIME:
        _register(task.home, task.register, task.program, task.inputs)
        _context(task.home, task.inputs)
    keep_all()


@lru_cache(maxsize=1)
def _context(home: str, _inputs: str) -> Context:
    return read_context(Path(home))


@lru_cache(maxsize=1)
def _register(home: str, name: str, program: str, inputs: str) -> Register:
    # A worker elsewhere may have another version of the program, or other files.
    here = read_inputs(Path(home))
    for what, ours, theirs in (("program", here.program, program), ("home", here.register_key(name), inputs)):
        if ours != theirs:
            raise worker_differs(what, f"registers/{name}")
    return read_register(Path(home) / "registers" / name, _context(home, inputs).background)


def part_of(task: PartitionTask, register: Register, context: Context) -> PartitionPart:
    """Return the part of a partition of a register that has been read."""
    rows = decode_rows(task.rows)
    forget_used(register)
    acts = [*register.acts(rows)]
    wrong = [each for each in acts if any(isinstance(act, ErrorAct) for act in each[1])]
    facts = PartitionPart(task.register, task.name, len(rows), len(wrong), used=used_keys(register))
    if wrong and not task.accept_partial:
        return facts._replace(errors=_errors(wrong))
    # A row that is left out is named; what violates a shape nonetheless is a fault of the mapping, or ours.
    left_out, findings = [*_row_findings(wrong, register)], list[Finding]()
    numbers = {number for number, _ in wrong}
    acts = [each for each in acts if each[0] not in numbers]
    joining = Joining(Renaming(dict(task.renamed)), task.joined)
    statements = _statements(acts, register, context, joining, with_page=task.name != WHOLE)
    # Sorting finds the two runs, and merges them.
    everything = sorted([*statements.lines, *statements.sources])
    if statements.joined:
        everything = sorted({*everything, *statements.joined})
    described = context.checks.describe(everything)
    findings += _at_register(described.findings, task.register)
    if task.pyshacl == SAMPLE:
        sample = _statements(acts[:SAMPLE_ROWS], register, context, joining).store()
        findings += _at_register(violations(sample, context.shapes), task.register)
    elif task.pyshacl == EVERYTHING:
        findings += _at_register(violations(statements.store(), context.shapes), task.register)
    findings = [*dict.fromkeys([*left_out, *findings])]
    if any(finding.severity == "error" for finding in findings[len(left_out) :]):
        return facts._replace(findings=findings)
    (own, shared, common), subjects = _divide(statements.lines, task.register, task.lent)
    signatures = Counter(described.signatures[subject] for subject in subjects)
    of_own, size = compress_lines(own)
    of_shared, _ = compress_lines(shared)
    return facts._replace(
        built=True,
        acts=_count_acts(acts),
        counts=count_things(described.signatures, everything),
        signatures=tuple(sorted(signatures.items())),
        days=described.days,
        statements=len(own),
        size=size,
        findings=findings,
        common=common,
        shared=of_shared,
        shared_key=digest_of_bytes(of_shared),
        renamed=statements.renamed,
        kept=statements.kept,
        joined=statements.joined,
        joined_events=[*joined_facts(acts, register.id, joining)] if statements.joined else [],
        own=of_own,
        page=statements.page,
    )


def _errors(wrong: Iterable[RowActs]) -> list[tuple[str, str, str, int, int]]:
    """Return what is wrong with rows, and how often."""
    tally = Tally()
    for number, acts in wrong:
        tally.add(number, acts)
    return [(*case, count, tally.first[case]) for case, count in sorted(tally.errors.items())]


def _row_findings(wrong: Iterable[RowActs], register: Register) -> Iterator[Finding]:
    """Yield an error for each value that is not understood, with file, row and column."""
    for number, acts in wrong:
        tally = Tally()
        tally.add(number, acts)
        yield from tally.findings(register)


class _Statements(NamedTuple):
    """Sorted lines of some rows with what follows from them, and those about their sources, with the publishers.

    ``renamed`` are the ids that stood in them and were replaced, ``kept`` those that stood there and are put in the
    place of others. ``joined`` are about events that other sources tell of too: what follows from them is concluded
    elsewhere. ``page`` is what the interactive page is given of ``lines``.
    """

    lines: list[str]
    sources: list[str]
    renamed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    page: bytes = b""

    def store(self) -> Store:
        """Return a store with all of them."""
        return load_nquads([*self.lines, *self.sources])


def _statements(
    acts: Sequence[RowActs], register: Register, context: Context, joining: Joining, with_page: bool = False
) -> _Statements:
    """Return the statements of some rows of a register, with the ids that are kept in the place of others."""
    registry, kinds = context.background.registry, context.background.vocabulary["kind"]
    renamed, renaming = set[str](), joining.renaming

    def of_registry(names: Iterable[str]) -> list[str]:
        lines, seen = registry_lines(registry, names, renaming)
        renamed.update(seen)
        return lines

    groups: list[Group] = []
    for place, source in enumerate(register.sources):
        of_file = [each for each in acts if register.file_of(each[0])[0] == place]
        groups += register_groups(source, of_file, kinds)
    kept = set[str]()
    if renaming:
        kept = renaming.kept_in(groups)
        groups, seen = renaming.groups(groups)
        renamed.update(seen)
    groups, joined_groups = joining.divide(groups)
    names = _registry_names(acts)
    about = of_registry(names | {renaming.of(id) for id in renamed})
    # In the order in which they are made, which is nearly that of the sorted lines: so they are sorted sooner.
    lines = dict.fromkeys(group_lines(groups))
    lines.update(dict.fromkeys(about))
    concluded = conclude_groups(
        groups,
        context.rules,
        context.ontology,
        lambda offices: of_registry(compact(NamedNode(office[1:-1])) for office in offices),
        context.concluded,
    )
    lines.update(dict.fromkeys(concluded.lines()))
    page = page_records(concluded, context.templates) if with_page else b""
    publishers = {f"organisation:{source.publisher}" for source in register.sources}
    of_sources, seen = renaming.lines(to_nquads(source_statements(register)))
    renamed.update(seen)
    sources = {*of_sources, *of_registry(publishers)}
    joined = dict.fromkeys((*group_lines(joined_groups), *about, *sources)) if joined_groups else {}
    if renamed:
        labels = {*labels_in(lines), *labels_in(joined)}
        lines, joined = (dict.fromkeys(without_repeated_names(each, labels)) for each in (lines, joined))
    return _Statements(
        sorted(lines), sorted(sources), tuple(sorted(renamed)), tuple(sorted(kept)), tuple(sorted(joined)), page
    )


def _registry_names(acts: Iterable[RowActs]) -> set[str]:
    """Return the compact names of what these acts speak of in the registry."""
    names: set[str | None] = set()

    def add(*actors: NamedActor | None) -> None:
        names.update(actor.registry_id for actor in actors if actor)

    for _, several in acts:
        for act in several:
            parts: Sequence[ActPart] = ()
            if isinstance(act, EventAct):
                parts = act.parts
                names.add(act.place_area)
                add(*(act.organiser_part_of or ()))
            elif isinstance(act, MessageAct):
                parts = (*act.senders, *act.recipients)
            for part in parts:
                add(part.actor, part.on_behalf_of, *part.candidates)
                names.add(part.capacity_post)
    return {name for name in names if name}


def _divide(
    lines: Sequence[str], register: str, lent: frozenset[str]
) -> tuple[tuple[list[str], list[str], list[str]], list[str]]:
    """Return the sorted lines about events of these rows, about other things of the register, and about all else.

    Return the subjects of the first besides.
    """
    divided: tuple[list[str], list[str], list[str]] = ([], [], [])
    subjects: list[str] = []
    shared = {str(iri(name)) for name in lent}
    at, end = 0, len(lines)
    while at < end:
        subject = lines[at][: lines[at].index(" ")]
        # Lines of one subject stand together, mostly a few; in no other line "!" follows its name.
        key, few = f"{subject}!", min(at + _FEW, end)
        beyond = bisect_left(lines, key, at, few)
        if beyond == few:
            beyond = bisect_left(lines, key, few, end)
        place = _place(subject, register, shared)
        divided[place].extend(lines[at:beyond])
        if place == 0:
            subjects.append(subject)
        at = beyond
    return divided, subjects


def _place(subject: str, register: str, lent: set[str]) -> int:
    kind, _, local = subject[len(BASE) + 1 : -1].partition("/")
    if kind == "interval":  # named after what it is of: event.<register>.<key>
        local = local.partition(".")[2]
    if not subject.startswith(f"<{BASE}") or not local.startswith(f"{register}.") or kind in _OF_SOURCES:
        return 2
    return 0 if kind in _OF_EVENTS and subject not in lent else 1


def _count_acts(acts: Iterable[RowActs]) -> dict[str, int]:
    """Return how many acts there are of each kind, and parts of an event that are withheld from publication."""
    counts: Counter[str] = Counter()
    for _, several in acts:
        for act in several:
            counts[_KINDS.get(type(act), "others")] += 1
            if isinstance(act, EventAct):
                counts["withheld"] += sum(part.withheld is not None for part in act.parts)
                counts["unsplit"] += sum(part.actor.unsplit for part in act.parts)
    return dict(sorted(counts.items()))


_KINDS: dict[type[Act], str] = {EventAct: "events", MessageAct: "messages", ReviewAct: "reviews"}


def _at_register(findings: Iterable[Finding], register: str) -> list[Finding]:
    """Return findings about statements as findings about the register that they were made of."""
    return [finding._replace(file=f"registers/{register}", line=0) for finding in findings]
