"""What the pages of records have in common: claims, participations, quotes, inferences, terms of office and the like.

Such a page has a heading, facts, the sentences that say the thing and those that lend context, and groups of other
records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label, interface_language
from graph.model.sources import LAST, ReadingOrder, TextSelector, parse_fragment
from graph.query.lookup import lookup_rows
from graph.query.passages import Passage
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import local_name_of
from graph.server.entity.claim_words import Sentence
from graph.server.entity.records import LOOKUPS, Name, Record, in_language
from graph.server.entity.registry_facts import RegistryFacts
from graph.server.entity.row_view import RowView, row_anchor, row_view
from graph.server.entity.source_text import spans_of, text_in
from graph.server.html.fragments import sentence_address

TEXTS = {
    "says": Label("Setningene som sier det", "The sentences that say it"),
    "heading": Label("Overskriften over listen", "The heading of the list"),
    "context": Label("Setninger som gir tid, sted eller navn", "Sentences that lend a time, a place or a name"),
    "folded": Label("Slik er det bygd opp", "This is how it is built up"),
    "facts": Label("Kort fortalt", "In short"),
    "more": Label("og {} til", "and {} more"),
    "in_source": Label("i kilden, setning for setning", "in the source, sentence by sentence"),
    "in_register": Label("i registeret, rad for rad", "in the register, row by row"),
    "rows": Label("Radene som sier det", "The rows that say it"),
    "row": Label("Raden som sier det", "The row that says it"),
}
_SORTS = ("key", "heading", "context")


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what it is: names of things, or texts of their own."""

    title: str
    values: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class RecordQuote:
    """A passage of a source: its words and language, the source, its address at the source, and its place here.

    Of a register it is a ``row``.
    """

    text: str
    lang: str
    source: str
    address: str
    place: str
    path: str
    order: tuple[str, ReadingOrder]
    row: RowView | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Other records, each in a sentence, under a title; ``more`` counts those that are not shown."""

    title: str
    sentences: tuple[Sentence, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class RecordModel:
    """A record. ``lead`` is a sentence below the heading, ``notes`` are explanations in words of ours.

    ``folded`` are groups that few readers look for.
    """

    kind: str
    heading: Name
    lead: Sentence | None = None
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    quotes: Mapping[str, tuple[RecordQuote, ...]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    folded: tuple[Group, ...] = ()
    registry: RegistryFacts | None = None


def quotes_of(
    claims: Iterable[Term | None], run: QueryFn, lang: str, folder: Path
) -> dict[Term | None, dict[str, tuple[RecordQuote, ...]]]:
    """Return the passages of each claim by sort (key, heading, context), in the order of the source, each once."""
    found: dict[Term | None, dict[Term | None, tuple[str, RecordQuote]]] = defaultdict(dict)
    in_rows: dict[NamedNode, Term | None] = {}
    for claim, sort, evidence, *cells, heading in lookup_rows(claims, LOOKUPS / "claim_evidence.rq", run):
        if heading is not None and isinstance(claim, NamedNode):
            in_rows[claim] = cells[2]
            continue
        known = found[claim].get(evidence)
        if known is None or _SORTS.index(text_of(sort)) < _SORTS.index(known[0]):
            found[claim][evidence] = text_of(sort), quote_of_cells(cells, run, lang, folder)
    rows = passages_by_entity(in_rows, run)
    for claim, page in in_rows.items():
        for passage in rows.get(claim, ()):
            found[claim][Literal(passage.position or "")] = "key", _row_quote(passage, page, lang)
    result: dict[Term | None, dict[str, tuple[RecordQuote, ...]]] = {}
    for claim, passages in found.items():
        ordered = sorted(passages.values(), key=lambda each: each[1].order)
        result[claim] = {sort: tuple(quote for own, quote in ordered if own == sort) for sort in _SORTS}
    return result


def _row_quote(passage: Passage, source: Term | None, lang: str) -> RecordQuote:
    """Return a row of a register, which is at its place in the page of the register."""
    row, shown = passage.row, row_view(passage, lang)
    name = local_name_of(source) if isinstance(source, NamedNode) else ""
    place = f"?at={row.order[1]}#{row_anchor(row)}" if row else ""
    return RecordQuote(
        text=passage.text,
        lang=passage.language or "",
        source=passage.source,
        address=passage.url or "",
        place=shown.title if shown else "",
        path=f"about/source/{name}{place}",
        order=(passage.source, row.order if row else LAST),
        row=shown,
    )


def quote_of_cells(cells: Sequence[Term | None], run: QueryFn, lang: str, folder: Path) -> RecordQuote:
    """Return a passage, given by its words, place, source, and the title and address of that."""
    words, place, source, title, address = cells
    selector = parse_fragment(text_of(source), text_of(place))
    label = selector.label if selector else Label(text_of(place), text_of(place))
    position = selector.start if isinstance(selector, TextSelector) else None
    name = local_name_of(source) if isinstance(source, NamedNode) else ""
    language = words.language or "" if isinstance(words, Literal) else ""
    marked = f"«{text_of(words)}»" if interface_language(lang) == "nb" else f"“{text_of(words)}”"
    return RecordQuote(
        text=marked,
        lang=language,
        source=text_of(title),
        address=sentence_address(text_of(address), text_of(words)),
        place=in_language(label, lang),
        path=f"about/source/{name}" if position is None else _path_in_source(name, position, language, folder),
        order=(text_of(title), selector.order if selector else LAST),
    )


def _path_in_source(source: str, position: int, language: str, folder: Path) -> str:
    """Return the path of a sentence in the page of its source, by the position of a character in it."""
    text = text_in(folder, source)
    starts = [start for start, _ in spans_of(text, language) if start <= position] if text is not None else []
    anchor = f"#char-{starts[-1]}" if starts else ""
    return f"about/source/{source}?at={position}{anchor}"


def fact(title: Label, values: Iterable[Name], lang: str) -> tuple[Fact, ...]:
    """Return a fact with its values, each once; none where there are no values."""
    each = tuple(dict.fromkeys(values))
    return (Fact(in_language(title, lang), each),) if each else ()


def as_written(record: Record, name: str, lang: str) -> list[Name]:
    """Return the words of a source that are the values of a property, in quotation marks and with their language."""
    marks = "«{}»" if interface_language(lang) == "nb" else "“{}”"
    return [Name(marks.format(each.value), each.language or "") for each in record.literals(name)]
