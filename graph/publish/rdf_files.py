"""Export sorted N-Quads lines as Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML: same lines, same bytes."""

from collections.abc import Callable

from pyoxigraph import RdfFormat

from graph.model.iris import prefixes_under
from graph.publish.jsonld import named_graphs_file
from graph.publish.jsonld_frames import frame
from graph.query.xml import check_xml_characters
from graph.rdf.serialize import graph_key, in_reading_order, merge_graphs, serialize_pretty, serialize_rdf
from graph.rdf.statements import parse_nquads
from graph.rdf.terms import short_name


def export_rdf(rows: list[str], format: str, base: str, framed_by: str | None = None) -> bytes:
    """Return the lines as a file of that format; a format without named graphs has the union of all graphs."""
    return _WRITERS[format](rows, base) if framed_by is None else _framed(rows, base, framed_by)


def _turtle(rows: list[str], base: str) -> bytes:
    quads = in_reading_order(parse_nquads(rows), short_name)
    return serialize_pretty(merge_graphs(quads), RdfFormat.TURTLE, prefixes_under(base))


def _trig(rows: list[str], base: str) -> bytes:
    quads = sorted(in_reading_order(parse_nquads(rows), short_name), key=graph_key)
    return serialize_pretty(quads, RdfFormat.TRIG, prefixes_under(base))


def _ntriples(rows: list[str], base: str) -> bytes:
    return _joined(sorted({f"{quad.triple} ." for quad in parse_nquads(rows)}))


def _nquads(rows: list[str], base: str) -> bytes:
    return _joined(rows)


def _joined(rows: list[str]) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def _json_ld(rows: list[str], base: str) -> bytes:
    return named_graphs_file(sorted(in_reading_order(parse_nquads(rows), short_name), key=graph_key), base)


def _framed(rows: list[str], base: str, by: str) -> bytes:
    return frame(merge_graphs(in_reading_order(parse_nquads(rows), short_name)), by, base)


def _rdf_xml(rows: list[str], base: str) -> bytes:
    quads = in_reading_order(parse_nquads(rows), short_name)
    text = serialize_rdf(merge_graphs(quads), RdfFormat.RDF_XML, prefixes_under(base)).decode()
    check_xml_characters(text)
    return f"{text.rstrip()}\n".encode()


_WRITERS: dict[str, Callable[[list[str], str], bytes]] = {
    "turtle": _turtle,
    "trig": _trig,
    "ntriples": _ntriples,
    "nquads": _nquads,
    "jsonld": _json_ld,
    "rdfxml": _rdf_xml,
}
