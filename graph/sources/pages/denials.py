"""Refuse words that prove a part in an event, where they say that it was only planned, or that it was not so.

"Vil arrangere" makes nobody an organiser of the event that was held, and "deltok ikke" makes nobody a participant.
"""

import re
from collections.abc import Iterable, Iterator

from graph.model.claims import Agent
from graph.model.iris import local_name
from graph.sources.form.entries import ParticipationEntry
from graph.sources.pages.context import PageContext
from graph.sources.pages.coordination import MOST_OF_TITLE, governing_words, members_up_to, own_mentions
from graph.sources.pages.evidence import EntryError, Proof
from graph.sources.pages.subjects import other_subject
from graph.sources.pages.terms import implies_attendance, telling_of
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import sentence_at, words_at

# How many words before a cue, and how many after it, a denial may stand: "var dessverre ikke til stede".
_BEFORE, _AFTER = 3, 2
_CLAUSE = re.compile(r"[,;:.()!?–]")
_QUOTATION_MARKS = " \n»”\"'"
_OTHERWISE = {"attendance:absent", "attendance:invited", "attendance:expected"}
_DECIDE = "give the page's word for the part as role_word:"


def refuse_denials(
    context: PageContext,
    entry: ParticipationEntry,
    agents: tuple[Agent, ...],
    roles: tuple[str, ...],
    status: str | None,
    evidence: Proof,
    places: list[Span],
) -> None:
    """Raise EntryError where the quotes that prove a part only plan it, deny it, or tell it of another.

    ``places`` are where the proof names the agents, in the order of the page. The reader's ``role_word:`` decides; an
    ``attendance:`` other than presence says itself that somebody was not there.
    """
    if entry.role_word is not None or entry.attendance not in (None, "present") or status not in ("held", "planned"):
        return
    if status == "held":
        _require_held(context, evidence)
    wanted = telling_of(context, roles)
    near = [cue for cue in evidence.within(context.cues) if evidence.owns(cue.start, cue.end)]
    otherwise = _OTHERWISE - ({"attendance:expected"} if status == "planned" else set())
    attends = implies_attendance(context, roles)
    contrary = [cue for cue in near if attends and cue.meanings <= otherwise and not _is_only(context, cue)]
    cues = [cue for cue in near if cue.meanings & wanted and cue not in contrary]
    others = {cue: words for cue in cues if (words := other_subject(context, cue, places))}
    cues = [cue for cue in cues if cue not in others]
    if others and not cues and not contrary:
        who = " or ".join(sorted(agent.name for agent in agents))
        message = f"the quotes say {next(iter(others.values()))!r}, which tells the part of somebody else than {who}"
        raise EntryError(f"{message}; quote words that tell it of them, or {_DECIDE}", "quote")
    denied = [cue for cue in cues if _denied(context, cue, unreal=status == "held")]
    if (denied or contrary) and len(denied) == sum(not _is_infinitive(context, cue) or cue in denied for cue in cues):
        _refuse(context, denied, contrary)


def refuse_exclusions(
    context: PageContext, entry: ParticipationEntry, agents: tuple[Agent, ...], evidence: Proof
) -> None:
    """Raise EntryError where the own quotes name somebody only as left out: "uten Kari Nordmann til stede"."""
    pack = context.language.pack
    if pack is None or entry.role_word is not None or entry.attendance not in (None, "present"):
        return
    denials = (*pack.verbs.exclusions, *pack.verbs.negations)
    for agent in agents:
        words = [
            governing_words(context, members_up_to(context, each), denials, MOST_OF_TITLE)
            for each in own_mentions(context, agent, evidence)
        ]
        if words and all(words):
            message = f"the quotes say {words[0]!r}, which leaves {agent.name} out; remove the entry, or {_DECIDE}"
            raise EntryError(message, "quote")


def _require_held(context: PageContext, evidence: Proof) -> None:
    tellings = [each for each in evidence.within(context.statuses) if each.sure and evidence.owns(each.start, each.end)]
    if tellings and not any("status:held" in each.meanings for each in tellings):
        words, meanings = _words(context, tellings[0]), " or ".join(sorted(map(local_name, tellings[0].meanings)))
        message = f"the quotes say {words!r}, which tells of something {meanings}, and the event was held"
        raise EntryError(f"{message}; quote words that say what was, or {_DECIDE}", "quote")


