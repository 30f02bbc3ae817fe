"""Make the labels of claims: who, as what, at which event.

A claim is labelled in the languages in which the thing that it is about has a label. Names and words of the schemes
stand in it as a reader of that language is shown them.
"""

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
from graph.model.labels import Label, LanguageMap, common_languages, interface_language
from graph.sources.pages.context import Background

# Who takes part, where it is one of several, and that this is only possible.
_OR, _POSSIBLE = {"nb": " og/eller ", "en": " and/or "}, {"nb": "mulig", "en": "possible"}
LabelFn = Callable[[str], LanguageMap]


def labels_of(reading: Reading, background: Background) -> dict[str, LanguageMap]:
    """Return the label of every claim of a page, by its key."""
    labels = {
        claim.event: LanguageMap({reading.source.language: claim.as_written})
        for claim in reading.claims
        if isinstance(claim, EventClaim) and claim.as_written
    }
    labels |= reading.labels
    labels |= {group.id: group.label for group in reading.groups}
    labels |= {actor.id: actor.label for actor in reading.actors}

    def label(thing: str) -> LanguageMap:
        if thing not in labels:
            labels[thing] = _label_of(thing, background)
        return labels[thing]

    return {claim.key: _claim_label(claim, label) for claim in reading.claims}


def _claim_label(claim: Claim, label: LabelFn) -> LanguageMap:
    about = [label(thing) for thing in _about(claim)]
    sign = " → " if isinstance(claim, RelationClaim) else " – "
    return LanguageMap({tag: sign.join(_parts(claim, label, tag)) for tag in common_languages(about)})


def _about(claim: Claim) -> list[str]:
    """Return the things that a claim is about."""
    match claim:
        case EventClaim() | ParticipationClaim() | AudienceClaim() | UtteranceClaim():
            return [claim.event]
        case RelationClaim():
            return [claim.subject, claim.object]
        case WorkClaim():
            return [claim.work]
    raise TypeError(f"a claim of no class that has a label: {claim}")


def _parts(claim: Claim, label: LabelFn, language: str) -> list[str]:
    """Return what stands in the label of a claim in a language, in this order."""
    about = [label(thing).best(language) for thing in _about(claim)]
    match claim:
        case ParticipationClaim():
            roles = [label(role).best(language) for role in claim.roles]
            return [_who(claim, label, language), *roles, *about]
        case UtteranceClaim():
            return [label(claim.author).best(language), *about]
        case AudienceClaim():
            return [*about, claim.audience.label.best(language)]
    return about


def _who(claim: ParticipationClaim, label: LabelFn, language: str) -> str:
    """Return who takes part; candidates as a choice, so that no office beside a name is read as that person's."""
    names = [label(agent.name).best(language) for agent in claim.agents]
    if len(names) == 1:
        return names[0]
    words = interface_language(language)
    return f"{_OR[words].join(names)} ({_POSSIBLE[words]})"


def _label_of(name: str, background: Background) -> LanguageMap:
    """Return the label that registry or vocabulary give a thing; its id where another page defines it."""
    registry = background.registry
    if name in registry.people:
        return _in_any_language(registry.people[name].name)
    if name in registry.organisations:
        return registry.organisations[name].name.by_language
    if name in registry.posts:
        return registry.posts[name].label.by_language
    scheme, _, word = name.partition(":")
    concept = background.vocabulary.get(scheme, {}).get(word)
    return LanguageMap(concept.labels) if concept else _in_any_language(local_name(name))


def _in_any_language(name: str) -> LanguageMap:
    """Return a name that is the same in all languages, in those of the words of the house."""
    return Label(name, name).by_language
