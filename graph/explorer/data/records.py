"""The shape of the payload: the JSON that the build gives the interactive page. ``page/*.js`` uses the same names.

Entities, ties, claims and concepts go by short names (``event:oslo-2014-host``), which are the same under every base.
Days are ISO dates; an empty string means that the day is not known.
"""

# ruff: noqa: N815 - the names are those of the JSON

from typing import Any, NotRequired, TypedDict

# Words by language tag; "" is the tag of those in no language.
Label = dict[str, str]


class Word(TypedDict):
    """What something is called that is named but not drawn."""

    iri: str
    label: Label


class Passage(TypedDict):
    """Words of a source: its characters from ``start`` up to ``end``, counted from 0.

    In another kind of source they are at a ``place``, and the two numbers are those by which places are sorted: row and
    column of a table. ``unnamed`` is what words that prove something leave to their context: who, event, what. A cell
    of a register has the ``heading`` above it, and its row as its place.
    """

    start: int
    end: int
    words: str
    place: NotRequired[Label]
    unnamed: NotRequired[list[str]]
    heading: NotRequired[str]


class Claim(TypedDict):
    """What a source says: ``keyEvidence`` says the thing itself, ``context`` is what it leans on."""

    iri: str
    source: str
    label: Label
    keyEvidence: list[Passage]
    context: list[Passage]


class Source(TypedDict):
    """A source with its text, if the corpus has it, and the days between which it was published.

    Of a register ``file`` is the name of the table.
    """

    iri: str
    title: str
    address: str
    published: list[str]
    retrieved: str
    language: str
    basis: Label
    text: str | None
    file: NotRequired[str]


class Membership(TypedDict):
    """Who holds or held an office. ``begin`` and ``end`` are each the earliest and the latest possible day."""

    id: str
    person: str
    post: str
    label: Label
    begin: list[str]
    end: list[str]
    sources: list[str]


class Area(TypedDict):
    """A municipality: county and police district of the day, districts that it was possibly in, counties of today."""

    county: str
    countiesNow: list[str]
    district: str
    possibleDistricts: list[str]


Successor = TypedDict("Successor", {"on": str, "is": str})


class Entity(TypedDict):
    """What can be drawn.

    ``kind`` is event, named (an event of which nothing is said), series, person, body, group, audience, letter or plan.
    ``claims`` are names of claims, or their numbers in a large graph. ``openLists`` are the lists that the source
    leaves open ("among others"). ``topicsAsWritten``, ``placesAsWritten`` and ``venues`` are words of sources,
    ``countries`` codes of ISO 3166-1, ``begins`` and ``ends`` times of the day (hh:mm:ss), ``mode`` a term of
    schema.org.
    """

    id: str
    kind: str
    iri: str
    claims: list[str] | list[int]
    memberships: list[str]
    label: NotRequired[Label]
    also: NotRequired[list[str]]
    type: NotRequired[list[str]]
    status: NotRequired[str]
    earliest: NotRequired[str]
    latest: NotRequired[str]
    saidWhen: NotRequired[list[str]]
    topics: NotRequired[list[str]]
    topicsAsWritten: NotRequired[list[str]]
    places: NotRequired[list[str]]
    placesAsWritten: NotRequired[list[str]]
    venues: NotRequired[list[str]]
    countries: NotRequired[list[str]]
    mode: NotRequired[list[str]]
    begins: NotRequired[list[str]]
    ends: NotRequired[list[str]]
    ofBody: NotRequired[list[str]]
    movedTo: NotRequired[list[str]]
    openLists: NotRequired[list[str]]
    elsewhere: NotRequired[list[str]]
    asksFor: NotRequired[str]
    memberOf: NotRequired[list[str]]


# "from" is a keyword of Python, so the ends have a type of their own, in the functional syntax.
_Ends = TypedDict("_Ends", {"from": str, "to": str})


class Tie(_Ends):
    """What joins two entities.

    ``kind`` is part, possible, series, or a relation of ``lookups/ties.rq``. ``certainty`` is certain, possible or
    ours; the page itself adds "planned", for a certain tie to a planned event.
    """

    id: str
    kind: str
    certainty: str
    claims: list[str] | list[int]
    memberships: list[str]
    iri: NotRequired[str]
    roles: NotRequired[list[str]]
    plannedRoles: NotRequired[list[str]]
    attendance: NotRequired[str]
    capacity: NotRequired[list[str]]
    onBehalfOf: NotRequired[list[str]]
    atLeast: NotRequired[str]
    topics: NotRequired[list[str]]


class Period(TypedDict):
    """How many events of one status there are, between which days. ``open``: a source speaks of more than it names."""

    count: int
    open: bool
    first: str
    last: str


