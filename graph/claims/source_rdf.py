"""A source and the evidence in it as RDF, in a form that Web Annotation clients read.

``graph:sources`` holds what is known of the source and its text, ``graph:source.<id>`` the evidence, and
``graph:curated`` why some passages claim nothing. A piece of evidence is an ``oa:SpecificResource``; its selectors are
nodes of their own, one by words and one by position, and both count in the archived text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from graph.model.claims import NoClaim
from graph.model.labels import LanguageMap
from graph.model.sources import CellSelector, PageSelector, Selector, Source, SourceKind, TextSelector, page_of
from graph.rdf.statements import label_quads, language_pairs, name_pairs, quads_about
from graph.rdf.terms import date_literal, iri, iri_problem, lang_literal

CURATED = iri("graph:curated")
SOURCES = iri("graph:sources")
CONTEXT_LETTERS = 40
_KINDS = {SourceKind.PAGE: "schema:WebPage", SourceKind.REGISTER: "dcat:Dataset"}


def source_graph(source: Source) -> NamedNode:
    """Return the name of the graph that holds what the source says."""
    return iri(f"graph:source.{source.id}")


def source_name(source: Source) -> str:
    """Return the compact name of a source: ``source:<id>``."""
    return f"source:{source.id}"


def evidence_name(selector: Selector) -> str:
    """Return the compact name of a piece of evidence: ``evidence:<source>.char-812-947``."""
    return f"evidence:{selector.source}.{selector.key}"


def thing_names(thing: str, label: LanguageMap) -> list[Quad]:
    """Return what we call an event, a series or a work: its label, and the same as its title and name."""
    names = name_pairs(label, "dct:title", "schema:name")
    return [*label_quads(CURATED, thing, label), *quads_about(CURATED, thing, *names)]


def evidence_statements(source: Source, proving: Iterable[TextSelector], nothing: Iterable[NoClaim]) -> Iterator[Quad]:
    """Yield the passages that prove claims, and those that claim nothing, with the reason as the reader wrote it."""
    listed = list(nothing)
    for selector in dict.fromkeys([*proving, *(each.quote for each in listed)]):
        yield from _passage(selector, source)
    for each in listed:
        reasons = (("mg:claimsNothing", reason) for reason in reason_literals(each.reason))
        yield from quads_about(CURATED, evidence_name(each.quote), *reasons)


def reason_literals(reason: str | LanguageMap | None) -> list[Literal]:
    """Return a reason that a reader gives, by language; one in words alone is in English."""
    if reason is None:
        return []
    by_language = LanguageMap({"en": reason}) if isinstance(reason, str) else reason
    return [lang_literal(text, tag) for tag, text in by_language.items()]


def cell_statements(source: Source, cells: Mapping[CellSelector, str]) -> Iterator[Quad]:
    """Yield the cells of a table that prove something, each with its words and the selector by which it is found."""
    for selector, words in cells.items():
        placed = f"selector:{source.id}.{selector.key}"
        yield from _evidence(selector, source, words, [placed])
        yield from fragment_selector(source_graph(source), placed, selector)


def _evidence(selector: Selector, source: Source, words: str, selectors: Iterable[str]) -> Iterator[Quad]:
    """Yield a piece of evidence: its words, their language and place, and the names of its selectors."""
    name = evidence_name(selector)
    yield from quads_about(
        source_graph(source),
        name,
        ("rdf:type", "oa:SpecificResource"),
        ("rdf:type", "mg:Evidence"),
        ("oa:hasSource", f"text:{source.id}"),
        *(("oa:hasSelector", each) for each in selectors),
        ("prov:wasQuotedFrom", source_name(source)),
        ("schema:text", lang_literal(words, source.language)),
        ("rdf:value", Literal(selector.fragment)),
        ("schema:position", Literal(selector.position)),
    )
    short = " ".join(words.split())
    quoted = f"«{short if len(short) <= 80 else f'{short[:79]}…'}»"
    yield from label_quads(CURATED, name, LanguageMap({source.language: quoted}))


def _passage(selector: TextSelector, source: Source) -> Iterator[Quad]:
    """Yield a passage with its words, their language, and the selectors by which it is found again."""
    exact = source.text[selector.start : selector.end]
    before = source.text[max(0, selector.start - CONTEXT_LETTERS) : selector.start]
    after = source.text[selector.end : selector.end + CONTEXT_LETTERS]
    graph = source_graph(source)
    quoted = f"selector:{source.id}.words-{selector.start}-{selector.end}"
    page = page_of(source, selector)
    placed = [f"selector:{source.id}.{each.key}" for each in (selector, page) if each]
    yield from _evidence(selector, source, exact, (quoted, *placed))
    yield from quads_about(
        graph,
        quoted,
        ("rdf:type", "oa:TextQuoteSelector"),
        ("oa:exact", Literal(exact)),
        ("oa:prefix", Literal(before) if before else None),
        ("oa:suffix", Literal(after) if after else None),
    )
    yield from fragment_selector(graph, placed[0], selector)
    if page:
        yield from fragment_selector(graph, placed[1], page)


def fragment_selector(graph: NamedNode, name: str, selector: Selector | PageSelector) -> list[Quad]:
    """Return the statements of a selector by fragment identifier, with the standard that defines it."""
    return quads_about(
        graph,
        name,
        ("rdf:type", "oa:FragmentSelector"),
        ("dct:conformsTo", NamedNode(selector.standard)),
        ("rdf:value", Literal(selector.fragment)),
    )


def source_statements(source: Source, sentences: int, sentences_read: int) -> list[Quad]:
    """Return what is known of a source and of its text: whose it is, when it was published, its size and digests."""
    own_text, rights = f"text:{source.id}", _rights_name(source)
    return [
        *_description(source),
        *quads_about(
            SOURCES,
            source_name(source),
            ("mg:sentences", Literal(sentences)),
            ("mg:sentencesRead", Literal(sentences_read)),
            ("mg:text", own_text),
        ),
        *quads_about(
            SOURCES,
            own_text,
            ("rdf:type", "schema:TextDigitalDocument"),
            ("rdf:type", "prov:Entity"),
            ("rdfs:label", lang_literal(source.title, source.language)),
            ("prov:wasDerivedFrom", source_name(source)),
            ("schema:url", NamedNode(f"{iri(own_text).value}.txt")),
            ("schema:inLanguage", Literal(source.language)),
            ("dct:format", _media_type(source.media_type)),
            ("schema:sha256", Literal(source.sha256)),
            ("mg:extractor", Literal(source.extractor) if source.extractor else None),
            ("dct:rights", rights),
        ),
    ]


def register_source_statements(
    source: Source, rows: int, columns: Sequence[tuple[str, str | None]], standard: str
) -> list[Quad]:
    """Return what is known of a register and of its table: as of any source, how many rows it has, and its columns.

    Each of the ``columns`` has its heading and, where it claims nothing, the reason. ``standard`` is the address of the
    one by which evidence tells its place in the table.
    """
    table, names = f"table:{source.id}", [f"column:{source.id}.{number}" for number in range(1, len(columns) + 1)]
    original = source.original
    quads = [
        *_description(source),
        *quads_about(
            SOURCES,
            source_name(source),
            ("mg:rows", Literal(rows)),
            ("mg:table", table),
            *(("mg:column", name) for name in names),
        ),
        *quads_about(
            SOURCES,
            table,
            ("rdf:type", "dcat:Distribution"),
            ("rdf:type", "prov:Entity"),
            ("rdfs:label", lang_literal(source.title, source.language)),
            ("dct:title", Literal(original.file) if original else None),
            ("dct:conformsTo", NamedNode(standard)),
            ("dct:format", _media_type(original.media_type if original else source.media_type)),
            ("schema:sha256", Literal(original.sha256 if original else source.sha256)),
            ("dct:rights", _rights_name(source)),
        ),
        Quad(iri(source_name(source)), iri("dcat:distribution"), iri(table), SOURCES),
    ]
    for number, (name, (heading, unused)) in enumerate(zip(names, columns, strict=True), 1):
        quads += quads_about(
            SOURCES,
            name,
            ("rdf:type", "mg:Column"),
            ("rdfs:label", Literal(heading or f"({number})")),
            ("schema:position", Literal(number)),
            *(("mg:because", reason) for reason in reason_literals(unused)),
        )
    return quads


def _rights_name(source: Source) -> str:
    return f"source:{source.id}.rights"


def _description(source: Source) -> list[Quad]:
    """Return what is known of a source of any kind."""
    name, rights, original = source_name(source), _rights_name(source), source.original
    return [
        *quads_about(
            SOURCES,
            name,
            ("rdf:type", "mg:Source"),
            ("rdf:type", _KINDS[source.kind]),
            ("rdf:type", "prov:Entity"),
            ("rdfs:label", lang_literal(source.title, source.language)),
            ("schema:url", NamedNode(source.url)),
            ("schema:inLanguage", Literal(source.language)),
            ("schema:publisher", f"organisation:{source.publisher}"),
            ("mg:earliestPublished", date_literal(source.published_earliest)),
            ("mg:latestPublished", date_literal(source.published_latest)),
            *language_pairs("mg:publicationBasis", source.publication_basis),
            ("mg:earliestRetrieved", date_literal(source.retrieved_earliest) if source.retrieved_earliest else None),
            *(language_pairs("mg:retrievalBasis", source.retrieval_basis) if source.retrieval_basis else ()),
            ("mg:reprintOf", f"source:{source.reprint_of}" if source.reprint_of else None),
            ("schema:sha256", Literal(original.sha256) if original else None),
            ("dct:format", _media_type(original.media_type) if original else None),
            ("dct:rights", rights),
        ),
        # The words that are quoted as evidence are in the graph of the source.
        Quad(source_graph(source), iri("dct:rights"), iri(rights), SOURCES),
        *_rights(rights, source.licence),
    ]


def _rights(name: str, terms: str) -> Iterator[Quad]:
    """Yield the terms of use of a source in its reader's words, and the licence where they are its address."""
    is_address = terms.startswith(("http://", "https://")) and iri_problem(terms) is None
    label = LanguageMap({"nb": f"vilkår: {terms}", "en": f"terms of use: {terms}"})
    yield from label_quads(SOURCES, name, label)
    yield from quads_about(
        SOURCES,
        name,
        ("rdf:type", "dct:RightsStatement"),
        ("rdf:value", Literal(terms)),
        ("dct:license", NamedNode(terms) if is_address else None),
    )


def _media_type(name: str) -> NamedNode:
    """Return the address of a media type at IANA, which DCMI wants as a thing."""
    return NamedNode(f"http://www.iana.org/assignments/media-types/{name}")
