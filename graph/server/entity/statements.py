"""How an entity is built up: its statements, for the few who look for them; pages of kinds fold them away."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.results import QueryFn
from graph.rdf.terms import local_name_of, short_name
from graph.server.entity.description import Value, describe
from graph.server.entity.kind_words import kind_word
from graph.server.entity.records import Name, in_language

TEXTS = {
    "built": Label("Slik er det bygd opp", "How it is built up"),
    "built_note": Label(
        "Opplysningene om dette i dataene, slik de er lagret, og hva de er avledet av.",
        "The statements about this in the data, as they are stored, and what they follow from.",
    ),
    "outgoing": Label("Opplysninger", "Facts"),
    "incoming": Label("Nevnt i", "Mentioned in"),
    "cut": Label("Her står bare de første; det finnes flere.", "Only the first are shown here; there are more."),
    "address": Label("Adresse", "Address"),
}
# So many values of a property stand here; the formats for programs have all.
MAX_VALUES = 20
Group = tuple[str, tuple[Name, ...]]


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of an entity in both directions, by the names of properties. ``truncated``: there are more."""

    iri: str = ""
    outgoing: tuple[Group, ...] = ()
    incoming: tuple[Group, ...] = ()
    truncated: bool = False


def statements_of(entity: NamedNode, run: QueryFn, lang: str) -> Statements:
    """Return the statements of an entity, without proof: that stands where the page says the same in words."""
    description = describe(entity, run, lang, proven=False)
    if description is None:
        return Statements(entity.value)
    both = (*description.outgoing, *description.incoming)
    return Statements(
        entity.value,
        _groups(description.outgoing, lang),
        _groups(description.incoming, lang),
        description.truncated or any(len(values) > MAX_VALUES for _, values in both),
    )


def _groups(groups: list[tuple[str, list[Value]]], lang: str) -> tuple[Group, ...]:
    return tuple((name, tuple(_names(values[:MAX_VALUES], lang))) for name, values in groups)


def _names(values: list[Value], lang: str) -> Iterator[Name]:
    """Yield the names of values; of two of ours with the same text, each says its kind and id.

    Classes of several vocabularies that one word stands for are named once.
    """
    counts = Counter(value.text for value in values)
    shown: set[str] = set()
    for value in values:
        if value.entity is None or counts[value.text] == 1:
            yield Name(value.text, "", value.entity.value if value.entity else "")
        elif which := _which(value.entity, lang):
            yield Name(f"{value.text} ({which})", "", value.entity.value)
        elif value.text not in shown:
            shown.add(value.text)
            yield Name(value.text, "", value.entity.value)


def distinct_names(names: Iterable[Name], lang: str) -> tuple[Name, ...]:
    """Return names of entities; of those with the same text, each says its kind and id."""
    names = list(names)
    counts = Counter(name.text for name in names)
    return tuple(
        Name(f"{name.text} ({which})", name.lang, name.iri)
        if counts[name.text] > 1 and (which := _which(NamedNode(name.iri), lang))
        else name
        for name in names
    )


def _which(entity: NamedNode, lang: str) -> str:
    """Return the kind and the id of an entity; nothing for those of others."""
    kind = kind_word(short_name(entity))
    return f"{in_language(kind, lang)} {local_name_of(entity)}" if kind else ""
