"""The page of a source: what is known of it, its text as sentences with what was read from each, and names in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.common.text import group_thousands
from graph.model.days import bounds_in_words, years_in_words
from graph.model.labels import Label, interface_language
from graph.model.language_names import language_label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import iri, local_name_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, Record, in_language, names_of, records_of
from graph.server.entity.source_rows import (
    MAX_ROWS_SEARCHED,
    Column,
    SourceRow,
    columns_of,
    page_of_row,
    pages_of,
    rows_of_page,
)
from graph.server.entity.source_text import (
    PAGE_SIZE,
    SentenceView,
    page_with,
    passages_between,
    sentences_between,
    spans_of,
    text_in,
)
from graph.server.html.page import Alternate, Crumb

TEXTS = {
    "kind": Label("kilde", "source"),
    "text": Label("Teksten, setning for setning", "The text, sentence by sentence"),
    "register": Label("register", "register"),
    "rows": Label("Tabellen, rad for rad", "The table, row by row"),
    "rows_note": Label(
        "Her står radene som noe er lest av, med cellene som påstander bygger på. Merkede celler sier selv noe.",
        "Here are the rows from which something was read, with the cells on which claims rest. Marked cells say "
        "something themselves.",
    ),
    "no_rows": Label("Ingenting er lest av disse radene.", "Nothing was read from these rows."),
    "of_row": Label("Det som er lest av raden", "What was read from the row"),
    "columns": Label("Kolonner", "Columns"),
    "unused": Label("ikke brukt: {}", "not used: {}"),
    "passages": Label("Sitater fra kilden", "Quotes from the source"),
    "marked": Label(
        "Setninger med blå strek er sitert av påstander; er bare en del sitert, er den delen markert.",
        "Sentences with a blue bar are quoted by claims; where only a part is quoted, that part is marked.",
    ),
    "claims": Label("Det som er lest av setningen", "What was read from the sentence"),
    "claim": Label("påstanden", "the claim"),
    "more": Label("og {} påstander til", "and {} more claims"),
    "nothing": Label("Påstår ingenting om møter:", "Claims nothing about meetings:"),
    "context": Label(
        "Gir tid, sted eller navn til {} andre påstander.", "Lends a time, a place or a name to {} other claims."
    ),
    "context_one": Label(
        "Gir tid, sted eller navn til én annen påstand.", "Lends a time, a place or a name to another claim."
    ),
    "unread": Label("Ikke lest ennå.", "Not read yet."),
    "partly": Label("Resten av setningen er ikke lest ennå.", "The rest of the sentence is not read yet."),
    "no_text": Label(
        "Utgaven har ikke teksten i kilden; her står bare det som er sitert.",
        "The build does not have the text of the source; here is only what is quoted.",
    ),
    "facts": Label("Om kilden", "About the source"),
    "publisher": Label("Utgiver", "Publisher"),
    "address": Label("Adressen der den sto", "The address where it was"),
    "published": Label("Publisert", "Published"),
    "retrieved": Label("Hentet", "Retrieved"),
    "basis": Label("Hvordan vi vet det", "How we know"),
    "language": Label("Språk", "Language"),
    "rights": Label("Vilkår for bruk", "Terms of use"),
    "digest": Label("Digital kontrollsum (SHA-256)", "Digest (SHA-256)"),
    "original_digest": Label("Kontrollsum av originalen (SHA-256)", "Digest of the original (SHA-256)"),
    "extractor": Label("Teksten er tatt ut med", "The text was extracted by"),
    "reprint": Label("Gjengir", "Reprints"),
    "download": Label("Last ned teksten", "Download the text"),
    "unknown": Label("Navn som registeret ikke kjenner", "Names that the registry does not know"),
    "people": Label("Personer", "People"),
    "bodies": Label("Organisasjoner", "Bodies"),
    "posts": Label("Verv", "Offices"),
    "decisions": Label("Hva leseren har avgjort", "What the reader decided"),
}
_SOURCES = Label("Kilder", "Sources")
# What a reader writes where a page has no terms.
_NO_TERMS = {"not stated on the page": Label("ikke oppgitt på siden", "not stated on the page")}
_CLASSES = {
    iri("foaf:Person"): "people",
    iri("org:Organization"): "bodies",
    iri("org:Post"): "posts",
    iri("mg:Decision"): "decisions",
}


@dataclass(frozen=True, slots=True)
class SourceModel:
    """A source. ``sentences`` are those of one page of ``pages``; ``text_path`` leads to the whole text, if any.

    A register has ``rows`` instead, and ``columns``.
    """

    name: Name
    lead: str
    publisher: Name | None
    address: str
    published: str
    years: str
    publication_basis: Name | None
    retrieved: str
    retrieval_basis: Name | None
    language: str
    language_tag: str
    rights: str
    licence: str
    digest: str
    original_digest: str
    extractor: str
    reprint_of: Name | None
    text_path: str
    sentences: tuple[SentenceView, ...]
    page: int
    pages: int
    people: tuple[Name, ...]
    bodies: tuple[Name, ...]
    posts: tuple[Name, ...]
    decisions: tuple[Name, ...]
    is_register: bool = False
    rows: tuple[SourceRow, ...] = ()
    columns: tuple[Column, ...] = ()


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a source."""
    model = read_source(entity, reader)
    lang = reader.lang
    by = model.publisher.text if model.publisher else ""
    details = ", ".join(filter(None, (in_language(TEXTS["kind"], lang), by, model.years)))
    text = (Alternate(model.text_path, "text/plain", in_language(TEXTS["text"], lang)),) if model.text_path else ()
    return EntityView(
        template="source.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS,
        title=f"{model.name.text} ({details})",
        description=model.lead,
        section="source/",
        breadcrumbs=(Crumb(in_language(_SOURCES, lang), "source/"), Crumb(model.name.text)),
        alternates=text,
    )


