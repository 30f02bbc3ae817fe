"""Compare two datasets: what changed of which entity, as records for people.

A claim, a participation, an audience and the like are folded into the entity that they are about; evidence is shown as
the words that prove something. Two IRIs are of one entity only where somebody says so: by ``owl:sameAs`` in a statement
that changed, or by a table of IRIs that moved. Nothing is guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from graph.builds.changes.hosts import group_of, host_of, kind_of
from graph.builds.changes.items import Host, item_of
from graph.builds.changes.records import GROUPS, KINDS, Changes, Group, Item, Side
from graph.builds.changes.view import View, entities
from graph.builds.datasets import Dataset
from graph.builds.diff import Counts, changed_subjects

_SAME = "owl:sameAs"


def compare(before: Dataset, after: Dataset, moved: Mapping[str, str] | None = None) -> Changes:
    """Return what changed between two datasets. ``moved`` has the new IRI of entities by the one that they had."""
    counts = changed_subjects(before.statements, after.statements)
    views = View(before.statements, after.statements), View(after.statements, before.statements)
    moved = {**_same_as(counts, views), **(moved or {})}
    hosts: dict[str, Host] = {}
    for subject in counts:
        for host in _hosts(subject, views, moved):
            hosts.setdefault(host, Host(host)).records.setdefault(kind_of(subject), []).append(subject)
    for old, new in moved.items():
        if new in hosts:
            hosts[new].former = old
    items: defaultdict[str, list[Item]] = defaultdict(list)
    seen: set[str] = set()
    for iri, each in hosts.items():
        group, item = group_of(iri), item_of(each, views, moved)
        if group is not None and item is not None:
            items[group].append(item)
            seen.update(subject for subjects in each.records.values() for subject in subjects)
    return Changes(
        Side(before.name, before.tag, before.known_on),
        Side(after.name, after.tag, after.known_on),
        _sum(counts.values()),
        {name: _group(items[name]) for name in GROUPS if name in items},
        _by_kind({subject: count for subject, count in counts.items() if subject not in seen}),
    )


def _same_as(counts: Mapping[str, Counts], views: tuple[View, View]) -> dict[str, str]:
    """Return the new IRI of each entity that is gone, where a statement says which of the new ones it is."""
    moved: dict[str, str] = {}
    for subject in counts:
        for view in views:
            for other in entities(view.values(subject), _SAME):
                for old, new in ((subject, other), (other, subject)):
                    if _is_replaced(old, new, views):
                        moved[old] = new
    return moved


def _is_replaced(old: str, new: str, views: tuple[View, View]) -> bool:
    """Return whether one entity is described before alone, and the other afterwards alone."""
    described = [[bool(view.values(iri).keys() - {_SAME}) for view in views] for iri in (old, new)]
    return described == [[True, False], [False, True]]


def _hosts(subject: str, views: tuple[View, View], moved: Mapping[str, str]) -> list[str]:
    """Return the entity to which a changed subject belongs; where the two datasets say that of two, both."""
    hosts = set()
    for side, view in enumerate(views):
        values = view.values(subject)
        host = host_of(subject, values, view) if values else None
        if host is not None:
            hosts.add(host if side else moved.get(host, host))
    return sorted(hosts)


def _group(items: list[Item]) -> Group:
    counts = Counter(item.change for item in items)
    return Group(
        tuple(sorted(items, key=lambda item: item.iri)), {kind: counts[kind] for kind in KINDS if counts[kind]}
    )


def _by_kind(counts: Mapping[str, Counts]) -> dict[str, Counts]:
    by_kind: dict[str, Counts] = {}
    for subject, count in counts.items():
        by_kind[kind_of(subject)] = by_kind.get(kind_of(subject), Counts()).plus(count)
    return dict(sorted(by_kind.items()))


def _sum(counts: Iterable[Counts]) -> Counts:
    every = [*counts]
    return Counts(sum(each.added for each in every), sum(each.removed for each in every))
