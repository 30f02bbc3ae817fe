"""Diagnostics: where an engine does not understand a query and why, for the person who wrote it."""

import re
from collections.abc import Mapping

from graph.common.findings import did_you_mean
from graph.query.sparql.prefixes import expand_dotted_names
from graph.query.sparql.tokens import tokens

# The longest part of a line of a query, and of an engine's message, that is printed.
MAX_LINE, MAX_MESSAGE = 100, 200


def locate_error(query: str, sent: str, message: str, prefixes: Mapping[str, str]) -> str:
    """Return what is wrong with a query that an engine refused, with its line as it was written.

    ``sent`` is the query as the engine got it. ``message`` is the engine's: "error at 3:14: ...", line and column from
    1. ``prefixes`` are those that a query need not declare.
    """
    mistake = _common_mistake(query, prefixes)
    if mistake:
        return mark_position(query, *mistake)
    query = expand_dotted_names(query, prefixes)
    match = re.search(r"\bat (\d+):(\d+)", message)
    if not match:
        return message
    reason = re.search(r"\b[A-Z][a-z]+ (?:[A-Za-z]+ ?){2,}", message)
    # Declarations that were added above the query do not count.
    line, column = int(match[1]) - sent.count("\n") + query.count("\n"), int(match[2])
    lines = query.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    if reason and not reason[0].startswith("Prefix"):
        return f"this is not SPARQL: {reason[0].strip()}"
    if line < 1 or not query[start:].strip(" \t\r\n}"):
        # This engine stops at the end of what it could not read; rdflib's parser stops where that begins.
        offset = _rdflib_error_position(sent)
        if offset is None:
            return syntax_error_message(message)
        start = offset - len(sent) + len(query)
    return mark_position(query, max(start, 0), "what stands here is not understood")


def syntax_error_message(message: str) -> str:
    """Return an engine's message, shortened: it can list every character that the engine expected."""
    reason = " ".join(message.split())
    return f"this is not SPARQL: {reason if len(reason) <= MAX_MESSAGE else f'{reason[:MAX_MESSAGE]} ...'}"


def _rdflib_error_position(sent: str) -> int | None:
    """Return the offset at which rdflib's parser stops, or None."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        # Tabs would be counted as eight.
        parseQuery(sent.replace("\t", " "))
    except ParseBaseException as error:
        return error.loc
    except Exception:  # a better position is a convenience: nothing depends on it
        return None
    return None


def _common_mistake(query: str, prefixes: Mapping[str, str]) -> tuple[int, str] | None:
    """Return the offset and the reason of one of the mistakes that engines explain badly, or None."""
    opened: list[tuple[int, str]] = []
    declared, last, start = set(prefixes), "", 0
    for kind, text in tokens(query):
        prefix = text.partition(":")[0]
        if kind == "prefixed" and last == "PREFIX":
            declared.add(prefix)
        elif kind == "prefixed" and prefix not in declared:
            return start, f"the prefix {prefix}: is not known.{did_you_mean(prefix, declared)}"
        elif kind == "sign" and text in "([{":
            opened.append((start, text))
        elif kind == "sign" and text in ")]}" and (not opened or opened.pop()[1] + text not in ("()", "[]", "{}")):
            return start, f"no bracket is open that {text} closes"
        if kind not in ("space", "comment"):
            last = text.upper()
        start += len(text)
    return (opened[-1][0], f"{opened[-1][1]} is not closed") if opened else None


def mark_position(query: str, start: int, reason: str) -> str:
    """Return the reason and the line of the query, with a mark under the position."""
    line, column = query.count("\n", 0, start) + 1, start - (query.rfind("\n", 0, start) + 1)
    text = query.split("\n")[line - 1].replace("\t", " ").rstrip("\r")
    left = max(0, column - MAX_LINE + 20)
    return f"line {line}, column {column + 1}: {reason}\n  {text[left : left + MAX_LINE]}\n  {' ' * (column - left)}^"
