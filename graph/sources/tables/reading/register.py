"""A register as its mapping and lookups read it: rows with their keys, and the acts of each row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from graph.common.findings import Finding, FindingsError
from graph.model.acts import Act, ErrorAct, NoneAct, RepeatsAct, ReviewAct, SameAct
from graph.model.sources import Source
from graph.sources.pages.context import Background
from graph.sources.tables.form.mapping import WhenForm
from graph.sources.tables.form.values import ValueForm
from graph.sources.tables.reading.check import check_filled, check_lookups, check_unused, check_words
from graph.sources.tables.reading.events import Claim, RowResult
from graph.sources.tables.reading.groups import disagreeing, merge_claims, newest_view, version_of
from graph.sources.tables.reading.load import Folder, RegisterFile, read_folder
from graph.sources.tables.reading.scan import Scan, digest_of, scan
from graph.sources.tables.reading.sequence import FileReader
from graph.sources.tables.reading.times import Setting, unknown_zone, zone_of
from graph.sources.tables.reading.view import FILE_STEP, KeyedRow, Problem, View

RowActs = tuple[int, list[Act]]


class Register:
    """A register: its sources, and what its rows claim.

    A row has a number that is unique in the register: in the first file that of the table, in the others ``FILE_STEP``
    more for each file before it (``file_of`` parts them). ``findings`` are what is to be said of the mapping and the
    files, warnings all: errors are raised by ``read_register``.
    """

    def __init__(self, folder: Folder, background: Background) -> None:
        self.id, self.folder = folder.id, folder
        self.mapping, self.lookups = folder.mapping, folder.lookups
        self.files: tuple[RegisterFile, ...] = folder.files
        self.publisher, self.vocabulary = folder.publisher, background.vocabulary
        findings: list[Finding] = []
        self.readers = tuple(self._reader(number, file, findings) for number, file in enumerate(folder.files))
        findings += check_words(folder.mapping, folder.document, background)
        if folder.lookups_document is not None:
            findings += check_lookups(self._uses(), folder.lookups, folder.lookups_document, background)
        for reader in self.readers:
            check_unused(folder.mapping, reader.index)
            check_filled(reader)
        if any(finding.severity == "error" for finding in findings):
            raise FindingsError(findings)
        self.findings = findings

    def _reader(self, number: int, file: RegisterFile, findings: list[Finding]) -> FileReader:
        form, document = self.mapping, self.folder.document
        zone = None if form.zone is None else zone_of(form.zone)
        if form.zone is not None and zone is None and number == 0:
            findings.append(document.finding(("zone",), unknown_zone(form.zone)))
        setting = Setting(self.folder.form.language, zone, file.period)
        several = len(self.files) > 1
        name = file.source.id.rpartition(".")[2]
        return FileReader(number, several, file.table, form, document, self.lookups, setting, findings, name)

    def _uses(self) -> dict[str, set[str]]:
        """Return for which uses each lookup is named in the mapping."""
        uses: dict[str, set[str]] = {}

        def use(value: ValueForm | WhenForm | None, kind: str) -> None:
            if value is not None and value.lookup is not None:
                uses.setdefault(value.lookup, set()).add(kind)

        form = self.mapping
        whens = [form.when, *(event.when for event in form.all_events.values())]
        parts = [*form.parts, *(part for event in form.all_events.values() for part in event.parts)]
        for when in whens:
            use(when, "date")
        for part in parts:
            use(part.named, "actor")
            use(part.on_behalf_of, "actor")
            use(part.capacity, "capacity")
            use(part.standing, "standing")
        for event in form.all_events.values():
            use(event.place, "place")
            for topic in event.topics:
                use(topic, "topic")
            for case in event.cases:
                use(case, "case")
        return uses

    @property
    def source(self) -> Source:
        """Return the source of a register of one file, or of its first file."""
        return self.files[0].source

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the sources of a register, one for each file."""
        return tuple(file.source for file in self.files)

    @staticmethod
    def file_of(number: int) -> tuple[int, int]:
        """Return the place of the file of a row, from 0, and the row's number in it."""
        return divmod(number, FILE_STEP)

    @cached_property
    def scan(self) -> Scan:
        """What rows have to do with one another: one pass over the register, when it is asked for first."""
        return self._check_count(self._scan(row for reader in self.readers for row in reader.rows()))

    def _scan(self, rows: Iterable[KeyedRow]) -> Scan:
        releases = None
        if self.files[0].release is not None:
            order = sorted({file.release for file in self.files if file.release})
            releases = {number: order.index(file.release) for number, file in enumerate(self.files) if file.release}
        keys = [frozenset(reader.keys) for reader in self.readers]
        return scan(((row, keys[row.number >> 40]) for row in rows), releases)

    def _check_count(self, found: Scan) -> Scan:
        """Return what a pass over all rows found. Raise FindingsError where files have not as many as was noted."""
        findings = []
        for number, file in enumerate(self.files):
            rows = found.rows[number]
            if file.form.rows is not None and file.form.rows != rows:
                message = f"{file.form.file} has {rows:,} rows, and {file.form.rows:,} are noted; correct one of them"
                findings.append(self.folder.description.finding((*file.path, "rows"), message))
        if findings:
            raise FindingsError(findings)
        return found

    def event_keys(self) -> Iterator[tuple[int, str]]:
        """Yield the number and the key of each row: all rows of one key belong into one partition."""
        for reader in self.readers:
            for row in reader.rows():
                yield row.number, row.key

    def note_keys(self, note: Callable[[str], object]) -> None:
        """Give the key of each row to a function, in their order, in the same pass as ``scan``."""

        def rows() -> Iterator[KeyedRow]:
            for reader in self.readers:
                for row in reader.rows():
                    note(row.key)
                    yield row

        self.__dict__["scan"] = self._check_count(self._scan(rows()))

    def rows(self) -> Iterator[KeyedRow]:
        """Yield all rows, each with what other rows lend to it: ``acts`` can read any of them, with all of its key."""
        return _flagged((row for reader in self.readers for row in reader.rows()), self.scan)

    def first_rows(self, last: int) -> Iterator[KeyedRow]:
        """Yield the rows of the first file up to a number, as if no others were there.

        What they claim is the same where keys do not repeat; rows that have the key of a later one are not told from
        others.
        """
        rows = list(takewhile(lambda row: row.number <= last, self.readers[0].rows()))
        return _flagged(rows, self._scan(rows))

    def release_findings(self) -> list[Finding]:
        """Return a warning where rows of an older release are in the newest no more: they stay, and are reported."""
        if not self.scan.vanished:
            return []
        places = [self.file_of(number) for number in self.scan.vanished]
        listed = ", ".join(f"row {row} of {self.files[file].form.file}" for file, row in places[:20])
        more = f" and {len(places) - 20} more" if len(places) > 20 else ""
        message = f"events of an older release are not in the newest: {listed}{more}. They stay in the graph"
        return [self.folder.description.finding(("files",), message)._replace(severity="warning")]

    def acts(self, rows: Iterable[KeyedRow]) -> Iterator[RowActs]:
        """Yield the number of each row and its acts, in any order. All rows of a key are to be among the rows.

        A row that shares its key with no other is read at once; others wait until all rows are there.
        """
        waiting: dict[str, list[KeyedRow]] = {}
        for row in rows:
            if row.shared:
                waiting.setdefault(row.key, []).append(row)
            else:
                yield row.number, self._single(row)
        for key, group in waiting.items():
            group.sort(key=lambda row: row.number)
            yield from self._group(key, group)

    def _single(self, row: KeyedRow) -> list[Act]:
        if row.problems:
            return _errors(row.problems)
        if row.skip is not None:
            return [NoneAct(row.skip)]
        acts, claims = self._row_acts(row)
        if claims:
            acts = [*claims, *acts]
            if row.repeats is not None:
                acts.append(RepeatsAct(row.repeats, row.repeats_key))
        return acts

    def _row_acts(self, row: KeyedRow) -> tuple[list[Act], list[Claim]]:
        """Return what is to be said of a row beside its claims, and the claims."""
        reader = self.readers[row.number >> 40]
        view = View(row, reader.table)
        return _acts_of(self._results(reader, row.key, view))

    @staticmethod
    def _results(reader: FileReader, key: str, view: View) -> list[RowResult]:
        cells = reader.key_cells(view)
        return [event.read(key, view, cells) for event in reader.events]

    def _group(self, key: str, rows: list[KeyedRow]) -> Iterator[RowActs]:
        """Yield the acts of the rows of one key."""
        if self.mapping.repeated == "error":
            numbers = [row.number % FILE_STEP for row in rows]
            listed = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
            why = f'rows {listed} have the key "{key}"; say repeated: same-event, or name more columns in key'
            for row in rows:
                column = self._name(row, self.readers[row.number >> 40].keys[0])
                yield row.number, [ErrorAct(column, why)]
            return
        read = {row.number: self._row_acts(row) for row in rows}
        acts: dict[int, list[Act]] = {number: beside for number, (beside, _) in read.items()}
        good = [row for row in rows if read[row.number][1]]
        claims: dict[int, list[Claim]] = {row.number: read[row.number][1] for row in good}
        for number, problem in self._disagreeing(key, good):
            acts[number], claims[number] = _errors((problem,)), []
        good = [row for row in good if claims[row.number]]
        if self.mapping.newest is not None and len(good) > 1:
            self._merge_versions(key, good, acts, claims)
        else:
            self._merge_rows(key, good, acts, claims)
        for row in rows:
            told = list(acts[row.number])
            if row.repeats is not None and claims.get(row.number) is not None and not _has_error(told):
                told.append(RepeatsAct(row.repeats, row.repeats_key))
            yield row.number, told

    def _disagreeing(self, key: str, rows: list[KeyedRow]) -> list[tuple[int, Problem]]:
        if not rows:
            return []
        reader = self.readers[rows[0].number >> 40]
        names = {column: reader.index.name(column) for column in reader.must_agree}
        return list(disagreeing(rows, reader.must_agree, key, names))

    def _merge_rows(
        self, key: str, rows: list[KeyedRow], acts: dict[int, list[Act]], claims: dict[int, list[Claim]]
    ) -> None:
        """Let the first row that tells of an event tell all that the rows say of it."""
        merged: dict[str, tuple[int, Claim]] = {}
        for row in rows:
            told: list[Act] = []
            for claim in claims[row.number]:
                if claim.key not in merged:
                    merged[claim.key] = (row.number, claim)
                    continue
                first, there = merged[claim.key]
                whole, conflict = merge_claims(there, claim)
                if conflict is not None:
                    why = (
                        f'rows {first % FILE_STEP} and {row.number % FILE_STEP} have the key "{key}" but '
                        f"{conflict.what} {conflict.first!r} and {conflict.second!r}"
                    )
                    column = self._column_of(row, conflict.what)
                    if conflict.keeps_row_out:
                        acts[row.number], told, claims[row.number] = [ErrorAct(column, why)], [], []
                        break
                    acts[row.number] = [*acts[row.number], ReviewAct(column, why)]
                merged[claim.key] = (first, whole)
                told.append(SameAct(claim.key))
            acts[row.number] = [*told, *acts[row.number]]
        for first, claim in reversed(merged.values()):
            acts[first] = [claim, *acts[first]]

    def _merge_versions(
        self, key: str, rows: list[KeyedRow], acts: dict[int, list[Act]], claims: dict[int, list[Claim]]
    ) -> None:
        """Let the first row tell what the newest version says, and what it leaves out from older ones."""
        reader = self.readers[rows[0].number >> 40]
        assert reader.newest is not None
        column = reader.index.name(reader.newest)
        versions: dict[int, tuple[int, float]] = {}
        for row in rows:
            version = version_of(row.values[reader.newest])
            if version is None:
                why = f'is no day, moment or number, and rows with the key "{key}" are versions: which is the newest?'
                acts[row.number], claims[row.number] = [ErrorAct(column, why)], []
            else:
                versions[row.number] = version
        rows = [row for row in rows if row.number in versions]
        by_version: dict[tuple[int, float], KeyedRow] = {}
        for row in rows:
            there = by_version.setdefault(versions[row.number], row)
            if there.values != row.values:
                why = (
                    f'rows {there.number % FILE_STEP} and {row.number % FILE_STEP} have the key "{key}" and '
                    "one version: which is the newer?"
                )
                acts[row.number], claims[row.number] = [ErrorAct(column, why)], []
        rows = [row for row in rows if claims[row.number]]
        if not rows:
            return
        ordered = sorted(rows, key=lambda row: versions[row.number], reverse=True)
        view = newest_view(ordered, View(rows[0], reader.table), self._units(reader))
        beside, whole = _acts_of(self._results(reader, key, view))
        numbers = tuple(row.number % FILE_STEP for row in rows)
        acts[rows[0].number] = [*(_with_rows(claim, numbers) for claim in whole), *beside]
        for row in rows[1:]:
            acts[row.number] = [SameAct(claim.key) for claim in whole] or list(beside)

    @staticmethod
    def _units(reader: FileReader) -> list[tuple[int, ...]]:
        units: list[tuple[int, ...]] = []
        for event in reader.events:
            if event.when is not None:
                units.append(event.when.all_columns)
            for part in event.parts:
                units += part.columns
        return [unit for unit in units if unit]

    def _name(self, row: KeyedRow, column: int) -> str:
        return self.readers[row.number >> 40].index.name(column)

    def _column_of(self, row: KeyedRow, what: str) -> str:
        """Return the column that says when, where, or of what kind, of the first event; what it is where none does."""
        event = self.readers[row.number >> 40].events[0]
        if what in ("date", "time") and event.when is not None:
            return event.when.name
        if what == "place" and event.place is not None:
            return event.place.name
        return event.cases[0].words.name if event.cases else what


