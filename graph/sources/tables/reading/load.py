"""Read the folder of a register: what it is, its tables, mapping and lookups, with all that is wrong with them."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import Document, read_yaml
from graph.common.text_files import read_text
from graph.model.claims import PageActor
from graph.model.edtf import Bounds
from graph.model.iris import slug
from graph.model.labels import LanguageMap
from graph.model.sources import Original, Source, SourceKind
from graph.rdf.terms import iri_problem
from graph.sources.form.entries import Form
from graph.sources.pages.context import Background
from graph.sources.pages.source import read_day, resolve_publisher, validate_form
from graph.sources.tables.form.mapping import MappingForm
from graph.sources.tables.form.register import FileForm, RegisterForm
from graph.sources.tables.formats import Table, TableOptions, open_table
from graph.sources.tables.reading.lookups import Lookup, read_lookups
from graph.sources.tables.reading.times import period_of

# A lookup of 100,000 values has some 10 MB.
MAX_LOOKUP_BYTES = 64_000_000
FILES = ("register.yaml", "mapping.yaml")


class RegisterFile(NamedTuple):
    """A file of a register: its table, the source that it is, its days, its version, where it is described."""

    form: FileForm
    table: Table
    source: Source
    period: tuple[date, date] | None
    release: date | None
    path: tuple[str | int, ...]


class Folder(NamedTuple):
    """All that the folder of a register says, as it stands there."""

    id: str
    form: RegisterForm
    description: Document
    mapping: MappingForm
    document: Document
    lookups: dict[str, Lookup]
    lookups_document: Document | None
    files: tuple[RegisterFile, ...]
    publisher: list[PageActor]


def read_folder(folder: Path, background: Background) -> Folder:
    """Return what the folder of a register says. Raise FindingsError with all that is wrong, file by file."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name):
        raise FindingsError([Finding(f"registers/{folder.name}", 0, "a register's folder is named in a-z, 0-9 and -")])
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        message = f"no {' and no '.join(missing)}; motegraf add TABLE writes both (see docs/registers.md)"
        raise FindingsError([Finding(f"registers/{folder.name}", 0, message)])
    description = _document(folder, "register.yaml")
    findings: list[Finding] = []
    documents = {"register.yaml": description}
    forms: dict[str, Form] = {}
    kinds: tuple[tuple[str, type[Form]], ...] = (("register.yaml", RegisterForm), ("mapping.yaml", MappingForm))
    for name, form in kinds:
        try:
            documents.setdefault(name, description if name == "register.yaml" else _document(folder, name))
            forms[name] = validate_form(form, documents[name])
        except FindingsError as error:
            findings += error.findings
    lookups: dict[str, Lookup] = {}
    lookups_document = None
    if (folder / "lookups.yaml").is_file():
        try:
            lookups_document = _document(folder, "lookups.yaml", MAX_LOOKUP_BYTES)
            lookups = read_lookups(lookups_document)
        except FindingsError as error:
            findings += error.findings
    if findings:
        raise FindingsError(findings)
    register, mapping = forms["register.yaml"], forms["mapping.yaml"]
    assert isinstance(register, RegisterForm)
    assert isinstance(mapping, MappingForm)
    files, publisher = _files(folder, register, description, background)
    return Folder(
        folder.name,
        register,
        description,
        mapping,
        documents["mapping.yaml"],
        lookups,
        lookups_document,
        files,
        publisher,
    )


def _document(folder: Path, file: str, limit: int = 4_000_000) -> Document:
    name = f"registers/{folder.name}/{file}"
    return read_yaml(read_text(folder / file, name, limit), name)


def _files(
    folder: Path, form: RegisterForm, description: Document, background: Background
) -> tuple[tuple[RegisterFile, ...], list[PageActor]]:
    if form.language == "no":
        raise FindingsError([description.finding(("language",), "'no' is two languages: write 'nb' or 'nn'")])
    if problem := iri_problem(form.url):
        raise FindingsError([description.finding(("url",), problem)])
    first = read_day(description, ("published", "earliest"), form.published.earliest)
    last = read_day(description, ("published", "latest"), form.published.latest)
    if first > last:
        message = f"the last day, {last}, is before the first, {first}"
        raise FindingsError([description.finding(("published", "latest"), message)])
    publisher, described = resolve_publisher(
        form.publisher, form.language, description, folder.name, background, Bounds(first, last)
    )
    retrieved = None
    if form.retrieved is not None:
        retrieved = read_day(description, ("retrieved", "earliest"), form.retrieved.earliest)
    files, findings = [], []
    for number, each in enumerate(form.files):
        path: tuple[str | int, ...] = ("files", number) if isinstance(description.data["files"], list) else ("files",)
        id = folder.name if len(form.files) == 1 else f"{folder.name}.{slug(Path(each.file).stem) or number}"
        try:
            table, period = _table(folder, each, id), None
            if each.period is not None:
                period = _period(description, (*path, "period"), each.period)
            release = _period(description, (*path, "release"), each.release)[0] if each.release else None
            if table.sha256 != each.sha256:
                message = (
                    f"{each.file} is not the one that was archived: its sha256 is {table.sha256}. Is it another "
                    "release? Then it is one more under files:, each with its release:"
                )
                raise FindingsError([description.finding((*path, "sha256"), message)])
        except FindingsError as error:
            findings += error.findings
            continue
        source = Source(
            id=id,
            kind=SourceKind.REGISTER,
            url=each.url or form.url,
            title=form.title if len(form.files) == 1 else f"{form.title} ({each.file})",
            language=form.language,
            publisher=publisher,
            published_earliest=first,
            published_latest=last,
            publication_basis=LanguageMap(form.published.basis),
            retrieved_earliest=retrieved,
            retrieval_basis=LanguageMap(form.retrieved.basis) if form.retrieved else None,
            licence=form.licence,
            sha256=each.sha256,
            text="",
            media_type=table.media_type,
            original=Original(each.file, table.media_type, each.sha256),
        )
        files.append(RegisterFile(each, table, source, period, release, path))
    if len({file.source.id for file in files}) < len(files):
        findings.append(description.finding(("files",), "two files have the same name but for signs; rename one"))
    if findings:
        raise FindingsError(findings)
    return tuple(files), described


def _table(folder: Path, form: FileForm, source: str) -> Table:
    options = TableOptions(form.encoding, form.delimiter, form.sheet, form.header_row, form.items)
    return open_table(folder / form.file, options, source=source, name=f"registers/{folder.name}/{form.file}")


def _period(description: Document, path: tuple[str | int, ...], words: str) -> tuple[date, date]:
    try:
        return period_of(words)
    except ValueError as error:
        raise FindingsError([description.finding(path, str(error))]) from error
