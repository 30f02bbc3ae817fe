"""Formats: output is read back by another reader unchanged, and is safe where people look at it."""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple
from rdflib.query import Result

from graph.model.iris import PREFIXES
from graph.query.formats import add_proof_column, serialize_results, serialize_triples
from graph.query.passages import Passage
from graph.query.questions import find_question
from graph.query.results import BooleanResult, InvalidQueryError, Table, TriplesResult
from graph.rdf.terms import iri
from graph.render.cells import Cell, TableView, render_table
from graph.render.markup import to_html, to_markdown, to_spreadsheet
from graph.render.terminal import display_width, to_terminal, wrap_text

pytestmark = pytest.mark.unit

XSD = "http://www.w3.org/2001/XMLSchema#"
THING = NamedNode("https://w3id.org/motegraf/person/joran-kallmyr")
HOSTILE = '<script>alert("x")</script> | `a` *b* [c](d) \\ & \'"\n\tæ'
TABLE = Table(
    ("thing", "thingLabel", "n", "blank"),
    [
        (THING, Literal("Jøran Kallmyr", language="nb"), Literal(-5), BlankNode("b")),
        (
            NamedNode("javascript:alert(1)"),
            Literal(HOSTILE),
            None,
            Literal("2014-10-31", datatype=NamedNode(f"{XSD}date")),
        ),
        (None, None, Literal("=1+1"), None),
    ],
)
PASSAGES = [
    [
        Passage("Ord | på <siden>.", "char=0,17", "Siden", "https://example.org/?a=1&b=2"),
        Passage("Kilden", None, "x.no", None),
    ],
    [],
    [Passage("Ord.", "char=20,24", "Siden", "javascript:alert(1)", unnamed=("who", "event"))],
]
# Surrogates are no text; what else XML cannot hold has a test of its own.
TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), max_size=20)


