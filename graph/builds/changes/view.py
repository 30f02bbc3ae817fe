"""A dataset as readers see it: of an entity its values by property, its label, and the words that prove claims."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from graph.builds.changes.records import Quote
from graph.builds.sorted_nquads import SortedNQuads
from graph.model.days import date_in_words
from graph.model.iris import PREFIXES
from graph.model.labels import Label, best_label
from graph.model.sources import LAST, parse_fragment
from graph.rdf.statements import parse_nquads
from graph.rdf.terms import iri, short_name
from graph.rdf.words import words_of_standards

Term = NamedNode | Literal
# The values of an entity by the compact name of the property, each once, in the order of the dataset.
Values = Mapping[str, Sequence[Term]]
_DATES = frozenset(iri(f"xsd:{name}") for name in ("date", "gYearMonth", "gYear"))
_TIME = iri("xsd:time")
_BOOLEAN = {"true": Label("ja", "yes"), "false": Label("nei", "no")}
# So many entities of a dataset are remembered.
_REMEMBERED = 20_000


class View:
    """A dataset, read entity by entity. Of a few thousand entities what was read is remembered."""

    def __init__(self, statements: SortedNQuads, others: SortedNQuads) -> None:
        """Take the dataset, and another one that is asked for the labels of what this one does not name."""
        self._statements, self._others = statements, others
        self.values = lru_cache(_REMEMBERED)(self._values)
        self.label = lru_cache(_REMEMBERED)(self._label)

    def _values(self, entity: str) -> Values:
        """Return what the dataset states of an entity, given by its IRI."""
        return _by_property(self._statements.about(entity))

    def _label(self, entity: str) -> Label:
        """Return the best labels of an entity, in Norwegian and in English; its compact name where it has none."""
        node = NamedNode(entity)
        for values in (self.values(entity), _by_property(self._others.about(entity))):
            labels = _by_language(values.get("rdfs:label", ()))
            if labels:
                return Label(best_label(labels, "nb"), best_label(labels, "en"))
        return words_of_standards().get(node) or Label(short_name(node), short_name(node))

    def words(self, term: Term) -> Label:
        """Return a value in words: the label of an entity, a day in words, else the text."""
        if isinstance(term, NamedNode):
            return self.label(term.value)
        if term.datatype in _DATES:
            return date_in_words(term.value)
        if term.datatype == _TIME:
            return Label(term.value.removesuffix(":00"), term.value.removesuffix(":00"))
        return _BOOLEAN.get(term.value) or Label(term.value, term.value)

    def property_label(self, name: str) -> Label:
        """Return what a property is called, given by its compact name or its IRI."""
        prefix, _, local = name.partition(":")
        node = NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name)
        return words_of_standards().get(node) or self.label(node.value)

    def quotes(self, claims: Iterable[str], *properties: str) -> tuple[Quote, ...]:
        """Return the words of sources to which these properties of claims lead, in the order in which they stand."""
        found = {
            quote
            for claim in claims
            for name in properties
            for evidence in self.values(claim).get(name, ())
            if (quote := self.quote(evidence.value))
        }
        return tuple(sorted(found, key=_reading_order))

    def quote(self, evidence: str) -> Quote | None:
        """Return the words of a piece of evidence; None where it has none."""
        values = self.values(evidence)
        texts = [value for value in values.get("schema:text", ()) if isinstance(value, Literal)]
        if not texts:
            return None
        source = first(values, "prov:wasQuotedFrom")
        of_source = self.values(source) if source else {}
        title = self.label(source).nb if source else ""
        text = texts[0]
        return Quote(text.value, text.language or "", first(values, "rdf:value"), title, first(of_source, "schema:url"))


def first(values: Values, name: str) -> str:
    """Return the first value of a property; an empty text where there is none."""
    return values[name][0].value if values.get(name) else ""


def entities(values: Values, *names: str) -> list[str]:
    """Return the IRIs to which these properties lead."""
    return [value.value for name in names for value in values.get(name, ()) if isinstance(value, NamedNode)]


def _by_property(lines: Sequence[str]) -> Values:
    values: defaultdict[str, dict[Term, None]] = defaultdict(dict)
    for quad in parse_nquads(lines) if lines else ():
        if isinstance(quad.object, NamedNode | Literal):
            values[short_name(quad.predicate)][quad.object] = None
    return {name: [*terms] for name, terms in values.items()}


def _by_language(terms: Iterable[Term]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for term in terms:
        if isinstance(term, Literal):
            tag = (term.language or "").lower()
            labels[tag] = min(term.value, labels.get(tag, term.value))
    return labels


def _reading_order(quote: Quote) -> tuple[object, ...]:
    selector = parse_fragment(quote.source, quote.position)
    return quote.source, selector.order if selector else LAST, quote
