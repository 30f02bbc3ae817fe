"""Turn the reading of a page into quads: its claims in a graph of their own, and our decisions in another.

``graph:source.<id>`` holds nothing but claims, the groups and audiences that they introduce, and quotes.
``graph:curated`` holds what we decide: labels, membership of series, what a vague time means in days.
``source_rdf`` makes the statements about the page itself and its passages.
"""

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from graph.claims.actor_rdf import actor_statements
from graph.claims.decision_rdf import decision_statements, decisions_about, is_inferred
from graph.claims.labels import labels_of
from graph.claims.source_rdf import (
    CURATED,
    evidence_name,
    evidence_statements,
    source_graph,
    source_name,
    source_statements,
    thing_names,
)
from graph.claims.times import time_name, time_statements
from graph.model.claims import (
    AudienceClaim,
    Claim,
    Collective,
    EventClaim,
    ParticipationClaim,
    Reading,
    RelationClaim,
    UtteranceClaim,
    When,
    WorkClaim,
)
from graph.model.sources import Source, TextSelector
from graph.rdf.statements import label_quads, name_pairs, quads_about
from graph.rdf.terms import iri, lang_literal
from graph.sources.pages.context import Background


def page_statements(reading: Reading, background: Background) -> Iterator[Quad]:
    """Yield all statements that a page brings, except the part of the registry that it names."""
    source = reading.source
    graph = source_graph(source)
    labels = labels_of(reading, background)
    quotes: dict[TextSelector, None] = {}
    times: dict[When, None] = {}
    for claim in reading.claims:
        yield from _claim(claim, source, graph)
        opening = _opening(claim, source, background)
        yield from quads_about(graph, _claim_name(source, claim), *(("mg:openListEvidence", each) for each in opening))
        yield from label_quads(CURATED, _claim_name(source, claim), labels[claim.key])
        quotes.update(dict.fromkeys(claim.quotes))
        when = claim.when if isinstance(claim, EventClaim | WorkClaim) else None
        if when:
            times[when] = None
        if isinstance(claim, AudienceClaim):
            yield from _collective(claim.audience, graph, source.language)
    for actor in reading.actors:
        yield from actor_statements(actor, source)
    for id, names in reading.names.items():
        yield from quads_about(
            graph, id, *(("schema:alternateName", lang_literal(each, source.language)) for each in names)
        )
    for group in reading.groups:
        yield from _collective(group, graph, source.language)
    yield from evidence_statements(source, quotes, reading.no_claims)
    yield from decisions_about(source, reading.decisions)
    for when in times:
        yield from time_statements(when)
    for thing, label in reading.labels.items():
        yield from thing_names(thing, label)
        if thing.startswith("series:"):
            yield from quads_about(CURATED, thing, ("rdf:type", "schema:EventSeries"))
    for claim in reading.claims:
        if isinstance(claim, UtteranceClaim):
            yield from label_quads(CURATED, claim.id, labels[claim.key])
    for event, series in reading.series.items():
        yield from quads_about(CURATED, event, ("schema:superEvent", series))
    yield from source_statements(source, reading.sentences, reading.sentences_read)


# What a reader may infer instead of the page saying it. A country is always our reading of a place.
_INFERRED = {
    "mg:time": "time",
    "mg:place": "place",
    "mg:agent": "agent",
    "mg:holderOf": "agent",
    "mg:country": "country",
    "mg:ofBody": "body",
    "mg:onBehalfOf": "principal",
}
_MODES = {"true": "schema:OnlineEventAttendanceMode", "hybrid": "schema:MixedEventAttendanceMode"}


def _opening(claim: Claim, source: Source, background: Background) -> list[str]:
    """Return the evidence that leaves a list of the claim open; all of it, where the language has no word for that."""
    if not claim.open_lists:
        return []
    words = background.language(source.language).words_of("list", "open")
    texts = {quote: source.text[quote.start : quote.end].casefold() for quote in claim.key_quotes}
    opening = [quote for quote, text in texts.items() if any(word.casefold() in text for word in words)]
    return [evidence_name(quote) for quote in opening or claim.key_quotes]


def _claim_name(source: Source, claim: Claim) -> str:
    return f"claim:{source.id}.{claim.key}"


def _claim(claim: Claim, source: Source, graph: NamedNode) -> Iterator[Quad]:
    """Yield the node of a claim: its class, its source, its quotes, and what it claims."""
    name = _claim_name(source, claim)
    yield from quads_about(
        graph,
        name,
        ("rdf:type", "mg:Claim"),
        ("rdf:type", _CLASSES[type(claim)]),
        ("prov:hadPrimarySource", source_name(source)),
        *(("mg:evidence", evidence_name(quote)) for quote in claim.quotes),
        *(("mg:keyEvidence", evidence_name(quote)) for quote in claim.key_quotes),
        *(("mg:topic", topic) for topic in claim.topics),
        *(("mg:openList", name) for name in claim.open_lists),
    )
    pairs = list(_CLAIMED[type(claim)](claim, source.language))
    inferred = [pair for pair in pairs if pair[0] in _INFERRED and is_inferred(claim, _INFERRED[pair[0]])]
    yield from quads_about(graph, name, *(pair for pair in pairs if pair not in inferred))
    yield from decision_statements(claim, name, inferred, source.language)


