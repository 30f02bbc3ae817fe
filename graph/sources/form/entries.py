"""Entries: the form in which a curator writes claims (``claims.yaml``) and describes a page (``page.yaml``).

A form is checked as a whole, all mistakes at once (``messages``). What its words mean is checked in ``sources.pages``.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from graph.common.shared_schema import SharedSchema
from graph.model.labels import LANGUAGE_TAG, LanguageMap

# Words: blanks alone are none.
Text = Annotated[str, Field(min_length=1, max_length=5000, pattern=r"\S"), SharedSchema()]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
# A digest, as sha256sum writes it; other programs write the same in capitals.
Digest = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{64}$"), AfterValidator(str.lower)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", max_length=120)]


def _figures_alone(value: Any) -> Any:
    # Python reads 1_0 as ten, and 1.0 as one.
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError(f"{value!r} is no whole number in figures, such as 2")
    return value


Count = Annotated[int, Field(ge=0), BeforeValidator(_figures_alone)]
OneOrMore = Annotated[int, Field(ge=1), BeforeValidator(_figures_alone)]


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


# A list, or the one thing that would stand in it.
Texts = Annotated[
    tuple[Text, ...],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=Text | Annotated[tuple[Text, ...], Field(min_length=1)]),
    SharedSchema(),
]


class Form(BaseModel):
    """What all forms share: no key that is not declared, and nothing changes afterwards."""

    # A validator is made of a whole form when one is read, and not of each of its parts when this is imported.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _one_text_a_language(texts: dict[str, str]) -> dict[str, str]:
    tags = [tag.lower() for tag in texts]
    for tag in tags:
        if tag in _SHORT_TAGS:
            raise ValueError(f"the language {tag!r} is written {_SHORT_TAGS[tag]}")
        if tags.count(tag) > 1:
            raise ValueError(f"the language {tag!r} is there twice")
    return texts


# Codes of three letters for languages whose tag has two (RFC 5646 section 2.2.1).
_SHORT_TAGS = {"nob": "nb", "nno": "nn", "nor": "no", "dan": "da", "swe": "sv", "eng": "en"}
# A text in one or more languages, by language tag: {nb: …, en: …}.
ByLanguage = Annotated[
    dict[Annotated[str, Field(pattern=f"^{LANGUAGE_TAG}$")], Text],
    Field(min_length=1),
    AfterValidator(_one_text_a_language),
    SharedSchema(),
]
# A label; words alone are in the language of the page.
LabelEntry = Text | ByLanguage


def label_of(entry: LabelEntry, language: str) -> LanguageMap:
    """Return a label of an entry, or words of the page, by language; ``language`` is that of the page."""
    return LanguageMap({language: entry} if isinstance(entry, str) else entry)


Basis = Literal["publisher", "published", "title", "url", "source"]


class Inferred(Form):
    """A thing that the page does not say in so many words: from what its reader infers it, and why.

    ``publisher``, ``published`` (the day of publication), ``title`` and ``url`` are what is known of the page;
    ``source`` is the page as a whole, and needs ``because``.
    """

    inferred_from: Basis | None = Field(None, alias="from", description="From what the reader infers it")
    because: Text | ByLanguage | None = Field(
        None, description="Why, where the words do not show it; published as our decision"
    )


class Proven(Form):
    """An entry with words of the page that prove it."""

    quote: Texts | None = Field(None, description="Words of the page, each passage once in it; … for words left out")
    context: Texts | None = Field(None, description="Words elsewhere on the page that the quote leans on, as a year")
    review: Literal["accepted", "proposed", "rejected"] = "accepted"


class WhenEntry(Inferred):
    """A time: ``said`` are the page's words, ``edtf`` what they mean.

    ``from`` says where the year comes from, or the whole day where the words say none ("i forrige uke").
    """

    edtf: Text
    said: Text | None = Field(None, description="The page's words; only what is inferred may go without")
    begins: Clock | None = Field(None, description="The time of day, as 09:30")
    ends: Clock | None = None
    time_said: Text | None = Field(None, description="The page's words for the time of day")
    reading: Literal["within", "throughout"] = "within"
    convention: Text | None = Field(None, description="Moves one end by whole months: to-december, from-august")


class WhereEntry(Inferred):
    """Where it is: a municipality as of the day of the event, or a country, or the page's words alone.

    ``because`` says why the page's word means this municipality, where it is no known spelling of its name.
    """

    municipality: Text | None = Field(None, description="By name or number")
    county: Text | None = Field(None, description="Tells two municipalities of one name apart")
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(
        None, description="Abroad: the country's two letters (ISO 3166-1), as SE"
    )
    written: Text | None = Field(None, description="The page's words for the place, where they are not its name")
    venue: Text | None = Field(None, description="The page's words for the building or room")


class InferredBodyEntry(Inferred):
    """A body that the words do not name: ``from`` says from what the reader knows which one is meant."""

    body: Text


class HolderEntry(Form):
    """Whoever holds a post: where the page names the office and no person."""

    holder_of: Text


class CandidateEntry(Form):
    """A candidate in an office that the page gives: "statsministeren og/eller statssekretær A"."""

    agent: Text
    in_capacity: Text = Field(alias="as", description="The post, checked against the day of the event")


AgentEntry = Text | HolderEntry


class ParticipationEntry(Proven, Inferred):
    """Who has which part in the event above; ``candidates`` with ``at_least`` for "a and/or b".

    ``from`` says from what it is known who is meant, where the page does not name them ("kommunens dialogmøte").
    """

    agent: AgentEntry | None = None
    agents: tuple[AgentEntry, ...] | None = Field(None, description="Several, each of whom has this part")
    candidates: tuple[AgentEntry | CandidateEntry, ...] | None = None
    at_least: OneOrMore | None = None
    role: Texts
    attendance: Text | None = None
    in_capacity: Text | None = Field(None, alias="as", description="The post, checked against the day of the event")
    on_behalf_of: Text | InferredBodyEntry | None = None
    about: Texts | None = None
    written: Texts | None = Field(None, description="The page's words for the agent, where the registry has others")
    role_word: Text | None = Field(
        None, description="The page's word that tells the role: decides where no list has it"
    )
    list_heading: Text | None = Field(None, alias="list", description="The heading of the list that names the agent")
    title_said: Text | None = Field(None, description="The page's words for the agent's title or office")
    affiliation: Text | None = Field(None, description="The body that the agent comes from, which is no representing")
    affiliation_said: Text | None = Field(None, description="The page's words for where the agent comes from")
    partly: Text | None = Field(None, description="The page's words for the part of the event, or true")


class AudienceEntry(Proven):
    """Whom the event above was meant for, in the page's words."""

    words: Text
    label: LabelEntry | None = None
    drawn_from: Texts | None = None


