"""The events that a page tells of: which there are, from which words, when, and whether planned or held."""

from itertools import pairwise

from graph.sources.proposals.beside import Beside, without_journeys
from graph.sources.proposals.calendars import day_of_line, is_row, read_calendar
from graph.sources.proposals.events import (
    HEAD_LINES,
    Occasion,
    Occasions,
    is_day_alone,
    is_notice,
    municipality_in,
    read_label,
    sentences_in,
    title_of,
)
from graph.sources.proposals.known import add_to, are_several, is_of_event, is_same, nearest, tells_of_meeting
from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.name import Name
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.tense import (
    is_of_another_year,
    status_by_day,
    status_of_arrival,
    status_of_meeting,
    status_told,
)
from graph.sources.proposals.times import Time, resolve
from graph.sources.proposals.weekdays import Weekdays
from graph.sources.proposals.where import find_place
from graph.sources.text.intervals import Span

# So many lines with a day of their own make a page a calendar.
_CALENDAR_DAYS = 3
# So many events, or lines, are looked back or on to for one that a sentence means.
_NEAR = 60
# So many towns in a row are those of as many events; two may be where people come from.
_FEWEST_TOWNS = 3
_NO_TIME: list[Time | None] = [None]


def occasions_of(reading: Reading) -> Occasions:
    """Return the events of a page."""
    genre = _genre(reading)
    if genre == "calendar":
        return read_calendar(reading)
    found = _Finder(reading, genre).find()
    for before, event in pairwise([None, *found.events]):
        if event:
            _complete(event, reading, found, before)
    return found


def _genre(reading: Reading) -> str:
    """Return what kind of page this is: minutes, a calendar of many days, a programme of one, or prose."""
    days = [line for line in reading.lines if day_of_line(reading, line)]
    programme = sum(line.kind is Kind.PROGRAMME for line in reading.lines)
    if len(days) >= _CALENDAR_DAYS and (
        programme >= _CALENDAR_DAYS or sum(is_row(line) for line in days) >= _CALENDAR_DAYS
    ):
        return "calendar"
    head = [line for line in reading.lines[:HEAD_LINES] if line.kind is not Kind.PROSE]
    if any(reading.has_word(reading.words.minutes, (line.start, line.end)) for line in head):
        return "minutes"
    return "programme" if programme >= _CALENDAR_DAYS else "prose"


