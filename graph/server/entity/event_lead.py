"""The first sentences of the page of an event: what is known of it, how surely, and never more than the graph says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model.labels import Label
from graph.server.entity.event_words import days_in_sentence, first_letter_large, names_in_words, number_in_words
from graph.server.entity.records import in_language

_BEGIN = {
    "held": Label("{organisers} holdt {noun}{where}{when}", "{organisers} held {noun}{where}{when}"),
    "planned": Label(
        "Planlagt: {organisers} skal arrangere {noun}{where}{when}",
        "Planned: {organisers} will organise {noun}{where}{when}",
    ),
    "cancelled": Label(
        "Avlyst: {organisers} skulle ha arrangert {noun}{where}{when}",
        "Cancelled: {organisers} were to organise {noun}{where}{when}",
    ),
    "postponed": Label(
        "Utsatt: {organisers} skulle ha arrangert {noun}{where}{when}",
        "Postponed: {organisers} were to organise {noun}{where}{when}",
    ),
}
_BEGIN_WITHOUT = {
    "held": Label("{Noun} ble holdt{where}{when}", "{Noun} was held{where}{when}"),
    "planned": Label("Planlagt: {noun} skal holdes{where}{when}", "Planned: {noun} is to be held{where}{when}"),
    "cancelled": Label("Avlyst: {noun} skulle holdes{where}{when}", "Cancelled: {noun} was to be held{where}{when}"),
    "postponed": Label("Utsatt: {noun} skulle holdes{where}{when}", "Postponed: {noun} was to be held{where}{when}"),
}
_NAMED = Label("Kilden nevner {noun} uten å si om det er holdt", "The source names {noun}, and not whether it was held")
_IN, _ABROAD, _ONLINE = Label(" i {}", " in {}"), Label(" i {} ({})", " in {} ({})"), Label(" på nett", " online")
_DAY_UNKNOWN = Label("; hvilken dag er ikke oppgitt", "; on which day is not stated")
_TIME_UNKNOWN = Label("; når er ikke oppgitt", "; when is not stated")
_MOVED = Label("Ny tid: {}.", "New time: {}.")
_OUTCOME = Label("Om det ble holdt, er ikke kjent.", "Whether it was held is not known.")
_PRESENT = Label("{n} er nevnt ved navn som til stede: {names}.", "{n} {verb} named as present: {names}.")
_NOBODY = Label("Ingen er nevnt ved navn som til stede.", "Nobody is named as present.")
_EXPECTED = Label("Ventet: {}.", "Expected: {}.")
_INVITED = Label("Invitert: {}.", "Invited: {}.")
_CHOICE = {
    True: Label("Minst {n} av disse var der: {names}.", "At least {n} of these {verb} there: {names}."),
    False: Label("Mulig, minst {n} av disse: {names}.", "Possibly, at least {n} of these: {names}."),
}
_TOPICS = (Label("Tema: {}.", "Topic: {}."), Label("Temaer: {}.", "Topics: {}."))
# So many topics are named; the page has all.
MAX_TOPICS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """What the first sentences of an event are made of.

    ``status`` is its local name (held, planned, cancelled, postponed), or empty where no source gives one. ``choices``
    are pairs of at least how many, and the names of the candidates.
    """

    status: str
    noun: str
    organisers: Sequence[str] = ()
    place: str = ""
    country: str = ""
    online: bool = False
    days: str = ""
    earliest: str = ""
    latest: str = ""
    lasting: bool = False
    moved_to: str = ""
    present: Sequence[str] = ()
    expected: Sequence[str] = ()
    invited: Sequence[str] = ()
    choices: Sequence[tuple[int, Sequence[str]]] = ()
    topics: Sequence[str] = ()


def lead_of(facts: LeadFacts, lang: str) -> str:
    """Return what is known of an event, in a few sentences."""
    return " ".join(_sentences(facts, lang))


def _sentences(facts: LeadFacts, lang: str) -> Iterator[str]:
    yield f"{_what(facts, lang)}."
    if facts.moved_to:
        yield in_language(_MOVED, lang).format(facts.moved_to)
    elif facts.status == "planned":
        yield in_language(_OUTCOME, lang)
    if facts.status == "held":
        yield _present(facts.present, lang)
    elif facts.expected:
        yield in_language(_EXPECTED, lang).format(names_in_words(facts.expected, lang))
    if facts.invited:
        yield in_language(_INVITED, lang).format(names_in_words(facts.invited, lang))
    for least, names in facts.choices:
        words = in_language(_CHOICE[facts.status == "held"], lang)
        verb = "was" if least == 1 else "were"
        yield words.format(n=number_in_words(least, lang), names=names_in_words(names, lang), verb=verb)
    if facts.topics:
        yield in_language(_TOPICS[len(facts.topics) > 1], lang).format("; ".join(facts.topics[:MAX_TOPICS]))


def _what(facts: LeadFacts, lang: str) -> str:
    """Return that an event was held, is planned or was called off, by whom, where and when."""
    if not facts.status:
        return first_letter_large(in_language(_NAMED, lang).format(noun=facts.noun))
    labels = _BEGIN if facts.organisers else _BEGIN_WITHOUT
    words = in_language(labels.get(facts.status, labels["held"]), lang).format(
        organisers=names_in_words(facts.organisers, lang),
        noun=facts.noun,
        Noun=first_letter_large(facts.noun),
        where=_where(facts, lang),
        when=f" {days_in_sentence(facts.days, facts.earliest, facts.latest, lang)}" if facts.days else "",
    )
    return first_letter_large(words) + _not_stated(facts, lang)


def _where(facts: LeadFacts, lang: str) -> str:
    online = in_language(_ONLINE, lang) if facts.online else ""
    if not facts.place:
        return online
    label = _ABROAD if facts.country else _IN
    return in_language(label, lang).format(facts.place, facts.country) + online


def _not_stated(facts: LeadFacts, lang: str) -> str:
    if not facts.days:
        return in_language(_TIME_UNKNOWN, lang)
    exact = facts.lasting or (facts.earliest and facts.earliest == facts.latest)
    return "" if exact else in_language(_DAY_UNKNOWN, lang)


def _present(names: Sequence[str], lang: str) -> str:
    if not names:
        return in_language(_NOBODY, lang)
    return in_language(_PRESENT, lang).format(
        n=first_letter_large(number_in_words(len(names), lang)),
        names=names_in_words(names, lang),
        verb="is" if len(names) == 1 else "are",
    )
