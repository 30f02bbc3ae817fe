"""Add a file to the corpus as a page: its bytes, its text, and what is known of it, in a folder of its own."""

import hashlib
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError

from graph.common.findings import FindingsError, did_you_mean
from graph.common.new_folders import MAX_NAME, new_folder
from graph.common.strict_files import read_yaml
from graph.common.text import NOT_IN_XML
from graph.common.text_files import MAX_BYTES, read_text
from graph.model.edtf import ANY_DAY, Bounds
from graph.model.iris import slug
from graph.rdf.terms import iri_problem
from graph.sources.form.entries import PageForm
from graph.sources.form.messages import mistakes
from graph.sources.given import Given
from graph.sources.ingest.document import Extract, IngestError, clean
from graph.sources.ingest.formats import ENDINGS, extract
from graph.sources.ingest.imprint import (
    Published,
    Publisher,
    given_days,
    language_of,
    published_of,
    publisher_of,
)
from graph.sources.pages.archive import MAX_ORIGINAL_BYTES
from graph.sources.pages.context import Background
from graph.sources.pages.source import read_source

# What to do where a value is none that a page may have.
_REMEDIES = {
    "url": "give --url https://…, with %20 for a space and %22 for a quotation mark",
    "title": "give a shorter one by --title",
    "language": "give --language nb, nn, en, or another",
    "publisher": "give --publisher NAME",
    "published": "give --published DAY",
    "licence": "give --licence in fewer words, or the address of the terms",
}
_OTHER_REMEDY = "save the text of the page alone as UTF-8, and add that"
_CLAIMS = "# yaml-language-server: $schema=../claims.schema.json\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is ready to be written: what is known of it, with its basis, and what a person should know."""

    id: str
    url: str
    title: str
    language: str
    language_basis: str
    publisher: Publisher
    published: Published
    licence: str
    extract: Extract
    original: bytes
    retrieved: tuple[str, str, str] | None
    warnings: tuple[str, ...]


def read_page(file: Path, given: Given, corpus: Path, background: Background, today: date) -> Page:
    """Read a file as a page of the corpus. Raise IngestError with all that is missing, and how to give it."""
    data = read_unchanged(file)
    extracted, original = extract(data, given.url)
    metadata = extracted.metadata
    missing: list[str] = []
    url = given.url or next((each.value for each in metadata.addresses), None)
    if url is None:
        missing.append("it does not say where it is from; give --url https://…")
    elif not _is_address(url):
        missing.append(f"{url!r} is no address of the web; give --url https://…")
    title = " ".join(clean(given.title or next((each.value for each in metadata.titles), "")).split())
    if not title:
        missing.append("it has no title; give --title")
    language, basis = (
        (given.language, "as given") if given.language else language_of(extracted.text, metadata, background.vocabulary)
    )
    if language is None:
        missing.append("its language cannot be told; give --language nb, nn, en, or another")
    published = _published(given, extracted, language, background, today, missing)
    when = Bounds(published.earliest, published.latest) if published else ANY_DAY
    address = url if url and _is_address(url) else None
    publisher = publisher_of(given.publisher, metadata, address, background, when)
    kind = given.kind or (publisher.kind if publisher else None)
    kinds = background.vocabulary["body-type"]
    if publisher is None:
        missing.append("it does not say who published it; give --publisher NAME")
    elif publisher.id is None and kind is None:
        missing.append(
            f"{publisher.name!r} is no body of the registry, and its name does not tell what kind of body it is;"
            f" give --kind, one of {', '.join(kinds)}"
        )
    elif kind is not None and kind not in kinds:
        missing.append(f"unknown kind {kind!r}; known are {', '.join(kinds)}.{did_you_mean(kind, kinds)}")
    if missing:
        raise IngestError("; ".join(missing))
    assert url is not None
    assert language is not None
    assert published is not None
    assert publisher is not None
    warnings = _same_text_or_address(corpus, extracted, original, url)
    retrieved = next(((each.value, each.basis_nb, each.basis_en) for each in metadata.retrieved), None)
    page = Page(
        _id(given.id, title, published, corpus),
        url,
        title,
        language,
        basis,
        Publisher(publisher.id, publisher.name, kind, publisher.basis_en),
        published,
        given.licence or next((each.value for each in metadata.licences), "not stated on the page"),
        extracted,
        original,
        retrieved,
        warnings,
    )
    _refuse_what_no_build_takes(page, background)
    return page


