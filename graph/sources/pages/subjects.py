"""Find words for a part that have a subject of their own: "ba alle som deltok, om hjelp" tells the part of all.

Only what stands right before such words is asked, so that inverted order, lists and passives stay with their names.
"""

import re
from bisect import bisect_left
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from graph.sources.languages.pack import Pack, Subjects
from graph.sources.pages.context import PageContext
from graph.sources.pages.coordination import MOST_OF_TITLE, is_title, members_up_to
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import sentence_at, words_at

_TOKEN = re.compile(r"\w[\w/'’.-]*\w|\w|[^\w\s]")
_BRACKETS = re.compile(r"\([^()\n]*\)")
# So many characters before a cue are looked at for its subject.
_MOST_BEFORE = 200
# A longer stretch without a full stop is a table or a list, and no sentence with clauses.
_MOST_OF_SENTENCE = 2000
# After one of these signs follow examples, or those whom an indefinite word means.
_OPENING_SIGNS = frozenset(":(–-[")


class _Clause(NamedTuple):
    """What stands before a cue in its sentence, without auxiliaries and a relative word; ``places`` name an agent."""

    start: int
    end: int
    ahead: list[re.Match[str]]
    relative: bool
    places: list[Span]


def other_subject(context: PageContext, cue: Mention, places: list[Span]) -> str | None:
    """Return the words from another subject than an agent up to a cue; None where the cue may be the agent's.

    ``places`` are where the agents are named, in the order of the page. An indefinite word or the full name of another
    is such a subject. Where the sentence may count the agent among them ("mange deltok, også Kari Nordmann"), the cue
    may be the agent's.
    """
    pack = context.language.pack
    if pack is None:
        return None
    clause = _clause(context, cue, places, pack)
    if not clause.places or clause.end - clause.start > _MOST_OF_SENTENCE:
        return None
    begin = _attendees(context, cue, clause, pack)
    if begin is None and clause.ahead:
        begin = _indefinite(context, cue, clause, pack)
    if begin is None and clause.ahead:
        begin = _other_name(context, cue, clause, pack)
    if begin is None or any(begin < end and start < cue.end for start, end in clause.places):
        return None
    inclusions = {*pack.subjects.inclusions, *pack.verbs.no_negation_before}
    if _listed(context, clause) or not inclusions.isdisjoint(_words(context, clause.start, clause.end)):
        return None
    return words_at(context.text, begin, cue.end)


def _clause(context: PageContext, cue: Mention, places: list[Span], pack: Pack) -> _Clause:
    page = context.text
    start, end = page.sentences[sentence_at(page, cue.start)]
    ahead = list(_TOKEN.finditer(page.original, max(start, cue.start - _MOST_BEFORE), cue.start))
    auxiliaries = {word for each in pack.verbs.auxiliaries if each.status == "held" for word in each.words}
    while ahead and ahead[-1][0].casefold() in auxiliaries:
        ahead.pop()
    relative = bool(ahead) and ahead[-1][0].casefold() in pack.subjects.relative
    if relative:
        ahead.pop()
        if ahead and ahead[-1][0] == ",":
            ahead.pop()
    near = places[bisect_left(places, (start, start)) : bisect_left(places, (end, end))]
    return _Clause(start, end, ahead, relative, near)


def _attendees(context: PageContext, cue: Mention, clause: _Clause, pack: Pack) -> int | None:
    """Return where a cue begins that is a noun for those who took part, and counts no agent in: "takket deltakerne"."""
    if context.text.original[cue.start : cue.end].casefold() not in pack.subjects.attendees:
        return None
    joined = bool(clause.ahead) and clause.ahead[-1][0].casefold() in pack.coordinators
    counted_in = joined or any(_may_be_of(context, pack, cue, cue.start, place) for place in clause.places)
    return None if counted_in else cue.start


def _may_be_of(context: PageContext, pack: Pack, cue: Mention, begin: int, place: Span) -> bool:
    """Return whether an agent before or after some words up to a cue may be one of those whom these mean."""
    start, end = place
    return (
        _identifies(context, pack.subjects, end, begin) if end <= begin else _named_after(context, pack, cue.end, start)
    )


def _indefinite(context: PageContext, cue: Mention, clause: _Clause, pack: Pack) -> int | None:
    """Return where an indefinite subject begins that stands right before the cue, and counts no agent in."""
    own, ahead = pack.subjects, list(clause.ahead)
    subject = {*own.indefinite, *(own.antecedents if clause.relative else ())}
    noun = _noun(context, clause, subject, pack)
    run = list(takewhile(lambda token: token[0].casefold() in subject, reversed(ahead[: len(ahead) - noun])))
    if not run and _is_plural(context, clause, pack):
        run, noun = ahead[-1:], 0
    if not run:
        return None
    begin, before = run[-1].start(), [token[0].casefold() for token in ahead[: len(ahead) - noun - len(run)]]
    if clause.relative:
        counted_in = before[-1:] in [[each] for each in pack.coordinators] or any(
            _may_be_of(context, pack, cue, begin, place) for place in clause.places
        )
        return None if counted_in else begin
    opened = before[-1:] in [[each] for each in (",", ";", *own.openers, *own.contrasts, *pack.verbs.clause_words)]
    opened = opened or (before[-1:] in [[each] for each in pack.coordinators] and before[-2:-1] == [","])
    return begin if opened and all(end <= begin for _, end in clause.places) else None


