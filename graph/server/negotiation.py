"""Media types: in which an answer can be had, and which of them a client likes best (RFC 9110, section 12.5.1)."""

import gzip
from collections.abc import Mapping, Sequence
from functools import lru_cache

# By media type: the name that ``written`` knows the format by. The first is what who likes all gets.
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
# CSV and TSV have no place for the answer of ASK.
TRUTHS = {media: name for media, name in TABLES.items() if name not in ("csv", "tsv")}
GRAPHS = {
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/n-triples": "ntriples",
    "text/plain": "ntriples",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
    "text/html": "html",
    "text/xml": "rdfxml",
}
# The same for programs.
DATA = {media: name for media, name in GRAPHS.items() if name != "html"}
THINGS = {"text/html": "html"} | DATA
# What is sent for a format that has several names.
MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "html": "text/html; charset=utf-8",
}
# More than any client says; what comes after is not read.
MOST_RANGES = 64


def liked(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """The format that a client likes best of those offered, by media type; None where it likes none of them."""
    if accept is None or not accept.strip():
        return next(iter(offered.values()))
    best = _best(accept, tuple(offered))
    return None if best is None else offered[best]


@lru_cache(maxsize=64)
def _best(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = [_range(each) for each in accept.split(",")[:MOST_RANGES]]
    best = max(offered, key=lambda media: _quality(media, ranges))
    return best if _quality(best, ranges) > 0 else None


def _range(text: str) -> tuple[str, float]:
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
    try:
        value = float(quality)
        return media, min(max(value, 0.0), 1.0) if value == value else 0.0
    except ValueError:
        return media, 0.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How well a client likes a media type: what it says of just that one counts, then of its kind, then of all."""
    for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
        for said, quality in ranges:
            if said == name:
                return quality
    return 0.0


def language(wanted: str | None, accept: str | None) -> str:
    """nb or en: what is wanted in so many words, else what a client would rather read; nb where it does not say."""
    if wanted in ("nb", "en"):
        return wanted
    known = {"nb": "nb", "no": "nb", "nn": "nb", "da": "nb", "sv": "nb", "en": "en"}
    ranges = [_range(each) for each in (accept or "").split(",")[:MOST_RANGES]]
    found = [(quality, known[tag.partition("-")[0]]) for tag, quality in ranges if tag.partition("-")[0] in known]
    return max(found, key=lambda each: each[0])[1] if found else "nb"


# Below this, compressing costs more than it spares.
FEWEST_BYTES = 1_000


def compressed(data: bytes) -> bytes:
    """The same by gzip, with no time in it: the same bytes every time."""
    return gzip.compress(data, 5, mtime=0)
