"""Find what governs a name of a page: the words before it, and before the other members of its list.

"Uten Kari Nordmann og Erna Solberg" leaves out both, although "uten" stands before the first alone.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import Literal

from graph.model.claims import Agent
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import Proof
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import find_within, sentence_at, words_at

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


def governing_words(context: PageContext, names: Iterable[Mention], phrases: Collection[str], most: int) -> str | None:
    """Return the words from one of these phrases up to the first of the names; None where it stands before none.

    At most so many words of a title may stand between a phrase and a name.
    """
    first = None
    for name in names:
        first = first or name
        begin = _phrase_before(context, name, phrases, most)
        if begin is not None:
            return words_at(context.text, begin, first.end)
    return None


def words_before(context: PageContext, mention: Mention) -> list[re.Match[str]]:
    """Return the words that stand before a name in its clause."""
    page = context.text
    start, _ = page.sentences[sentence_at(page, mention.start)]
    clause = [sign.end() for sign in _CLAUSE.finditer(page.original, start, mention.start)]
    return list(_WORDS.finditer(page.original, clause[-1] if clause else start, mention.start))


def _phrase_before(context: PageContext, mention: Mention, phrases: Collection[str], most: int) -> int | None:
    """Return where the phrase begins that stands before a name and its title; None where none does."""
    before = words_before(context, mention)
    for title in range(min(most, len(before) - 1) + 1):
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
    """Yield a name, and those before it in its list with their titles and affiliations, the nearest first."""
    yield mention
    current = mention
    for before in _names_before(context, mention):
        if _joint(context, before, current) is None:
            return
        yield before
        current = before


def members_of_kind(context: PageContext, mention: Mention) -> Iterator[Mention]:
    """Yield a name and those before it that are surely of one list with it: "A, B og C", people or bodies alone.

    What only a comma parts may be an apposition: "leder i KS, Helge Eide"; so a list has a coordinator at its end. Only
    an office is followed by its holder without any sign: "forsker ved NIBR Halvor Lunden" names a body and a person.
    """
    yield mention
    current, coordinated = mention, _coordinated_ahead(context, mention)
    for before in _names_before(context, mention):
        joint = _joint(context, before, current)
        coordinated = coordinated or joint == "coordinator"
        if (
            joint is None
            or (joint == "comma" and not coordinated)
            or (joint == "apposition" and not _is_office(before))
        ):
            return
        if not _kinds(before) & _kinds(mention):
            return
        yield before
        current = before


def with_office(context: PageContext, mention: Mention) -> Iterator[Mention]:
    """Yield a name, and the office right before it: "statsminister Erna Solberg"."""
    yield mention
    for before in _names_before(context, mention):
        if _is_office(before) and _joint(context, before, mention) == "apposition":
            yield before
        return


def _names_before(context: PageContext, mention: Mention) -> Iterator[Mention]:
    """Yield the names before a name, the nearest first, without those that stand alone in brackets."""
    at = bisect_left(context.names, mention.start, key=attrgetter("start"))
    for before in reversed(context.names[max(0, at - MOST_MEMBERS) : at]):
        if not _in_brackets(context, before):
            yield before


def _coordinated_ahead(context: PageContext, mention: Mention) -> bool:
    """Return whether the rest of a list goes on to a coordinator: of A in "A, B og C"."""
    at = bisect_left(context.names, mention.start, key=attrgetter("start"))
    current = mention
    for after in context.names[at + 1 : at + 1 + MOST_MEMBERS]:
        if _in_brackets(context, after):
            continue
        joint = _joint(context, current, after)
        if joint != "comma":
            return joint == "coordinator"
        current = after
    return False


def _is_office(mention: Mention) -> bool:
    return any(id.startswith("post:") for id in mention.meanings)


def _kinds(mention: Mention) -> set[str]:
    """Return whether a name is that of somebody or of a body; an unknown one may be either."""
    kinds = {"person" if id.startswith("post:") else id.partition(":")[0] for id in mention.meanings}
    return kinds or {"person", "organisation"}


def _in_brackets(context: PageContext, mention: Mention) -> bool:
    """Return whether a name stands alone in brackets: the party in "Erna Solberg (H)"."""
    page = context.text.original
    return page[max(0, mention.start - 1) : mention.start] == "(" and page[mention.end : mention.end + 1] == ")"


def _joint(
    context: PageContext, before: Mention, after: Mention
) -> Literal["apposition", "comma", "coordinator", None]:
    """Return what joins two names: as members of one list, or one as the title or the affiliation of the other."""
    page, pack = context.text.original, context.language.pack
    if pack is None or after.start - before.end > MOST_BETWEEN or "\n" in page[before.end : after.start]:
        return None
    brackets = [each.span() for each in _BRACKETS.finditer(page, before.end, after.start)]
    words = [
        word
        for word in _WORD.finditer(page, before.end, after.start)
        if not any(start <= word.start() < end for start, end in brackets)
    ]
    signs = [word[0].casefold() for word in words]
    if not signs or signs in [[each] for each in pack.name_joiners]:
        return "apposition"
    comma = signs[0] == ","
    coordinated = signs[comma : comma + 1] in [[each] for each in pack.coordinators]
    # ", og B deltok" begins a clause of its own.
    if not (comma or coordinated) or (comma and coordinated and _begins_clause(context, after)):
        return None
    title = words[comma + coordinated :]
    if len(title) > MOST_OF_TITLE or any(word[0] == "," or not is_title(context, word) for word in title):
        return None
    return "coordinator" if coordinated else "comma"


def _begins_clause(context: PageContext, mention: Mention) -> bool:
    """Return whether a verb follows a name: a word for a part or a status, with a word between at most."""
    gap = _NEXT_WORD.match(context.text.original, mention.end)
    end = gap.end() if gap else mention.end
    return any(_begins(cues, mention.end, end + 1) for cues in (context.cues, context.statuses))
