"""Shapes: ``ontology/shapes.ttl`` over a dataset -> findings.

pySHACL and rdflib take long to import, so they are imported when something is checked: what is kept from an earlier
build was checked then.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store, Triple

from graph.common.findings import Finding, Severity
from graph.model.iris import BASE
from graph.rdf.statements import read_turtle
from graph.rdf.terms import compact, iri

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from graph.pipeline.rdflib_graph import Terms

_TYPE = iri("rdf:type")
_SEVERITIES: dict[str, Severity] = {"Warning": "warning", "Info": "question"}


class Shapes:
    """The shapes of an ontology."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = [*triples]
        # What shapes can look at: types and predicates that they name.
        self.names = {triple.object for triple in self.triples if isinstance(triple.object, NamedNode)}

    @cached_property
    def terms(self) -> "Terms":
        """The terms that graphs to be checked share with that of the shapes."""
        from graph.pipeline.rdflib_graph import shared_terms

        return shared_terms()

    @cached_property
    def graph(self) -> "Graph":
        """The shapes as pySHACL wants them."""
        from graph.pipeline.rdflib_graph import rdflib_graph

        return rdflib_graph(self.triples, self.terms)

    def visible(self, statements: Store | Iterable[Quad]) -> Iterator[Quad]:
        """Yield the statements that a shape can look at: those with predicates that shapes name, or named types.

        Copying all others would take longer than the checks.
        """
        if isinstance(statements, Store):
            for name in self.names:
                yield from statements.quads_for_pattern(None, _TYPE, name)
                if name != _TYPE:
                    yield from statements.quads_for_pattern(None, name, None)
        else:
            for quad in statements:
                if (quad.object if quad.predicate == _TYPE else quad.predicate) in self.names:
                    yield quad


def read_shapes(file: Path) -> Shapes:
    """Return the shapes of a Turtle file. Raise FindingsError where it is none."""
    return Shapes(read_turtle(file, f"ontology/{file.name}"))


def violations(statements: Store | Iterable[Quad], shapes: Shapes) -> list[Finding]:
    """Return what is wrong with the statements, whatever their graph, in words for a curator.

    A finding is as severe as its shape says by ``sh:severity``: a violation is an error, ``sh:Warning`` a warning,
    ``sh:Info`` a question.
    """
    from pyshacl import validate
    from rdflib import RDF
    from rdflib.namespace import SH

    from graph.pipeline.rdflib_graph import rdflib_graph

    # The terms of the shapes are there already; those of the data are given up with it.
    data = rdflib_graph(shapes.visible(statements), {**shapes.terms})
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
    return Finding(file_to_mend(name), 0, f"{name}: {message}{shown}", _SEVERITIES.get(severity, "error"))


def file_to_mend(name: str) -> str:
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
