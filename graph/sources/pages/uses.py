"""What claims use of a page, by the passages that they quote: names, words and times that need no further claim.

Words that somebody said, and what a letter asks for, need no further claim. Nor do the words for a group or an
audience, except the names in them: who is named there is among those that it is drawn from.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph.model.claims import (
    AudienceClaim,
    Claim,
    Collective,
    EventClaim,
    ParticipationClaim,
    Reading,
    RelationClaim,
    UtteranceClaim,
    When,
    WorkClaim,
)
from graph.model.sources import TextSelector
from graph.sources.languages.alternatives import CANDIDATES
from graph.sources.pages.context import Background
from graph.sources.text.intervals import Span, SpanIndex, covering, span_index
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, find, find_within


class Uses(NamedTuple):
    """What claims use, by span: the entities and concepts that they are about, and their times.

    ``exempt`` are passages that need no further claim: reported speech, and what is listed as no claim. ``group_words``
    are the words for groups, where only names need one. ``as_written`` are words that a claim keeps, such as a title.
    """

    things: SpanIndex[frozenset[str]]
    exempt: SpanIndex[None]
    group_words: SpanIndex[None]
    as_written: SpanIndex[None]
    times: SpanIndex[When]


def uses_of(reading: Reading, page: Passages, background: Background, apart: Iterable[Span] = ()) -> Uses:
    """Return what the claims of a reading use of its page; nothing is asked of the passages that are ``apart``."""
    groups = {group.id: group for group in reading.groups}
    works = {claim.work: claim for claim in reading.claims if isinstance(claim, WorkClaim)}
    things, group_words, times = [], [], []
    exempt = [(span_of(nothing.quote), None) for nothing in reading.no_claims]
    exempt += [(span, None) for span in apart]
    for claim in reading.claims:
        heading = claim.list_heading if isinstance(claim, ParticipationClaim) else None
        own = [span_of(quote) for quote in (*claim.key_quotes, *filter(None, [heading]))]
        about = _with_bodies(_entities_of(claim, groups, works), background)
        things += [(span, about) for span in own]
        for words in _words_of_groups(claim, groups):
            group_words += [(place, None) for span in own for place in find_within(words, page, *span)]
        for words in _words_exempt(claim):
            exempt += [(place, None) for span in own for place in find_within(words, page, *span)]
        when = claim.when if isinstance(claim, EventClaim | WorkClaim) else None
        times += [(span, when) for span in own if when]
    words_as_written = {*_words_as_written(reading), *_words_of_topics(reading, background)}
    as_written = ((place, None) for each in words_as_written for place in find(each, page))
    return Uses(
        span_index(things), span_index(exempt), span_index(group_words), span_index(as_written), span_index(times)
    )


def span_of(quote: TextSelector) -> Span:
    """Return the start and the end of a passage."""
    return quote.start, quote.end


def _entities_of(claim: Claim, groups: dict[str, Collective], works: dict[str, WorkClaim]) -> set[str | None]:
    """Return all entities and concepts that a claim is about, by compact name."""
    open_lists = {"list:open", *claim.open_lists} if claim.open_lists else set()
    match claim:
        case EventClaim():
            return {claim.place.area if claim.place else None, claim.of_body, *claim.topics, *open_lists}
        case ParticipationClaim():
            agents = {agent.name for agent in claim.agents}
            several = {CANDIDATES} if len(agents) > 1 else set()
            posts = {claim.in_capacity, *(agent.in_capacity for agent in claim.agents)}
            of_part = {*posts, claim.on_behalf_of, claim.affiliation, *claim.roles, claim.attendance}
            return agents | _drawn_from(agents, groups) | several | of_part
        case AudienceClaim():
            return set(claim.audience.drawn_from)
        case UtteranceClaim():
            return {claim.author, *open_lists}
        case RelationClaim():
            related = [works[end] for end in (claim.subject, claim.object) if end in works]
            return {claim.subject, claim.object}.union(*(_entities_of(work, groups, works) for work in related))
        case WorkClaim():
            sender = claim.sender.name if claim.sender else None
            drawn = _drawn_from(claim.recipients, groups)
            return {sender, claim.in_capacity, *claim.recipients, *drawn, claim.issuer}
    return set()


def _drawn_from(agents: Iterable[str], groups: dict[str, Collective]) -> set[str]:
    return {body for agent in agents if agent in groups for body in groups[agent].drawn_from}


def _with_bodies(about: set[str | None], background: Background) -> frozenset[str]:
    """Return them with the body of each post, what each topic is about, and participation where a role implies it.

    A place adds no body: "arrangerte Stavanger kommune" names the organiser too, and that needs a claim of its own.
    """
    things = {thing for thing in about if thing}
    for thing in tuple(things):
        if thing in background.registry.posts:
            things.update(filter(None, (background.registry.posts[thing].organisation,)))
        scheme, _, name = thing.partition(":")
        if scheme == "topic":
            things.update(background.vocabulary["topic"][name].about)
        if scheme == "role" and background.vocabulary["role"][name].implies_attendance:
            things.add("role:participant")
    return frozenset(things)


def _words_exempt(claim: Claim) -> list[str]:
    """Return words that need no further claim: what was said or asked for, and the words for a place."""
    match claim:
        case EventClaim():
            return [words for words in (claim.place.as_written, claim.place.venue) if words] if claim.place else []
        case UtteranceClaim():
            return [claim.words]
        case WorkClaim():
            return [claim.asks_for] if claim.asks_for else []
    return []


def _words_of_groups(claim: Claim, groups: dict[str, Collective]) -> list[str]:
    """Return the words for the groups or the audience of a claim."""
    match claim:
        case ParticipationClaim():
            named = [groups[agent.name] for agent in claim.agents if agent.name in groups]
            return [group.words for group in named] + [groups[group.some_of].words for group in named if group.some_of]
        case AudienceClaim():
            return [claim.audience.words]
        case WorkClaim():
            return [groups[name].words for name in claim.recipients if name in groups]
    return []


def _words_as_written(reading: Reading) -> Iterator[str]:
    """Yield the words that claims keep as the page has them: names of events, titles, affiliations, topics."""
    for claim in reading.claims:
        match claim:
            case EventClaim():
                yield from filter(
                    None, (claim.as_written, claim.when.as_written if claim.when else None, *claim.topics_as_written)
                )
            case ParticipationClaim():
                words = (
                    claim.title_as_written,
                    claim.affiliation_as_written,
                    claim.partly_as_written,
                    claim.role_word,
                    *claim.names_as_written,
                )
                yield from filter(None, words)


def _words_of_topics(reading: Reading, background: Background) -> Iterator[str]:
    """Yield capitalised words in the labels of topics: "England" in "arbeidet mot ekstremisme i England"."""
    for topic in {topic for claim in reading.claims for topic in claim.topics}:
        for label in background.vocabulary["topic"][topic.partition(":")[2]].labels.values():
            yield from (word for word in label.split()[1:] if word[0].isupper())


def is_exempt(mention: Mention, uses: Uses) -> bool:
    """Return whether a passage lies in reported speech, in words for a group, or in what is listed as no claim."""
    return is_within(mention.start, mention.end, uses.group_words) or is_within(mention.start, mention.end, uses.exempt)


def entities_quoting(mention: Mention, uses: Uses) -> Iterator[frozenset[str]]:
    """Yield what each claim is about that quotes the passage."""
    return covering(uses.things, mention.start, mention.end)


def is_within(start: int, end: int, stretches: SpanIndex[None]) -> bool:
    """Return whether one of these stretches covers a passage."""
    return any(True for _ in covering(stretches, start, end))
