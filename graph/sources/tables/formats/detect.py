"""Tell the format of a table by the first bytes of its file; its name decides nothing."""

import json
import re
from pathlib import Path

from graph.common.findings import Finding, FindingsError
from graph.sources.ingest.plain import is_binary
from graph.sources.tables.formats.archive import Archive, WorkbookError
from graph.sources.tables.formats.encoding import codec_name, wide_encoding
from graph.sources.tables.formats.json_table import JSON, JSON_LINES
from graph.sources.tables.formats.workbook import ODS, XLS, XLSX

_ODS_TYPES = (ODS, f"{ODS}-template")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Formats that are told apart to say what to do.
_REFUSED = (
    (b"%PDF", "is a PDF; get the table that it was made of, or save it as CSV"),
    (b"{\\rtf", "is RTF; save its table as CSV"),
    (b"\x1f\x8b", "is compressed; unpack it (gunzip)"),
    (b"BZh", "is compressed; unpack it (bunzip2)"),
    (b"\xfd7zXZ", "is compressed; unpack it (unxz)"),
    (b"(\xb5/\xfd", "is compressed; unpack it (unzstd)"),
    (b"7z\xbc\xaf", "is an archive; unpack it, and name the table"),
    (b"Rar!", "is an archive; unpack it, and name the table"),
    (b"PAR1", "is Parquet; save it as CSV"),
    (b"SQLite format 3\0", "is a database; save its table as CSV"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
)
_BEGINS_JSON = re.compile(r'\s*(?:\[\s*(?:[\[{\]"0-9-]|$)|\{\s*(?:["}]|$))')
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|rss|svg|\w+:?\w*[\s>])", re.I)


def media_type_of(file: Path, name: str, head: bytes, encoding: str | None) -> str:
    """Return the media type of a table. Raise FindingsError where the file holds none, saying what to do.

    ``head`` are its first bytes, ``encoding`` the one that is told, if it is text.
    """
    try:
        return _media_type(file, head, encoding)
    except WorkbookError as error:
        raise FindingsError([Finding(name, 0, str(error))]) from error


def _media_type(file: Path, head: bytes, encoding: str | None) -> str:
    for sign, message in _REFUSED:
        if head.startswith(sign):
            raise WorkbookError(message)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _type_of_archive(Archive(file.read_bytes()))
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in head:
            raise WorkbookError("is encrypted; save it without a password")
        if "WordDocument".encode("utf-16-le") in head:
            raise WorkbookError("is a Word document; save its table as CSV")
        return XLS
    text = head.removeprefix(b"\xef\xbb\xbf")
    if not text.strip(b"\0"):
        raise WorkbookError("has nothing but NUL bytes: it was never written to its end. Get it again")
    if _MARKUP.match(text):
        raise WorkbookError("is HTML or XML, whatever its name; open it in a spreadsheet, and save it as CSV")
    if is_binary(head):
        raise WorkbookError("is no text, and no format that is read: CSV, XLSX, XLS, ODS, JSON")
    codec = codec_name(encoding or "utf-8") or "utf-8"
    letters = head.decode(wide_encoding(head) or codec, "ignore").removeprefix("\ufeff")
    if not _BEGINS_JSON.match(letters):
        return "text/csv"
    return JSON_LINES if _is_lines(letters) else JSON


def _is_lines(text: str) -> bool:
    """Return whether the first line of a text is a JSON value of its own, and others follow."""
    first, _, following = text.lstrip().partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return bool(following.strip())


def _type_of_archive(archive: Archive) -> str:
    """Return the media type of a workbook. Raise WorkbookError where the archive is none."""
    if "mimetype" in archive.names:
        kind = archive.read("mimetype").decode("ascii", "replace").strip()
        if kind in _ODS_TYPES:
            return ODS
        if kind.startswith("application/vnd.oasis"):
            raise WorkbookError("is no spreadsheet; save its table as ODS or CSV")
    if "xl/workbook.xml" in archive.names:
        return XLSX
    if "xl/workbook.bin" in archive.names:
        raise WorkbookError("is XLSB, a binary workbook; save it as XLSX")
    if any(name.startswith("word/") for name in archive.names):
        raise WorkbookError("is a Word document; save its table as CSV")
    raise WorkbookError("is an archive, and no workbook; unpack it, and name the table")