def term_of(term: object) -> object:
    """A term of ours as one of rdflib's."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return "blank"
    if isinstance(term, Literal):
        kind = None if term.language or term.datatype.value == f"{XSD}string" else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=kind, normalize=False)
    return None


def read(data: bytes, format: str) -> list[list[object]]:
    """Rows as rdflib reads them; a blank node has no name that lasts."""
    actual = Result.parse(io.BytesIO(data), format=format)
    assert actual.vars is not None
    return [["blank" if isinstance(row[name], rdflib.BNode) else row[name] for name in actual.vars] for row in actual]


@pytest.mark.parametrize("format", ["json", "xml"])
def test_results_are_read_back_by_rdflib(format: str) -> None:
    assert read(serialize_results(TABLE, format), format) == [[term_of(cell) for cell in row] for row in TABLE.rows]


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, st.none() | TEXT), max_size=4))
def test_any_text_survives_each_format(rows: list[tuple[str, str | None]]) -> None:
    table = Table(("a", "b"), [(Literal(a, language="nb"), None if b is None else Literal(b)) for a, b in rows])
    for format in ("json", "xml"):
        assert read(serialize_results(table, format), format) == [[term_of(cell) for cell in row] for row in table.rows]
    output = list(csv.reader(io.StringIO(serialize_results(table, "csv").decode(), newline="")))
    assert output == [["a", "b"], *([a, b or ""] for a, b in rows)]


def test_xml_replaces_and_reports_characters_it_cannot_hold() -> None:
    held, not_held = "\t\n\r\x7f\x85 \u2028\ud7ff\ue000\ufffd\U0010ffff", "\x00\x01\x08\x0b\x0c\x0e\x1f\ufffe\uffff"
    notes: list[str] = []
    output = serialize_results(Table(("a", "b"), [(Literal(held), Literal(not_held))]), "xml", notes.append)
    assert read(output, "xml") == [[rdflib.Literal(held), rdflib.Literal("\ufffd" * len(not_held))]]
    assert notes == ["XML cannot hold 9 characters of the answer, for which U+FFFD stands here; JSON holds all"]
    assert read(serialize_results(Table(("a",), [(Literal("\x00"),)]), "json"), "json") == [[rdflib.Literal("\x00")]]
    serialize_results(TABLE, "xml", notes.append)
    assert notes[1:] == []


def test_base_direction_is_kept() -> None:
    table = Table(("x",), [(Literal("x", language="ar", direction=BaseDirection.RTL),)])
    assert json.loads(serialize_results(table, "json"))["results"]["bindings"] == [
        {"x": {"type": "literal", "value": "x", "xml:lang": "ar", "its:dir": "rtl"}}
    ]
    assert serialize_results(table, "tsv") == b'?x\n"x"@ar--rtl\n'
    assert b'its:dir="rtl"' in serialize_results(table, "xml")


def test_triple_terms_are_written_where_the_format_has_them() -> None:
    inner = Triple(THING, THING, THING)
    answer = TriplesResult([Triple(THING, THING, inner), Triple(THING, THING, Literal(1))])
    with pytest.raises(
        InvalidQueryError, match=r"JSON-LD cannot say statements about statements \(RDF 1.2\); --format turtle"
    ):
        serialize_triples(answer, "jsonld", PREFIXES)
    assert b"<<( person:joran-kallmyr person:joran-kallmyr person:joran-kallmyr )>>" in serialize_triples(
        answer, "turtle", {"person": THING.value.removesuffix("joran-kallmyr")}
    )


@pytest.mark.parametrize("truth", [True, False])
def test_boolean_result_is_read_back(truth: bool) -> None:
    assert json.loads(serialize_results(BooleanResult(truth), "json")) == {"head": {}, "boolean": truth}
    assert Result.parse(io.BytesIO(serialize_results(BooleanResult(truth), "xml")), format="xml").askAnswer is truth


def test_csv_and_tsv_follow_the_w3c_formats() -> None:
    assert serialize_results(TABLE, "csv").decode() == (
        "thing,thingLabel,n,blank\r\n"
        f"{THING.value},Jøran Kallmyr,-5,_:b\r\n"
        'javascript:alert(1),"<script>alert(""x"")</script> | `a` *b* [c](d) \\ & \'""\n\tæ",,2014-10-31\r\n'
        ",,=1+1,\r\n"
    )
    assert serialize_results(TABLE, "tsv").decode() == (
        "?thing\t?thingLabel\t?n\t?blank\n"
        f'<{THING.value}>\t"Jøran Kallmyr"@nb\t-5\t_:b\n'
        '<javascript:alert(1)>\t"<script>alert(\\"x\\")</script> | `a` *b* [c](d) \\\\ & \'\\"\\n\\tæ"\t\t'
        f'"2014-10-31"^^<{XSD}date>\n'
        '\t\t"=1+1"\t\n'
    )


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_empty_table_keeps_its_columns(format: str) -> None:
    assert b"thingLabel" in serialize_results(Table(TABLE.columns, []), format)


def test_proof_is_the_last_column() -> None:
    proven = add_proof_column(TABLE, PASSAGES)
    assert proven.columns == (*TABLE.columns, "proof")
    assert [row[-1] for row in proven.rows] == [
        Literal("Ord | på <siden>. | char=0,17 | Siden | https://example.org/?a=1&b=2\nKilden | x.no"),
        Literal(""),
        Literal("Ord. | char=20,24 | Siden | javascript:alert(1) | fra sammenhengen: hvem, hvilket møte"),
    ]


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_column_of_proof_has_a_name_of_its_own(format: str) -> None:
    """Many questions have a column ``proof`` themselves; no reader takes two columns of one name."""
    proven = add_proof_column(Table(("who", "proof"), [(Literal("x"), iri("claim:y"))]), [[]])
    assert proven.columns == ("who", "proof", "proof_text")
    assert b"proof_text" in serialize_results(proven, format)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("format", "reader"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_triples_are_read_back_sorted(format: str, reader: str) -> None:
    triples = [
        Triple(THING, NamedNode("http://xmlns.com/foaf/0.1/name"), Literal(name)) for name in ("b", "a", HOSTILE)
    ]
    output = serialize_triples(TriplesResult(triples), format, PREFIXES)
    assert output == serialize_triples(TriplesResult([*triples[::-1], triples[0]]), format, PREFIXES)
    expected = {tuple(term_of(part) for part in triple) for triple in triples}
    assert set(rdflib.Graph().parse(data=output, format=reader)) == expected


def sheet(proofs: list[list[Passage]] | None = None) -> TableView:
    return render_table(TABLE, None, "nb", proofs)


def test_table_view_merges_entity_and_label() -> None:
    text_of_cell = '<script>alert("x")</script> | `a` *b* [c](d) \\ & \'"  æ'
    assert sheet().headings == ("thing", "n", "blank")
    assert sheet().rows == [
        (Cell("Jøran Kallmyr", THING.value), Cell("-5"), Cell("b")),
        (Cell(text_of_cell, "javascript:alert(1)"), Cell(""), Cell("2014-10-31")),
        (Cell(""), Cell("=1+1"), Cell("")),
    ]


def test_table_view_has_headings_in_its_language(question_home: Path) -> None:
    question = find_question(question_home / "queries", "who_was_where")
    columns = ("who", "whoLabel", "event", "eventLabel", "latest", "certainty", "part")
    row = (THING, Literal("Jøran Kallmyr"), THING, Literal("Møte"), None, Literal("possible"), THING)
    in_both = [render_table(Table(columns, [row]), question, lang) for lang in ("nb", "en")]
    assert [each.headings for each in in_both] == [
        ("hvem", "arrangement", "senest", "sikkerhet"),
        ("who", "event", "latest", "certainty"),
    ]
    assert [[cell.text for cell in each.rows[0]] for each in in_both] == [
        ["Jøran Kallmyr", "Møte", "", "mulig"],
        ["Jøran Kallmyr", "Møte", "", "possible"],
    ]


def test_control_and_bidi_characters_are_escaped() -> None:
    rendered = render_table(Table(("x",), [(Literal("a\x1b[2Jb\u202egnp\x07\u200f"),)]), None, "nb")
    assert rendered.rows == [(Cell("a\\u001b[2Jb\\u202egnp\\u0007\\u200f"),)]


def test_markdown_stays_one_table_for_any_content() -> None:
    lines = to_markdown(sheet(PASSAGES)).splitlines()
    assert lines[:3] == [
        "| thing | n | blank | belegg |",
        "| --- | --- | --- | --- |",
        "| Jøran Kallmyr | -5 | b | «Ord \\| på \\<siden\\>.» (char=0,17), Siden, <https://example.org/?a=1&b=2>"
        "<br>Kilden, fra registeret, kilde: x.no |",
    ]
    assert lines[3].startswith('| \\<script\\>alert("x")\\</script\\> \\| \\`a\\` \\*b\\* \\[c\\](d) \\\\ & ')
    assert len(lines) == 5


def cells_shown(markdown: str) -> list[str]:
    """What a reader of the table sees, cell by cell; an address is shown as a link to itself."""
    rendered = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        parts = token.children if token.type == "inline" and token.children else []
        assert {part.type for part in parts} <= {"text", "text_special", "link_open", "link_close", "html_inline"}
        assert {part.content for part in parts if part.type == "html_inline"} <= {"<br>"}
        if token.type == "inline":
            rendered.append("".join(part.content for part in parts))
    return rendered


@pytest.mark.parametrize(
    "text",
    [
        *("&lt;b&gt; &amp;amp; &#60; &#x3C;", "AT&T; R&D &copy;", "\\&lt; \\\\ \\| |", "![x](javascript:a)", "<b>"),
        *("``x` `", "**x** __x__ ~~x~~", "https://x.no/a_b_?a=1&b=2", "https://x.no/?a=1&lt;b", "https://x.no/|a\\_b"),
        *("# x", "- x", "1. x", "[^1]", "[x]: y", "&", "&;", "&#;"),
    ],
)
def test_markdown_renders_cells_unchanged(text: str) -> None:
    assert cells_shown(to_markdown(TableView("", "nb", (text,), [(Cell(text),)], []))) == [text, text]


@given(st.text("\\`*_[]()<>|~#&;!ltx:/ -", max_size=12).map(str.strip))
def test_markdown_escapes_any_markup(text: str) -> None:
    rendered = cells_shown(to_markdown(TableView("", "nb", ("a", "b"), [(Cell(f"x{text}"), Cell("y"))], [])))
    assert rendered == ["a", "b", f"x{text}", "y"]


class Page(HTMLParser):
    """The tags with their attributes, and the text of each cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if tag in ("td", "th", "caption"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th", "caption"} & set(self.open):
            self.cells[-1] += data


def test_html_is_a_document_without_active_content() -> None:
    page = Page(to_html(sheet(PASSAGES)))
    assert page.open == []
    assert ("html", {"lang": "nb"}) in page.tags
    assert [attrs for tag, attrs in page.tags if tag == "th"] == [{"scope": "col"}] * 3
    assert not {"script", "iframe", "img", "link"} & {tag for tag, _ in page.tags}
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == [THING.value, "https://example.org/?a=1&b=2"]
    assert page.cells == [
        "SPARQL",
        *("thing", "n", "blank"),
        *("Jøran Kallmyr", "-5", "b"),
        "Ord | på <siden>.Siden, char=0,17Kildenfra registeret, kilde: x.no",
        *('<script>alert("x")</script> | `a` *b* [c](d) \\ & \'"  æ', "", "2014-10-31"),
        *("", "=1+1", ""),
        "Ord.Siden, char=20,24, fra sammenhengen: hvem, hvilket møte",
    ]


def test_spreadsheet_has_no_formulas() -> None:
    output = to_spreadsheet(sheet())
    assert output.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(output.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [row[1] for row in rows] == ["n", "'-5", "", "'=1+1"]


@pytest.mark.parametrize(
    ("lang", "separator", "expected"),
    [
        ("nb", None, "tall;andel;id\r\n2;0,2500;1103.2020\r\n"),
        ("nb", ",", "tall,andel,id\r\n2,0.2500,1103.2020\r\n"),
        ("nb", "\t", "tall\tandel\tid\r\n2\t0,2500\t1103.2020\r\n"),
        ("en", None, "tall,andel,id\r\n2,0.2500,1103.2020\r\n"),
        ("en", ";", "tall;andel;id\r\n2;0,2500;1103.2020\r\n"),
        ("en", "\t", "tall\tandel\tid\r\n2\t0.2500\t1103.2020\r\n"),
    ],
)
def test_spreadsheet_has_the_separator_and_the_decimal_sign_of_its_readers(
    lang: str, separator: str | None, expected: str
) -> None:
    share = Literal("0.2500", datatype=iri("xsd:decimal"))
    table = Table(("tall", "andel", "id"), [(Literal(2), share, Literal("1103.2020"))])
    assert to_spreadsheet(render_table(table, None, lang), separator) == f"\ufeff{expected}"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r\n=", "  @", "\t"])
def test_formula_like_cells_get_an_apostrophe(begins: str) -> None:
    rows = [[Cell(f"{begins}1")]]
    output = to_spreadsheet(TableView("", "nb", ["x"], rows, None)).removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(output.partition("\r\n")[2], newline=""))) == [f"'{begins}1"]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 132, 300])
