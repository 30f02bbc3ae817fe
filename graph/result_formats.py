"""Answers as files for programs: the results formats of the W3C, and Turtle and JSON-LD of statements.

JSON is written here, the others are made of it by pyoxigraph.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, parse_query_results

from graph.answers import Statements, Table, Term, Truth

if TYPE_CHECKING:
    # Here, not above: a worker of the server writes answers, and asks no questions.
    from graph.ask import Passage

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
    "json": QueryResultsFormat.JSON,
}


def results(answer: Table | Truth, format: str) -> bytes:
    """SPARQL 1.1 Query Results CSV, TSV, JSON or SPARQL Query Results XML."""
    if isinstance(answer, Truth):
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
    return written if written.endswith(b"\n") else written + b"\n"


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def with_proof(table: Table, proofs: "Sequence[Sequence[Passage]]") -> Table:
    """The table with a last column ``proof``: for each row its passages, one a line, as JSON has no place for them."""
    cells = [Literal("\n".join(" | ".join(filter(None, _said(each))) for each in passages)) for passages in proofs]
    rows: list[tuple[Term | None, ...]] = [(*row, cell) for row, cell in zip(table.rows, cells, strict=True)]
    return Table((*table.columns, "proof"), rows)


def _said(passage: "Passage") -> tuple[str, str | None, str, str | None]:
    return passage.words, passage.place, passage.source, passage.address


def statements(answer: Statements, format: str, prefixes: Mapping[str, str]) -> bytes:
    """Turtle or JSON-LD, each statement once, sorted: the same for every order they came in."""
    from graph.publish import pretty, serialized

    triples = sorted(set(answer.triples), key=str)
    if format == "jsonld":
        return serialized(triples, RdfFormat.JSON_LD) + b"\n"
    return pretty(triples, RdfFormat.TURTLE, dict(prefixes))
