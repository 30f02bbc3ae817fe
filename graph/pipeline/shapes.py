"""Shapes: ``ontology/shapes.ttl`` over a dataset -> findings.

pySHACL runs on rdflib's own memory store: on other stores it is many times slower. Both take long to import, so they
are imported when something is checked: what is kept from an earlier build was checked then.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph.common.findings import Finding, Severity
from graph.model.iris import BASE
from graph.rdf.statements import read_turtle
from graph.rdf.terms import compact, iri

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_TYPE = iri("rdf:type")
_SEVERITIES: dict[str, Severity] = {"Warning": "warning", "Info": "question"}


class Shapes:
    """The shapes of an ontology."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = [*triples]
        # What shapes can look at: types and predicates that they name.
        self.names = {triple.object for triple in self.triples if isinstance(triple.object, NamedNode)}

    @cached_property
    def graph(self) -> "Graph":
        """The shapes as pySHACL wants them."""
        return rdflib_graph(self.triples)


def read_shapes(file: Path) -> Shapes:
    """Return the shapes of a Turtle file. Raise FindingsError where it is none."""
    return Shapes(read_turtle(file, f"ontology/{file.name}"))


def violations(quads: Iterable[Quad], shapes: Shapes) -> list[Finding]:
    """Return what is wrong with the statements, whatever their graph, in words for a curator.

    A finding is as severe as its shape says by ``sh:severity``: a violation is an error, ``sh:Warning`` a warning,
    ``sh:Info`` a question.
    """
    from pyshacl import validate
    from rdflib import RDF
    from rdflib.namespace import SH

    # Statements that no shape can look at, and types that none names, are left out: copying them would take longer
    # than the checks.
    data = rdflib_graph(
        quad for quad in quads if (quad.object if quad.predicate == _TYPE else quad.predicate) in shapes.names
    )
    conforms, report, _ = validate(data, shacl_graph=shapes.graph, inplace=True)
    if conforms:
        return []
    return sorted({_finding(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)})


def _finding(report: "Graph", result: "Node") -> Finding:
    from rdflib import URIRef
    from rdflib.namespace import SH

    focus, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
    value, path = report.value(result, SH.value), report.value(result, SH.resultPath)
    severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
    name = compact(NamedNode(str(focus)))
    # A path of several steps has no name: only its value is shown.
    where = f"{_short(path)}: " if isinstance(path, URIRef) else ""
    shown = f" ({where}{_short(value)})" if value is not None and value != focus and path is not None else ""
    return Finding(_file(name), 0, f"{name}: {message}{shown}", _SEVERITIES.get(severity, "error"))


def _file(name: str) -> str:
    """Return the file in which a curator mends it."""
    kind, _, local = name.partition(":")
    page, of_page, _ = local.partition(".")
    if kind == "source":
        return f"corpus/{local}/page.yaml"
    if kind in ("claim", "evidence", "selector", "audience", "group", "utterance") or (
        of_page and kind in ("person", "organisation", "post")
    ):
        return f"corpus/{page}/claims.yaml"
    return "corpus" if kind in ("event", "series", "participation", "possible", "letter", "plan") else "registry"


def _short(node: "Node | None") -> str:
    from rdflib import URIRef

    return compact(NamedNode(str(node))) if isinstance(node, URIRef) and str(node).startswith(BASE) else str(node)


def rdflib_graph(statements: Iterable[Quad | Triple]) -> "Graph":
    """Return the same statements in rdflib, their graphs made one."""
    from rdflib import BNode, Graph, URIRef
    from rdflib import Literal as RdflibLiteral

    def rdflib_term(term: object) -> "Node":
        if isinstance(term, NamedNode):
            return URIRef(term.value)
        if isinstance(term, Literal):
            datatype = None if term.language else URIRef(term.datatype.value)
            if datatype and datatype.endswith("#string"):
                datatype = None
            return RdflibLiteral(term.value, lang=term.language, datatype=datatype)
        return BNode(getattr(term, "value", None))

    graph = Graph()
    terms: dict[object, Node] = {}
    for statement in statements:
        # A term is copied once, and taken out of its statement once: each access makes an object of it.
        triple = statement.subject, statement.predicate, statement.object
        subject, predicate, value = (terms.get(term) or terms.setdefault(term, rdflib_term(term)) for term in triple)
        graph.add((subject, predicate, value))
    return graph
