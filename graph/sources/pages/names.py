"""Find unknown names: capitalised words of a page that are no known name and that no entry explains.

A page that names somebody whom nobody has entered must not look as if it had been read completely.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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
_AREA = ("kommune:", "fylke:")


def unknown_names(
    text: Passages, mentions: Sequence[Mention], small_words: Iterable[str] = (), lists: Iterable[Span] = ()
) -> list[Span]:
    """Return each name of the page that no mention has in it, in order.

    A word at the head of a sentence is a name only where more of the name follows, where the page writes it with a
    capital elsewhere, or in one of the ``lists`` of names; one of the ``small_words``, or that the page writes small
    elsewhere, is none. A line that is written in capitals alone is a heading.
    """
    page = text.original
    headings = _headings(page)
    words = [word for word in _WORD.finditer(page) if word[0][0].isupper() and not _lies_in(word, headings)]
    within_sentences = Counter(word[0] for word in words if not _at_head(page, word.start()))
    small = _written_small(page).union(small_words)
    taken, of_lists = merge_spans((each.start, each.end) for each in mentions), merge_spans(lists)
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
        if len(run) > 1
        or not _at_head(page, run[0].start())
        or within_sentences[run[0][0]]
        or (_lies_in(run[0], of_lists) and _ITEM_END.match(page, run[0].end()) and run[0][0].lower() not in small)
    ]


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
    """Return whether some of a word lies in one of these stretches, which are in order and apart."""
    at = bisect_left(stretches, (word.end(), 0)) - 1
    return at >= 0 and stretches[at][1] > word.start()


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
