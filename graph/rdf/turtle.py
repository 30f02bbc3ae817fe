"""Turtle: write statements that are still in compact names.

A name such as ``kommune:1103`` is Turtle already. To expand it, only for a serialiser to shorten it again, takes three
times as long, and there are thousands of statements about areas. The bytes are those that pyoxigraph would write.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.rdf.statements import Statement
from graph.rdf.terms import compact, iri


def serialize_turtle(statements: Iterable[Statement], prefixes: dict[str, str]) -> bytes:
    """Return the statements as Turtle, in their order, with sorted prefixes and an empty line between subjects.

    A subject that has no compact name is an IRI in angle brackets.
    """
    names: set[str] = set()
    # Many statements have the same source or the same day.
    literals: dict[NamedNode | Literal, str] = {}
    parts: list[str] = []
    last_subject, last_verb, last_term = "", "", ""
    for subject, predicate, value in statements:
        verb = "a" if predicate == "rdf:type" else predicate
        if isinstance(value, str):
            term = value
        elif (term := literals.get(value, "")) == "":
            term = literals[value] = _term(value, names)
        if subject != last_subject:
            parts.append(f" .\n\n{subject} {verb} {term}")
            names |= {subject} if subject[0] != "<" else set()
        elif verb != last_verb:
            parts.append(f" ;\n\t{verb} {term}")
        elif term != last_term:
            parts.append(f" , {term}")
        names.add(verb)
        if term is value:
            names.add(term)
        last_subject, last_verb, last_term = subject, verb, term
    used = {iri(name) and name.partition(":")[0] for name in names - {"a"}}
    head = "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used))
    body = "".join(parts).removeprefix(" .\n\n")
    return f"{head}\n{body} .\n".encode()


def _term(value: NamedNode | Literal, names: set[str]) -> str:
    """Return an IRI or a literal in Turtle; the compact name of its datatype is added to ``names``."""
    term = str(value)
    if isinstance(value, NamedNode) or not term.endswith(">"):
        return term
    datatype = compact(value.datatype)
    if datatype == value.datatype.value:  # of no vocabulary with a prefix
        return term
    names.add(datatype)
    return f"{term.rpartition('^^')[0]}^^{datatype}"