def read_source(entity: NamedNode, reader: Reader) -> SourceModel:
    """Return the view model of a source."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    is_register = own.node("mg:table") is not None
    text_node, rights_node = own.node("mg:text"), own.node("dct:rights")
    others = records_of([text_node, rights_node], run)
    no_record = Record(entity)
    text_record, rights = others.get(text_node, no_record), others.get(rights_node, no_record)
    named: dict[str, list[Term | None]] = defaultdict(list)
    # A register names thousands, and each row has its names.
    for _, other, kind in lookup_rows([] if is_register else [entity], LOOKUPS / "source_names.rq", run):
        named[_CLASSES.get(kind, "") if isinstance(kind, NamedNode) else ""].append(other)
    publisher, reprint = own.node("schema:publisher"), own.node("mg:reprintOf")
    names = names_of([entity, publisher, reprint, *(each for group in named.values() for each in group)], run, lang)
    language, text = own.value("schema:inLanguage"), text_in(reader.folder, local_name_of(entity))
    # Of a register of a million rows claims are not counted for each reader.
    is_large = is_register and int(own.value("mg:rows") or 0) > MAX_ROWS_SEARCHED
    counts = {} if is_large else _counts(entity, run)
    sentences: tuple[SentenceView, ...] = ()
    rows: tuple[SourceRow, ...] = ()
    if is_register:
        rows, page, pages = _rows(entity, own, reader)
    else:
        sentences, page, pages = _sentences(entity, text, language, counts["evidence"], reader)

    def listed(group: str) -> tuple[Name, ...]:
        return tuple(sorted((names[each] for each in named[group]), key=lambda name: name.text))

    return SourceModel(
        name=names[entity],
        lead=_register_lead(own, names.get(publisher), counts.get("claims"), lang)
        if is_register
        else _lead(own, names.get(publisher), counts["claims"], lang),
        publisher=names.get(publisher),
        address=own.value("schema:url"),
        published=_days(own.value("mg:earliestPublished"), own.value("mg:latestPublished"), lang),
        years=in_language(years_in_words(own.value("mg:earliestPublished"), own.value("mg:latestPublished")), lang),
        publication_basis=own.text("mg:publicationBasis", lang),
        retrieved=_days(own.value("mg:earliestRetrieved"), "", lang),
        retrieval_basis=own.text("mg:retrievalBasis", lang),
        language=in_language(language_label(language), lang),
        language_tag=language,
        rights=rights_in_words(rights.value("rdf:value"), lang),
        licence=rights.value("dct:license"),
        digest=text_record.value("schema:sha256"),
        original_digest=own.value("schema:sha256"),
        extractor=text_record.value("mg:extractor"),
        reprint_of=names.get(reprint),
        text_path=f"text/{local_name_of(entity)}.txt" if text is not None else "",
        sentences=sentences,
        page=page,
        pages=pages,
        people=listed("people"),
        bodies=listed("bodies"),
        posts=listed("posts"),
        decisions=listed("decisions"),
        is_register=is_register,
        rows=rows,
        columns=columns_of(own, run, lang) if is_register else (),
    )


def _rows(entity: NamedNode, own: Record, reader: Reader) -> tuple[tuple[SourceRow, ...], int, int]:
    """Return the rows of the page that is asked for, its number, and how many pages there are.

    It is asked for by ``page``, or by ``at``: the number of a row.
    """
    pages = pages_of(entity, int(own.value("mg:rows") or 0), reader.run)
    asked = page_of_row(_number(reader.value("at"))) if reader.value("at") else _number(reader.value("page")) or 1
    page = min(asked, pages)
    return rows_of_page(entity, page, reader.run, reader.lang), page, pages


def _sentences(
    entity: NamedNode, text: str | None, language: str, passages: int, reader: Reader
) -> tuple[tuple[SentenceView, ...], int, int]:
    """Return the sentences of the page that is asked for, its number, and how many pages there are.

    It is asked for by ``page``, or by ``at``: a position in the text.
    """
    spans: Sequence[tuple[int, int]] = spans_of(text, language) if text is not None else ()
    pages = max(1, -(-(len(spans) if text is not None else passages) // PAGE_SIZE))
    page = min(_number(reader.value("page")) or 1, pages)
    if reader.value("at") and text is not None:
        page = min(page_with(spans, _number(reader.value("at"))), pages)
    first = (page - 1) * PAGE_SIZE
    if text is None:
        return passages_between(entity, first, PAGE_SIZE, reader.run, reader.lang), page, pages
    shown = spans[first : first + PAGE_SIZE]
    return sentences_between(entity, text, shown, reader.run, reader.lang), page, pages


def _number(text: str) -> int:
    """Return the number that a reader gave; 0 where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _counts(entity: NamedNode, run: QueryFn) -> dict[str, int]:
    rows = lookup_rows([entity], LOOKUPS / "source_counts.rq", run)
    return {"claims": 0, "evidence": 0} | {text_of(what): int(text_of(number)) for _, what, number in rows if number}


