"""SPARQL of one's own: refused where it would do more than ask, and shown where it is wrong."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from graph.common.findings import did_you_mean
from graph.query.results import Misasked
from graph.query.sparql.limits import MOST_LETTERS, too_much
from graph.query.sparql.prefixes import with_whole_names
from graph.query.sparql.tokens import FORMS, calls_elsewhere, form, read_in_two_ways, tokens, unclosed

# What a query can be refused for: open quotation marks, its size, an escape, that it would change something, or call
# another server.
Objection = Literal["quotes", "size", "escape", "change", "elsewhere"]
_BESIDES: Mapping[Objection, str] = {
    "change": f"; a graph is only asked ({', '.join(FORMS)})",
    "elsewhere": "; --allow-service lets it",
}
# Of a line of a query, and of an engine's words, what is shown.
MOST_SHOWN, MOST_OF_REASON = 100, 200


def refuse_unsafe(query: str, allow_service: bool = False) -> None:
    """Misasked where a query changes something, calls another server without leave, or could end the process."""
    for objection, reason in objections(query):
        if objection == "quotes":
            raise Misasked(_shown(query, unclosed(query) or 0, reason))
        if objection != "elsewhere" or not allow_service:
            raise Misasked(reason + _BESIDES.get(objection, ""))
    if not query.strip():
        raise Misasked("there is no query")


def objections(query: str) -> Iterator[tuple[Objection, str]]:
    """What speaks against asking a query, and why, the worst first; the next is looked for when it is asked for."""
    if len(query) <= MOST_LETTERS and unclosed(query) is not None:
        yield "quotes", "these quotation marks are not closed"
    reason = too_much(query)
    if reason:
        yield "size", reason
    reason = read_in_two_ways(query)
    if reason:
        yield "escape", reason
    asked = form(query)
    if asked is not None and asked not in FORMS:
        yield "change", f"{asked} would change something"
    elsewhere = calls_elsewhere(query)
    if elsewhere:
        yield "elsewhere", f"{elsewhere} would call another server"


def where_wrong(query: str, sent: str, message: str, known: Mapping[str, str]) -> str:
    """What is wrong with a query that an engine has refused, and the line where it is, as it was written.

    ``sent`` is the query as the engine saw it, ``message`` what it said: "error at 3:14: ...", line and column from 1.
    """
    seen = _seen_here(query, known)
    if seen:
        return _shown(query, *seen)
    query = with_whole_names(query, known)
    found = re.search(r"\bat (\d+):(\d+)", message)
    if not found:
        return message
    reason = re.search(r"\b[A-Z][a-z]+ (?:[A-Za-z]+ ?){2,}", message)
    # What was put above the query is not what was written.
    line, column = int(found[1]) - sent.count("\n") + query.count("\n"), int(found[2])
    lines = query.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    if reason and not reason[0].startswith("Prefix"):
        return f"this is not SPARQL: {reason[0].strip()}"
    if line < 1 or not query[start:].strip(" \t\r\n}"):
        # This engine gives up at the end of what it could not read as a whole; another tells where that begins.
        place = _where_another_stops(sent)
        if place is None:
            return in_short(message)
        start = place - len(sent) + len(query)
    return _shown(query, max(start, 0), "what stands here is not understood")


def in_short(message: str) -> str:
    """What an engine says of a mistake, which can be a list of every letter that it had expected."""
    reason = " ".join(message.split())
    return f"this is not SPARQL: {reason if len(reason) <= MOST_OF_REASON else f'{reason[:MOST_OF_REASON]} ...'}"


def _where_another_stops(sent: str) -> int | None:
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        # Tabs would be counted as eight.
        parseQuery(sent.replace("\t", " "))
    except ParseBaseException as error:
        return error.loc
    except Exception:  # it need not understand everything, and nothing depends on it
        return None
    return None


def _seen_here(query: str, known: Mapping[str, str]) -> tuple[int, str] | None:
    """Where a query has one of the mistakes that engines tell badly, and which."""
    opened: list[tuple[int, str]] = []
    declared, last, start = set(known), "", 0
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


def _shown(query: str, start: int, reason: str) -> str:
    """The reason, and the line of the query with a mark under the place."""
    line, column = query.count("\n", 0, start) + 1, start - (query.rfind("\n", 0, start) + 1)
    text = query.split("\n")[line - 1].replace("\t", " ").rstrip("\r")
    left = max(0, column - MOST_SHOWN + 20)
    return f"line {line}, column {column + 1}: {reason}\n  {text[left : left + MOST_SHOWN]}\n  {' ' * (column - left)}^"
