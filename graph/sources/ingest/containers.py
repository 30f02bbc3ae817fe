"""Files that hold a page beside other things: a WARC record, and a page saved as one file (MHTML)."""

import io
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser

from graph.sources.ingest.document import Finding, IngestError, day_in

# What a page can be; the rest of an archive are pictures, styles and the like.
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
MAX_RECORDS = 100_000
MAX_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Contained:
    """A page in a file: its bytes, media type and address, and the day of its copy where that is noted."""

    data: bytes
    media_type: str
    url: str | None
    retrieved: Finding | None


def page_in_warc(data: bytes, url: str | None) -> Contained:
    """Return the page of a WARC file, the one at ``url`` where it has several.

    Raise IngestError where it has none, or several and no address chooses.
    """
    # Here, not above: few files are WARC.
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found: dict[str, Contained] = {}
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(data))):
            if number > MAX_RECORDS:
                raise IngestError(f"this WARC has more than {MAX_RECORDS:,} records; take out the one of the page")
            if record.rec_type not in ("response", "resource"):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            headers = record.http_headers if record.rec_type == "response" else record.rec_headers
            media_type = (headers.get_header("Content-Type") or "" if headers else "").partition(";")[0].strip().lower()
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if media_type not in _PAGES or status != "200" or (url and not _is_same(url, address)):
                continue
            body = record.content_stream().read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                raise IngestError(f"the record of {address} has more than {MAX_BYTES // 1_000_000} MB")
            day = day_in(record.rec_headers.get_header("WARC-Date") or "")
            note = Finding(day, "datoen i WARC-posten", "the date of the WARC record") if day else None
            found[address] = Contained(body, media_type, address, note)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise IngestError(f"this WARC cannot be read: {error}") from error
    if not found:
        raise IngestError(f"this WARC has no page{f' at {url}' if url else ''}; its records are of other kinds")
    html = {address: each for address, each in found.items() if each.media_type != "text/plain"} or found
    if len(html) > 1:
        listed = "".join(f"\n  {address}" for address in list(html)[:10])
        raise IngestError(f"this WARC has {len(html)} pages; choose one by --url:{listed}")
    return next(iter(html.values()))


def _is_same(wanted: str, address: str) -> bool:
    return wanted.rstrip("/").partition("#")[0] == address.rstrip("/").partition("#")[0]


def page_in_mhtml(data: bytes) -> Contained:
    """Return the page of a file in which a browser saved it with its pictures (RFC 2557)."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        parts = list(message.walk())
    except RecursionError as error:
        raise IngestError("the parts of this saved page are nested too deep") from error
    for part in parts:
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
                return Contained(body, "text/html", address if address.startswith("http") else None, None)
    raise IngestError("this saved page has no HTML in it")
