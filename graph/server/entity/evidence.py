"""The page of a quote: the words, where they stand in which source, and the claims that lean on them."""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.model.sources import CellSelector, PointerSelector, parse_fragment
from graph.query.lookup import lookup_rows
from graph.query.results import Term, text_of
from graph.server.entity.claim import MAX_OF_GROUP, group
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.record_page import (
    TEXTS,
    Fact,
    Group,
    RecordModel,
    RecordQuote,
    fact,
    quote_of_cells,
    quotes_of,
)
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, Record, in_language, names_of, records_of
from graph.server.html.page import Crumb

_KIND, _FROM = Label("sitat", "quote"), Label("sitat fra {}, {}", "quote from {}, {}")
_WORDS = Label("Ordene", "The words")
_SOURCES = Label("Kilder", "Sources")
_GROUPS = {
    "key": Label("Påstander som dette sier", "Claims that this says"),
    "heading": Label("Påstander om dem i listen under", "Claims about those in the list below it"),
    "context": Label(
        "Påstander som det gir tid, sted eller navn", "Claims to which it lends a time, a place or a name"
    ),
}
_NOTHING = Label("Sier ingenting om møter", "Says nothing about meetings")
_SOURCE, _PLACE = Label("Kilde", "Source"), Label("Sted i teksten", "Place in the text")
_CELL, _HEADING = Label("Sted i tabellen", "Place in the table"), Label("Kolonne", "Column")
_BLANK, _ROW = Label("blank celle", "blank cell"), Label("Raden", "The row")
_LONG = 90


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a quote; None where it is quoted from no source."""
    run, lang = reader.run, reader.lang
    record = records_of([entity], run)[entity]
    source = record.node("prov:wasQuotedFrom")
    if source is None:
        return None
    owner = records_of([source], run)[source]
    name = names_of([source], run, lang)[source]
    cells = [next(iter(record.literals(each)), None) for each in ("schema:text", "rdf:value")]
    quote = quote_of_cells(
        [*cells, source, next(iter(owner.literals("rdfs:label")), None), owner.node("schema:url")],
        run,
        lang,
        reader.folder,
    )
    heading = record.value("mg:heading") if record.values("mg:heading") else None
    words = quote.text if record.value("schema:text").strip() or heading is None else in_language(_BLANK, lang)
    short = words if len(words) <= _LONG else f"{words[: _LONG - 1].rstrip()}…"
    short = f"{heading or '…'}: {short}" if heading is not None else short
    model = RecordModel(
        kind=in_language(_KIND, lang),
        heading=Name(short, quote.lang),
        facts=tuple(_facts(record, name, quote.place, heading, lang)),
        quotes={"key": _rows_with(entity, record, reader) or (quote,)},
        groups=tuple(_groups(entity, reader)),
    )
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS | {"says": _WORDS, "row": _ROW, "rows": _ROW},
        title=f"{short} ({in_language(_FROM, lang).format(name.text, quote.place)})",
        description=quote.text,
        section="source/",
        breadcrumbs=(
            Crumb(in_language(_SOURCES, lang), "source/"),
            Crumb(name.text, f"about/source/{source.value.rpartition('/')[2]}"),
            Crumb(in_language(_KIND, lang).capitalize()),
        ),
    )


def _rows_with(entity: NamedNode, record: Record, reader: Reader) -> tuple[RecordQuote, ...]:
    """Return the row of a cell; none of a sentence, or of a cell that stands in no row which proves anything."""
    selector = parse_fragment(entity.value, record.value("rdf:value"))
    if not isinstance(selector, CellSelector | PointerSelector):
        return ()
    rows = lookup_rows([entity], LOOKUPS / "evidence_claims.rq", reader.run)
    claims = sorted({claim for _, claim, _ in rows}, key=str)[:MAX_OF_GROUP]
    quotes = {
        quote
        for by_sort in quotes_of(claims, reader.run, reader.lang, reader.folder).values()
        for quote in by_sort["key"]
        if quote.row and quote.order[1][:2] == selector.order[:2]
    }
    return tuple(sorted(quotes, key=lambda quote: quote.text)[:1])


def _facts(record: Record, source: Name, place: str, heading: str | None, lang: str) -> Iterator[Fact]:
    yield from fact(_SOURCE, [source], lang)
    yield from fact(_PLACE if heading is None else _CELL, [Name(place)], lang)
    yield from fact(_HEADING, [Name(heading)] if heading else [], lang)
    reason = record.text("mg:claimsNothing", lang)
    yield from fact(_NOTHING, [reason] if reason else [], lang)


def _groups(entity: NamedNode, reader: Reader) -> Iterator[Group]:
    """Yield the claims that lean on a quote, each under what the quote is to it."""
    by_sort: dict[str, list[Term | None]] = defaultdict(list)
    shown: set[Term | None] = set()
    rows = lookup_rows([entity], LOOKUPS / "evidence_claims.rq", reader.run)
    for sort in _GROUPS:
        by_sort[sort] = sorted({claim for _, claim, each in rows if text_of(each) == sort} - shown, key=str)
        shown.update(by_sort[sort])
    first = [claim for claims in by_sort.values() for claim in claims[:MAX_OF_GROUP]]
    said = sentences_of(records_of(first, reader.run).values(), reader.run, reader.lang)
    for sort, title in _GROUPS.items():
        claims = [claim for claim in by_sort[sort] if isinstance(claim, NamedNode)]
        sentences = [
            Sentence((Name(said[claim].text, "", claim.value),)) if claim in said else Sentence(()) for claim in claims
        ]
        yield from group(title, sentences, reader.lang)
