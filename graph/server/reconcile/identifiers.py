"""Identifiers of people, bodies and areas: what a table has of them is compared figure by figure."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from graph.query.results import expect_table, text_of
from graph.registry.values import organisation_number_problem
from graph.server.reconcile.vocabulary import PROPERTIES
from graph.server.stores import query_fn
from graph.server.workers.published import published_store

LOOKUPS = Path(__file__).parent / "lookups"
SCHEMES = tuple(each.id for each in PROPERTIES.values() if each.role == "identifier")
# A number of one register may be another's in the next, and a register may give somebody two: it excludes nobody.
WITHOUT_VETO = ("register-id",)
_WIKIDATA = re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,11})", re.IGNORECASE)
_ORGANISATION = re.compile(r"(?:NO)?([0-9]{9})(?:MVA)?", re.IGNORECASE)
_AREA = re.compile(r"(?:K|F)?([0-9]{1,4})", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.\u00a0\u202f-]")


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The entities with an identifier, by scheme and value; the identifiers of an entity, by its IRI and scheme."""

    owners: Mapping[tuple[str, str], tuple[str, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]

    def of(self, iri: str, scheme: str) -> tuple[str, ...]:
        """Return the identifiers of an entity in a scheme."""
        return self.values.get(iri, {}).get(scheme, ())


# A worker has one build for all its life.
@lru_cache(maxsize=1)
def identifiers(store: Store, folder: Path, base: str) -> Identifiers:
    """Return all identifiers of a build, those of areas that no source names too."""
    query = (LOOKUPS / "identifiers.rq").read_text(encoding="utf-8")
    owners: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    values: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for each in (store, published_store(folder, base)):
        for thing, scheme, value in expect_table(query_fn(each)(query)).rows:
            iri, name = text_of(thing), text_of(scheme)
            text = normal_value(name, text_of(value)) or text_of(value)
            owners[name, text][iri] = None
            values[iri][name][text] = None
    return Identifiers(
        {key: tuple(iris) for key, iris in owners.items()},
        {iri: {name: tuple(texts) for name, texts in named.items()} for iri, named in values.items()},
    )


def normal_value(scheme: str, text: str) -> str:
    """Return an identifier as it is compared; an empty text for what is none of its scheme."""
    if scheme == "wikidata":
        found = _WIKIDATA.fullmatch(text.strip())
        return found[1].upper() if found else ""
    if scheme == "organisation-number":
        found = _ORGANISATION.fullmatch(_BETWEEN.sub("", text))
        # Its last figure checks the others: one with an error is nobody's, and neither proves nor excludes.
        return found[1] if found and organisation_number_problem(found[1]) is None else ""
    if scheme == "area-number":
        found = _AREA.fullmatch(_BETWEEN.sub("", text))
        # Spreadsheets drop the zero before 301.
        return (found[1].zfill(4) if len(found[1]) > 2 else found[1].zfill(2)) if found else ""
    return text.strip()


def normal_values(scheme: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return those of the texts that are identifiers of a scheme, as they are compared."""
    return tuple(value for text in texts if (value := normal_value(scheme, text)))
