"""Events beside the one that a page is about: a dinner in a programme, last year's conference, a council's meeting."""

from itertools import pairwise

from graph.sources.proposals.events import Occasion, Occasions, municipality_in, title_of
from graph.sources.proposals.lines import Kind, Line
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.tense import status_by_day, status_told
from graph.sources.proposals.times import Time, resolve
from graph.sources.proposals.weekdays import Weekdays
from graph.sources.text.intervals import Span

# Kinds of events that are their own within a programme where they have a place or a circle of their own.
_OWN_KINDS = ("dinner", "reception", "press-conference", "visit")
_MOST_DAYS = 3
_NEAR = 30
_SEVERAL = 2
_JOURNEY = "a journey to a place on a day"


class Beside:
    """Finds the events beside the main one, sentence by sentence."""

    def __init__(self, reading: Reading, genre: str, found: Occasions, days: Weekdays) -> None:
        """Take a page and the events that are found on it so far."""
        self.reading = reading
        self.genre = genre
        self.found = found
        self.days = days
        self.of_item: dict[int, list[Occasion]] = {}
        self.last: tuple[int, list[Occasion]] = (-1, [])

    def events_of(self, sentence: Span, line: Line, main: Occasion | None) -> list[Occasion]:
        """Return the event beside others that a sentence tells of, or none; what is new is added to those found."""
        if line.item in self.of_item:
            return self.of_item[line.item]
        made = self._made(sentence, line, main)
        if made:
            self.last = (line.start, made)
            if made[0] not in self.found.events:
                self.found.events += made
            if line.item and line.kind is Kind.PROGRAMME:
                self.of_item[line.item] = made
        return made

    def _made(self, sentence: Span, line: Line, main: Occasion | None) -> list[Occasion]:
        if line.kind in (Kind.LABEL, Kind.ROW):
            return []
        if line.kind is Kind.PROGRAMME:
            return self._of_item(sentence, line, main) if main and line.body > line.start else []
        goes_on = self._going_on(sentence, line)
        if goes_on or line.kind is Kind.HEADING:
            return goes_on
        told = status_told(self.reading.statuses_in(sentence), self.reading, sentence)
        times = self._times(sentence, told)
        return (
            self._of_another_time(sentence, told, times)
            or self._of_council(sentence, times, main)
            or self._of_pronoun(sentence, told, times)
            or self._after_another(sentence, told)
            or self._later(sentence, told)
            or self._of_next_stop(sentence)
            or self._of_visits(sentence, told, times)
            or self._of_journey(sentence, times)
            or self._of_opening(sentence, times)
        )

    def _times(self, sentence: Span, status: str | None) -> list[Time]:
        reading = self.reading
        found = [
            resolve(each, reading.language, reading.published, status)
            for each in reading.within(reading.times, sentence)
        ]
        return [self.days.settle(each) for each in found]

    def _new(self, kind: str, title: str, sentence: Span, status: str, time: Time | None, because: str) -> Occasion:
        event = Occasion(kind, title, [sentence], status, because=because)
        event.time = time
        return event

    def _of_item(self, sentence: Span, line: Line, main: Occasion | None) -> list[Occasion]:
        """Return the event that an item of a programme is, with a place or a circle of its own: "19.00 Middag på …"."""
        reading = self.reading
        words = reading.within(reading.event_words, (line.body, min(sentence[1], line.end)))
        word = next((each for each in words if each.start == line.body), None)
        if word is None or word.is_plural or main is None:
            return []
        names = reading.within(reading.names, (word.end, line.end))
        has_circle = bool(
            word.text.casefold().endswith(reading.words.apart)
            and names
            and names[0].kind != "place"
            and reading.phrases.parties.fullmatch(reading.text, word.end, names[0].start)
        )
        has_place = word.kind in _OWN_KINDS and bool(
            reading.phrases.place_after.match(reading.text, min(word.end + 1, line.end), line.end)
        )
        if not has_circle and not has_place:
            return []
        day = self._day_above(line) or main.time
        title = title_of(reading, word, sentence)
        return [self._new(word.kind, title, sentence, main.status, day, "an item of a programme that is its own event")]

    def _day_above(self, line: Line) -> Time | None:
        """Return the day of the nearest heading above an item: "Onsdag 8. mai"."""
        reading = self.reading
        for above in reversed(reading.lines[: reading.number_of(line)]):
            if above.kind is Kind.HEADING and not above.item:
                for time in reading.within(reading.times, (above.start, above.end)):
                    day = resolve(time, reading.language, reading.published, "planned")
                    if day.earliest and day.earliest == day.latest:
                        return day
                    return None
        return None

    def note(self, line: Line, events: list[Occasion]) -> None:
        """Note which event beside the main one a sentence of a line told of."""
        self.last = (line.start, events)

    def _going_on(self, sentence: Span, line: Line) -> list[Occasion]:
        """Return the event beside others of the sentence before, where this one goes on with it: "Det møtte …"."""
        last_line, last = self.last
        if last_line != line.start or self.reading.within(self.reading.times, sentence) or not last:
            return []
        if len(last) > 1 and last[0].status == "postponed":
            # Of what was put off, and what is to come in its place, the latter goes on.
            last = last[-1:]
        is_to_come = self.genre == "minutes" and last[0].status == "planned"
        if is_to_come and self._is_present(sentence):
            return [] if self.reading.within(self.reading.event_words, sentence) else last
        first = self.reading.text[slice(*sentence)].split(maxsplit=1)[:1]
        is_anaphor = bool(first) and first[0].casefold() in self.reading.words.anaphors
        if self.genre == "minutes" and last[0].status == "held" and self._counts_people(sentence):
            is_anaphor = True
        return last if is_anaphor and not self.reading.within(self.reading.event_words, sentence) else []

    def _counts_people(self, sentence: Span) -> bool:
        """Return whether a sentence tells how many came, as minutes do of another event alone: "140 besøkende kom"."""
        names = self.reading.within(self.reading.names, sentence)
        return len(names) == 1 and names[0].kind == "group" and any(each.isdigit() for each in names[0].text)

    def _is_present(self, sentence: Span) -> bool:
        """Return whether a sentence tells what is or will be: "Politiet er invitert", "A vil være der"."""
        reading = self.reading
        if reading.phrases.will.search(reading.text, *sentence):
            return True
        for cue in reading.within(reading.context.cues, sentence):
            own = reading.text[cue.start : cue.end].casefold().split()[0]
            if own.endswith(reading.words.present_endings) or own in reading.words.present_copulas:
                return True
            before = reading.text[max(sentence[0], cue.start - _NEAR) : cue.start].casefold().split()[-2:]
            if any(word in reading.words.present_copulas for word in before):
                return True
        return False

    def _of_another_time(self, sentence: Span, told: str | None, times: list[Time]) -> list[Occasion]:
        """Return the event of another year, or the one before: "I fjor ble konferansen holdt", "Forrige møte ble …"."""
        reading, known = self.reading, self.found.events
        word = next((each for each in reading.within(reading.event_words, sentence) if not each.is_plural), None)
        if word is None or told is None or not known:
            return []
        before = reading.text[sentence[0] : word.start].split()[-1:]
        is_previous = bool(before) and before[0].casefold() in reading.words.previous
        of_known = [each.time for each in known if each.time and each.time.earliest]
        is_other = bool(of_known and times) and all(_is_year(each) for each in times)
        is_other = is_other and not any(each.overlaps(time) for each in times for time in of_known)
        if not (is_previous and not times) and not is_other:
            return []
        if not is_previous and word.kind not in {each.kind for each in known} | {"meeting"}:
            return []
        status = "held" if is_previous and told == "planned" else told
        time = times[0] if times else None
        title = title_of(reading, word, sentence)
        return [self._new(word.kind, title, sentence, status, time, "an event of another time than that of the page")]

    def _of_council(self, sentence: Span, times: list[Time], main: Occasion | None) -> list[Occasion]:
        """Return the meeting in which a council decides on a day: "Kommunestyret behandler saken 3. mai"."""
        reading = self.reading
        day = next((each for each in times if each.earliest and each.earliest == each.latest), None)
        verb = reading.phrases.decides.search(reading.text, *sentence)
        if day is None or verb is None or reading.within(reading.event_words, sentence):
            return []
        bodies = [each for each in reading.within(reading.names, sentence) if each.kind == "body"]
        # "Gjesdal kommunestyre", "formannskapet i Bodø"
        councils = [
            each for each in bodies if any(end.endswith(reading.words.councils) for end in _ends(each.text.casefold()))
        ]
        if len(councils) != 1 or (main and main.time and main.time.overlaps(day)):
            return []
        status = "planned" if status_by_day(day, reading.published) == "planned" else "held"
        made = self._new(
            "council-meeting",
            f"{councils[0].text} {day.said}",
            sentence,
            status,
            day,
            "a council that decides on a day",
        )
        made.council, made.council_word, made.goes_on = councils[0], verb[0], True
        return [made]

    def _of_pronoun(self, sentence: Span, told: str | None, times: list[Time]) -> list[Occasion]:
        """Return the event that a pronoun stands for, on another day: "Til høsten holdes de", "Det neste er 3. mai"."""
        reading, known = self.reading, self.found.events
        if (
            not (known or self.found.series)
            or not times
            or reading.within(reading.event_words, sentence)
            or times[0].earliest is None
        ):
            return []
        held = reading.phrases.held_pronoun.search(reading.text, *sentence)
        if held is None or any(each.time and each.time.overlaps(times[0]) for each in known if each.time):
            return []
        if any(each.kind in ("person", "office") for each in reading.within(reading.names, sentence)):
            return []
        status = told if told in ("held", "planned") else status_by_day(times[0], reading.published)
        kind, title = (known[0].kind, known[0].title) if known else ("meeting", "")
        if self.found.series:
            # "I 2021 er det planlagt fire møter. Det første er …"
            kind = self.found.series[-1][1]
            title = " ".join(reading.text[slice(*sentence)].split())
        made = self._new(kind, title, sentence, status, times[0], "a pronoun for an event, and a day")
        made.is_next = status == "planned"
        return [made]

    def _after_another(self, sentence: Span, told: str | None) -> list[Occasion]:
        """Return the event that follows another: "Etter årsmøtet blir det debatt om …"."""
        reading = self.reading
        words = reading.within(reading.event_words, sentence)
        begins = reading.phrases.after_event.match(reading.text, *sentence)
        if begins is None or len(words) < 2 or not words[0].is_definite or not self.found.events:
            return []
        word = next((each for each in words[1:] if not each.is_definite and not each.is_plural), None)
        there_is = reading.phrases.there_is.search(reading.text, words[0].end, word.start) if word else None
        if word is None or there_is is None or not self._has_place(word, sentence):
            return []
        is_past = there_is[0].split()[0].casefold() in reading.words.past_copulas
        status = told or ("held" if is_past else "planned")
        time = self.last[1][0].time if self.last[1] else self.found.events[0].time
        made = self._new(word.kind, title_of(reading, word, sentence), sentence, status, time, "an event after another")
        made.goes_on = True
        return [made]

    def _has_place(self, word: EventWord, sentence: Span) -> bool:
        """Return whether a dinner or a reception has a place of its own: else it is a part of the event before."""
        if word.kind not in ("dinner", "reception"):
            return True
        return self.reading.phrases.place_after.search(self.reading.text, word.end, sentence[1]) is not None

    def _later(self, sentence: Span, told: str | None) -> list[Occasion]:
        """Return what follows on the same day: "Om kvelden var det middag på …", "Senere møtte de ordføreren"."""
        reading = self.reading
        begins = reading.phrases.later.match(reading.text, *sentence)
        if begins is None or not self.found.events or reading.within(reading.times, sentence):
            return []
        before = self.found.events[-1]
        words = reading.within(reading.event_words, sentence)
        word = next((each for each in words if each.kind in _OWN_KINDS and not each.is_definite), None)
        there_is = None
        if word and self._has_place(word, sentence):
            there_is = reading.phrases.there_is.search(reading.text, sentence[0], word.start)
        people = [each for each in reading.within(reading.names, sentence) if each.kind in ("person", "office")]
        meets = reading.phrases.pronoun_meets.search(reading.text, *sentence) if people and not words else None
        told_by = there_is or meets
        if told_by is None:
            return []
        verb = told_by[0].split()
        is_past = any(each in reading.words.past_copulas for each in verb) or (bool(meets) and before.status == "held")
        kind = word.kind if word and there_is else "meeting"
        title = title_of(reading, word if there_is else None, sentence)
        status = told or ("held" if is_past else "planned")
        made = self._new(kind, title, sentence, status, before.time, "an event later on the same day")
        made.goes_on = True
        return [made]

    def _of_next_stop(self, sentence: Span) -> list[Occasion]:
        """Return the visit that a journey goes on to: "Etter lunsj gikk turen til Hanestad"."""
        reading = self.reading
        goes = reading.phrases.goes_by.search(reading.text, *sentence)
        if goes is None or not self.found.events:
            return []
        name = next((each for each in reading.within(reading.names, (goes.end(), goes.end() + 1))), None)
        if name is None or name.kind not in ("place", "other", "body"):
            return []
        before = self.found.events[-1]
        title = " ".join(reading.text[goes.start() : name.end].split())
        made = self._new("visit", title, sentence, before.status, before.time, "where a journey goes on to")
        made.place_said, made.goes_on = name.text, True
        made.municipality = name.text if name.kind == "place" else None
        return [made]

    def _of_visits(self, sentence: Span, told: str | None, times: list[Time]) -> list[Occasion]:
        """Return a visit for each of several towns: "Statsråden besøker Tolga og Os i september"."""
        reading = self.reading
        verb = reading.phrases.visits_now.search(reading.text, *sentence)
        if verb is None or len(times) != 1 or reading.within(reading.event_words, sentence):
            return []
        towns = [each for each in reading.within(reading.names, (verb.end(), sentence[1])) if each.kind == "place"]
        joints = [reading.text[a.end : b.start].strip() for a, b in pairwise(towns)]
        if len(towns) < _SEVERAL or any(each not in (",", *reading.words.joints) for each in joints):
            return []
        own = verb[0].casefold()
        status = told or ("planned" if own.endswith(reading.words.present_endings) else "held")
        made = []
        for town in towns:
            title = f"{verb[0]} {town.text}"
            made.append(self._new("visit", title, sentence, status, times[0], "several towns that somebody visits"))
            made[-1].place_said = made[-1].municipality = town.text
        return made

    def _of_journey(self, sentence: Span, times: list[Time]) -> list[Occasion]:
        """Return the visit that somebody travels to: "Til høsten reiser ungdomsrådet til Oslo"."""
        reading = self.reading
        if not times or times[0].earliest is None:
            return []
        verb = reading.phrases.travels.search(reading.text, *sentence)
        if verb is None:
            return []
        names = reading.within(reading.names, sentence)
        to = [each for each in names if each.start > verb.start() and each.kind in ("place", "other")]
        goal = next(
            (each for each in to if reading.phrases.to_place.search(reading.text, verb.start(), each.start)), None
        )
        who = [each for each in names if each.kind in ("person", "office", "body", "group")]
        words = reading.within(reading.event_words, sentence)
        if goal is None or not who or any(word.end < goal.start and word.kind != "visit" for word in words):
            return []
        own = reading.text[verb.start() : verb.end()].split()[0].casefold()
        status = "planned" if own.endswith(reading.words.present_endings) else "held"
        title = words[0] if words else None
        made = self._new(
            "visit",
            title_of(reading, title, sentence) if title else " ".join(reading.text[verb.start() : goal.end].split()),
            sentence,
            status,
            times[0],
            _JOURNEY,
        )
        made.place_said = goal.text
        made.municipality = municipality_in(reading, (goal.start, goal.end))
        return [made]

    def _of_opening(self, sentence: Span, times: list[Time]) -> list[Occasion]:
        """Return the opening of a building or a body: "Fredag åpner statsråden det nye kunnskapssenteret"."""
        reading = self.reading
        verb = reading.phrases.opens.search(reading.text, *sentence)
        if verb is None or not times or times[0].earliest is None:
            return []
        names = reading.within(reading.names, sentence)
        who = [each for each in names if each.kind in ("person", "office")]
        what = [each for each in names if each.start > verb.end() and each.kind in ("body", "other")]
        words: list[EventWord] = reading.within(reading.event_words, sentence)
        if not who or not what or any(word.start > verb.start() for word in words):
            return []
        between = reading.text[verb.end() : what[0].start]
        if any(each.start > what[0].start for each in who) or "," in between:
            return []
        own = verb[0].split()[0].casefold()
        status = "planned" if own.endswith(reading.words.present_endings) else "held"
        title = " ".join(reading.text[verb.start() : what[0].end].split())
        made = self._new("opening", title, sentence, status, times[0], "somebody opens a building on a day")
        made.goes_on = True
        place = next((each for each in names if each.start >= what[0].start and each.kind == "place"), None)
        of_place = reading.phrases.of_place.search(what[0].text)
        made.place_said = place.text if place else what[0].text if of_place else None
        made.municipality = place.text if place else None
        return [made]


def _ends(text: str) -> tuple[str, str]:
    """Return the first and the last word of a name."""
    words = text.casefold().split()
    return words[0], words[-1]


def _is_year(time: Time) -> bool:
    """Return whether a time is a year or another long one, and tells no day of the event that is known."""
    return time.earliest is not None and time.latest is not None and (time.latest - time.earliest).days >= _MOST_DAYS


def without_journeys(found: Occasions) -> None:
    """Leave out journeys whose days are those of other events: what the page tells of is what happens there."""
    journeys = [each for each in found.events if each.because == _JOURNEY]
    others = [each for each in found.events if each.because != _JOURNEY and each.time and each.time.earliest]
    told = [each for events in found.of_sentence.values() for each in events]
    gone = [each for each in journeys if told.count(each) < 2 and any(_overlap(each, other) for other in others)]
    found.events[:] = [each for each in found.events if each not in gone]
    for sentence, events in found.of_sentence.items():
        found.of_sentence[sentence] = [each for each in events if each not in gone]


def _overlap(journey: Occasion, other: Occasion) -> bool:
    return journey.time is not None and other.time is not None and journey.time.overlaps(other.time)
