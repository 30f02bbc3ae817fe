"""Pronouns that mean the one person whom the sentence before names: "Ho snakka om …"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.sources.proposals.name import Name
from graph.sources.proposals.phrases import Phrases
from graph.sources.text.quotes import Passages

_FIRST = re.compile(r"[^\W\d_]+")
_ENDS = (".", "!", "?")


def pronouns_of(page: Passages, names: list[Name], phrases: Phrases) -> Iterator[Name]:
    """Yield the pronouns at the head of sentences, each with the person whom the sentence before names alone.

    A sentence that begins with such a pronoun and names nobody else hands that person on.
    """
    people = [each for each in names if each.kind == "person" and " " in each.who]
    at = 0
    meant = ""
    for before, sentence in pairwise(page.sentences):
        named = {meant} if meant else set()
        while at < len(people) and people[at].start < before[1]:
            if people[at].start >= before[0]:
                named.add(people[at].who)
            at += 1
        meant = ""
        first = _FIRST.match(page.original, sentence[0])
        if len(named) != 1 or first is None or first[0].casefold() not in phrases.words.one_person:
            continue
        if page.original[before[1] - 1 : before[1]] not in _ENDS:
            continue
        meant = named.pop()
        yield Name(first.start(), first.end(), "person", first[0], refers=meant)
