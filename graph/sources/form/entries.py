"""Entries: the form in which a curator writes claims (``claims.yaml``) and describes a page (``page.yaml``).

A form is checked as a whole, all mistakes at once. What its words mean is checked in ``corpus``.
"""

import difflib
import reprlib
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic_core import ValidationError

from graph.sources.form.fields import Form, Schema, key, keys, limits

Text = Annotated[str, limits(min_length=1, max_length=5000)]
Id = Annotated[str, limits(pattern=r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", max_length=120)]


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


def _one_or_several(several: Schema) -> Schema:
    """A list, or the one thing that would stand in it."""
    several = several | {"min_length": 1}
    return {
        "type": "function-before",
        "function": {"type": "no-info", "function": _listed},
        "schema": several,
        "json_schema_input_schema": {"type": "union", "choices": [*several["items_schema"], several]},
    }


Texts = Annotated[tuple[Text, ...], _one_or_several]


class Bilingual(Form):
    """A name in Norwegian bokmål and, where there is one, in English."""

    nb: Text
    en: Text | None = None


class Proven(Form):
    """An entry with words of the page that prove it."""

    quote: Texts | None = key(None, description="Words of the page, each passage once in it; … for words left out")
    context: Texts | None = key(None, description="Words elsewhere on the page that the quote leans on, as a year")
    review: Literal["accepted", "proposed", "rejected"] = "accepted"


class WhenEntry(Form):
    """A time: ``said`` are the page's words, ``edtf`` what they mean."""

    edtf: Text
    said: Text
    reading: Literal["within", "throughout"] = "within"
    convention: Text | None = key(None, description="Moves one end by whole months: to-december, from-august")


class WhereEntry(Form):
    """A municipality as of the day of the event, by name or number."""

    municipality: Text
    county: Text | None = key(None, description="Tells two municipalities of one name apart")
    written: Text | None = key(None, description="The page's word, where it is not the municipality's name")


class HolderEntry(Form):
    """Whoever holds a post: where the page names the office and no person."""

    holder_of: Text


class CandidateEntry(Form):
    """A candidate in an office that the page gives: "statsministeren og/eller statssekretær A"."""

    agent: Text
    in_capacity: Text = key(alias="as", description="The post, checked against the day of the event")


AgentEntry = Text | HolderEntry


class ParticipationEntry(Proven):
    """Who has which part in the event above; ``candidates`` with ``at_least`` for "a and/or b"."""

    agent: AgentEntry | None = None
    candidates: tuple[AgentEntry | CandidateEntry, ...] | None = None
    at_least: Annotated[int, limits(ge=1)] | None = None
    role: Texts
    attendance: Text | None = None
    in_capacity: Text | None = key(None, alias="as", description="The post, checked against the day of the event")
    on_behalf_of: Text | None = None
    about: Texts | None = None
    written: Texts | None = key(None, description="The page's words for the agent, where the registry has others")


class AudienceEntry(Proven):
    """Whom the event above was meant for, in the page's words."""

    words: Text
    label: Bilingual | None = None
    drawn_from: Texts | None = None


class UtteranceEntry(Proven):
    """What somebody said at the event above, in the page's words."""

    by: Text
    says: Text
    about: Texts | None = None
    open_list: Texts | None = None


class EventEntry(Proven):
    """An event; its key is its identity in every page of the corpus."""

    label: Bilingual
    written: Text | None = key(None, description="What the page calls the event")
    kind: Text
    status: Text | None = None
    when: WhenEntry | None = None
    where: WhereEntry | None = None
    public: Literal["true"] | None = key(None, description="Only where the page shows that the event was public")
    series: Text | None = key(None, description="A decision of ours, not a claim of the page")
    extends: Text | None = None
    topics: Texts | None = None
    open_list: Texts | None = None
    participations: tuple[ParticipationEntry, ...] = ()
    audiences: tuple[AudienceEntry, ...] = ()
    utterances: tuple[UtteranceEntry, ...] = ()


class LetterEntry(Proven):
    """A letter: who sent it to whom, when, and what it asked for."""

    label: Bilingual
    sender: Text | None = None
    in_capacity: Text | None = key(None, alias="as")
    recipients: Texts | None = None
    when: WhenEntry | None = None
    asks_for: Text | None = None
    topics: Texts | None = None


class PlanEntry(Proven):
    """A plan of action, and whose it is."""

    label: Bilingual
    issuer: Text | None = None
    when: WhenEntry | None = None
    topics: Texts | None = None


class RelationEntry(Proven):
    """That one thing stands in a relation to another."""

    subject: Text
    relation: Text
    object: Text


class GroupEntry(Form):
    """People or bodies that the page speaks of without naming them."""

    words: Text
    label: Bilingual | None = None
    drawn_from: Texts | None = None
    some_of: Text | None = None


class NoClaimEntry(Form):
    """A passage that claims nothing, and why."""

    quote: Text
    reason: Text


class ClaimsForm(Form):
    """What a reader says that a page claims. A section that has nothing in it yet may stand there."""

    series: dict[Id, EventEntry] = key({})
    events: dict[Id, EventEntry] = key({})
    letters: dict[Id, LetterEntry] = key({})
    plans: dict[Id, PlanEntry] = key({})
    relations: tuple[RelationEntry, ...] = ()
    groups: dict[Id, GroupEntry] = key({})
    no_claim: tuple[NoClaimEntry, ...] = ()

    @classmethod
    def filled(cls, data: Any) -> Self:
        """The form filled in, its empty sections left out."""
        there = {name: value for name, value in data.items() if value != ""} if isinstance(data, dict) else data
        return super().filled(there)


class PublishedEntry(Form):
    """Between which days the page was published; ``basis`` says how that is known."""

    earliest: Text
    latest: Text
    basis: Bilingual


class RetrievedEntry(Form):
    """From which day on the copy can be, where its day was not noted; and how that is known."""

    earliest: Text
    basis: Bilingual


class PageForm(Form):
    """A page: where it is from, and how its copy is known to be unchanged."""

    url: Annotated[str, limits(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")]
    title: Text
    language: Literal["nb", "nn", "en", "se"]
    publisher: Text
    published: PublishedEntry
    retrieved: RetrievedEntry | None = None
    licence: Text
    sha256: Annotated[str, limits(pattern=r"^[0-9a-f]{64}$")]


def mistakes(error: ValidationError, form: type[Form]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """The path and a sentence for each thing that does not fit the form."""
    problems = [
        (tuple(part for part in problem["loc"] if part not in _TYPES), problem)
        for problem in error.errors(include_url=False)
    ]
    paths = [path for path, _ in problems]
    unknown = {path[:-1] for path, problem in problems if problem["type"] == "extra_forbidden"}
    for number, (path, problem) in enumerate(problems):
        # A key that is missing where there is an unknown one is that one, misspelt.
        misspelt = problem["type"] == "missing" and path[:-1] in unknown
        # Where a value may be of two types, the one that it looks like is meant.
        other_type = path in paths[:number] or any(deeper[: len(path)] == path != deeper for deeper in paths)
        if not (misspelt or other_type):
            yield path, _sentence(problem)


def _sentence(problem: Any) -> str:
    key = next((part for part in reversed(problem["loc"]) if isinstance(part, str) and part not in _TYPES), "the file")
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}{_near_key(key)}"
        case "missing":
            return f"{key!r} is missing"
        case "string_too_short" | "too_short":
            return f"{key!r} is empty"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{key!r} has keys and values of its own, not just {_shown(problem['input'])}"
        case "tuple_type" | "list_type":
            return f"{key!r} is a list, not {_shown(problem['input'])}"
        case "string_type":
            return f"{key!r} is words, not {_shown(problem['input'])}"
        case "string_pattern_mismatch":
            return f"{problem['input']!r} is not of the form {problem['ctx']['pattern']}"
        case "literal_error":
            return f"{problem['input']!r} is not one of {problem['ctx']['expected']}"
    return f"{key!r}: {problem['msg'][0].lower()}{problem['msg'][1:]}, not {_shown(problem['input'])}"


def _shown(value: Any) -> str:
    return (
        "a list"
        if isinstance(value, list | tuple)
        else "keys and values"
        if isinstance(value, dict)
        else reprlib.repr(value)
    )


# Where a value may be of two types, the place of a problem also names the type that was tried.
_TYPES = {
    *("HolderEntry", "CandidateEntry", "constrained-str", "[key]"),
    "function-before[_listed(), tuple[constrained-str, ...]]",
}

KEYS = {
    known.alias or name
    for form in Form.__subclasses__() + Proven.__subclasses__()
    for name, (_, known) in keys(form).items()
}


def near_keys(word: str) -> list[str]:
    """The keys of any form that a misspelt one may be."""
    return difflib.get_close_matches(word, KEYS, n=2, cutoff=0.6)


def _near_key(word: str) -> str:
    near = near_keys(word)
    return f". Did you mean {' or '.join(near)}?" if near else ""