def _noun(context: PageContext, clause: _Clause, subject: set[str], pack: Pack) -> int:
    """Return 1 where a common noun stands right before the cue or its relative word ("mange lærere deltok"), else 0."""
    word = clause.ahead[-1]
    if word[0] in subject or not word[0].islower():
        return 0
    return int(clause.relative or (word[0].endswith(pack.noun_endings) and is_title(context, word)))


def _is_plural(context: PageContext, clause: _Clause, pack: Pack) -> bool:
    """Return whether a common noun for several stands before the relative word: "lærerne som deltok"."""
    word = clause.ahead[-1]
    begins = word.start() == clause.start
    return (
        clause.relative
        and (word[0].islower() or begins)
        and word[0].casefold().endswith(pack.subjects.plural_endings)
        and not any(name.start < word.end() and word.start() < name.end for name in _names_in(context, clause))
    )


def _identifies(context: PageContext, own: Subjects, start: int, end: int) -> bool:
    """Return whether words between an agent and an indefinite subject may make the one of the other."""
    words = _words(context, start, end)
    return not any(word[0].isalnum() for word in words) or not {*own.identities, *_OPENING_SIGNS}.isdisjoint(words)


def _named_after(context: PageContext, pack: Pack, start: int, end: int) -> bool:
    """Return whether an agent after a relative clause may be one whom it means: "De som deltok, var Kari Nordmann"."""
    words = _words(context, start, end)
    last = list(takewhile(lambda word: word != ",", reversed(words)))[::-1]
    return (
        not last
        or last[0] in {*pack.coordinators, *pack.subjects.relative}
        or any(head in word for word in last[:2] for head in pack.representation.heads)
        or _identifies(context, pack.subjects, start, end)
    )


def _other_name(context: PageContext, cue: Mention, clause: _Clause, pack: Pack) -> int | None:
    """Return where the full name of another begins that is the subject of the cue; every agent stands before it."""
    names = [each for each in _names_in(context, clause) if each.end == clause.ahead[-1].end()]
    if not names or not _is_full(context, names[0]) or any(end > names[0].start for _, end in clause.places):
        return None
    name, page = names[0], context.text.original
    members = list(members_up_to(context, name))
    surname = page[name.start : name.end].split()[-1]
    if any(
        page[start:end].endswith(surname) or any(each.start < end and start < each.end for each in members)
        for start, end in clause.places
    ):
        return None
    before = [token for token in clause.ahead if token.end() <= name.start]
    own_clause = _relative_is_own if clause.relative else _clause_is_own
    return name.start if own_clause(context, clause, before, pack) else None


def _relative_is_own(context: PageContext, clause: _Clause, before: list[re.Match[str]], pack: Pack) -> bool:
    """Return whether a relative clause belongs to the name before it: "sa Ola Hansen, som deltok"."""
    return _has_verb(context, clause, before, pack) and before[-1][0].casefold() not in pack.name_joiners


def _clause_is_own(context: PageContext, clause: _Clause, before: list[re.Match[str]], pack: Pack) -> bool:
    """Return whether a name begins a clause: "men Ola Hansen deltok", "ble syk, og Ola Hansen deltok"."""
    titles = list(takewhile(lambda token: is_title(context, token), reversed(before)))[:MOST_OF_TITLE]
    for each in (before, before[: len(before) - len(titles)]):
        words = [token[0].casefold() for token in each]
        if words and words[-1] in pack.subjects.contrasts:
            return True
        since = [token[0] for token in each if token.start() >= clause.places[-1][1]]
        if words[-1:] == [";"] or (words[-2:-1] == [","] and words[-1] in pack.coordinators):
            return since.count(",") <= 1 and _has_verb(context, clause, each, pack)
    return False


def _has_verb(context: PageContext, clause: _Clause, before: list[re.Match[str]], pack: Pack) -> bool:
    """Return whether a verb seems to follow the last agent: no sign, small word, title or name of a body does."""
    if not before:
        return False
    text = _BRACKETS.sub(" ", context.text.original[clause.places[-1][1] : before[-1].end()])
    first = _TOKEN.search(text)
    return (
        first is not None
        and first[0].islower()
        and first[0] not in {*pack.small_words, *pack.coordinators}
        and not any(head in first[0] for head in pack.representation.heads)
    )


def _is_full(context: PageContext, name: Mention) -> bool:
    """Return whether a name is that of somebody with a surname; an unknown one of two words may be."""
    several = len(context.text.original[name.start : name.end].split()) > 1
    return several and all(each.startswith("person:") for each in name.meanings)


def _names_in(context: PageContext, clause: _Clause) -> list[Mention]:
    """Return the names in the sentence of a cue."""
    by_start = attrgetter("start")
    first = bisect_left(context.names, clause.start, key=by_start)
    return context.names[first : bisect_left(context.names, clause.end, key=by_start)]


def _listed(context: PageContext, clause: _Clause) -> bool:
    """Return whether an agent is named in a list with others, whom "alle" or "noen" may mean."""
    return any(
        other.start < end and start < other.end
        for name in _names_in(context, clause)
        for other in members_up_to(context, name)
        if other != name
        for start, end in clause.places
        if not (name.start < end and start < name.end)
    )


def _words(context: PageContext, start: int, end: int) -> list[str]:
    """Return the words and signs between two positions, without what stands in brackets."""
    text = _BRACKETS.sub(" ", context.text.original[start:end])
    return [token[0].casefold() for token in _TOKEN.finditer(text)]
