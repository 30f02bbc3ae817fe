"""Mentions: where a page writes a name that the registry knows, or words of an index of any other kind."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from graph.registry.records import Registry
from graph.sources.text.quotes import Passages, original_span

_WORD = re.compile(r"\w+|[-/]")
Spellings = list[tuple[tuple[str, ...], frozenset[str]]]
Index = Mapping[str, Spellings]


class Mention(NamedTuple):
    """A passage and what it can mean: compact names of the registry (``names``), or of concepts (``cues``).

    A mention that is not ``sure`` supports an entry that says so, and requires none.
    """

    start: int
    end: int
    meanings: frozenset[str]
    sure: bool = True


def index_of(spellings: Iterable[tuple[str, str]]) -> Index:
    """Return names and what they can mean, found by their first word; the longest names come first."""
    meanings: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for spelling, id in spellings:
        meanings[tuple(_WORD.findall(spelling))].add(id)
    index: dict[str, Spellings] = defaultdict(list)
    for words, ids in sorted(meanings.items(), key=lambda item: -len(item[0])):
        index[words[0].casefold()].append((words, frozenset(ids)))
    return index


def registry_index(registry: Registry) -> Index:
    """Return the index of every spelling that the registry knows."""
    return index_of((name, id) for id, names in registry.spellings.items() for name in names)


def mentions(
    page: Passages,
    index: Index,
    endings: tuple[str, ...] = (),
    meant: Callable[[Mention], frozenset[str]] = attrgetter("meanings"),
) -> list[Mention]:
    """Return every name of the index in the page; where names overlap, the longest.

    One of the ``endings`` (a genitive -s) belongs to the name that takes it on. ``meant`` tells which of its meanings a
    mention has where it stands; one that has none leaves its words to shorter names.
    """
    words = list(_WORD.finditer(page.folded.text))
    result, at = [], 0
    # A long page has many mentions of few things.
    shared: dict[frozenset[str], frozenset[str]] = {}
    while at < len(words):
        here = [
            (len(name), meanings)
            for name, meanings in _beginning_with(words[at][0].casefold(), index, endings)
            if _is_spelling(name, [word[0] for word in words[at : at + len(name)]], endings)
        ]
        for length in sorted({length for length, _ in here}, reverse=True):
            meanings = frozenset().union(*(ids for size, ids in here if size == length))
            mention = Mention(*original_span(page, words[at].start(), words[at + length - 1].end()), meanings)
            if held := meant(mention):
                result.append(mention._replace(meanings=shared.setdefault(held, held)))
                at += length - 1
                break
        at += 1
    return result


def _beginning_with(
    word: str, index: Index, endings: tuple[str, ...]
) -> Iterable[tuple[tuple[str, ...], frozenset[str]]]:
    """Yield the names that begin with a word, and those of one word that it is with an ending."""
    yield from index.get(word, ())
    for ending in endings:
        if word.endswith(ending):
            yield from (each for each in index.get(word.removesuffix(ending), ()) if len(each[0]) == 1)


def _is_spelling(name: tuple[str, ...], words: list[str], endings: tuple[str, ...]) -> bool:
    """Return whether words spell a name. Only a small first letter may be a capital, as at the head of a sentence."""
    if len(words) < len(name):
        return False
    first = words[0][:1].lower() + words[0][1:] if name[0][0].islower() else words[0]
    spelling = (first, *words[1:])
    last = spelling[-1]
    return spelling[:-1] == name[:-1] and (last == name[-1] or last in [name[-1] + ending for ending in endings])


@cache
def first_word(label: str) -> str:
    """Return the first word of a label, case folded: the least that a page must say to name a post."""
    return str(_WORD.findall(label)[0]).casefold()
