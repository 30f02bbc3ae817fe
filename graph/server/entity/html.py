"""The generic page of an entity, for kinds that have none of their own, and the page where there is no entity."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.model.labels import Label
from graph.query.passages import Passage, context_words
from graph.rdf.terms import short_name
from graph.render.cells import FROM_REGISTRY
from graph.server.entity.description import Description, Value
from graph.server.entity.kinds import card_of
from graph.server.html.fragments import sentence_address
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, PagedTask, page_of
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
TEXTS = {
    "proof": Label("Belegg", "Proof"),
    "outgoing": Label("Opplysninger", "Facts"),
    "incoming": Label("Nevnt i", "Mentioned in"),
    "formats": Label("Last ned som", "Download as"),
    "cut": Label("Her står bare de første; det finnes flere.", "Only the first are shown here; there are more."),
}
# The folder of events, whose participants are a table as well.
TABLED = "event/"
_IS_A = ("er en", "is a")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it is shown: its text, the name and address of its source, its place in it.

    ``lang`` is the language of the text, ``claim`` the IRI of the claim that it proves, and ``context`` says what it
    leaves to its context; each is empty where there is none.
    """

    text: str
    source: str
    address: str
    position: str | None
    lang: str = ""
    claim: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """Values that the same passages prove, and these."""

    values: tuple[Value, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class GenericModel:
    """A description: its name and kinds, the passages that prove all of it, and the statements by property."""

    name: str
    iri: str
    kinds: str
    quotes: tuple[Quote, ...]
    outgoing: tuple[tuple[str, tuple[ValueGroup, ...]], ...]
    incoming: tuple[tuple[str, tuple[ValueGroup, ...]], ...]
    truncated: bool


def quote_of(passage: Passage, lang: str) -> Quote:
    """Return a passage as a page shows it: the words of a source in quotation marks, or what a registry says."""
    if not passage.position:
        return Quote(
            passage.text, f"{FROM_REGISTRY[lang]}: {passage.source}", passage.url or "", None, passage.language or ""
        )
    marked = f"“{passage.text}”" if lang == "en" else f"«{passage.text}»"
    return Quote(
        marked,
        passage.source,
        sentence_address(passage.url, passage.text),
        passage.position,
        passage.language or "",
        passage.claim or "",
        context_words(passage, lang),
    )


def entity_page(
    description: Description,
    task: PagedTask,
    alternates: tuple[Alternate, ...],
    json_ld: Mapping[str, object] | None = None,
) -> bytes:
    """Return the description of an entity as a page, with its other formats, and what it states for schema.org."""
    page = page_of(
        task,
        description.name,
        path=f"about/{task.path}",
        alternates=alternates,
        json_ld=json_ld,
        iri=description.entity.value,
        kind="article",
        card=card_of(task.path, json_ld),
    )
    return render_page("entity.html", _model(description, page.lang), page, texts=TEXTS)


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


def _model(description: Description, lang: str) -> GenericModel:
    kinds = [value.text for name, values in description.outgoing for value in values if name in _IS_A]
    return GenericModel(
        description.name,
        description.entity.value,
        ", ".join(dict.fromkeys(kinds)),
        tuple(quote_of(each, lang) for each in description.passages),
        tuple((name, _by_passages(values, lang)) for name, values in description.outgoing),
        tuple((name, _by_passages(values, lang)) for name, values in description.incoming),
        description.truncated,
    )


def _by_passages(values: list[Value], lang: str) -> tuple[ValueGroup, ...]:
    """Return the values in groups that the same passages prove, so that each passage stands there once.

    Of two values with the same text, each says which entity it is.
    """
    groups: dict[object, list[Value]] = {}
    counts = Counter(value.text for value in values)
    for value in values:
        if value.entity and counts[value.text] > 1:
            value = replace(value, text=f"{value.text} ({short_name(value.entity)})")
        groups.setdefault(value.passages or value, []).append(value)
    return tuple(
        ValueGroup(tuple(group), tuple(quote_of(each, lang) for each in group[0].passages)) for group in groups.values()
    )
