"""Read the folder of a page: the source, and the claims that its reader wrote down, each quote located in the text.

What is not understood becomes a finding with file and line, and is never skipped.
"""

import contextlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import Document, read_yaml, trailing_comments
from graph.common.text_files import read_text
from graph.model.claims import EventClaim, PageActor, ParticipationClaim, Reading
from graph.model.sources import Source
from graph.sources.form.entries import ClaimsForm, Form, PageForm
from graph.sources.form.messages import near_keys
from graph.sources.pages.actors import SECTIONS, registered_entries
from graph.sources.pages.claims import resolve_claims
from graph.sources.pages.context import Background, read_background
from graph.sources.pages.coverage import quotes_in, uncovered, uncovered_sentences
from graph.sources.pages.name_days import names_before_their_time
from graph.sources.pages.source import read_source, validate_form
from graph.sources.text.quotes import Passages, find


def page_folders(corpus: Path) -> list[Path]:
    """Return the folders of a corpus, one for each page, by name. Raise FindingsError where there is no corpus."""
    try:
        return sorted(folder for folder in corpus.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    except OSError as error:
        raise FindingsError([Finding(corpus.name, 0, f"cannot be read: {error.strerror}")]) from error


def read_background_of_pages(home: Path) -> Background:
    """Return what the pages of a home are read with.

    Raise FindingsError where the registry or the ontology does not fit; it has what is wrong with the forms of the
    pages too, so that all comes at once.
    """
    try:
        return read_background(home)
    except FindingsError as error:
        folders = page_folders(home / "corpus")
        raise FindingsError([*error.findings, *(each for folder in folders for each in _misfits(folder))]) from error


def _misfits(folder: Path) -> Iterator[Finding]:
    """Yield what does not fit the forms of a page, for which no registry is needed."""
    forms: tuple[tuple[str, type[Form]], ...] = (("page.yaml", PageForm), ("claims.yaml", ClaimsForm))
    for file, form in forms:
        if (folder / file).is_file():
            try:
                name = f"corpus/{folder.name}/{file}"
                validate_form(form, read_yaml(read_text(folder / file, name), name))
            except FindingsError as error:
                yield from error.findings


def _check_expected(reading: Reading, description: Document) -> None:
    """Raise FindingsError where the numbers that a source states are not those that were read."""
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


def read_claims(folder: Path, background: Background, complete: bool = False) -> Reading:
    """Return the page with its claims. Raise FindingsError where something is wrong, with everything that is."""
    reading, findings = read_claims_in_progress(folder, background, complete)
    if any(finding.severity == "error" for finding in findings):
        raise FindingsError(findings)
    return reading


def read_claims_in_progress(
    folder: Path, background: Background, complete: bool = False
) -> tuple[Reading, list[Finding]]:
    """Return the page with its claims so far, and the findings about it. Raise FindingsError where it cannot be read.

    Where the page says ``reading: complete``, or ``complete`` is asked of every page, what no claim covers is an error.
    """
    source, form, description, publisher = read_source(folder, background)
    name = f"corpus/{folder.name}/claims.yaml"
    written = read_text(folder / "claims.yaml", name)
    document = read_yaml(written, name)
    complete = complete or form.reading == "complete"
    text = f"corpus/{folder.name}/page.txt"
    try:
        claims = validate_form(ClaimsForm, document)
    except FindingsError as error:
        more = _findings_in_valid_entries(error, document, source, background, publisher, text, complete)
        raise FindingsError([*error.findings, *more]) from error
    reading, state = resolve_claims(claims, document, source, background, publisher)
    missing = uncovered(reading, state, text, complete)
    if state.has_errors:
        raise FindingsError([*state.findings, *missing])
    read = reading.sentences - len(uncovered_sentences(reading, state.context.text))
    lines = {f"page.yaml:{key}": description.line((key,)) for key in ("reprint_of", "sha256", "url")}
    for section, keys in (("groups", claims.groups), *((each, getattr(claims, each)) for each in SECTIONS)):
        lines |= {state.context.things[key]: document.line((section, key)) for key in keys}
    former = {}
    for section, key, entry in registered_entries(claims):
        id = f"{SECTIONS[section]}:{source.id}.{key}"
        former[id], lines[id] = entry.name, document.line((section, key))
    reading = replace(reading, sentences_read=read, lines=lines, former=former)
    _check_expected(reading, description)
    unchecked = state.context.language.unchecked()
    warnings = [description.finding(("language",), unchecked)._replace(severity="warning")] if unchecked else []
    warnings += _words_in_comments(written, document, state.context.text)
    warnings += names_before_their_time(state.context, source, text)
    return reading, [*warnings, *state.findings, *missing]


def _words_in_comments(written: str, document: Document, page: Passages) -> Iterator[Finding]:
    """Yield an error for each comment after a value that begins with words of the page: they are lost in it."""
    for line, comment in trailing_comments(written, document):
        words = " ".join(comment.split()[:2]) if comment.startswith("# ") else comment.split()[0]
        if any(letter.isalnum() for letter in words) and find(words, page):
            message = f"{comment!r} is a comment in YAML, and the page has {words!r}; put the words in quotation marks"
            yield Finding(document.name, line, message)


def _findings_in_valid_entries(
    error: FindingsError,
    document: Document,
    source: Source,
    background: Background,
    known: list[PageActor],
    text: str,
    complete: bool,
) -> list[Finding]:
    """Return what is wrong with entries that fit the form, where others do not, so that all findings come at once."""
    assert isinstance(error.__cause__, ValidationError)
    data, gone = deepcopy(document.data), set()
    problems = error.__cause__.errors(include_url=False)
    if not isinstance(data, dict) or any(len(problem["loc"]) < 2 for problem in problems):
        return []
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            _rename_key(data, problem["loc"])
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
    with contextlib.suppress(ValidationError):
        reading, state = resolve_claims(ClaimsForm.model_validate(data), document, source, background, known)
        # What depends on an entry that was left out has no fault of its own.
        leaning = (*gone, "no entry speaks of the group")
        found = [each for each in state.findings if not any(words in each.message for words in leaning)]
        # What a quote that does not fit the form would cover, nobody can tell.
        if any({"quote", "context", "no_claim"} & {*problem["loc"]} for problem in problems):
            return found
        return [*found, *uncovered(reading, state, text, complete, quotes_in(document.data))]
    return []


def _rename_key(data: Any, path: tuple[int | str, ...]) -> None:
    """Rename an unknown key to the most similar known one; remove it where there is none."""
    with contextlib.suppress(LookupError, TypeError, AttributeError):
        for step in path[:-1]:
            data = data[step]
        value = data.pop(path[-1])
        data |= {key: value for key in near_keys(str(path[-1]))[:1] if key not in data}
