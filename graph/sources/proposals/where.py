"""Where an event is: in a line at the head of a page, or after "i" and "på" in the sentences that tell of it."""

import re

from graph.sources.proposals.event_phrases import LOWER
from graph.sources.proposals.events import HEAD_LINES, Occasion
from graph.sources.proposals.lines import Kind
from graph.sources.proposals.name import Name, is_title, is_titles
from graph.sources.proposals.reading import EventWord, Reading
from graph.sources.text.intervals import Span

# So far behind a place stands the municipality that it is in: " i Rana".
_NEAR_PLACE = 6
_LONGEST_WORD = 40
_LONGEST_PLACE = 80
_SMALL = re.compile(rf"{LOWER}+")


def find_place(event: Occasion, reading: Reading, before: Occasion | None = None) -> None:
    """Find where an event is: in a line at the head, or after "i" and "på" in the sentences that tell of it.

    "Samme sted" is where the event ``before`` it is.
    """
    for span in event.evidence:
        if event.online is None and reading.within(reading.context.online, span):
            event.online = True
    if event.kind == "call":
        event.online = True
    for span in event.evidence:
        same = reading.phrases.same_place.search(reading.text, *span) if before and event.place_said is None else None
        if same and before:
            event.place_said, event.municipality = same[0], before.municipality
            return
    if event.is_main and event.place_said is None:
        _place_in_head(event, reading)
    for span in event.evidence:
        if event.place_said is not None:
            return
        found = _place_after(reading, span, event.evidence[0]) or _visited(event, reading, span)
        if found is None and event.is_entry:
            found = _place_of_entry(reading, span)
        if found:
            event.place_said, event.municipality = found


def _place_in_head(event: Occasion, reading: Reading) -> None:
    for line in reading.lines[:HEAD_LINES]:
        span = (line.start, line.end)
        if line.kind in (Kind.PROSE, Kind.LABEL, Kind.ROW) or reading.within(reading.event_words, span):
            continue
        times = reading.within(reading.times, span)
        places = [each for each in reading.within(reading.names, span) if each.kind == "place"]
        text = reading.text[line.start : line.end]
        if not places and not times and not _is_building(reading, text):
            continue
        for time in reversed(times):
            text = text[: time.start - line.start] + text[time.end - line.start :]
        text = reading.phrases.clock_or_weekday.sub("", text).strip(" ,.–-:")
        if text and (places or "," in reading.text[line.start : line.end]) and len(text) < _LONGEST_PLACE:
            event.place_said = re.sub(r"\s*,\s*,\s*", ", ", text)
            event.municipality = places[0].text if places else None
            if line.start not in (start for start, _ in event.evidence):
                event.evidence.append(span)
            return


def _visited(event: Occasion, reading: Reading, span: Span) -> tuple[str, str | None] | None:
    """Return the municipality that somebody visits: "besøkte Rendalen kommune"."""
    verb = reading.phrases.visits_now.search(reading.text, *span) if event.kind in ("visit", "meeting") else None
    for name in reading.within(reading.names, (verb.end(), span[1])) if verb else ():
        if name.kind == "body" and name.text.casefold().endswith(reading.words.municipal):
            return name.text, name.text.rpartition(" ")[0]
    return None


def _place_of_entry(reading: Reading, span: Span) -> tuple[str, str | None] | None:
    """Return the place at the end of an entry of a calendar: "11.00 Statsråd på Slottet"."""
    for name in reading.within(reading.names, span):
        before = reading.text[max(span[0], name.start - _NEAR_PLACE) : name.start].split()[-1:]
        is_last = not reading.text[name.end : span[1]].strip(" .")
        if is_last and name.kind == "other" and before and before[0] in reading.words.inside:
            return name.text, None
    return None


def _is_named_building(reading: Reading, text: str) -> bool:
    """Return whether a name is that of a building: "Heimdal kirke", "Litteraturhuset i Bergen"."""
    own = text.casefold().split()
    return text[:1].isupper() and (
        own[-1].endswith(reading.words.buildings) or own[0].endswith(reading.words.buildings)
    )


