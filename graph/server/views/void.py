"""VoID: what the build has of what, at the address where clients look for it, with the endpoint of this server."""

from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.model.iris import STANDARDS, prefixes_under
from graph.query.formats import serialize_triples
from graph.query.results import TriplesResult
from graph.server.errors import NotAcceptableError, RequestError
from graph.server.formats import choose_format, format_names
from graph.server.negotiation import CONTENT_TYPES, GRAPHS, RDF
from graph.server.views.responses import conditional, state_of
from graph.server.views.sparql import endpoint_url
from graph.server.views.sparql_protocol import requested_format

PATH = "/.well-known/void"
# A build of an older version describes itself in its catalogue alone.
_FILES = ("void.ttl", "catalog.ttl")
_ENDPOINT, _DUMP = (NamedNode(f"{STANDARDS['void']}{name}") for name in ("sparqlEndpoint", "dataDump"))


async def well_known_void(request: Request) -> Response:
    """Return the description of the dataset as RDF; people are led to the page of the dataset."""
    state = state_of(request)
    name = next((file for file in _FILES if file in state.snapshot.files), None)
    if name is None:
        raise RequestError(404, "this build has no description of itself")
    wanted = requested_format(request.scope["query_string"])
    format = choose_format(wanted, request.headers.get("accept"), GRAPHS)
    if format == "html":
        return RedirectResponse("../about/catalogue/meetings", 303, {"Vary": "Accept"})
    if format is None:
        raise NotAcceptableError(RDF if wanted is None else format_names(RDF))
    try:
        endpoint = NamedNode(endpoint_url(request, state))
    except ValueError as error:
        raise RequestError(400, "the URL of the request is none") from error
    body = _description(state.snapshot.folder / name, state.snapshot.base, endpoint.value, format)
    return conditional(request, body, {"Content-Type": CONTENT_TYPES[format], "Vary": "Accept, Host"})


@lru_cache(maxsize=16)
def _description(file: Path, base: str, endpoint: str, format: str) -> bytes:
    """Return the statements of a file, with this endpoint for that of the dataset, whose files can be downloaded."""
    triples = [quad.triple for quad in parse(path=file, format=RdfFormat.TURTLE)]
    datasets = {triple.subject for triple in triples if triple.predicate == _DUMP}
    kept = [triple for triple in triples if triple.predicate != _ENDPOINT]
    own = [Triple(dataset, _ENDPOINT, NamedNode(endpoint)) for dataset in datasets]
    return serialize_triples(TriplesResult([*kept, *own]), format, prefixes_under(base))
