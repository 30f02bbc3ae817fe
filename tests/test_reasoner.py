"""HermiT, an OWL 2 DL reasoner, loads the ontology and finds it consistent, with the graph of the first page too.

It runs where owlready2, which brings HermiT, and Java are installed; neither is needed for anything else.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from graph import HOME
from graph.rdf.terms import iri

pytestmark = pytest.mark.engine

owlready2 = pytest.importorskip("owlready2", reason="owlready2, which brings the reasoner HermiT, is not installed")
if not shutil.which("java"):
    pytest.skip("HermiT did not run: there is no Java", allow_module_level=True)

ONTOLOGY = [HOME / "ontology" / f"{name}.ttl" for name in ("motegraf", "motegraf-claims", "motegraf-things")]
AXIOMS = Path(__file__).parent / "axioms.ttl"
BUILT_IN = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#")
OWL = "http://www.w3.org/2002/07/owl#"
# Properties of annotations, about which OWL 2 DL says nothing.
ANNOTATES = ("http://purl.org/dc/", "http://www.w3.org/2004/02/skos/core#", "http://purl.org/vocab/", *BUILT_IN, OWL)
XSD = "http://www.w3.org/2001/XMLSchema#"
CLASS_AXIOMS = (iri("rdfs:subClassOf"), iri("owl:disjointWith"), iri("owl:equivalentClass"))
CANDIDATE = iri("possible:alesund-2014-host.erna-solberg")


def read(*files: Path) -> list[Triple]:
    return [Triple(*quad.triple) for file in files for quad in parse(path=file, format=RdfFormat.TURTLE)]


def axioms() -> list[Triple]:
    """Return the axioms of others, without the ranges of OWL-Time that OWL 2 does not know: days, months and years."""
    unknown = {iri("xsd:date"), iri("xsd:gYear"), iri("xsd:gYearMonth")}
    return [each for each in read(AXIOMS) if each.object not in unknown]


def declared(triples: list[Triple]) -> list[Triple]:
    """Return the declarations of classes and properties, which the vocabularies of others have."""
    kinds: dict[NamedNode, set[str]] = {}
    for subject, predicate, value in triples:
        if predicate == iri("rdf:type"):
            kinds.setdefault(value, set()).add("Class")
        elif predicate in CLASS_AXIOMS:
            kinds.setdefault(subject, set()).add("Class")
            kinds.setdefault(value, set()).add("Class")
        elif predicate == iri("rdfs:domain"):
            kinds.setdefault(value, set()).add("Class")
        elif predicate == iri("rdfs:range"):
            literal = value.value.startswith((*BUILT_IN, XSD))
            kinds.setdefault(subject, set()).add("DatatypeProperty" if literal else "ObjectProperty")
            kinds.setdefault(value, set()).update(() if literal else ("Class",))
        elif not predicate.value.startswith(ANNOTATES):
            kinds.setdefault(predicate, set()).add(
                "DatatypeProperty" if isinstance(value, Literal) else "ObjectProperty"
            )
    return [
        Triple(term, iri("rdf:type"), NamedNode(OWL + next(iter(kind))))
        for term, kind in kinds.items()
        if len(kind) == 1 and not term.value.startswith((*BUILT_IN, OWL, XSD))
    ]


def is_consistent(triples: list[Triple], folder: Path, *options: str) -> bool:
    """Return whether HermiT says that there can be a thing at all. Fail where it cannot read the statements."""
    file = folder / "graph.nt"
    file.write_bytes(serialize([*triples, *declared(triples)], format=RdfFormat.N_TRIPLES) or b"")
    hermit = Path(owlready2.__file__).parent / "hermit"
    path = os.pathsep.join([str(hermit), str(hermit / "HermiT.jar")])
    command = ["java", "-Xmx1G", "-cp", path, "org.semanticweb.HermiT.cli.CommandLine", "-k", *options, file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    said = re.search(r"Thing is (not )?satisfiable", done.stdout)
    if said is None and "InconsistentOntologyException" not in done.stderr:
        pytest.fail(f"HermiT could not say:\n{done.stdout}{done.stderr[:2000]}")
    return said is not None and not said[1]


def test_the_ontology_is_loaded_and_consistent(tmp_path: Path) -> None:
    assert is_consistent(read(*ONTOLOGY), tmp_path)


def test_the_graph_is_consistent_with_the_axioms_of_the_vocabularies(built: Path, tmp_path: Path) -> None:
    assert is_consistent([*read(built / "motegraf.ttl"), *axioms()], tmp_path, "--ignoreUnsupportedDatatypes")


def test_a_candidate_who_is_a_participant_is_inconsistent(tmp_path: Path) -> None:
    wrong = [
        Triple(CANDIDATE, iri("rdf:type"), iri("mg:PossibleParticipation")),
        Triple(CANDIDATE, iri("cv:role"), iri("role:participant")),
    ]
    assert not is_consistent([*read(*ONTOLOGY), *axioms(), *wrong], tmp_path, "--ignoreUnsupportedDatatypes")
