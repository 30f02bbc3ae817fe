"""Corpus: the folder of a page -> the page and the claims that a reader found in it, every quote found again.

What is not understood is a finding with file and line, never passed over.
"""

import contextlib
import hashlib
import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.common.strict_files import Document, read_text, read_yaml
from graph.model.claims import EventClaim, Label, ParticipationClaim, Reading
from graph.model.edtf import bounds
from graph.model.iris import local_name
from graph.model.sources import Original, Source, SourceKind
from graph.rdf.terms import iri_problem
from graph.sources.form.entries import ClaimsForm, Form, PageForm
from graph.sources.form.messages import mistakes, near_keys
from graph.sources.pages.archive import missing_from_original, read_original
from graph.sources.pages.claims import resolve_claims
from graph.sources.pages.context import Background, PageContext, page_context
from graph.sources.pages.coverage import uncovered, uncovered_sentences

AnyForm = TypeVar("AnyForm", bound=Form)


def page_folders(corpus: Path) -> list[Path]:
    """The folders of a corpus, one a page, by name; a FindingsError where there is no corpus."""
    try:
        return sorted(folder for folder in corpus.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    except OSError as error:
        raise FindingsError([Finding(corpus.name, 0, f"cannot be read: {error.strerror}")]) from error


def read_page(folder: Path, against: Background) -> tuple[Source, Document]:
    """Return the page as archived, whose text is the one that its sha256 names, and the file that describes it."""
    registry = against.registry
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name):
        raise FindingsError([Finding(f"corpus/{folder.name}", 0, "a page's folder is named in a-z, 0-9 and -")])
    name = f"corpus/{folder.name}/page.yaml"
    document = read_yaml(read_text(folder / "page.yaml", name), name)
    form = _filled(PageForm, document)
    text = read_text(folder / "page.txt", f"corpus/{folder.name}/page.txt")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if sha256 != form.sha256:
        message = f"page.txt has changed since it was archived: its sha256 is {sha256}"
        raise FindingsError([document.finding(("sha256",), message)])
    if form.language == "no":
        raise FindingsError([document.finding(("language",), "'no' is two languages: write 'nb' or 'nn'")])
    if f"organisation:{form.publisher}" not in registry.organisations:
        known = [local_name(id) for id in registry.organisations]
        message = f"{form.publisher!r} is no body of the registry.{did_you_mean(form.publisher, known)}"
        raise FindingsError([document.finding(("publisher",), message)])
    problem = iri_problem(form.url)
    if problem:
        raise FindingsError([document.finding(("url",), problem)])
    first = _day(document, ("published", "earliest"), form.published.earliest)
    last = _day(document, ("published", "latest"), form.published.latest)
    if first > last:
        raise FindingsError(
            [document.finding(("published", "latest"), f"the last day, {last}, is before the first, {first}")]
        )
    if list(form.page_starts) != sorted({*form.page_starts}) or form.page_starts[-1:] > (len(text),):
        message = f"pages begin one after another, within the {len(text)} characters of the text"
        raise FindingsError([document.finding(("page_starts",), message)])
    page = Source(
        id=folder.name,
        kind=SourceKind.PAGE,
        url=form.url,
        title=form.title,
        language=form.language,
        publisher=form.publisher,
        published_earliest=first,
        published_latest=last,
        publication_basis=Label(form.published.basis.nb, form.published.basis.en),
        retrieved_earliest=_day(document, ("retrieved", "earliest"), form.retrieved.earliest)
        if form.retrieved
        else None,
        retrieval_basis=Label(form.retrieved.basis.nb, form.retrieved.basis.en) if form.retrieved else None,
        licence=form.licence,
        sha256=sha256,
        text=text,
        original=_original(folder, form, document, text),
        extractor=form.extractor,
        page_starts=form.page_starts,
        expected=tuple(form.expected.model_dump(exclude_none=True).items()) if form.expected else (),
    )
    return page, document


def _original(folder: Path, form: PageForm, document: Document, text: str) -> Original | None:
    """Return the file as it was received; raise FindingsError where it changed, or disagrees with the text."""
    if form.original is None:
        return None
    try:
        original, data = read_original(folder, form.original)
    except ValueError as error:
        raise FindingsError([document.finding(("original",), str(error))]) from error
    for line in islice(missing_from_original(text, original, data), 1):
        message = f"page.txt and {original.file} disagree: {line[:120]!r} is not in the original; extract the text anew"
        raise FindingsError([document.finding(("original",), message)])
    return original


