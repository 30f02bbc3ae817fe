"""The service description: what ``/sparql`` says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.responses import Response

from graph.query.formats import serialize_triples
from graph.query.results import TriplesResult
from graph.server.entity.html import TEMPLATES
from graph.server.errors import Refused
from graph.server.negotiation import MEDIA
from graph.server.snapshot.copy import Served

FILE = TEMPLATES / "description.ttl"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {
    "format": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sd": _SD,
}


def description_of(address: str, served: Served, format: str) -> Response:
    """The description of the service at this address, over the graphs of this build."""
    try:
        NamedNode(address)
    except ValueError as error:
        raise Refused(400, "the address of the request is none") from error
    body = _written(address, served.graphs, format)
    headers = {"Content-Type": MEDIA[format], "Vary": "Accept, Host", "Cache-Control": "no-cache"}
    return Response(body, headers=headers)


@lru_cache(maxsize=32)
def _written(address: str, graphs: tuple[str, ...], format: str) -> bytes:
    said = [quad.triple for quad in parse(FILE.read_bytes(), format=RdfFormat.TURTLE, base_iri=address)]
    said += _named_graphs(address, graphs)
    return serialize_triples(TriplesResult(said), format, _PREFIXES)


def _named_graphs(address: str, graphs: tuple[str, ...]) -> Iterator[Triple]:
    """Each graph of the build: a node of its own in the dataset, with its name."""
    for number, name in enumerate(graphs):
        node = NamedNode(f"{address}#graph-{number}")
        yield Triple(NamedNode(f"{address}#dataset"), NamedNode(f"{_SD}namedGraph"), node)
        yield Triple(node, _TYPE, NamedNode(f"{_SD}NamedGraph"))
        yield Triple(node, NamedNode(f"{_SD}name"), NamedNode(name))
