"""Names: the one place where an IRI is formed.

Inside the program a thing goes by its compact name, ``event:haugesund-2014-12``. ``iri`` expands it. Local names are
made of letters, digits, ``-`` and ``.`` only, so that they can be written in SPARQL and Turtle without escapes.
"""

import re
import unicodedata
from functools import lru_cache

from pyoxigraph import NamedNode

BASE = "https://w3id.org/motegraf/"

# What a corpus makes: these move with ``--base-iri``.
ENTITIES = {
    "event": "event/",
    "series": "series/",
    "participation": "participation/",
    "possible": "possible/",
    "utterance": "utterance/",
    "audience": "audience/",
    "letter": "letter/",
    "plan": "plan/",
    "person": "person/",
    "organisation": "organisation/",
    "group": "group/",
    "post": "post/",
    "membership": "membership/",
    "interval": "interval/",
    "change": "change/",
    "conflict": "conflict/",
    "kommune": "area/no/kommune/",
    "fylke": "area/no/fylke/",
    "when": "time/",
    "claim": "claim/",
    "quote": "quote/",
    "page": "page/",
    "graph": "graph/",
    "catalogue": "catalogue/",
}

# The vocabulary: the same words whoever publishes with them.
VOCABULARY = {
    "role": "role/",
    "status": "status/",
    "attendance": "attendance/",
    "kind": "kind/",
    "topic": "topic/",
    "list": "list/",
    "reading": "reading/",
    "body-type": "body-type/",
    "question": "question/",
    "mg": "ontology#",
}

STANDARDS = {
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "opengov": "http://www.w3.org/ns/opengov#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREFIXES = {name: BASE + path for name, path in (ENTITIES | VOCABULARY).items()} | STANDARDS

# Relations that a claims file may set between two things, and the term each is concluded as.
RELATIONS = {
    "coordinator": "mg:coordinator",
    "extends": "mg:extends",
    "influenced-by": "prov:wasInfluencedBy",
    "references": "dct:references",
    "scheduled-before": "mg:scheduledBefore",
}

LOCAL_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PREFIX_OF = {start: prefix for prefix, start in PREFIXES.items()}
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŧ": "t", "ŋ": "n"})


@lru_cache(maxsize=8192)
def iri(name: str) -> NamedNode:
    """The IRI of a compact name; ValueError where the prefix is unknown or the local name needs escapes."""
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES or not LOCAL_NAME.fullmatch(local):
        raise ValueError(f"not a compact name: {name!r}")
    return NamedNode(PREFIXES[prefix] + local)


def local(name: str) -> str:
    """``haugesund-2014-12`` of ``event:haugesund-2014-12``."""
    return name.partition(":")[2]


def compact(node: NamedNode) -> str:
    """The compact name of an IRI, the inverse of ``iri``; the IRI itself where it has none."""
    end = max(node.value.rfind("/"), node.value.rfind("#")) + 1
    prefix = _PREFIX_OF.get(node.value[:end])
    return f"{prefix}:{node.value[end:]}" if prefix else node.value


def local_of(node: NamedNode) -> str:
    """The local name of an IRI, whatever its base: ``laila-bokhari``."""
    return re.split("[/#]", node.value)[-1]


@lru_cache(maxsize=8192)
def short(node: NamedNode) -> str:
    """``person:laila-bokhari``, whatever the base of a build; the IRI itself where it is none of ours."""
    name = local_of(node)
    prefix = _prefix(node.value.removesuffix(name))
    return f"{prefix}:{name}" if prefix else compact(node)


@lru_cache(maxsize=1024)
def _prefix(start: str) -> str:
    """The prefix whose folder an address begins with, whatever its base; nothing where none of ours is in it."""
    folders = (ENTITIES | VOCABULARY).items()
    found = ((len(folder), prefix) for prefix, folder in folders if start.endswith(f"/{folder}"))
    return max(found, default=(0, ""))[1]


def slug(text: str) -> str:
    """``ostfold-politidistrikt`` of "Østfold politidistrikt": a readable local name."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def rebased(node: NamedNode, base: str) -> NamedNode:
    """The same thing under another base IRI; words of the vocabulary and of standards stay what they are."""
    if not node.value.startswith(BASE):
        return node
    path = node.value[len(BASE) :]
    moves = any(path.startswith(folder) for folder in ENTITIES.values())
    return NamedNode(base + path) if moves else node


def prefixes_under(base: str) -> dict[str, str]:
    """All prefixes as they are in a graph that is published under another base."""
    return PREFIXES | {name: base + path for name, path in ENTITIES.items()}


def base_problem(base: str) -> str | None:
    """Why a base IRI cannot be one, or None where it can."""
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~%/-]*)?[/#]", base):
        return f"{base!r} is no base such as https://example.org/meetings/"
    return address_problem(f"{base}event/x")


def address_problem(address: str) -> str | None:
    """Why an address cannot stand in the graph, or None where it can."""
    try:
        NamedNode(address)
    except ValueError as error:
        return f"{address!r} is no address: {error}"
    return None
