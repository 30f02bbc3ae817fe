"""Sources and evidence: what was archived, and the places in it that prove something.

A source is a page (a document) or a register (a table). Evidence is a place in a source, named by a selector that
others can read: characters of the extracted text (RFC 5147), cells of a table (RFC 7111), values of a JSON document
(RFC 6901), and pages of a PDF (RFC 8118). Characters are counted from 0, the end not included; rows, columns and pages
from 1, the header of a table being row 1.
"""

import re
import zlib
from bisect import bisect_right
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote, unquote

from graph.model.iris import slug
from graph.model.labels import Label, LanguageMap


class SourceKind(StrEnum):
    """What kind of thing a source is."""

    PAGE = "page"
    REGISTER = "register"


class Original(NamedTuple):
    """The bytes as they were received: the name of the file beside the text, its media type and SHA-256 digest."""

    file: str
    media_type: str
    sha256: str


class Source(NamedTuple):
    """A source as archived, and what is known of its publication and retrieval: the days that are possible, and why.

    ``text`` is what evidence counts in, ``sha256`` the digest of its UTF-8 bytes. ``extractor`` names the program, with
    its version, that made the text of ``original``. ``page_starts`` are the positions in ``text`` at which the pages of
    a paged original begin. ``expected`` is how many events, participations or sentences the source states.
    ``reprint_of`` is the source whose text this one repeats.
    """

    id: str
    kind: SourceKind
    url: str
    title: str
    language: str
    publisher: str
    published_earliest: date
    published_latest: date
    publication_basis: LanguageMap
    retrieved_earliest: date | None
    retrieval_basis: LanguageMap | None
    licence: str
    sha256: str
    text: str
    media_type: str = "text/plain"
    original: Original | None = None
    extractor: str | None = None
    page_starts: tuple[int, ...] = ()
    expected: tuple[tuple[str, int], ...] = ()
    reprint_of: str | None = None


# Where evidence stands in its source, to sort by: the sheet, and two numbers.
ReadingOrder = tuple[str, int, int]
# After all places that are understood.
LAST = ("\U0010ffff", 0, 0)


class TextSelector(NamedTuple):
    """A passage of the text of a source, from its first character to its last."""

    source: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """Return the local name of the evidence, without that of its source: ``char-812-947``."""
        return f"char-{self.start}-{self.end}"

    @property
    def fragment(self) -> str:
        """Return the fragment identifier: ``char=812,947``."""
        return f"char={self.start},{self.end}"

    @property
    def standard(self) -> str:
        """Return the address of the standard that defines the fragment."""
        return "http://tools.ietf.org/rfc/rfc5147"

    @property
    def position(self) -> int:
        """Return the number by which evidence of one source is sorted first."""
        return self.start

    @property
    def order(self) -> ReadingOrder:
        """Return the key by which evidence of one source is sorted, whatever its kind."""
        return "", self.start, self.end

    @property
    def label(self) -> Label:
        """Return the place in words: "characters 812–947"."""
        return Label(f"tegn {self.start}–{self.end}", f"characters {self.start}–{self.end}")


class CellSelector(NamedTuple):
    """A cell of a table: ``row`` and ``column`` count from 1, the header being row 1; ``sheet`` is of a workbook."""

    source: str
    row: int
    column: int
    sheet: str | None = None

    @property
    def key(self) -> str:
        """Return the local name of the evidence, without that of its source: ``cell-7-5``.

        Within a workbook it begins with the sheet and a digest of its name, for two names may be spelled alike without
        signs: ``sheet-moter-1f0a2b3c-cell-7-5``.
        """
        sheet = f"sheet-{slug(self.sheet) or 'x'}-{zlib.crc32(self.sheet.encode()):08x}-" if self.sheet else ""
        return f"{sheet}cell-{self.row}-{self.column}"

    @property
    def fragment(self) -> str:
        """Return the fragment identifier: ``cell=7,5``, within a workbook ``sheet=Møter&cell=7,5``."""
        sheet = f"sheet={_escape_sheet(self.sheet)}&" if self.sheet else ""
        return f"{sheet}cell={self.row},{self.column}"

    @property
    def standard(self) -> str:
        """Return the address of the standard that defines the fragment."""
        return "http://tools.ietf.org/rfc/rfc7111"

    @property
    def position(self) -> int:
        """Return the number by which evidence of one source is sorted first."""
        return self.row

    @property
    def order(self) -> ReadingOrder:
        """Return the key by which evidence of one source is sorted, whatever its kind: sheet by sheet, row by row."""
        return self.sheet or "", self.row, self.column

    @property
    def label(self) -> Label:
        """Return the place in words: "row 7, column 5"."""
        sheets = (f"ark «{self.sheet}», ", f"sheet “{self.sheet}”, ") if self.sheet else ("", "")
        place = f"rad {self.row}, kolonne {self.column}", f"row {self.row}, column {self.column}"
        return Label(sheets[0] + place[0], sheets[1] + place[1])

    @property
    def row_label(self) -> Label:
        """Return the row in words: "row 7"."""
        sheets = (f"ark «{self.sheet}», ", f"sheet “{self.sheet}”, ") if self.sheet else ("", "")
        return Label(f"{sheets[0]}rad {self.row}", f"{sheets[1]}row {self.row}")

    @property
    def row_fragment(self) -> str:
        """Return the fragment identifier of the row: ``row=7``, within a workbook ``sheet=Møter&row=7``."""
        sheet = f"sheet={_escape_sheet(self.sheet)}&" if self.sheet else ""
        return f"{sheet}row={self.row}"