def _is_building(reading: Reading, text: str) -> bool:
    """Return whether a line begins with a building: "Litteraturhuset i Bergen, storsalen"."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and "," in text and first[0].strip(",").casefold().endswith(reading.words.buildings)


def _place_after(reading: Reading, span: Span, evidence_first: Span) -> tuple[str, str | None] | None:
    """Return the place that follows a preposition in a passage, and the municipality if it is one."""
    names = reading.within(reading.names, span)
    starts = {each.start: each for each in names}
    travels = any(word.kind in ("visit", "study-trip") for word in reading.within(reading.event_words, span))
    for match in reading.phrases.place_after.finditer(reading.text, *span):
        name = starts.get(match.end())
        if name and _is_no_place(reading, name):
            continue
        if _is_of_office(reading, span[0], match.start()):
            continue
        if name and name.kind == "place":
            return name.text, name.text
        words = reading.within(reading.event_words, (max(span[0], match.start() - 100), match.start()))
        if name and name.kind != "office" and _is_named_building(reading, name.text):
            return _with_municipality(reading, name.start, name.end)
        near = any(0 <= match.start() - word.end < 40 for word in words)
        first = span == evidence_first and match[0].strip().casefold() in reading.words.inside
        near = near or (first and name is not None and name.kind == "other")
        is_place = name and (name.kind == "other" or name.text.casefold().endswith(reading.words.institutions))
        leads_to = match[0].strip().casefold() in reading.words.invited_to
        is_place = is_place and (travels or not (leads_to and name and name.kind == "other"))
        if name and is_place and near and match[0].strip().casefold() not in reading.words.hosted_at:
            return _with_municipality(reading, name.start, name.end)
        lower = _SMALL.match(reading.text, match.end(), match.end() + 40)
        if (
            lower
            and lower[0].endswith(reading.words.buildings)
            and not _is_of_topic(reading, words, match.start(), lower[0])
        ):
            return lower[0], _with_municipality(reading, lower.start(), lower.end())[1]
    return None


def _is_no_place(reading: Reading, name: Name) -> bool:
    """Return whether a name is that of an event or a month: "på Eldredagen i kulturhuset", "in March"."""
    if reading.within(reading.event_words, (name.start, name.start + 1)):
        return True
    is_event = name.text.casefold().endswith(reading.pack.event_endings)
    return is_event or any(
        each.start < name.end and name.start < each.end
        for each in reading.within(reading.times, (name.start - _NEAR_PLACE, name.end))
    )


def _is_of_office(reading: Reading, start: int, at: int) -> bool:
    """Return whether what a preposition leads to is that of an office right before it: "ordføreren i Bodø"."""
    word = next(iter(reading.text[max(start, at - _LONGEST_WORD) : at].split()[-1:]), "")
    return is_title(word, reading.phrases) or is_titles(word, reading.phrases)


def _with_municipality(reading: Reading, start: int, end: int) -> tuple[str, str | None]:
    """Return the words for a place, and the municipality that they say it is in: "Mo i Rana", "rådhuset i Bodø"."""
    after = next(iter(reading.within(reading.names, (end, end + _NEAR_PLACE))), None)
    if after is None or not any(id.startswith("kommune:") for id in after.ids):
        return reading.text[start:end], None
    if reading.text[end : after.start].strip() not in reading.words.inside:
        return reading.text[start:end], None
    return reading.text[start : after.end], after.text


def _is_of_topic(reading: Reading, words: list[EventWord], at: int, building: str) -> bool:
    """Return whether a building that is a body too belongs to what a meeting is about: "møte om fravær i skolen"."""
    before = max((word.end for word in words if word.end <= at), default=at)
    topic = reading.phrases.topic.search(reading.text, before, at)
    return topic is not None and building in reading.words.institutions