def _days(first: str, last: str, lang: str) -> str:
    return in_language(bounds_in_words(first, last), lang)


def rights_in_words(text: str, lang: str) -> str:
    """Return the terms of use of a source, as its reader wrote them; that there are none in the reader's language."""
    return in_language(_NO_TERMS[text], lang) if text in _NO_TERMS else text


def _register_lead(own: Record, publisher: Name | None, claims: int | None, lang: str) -> str:
    """Return in a sentence or two whose the register is, how many rows it has, and how many claims they make."""
    interface, rows = interface_language(lang), int(own.value("mg:rows") or 0)
    count = group_thousands(rows, interface)
    if interface == "nb":
        whose = f"Utgitt av {publisher.text}. " if publisher else ""
        makes = "" if claims is None else f"; de gir {group_thousands(claims, interface)} påstander"
        return f"{whose}Et register med {count} {'rad' if rows == 1 else 'rader'}{makes}."
    whose = f"Published by {publisher.text}. " if publisher else ""
    makes = "" if claims is None else f"; they make {group_thousands(claims, interface)} claims"
    return f"{whose}A register of {count} {'row' if rows == 1 else 'rows'}{makes}."


def _lead(own: Record, publisher: Name | None, claims: int, lang: str) -> str:
    """Return in a sentence or two whose the source is, and how much of it is read."""
    sentences, read = (int(own.value(name) or 0) for name in ("mg:sentences", "mg:sentencesRead"))
    interface = interface_language(lang)
    count, of_read, of_all = (group_thousands(number, interface) for number in (claims, read, sentences))
    if interface == "nb":
        whose = f"Utgitt av {publisher.text}. " if publisher else ""
        how_much = (
            f"Alle {of_all} setninger er lest" if read >= sentences else f"{of_read} av {of_all} setninger er lest"
        )
        makes = f"gir {count} {'påstand' if claims == 1 else 'påstander'}."
        # A register has rows, and no sentences.
        return f"{whose}{how_much}; de {makes}" if sentences else f"{whose}Kilden {makes}"
    whose = f"Published by {publisher.text}. " if publisher else ""
    how_much = f"All {of_all} sentences are read" if read >= sentences else f"{of_read} of {of_all} sentences are read"
    makes = f"{count} {'claim' if claims == 1 else 'claims'}."
    return f"{whose}{how_much}; they make {makes}" if sentences else f"{whose}The source makes {makes}"
