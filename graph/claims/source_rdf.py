"""Source statements: a page, its passages by words and by place, and those of them that claim nothing -> quads.

``graph:sources`` holds what is known of the page itself, ``graph:page.<page>`` its passages, ``graph:curated`` why some
of them claim nothing.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from graph.model.claims import Label, NoClaim, Page, Quote
from graph.rdf.statements import Object, label_quads, quads_about
from graph.rdf.terms import date_literal, iri, lang_literal
from graph.sources.text.quotes import passages

CURATED = iri("graph:curated")
SOURCES = iri("graph:sources")
CONTEXT_LETTERS = 40


def page_graph(page: Page) -> NamedNode:
    """The graph that holds what the page says."""
    return iri(f"graph:page.{page.id}")


def quote_name(quote: Quote) -> str:
    """``quote:<page>.812-947``: a passage by its place, in characters of the page."""
    return f"quote:{quote.page}.{quote.start}-{quote.end}"


def passage_statements(page: Page, proving: Iterable[Quote], nothing: Iterable[NoClaim]) -> Iterator[Quad]:
    """The passages that prove claims, and those that claim nothing, with the reason as the curator wrote it."""
    listed = list(nothing)
    for quote in dict.fromkeys([*proving, *(each.quote for each in listed)]):
        yield from _passage(quote, page)
    for each in listed:
        yield from quads_about(CURATED, quote_name(each.quote), ("mg:claimsNothing", lang_literal(each.reason, "en")))


def _passage(quote: Quote, page: Page) -> Iterator[Quad]:
    """A passage, by its words and by its place (RFC 5147), so that it is found again in the page or a copy of it."""
    exact = page.text[quote.start : quote.end]
    before = page.text[max(0, quote.start - CONTEXT_LETTERS) : quote.start]
    after = page.text[quote.end : quote.end + CONTEXT_LETTERS]
    name = quote_name(quote)
    yield from quads_about(
        page_graph(page),
        name,
        ("rdf:type", "oa:SpecificResource"),
        ("rdf:type", "oa:TextQuoteSelector"),
        ("rdf:type", "oa:FragmentSelector"),
        ("oa:hasSource", f"page:{page.id}"),
        ("oa:hasSelector", name),
        ("prov:wasQuotedFrom", f"page:{page.id}"),
        ("oa:exact", lang_literal(exact, page.language)),
        ("oa:prefix", lang_literal(before, page.language) if before else None),
        ("oa:suffix", lang_literal(after, page.language) if after else None),
        ("dct:conformsTo", NamedNode("http://tools.ietf.org/rfc/rfc5147")),
        ("rdf:value", Literal(f"char={quote.start},{quote.end}")),
    )
    short = " ".join(exact.split())
    yield from label_quads(CURATED, name, f"«{short if len(short) <= 80 else f'{short[:79]}…'}»", None)


def source_statements(page: Page) -> list[Quad]:
    """What is known of a page: whose it is, when it was published and retrieved and how that is known, its size."""
    return quads_about(
        SOURCES,
        f"page:{page.id}",
        ("rdf:type", "schema:WebPage"),
        ("rdf:type", "prov:Entity"),
        ("rdfs:label", lang_literal(page.title, page.language)),
        ("schema:url", NamedNode(page.url)),
        ("schema:inLanguage", Literal(page.language)),
        ("schema:publisher", f"organisation:{page.publisher}"),
        ("mg:earliestPublished", date_literal(page.published_earliest)),
        ("mg:latestPublished", date_literal(page.published_latest)),
        *_in_words("mg:publicationBasis", page.publication_basis),
        ("mg:earliestRetrieved", date_literal(page.retrieved_earliest) if page.retrieved_earliest else None),
        *_in_words("mg:retrievalBasis", page.retrieval_basis),
        ("mg:sentences", Literal(len(passages(page.text).sentences))),
        ("schema:sha256", Literal(page.sha256)),
        ("dct:rights", Literal(page.licence)),
    )


def _in_words(term: str, basis: Label | None) -> Iterator[tuple[str, Object | None]]:
    """How something is known, in nb and, where it is written, in en."""
    if basis:
        yield term, lang_literal(basis.nb)
        yield term, lang_literal(basis.en, "en") if basis.en else None
