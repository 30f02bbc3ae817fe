"""JSON-LD with short keys, by the context of ``context.jsonld`` here, which every file carries.

``id``, ``type`` and ``label`` are keys of their own; every other key is the prefixed name of a property. No file needs
to fetch a context.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from graph.model.iris import BASE, ENTITIES
from graph.rdf.serialize import graph_key
from graph.rdf.terms import compact, iri

CONTEXT_FILE = Path(__file__).parent / "context.jsonld"
Json = dict[str, Any]
Statement = Quad | Triple
# What an IRI becomes as the value of a property: a reference, or the whole entity.
ReferFn = Callable[[NamedNode, NamedNode], Json | str]
_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")
_STRING, _INTEGER, _BOOLEAN = (iri(f"xsd:{name}") for name in ("string", "integer", "boolean"))


@cache
def context_under(base: str) -> Json:
    """Return the terms by which a graph under this base is written."""
    terms: Json = json.loads(CONTEXT_FILE.read_text(encoding="utf-8"))["@context"]
    return terms | ({} if base == BASE else {name: base + path for name, path in ENTITIES.items()})


def context_file(base: str) -> bytes:
    """Return the context as a file of its own, a line for each term."""
    return f'{{"@context": {_context(base)}}}\n'.encode()


def _context(base: str, used: Set[str] | None = None) -> str:
    """Return the context as JSON; with ``used``, those terms alone, and what they are defined by."""
    terms = context_under(base)
    if used is not None:
        used = {name for term in used & terms.keys() for name in (term, *_used_terms(terms[term]))}
        terms = {name: term for name, term in terms.items() if name in used or name.startswith("@")}
    lines = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in terms.items())
    return f"{{\n{lines}\n}}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def document_file(nodes: Iterable[Json], base: str, only_used: bool = False) -> bytes:
    """Return the nodes as a document with its context; with ``only_used``, with those of its terms that they use."""
    nodes = list(nodes)
    used = set(_used_terms(nodes)) if only_used else None
    body = ",\n".join(json.dumps(each, ensure_ascii=False, indent=1) for each in nodes)
    return f'{{"@context": {_context(base, used)},\n"@graph": [\n{body}\n]}}\n'.encode()


def _used_terms(value: object) -> Iterator[str]:
    """Yield what may be terms of the context: keys, and the prefixes of keys and texts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, key.partition(":")[0])
            yield from _used_terms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _used_terms(inner)
    elif isinstance(value, str):
        yield value.partition(":")[0]


def named_graphs_file(quads: Iterable[Quad], base: str) -> bytes:
    """Return quads, sorted by graph and subject, as a document of named graphs."""
    objects: list[Json] = []
    for _, group in groupby(quads, key=graph_key):
        statements = list(group)
        name: Any = statements[0].graph_name
        nodes = [node(subject, own, base) for subject, own in group_by_subject(statements)]
        objects += nodes if isinstance(name, DefaultGraph) else [{"id": compact_iri(name, base), "@graph": nodes}]
    return document_file(objects, base)


def group_by_subject(statements: Iterable[Statement]) -> list[tuple[NamedNode, list[Statement]]]:
    """Return each subject with its statements, which stand subject by subject; blank nodes are left out."""
    groups = ((subject, list(own)) for subject, own in groupby(statements, key=lambda each: each.subject))
    return [(subject, own) for subject, own in groups if isinstance(subject, NamedNode)]


def node(subject: NamedNode, own: Iterable[Statement], base: str, refer: ReferFn | None = None) -> Json:
    """Return an entity with its statements; objects are references, or what ``refer`` makes of them."""
    result: Json = {"id": compact_iri(subject, base)}
    for predicate, statements in groupby(own, key=lambda each: each.predicate):
        values: list[Any] = [each.object for each in statements]
        if predicate == _TYPE:
            result["type"] = _single_or_list([compact_iri(value, base) for value in values])
            continue
        key = "label" if predicate == _LABEL else compact_iri(predicate, base)
        term = context_under(base).get(key)
        coerced = term if isinstance(term, dict) else {}
        if coerced.get("@container") == "@language" and all(_is_text(value) for value in values):
            result[key] = _by_language(values)
        else:
            key = "rdfs:label" if key == "label" else key
            result[key] = _single_or_list(
                [_value(predicate, value, coerced.get("@type"), base, refer) for value in values]
            )
    return result


def _is_text(value: object) -> bool:
    return isinstance(value, Literal) and (value.language is not None or value.datatype == _STRING)


def _by_language(values: Iterable[Literal]) -> Json:
    texts: dict[str, list[str]] = {}
    for value in values:
        texts.setdefault(value.language or "@none", []).append(value.value)
    return {language: _single_or_list(values_in) for language, values_in in texts.items()}


def _value(predicate: NamedNode, value: Any, coerced: str | None, base: str, refer: ReferFn | None) -> Any:
    if isinstance(value, NamedNode):
        referred = refer(predicate, value) if refer else compact_iri(value, base)
        return {"id": referred} if isinstance(referred, str) and coerced != "@id" else referred
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if coerced is not None and coerced == compact_iri(value.datatype, base):
        return value.value
    if value.datatype == _STRING and coerced is None:
        return value.value
    if value.datatype == _INTEGER and value.value == str(_safe_integer(value.value)) and coerced is None:
        return _safe_integer(value.value)
    if value.datatype == _BOOLEAN and value.value in ("true", "false") and coerced is None:
        return value.value == "true"
    typed = {} if value.datatype == _STRING else {"@type": compact_iri(value.datatype, base)}
    return {"@value": value.value, **typed}


def _safe_integer(text: str) -> int | None:
    # Beyond 2^53 readers of JSON round.
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 16 else None


def _single_or_list(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def compact_iri(node: NamedNode, base: str) -> str:
    """Return the prefixed name of an IRI by the prefixes of the context, or the IRI where there is none."""
    if base == BASE:
        return compact(node)
    if node.value.startswith(base):
        name = compact(NamedNode(BASE + node.value[len(base) :]))
        return name if name.partition(":")[0] in ENTITIES else node.value
    name = compact(node)
    return node.value if name.partition(":")[0] in ENTITIES else name
