"""Find verbs that express a status: that something is planned, has been held, is put off or cancelled.

A verb often stands in two parts: "vil flere kommuner arrangere", "will be held". A pack says which auxiliary governs
which form of which verb; words that express a status by themselves also stand in ``ontology/schemes/statuses.ttl``.

Of the auxiliaries that govern a form, the nearest one before it in the sentence counts. A form expresses nothing after
an auxiliary that makes it unreal ("kunne", "might"), after the mark of an infinitive ("å", "to"), or beside a negation.
Nothing has been held in a question, or in a clause with a word that leaves it open ("kanskje"). Not detected are: which
of two events in one quote a verb is about, and a view or a condition in another clause ("hvis", "mener at").
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from graph.sources.languages.pack import Pack, Verb
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import Passages, original_span, sentence_at

Words = tuple[str, ...]

_WORD = re.compile(r"\w+|[,;:()?-]")
# Further back than this, an auxiliary is not looked for: a list of a thousand names is one sentence too.
MOST_BETWEEN = 120
_ALONE = {"planned": ("present", "passive"), "held": ("past",)}


class Form(NamedTuple):
    """A form of a verb, the auxiliary that governs it, if any, and the status that they tell."""

    auxiliary: Words
    words: Words
    status: str


class StatusVerbs(NamedTuple):
    """The forms of a language by their first word, and the words that undo what a verb tells."""

    forms: dict[str, list[Form]]
    unreal: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    yet_so: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    clause_words: frozenset[str] = frozenset()
    hedges: frozenset[str] = frozenset()


def status_verbs(pack: Pack, words: Iterable[tuple[str, str]]) -> StatusVerbs:
    """Return the verbs of a pack, and of the schemes each word that tells a status alone (word, ``status:held``)."""
    forms: dict[str, list[Form]] = defaultdict(list)
    verbs = pack.verbs
    every = [Form((), tuple(word.split()), status) for word, status in words]
    for verb in verbs.verbs:
        every += [
            Form((), tuple(word.split()), f"status:{status}")
            for status, kinds in _ALONE.items()
            for kind in kinds
            for word in _forms(verb, kind)
        ]
        every += [
            Form(tuple(auxiliary.split()), tuple(word.split()), f"status:{each.status}")
            for each in verbs.auxiliaries
            for auxiliary in each.words
            for kind in each.governs
            for word in _forms(verb, kind)
        ]
    for form in dict.fromkeys(every):
        forms[form.words[0]].append(form)
    return StatusVerbs(
        dict(forms),
        frozenset(verbs.unreal),
        frozenset(verbs.negations),
        frozenset(verbs.no_negation_before),
        frozenset(verbs.infinitive_marks),
        frozenset(verbs.clause_words),
        frozenset(verbs.hedges),
    )


def _forms(verb: Verb, kind: str) -> Words:
    words: Words = getattr(verb, kind)
    return words


def statuses(page: Passages, verbs: StatusVerbs) -> list[Mention]:
    """Return each passage that tells a status, from the auxiliary to the form, in the order of the page."""
    passages = []
    for sentence in _sentences(page):
        words = [word[0].casefold() for word in sentence]
        for at, word in enumerate(words):
            place_and_status = _status_at(words, at, verbs) if word in verbs.forms else None
            if place_and_status:
                first, last, status = place_and_status
                place = original_span(page, sentence[first].start(), sentence[last - 1].end())
                passages.append(Mention(*place, frozenset([status])))
    return sorted(passages, key=attrgetter("start"))


def _sentences(page: Passages) -> list[list[re.Match[str]]]:
    """Return the words of each sentence, and the signs that part its clauses."""
    words: dict[int, list[re.Match[str]]] = defaultdict(list)
    for word in _WORD.finditer(page.folded.text):
        words[sentence_at(page, page.folded.positions[word.start()])].append(word)
    return list(words.values())


def _status_at(words: list[str], at: int, verbs: StatusVerbs) -> tuple[int, int, str] | None:
    """Return from which word to which a status is told whose form begins here, and which; None where none is."""
    forms = [form for form in verbs.forms[words[at]] if tuple(words[at : at + len(form.words)]) == form.words]
    by_itself = max((form for form in forms if not form.auxiliary), key=lambda form: len(form.words), default=None)
    alone = (at, at + len(by_itself.words), by_itself.status) if by_itself else None
    governed: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if form.auxiliary:
            governed[form.auxiliary[-1]].append(form)
    for before in range(at, max(0, at - MOST_BETWEEN), -1):
        ending = [form for form in governed.get(words[before - 1], ()) if _ends(words, before, form.auxiliary)]
        if ending:
            auxiliary, form_words, status = max(ending, key=lambda form: len(form.auxiliary))
            first, last = before - len(auxiliary), at + len(form_words)
            undone = _denied(words, first, before, at, last, verbs) or _hedged(words, first, last, status, verbs)
            return None if undone else (first, last, status)
        if governed and (words[before - 1] in verbs.unreal or (before == at and words[before - 1] in verbs.marks)):
            return None
    if alone is None or _denied(words, at, at, at, alone[1], verbs) or _hedged(words, *alone, verbs):
        return None
    return alone


def _hedged(words: list[str], first: int, last: int, status: str, verbs: StatusVerbs) -> bool:
    """Return whether a question, or a word of the clause of a verb, leaves open that something was held."""
    if status != "status:held":
        return False
    if words[-1] == "?":
        return True
    for place in range(first - 1, max(-1, first - MOST_BETWEEN), -1):
        if not words[place].isalnum() or words[place] in verbs.clause_words:
            break
        if words[place] in verbs.hedges:
            return True
    return not verbs.hedges.isdisjoint(words[first : last + 1])


def _ends(words: list[str], before: int, auxiliary: Words) -> bool:
    return before >= len(auxiliary) and tuple(words[before - len(auxiliary) : before]) == auxiliary


def _denied(words: list[str], first: int, governs: int, at: int, last: int, verbs: StatusVerbs) -> bool:
    """Return whether a negation stands beside auxiliary or form, or later in the clause ("holdt kommunen ikke")."""
    after = range(last, min(last + 4, len(words)))
    ends = (place for place in after if not words[place].isalnum() or words[place] in verbs.clause_words)
    clause = next(ends, last + 4)
    beside = {first - 1, governs, at - 1, *(place for place in after if place < clause)}
    return any(
        0 <= place < len(words)
        and words[place] in verbs.negations
        and not (words[place + 1 : place + 2] and words[place + 1] in verbs.yet_so)
        for place in beside
    )
