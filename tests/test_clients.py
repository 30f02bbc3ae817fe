"""Clients of others have the answers of ``graph.ask``: at the endpoint, of an entity, and from files of the build.

Each is optional, and its tests say where they did not run. ``docs/clients.md`` lists which version does what.
"""

import csv
import io
import json
import os
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import networkx
import pytest
import rdflib
from clients import CLIENTS, NODE, needs, run_jena, run_node, run_program
from exporting import export
from pyoxigraph import Quad, RdfFormat, Store, parse, serialize
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import RunningServer, serving
from SPARQLWrapper import CSV, JSON, SPARQLWrapper

import graph
from graph import HOME
from graph.rdf.terms import iri

pytestmark = pytest.mark.engine

WHO_MET_WHOM = (HOME / "queries/who_met_whom.rq").read_text(encoding="utf-8")
COUNT = "SELECT (COUNT(*) AS ?number) WHERE { ?s ?p ?o }"
PERSON = iri("person:laila-bokhari")
Meetings = set[tuple[str, ...]]
COLUMNS = ("oneLabel", "otherLabel", "eventLabel", "earliest", "latest", "event")
# The tests of the table itself.
TABLE = "Hold the table."
DOCUMENT = (HOME / "docs/clients.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([\w-]+) \| ([\d.]+) \| .* \| `(\w+)` \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("served") / "log", queries_per_client=2) as running:
        yield running


@pytest.fixture(scope="module")
def endpoint(server: RunningServer) -> str:
    return f"http://127.0.0.1:{server.port}/sparql"


@pytest.fixture(scope="module")
def address(server: RunningServer) -> str:
    """Return the address of a person, of whom an RDF document is to be had there."""
    return f"http://127.0.0.1:{server.port}/person/laila-bokhari"


@pytest.fixture(scope="module")
def meetings(built: Path) -> Meetings:
    rows = graph.ask("who_met_whom", build=built)
    assert len(rows) == 2
    names = ("one", "other", "event", "earliest", "latest", "event_iri")
    return {tuple(str(row[name]) for name in names) for row in rows}


@pytest.fixture(scope="module")
def statements(built: Path) -> set[Quad]:
    return set(parse(path=built / "motegraf.ttl", format=RdfFormat.TURTLE))


def facts(statements: set[Quad]) -> set[tuple[str, str]]:
    """Return what is stated of the person: properties and values."""
    return {(each.predicate.value, each.object.value) for each in statements if each.subject == PERSON}


def meetings_of(rows: list[dict[str, str]]) -> Meetings:
    return {tuple(row[name] for name in COLUMNS) for row in rows}


def csv_address(endpoint: str) -> str:
    return f"{endpoint}?{urlencode({'query': WHO_MET_WHOM, 'format': 'csv'})}"


def plain_files(built: Path, folder: Path) -> tuple[Path, Path]:
    """Write the statements, and those without the labels of an event, as N-Triples, which all validators read."""
    event = iri("event:sarpsborg-2014-10")
    whole = [each.triple for each in parse(path=built / "motegraf.ttl", format=RdfFormat.TURTLE)]
    broken = [each for each in whole if (each.subject, each.predicate) != (event, iri("rdfs:label"))]
    assert len(broken) == len(whole) - 2
    for name, triples in (("whole", whole), ("broken", broken)):
        serialize(triples, folder / f"{name}.nt", RdfFormat.N_TRIPLES)
    return folder / "whole.nt", folder / "broken.nt"


@pytest.fixture(scope="module")
def shapes(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("shapes") / "shapes.nt"
    triples = [each.triple for each in parse(path=built / "shapes.ttl", format=RdfFormat.TURTLE)]
    serialize(triples, file, RdfFormat.N_TRIPLES)
    return file


# At the endpoint


@needs("SPARQLWrapper")
def test_sparqlwrapper_queries(endpoint: str, meetings: Meetings) -> None:
    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery(WHO_MET_WHOM)
    for method in ("GET", "POST"):
        wrapper.setMethod(method)
        wrapper.setReturnFormat(JSON)
        rows = wrapper.queryAndConvert()["results"]["bindings"]
        assert meetings_of([{name: cell["value"] for name, cell in row.items()} for row in rows]) == meetings
        wrapper.setReturnFormat(CSV)
        text = wrapper.queryAndConvert().decode()
        assert meetings_of(list(csv.DictReader(io.StringIO(text, newline="")))) == meetings


@needs("rdflib")
def test_rdflib_queries_by_sparqlstore(endpoint: str, meetings: Meetings, statements: set[Quad]) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        remote = rdflib.Graph(SPARQLStore(endpoint, method=method))
        assert len(remote) == len(statements)
        rows = [{name: str(value) for name, value in row.asdict().items()} for row in remote.query(WHO_MET_WHOM)]
        assert meetings_of(rows) == meetings


@needs("rdflib")
def test_rdflib_reads_an_entity(address: str, statements: set[Quad]) -> None:
    document = rdflib.Graph().parse(address)
    given = document.predicate_objects(rdflib.URIRef(PERSON.value))
    assert {(str(name), str(value)) for name, value in given} == facts(statements)


@needs("Comunica")
def test_comunica_queries(endpoint: str, meetings: Meetings, statements: set[Quad]) -> None:
    assert meetings_of(run_node("comunica.mjs", WHO_MET_WHOM, f"sparql@{endpoint}")) == meetings
    # It finds out by itself that this is an endpoint.
    assert run_node("comunica.mjs", COUNT, endpoint) == [{"number": str(len(statements))}]


@needs("Comunica")
def test_comunica_reads_an_entity(address: str, statements: set[Quad]) -> None:
    rows = run_node("comunica.mjs", f"SELECT ?p ?o WHERE {{ <{PERSON.value}> ?p ?o }}", address)
    assert {(row["p"], row["o"]) for row in rows} == facts(statements)


@needs("Comunica")
def test_comunica_joins_the_endpoint_with_a_file(endpoint: str, server: RunningServer, built: Path) -> None:
    """Of each place of an event, which the endpoint has, the areas of its county, of which most stand in the file."""
    part_of = f"<{iri('schema:containedInPlace').value}>"
    query = (
        f"SELECT DISTINCT ?event ?area WHERE {{ ?event <{iri('schema:location').value}> ?place ."
        f" ?place {part_of} ?county . ?area {part_of} ?county }}"
    )
    here = Store()
    here.bulk_load(path=built / "motegraf.ttl", format=RdfFormat.TURTLE)
    alone = {(row["event"].value, row["area"].value) for row in here.query(query)}
    here.bulk_load(path=built / "areas.ttl", format=RdfFormat.TURTLE)
    expected = {(row["event"].value, row["area"].value) for row in here.query(query)}
    assert len(expected) > len(alone)
    file = f"http://127.0.0.1:{server.port}/dumps/areas.ttl"
    rows = run_node("comunica.mjs", query, f"sparql@{endpoint}", file)
    assert {(row["event"], row["area"]) for row in rows} == expected


@needs("sparql-http-client")
def test_sparql_http_client_queries(endpoint: str, meetings: Meetings, statements: set[Quad]) -> None:
    store = endpoint.replace("/sparql", "/graphs")
    people = "{ ?s a <http://xmlns.com/foaf/0.1/Person> }"
    answer = run_node(
        "sparql_http_client.mjs", endpoint, store, WHO_MET_WHOM, f"ASK {people}", f"CONSTRUCT WHERE {people}"
    )
    assert meetings_of(answer["rows"]) == meetings
    number = len({each for each in statements if each.object == iri("foaf:Person")})
    assert (answer["yes"], answer["made"], answer["loaded"]) == (True, number, len(statements))


@needs("Jena")
def test_jena_queries(endpoint: str, meetings: Meetings, tmp_path: Path) -> None:
    query = str(HOME / "queries/who_met_whom.rq")
    text = run_jena("arq.rsparql", tmp_path, "--service", endpoint, "--query", query, "--results", "csv")
    assert meetings_of(list(csv.DictReader(io.StringIO(text, newline="")))) == meetings


@needs("pandas")
def test_pandas_reads_csv(endpoint: str, meetings: Meetings) -> None:
    with warnings.catch_warnings():
        # What the packages that it imports warn of is none of ours.
        warnings.simplefilter("ignore")
        import pandas
    frame = pandas.read_csv(csv_address(endpoint))
    assert meetings_of(frame.to_dict("records")) == meetings
    assert frame["listed"].tolist() == [2, 2]


@needs("R")
def test_r_reads_csv(endpoint: str, meetings: Meetings) -> None:
    code = (
        "options(encoding = 'UTF-8'); x <- read.csv(commandArgs(TRUE)[1], encoding = 'UTF-8');"
        " stopifnot(is.numeric(x$listed)); write.csv(x, row.names = FALSE)"
    )
    text = run_program("env", "LC_ALL=C.UTF-8", "Rscript", "-e", code, csv_address(endpoint))
    assert meetings_of(list(csv.DictReader(io.StringIO(text, newline="")))) == meetings


# Files of the build and exports


@needs("Jena")
def test_jena_reads_all_formats(built: Path, tmp_path: Path) -> None:
    for name in ("motegraf.ttl", "motegraf.nq", "motegraf.trig"):
        ours = set(parse(path=built / name, format=RdfFormat.from_extension(name.rpartition(".")[2])))
        text = run_jena(
            "riotcmd.riot", tmp_path, "--syntax", name.rpartition(".")[2], "--output", "nq", str(built / name)
        )
        assert set(parse(text, format=RdfFormat.N_QUADS)) == ours


def ties_of(network: networkx.MultiGraph | networkx.Graph) -> tuple[set[str], set[frozenset[str]]]:
    return set(network.nodes), {frozenset(edge[:2]) for edge in network.edges}


@needs("networkx")
@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_the_network(format: str, built: Path, meetings: Meetings) -> None:
    data = io.BytesIO(export(built, "-f", format).stdout_bytes)
    network = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[format](data)
    names = {node: values["label"] for node, values in network.nodes(data=True)}
    for one, other, *_, event in meetings:
        assert {one, other} <= {names[node] for node in networkx.all_neighbors(network, event)}


@needs("igraph")
def test_igraph_reads_the_network(built: Path, tmp_path: Path) -> None:
    import igraph

    export(built, "-f", "graphml", "-o", str(tmp_path / "network.graphml"))
    network = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))
    expected = networkx.read_graphml(tmp_path / "network.graphml")
    edges = {frozenset(network.vs[end]["id"] for end in edge.tuple) for edge in network.es}
    assert (set(network.vs["id"]), edges) == ties_of(expected)
    assert edges
    labels = {node: values["label"] for node, values in expected.nodes(data=True)}
    assert dict(zip(network.vs["id"], network.vs["label"], strict=True)) == labels


