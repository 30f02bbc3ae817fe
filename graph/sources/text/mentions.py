"""Mentions: where a page writes a name that the registry knows, or words of an index of any other kind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from graph.registry.records import Registry
from graph.sources.text.quotes import Passages, place_in

_WORD = re.compile(r"\w+|[-/]")
Spellings = list[tuple[tuple[str, ...], frozenset[str]]]
Index = Mapping[str, Spellings]


class Mention(NamedTuple):
    """A passage and what it can mean: compact names of the registry (``names``), or of concepts (``cues``).

    What is not ``sure`` may mean it: it supports an entry that says so, and asks for none.
    """

    start: int
    end: int
    meant: frozenset[str]
    sure: bool = True


def index_of(spellings: Iterable[tuple[str, str]]) -> Index:
    """Return names and what they can mean, found by their first word; the longest names come first."""
    meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for spelling, id in spellings:
        meant[tuple(_WORD.findall(spelling))].add(id)
    index: dict[str, Spellings] = defaultdict(list)
    for words, ids in sorted(meant.items(), key=lambda item: -len(item[0])):
        index[words[0].casefold()].append((words, frozenset(ids)))
    return index


def registry_index(registry: Registry) -> Index:
    """Return the index of every spelling that the registry knows."""
    return index_of((name, id) for id, names in registry.spellings.items() for name in names)


def mentions(page: Passages, index: Index, endings: tuple[str, ...] = ()) -> list[Mention]:
    """Return every name of the index in the page; where names overlap, the longest.

    One of the ``endings`` (a genitive -s) belongs to the name that takes it on.
    """
    words = list(_WORD.finditer(page.folded.text))
    result, at = [], 0
    while at < len(words):
        here = [
            (len(name), meant)
            for name, meant in _beginning_with(words[at][0].casefold(), index, endings)
            if _spelt_here(name, [word[0] for word in words[at : at + len(name)]], endings)
        ]
        length = max((length for length, _ in here), default=0)
        if length:
            meant = frozenset().union(*(ids for size, ids in here if size == length))
            place = place_in(page, words[at].start(), words[at + length - 1].end())
            result.append(Mention(*place, meant))
        at += max(length, 1)
    return result


def _beginning_with(
    word: str, index: Index, endings: tuple[str, ...]
) -> Iterable[tuple[tuple[str, ...], frozenset[str]]]:
    """Yield the names that begin with a word, and those of one word that it is with an ending."""
    yield from index.get(word, ())
    for ending in endings:
        if word.endswith(ending):
            yield from (each for each in index.get(word.removesuffix(ending), ()) if len(each[0]) == 1)


def _spelt_here(name: tuple[str, ...], words: list[str], endings: tuple[str, ...]) -> bool:
    """A name that begins with a small letter may stand at the head of a sentence; other letters are as they are."""
    if len(words) < len(name):
        return False
    first = words[0][:1].lower() + words[0][1:] if name[0][0].islower() else words[0]
    spelling = (first, *words[1:])
    last = spelling[-1]
    return spelling[:-1] == name[:-1] and (last == name[-1] or last in [name[-1] + ending for ending in endings])


@cache
def first_word(label: str) -> str:
    """Return the first word of a name, case folded: what a page at least must say of a post."""
    return str(_WORD.findall(label)[0]).casefold()
