"""The events that a page tells of: which there are, from which words, when, and whether planned or held."""

from functools import cached_property
from itertools import pairwise

from graph.sources.proposals.beside import Beside, without_journeys
from graph.sources.proposals.calendars import day_of_line, is_row, read_calendar
from graph.sources.proposals.completed import complete, prove_time, take_time_before
from graph.sources.proposals.events import (
    HEAD_LINES,
    Occasion,
    Occasions,
    is_day_alone,
    is_notice,
    read_label,
    sentences_in,
    title_of,
)
from graph.sources.proposals.known import add_to, are_several, is_of_event, is_same, nearest, tells_of_meeting
from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.name import Name
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.several import NEAR, Several
from graph.sources.proposals.tense import (
    is_of_another_year,
    status_by_day,
    status_of_arrival,
    status_of_copula,
    status_of_meeting,
    status_told,
)
from graph.sources.proposals.times import Time, resolve
from graph.sources.proposals.weekdays import Weekdays
from graph.sources.text.intervals import Span
from graph.sources.text.mentions import Mention

# So many lines with a day of their own make a page a calendar.
_CALENDAR_DAYS = 3
# The title of a page and its first sentence tell of one event where the day is known as closely as this.
_DAYS = 3
_NO_TIME: list[Time | None] = [None]


def occasions_of(reading: Reading) -> Occasions:
    """Return the events of a page."""
    genre = _genre(reading)
    if genre == "calendar":
        return _with_prose(reading, read_calendar(reading))
    found = _Finder(reading, genre).find()
    for before, event in pairwise([None, *found.events]):
        if event:
            take_time_before(event, reading, found)
            complete(event, reading, found, before)
            prove_time(event, reading)
    return found


def _with_prose(reading: Reading, found: Occasions) -> Occasions:
    """Return the events of a calendar with those that the sentences beside its rows tell of."""
    finder = _Finder(reading, "prose")
    for sentence in reading.page.sentences:
        line = reading.line(sentence[0])
        if sentence[0] not in found.of_sentence and line.kind is Kind.PROSE and not line.item:
            finder.read(sentence, None)
    beside = finder.found
    for event in beside.events:
        complete(event, reading, beside, None)
    return Occasions(
        [*found.events, *beside.events], beside.of_sentence | found.of_sentence, found.genre, beside.series
    )


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


