"""Find what governs a name of a page: the words before it, and before the other members of its list.

"Uten Kari Nordmann og Erna Solberg" leaves out both, although "uten" stands before the first alone.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from operator import attrgetter

from graph.model.claims import Agent
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import Proof
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import find_within, sentence_at

# How many words of a title may stand between the word that governs a name and the name.
MOST_OF_TITLE = 2
# Further back than this, members of one list are not looked for.
MOST_MEMBERS = 60
# So many characters at most stand between two members of a list, with a title and brackets.
MOST_BETWEEN = 80
_WORD = re.compile(r"[^\s,]+|,")
_WORDS = re.compile(r"\S+")
_NEXT_WORD = re.compile(r"\s+(?:\w+\s+)?")
_CLAUSE = re.compile(r"[,;:.()!?–]")
_BRACKETS = re.compile(r"\([^()\n]*\)")


def own_mentions(context: PageContext, agent: Agent, proof: Proof) -> list[Mention]:
    """Return where the own quotes name an agent, or have the words for it where it is a group."""
    named = [each for each in proof.within(context.mentions) if agent.name in each.meanings]
    groups = [group.words for group in context.groups.values() if group.id == agent.name]
    named += [
        Mention(*place, frozenset([agent.name]))
        for words in groups
        for quote in proof.own
        for place in find_within(words, proof.text, quote.start, quote.end)
    ]
    return [each for each in named if proof.owns(each.start, each.end)]


def governing_words(context: PageContext, mention: Mention, phrases: Collection[str], lists: bool = True) -> str | None:
    """Return the words from one of these phrases up to a name, or None where no phrase stands before the name.

    With ``lists``, it may stand before an earlier member of the name's list. A title of two words may stand between.
    """
    for member in members_up_to(context, mention) if lists else (mention,):
        begin = _phrase_before(context, member, phrases)
        if begin is not None:
            return " ".join(context.text.original[begin : mention.end].split())
    return None


def words_before(context: PageContext, mention: Mention) -> list[re.Match[str]]:
    """Return the words that stand before a name in its clause."""
    page = context.text
    start, _ = page.sentences[sentence_at(page, mention.start)]
    clause = [sign.end() for sign in _CLAUSE.finditer(page.original, start, mention.start)]
    return list(_WORDS.finditer(page.original, clause[-1] if clause else start, mention.start))


def _phrase_before(context: PageContext, mention: Mention, phrases: Collection[str]) -> int | None:
    """Return where the phrase begins that stands before a name and its title; None where none does."""
    before = words_before(context, mention)
    for title in range(min(MOST_OF_TITLE, len(before) - 1) + 1):
        if title and not is_title(context, before[-title]):
            return None
        ahead = [word[0].casefold() for word in before[: len(before) - title]]
        for phrase in phrases:
            words = phrase.split()
            if ahead[-len(words) :] == words:
                return before[len(ahead) - len(words)].start()
    return None


def is_title(context: PageContext, word: re.Match[str]) -> bool:
    """Return whether a word may be part of a title: neither a small word nor one that tells a part or a status."""
    pack = context.language.pack
    name = word[0].casefold()
    if pack is None or any(
        name in words
        for words in (pack.small_words, pack.coordinators, pack.verbs.clause_words, pack.verbs.no_negation_before)
    ):
        return False
    return not _begins(context.cues, word.start(), word.end()) and not _begins(
        context.statuses, word.start(), word.end()
    )


def _begins(cues: list[Mention], start: int, end: int) -> bool:
    """Return whether one of the cues begins between two positions."""
    at = bisect_left(cues, start, key=attrgetter("start"))
    return at < len(cues) and cues[at].start < end


def members_up_to(context: PageContext, mention: Mention) -> Iterator[Mention]:
    """Yield a name, and those before it in its list, the nearest first: "A, B og C"."""
    yield mention
    at = bisect_left(context.names, mention.start, key=attrgetter("start"))
    current = mention
    for before in reversed(context.names[max(0, at - MOST_MEMBERS) : at]):
        if _in_brackets(context, before):
            continue
        if not _joined(context, before, current):
            return
        yield before
        current = before


def _in_brackets(context: PageContext, mention: Mention) -> bool:
    """Return whether a name stands alone in brackets: the party in "Erna Solberg (H)"."""
    page = context.text.original
    return page[max(0, mention.start - 1) : mention.start] == "(" and page[mention.end : mention.end + 1] == ")"


def _joined(context: PageContext, before: Mention, after: Mention) -> bool:
    """Return whether two names are members of one list, or one of them the title or the affiliation of the other."""
    page, pack = context.text.original, context.language.pack
    if pack is None or after.start - before.end > MOST_BETWEEN or "\n" in page[before.end : after.start]:
        return False
    brackets = [each.span() for each in _BRACKETS.finditer(page, before.end, after.start)]
    words = [
        word
        for word in _WORD.finditer(page, before.end, after.start)
        if not any(start <= word.start() < end for start, end in brackets)
    ]
    signs = [word[0].casefold() for word in words]
    if not signs or signs in [[each] for each in pack.name_joiners]:
        return True
    comma = signs[0] == ","
    coordinated = signs[comma : comma + 1] in [[each] for each in pack.coordinators]
    # ", og B deltok" begins a clause of its own.
    if not (comma or coordinated) or (comma and coordinated and _begins_clause(context, after)):
        return False
    title = words[comma + coordinated :]
    return len(title) <= MOST_OF_TITLE and all(word[0] != "," and is_title(context, word) for word in title)


def _begins_clause(context: PageContext, mention: Mention) -> bool:
    """Return whether a verb follows a name: a word for a part or a status, with a word between at most."""
    gap = _NEXT_WORD.match(context.text.original, mention.end)
    end = gap.end() if gap else mention.end
    return any(_begins(cues, mention.end, end + 1) for cues in (context.cues, context.statuses))
