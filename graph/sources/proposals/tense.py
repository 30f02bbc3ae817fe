"""Whether an event is planned, held, put off or called off: by the words, the tense or the day of a sentence."""

import re

from graph.model.edtf import Bounds
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.times import Time, resolve
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

# A year is at least so many days long, from the first to the last.
_YEAR = 364


def status_of_arrival(reading: Reading, sentence: Span, words: list[EventWord]) -> str | None:
    """Return the status of an event to which several people come or travel: "kommer A og B til konferansen"."""
    verbs = [each for each in reading.within(reading.context.cues, sentence) if "role:participant" in each.meanings]
    people = {each.who for each in reading.within(reading.names, sentence) if each.kind == "person"}
    for verb in verbs:
        for word in words:
            reaches = verb.end <= word.start and reading.phrases.invited_to.search(reading.text, verb.end, word.start)
            if reaches and len(people) > 1:
                own = reading.text[verb.start : verb.end].casefold().split()[0]
                return "planned" if own.endswith(reading.words.present_endings) else "held"
    return None


def status_of_copula(reading: Reading, sentence: Span, words: list[EventWord]) -> str | None:
    """Return that an event was held, where a copula in the past stands before it: "Det åpne arrangementet var …"."""
    for word in words:
        before = reading.text[sentence[0] : word.start].casefold().split()[-1:]
        if word.is_definite and before and before[0] in reading.words.past_copulas:
            return "held"
    return None


def status_told(told: list[Mention], reading: Reading, sentence: Span) -> str | None:
    """Return the status that words tell, the strongest first."""
    ids = [id.partition(":")[2] for each in told for id in each.meanings]
    for status in ("cancelled", "postponed", "planned", "held"):
        if status in ids and (status != "planned" or "held" not in ids or ids[0] == "planned"):
            return status
    return None


def status_of_meeting(reading: Reading, sentence: Span) -> str | None:
    """Return the status that the tense of a verb of meeting tells."""
    if reading.phrases.has_had.search(reading.text, *sentence):
        return "held"
    text = reading.text[sentence[0] : sentence[1]].casefold()
    verbs = [
        word for word in (*reading.words.meeting, *reading.words.gathering) if re.search(rf"(?<!\w){word}(?!\w)", text)
    ]
    if not verbs:
        return None
    return "planned" if verbs[0].split()[0].endswith(reading.words.present_endings) else "held"


def status_by_day(time: Time | None, published: Bounds | None) -> str:
    """Return the status that a day tells on a page of a known day."""
    if time and time.latest and published and published.earliest and time.latest < published.earliest:
        return "held"
    return "planned"


def is_of_another_year(reading: Reading, sentence: Span, time: Time | None) -> bool:
    """Return whether a sentence only tells of another year than that of an event: "I fjor var A hovedtaler"."""
    told = [
        resolve(each, reading.language, reading.published, None) for each in reading.within(reading.times, sentence)
    ]
    others = [each for each in told if time and _is_year(each) and not time.overlaps(each)]
    of_its_own = any(not word.is_definite for word in reading.within(reading.event_words, sentence))
    return bool(told) and len(others) == len(told) and not of_its_own


def _is_year(time: Time) -> bool:
    return time.earliest is not None and time.latest is not None and (time.latest - time.earliest).days >= _YEAR
