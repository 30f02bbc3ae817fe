"""The encoding of a table: told by its reader, or UTF-8; bytes that are none of it are found again in their row."""

import codecs
from collections import Counter
from itertools import islice
from pathlib import Path

# Codecs of Python that no table is written in: of host names, source code and archives.
_NO_TEXT = frozenset(["idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape", "utf_7"])
_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Signs that windows-1252 has and texts of offices use.
_SIGNS = "’‘“”–—…£€§°²³½«»·•\xa0"
_FIRST_UNREAD = 0xDC00
# Errors of decoding go by this name; their bytes stay as lone surrogates, which no text has.
KEEP_BYTES = "motegraf.keep-bytes"
_undecodable = 0


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Return bytes that are no letters as lone surrogates, and count that there were some."""
    global _undecodable
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _undecodable += 1
    return "".join(chr(_FIRST_UNREAD + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(KEEP_BYTES, _keep_bytes)


def undecodable_count() -> int:
    """Return how often this process met bytes that are none of an encoding: a change says that rows may have some."""
    return _undecodable


def unread_byte(text: str) -> int | None:
    """Return the first byte in a text that is none of its encoding, or None."""
    if text.isascii():
        return None
    return next((ord(sign) - _FIRST_UNREAD for sign in text if _FIRST_UNREAD <= ord(sign) <= _FIRST_UNREAD + 255), None)


def codec_name(encoding: str) -> str | None:
    """Return the name that Python has for an encoding of text, or None where there is no such encoding."""
    try:
        codec = codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, ValueError, TypeError, UnicodeError):
        return None
    name = codec.name.replace("-", "_")
    # A mark before UTF-8 is no part of the first heading.
    return None if name in _NO_TEXT else "utf-8-sig" if name == "utf_8" else codec.name


def is_single_byte(encoding: str) -> bool:
    """Return whether control characters are the same bytes in an encoding as in ASCII."""
    return not codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))


def wide_encoding(head: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 that the first bytes of a file tell, or None."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    zeros = [head[start:4_096:2].count(0) for start in (0, 1)]
    if max(zeros) < len(head[:4_096]) // 4:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def lacks_mark(codec: str, head: bytes) -> bool:
    """Return whether an encoding tells the order of its bytes by a mark at the beginning, and a file has none."""
    return codec in ("utf-16", "utf-32") and not head.startswith(tuple(mark for mark, _ in _MARKS))


def is_utf8(head: bytes) -> bool:
    """Return whether the first bytes of a file are UTF-8; the last letter may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def is_mostly_utf8(file: Path) -> bool:
    """Return whether more lines with letters beyond ASCII are UTF-8 than are not: a file of several encodings."""
    good = bad = 0
    with file.open("rb") as lines:
        for line in lines:
            if not line.isascii():
                if is_utf8(line):
                    good += 1
                else:
                    bad += 1
    return good > bad


def first_unread_byte(file: Path, codec: str) -> tuple[int, int] | None:
    """Return the line, from 1, and the first byte of a file that is none of its encoding, or None."""
    with file.open(encoding=codec, errors=KEEP_BYTES, newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            if (byte := unread_byte(line)) is not None:
                return number, byte
    return None


def unread_message(byte: int, told: str | None) -> str:
    """Return what a byte is that is none of the encoding which is told (None: UTF-8), and what to write."""
    if told is not None and codec_name(told) != "utf-8-sig":
        return f"byte 0x{byte:02x} is nothing in {told}"
    letter = in_windows_1252(byte)
    if letter is None:
        return (
            f"byte 0x{byte:02x} is not UTF-8, nor anything in windows-1252; write encoding: and the one that it is in."
        )
    return f"byte 0x{byte:02x} is not UTF-8. It is {letter} in windows-1252; write encoding: windows-1252."


def likely_encoding(file: Path) -> str:
    """Return the encoding that the bytes of a file, which is not UTF-8, look like: windows-1252 where they can be."""
    # Imported here: most files are UTF-8.
    from charset_normalizer import from_bytes

    with file.open("rb") as lines:
        sample = b"".join(islice((line for line in lines if not line.isascii()), 2_000))[:200_000]
    letters = Counter(sample.decode("cp1252", "replace"))
    beyond = {letter: count for letter, count in letters.items() if not letter.isascii()}
    odd = sum(count for letter, count in beyond.items() if not letter.isalpha() and letter not in _SIGNS)
    # Of letters beyond ASCII, most are letters where the encoding is the right one.
    if "\ufffd" not in letters and 2 * odd <= sum(beyond.values()):
        return "windows-1252"
    best = from_bytes(sample).best()
    return best.encoding.replace("_", "-") if best else "windows-1252"


def in_windows_1252(byte: int) -> str | None:
    """Return the letter that a byte is in windows-1252, or None."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return None
