"""Read language packs: what is known of one language, as data, in ``nb.yaml`` and its likes beside this file.

A pack holds words, never patterns: whatever is compared with a page is built from them, escaped, by code whose time
grows with the length of the text alone. A word with signs that only a pattern has is a finding, not a hang.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from graph.common.findings import Finding, FindingsError
from graph.common.strict_files import Document, read_yaml
from graph.common.text_files import read_text
from graph.sources.languages.proposing import Proposing
from graph.sources.languages.words import MOST_WORDS, Part, Word, Words

FOLDER = Path(__file__).parent
Month = Annotated[int, Field(ge=1, le=12)]
Months = tuple[Month, Month]
Frame = Literal["subject", "object", "event", "heading", "line", "any"]
Status = Literal["planned", "postponed", "held", "cancelled"]
Form = Literal["infinitive", "present", "past", "participle", "passive", "noun"]
Unit = Literal["day", "week", "month", "year", "spring", "summer", "autumn", "winter"]


class Sentences(Part):
    """Where a full stop ends no sentence: after these, and after a number of two figures but for ``numbered`` ones."""

    abbreviations: Words = ()
    ordinal_dot: bool = False
    numbered: Words = ()


class Genitive(Part):
    """What a name takes on, such as -s, and ``words`` that do the same: "KS sin rådgiver".

    ``exceptions`` are words that only look like a genitive.
    """

    endings: Words = ()
    words: Words = ()
    exceptions: Words = ()


class Season(Part):
    """The words for a season, those that mean it only before a year, and its months.

    ``reach`` are the months that people may mean by it, ``least`` those that they mean at the least. A winter lies at
    both ends of a year, and ``start`` is where the later one begins.
    """

    words: Words
    before_year: Words = ()
    reach: Months
    least: Months
    end_reach: Months | None = None
    end_least: Months | None = None


class Dates(Part):
    """How pages write days, months and parts of a year."""

    months: Annotated[tuple[Words, ...], Field(min_length=12, max_length=12)]
    months_after_day: Annotated[tuple[Words, ...], Field(max_length=12)] = ()
    months_of_two_meanings: Words = ()
    before_month: Words = ()
    month_first: bool = False
    after_day_number: tuple[str, ...] = ()
    day_number_alone: bool = False
    day_month_year: Literal["dots", "none"] = "dots"
    articles: Words = ()
    weekdays: Annotated[tuple[Words, ...], Field(min_length=7, max_length=7)]
    of: Words = ()
    ranges: Words = ()
    seasons: dict[Literal["spring", "summer", "autumn", "winter"], Season]
    ordinals: dict[Word, Annotated[int, Field(ge=1, le=4)]] = Field(default_factory=dict)
    quarters: Words = ()
    halves: Words = ()
    weeks: Words = ()
    vague: Words = ()


class Bounding(Part):
    """Words beside a date that make it one side of a time, or a part of one.

    What is ``beside`` a date is not the date itself: "før 3. mars", "rundt 3. mars". ``loose`` words take a part of a
    time that is no day of it: "i slutten av mars".
    """

    one_side: Words = ()
    beside: Words = ()
    loose: Words = ()
    between: Words = ()
    part: Words = ()
    part_begins: Words = ()
    part_ends: Words = ()


class Relative(Part):
    """Words that tell a time from the day on which they are written: so many units before or after it.

    ``next`` and ``last`` are the nearest unit on that side that has not begun, or is over; ``near`` the nearest one.
    """

    words: Words
    unit: Unit
    shift: Annotated[int, Field(ge=-10, le=10)] | Literal["next", "last", "near"]


class Clock(Part):
    """How a time of day is written: the words before it, the signs between hours and minutes, the words for "to"."""

    before: Words = ()
    after: Words = ()
    separators: tuple[Literal[".", ":"], ...] = (".", ":")


class Verb(Part):
    """The forms of a verb that tells of an event. Present, past and passive tell a status alone; ``weak`` ones may."""

    infinitive: Words = ()
    present: Words = ()
    past: Words = ()
    participle: Words = ()
    passive: Words = ()
    noun: Words = ()


class Auxiliary(Part):
    """Words that govern forms of a verb, and the status that they tell together."""

    status: Status
    words: Words
    governs: tuple[Form, ...]


class Verbs(Part):
    """How the language tells by its verbs what is planned and what has been held.

    ``exclusions`` stand before the name of somebody who was not there: "uten Kari Nordmann". ``intentions`` stand
    before what somebody wishes, means or refuses to do, and need not have done: "har tenkt å". ``hedges`` in a clause
    leave open whether it was so: "deltok trolig"; so do ``doubts`` before it: "det er ikke kjent om". One of
    ``conditions`` at the head of a sentence makes its participles unreal: "Hadde hun deltatt".
    """

    verbs: Annotated[tuple[Verb, ...], Field(max_length=MOST_WORDS)] = ()
    auxiliaries: Annotated[tuple[Auxiliary, ...], Field(max_length=MOST_WORDS)] = ()
    unreal: Words = ()
    negations: Words = ()
    no_negation_before: Words = ()
    exclusions: Words = ()
    intentions: Words = ()
    hedges: Words = ()
    doubts: Words = ()
    conditions: Words = ()
    clause_words: Words = ()
    infinitive_marks: Words = ()


class Representation(Part):
    """How the language tells that somebody was there for another, or is only a part of a body.

    ``phrases`` stand before the one represented, or for whom an event is meant ("rettet seg mot"), and hold of a whole
    list: "på vegne av A og B"; ``next_alone`` hold of the next name alone: "vara for A, B". ``heads`` are words for
    people, which may take on an ending, and ``joints`` stand between such a word and the body: "rådgiver i Stavanger
    kommune".
    """

    phrases: Words = ()
    next_alone: Words = ()
    heads: Words = ()
    joints: Words = ()


class Subjects(Part):
    """How the language tells whose part a verb tells: "Kari Nordmann ba alle som deltok, om hjelp" tells that of all.

    ``indefinite`` words are subjects that name nobody; ``antecedents`` are so only before one of the ``relative`` words
    ("de som"). ``openers`` and ``contrasts`` begin a clause with a subject of its own: "der mange deltok", "men Ola
    Hansen deltok". One of ``inclusions`` in the sentence, or of ``identities`` between such a subject and a name, may
    count the name in: "blant dem som deltok", "de som deltok, var Kari Nordmann". ``attendees`` are nouns for those who
    took part: "Kari Nordmann takket deltakerne". Nouns with ``plural_endings`` are subjects before a relative word:
    "lærerne som deltok".
    """

    indefinite: Words = ()
    antecedents: Words = ()
    relative: Words = ()
    openers: Words = ()
    contrasts: Words = ()
    inclusions: Words = ()
    identities: Words = ()
    attendees: Words = ()
    plural_endings: Words = ()


class Pack(Part):
    """All that is known of one language.

    ``frames`` says of a concept which of its words count only in a frame: as a verb with a name before it (subject) or
    after it (object), before a word for an event (event), at the head of a list (heading), before a name in a line of a
    programme (line), or anywhere, yet without demanding anything (any). ``event_endings`` are how such words end.
    ``origin_words`` stand between a name and the body that its bearer comes from: "Henrik Dahl fra HL-senteret".
    ``noun_endings`` are those of common nouns without an article, as "kommunen" at the head of a sentence.
    ``coordinators`` join the members of a list: "A og B". ``choice_words`` leave a choice in their sentence: "en av A
    og B", "A, ellers B".
    ``idioms`` are phrases in which the word for a part or an attendance is none: "møtet kom i stand".
    ``nationalities`` are adjectives, and names of languages, that have capitals and name nobody: "the Danish king".
    ``place_words`` stand before the place of an event, ``elsewhere_words`` before one that it is not: "om Bergen".
    ``captions`` are words that are a name too, and none before a colon: "Stad: Rådhuset".
    ``telling`` are common words by which a text is known to be in this language and not in its neighbours;
    ``publication`` are words before the day on which a page was published: "Publisert 3. mars 2019".
    """

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    sentences: Sentences = Field(default_factory=Sentences)
    genitive: Genitive = Field(default_factory=Genitive)
    name_joiners: Words = ()
    origin_words: Words = ()
    place_words: Words = ()
    elsewhere_words: Words = ()
    captions: Words = ()
    telling: Words = ()
    publication: Words = ()
    idioms: Words = ()
    small_words: Words = ()
    nationalities: Words = ()
    noun_endings: Words = ()
    coordinators: Words = ()
    choice_words: Words = ()
    event_endings: Words = ()
    online: Words = ()
    open: Words = ()
    closed: Words = ()
    dates: Dates
    bounding: Bounding = Field(default_factory=Bounding)
    relative: Annotated[tuple[Relative, ...], Field(max_length=MOST_WORDS)] = ()
    clock: Clock = Field(default_factory=Clock)
    verbs: Verbs = Field(default_factory=Verbs)
    representation: Representation = Field(default_factory=Representation)
    subjects: Subjects = Field(default_factory=Subjects)
    frames: dict[str, dict[Frame, Words]] = Field(default_factory=dict)
    proposing: Proposing = Field(default_factory=Proposing)

    # A pack is read once; what is built from it is kept by the pack itself.
    __hash__ = object.__hash__


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the languages that have a pack."""
    return tuple(sorted(file.stem for file in folder.glob("*.yaml")))


