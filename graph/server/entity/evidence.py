"""The page of a quote: the words, where they stand in which source, and the claims that lean on them."""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import Term, text_of
from graph.server.entity.claim import MAX_OF_GROUP, group
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.record_page import TEXTS, Fact, Group, RecordModel, fact, quote_of_cells
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
    short = quote.text if len(quote.text) <= _LONG else f"{quote.text[: _LONG - 1].rstrip()}…"
    model = RecordModel(
        kind=in_language(_KIND, lang),
        heading=Name(short, quote.lang),
        facts=tuple(_facts(record, name, quote.place, lang)),
        quotes={"key": (quote,)},
        groups=tuple(_groups(entity, reader)),
    )
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS | {"says": _WORDS},
        title=f"{short} ({in_language(_FROM, lang).format(name.text, quote.place)})",
        description=quote.text,
        section="source/",
        breadcrumbs=(
            Crumb(in_language(_SOURCES, lang), "source/"),
            Crumb(name.text, f"about/source/{source.value.rpartition('/')[2]}"),
            Crumb(in_language(_KIND, lang).capitalize()),
        ),
    )


def _facts(record: Record, source: Name, place: str, lang: str) -> Iterator[Fact]:
    yield from fact(_SOURCE, [source], lang)
    yield from fact(_PLACE, [Name(place)], lang)
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
