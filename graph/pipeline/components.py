"""Dossiers: pages that speak of the same events belong together, and conclusions are drawn dossier by dossier.

Nothing that is concluded of an event depends on a page that does not speak of it, of its series, or of a letter or plan
tied to it. So a page that changed makes only its own dossier be concluded and checked again.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad
from rdflib import Graph

from graph.claims.rdf import page_statements
from graph.common.findings import Finding, FindingsError
from graph.model.claims import EventClaim, Reading, RelationClaim
from graph.pipeline.cache import Part
from graph.pipeline.rules import CONCLUDED, Rule, conclude
from graph.pipeline.shapes import violations
from graph.rdf.statements import parse_nquads, to_nquads, to_store
from graph.rdf.terms import compact
from graph.registry.rdf import registry_closure, registry_quads
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims

# What ties pages together when two of them speak of it.
TYING = ("event", "series", "letter", "plan")


def page_part(folder: Path, key: str, against: Background, unknown: Set[str] = frozenset()) -> Part:
    """A page as statements: what it claims, what we decide, and the part of the registry that it speaks of.

    Links to things that are ``unknown`` are left out.
    """
    reading = _without(read_claims(folder, against), unknown)
    statements = list(page_statements(reading, against))
    named = {compact(term) for term in {quad.object for quad in statements} if isinstance(term, NamedNode)}
    named |= {compact(term) for term in {quad.subject for quad in statements} if isinstance(term, NamedNode)}
    statements += registry_quads(against.registry, registry_closure(against.registry, named))
    facts = {
        "published_latest": reading.source.published_latest.isoformat(),
        "reviews": dict(reading.reviews),
        "lines": {claim.event: claim.line for claim in reading.claims if isinstance(claim, EventClaim)},
        "names": sorted(reading.labels),
        "things": sorted(name for name in named if name.partition(":")[0] in TYING),
    }
    return Part(folder.name, key, facts, to_nquads(statements))


def _without(reading: Reading, unknown: Set[str]) -> Reading:
    """The reading as if nobody had put an event in an unknown series, or related anything to an unknown thing."""
    return replace(
        reading,
        claims=tuple(
            claim
            for claim in reading.claims
            if not (isinstance(claim, RelationClaim) and {claim.subject, claim.object} & unknown)
        ),
        series={event: series for event, series in reading.series.items() if series not in unknown},
    )


def known_on(pages: list[Part], day: date | None, again: Callable[[Part, Set[str]], Part]) -> list[Part]:
    """The pages certainly published by that day: the last day on which each can have been is not after it.

    What only later pages name is not known yet: a page that points to it is read ``again`` without these links. What no
    page names at all stays, and is found by the shapes.
    """
    published = [page for page in pages if day is None or page.facts["published_latest"] <= day.isoformat()]
    named = {name for page in published for name in page.facts["names"]}
    unknown = {name for page in pages for name in page.facts["names"]} - named
    return [again(page, ahead) if (ahead := unknown & {*page.facts["things"]}) else page for page in published]


def dossiers(pages: Iterable[Part]) -> list[list[Part]]:
    """The pages, those together that speak of a same thing; each page in one dossier, in order of name."""
    dossier_of: dict[str, list[Part]] = {}
    found: list[list[Part]] = []
    for page in sorted(pages, key=lambda page: page.name):
        joined = [page]
        for thing in page.facts["things"]:
            other = dossier_of.get(thing)
            if other is not None and other is not joined:
                found.remove(other)
                joined += other
                dossier_of.update((tied, joined) for part in other for tied in part.facts["things"])
            dossier_of[thing] = joined
        found.append(joined)
    return [sorted(dossier, key=lambda page: page.name) for dossier in found]


def concluded_part(dossier: list[Part], key: str, rules: list[Rule], shapes: Graph, ontology: list[Quad]) -> Part:
    """What follows from the pages of a dossier; a FindingsError where they or it violate a shape."""
    store = to_store(chain(parse_nquads(chain.from_iterable(page.lines for page in dossier)), ontology))
    conclude(store, rules)
    store.remove_graph(_ontology_graph(ontology))
    found = violations(store, shapes)
    if found:
        raise FindingsError(_placed(finding, dossier) for finding in found)
    return Part("dossier", key, {}, to_nquads(store.quads_for_pattern(None, None, None, CONCLUDED)))


def _placed(finding: Finding, dossier: list[Part]) -> Finding:
    """The finding in the claims file that speaks of the thing; where several do, in the last."""
    kind, _, key = finding.message.partition(": ")[0].partition(":")
    event = key.partition(".")[0]
    for page in reversed(dossier):
        for thing in (f"{kind}:{key}", f"event:{event}", f"series:{event}"):
            if thing in page.facts["lines"]:
                return Finding(f"corpus/{page.name}/claims.yaml", page.facts["lines"][thing], finding.message)
    return finding


def _ontology_graph(ontology: list[Quad]) -> NamedNode:
    graph = ontology[0].graph_name
    assert isinstance(graph, NamedNode)
    return graph
