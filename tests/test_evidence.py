"""Evidence: others find every passage again by its selectors alone, in the archived text and by its words."""

import re
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.claims.source_rdf import evidence_statements, fragment_selector, source_statements
from graph.model.iris import BASE
from graph.model.labels import LanguageMap
from graph.model.sources import CellSelector, Original, PageSelector, Source, SourceKind, TextSelector, page_of
from graph.rdf.statements import to_store
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

TEXT = "Møte i Oslo\n\nErna Solberg åpnet «møtet» 2. mai. Kari Nordmann talte.\n"
MEDIA = "http://www.iana.org/assignments/media-types/"
PAGES = "Side én.\nSide to, med møte.\nSide tre."


def source(text: str = TEXT, **known: object) -> Source:
    """A source with this text."""
    return Source(
        id="s",
        kind=SourceKind.PAGE,
        url="https://example.org/s",
        title="Møte",
        language="nb",
        publisher="oslo-kommune",
        published_earliest=date(2015, 1, 1),
        published_latest=date(2015, 1, 1),
        publication_basis=LanguageMap({"nb": "oppgitt"}),
        retrieved_earliest=None,
        retrieval_basis=None,
        licence="not stated",
        sha256="0" * 64,
        text=text,
    )._replace(**known)


def one(store: Store, subject: NamedNode, predicate: str) -> object:
    """The one value of a property."""
    (quad,) = store.quads_for_pattern(subject, iri(predicate), None)
    return quad.object


def found_by_selectors(store: Store, evidence: NamedNode, text: str) -> set[str]:
    """What a reader of Web Annotations finds in a text by each selector of a specific resource."""
    passages = set()
    for quad in store.quads_for_pattern(evidence, iri("oa:hasSelector"), None):
        selector = quad.object
        kinds = {each.object for each in store.quads_for_pattern(selector, iri("rdf:type"), None)}
        if iri("oa:TextQuoteSelector") in kinds:
            before, exact, after = (
                next((each.object.value for each in store.quads_for_pattern(selector, iri(name), None)), "")
                for name in ("oa:prefix", "oa:exact", "oa:suffix")
            )
            assert text.count(before + exact + after) == 1
            passages.add(exact)
        elif one(store, selector, "dct:conformsTo") == NamedNode("http://tools.ietf.org/rfc/rfc5147"):
            start, end = re.fullmatch(r"char=(\d+),(\d+)", one(store, selector, "rdf:value").value).groups()
            passages.add(text[int(start) : int(end)])
    return passages


@pytest.mark.parametrize(("start", "end"), [(0, 4), (13, 51), (52, 71), (0, len(TEXT))])
def test_each_selector_of_a_passage_finds_its_words(start: int, end: int) -> None:
    store = to_store(evidence_statements(source(), [TextSelector("s", start, end)], ()))
    evidence = NamedNode(f"{BASE}evidence/s.char-{start}-{end}")
    assert found_by_selectors(store, evidence, TEXT) == {TEXT[start:end]}
    assert one(store, evidence, "schema:text") == Literal(TEXT[start:end], language="nb")
    assert one(store, evidence, "oa:hasSource") == NamedNode(f"{BASE}text/s")


def test_each_passage_of_the_first_page_is_found_again(graph: Store, first_page: Path) -> None:
    text = (first_page / "corpus/dialogmoter-hosten-2014/page.txt").read_text(encoding="utf-8")
    every = {quad.subject for quad in graph.quads_for_pattern(None, iri("rdf:type"), iri("mg:Evidence"))}
    assert len(every) > 30
    for evidence in every:
        assert found_by_selectors(graph, evidence, text) == {one(graph, evidence, "schema:text").value}


def test_selectors_are_no_targets_and_their_literals_are_plain(graph: Store) -> None:
    """The vocabulary of annotations declares xsd:string for exact, prefix and suffix."""
    targets = {quad.subject for quad in graph.quads_for_pattern(None, iri("rdf:type"), iri("oa:SpecificResource"))}
    selectors = {quad.object for quad in graph.quads_for_pattern(None, iri("oa:hasSelector"), None)}
    assert targets
    assert not targets & selectors
    for name in ("oa:exact", "oa:prefix", "oa:suffix"):
        assert {quad.object.language for quad in graph.quads_for_pattern(None, iri(name), None)} == {None}


def test_a_passage_of_a_paged_document_names_its_page() -> None:
    paged = source(PAGES, page_starts=(0, 9, 28))
    assert [page_of(paged, TextSelector("s", at, at + 4)) for at in (0, 8, 9, 30)] == [
        PageSelector("s", number) for number in (1, 1, 2, 3)
    ]
    store = to_store(evidence_statements(paged, [TextSelector("s", 9, 16)], ()))
    assert one(store, NamedNode(f"{BASE}selector/s.page-2"), "rdf:value") == Literal("page=2")
    assert page_of(source(), TextSelector("s", 0, 4)) is None


@pytest.mark.parametrize(
    ("selector", "key", "fragment"),
    [
        (CellSelector("r", 7, 5), "cell-7-5", "cell=7,5"),
        (CellSelector("r", 7, 5, "Møter"), "sheet-moter-810e0311-cell-7-5", "sheet=Møter&cell=7,5"),
    ],
)
def test_a_cell_is_named_by_row_and_column(selector: CellSelector, key: str, fragment: str) -> None:
    statements = fragment_selector(iri("graph:source.r"), f"selector:r.{selector.key}", selector)
    assert selector.key == key
    assert (
        Quad(NamedNode(f"{BASE}selector/r.{key}"), iri("rdf:value"), Literal(fragment), iri("graph:source.r"))
        in statements
    )


def test_a_source_names_its_text_its_original_and_the_rights_of_both() -> None:
    known = source(original=Original("original.pdf", "application/pdf", "1" * 64), extractor="pypdfium2 5.1.0")
    store = to_store(source_statements(known, 3, 3))
    name, text = NamedNode(f"{BASE}source/s"), NamedNode(f"{BASE}text/s")
    assert one(store, name, "mg:text") == text
    assert one(store, name, "schema:sha256") == Literal("1" * 64)
    assert one(store, name, "dct:format") == NamedNode(f"{MEDIA}application/pdf")
    assert one(store, text, "schema:sha256") == Literal("0" * 64)
    assert one(store, text, "mg:extractor") == Literal("pypdfium2 5.1.0")
    rights = one(store, name, "dct:rights")
    assert one(store, text, "dct:rights") == one(store, iri("graph:source.s"), "dct:rights") == rights
    assert one(store, rights, "rdf:type") == iri("dct:RightsStatement")
    assert one(store, rights, "rdf:value") == Literal("not stated")


def test_terms_of_use_that_are_the_address_of_a_licence_are_the_licence() -> None:
    licence = "https://data.norge.no/nlod/no/2.0"
    store = to_store(source_statements(source(licence=licence), 3, 3))
    rights = one(store, NamedNode(f"{BASE}source/s"), "dct:rights")
    assert one(store, rights, "dct:license") == NamedNode(licence)
