"""Score two events: a kind family, days that overlap, and a place, an organiser or two participants in common."""

from datetime import date

from graph.identity.names.bodies import content_words
from graph.identity.names.folding import fold
from graph.identity.names.people import parse_person_name, person_similarity
from graph.identity.names.similarity import words_similarity
from graph.identity.reasons import Reason, Score, reason
from graph.identity.things import Thing

# What a reason adds. Kind and days alone say nothing: there are many meetings on a day.
_DAY, _MONTH, _LONGER = 0.35, 0.2, 0.1
_SAME_KIND, _KIND_FAMILY = 0.1, 0.05
_PLACE, _ORGANISER, _PARTICIPANT, _MAX_PARTICIPANTS = 0.15, 0.2, 0.1, 0.25
_NAME = 0.2
_OTHER_PLACE, _OTHER_ORGANISER = 0.3, 0.1
_MAX_DAYS_OF_MONTH = 31
MAX_OF_EVENTS = 0.97
_MIN_ALIKE = 0.85
_MIN_PARTICIPANTS = 2


def score_events(a: Thing, b: Thing) -> Score:
    """Return how likely two events are one; 0 where a source tells of both, which keeps them apart itself."""
    if set(a.sources) & set(b.sources) or not a.families & b.families:
        return Score(0.0)
    days = _common_days(a, b)
    if days is None:
        return Score(0.0)
    by_place, by_organiser, by_participants = _places(a, b), _shared(a.organisers, b.organisers), _met(a, b)
    if not (by_place or by_organiser or len(by_participants) >= _MIN_PARTICIPANTS):
        return Score(0.0)
    value, speaks_for = _of_time_and_kind(a, b, days)
    speaks_against: list[Reason] = []
    if by_place:
        value += _PLACE
        speaks_for.append(reason("same-place", f"samme sted: {by_place}", f"the same place: {by_place}"))
    elif _are_elsewhere(a, b):
        value -= _OTHER_PLACE
        speaks_against.append(reason("other-place", "ulike steder", "different places"))
    if by_organiser:
        value += _ORGANISER
        names = ", ".join(by_organiser)
        speaks_for.append(reason("same-organiser", f"samme arrangør: {names}", f"the same organiser: {names}"))
    elif a.organisers and b.organisers:
        value -= _OTHER_ORGANISER
        speaks_against.append(reason("other-organiser", "ulike arrangører", "different organisers"))
    if by_participants:
        value += min(_MAX_PARTICIPANTS, _PARTICIPANT * len(by_participants))
        names = ", ".join(by_participants)
        speaks_for.append(reason("same-participants", f"de samme deltok: {names}", f"the same took part: {names}"))
    alike = max((words_similarity(content_words(x), content_words(y)) for x in a.names for y in b.names), default=0.0)
    value += _NAME * alike
    if alike >= _MIN_ALIKE:
        speaks_for.append(reason("same-name", "samme navn på møtet", "the same name of the event"))
    if {a.status, b.status} == {"status:planned", "status:held"}:
        speaks_for.append(
            reason(
                "planned-and-held",
                "en kilde forteller om planen, den andre om møtet",
                "one source tells of the plan, the other of the event",
            )
        )
    return Score(round(min(MAX_OF_EVENTS, max(0.0, value)), 4), tuple(speaks_for), tuple(speaks_against))


def _of_time_and_kind(a: Thing, b: Thing, days: int) -> tuple[float, list[Reason]]:
    if days == 1:
        value, said = _DAY, reason("same-day", f"samme dag: {a.days[0]}", f"the same day: {a.days[0]}")
    else:
        value = _MONTH if days <= _MAX_DAYS_OF_MONTH else _LONGER
        said = reason(
            "days-overlap",
            f"kan ha vært samme dag ({days} dager felles)",
            f"may have been on the same day ({days} days in common)",
        )
    same = a.families == b.families
    kind = (
        reason("same-kind", "samme type møte", "the same kind of event")
        if same
        else reason("kind-family", "typene kan være ett og samme møte", "the kinds can be one and the same event")
    )
    return value + (_SAME_KIND if same else _KIND_FAMILY), [said, kind]


def _common_days(a: Thing, b: Thing) -> int | None:
    """Return on how many days both can have been, 1 where each is known to the day; None where on no day."""
    try:
        first = max(date.fromisoformat(thing.days[0]) for thing in (a, b) if thing.days[0])
        last = min(date.fromisoformat(thing.days[1]) for thing in (a, b) if thing.days[1])
    except ValueError:
        return None
    return (last - first).days + 1 if first <= last else None


def _places(a: Thing, b: Thing) -> str:
    """Return the words for a place of both, "" for none."""
    words = {fold(word): word for word in sorted(a.place_words)}
    same = sorted(words[each] for each in words.keys() & {fold(word) for word in b.place_words} if each)
    return same[0] if same else min(a.places & b.places, default="")


def _are_elsewhere(a: Thing, b: Thing) -> bool:
    return bool(a.places and b.places and not a.places & b.places)


def _met(a: Thing, b: Thing) -> list[str]:
    return _shared((*a.participants, *a.organisers), (*b.participants, *b.organisers)) if a.participants else []


def _shared(a: tuple[tuple[str, str], ...], b: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the names of those who are on both lists: by their id, or by a name of two words that is alike."""
    ids = {id for id, _ in b}
    return sorted({name for id, name in a if id in ids or any(_is_alike(id, name, *other) for other in b)})


def _is_alike(a: str, name: str, b: str, other: str) -> bool:
    """Return whether the names of two people, or of two others, are alike; one word is enough for no person."""
    if a.startswith("person:") != b.startswith("person:"):
        return False
    if a.startswith("person:"):
        return person_similarity(parse_person_name(name), parse_person_name(other))[0] >= _MIN_ALIKE
    return bool(fold(name)) and fold(name) == fold(other)
