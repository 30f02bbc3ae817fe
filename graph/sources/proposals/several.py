"""Several events that one passage tells of: an event a town, one an item of a list, the one put off and the new one."""

from itertools import pairwise

from graph.sources.proposals.events import Occasion, Occasions, municipality_in, title_of
from graph.sources.proposals.lines import Kind
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.proposals.times import Time, resolve
from graph.sources.text.intervals import Span

# So many events, or lines, are looked back or on to for one that a sentence means.
NEAR = 60
# So many towns in a row are those of as many events; two may be where people come from.
_FEWEST_TOWNS = 3


class Several:
    """Finds several events in one passage."""

    reading: Reading
    found: Occasions

    def _is_counted(self, word: EventWord, sentence: Span) -> bool:
        """Return whether a sentence only counts events, of which others tell: "I 2020 planlegges seks møter"."""
        reading = self.reading
        before = reading.text[sentence[0] : word.start].casefold().split()[-2:]
        towns = any(each.kind == "place" for each in reading.within(reading.names, sentence))
        return not towns and any(each in reading.words.numbers or each.isdigit() for each in before)

    def _one_a_town(
        self, sentence: Span, word: EventWord | None, status: str | None, times: list[Time]
    ) -> list[Occasion]:
        """Return an event for each town that a sentence names in a row: "møter i A, B og C"."""
        reading = self.reading
        towns = [each for each in reading.within(reading.names, sentence) if each.kind == "place"]
        if word is None or not word.is_plural or status is None or len(times) > 1 or len(towns) < 2:
            return []
        leads = reading.text[word.end : towns[0].start].strip()
        if len(towns) < _FEWEST_TOWNS and leads not in reading.words.inside:
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
        old = next((each for each in known[-NEAR:] if each.time and each.time.overlaps(times[0])), None)
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

    def _items_of(self, sentence: Span, word: EventWord | None, kind: str, status: str | None) -> list[Occasion]:
        """Return an event for each item of a list with a day of its own, below a sentence that speaks of several."""
        reading = self.reading
        if word is None or not word.is_plural:
            return []
        made = []
        first = reading.number_of(reading.line(sentence[0])) + 1
        for line in reading.lines[first : first + NEAR]:
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
