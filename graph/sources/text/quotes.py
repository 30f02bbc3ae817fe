"""Find the words of a claim in the page, as text and never as a pattern.

A page and a quote may spell the same words with other code points. Both are folded the same way before they are
compared: letters composed (NFC), soft hyphens and zero-width marks dropped, every kind of dash, quotation mark and
white space made one. For each folded character its position in the page is kept.

``…`` in a quote stands for words left out within one sentence. Every way to read such a quote counts.
"""

import difflib
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, MutableSequence, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from graph.common.sentences import NO_RULES, SentenceRules, sentence_spans

_SAME = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("«»“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")},
)
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPACES = re.compile(rf"[\s{_DROPPED}]+")
LEFT_OUT = "…"
MOST_READINGS = 10_000


class Folded(NamedTuple):
    """A text made comparable; ``positions[i]`` is the position of its i-th character in the original text."""

    text: str
    positions: Sequence[int]


class Passages(NamedTuple):
    """A page ready to be searched: its text, the text folded, and where its sentences begin and end."""

    original: str
    folded: Folded
    sentences: tuple[tuple[int, int], ...]


def fold(text: str) -> Folded:
    """Return the text with all that does not tell words apart made uniform."""
    letters: list[str] = []
    # Four bytes a character: a long page has many.
    positions = array("i")
    done = 0
    for gap in _SPACES.finditer(text):
        _fold_words(text, done, gap.start(), letters, positions)
        if gap[0].strip(_DROPPED):
            letters.append(" ")
            positions.append(gap.start())
        done = gap.end()
    _fold_words(text, done, len(text), letters, positions)
    positions.append(len(text))
    return Folded("".join(letters), positions)


def _fold_words(text: str, start: int, end: int, letters: list[str], positions: MutableSequence[int]) -> None:
    """Append the words: letters composed, each at the position of its first mark, and signs of one kind made one."""
    words = text[start:end].translate(_SAME)
    if unicodedata.is_normalized("NFC", words):
        letters.append(words)
        positions.extend(range(start, end))
        return
    at = 0
    while at < len(words):
        after = at + 1
        while after < len(words) and unicodedata.combining(words[after]):
            after += 1
        composed = unicodedata.normalize("NFC", words[at:after])
        letters.append(composed)
        positions.extend([start + at] * len(composed))
        at = after


def passages(text: str, rules: SentenceRules = NO_RULES) -> Passages:
    """Return the page ready to be searched: folded, and cut into sentences by the rules of its language."""
    return Passages(text, fold(text), tuple(sentence_spans(text, rules)))


def find(quote: str, page: Passages) -> list[tuple[int, int]]:
    """Return every passage of the page that the quote can mean, from its first word to its last, in order.

    Where words are left out, only the first ``MOST_READINGS`` are returned: with so many, the quote is useless anyway.
    """
    parts = [_folded_words(part.strip()) for part in quote.split(LEFT_OUT)]
    parts = [part for part in parts if part]
    if not parts:
        return []
    positions = {part: _occurrences(part, page.folded.text) for part in set(parts)}
    if len(parts) == 1:
        return [original_span(page, at, at + len(parts[0])) for at in positions[parts[0]]]
    readings = _readings([(len(part), positions[part]) for part in parts], page)
    return [original_span(page, start, end) for start, end in islice(readings, MOST_READINGS)]


@lru_cache(maxsize=4096)
def _folded_words(part: str) -> str:
    """Return words made uniform as those of a page are; a quote and a name are looked for again and again."""
    return fold(part).text.strip()


def find_within(quote: str, page: Passages, start: int, end: int) -> list[tuple[int, int]]:
    """Return every passage between two places of the page that the quote can mean, without a look at the rest of it."""
    if LEFT_OUT in quote:
        return [position for position in find(quote, page) if start <= position[0] and position[1] <= end]
    part = _folded_words(quote.strip())
    positions = page.folded.positions
    first, last = bisect_left(positions, start), bisect_left(positions, end)
    found = []
    at = page.folded.text.find(part, first, last) if part else -1
    while at >= 0:
        if not (_joined(page.folded.text, at) or _joined(page.folded.text, at + len(part))):
            found.append(original_span(page, at, at + len(part)))
        at = page.folded.text.find(part, at + 1, last)
    return found


def _readings(parts: list[tuple[int, list[int]]], page: Passages) -> Iterator[tuple[int, int]]:
    """Yield start and end of each way to find the parts in their order within one sentence.

    A part is its length and its positions in the folded text.
    """
    (first, starts), *between, (last, ends) = parts
    limit = hopeless = -1
    for start in starts:
        if start >= limit:
            limit = _end_of_sentence(page, start)
        # What does not follow some words within their sentence does not follow later words of it either.
        if limit == hopeless:
            continue
        done = start + first
        for length, positions in between:
            nearest = bisect_left(positions, done)
            done = positions[nearest] + length if nearest < len(positions) else limit + 1
            if done > limit:
                break
        at = bisect_left(ends, done)
        after = bisect_right(ends, limit - last)
        if at >= after:
            hopeless = limit
        yield from ((start, ends[number] + last) for number in range(at, after))


