"""Text for people: control characters escaped, numbers and plurals."""

import re

# Control, formatting and invisible characters: they move the cursor, ring, or reverse the direction of writing.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)

# Characters that XML 1.0 cannot hold, not even as references (production 2).
# Those that are left out, not those that remain: a set that reaches to the last plane takes 4 ms to compile.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape_control(text: str) -> str:
    r"""Return text that is safe in a terminal: white space as spaces, other control characters as ``\u001b``."""
    # Nearly all text is printable, which none of these characters is, and that is told faster.
    if text.isprintable():
        return text
    return _CONTROL.sub(lambda match: " " if match[0] in "\t\n\r" else f"\\u{ord(match[0]):04x}", text)


def is_valid_unicode(text: str) -> bool:
    """Return whether a text can be encoded: arguments that are no UTF-8 reach us as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def pluralize(count: int, noun: str) -> str:
    """Return a count with its English noun: ``1 row``, ``3 rows``."""
    return f"{count} {noun}{'s' if count != 1 else ''}"


def shorten(text: str, most: int) -> str:
    """Return a text that has so many letters at most: of a longer one its beginning, with an ellipsis as the last."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def group_thousands(count: int, lang: str) -> str:
    """Return a number with its thousands grouped: ``10 000`` (narrow no-break space) in Norwegian, else ``10,000``."""
    return f"{count:,}".replace(",", "\u202f" if lang == "nb" else ",")


def file_size(count: int, lang: str) -> str:
    """Return a number of bytes in the unit that people read: ``1,3 MB`` in Norwegian, ``1.3 MB`` in English."""
    for unit, size in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if count >= size:
            number = f"{count / size:.1f}" if count < 10 * size else f"{count / size:.0f}"
            return f"{number.replace('.', ',') if lang == 'nb' else number}\u00a0{unit}"
    return f"{count}\u00a0B"
