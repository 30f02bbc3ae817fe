"""Mentions: where a page writes a name that the registry knows, a date, or a word that gives a role away."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from graph.model.concepts import Vocabulary
from graph.registry.records import Registry
from graph.sources.languages.nb_dates import DATE_PHRASE
from graph.sources.text.quotes import Passages, place_in

_WORD = re.compile(r"\w+|-")
Index = dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]


class Mention(NamedTuple):
    """A passage and what it can mean: compact names of the registry (``names``), or of concepts (``cues``)."""

    start: int
    end: int
    meant: frozenset[str]


def index_of(spellings: Iterable[tuple[str, str]]) -> Index:
    """Names and what they can mean, found by their first word; the longest names come first."""
    meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for spelling, id in spellings:
        meant[tuple(_WORD.findall(spelling))].add(id)
    index: Index = defaultdict(list)
    for words, ids in sorted(meant.items(), key=lambda item: -len(item[0])):
        index[words[0].casefold()].append((words, frozenset(ids)))
        index[f"{words[0].casefold()}s"].append((words, frozenset(ids)))
    return index


def registry_index(registry: Registry) -> Index:
    """The index of every spelling that the registry knows."""
    return index_of((name, id) for id, names in registry.spellings.items() for name in names)


def cue_index(vocabulary: Vocabulary) -> Index:
    """The index of the words by which pages give away roles, kinds of attendance, and lists that are left open.

    A list is given away by its hidden words alone: "temaer" is what we call one, and leaves nothing open.
    """
    schemes = ("role", "attendance")
    words = [(cue, concept.id) for name in schemes for concept in vocabulary[name].values() for cue in concept.cues]
    return index_of(words + [(cue, concept.id) for concept in vocabulary["list"].values() for cue in concept.hidden])


def mentions(page: Passages, index: Index) -> list[Mention]:
    """Every name of the index in the page; where names overlap, the longest. A genitive -s belongs to the name."""
    words = list(_WORD.finditer(page.folded.text))
    found, at = [], 0
    while at < len(words):
        here = [
            (len(name), meant)
            for name, meant in index.get(words[at][0].casefold(), ())
            if _written_here(name, [word[0] for word in words[at : at + len(name)]])
        ]
        length = max((length for length, _ in here), default=0)
        if length:
            meant = frozenset().union(*(ids for size, ids in here if size == length))
            place = place_in(page, words[at].start(), words[at + length - 1].end())
            found.append(Mention(*place, meant))
        at += max(length, 1)
    return found


def _written_here(name: tuple[str, ...], words: list[str]) -> bool:
    """A name that begins with a small letter may stand at the head of a sentence; other letters are as they are."""
    if len(words) < len(name):
        return False
    first = words[0][:1].lower() + words[0][1:] if name[0][0].islower() else words[0]
    written = (first, *words[1:])
    return written[:-1] == name[:-1] and written[-1] in (name[-1], f"{name[-1]}s")


def dates(page: Passages) -> Iterator[Mention]:
    """Every phrase of the page that tells a time."""
    for phrase in DATE_PHRASE.finditer(page.folded.text):
        yield Mention(*place_in(page, phrase.start(), phrase.end()), frozenset())


@cache
def first_word(label: str) -> str:
    """The first word of a name, case folded: what a page at least must say of a post."""
    return str(_WORD.findall(label)[0]).casefold()
