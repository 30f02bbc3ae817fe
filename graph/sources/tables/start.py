"""Start a register: a folder with a copy of its table, what is known of it, and a first mapping with questions."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.common.errors import MotegrafError
from graph.common.findings import FindingsError
from graph.common.new_folders import MAX_NAME, new_folder
from graph.common.strict_files import read_yaml
from graph.common.text_files import read_text
from graph.model.iris import slug
from graph.sources.given import Given
from graph.sources.tables.first_mapping import comment, first_mapping, quoted
from graph.sources.tables.form.json_schema import schema_line
from graph.sources.tables.formats import Table, TableOptions, open_table
from graph.sources.tables.formats.detect import media_type_of
from graph.sources.tables.formats.table import CHUNK, UndecidedError, opened
from graph.sources.tables.profile import Profile, profile

_ENDINGS = {".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson"}
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# So often a file may leave open how it is to be read: its encoding, and where its headings are.
_MOST_GUESSES = 3


class StartError(MotegrafError):
    """A register cannot be started; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Started:
    """A register as it is started: its id, its table and what that looks like, and the texts of its files."""

    id: str
    file: Path
    table: Table
    found: Profile
    register: str
    mapping: str
    questions: tuple[str, ...]


def is_table(file: Path) -> bool:
    """Return whether a file is to be a register, not a page: by the ending of its name, or as a workbook."""
    if file.suffix.casefold() in _ENDINGS:
        return True
    # A pipe is none, and to look into it would take from it what others are to read.
    if not file.is_file():
        return False
    try:
        with file.open("rb") as raw:
            head = raw.read(CHUNK)
        return head.startswith(_WORKBOOK) and bool(media_type_of(file, file.name, head, None))
    except (OSError, FindingsError):
        return False


def start(file: Path, given: Given, options: TableOptions, on_rows: Callable[[int], object] | None = None) -> Started:
    """Return a register that is ready to be written. Raise FindingsError where its table cannot be read.

    Where the file leaves open how it is read, what is likely is taken, and becomes a question.
    """
    table, questions = _open(file, options)
    found = profile(table, on_rows)
    id = given.id or _id(file)
    return Started(
        id,
        file,
        table,
        found,
        "\n".join(_register(table, found, given, questions)) + "\n",
        first_mapping(id, file.name, found, table.notes),
        questions,
    )


def _open(file: Path, options: TableOptions) -> tuple[Table, tuple[str, ...]]:
    questions: list[str] = []
    while True:
        try:
            return open_table(file, options), tuple(questions)
        except UndecidedError as error:
            if len(questions) == _MOST_GUESSES or error.suggested == options:
                raise
            questions.append(error.findings[0].message)
            options = error.suggested


def _id(file: Path) -> str:
    return slug(file.stem)[:MAX_NAME].strip("-") or "register"


def _register(table: Table, found: Profile, given: Given, questions: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of ``register.yaml``."""
    yield schema_line("register.yaml")
    yield "# Where the table is from, and how its copy is known to be unchanged. Answer what is marked # ?."
    yield from _answer("url", given.url, "Its address")
    yield from _answer("title", given.title, "Its title")
    yield from _answer("language", given.language, "The language that it is written in, as en or nb")
    yield from _publisher(given)
    yield from _published(given)
    yield from _answer("licence", given.licence, "Its terms of use, or their address")
    yield "files:"
    yield f"  file: {quoted(table.file.name)}"
    yield f"  sha256: {table.sha256}"
    yield f"  rows: {found.rows}"
    for question in questions:
        yield from comment(f"? {question}", "  ")
    options = table.options
    encoding = getattr(table, "encoding", None)
    if encoding:
        yield f"  encoding: {options.encoding or 'utf-8'}"
    for name in ("delimiter", "sheet", "header_row", "items"):
        # What the file told is told here too, so that a program that reads it otherwise is noticed.
        value = getattr(table, name, None)
        if value is not None and (getattr(options, name) is not None or name in ("sheet", "items")):
            yield f"  {name}: {quoted(str(value)) if isinstance(value, str) else value}"


def _answer(key: str, value: str | None, question: str) -> Iterator[str]:
    if value is None:
        yield f"# ? {question}."
        yield f"{key}:"
    else:
        yield f"{key}: {quoted(value)}"


def _publisher(given: Given) -> Iterator[str]:
    if given.publisher is None:
        yield "# ? Who published it: the id of a body of the registry, or {name: …, kind: …}."
        yield "publisher:"
    elif given.kind is None:
        yield f"publisher: {quoted(given.publisher)}"
    else:
        yield f"publisher: {{name: {quoted(given.publisher)}, kind: {quoted(given.kind)}}}"


def _published(given: Given) -> Iterator[str]:
    first, _, last = (given.published or "").partition("/")
    if not first:
        yield "# ? The first and the last day on which it may have been published, and how that is known."
    yield "published:"
    yield f"  earliest: {first}".rstrip()
    yield f"  latest: {last or first}".rstrip()
    yield f"  basis: {{en: {'as given when it was added' if first else ''}}}"


def write(started: Started, registers: Path) -> bool:
    """Write a register, whole or not at all. Return False where it is there already, with the same table.

    Raise StartError where another register has its name, or it cannot be written.
    """
    target = registers / started.id
    if target.exists():
        if started.table.sha256 in _digests(target):
            return False
        entry = f"{{file: {quoted(started.file.name)}, sha256: {started.table.sha256}, rows: {started.found.rows}}}"
        raise StartError(
            f"registers/{started.id} is there already, with another table. Give another --id; or copy this one there, "
            f"and add it under files: of register.yaml: {entry}, and to each release: where it is a newer version of "
            "the same rows, or period: where it tells of other days"
        )
    with new_folder(target, StartError) as folder:
        _copy(started, folder / started.file.name)
        (folder / "register.yaml").write_text(started.register, encoding="utf-8", newline="\n")
        (folder / "mapping.yaml").write_text(started.mapping, encoding="utf-8", newline="\n")
    return True


def _copy(started: Started, target: Path) -> None:
    """Copy the table. Raise StartError where the copy is not what was read."""
    digest = hashlib.sha256()
    with opened(started.file, started.file.name) as source, target.open("wb") as copy:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            copy.write(chunk)
    if digest.hexdigest() != started.table.sha256:
        raise StartError("it changed while it was copied; add it again when it is whole")


def _digests(folder: Path) -> set[str]:
    """Return the digests of the files of a register that is there."""
    name = f"registers/{folder.name}/register.yaml"
    try:
        files = read_yaml(read_text(folder / "register.yaml", name), name).data["files"]
        listed = files if isinstance(files, list) else [files]
        return {each["sha256"] for each in listed if isinstance(each, dict) and "sha256" in each}
    except (FindingsError, KeyError, TypeError):
        return set()