def _refuse_what_no_build_takes(page: Page, background: Background) -> None:
    """Raise IngestError where a build would leave the page out, by the build's own check."""
    size = len(page.extract.text.encode())
    if size > MAX_BYTES:
        most = MAX_BYTES / 1e6
        raise IngestError(f"its text has {size / 1e6:.1f} MB, and a page has {most:.0f} MB at most; divide it")
    problems = [f"{message}; {_REMEDIES.get(key, _OTHER_REMEDY)}" for key, message in _misfits(page)]
    if problems:
        raise IngestError("; ".join(problems))
    try:
        with tempfile.TemporaryDirectory(prefix="motegraf-") as made:
            folder = Path(made) / page.id
            folder.mkdir()
            _write_files(page, folder)
            read_source(folder, background)
    except FindingsError as error:
        messages = "; ".join(finding.message for finding in error.findings)
        raise IngestError(f"a build would leave it out: {messages}; {_OTHER_REMEDY}") from error
    except OSError as error:
        raise IngestError(f"a trial of it cannot be written: {error.strerror}; nothing was added") from error


def _misfits(page: Page) -> Iterator[tuple[str, str]]:
    """Yield key and message of each thing in the description of a page that does not fit its form."""
    try:
        form = PageForm.model_validate(_description(page, "original.bin", b""))
    except ValidationError as error:
        yield from ((str(path[0]) if path else "", message) for path, message in mistakes(error))
    else:
        if problem := iri_problem(form.url):
            yield "url", problem


def _is_address(url: str) -> bool:
    try:
        return url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname)
    except ValueError:  # such as https://[::1/
        return False


def read_unchanged(file: Path) -> bytes:
    """Return the bytes of a file. Raise IngestError where it is too large, cannot be read, or changes meanwhile."""
    try:
        before = file.stat()
        if not stat.S_ISREG(before.st_mode):
            raise IngestError("it is a device or a pipe, which may have no end; save it as a file, and add that")
        if before.st_size > MAX_ORIGINAL_BYTES:
            raise IngestError(f"it has more than the {MAX_ORIGINAL_BYTES // 1_000_000} MB that a page may have")
        data = file.read_bytes()
        after = file.stat()
    except OSError as error:
        raise IngestError(f"it cannot be read: {error.strerror}") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise IngestError("it changed while it was read; add it again when it is whole")
    return data


def _published(
    given: Given, extracted: Extract, language: str | None, background: Background, today: date, missing: list[str]
) -> Published | None:
    if given.published:
        try:
            return given_days(given.published)
        except ValueError as error:
            missing.append(f"--published: {error}")
            return None
    found = published_of(extracted.text, extracted.metadata, background.language(language or "nb"), today)
    if found is None:
        missing.append("it does not say when it was published; give --published DAY, or FIRST/LAST possible day")
    elif found.earliest > today:
        missing.append(f"it says that it was published on {found.earliest}, which is to come; give --published")
        return None
    return found


def _same_text_or_address(corpus: Path, extracted: Extract, original: bytes, url: str) -> tuple[str, ...]:
    """Return a warning for each page of the corpus with this address. Raise IngestError where one has this text."""
    digests = {hashlib.sha256(extracted.text.encode()).hexdigest(), hashlib.sha256(original).hexdigest()}
    warnings = []
    for folder in _folders(corpus):
        try:
            name = f"corpus/{folder.name}/page.yaml"
            described = read_yaml(read_text(folder / "page.yaml", name), name).data
        except FindingsError:
            continue  # a page that cannot be read is a finding of every build
        if not isinstance(described, dict):
            continue
        archived = described.get("original")
        theirs = {described.get("sha256"), archived.get("sha256") if isinstance(archived, dict) else None}
        if digests & theirs:
            raise IngestError(f"corpus/{folder.name} has the same text; nothing was added")
        if described.get("url") == url:
            warnings.append(f"corpus/{folder.name} has the same address; is this another version of it?")
    return tuple(warnings)


