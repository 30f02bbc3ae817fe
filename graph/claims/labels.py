"""Make the labels of claims, in Norwegian and English: who, as what, at which event."""

from collections.abc import Callable

from graph.model.claims import (
    AudienceClaim,
    Claim,
    EventClaim,
    ParticipationClaim,
    Reading,
    RelationClaim,
    UtteranceClaim,
    WorkClaim,
)
from graph.model.iris import local_name
from graph.model.labels import Label
from graph.sources.pages.context import Background


def labels_of(reading: Reading, background: Background) -> dict[str, Label]:
    """Return the label of every claim of a page, by its key."""
    own = reading.labels | {group.id: group.label for group in reading.groups}
    own |= {actor.id: actor.label or Label(actor.name) for actor in reading.actors}

    def label(thing: str) -> Label:
        return own.get(thing) or _label_of(thing, background)

    return {claim.key: _joined([*_who(claim, label), *map(label, _things(claim))], claim) for claim in reading.claims}


def _who(claim: Claim, label: Callable[[str], Label]) -> list[Label]:
    """Who takes part; candidates as a choice, so that no office beside a name is read as that person's."""
    if not isinstance(claim, ParticipationClaim):
        return []
    names = [label(agent.name) for agent in claim.agents]
    if len(names) == 1:
        return names
    choice = " og/eller ".join(name.nb for name in names), " and/or ".join(name.en or name.nb for name in names)
    return [Label(f"{choice[0]} (mulig)", f"{choice[1]} (possible)")]


def _things(claim: Claim) -> list[str]:
    """Return what the label of a claim names after who takes part, in this order."""
    match claim:
        case EventClaim() | AudienceClaim():
            return [claim.event]
        case ParticipationClaim():
            return [*claim.roles, claim.event]
        case UtteranceClaim():
            return [claim.author, claim.event]
        case RelationClaim():
            return [claim.subject, claim.object]
        case WorkClaim():
            return [claim.work]
    return []


def _label_of(name: str, background: Background) -> Label:
    """Return the label that registry or vocabulary give a thing; its id where another page defines it."""
    registry = background.registry
    if name in registry.people:
        return Label(registry.people[name].name, registry.people[name].name)
    if name in registry.organisations:
        return registry.organisations[name].name
    if name in registry.posts:
        return registry.posts[name].label
    scheme, _, word = name.partition(":")
    concept = background.vocabulary.get(scheme, {}).get(word)
    return Label(concept.labels["nb"], concept.labels["en"]) if concept else Label(local_name(name))


def _joined(labels: list[Label], claim: Claim) -> Label:
    if isinstance(claim, AudienceClaim):
        labels = [*labels, claim.audience.label]
    sign = " → " if isinstance(claim, RelationClaim) else " – "
    return Label(sign.join(label.nb for label in labels), sign.join(label.en or label.nb for label in labels))