@cache
def pack_of(language: str, folder: Path = FOLDER) -> Pack | None:
    """Return the pack of a language, or None where there is none. Raise FindingsError where it cannot be used."""
    file = folder / f"{language}.yaml"
    if language not in languages(folder):
        return None
    name = f"{folder.name}/{file.name}"
    return read_pack(read_yaml(read_text(file, name), name), language)


def read_pack(document: Document, language: str) -> Pack:
    """Return the pack that a document holds. Raise FindingsError with the line of each thing that is wrong in it."""
    try:
        pack = Pack.model_validate(document.data or {})
    except ValidationError as error:
        raise FindingsError(_findings(document, error)) from error
    if pack.language != language:
        message = f"language: {pack.language!r} in the pack of {language!r}; write language: {language}"
        raise FindingsError([document.finding(("language",), message)])
    return pack


def _findings(document: Document, error: ValidationError) -> list[Finding]:
    findings = []
    for problem in error.errors(include_url=False, include_input=False):
        path = tuple(part for part in problem["loc"] if part != "[key]")
        key = next((part for part in reversed(path) if isinstance(part, str)), "the pack")
        message = str(problem["msg"]).removeprefix("Value error, ")
        findings.append(document.finding(path, f"{key}: {message[:1].lower()}{message[1:]}"))
    return findings
