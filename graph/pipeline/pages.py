"""Pages: the folder of a page -> its part of the build."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from graph.claims.rdf import page_statements
from graph.common.findings import FindingsError
from graph.common.text import shorten
from graph.model.claims import EventClaim, ParticipationClaim, Reading, RelationClaim, WorkClaim
from graph.model.edtf import ANY_DAY, bounds
from graph.pipeline.copies import digest_of, sketch_of
from graph.pipeline.parts import EventFacts, Facts, Part
from graph.rdf.statements import to_nquads
from graph.rdf.terms import compact
from graph.registry.rdf import registry_closure, registry_quads
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims_in_progress

# What links pages when two of them speak of it.
LINKING_KINDS = ("event", "series", "letter", "plan")


def page_part(folder: Path, key: str, background: Background, unknown: Set[str] = frozenset()) -> Part:
    """Return a page as statements: what it claims, what we decide, and the part of the registry that it speaks of.

    Links to things that are ``unknown`` are left out. Raise FindingsError where a finding about the page is an error;
    it holds the warnings and questions about it too.
    """
    reading, findings = read_claims_in_progress(folder, background)
    if any(finding.severity == "error" for finding in findings):
        raise FindingsError(findings)
    reading = _without(reading, unknown)
    statements = list(page_statements(reading, background))
    named = {compact(term) for term in {quad.object for quad in statements} if isinstance(term, NamedNode)}
    named |= {compact(term) for term in {quad.subject for quad in statements} if isinstance(term, NamedNode)}
    agents = _agents(reading)
    facts = Facts(
        published_latest=reading.source.published_latest,
        sentences=reading.sentences,
        sentences_read=reading.sentences_read,
        claims=len(reading.claims),
        # What proves something: a passage that claims nothing is no evidence.
        evidence=len({quote for claim in reading.claims for quote in claim.quotes}),
        labels={thing: dict(label) for thing, label in sorted(reading.labels.items())}
        | {id: {reading.source.language: name} for id, name in sorted(reading.former.items())},
        links=tuple(sorted(name for name in named if name.partition(":")[0] in LINKING_KINDS)),
        lines=_lines(reading),
        findings=tuple(findings),
        url=reading.source.url,
        text=digest_of(reading.source.text),
        reprint_of=reading.source.reprint_of,
        sketch=sketch_of(reading.source.text),
        events=tuple(
            _event_facts(reading, claim, agents.get(claim.event, ()), background) for claim in _event_claims(reading)
        ),
    )
    statements += registry_quads(background.registry, registry_closure(background.registry, named))
    return Part(folder.name, key, facts, to_nquads(statements))


def _lines(reading: Reading) -> dict[str, int]:
    """Return on which lines of the page's files its things, actors and claims stand, and what describes it."""
    lines = {f"claim:{reading.source.id}.{claim.key}": claim.line for claim in reading.claims}
    lines |= {claim.work: claim.line for claim in reading.claims if isinstance(claim, WorkClaim)}
    lines |= {claim.event: claim.line for claim in _event_claims(reading)}
    return lines | reading.lines


def _event_claims(reading: Reading) -> list[EventClaim]:
    return [claim for claim in reading.claims if isinstance(claim, EventClaim)]


def _event_facts(reading: Reading, claim: EventClaim, agents: tuple[str, ...], background: Background) -> EventFacts:
    """Return what a page tells of an event, with the words of its first quote."""
    span = bounds(claim.when.edtf, claim.when.convention) if claim.when else ANY_DAY
    area = claim.place.area if claim.place else None
    quote = min(claim.key_quotes, default=None)
    words = " ".join(reading.source.text[quote.start : quote.end].split()) if quote else ""
    return EventFacts(
        event=claim.event,
        line=claim.line,
        earliest=span.earliest.isoformat() if span.earliest else None,
        latest=span.latest.isoformat() if span.latest else None,
        area=area,
        area_name=background.registry.areas[area].name if area else None,
        kind=claim.kind,
        status=claim.status,
        words=shorten(words, 160),
        agents=agents,
        country=claim.place.country if claim.place else None,
    )


def _agents(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Return who has a part in each event."""
    agents: dict[str, set[str]] = defaultdict(set)
    for claim in reading.claims:
        if isinstance(claim, ParticipationClaim):
            agents[claim.event] |= {agent.name for agent in claim.agents}
    return {event: tuple(sorted(names)) for event, names in agents.items()}


def _without(reading: Reading, unknown: Set[str]) -> Reading:
    """Return the reading as if it put no event in an unknown series, and related nothing to an unknown thing."""
    return replace(
        reading,
        claims=tuple(
            claim
            for claim in reading.claims
            if not (isinstance(claim, RelationClaim) and {claim.subject, claim.object} & unknown)
        ),
        series={event: series for event, series in reading.series.items() if series not in unknown},
    )