class MostPresent(TypedDict):
    """The person present at most events: at how many for certain, and at how many more possibly."""

    id: str
    certain: int
    possible: int


class Summary(TypedDict):
    """What the headline says, counted over the whole graph."""

    entities: int
    ties: int
    events: int
    held: Period
    planned: Period
    most: MostPresent | None


class Answer(TypedDict):
    """A ready question with its answer: ``count`` rows, of which ``rows`` holds the first.

    There are no rows where they follow in a block of their own. A cell is text, or the text and the short name of an
    entity.
    """

    name: str
    summary: Label
    description: Label
    definition: NotRequired[Label]
    group: Label
    view: str
    columns: list[Label]
    rows: NotRequired[list[list[str | list[str]]]]
    count: int


class DrawnNode(TypedDict):
    """A node as vis-network takes it. ``positions``: by view x, y (pixels) and the side on which its name stands."""

    id: str
    label: str
    shape: str
    group: str
    x: float
    y: float
    positions: dict[str, tuple[int, int, str]]


DrawnEdge = TypedDict("DrawnEdge", {"id": str, "from": str, "to": str, "dashes": bool})


class DrawnFrame(TypedDict):
    """Events of the same bounds (empty where not known), in a box: left, top, width, height; and the room of each."""

    bounds: tuple[str, str]
    events: tuple[str, ...]
    box: tuple[int, int, int, int]
    rooms: tuple[int, ...]


class DrawnView(TypedDict):
    """One of the two drawings, "wide" and "tall": width and height (pixels), and its frames."""

    size: tuple[int, int]
    frames: list[DrawnFrame]


class Drawing(TypedDict):
    """The first view; ``options`` are those of vis-network."""

    nodes: list[DrawnNode]
    edges: list[DrawnEdge]
    options: dict[str, Any]
    views: dict[str, DrawnView]


class Substitute(TypedDict):
    """By the outlines of which municipalities a place is shown: it "became" them, or came "of" them."""

    by: list[str]
    how: str
    names: list[str]


class Outlines(TypedDict):
    """Municipalities of one year as lines, as TopoJSON has them; ``substitutes`` is about places without an outline."""

    year: int
    arcs: list[list[list[int]]]
    counties: dict[str, str]
    municipalities: dict[str, list[list[list[int]]]]
    substitutes: dict[str, Substitute]


class Records(TypedDict):
    """Entities and ties, with what proves them and with the names of what they mention."""

    entities: list[Entity]
    ties: list[Tie]
    claims: dict[str, Claim]
    sources: dict[str, Source]
    memberships: dict[str, Membership]
    words: dict[str, Word]


class PreviewedList(TypedDict):
    """The first rows of a list of the overview, and how many it has."""

    count: int
    rows: list[list[Any]]


class Preview(TypedDict):
    """What the overview shows of the whole graph before its columns have come.

    ``spans`` are first day, last day, strength (0 for called off) and number of meetings, None where they are too many.
    A row of people and bodies is the number of an agent, then certain, planned, possible and undated meetings, and
    their first and last day; one of topics and places is the value, then held and planned meetings. Days are counted
    from 1970-01-01.
    """

    person: PreviewedList
    body: PreviewedList
    topics: PreviewedList
    places: PreviewedList
    spans: list[list[int]] | None


class Served(TypedDict):
    """What a page says to its server: the digest of the columns of its ``build``.

    ``entities`` is how many are in the page: all agents, and what is in the main files. They have the first numbers.
    ``leftOut`` is how many topics and places as written there are too many to be counted, by list.
    """

    build: str
    entities: int
    leftOut: dict[str, int]
    preview: Preview


class Payload(Records):
    """All of it.

    Where the rest comes in chunks, ``starts`` has by prefix with what the IRIs of entities begin, and ``numbers`` those
    of the entities in the columns. ``claimsOfMain`` is how many claims come before those of parts, and ``isComplete``
    is False where the graph is too large for all its records; ``served`` is there where registers are on the server.
    ``languages`` has for each language of the page those in which labels are shown, the best first. ``decided`` has, by
    verdict, the pairs of which people decided that they are ``different``, or were ``unsure``.
    """

    areas: dict[str, Area]
    successors: dict[str, list[Successor]]
    languages: dict[str, list[str]]
    summary: Summary
    questions: list[Answer]
    starts: NotRequired[dict[str, str]]
    numbers: NotRequired[list[int]]
    claimsOfMain: NotRequired[int]
    isComplete: NotRequired[bool]
    decided: NotRequired[dict[str, list[list[str]]]]
    served: NotRequired[Served]
    drawing: NotRequired[Drawing]
    outlines: NotRequired[Outlines]