def _end_of_sentence(page: Passages, at: int) -> int:
    """Return the start of the sentence after this position, both in the folded text."""
    after = sentence_at(page, page.folded.positions[at]) + 1
    begins = page.sentences[after][0] if after < len(page.sentences) else len(page.original)
    return bisect_left(page.folded.positions, begins)


def _occurrences(part: str, text: str) -> list[int]:
    """Return the positions of these words, as whole words, in a folded text."""
    positions, at = [], text.find(part)
    while at >= 0:
        if not (_joined(text, at) or _joined(text, at + len(part))):
            positions.append(at)
        at = text.find(part, at + 1)
    return positions


def original_span(page: Passages, start: int, end: int) -> tuple[int, int]:
    """Return the span of the page that a span of the folded text stands for, its last letter with its marks."""
    positions = page.folded.positions
    after = positions[end - 1] + 1
    while after < positions[end] and not page.original[after].isspace() and page.original[after] not in _DROPPED:
        after += 1
    return positions[start], after


def _joined(text: str, at: int) -> bool:
    """Return whether a word, or a letter with its marks, goes on across this position."""
    if not 0 < at < len(text):
        return False
    return bool(unicodedata.combining(text[at])) or (text[at - 1].isalnum() and text[at].isalnum())


def sentence_at(page: Passages, position: int) -> int:
    """Return the index of the sentence that a character is in; of the one before it, for the space between two."""
    return bisect_right(page.sentences, (position, len(page.original) + 1)) - 1


def line_at(page: Passages, position: int) -> int:
    """Return the line of the text on which a character stands, the first being 1."""
    return page.original.count("\n", 0, position) + 1


def words_at(page: Passages, start: int, end: int) -> str:
    """Return the words between two positions on one line, with single blanks, as a message or a name has them."""
    return " ".join(page.original[start:end].split())


def words_around(page: Passages, start: int, end: int) -> str:
    """Return the words around a passage, within its line, in quotation marks."""
    line = page.original.rfind("\n", 0, start) + 1
    first, last = max(line, start - 50), min(len(page.original), end + 50)
    return repr(words_at(page, first, last))


def unlike_signs(words: str, page: Passages) -> str:
    """Return a hint where words are in the page but for signs that look alike or cannot be seen; else an empty text.

    These are ligatures that a PDF left (one sign for fi), marks of the direction of writing, and three full stops,
    which are not the sign that stands for words left out. They are not taken for each other in silence: what the page
    has is published as it stands.
    """
    if "..." in words and find(words.replace("...", LEFT_OUT), page):
        return f"; words left out are written {LEFT_OUT}, not with three full stops"
    sought = fold(_plain(words)).text.strip()
    if not sought or sought not in fold(_plain(page.original)).text:
        return ""
    texts = words, nearest(words, page) or page.original
    alike = sorted({sign for text in texts for sign in text if _is_unlike(sign)})[:5]
    named = ", ".join(f"U+{ord(sign):04X} {unicodedata.name(sign, 'a sign without a name').lower()}" for sign in alike)
    return f"; page and words differ in signs that look alike or cannot be seen ({named}): copy the words from page.txt"


def _plain(text: str) -> str:
    """Return the text without ligatures, other ways to write the same letters, and signs that cannot be seen."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")


def _is_unlike(sign: str) -> bool:
    return sign not in _DROPPED and not sign.isspace() and _plain(sign) != unicodedata.normalize("NFC", sign)


def nearest(quote: str, page: Passages) -> str | None:
    """Return the passage of the page that is most like a quote that is not in it, or None where none is like it."""
    wanted = fold(quote.replace(LEFT_OUT, " ")).text
    likely = difflib.SequenceMatcher(None, "", wanted, autojunk=False)
    best, likeness = None, 0.55
    for start, end in page.sentences:
        if end - start <= likeness * len(wanted):
            continue
        sentence = page.original[start:end]
        likely.set_seq1(fold(sentence).text)
        blocks = [block for block in likely.get_matching_blocks() if block.size > 2]
        share = sum(block.size for block in blocks) / max(len(wanted), 1)
        if share > likeness:
            word = sentence.rfind(" ", 0, blocks[0].a + 1) + 1
            best, likeness = (sentence[word:] if len(wanted) < len(sentence) / 2 else sentence), share
    return best if best is None or len(best) <= 240 else f"{best[:240]}{LEFT_OUT}"
