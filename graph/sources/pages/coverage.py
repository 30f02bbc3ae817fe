"""Find what a page says that no claim uses and no ``no_claim`` entry lists.

A claim has to use:

- each sentence: every word of it lies in a quote that says the thing itself, and does not only lend a year or a name;
- each known name: a claim that quotes it is about that person, body, post or area;
- each date phrase: a claim that quotes it takes its time from it;
- each word that expresses a role: a claim that quotes it has that role;
- words that leave a list open ("blant annet"): a claim that quotes them has an ``open_list``;
- "eller" between names: a claim that quotes it has them as candidates.

A capitalised name that is not known is listed as an unknown name.

What needs no further claim, such as words that somebody said, is found in ``uses``.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pydantic import BaseModel

from graph.common.findings import Finding
from graph.model.claims import ParticipationClaim, Reading
from graph.model.edtf import years
from graph.sources.form.entries import EventEntry, LetterEntry, PlanEntry, RelationEntry
from graph.sources.languages.alternatives import CANDIDATES
from graph.sources.languages.language import Language
from graph.sources.pages.state import ReaderState
from graph.sources.pages.unexplained_names import MAX_LISTED, unexplained_names
from graph.sources.pages.uses import Uses, entities_quoting, is_exempt, is_within, span_of, uses_of
from graph.sources.text.intervals import Span, SpanIndex, covering, merge_spans, span_index
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, find, line_at, nearest, sentence_at, words_around

# Entries that have a quote of their own; those inside an event may lean on its quotes.
_WITH_QUOTE = (EventEntry, LetterEntry, PlanEntry, RelationEntry)
# What to do with words that claim nothing about meetings.
_LIST_IT = "list it under no_claim:"


def uncovered(
    reading: Reading, state: ReaderState, file: str, complete: bool, refused: Iterable[str] | None = None
) -> Iterator[Finding]:
    """Yield a finding for each thing that the page says and nothing uses.

    Entries that were refused have their findings already: nothing more is asked of the sentences of their quotes, which
    are those of the state's entries, or ``refused``. Where one is missing, or is not in the page once, it cannot be
    told what it covers, and nothing is yielded.

    Where the page is said to be read completely, these are errors, and every sentence has to be covered. Else they are
    warnings, and only about words that a quote covers. Unknown names are always warnings.
    """
    context, page = state.context, state.context.text
    quotes = {quote for entry in state.refused for quote in quotes_in(entry)} if refused is None else {*refused}
    passages = [_passages_of(quote, page) for quote in sorted(quotes)]
    unproven = any(entry.quote is None for entry in state.refused if isinstance(entry, _WITH_QUOTE))
    if unproven or any(len(spans) != 1 for spans in passages):
        return
    apart = [_whole_sentences(page, span) for spans in passages for span in spans]
    uses = uses_of(reading, page, context.background, apart)
    covered = _covered_spans(reading, apart)

    def finding_at(start: int, message: str) -> Finding:
        return Finding(file, line_at(page, start), message, "error" if complete else "warning")

    def around(mention: Mention) -> str:
        return words_around(page, mention.start, mention.end)

    def asks(mention: Mention) -> bool:
        return complete or is_within(mention.start, mention.end, covered)

    def names() -> Iterator[Finding]:
        for mention in filter(asks, context.mentions):
            if not (_is_claimed(mention, uses) or is_within(mention.start, mention.end, uses.exempt)):
                name = page.original[mention.start : mention.end]
                message = f"no claim uses the name {name!r} in {around(mention)}"
                yield finding_at(mention.start, f"{message}; write an entry that does, or {_LIST_IT}")

    def times() -> Iterator[Finding]:
        for phrase in filter(asks, context.language.dates(page)):
            words = page.original[phrase.start : phrase.end]
            if not (is_exempt(phrase, uses) or _tells_time(phrase, words, uses, context.language)):
                message = f"no claim takes its time from {words!r} in {around(phrase)}"
                yield finding_at(phrase.start, f"{message}; write when: for it, or {_LIST_IT}")

    def cues() -> Iterator[Finding]:
        for cue in filter(asks, context.cues):
            if cue.sure and CANDIDATES not in cue.meanings and not (is_exempt(cue, uses) or _is_claimed(cue, uses)):
                word, meanings = page.original[cue.start : cue.end], " or ".join(sorted(cue.meanings))
                message = f"no claim has the {meanings} that {word!r} tells of in {around(cue)}"
                yield finding_at(cue.start, f"{message}; claim it, or {_LIST_IT}")

    def choices() -> Iterator[Finding]:
        for choice in context.alternatives:
            beside = [frozenset().union(*(name.meanings for name in side)) for side in choice.sides[-2:]]
            settled = is_exempt(choice.word, uses) or any(
                _has_candidates(about, beside) for about in entities_quoting(choice.word, uses)
            )
            # Of a name that is not known, the warning is enough: once it has an entry, the choice is asked for.
            if asks(choice.word) and not settled and all(beside):
                words = page.original[slice(*choice.span)]
                message = f"no claim has the candidates of {words!r}; write candidates:, or {_LIST_IT}"
                yield finding_at(choice.word.start, message)

    if complete:
        for start, end in _sentences_outside(covered, page):
            yield finding_at(start, _uncovered_sentence(covered, page, start, end))
    kinds = ((names(), "names that no claim uses"), (times(), "times that no claim takes"), (cues(), "words of roles"))
    for findings, what in kinds:
        yield from findings if complete else _limited(findings, what)
    yield from choices()
    yield from unexplained_names(state, uses, asks, file)


def quotes_in(entry: Any) -> Iterator[str]:
    """Yield the quotes and contexts of an entry and of those inside it, as a form or as it stands in the file."""
    if isinstance(entry, BaseModel):
        entry = entry.model_dump()
    for key, value in entry.items() if isinstance(entry, dict) else enumerate(entry):
        if key in ("quote", "context"):
            yield from (each for each in ([value] if isinstance(value, str) else value or ()) if isinstance(each, str))
        elif isinstance(value, dict | list | tuple):
            yield from quotes_in(value)


def _passages_of(quote: str, page: Passages) -> list[Span]:
    """Return the passages that a quote can mean; where it is not in the page, the one that is most like it."""
    return find(quote, page) or [span for near in filter(None, [nearest(quote, page)]) for span in find(near, page)]


def _whole_sentences(page: Passages, span: Span) -> Span:
    """Return a passage widened to the sentences that it touches."""
    first, last = sentence_at(page, span[0]), sentence_at(page, max(span[0], span[1] - 1))
    return min(span[0], page.sentences[first][0]), max(span[1], page.sentences[last][1])


def _limited(findings: Iterable[Finding], what: str) -> Iterator[Finding]:
    """Yield the first findings, and one that counts the others: nobody reads a thousand warnings of one kind."""
    rest = iter(findings)
    yield from islice(rest, MAX_LISTED)
    left = list(rest)
    if left:
        yield left[0]._replace(message=f"{len(left)} more {what}, the first of them here; claim them, or {_LIST_IT}")


def _uncovered_sentence(covered: SpanIndex[None], page: Passages, start: int, end: int) -> str:
    """Return what is wrong with a sentence that is not read, with the words that are left where some of it is."""
    last = bisect_left(covered.starts, end) - 1
    if last < 0 or covered.spans[last][0][1] <= start:
        return f"no claim covers the sentence {_excerpt(page, start, end)}; quote it, or {_LIST_IT}"
    left = [
        word[0]
        for word in re.finditer(r"\w+", page.original[start:end])
        if not is_within(start + word.start(), start + word.end(), covered)
    ]
    words = " ".join(left[:12]) + (" …" if len(left) > 12 else "")
    return (
        f"no claim covers the words {words!r} of {_excerpt(page, start, end)}; quote them, or list them under no_claim:"
    )


def uncovered_sentences(reading: Reading, page: Passages) -> list[Span]:
    """Return the spans of the sentences of which some word lies in no quote."""
    return _sentences_outside(_covered_spans(reading), page)


def _sentences_outside(covered: SpanIndex[None], page: Passages) -> list[Span]:
    """Return the spans of the sentences of which some word lies in none of these passages."""
    return [(start, end) for start, end in page.sentences if not _covered(page, start, end, covered)]


def _covered_spans(reading: Reading, more: Iterable[Span] = ()) -> SpanIndex[None]:
    """Return the passages that are read: key quotes, headings of lists, and what is listed as no claim."""
    quotes = [quote for claim in reading.claims for quote in claim.key_quotes]
    headings = [
        claim.list_heading for claim in reading.claims if isinstance(claim, ParticipationClaim) and claim.list_heading
    ]
    nothing = [each.quote for each in reading.no_claims]
    return span_index((span, None) for span in merge_spans([*map(span_of, [*quotes, *headings, *nothing]), *more]))


def _covered(page: Passages, start: int, end: int, covered: SpanIndex[None]) -> bool:
    return is_within(start, end, covered) or all(
        not page.original[place].isalnum() or is_within(place, place + 1, covered) for place in range(start, end)
    )


def _tells_time(phrase: Mention, words: str, uses: Uses, language: Language) -> bool:
    """Return whether a claim that quotes the phrase has a time that agrees with it."""
    return any(
        language.conflicts(words, when.edtf) is None and set(years(words)) <= set(years(when.edtf))
        for when in covering(uses.times, phrase.start, phrase.end)
    )


def _is_claimed(mention: Mention, uses: Uses) -> bool:
    return any(mention.meanings & about for about in entities_quoting(mention, uses))


def _has_candidates(about: frozenset[str], sides: list[frozenset[str]]) -> bool:
    """Return whether a claim has candidates, one of them on each of these sides."""
    return CANDIDATES in about and all(about & id for id in sides)


def _excerpt(page: Passages, start: int, end: int) -> str:
    text = page.original[start:end]
    return repr(text if len(text) <= 160 else f"{text[:160]}…")