class _Finder:
    """Finds the events of a page of minutes, a programme, or prose, going through its sentences in order."""

    def __init__(self, reading: Reading, genre: str) -> None:
        self.reading = reading
        self.genre = genre
        self.found = Occasions([], {}, genre)
        self.current: list[Occasion] = []
        self.days = Weekdays(reading)
        self.beside = Beside(reading, genre, self.found, self.days)

    def find(self) -> Occasions:
        """Return the events."""
        main = self._main()
        if main:
            self.found.events.append(main)
            self.current = [main]
        for sentence in self.reading.page.sentences:
            self._read(sentence, main)
        without_journeys(self.found)
        return self.found

    def _main(self) -> Occasion | None:
        """Return the event that a page of minutes, a programme or an invitation is about as a whole."""
        reading = self.reading
        head = reading.lines[:HEAD_LINES]
        labels = [
            line for line in reading.lines if line.label in (*reading.words.time_labels, *reading.words.place_labels)
        ]
        is_about_one = (
            self.genre in ("minutes", "programme")
            or any(line.label in reading.words.time_labels for line in labels)
            or any(is_day_alone(reading, line) for line in head[:5])
        )
        if not is_about_one or not head:
            return None
        named = next(
            (word for line in head for word in reading.within(reading.event_words, (line.start, line.end))), None
        )
        titled = next((line for line in head if named and line.start <= named.start < line.end), head[0])
        status = "held" if self.genre == "minutes" else "planned"
        first = next(iter(sentences_in(reading, titled)))
        event = Occasion(named.kind if named else "meeting", title_of(reading, named, first), [first], status)
        event.is_main, event.strength, event.because = True, "sure", f"a page of this kind: {self.genre}"
        for line in labels:
            read_label(reading, line, event)
        if event.time is None:
            event.time = self._time_in_head(head, status)
            if event.time:
                event.evidence.append(reading.sentence(event.time.start))
        return event

    def _time_in_head(self, head: list[Line], status: str) -> Time | None:
        for line in head:
            if is_notice(self.reading, line):
                continue
            for time in self.reading.within(self.reading.times, (line.start, line.end)):
                resolved = resolve(time, self.reading.language, self.reading.published, status)
                if resolved.earliest and resolved.latest and (resolved.latest - resolved.earliest).days < 40:
                    return resolved
        return None

    def _read(self, sentence: Span, main: Occasion | None) -> None:
        """Find whether a sentence tells of an event of its own, and note to which event it belongs."""
        reading = self.reading
        line = reading.line(sentence[0])
        about = self.current[0].time if self.current else None
        if not is_notice(reading, line) and (own := self.beside.events_of(sentence, line, main)):
            self.found.of_sentence[sentence[0]] = own
            if own[0].goes_on and self.genre == "prose":
                self.current = own
            return
        if is_notice(reading, line) or self._leaves_open(sentence) or is_of_another_year(reading, sentence, about):
            self.found.of_sentence[sentence[0]] = []
            return
        events = self._events_of(sentence, line, main)
        if events:
            self.found.of_sentence[sentence[0]] = events
            if events[0] is not main:
                self.beside.note(line, events)
            if not (main and self.genre in ("minutes", "programme")):
                self.current = events
            return
        self.found.of_sentence[sentence[0]] = list(self.current)

    def _is_had(self, word: EventWord, sentence: Span) -> bool:
        """Return whether somebody has a meeting that the page has not told of: "Etter lunsj hadde statsråden møte"."""
        if word.is_definite or word.is_plural or word.kind != "meeting":
            return False
        return self._who_has(word, sentence) is not None

    def _who_has(self, word: EventWord, sentence: Span) -> Name | None:
        """Return who has a meeting that a word tells of: "Etter lunsj hadde statsråden møte"."""
        reading = self.reading
        has = reading.phrases.has_one.search(reading.text, sentence[0], word.start)
        names = reading.within(reading.names, (has.start(), word.start)) if has else []
        return next((each for each in names if each.kind in ("person", "office")), None)

    def _is_another(self, sentence: Span, line: Line, words: list[EventWord]) -> bool:
        """Return whether a sentence tells of an event beside that of the page: "Neste møte", "Neste dialogmøte"."""
        reading = self.reading
        # "uten at ny dato er satt" tells of no event beside that of its own sentence.
        phrases = reading.words.another if not words else reading.phrases.another_events
        if reading.has_word(phrases, sentence) or self._is_below_another(line, sentence):
            return True
        return any(reading.phrases.next_one.search(reading.text, sentence[0], each.start) for each in words)

    def _leaves_open(self, sentence: Span) -> bool:
        """Return whether a sentence speaks of another time than that of its page, and of no day: "Neste gang …"."""
        reading = self.reading
        return (
            reading.has_word(reading.words.another, sentence)
            and not reading.within(reading.event_words, sentence)
            and not reading.within(reading.times, sentence)
        )

    def _events_of(self, sentence: Span, line: Line, main: Occasion | None) -> list[Occasion]:
        reading = self.reading
        words = reading.within(reading.event_words, sentence)
        told = reading.statuses_in(sentence)
        another = self._is_another(sentence, line, words)
        meets = reading.has_word((*reading.words.meeting, *reading.words.gathering), sentence) and not words
        arrival = status_of_arrival(reading, sentence, words)
        if not words and not another and not meets:
            return []
        if line.kind in (Kind.PROGRAMME, Kind.LABEL) and main and not another:
            return []
        status = status_told(told, reading, sentence) or status_of_meeting(reading, sentence) or arrival
        times = [
            resolve(each, reading.language, reading.published, status)
            for each in reading.within(reading.times, sentence)
        ]
        times = [self.days.settle(each) for each in times if is_of_event(each)]
        word = next((each for each in words if not each.is_plural), words[0] if words else None)
        had = next((each for each in words if self._is_had(each, sentence)), None)
        if had and not main and not times:
            own = Occasion(had.kind, title_of(reading, had, sentence), [sentence], status or "held")
            own.party = self._who_has(had, sentence)
            own.because = "a word for a meeting that somebody has"
            self.found.events.append(own)
            return [own]
        return self._matching(sentence, word, bool(told or arrival), times, status, another, meets, main)

    def _matching(
        self,
        sentence: Span,
        word: EventWord | None,
        told: bool,
        times: list[Time],
        status: str | None,
        another: bool,
        meets: bool,
        main: Occasion | None,
    ) -> list[Occasion]:
        reading = self.reading
        known = self.found.events
        if word and word.is_definite and not times and known and word.kind == "debate":
            # The debate of an event is a part of it.
            return [known[-1]]
        if meets and not another and not tells_of_meeting(reading, sentence, times):
            return []
        if meets and not another and not times and known:
            # More of what the sentences before it tell.
            return [known[-1]]
        if another and not told and not times and known and known[-1] is not main:
            return [known[-1]]
        for same in known[-_NEAR:] if another else ():
            if same.is_next and not (times and same.time):
                add_to(same, sentence, times, None)
                return [same]
        if made := self._one_a_town(sentence, word, status, times):
            known += made
            return made
        if not another or (status == "planned" and not times and len(known) > 1):
            for event in reversed(known[-_NEAR:]):
                if is_same(event, word, times, status, reading):
                    if event is not main or status is not None or times:
                        add_to(event, sentence, times, status)
                    return [event]
        if not told and not times and not another and not meets:
            return []
        line = reading.line(sentence[0])
        if line.kind is Kind.HEADING and not times and known:
            return []
        kind = word.kind if word else (known[0].kind if another and known else "meeting")
        made = []
        if main and not another and not times and not meets:
            return [main]
        if made := self._items_of(sentence, word, kind, status):
            known += made
            return made
        if status == "postponed" and known and times and (moved := self._moved(sentence, word, times)):
            return moved
        for time in times or _NO_TIME:
            event = Occasion(
                kind, title_of(reading, word, sentence), [sentence], status or status_by_day(time, reading.published)
            )
            event.time, event.because = time, "a word for an event with a verb or a day"
            event.is_plural = word is not None and word.is_plural
            event.is_heading = line.kind is Kind.HEADING
            if another:
                event.is_next = True
                event.status = "planned" if status in (None, "held") or word is None else status
            made.append(event)
        if len(made) > 1 and not are_several(word, times):
            made = made[:1]
            made[0].time = nearest(word, times)
        known += made
        return made

    def _one_a_town(
        self, sentence: Span, word: EventWord | None, status: str | None, times: list[Time]
    ) -> list[Occasion]:
        """Return an event for each town that a sentence names in a row: "møter i A, B og C"."""
        reading = self.reading
        towns = [each for each in reading.within(reading.names, sentence) if each.kind == "place"]
        if word is None or not word.is_plural or status is None or len(times) > 1 or len(towns) < _FEWEST_TOWNS:
            return []
        between = [reading.text[a.end : b.start].strip() for a, b in pairwise(towns)]
        if any(each not in (",", *reading.words.joints) for each in between):
            return []
        made = []
        for town in towns:
            event = Occasion(word.kind, title_of(reading, word, sentence), [sentence], status or "planned")
            event.time = times[0] if times else None
            event.place_said = event.municipality = town.text
            event.because = "towns in a row with a word for several events"
            made.append(event)
        return made

    def _moved(self, sentence: Span, word: EventWord | None, times: list[Time]) -> list[Occasion]:
        """Return the event that is put off and the one in its place, where a sentence tells both days."""
        known = self.found.events
        old = next((each for each in known[-_NEAR:] if each.time and each.time.overlaps(times[0])), None)
        if len(times) < 2 or times[-1].overlaps(times[0]):
            return []
        if old is None:
            old = Occasion(known[0].kind, title_of(self.reading, word, sentence), [sentence], "postponed", times[0])
            old.because, old.is_moved = "a day that another takes the place of", True
            known.append(old)
        old.status = "postponed"
        if sentence not in old.evidence:
            old.evidence.append(sentence)
        new = Occasion(old.kind, old.title, [sentence], "planned", times[-1], because="a day in the place of another")
        new.is_moved = True
        known.append(new)
        return [old, new]

    def _is_below_another(self, line: Line, sentence: Span) -> bool:
        """Return whether a sentence with a day stands below the heading "Neste møte"."""
        reading = self.reading
        at = reading.number_of(line)
        above = reading.lines[at - 1] if at else None
        is_heading = above is not None and above.kind in (Kind.HEADING, Kind.LABEL) and above.end - above.start < 40
        if above is None or not is_heading or not reading.within(reading.times, sentence):
            return False
        return reading.has_word(reading.words.another, (above.start, above.end))

    def _items_of(self, sentence: Span, word: EventWord | None, kind: str, status: str | None) -> list[Occasion]:
        """Return an event for each item of a list with a day of its own, below a sentence that speaks of several."""
        reading = self.reading
        if word is None or not word.is_plural:
            return []
        made = []
        first = reading.number_of(reading.line(sentence[0])) + 1
        for line in reading.lines[first : first + _NEAR]:
            times = reading.within(reading.times, (line.start, line.end))
            if line.start < sentence[1] or line.kind is not Kind.ITEM or not times:
                continue
            event = Occasion(
                kind, title_of(reading, word, sentence), [sentence, (line.start, line.end)], status or "planned"
            )
            event.time = resolve(times[0], reading.language, reading.published, event.status)
            event.municipality = municipality_in(reading, (line.start, line.end))
            event.place_said = event.municipality
            event.because = "an item with a day, below words for several events"
            made.append(event)
        return made if len(made) > 1 else []


def _complete(event: Occasion, reading: Reading, found: Occasions, before: Occasion | None) -> None:
    """Find the place of an event in the passages that tell of it."""
    find_place(event, reading, before)
    if event.is_main and event.time is None:
        for sentence, events in found.of_sentence.items():
            if event in events and (times := reading.within(reading.times, reading.sentence(sentence))):
                event.time = resolve(times[0], reading.language, reading.published, event.status)
                event.evidence.append(reading.sentence(sentence))
                break
