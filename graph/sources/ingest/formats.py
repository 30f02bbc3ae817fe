"""Tell the format of a file by its first bytes, and extract its text; the name of a file decides nothing."""

import gzip
import io
import re
import zipfile
import zlib
from dataclasses import replace

from graph.common.archives import DAMAGED_ARCHIVE
from graph.sources.ingest.containers import Contained, page_in_mhtml, page_in_warc
from graph.sources.ingest.document import Extract, Finding, IngestError
from graph.sources.ingest.html import extract_html
from graph.sources.ingest.office import extract_office, office_type
from graph.sources.ingest.pdf import extract_pdf
from graph.sources.ingest.plain import extract_plain, is_binary

# Comments are passed over for good (atomic): to try other ends of them takes time without limit.
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?><!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
# Old files of Word and Excel are compound files; so is a DOCX with a password, and has a part of this name.
_COMPOUND, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
# Formats that are told apart to say what to do, since no text is read from them.
_REFUSED = (
    (b"{\\rtf", "this is RTF; save it as DOCX, ODT or PDF, and take that in"),
    (_COMPOUND, "this is an old Word or Excel file; save it as DOCX or ODT, and take that in"),
    (b"\x89PNG", "this is a picture; recognise its text first, and take that in"),
    (b"\xff\xd8\xff", "this is a picture; recognise its text first, and take that in"),
    (b"GIF8", "this is a picture; recognise its text first, and take that in"),
    (b"II*\0", "this is a picture; recognise its text first, and take that in"),
    (b"MM\0*", "this is a picture; recognise its text first, and take that in"),
    (b"7z\xbc\xaf", "this is an archive; unpack it, and take in the page"),
    (b"Rar!", "this is an archive; unpack it, and take in the page"),
)
MAX_UNPACKED = 200_000_000
ENDINGS = {
    "text/html": "html",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
}


def extract(data: bytes, url: str | None = None) -> tuple[Extract, bytes]:
    """Return the text of a file, and the bytes of the page: those of a record where the file holds more.

    ``url`` chooses a record of a WARC file. Raise IngestError where it cannot be read, saying what to do.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise IngestError("this file is empty")
    if data.startswith(_COMPOUND) and _ENCRYPTED in data:
        raise IngestError("this document is encrypted; save it without a password, and take that in")
    for sign, message in _REFUSED:
        if data.startswith(sign):
            raise IngestError(message)
    contained = _contained(data, url)
    if contained:
        if _contained(contained.data, None):
            raise IngestError("the page in this file is itself a file that holds pages; take that one out, and add it")
        extracted, inner = extract(contained.data)
        found = extracted.metadata
        address = (Finding(contained.url, "adressen i filen", "the address in the file"),) if contained.url else ()
        retrieved = (contained.retrieved,) if contained.retrieved else ()
        metadata = replace(found, addresses=address + found.addresses, retrieved=retrieved + found.retrieved)
        return replace(extracted, metadata=metadata), inner
    return _extract_page(data), data


def _contained(data: bytes, url: str | None) -> Contained | None:
    """Return the page in a file that holds more than a page, or None."""
    if data.startswith(b"\x1f\x8b"):
        if not _begins(data).startswith(b"WARC/"):
            raise IngestError("this is a compressed file; unpack it (gunzip), and take in the page")
        return page_in_warc(data, url)
    if data.startswith(b"WARC/"):
        return page_in_warc(data, url)
    if data.startswith(b"PK\x03\x04") and office_type(data) is None:
        return page_in_warc(_warc_in_wacz(data), url)
    head = data[:4_096].lower()
    if (
        head.startswith((b"from:", b"mime-version:", b"snapshot-content-location:", b"subject:"))
        and b"multipart/" in head
    ):
        return page_in_mhtml(data)
    return None


def _begins(data: bytes) -> bytes:
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(data)).read(16)
    except (OSError, EOFError, zlib.error):
        return b""


def _warc_in_wacz(data: bytes) -> bytes:
    """Return the records of a WACZ file, an archive of WARC files. Raise IngestError where it is another archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [each for each in archive.infolist() if re.search(r"\.warc(\.gz)?$", each.filename)]
            if sum(each.file_size for each in parts) > MAX_UNPACKED:
                raise IngestError(
                    f"this WACZ has more than {MAX_UNPACKED // 1_000_000} MB of records; take out the page"
                )
            warc = b"".join(archive.read(each) for each in parts)
    except DAMAGED_ARCHIVE as error:
        raise IngestError(f"this archive cannot be read: {error}") from error
    if not warc:
        raise IngestError("this is an archive, and neither DOCX, ODT nor WACZ; unpack it, and take in the page")
    return warc


def _extract_page(data: bytes) -> Extract:
    if b"%PDF-" in data[:1_024]:
        extracted = extract_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        extracted = extract_office(data)
    elif _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:20_000]) or _is_utf16_html(data):
        extracted = extract_html(data)
    else:
        if is_binary(data):
            raise IngestError("this is no text, and no format that is read: HTML, PDF, DOCX, ODT, WARC, plain text")
        extracted = extract_plain(data)
    if not extracted.text.strip():
        raise IngestError("no text was found in this file; save the page's text as plain text, and take that in")
    return extracted


def _is_utf16_html(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) and bool(
        _HTML.match(data[:8_192].decode("utf-16", "replace").lstrip("\ufeff").encode())
    )
