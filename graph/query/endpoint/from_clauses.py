"""FROM clauses: a query over the union of certain graphs, said in the query itself (SPARQL 1.1, section 13.2).

The protocol's ``default-graph-uri`` would say the same, but servers count a form's fields (many stop at 1,000), and
Virtuoso 7.2 answers each of them with a line of header, of which a client takes 100.
"""

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from graph.query.sparql.tokens import Token, tokens

_AFTER_DESCRIBED = ("WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def add_from_clauses(query: str, graphs: Iterable[NamedNode]) -> str:
    """The query over the union of these graphs; each is there by its name too where the query speaks of graphs."""
    parts = tokens(query)
    ways = ("FROM", "FROM NAMED") if _has_word(parts, "GRAPH") else ("FROM",)
    clauses = " ".join(f"{way} {graph}" for graph in graphs for way in ways)
    if not clauses:
        return query
    place = _insert_position(parts)
    # On a line that is there, so that what an engine says of a line is true of the query as it was written.
    start = "\n" if parts[place - 1][0] == "comment" else " "
    return "".join(text for _, text in [*parts[:place], ("", f"{start}{clauses} "), *parts[place:]])


def _has_word(parts: Iterable[Token], wanted: str) -> bool:
    return any(kind == "word" and text.upper() == wanted for kind, text in parts)


def _insert_position(parts: Sequence[Token]) -> int:
    """Before which token the clauses stand: after what is asked for, before where."""
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