@needs("LibreOffice")
@pytest.mark.parametrize(("lang", "separator", "locale"), [("nb", ";", 1044), ("en", ",", 1033)])
def test_libreoffice_keeps_every_cell_of_a_spreadsheet(
    lang: str, separator: str, locale: int, built: Path, tmp_path: Path
) -> None:
    """From CSV to XLSX, and back to CSV: æøå, days, numbers and passages of several lines stay as they are."""
    text = export(built, "-f", "participations", "--lang", lang, "-q").stdout_bytes.decode("utf-8-sig")
    (tmp_path / "table.csv").write_text(text, encoding="utf-8-sig", newline="")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    form = f"{ord(separator)},34,76,1,,{locale},false,true"
    start = ["soffice", profile, "--headless"]
    reading = f"--infilter=Text - txt - csv (StarCalc):{form}"
    run_program(*start, reading, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "table.csv"))
    writing = f"csv:Text - txt - csv (StarCalc):{form},false"
    run_program(*start, "--convert-to", writing, "--outdir", str(tmp_path / "back"), str(tmp_path / "table.xlsx"))
    back = (tmp_path / "back/table.csv").read_text(encoding="utf-8-sig")
    expected, actual = (list(csv.reader(io.StringIO(each, newline=""), delimiter=separator)) for each in (text, back))
    assert "Ålesund kommune" in text
    assert "2014-12-31" in text
    assert actual == expected