def _refuse(context: PageContext, denied: list[Mention], contrary: list[Mention]) -> None:
    if contrary:
        meanings = " or ".join(sorted(local_name(each) for each in contrary[0].meanings))
        message = f"the quotes say {_words(context, contrary[0])!r}; write attendance: {meanings}"
        raise EntryError(f"{message}, or {_DECIDE}", "role")
    raise EntryError(
        f"the quotes deny {_words(context, denied[0])!r}, or leave it open; remove the entry, or {_DECIDE}", "role"
    )


def _denied(context: PageContext, cue: Mention, unreal: bool) -> bool:
    """Return whether a negation, or an auxiliary that makes a thing unreal, stands near the cue in its clause."""
    verbs = context.language.pack.verbs if context.language.pack else None
    if verbs is None:
        return False
    before, after = _clause(context, cue)
    denials = {*verbs.negations, *(verbs.unreal if unreal else ())}
    if unreal and f" {' '.join(before)}".endswith(tuple(f" {words}" for words in verbs.intentions)):
        return True
    if _asks(context, cue) or (unreal and _left_open(context, cue, before, after)):
        return True
    return any(
        _holds(words, allowed, verbs.no_negation_before)
        for words, allowed in ((before[-_BEFORE:], denials), (after[:_AFTER], {*verbs.negations}))
    )


def _asks(context: PageContext, cue: Mention) -> bool:
    """Return whether the sentence of a cue is a question."""
    page = context.text
    start, end = page.sentences[sentence_at(page, cue.start)]
    return page.original[start:end].rstrip(_QUOTATION_MARKS).endswith("?")


def _left_open(context: PageContext, cue: Mention, before: list[str], after: list[str]) -> bool:
    """Return whether the clause of a cue, or what stands before it, leaves open whether it was so.

    ``before`` and ``after`` are the words of the clause: "deltok trolig", "vi håper at", "hadde hun deltatt".
    """
    verbs = context.language.pack.verbs if context.language.pack else None
    if verbs is None:
        return False
    if not {*verbs.hedges}.isdisjoint([*before, *after[:1]]):
        return True
    page = context.text
    start, _ = page.sentences[sentence_at(page, cue.start)]
    clauses = _CLAUSE.split(page.original[start : cue.start])
    ahead = clauses[-1].casefold().split()
    opener = f" {' '.join(ahead[: len(ahead) - len(before)])} "
    if before and any(f" {' '.join(before)} ".find(f" {words} ") >= 0 for words in verbs.doubts):
        return True
    if opener.endswith(tuple(f" {words} " for words in verbs.doubts)):
        return True
    participles = {form for verb in verbs.verbs for form in verb.participle}
    return (
        len(clauses) == 1
        and ahead[:1] in [[each] for each in verbs.conditions]
        and (_words(context, cue).casefold() in participles)
    )


def _holds(words: list[str], denials: set[str], yet_so: Iterable[str]) -> bool:
    """Return whether a denial is among the words, and no "not only"."""
    return any(
        word in denials and words[number + 1 : number + 2] not in [[each] for each in yet_so]
        for number, word in enumerate(words)
    )


def _is_only(context: PageContext, cue: Mention) -> bool:
    """Return whether the word after the cue undoes a negation: "deltok ikke bare"."""
    verbs = context.language.pack.verbs if context.language.pack else None
    return bool(verbs and _clause(context, cue)[1][:1] in [[word] for word in verbs.no_negation_before])


def _is_infinitive(context: PageContext, cue: Mention) -> bool:
    """Return whether the mark of an infinitive stands before the cue ("forhindret fra å delta")."""
    verbs = context.language.pack.verbs if context.language.pack else None
    return bool(verbs and _clause(context, cue)[0][-1:] in [[mark] for mark in verbs.infinitive_marks])


def _clause(context: PageContext, cue: Mention) -> tuple[list[str], list[str]]:
    """Return the words before and after a cue, as far as its clause goes."""
    page, pack = context.text, context.language.pack
    start, end = page.sentences[sentence_at(page, cue.start)]
    ends = {*pack.verbs.clause_words} if pack else set()
    before = _CLAUSE.split(page.original[start : cue.start])[-1].casefold().split()
    after = _CLAUSE.split(page.original[cue.end : end], maxsplit=1)[0].casefold().split()
    last = max((number for number, word in enumerate(before) if word in ends), default=-1)
    return before[last + 1 :], list(_until(after, ends))


def _until(words: list[str], ends: set[str]) -> Iterator[str]:
    for word in words:
        if word in ends:
            return
        yield word


def _words(context: PageContext, mention: Mention) -> str:
    return words_at(context.text, mention.start, mention.end)
