"""Records of the registry: people, bodies, posts and areas, each fact with its source.

Unknown values are None, contradictory ones a conflict, and an id stands here only with its source. Bounds in days
include both ends.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from graph.model.edtf import ANY_DAY, Bounds
from graph.model.labels import Label

# All of them stand between the halves of a double name.
DASHES = "-‐‑‒–—―−"
# The first day for which the list of municipalities is complete.
AREAS_KNOWN_FROM = date(2014, 1, 1)


class Sourced(NamedTuple):
    """A value and the source that reports it."""

    value: str
    source: str


class Conflict(NamedTuple):
    """Sources disagree about a fact; all that they report is kept."""

    fact: str
    reported: tuple[Sourced, ...]


class Area(NamedTuple):
    """A municipality or county with one territory. Days are inclusive; None is not recorded, or open.

    ``also`` are its other names, each in the language at the same place of ``also_in``.
    """

    id: str
    number: str
    name: str
    also: tuple[str, ...]
    also_in: tuple[str, ...]
    valid_from: date | None
    valid_through: date | None
    county: str | None
    body: str | None
    wikidata: Sourced | None
    source: str

    @property
    def exists(self) -> Bounds:
        """The days on which the area existed."""
        return Bounds(self.valid_from, self.valid_through)


class DatedName(NamedTuple):
    """A name that somebody had between days, as far as they are known, and the source that says so."""

    name: str
    used: Bounds
    source: str | None


class Position(NamedTuple):
    """A point in degrees (WGS 84), and what it is a point of: ``centroid 2019``."""

    lon: float
    lat: float
    basis: str


class Change(NamedTuple):
    """On a day, one area or body became another, whole or in part."""

    day: date
    before: str
    after: str
    whole: bool
    source: str


class Person(NamedTuple):
    """Somebody in a public role."""

    id: str
    name: str
    also: tuple[str, ...]
    wikidata: Sourced | None
    party: Sourced | None
    source: str | None = None
    names: tuple[DatedName, ...] = ()


class Organisation(NamedTuple):
    """A body: a ministry, a municipality as an organisation, a police district, an association, a party."""

    id: str
    name: Label
    kind: str
    public: bool
    also: tuple[str, ...] = ()
    exists: Bounds = ANY_DAY
    number: Sourced | None = None
    wikidata: Sourced | None = None
    part_of: str | None = None
    areas: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    names: tuple[DatedName, ...] = ()


class Holding(NamedTuple):
    """A person in a post. Where sources differ, ``begins`` and ``ends`` are as wide as all of them together.

    ``ends`` without days is an end that nobody recorded, unless ``open_end``: then the source says that there is none.
    """

    person: str
    begins: Bounds
    ends: Bounds
    open_end: bool
    reported: tuple[str, ...]
    source: str
    note: str | None
    disputes: tuple[Conflict, ...] = ()

    @property
    def certainly(self) -> Bounds | None:
        """The days on which the post was held whichever source is right; None if there are no such days."""
        first, last = self.begins.latest, self.ends.earliest
        if first is None or (last is None and not self.open_end) or (last is not None and first > last):
            return None
        return Bounds(first, last)

    @property
    def possibly(self) -> Bounds:
        """The days on which the post was held if some source is right."""
        return Bounds(self.begins.earliest, self.ends.latest)


class Post(NamedTuple):
    """An office, the body it belongs to, and who is known to have held it."""

    id: str
    label: Label
    also: tuple[str, ...]
    organisation: str | None
    holders: tuple[Holding, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Registry:
    """The whole registry by compact name, built by ``read_registry`` and never changed."""

    people: dict[str, Person]
    organisations: dict[str, Organisation]
    posts: dict[str, Post]
    areas: dict[str, Area]
    area_changes: tuple[Change, ...]
    body_changes: tuple[Change, ...]
    current_areas: dict[str, tuple[str, ...]]
    current_bodies: dict[str, tuple[str, ...]]
    districts_of: dict[str, dict[str, str]]

    def extended(
        self,
        people: Sequence[Person],
        organisations: Sequence[Organisation],
        posts: Sequence[Post],
        names: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> "Registry":
        """Return the registry with further actors, and further names of actors, such as those that one page has."""
        more = replace(
            self,
            people=self.people | {each.id: each for each in people},
            organisations=self.organisations | {each.id: each for each in organisations},
            posts=self.posts | {each.id: each for each in posts},
        )
        own = dict(_spellings(people, organisations, posts))
        own |= {id: tuple(dict.fromkeys((*self.spellings[id], *more_names))) for id, more_names in names.items()}
        by_name = dict(self.by_name)
        for id, spellings in own.items():
            for name in dict.fromkeys(map(name_key, spellings)):
                by_name[name] = tuple(dict.fromkeys((*by_name.get(name, ()), id)))
        # What is cached of this registry is not worked out again: a page names few actors, the registry thousands.
        more.__dict__.update(
            spellings=self.spellings | own, by_name=by_name, became=self.became, dated_names=self.dated_names
        )
        return more

    @cached_property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """How pages write each person, body, post and area."""
        areas = ((area.id, (area.name, *area.also)) for area in self.areas.values())
        return dict(chain(_spellings(self.people.values(), self.organisations.values(), self.posts.values()), areas))

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """What each name, by its key, can mean."""
        meant: dict[str, list[str]] = defaultdict(list)
        for id, names in self.spellings.items():
            for name in dict.fromkeys(map(name_key, names)):
                meant[name].append(id)
        return {name: tuple(ids) for name, ids in meant.items()}

    @cached_property
    def dated_names(self) -> dict[tuple[str, str], tuple[DatedName, ...]]:
        """The names of which days are known, by whose they are and the name's key; several for one that came back."""
        actors: list[Person | Organisation] = [*self.people.values(), *self.organisations.values()]
        dated: dict[tuple[str, str], tuple[DatedName, ...]] = defaultdict(tuple)
        for actor in actors:
            for each in actor.names:
                dated[actor.id, name_key(each.name)] += (each,)
        return dict(dated)

    def may_be_called(self, id: str, name: str, when: Bounds) -> bool:
        """Return whether somebody may have had a name at some time within these bounds; so where nobody knows."""
        dated = self.dated_names.get((id, name_key(name)), ())
        return not dated or any(each.used.overlaps(when) for each in dated)

    @cached_property
    def became(self) -> dict[str, tuple[str, ...]]:
        """What each area and body became, in one step."""
        after: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for change in self.area_changes + self.body_changes:
            after[change.before] += (change.after,)
        return dict(after)


def name_key(name: str) -> str:
    """Return by what a name is looked up: without case, with one kind of dash and of space, and no space at dashes."""
    return re.sub(rf"\s*[{DASHES}]\s*", "-", " ".join(name.split())).casefold()


def _spellings(
    people: Iterable[Person], bodies: Iterable[Organisation], posts: Iterable[Post]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield how pages write each person, body and post."""
    for person in people:
        yield person.id, (person.name, *person.also)
    for body in bodies:
        bare = (body.name.nb.removesuffix(" kommune"),) if body.kind == "municipality" else ()
        yield body.id, (body.name.nb, *body.also, *bare)
    for post in posts:
        yield post.id, (post.label.nb, *post.also)
