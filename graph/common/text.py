"""Visible: words of pages, people and servers, so that a terminal shows them and does nothing else."""

import re

# What would move the cursor, ring, or turn letters about.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def visible(text: str) -> str:
    """Text that shows as it is read: line ends and tabs are spaces, and unseen letters are written out."""
    return _UNSEEN.sub(lambda found: " " if found[0] in "\t\n\r" else f"\\u{ord(found[0]):04x}", text)


def is_text(given: str) -> bool:
    """What somebody typed is letters: bytes that are no UTF-8 reach us as halves of letters."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


def counted(count: int, what: str) -> str:
    """``1 row``, ``3 rows``."""
    return f"{count} {what}{'s' if count != 1 else ''}"


def thousands(count: int, lang: str) -> str:
    """``10 000`` in Norwegian, with a narrow space that does not break, and ``10,000`` in English."""
    return f"{count:,}".replace(",", "\u202f" if lang == "nb" else ",")
