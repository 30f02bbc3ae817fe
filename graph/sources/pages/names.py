"""Find unknown names: capitalised words of a page that are no known name and that no entry explains.

A page that names somebody whom nobody has entered must not look as if it had been read completely.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graph.sources.languages.language import Language
from graph.sources.text.intervals import Span, merge_spans
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages

# Letters may come with marks of their own (A and a ring for Å), which are no word characters to a pattern.
_WORD = re.compile(r"(?<!\w)[^\W\d_][\w\u0300-\u036f'’-]*")
# Between an initial and the rest of a name: "K. M. Hansen".
_AFTER_INITIAL = re.compile(r"\.[ \u00a0]?")
# What may stand between two words of one name.
_WITHIN = re.compile(r"[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*(?=\S)")
# After these an item of a list of names is over: "Equinor, Ola (leder)".
_ITEM_END = re.compile(r"[ \u00a0]*(?:[,;(\n\r]|\.?[ \u00a0]*(?:\n|\Z))")
# After these any word has a capital: the head of a line or a sentence, a colon, a bullet, a quotation mark.
_HEAD = re.compile(r"(?:^|\n|[\ufeff.!?:…–—•|«\"“”*]|[-)]\s|\d[.)]|\d[.:/]\d\d)\s*$")
# The next words of a sentence, up to three, which no sign parts from the first one.
_AFTER_SUBJECT = re.compile(r"(?:[ \u00a0]+[^\W\d_][\w’'-]*){1,3}")
_AREA = ("kommune:", "fylke:")


class Grammar(NamedTuple):
    """What a language says of a word at the head of a sentence, where any word has a capital.

    ``small_words`` begin many sentences, and ``words`` are all those that the pack has: no such word is a name.
    ``noun_endings`` are those of common nouns that stand without an article ("kommunen", "politikere"),
    ``event_endings`` those of words for events. ``coordinators`` join two names. ``nationalities`` alone name nobody.
    """

    small_words: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    noun_endings: tuple[str, ...] = ()
    event_endings: tuple[str, ...] = ()
    genitive_endings: tuple[str, ...] = ()
    coordinators: frozenset[str] = frozenset()
    nationalities: frozenset[str] = frozenset()


def grammar_of(language: Language) -> Grammar:
    """Return what a language says of a word at the head of a sentence; nothing where it has no pack."""
    pack = language.pack
    if pack is None:
        return Grammar()
    return Grammar(
        frozenset(pack.small_words),
        language.words,
        pack.noun_endings,
        pack.event_endings,
        pack.genitive.endings,
        language.coordinators,
        frozenset(pack.nationalities),
    )


_NO_GRAMMAR = Grammar()


def unknown_names(
    text: Passages,
    mentions: Sequence[Mention],
    grammar: Grammar = _NO_GRAMMAR,
    lists: Iterable[Span] = (),
    cues: Sequence[Mention] = (),
) -> list[Span]:
    """Return each name of the page that no mention has in it, in order.

    A word at the head of a sentence is a name where more of the name follows, where it is written in capitals, where
    the page writes it with a capital elsewhere, in one of the ``lists`` of names, or where it is the subject of one of
    the ``cues`` (words for parts and statuses). One of the small words, or that the page writes small elsewhere, is
    none. A line that is written in capitals alone is a heading, unless it is in a list.
    """
    page, of_lists = text.original, merge_spans(lists)
    headings = [each for each in _headings(page) if not _overlaps(each, of_lists)]
    starts = [each.start for each in cues]
    words = [word for word in _WORD.finditer(page) if word[0][0].isupper() and not _lies_in(word, headings)]
    within_sentences = Counter(word[0] for word in words if not _at_head(page, word.start()))
    small = _written_small(page).union(grammar.small_words)
    taken = merge_spans((each.start, each.end) for each in mentions)
    runs: list[list[re.Match[str]]] = []
    for word in words:
        if _lies_in(word, taken):
            continue
        before = runs[-1][-1] if runs else None
        between = page[before.end() : word.start()] if before else ""
        initial = before and len(before[0]) == 1 and _AFTER_INITIAL.fullmatch(between)
        if before and (initial or (not _at_head(page, word.start()) and _WITHIN.fullmatch(between))):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [
        (run[0].start(), run[-1].end())
        for run in (_without_small(page, run, small) for run in runs)
        if len(run) > 1 or run[0][0].lower() not in grammar.nationalities
        if len(run) > 1
        or not _at_head(page, run[0].start())
        or within_sentences[run[0][0]]
        or (
            run[0][0].lower() not in small
            and run[0][0].lower() not in grammar.words
            and (
                (_lies_in(run[0], of_lists) and _ITEM_END.match(page, run[0].end()))
                or (len(run[0][0]) > 1 and run[0][0].isupper())
                or _is_subject(page, run[0], grammar, starts)
            )
        )
    ]


def _is_subject(page: str, word: re.Match[str], grammar: Grammar, cues: Sequence[int]) -> bool:
    """Return whether the first word of a sentence is what somebody is called: "Equinor deltok", "Equinor og KS …".

    A word for a part or a status follows it, with a word or two between at most; or a coordinator and a name; or, where
    the word is a genitive, a word for an event.
    """
    name = word[0].lower()
    after = _AFTER_SUBJECT.match(page, word.end())
    if after is None or name.endswith((*grammar.noun_endings, *grammar.event_endings)):
        return False
    words = after[0].split()
    if words[0].lower() in grammar.coordinators:
        return len(words) > 1 and words[1][0].isupper()
    owner = next((name.removesuffix(each) for each in grammar.genitive_endings if name.endswith(each)), "")
    if owner and words[0].endswith(grammar.event_endings):
        return not owner.endswith(grammar.noun_endings)
    at = bisect_left(cues, word.end())
    if words[0] in grammar.small_words or at == len(cues) or cues[at] >= after.end():
        return False
    return not any(letter.isupper() for letter in page[word.end() : cues[at]])


def _written_small(page: str) -> set[str]:
    """Return the words that a page writes with a small letter."""
    return {word[0] for word in re.finditer(r"(?<!\w)[^\W\d_]+", page) if word[0].islower()}


def _without_small(page: str, run: list[re.Match[str]], small: set[str]) -> list[re.Match[str]]:
    """Return a name without the word before it that only the head of a sentence gives a capital: "Enten Kari"."""
    at_head = _at_head(page, run[0].start())
    return run[1:] if len(run) > 1 and at_head and run[0][0].lower() in small else run


def _at_head(page: str, start: int) -> bool:
    return bool(_HEAD.search(page, max(0, start - 8), start)) or start == 0


def _headings(page: str) -> list[Span]:
    """Return the short lines that are written in capitals alone, in order."""
    lines = re.finditer(r"[^\n]+", page)
    return [line.span() for line in lines if 4 < len(line[0]) < 120 and line[0].isupper() and len(line[0].split()) <= 8]


def _lies_in(word: re.Match[str], stretches: list[Span]) -> bool:
    return _overlaps(word.span(), stretches)


def _overlaps(span: Span, stretches: list[Span]) -> bool:
    """Return whether some of a passage lies in one of these stretches, which are in order and apart."""
    at = bisect_left(stretches, (span[1], 0)) - 1
    return at >= 0 and stretches[at][1] > span[0]


def without_surnames(text: Passages, mentions: Iterable[Mention], small_words: Iterable[str]) -> Iterator[Mention]:
    """Yield the mentions but for the areas that are the last name of somebody: "Anders Eide".

    A capitalised word right before the name of an area makes it one, unless a sentence begins with that word and the
    page, or nothing but the sentence, gives it its capital: it is one of the ``small_words`` of the language.
    """
    page = text.original
    known = list(mentions)
    ends = {each.end for each in known}
    small = _written_small(page).union(small_words)
    for each in known:
        before = re.search(r"([^\W\d_][\w\u0300-\u036f'’-]*) $", page[max(0, each.start - 40) : each.start])
        if before and before[1][0].isupper() and all(id.startswith((*_AREA, "organisation:")) for id in each.meanings):
            start = each.start - len(before[0])
            named = start + len(before[1]) in ends
            head = _at_head(page, start) and before[1].lower() in small
            if any(id.startswith(_AREA) for id in each.meanings) and not named and not head:
                continue
        yield each
