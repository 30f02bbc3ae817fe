"""Coverage: what a page says that no claim uses and no ``no_claim`` entry lists.

Four kinds of thing must be used. A sentence: every word of it lies in a quote that says something itself, and does not
only lend a year or a name to another. A name that the registry knows: a claim
that quotes it is about that person, body, post or area. A date phrase: a claim that quotes it takes its time from it.
A word that gives a role away: a claim that quotes it has that role. What stands in words that a claim keeps as they are
(what a letter asks for, what a group is called) is used by that.
"""

from collections.abc import Iterator
from typing import NamedTuple

from graph.background import Background
from graph.dates import contradiction, years
from graph.findings import Finding
from graph.mentions import Mention, dates, mentions
from graph.quotes import Passages, find
from graph.records import (
    AudienceClaim,
    Claim,
    Collective,
    EventClaim,
    ParticipationClaim,
    Quote,
    Reading,
    RelationClaim,
    UtteranceClaim,
    When,
    WorkClaim,
)

Span = tuple[int, int]


class _Uses(NamedTuple):
    """What claims use: things and concepts with the passages that prove them, words kept, times, what is listed."""

    things: tuple[tuple[frozenset[str], tuple[Quote, ...]], ...]
    kept: tuple[Span, ...]
    times: tuple[tuple[When, tuple[Quote, ...]], ...]
    listed: tuple[Span, ...]


def uncovered(reading: Reading, page: Passages, against: Background, file: str) -> Iterator[Finding]:
    """A finding for each thing that the page says and nothing uses."""

    def found(mention: Mention, message: str) -> Finding:
        return Finding(file, page.original.count("\n", 0, mention.start) + 1, message)

    uses = _uses(reading, page, against)
    for start, end in uncovered_sentences(reading, page):
        message = f"no claim covers the sentence {_shown(page, start, end)}; quote it, or list it under no_claim"
        yield found(Mention(start, end, frozenset()), message)
    for mention in mentions(page, against.names):
        if not _used(mention, uses):
            name = page.original[mention.start : mention.end]
            yield found(mention, f"no claim uses the name {name!r} in {_around(page, mention)}")
    for phrase in dates(page):
        said = page.original[phrase.start : phrase.end]
        if not (_settled(phrase, uses) or _tells_time(phrase, said, uses)):
            yield found(phrase, f"no claim takes its time from {said!r} in {_around(page, phrase)}")
    for cue in mentions(page, against.cues):
        if not _used(cue, uses):
            word = page.original[cue.start : cue.end]
            meant = " or ".join(sorted(cue.meant))
            yield found(cue, f"no claim has the {meant} that {word!r} tells of in {_around(page, cue)}")


def uncovered_sentences(reading: Reading, page: Passages) -> list[Span]:
    """The sentences of which some word lies in no quote."""
    quotes = [quote for claim in reading.claims for quote in claim.key_quotes]
    spans = [(quote.start, quote.end) for quote in [*quotes, *(nothing.quote for nothing in reading.no_claims)]]
    return [sentence for sentence in page.sentences if not _covered(page, sentence, spans)]


def _covered(page: Passages, sentence: Span, spans: list[Span]) -> bool:
    touching = [(start, end) for start, end in spans if start < sentence[1] and end > sentence[0]]
    return all(
        not page.original[place].isalnum() or any(start <= place < end for start, end in touching)
        for place in range(*sentence)
    )


def _uses(reading: Reading, page: Passages, against: Background) -> _Uses:
    groups = {group.id: group for group in reading.groups}
    works = {claim.work: claim for claim in reading.claims if isinstance(claim, WorkClaim)}
    things, kept, times = [], [], []
    for claim in reading.claims:
        spans = [(quote.start, quote.end) for quote in claim.key_quotes]
        about = _about(claim, groups, works)
        things.append((_with_bodies(about, against), claim.key_quotes))
        for words in _words_kept(claim, groups):
            kept += [span for span in find(words, page) if _inside(span, spans)]
        when = claim.when if isinstance(claim, EventClaim | WorkClaim) else None
        if when:
            times.append((when, claim.key_quotes))
    listed = [(nothing.quote.start, nothing.quote.end) for nothing in reading.no_claims]
    return _Uses(tuple(things), tuple(kept), tuple(times), tuple(listed))


