"""The names of things: prefixes, compact names and local names, all as plain strings.

Inside the program a thing is identified by its compact name, ``event:haugesund-2014-12``. ``graph.rdf.terms.iri``
expands it to an IRI. Local names consist of letters, digits, ``-`` and ``.`` only, so that SPARQL and Turtle need no
escapes.
"""

import re
import unicodedata
from hashlib import blake2b

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
    "actor": "actor/",
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
    "evidence": "evidence/",
    "inference": "inference/",
    "decision": "decision/",
    "selector": "selector/",
    "source": "source/",
    "text": "text/",
    "table": "table/",
    "column": "column/",
    "graph": "graph/",
    "catalogue": "catalogue/",
}

# The vocabulary: the same words whoever publishes with them.
VOCABULARY = {
    "role": "role/",
    "status": "status/",
    "attendance": "attendance/",
    "kind": "kind/",
    "mode": "mode/",
    "standing": "standing/",
    "topic": "topic/",
    "list": "list/",
    "reading": "reading/",
    "basis": "basis/",
    "body-type": "body-type/",
    "question": "question/",
    "shape": "shape/",
    "mg": "ontology#",
}

STANDARDS = {
    "cv": "http://data.europa.eu/m8g/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
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
    "moved-to": "mg:movedTo",
    "influenced-by": "mg:influencedBy",
    "references": "dct:references",
    "scheduled-before": "mg:scheduledBefore",
}

LOCAL_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŧ": "t", "ŋ": "n"})


def local_name(name: str) -> str:
    """Return the local name of a compact name: ``haugesund-2014-12`` of ``event:haugesund-2014-12``."""
    return name.partition(":")[2]


def participation_name(event: str, agent: str) -> str:
    """Return the compact name of the participation of an agent in an event, both given by their compact names."""
    return f"participation:{local_name(event)}.{local_name(agent)}"


def possible_name(event: str, agent: str) -> str:
    """Return the compact name of the possible participation of a candidate in an event, both by their compact names."""
    return f"possible:{local_name(event)}.{local_name(agent)}"


def interval_name(thing: str) -> str:
    """Return the compact name of the interval that an event or a series takes up, given by its compact name."""
    return f"interval:{thing.replace(':', '.')}"


def instant_names(interval: str) -> tuple[str, str]:
    """Return the compact names of the beginning and the end of an interval."""
    return f"{interval}.beginning", f"{interval}.end"


def slug(text: str) -> str:
    """Return a readable local name made of a text: ``ostfold-politidistrikt`` of "Østfold politidistrikt"."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def entry_key(key: str) -> str:
    """Return the local name of a key that a register gives: its slug, with 8 hex digits where the slug loses signs.

    Raise ValueError where the key is empty: it would join all that have none.
    """
    if not key.strip():
        raise ValueError("the key is empty")
    short = slug(key)
    return short if short == key else f"{short[:80].rstrip('-') or 'x'}-{_hex(key, 4)}"


def actor_key(kind: str, name: str | None, id: str | None, event: str = "") -> str:
    """Return the local name of somebody whom a register names, without the register's.

    An identifier makes it; without one, the kind and the name do, with white space folded and nothing else. Those whom
    a register calls by no name of their own ("various NGOs") are others at each ``event``.
    """
    if id:
        return entry_key(f"person-{id}" if kind == "person" else id)
    folded = " ".join((name or "").split())
    if not folded:
        raise ValueError("neither a name nor an identifier tells who it is")
    return _hex(f"{kind}\n{event}\n{folded}", 6)


def _hex(text: str, length: int) -> str:
    return blake2b(text.encode(), digest_size=length).hexdigest()


def prefixes_under(base: str) -> dict[str, str]:
    """Return all prefixes of a graph that is published under this base IRI."""
    return PREFIXES | {name: base + path for name, path in ENTITIES.items()}
