"""Find what a page says that no claim uses and no ``no_claim`` entry lists.

A claim has to use:

- each sentence: every word of it lies in a quote that says the thing itself, and does not only lend a year or a name;
- each known name: a claim that quotes it is about that person, body, post or area;
- each date phrase: a claim that quotes it takes its time from it;
- each word that expresses a role: a claim that quotes it has that role;
- words that leave a list open ("blant annet"): a claim that quotes them has an ``open_list``;
- "eller" between names: a claim that quotes it has them as candidates.

A capitalised name that is not known is listed as an unknown name.

Words that somebody said, and what a letter asks for, need no further claim. Nor do the words for a group or an
audience, except the names in them: who is named there is among those that it is drawn from.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from graph.common.findings import Finding
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
from graph.model.edtf import years
from graph.model.iris import slug
from graph.model.sources import TextSelector
from graph.sources.languages.alternatives import CANDIDATES
from graph.sources.languages.language import Language
from graph.sources.pages.context import Background
from graph.sources.pages.state import ReaderState
from graph.sources.text.intervals import Span, SpanIndex, covering, merge_spans, span_index
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, find, find_within

# The most warnings of one kind about a page that are listed one by one.
MAX_LISTED = 20


class _Uses(NamedTuple):
    """What claims use, by span: the entities and concepts that they are about, and their times.

    ``exempt`` are passages that need no further claim: reported speech, and what is listed as no claim. ``group_words``
    are the words for groups, where only names need one. ``as_written`` are words that a claim keeps, such as a title.
    """

    things: SpanIndex[frozenset[str]]
    exempt: SpanIndex[None]
    group_words: SpanIndex[None]
    as_written: SpanIndex[None]
    times: SpanIndex[When]


def uncovered(reading: Reading, state: ReaderState, file: str, complete: bool) -> Iterator[Finding]:
    """Yield a finding for each thing that the page says and nothing uses.

    Where the page is said to be read completely, these are errors, and every sentence has to be covered. Else they are
    warnings, and only about words that a quote covers. Unknown names are always warnings.
    """
    context, page = state.context, state.context.text
    uses = _uses(reading, page, context.background)
    covered = _covered_spans(reading)

    def finding_at(start: int, message: str) -> Finding:
        return Finding(file, _line_at(page, start), message, "error" if complete else "warning")

    def asks(mention: Mention) -> bool:
        return complete or _within(mention.start, mention.end, covered)

    def names() -> Iterator[Finding]:
        for mention in filter(asks, context.mentions):
            if not (_is_claimed(mention, uses) or _within(mention.start, mention.end, uses.exempt)):
                name = page.original[mention.start : mention.end]
                yield finding_at(mention.start, f"no claim uses the name {name!r} in {_surroundings(page, mention)}")

    def times() -> Iterator[Finding]:
        for phrase in filter(asks, context.language.dates(page)):
            words = page.original[phrase.start : phrase.end]
            if not (_is_exempt(phrase, uses) or _tells_time(phrase, words, uses, context.language)):
                surroundings = _surroundings(page, phrase)
                yield finding_at(phrase.start, f"no claim takes its time from {words!r} in {surroundings}")

    def cues() -> Iterator[Finding]:
        for cue in filter(asks, context.cues):
            if cue.sure and CANDIDATES not in cue.meanings and not (_is_exempt(cue, uses) or _is_claimed(cue, uses)):
                word, meanings = page.original[cue.start : cue.end], " or ".join(sorted(cue.meanings))
                surroundings = _surroundings(page, cue)
                yield finding_at(cue.start, f"no claim has the {meanings} that {word!r} tells of in {surroundings}")

    def choices() -> Iterator[Finding]:
        for choice in context.alternatives:
            beside = [frozenset().union(*(name.meanings for name in side)) for side in choice.sides[-2:]]
            settled = _is_exempt(choice.word, uses) or any(
                _has_candidates(about, beside) for about in _entities_quoting(choice.word, uses)
            )
            # Of a name that is not known, the warning is enough: once it has an entry, the choice is asked for.
            if asks(choice.word) and not settled and all(beside):
                words = page.original[slice(*choice.span)]
                message = f"no claim has the candidates of {words!r}; write candidates:, or list it"
                yield finding_at(choice.word.start, message)

    if complete:
        for start, end in _sentences_outside(covered, page):
            yield finding_at(start, _uncovered_sentence(covered, page, start, end))
    kinds = ((names(), "names that no claim uses"), (times(), "times that no claim takes"), (cues(), "words of roles"))
    for findings, what in kinds:
        yield from findings if complete else _limited(findings, what)
    yield from choices()
    yield from _unknown_names(state, uses, asks, file)


def _limited(findings: Iterable[Finding], what: str) -> Iterator[Finding]:
    """Yield the first findings, and one that counts the others: nobody reads a thousand warnings of one kind."""
    rest = iter(findings)
    yield from islice(rest, MAX_LISTED)
    left = list(rest)
    if left:
        yield left[0]._replace(message=f"{len(left)} more {what}, the first of them here")


def _unknown_names(state: ReaderState, uses: _Uses, asks: Callable[[Mention], bool], file: str) -> Iterator[Finding]:
    """Yield a warning for each name that no entry explains, with the entry to write; of very many, one for the rest."""
    page, parts = state.context.text, _parts_of_names(state)
    passages_of: dict[str, list[Span]] = defaultdict(list)
    for mention in state.unknown_names:
        start, end, *_ = mention
        if page.original[start:end] in parts:
            continue
        if asks(mention) and not (_is_exempt(mention, uses) or _within(start, end, uses.as_written)):
            passages_of[normalize("NFC", " ".join(page.original[start:end].split()))].append((start, end))
    names = sorted(passages_of, key=lambda name: passages_of[name][0])
    for name in names[:MAX_LISTED]:
        (start, end), *more = passages_of[name]
        times = f" ({len(more) + 1} times)" if more else ""
        entry = f"{slug(name) or 'key'}: {{name: {name}}}"
        where = _surroundings(page, Mention(start, end, frozenset()))
        mend = f"add it under people: or bodies: ({entry}), or list its words under no_claim:"
        message = f"unknown name {name!r}{times} in {where}; {mend}"
        yield Finding(file, _line_at(page, start), message, "warning")
    rest = names[MAX_LISTED:]
    if rest:
        listed = ", ".join(map(repr, rest[:MAX_LISTED]))
        line = _line_at(page, passages_of[rest[0]][0][0])
        left = f" and {len(rest) - MAX_LISTED} more" if len(rest) > MAX_LISTED else ""
        yield Finding(file, line, f"{len(rest)} more unknown names: {listed}{left}", "warning")


def _parts_of_names(state: ReaderState) -> set[str]:
    """Return the words of the names of those people who are named on the page: "Bokhari" after "Laila Bokhari"."""
    people, page = state.context.background.registry.people, state.context.text.original
    return {
        word + ending
        for mention in state.context.mentions
        if any(id in people for id in mention.meanings)
        for word in page[mention.start : mention.end].split()
        for ending in ("", "s")
    }


def _uncovered_sentence(covered: SpanIndex[None], page: Passages, start: int, end: int) -> str:
    """Return what is wrong with a sentence that is not read, with the words that are left where some of it is."""
    last = bisect_left(covered.starts, end) - 1
    if last < 0 or covered.spans[last][0][1] <= start:
        return f"no claim covers the sentence {_excerpt(page, start, end)}; quote it, or list it under no_claim"
    left = [
        word[0]
        for word in re.finditer(r"\w+", page.original[start:end])
        if not _within(start + word.start(), start + word.end(), covered)
    ]
    words = " ".join(left[:12]) + (" …" if len(left) > 12 else "")
    return (
        f"no claim covers the words {words!r} of {_excerpt(page, start, end)}; quote them, or list them under no_claim"
    )


def uncovered_sentences(reading: Reading, page: Passages) -> list[Span]:
    """Return the spans of the sentences of which some word lies in no quote."""
    return _sentences_outside(_covered_spans(reading), page)


def _sentences_outside(covered: SpanIndex[None], page: Passages) -> list[Span]:
    """Return the spans of the sentences of which some word lies in none of these passages."""
    return [(start, end) for start, end in page.sentences if not _covered(page, start, end, covered)]


def _line_at(page: Passages, position: int) -> int:
    """Return the line of the text on which a character stands, the first being 1."""
    return page.original.count("\n", 0, position) + 1


def _covered_spans(reading: Reading) -> SpanIndex[None]:
    """Return the passages that are read: key quotes, headings of lists, and what is listed as no claim."""
    quotes = [quote for claim in reading.claims for quote in claim.key_quotes]
    headings = [
        claim.list_heading for claim in reading.claims if isinstance(claim, ParticipationClaim) and claim.list_heading
    ]
    nothing = [each.quote for each in reading.no_claims]
    return span_index((span, None) for span in merge_spans(map(_span, [*quotes, *headings, *nothing])))


def _covered(page: Passages, start: int, end: int, covered: SpanIndex[None]) -> bool:
    return _within(start, end, covered) or all(
        not page.original[place].isalnum() or _within(place, place + 1, covered) for place in range(start, end)
    )


def _uses(reading: Reading, page: Passages, background: Background) -> _Uses:
    groups = {group.id: group for group in reading.groups}
    works = {claim.work: claim for claim in reading.claims if isinstance(claim, WorkClaim)}
    things, group_words, times = [], [], []
    exempt = [(_span(nothing.quote), None) for nothing in reading.no_claims]
    for claim in reading.claims:
        heading = claim.list_heading if isinstance(claim, ParticipationClaim) else None
        own = [_span(quote) for quote in (*claim.key_quotes, *filter(None, [heading]))]
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
    return _Uses(
        span_index(things), span_index(exempt), span_index(group_words), span_index(as_written), span_index(times)
    )


def _span(quote: TextSelector) -> Span:
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


def _is_exempt(mention: Mention, uses: _Uses) -> bool:
    """Return whether a passage lies in reported speech, in words for a group, or in what is listed as no claim."""
    return _within(mention.start, mention.end, uses.group_words) or _within(mention.start, mention.end, uses.exempt)


def _tells_time(phrase: Mention, words: str, uses: _Uses, language: Language) -> bool:
    """Return whether a claim that quotes the phrase has a time that agrees with it."""
    return any(
        language.conflicts(words, when.edtf) is None and set(years(words)) <= set(years(when.edtf))
        for when in covering(uses.times, phrase.start, phrase.end)
    )


def _is_claimed(mention: Mention, uses: _Uses) -> bool:
    return any(mention.meanings & about for about in _entities_quoting(mention, uses))


def _has_candidates(about: frozenset[str], sides: list[frozenset[str]]) -> bool:
    """Return whether a claim has candidates, one of them on each of these sides."""
    return CANDIDATES in about and all(about & id for id in sides)


def _entities_quoting(mention: Mention, uses: _Uses) -> Iterator[frozenset[str]]:
    """Yield what each claim is about that quotes the passage."""
    return covering(uses.things, mention.start, mention.end)


def _within(start: int, end: int, stretches: SpanIndex[None]) -> bool:
    return any(True for _ in covering(stretches, start, end))


def _excerpt(page: Passages, start: int, end: int) -> str:
    text = page.original[start:end]
    return repr(text if len(text) <= 160 else f"{text[:160]}…")


def _surroundings(page: Passages, mention: Mention) -> str:
    """Return the words around a mention, within its line."""
    line = page.original.rfind("\n", 0, mention.start) + 1
    start, end = max(line, mention.start - 50), min(len(page.original), mention.end + 50)
    return repr(" ".join(page.original[start:end].split()))
