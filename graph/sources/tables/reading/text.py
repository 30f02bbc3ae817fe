"""The words of a cell, whatever the type of its value."""

import unicodedata
from datetime import date, datetime, time

from graph.sources.tables.formats import Value


def fold_blanks(text: str) -> str:
    """Return words with white space folded and characters composed; nothing else of them changes."""
    folded = " ".join(text.split())
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def lines_of(value: Value) -> str:
    """Return words as ``text_of`` does, with the lines of a cell kept: one line each, without blank ones."""
    if type(value) is str and ("\n" in value or "\r" in value):
        return "\n".join(filter(None, map(fold_blanks, value.splitlines())))
    return text_of(value)


def text_of(value: Value) -> str:
    """Return the words of one value: a number without a point where it is whole, a date as ISO writes it."""
    if type(value) is str:
        return fold_blanks(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(text_of, value)))
    return fold_blanks(str(value))


def is_blank(value: Value) -> bool:
    """Return whether a value says nothing: no letters, or a list of nothing but such values."""
    if type(value) is str:
        return not value or value.isspace()
    return value is None or (isinstance(value, tuple) and all(map(is_blank, value)))


def drop_words(text: str, words: tuple[str, ...]) -> str:
    """Return a text without these words where it begins or ends with them, again and again: "The Rt Hon … MP"."""
    changed = True
    while changed:
        changed = False
        for word in words:
            if text.startswith(word) and not text[len(word) : len(word) + 1].isalnum():
                text, changed = text[len(word) :].lstrip(" ,"), True
            if text.endswith(word) and len(text) >= len(word) and not text[: -len(word)][-1:].isalnum():
                text, changed = text[: -len(word)].rstrip(" ,"), True
            if not text:
                return ""
    return text
