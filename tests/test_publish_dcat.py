"""The catalogue of a build conforms to DCAT-AP-NO, counts correctly, and describes the files as they are."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
import rdflib
from conftest import OTHER_BASE, ask, load_store
from pyoxigraph import BlankNode, parse
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Namespace, URIRef

from build_graph import build
from graph import HOME
from graph.model.iris import BASE, prefixes_under
from graph.query.questions import read_questions
from graph.query.sparql.parameters import parameter_names
from graph.query.sparql.tokens import projected_variables
from graph.query.stores import connect_build

pytestmark = pytest.mark.slow

SHAPES = Path(__file__).parent / "dcat_ap_no.ttl"
SPDX, VCARD = Namespace("http://spdx.org/rdf/terms#"), Namespace("http://www.w3.org/2006/vcard/ns#")
MEETINGS = URIRef(f"{BASE}catalogue/meetings")
# A property that is mandatory, and the class of that which must have it.
MANDATORY = [
    *(
        (kind, said)
        for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DataService)
        for said in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCTERMS.identifier)
    ),
    (DCAT.Catalog, DCAT.service),
    (DCAT.Dataset, DCAT.theme),
    (DCAT.DataService, DCAT.theme),
    (DCAT.DataService, DCAT.endpointURL),
    (DCAT.DataService, DCAT.servesDataset),
    (DCTERMS.Standard, DCTERMS.title),
    (DCAT.Distribution, DCAT.accessURL),
    (DCAT.Distribution, DCTERMS.description),
    (FOAF.Agent, FOAF.name),
    (VCARD.Organization, VCARD.fn),
    (VCARD.Organization, VCARD.hasURL),
    (SPDX.Checksum, SPDX.algorithm),
    (SPDX.Checksum, SPDX.checksumValue),
]


def read(build: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(build / "catalog.ttl")


def conforms(graph: rdflib.Graph) -> tuple[bool, str]:
    conforming, _, text = validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    return conforming, text


# Where their makers' own files are, the catalogue is held against them too.
VOCABULARIES = Path(os.environ.get("MOTEGRAF_VOCABULARIES", "no folder"))
EU = "http://publications.europa.eu/resource/authority/"
SH = Namespace("http://www.w3.org/ns/shacl#")
# What cannot be stated truthfully: a build has no dates of its own, questions, texts and terms have no period, terms no
# area, nobody has said what kind of publisher this is, and the texts of sources are on the terms of their publishers.
NOT_STATED = {
    ("catalogue/motegraf", DCTERMS.issued),
    ("catalogue/motegraf", DCTERMS.modified),
    *((f"catalogue/{name}", DCTERMS.temporal) for name in ("questions", "sources", "vocabulary")),
    ("catalogue/vocabulary", DCTERMS.spatial),
    ("organisation/motegraf", DCTERMS.type),
    ("catalogue/sources.zip", DCTERMS.license),
}
# The Norwegian shapes are those of DCAT-AP-NO 2, and older than DCAT 3 in two respects: the size of a file was a
# decimal number (it is xsd:nonNegativeInteger), and a digest was one of SHA-1 alone.
OLDER_THAN_DCAT_3 = {DCAT.byteSize, SPDX.algorithm}
# They advise themes of EuroVoc; those of the catalogue are of the list that DCAT-AP 3 names.
NOT_EUROVOC = {("catalogue/motegraf", DCAT.themeTaxonomy)}


def results(graph: rdflib.Graph, shapes: str) -> list[tuple[URIRef, str, URIRef]]:
    """The severity, the node and the property of each result of these shapes."""
    file = VOCABULARIES / shapes
    if not file.is_file():
        pytest.skip(f"MOTEGRAF_VOCABULARIES names no folder with {shapes}")
    _, report, _ = validate(graph, shacl_graph=rdflib.Graph().parse(file))
    return [
        (
            report.value(each, SH.resultSeverity),
            str(report.value(each, SH.focusNode)).removeprefix(BASE),
            report.value(each, SH.resultPath),
        )
        for each in report.subjects(RDF.type, SH.ValidationResult)
    ]


def with_authority_tables(graph: rdflib.Graph) -> rdflib.Graph:
    """The catalogue with what the lists of the EU say of the values in it: in which list each is."""
    for value in {term for term in graph.objects() if isinstance(term, URIRef) and str(term).startswith(EU)}:
        table, _, name = str(value).removeprefix(EU).partition("/")
        scheme = URIRef(EU + table)
        graph.add((scheme, RDF.type, SKOS.ConceptScheme))
        graph.add((scheme, DCTERMS.title, rdflib.Literal(table)))
        if name:
            graph.add((value, RDF.type, SKOS.Concept))
            graph.add((value, SKOS.inScheme, scheme))
    return graph


def test_catalogue_conforms_to_the_shapes_of_dcat_ap(built: Path) -> None:
    assert results(read(built), "dcatap-shapes.ttl") == []


def test_catalogue_states_what_dcat_ap_recommends_where_it_is_true(built: Path) -> None:
    found = results(read(built), "dcatap-shapes_recommended.ttl")
    assert {(node, path) for _, node, path in found} == NOT_STATED


def test_catalogue_conforms_to_the_shapes_of_dcat_ap_no_but_where_they_are_old(built: Path) -> None:
    found = results(with_authority_tables(read(built)), "dcatapno.ttl")
    assert {path for severity, _, path in found if severity == SH.Violation} == OLDER_THAN_DCAT_3
    assert {(node, path) for severity, node, path in found if severity == SH.Warning} <= NOT_STATED | NOT_EUROVOC


def test_catalogue_conforms_to_dcat_ap_no(built: Path) -> None:
    actual, text = conforms(read(built))
    assert actual, text


@pytest.mark.parametrize(("kind", "predicate"), MANDATORY)
def test_dcat_ap_no_shapes_reject_missing_properties(kind: URIRef, predicate: URIRef, built: Path) -> None:
    graph = read(built)
    things = list(graph.subjects(RDF.type, kind))
    assert things
    for thing in things:
        graph.remove((thing, predicate, None))
    assert not conforms(graph)[0]


@pytest.mark.parametrize("base", [BASE, OTHER_BASE])
def test_distributions_are_the_files_of_the_build(base: str, first_page: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "build", base)
    graph = read(tmp_path / "build")
    actual = {}
    for dump in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(dump, DCAT.downloadURL))
        assert address == str(graph.value(dump, DCAT.accessURL))
        media = str(graph.value(dump, DCAT.mediaType)).removeprefix("http://www.iana.org/assignments/media-types/")
        digest = graph.value(graph.value(dump, SPDX.checksum), SPDX.checksumValue)
        actual[address] = (media, int(graph.value(dump, DCAT.byteSize)), digest.toPython().hex())
    media = {
        ".nq": "application/n-quads",
        ".ttl": "text/turtle",
        ".trig": "application/trig",
        ".html": "text/html",
        ".zip": "application/zip",
    }
    # All but the catalogue itself, what it leads to for programs, and what shows the data to people.
    others = {"catalog.ttl", "void.ttl", "explorer.html", "manifest.json"}
    names = {file.name for file in (tmp_path / "build").iterdir() if not file.name.startswith(".")} - others
    assert {"motegraf.nq", "motegraf-light.ttl", "shapes.ttl", "sources.zip", "queries.ttl"} <= names
    files = {name: (tmp_path / "build" / name).read_bytes() for name in names}
    assert actual == {
        f"{base}dumps/{name}": (
            media.get(Path(name).suffix, "application/ld+json"),
            len(data),
            hashlib.sha256(data).hexdigest(),
        )
        for name, data in files.items()
    }
    void = rdflib.Graph().parse(tmp_path / "build" / "void.ttl")
    dumps = {str(each) for each in void.objects(None, rdflib.VOID.dataDump)}
    assert dumps == {f"{base}dumps/motegraf.{ending}" for ending in ("nq", "ttl", "trig", "jsonld")}


PARTS = """
SELECT ?class ?entities ?property ?triples WHERE {
  <https://w3id.org/motegraf/catalogue/meetings> void:classPartition ?part .
  ?part void:class ?class ; void:entities ?entities ; void:propertyPartition ?within .
  ?within void:property ?property ; void:triples ?triples
}
"""
COUNTED = """
SELECT ?class ?entities ?property (COUNT(*) AS ?triples) WHERE {
  { SELECT ?class (COUNT(*) AS ?entities) { ?thing a ?class } GROUP BY ?class }
  ?thing a ?class ; ?property ?value
} GROUP BY ?class ?entities ?property
"""
PROPERTIES = """
SELECT ?property ?triples WHERE {
  <https://w3id.org/motegraf/catalogue/meetings> void:propertyPartition ?part .
  ?part void:property ?property ; void:triples ?triples
}
"""
LINKS = """
SELECT ?predicate ?triples ?target WHERE {
  ?links a void:Linkset ; void:linkPredicate ?predicate ; void:triples ?triples ; void:objectsTarget ?target
}
"""


@pytest.mark.parametrize("base", [BASE, OTHER_BASE])
def test_endpoint_is_in_the_catalogue_and_in_void(base: str, first_page: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "build", base)
    graph, void = read(tmp_path / "build"), rdflib.Graph().parse(tmp_path / "build/void.ttl")
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    dataset, endpoint = URIRef(f"{base}catalogue/meetings"), URIRef(f"{base}sparql")
    assert (URIRef(f"{base}catalogue/motegraf"), DCAT.service, service) in graph
    assert set(graph.objects(service, DCAT.endpointURL)) == {endpoint}
    assert set(graph.objects(service, DCAT.servesDataset)) == {dataset}
    assert set(void.subject_objects(rdflib.VOID.sparqlEndpoint)) == {(dataset, endpoint)}


def test_counts_for_programs_are_not_in_the_catalogue(built: Path) -> None:
    terms = {str(term) for triple in read(built) for term in triple}
    assert not [term for term in terms if term.startswith(str(rdflib.VOID))]
    void = rdflib.Graph().parse(built / "void.ttl")
    file = URIRef(f"{BASE}dumps/void.ttl")
    assert (file, FOAF.primaryTopic, MEETINGS) in void
    assert (MEETINGS, rdflib.RDFS.seeAlso, file) in read(built)


def test_licence_does_not_cover_texts_and_quotes(built: Path) -> None:
    graph = read(built)
    sources, terms = URIRef(f"{BASE}catalogue/sources"), URIRef(f"{BASE}catalogue/terms-of-quotes")
    archive = graph.value(sources, DCAT.distribution)
    assert [*graph.objects(sources, DCTERMS.license), *graph.objects(archive, DCTERMS.license)] == []
    assert {*graph.subjects(DCTERMS.rights, terms)} == {
        sources,
        archive,
        MEETINGS,
        *graph.objects(MEETINGS, DCAT.distribution),
    }


def test_void_counts_match_the_graph(built: Path) -> None:
    catalogue, graph = load_store(built / "void.ttl"), load_store(built / "motegraf.nq")
    assert ask(catalogue, PARTS) == ask(graph, COUNTED)
    of_properties = "SELECT ?property (COUNT(*) AS ?triples) { ?thing ?property ?value } GROUP BY ?property"
    assert ask(catalogue, PROPERTIES) == ask(graph, of_properties)
    totals = ("triples", "distinctSubjects", "classes", "properties")
    patterns, variables = (
        " ; ".join(f"void:{name} ?{name}" for name in totals),
        " ".join(f"?{name}" for name in totals),
    )
    whole = f"SELECT {variables} {{ <{MEETINGS}> {patterns} }}"
    counted = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?thing) AS ?distinctSubjects)
      (COUNT(DISTINCT ?class) AS ?classes) (COUNT(DISTINCT ?property) AS ?properties)
      { ?thing ?property ?value BIND(IF(?property = rdf:type, ?value, ?none) AS ?class) }"""
    assert ask(catalogue, whole) == ask(graph, counted)


