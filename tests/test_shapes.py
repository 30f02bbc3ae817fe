"""Shapes: each finds its smallest violations and says so in words for a curator; the real build violates none.

``tests/shapes/<shape>.ttl`` holds what violates that shape and no other. Each node that must be found says in
``rdfs:comment`` what is wrong with it.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from conftest import load_store
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import RDF, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import SH

from graph import HOME
from graph.model.iris import BASE
from graph.pipeline.shapes import Shapes, read_shapes, violations
from graph.rdf.terms import compact, iri

pytestmark = pytest.mark.unit

SHAPES = HOME / "ontology/shapes.ttl"
VIOLATIONS = Path(__file__).parent / "shapes"
START = BASE + "shape/"
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@cache
def checked() -> Shapes:
    return read_shapes(SHAPES)


def shapes() -> Graph:
    return checked().graph


def shape_names() -> list[str]:
    """Every shape that has a name of its own."""
    kinds = (SH.NodeShape, SH.PropertyShape)
    named = {node for kind in kinds for node in shapes().subjects(RDF.type, kind) if isinstance(node, URIRef)}
    return sorted(str(node).removeprefix(START) for node in named)


def message_of(shape: str) -> str:
    return str(shapes().value(URIRef(START + shape), SH.message))


@dataclass(frozen=True, order=True)
class Found:
    """A node by its compact name, and the message it is found with."""

    node: str
    message: str


def quads_of(file: Path) -> list[Quad]:
    return list(parse(path=file, format=RdfFormat.TURTLE))


def found_in(quads: list[Quad]) -> set[Found]:
    """What the shapes find, the values that a message shows at its end taken off."""
    rows = {finding.message for finding in violations(quads, checked())}
    messages = {message_of(shape) for shape in shape_names()}
    found = set()
    for row in rows:
        node, _, said = row.partition(": ")
        known = [message for message in messages if said == message or said.startswith(f"{message} (")]
        assert known, f"the message of no shape: {row}"
        found.add(Found(node, max(known, key=len)))
    return found


def with_comment(quads: list[Quad]) -> set[str]:
    """The nodes that say what is wrong with them."""
    return {name(quad.subject) for quad in quads if quad.predicate == iri("rdfs:comment")}


def name(node: object) -> str:
    assert isinstance(node, NamedNode)
    return compact(node)


def also_found(quads: list[Quad]) -> set[Found]:
    """What the mistake of a node is bound to violate besides."""
    named = [(quad.subject, quad.object) for quad in quads if quad.predicate == iri("rdfs:seeAlso")]
    return {
        Found(name(node), message_of(shape.value.removeprefix(START)))
        for node, shape in named
        if isinstance(shape, NamedNode)
    }


def test_each_shape_has_a_violation_and_each_violation_a_shape() -> None:
    assert shape_names()
    assert sorted(file.stem for file in VIOLATIONS.glob("*.ttl")) == shape_names()


def test_each_violation_has_its_line_in_the_readme() -> None:
    listed = re.findall(r"^- `([a-z-]+)`: .+\.$", (VIOLATIONS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert listed == sorted(file.stem for file in VIOLATIONS.glob("*.ttl"))


@pytest.mark.parametrize("shape", shape_names())
def test_a_shape_finds_its_violations(shape: str) -> None:
    """Every node that says what is wrong with it is found, with the message of this shape; nothing else is."""
    quads = quads_of(VIOLATIONS / f"{shape}.ttl")
    expected = {Found(node, message_of(shape)) for node in with_comment(quads)}
    assert expected
    found = found_in(quads)
    assert sorted(expected - found) == [], "violations that are not found"
    assert sorted(found - expected - also_found(quads)) == [], "found besides"


@pytest.mark.parametrize("shape", shape_names())
def test_what_keeps_other_shapes_content_is_right(shape: str) -> None:
    """Without the nodes that are wrong, nothing is found."""
    quads = quads_of(VIOLATIONS / f"{shape}.ttl")
    wrong = with_comment(quads)
    assert violations([quad for quad in quads if name(quad.subject) not in wrong], checked()) == []


@pytest.mark.parametrize("shape", shape_names())
def test_a_shape_has_a_message_and_a_target(shape: str) -> None:
    """One message, in English, a sentence with its full stop; and a target that is written out."""
    node = URIRef(START + shape)
    messages = list(shapes().objects(node, SH.message))
    assert [message.language for message in messages if isinstance(message, RdflibLiteral)] == ["en"]
    assert str(messages[0]).endswith("."), "no full stop at the end"
    assert [target for kind in TARGETS for target in shapes().objects(node, kind)], "no target"


def test_the_real_build_violates_no_shape(built: Path) -> None:
    assert violations(load_store(built / "motegraf.nq"), checked()) == []