def _check_expected(reading: Reading, description: Document) -> None:
    """Raise FindingsError where the source states another number of things than was read of it."""
    read = {
        "events": sum(isinstance(claim, EventClaim) and claim.event.startswith("event:") for claim in reading.claims),
        "participations": sum(isinstance(claim, ParticipationClaim) for claim in reading.claims),
        "sentences": reading.sentences,
    }
    wrong = [(what, number) for what, number in reading.source.expected if number != read[what]]
    if wrong:
        raise FindingsError(
            description.finding(("expected", what), f"{number} {what} are expected, and {read[what]} were read")
            for what, number in wrong
        )


def read_claims(folder: Path, against: Background) -> Reading:
    """The page with its claims; a FindingsError with everything that is wrong or that no claim covers."""
    reading, missing = read_claims_in_progress(folder, against)
    if any(finding.severity == "error" for finding in missing):
        raise FindingsError(missing)
    return reading


def read_claims_in_progress(folder: Path, against: Background) -> tuple[Reading, list[Finding]]:
    """The page with its claims so far, and what no claim covers yet; a FindingsError with what is wrong."""
    page, description = read_page(folder, against)
    name = f"corpus/{folder.name}/claims.yaml"
    document = read_yaml(read_text(folder / "claims.yaml", name), name)
    context = page_context(page.text, page.language, against)
    try:
        form = _filled(ClaimsForm, document)
    except FindingsError as error:
        raise FindingsError([*error.findings, *_beside(error, document, page, context)]) from error
    reading = resolve_claims(form, document, page, context)
    sentences = len(context.text.sentences)
    read = sentences - len(uncovered_sentences(reading, context.text))
    reading = replace(reading, sentences=sentences, sentences_read=read)
    _check_expected(reading, description)
    unchecked = context.language.unchecked()
    warnings = [description.finding(("language",), unchecked)._replace(severity="warning")] if unchecked else []
    return reading, [*warnings, *uncovered(reading, context, f"corpus/{folder.name}/page.txt")]


def _beside(error: FindingsError, document: Document, page: Source, context: PageContext) -> list[Finding]:
    """What is wrong with entries that fit the form, where others do not: so that all findings come at once."""
    assert isinstance(error.__cause__, ValidationError)
    data, gone = deepcopy(document.data), set()
    problems = error.__cause__.errors(include_url=False)
    if not isinstance(data, dict) or any(len(problem["loc"]) < 2 for problem in problems):
        return []
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            _renamed(data, problem["loc"])
    try:
        ClaimsForm.model_validate(data)
    except ValidationError as left:
        for section, key in {problem["loc"][:2] for problem in left.errors(include_url=False)}:
            # Entries of a list go together, so that each that stays keeps its line.
            if isinstance(data[section], dict):
                del data[section][key]
                gone.add(repr(key))
            else:
                data.pop(section, None)
    try:
        resolve_claims(ClaimsForm.model_validate(data), document, page, context)
    except FindingsError as more:
        # What leans on an entry that was left out is not wrong for that.
        leaning = (*gone, "no entry speaks of the group")
        return [finding for finding in more.findings if not any(words in finding.message for words in leaning)]
    except ValidationError:
        pass
    return []


def _renamed(data: Any, path: tuple[int | str, ...]) -> None:
    """A key that no form has is taken for the one it is nearest to, or for none."""
    with contextlib.suppress(LookupError, TypeError, AttributeError):
        for step in path[:-1]:
            data = data[step]
        value = data.pop(path[-1])
        data |= {key: value for key in near_keys(str(path[-1]))[:1] if key not in data}


def _filled(form: type[AnyForm], document: Document) -> AnyForm:
    try:
        return form.model_validate(document.data or {})
    except ValidationError as error:
        raise FindingsError(document.finding(path, message) for path, message in mistakes(error)) from error


def _day(document: Document, path: tuple[str, ...], value: str) -> date:
    try:
        span = bounds(value)
    except ValueError as error:
        raise FindingsError([document.finding(path, str(error))]) from error
    day = span.latest if path[-1] == "latest" else span.earliest
    if day is None:
        raise FindingsError([document.finding(path, "a day, a month or a year is needed, not an open interval")])
    return day