def _flagged(rows: Iterable[KeyedRow], found: Scan) -> Iterator[KeyedRow]:
    """Yield rows with what a pass over all of them found: which are repeated, share a key, or are replaced."""
    repeats, shared, replaced = found.repeats, found.shared, found.replaced
    # The keys of rows that later ones repeat: an equal row comes after its first one.
    repeated, keys = repeats.firsts(), dict[int, str]()
    for row in rows:
        if row.number in repeated:
            keys[row.number] = row.key
        if row.number in replaced:
            yield KeyedRow(row.number, row.values, f"\n{row.number}", skip="a newer release has the event")
        elif (shared or repeats) and row.skip is None and not row.problems:
            several = bool(shared) and digest_of(row.key) in shared
            if several or row.number in repeats:
                first = repeats.get(row.number)
                key = None if first is None else keys.get(first)
                row = row._replace(repeats=first, repeats_key=key, shared=several)
            yield row
        else:
            yield row


def _acts_of(results: list[RowResult]) -> tuple[list[Act], list[Claim]]:
    """Return what is to be said of a row beside its claims, and its claims."""
    errors = [each for result in results for each in result.errors]
    if errors:
        return _errors(errors), []
    claims = [claim for result in results for claim in result.claims]
    reviews: list[Act] = [
        ReviewAct(each.column, f'"{each.value}" {each.why}' if each.value else each.why)
        for result in results
        for each in result.reviews
    ]
    reviews = list(dict.fromkeys(reviews))
    if claims or reviews:
        return reviews, claims
    reasons = [result.none for result in results if result.none is not None]
    if reasons:
        return [NoneAct("; ".join(dict.fromkeys(reasons)))], []
    why = "no event of the mapping fits the row (if:); add one, or skip the row with a reason"
    return [ErrorAct("row", why)], []


def _errors(problems: Iterable[Problem]) -> list[Act]:
    return list(dict.fromkeys(ErrorAct(each.column, each.why, each.value) for each in problems))


def _has_error(acts: list[Act]) -> bool:
    return any(isinstance(act, ErrorAct) for act in acts)


def _with_rows(claim: Claim, rows: tuple[int, ...]) -> Claim:
    return replace(claim, rows=rows)


def read_register(folder: Path, background: Background) -> Register:
    """Return the register of a folder. Raise FindingsError with all that is wrong with its forms."""
    return Register(read_folder(folder, background), background)


__all__ = ["Register", "RowActs", "read_register"]
