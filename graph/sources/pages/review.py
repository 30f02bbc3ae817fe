"""Filter what was read of a page by its review: accepted claims, and what these are about, enter the graph."""

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.model.claims import (
    AudienceClaim,
    Claim,
    Collective,
    Decision,
    EventClaim,
    NoClaim,
    PageActor,
    ParticipationClaim,
    Reading,
    RelationClaim,
    UtteranceClaim,
    WorkClaim,
)
from graph.model.sources import Source
from graph.sources.pages.state import ReaderState


def accepted_reading(
    source: Source,
    state: ReaderState,
    actors: Iterable[PageActor],
    no_claims: tuple[NoClaim, ...],
    decisions: tuple[Decision, ...],
    names: dict[str, tuple[str, ...]],
) -> Reading:
    """Return the reading of a page: of all that was read of it, the accepted claims and what these speak of."""
    groups = state.context.groups
    accepted = [claim for claim, review in state.claims if review == "accepted"]
    used, things = groups_used(groups, accepted), {thing for claim in accepted for thing in _things_of(claim)}
    return Reading(
        source=source,
        sentences=len(state.context.text.sentences),
        sentences_read=0,
        claims=tuple(accepted),
        actors=tuple(actors_used(actors, accepted, [groups[key] for key in used], source)),
        groups=tuple(group for key, group in groups.items() if key in used),
        labels={thing: label for thing, label in state.labels.items() if thing in things},
        series={event: name for event, name in state.series.items() if event in things},
        no_claims=no_claims,
        decisions=tuple(each for each in decisions if each.subject in {*things, f"source:{source.id}"}),
        reviews=Counter(review for _, review in state.claims),
        names=_names_used(names, accepted, [groups[key] for key in used], source),
    )


def _names_used(
    names: dict[str, tuple[str, ...]], claims: Iterable[Claim], groups: Iterable[Collective], source: Source
) -> dict[str, tuple[str, ...]]:
    """Return the page's names of those whom accepted claims speak of."""
    named = _named(claims, groups, source)
    return {id: own for id, own in names.items() if id in named}


def actors_used(
    actors: Iterable[PageActor], claims: Iterable[Claim], groups: Iterable[Collective], source: Source
) -> list[PageActor]:
    """Return the actors of the page that accepted claims speak of, its publisher, and the bodies these belong to."""
    of_page = {actor.id: actor for actor in actors}
    waiting = [id for id in _named(claims, groups, source) if id in of_page]
    used: set[str] = set()
    while waiting:
        id = waiting.pop()
        used.add(id)
        above = of_page[id].part_of
        if above in of_page and above not in used:
            waiting.append(above)
    return [actor for id, actor in of_page.items() if id in used]


def _named(claims: Iterable[Claim], groups: Iterable[Collective], source: Source) -> set[str]:
    """Return whom claims speak of, the bodies that groups are drawn from, and the publisher."""
    named = {f"organisation:{source.publisher}", *(body for group in groups for body in group.drawn_from)}
    for claim in claims:
        named |= set(filter(None, _actors_of(claim)))
    return named


def _actors_of(claim: Claim) -> Iterator[str | None]:
    """Yield the people, bodies, posts and groups that a claim speaks of."""
    match claim:
        case EventClaim():
            yield claim.of_body
        case ParticipationClaim():
            yield from (agent.name for agent in claim.agents)
            yield from (agent.in_capacity for agent in claim.agents)
            yield from (claim.in_capacity, claim.on_behalf_of, claim.affiliation)
        case AudienceClaim():
            yield from claim.audience.drawn_from
        case UtteranceClaim():
            yield claim.author
        case RelationClaim():
            yield from (claim.subject, claim.object)
        case WorkClaim():
            yield from (claim.sender.name if claim.sender else None, claim.in_capacity, claim.issuer, *claim.recipients)


def _things_of(claim: Claim) -> Iterator[str]:
    """Yield the events, series, letters and plans that a claim is about."""
    match claim:
        case EventClaim() | ParticipationClaim() | AudienceClaim() | UtteranceClaim():
            yield claim.event
        case RelationClaim():
            yield from (claim.subject, claim.object)
        case WorkClaim():
            yield claim.work


def groups_used(groups: dict[str, Collective], claims: Iterable[Claim]) -> set[str]:
    """Return the keys of the groups that claims are about, and of the groups that these are some of."""
    names = {agent.id for claim in claims if isinstance(claim, ParticipationClaim) for agent in claim.agents}
    names |= {name for claim in claims if isinstance(claim, WorkClaim) for name in claim.recipients}
    used = {key for key, group in groups.items() if group.id in names}
    while wider := {groups[key].some_of for key in used} - {groups[key].id for key in used} - {None}:
        used |= {key for key, group in groups.items() if group.id in wider}
    return used
