"""Refuse a name that the words give as represented or as what somebody belongs to: such a person or body was not there.

"Kari Nordmann møtte for Erna Solberg" tells of Kari Nordmann, and "rådgiver i Stavanger kommune" of an adviser.
"""

from graph.model.claims import Agent
from graph.sources.form.entries import ParticipationEntry
from graph.sources.languages.pack import Representation
from graph.sources.pages.context import PageContext
from graph.sources.pages.coordination import (
    MOST_OF_TITLE,
    governing_words,
    members_of_kind,
    own_mentions,
    with_office,
    words_before,
)
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.terms import implies_attendance
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import words_at

# So many letters at most a word for a person takes on: "rådgiver|ne".
_MOST_OF_ENDING = 3


def refuse_represented(
    context: PageContext, entry: ParticipationEntry, agents: tuple[Agent, ...], roles: tuple[str, ...], proof: Proof
) -> None:
    """Raise EntryError where the own quotes name an agent only as represented, or as what somebody belongs to.

    The reader's ``written:`` or ``role_word:`` decides, and ``attendance:`` may say itself that a body was represented.
    A body organises by what belongs to it: roles that imply no attendance are not asked.
    """
    pack = context.language.pack
    if pack is None or entry.written or entry.role_word or entry.attendance not in (None, "present"):
        return
    if not implies_attendance(context, roles):
        return
    for agent in agents:
        words = [_represented(context, each, pack.representation) for each in own_mentions(context, agent, proof)]
        if words and all(words):
            sent = "write attendance: represented, or " if agent.name.startswith("organisation:") else ""
            raise EntryError(
                f"the quotes say {words[0]!r}, which tells of somebody else than {agent.name}; {sent}remove the"
                " entry, or give the page's word for the part as role_word:",
                "quote",
            )


def _represented(context: PageContext, mention: Mention, words: Representation) -> str | None:
    """Return the words that make a name that of somebody represented, from these words up to the name."""
    return (
        governing_words(context, members_of_kind(context, mention), words.phrases, MOST_OF_TITLE)
        or governing_words(context, with_office(context, mention), words.next_alone, 0)
        or _belongs(context, mention, words)
    )


def _belongs(context: PageContext, mention: Mention, words: Representation) -> str | None:
    """Return the words for a person and a body of which the person is a part: "rådgiver i Stavanger kommune"."""
    for member in members_of_kind(context, mention):
        before = words_before(context, member)
        if len(before) > 1 and before[-1][0].casefold() in words.joints:
            person = before[-2][0].casefold()
            if any(person.startswith(head, at) for head in words.heads for at in _ends_of(person, head)):
                return words_at(context.text, before[-2].start(), mention.end)
    return None


def _ends_of(word: str, head: str) -> range:
    """Return where in a word its last part may begin: of "samfunnsrådgiverne", rådgiver with an ending."""
    return range(max(0, len(word) - len(head) - _MOST_OF_ENDING), len(word) - len(head) + 1)
