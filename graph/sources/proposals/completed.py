"""What is found of an event once all are known: its place, and its time where another sentence tells it."""

from graph.sources.proposals.events import Occasion, Occasions
from graph.sources.proposals.known import is_of_event
from graph.sources.proposals.reading import Reading
from graph.sources.proposals.times import resolve
from graph.sources.proposals.where import find_place


def complete(event: Occasion, reading: Reading, found: Occasions, before: Occasion | None) -> None:
    """Find the place of an event in the passages that tell of it."""
    find_place(event, reading, before)
    if event.is_main and event.time is None:
        for sentence, events in found.of_sentence.items():
            if event in events and (times := reading.within(reading.times, reading.sentence(sentence))):
                event.time = resolve(times[0], reading.language, reading.published, event.status)
                event.evidence.append(reading.sentence(sentence))
                break


def take_time_before(event: Occasion, reading: Reading, found: Occasions) -> None:
    """Take the time of the sentence before, where it alone tells one and no event: "Tirsdag kom alle. Møtet …"."""
    first = event.evidence[0]
    words = reading.within(reading.event_words, first)
    before = reading.sentence(max(0, first[0] - 2))
    is_first = reading.line(first[0]).start == first[0] or before[0] < reading.line(first[0]).start
    if event.time or not words or not words[0].is_definite or is_first or found.at(before) or event.is_main:
        return
    times = [
        resolve(each, reading.language, reading.published, event.status)
        for each in reading.within(reading.times, before)
    ]
    if (
        len(times) == 1
        and times[0].earliest
        and is_of_event(times[0])
        and not reading.within(reading.event_words, before)
    ):
        event.time = times[0]
        event.evidence.append(before)


def prove_time(event: Occasion, reading: Reading) -> None:
    """Add the sentence that tells the time of an event to what tells of it, where it stands elsewhere."""
    time = event.time
    if time is None or any(start <= time.start < end for start, end in event.evidence):
        return
    line, sentence = reading.line(time.start), reading.sentence(time.start)
    if reading.text[time.start : time.end] == time.said:
        event.evidence.append((max(line.start, sentence[0]), min(line.end, sentence[1])))
