"""Find cues: words of one language that express roles, kinds of attendance, and lists that are left open.

The words stand in ``ontology/schemes``, tagged by language. A word that often means something else ("kom", "ved") has a
frame in the pack: it counts in that frame only, supports an entry that says so, and requires none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from graph.model.concepts import Vocabulary
from graph.sources.languages.pack import Frame, Pack
from graph.sources.text.mentions import Index, Mention, index_of, mentions
from graph.sources.text.quotes import Passages, sentence_at

# Between a word and the name that makes a frame: "møtte statssekretær Kari Nordmann".
MOST_BETWEEN = 160
MOST_WORDS_BETWEEN = 7
_CLAUSE = re.compile(r"[,;:.()]")
_NAME = re.compile(r"(?<!\w)[^\W\d_]")
_MARK = "|"
# What an idiom means: no cue, so that it hides the shorter words in it.
_IDIOM = "idiom:"


class Cues(NamedTuple):
    """The words of a language, those in a frame marked with it (``role:speaker|subject``), and its genitive."""

    words: Index
    endings: tuple[str, ...] = ()
    exceptions: frozenset[str] = frozenset()
    event_endings: tuple[str, ...] = ()


class ListOf(NamedTuple):
    """A list of names under a heading ("Til stede:"): what the heading means, and where the list begins and ends."""

    heading: Mention
    start: int
    end: int


def cue_index(vocabulary: Vocabulary, pack: Pack) -> Cues:
    """Return the cues of roles, attendance and open lists.

    Of lists only the hidden words are cues: "temaer" is our name for such a list, and leaves nothing open.
    """
    language = pack.language
    words = [
        (cue, concept.id)
        for scheme in ("role", "attendance")
        for concept in vocabulary[scheme].values()
        for cue in concept.cues(language)
    ]
    words += [(cue, concept.id) for concept in vocabulary["list"].values() for cue in concept.hidden(language)]
    words += [(idiom, _IDIOM) for idiom in pack.idioms]
    return Cues(
        index_of(_framed(words, pack)), pack.genitive.endings, frozenset(pack.genitive.exceptions), pack.event_endings
    )


def framed_words(pack: Pack, scheme: str) -> dict[tuple[str, str], list[Frame]]:
    """Return the frames of the words of a scheme's concepts: by concept (``role:host``) and word."""
    frames: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for concept, by_frame in pack.frames.items():
        if concept.startswith(f"{scheme}:"):
            for frame, words in by_frame.items():
                for word in words:
                    frames[concept, word].append(frame)
    return dict(frames)


def _framed(words: list[tuple[str, str]], pack: Pack) -> Iterator[tuple[str, str]]:
    frames = {
        key: of_word for scheme in ("role", "attendance", "list") for key, of_word in framed_words(pack, scheme).items()
    }
    for word, concept in words:
        yield from ((word, f"{concept}{_MARK}{frame}") for frame in frames.get((concept, word), ()))
        if (concept, word) not in frames:
            yield word, concept


def cues_in(page: Passages, index: Cues) -> list[Mention]:
    """Return every cue of the page, in order, with what it means where it stands.

    Words outside their frame ("deltok på møtet" as no heading) hide none of the shorter words in them ("deltok").
    """

    def meant(mention: Mention) -> frozenset[str]:
        if page.original[mention.start : mention.end].casefold() in index.exceptions:
            return frozenset()
        return frozenset(
            each
            for each in mention.meanings
            if _MARK not in each or in_frame(page, mention, each.partition(_MARK)[2], index.event_endings)
        )

    cues = []
    for mention in mentions(page, index.words, index.endings, meant):
        sure = frozenset(each for each in mention.meanings if _MARK not in each and each != _IDIOM)
        framed = frozenset(each.partition(_MARK)[0] for each in mention.meanings - sure - {_IDIOM})
        if sure:
            cues.append(mention._replace(meanings=sure))
        if framed:
            cues.append(mention._replace(meanings=framed, sure=False))
    return cues


def in_frame(page: Passages, mention: Mention, frame: str, event_endings: tuple[str, ...] = ()) -> bool:
    """Return whether a word stands in its frame."""
    start, end = page.sentences[sentence_at(page, mention.start)]
    match frame:
        case "subject":
            return _has_name(page.original, max(start, mention.start - MOST_BETWEEN), mention.start) or _has_name(
                page.original, mention.end, min(end, mention.end + MOST_BETWEEN // 4)
            )
        case "object":
            return _has_name(page.original, mention.end, min(end, mention.end + MOST_BETWEEN))
        case "line":
            # A line of a programme is no sentence: no full stop ends it.
            running = end - start > 2 * MOST_BETWEEN or page.original[end - 1] in ".!?"
            return not running and _has_name(page.original, mention.end, end)
        case "event":
            after = page.original[mention.end : min(end, mention.end + MOST_BETWEEN)]
            near = _CLAUSE.split(after, maxsplit=1)[0].casefold().split()[:MOST_WORDS_BETWEEN]
            return any(word.endswith(event_endings) for word in near)
        case "heading":
            return heads_list(page.original, mention)
    return True


def _has_name(text: str, start: int, end: int) -> bool:
    """Return whether a word with a capital stands in a span of the text."""
    return any(letter[0].isupper() for letter in _NAME.finditer(text, start, end))


def heads_list(text: str, mention: Mention) -> bool:
    """Return whether a word begins a heading: a line up to a colon ("Til stede på møtet:"), or the word alone."""
    line = text.rfind("\n", max(0, mention.start - MOST_BETWEEN), mention.start) + 1
    if line == 0 and mention.start > MOST_BETWEEN:
        return False
    if any(letter.isalnum() for letter in text[line : mention.start]):
        return False
    after = text[mention.end : mention.end + MOST_BETWEEN].partition("\n")[0].removeprefix(".")
    colon = after.find(":")
    return not after.strip() or (colon >= 0 and not re.search(r"[.!?;]", after[:colon]))


def lists_in(page: Passages, cues: Iterable[Mention]) -> Iterator[ListOf]:
    """Yield the lists of the page: the rest of a heading's line, or the lines below it up to an empty one."""
    text = page.original
    for cue in cues:
        if heads_list(text, cue):
            line_end = text.find("\n", cue.end)
            line_end = line_end if line_end >= 0 else len(text)
            colon = text.find(":", cue.end, line_end)
            start = colon + 1 if colon >= 0 else cue.end
            end = line_end if text[start:line_end].strip() else _end_of_lines(text, line_end)
            if text[start:end].strip():
                yield ListOf(cue, start, end)


def _end_of_lines(text: str, at: int) -> int:
    """Return where the lines after this line break end: before an empty line, or one that is a heading itself."""
    end = at
    while end < len(text):
        next_end = text.find("\n", end + 1)
        next_end = next_end if next_end >= 0 else len(text)
        line = text[end + 1 : next_end].strip()
        if not line or line.endswith(":"):
            return end
        end = next_end
    return end