def _event(claim: EventClaim, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    yield "mg:event", claim.event
    yield "mg:kind", claim.kind
    yield "mg:status", claim.status
    yield from _when(claim.when, language)
    if claim.place:
        yield "mg:place", claim.place.area
        yield "mg:placeAsWritten", _words(claim.place.as_written, language)
        yield "mg:venueAsWritten", _words(claim.place.venue, language)
        yield "mg:country", Literal(claim.place.country) if claim.place.country else None
    yield "mg:attendanceMode", _MODES[claim.online] if claim.online else None
    yield "mg:ofBody", claim.of_body
    for words in claim.topics_as_written:
        yield "mg:topicAsWritten", lang_literal(words, language)
    yield "mg:asWritten", _words(claim.as_written, language)
    if claim.public is not None:
        yield "mg:public", Literal(claim.public)


def _participation(claim: ParticipationClaim, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    yield "mg:event", claim.event
    certain = len(claim.agents) == 1
    for agent in claim.agents:
        yield "mg:agent" if certain else "mg:candidate", agent.id
        yield "mg:holderOf" if certain else "mg:candidateHolderOf", agent.holder_of
        yield "mg:inCapacity", agent.in_capacity
    if claim.at_least is not None:
        yield "mg:atLeast", Literal(claim.at_least)
    for role in claim.roles:
        yield "mg:role", role
    yield "mg:attendance", claim.attendance
    yield "mg:inCapacity", claim.in_capacity
    yield "mg:onBehalfOf", claim.on_behalf_of
    for words in claim.names_as_written:
        yield "mg:asWritten", lang_literal(words, language)
    yield "mg:listHeading", evidence_name(claim.list_heading) if claim.list_heading else None
    yield "mg:titleAsWritten", _words(claim.title_as_written, language)
    yield "mg:affiliation", claim.affiliation
    yield "mg:affiliationAsWritten", _words(claim.affiliation_as_written, language)
    yield "mg:partly", Literal(True) if claim.partly else None
    yield "mg:partlyAsWritten", _words(claim.partly_as_written, language)


def _audience(claim: AudienceClaim, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    yield "mg:event", claim.event
    yield "mg:audience", claim.audience.id
    yield "mg:asWritten", lang_literal(claim.audience.words, language)


def _utterance(claim: UtteranceClaim, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    yield "mg:event", claim.event
    yield "mg:subject", claim.id
    yield "mg:author", claim.author
    yield "mg:asWritten", lang_literal(claim.words, language)


def _relation(claim: RelationClaim, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    yield "mg:subject", claim.subject
    yield "mg:relation", claim.relation
    yield "mg:object", claim.object
    yield "mg:asWritten", lang_literal(claim.as_written, language) if claim.as_written else None


def _work(claim: WorkClaim, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    yield "mg:subject", claim.work
    yield "mg:kind", claim.kind
    yield from _when(claim.when, language)
    if claim.sender:
        yield "mg:sender", claim.sender.id
    yield "mg:inCapacity", claim.in_capacity
    for recipient in claim.recipients:
        yield "mg:recipient", recipient
    yield "mg:issuer", claim.issuer
    yield "mg:asksFor", lang_literal(claim.asks_for, language) if claim.asks_for else None


# The classes of the published data: names of Python may change, these may not.
_CLASSES: dict[type[Claim], str] = {
    EventClaim: "mg:EventClaim",
    ParticipationClaim: "mg:ParticipationClaim",
    AudienceClaim: "mg:AudienceClaim",
    UtteranceClaim: "mg:UtteranceClaim",
    RelationClaim: "mg:RelationClaim",
    WorkClaim: "mg:WorkClaim",
}

_CLAIMED: dict[type[Claim], Callable[..., Iterator[tuple[str, str | Literal | None]]]] = {
    EventClaim: _event,
    ParticipationClaim: _participation,
    AudienceClaim: _audience,
    UtteranceClaim: _utterance,
    RelationClaim: _relation,
    WorkClaim: _work,
}


def _when(when: When | None, language: str) -> Iterator[tuple[str, str | Literal | None]]:
    if when:
        yield "mg:time", time_name(when)
        yield "mg:timeAsWritten", _words(when.as_written, language)
        yield "mg:startTime", _clock(when.begins)
        yield "mg:endTime", _clock(when.ends)
        yield "mg:timeOfDayAsWritten", _words(when.time_as_written, language)


def _clock(time: str | None) -> Literal | None:
    return Literal(f"{time}:00", datatype=iri("xsd:time")) if time else None


def _words(words: str | None, language: str) -> Literal | None:
    return lang_literal(words, language) if words else None


def _collective(people: Collective, graph: NamedNode, language: str) -> Iterator[Quad]:
    kind = "foaf:Group" if people.id.startswith("group:") else "schema:Audience"
    yield from quads_about(
        graph,
        people.id,
        ("rdf:type", kind),
        ("rdf:type", "mg:Collective"),
        ("mg:asWritten", lang_literal(people.words, language)),
        *(("mg:drawnFrom", body) for body in people.drawn_from),
        ("mg:someOf", people.some_of),
    )
    yield from label_quads(CURATED, people.id, people.label)
    yield from quads_about(CURATED, people.id, *name_pairs(people.label, "schema:name"))