class UtteranceEntry(Proven):
    """What somebody said at the event above, in the page's words."""

    by: Text
    says: Text
    about: Texts | None = None
    open_list: Texts | None = None


class EventEntry(Proven):
    """An event; its key is its identity in every page of the corpus."""

    label: LabelEntry | None = Field(None, description="May be left out where another page names the event")
    written: Text | None = Field(None, description="What the page calls the event")
    kind: Text
    status: Text | None = None
    status_word: Text | None = Field(
        None, description="The page's word that tells the status: decides where no list has it"
    )
    of_body: Text | InferredBodyEntry | None = Field(None, description="The body whose meeting it is")
    online: Literal["true", "hybrid"] | None = Field(None, description="On line alone, or hybrid")
    when: WhenEntry | None = None
    where: WhereEntry | None = None
    public: Literal["true", "false"] | None = Field(
        None, description="Whether it was open to everybody, where the page says so; false is closed to the public"
    )
    series: Text | None = Field(None, description="A decision of ours, not a claim of the page")
    extends: Text | None = None
    moved_to: Text | None = Field(None, description="The event that was put in the place of this one")
    topics: Texts | None = None
    topics_said: Texts | None = Field(None, description="Topics in the page's words, where no concept fits")
    open_list: Texts | None = None
    participations: tuple[ParticipationEntry, ...] = ()
    audiences: tuple[AudienceEntry, ...] = ()
    utterances: tuple[UtteranceEntry, ...] = ()


class LetterEntry(Proven):
    """A letter: who sent it to whom, when, and what it asked for."""

    label: LabelEntry
    sender: Text | None = None
    in_capacity: Text | None = Field(None, alias="as")
    recipients: Texts | None = None
    when: WhenEntry | None = None
    asks_for: Text | None = None
    topics: Texts | None = None


class PlanEntry(Proven):
    """A plan of action, and whose it is."""

    label: LabelEntry
    issuer: Text | None = None
    when: WhenEntry | None = None
    topics: Texts | None = None


class RelationEntry(Proven):
    """That one thing stands in a relation to another."""

    subject: Text
    relation: Text
    object: Text


class PersonEntry(Form):
    """Somebody whom this page names and the registry does not know; known on this page alone."""

    name: Text = Field(description="The name as the page has it")
    also: Texts | None = Field(None, description="Other words of the page for the same person, as a last name")


