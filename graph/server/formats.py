"""Formats by name: what ``format=`` and the ending of an address ask for, whatever Accept says.

Clients that cannot send a header (a link, a spreadsheet, ``pandas.read_csv``) name the format in the address. Others
send ``output=`` or ``results=`` for the same; a media type is taken as well.
"""

from collections.abc import Iterable, Mapping

from graph.server.errors import RequestError
from graph.server.negotiation import ENTITIES, GRAPHS, QUESTIONS, TABLES, negotiate

PARAMETERS = ("format", "output", "results", "as")
# Other names of formats, and media types from before there were standard ones. The first of the formats that is offered
# is meant: JSON of a table is not JSON of statements.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "application/javascript": ("json", "jsonld"),
    "application/n3": ("turtle",),
    "application/turtle": ("turtle",),
    "application/x-json+ld": ("jsonld",),
    "application/x-trig": ("trig",),
    "htm": ("html",),
    "json": ("json", "jsonld"),
    "json-ld": ("jsonld",),
    "n-quads": ("nquads",),
    "n-triples": ("ntriples",),
    "n3": ("turtle",),
    "nq": ("nquads",),
    "nt": ("ntriples",),
    "rdf": ("rdfxml",),
    "rdf+xml": ("rdfxml",),
    "rdf-xml": ("rdfxml",),
    "rdf/xml": ("rdfxml",),
    "sparql-results+json": ("json",),
    "sparql-results+xml": ("xml",),
    "text/javascript": ("json", "jsonld"),
    "text/n3": ("turtle",),
    "text/rdf+n3": ("turtle",),
    "text/x-nquads": ("nquads",),
    "srj": ("json",),
    "srx": ("xml",),
    "ttl": ("turtle",),
    "xhtml": ("html",),
    "xml": ("xml", "rdfxml"),
}
# Every format, by its own name, with the media types of each kind of answer.
_OFFERED = (TABLES, GRAPHS, ENTITIES, QUESTIONS)
_NAMES = sorted({name for offered in _OFFERED for name in offered.values()})
_MEDIA_TYPES = {media for offered in _OFFERED for media in offered}
# Values by which forms leave the choice to the server.
_ANY = ("", "auto", "*/*")
# The endings of addresses that name a format, as those of files do: of things, and of the endpoint.
ENDINGS = ("html", "json", "jsonld", "nq", "nt", "rdf", "trig", "ttl", "xml")
QUESTION_ENDINGS = ("csv", "html", "json", "rq", "srj", "srx", "tsv", "xml")
ENDPOINT_ENDINGS = ("csv", "html", "json", "jsonld", "nt", "rdf", "srj", "srx", "tsv", "ttl", "xml")


def format_parameter(parameters: Iterable[tuple[str, str]]) -> str | None:
    """Return the format that the parameters of a request name, in lower case; None where Accept decides.

    Raise RequestError where it is none that there is, or where they name two.
    """
    given = [(name, _normalize(value)) for name, value in parameters if name in PARAMETERS]
    given = [(name, value) for name, value in given if value not in _ANY]
    for name, value in given:
        if value not in _NAMES and value not in _SYNONYMS and value not in _MEDIA_TYPES:
            raise RequestError(400, f"{name}= is one of {', '.join(_NAMES)}, or a media type")
    values = [value for _, value in given]
    # Some clients send several names of one format.
    if values and not frozenset.intersection(*map(_formats, values)):
        raise RequestError(400, f"the address asks for {' and for '.join(dict.fromkeys(values))}; give one format")
    return min(values, key=lambda value: len(_formats(value)), default=None)


def _formats(value: str) -> frozenset[str]:
    """Return the formats that a value can mean."""
    media = {offered[value] for offered in _OFFERED if value in offered}
    return frozenset(media or _SYNONYMS.get(value, (value,)))


def _normalize(value: str) -> str:
    # A plus sign that is not escaped arrives as a space. SPARQLWrapper sends a list of media types.
    return value.partition(",")[0].partition(";")[0].strip().lower().replace(" ", "+")


def choose_format(wanted: str | None, accept: str | None, offered: Mapping[str, str]) -> str | None:
    """Return the offered format that a request asks for by name or, if it names none, by Accept; None where none is."""
    if wanted is None:
        return negotiate(accept, offered)
    if wanted in offered:
        return offered[wanted]
    return next((name for name in _SYNONYMS.get(wanted, (wanted,)) if name in offered.values()), None)


def format_names(offered: Mapping[str, str]) -> dict[str, str]:
    """Return the formats that are offered by the names that ``format=`` takes, for a message."""
    return dict.fromkeys(offered.values(), "")


def split_ending(path: str) -> tuple[str, str | None]:
    """Return a path without an ending that names a format, and the format; the path itself where it has none."""
    stem, dot, ending = path.rpartition(".")
    if dot and stem and ending in ENDINGS:
        return stem, choose_format(ending, None, ENTITIES)
    return path, None
