"""Turtle: statements in compact names, written almost as they stand.

A name such as ``kommune:1103`` is Turtle already. To expand it, only for a serialiser to shorten it again, takes three
times as long, and there are thousands of statements about areas. The bytes are those that pyoxigraph would write.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.model.iris import compact, iri
from graph.rdf.statements import Statement


def turtle(statements: Iterable[Statement], prefixes: dict[str, str]) -> bytes:
    """The statements in their order, each once; the prefixes that they use, sorted; an empty line between subjects."""
    names: set[str] = set()
    written: list[str] = []
    last_subject, last_verb, last_term = "", "", ""
    for subject, predicate, value in statements:
        verb = "a" if predicate == "rdf:type" else predicate
        term = value if isinstance(value, str) else _term(value, names)
        if subject != last_subject:
            written.append(f" .\n\n{subject} {verb} {term}")
            names.add(subject)
        elif verb != last_verb:
            written.append(f" ;\n\t{verb} {term}")
        elif term != last_term:
            written.append(f" , {term}")
        names.add(verb)
        if term is value:
            names.add(term)
        last_subject, last_verb, last_term = subject, verb, term
    used = {iri(name) and name.partition(":")[0] for name in names - {"a"}}
    head = "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in sorted(used))
    body = "".join(written).removeprefix(" .\n\n")
    return f"{head}\n{body} .\n".encode()


def _term(value: NamedNode | Literal, names: set[str]) -> str:
    """A term that has no compact name: an address, or words with their language or type, whose name is one more."""
    term = str(value)
    if isinstance(value, NamedNode) or not term.endswith(">"):
        return term
    datatype = compact(value.datatype)
    names.add(datatype)
    return f"{term.rpartition('^^')[0]}^^{datatype}"
