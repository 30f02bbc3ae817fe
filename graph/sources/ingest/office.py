"""DOCX and ODT: the text of a document of a word processor, with its tables and lists in their order."""

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from graph.common.archives import DAMAGED_ARCHIVE
from graph.sources.ingest.document import Extract, Finding, IngestError, Metadata, clean, day_in, join_blocks

# Of all parts together, and of one in proportion to what it is when packed.
MAX_UNPACKED = 100_000_000
MAX_RATIO = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
_PROPERTIES_NB, _PROPERTIES_EN = "dokumentets egenskaper", "the document's properties"
Block = tuple[str, str]
Words = Callable[[ET.Element], str]


def office_type(data: bytes) -> str | None:
    """Return the media type of a packed document, or None where it is another kind of archive."""
    with _opened(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return DOCX
        if "content.xml" in names and "mimetype" in names and _read(archive, "mimetype").startswith(ODT.encode()):
            return ODT
    return None


def extract_office(data: bytes) -> Extract:
    """Return the text of a DOCX or an ODT. Raise IngestError where it is broken, encrypted or a bomb."""
    with _opened(data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            root = _parsed(archive, "word/document.xml")
            blocks, skipped = list(_docx_blocks(root.find(f"{_W}body"))), _docx_skipped(archive, names)
            core = _parsed(archive, "docProps/core.xml") if "docProps/core.xml" in names else None
            return _extract(blocks, DOCX, "docx", core, skipped)
        manifest = _read(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise IngestError("this document is encrypted; save it without a password, and take that in")
        body = _parsed(archive, "content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
        meta = _parsed(archive, "meta.xml") if "meta.xml" in names else None
        return _extract(list(_odt_blocks(body)), ODT, "odt", meta, {})


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ARCHIVE as error:
        raise IngestError(f"this file is damaged: {error}") from error
    if any(each.flag_bits & 1 for each in archive.infolist()):
        raise IngestError("this document is encrypted; save it without a password, and take that in")
    return archive


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of an archive. Raise IngestError where it unpacks to more than any document has."""
    info = archive.getinfo(name)
    if info.file_size > MAX_UNPACKED or info.file_size > 1_000_000 + MAX_RATIO * info.compress_size:
        raise IngestError(f"{name} in it unpacks to {info.file_size:,} bytes, which no document of people does")
    try:
        with archive.open(info) as file:
            # The size that an archive states is not always that of what is in it.
            data = file.read(MAX_UNPACKED + 1)
    except DAMAGED_ARCHIVE as error:
        raise IngestError(f"{name} in it is damaged: {error}") from error
    if len(data) > MAX_UNPACKED:
        raise IngestError(f"{name} in it unpacks to more than {MAX_UNPACKED:,} bytes, which no document of people does")
    return data


def _parsed(archive: zipfile.ZipFile, name: str) -> ET.Element:
    try:
        data = _read(archive, name)
    except KeyError as error:
        raise IngestError(f"this file is damaged: it has no {name}") from error
    # Documents of word processors declare no entities; one that does would unfold them.
    if b"<!DOCTYPE" in data[:2_000] or b"<!ENTITY" in data:
        raise IngestError(f"{name} in it declares entities, which no word processor does")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise IngestError(f"this file is damaged: {name}: {error}") from error
    except RecursionError as error:  # pragma: no cover - the parser has its own limit
        raise IngestError(f"{name} in it is nested too deep") from error
    return root


def _docx_blocks(body: ET.Element | None) -> Iterator[Block]:
    """Yield paragraphs, list items and rows of tables, in their order."""
    waiting = [(each, "") for each in reversed(list(body if body is not None else ()))]
    while waiting:
        node, group = waiting.pop()
        if node.tag == f"{_W}p":
            is_item = node.find(f"{_W}pPr/{_W}numPr") is not None
            yield from ((line, group or ("list" if is_item else "")) for line in _docx_words(node).split("\n"))
        elif node.tag == f"{_W}tbl":
            for row in node.iter(f"{_W}tr"):
                yield (
                    " | ".join(_cell(cell, f"{_W}p", _docx_words) for cell in row.findall(f"{_W}tc")),
                    f"table{id(node)}",
                )
        else:
            # Content controls and the like hold blocks of their own.
            waiting += ((each, group) for each in reversed(list(node)))


def _cell(cell: ET.Element, paragraph: str, words_of: Words) -> str:
    return ", ".join(words for each in cell.iter(paragraph) if (words := words_of(each).replace("\n", ", ").strip()))


def _docx_words(paragraph: ET.Element) -> str:
    words = []
    # A drawing is there twice: as it is, and for programs that do not know it.
    repeated = {id(inner) for each in paragraph.iter(_FALLBACK) for inner in each.iter()}
    for node in paragraph.iter():
        if id(node) in repeated:
            continue
        if node.tag == f"{_W}t":
            words.append(node.text or "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            words.append("\n")
        elif node.tag == f"{_W}tab":
            words.append(" ")
        elif node.tag == f"{_W}noBreakHyphen":
            words.append("-")
    return clean("".join(words))


def _docx_skipped(archive: zipfile.ZipFile, names: set[str]) -> dict[str, list[str]]:
    """Return the words of heads, feet, notes and comments, which are no part of the text."""
    kinds = {"header": "running head", "footer": "running foot", "footnotes": "notes", "comments": "comments"}
    skipped: dict[str, list[str]] = {}
    for name in sorted(names):
        kind = next((kinds[each] for each in kinds if name.startswith(f"word/{each}") and name.endswith(".xml")), None)
        if kind:
            words = [_docx_words(each) for each in _parsed(archive, name).iter(f"{_W}p")]
            skipped.setdefault(kind, []).extend(each for each in words if each.strip())
    return {kind: words for kind, words in skipped.items() if words}


def _odt_blocks(body: ET.Element | None) -> Iterator[Block]:
    waiting = [(each, "") for each in reversed(list(body if body is not None else ()))]
    while waiting:
        node, group = waiting.pop()
        if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from ((line, group) for line in _odt_words(node).split("\n"))
        elif node.tag == f"{_TABLE}table":
            for row in node.iter(f"{_TABLE}table-row"):
                cells = [_cell(cell, f"{_TEXT}p", _odt_words) for cell in row.findall(f"{_TABLE}table-cell")]
                yield " | ".join(cells).strip(" |"), f"table{id(node)}"
        elif node.tag not in (f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content"):
            inner = group or ("list" if node.tag == f"{_TEXT}list" else "")
            waiting += ((each, inner) for each in reversed(list(node)))


def _odt_words(node: ET.Element) -> str:
    """Return the words of a paragraph; notes and comments in it are no part of it."""
    words: list[str] = []
    waiting: list[ET.Element | str] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            words.append(each)
            continue
        if each.tag in (f"{_TEXT}line-break", f"{_TEXT}tab", f"{_TEXT}s"):
            words.append("\n" if each.tag.endswith("line-break") else " ")
        inner: list[ET.Element | str] = []
        if each.tag not in (f"{_TEXT}note", f"{_OFFICE}annotation"):
            inner.append(each.text or "")
            for child in each:
                inner += [child, child.tail or ""]
        waiting += reversed(inner)
    return clean("".join(words))


def _extract(
    blocks: list[Block], media_type: str, kind: str, properties: ET.Element | None, skipped: dict[str, list[str]]
) -> Extract:
    text = join_blocks(blocks)
    if not text:
        raise IngestError("this document has no text; it may hold pictures alone")
    first = text.partition("\n")[0][:200]
    titles = [Finding(first, "første linje av teksten", "the first line of the text")]
    made: list[Finding] = []
    languages: list[Finding] = []
    if properties is not None:
        title = " ".join((_property(properties, f"{_DC}title") or "").split())
        if title and title.casefold() in " ".join(text[:5_000].casefold().split()):
            titles.insert(
                0, Finding(title, "tittelen i dokumentets egenskaper", "the title in the document's properties")
            )
        for name in (f"{_DCTERMS}created", f"{_META}creation-date"):
            if day := day_in(_property(properties, name) or ""):
                made.append(Finding(day, f"dokumentet ble laget {day}", f"the document was made on {day}"))
        if tag := _property(properties, f"{_DC}language"):
            languages.append(
                Finding(tag, "språket i dokumentets egenskaper", "the language in the document's properties")
            )
    return Extract(
        text,
        media_type,
        f"motegraf {kind}",
        Metadata(titles=tuple(titles), made=tuple(made), languages=tuple(languages)),
        (),
        skipped,
    )


def _property(root: ET.Element, name: str) -> str | None:
    found = next(root.iter(name), None)
    return found.text if found is not None else None
