"""Records of the graph for view models: what is stated of a few entities, by property, and their names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label, best_label, interface_language
from graph.query.ask import display_labels
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, local_name_of, short_name
from graph.rdf.words import words_of_standards
from graph.server.entity.kind_words import kind_word

# Words that the pages of all kinds have.
COMMON_TEXTS = {"formats": Label("Last ned som", "Download as")}
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
LOOKUPS = Path(__file__).parent / "lookups"


@dataclass(frozen=True, slots=True)
class Name:
    """An entity with the name that a reader is shown, and the language tag of that name: empty where it has none."""

    text: str
    lang: str = ""
    iri: str = ""


class Record:
    """What is stated of one entity, by the compact names of properties."""

    __slots__ = ("_values", "entity")

    def __init__(self, entity: NamedNode, values: Mapping[NamedNode, list[Term]] | None = None) -> None:
        """Take the values of each property, in any order."""
        self.entity = entity
        self._values = values or {}

    def values(self, name: str | NamedNode) -> list[Term]:
        """Return the values of a property, given by its compact name or its IRI, sorted."""
        values = self._values.get(iri(name) if isinstance(name, str) else name, ())
        return sorted(values, key=str) if len(values) > 1 else list(values)

    def properties(self) -> list[NamedNode]:
        """Return the properties that the entity has, sorted."""
        return sorted(self._values, key=str)

    def nodes(self, name: str | NamedNode) -> list[NamedNode]:
        """Return the entities that a property leads to, sorted."""
        return [value for value in self.values(name) if isinstance(value, NamedNode)]

    def node(self, name: str) -> NamedNode | None:
        """Return the first entity that a property leads to; None where there is none."""
        return next(iter(self.nodes(name)), None)

    def literals(self, name: str | NamedNode) -> list[Literal]:
        """Return the texts and numbers of a property, sorted."""
        return [value for value in self.values(name) if isinstance(value, Literal)]

    def value(self, name: str) -> str:
        """Return the first value of a property as text; empty where there is none."""
        return next((value.value for value in self.values(name)), "")

    def text(self, name: str, lang: str) -> Name | None:
        """Return the text of a property that a reader of ``lang`` is shown; None where there is none."""
        by_language: dict[str, Literal] = {}
        for each in self.literals(name):
            by_language.setdefault((each.language or "").lower(), each)
        if not by_language:
            return None
        chosen = best_label(by_language, lang)
        return Name(chosen.value, chosen.language or "")

    def types(self) -> set[Term]:
        """Return the classes of the entity."""
        return set(self.values("rdf:type"))

    def __bool__(self) -> bool:
        return bool(self._values)


def records_of(things: Iterable[Term | None], run: QueryFn) -> dict[Term | None, Record]:
    """Return what is stated of each of these entities; of one of which nothing is, an empty record."""
    nodes = {thing for thing in things if isinstance(thing, NamedNode)}
    values: dict[Term | None, dict[NamedNode, list[Term]]] = {node: defaultdict(list) for node in nodes}
    for thing, name, value in lookup_rows(nodes, LOOKUPS / "statements.rq", run):
        if isinstance(name, NamedNode) and value is not None:
            values[thing][name].append(value)
    return {node: Record(node, values[node]) for node in nodes}


def names_of(things: Iterable[Term | None], run: QueryFn, lang: str) -> dict[Term | None, Name]:
    """Return the names of entities that a reader of ``lang`` is shown; one without a label by the word for its kind."""
    nodes = {thing for thing in things if isinstance(thing, NamedNode)}
    labels = display_labels(run, nodes, lang)
    return {node: _name(node, labels.get(node), lang) for node in nodes}


def _name(node: NamedNode, label: Literal | None, lang: str) -> Name:
    if label is not None:
        return Name(label.value, label.language or "", node.value)
    if node.value.startswith(_MEDIA_TYPES):
        return Name(node.value.removeprefix(_MEDIA_TYPES), "", node.value)
    word = words_of_standards().get(node) or kind_word(short_name(node))
    return Name(in_language(word, lang) if word else _in_words(node), "", node.value)


def _in_words(node: NamedNode) -> str:
    """Return the local name of a term of others as words: "was derived from"; the address of a page of others."""
    name = local_name_of(node)
    is_term = re.fullmatch(r"[A-Za-z]+", name) is not None
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() if is_term else node.value


def in_language(label: Label, lang: str) -> str:
    """Return a label of the house for a reader of ``lang``: in nb or en."""
    return label.nb if interface_language(lang) == "nb" else label.en or label.nb


def capitalized(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def capitalized_name(name: Name) -> Name:
    """Return a name that begins with a capital letter, as at the head of a page or a sentence."""
    return Name(capitalized(name.text), name.lang, name.iri)
