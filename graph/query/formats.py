"""Serialize results: the result formats of the W3C; triples as Turtle, JSON-LD, N-Triples and RDF/XML.

JSON is written here; pyoxigraph makes the other result formats of it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse_query_results

from graph.common.text import NOT_IN_XML, pluralize
from graph.model.labels import interface_language
from graph.query.results import BooleanResult, InvalidQueryError, Table, Term, TriplesResult
from graph.query.xml import check_xml_characters

if TYPE_CHECKING:
    # For types only: a worker of the server serializes results, and needs no questions.
    from graph.query.passages import Passage

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
    "json": QueryResultsFormat.JSON,
}
_RDF_FORMATS = {"ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}


def serialize_results(
    result: Table | BooleanResult, format: str, notify: Callable[[str], None] = lambda _: None
) -> bytes:
    """Return a result as SPARQL 1.1 Query Results CSV, TSV or JSON, or SPARQL Query Results XML.

    In XML, U+FFFD stands for a character that XML cannot hold; ``notify`` is then called with a sentence about it.
    """
    if isinstance(result, BooleanResult):
        document: dict[str, Any] = {"head": {}, "boolean": result.value}
    else:
        rows = [
            {name: _json(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
            for row in result.rows
        ]
        document = {"head": {"vars": result.columns}, "results": {"bindings": rows}}
    data = json.dumps(document, ensure_ascii=False).encode()
    output = (
        data
        if format == "json"
        else parse_query_results(data, QueryResultsFormat.JSON).serialize(format=_FORMATS[format])
    )
    assert output is not None
    if format == "xml":
        output = _well_formed(output.decode(), notify)
    return output if output.endswith(b"\n") else output + b"\n"


def _well_formed(xml: str, notify: Callable[[str], None]) -> bytes:
    """Return the XML as every parser reads it, also a parser for which a carriage return does not end a line."""
    xml, count = NOT_IN_XML.subn("\ufffd", xml)
    if count:
        characters = pluralize(count, "character")
        notify(f"XML cannot hold {characters} of the answer, for which U+FFFD stands here; JSON holds all")
    return xml.replace("\r", "&#13;").encode()


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        # SPARQL 1.2 says the direction of a text too.
        direction = {"its:dir": term.direction.value} if term.direction else {}
        return {"type": "literal", "value": term.value, "xml:lang": term.language} | direction
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def add_proof_column(table: Table, proofs: "Sequence[Sequence[Passage]]", lang: str = "nb") -> Table:
    """Return the table with a last column, the passages of each row, one a line.

    It is ``proof`` or, where the table has a column of that name already, ``proof_text``. What a passage leaves to its
    context is in the language nearest to ``lang``.
    """
    lang = interface_language(lang)
    cells = [
        Literal("\n".join(" | ".join(filter(None, _passage_fields(each, lang))) for each in passages))
        for passages in proofs
    ]
    rows: list[tuple[Term | None, ...]] = [(*row, cell) for row, cell in zip(table.rows, cells, strict=True)]
    return Table((*table.columns, "proof_text" if "proof" in table.columns else "proof"), rows)


def _passage_fields(passage: "Passage", lang: str) -> tuple[str, str | None, str, str | None, str]:
    # Here, not above: most answers have no proof.
    from graph.query.passages import context_words
    from graph.query.row_words import row_line, row_place

    if passage.row:
        return row_line(passage.row, lang), row_place(passage.row), passage.source, passage.url, ""
    return passage.text, passage.position, passage.source, passage.url, context_words(passage, lang)


def serialize_triples(result: TriplesResult, format: str, prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle, JSON-LD, N-Triples or RDF/XML, each once, sorted, so that equal sets give equal bytes.

    Raise InvalidQueryError where JSON-LD cannot hold them, QueryError where RDF/XML cannot.
    """
    from graph.rdf.serialize import serialize_pretty, serialize_rdf

    triples = sorted(set(result.triples), key=str)
    if format == "jsonld":
        if any(isinstance(triple.object, Triple) for triple in triples):
            raise InvalidQueryError("JSON-LD cannot say statements about statements (RDF 1.2); --format turtle can")
        return serialize_rdf(triples, RdfFormat.JSON_LD) + b"\n"
    if format in _RDF_FORMATS:
        output = serialize_rdf(triples, _RDF_FORMATS[format], dict(prefixes))
        if format == "rdfxml":
            check_xml_characters(output.decode())
        return output
    return serialize_pretty(triples, RdfFormat.TURTLE, dict(prefixes))
