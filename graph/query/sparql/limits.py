"""Limits on the size of a query, so that reading it cannot end the process of an engine."""

from graph.query.sparql.tokens import significant_tokens

# An engine parses a query by recursion: nesting or chaining far beyond what a person writes can end its process.
# Crashes were seen from 2,000 levels on.
MAX_CHARACTERS, MAX_DEPTH, MAX_OPERATORS = 100_000, 200, 500
_OPERATORS = frozenset(
    ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", *"+-*/!|^=<>.;,", "||", "&&", "!=", "<=", ">=")
)
_TERMS = frozenset(("iri", "string", "variable", "prefixed", "number"))


def limit_problem(query: str) -> str | None:
    """Return why a query is too large or too deeply nested for an engine, or None where it is not."""
    if len(query) > MAX_CHARACTERS:
        return f"a query of {len(query):,} characters is too long; the limit is {MAX_CHARACTERS:,}"
    depth = deepest = operators = sequence = 0
    opened = ""
    for kind, text in significant_tokens(query):
        # A collection, "(1 2 3 ...)", is read like something nested.
        if kind in _TERMS:
            sequence += 1
            if sequence > MAX_OPERATORS and depth and opened == "(":
                return f"the query has a list of more than {MAX_OPERATORS} terms; put them into VALUES"
            continue
        sequence = 0
        if kind == "word":
            operators += text.upper() in _OPERATORS
        elif kind == "sign" and text in "([{":
            opened = text
            depth += 1
            deepest = max(deepest, depth)
        elif kind == "sign":
            depth -= text in ")]}"
            operators += text in _OPERATORS
    if deepest > MAX_DEPTH:
        return f"the query is nested {deepest:,} levels deep; the limit is {MAX_DEPTH}"
    if operators > MAX_OPERATORS:
        return f"the query has {operators:,} operators and clauses; the limit is {MAX_OPERATORS}"
    return None
