"""Files of text that people write: in UTF-8, and of no more than a size.

Apart from ``strict_files``, which needs the library of YAML: a question that was read before needs none.
"""

import stat
from pathlib import Path

from graph.common.findings import Finding, FindingsError

MAX_BYTES = 4_000_000


def read_text(path: Path, name: str, limit: int = MAX_BYTES) -> str:
    """Return the text of a file, line ends untouched. Raise FindingsError if it is too large or not UTF-8."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FindingsError([Finding(name, 0, "is no file but a folder, a device or a pipe; put a file there")])
        size = status.st_size
        if size > limit:
            message = f"{size / 1e6:.0f} MB is more than the {limit / 1e6:.0f} MB that such a file may have"
            raise FindingsError([Finding(name, 0, message)])
        data = path.read_bytes()
    except OSError as error:
        raise FindingsError([Finding(name, 0, f"cannot be read: {error.strerror}")]) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte 0x{data[error.start]:02x} at position {error.start}; {_encoding_of(data)}"
        raise FindingsError([Finding(name, line, message)]) from error


def _encoding_of(data: bytes) -> str:
    """Return what to do about bytes that are no UTF-8, by what they may be."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it looks like UTF-16; save it as UTF-8"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "save it as UTF-8"
    return "it looks like Windows-1252 or Latin-1; save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8)"


def strip_bom(text: str) -> str:
    """Return the text without the byte order mark that some editors put before it."""
    return text.removeprefix("\ufeff")
