"""Checks of records: compiled shapes find in statements what pySHACL finds, in words and number."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph import HOME
from graph.common.findings import Finding
from graph.pipeline import components
from graph.pipeline.compiled_shapes import compile_shapes
from graph.pipeline.record_checks import RecordChecks
from graph.pipeline.shapes import Shapes, read_shapes, violations
from graph.rdf.statements import read_nquads, to_nquads
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

SHAPES = read_shapes(HOME / "ontology/shapes.ttl")
FIRST_PAGE = Path(__file__).parent / "first_page.nq"
SOURCE = iri("graph:source.a")
INCOMPARABLE = "A page was published between two days"
VIOLATIONS = Path(__file__).parent / "shapes"


def checks() -> RecordChecks:
    return RecordChecks(SHAPES)


def quads_of(file: Path) -> list[Quad]:
    return [
        Quad(triple.subject, triple.predicate, triple.object, iri("graph:concluded"))
        for triple in parse(path=file, format=RdfFormat.TURTLE)
    ]


def by_pyshacl(quads: list[Quad], shapes: Shapes = SHAPES) -> list[Finding]:
    return violations(quads, shapes)


@pytest.mark.parametrize("shape", sorted(file.stem for file in VIOLATIONS.glob("*.ttl")))
def test_compiled_shapes_find_what_pyshacl_finds(shape: str) -> None:
    quads = quads_of(VIOLATIONS / f"{shape}.ttl")
    expected = by_pyshacl(quads)
    assert expected
    found = checks().describe(to_nquads(quads)).findings
    # SHACL 4.5.4: values that cannot be compared violate the order. pySHACL compares a day with a month all the same.
    incomparable = [each for each in found if each not in expected and INCOMPARABLE in each.message]
    assert [each for each in found if each not in incomparable] == expected
    assert len(incomparable) == (shape == "source-is-published-by")


@pytest.mark.parametrize("seed", range(4))
def test_both_find_the_same_in_a_damaged_graph(seed: int) -> None:
    """Statements are lost, doubled, given to another subject or another object, by chance, but the same every time."""
    chance = random.Random(seed)
    rows = [row for row in read_nquads(FIRST_PAGE) if "/ontology> ." not in row]
    quads = [*parse(input="\n".join(rows).encode(), format=RdfFormat.N_QUADS)]
    for _ in range(60):
        at, other = chance.randrange(len(quads)), chance.choice(quads)
        quad = quads[at]
        damage = chance.choice(("lost", "subject", "object", "predicate", "doubled"))
        if damage == "lost":
            del quads[at]
        elif damage == "subject":
            quads[at] = Quad(other.subject, quad.predicate, quad.object, quad.graph_name)
        elif damage == "object":
            quads[at] = Quad(quad.subject, quad.predicate, other.object, quad.graph_name)
        elif damage == "predicate":
            quads.append(Quad(quad.subject, other.predicate, quad.object, quad.graph_name))
        else:
            same = [each for each in quads if each.predicate == quad.predicate]
            quads.append(Quad(quad.subject, quad.predicate, chance.choice(same).object, quad.graph_name))
    expected = by_pyshacl(quads)
    assert len(expected) > 20
    assert checks().describe(to_nquads(quads)).findings == expected


def test_many_findings_of_one_shape_are_counted() -> None:
    claims = [Quad(iri(f"claim:a.{number}"), iri("rdf:type"), iri("mg:Claim"), SOURCE) for number in range(50)]
    findings = checks().describe(to_nquads(claims)).findings
    messages = [each.message for each in findings if "A claim has evidence" in each.message]
    assert len(messages) == 21
    assert messages[0].startswith("30 more: ")


def test_all_findings_about_pages_are_listed() -> None:
    claims = [Quad(iri(f"claim:a.{number}"), iri("rdf:type"), iri("mg:Claim"), SOURCE) for number in range(50)]
    findings = components.Conclusions(HOME, []).findings(to_nquads(claims))
    assert sum("A claim has evidence" in each.message for each in findings) == 50


def test_a_complete_check_of_pages_asks_pyshacl_too(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = [Quad(iri("claim:a.b"), iri("rdf:type"), iri("mg:Claim"), SOURCE)]
    lines, more, asked = to_nquads(quads), Finding("corpus", 0, "only pySHACL finds this"), list[Quad]()
    usual, complete = (components.Conclusions(HOME, [], complete) for complete in (False, True))
    found = usual.findings(lines)
    assert found
    assert complete.findings(lines) == found

    def by_pyshacl_alone(statements: Iterable[Quad], _: Shapes) -> list[Finding]:
        asked.extend(statements)
        return [*found, more]

    monkeypatch.setattr(components, "violations", by_pyshacl_alone)
    assert usual.findings(lines) == found
    assert asked == []
    assert complete.findings(lines) == sorted([*found, more])
    assert asked == quads


def test_a_shape_that_is_not_understood_is_refused() -> None:
    shape, pattern = iri("shape:new"), NamedNode("http://www.w3.org/ns/shacl#pattern")
    triples = [Triple(shape, iri("rdf:type"), iri("sh:PropertyShape")), Triple(shape, pattern, Literal("a"))]
    with pytest.raises(ValueError, match="pattern"):
        compile_shapes(triples)


def test_the_first_page_violates_no_compiled_shape(built: Path) -> None:
    rows = [row for row in read_nquads(built / "motegraf.nq") if not row.endswith("/graph/ontology> .")]
    assert checks().describe(rows).findings == []