def test_linksets_match_the_graph(built: Path) -> None:
    counted = """SELECT ?predicate (COUNT(*) AS ?triples) (<https://w3id.org/motegraf/catalogue/wd> AS ?target)
      { ?thing ?predicate ?other FILTER(STRSTARTS(STR(?other), STR(wd:)))
        FILTER(?predicate IN (skos:closeMatch, schema:sameAs)) } GROUP BY ?predicate"""
    assert ask(load_store(built / "void.ttl"), LINKS) == ask(load_store(built / "motegraf.nq"), counted)


def test_temporal_coverage_is_that_of_the_events(built: Path) -> None:
    days = f"""SELECT ?first ?last {{ <{MEETINGS}> dct:temporal ?period .
      ?period dcat:startDate ?first ; dcat:endDate ?last }}"""
    bounds = "SELECT (MIN(?from) AS ?first) (MAX(?to) AS ?last) { ?event mg:earliest ?from ; mg:latest ?to }"
    assert ask(load_store(built / "catalog.ttl"), days) == ask(load_store(built / "motegraf.nq"), bounds)


def test_description_names_the_as_known_on_day(first_page: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "build", as_known_on=date(2015, 6, 1))
    descriptions = {str(each) for each in read(tmp_path / "build").objects(MEETINGS, DCTERMS.description)}
    assert [text for text in descriptions if text.endswith("Only what pages certainly published until 2015-06-01 say.")]
    assert [text for text in descriptions if text.endswith("publisert til og med 2015-06-01, sier.")]


