"""FROM clauses: make a query one over the union of certain graphs (SPARQL 1.1, section 13.2).

The protocol's ``default-graph-uri`` would do the same, but servers limit the fields of a form (many to 1,000), and
Virtuoso 7.2 answers each of them with a header line, of which an HTTP client accepts 100.
"""

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from graph.query.sparql.tokens import Token, tokens

_AFTER_DESCRIBED = ("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def add_from_clauses(query: str, graphs: Iterable[NamedNode]) -> str:
    """Return the query over the union of these graphs; each is also a named graph where the query uses GRAPH."""
    parts = tokens(query)
    keywords = ("FROM", "FROM NAMED") if _has_word(parts, "GRAPH") else ("FROM",)
    clauses = " ".join(f"{keyword} {graph}" for graph in graphs for keyword in keywords)
    if not clauses:
        return query
    position = _insert_position(parts)
    # On an existing line, so that line numbers in an engine's message are those of the query as it was written.
    start = "\n" if parts[position - 1][0] == "comment" else " "
    return "".join(text for _, text in [*parts[:position], ("", f"{start}{clauses} "), *parts[position:]])


def _has_word(parts: Iterable[Token], word: str) -> bool:
    return any(kind == "word" and text.upper() == word for kind, text in parts)


def _insert_position(parts: Sequence[Token]) -> int:
    """Return the number of the token before which the clauses stand: after the projection, before WHERE."""
    words = [text.upper() if kind == "word" else text if kind == "sign" else "" for kind, text in parts]
    start = next(number for number, word in enumerate(words) if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
    template = words[start] == "CONSTRUCT" and next((word for word in words[start + 1 :] if word), "") == "{"
    depth = 0
    for number in range(start + 1, len(parts)):
        word = words[number]
        if not depth and template and word == "{":
            template, depth = False, 1
        elif not depth and (word in ("WHERE", "{") or (words[start] == "DESCRIBE" and word in _AFTER_DESCRIBED)):
            return number
        else:
            depth += (word in ("(", "[", "{")) - (word in (")", "]", "}"))
    return len(parts)
