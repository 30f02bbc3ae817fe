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
_BEFORE_U = re.compile(r"((?<!\\)(?:\\\\)+)([uU])")
Terms = Mapping[str, NamedNode | Literal]


def parameter_names(query: str) -> list[str]:
    """The names of the parameters of a query, in the order in which they stand, without ``_``."""
    return list(
        dict.fromkeys(text[2:] for kind, text in tokens(query) if kind == "variable" and text[1] == PARAMETER_PREFIX)
    )


def bind_parameters(query: str, given: Terms) -> str:
    """The query with these terms wherever their parameters stand."""
    return "".join(
        serialize_term(given[text[2:]])
        if kind == "variable" and text[1] == PARAMETER_PREFIX and text[2:] in given
        else text
        for kind, text in tokens(query)
    )


def fill_values(query: str, name: str, terms: Iterable[NamedNode | Literal]) -> str:
    """The query with these terms in each empty ``VALUES ?name { }`` that it has."""
    return query.replace(f"VALUES ?{name} {{ }}", f"VALUES ?{name} {{ {' '.join(map(serialize_term, terms))} }}")


def serialize_term(term: NamedNode | Literal | str) -> str:
    """A term, or a statement that is text already, as N-Triples writes it, but so that it is read in one way.

    No engine takes words such as ``\\u0022`` in it for an escape.
    """
    return _BEFORE_U.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04X}", str(term))
