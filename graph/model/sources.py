"""Sources and evidence: what was archived, and the places in it that prove something.

A source is a page (a document) or a register (a table). Evidence is a place in a source, named by a selector that
others can read: characters of the extracted text (RFC 5147), cells of a table (RFC 7111), values of a JSON document
(RFC 6901), and pages of a PDF (RFC 8118). Characters are counted from 0, the end not included; rows, columns and pages
from 1, the header of a table being row 1.
"""

from bisect import bisect_right
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from graph.model.labels import LanguageMap


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
        """Return the number by which evidence of one source is sorted."""
        return self.start


class CellSelector(NamedTuple):
    """A cell of a table: ``row`` and ``column`` count from 1, the header being row 1; ``sheet`` is of a workbook."""

    source: str
    row: int
    column: int
    sheet: str | None = None

    @property
    def key(self) -> str:
        """Return the local name of the evidence, without that of its source: ``cell-7-5``."""
        return f"cell-{self.row}-{self.column}"

    @property
    def fragment(self) -> str:
        """Return the fragment identifier: ``cell=7,5``, within a workbook ``sheet=Møter&cell=7,5``."""
        sheet = f"sheet={self.sheet}&" if self.sheet else ""
        return f"{sheet}cell={self.row},{self.column}"

    @property
    def standard(self) -> str:
        """Return the address of the standard that defines the fragment."""
        return "http://tools.ietf.org/rfc/rfc7111"

    @property
    def position(self) -> int:
        """Return the number by which evidence of one source is sorted."""
        return self.row


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


Selector = TextSelector | CellSelector


def page_of(source: Source, selector: TextSelector) -> PageSelector | None:
    """Return the page of a paged original on which a passage begins, or None where the source has no pages."""
    page = bisect_right(source.page_starts, selector.start)
    return PageSelector(source.id, page) if page else None
