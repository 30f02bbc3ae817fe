"""Shapes compiled: what ``ontology/shapes.ttl`` says, as records that checks in Python are made from.

Terms are as N-Quads writes them. What this program cannot check is refused, so that no shape is passed over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, Triple

from graph.common.findings import Severity
from graph.rdf.terms import iri

_SEVERITIES: dict[str, Severity] = {str(iri("sh:Warning")): "warning", str(iri("sh:Info")): "question"}
_FIRST, _REST, _NIL = (str(iri(f"rdf:{name}")) for name in ("first", "rest", "nil"))
# Predicates of a shape that are no constraint, or that are read apart.
_OTHER = {
    str(iri(name))
    for name in ("rdf:type", "sh:message", "sh:severity", "sh:targetClass", "sh:targetSubjectsOf", "sh:path", "sh:or")
}
_CONSTRAINTS = {
    str(iri(f"sh:{name}")): name
    for name in (
        "class",
        "datatype",
        "disjoint",
        "hasValue",
        "lessThanOrEquals",
        "maxCount",
        "minCount",
        "minInclusive",
        "nodeKind",
        "uniqueLang",
    )
}
_STEPS = {str(iri(f"sh:{name}Path")): name for name in ("alternative", "inverse", "oneOrMore")}


@dataclass(frozen=True, slots=True)
class Path:
    """A path: ``kind`` is predicate, sequence, alternative, inverse or oneOrMore."""

    kind: str
    predicate: str = ""
    steps: tuple["Path", ...] = ()

    @property
    def predicates(self) -> tuple[str, ...] | None:
        """Return the predicates of one step forward, any of which may be taken; None for every other path."""
        if self.kind == "predicate":
            return (self.predicate,)
        if self.kind == "alternative" and all(step.kind == "predicate" for step in self.steps):
            return tuple(step.predicate for step in self.steps)
        return None


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: whom it is about, what of them it looks at, and what must hold of that.

    ``constraints`` are names and values of SHACL. Of ``alternatives`` (``sh:or``) one must hold.
    """

    message: str
    severity: Severity
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    path: Path | None
    constraints: tuple[tuple[str, str], ...]
    alternatives: tuple["Shape", ...] = ()


def compile_shapes(triples: Iterable[Triple]) -> list[Shape]:
    """Return the shapes that have a target. Raise ValueError for what cannot be checked."""
    return _Compiler(triples).shapes()


class _Compiler:
    """The triples of shapes by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.about: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self.about[str(triple.subject)][str(triple.predicate)].append(triple.object)

    def shapes(self) -> list[Shape]:
        kinds = {str(iri("sh:PropertyShape")), str(iri("sh:NodeShape"))}
        types = str(iri("rdf:type"))
        named = sorted(name for name, about in self.about.items() if kinds & {*map(str, about.get(types, ()))})
        return [self.shape(name) for name in named]

    def shape(self, name: str) -> Shape:
        about = self.about[name]
        unknown = about.keys() - _CONSTRAINTS.keys() - _OTHER
        if unknown:
            raise ValueError(f"{name} has {', '.join(sorted(unknown))}, which is not checked here")

        def values(predicate: str) -> list[Any]:
            return about.get(str(iri(f"sh:{predicate}")), [])

        messages = [message.value for message in values("message") if isinstance(message, Literal)]
        severity: Severity = next(
            (_SEVERITIES[str(each)] for each in values("severity") if str(each) in _SEVERITIES), "error"
        )
        paths = values("path")
        constraints = (
            (_CONSTRAINTS[predicate], _constant(value))
            for predicate, objects in about.items()
            if predicate in _CONSTRAINTS
            for value in objects
        )
        return Shape(
            message=messages[0] if messages else "",
            severity=severity,
            classes=tuple(sorted(map(str, values("targetClass")))),
            subjects_of=tuple(sorted(map(str, values("targetSubjectsOf")))),
            path=self.path(str(paths[0])) if paths else None,
            constraints=tuple(sorted(constraints)),
            alternatives=tuple(self.shape(each) for listed in values("or") for each in self.items(str(listed))),
        )

    def path(self, node: str) -> Path:
        about = self.about.get(node)
        if not about:
            return Path("predicate", node)
        if _FIRST in about:
            return Path("sequence", steps=tuple(map(self.path, self.items(node))))
        ((step, objects),) = about.items()
        target = str(objects[0])
        if step not in _STEPS:
            raise ValueError(f"a path has {step}, which is not followed here")
        if _STEPS[step] == "alternative":
            return Path("alternative", steps=tuple(map(self.path, self.items(target))))
        return Path(_STEPS[step], steps=(self.path(target),))

    def items(self, node: str) -> Iterator[str]:
        """Yield the items of an RDF list."""
        while node != _NIL:
            yield str(self.about[node][_FIRST][0])
            node = str(self.about[node][_REST][0])


def _constant(value: Any) -> str:
    """Return the value of a constraint: a number or a truth value as it is written, any other term as N-Quads has it.

    ``sh:hasValue`` needs a term, and has an IRI in all shapes.
    """
    return value.value if isinstance(value, Literal) else str(value)
