"""Answers as files for programs: the results formats of the W3C; statements as Turtle, JSON-LD, N-Triples and RDF/XML.

JSON is written here, the others are made of it by pyoxigraph.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse_query_results

from graph.common.text import pluralize
from graph.query.results import BooleanResult, InvalidQueryError, Table, Term, TriplesResult
from graph.query.xml import NOT_IN_XML, check_xml_characters

if TYPE_CHECKING:
    # Here, not above: a worker of the server writes answers, and asks no questions.
    from graph.query.ask import Passage

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
    "json": QueryResultsFormat.JSON,
}
_RDF_FORMATS = {"ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}


def serialize_results(answer: Table | BooleanResult, format: str, say: Callable[[str], None] = lambda _: None) -> bytes:
    """SPARQL 1.1 Query Results CSV, TSV, JSON or SPARQL Query Results XML.

    U+FFFD stands for a character that XML cannot hold; ``say`` is told where there are any.
    """
    if isinstance(answer, BooleanResult):
        whole: dict[str, Any] = {"head": {}, "boolean": answer.value}
    else:
        rows = [
            {name: _json(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
        ]
        whole = {"head": {"vars": answer.columns}, "results": {"bindings": rows}}
    data = json.dumps(whole, ensure_ascii=False).encode()
    written = (
        data
        if format == "json"
        else parse_query_results(data, QueryResultsFormat.JSON).serialize(format=_FORMATS[format])
    )
    assert written is not None
    if format == "xml":
        written = _well_formed(written.decode(), say)
    return written if written.endswith(b"\n") else written + b"\n"


def _well_formed(xml: str, say: Callable[[str], None]) -> bytes:
    """The document as every reader of XML takes it: one for which a return is not the end of a line, too."""
    xml, count = NOT_IN_XML.subn("\ufffd", xml)
    if count:
        characters = pluralize(count, "character")
        say(f"XML cannot hold {characters} of the answer, for which U+FFFD stands here; JSON holds all")
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


def add_proof_column(table: Table, proofs: "Sequence[Sequence[Passage]]") -> Table:
    """The table with a last column ``proof``: for each row its passages, one a line, as JSON has no place for them."""
    cells = [
        Literal("\n".join(" | ".join(filter(None, _passage_fields(each))) for each in passages)) for passages in proofs
    ]
    rows: list[tuple[Term | None, ...]] = [(*row, cell) for row, cell in zip(table.rows, cells, strict=True)]
    return Table((*table.columns, "proof"), rows)


def _passage_fields(passage: "Passage") -> tuple[str, str | None, str, str | None]:
    return passage.words, passage.place, passage.source, passage.address


def serialize_triples(answer: TriplesResult, format: str, prefixes: Mapping[str, str]) -> bytes:
    """Turtle, JSON-LD, N-Triples or RDF/XML, each statement once, sorted: the same for every order they came in.

    Misasked where JSON-LD cannot say them, Unanswered where RDF/XML cannot.
    """
    from graph.rdf.serialize import serialize_pretty, serialize_rdf

    triples = sorted(set(answer.triples), key=str)
    if format == "jsonld":
        if any(isinstance(triple.object, Triple) for triple in triples):
            raise InvalidQueryError("JSON-LD cannot say statements about statements (RDF 1.2); --format turtle can")
        return serialize_rdf(triples, RdfFormat.JSON_LD) + b"\n"
    if format in _RDF_FORMATS:
        written = serialize_rdf(triples, _RDF_FORMATS[format], dict(prefixes))
        if format == "rdfxml":
            check_xml_characters(written.decode())
        return written
    return serialize_pretty(triples, RdfFormat.TURTLE, dict(prefixes))
