"""Looking up what the page is told: the queries of ``lookups/``, and terms as plain words."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.query.results import QueryFn, Table, Term, expect_table
from graph.rdf.terms import short_name

LOOKUPS = Path(__file__).parent / "lookups"
# Details of which an entity has one; of all others it has a list.
SINGLE = ("status", "earliest", "latest", "attendance", "atLeast", "asksFor", "until")
Data = dict[str, Any]


def run_lookup(run: QueryFn, lookup: str) -> Table:
    """The answer to one of the look-ups."""
    return expect_table(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8")))


def name_of(term: Term | None) -> str:
    """The short name of one of our entities, the IRI of any other, the words of a literal; nothing of nothing."""
    if isinstance(term, NamedNode):
        return short_name(term)
    return "" if term is None else term.value


def words_of(term: Term | None) -> str:
    """A literal's words or an IRI, as text; nothing of nothing."""
    return "" if term is None else term.value


def details_of(run: QueryFn) -> dict[str, Data]:
    """Of each entity its details; labels and definitions by language."""
    found: dict[str, Data] = defaultdict(dict)
    for entity, detail, value in run_lookup(run, "details").rows:
        known, kind = found[name_of(entity)], words_of(detail)
        known["iri"] = words_of(entity)
        if kind in ("label", "definition") and isinstance(value, Literal):
            known.setdefault(kind, {})[value.language or "nb"] = value.value
        elif kind in SINGLE:
            known[kind] = name_of(value)
        else:
            known.setdefault(kind, []).append(name_of(value))
    return found


def label_in(details: Mapping[str, Data], name: str) -> Data:
    """What an entity is called, by language."""
    label: Data = details.get(name, {}).get("label", {})
    return label
