"""Patterns made of the words of a language for events beside others, and for what only seems to be a part."""

import re
from collections.abc import Iterable
from functools import cached_property

from graph.sources.languages.pack import Pack
from graph.sources.languages.proposing import Proposing

CAPITAL = r"[A-ZÆØÅÀ-ÖØ-Þ]"
LOWER = r"[^\W\d_A-ZÆØÅÀ-ÖØ-Þ]"
# In a pattern that minds no case, no class can leave out capitals alone.
LETTER = r"[^\W\d_]"
NAMED = rf"{CAPITAL}[\w'’-]*"


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first; one that matches nothing where there are none."""
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) or r"(?!)"


class EventPhrases:
    """The patterns of one language by which events are told apart; each is made once."""

    pack: Pack
    words: Proposing

    @cached_property
    def decides(self) -> re.Pattern[str]:
        """A verb for what a council does in a meeting: "behandler"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.decides)})(?!\w)", re.IGNORECASE)

    @cached_property
    def pronoun_meets(self) -> re.Pattern[str]:
        """A verb of meeting whose subject is a pronoun: "møtte de", "ble de tatt imot av"."""
        verbs, pronouns = either(self.words.meeting), either(self.words.pronouns)
        return re.compile(rf"(?<!\w)(?:(?:{verbs}) (?:{pronouns})|(?:{pronouns}) (?:{verbs}))(?!\w)", re.IGNORECASE)

    @cached_property
    def quoted_by(self) -> re.Pattern[str]:
        """What ends before whoever says something: "sier avdelingsdirektør "."""
        words = [each for each in self.words.quoting if " " not in each]
        return re.compile(rf"(?<!\w)(?:(?i:{either(words)}))\s+(?:{LOWER}[\w-]*\s+){{0,4}}$")

    @cached_property
    def goes_by(self) -> re.Pattern[str]:
        """Words for a journey that goes on: "gikk turen til "."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.goes_on)})\s+(?:{either(self.words.to_place)})\s+")

    @cached_property
    def visits_now(self) -> re.Pattern[str]:
        """A verb of visiting: "besøker"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.visits)})(?!\w)", re.IGNORECASE)

    @cached_property
    def same_place(self) -> re.Pattern[str]:
        """What says that an event is where the one before it was: "samme sted"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.same_place)})(?!\w)", re.IGNORECASE)

    @cached_property
    def was_at(self) -> re.Pattern[str]:
        """What stands between whoever was at an event and its word: " på synfaring", with a verb before them."""
        return re.compile(rf"\s+(?:{either(self.words.at_event)})\s+(?:{LOWER}+\s+)?")

    @cached_property
    def is_at(self) -> re.Pattern[str]:
        """What stands between whoever is at an event and its word: " var onsdag på "."""
        verbs = either((*self.words.copulas, *self.words.past_copulas))
        words = either(self.words.at_event)
        return re.compile(rf"\s+(?:{verbs})\s+(?:{LOWER}+\s+)?(?:{words})\s+(?:{LOWER}+\s+)?")

    @cached_property
    def be(self) -> re.Pattern[str]:
        """A verb of being at its end: "var "."""
        return re.compile(rf"(?<!\w)(?:{either((*self.words.copulas, *self.words.past_copulas))})\s+$", re.IGNORECASE)

    @cached_property
    def travels(self) -> re.Pattern[str]:
        """A verb of travelling: "reiser"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.travels)})(?!\w)", re.IGNORECASE)

    @cached_property
    def to_place(self) -> re.Pattern[str]:
        """What ends before the place that somebody travels to: "til"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.to_place)})\s+$")

    @cached_property
    def opens(self) -> re.Pattern[str]:
        """A verb of opening: "åpner"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.opens)})(?!\w)", re.IGNORECASE)

    @cached_property
    def another_events(self) -> tuple[str, ...]:
        """Words for another event that name it: "neste møte", and not "neste gang"."""
        return tuple(each for each in self.words.another if each.endswith(self.pack.event_endings))

    @cached_property
    def after_event(self) -> re.Pattern[str]:
        """What a sentence begins with that tells what follows an event: "Etter "."""
        return re.compile(rf"(?:{either(self.words.afterwards)})\s", re.IGNORECASE)

    @cached_property
    def later(self) -> re.Pattern[str]:
        """What a sentence begins with that tells of something later on the same day: "Om kvelden", "Etterpå"."""
        return re.compile(rf"(?:{either(self.words.later)})(?!\w)", re.IGNORECASE)

    @cached_property
    def there_is(self) -> re.Pattern[str]:
        """What says that there is an event: "er det", "blir det"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.copulas)}) (?:{either(self.words.event_pronouns)})(?!\w)")

    @cached_property
    def will(self) -> re.Pattern[str]:
        """A verb that tells what is to come: "skal", "vil"."""
        planned = [word for each in self.pack.verbs.auxiliaries if each.status == "planned" for word in each.words]
        return re.compile(rf"(?<!\w)(?:{either((*planned, *self.words.consents))})(?!\w)", re.IGNORECASE)

    @cached_property
    def held_pronoun(self) -> re.Pattern[str]:
        """A pronoun for an event and the verb that says when it is: "holdes de", "det første er"."""
        ordinals = either((*self.pack.dates.ordinals, *self.words.next_words))
        pronouns, verbs = either(self.words.event_pronouns), either(self.words.takes_place)
        is_words = either(self.words.copulas)
        return re.compile(
            rf"(?<!\w)(?:(?:{verbs}) (?:{pronouns})|(?:{pronouns}) (?:{verbs})"
            rf"|(?:{pronouns}) (?:{ordinals}) (?:{is_words}|{verbs}))(?!\w)",
            re.IGNORECASE,
        )

    @cached_property
    def next_one(self) -> re.Pattern[str]:
        """What ends before a word for an event that is another than the one the page is about: "neste"."""
        first = {words.split()[0] for words in self.words.another if " " in words}
        return re.compile(rf"(?<!\w)(?:{either(first)})\s+$", re.IGNORECASE)

    @cached_property
    def has_one(self) -> re.Pattern[str]:
        """What ends before a word for an event that somebody has: "hadde statsråden", "har hun"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.perfect)})\s[^.,;:]{{2,40}}$", re.IGNORECASE)

    @cached_property
    def recorded(self) -> re.Pattern[str]:
        """What says that somebody is only heard or seen in a recording: "i en video"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.recorded)})(?!\w)", re.IGNORECASE)

    @cached_property
    def asks_for(self) -> re.Pattern[str]:
        """What follows a verb of asking that is no invitation: "har bedt om innsyn"."""
        marks = either(self.pack.verbs.infinitive_marks)
        return re.compile(rf"\s+(?:{either(self.words.asked_for)})\s+(?!(?:{marks})\s)")

    @cached_property
    def asks_to(self) -> re.Pattern[str]:
        """What somebody who asks does, who is not asked: "har bedt om å få komme"."""
        verbs, about = either(self.words.perfect), either(self.words.asked_for)
        return re.compile(rf"(?<!\w)(?:{verbs})\s+{LETTER}+\s+(?:{about})\s", re.IGNORECASE)

    @cached_property
    def asked_to(self) -> re.Pattern[str]:
        """What stands between a word for an invitation and what somebody is asked to do: " til å "."""
        marks, words = either(self.pack.verbs.infinitive_marks), either((*self.words.asked_for, *self.words.invited_to))
        return re.compile(rf"\s+(?:{words})\s+(?:{marks})\s+")

    @cached_property
    def copula_after(self) -> re.Pattern[str]:
        """What ends a relative clause before those of whom it tells: "som er invitert er A"."""
        return re.compile(rf"\s+(?:{either((*self.words.copulas, *self.words.past_copulas))})\s")

    @cached_property
    def has_had(self) -> re.Pattern[str]:
        """What says that somebody has had a meeting: "har statsråden hatt"."""
        verbs, had = either(self.words.perfect), either(self.words.had)
        return re.compile(rf"(?<!\w)(?:{verbs})\s(?:[^.,;:\n]{{0,40}}\s)?(?:{had})(?!\w)", re.IGNORECASE)

    @cached_property
    def purpose(self) -> re.Pattern[str]:
        """What ends before a verb for what somebody comes to do: "for å "."""
        marks = either(self.pack.verbs.infinitive_marks)
        return re.compile(rf"(?<!\w)(?:{either(self.words.body_for)}) (?:{marks})\s+$")

    @cached_property
    def has_event(self) -> re.Pattern[str]:
        """What stands between a body and the event that it has: " skal ha ", " hadde et "."""
        verbs = either((*self.words.perfect, *self.words.has))
        return re.compile(rf"\s+(?:{verbs})\s+(?:(?:{either(self.words.articles)})\s+)?(?:{LOWER}+\s+)?")

    @cached_property
    def event_of(self) -> re.Pattern[str]:
        """What stands between an event and the body whose it is: "årsmøtet til "."""
        return re.compile(rf"\s+(?:{either(self.words.to_place)})\s+")

    @cached_property
    def hears_from(self) -> re.Pattern[str]:
        """What ends before whoever tells others of a matter: "høre om planene fra rådgiver "."""
        hears, about = either(self.words.hears), either(self.words.about)
        origin = either(self.pack.origin_words)
        return re.compile(rf"(?<!\w)(?:{hears}) (?:{about}) [^.;:]{{2,60}} (?:{origin}) (?:{LOWER}[\w-]*\s+){{0,3}}$")

    @cached_property
    def judged(self) -> re.Pattern[str]:
        """What begins a sentence that only judges an event: "– Det var et "."""
        verbs = either((*self.words.copulas, *self.words.past_copulas))
        pronouns, articles = either(self.words.event_pronouns), either(self.words.articles)
        return re.compile(rf"(?:[–—-]\s*)?(?:{pronouns}) (?:{verbs}) (?:{articles})\s", re.IGNORECASE)

    @cached_property
    def choice_beside(self) -> re.Pattern[str]:
        """A word that joins those of whom one comes: "og/eller"."""
        words = [each for each in self.pack.coordinators if each not in self.words.joints]
        return re.compile(rf"(?<!\w)(?:{either(words)})(?!\w)", re.IGNORECASE)
