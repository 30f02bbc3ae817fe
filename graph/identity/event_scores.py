"""Score two events: a kind family, days that overlap, and a place, an organiser or two participants in common."""

from collections.abc import Iterator, Sequence
from datetime import date

from graph.identity.names.bodies import content_words
from graph.identity.names.folding import fold
from graph.identity.names.people import parse_person_name, person_similarity
from graph.identity.names.similarity import words_similarity
from graph.identity.reasons import Reason, Score, reason
from graph.identity.things import Thing

# What events have that can be one, and what each reason adds to it or takes from it.
_CAN_BE_ONE = 0.57
_SAME_DAY, _SAME_KIND, _PLANNED_AND_HELD = 0.12, 0.05, 0.07
_PLACE, _ORGANISER, _PARTICIPANT, _MAX_PARTICIPANTS, _NAME = 0.08, 0.12, 0.05, 0.15, 0.1
_OTHER_PLACE, _OTHER_ORGANISER = -0.2, -0.1
# A kind that says nothing more than that people met.
_ANY_KIND = frozenset(["kind:meeting"])
MAX_OF_EVENTS = 0.97
# How alike names of people, and of events, are that count as the same.
_MIN_ALIKE = 0.85
_MIN_PARTICIPANTS = 2
_MAX_NAMES = 5
Weighed = tuple[float, Reason]


def score_events(a: Thing, b: Thing) -> Score:
    """Return how likely two events are one; 0 where nothing says so, or a source tells of both and keeps them apart."""
    if not a.families & b.families:
        return _none("other-kind", "ulike typer møter", "different kinds of events")
    if set(a.sources) & set(b.sources):
        return _none("same-source", "en kilde forteller om begge hver for seg", "one source tells of both, one by one")
    days = _common_days(a, b)
    if days is None:
        return _none("other-days", "ingen dag er felles", "they have no day in common")
    place, organisers = _place(a, b), _shared(a.organisers, b.organisers)
    people = [name for name in _shared(_everybody(a), _everybody(b)) if name not in organisers]
    if not (place or organisers or len(people) >= _MIN_PARTICIPANTS):
        return _none("nothing-shared", "verken sted, arrangør eller to deltakere er felles",
                     "neither a place, nor an organiser, nor two participants are shared")  # fmt: skip
    weighed = [*_of_time_and_kind(a, b, days), *_of_place(a, b, place), *_of_people(a, b, organisers, people)]
    alike = max((words_similarity(content_words(x), content_words(y)) for x in a.names for y in b.names), default=0.0)
    if alike >= _MIN_ALIKE:
        weighed.append((0.0, reason("same-name", "samme navn på møtet", "the same name of the event")))
    value = _CAN_BE_ONE + _NAME * alike + sum(weight for weight, _ in weighed)
    return Score(
        round(min(MAX_OF_EVENTS, max(0.0, value)), 4),
        tuple(each for weight, each in weighed if weight >= 0),
        tuple(each for weight, each in weighed if weight < 0),
    )


def _none(key: str, nb: str, en: str) -> Score:
    return Score(0.0, (), (reason(key, nb, en),))


def _of_time_and_kind(a: Thing, b: Thing, days: int) -> Iterator[Weighed]:
    if all(thing.days[0] == thing.days[1] for thing in (a, b)):
        yield _SAME_DAY, reason("same-day", f"samme dag: {a.days[0]}", f"the same day: {a.days[0]}")
    else:
        nb, en = (
            (f"{days} dager felles", f"{days} days in common") if days > 1 else ("en dag felles", "a day in common")
        )
        yield 0.0, reason("days-overlap", f"kan ha vært på samme tid: {nb}", f"may have been at the same time: {en}")
    if a.families != b.families:
        yield 0.0, reason("kind-family", "typene kan være ett og samme møte", "the kinds can be one and the same event")
    elif a.families != _ANY_KIND:
        yield _SAME_KIND, reason("same-kind", "samme type møte", "the same kind of event")
    if {a.status, b.status} == {"status:planned", "status:held"}:
        yield (
            _PLANNED_AND_HELD,
            reason("planned-and-held", "en kilde forteller om planen, den andre om møtet",
                   "one source tells of the plan, the other of the event"),
        )  # fmt: skip


def _of_place(a: Thing, b: Thing, place: str) -> Iterator[Weighed]:
    if place:
        yield _PLACE, reason("same-place", f"samme sted: {place}", f"the same place: {place}")
    elif a.places and b.places:
        yield _OTHER_PLACE, reason("other-place", "ulike steder", "different places")


def _of_people(a: Thing, b: Thing, organisers: Sequence[str], people: Sequence[str]) -> Iterator[Weighed]:
    if organisers:
        names = ", ".join(organisers)
        yield _ORGANISER, reason("same-organiser", f"samme arrangør: {names}", f"the same organiser: {names}")
    elif a.organisers and b.organisers:
        yield _OTHER_ORGANISER, reason("other-organiser", "ulike arrangører", "different organisers")
    if people:
        names = ", ".join(people[:_MAX_NAMES]) + (" …" if len(people) > _MAX_NAMES else "")
        weight = min(_MAX_PARTICIPANTS, _PARTICIPANT * len(people))
        # They are those of a like name too: whether two people are one is another question.
        nb, en = (
            f"nevnt av begge, med samme eller lignende navn: {names}",
            f"named by both, by the same or a like name: {names}",
        )
        yield weight, reason("same-participants", nb, en)


def _common_days(a: Thing, b: Thing) -> int | None:
    """Return on how many days both can have been; None where on no day, or where one of them has no day at all."""
    try:
        spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in (a.days, b.days)]
    except ValueError:
        return None
    days = (min(last for _, last in spans) - max(first for first, _ in spans)).days + 1
    return days if days > 0 else None


def _everybody(event: Thing) -> tuple[tuple[str, str], ...]:
    return (*event.participants, *event.organisers)


def _place(a: Thing, b: Thing) -> str:
    """Return the words for a place of both, "" for none."""
    words = {fold(word): word for word in sorted(a.place_words)}
    same = sorted(words[each] for each in words.keys() & {fold(word) for word in b.place_words} if each)
    return same[0] if same else min(a.places & b.places, default="")


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
