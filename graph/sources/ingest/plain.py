"""Plain text: in whatever encoding, which is told, and converted to UTF-8."""

import codecs
import re

from graph.sources.ingest.document import Extract, Finding, IngestError, Metadata, clean, join_blocks

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Encodings that Norwegian text has had: Windows, Unix, DOS, Mac. Others are looked for after them.
_LIKELY = ("cp1252", "latin_1", "cp850", "cp865", "mac_roman", "utf_16_le", "utf_16_be")
# Codecs of Python that no page is written in: of host names and of source code. They are slow, or give no letters.
_NOT_OF_PAGES = frozenset(["idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"])
# Enough to tell an encoding.
_SAMPLE = 200_000


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return bytes as text, and the encoding that they are in.

    In this order: the mark at the beginning, what the file declares, UTF-8, and what the letters look like. Raise
    IngestError where these are no letters.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding), encoding.removesuffix("-sig")
    for possible in (_without_mark(data), declared, "utf-8"):
        if possible and (text := _try(data, possible)) is not None:
            return text, possible.lower()
    encoding = _guess(data[:_SAMPLE])
    return _decode(data, encoding), encoding.replace("_", "-")


def _without_mark(data: bytes) -> str | None:
    """Return the UTF-16 that text of our letters is in where every second byte is zero, or None."""
    zeros = [data[start:4_096:2].count(0) for start in (0, 1)]
    if max(zeros) < len(data[:4_096]) // 4:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def is_binary(data: bytes) -> bool:
    """Return whether bytes are none of a text: many are control characters in every encoding."""
    if _without_mark(data) or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data[:4_096].replace(b"\0", b"")
    sample = data[:4_096]
    return 20 * sum(byte < 9 or 14 <= byte < 27 or 28 <= byte < 32 for byte in sample) > len(sample)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name.replace("-", "_") in _NOT_OF_PAGES:
            return None
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start:,} is none of {encoding}"
        raise IngestError(f"its encoding cannot be told: {place}; save it as UTF-8") from error


def _guess(sample: bytes) -> str:
    # Here, not above: most files are UTF-8.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_LIKELY)).best() or from_bytes(sample).best()
    if best is None:
        raise IngestError("this is no text, or none whose encoding can be told; save it as UTF-8")
    # What is read alike by both is in the one that more programs write.
    return "cp1252" if best.encoding in ("latin_1", "cp1252") else best.encoding


def extract_plain(data: bytes) -> Extract:
    """Return the text of a plain text file: a paragraph a line, as it is written there."""
    text, encoding = decode(data)
    text = clean(text.replace("\f", "\n\n"))
    lines = [line.strip() for line in text.split("\n")]
    body = "\n".join(re.sub(r"[^\S\n]+", " ", line) for line in lines)
    body = re.sub(r"\n{3,}", "\n\n", body).strip("\n")
    # The limit holds here too.
    join_blocks([(body, "")])
    first = next((line for line in lines if line), "")
    title = Finding(first[:200], "første linje av teksten", "the first line of the text")
    notes = () if encoding == "utf-8" else (f"the text was {encoding}, and is archived as UTF-8",)
    return Extract(
        f"{body}\n" if body else "",
        "text/plain",
        f"motegraf plain ({encoding})",
        Metadata(titles=(title,) if first else ()),
        notes=notes,
    )
