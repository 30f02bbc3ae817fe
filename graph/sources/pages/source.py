"""Read a source: the folder of a page, its description and its text, before its claims."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.common.limited import LimitExceededError
from graph.common.page_files import is_link_out
from graph.common.strict_files import Document, read_yaml
from graph.common.text import NOT_IN_XML
from graph.common.text_files import read_text
from graph.model.claims import PageActor
from graph.model.edtf import Bounds, bounds
from graph.model.iris import local_name
from graph.model.labels import LanguageMap
from graph.model.sources import Original, Source, SourceKind
from graph.rdf.terms import iri_problem
from graph.registry.lookup import find_agent
from graph.registry.records import name_key
from graph.sources.form.entries import BodyEntry, ClaimsForm, Form, PageForm
from graph.sources.form.messages import mistakes
from graph.sources.pages.actors import actor_of
from graph.sources.pages.archive import missing_from_original, read_original
from graph.sources.pages.context import Background
from graph.sources.pages.evidence import EntryError

# What the folder of a page holds at least.
FILES = ("page.txt", "page.yaml", "claims.yaml")
AnyForm = TypeVar("AnyForm", bound=Form)


def read_source(folder: Path, background: Background) -> tuple[Source, PageForm, Document, list[PageActor]]:
    """Return the source, its description, the file of that, and the publisher if only this page names it."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name):
        raise FindingsError([Finding(f"corpus/{folder.name}", 0, "a page's folder is named in a-z, 0-9 and -")])
    _refuse_links(folder)
    _require_files(folder)
    name = f"corpus/{folder.name}/page.yaml"
    document = read_yaml(read_text(folder / "page.yaml", name), name)
    try:
        form = validate_form(PageForm, document)
    except FindingsError as error:
        raise FindingsError(_with_digest(error.findings, folder)) from error
    text = read_text(folder / "page.txt", f"corpus/{folder.name}/page.txt")
    if not text.strip("\ufeff\0 \t\r\n"):
        raise FindingsError(
            [Finding(f"corpus/{folder.name}/page.txt", 0, "is empty; put the text of the page into it")]
        )
    _refuse_control_characters(text, f"corpus/{folder.name}/page.txt")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if sha256 != form.sha256:
        message = f"page.txt has changed since it was archived: its sha256 is {sha256}"
        raise FindingsError([document.finding(("sha256",), message)])
    if form.language == "no":
        raise FindingsError([document.finding(("language",), "'no' is two languages: write 'nb' or 'nn'")])
    problem = iri_problem(form.url)
    if problem:
        raise FindingsError([document.finding(("url",), problem)])
    first = read_day(document, ("published", "earliest"), form.published.earliest)
    last = read_day(document, ("published", "latest"), form.published.latest)
    if first > last:
        raise FindingsError(
            [document.finding(("published", "latest"), f"the last day, {last}, is before the first, {first}")]
        )
    publisher, described = resolve_publisher(
        form.publisher, form.language, document, folder.name, background, Bounds(first, last)
    )
    if list(form.page_starts) != sorted({*form.page_starts}) or form.page_starts[-1:] > (len(text),):
        message = f"pages begin one after another, within the {len(text)} characters of the text"
        raise FindingsError([document.finding(("page_starts",), message)])
    source = Source(
        id=folder.name,
        kind=SourceKind.PAGE,
        url=form.url,
        title=form.title,
        language=form.language,
        publisher=publisher,
        published_earliest=first,
        published_latest=last,
        publication_basis=LanguageMap(form.published.basis),
        retrieved_earliest=read_day(document, ("retrieved", "earliest"), form.retrieved.earliest)
        if form.retrieved
        else None,
        retrieval_basis=LanguageMap(form.retrieved.basis) if form.retrieved else None,
        licence=form.licence,
        sha256=sha256,
        text=text,
        original=_original(folder, form, document, text),
        extractor=form.extractor,
        page_starts=form.page_starts,
        expected=tuple(form.expected.model_dump(exclude_none=True).items()) if form.expected else (),
        reprint_of=form.reprint_of,
    )
    return source, form, document, described


def _refuse_links(folder: Path) -> None:
    """Raise FindingsError where a file of a page is a link to another place: what stands there is none of the page."""
    links = [file for file in folder.iterdir() if is_link_out(file)] if folder.is_dir() else []
    if links:
        message = "is a link that leads out of the folder of its page; put the file itself there"
        raise FindingsError(Finding(f"corpus/{folder.name}/{file.name}", 0, message) for file in sorted(links))


def _refuse_control_characters(text: str, name: str) -> None:
    """Raise FindingsError where the text of a page has a character that XML cannot hold, as of a page break."""
    if match := NOT_IN_XML.search(text):
        place = "put a line break in its place (pdftotext -nopgbrk)" if match[0] == "\f" else "remove it"
        message = f"has the character U+{ord(match[0]):04X}, which XML cannot hold; {place}, and renew sha256:"
        raise FindingsError([Finding(name, text.count("\n", 0, match.start()) + 1, message)])


