"""Records of what changed between two datasets, in Norwegian and English, as ``compare`` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from graph.builds.diff import Counts
from graph.model.labels import Label

Kind = Literal["added", "changed", "removed"]
KINDS: tuple[Kind, ...] = ("added", "changed", "removed")
# What a reader looks for, in this order.
GROUPS = {
    "meetings": Label("Møter", "Meetings"),
    "works": Label("Brev, planer og ytringer", "Letters, plans and statements"),
    "people": Label("Personer og grupper", "People and groups"),
    "bodies": Label("Organisasjoner", "Organisations"),
    "sources": Label("Kilder", "Sources"),
    "decisions": Label("Våre avgjørelser", "Decisions of ours"),
    "registry": Label("Registeret", "Registry"),
    "ontology": Label("Ontologien", "Ontology"),
    "other": Label("Annet", "Other"),
}


_KINDS = {
    "participation": Label("deltakelser", "participations"),
    "possible": Label("mulige deltakelser", "possible participations"),
    "utterance": Label("ytringer", "statements"),
    "audience": Label("målgrupper", "audiences"),
    "interval": Label("tidsrom", "intervals"),
    "when": Label("tidsangivelser", "times"),
    "claim": Label("påstander", "claims"),
    "evidence": Label("sitater", "quotes"),
    "selector": Label("steder i kilder", "places in sources"),
    "text": Label("arkiverte tekster", "archived texts"),
    "graph": Label("grafer", "graphs"),
    "person": Label("personer", "people"),
    "organisation": Label("organisasjoner", "organisations"),
    "event": Label("møter", "meetings"),
    "post": Label("verv", "offices"),
    "membership": Label("vervsperioder", "terms of office"),
    "kommune": Label("kommuner", "municipalities"),
    "fylke": Label("fylker", "counties"),
    "source": Label("kilder", "sources"),
    "mg": Label("ontologien", "the ontology"),
    "": Label("annet", "other things"),
}


def kind_label(kind: str) -> Label:
    """Return what entities of a kind are called together, by the prefix of their compact names."""
    return _KINDS.get(kind) or Label(kind, kind)


class Quote(NamedTuple):
    """Words of a source that prove something: their language and their place in it, the title of the source, its URL.

    ``language`` is empty where nothing says it, and ``position`` where the words have no place.
    """

    text: str
    language: str
    position: str
    source: str
    url: str


class Fact(NamedTuple):
    """Something that is stated of an entity before, after, or both: a property and its value, with what proves it.

    ``property`` is the same for what is about the same, ``label`` what it is called. ``language`` is the tag of a text
    that has one. Where the proof alone changed, there is no value at all.
    """

    property: str
    label: Label
    before: Label | None = None
    after: Label | None = None
    language: str = ""
    proof_before: tuple[Quote, ...] = ()
    proof_after: tuple[Quote, ...] = ()

    def inverse(self) -> "Fact":
        """Return the same as seen from the other side."""
        return Fact(
            *(self.property, self.label, self.after, self.before),
            *(self.language, self.proof_after, self.proof_before),
        )


class Item(NamedTuple):
    """An entity of which something changed: its kind (a prefix), and what it is called before and after.

    ``renamed_from`` is the IRI that it had before, where something says so. ``day`` is its latest day, to sort by.
    ``proof_before`` and ``proof_after`` are of the entity itself where it is new or gone. ``omitted`` counts facts that
    are not kept.
    """

    iri: str
    kind: str
    before: Label | None
    after: Label | None
    facts: tuple[Fact, ...] = ()
    day: str = ""
    renamed_from: str = ""
    proof_before: tuple[Quote, ...] = ()
    proof_after: tuple[Quote, ...] = ()
    omitted: int = 0

    @property
    def change(self) -> Kind:
        """Return whether the entity was added, changed or removed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def label(self) -> Label:
        """Return what the entity is called now, or was called last."""
        label = self.after or self.before
        assert label is not None
        return label

    def inverse(self) -> "Item":
        """Return the same as seen from the other side."""
        iri, renamed_from = (self.renamed_from, self.iri) if self.renamed_from else (self.iri, "")
        return Item(
            *(iri, self.kind, self.after, self.before, tuple(fact.inverse() for fact in self.facts)),
            *(self.day, renamed_from, self.proof_after, self.proof_before, self.omitted),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The items of a group, those that are kept of it, and how many there are of each kind of change."""

    items: tuple[Item, ...]
    counts: Mapping[Kind, int]

    @property
    def omitted(self) -> int:
        """Return how many items are not kept."""
        return sum(self.counts.values()) - len(self.items)


class Side(NamedTuple):
    """One of the two datasets: its name, and of a build its tag and the day whose knowledge it holds."""

    name: str
    tag: str | None = None
    known_on: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed: groups by name, those alone in which something did, in the order in which they are read.

    ``statements`` counts what came and went in all; ``supporting``, by kind of entity, those statements of it that no
    item shows: evidence, selectors, times and the like.
    """

    before: Side
    after: Side
    statements: Counts
    groups: Mapping[str, Group]
    supporting: Mapping[str, Counts]

    def named_by_tags(self) -> "Changes":
        """Return the same with builds named by their tags: where they lie is no matter of those who read it."""
        before, after = (side._replace(name=side.tag or "") for side in (self.before, self.after))
        return replace(self, before=before, after=after)

    def __bool__(self) -> bool:
        return any(self.statements)

    def inverse(self) -> "Changes":
        """Return the same as seen from the other side."""
        groups = {name: _inverse(group) for name, group in self.groups.items()}
        supporting = {kind: _swap(counts) for kind, counts in self.supporting.items()}
        return Changes(self.after, self.before, _swap(self.statements), groups, supporting)

    def limited(self, items: int, facts: int) -> "Changes":
        """Return the same with so many items of each group at most, the newest first, and so many facts of each item.

        What is left out is counted.
        """
        groups = {
            name: replace(group, items=tuple(_cut(item, facts) for item in reading_order(group.items, "nb")[:items]))
            for name, group in self.groups.items()
        }
        return replace(self, groups=groups)


def _cut(item: Item, most: int) -> Item:
    left_out = max(0, len(item.facts) - most)
    return item._replace(facts=item.facts[:most], omitted=item.omitted + left_out)


def reading_order(items: tuple[Item, ...], lang: str) -> tuple[Item, ...]:
    """Return the items as they are read: what is new, what changed, what is gone; newest first, then by name."""
    by_name = sorted(items, key=lambda item: (getattr(item.label, lang).casefold(), item.iri))
    by_day = sorted(by_name, key=lambda item: item.day, reverse=True)
    return tuple(sorted(by_day, key=lambda item: KINDS.index(item.change)))


def _inverse(group: Group) -> Group:
    opposite: dict[Kind, Kind] = {"added": "removed", "removed": "added", "changed": "changed"}
    counts = {opposite[kind]: count for kind, count in group.counts.items()}
    items = tuple(sorted((item.inverse() for item in group.items), key=lambda item: item.iri))
    return Group(items, {kind: counts[kind] for kind in KINDS if kind in counts})


def _swap(counts: Counts) -> Counts:
    return Counts(counts.removed, counts.added)
