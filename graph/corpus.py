"""Corpus: the folder of a page -> the page and the claims that a reader found in it, every quote found again.

What is not understood is a finding with file and line, never passed over.
"""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from graph.background import Background
from graph.claims import understand
from graph.coverage import uncovered
from graph.dates import bounds
from graph.entries import ClaimsForm, Form, PageForm, mistakes
from graph.findings import Finding, Findings
from graph.quotes import passages
from graph.reading import Document, read_text, read_yaml
from graph.records import Label, Page, Reading

AnyForm = TypeVar("AnyForm", bound=Form)


def page_folders(corpus: Path) -> list[Path]:
    """The folders of a corpus, one a page, by name; a Findings error where a name cannot stand in an IRI."""
    folders = sorted(folder for folder in corpus.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    odd = [folder.name for folder in folders if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name)]
    if odd:
        raise Findings(Finding(f"corpus/{name}", 0, "a page's folder is named in a-z, 0-9 and -") for name in odd)
    return folders


def read_page(folder: Path) -> Page:
    """The page as archived, whose text is the one that its sha256 names."""
    name = f"corpus/{folder.name}/page.yaml"
    document = read_yaml(read_text(folder / "page.yaml", name), name)
    form = _filled(PageForm, document)
    text = read_text(folder / "page.txt", f"corpus/{folder.name}/page.txt")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if sha256 != form.sha256:
        message = f"page.txt has changed since it was archived: its sha256 is {sha256}"
        raise Findings([document.finding(("sha256",), message)])
    return Page(
        id=folder.name,
        url=form.url,
        title=form.title,
        language=form.language,
        publisher=form.publisher,
        published_earliest=_day(document, ("published", "earliest"), form.published.earliest),
        published_latest=_day(document, ("published", "latest"), form.published.latest),
        publication_basis=Label(form.published.basis.nb, form.published.basis.en),
        retrieved_earliest=_day(document, ("retrieved", "earliest"), form.retrieved.earliest)
        if form.retrieved
        else None,
        licence=form.licence,
        sha256=sha256,
        text=text,
    )


def read_claims(folder: Path, against: Background) -> Reading:
    """The page with its claims; a Findings error with everything that is wrong or that no claim covers."""
    reading, missing = read_claims_in_progress(folder, against)
    if missing:
        raise Findings(missing)
    return reading


def read_claims_in_progress(folder: Path, against: Background) -> tuple[Reading, list[Finding]]:
    """The page with its claims so far, and what no claim covers yet; a Findings error with what is wrong."""
    page = read_page(folder)
    name = f"corpus/{folder.name}/claims.yaml"
    document = read_yaml(read_text(folder / "claims.yaml", name), name)
    text = passages(page.text)
    reading = understand(_filled(ClaimsForm, document), document, page, text, against)
    return reading, list(uncovered(reading, text, against, f"corpus/{folder.name}/page.txt"))


def _filled(form: type[AnyForm], document: Document) -> AnyForm:
    try:
        return form.model_validate(document.data or {})
    except ValidationError as error:
        raise Findings(document.finding(path, message) for path, message in mistakes(error, form)) from error


def _day(document: Document, path: tuple[str, ...], value: str) -> date:
    try:
        span = bounds(value)
    except ValueError as error:
        raise Findings([document.finding(path, str(error))]) from error
    day = span.latest if path[-1] == "latest" else span.earliest
    if day is None:
        raise Findings([document.finding(path, "a day, a month or a year is needed, not an open interval")])
    return day
