"""Patterns made of the words of a language: prepositions, joints and endings by which parts are proposed."""

import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from graph.sources.languages.pack import Pack
from graph.sources.languages.proposing import Proposing
from graph.sources.proposals.event_phrases import CAPITAL, LETTER, LOWER, NAMED, EventPhrases, either


class Phrases(EventPhrases):
    """The patterns of one language; each is made once."""

    def __init__(self, pack: Pack) -> None:
        """Take the pack of the language."""
        self.pack = pack
        self.words: Proposing = pack.proposing
        # What each word tells of whom, as far as it was asked for.
        self.senses: dict[str, Any] = {}
        # The times that words mean on a page of a day.
        self.resolved: dict[Any, Any] = {}
        # What is made once of a registry or a vocabulary, with that of which it was made.
        self._made: dict[str, tuple[object, Any]] = {}

    def made_of(self, name: str, source: object, make: Callable[[], Any]) -> Any:
        """Return what is made of a source, which is made once as long as the source is the same."""
        known = self._made.get(name)
        if known is None or known[0] is not source:
            known = self._made[name] = (source, make())
        return known[1]

    @cached_property
    def away(self) -> re.Pattern[str]:
        """What ends before somebody that a preposition leads away from the sentence: "fra", "ved den"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.away)})\s+(?:{LETTER}+ )?$", re.IGNORECASE)

    @cached_property
    def place_before(self) -> re.Pattern[str]:
        """What ends before a place that only says where something is: "i ", "utenfor "."""
        words = (*self.words.away, *self.words.with_words, *self.pack.place_words, *self.pack.elsewhere_words)
        return re.compile(rf"(?<!\w)(?:{either(words)})\s+(?:{LOWER}+\s+)?$", re.IGNORECASE)

    @cached_property
    def field_words(self) -> frozenset[str]:
        """Words with which a clause begins whose subject stands after its verb."""
        words = (*self.words.away, *self.words.with_words, *self.pack.place_words, *self.pack.bounding.one_side)
        return frozenset(words)

    @cached_property
    def pronoun_before(self) -> re.Pattern[str]:
        """What ends with a pronoun that is the subject of the verb after it: "Hun "."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.pronouns)})\s+(?:{LETTER}+\s+)?$", re.IGNORECASE)

    @cached_property
    def subclause(self) -> re.Pattern[str]:
        """A word that begins a clause within another: "fordi", "dersom"."""
        relative = self.pack.subjects.relative
        words = [each for each in self.pack.verbs.clause_words if each not in relative]
        return re.compile(rf"(?<!\w)(?:{either((*words, *self.pack.verbs.doubts))})(?!\w)", re.IGNORECASE)

    @cached_property
    def title_clause(self) -> re.Pattern[str]:
        """What stands between an office and who has it: " for ungdomsrådet, "."""
        words = either((*self.words.office_of, *self.words.inside, *self.words.agents))
        return re.compile(rf"(?: (?:{words}) [\w -]{{2,50}})?,? $")

    @cached_property
    def visits(self) -> re.Pattern[str]:
        """What ends before the subject of a verb of visiting: "Torsdag besøker statsråd "."""
        verbs = either(each for each in self.words.meeting if " " not in each)
        return re.compile(rf"(?<!\w)(?:{verbs})\s+(?:{LOWER}[\w-]*\s+)*$")

    @cached_property
    def denied_before(self) -> re.Pattern[str]:
        """What ends right before a word that a negation denies: "var ikke "."""
        no = [each for each in self.pack.verbs.negations if each not in self.pack.verbs.no_negation_before]
        return re.compile(rf"(?<!\w)(?:{either(no)})\s+$", re.IGNORECASE)

    @cached_property
    def denied_after(self) -> re.Pattern[str]:
        """What follows a verb that a negation denies: "deltar ikke"."""
        only = either(self.pack.verbs.no_negation_before)
        return re.compile(rf"\s+(?:{either(self.pack.verbs.negations)})(?!\s+(?:{only}))(?!\w)", re.IGNORECASE)

    @cached_property
    def members(self) -> re.Pattern[str]:
        """What stands between the members of a list."""
        return re.compile(rf",\s*|\s+(?:{either((*self.words.joints, *self.words.together))})\s+")

    @cached_property
    def topic(self) -> re.Pattern[str]:
        """A word before what an event is about: "om"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.about)})\s", re.IGNORECASE)

    @cached_property
    def pronoun_after(self) -> re.Pattern[str]:
        """A pronoun that is the subject of the verb before it: "fortalte hun"."""
        return re.compile(rf"\s+(?:{either(self.words.pronouns)})(?!\w)")

    @cached_property
    def inside(self) -> re.Pattern[str]:
        """What ends before the name of a building: "i", "på"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.inside)})\s+$", re.IGNORECASE)

    @cached_property
    def place_after(self) -> re.Pattern[str]:
        """What stands before a place."""
        words = either((*self.pack.place_words, *self.words.hosted_at))
        return re.compile(rf"(?<!\w)(?:{words})\s+", re.IGNORECASE)

    @cached_property
    def behalf(self) -> re.Pattern[str]:
        """What ends before somebody for whom another acts: "på vegne av", "vara for"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.behalf)})\s+(?:[\w-]+ ){{0,2}}$")

    @cached_property
    def by(self) -> re.Pattern[str]:
        """What stands between a noun for a part and whoever has it: "v/", "ved", a colon, with a title."""
        return re.compile(rf"(?:{either((*self.words.by, *self.words.agents))}|:|–|-)\s*(?:[\w-]+ +){{0,5}}$")

    @cached_property
    def stands_for(self) -> re.Pattern[str]:
        """What stands between a body and the person by whom it is there: "v/", "ved politimester"."""
        words = either((*self.words.by, *self.words.represented_by))
        return re.compile(rf"\s*,?\s*(?:{words})\s*(?:{LOWER}[\w-]*\s+){{0,4}}$")

    @cached_property
    def together(self) -> re.Pattern[str]:
        """What stands before whoever does the same as others: "sammen med"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.together)})\s+", re.IGNORECASE)

    @cached_property
    def together_before(self) -> re.Pattern[str]:
        """What ends before whoever does the same as others: "sammen med "."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.together)})\s+$", re.IGNORECASE)

    @cached_property
    def parties(self) -> re.Pattern[str]:
        """What stands between a word for a meeting and those who meet: "med", "mellom de "."""
        where = rf"(?:\s+(?:{either(self.words.inside)})\s+{LOWER}+)?"
        return re.compile(rf"{where}\s+(?:{either(self.words.parties)})\s+(?:(?:{LOWER}|-)+\s+){{0,4}}$")

    @cached_property
    def passive(self) -> re.Pattern[str]:
        """What ends a verb in the passive with the word for its agent: "ledet av"."""
        endings = either(self.words.passive_endings)
        return re.compile(rf"\w(?:{endings}) (?:{either(self.words.agents)})$")

    @cached_property
    def agent_after(self) -> re.Pattern[str]:
        """The word for the agent of a passive, right after its verb."""
        return re.compile(rf"\s+(?:{either(self.words.agents)})\b")

    @cached_property
    def clause_end(self) -> re.Pattern[str]:
        """Where a clause ends: at a semicolon, a comma before such a word, or such a word before another."""
        return re.compile(
            rf"[;:]|,(?= (?:{either(self.words.clause_begins)})\b)"
            rf"|(?<=\w) (?:{either(self.words.clause_joints)}) (?={LOWER}+ )"
        )

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """What stands between members of a list, after a title or a body in brackets."""
        joints = either(self.words.joints)
        return re.compile(rf"(?:[^.;:\n]{{0,70}}?)(?:,| (?:{joints})\b|\n)\s*[^.;:\n]{{0,50}}$")

    @cached_property
    def finite(self) -> re.Pattern[str]:
        """A verb that no member of a list has within it: "er", "skal"."""
        verbs = self.pack.verbs
        words = [word for each in verbs.auxiliaries for word in each.words if " " not in word]
        return re.compile(rf"(?<!\w)(?:{either((*words, *verbs.unreal))})(?!\w)", re.IGNORECASE)

    @cached_property
    def reported(self) -> re.Pattern[str]:
        """What stands before a verb in a clause of what somebody says: "at", with no other clause after it."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.reporting)})\s[^.;:]*$")

    @cached_property
    def infinitive(self) -> re.Pattern[str]:
        """What ends before an infinitive with its mark: "oppfordret til å"."""
        return re.compile(rf"(?<!\w)(?:{either(self.pack.verbs.infinitive_marks)})\s+$", re.IGNORECASE)

    @cached_property
    def planned_infinitive(self) -> re.Pattern[str]:
        """What ends before an infinitive that tells what is planned: "kommer til å"."""
        planned = [word for each in self.pack.verbs.auxiliaries if each.status == "planned" for word in each.words]
        planned += self.words.consents
        return re.compile(rf"(?<!\w)(?:{either(planned)})\s+$", re.IGNORECASE)

    @cached_property
    def matter(self) -> re.Pattern[str]:
        """A word for what a meeting treats, also at the end of a compound: "saken", "byggesaken"."""
        return re.compile(rf"(?<!\w)\w{{0,40}}?(?:{either(self.words.matters)})(?!\w)", re.IGNORECASE)

    @cached_property
    def at_one(self) -> re.Pattern[str]:
        """What ends before an event at which something happens: "på ", "at the "."""
        return re.compile(rf"(?<!\w)(?:{either((*self.words.inside, *self.pack.place_words))})\s+(?:\w+ )?$", re.I)

    @cached_property
    def denied(self) -> re.Pattern[str]:
        """What ends before a word that a negation denies: "er ikke"."""
        return re.compile(rf"(?<!\w)(?:{either(self.pack.verbs.negations)})\s+(?:\w+\s+)?$", re.IGNORECASE)

    @cached_property
    def inserted(self) -> re.Pattern[str]:
        """A relative clause between commas, that is no part of the clause around it."""
        return re.compile(rf", (?:{either(self.pack.subjects.relative)}) [^,;:.]+,")

    @cached_property
    def idiom(self) -> re.Pattern[str]:
        """What ends with an idiom."""
        return re.compile(rf"(?<!\w)(?:{either(self.pack.idioms)})$", re.IGNORECASE)

    @cached_property
    def inserted_after(self) -> re.Pattern[str]:
        """What begins a relative clause after a comma: ", som"."""
        return re.compile(rf", (?:{either(self.pack.subjects.relative)})(?!\w)")

    @cached_property
    def invited_to(self) -> re.Pattern[str]:
        """What stands after a verb of inviting before that to which it is."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.invited_to)})\s")

    @cached_property
    def perfect(self) -> re.Pattern[str]:
        """What ends with a participle in the perfect: "har invitert"."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.perfect)})\s+\w+$")

    @cached_property
    def span(self) -> re.Pattern[str]:
        """What stands between the two days of one span."""
        return re.compile(rf"\s*([-–]|{either(self.pack.dates.ranges)})\s*")

    @cached_property
    def of_place(self) -> re.Pattern[str]:
        """What follows the head of a body's name: "Universitetet i Stavanger", "Fylkesmannen i Oslo og Viken"."""
        joints = either(self.words.joints)
        return re.compile(
            rf" (?:{either(self.words.body_of)}) {NAMED}(?: {NAMED})*"
            rf"(?: (?:{joints}) {NAMED}(?= *[,.;:\n]| {LOWER}))?"
        )

    @cached_property
    def for_place(self) -> re.Pattern[str]:
        """What follows a council's name: "politirådet for Rana", "Brukarutvalet for Helse Førde"."""
        heads = either((*self.words.body_places, *self.words.inside))
        return re.compile(rf" (?:{either(self.words.body_of)}) {NAMED}(?: (?:{NAMED}|{heads})\b)*")

    @cached_property
    def for_matter(self) -> re.Pattern[str]:
        """What a body's name says of its matter: "for samfunnssikkerhet og beredskap"."""
        joints = either(self.words.joints)
        return re.compile(
            rf" (?:{either(self.words.body_for)}) {LOWER}[\w-]*"
            rf"(?:(?:,| (?:{joints})| -(?:{joints})) {LOWER}[\w-]+){{0,3}}"
        )

    @cached_property
    def for_compound(self) -> re.Pattern[str]:
        """What a council's name says of its matter: "for trus- og livssynssamfunn"."""
        joints = either(self.words.joints)
        return re.compile(rf" (?:{either(self.words.body_for)}) {LOWER}[\w-]*- (?:{joints}) {LOWER}[\w-]+")

    @cached_property
    def title_before(self) -> re.Pattern[str]:
        """Words of a title before a name: "justis- og beredskapsminister"."""
        words = either((*self.words.joints, *self.words.body_for, *self.words.inside))
        return re.compile(rf"((?:[\w-]+(?:-| (?:{words}))? ){{1,6}})$")

    @cached_property
    def compound_before(self) -> re.Pattern[str]:
        """What ends with the first half of a compound: "Justis- og "."""
        return re.compile(rf"(?<![\w-])[\w-]+-(?:, [\w-]+-)* (?:{either(self.words.joints)}) $")

    @cached_property
    def genitive_before(self) -> re.Pattern[str]:
        """Whose body it is, at the head of a sentence: "Politiets råd- og ", "Kommunens "."""
        joints = either(self.words.joints)
        heads = either(self.words.definite_bodies)
        return re.compile(rf"(?:(?<=[.!?:]\s)|(?<=\n)|^){CAPITAL}{LOWER}*(?:{heads})s (?:{LOWER}+- (?:{joints}) )?$")

    @cached_property
    def office_place(self) -> re.Pattern[str]:
        """Where an office is: "ordføreren i Stavanger"."""
        return re.compile(rf" (?:{either((*self.words.meeting_in, *self.words.office_of))}) {NAMED}(?: {NAMED})*")

    @cached_property
    def group_tail(self) -> re.Pattern[str]:
        """Where people of a group come from: "representanter fra frivillige organisasjoner"."""
        return re.compile(rf" (?:{either(self.words.group_of)}) (?=\w)[^.,;:()|\n]{{2,90}}")

    @cached_property
    def tail_end(self) -> re.Pattern[str]:
        """What is no part of the words of a group any more."""
        return re.compile(rf"\s(?:{either(self.words.group_ends)})\b")

    @cached_property
    def quantity_before(self) -> re.Pattern[str]:
        """What ends before people in the plural: their number or amount, an adjective, "alle de sju "."""
        words = either(self.words.quantities)
        return re.compile(
            rf"(?<![\w.:–-])(?:(?:{words}|\d{{1,4}})\s+)+(?:(?:{either(self.words.of_all)})\s+)?(?:{LETTER}+e\s+)?$",
            re.IGNORECASE,
        )

    @cached_property
    def article_before(self) -> re.Pattern[str]:
        """What ends before one of several: "en ", "ein ung "."""
        return re.compile(rf"(?<![\w-])(?:{either(self.words.articles)})\s+(?:{LETTER}+\s+)?$", re.IGNORECASE)

    @cached_property
    def of_country_before(self) -> re.Pattern[str]:
        """What ends before an office in the definite, told from another one: "den danske "."""
        return re.compile(rf"(?<!\w)(?:{either(self.words.definite_articles)})\s+{LETTER}+e\s+$", re.IGNORECASE)

    @cached_property
    def clause_begin_before(self) -> re.Pattern[str]:
        """What ends where a clause begins, but for one word: a full stop, a line's end, a joint."""
        joints = either((*self.words.joints, *self.words.clause_joints))
        return re.compile(rf"(?:^|[.!?:\n–-]\s*|(?<!\w)(?:{joints})\s+|,\s+)(?:[A-ZÆØÅ]?{LOWER}+ )?$")

    @cached_property
    def joint_after(self) -> re.Pattern[str]:
        """The joint after a member of a list, with the next member: " og brannsjef"."""
        joints = either(self.words.joints)
        return re.compile(
            rf"(?:,| (?:{joints}))(?: [\w-]+){{1,2}}?(?= |,)(?: (?:{either(self.words.inside)}) {NAMED})?"
        )

    @cached_property
    def meeting_in(self) -> re.Pattern[str]:
        """What stands between a word for a meeting and the body whose it is: "møte i politirådet"."""
        return re.compile(rf"\s+(?:{either(self.words.meeting_in)})\s+(?:{LOWER}+ )?")

    @cached_property
    def minutes(self) -> re.Pattern[str]:
        """A body beside the word for minutes: "Politirådet – referat", "Referat fra møte i Politirådet"."""
        words = either(self.words.minutes)
        of, inside = either(self.words.minutes_of), either((*self.words.inside, *self.words.body_for))
        meeting = either(self.pack.event_endings)
        return re.compile(
            rf"(?:^(?P<before>.+?)\s+[–-]\s+(?:{words})\b)"
            rf"|(?:\b(?:{words})\b(?:\s*[–-]|(?:\s+(?:{of}))?(?:\s+\w*(?:{meeting})(?:\s+(?:nr|no)\.?)?(?:\s+[\d/]+)?)?"
            rf"(?:\s+(?:{inside}))?)\s+(?P<after>[^\d,;:]+))",
            re.IGNORECASE,
        )

    @cached_property
    def clock(self) -> re.Pattern[str]:
        """The time at the head of a line: "09.30", "Kl. 14.30:", "0930–1000"."""
        one = r"(?:[01]?\d|2[0-4])(?:[.:]?[0-5]\d)?"
        words = either(self.pack.clock.before)
        return re.compile(rf"(?:(?:{words})\.?)?\s*{one}\s*(?:[-–]\s*{one})?(?=[:.]?\s|$)", re.IGNORECASE)

    @cached_property
    def clock_or_weekday(self) -> re.Pattern[str]:
        """A time of day, or the name of a weekday."""
        one = r"\d{1,2}(?:[.:]\d\d)?"
        days = either(word for words in self.pack.dates.weekdays for word in words)
        words = either(self.pack.clock.before)
        return re.compile(rf"(?:\b(?:{words})\b\.?\s*)?\b{one}(?:\s*[-–]\s*{one})?\b|\b(?:{days})\b", re.IGNORECASE)


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of some words, which may be several in a row, whole and in whatever case."""
    return re.compile(rf"(?<!\w)(?:{either(words)})(?!\w)", re.IGNORECASE)


@cache
def phrases_of(pack: Pack) -> Phrases:
    """Return the patterns of a language, made once."""
    return Phrases(pack)
