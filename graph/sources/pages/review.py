"""Accepted: of all that was read of a page, what enters the graph: accepted claims, and what these speak of."""

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.model.claims import (
    AudienceClaim,
    Claim,
    Collective,
    EventClaim,
    Label,
    NoClaim,
    ParticipationClaim,
    Reading,
    RelationClaim,
    UtteranceClaim,
    WorkClaim,
)
from graph.model.sources import Source


def accepted_reading(
    page: Source,
    claims: list[tuple[Claim, str]],
    groups: dict[str, Collective],
    labels: dict[str, Label],
    series: dict[str, str],
    no_claims: tuple[NoClaim, ...],
) -> Reading:
    """The reading of a page from its claims, each with its review, and from the groups and labels of its file."""
    accepted = [claim for claim, review in claims if review == "accepted"]
    used, things = groups_used(groups, accepted), {thing for claim in accepted for thing in _things_of(claim)}
    return Reading(
        source=page,
        sentences=0,
        sentences_read=0,
        claims=tuple(accepted),
        groups=tuple(group for key, group in groups.items() if key in used),
        labels={thing: label for thing, label in labels.items() if thing in things},
        series={event: name for event, name in series.items() if event in things},
        no_claims=no_claims,
        reviews=Counter(review for _, review in claims),
    )


def _things_of(claim: Claim) -> Iterator[str]:
    """The events, series, letters and plans that a claim speaks of."""
    match claim:
        case EventClaim() | ParticipationClaim() | AudienceClaim() | UtteranceClaim():
            yield claim.event
        case RelationClaim():
            yield from (claim.subject, claim.object)
        case WorkClaim():
            yield claim.work


def groups_used(groups: dict[str, Collective], claims: Iterable[Claim]) -> set[str]:
    """The keys of the groups that claims speak of, and of those that these are some of."""
    names = {agent.id for claim in claims if isinstance(claim, ParticipationClaim) for agent in claim.agents}
    names |= {name for claim in claims if isinstance(claim, WorkClaim) for name in claim.recipients}
    used = {key for key, group in groups.items() if group.id in names}
    while wider := {groups[key].some_of for key in used} - {groups[key].id for key in used} - {None}:
        used |= {key for key, group in groups.items() if group.id in wider}
    return used
