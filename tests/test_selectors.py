"""Places in sources of any kind: their names, order and words, in RDF and back, in proofs and the interactive page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.claims.source_rdf import cell_statements, evidence_name, evidence_statements
from graph.explorer.data.chunks import encoded_passage as packed
from graph.explorer.data.sources import claims
from graph.model.iris import PREFIXES
from graph.model.labels import Label, LanguageMap
from graph.model.sources import (
    CellSelector,
    PageSelector,
    PointerSelector,
    Selector,
    Source,
    SourceKind,
    TextSelector,
    page_of,
    parse_fragment,
)
from graph.query.passages import Passage, sorted_passages
from graph.query.proof import passages_by_entity
from graph.query.results import QueryResult, read_result
from graph.rdf.statements import quads_about
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

SOURCE = Source(
    id="kalender",
    kind=SourceKind.REGISTER,
    url="https://example.org/kalender.csv",
    title="Kalender",
    language="nb",
    publisher="norges-regjering",
    published_earliest=date(2024, 1, 1),
    published_latest=date(2024, 1, 1),
    publication_basis=LanguageMap({"nb": "oppgitt"}),
    retrieved_earliest=None,
    retrieval_basis=None,
    licence="written for a test",
    sha256="0" * 64,
    text="Møte i Oslo. Møte i Bergen.",
    page_starts=(0, 13),
)
SELECTORS: list[tuple[Selector | PageSelector, str, str, Label]] = [
    (TextSelector("kalender", 13, 26), "char-13-26", "char=13,26", Label("tegn 13–26", "characters 13–26")),
    (CellSelector("kalender", 7, 5), "cell-7-5", "cell=7,5", Label("rad 7, kolonne 5", "row 7, column 5")),
    (
        CellSelector("kalender", 7, 5, "Møter"),
        "sheet-moter-810e0311-cell-7-5",
        "sheet=Møter&cell=7,5",
        Label("ark «Møter», rad 7, kolonne 5", "sheet “Møter”, row 7, column 5"),
    ),
    (
        PointerSelector("kalender", "/items/6/moetedato"),
        "pointer-items-6-moetedato-5bad77b7",
        "#/items/6/moetedato",
        Label("verdi /items/6/moetedato", "value /items/6/moetedato"),
    ),
    (PageSelector("kalender", 3), "page-3", "page=3", Label("side 3", "page 3")),
]


@pytest.mark.parametrize(("selector", "key", "fragment", "label"), SELECTORS)
def test_a_selector_has_a_name_a_fragment_and_words(
    selector: Selector | PageSelector, key: str, fragment: str, label: Label
) -> None:
    assert (selector.key, selector.fragment, selector.label) == (key, fragment, label)
    assert parse_fragment("kalender", fragment) == selector


@pytest.mark.parametrize("sheet", ["a&b=c", "50 % ja", "#1", "cell=1,2", "Ark 1/2", "会議", "a%26b", "(Vår) 2.0"])
def test_a_sheet_of_any_name_is_found_again(sheet: str) -> None:
    selector = CellSelector("kalender", 2, 3, sheet)
    assert parse_fragment("kalender", selector.fragment) == selector
    NamedNode(f"https://example.org/{selector.key}")
    assert set(selector.key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize("pointer", ["", "/", "/items/0/møte sted", "/a~1b/~0/%2F", '/#/"{}"', "/會/0", "/a b|^`"])
def test_a_value_of_any_name_is_found_again(pointer: str) -> None:
    selector = PointerSelector("kalender", pointer)
    assert parse_fragment("kalender", selector.fragment) == selector
    NamedNode(f"https://example.org/{selector.fragment}")
    NamedNode(f"https://example.org/{selector.key}")
    assert set(selector.key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_values_have_names_of_their_own_and_the_order_of_the_items() -> None:
    pointers = ["/more/1/a", "/items/10/parts/11/b", "/items/10/parts/2/b", "/items/10/a", "/items/2/a"]
    selectors = [PointerSelector("kalender", each) for each in pointers]
    assert [each.pointer for each in sorted(selectors, key=lambda each: each.order)] == [*reversed(pointers)]
    assert [each.position for each in selectors] == [1, 10, 10, 10, 2]
    assert len({PointerSelector("kalender", each).key for each in ("/a/b", "/a-b", "/A/b", "/a//b", "")}) == 5


def test_sheets_of_like_names_have_evidence_of_their_own() -> None:
    names = {CellSelector("kalender", 1, 1, sheet).key for sheet in ("Møter", "moter", "Moter!", "会議", "会", None)}
    assert len(names) == 6


@pytest.mark.parametrize(
    "fragment", ["", "char=1", "char=,5", "cell=7", "cell=7,5-8,6", "row=7", "line=1,2", "char=１,2", "sheet=&cell=1,1"]
)
def test_other_fragments_are_no_selector(fragment: str) -> None:
    assert parse_fragment("kalender", fragment) is None


@pytest.mark.parametrize("fragment", ["/items/1", "#items", "#/a~2", "#/a#/b"])
def test_other_fragments_are_no_pointer(fragment: str) -> None:
    assert parse_fragment("kalender", fragment) is None


def test_places_are_in_the_order_of_reading() -> None:
    texts = [TextSelector("a", 100, 110), TextSelector("a", 9, 30), TextSelector("a", 9, 12)]
    assert sorted(texts, key=lambda each: each.order) == [texts[2], texts[1], texts[0]]
    cells = [CellSelector("a", 10, 1), CellSelector("a", 9, 10), CellSelector("a", 9, 2), CellSelector("a", 1, 1, "B")]
    assert sorted(cells, key=lambda each: each.order) == [cells[2], cells[1], cells[0], cells[3]]
    assert page_of(SOURCE, TextSelector("kalender", 13, 26)) == PageSelector("kalender", 2)


def test_proof_is_in_the_order_of_reading() -> None:
    def passage(position: str | None, text: str = "") -> Passage:
        return Passage(text, position, "Kalender", None)

    ordered = [
        *map(passage, ("cell=9,2", "cell=9,10", "char=9,30", "cell=10,1", "char=100,110")),
        *map(passage, ("sheet=A&cell=2,1", "sheet=A&cell=10,1", "sheet=B&cell=1,1", "row=3")),
        passage(None, "the registry"),
    ]
    assert sorted_passages(reversed(ordered)) == ordered


def node(name: str) -> NamedNode:
    return iri(name)


@pytest.fixture
def store() -> Store:
    """Return a store with two claims: one of cells of a register, one of words of a page."""
    cells = {CellSelector("kalender", 10, 2): "Stortinget", CellSelector("kalender", 9, 10): "2024-01-31"}
    words = [TextSelector("kalender", 13, 26)]
    store = Store()
    store.extend(cell_statements(SOURCE, cells))
    store.extend(evidence_statements(SOURCE, words, []))
    graph = iri("graph:source.kalender")
    for claim, selectors in (("claim:kalender.rows", [*cells]), ("claim:kalender.words", words)):
        store.extend(_claim(graph, claim, selectors))
    store.extend(
        quads_about(
            graph,
            "source:kalender",
            ("rdfs:label", Literal("Kalender", language="nb")),
            ("schema:url", NamedNode(SOURCE.url)),
        )
    )
    return store


def _claim(graph: NamedNode, claim: str, selectors: Iterable[Selector]) -> list[Quad]:
    return quads_about(
        graph,
        claim,
        ("rdf:type", "mg:Claim"),
        ("prov:hadPrimarySource", "source:kalender"),
        *(("mg:evidence", evidence_name(each)) for each in selectors),
        *(("mg:keyEvidence", evidence_name(each)) for each in selectors),
    )


def run_on(store: Store) -> Any:
    def run(query: str) -> QueryResult:
        return read_result(store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True))

    return run


def test_a_cell_is_evidence_in_rdf_and_found_again(store: Store) -> None:
    evidence = node("evidence:kalender.cell-10-2")
    values = {
        quad.predicate.value.rpartition("#")[2].rpartition("/")[2]: quad.object
        for quad in store.quads_for_pattern(evidence, None, None, None)
        if quad.predicate != iri("rdf:type")
    }
    assert values["text"] == Literal("Stortinget", language="nb")
    assert values["position"] == Literal(10)
    assert parse_fragment("kalender", values["value"].value) == CellSelector("kalender", 10, 2)
    selectors = [quad.object for quad in store.quads_for_pattern(evidence, iri("oa:hasSelector"), None, None)]
    assert selectors == [node("selector:kalender.cell-10-2")]
    stated = {quad.predicate: quad.object for quad in store.quads_for_pattern(selectors[0], None, None, None)}
    assert stated[iri("dct:conformsTo")] == NamedNode("http://tools.ietf.org/rfc/rfc7111")
    assert stated[iri("rdf:value")] == Literal("cell=10,2")


def test_cells_prove_a_row_in_the_order_of_the_table(store: Store) -> None:
    proof = passages_by_entity([node("claim:kalender.rows")], run_on(store))
    assert [(each.text, each.position) for each in proof[node("claim:kalender.rows")]] == [
        ("2024-01-31", "cell=9,10"),
        ("Stortinget", "cell=10,2"),
    ]


def test_the_interactive_page_has_cells_with_their_places(store: Store) -> None:
    by_name = claims(run_on(store), {})
    assert by_name["claim:kalender.rows"]["keyEvidence"] == [
        {
            "start": 9,
            "end": 10,
            "words": "2024-01-31",
            "place": {"nb": "rad 9, kolonne 10", "en": "row 9, column 10"},
        },
        {"start": 10, "end": 2, "words": "Stortinget", "place": {"nb": "rad 10, kolonne 2", "en": "row 10, column 2"}},
    ]
    assert by_name["claim:kalender.words"]["keyEvidence"] == [{"start": 13, "end": 26, "words": "Møte i Bergen"}]
    row, words = (by_name[f"claim:kalender.{name}"]["keyEvidence"][0] for name in ("rows", "words"))
    assert packed(row, SOURCE.text) == [9, 10, "2024-01-31", row["place"]]
    assert packed(words, SOURCE.text) == [13, 26]