# Validators


@needs("pySHACL")
def test_pyshacl_agrees(built: Path, shapes: Path, tmp_path: Path) -> None:
    from pyshacl import validate

    shapes_graph = rdflib.Graph().parse(shapes)
    for file, conforms in zip(plain_files(built, tmp_path), (True, False), strict=True):
        assert validate(rdflib.Graph().parse(file), shacl_graph=shapes_graph)[0] is conforms


@needs("pyrudof")
def test_pyrudof_agrees(built: Path, shapes: Path, tmp_path: Path) -> None:
    import pyrudof

    for file, conforms in zip(plain_files(built, tmp_path), (True, False), strict=True):
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(str(file), pyrudof.RDFFormat.NTriples)
        rudof.read_shacl(str(shapes), pyrudof.ShaclFormat.NTriples)
        assert rudof.validate_shacl().conforms is conforms


def agrees(engine: str, built: Path, shapes: Path, folder: Path) -> None:
    whole, broken = plain_files(built, folder)
    assert run_node("shacl.mjs", engine, str(whole), str(shapes)) == {"conforms": True, "nodes": []}
    report = run_node("shacl.mjs", engine, str(broken), str(shapes))
    assert not report["conforms"]
    assert iri("event:sarpsborg-2014-10").value in report["nodes"]


