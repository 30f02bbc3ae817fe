"""Blocking: which things are compared at all. The work grows with the number of things, not with its square.

Each thing has keys; things that share one stand in a block. An empty key is none, and neither is one word that many
names have: it stands with another word in a key. In a block that is not small each is compared with its neighbours in
the order of names alone; of many that have one name, the first is compared with each of the others too. Nothing is
compared much oftener than MAX_COMPARISONS times: what few have in common goes before what many have.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations, pairwise

from graph.identity.names.bodies import content_words, parse_body_name
from graph.identity.names.folding import fold
from graph.identity.names.people import parse_person_name
from graph.identity.things import Thing

# A block of up to so many is compared whole; in a larger one each with so many that follow it in order.
WHOLE_BLOCK = 24
NEIGHBOURS = 12
# A pair of which both have been compared so often is not compared: there are no more than so many for each thing.
MAX_COMPARISONS = 24
# A word of more names than this (and of more than this share of them) is common: no key by itself.
COMMON_WORD, COMMON_SHARE = 40, 0.002
# Words of a name that make keys, the rarest first, and those of them that may have a typing error.
_RARE_WORDS, _MISSPELT_WORDS, _BESIDE = 4, 2, 1
_MIN_LETTERS_OF_ERROR, _MAX_LETTERS_OF_ERROR = 5, 14
_MIN_ACRONYM, _MAX_ACRONYM = 2, 10
_MAX_PERSON_WORDS, _MAX_JOINED = 5, 5
_MAX_MONTHS = 36
# The key of all words of a name.
_SAME = "all"
Counts = Mapping[str, int]


class WordCounts:
    """In how many names each word stands, by kind of thing."""

    def __init__(self, things: Iterable[Thing]) -> None:
        """Count the words of all names; each once a thing."""
        self._counts: dict[str, int] = defaultdict(int)
        number = 0
        for thing in things:
            number += 1
            for word in {word for name in thing.names for word in _words(thing.kind, name)}:
                self._counts[word] += 1
        self._common = max(COMMON_WORD, int(COMMON_SHARE * number))

    def __getitem__(self, word: str) -> int:
        """Return in how many names a word stands."""
        return self._counts.get(word, 0)

    def is_common(self, word: str) -> bool:
        """Return whether a word is one of too many names to be a key."""
        return self[word] > self._common


def pairs(things: Sequence[Thing]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of things to compare, as their numbers, each once, the smaller number first."""
    counts = WordCounts(things)
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        for key in keys(thing, counts):
            blocks[f"{thing.kind} {key}"].append(number)
    order = [_order(thing) for thing in things]
    seen, used = set[int](), [0] * len(things)
    # All words say more than some, and what few have in common more than what many have: these blocks come first.
    for key in sorted(blocks, key=lambda key: (not _is_of_one_name(key), len(blocks[key]), key)):
        block = blocks[key]
        if len(block) > WHOLE_BLOCK:
            block.sort(key=order.__getitem__)
        for one, other in _of_block(block, _is_of_one_name(key)):
            a, b = min(one, other), max(one, other)
            code = a * len(things) + b
            if code not in seen and (used[a] < MAX_COMPARISONS or used[b] < MAX_COMPARISONS):
                seen.add(code)
                used[a] += 1
                used[b] += 1
                yield a, b


def _is_of_one_name(key: str) -> bool:
    return f" {_SAME} " in key


def _of_block(block: Sequence[int], is_of_one_name: bool) -> Iterable[tuple[int, int]]:
    """Return the pairs of a block: all of a small one, in a large one those of neighbours.

    Of many with the same words in their names the first is compared with each of the others too.
    """
    if len(block) <= WHOLE_BLOCK:
        return combinations(block, 2)
    near = ((one, other) for place, one in enumerate(block) for other in block[place + 1 : place + 1 + NEIGHBOURS])
    return chain(((block[0], other) for other in block[1:]), near) if is_of_one_name else near


def _order(thing: Thing) -> tuple[str, ...]:
    return (*thing.days, fold(thing.name)) if thing.kind == "event" else (fold(thing.name),)


