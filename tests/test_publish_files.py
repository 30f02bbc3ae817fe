"""The published files hold the same data in every format, for independent parsers, in the same bytes."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from conftest import ask, load_store
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse
from rdflib.compare import isomorphic

from build_graph import build
from graph import HOME
from graph.builds.manifest import verify_build
from graph.model.iris import BASE, PREFIXES
from graph.ontology.docs import render_ontology_page
from graph.pipeline.rdflib_graph import rdflib_graph
from graph.publish.queries import extra_files

pytestmark = pytest.mark.slow

FORMATS = {
    "motegraf.nq": RdfFormat.N_QUADS,
    "motegraf.trig": RdfFormat.TRIG,
    "motegraf.jsonld": RdfFormat.JSON_LD,
    "motegraf.ttl": RdfFormat.TURTLE,
    "areas.ttl": RdfFormat.TURTLE,
}
TURTLES = ["motegraf.ttl", "areas.ttl"]


def quads(file: Path) -> set[Quad]:
    return set(parse(path=file, format=FORMATS[file.name]))


def union(statements: set[Quad]) -> set[Quad]:
    return {Quad(quad.subject, quad.predicate, quad.object) for quad in statements}


@pytest.mark.parametrize("name", ["motegraf.trig", "motegraf.jsonld"])
def test_quad_formats_hold_the_same_dataset(name: str, built: Path) -> None:
    assert quads(built / name) == quads(built / "motegraf.nq")


def test_turtle_is_the_union_of_the_graphs(built: Path) -> None:
    assert quads(built / "motegraf.ttl") == union(quads(built / "motegraf.nq"))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_files_have_no_blank_nodes(name: str, built: Path) -> None:
    terms = {term for quad in quads(built / name) for term in (quad.subject, quad.object, quad.graph_name)}
    assert not [term for term in terms if isinstance(term, BlankNode)]


@pytest.mark.parametrize("name", TURTLES)
def test_rdflib_parses_the_same_graph(name: str, built: Path) -> None:
    assert isomorphic(rdflib.Graph().parse(built / name), rdflib_graph(parse(path=built / name)))


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own parser
def test_rdflib_parses_the_same_dataset(built: Path) -> None:
    read = rdflib.Dataset()
    read.parse(data=(built / "motegraf.nq").read_bytes(), format="nquads")
    by_graph = {str(graph.identifier): len(graph) for graph in read.graphs() if len(graph)}
    ours: dict[str, int] = {}
    for quad in quads(built / "motegraf.nq"):
        name = getattr(quad.graph_name, "value", "")
        ours[name] = ours.get(name, 0) + 1
    assert by_graph == ours


@pytest.mark.parametrize("name", TURTLES)
def test_rapper_parses_the_same_graph(name: str, built: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        assert not os.environ.get("CI"), "raptor's rapper is required in CI"
        pytest.skip("raptor's rapper is not installed")
    ran = subprocess.run(
        [rapper, "-q", "-i", "turtle", "-o", "ntriples", str(built / name)], capture_output=True, check=True
    )
    assert set(parse(ran.stdout, format=RdfFormat.N_TRIPLES)) == set(parse(path=built / name))


def test_files_read_back_to_the_same_canonical_dataset(built: Path) -> None:
    hashes = set()
    for name in ("motegraf.nq", "motegraf.trig", "motegraf.jsonld"):
        dataset = Dataset(quads(built / name))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        hashes.add(frozenset(map(str, dataset)))
    assert len(hashes) == 1


def test_nquads_are_sorted_and_unique(built: Path) -> None:
    lines = (built / "motegraf.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("name", TURTLES)
def test_turtle_is_pretty_printed(name: str, built: Path) -> None:
    text = (built / name).read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix (\S+): <", text, re.MULTILINE)
    assert prefixes == sorted(prefixes)
    assert set(prefixes) <= set(PREFIXES)
    body = text.split("\n\n", 1)[1]
    assert "<https://w3id.org/motegraf/" not in re.sub(r"<https://w3id.org/motegraf/[a-z-]+(/[0-9.]+)?>", "", body)
    subjects = [block.split(" ", 1)[0] for block in body.split("\n\n")]
    assert len(subjects) == len(set(subjects))


def test_turtle_begins_with_events_and_ends_with_evidence(built: Path) -> None:
    text = (built / "motegraf.ttl").read_text(encoding="utf-8")
    kinds = ("series", "event", "participation", "person", "claim", "evidence")
    order = [text.index(f"\n{kind}:") for kind in kinds]
    assert order == sorted(order)


def test_other_base_changes_entities_but_not_the_vocabulary(first_page: Path, built: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path, base="https://example.org/meetings/")
    moved = (tmp_path / "motegraf.nq").read_text(encoding="utf-8")
    assert "<https://w3id.org/motegraf/event/" not in moved
    assert "<https://example.org/meetings/event/oslo-2014-host>" in moved
    assert "<https://w3id.org/motegraf/ontology#agent>" in moved
    assert "<https://w3id.org/motegraf/role/opener>" in moved
    assert len(moved.splitlines()) == len((built / "motegraf.nq").read_text(encoding="utf-8").splitlines())
    subjects = [
        [block.split(" ", 1)[0] for block in (out / "motegraf.ttl").read_text(encoding="utf-8").split("\n\n")[1:]]
        for out in (tmp_path, built)
    ]
    assert subjects[0] == subjects[1], "the same order for readers"
    everyone = "SELECT ?who WHERE { ?event schema:attendee ?who }"
    assert len(ask(load_store(tmp_path / "motegraf.ttl"), everyone)) == len(
        ask(load_store(built / "motegraf.ttl"), everyone)
    )


def test_areas_file_has_all_areas(built: Path) -> None:
    areas = load_store(built / "areas.ttl")
    in_2014 = """SELECT (COUNT(?area) AS ?areas) WHERE { ?area a cv:AdminUnit .
      FILTER(CONTAINS(STR(?area), "/KIND/")) OPTIONAL { ?area mg:validFrom ?from } FILTER(!BOUND(?from)) }"""
    assert ask(areas, in_2014.replace("KIND", "kommune")) == [("428",)]
    districts = """SELECT (COUNT(?d) AS ?all) WHERE { ?d org:classification body-type:police-district .
      OPTIONAL { ?d schema:dissolutionDate ?end } FILTER(BOUND(?end) = ENDED) }"""
    # Three of before 2016 go on.
    assert ask(areas, districts.replace("ENDED", "true")) == [("24",)]
    assert ask(areas, districts.replace("ENDED", "false")) == [("12",)]


def test_manifest_detects_mixed_builds(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "copy")
    verify_build(tmp_path / "copy")
    (tmp_path / "copy/motegraf.ttl").write_bytes((built / "motegraf.ttl").read_bytes() + b"\n")
    with pytest.raises(Exception, match="two builds are mixed here"):
        verify_build(tmp_path / "copy")


def test_each_triple_is_in_one_graph(built: Path) -> None:
    """Engines count a statement once for each graph that holds it: a question over their union would answer twice."""
    graphs: dict[object, list[str]] = {}
    for quad in parse(path=built / "motegraf.nq", format=RdfFormat.N_QUADS):
        graphs.setdefault(quad.triple, []).append(str(quad.graph_name))
    assert {statement: where for statement, where in graphs.items() if len(where) > 1} == {}


def test_ontology_page_of_a_build_is_that_of_its_home(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/ontology.html").write_bytes(b"<p>own")
    assert extra_files([], BASE, tmp_path)["ontology.html"]() == b"<p>own"


def test_ontology_page_is_made_where_the_home_has_none(tmp_path: Path) -> None:
    for name in ("ontology", "queries"):
        (tmp_path / name).symlink_to(HOME / name)
    page = extra_files([], BASE, tmp_path)["ontology.html"]()
    assert page.decode() == render_ontology_page(tmp_path)