@pytest.mark.parametrize("name", ["catalog.ttl", "queries.ttl", "void.ttl"])
def test_catalogue_has_no_blank_nodes(name: str, built: Path) -> None:
    terms = {term for quad in parse(path=built / name) for term in (quad.subject, quad.object)}
    assert not [term for term in terms if isinstance(term, BlankNode)]
    rows = [str(quad) for quad in parse(path=built / name)]
    assert len(rows) == len(set(rows))


def test_empty_graph_has_a_catalogue(empty_home: Path, tmp_path: Path) -> None:
    build(empty_home, tmp_path / "build")
    graph = read(tmp_path / "build")
    actual, text = conforms(graph)
    assert actual, text
    assert graph.value(MEETINGS, DCTERMS.temporal) is None


def test_query_rdf_has_every_question(built: Path) -> None:
    store = load_store(built / "queries.ttl")
    run = connect_build(built)
    columns = ("id", "nb", "en", "said", "more", "query")
    actual = {
        row[0].value: dict(zip(columns, row, strict=True))
        for row in store.query(
            """SELECT ?id ?nb ?en ?said ?more ?query { ?question a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
              dct:identifier ?id ; rdfs:label ?nb , ?en ; rdfs:comment ?said , ?more ; sh:select ?query
              FILTER(LANG(?nb) = "nb" && LANG(?en) = "en" && LANG(?said) = "nb" && LANG(?more) = "en") }""",
            prefixes=prefixes_under(BASE),
        )
    }
    questions = read_questions(HOME / "queries")
    assert sorted(actual) == sorted(question.name for question in questions)
    for question in questions:
        there = actual[question.name]
        assert (there["nb"].value, there["en"].value) == (question.summary.nb, question.summary.en)
        assert (there["said"].value, there["more"].value) == (question.description.nb, question.description.en)
        query = there["query"].value
        assert "#+" not in query
        assert (projected_variables(query), parameter_names(query)) == (
            projected_variables(question.query),
            parameter_names(question.query),
        )
        assert run(query) == run(question.query)
