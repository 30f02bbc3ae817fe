"""Refuse a name in the genitive as proof of a part: "Erna Solbergs rådgiver deltok" tells of her adviser alone."""

from collections.abc import Iterator

from graph.model.claims import Agent
from graph.sources.form.entries import ParticipationEntry
from graph.sources.pages.context import PageContext
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.terms import implies_attendance
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import words_at

# The mark of a possessive that stands apart from the name: "Erna Solberg's adviser".
_MARKS = ("'s", "’s", "'", "’")


def refuse_owners(
    context: PageContext, entry: ParticipationEntry, agents: tuple[Agent, ...], roles: tuple[str, ...], proof: Proof
) -> None:
    """Raise EntryError where the own quotes name somebody only as the owner of something.

    A body organises through what belongs to it, and is represented by it, but does not attend with it. The reader's
    ``written:`` or ``role_word:`` decides, and an event or the part itself may belong to somebody: "Erna Solbergs
    innledning".
    """
    if entry.written or entry.role_word is not None:
        return
    attends = implies_attendance(context, roles) and entry.attendance in (None, "present")
    for agent in agents:
        if agent.name.startswith("organisation:") and not attends:
            continue
        near = [each for each in proof.within(context.mentions) if agent.name in each.meanings]
        own = [each for each in near if proof.owns(each.start, each.end)]
        owned = [_owned(context, each, agent.name, roles) for each in own]
        if owned and all(owned):
            words = words_at(proof.text, own[0].start, own[0].end)
            raise EntryError(
                f"the quotes say {f'{words} {owned[0]}'!r}, which is not {agent.name}; remove the entry, or give the"
                " page's words for the part as role_word:, or for the agent as written:"
                + (", or write attendance: represented" if agent.name.startswith("organisation:") else ""),
                "quote",
            )


def _owned(context: PageContext, mention: Mention, id: str, roles: tuple[str, ...]) -> str | None:
    """Return the noun that a name in the genitive owns, or None where it owns none, or an event, or the part."""
    page = context.text.original
    name = " ".join(page[mention.start : mention.end].split())
    after = page[mention.end : mention.end + 80].split("\n\n")[0]
    mark = next((each for each in _MARKS if after.startswith(each)), "")
    words = context.language.pack.genitive.words if context.language.pack else ()
    mark = mark or next((f" {each}" for each in words if after.startswith(f" {each} ")), "")
    if not mark and not _has_ending(context, name, id):
        return None
    start = mention.end + len(mark)
    for at, word in _words(page, start):
        if any(cue.start == at and cue.meanings & {*roles} for cue in context.cues):
            return None
        if word.casefold() in context.language.small_words:
            continue
        pack = context.language.pack
        events = pack.event_endings if pack else ()
        return None if not word[0].isalpha() or word.casefold().endswith(tuple(events) or ("\0",)) else word
    return None


def _has_ending(context: PageContext, name: str, id: str) -> bool:
    """Return whether a name is a spelling of somebody with an ending of the genitive."""
    spellings = {each.casefold() for each in context.background.registry.spellings.get(id, ())}
    folded = name.casefold()
    return folded not in spellings and any(
        folded.endswith(ending) and folded.removesuffix(ending) in spellings
        for ending in context.language.genitive_endings
    )


def _words(page: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the next words of the same phrase, with where each begins."""
    end = start
    for _ in range(4):
        begin = end + len(page[end : end + 80]) - len(page[end : end + 80].lstrip())
        rest = page[begin : begin + 60].split(maxsplit=1)
        if begin == end or not rest:
            return
        word = rest[0].rstrip(',.;:!?)»”"')
        if not word:
            return
        yield begin, word
        if word != rest[0]:
            return
        end = begin + len(word)