def keys(thing: Thing, counts: WordCounts) -> set[str]:
    """Return the keys of the blocks in which a thing stands; none where nothing tells it from others."""
    result = {f"id {scheme} {value}" for scheme, value in thing.identifiers}
    if thing.kind == "event":
        return result | _event_keys(thing)
    for name in thing.names:
        result |= name_keys(thing.kind, name, counts)
    return result


def name_keys(kind: str, name: str, counts: WordCounts) -> set[str]:
    """Return the keys of one name of a kind of thing."""
    if kind == "person":
        return _person_keys(name)
    parsed = parse_body_name(name)
    in_order = parsed.words if kind == "body" else content_words(name)
    result = {f"id {scheme} {value}" for scheme, value in parsed.identifiers} if kind == "body" else set()
    words = sorted(set(in_order), key=lambda word: (counts[word], word))
    # Words that are written together elsewhere.
    result |= {f"w {one}{other}" for one, other in pairwise(in_order[:_MAX_JOINED])}
    return result | _word_keys(words, counts) | (_acronym_keys(name) if kind == "body" else set())


def _words(kind: str, name: str) -> Iterable[str]:
    if kind == "body":
        return parse_body_name(name).words
    return parse_person_name(name).words if kind == "person" else content_words(name)


def _word_keys(words: Sequence[str], counts: WordCounts) -> set[str]:
    """Return keys of words, the rarest first: each rare one, pairs of others, and the rarest with a letter less."""
    rarest = words[:_RARE_WORDS]
    result = {f"w {word}" for word in rarest if not counts.is_common(word)}
    result |= {f"w {' '.join(sorted(pair))}" for pair in combinations(rarest, 2)}
    if words:
        result.add(f"{_SAME} {''.join(sorted(words))}")
    for word in rarest[:_MISSPELT_WORDS]:
        # An error in a word that is common makes a rare word of it: they meet by another word beside them.
        beside = [other for other in rarest if other != word][:_BESIDE] + ([] if counts.is_common(word) else [""])
        result |= {f"e {each} {other}" for each in with_a_letter_less(word) for other in beside}
    return result


def with_a_letter_less(word: str) -> Iterable[str]:
    """Return a word as it is and with each of its letters left out: two with one error have one of these in common."""
    word = word[:_MAX_LETTERS_OF_ERROR]
    if len(word) < _MIN_LETTERS_OF_ERROR or not word.isalpha():
        return ()
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _acronym_keys(name: str) -> set[str]:
    """Return keys of the acronyms that a name has, is, or can be shortened to."""
    parsed = parse_body_name(name)
    result = {*parsed.acronyms}
    if len(parsed.words) == 1:
        result.add(parsed.words[0])
    elif _MIN_ACRONYM < len(parsed.words) <= _MAX_ACRONYM:
        result.add(parsed.initials)
    return {f"a {each}" for each in result if _MIN_ACRONYM <= len(each) <= _MAX_ACRONYM}


def _person_keys(name: str) -> set[str]:
    """Return keys of each word with the first letter of another one: for initials, any order, errors in one word."""
    words = parse_person_name(name).words[:_MAX_PERSON_WORDS]
    result = {
        f"p {one} {other[0]}"
        for place, one in enumerate(words)
        for at, other in enumerate(words)
        if place != at and len(one) > 1
    }
    return result | ({f"{_SAME} {' '.join(sorted(words))}"} if len(words) > 1 else set())


def _event_keys(thing: Thing) -> set[str]:
    """Return keys of each month in which an event may have been, with a place, an organiser or a participant."""
    marks = {f"at {place}" for place in thing.places} | {
        f"at {folded}" for word in thing.place_words if (folded := fold(word))
    }
    marks |= {f"by {folded}" for _, name in (*thing.organisers, *thing.participants) if (folded := fold(name))}
    return {f"{span} {mark}" for span in _spans(thing) for mark in marks}


def _spans(thing: Thing) -> list[str]:
    """Return the months of an event, and its day where it is known to the day."""
    try:
        first, last = map(date.fromisoformat, thing.days)
    except ValueError:
        return []
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    spans = [
        f"{first.year + (first.month - 1 + number) // 12}-{(first.month - 1 + number) % 12 + 1:02}"
        for number in range(min(months, _MAX_MONTHS))
    ]
    return [first.isoformat(), *spans] if first == last else spans
