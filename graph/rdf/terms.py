"""RDF terms: the one place where an IRI is formed of a compact name, and named again; and literals."""

import re
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from graph.model.iris import BASE, ENTITIES, LOCAL_NAME, PREFIXES, VOCABULARY

_PREFIX_OF = {start: prefix for prefix, start in PREFIXES.items()}


@lru_cache(maxsize=8192)
def iri(name: str) -> NamedNode:
    """Return the IRI of a compact name. Raise ValueError for an unknown prefix or a local name that needs escapes."""
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES or not LOCAL_NAME.fullmatch(local):
        raise ValueError(f"not a compact name: {name!r}")
    return NamedNode(PREFIXES[prefix] + local)


def compact(node: NamedNode) -> str:
    """Return the compact name of an IRI, the inverse of ``iri``; the IRI itself if it has none."""
    end = max(node.value.rfind("/"), node.value.rfind("#")) + 1
    prefix = _PREFIX_OF.get(node.value[:end])
    return f"{prefix}:{node.value[end:]}" if prefix else node.value


def local_name_of(node: NamedNode) -> str:
    """Return the local name of an IRI under any base: ``laila-bokhari``."""
    return node.value[max(node.value.rfind("/"), node.value.rfind("#")) + 1 :]


@lru_cache(maxsize=8192)
def short_name(node: NamedNode) -> str:
    """Return the compact name of an IRI under any base, ``person:laila-bokhari``; the IRI itself if it is not ours."""
    name = local_name_of(node)
    prefix = _prefix(node.value.removesuffix(name))
    return f"{prefix}:{name}" if prefix else compact(node)


@lru_cache(maxsize=1024)
def _prefix(start: str) -> str:
    """Return the prefix whose folder ends this address, under any base; an empty string if no folder of ours does."""
    folders = (ENTITIES | VOCABULARY).items()
    lengths = ((len(folder), prefix) for prefix, folder in folders if start.endswith(f"/{folder}"))
    return max(lengths, default=(0, ""))[1]


def rebase_iri(node: NamedNode, base: str) -> NamedNode:
    """Return the IRI of the same thing under another base; terms of vocabularies stay as they are."""
    if not node.value.startswith(BASE):
        return node
    path = node.value[len(BASE) :]
    moves = any(path.startswith(folder) for folder in ENTITIES.values())
    return NamedNode(base + path) if moves else node


def base_problem(base: str) -> str | None:
    """Return why a text cannot be the base IRI of a graph, or None if it can."""
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~%/-]*)?[/#]", base):
        return f"{base!r} is no base such as https://example.org/meetings/"
    return iri_problem(f"{base}event/x")


def iri_problem(address: str) -> str | None:
    """Return why a text cannot be an IRI in the graph, or None if it can."""
    try:
        NamedNode(address)
    except ValueError as error:
        return f"{address!r} is no address: {error}"
    return None


def lang_literal(value: str, language: str = "nb") -> Literal:
    """Return words of a page or a label as a literal in their language."""
    return Literal(value, language=language)


def calendar_literal(first: date | None, last: date | None) -> Literal | None:
    """Return the day, month or year in which both days lie; None where there is none, or where a side is open."""
    if first is None or last is None or first.year != last.year:
        return None
    if first == last:
        return date_literal(first)
    if first.month == last.month:
        return Literal(f"{first:%Y-%m}", datatype=iri("xsd:gYearMonth"))
    return Literal(f"{first:%Y}", datatype=iri("xsd:gYear"))


@lru_cache(maxsize=8192)
def date_literal(value: date) -> Literal:
    """Return an ``xsd:date``."""
    return Literal(value.isoformat(), datatype=iri("xsd:date"))
