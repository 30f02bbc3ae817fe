"""Content negotiation (RFC 9110, section 12.5): media types, languages, compression."""

import gzip
from collections.abc import Mapping, Sequence
from functools import lru_cache

from graph.model.labels import NEAREST_LANGUAGES, interface_language, is_language_tag

# The name of a format by its media type. A client that accepts everything gets the first.
TABLES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/html": "html",
    "text/xml": "xml",
}
# CSV and TSV cannot hold the answer of ASK.
BOOLEANS = {media: name for media, name in TABLES.items() if name not in ("csv", "tsv")}
GRAPHS = {
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    # Older clients ask for Notation3, of which Turtle is a part.
    "text/n3": "turtle",
    "text/rdf+n3": "turtle",
    "application/n-triples": "ntriples",
    "text/plain": "ntriples",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
    "text/html": "html",
    "text/xml": "rdfxml",
}
# The same without pages.
RDF = {media: name for media, name in GRAPHS.items() if name != "html"}
# Those of statements that stand in graphs: two of them say in which, and thus from which source.
IN_GRAPHS = {"application/trig": "trig", "application/n-quads": "nquads"}
DATASETS = RDF | IN_GRAPHS
DOCUMENTS = DATASETS | {"text/html": "html"}
ENTITIES = {"text/html": "html"} | DATASETS
# Answers of ready questions. A spreadsheet has headings in words, and is asked for by name; "rq" is the query itself.
QUESTIONS = {
    "text/html": "html",
    **{media: name for media, name in TABLES.items() if name != "html"},
    "application/sparql-query": "rq",
    "text/csv;header=present": "spreadsheet",
}
# The content type that is sent for a format.
CONTENT_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig; charset=utf-8",
    "nquads": "application/n-quads",
    "html": "text/html; charset=utf-8",
    "rq": "application/sparql-query; charset=utf-8",
    "spreadsheet": "text/csv; charset=utf-8",
}
# More than any client sends; further ones are not read.
MAX_RANGES = 64
# Comunica and others like N-Quads best, but query the default graph alone, where these have nothing. So the quality of
# formats with graphs is multiplied by this for a client that takes one without graphs too.
QUALITY_OF_GRAPHS = 0.5


def negotiate(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """Return the format that a client prefers of those offered by media type; None where it accepts none of them."""
    if accept is None or not accept.strip():
        return next(iter(offered.values()))
    best = _best(accept, tuple(offered))
    return None if best is None else offered[best]


@lru_cache(maxsize=64)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = [_range(each) for each in accept.split(",")[:MAX_RANGES]]
    qualities = {media: _quality(media, ranges) for media in offered}
    if any(quality > 0 and media in RDF for media, quality in ranges):
        qualities |= {media: QUALITY_OF_GRAPHS * qualities[media] for media in offered if media in IN_GRAPHS}
    best = max(offered, key=qualities.__getitem__)
    return best if qualities[best] > 0 else None


def _range(text: str) -> tuple[str, float]:
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        value = float(quality)
        return media, min(max(value, 0.0), 1.0) if value == value else 0.0
    except ValueError:
        return media, 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the quality of a media type: that of just this type counts, then of its kind, then of all."""
    for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
        for media_range, quality in ranges:
            if media_range == name:
                return quality
    return 0.0


def negotiate_language(wanted: str | None, accept: str | None) -> str:
    """Return the language of the words of a page, nb or en: the nearer to that of the labels on it."""
    return interface_language(negotiate_labels(wanted, accept))


# Few headers are sent, again and again.
@lru_cache(maxsize=64)
def negotiate_labels(wanted: str | None, accept: str | None) -> str:
    """Return the tag of the language of labels: what is asked for by name, else what Accept-Language prefers, else nb.

    It is one of those whose readers have an order of next best languages, with its region where one is asked for.
    """
    ranges = [_range(each) for each in (accept or "").split(",")[:MAX_RANGES]]
    if wanted is not None and is_readable(wanted):
        return wanted
    matching = [(quality, tag) for tag, quality in ranges if is_readable(tag)]
    return max(matching, key=lambda each: each[0])[1] if matching else "nb"


def is_readable(tag: str) -> bool:
    """Return whether this is the tag of a language whose readers have an order of next best languages."""
    return is_language_tag(tag) and tag.partition("-")[0].lower() in NEAREST_LANGUAGES


# Below this, compressing costs more than it saves.
MIN_BYTES_TO_COMPRESS = 1_000


def accepts_gzip(accept_encoding: str) -> bool:
    """Return whether a client takes an answer compressed by gzip."""
    for each in accept_encoding.split(","):
        coding, _, quality = (part.strip() for part in each.partition(";"))
        if coding.lower() == "gzip":
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def compress(data: bytes) -> bytes:
    """Return the data compressed by gzip, without a time in it: the same bytes every time."""
    return gzip.compress(data, 5, mtime=0)
