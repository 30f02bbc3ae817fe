"""Actors that one page names and the registry does not know -> quads in the graph of the source."""

from collections.abc import Iterator

from pyoxigraph import Quad

from graph.claims.source_rdf import source_graph, source_name
from graph.model.claims import PageActor
from graph.model.sources import Source
from graph.rdf.statements import Object, label_quads, name_pairs, quads_about
from graph.rdf.terms import lang_literal


def actor_statements(actor: PageActor, source: Source) -> Iterator[Quad]:
    """Yield what the page tells of a person, body or office: the name, and of a body or office what it belongs to."""
    yield from label_quads(source_graph(source), actor.id, actor.label)
    yield from quads_about(
        source_graph(source),
        actor.id,
        *_KINDS[actor.id.partition(":")[0]](actor),
        *(("schema:alternateName", lang_literal(name, source.language)) for name in actor.also),
        ("prov:hadPrimarySource", source_name(source)),
    )


def _person(actor: PageActor) -> Iterator[tuple[str, Object | None]]:
    yield "rdf:type", "foaf:Person"
    yield "rdf:type", "schema:Person"
    yield from name_pairs(actor.label, "foaf:name", "schema:name")


def _body(actor: PageActor) -> Iterator[tuple[str, Object | None]]:
    yield "rdf:type", "org:Organization"
    yield "rdf:type", "schema:Organization"
    yield "org:classification", f"body-type:{actor.kind}"
    yield "org:subOrganizationOf", actor.part_of
    yield from name_pairs(actor.label, "schema:name")


def _office(actor: PageActor) -> Iterator[tuple[str, Object | None]]:
    yield "rdf:type", "org:Post"
    yield "rdf:type", "org:Role"
    yield "org:postIn", actor.part_of


_KINDS = {"person": _person, "organisation": _body, "post": _office}