@pytest.mark.parametrize("proofs", [None, PASSAGES])
def test_terminal_lines_fit_the_width(width: int, proofs: list[list[Passage]] | None) -> None:
    wide = render_table(
        Table(TABLE.columns, [*TABLE.rows, (None, Literal("漢字かな" * 20), Literal("x" * 90), None)]), None, "nb"
    )
    lines = list(
        to_terminal(TableView(wide.title, "nb", wide.headings, wide.rows, [*proofs, []] if proofs else []), width)
    )
    addresses = {passage.url for passages in PASSAGES for passage in passages}
    assert [line for line in lines if display_width(line) > width and line.strip() not in addresses] == []


def test_terminal_columns_are_side_by_side_where_they_fit() -> None:
    people = TableView(
        "", "nb", ("hvem", "hvor"), [(Cell("Jøran Kallmyr"), Cell("Ålesund")), (Cell("林 Lín"), Cell("Å\u030a"))], []
    )
    assert list(to_terminal(people, 80)) == [
        "hvem           hvor",
        "──────────────────────",
        "Jøran Kallmyr  Ålesund",
        "林 Lín         Å\u030a",
    ]


def test_terminal_cells_are_wrapped() -> None:
    people = TableView(
        "", "nb", ("hvem", "hvor"), [(Cell("Jøran Kallmyr"), Cell("Ålesund")), (Cell("Laila"), Cell(""))], []
    )
    assert list(to_terminal(people, 20)) == [
        "hvem         hvor",
        "────────────────────",
        "Jøran        Ålesund",
        "Kallmyr",
        "",
        "Laila",
    ]