def _with_digest(findings: Iterable[Finding], folder: Path) -> Iterator[Finding]:
    """Yield the findings about a page's description; one about the digest says which page.txt has."""
    for finding in findings:
        if "sha256" in finding.message:
            digest = hashlib.sha256((folder / "page.txt").read_bytes()).hexdigest()
            finding = finding._replace(
                message=f"{finding.message}; write sha256: {digest}, which is that of page.txt as it is now"
            )
        yield finding


def _require_files(folder: Path) -> None:
    """Raise FindingsError, which says what to do, where the folder lacks a file or its text is no text."""
    missing = [name for name in ("page.txt", "page.yaml", "claims.yaml") if not (folder / name).is_file()]
    if missing and folder.is_dir():
        others = sorted(
            file.name for file in folder.iterdir() if file.name not in FILES and not file.name.startswith(".")
        )
        do = {
            "page.txt": "put the text of the page into page.txt (UTF-8, a paragraph a line)",
            "page.yaml": "say in page.yaml where the page is from",
            "claims.yaml": "write what it claims into claims.yaml",
        }
        there = f"found {', '.join(others[:5])}{', …' if len(others) > 5 else ''}, and " if others else ""
        message = f"{there}no {', no '.join(missing)}; {'; '.join(do[name] for name in missing)} (see CONTRIBUTING.md)"
        raise FindingsError([Finding(f"corpus/{folder.name}", 0, message)])
    with (folder / "page.txt").open("rb") as file:
        begins = file.read(512)
    kinds = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a DOCX, ODT or ZIP file"), (b"{\\rtf", "an RTF file"))
    kind = next((kind for sign, kind in kinds if begins.startswith(sign)), None)
    if kind is None and re.match(rb"\s*(<!doctype html|<html)", begins, re.IGNORECASE):
        kind = "HTML"
    if kind:
        message = f"this is {kind}; keep it beside page.txt under another name, and put its text into page.txt"
        raise FindingsError([Finding(f"corpus/{folder.name}/page.txt", 0, message)])


def resolve_publisher(
    entry: str | BodyEntry, language: str, document: Document, folder: str, background: Background, published: Bounds
) -> tuple[str, list[PageActor]]:
    """Return the id of the publisher of a source, and the actor it is where its description names one of its own.

    A body of the registry is given by its id or its name, and existed when the page was published.
    """
    registry = background.registry
    if isinstance(entry, str):
        is_named = f"organisation:{entry}" in registry.organisations or name_key(entry) in registry.by_name
        message = ""
        try:
            body = find_agent(registry, entry, published)
        except LookupError as error:
            body, message = "", f"{error};" if is_named else ""
        if body in registry.organisations:
            return local_name(body), []
        if body or not message:
            ids = [local_name(id) for id in registry.organisations]
            message = f"{entry!r} is no body of the registry.{did_you_mean(entry, ids)}"
        begins = "for" if message.endswith(";") else "For"
        mend = f"{begins} a body known on this page alone, write publisher: {{name: …, kind: …}}"
        raise FindingsError([document.finding(("publisher",), f"{message} {mend}")])
    try:
        actor = actor_of(folder, language, "bodies", "publisher", entry, ClaimsForm(), background)
        return f"{folder}.publisher", [actor]
    except EntryError as error:
        raise FindingsError([document.finding(("publisher", *error.path), str(error))]) from error


def _original(folder: Path, form: PageForm, document: Document, text: str) -> Original | None:
    """Return the file as it was received; raise FindingsError where it changed, or disagrees with the text."""
    if form.original is None:
        return None
    try:
        original, data = read_original(folder, form.original)
    except ValueError as error:
        raise FindingsError([document.finding(("original",), str(error))]) from error
    try:
        missing = list(islice(missing_from_original(text, original, data), 1))
    except LimitExceededError as error:
        message = f"{original.file} cannot be compared with page.txt: {error}; keep another copy of it, or none"
        raise FindingsError([document.finding(("original",), message)]) from error
    for line in missing:
        message = f"page.txt and {original.file} disagree: {line[:120]!r} is not in the original; extract the text anew"
        raise FindingsError([document.finding(("original",), message)])
    return original


def validate_form(form: type[AnyForm], document: Document) -> AnyForm:
    """Return a document as a form. Raise FindingsError with the line of each thing that does not fit."""
    try:
        return form.model_validate(document.data or {})
    except ValidationError as error:
        raise FindingsError(document.finding(path, message) for path, message in mistakes(error)) from error


def read_day(document: Document, path: tuple[str, ...], value: str) -> date:
    """Return the first day that a value means, or the last where its key is latest. Raise FindingsError for no day."""
    try:
        span = bounds(value)
    except ValueError as error:
        raise FindingsError([document.finding(path, str(error))]) from error
    day = span.latest if path[-1] == "latest" else span.earliest
    if day is None:
        raise FindingsError([document.finding(path, "a day, a month or a year is needed, not an open interval")])
    return day