def _about(claim: Claim, groups: dict[str, Collective], works: dict[str, WorkClaim]) -> set[str | None]:
    """Everything that a claim is about, by compact name."""
    match claim:
        case EventClaim():
            return {claim.place.area if claim.place else None, *claim.topics}
        case ParticipationClaim():
            agents = {agent.name for agent in claim.agents}
            drawn = {body for agent in agents if agent in groups for body in groups[agent].drawn_from}
            return {*agents, *drawn, claim.in_capacity, claim.on_behalf_of, *claim.roles, claim.attendance}
        case AudienceClaim():
            return set(claim.audience.drawn_from)
        case UtteranceClaim():
            return {claim.author}
        case RelationClaim():
            related = [works[end] for end in (claim.subject, claim.object) if end in works]
            return {claim.subject, claim.object}.union(*(_about(work, groups, works) for work in related))
        case WorkClaim():
            sender = claim.sender.name if claim.sender else None
            return {sender, claim.in_capacity, *claim.recipients, claim.issuer}
    return set()


def _with_bodies(about: set[str | None], against: Background) -> frozenset[str]:
    """With the body of each post, the body of each area, and participation wherever a role implies attendance."""
    things = {thing for thing in about if thing}
    for thing in tuple(things):
        if thing in against.registry.posts:
            things.add(against.registry.posts[thing].organisation)
        if thing in against.registry.areas:
            things.add(against.registry.areas[thing].body or thing)
        scheme, _, name = thing.partition(":")
        if scheme == "topic":
            things.update(against.vocabulary["topic"][name].about)
        if scheme == "role" and against.vocabulary["role"][name].implies_attendance:
            things.add("role:participant")
    return frozenset(things)


def _words_kept(claim: Claim, groups: dict[str, Collective]) -> list[str]:
    match claim:
        case ParticipationClaim():
            named = [groups[agent.name] for agent in claim.agents if agent.name in groups]
            return [group.words for group in named] + [groups[group.some_of].words for group in named if group.some_of]
        case AudienceClaim():
            return [claim.audience.words]
        case UtteranceClaim():
            return [claim.words]
        case WorkClaim():
            return ([claim.asks_for] if claim.asks_for else []) + [
                groups[name].words for name in claim.recipients if name in groups
            ]
    return []


def _settled(mention: Mention, uses: _Uses) -> bool:
    """The passage stands in words that a claim keeps, or is listed as claiming nothing."""
    span = (mention.start, mention.end)
    return _inside(span, uses.kept) or _inside(span, uses.listed)


def _tells_time(phrase: Mention, said: str, uses: _Uses) -> bool:
    """A claim quotes the phrase, and has a time that agrees with it."""
    return any(
        contradiction(said, when.edtf) is None
        and set(years(said)) <= set(years(when.edtf))
        and _inside((phrase.start, phrase.end), [(quote.start, quote.end) for quote in quotes])
        for when, quotes in uses.times
    )


def _used(mention: Mention, uses: _Uses) -> bool:
    span = (mention.start, mention.end)
    return _settled(mention, uses) or any(
        mention.meant & about and _inside(span, [(quote.start, quote.end) for quote in quotes])
        for about, quotes in uses.things
    )


def _inside(span: Span, spans: list[Span] | tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _shown(page: Passages, start: int, end: int) -> str:
    text = page.original[start:end]
    return repr(text if len(text) <= 160 else f"{text[:160]}…")


def _around(page: Passages, mention: Mention) -> str:
    """The sentence of a mention, cut to what is near it."""
    line = page.original.rfind("\n", 0, mention.start) + 1
    start, end = max(line, mention.start - 50), min(len(page.original), mention.end + 50)
    return repr(" ".join(page.original[start:end].split()))
