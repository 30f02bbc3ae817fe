"""Run the queries of ``lookups/`` on a build, and collect what they give of each entity."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.explorer.data.records import Label
from graph.query.results import QueryFn, Table, Term, expect_table
from graph.rdf.terms import short_name

LOOKUPS = Path(__file__).parent / "lookups"
# Details of which an entity has one; of all others it has a list.
SINGLE = ("status", "earliest", "latest", "attendance", "atLeast", "asksFor")


@dataclass(slots=True)
class Details:
    """What ``lookups/details.rq`` says of one entity: single values and lists, by the names that the look-up gives."""

    iri: str = ""
    label: Label = field(default_factory=dict)
    single: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    @property
    def derived_from(self) -> list[str]:
        """Return the names of the claims and memberships that the entity follows from."""
        return self.lists.get("from", [])


def run_lookup(run: QueryFn, lookup: str) -> Table:
    """Return the answer to one of the look-ups."""
    return expect_table(run((LOOKUPS / f"{lookup}.rq").read_text(encoding="utf-8")))


def name_of(term: Term | None) -> str:
    """Return the short name of an entity of ours, the IRI of any other, the words of a literal, "" for no term."""
    if isinstance(term, NamedNode):
        return short_name(term)
    return "" if term is None else term.value


def words_of(term: Term | None) -> str:
    """Return a literal's words or an IRI as text, "" for no term."""
    return "" if term is None else term.value


def details_of(run: QueryFn) -> dict[str, Details]:
    """Return the details of every entity, by short name."""
    result: dict[str, Details] = defaultdict(Details)
    for entity, detail, value in run_lookup(run, "details").rows:
        facts, kind = result[name_of(entity)], words_of(detail)
        facts.iri = words_of(entity)
        if kind == "label" and isinstance(value, Literal):
            facts.label[value.language or "nb"] = value.value
        elif kind in SINGLE:
            facts.single[kind] = name_of(value)
        else:
            facts.lists.setdefault(kind, []).append(name_of(value))
    # A plain dict: a defaultdict would add each key that is asked for.
    return dict(result)


def label_in(details: Mapping[str, Details], name: str) -> Label:
    """Return what an entity is called, by language."""
    return details[name].label if name in details else {}
