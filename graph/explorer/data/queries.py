"""Run the queries of ``lookups/`` on a build, and collect what they give of each entity."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    # Sorted here: where nearly every list has one value, a store takes longer to sort all rows than to find them.
    entities: dict[str, Term | None] = {}
    by_entity: defaultdict[str, defaultdict[str, list[Term | None]]] = defaultdict(lambda: defaultdict(list))
    for entity, detail, value in run_lookup(run, "details").rows:
        entities[words_of(entity)] = entity
        by_entity[words_of(entity)][words_of(detail)].append(value)
    return {name_of(entities[address]): _details(address, found) for address, found in by_entity.items()}


def _details(address: str, found: Mapping[str, Sequence[Term | None]]) -> Details:
    """Return the details of one entity from all values of each; of several where one can be, the last."""
    facts = Details(address)
    for detail, several in found.items():
        values = several if len(several) == 1 else sorted({*several}, key=_sparql_order)
        if detail == "label":
            # A label in no language repeats one that is in one.
            labels = {value.language or "": value.value for value in values if isinstance(value, Literal)}
            facts.label = {tag: label for tag, label in labels.items() if tag} or labels
        elif detail in SINGLE:
            facts.single[detail] = name_of(values[-1])
        else:
            facts.lists[detail] = [name_of(value) for value in values]
    return facts


def _sparql_order(term: Term | None) -> tuple[bool, int, str, str]:
    """Return the key by which IRIs and literals are sorted as ORDER BY sorts them: IRIs first, numbers by value."""
    if not isinstance(term, Literal):
        return False, 0, words_of(term), ""
    number = int(term.value) if term.datatype.value.endswith("#integer") else 0
    return True, number, term.value, term.language or ""


def label_in(details: Mapping[str, Details], name: str) -> Label:
    """Return what an entity is called, by language."""
    return details[name].label if name in details else {}