class BodyEntry(Form):
    """A body that this page names and the registry does not know; known on this page alone."""

    name: Text = Field(description="The name as the page has it")
    label: LabelEntry | None = Field(
        None, description="The name as others know it, where the page's words lean on more"
    )
    kind: Text = Field(description="A type of body")
    part_of: Text | None = Field(None, description="A body of the registry or of this page")
    also: Texts | None = None


class OfficeEntry(Form):
    """An office that this page names without its holder, and the registry does not know; known on this page alone."""

    name: Text = Field(description="The office as the page has it")
    body: Text | None = Field(None, description="The body it is an office of")
    also: Texts | None = None


class RegisteredEntry(Form):
    """Somebody of the registry, with the names that this page has for them and other pages need not have."""

    name: Text = Field(description="The name as the page has it")
    also: Texts | None = Field(None, description="Other words of the page for the same, as a last name")
    registry: Text = Field(description="Who it is in the registry, by the id there")


def _by_registry(other: str) -> Discriminator:
    """Return what tells entries with ``registry:`` from others, so that what is wrong is said of the right one."""
    return Discriminator(
        lambda entry: "RegisteredEntry" if isinstance(entry, dict | Form) and "registry" in dict(entry) else other
    )


_Other = Annotated[RegisteredEntry, Tag("RegisteredEntry")]
AnyPersonEntry = Annotated[Annotated[PersonEntry, Tag("PersonEntry")] | _Other, _by_registry("PersonEntry")]
AnyBodyEntry = Annotated[Annotated[BodyEntry, Tag("BodyEntry")] | _Other, _by_registry("BodyEntry")]


class GroupEntry(Form):
    """People or bodies that the page speaks of without naming them."""

    words: Text
    label: LabelEntry | None = None
    drawn_from: Texts | None = None
    some_of: Text | None = None


class NoClaimEntry(Form):
    """A passage that claims nothing, and why."""

    quote: Text
    reason: Text | ByLanguage


class DecisionEntry(Form):
    """What the reader decided about a thing of this file although no page says it in so many words, and why."""

    about: Text = Field(description="The key of an event, a series, a letter, a plan or a body, or: page")
    decision: ByLanguage
    because: ByLanguage


class ClaimsForm(Form):
    """What a reader says that a page claims. A section that has nothing in it yet may stand there."""

    series: dict[Id, EventEntry] = Field(default_factory=dict)
    events: dict[Id, EventEntry] = Field(default_factory=dict)
    letters: dict[Id, LetterEntry] = Field(default_factory=dict)
    plans: dict[Id, PlanEntry] = Field(default_factory=dict)
    relations: tuple[RelationEntry, ...] = ()
    people: dict[Id, AnyPersonEntry] = Field(default_factory=dict)
    bodies: dict[Id, AnyBodyEntry] = Field(default_factory=dict)
    offices: dict[Id, OfficeEntry] = Field(default_factory=dict)
    groups: dict[Id, GroupEntry] = Field(default_factory=dict)
    decisions: tuple[DecisionEntry, ...] = ()
    no_claim: tuple[NoClaimEntry, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def without_empty_sections(cls, data: Any) -> Any:
        """Return the file's data without the sections that have a heading and nothing under it."""
        return {name: value for name, value in data.items() if value != ""} if isinstance(data, dict) else data


class PublishedEntry(Form):
    """Between which days the page was published; ``basis`` says how that is known."""

    earliest: Text
    latest: Text
    basis: ByLanguage


class RetrievedEntry(Form):
    """From which day on the copy can be, where its day was not noted; and how that is known."""

    earliest: Text
    basis: ByLanguage


class OriginalEntry(Form):
    """The file as it was received, which lies beside the text: its name, media type and digest."""

    file: Annotated[str, Field(pattern=r"^original\.[A-Za-z0-9.]{1,20}$")]
    media_type: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$")]
    sha256: Digest


class ExpectedEntry(Form):
    """How many there are of what, for a source that states it: checked at every build."""

    events: Count | None = None
    participations: Count | None = None
    sentences: Count | None = None


class PageForm(Form):
    """A page: where it is from, and how its copy is known to be unchanged."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")]
    title: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    publisher: Text | BodyEntry
    reading: Literal["partial", "complete"] = "partial"
    published: PublishedEntry
    retrieved: RetrievedEntry | None = None
    licence: Text
    sha256: Digest
    original: OriginalEntry | None = None
    extractor: Text | None = Field(None, description="The program, with its version, that made the text")
    page_starts: tuple[Count, ...] = Field(
        (), description="Where in the text the pages of a paged original begin, in characters from 0"
    )
    expected: ExpectedEntry | None = None
    reprint_of: Id | None = Field(None, description="The page whose text this one repeats: they are one witness")
