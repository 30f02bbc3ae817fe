"""Records of what a page claims, and the words that prove it. All statements of a page are made from these.

Things are identified by their compact names (see ``iris``): ``person:laila-bokhari``, ``event:haugesund-2014-12``.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model.labels import LanguageMap
from graph.model.sources import Source, TextSelector


class Inference(NamedTuple):
    """What a reader inferred although the page does not say it in so many words: from what, and why.

    ``basis`` is a concept (``basis:publisher``), or None where only ``because`` says why.
    """

    basis: str | None
    because: str | LanguageMap | None = None


class When(NamedTuple):
    """A vague or exact time: the page's words, the EDTF value, and how to read it.

    ``within``: at some time in the span. ``throughout``: for as long as the span lasts. ``begins`` and ``ends`` are
    times of day, ``09:30``.
    """

    edtf: str
    as_written: str | None
    reading: str = "within"
    convention: str | None = None
    inference: Inference | None = None
    begins: str | None = None
    ends: str | None = None
    time_as_written: str | None = None


class Place(NamedTuple):
    """Where an event is: an area as of the day, or a country abroad, or neither, and the page's words for it.

    ``venue`` are the page's words for a building or a room.
    """

    area: str | None
    as_written: str | None
    venue: str | None = None
    country: str | None = None
    inference: Inference | None = None


class Collective(NamedTuple):
    """People whom a page speaks of without naming them: a group (``group:``) or an audience (``audience:``)."""

    id: str
    words: str
    label: LanguageMap
    drawn_from: tuple[str, ...] = ()
    some_of: str | None = None


class PageActor(NamedTuple):
    """A person, body or office that one page names and the registry does not know; ``id`` begins with the source's.

    ``name`` and ``also`` are the page's words, ``label`` its name by language, another where those lean on more.
    ``kind`` is the type of a body, ``part_of`` the body that a body or an office belongs to.
    """

    id: str
    name: str
    label: LanguageMap
    also: tuple[str, ...] = ()
    kind: str | None = None
    part_of: str | None = None


class Agent(NamedTuple):
    """Who takes part: somebody the page names or, where it names an office only, whoever holds that post.

    ``in_capacity`` is the post in which one of several candidates may have taken part.
    """

    id: str | None = None
    holder_of: str | None = None
    in_capacity: str | None = None

    @property
    def name(self) -> str:
        """The compact name of the agent, or of the post."""
        return self.id or self.holder_of or ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one page says, with its proof; ``line`` is where it stands in the claims file.

    ``quotes`` are the whole proof, ``key_quotes`` those of it that say the thing itself: the others only lend a year,
    a place or a name.
    """

    key: str
    quotes: tuple[TextSelector, ...]
    key_quotes: tuple[TextSelector, ...]
    line: int
    topics: tuple[str, ...] = ()
    open_lists: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EventClaim(Claim):
    """That there is an event or a series of events, and what the page says of it.

    ``status_word`` is the page's word by which the reader decided the status, ``body_inference`` from what the reader
    knows whose meeting it is. ``online`` is ``true`` or ``hybrid``; ``public`` is False of an event that was closed to
    the public.
    """

    event: str
    kind: str
    status: str | None
    when: When | None
    place: Place | None
    as_written: str | None = None
    public: bool | None = None
    status_word: str | None = None
    of_body: str | None = None
    body_inference: Inference | None = None
    online: str | None = None
    topics_as_written: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ParticipationClaim(Claim):
    """That somebody has a part in an event; with several candidates, that at least so many of them have.

    ``inference`` says from what the reader knows who is meant, ``principal_inference`` whom they represented.
    ``role_word`` is the page's word by which the reader decided the role, ``list_heading`` the heading of the list
    that names the agent. Fields that end in ``_as_written`` are the page's words: for names of agents, for a title,
    for where the agent comes from (``affiliation``), for the part of the event (``partly``).
    """

    event: str
    agents: tuple[Agent, ...]
    at_least: int | None
    roles: tuple[str, ...]
    attendance: str | None
    in_capacity: str | None
    on_behalf_of: str | None
    names_as_written: tuple[str, ...]
    inference: Inference | None = None
    principal_inference: Inference | None = None
    role_word: str | None = None
    list_heading: TextSelector | None = None
    title_as_written: str | None = None
    affiliation: str | None = None
    affiliation_as_written: str | None = None
    partly: bool = False
    partly_as_written: str | None = None


@dataclass(frozen=True, kw_only=True)
class AudienceClaim(Claim):
    """Whom an event was meant for. Nobody attended for that."""

    event: str
    audience: Collective


@dataclass(frozen=True, kw_only=True)
class UtteranceClaim(Claim):
    """What somebody said at an event, in the page's words."""

    id: str
    event: str
    author: str
    words: str


@dataclass(frozen=True, kw_only=True)
class RelationClaim(Claim):
    """That one thing stands in a relation to another; ``relation`` is the term that concludes it."""

    subject: str
    relation: str
    object: str
    as_written: str | None = None


@dataclass(frozen=True, kw_only=True)
class WorkClaim(Claim):
    """That there is a letter or a plan, and what the page says of it."""

    work: str
    kind: str
    when: When | None
    sender: Agent | None
    in_capacity: str | None
    recipients: tuple[str, ...]
    issuer: str | None
    asks_for: str | None


class NoClaim(NamedTuple):
    """A passage that claims nothing about meetings, and why."""

    quote: TextSelector
    reason: str | LanguageMap


class Decision(NamedTuple):
    """What we decided about an event or another thing although no page says it in so many words, and why."""

    key: str
    subject: str
    text: LanguageMap
    because: LanguageMap


@dataclass(frozen=True)
class Reading:
    """A page as its reader understood it: its claims, the actors and groups in them, and what we decided ourselves.

    ``sentences_read`` of its ``sentences`` are read: each word of them lies in a quote. ``claims`` are the accepted
    ones; ``lines`` are those on which actors and groups stand, and keys of the description (``page.yaml:url``).
    ``reviews`` counts all, by accepted, proposed and rejected. ``names`` are those that the page has for people and
    bodies of the registry, which need not have them; ``former`` their ids from when only the page knew them, each with
    its name. ``labels``, ``series`` and ``decisions`` are ours,
    not claims of the page.
    """

    source: Source
    sentences: int
    sentences_read: int
    claims: tuple[Claim, ...]
    actors: tuple[PageActor, ...]
    groups: tuple[Collective, ...]
    labels: dict[str, LanguageMap]
    series: dict[str, str]
    no_claims: tuple[NoClaim, ...]
    decisions: tuple[Decision, ...]
    reviews: dict[str, int]
    lines: dict[str, int] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
