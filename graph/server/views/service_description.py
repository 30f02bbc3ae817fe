"""The service description: what ``/sparql`` says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.responses import Response

from graph.query.formats import serialize_triples
from graph.query.results import TriplesResult
from graph.server.errors import RequestError
from graph.server.html.environment import TEMPLATES
from graph.server.negotiation import CONTENT_TYPES
from graph.server.snapshot.copy import Snapshot

FILE = TEMPLATES / "description.ttl"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {
    "format": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sd": _SD,
}


def service_description(address: str, snapshot: Snapshot, format: str) -> Response:
    """Return the description of the service at this URL, over the graphs of this build."""
    try:
        NamedNode(address)
    except ValueError as error:
        raise RequestError(400, "the URL of the request is none") from error
    body = _serialize(address, snapshot.graphs, format)
    headers = {"Content-Type": CONTENT_TYPES[format], "Vary": "Accept, Host", "Cache-Control": "no-cache"}
    return Response(body, headers=headers)


@lru_cache(maxsize=32)
def _serialize(address: str, graphs: tuple[str, ...], format: str) -> bytes:
    triples = [quad.triple for quad in parse(FILE.read_bytes(), format=RdfFormat.TURTLE, base_iri=address)]
    triples += _named_graphs(address, graphs)
    return serialize_triples(TriplesResult(triples), format, _PREFIXES)


def _named_graphs(address: str, graphs: tuple[str, ...]) -> Iterator[Triple]:
    """Yield a node of its own in the dataset for each graph of the build, with its name."""
    for number, name in enumerate(graphs):
        node = NamedNode(f"{address}#graph-{number}")
        yield Triple(NamedNode(f"{address}#dataset"), NamedNode(f"{_SD}namedGraph"), node)
        yield Triple(node, _TYPE, NamedNode(f"{_SD}NamedGraph"))
        yield Triple(node, NamedNode(f"{_SD}name"), NamedNode(name))