@needs("rdf-validate-shacl")
def test_rdf_validate_shacl_agrees(built: Path, shapes: Path, tmp_path: Path) -> None:
    agrees("rdf-validate-shacl", built, shapes, tmp_path)


@needs("shacl-engine")
def test_shacl_engine_agrees(built: Path, shapes: Path, tmp_path: Path) -> None:
    agrees("shacl-engine", built, shapes, tmp_path)


@needs("Jena")
def test_jena_agrees(built: Path, shapes: Path, tmp_path: Path) -> None:
    for file, conforms in zip(plain_files(built, tmp_path), ("true", "false"), strict=True):
        text = run_jena("shacl.shacl", tmp_path, "validate", "--shapes", str(shapes), "--data", str(file))
        assert re.search(rf"sh:conforms\s+{conforms}\b", text)


# At the reconciliation service


@needs("reconciler")
def test_reconciler_matches_a_table(server: RunningServer) -> None:
    address, program = f"http://127.0.0.1:{server.port}/reconcile", str(NODE / "reconciler_table.py")
    names = ["Statsministerens kontor", "Kommunen i Trøndelag"]
    rows = json.loads(run_program(sys.executable, program, address, "organisation", json.dumps(names[:1])))
    office = ["organisation/statsministerens-kontor", "Statsministerens kontor", 100.0, True, "organisation"]
    assert rows[0] == [names[0], *office]
    # An identifier proves, whatever the name is.
    numbers = json.dumps(["", "942110464"])
    options = ("organisation-number", numbers)
    rows = json.loads(run_program(sys.executable, program, address, "organisation", json.dumps(names), *options))
    sure = {name: id for name, id, _, _, match, _ in rows if match}
    assert sure == {names[0]: office[0], names[1]: "organisation/trondheim-kommune"}


@needs("cocoda-sdk")
def test_cocoda_maps_a_concept(server: RunningServer) -> None:
    # It puts the language of the label into the address.
    address = f"http://127.0.0.1:{server.port}/reconcile?lang={{language}}"
    assert run_node("cocoda.mjs", address, "Statsministerens kontor") == [
        ["https://w3id.org/motegraf/organisation/statsministerens-kontor", "exactMatch"]
    ]
    # A name alone is not taken for a person.
    assert run_node("cocoda.mjs", address, "Bokhari, Laila") == [
        ["https://w3id.org/motegraf/person/laila-bokhari", "closeMatch"]
    ]


# The list of them


def test_list_of_clients_names_every_client_and_test() -> None:
    """Hold the table."""
    rows = ROW.findall(DOCUMENT)
    assert {name for name, _, _ in rows} == set(CLIENTS)
    tests = {name for name, value in globals().items() if name.startswith("test_") and value.__doc__ != TABLE}
    assert {test for _, _, test in rows} >= tests
    others = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert [test for _, _, test in rows if f"def {test}(" not in others] == []


def test_list_of_clients_has_the_versions_that_run() -> None:
    """Hold the table."""
    # Packages of Python and Node.js are pinned; those of Debian are compared where continuous integration runs.
    for name, listed, _ in ROW.findall(DOCUMENT):
        installed, how = CLIENTS[name]
        here = installed()
        if here and (not how.startswith("apt-get") or os.environ.get("CI")):
            assert here == listed, f"{name} {here} runs here; docs/clients.md lists {listed}"


def test_versions_of_node_packages_are_pinned() -> None:
    """Hold the table."""
    folder = HOME / "tests/clients"
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert not any("resolved" in each for each in locked.values())
