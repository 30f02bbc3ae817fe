"""Look up what a graph says of an entity, for formats that are no RDF: values by subject and property, and labels."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.model.labels import best_label
from graph.rdf.statements import parse_nquads
from graph.rdf.terms import iri, local_name_of

Value = NamedNode | Literal


class GraphIndex:
    """The statements of N-Quads lines by subject and property, graphs merged; labels for the readers of a language.

    Everything comes in the order of IRIs or of texts, whatever the order of the lines.
    """

    def __init__(self, rows: Iterable[str], lang: str) -> None:
        self.lang = lang
        self._values: defaultdict[NamedNode, defaultdict[NamedNode, set[Value]]] = defaultdict(lambda: defaultdict(set))
        self._instances: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
        rdf_type = iri("rdf:type")
        for quad in parse_nquads(rows):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._values[quad.subject][quad.predicate].add(quad.object)
                if quad.predicate == rdf_type and isinstance(quad.object, NamedNode):
                    self._instances[quad.object].add(quad.subject)

    def instances(self, *classes: str) -> list[NamedNode]:
        """Return the entities of any of these classes, given by their compact names."""
        return _sorted({each for name in classes for each in self._instances.get(iri(name), ())})

    def is_a(self, entity: NamedNode, *classes: str) -> bool:
        """Return whether an entity has one of these classes."""
        return any(entity in self._instances.get(iri(name), ()) for name in classes)

    def entities(self, subject: NamedNode, *properties: str) -> list[NamedNode]:
        """Return the entities that any of these properties leads to."""
        return _sorted({value for value in self._objects(subject, properties) if isinstance(value, NamedNode)})

    def texts(self, subject: NamedNode, *properties: str) -> list[str]:
        """Return the values of these properties that are text: those without a language, and those in the best one."""
        values = [value for value in self._objects(subject, properties) if isinstance(value, Literal)]
        plain = {value.value for value in values if value.language is None}
        tagged: defaultdict[str, set[str]] = defaultdict(set)
        for value in values:
            if value.language is not None:
                tagged[value.language.lower()].add(value.value)
        return sorted(plain | (best_label(tagged, self.lang) if tagged else set()))

    def texts_in_all_languages(self, subject: NamedNode, *properties: str) -> set[str]:
        """Return the values of these properties that are text, in whatever language."""
        return {value.value for value in self._objects(subject, properties) if isinstance(value, Literal)}

    def other_names(self, entity: NamedNode) -> list[str]:
        """Return what an entity is called besides its label: in other languages, and by other names."""
        names = self.texts_in_all_languages(entity, "rdfs:label", "schema:alternateName", "foaf:name")
        return sorted(names - {self.label(entity)})

    def one(self, subject: NamedNode, *properties: str) -> str | None:
        """Return the only text of these properties, or None where there is none or several differ."""
        values = self.texts(subject, *properties)
        return values[0] if len(values) == 1 else None

    def label(self, entity: NamedNode) -> str:
        """Return the best label of an entity for a reader of the language of the index; else its local name.

        Where an entity has several labels in a language, the first of the alphabet is its label.
        """
        labels: dict[str, str] = {}
        for value in self._objects(entity, ("rdfs:label",)):
            if isinstance(value, Literal):
                tag = (value.language or "").lower()
                labels[tag] = min(value.value, labels.get(tag, value.value))
        return best_label(labels, self.lang) if labels else local_name_of(entity)

    def _objects(self, subject: NamedNode, properties: Iterable[str]) -> Iterable[Value]:
        own = self._values.get(subject)
        return () if own is None else [value for name in properties for value in own.get(iri(name), ())]


def _sorted(entities: Iterable[NamedNode]) -> list[NamedNode]:
    return sorted(entities, key=lambda each: each.value)
