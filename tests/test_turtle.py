"""Turtle of compact names: the bytes that pyoxigraph writes of the same statements."""

import re
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph import HOME
from graph.model.iris import PREFIXES
from graph.rdf.serialize import serialize_pretty
from graph.rdf.statements import Statement, statements_about, to_quads
from graph.rdf.terms import date_literal, iri, lang_literal
from graph.rdf.turtle import serialize_turtle
from graph.registry.load import read_registry
from graph.registry.rdf import area_statements

pytestmark = pytest.mark.unit

ODD = 'en "to" \\ tre\nfire\tfem \r \x07 æøå đ 😀 . ; , @nb ^^x <y>'


def by_pyoxigraph(statements: list[Statement]) -> bytes:
    """The same statements as pyoxigraph writes them, but for prefixes that are not used and for empty lines."""
    triples = [quad.triple for quad in to_quads(statements, iri("graph:registry"))]
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None
    body = re.sub(rb"@prefix .*\n", b"", written)
    return body.rstrip(b"\n").replace(b" .\n", b" .\n\n") + b"\n"


def without_prefixes(written: bytes) -> bytes:
    return written.partition(b"\n\n")[2]


def test_areas_serialize_as_pyoxigraph_serializes_them() -> None:
    statements = list(area_statements(read_registry(HOME / "registry")))
    assert without_prefixes(serialize_turtle(statements, PREFIXES)) == by_pyoxigraph(statements)


def test_special_characters_serialize_as_pyoxigraph_serializes_them() -> None:
    statements = [
        *statements_about(
            "fylke:01",
            *(("rdf:type", "cv:AdminUnit"), ("rdf:type", "dct:Location"), ("rdfs:label", lang_literal(ODD, "se"))),
            *(("dct:source", Literal(ODD)), ("dct:source", Literal("")), ("mg:validFrom", None)),
            *(
                ("mg:validThrough", date_literal(date(2014, 10, 17))),
                ("schema:url", NamedNode("https://example.org/a?b=%C3%A6#c")),
            ),
        ),
        *statements_about("fylke:02", ("dct:isReplacedBy", "fylke:30"), ("dct:isReplacedBy", "fylke:31")),
    ]
    assert without_prefixes(serialize_turtle(statements, PREFIXES)) == by_pyoxigraph(statements)


def test_unused_prefixes_and_duplicate_statements_are_left_out() -> None:
    statements = [
        *statements_about(
            "fylke:01",
            ("rdf:type", "cv:AdminUnit"),
            ("mg:validThrough", date_literal(date(2014, 10, 17))),
            ("mg:validThrough", date_literal(date(2014, 10, 17))),
        ),
        *statements_about("fylke:01", ("dct:source", Literal("oa:x"))),
    ]
    assert serialize_turtle(statements, {**PREFIXES, "fylke": "https://example.org/fylke/"}).decode() == (
        "@prefix cv: <http://data.europa.eu/m8g/> .\n"
        "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix fylke: <https://example.org/fylke/> .\n"
        "@prefix mg: <https://w3id.org/motegraf/ontology#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n"
        "fylke:01 a cv:AdminUnit ;\n"
        '\tmg:validThrough "2014-10-17"^^xsd:date ;\n'
        '\tdct:source "oa:x" .\n'
    )


@pytest.mark.parametrize("name", ["fylke:a b", "fylke:-", "fylke:", "nothing:01", "fylke:01> <x"])
def test_invalid_compact_name_raises_value_error(name: str) -> None:
    with pytest.raises(ValueError, match="not a compact name"):
        serialize_turtle(statements_about("fylke:01", ("dct:isReplacedBy", name)), PREFIXES)


@pytest.mark.parametrize("name", ["", "_x", "-x", "åx", "a/b", "a%20b", "1.", "~x"])
def test_whatever_name_a_term_has_its_prefix_is_declared(name: str) -> None:
    vocabulary, datatype = (NamedNode(PREFIXES[prefix] + name) for prefix in ("schema", "xsd"))
    subject = NamedNode("https://example.org/a")
    triples = [
        Triple(subject, NamedNode("http://rdfs.org/ns/void#vocabulary"), vocabulary),
        Triple(subject, NamedNode("http://rdfs.org/ns/void#uriSpace"), Literal("x", datatype=datatype)),
    ]
    written = serialize_pretty(triples, RdfFormat.TURTLE, PREFIXES)
    assert set(parse(written, format=RdfFormat.TURTLE)) == {Quad(*triple) for triple in triples}
