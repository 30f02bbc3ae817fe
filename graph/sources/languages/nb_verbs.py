"""Tenses: where a page says that something is planned, has been held, is put off or cancelled.

Norwegian tells that by its verbs, and often in two places: "vil flere kommuner arrangere", "har Oslo arrangert". So a
cue of ``ontology/schemes/statuses.ttl`` may have two parts, ``vil … arrangere``: an auxiliary and the form it governs.

What is seen: of the auxiliaries that govern a form, the one nearest before it in the sentence counts; an auxiliary that
makes a thing unreal ("kunne", "burde") tells nothing, nor does "å" before the form, nor "ikke" or "aldri" beside it.
What is not seen: of which of two events in one quote a verb speaks ("kommunene som arrangerte møter, vil arrangere …"
tells both), and a view or a condition in another clause ("hvis", "mener at").
"""

import re
from collections import defaultdict

from graph.model.concepts import Vocabulary
from graph.sources.text.mentions import Mention
from graph.sources.text.quotes import LEFT_OUT, Passages, place_in, sentence_at

Words = tuple[str, ...]
Verbs = dict[str, list[tuple[Words, Words, str]]]

_WORD = re.compile(r"\w+|[,;:()-]")
_UNREAL = {"kan", "kunne", "bør", "burde", "må", "måtte", "skulle", "ville"}
_NOT = {"ikke", "aldri"}
_YET_SO = (["bare"], ["minst"])  # "ikke bare", "ikke minst"


def status_verbs(vocabulary: Vocabulary) -> Verbs:
    """The cues of statuses by the first word of their last part, each with its auxiliary, its form and its status."""
    verbs: Verbs = defaultdict(list)
    for concept in vocabulary["status"].values():
        for cue in concept.cues:
            auxiliary, _, form = cue.rpartition(LEFT_OUT)
            words = tuple(form.split())
            verbs[words[0]].append((tuple(auxiliary.split()), words, concept.id))
    return verbs


def statuses_told(page: Passages, verbs: Verbs) -> list[Mention]:
    """Each passage that tells a status, from the auxiliary to the form, in the order of the page."""
    found = []
    for sentence in _sentences(page):
        words = [word[0].casefold() for word in sentence]
        for at, word in enumerate(words):
            told = _told(words, at, verbs.get(word, []))
            if told:
                first, last, status = told
                place = place_in(page, sentence[first].start(), sentence[last - 1].end())
                found.append(Mention(*place, frozenset([status])))
    return found


def _sentences(page: Passages) -> list[list[re.Match[str]]]:
    """The words of each sentence, and the signs that part its clauses."""
    words: dict[int, list[re.Match[str]]] = defaultdict(list)
    for word in _WORD.finditer(page.folded.text):
        words[sentence_at(page, page.folded.places[word.start()])].append(word)
    return list(words.values())


def _told(words: list[str], at: int, cues: list[tuple[Words, Words, str]]) -> tuple[int, int, str] | None:
    """From which word to which a status is told whose form begins here, and which; None where none is."""
    cues = [cue for cue in cues if tuple(words[at : at + len(cue[1])]) == cue[1]]
    alone = next(((at, at + len(form), status) for auxiliary, form, status in cues if not auxiliary), None)
    governed = [cue for cue in cues if cue[0]]
    for before in range(at, 0, -1):
        ending = [cue for cue in governed if before >= len(cue[0]) and _ends(words, before, cue[0])]
        if ending:
            auxiliary, form, status = max(ending, key=lambda cue: len(cue[0]))
            first, last = before - len(auxiliary), at + len(form)
            return None if _denied(words, first, before, at, last) else (first, last, status)
        if governed and (words[before - 1] in _UNREAL or (before == at and words[before - 1] == "å")):
            return None
    return None if alone is None or _denied(words, at, at, at, alone[1]) else alone


def _ends(words: list[str], before: int, auxiliary: Words) -> bool:
    return tuple(words[before - len(auxiliary) : before]) == auxiliary


def _denied(words: list[str], first: int, governs: int, at: int, last: int) -> bool:
    """A denial stands beside the auxiliary or the form, or follows the form in its clause ("holdt kommunen ikke")."""
    clause = next((place for place in range(last, len(words)) if not words[place].isalnum()), len(words))
    beside = {first - 1, governs, at - 1, *range(last, min(last + 4, clause))}
    denials = {place for place, word in enumerate(words) if word in _NOT and words[place + 1 :][:1] not in _YET_SO}
    return not denials.isdisjoint(beside)
