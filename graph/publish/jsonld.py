"""JSON-LD for people who program: short keys by the context of ``ontology/context.jsonld``, which every file carries.

``id``, ``type`` and ``label`` stand for themselves; every other key is the compact name of a property. A file needs no
other: its context is in it, and is fetched from nowhere.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from graph import HOME
from graph.model.iris import BASE, ENTITIES
from graph.rdf.serialize import graph_key
from graph.rdf.terms import compact, iri

FILE = Path("ontology/context.jsonld")
Json = dict[str, Any]
Statement = Quad | Triple
# What an IRI becomes where it is the value of a property: a reference, or the thing itself.
Refer = Callable[[NamedNode, NamedNode], Json | str]
_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")
_STRING, _INTEGER, _BOOLEAN = (iri(f"xsd:{name}") for name in ("string", "integer", "boolean"))


@cache
def context_under(base: str) -> Json:
    """The terms by which a graph under this base is written."""
    terms: Json = json.loads((HOME / FILE).read_text(encoding="utf-8"))["@context"]
    return terms | ({} if base == BASE else {name: base + path for name, path in ENTITIES.items()})


def context_file(base: str) -> bytes:
    """The context as a file of its own, a line a term."""
    return f'{{"@context": {_context(base)}}}\n'.encode()


def _context(base: str) -> str:
    lines = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in context_under(base).items())
    return f"{{\n{lines}\n}}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def document(things: Iterable[Json], base: str) -> bytes:
    """The things as a document with its context."""
    written = ",\n".join(json.dumps(thing, ensure_ascii=False, indent=1) for thing in things)
    return f'{{"@context": {_context(base)},\n"@graph": [\n{written}\n]}}\n'.encode()


def graph_by_graph(quads: Iterable[Quad], base: str) -> bytes:
    """Quads in order of their graphs and subjects as a document of named graphs."""
    things: list[Json] = []
    for _, said in groupby(quads, key=graph_key):
        statements = list(said)
        name: Any = statements[0].graph_name
        nodes = [node(subject, about, base) for subject, about in by_subject(statements)]
        things += nodes if isinstance(name, DefaultGraph) else [{"id": name_of(name, base), "@graph": nodes}]
    return document(things, base)


def by_subject(statements: Iterable[Statement]) -> list[tuple[NamedNode, list[Statement]]]:
    """Statements that stand subject by subject, as each subject with what is said of it: no blank nodes."""
    found = ((subject, list(said)) for subject, said in groupby(statements, key=lambda each: each.subject))
    return [(subject, said) for subject, said in found if isinstance(subject, NamedNode)]


def node(subject: NamedNode, said: Iterable[Statement], base: str, refer: Refer | None = None) -> Json:
    """A thing with what is said of it; what it points to is named, or as ``refer`` says."""
    found: Json = {"id": name_of(subject, base)}
    for predicate, statements in groupby(said, key=lambda each: each.predicate):
        values: list[Any] = [each.object for each in statements]
        if predicate == _TYPE:
            found["type"] = _alone([name_of(value, base) for value in values])
            continue
        key = "label" if predicate == _LABEL else name_of(predicate, base)
        term = context_under(base).get(key)
        coerced = term if isinstance(term, dict) else {}
        if coerced.get("@container") == "@language" and all(_is_text(value) for value in values):
            found[key] = _by_language(values)
        else:
            key = "rdfs:label" if key == "label" else key
            found[key] = _alone([_value(predicate, value, coerced.get("@type"), base, refer) for value in values])
    return found


def _is_text(value: object) -> bool:
    return isinstance(value, Literal) and (value.language is not None or value.datatype == _STRING)


def _by_language(values: Iterable[Literal]) -> Json:
    texts: dict[str, list[str]] = {}
    for value in values:
        texts.setdefault(value.language or "@none", []).append(value.value)
    return {language: _alone(said) for language, said in texts.items()}


def _value(predicate: NamedNode, value: Any, coerced: str | None, base: str, refer: Refer | None) -> Any:
    if isinstance(value, NamedNode):
        referred = refer(predicate, value) if refer else name_of(value, base)
        return {"id": referred} if isinstance(referred, str) and coerced != "@id" else referred
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if coerced is not None and coerced == name_of(value.datatype, base):
        return value.value
    if value.datatype == _STRING and coerced is None:
        return value.value
    if value.datatype == _INTEGER and value.value == str(_whole(value.value)) and coerced is None:
        return _whole(value.value)
    if value.datatype == _BOOLEAN and value.value in ("true", "false") and coerced is None:
        return value.value == "true"
    typed = {} if value.datatype == _STRING else {"@type": name_of(value.datatype, base)}
    return {"@value": value.value, **typed}


def _whole(text: str) -> int | None:
    # Beyond 2^53 readers of JSON round.
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 16 else None


def _alone(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def name_of(node: NamedNode, base: str) -> str:
    """The name of an IRI by the prefixes of the context; the IRI itself where it has none."""
    if base == BASE:
        return compact(node)
    if node.value.startswith(base):
        name = compact(NamedNode(BASE + node.value[len(base) :]))
        return name if name.partition(":")[0] in ENTITIES else node.value
    name = compact(node)
    return node.value if name.partition(":")[0] in ENTITIES else name
