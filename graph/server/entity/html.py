"""What pages of entities show of a passage, and the formats in which the same is to be had."""

from dataclasses import dataclass

from graph.query.passages import Passage, context_words
from graph.render.cells import FROM_REGISTRY
from graph.server.entity.row_view import RowView, row_view
from graph.server.html.fragments import sentence_address
from graph.server.html.page import Alternate
from graph.server.negotiation import CONTENT_TYPES, DATASETS

# Names of formats for people.
FORMAT_NAMES = {
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF/XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
# The folder of events, whose participants are a table as well.
TABLED = "event/"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it is shown: its text, the name and address of its source, its place in it.

    ``lang`` is the language of the text, ``claim`` the IRI of the claim that it proves, and ``context`` says what it
    leaves to its context; each is empty where there is none. A register has a ``row``.
    """

    text: str
    source: str
    address: str
    position: str | None
    lang: str = ""
    claim: str = ""
    context: str = ""
    row: RowView | None = None


def quote_of(passage: Passage, lang: str) -> Quote:
    """Return a passage as a page shows it: the words of a source in quotation marks, or what a registry says."""
    if not passage.position:
        return Quote(
            passage.text, f"{FROM_REGISTRY[lang]}: {passage.source}", passage.url or "", None, passage.language or ""
        )
    row = row_view(passage, lang)
    marked = f"“{passage.text}”" if lang == "en" else f"«{passage.text}»"
    return Quote(
        marked,
        passage.source,
        # The cells of a row stand nowhere as one sentence.
        passage.url or "" if row else sentence_address(passage.url, passage.text),
        passage.position,
        passage.language or "",
        passage.claim or "",
        context_words(passage, lang),
        row,
    )


def format_alternates(path: str) -> tuple[Alternate, ...]:
    """Return the description of an entity in the other formats; of an event, who took part as a table too."""
    table = Alternate(f"about/{path}?format=csv", "text/csv", "CSV")
    return (*((table,) if path.startswith(TABLED) else ()), *_rdf_alternates(path))


def _rdf_alternates(path: str) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(
            f"about/{path}?format={format}", CONTENT_TYPES[format].partition(";")[0], FORMAT_NAMES.get(format, format)
        )
        for format in dict.fromkeys(DATASETS.values())
    )
