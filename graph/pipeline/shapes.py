"""Checks: ``ontology/shapes.ttl`` over a dataset -> findings. Findings stop the build.

pySHACL runs on rdflib's own memory store: on other stores it is many times slower.
"""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple
from pyshacl import validate
from rdflib import RDF, Graph, URIRef
from rdflib import BNode as RdflibBlank
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import SH
from rdflib.term import Node

from graph.common.findings import Finding
from graph.model.iris import BASE
from graph.rdf.statements import read_turtle
from graph.rdf.terms import compact, iri

_TYPE = iri("rdf:type")


def read_shapes(file: Path) -> Graph:
    """The shapes as pySHACL wants them."""
    return rdflib_graph(read_turtle(file, f"ontology/{file.name}"))


def violations(quads: Iterable[Quad], shapes: Graph) -> list[Finding]:
    """What is wrong with the statements, whatever their graph, in words for a curator."""
    # Statements that no shape can look at, and types that none names, are left out: copying them would take longer
    # than the checks.
    looked_at = {NamedNode(term) for term in shapes.objects() if isinstance(term, URIRef)}
    data = rdflib_graph(
        quad for quad in quads if (quad.object if quad.predicate == _TYPE else quad.predicate) in looked_at
    )
    conforms, report, _ = validate(data, shacl_graph=shapes, inplace=True)
    return (
        []
        if conforms
        else sorted({_finding(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)})
    )


def _finding(report: Graph, result: Node) -> Finding:
    focus, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
    value, path = report.value(result, SH.value), report.value(result, SH.resultPath)
    name = compact(NamedNode(str(focus)))
    shown = f" ({_short(path)}: {_short(value)})" if value is not None and value != focus and path is not None else ""
    return Finding(_file(name), 0, f"{name}: {message}{shown}")


def _file(name: str) -> str:
    """The file in which a curator mends it."""
    kind, _, local = name.partition(":")
    if kind in ("claim", "evidence", "selector"):
        return f"corpus/{local.partition('.')[0]}/claims.yaml"
    return (
        "corpus"
        if kind in ("event", "series", "participation", "possible", "letter", "plan", "utterance")
        else "registry"
    )


def _short(node: Node | None) -> str:
    return compact(NamedNode(str(node))) if isinstance(node, URIRef) and str(node).startswith(BASE) else str(node)


def rdflib_graph(statements: Iterable[Quad | Triple]) -> Graph:
    """The same statements in rdflib, their graphs made one."""
    graph = Graph()
    terms: dict[object, Node] = {}
    for statement in statements:
        triple = [statement.subject, statement.predicate, statement.object]
        for term in triple:
            if term not in terms:
                terms[term] = _rdflib_term(term)
        graph.add((terms[triple[0]], terms[triple[1]], terms[triple[2]]))
    return graph


def _rdflib_term(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal):
        datatype = None if term.language else URIRef(term.datatype.value)
        if datatype and datatype.endswith("#string"):
            datatype = None
        return RdflibLiteral(term.value, lang=term.language, datatype=datatype)
    return RdflibBlank(getattr(term, "value", None))