class _Finder(Several):
    """Finds the events of a page of minutes, a programme, or prose, going through its sentences in order."""

    def __init__(self, reading: Reading, genre: str) -> None:
        self.reading = reading
        self.genre = genre
        self.found = Occasions([], {}, genre)
        self.current: list[Occasion] = []
        self.titled = False
        self.days = Weekdays(reading)
        self.beside = Beside(reading, genre, self.found, self.days)

    def find(self) -> Occasions:
        """Return the events."""
        main = self._main()
        if main:
            self.found.events.append(main)
            self.current = [main]
        for sentence in self.reading.page.sentences:
            self.read(sentence, main)
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
            or any(line.label in reading.words.time_labels for line in labels if self._is_of_event(line, head))
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

    def _is_of_event(self, label: Line, head: list[Line]) -> bool:
        """Return whether a label tells when an event is, and not of what day a letter is: "Dato: 2. mai"."""
        if label.label not in self.reading.words.date_labels:
            return True
        titles = [line for line in head if line.kind is not Kind.PROSE]
        return any(self.reading.within(self.reading.event_words, (line.start, line.end)) for line in titles)

    def _time_in_head(self, head: list[Line], status: str) -> Time | None:
        for line in head:
            if is_notice(self.reading, line):
                continue
            for time in self.reading.within(self.reading.times, (line.start, line.end)):
                resolved = resolve(time, self.reading.language, self.reading.published, status)
                if resolved.earliest and resolved.latest and (resolved.latest - resolved.earliest).days < 40:
                    return resolved
        return None

    def read(self, sentence: Span, main: Occasion | None) -> None:
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
        if another and not words and (same := self._of_line(line)):
            return same
        meets = reading.has_word((*reading.words.meeting, *reading.words.gathering), sentence) and not words
        arrival = status_of_arrival(reading, sentence, words)
        if not words and not another and (headed := self._below_heading(sentence, line, told)):
            return headed
        if not words and not another and not meets:
            return []
        if line.kind in (Kind.PROGRAMME, Kind.LABEL) and main and not another:
            return []
        status = status_told(told, reading, sentence) or status_of_meeting(reading, sentence) or arrival
        status = status or status_of_copula(reading, sentence, words)
        times = [
            resolve(each, reading.language, reading.published, status)
            for each in reading.within(reading.times, sentence)
        ]
        times = [self.days.settle(each) for each in times if is_of_event(each)]
        word = next((each for each in words if not each.is_plural), words[0] if words else None)
        had = next((each for each in words if self._is_had(each, sentence)), None)
        if had and not main and not times:
            own = Occasion(had.kind, title_of(reading, had, sentence), [sentence], status or "held")
            begins = reading.phrases.after_event.match(reading.text, *sentence)
            if self.found.events and (begins or reading.phrases.later.match(reading.text, *sentence)):
                # "Etter lunsj hadde statsråden møte"
                own.time = self.found.events[-1].time
            own.party = self._who_has(had, sentence)
            own.because = "a word for a meeting that somebody has"
            self.found.events.append(own)
            return [own]
        return self._matching(sentence, word, bool(told or arrival), times, status, another, meets, main)

    @cached_property
    def first_prose(self) -> Line | None:
        """The first line of running sentences."""
        reading = self.reading
        return next((each for each in reading.lines if each.kind is Kind.PROSE and not is_notice(reading, each)), None)

    def _of_line(self, line: Line) -> list[Occasion]:
        """Return the next event of which a sentence before in the same line tells, below the heading "Neste møte"."""
        last = self.found.events[-1:]
        of_line = bool(last) and last[0].is_next and last[0].evidence[0][0] >= line.start
        return last if of_line else []

    def _below_heading(self, sentence: Span, line: Line, told: list[Mention]) -> list[Occasion]:
        """Return the event that the title of a page names, and of which its first sentence tells the day alone.

        "Kommunestyret på besøk hos politiet" – "Tirsdag 4. mai la kommunestyret turen innom …"
        """
        reading, known = self.reading, self.found.events
        if line is not self.first_prose or any(each.time or not each.is_heading for each in known):
            return []
        times = [
            resolve(each, reading.language, reading.published, status_told(told, reading, sentence))
            for each in reading.within(reading.times, sentence)
        ]
        days = [each for each in times if each.earliest and each.latest and (each.latest - each.earliest).days < _DAYS]
        head = reading.lines[0]
        word = next(iter(reading.within(reading.event_words, (head.start, head.end))), None)
        if len(days) != 1 or len(times) != 1 or word is None or word.is_plural or self.titled:
            return []
        self.titled = True
        status = status_told(told, reading, sentence) or status_by_day(days[0], reading.published)
        event = next((each for each in known if each.evidence[0][0] == head.start), None)
        if event is None:
            title = title_of(reading, word, (head.start, head.end))
            event = Occasion(word.kind, title, [(head.start, head.end)], status)
            event.because = "the title names an event, and the first sentence its day"
            known.append(event)
        event.time, event.status = self.days.settle(days[0]), status
        event.evidence.append(sentence)
        return [event]

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
        for same in known[-NEAR:] if another else ():
            if same.is_next and not (times and same.time):
                add_to(same, sentence, times, None)
                return [same]
        if made := self._one_a_town(sentence, word, status, times):
            known += made
            return made
        is_own = self._is_own(sentence, word, known)
        if not is_own and (not another or (status == "planned" and not times and len(known) > 1)):
            for event in reversed(known[-NEAR:]):
                if is_same(event, word, times, status, reading):
                    if event is not main or status is not None or times:
                        add_to(event, sentence, times, status)
                    return [event]
        counts = word and word.is_plural and not times and self._is_counted(word, sentence)
        if word and counts and not self._items_of(sentence, word, word.kind, status):
            self.found.series.append((sentence, word.kind))
            return []
        if not told and not times and not another and not meets:
            return []
        if word and not times and reading.phrases.judged.match(reading.text, *sentence):
            # "Det var et godt møte"
            return known[-1:]
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

    def _is_own(self, sentence: Span, word: EventWord | None, known: list[Occasion]) -> bool:
        """Return whether somebody holds an event of their own, and none of that kind is known: "seminaret sitt"."""
        reading = self.reading
        if word is None or any(event.kind == word.kind for event in known):
            return False
        after = reading.text[word.end : sentence[1]].split(maxsplit=1)[:1]
        return bool(after) and after[0].strip(".,") in reading.pack.genitive.words

    def _is_below_another(self, line: Line, sentence: Span) -> bool:
        """Return whether a sentence with a day stands below the heading "Neste møte"."""
        reading = self.reading
        at = reading.number_of(line)
        above = reading.lines[at - 1] if at else None
        is_heading = above is not None and above.kind in (Kind.HEADING, Kind.LABEL) and above.end - above.start < 40
        if above is None or not is_heading or not reading.within(reading.times, sentence):
            return False
        return reading.has_word(reading.words.another, (above.start, above.end))
