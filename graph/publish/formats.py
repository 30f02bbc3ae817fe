"""The formats of export: their names, suffixes and options, and what an exported file leaves out.

No RDF library is needed here, so that the command line knows the formats before it reads a graph.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from graph.common.text import pluralize

RDF_FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
NETWORK_FORMATS = ("graphml", "gexf", "gexf-static", "nodes", "edges")
# Formats of a folder of queries, which no statement of the graph goes into.
QUERY_FORMATS = ("grlc", "sparql-examples")
FORMATS = (
    *RDF_FORMATS,
    *NETWORK_FORMATS,
    *("participations", "ftm", "popolo", "geojson", "icalendar"),
    *QUERY_FORMATS,
)
# By the end of the name of a file; the longest that fits counts.
FORMAT_BY_SUFFIX = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "participations",
    ".ftm.json": "ftm",
    ".popolo.json": "popolo",
    ".geojson": "geojson",
    ".ics": "icalendar",
}


class Export(NamedTuple):
    """A file in the format that was asked for, and what of the graph it leaves out, each with a count and a reason."""

    data: bytes
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to write: base IRI of the graph, language, home with the registry, form of JSON-LD, separator of CSV."""

    base: str
    lang: str
    home: Path
    framed_by: str | None = None
    separator: str | None = None


def format_of_name(name: str) -> str | None:
    """Return the format that the end of a file's name stands for, or None where it stands for none."""
    suffixes = sorted(FORMAT_BY_SUFFIX, key=len, reverse=True)
    return next((FORMAT_BY_SUFFIX[suffix] for suffix in suffixes if name.lower().endswith(suffix)), None)


def count_left_out(counts: Iterable[tuple[int, str, str]]) -> tuple[str, ...]:
    """Return a sentence for each (count, noun, reason) whose count is not 0: ``2 events left out: …``."""
    return tuple(f"{pluralize(count, noun)} {reason}" for count, noun, reason in counts if count)