def test_terminal_rows_become_records_on_narrow_screens() -> None:
    many = TableView(
        "", "en", tuple("abcdefgh"), [tuple(Cell(f"value{n}") for n in range(8)), (*[Cell("")] * 7, Cell("x"))], []
    )
    assert list(to_terminal(many, 30)) == [*(f"{name}  value{n}" for n, name in enumerate("abcdefgh")), "", "h  x"]


def test_terminal_proof_is_under_its_row() -> None:
    assert list(to_terminal(TableView("", "en", ("n",), [(Cell("1"),), (Cell("2"),)], PASSAGES[:2]), 40)) == [
        "n",
        "─",
        "1",
        "  “Ord | på <siden>.” (char=0,17)",
        "  Siden",
        "  https://example.org/?a=1&b=2",
        "  Kilden",
        "  from the registry, source: x.no",
        "",
        "2",
    ]


def test_note_stands_under_the_table_of_people_and_in_no_data() -> None:
    view = TableView("", "en", ("n",), [(Cell("1"),)], [], "“Met” <here> is at the same event.")
    bare = TableView("", "en", ("n",), [(Cell("1"),)], [])
    assert list(to_terminal(view, 20)) == [*to_terminal(bare, 20), "", "“Met” <here> is at", "the same event."]
    assert to_markdown(view) == f"{to_markdown(bare)}\n“Met” \\<here\\> is at the same event.\n"
    assert cells_shown(to_markdown(view)) == ["n", "1", view.note]
    assert "</table>\n<p>“Met” &lt;here&gt; is at the same event.</p>" in to_html(view)
    assert to_spreadsheet(view) == to_spreadsheet(bare)


def test_colours_do_not_change_the_text() -> None:
    plain, coloured = (list(to_terminal(sheet(PASSAGES), 80, colour)) for colour in (False, True))
    assert [line.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") for line in coloured] == plain
    assert coloured[0] == f"\x1b[1m{plain[0]}\x1b[0m"


@given(st.text(), st.integers(2, 40))
def test_wrapping_keeps_every_character(text: str, width: int) -> None:
    lines = wrap_text(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in lines)
