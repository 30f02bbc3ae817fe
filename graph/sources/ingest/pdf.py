"""PDF: its text page by page, with lines that were wrapped joined, and without what is repeated on its pages."""

import re
from collections import Counter
from importlib.metadata import version

from graph.sources.ingest.document import Extract, Finding, IngestError, Metadata, clean, day_in

MAX_PAGES = 5_000
# Lines at the head and at the foot of a page that may be a running head, and the least pages that repeat one.
_EDGE_LINES = 3
_MIN_REPEATS = 3
# A line that is so much shorter than the longest of its page was not wrapped.
_FULL_LINE = 0.72
_FIGURES = re.compile(r"\d+")
_DIVIDED = re.compile(r"(\w+)[\ufffe\x02](?:\r?\n)?(\w)")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\ufffe\x02\u00ad]$")
# What begins a line of its own: a number, a letter or a sign of a list.
_ITEM = re.compile(r"(?:[-–•*▪‣·○●■]|\(?\d{1,3}[.)]|[a-zæøå]\)|(?:PS|Sak|Punkt|Vedtak)\b)\s*", re.IGNORECASE)


def extract_pdf(data: bytes) -> Extract:
    """Return the text of a PDF. Raise IngestError where it is encrypted, broken, or has no text."""
    # Here, not above: it is a large library, and most pages are no PDF.
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise IngestError("this PDF is encrypted; save it without a password, and take that in") from error
        raise IngestError(f"this PDF cannot be read: {error}") from error
    try:
        if len(document) > MAX_PAGES:
            raise IngestError(f"this PDF has {len(document):,} pages, and {MAX_PAGES:,} are read at most; divide it")
        pages = [_page_text(document, number) for number in range(len(document))]
        told = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    without = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(without) == len(pages):
        message = "this PDF has no text, only pictures of pages; recognise its text first (for example by OCRmyPDF)"
        raise IngestError(message)
    lines = [[" ".join(line.split()) for line in text.split("\n")] for text in pages]
    lines = [[line for line in page if line] for page in lines]
    repeated = _repeated(lines)
    seen: set[str] = set()
    marked = [list(zip(page, _is_repeated(page, repeated, seen), strict=True)) for page in lines]
    kept = [[line for line, is_head in page if not is_head] for page in marked]
    skipped = [line for page in marked for line, is_head in page if is_head]
    text, starts = _joined(kept)
    notes = (f"pages without text, perhaps pictures: {', '.join(map(str, without[:20]))}",) if without else ()
    return Extract(
        text,
        "application/pdf",
        f"motegraf pdf (pypdfium2 {version('pypdfium2')})",
        _metadata(told, text),
        starts,
        {"running head": skipped} if skipped else {},
        notes,
    )


def _page_text(document: object, number: int) -> str:
    import pypdfium2 as pdfium

    assert isinstance(document, pdfium.PdfDocument)
    page = document[number]
    text_page = page.get_textpage()
    try:
        # A hyphen that divides a word at the end of a line is a sign of its own (U+FFFE) to the library.
        return clean(_DIVIDED.sub(_without_hyphen, str(text_page.get_text_range())))
    finally:
        text_page.close()
        page.close()


def _without_hyphen(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}" if match[2].islower() and not match[1].isupper() else f"{match[1]}-{match[2]}"


def _key(line: str) -> str:
    return _FIGURES.sub("0", line.casefold())


def _repeated(pages: list[list[str]]) -> set[str]:
    """Return the lines, without their figures, that stand at the head or foot of several pages."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(_MIN_REPEATS, len(pages) // 3)
    return {key for key, count in counts.items() if count >= least}


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE_LINES] + page[_EDGE_LINES:][-_EDGE_LINES:]


def _is_repeated(page: list[str], repeated: set[str], seen: set[str]) -> list[bool]:
    """Return for each line of a page whether it is a running head or foot: repeated, and so is all beyond it.

    A line without figures is kept where it stands first: the title of a document is often its running head too.
    """
    marks = [False] * len(page)
    for order in (range(len(page)), range(len(page) - 1, -1, -1)):
        for number in list(order)[:_EDGE_LINES]:
            key = _key(page[number])
            if key not in repeated:
                break
            marks[number] = marks[number] or key in seen or bool(_FIGURES.search(key))
            seen.add(key)
    return marks


def _joined(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """Return the lines of all pages as paragraphs, one a line, and where each page begins in them."""
    parts: list[str] = []
    starts: list[int] = []
    length, last, full = 0, "", 0.0
    for page in pages:
        for number, line in enumerate(page):
            # A paragraph may go on over the end of a page: the line before it is then as long as a line of that page.
            joint = _joint(last, line, full)
            full = _FULL_LINE * max(map(len, page))
            if joint == "-":
                parts[-1] = _HYPHEN.sub("", parts[-1])
                length -= 1
            between = "\n" if joint is None and parts else "" if joint in (None, "-") else joint
            length += len(between)
            if not number:
                starts.append(length)
            parts += (between, line)
            length, last = length + len(line), line
    text = "".join(parts)
    return (f"{text}\n" if text else ""), tuple(starts)


def _joint(before: str, line: str, full: float) -> str | None:
    """Return what joins a line to the one before it: a blank, nothing, ``-`` for a hyphen that goes; None for a break.

    A word is divided at a hyphen where a small letter follows, and the part before it is no abbreviation.
    """
    if not before or len(before) < full or _ITEM.match(line):
        return None
    if _HYPHEN.search(before) and line[:1].isalpha():
        last = re.split(r"\s", before)[-1].rstrip("-\u2010")
        return "-" if line[:1].islower() and not last.isupper() and not line.startswith(("og ", "eller ")) else ""
    if before.endswith((".", ":", "!", "?")) and not line[:1].islower():
        return None
    return " "


def _metadata(told: dict[str, str], text: str) -> Metadata:
    first = text.partition("\n")[0][:200]
    titles = [Finding(first, "første linje av teksten", "the first line of the text")] if first else []
    title = " ".join(told.get("Title", "").split())
    # Programs write the names of files there; a title that stands in the text is one.
    if title and title.casefold() in " ".join(text[:5_000].casefold().split()):
        titles.insert(0, Finding(title, "tittelen i PDF-filen", "the title in the PDF"))
    made = []
    created = re.match(r"D:(\d{4})(\d{2})(\d{2})", told.get("CreationDate", ""))
    if created and (day := day_in("-".join(created.groups()))):
        made.append(Finding(day, f"PDF-filen ble laget {day}", f"the PDF was made on {day}"))
    return Metadata(titles=tuple(titles), made=tuple(made))
