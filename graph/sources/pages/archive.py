"""Compare the text of a page with its original: the file as it was received, which is archived beside the text.

The text is never extracted anew in place, because the positions of evidence count in it.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from graph.common.limited import call_limited
from graph.model.sources import Original
from graph.sources.form.entries import OriginalEntry
from graph.sources.text.quotes import fold

# An original may be a scan or a recording of a meeting; more than this is no page that somebody read.
MAX_ORIGINAL_BYTES = 64_000_000
MARKUP = frozenset(["text/html", "application/xhtml+xml"])
_UNSHOWN = ("head", "noscript", "script", "style", "template")


def read_original(folder: Path, entry: OriginalEntry) -> tuple[Original, bytes]:
    """Return the original of a page and its bytes.

    Raise ValueError, in words for the reader of the page, where the file is missing, is too large, or is not the one
    whose digest was noted.
    """
    file = folder / entry.file
    try:
        if file.stat().st_size > MAX_ORIGINAL_BYTES:
            raise ValueError(
                f"{entry.file} has more than the {MAX_ORIGINAL_BYTES // 1_000_000} MB that an original may have"
            )
        data = file.read_bytes()
    except OSError as error:
        raise ValueError(
            f"{entry.file} cannot be read: {error.strerror}; put the file back, or remove original:"
        ) from error
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != entry.sha256:
        raise ValueError(f"{entry.file} has changed since it was archived: its sha256 is {sha256}")
    return Original(entry.file, entry.media_type, sha256), data


def missing_from_original(text: str, original: Original, data: bytes) -> Iterator[str]:
    """Yield each line of the text whose words do not stand, one after another, in the original.

    Only plain text and HTML can be compared; of other formats nothing is yielded. Marks, letter case and white space do
    not count. Raise LimitExceededError where HTML takes more time or memory than its size allows.
    """
    if original.media_type not in MARKUP | {"text/plain"}:
        return
    letters = _letters(call_limited(words_of_html, data) if original.media_type in MARKUP else decode(data))
    for line in text.splitlines():
        if (wanted := _letters(line)) and wanted not in letters:
            yield line.strip()


def decode(data: bytes) -> str:
    """Return bytes as text: by their byte order mark, else as UTF-8, else as Windows-1252, which reads any byte."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text).text.casefold() if letter.isalnum())


def words_of_html(data: bytes) -> str:
    """Return the words of a document that a browser would show, and its title."""
    # Here, not above: few pages are read again, and a parser of HTML is not needed for those that are kept.
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decode(data))
    title = tree.css_first("title")
    words = title.text() if title else ""
    tree.strip_tags([*_UNSHOWN])
    return f"{words} {tree.root.text() if tree.root else ''}"
