"""Parameters of a query: terms are put into its tokens, so that no value can change the query around it.

A parameter is a variable whose name begins with ``_`` (``?_actor``). A parameter without a value is a free variable and
means "any". Terms are put in wherever the variable stands, in subselects too (an engine's own substitution needs the
variable to be projected).
"""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from graph.query.sparql.tokens import tokens

PARAMETER_PREFIX = "_"
# Parameters, and what else may hold their names: comments, IRIs and strings, closed or not, as tokens have them.
_PARAMETERS = re.compile(
    r"""
    [^\#<"'?$]++
  | \#[^\r\n]* | <[^<>"{}|^`\x00-\x20]*>
  | "{3}(?:"{0,2}[^"])*"{3} | '{3}(?:'{0,2}[^'])*'{3} | "{3}.* | '{3}.*
  | "[^"\r\n]*" | '[^'\r\n]*' | ["'][^\r\n]*
  | [?$](_\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
_BEFORE_U = re.compile(r"((?<!\\)(?:\\\\)+)([uU])")
Terms = Mapping[str, NamedNode | Literal]


def parameter_names(query: str) -> list[str]:
    """Return the names of the parameters of a query, without ``_``, in the order of their first use."""
    if f"?{PARAMETER_PREFIX}" not in query and f"${PARAMETER_PREFIX}" not in query:
        return []
    if "\\" not in query:
        # Without escapes few tokens can be mistaken for others; to tell all apart takes ten times as long.
        return [name[1:] for name in dict.fromkeys(_PARAMETERS.findall(query)) if name]
    return list(
        dict.fromkeys(text[2:] for kind, text in tokens(query) if kind == "variable" and text[1] == PARAMETER_PREFIX)
    )


def bind_parameters(query: str, terms: Terms) -> str:
    """Return the query with terms in the place of their parameters."""
    if not terms:
        return query
    return "".join(
        serialize_term(terms[text[2:]])
        if kind == "variable" and text[1] == PARAMETER_PREFIX and text[2:] in terms
        else text
        for kind, text in tokens(query)
    )


def fill_values(query: str, name: str, terms: Iterable[NamedNode | Literal]) -> str:
    """Return the query with these terms in each empty ``VALUES ?name { }`` that it has."""
    return query.replace(f"VALUES ?{name} {{ }}", f"VALUES ?{name} {{ {' '.join(map(serialize_term, terms))} }}")


def serialize_term(term: NamedNode | Literal | str) -> str:
    r"""Return a term, or a triple that is text already, as N-Triples that every engine reads in one way.

    No engine takes a text such as ``\u0022`` in it for an escape.
    """
    text = str(term)
    # Nearly no term has a backslash, and pages ask about hundreds.
    return _BEFORE_U.sub(lambda match: f"{match[1]}\\u{ord(match[2]):04X}", text) if "\\" in text else text