class PointerSelector(NamedTuple):
    """A value of a JSON document: ``pointer`` leads to it, such as ``/items/6/moetedato``; items count from 0."""

    source: str
    pointer: str

    @property
    def key(self) -> str:
        """Return the local name of the evidence, without that of its source: ``pointer-items-6-moetedato-1f0a2b3c``.

        It ends with a digest of the pointer, for two pointers may be spelled alike without signs.
        """
        words = slug(self.pointer)
        return f"pointer-{words}{'-' if words else ''}{zlib.crc32(self.pointer.encode()):08x}"

    @property
    def fragment(self) -> str:
        """Return the fragment identifier, with the sign that begins it: ``#/items/6/moetedato``."""
        return f"#{_escape_pointer(self.pointer)}"

    @property
    def standard(self) -> str:
        """Return the address of the standard that defines the fragment."""
        return "http://tools.ietf.org/rfc/rfc6901"

    @property
    def position(self) -> int:
        """Return the number by which evidence of one source is sorted first: that of the item."""
        return self.order[1]

    @property
    def order(self) -> ReadingOrder:
        """Return the key by which evidence of one source is sorted, whatever its kind: list by list, item by item."""
        match = re.search(r"/(\d{1,18})(?:/.*?/(\d{1,18}))?(?:/|$)", self.pointer, re.ASCII)
        if match is None:
            return self.pointer, 0, 0
        return self.pointer[: match.start()], int(match[1]), int(match[2] or 0)

    @property
    def label(self) -> Label:
        """Return the place in words: "value /items/6/moetedato"."""
        return Label(f"verdi {self.pointer}", f"value {self.pointer}")

    @property
    def row_label(self) -> Label:
        """Return the item to which the value belongs in words: "item /items/6"."""
        return Label(f"element {self._item}", f"item {self._item}")

    @property
    def row_fragment(self) -> str:
        """Return the fragment identifier of the item to which the value belongs: ``#/items/6``."""
        return f"#{_escape_pointer(self._item)}"

    @property
    def _item(self) -> str:
        match = re.match(r".*?/\d{1,18}(?=/|$)", self.pointer, re.ASCII)
        return match[0] if match else self.pointer


class PageSelector(NamedTuple):
    """A page of a paged document, counted from 1."""

    source: str
    page: int

    @property
    def key(self) -> str:
        """Return the local name of the selector, without that of its source: ``page-3``."""
        return f"page-{self.page}"

    @property
    def fragment(self) -> str:
        """Return the fragment identifier: ``page=3``."""
        return f"page={self.page}"

    @property
    def standard(self) -> str:
        """Return the address of the standard that defines the fragment."""
        return "http://tools.ietf.org/rfc/rfc8118"

    @property
    def order(self) -> ReadingOrder:
        """Return the key by which pages of one source are sorted."""
        return "", self.page, 0

    @property
    def label(self) -> Label:
        """Return the page in words: "page 3"."""
        return Label(f"side {self.page}", f"page {self.page}")


Selector = TextSelector | CellSelector | PointerSelector


def parse_fragment(source: str, fragment: str) -> Selector | PageSelector | None:
    """Return the selector of a fragment identifier of a source; None where it is of no kind that a selector has."""
    match = _FRAGMENT.fullmatch(fragment)
    if match is None:
        return None
    if match["pointer"] is not None:
        return PointerSelector(source, unquote(match["pointer"]))
    if match["page"]:
        return PageSelector(source, int(match["page"]))
    if match["start"]:
        return TextSelector(source, int(match["start"]), int(match["end"]))
    sheet = unquote(match["sheet"]) if match["sheet"] else None
    return CellSelector(source, int(match["row"]), int(match["column"]), sheet)


_FRAGMENT = re.compile(
    r"char=(?P<start>\d{1,18}),(?P<end>\d{1,18})|page=(?P<page>\d{1,18})"
    r"|(?:sheet=(?P<sheet>[^&=#]+)&)?cell=(?P<row>\d{1,18}),(?P<column>\d{1,18})"
    r"|#(?P<pointer>(?:/(?:[^#/~]|~[01])*)*)",
    re.ASCII,
)


def _escape_sheet(name: str) -> str:
    """Return the name of a sheet as it stands in a fragment: what would end or part the fragment is escaped."""
    return re.sub(r"[^\w.()-]", lambda sign: quote(sign[0], safe=""), name)


def _escape_pointer(pointer: str) -> str:
    """Return a pointer as it stands in a fragment (RFC 6901, section 6): what a fragment cannot hold is escaped."""
    return re.sub(r"[^\w/~.()!$&'*+,;=:@-]", lambda sign: quote(sign[0], safe=""), pointer)


def page_of(source: Source, selector: TextSelector) -> PageSelector | None:
    """Return the page of a paged original on which a passage begins, or None where the source has no pages."""
    page = bisect_right(source.page_starts, selector.start)
    return PageSelector(source.id, page) if page else None