def _folders(corpus: Path) -> Iterable[Path]:
    return sorted(each for each in corpus.iterdir() if each.is_dir() and not each.name.startswith("."))


def _id(given: str | None, title: str, published: Published, corpus: Path) -> str:
    """Return the id that is given, or one of the title and, where that is taken, the year; raise where it is taken."""
    if given is not None:
        if (corpus / given).exists():
            raise IngestError(f"corpus/{given} is there already; give another --id")
        return given
    words = slug(title)
    if len(words) > MAX_NAME:
        words = words[: MAX_NAME + 1].rpartition("-")[0] or words[:MAX_NAME]
    words = words.strip("-") or "page"
    for name in (words, f"{words}-{published.earliest.year}", f"{words}-{published.earliest}"):
        if not (corpus / name).exists():
            return name
    raise IngestError(f"corpus/{words} is there already; give another name by --id")


def write_page(page: Page, corpus: Path) -> Path:
    """Write a page into the corpus, whole or not at all, and return its folder.

    Raise IngestError where it cannot be written.
    """
    target = corpus / page.id
    with new_folder(target, IngestError) as folder:
        _write_files(page, folder)
    return target


def _write_files(page: Page, folder: Path) -> None:
    name = f"original.{ENDINGS.get(page.extract.media_type, 'bin')}"
    (folder / name).write_bytes(page.original)
    text = page.extract.text.encode()
    (folder / "page.txt").write_bytes(text)
    (folder / "page.yaml").write_text(_page_yaml(page, name, text), encoding="utf-8", newline="\n")
    (folder / "claims.yaml").write_text(_CLAIMS, encoding="utf-8", newline="\n")


def _page_yaml(page: Page, original: str, text: bytes) -> str:
    basis = f"# publisher: {page.publisher.basis_en}; language: {page.language_basis}"
    # A comment ends with its line: what a file tells of its language may have several, and would be keys.
    comment = " ".join(_without_control(basis).split())
    described = _description(page, original, text)
    return f"{comment}\n{yaml.safe_dump(described, allow_unicode=True, sort_keys=False, width=110)}"


def _description(page: Page, original: str, text: bytes) -> dict[str, Any]:
    """Return the description of a page, as its page.yaml has it."""
    published = page.published
    publisher: object = page.publisher.id or {"name": page.publisher.name, "kind": page.publisher.kind}
    described: dict[str, object] = {
        "url": page.url,
        "title": page.title,
        "language": page.language,
        "publisher": publisher,
        "published": {
            "earliest": published.earliest.isoformat(),
            "latest": published.latest.isoformat(),
            "basis": {"nb": published.basis_nb, "en": published.basis_en},
        },
    }
    if page.retrieved:
        day, basis_nb, basis_en = page.retrieved
        described["retrieved"] = {"earliest": day, "basis": {"nb": basis_nb, "en": basis_en}}
    described |= {
        "licence": page.licence,
        "sha256": hashlib.sha256(text).hexdigest(),
        "original": {
            "file": original,
            "media_type": page.extract.media_type,
            "sha256": hashlib.sha256(page.original).hexdigest(),
        },
        "extractor": page.extract.extractor,
    }
    starts = sorted({start for start in page.extract.page_starts if start <= len(page.extract.text)})
    if starts:
        described["page_starts"] = starts
    cleaned: dict[str, Any] = _without_control(described)
    return cleaned


def _without_control(value: Any) -> Any:
    """Return a value with blanks for the signs that no page of the corpus may have, and a file may tell of itself."""
    if isinstance(value, dict):
        return {key: _without_control(each) for key, each in value.items()}
    return NOT_IN_XML.sub(" ", value) if isinstance(value, str) else value
