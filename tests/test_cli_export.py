"""``motegraf export`` gives other readers the same data in every format, in the same bytes."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import networkx
import pyld.jsonld
import pytest
import rdflib
from click.testing import CliRunner, Result
from conftest import OTHER_BASE
from pyoxigraph import Literal, RdfFormat, parse

from build_graph import build
from graph import HOME
from graph.__main__ import motegraf
from graph.model.iris import BASE, PREFIXES
from graph.network.presence import presence_network
from graph.publish.formats import ExportOptions
from graph.publish.participation_table import participation_table
from graph.publish.serialize import serialize
from graph.query.results import QueryError
from graph.query.stores import connect_build, connect_lines
from graph.rdf.terms import compact

pytestmark = pytest.mark.slow

Run = Callable[..., Result]
OF_GRAPHS = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
OF_TRIPLES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}
WHAT: dict[str, tuple[str, ...]] = {
    "all": (),
    "an actor": ("--actor", "joran kallmyr"),
    "an answer": ("--question", "who_met_whom", "--certainty", "all"),
}
BY_EVENT, BY_ACTOR = ("--framed-by", "event"), ("--framed-by", "actor")


@pytest.fixture
def run(built: Path) -> Run:
    return lambda *words: CliRunner().invoke(motegraf, ["export", *words, "--build", str(built), "-q"])


def exported(run: Run, *words: str) -> bytes:
    done = run(*words)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout_bytes


def lines(run: Run, *words: str) -> set[str]:
    """The selection as N-Quads, which is compared with what readers make of the other formats."""
    return {str(quad) for quad in parse(exported(run, "-f", "nquads", *words), format=RdfFormat.N_QUADS)}


def triples(run: Run, *words: str) -> set[str]:
    return {str(quad.triple) for quad in parse(exported(run, "-f", "nquads", *words), format=RdfFormat.N_QUADS)}


def as_rdflib_reads(data: bytes, format: str) -> rdflib.Dataset:
    read = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own parsers
        read.parse(data=data, format=format)
    return read


def written_anew(dataset: rdflib.Dataset, format: RdfFormat) -> set[str]:
    """What rdflib read, written by rdflib, as sets of lines of the same form as ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        name = "nquads" if format == RdfFormat.N_QUADS else "nt"
        data = dataset.serialize(format=name, encoding="utf-8")
    return {str(quad if format == RdfFormat.N_QUADS else quad.triple) for quad in parse(data, format=format)}


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("format", OF_GRAPHS)
def test_rdflib_parses_exports_to_the_same_dataset(format: str, what: str, run: Run) -> None:
    read = as_rdflib_reads(exported(run, "-f", format, *WHAT[what]), OF_GRAPHS[format])
    assert written_anew(read, RdfFormat.N_QUADS) == lines(run, *WHAT[what])


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("format", OF_TRIPLES)
def test_rdflib_parses_exports_to_the_same_graph(format: str, what: str, run: Run) -> None:
    read = rdflib.Graph().parse(data=exported(run, "-f", format, *WHAT[what]), format=OF_TRIPLES[format])
    actual = parse(read.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    assert {str(quad.triple) for quad in actual} == triples(run, *WHAT[what])


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("format", OF_TRIPLES)
def test_rapper_parses_exports_to_the_same_graph(format: str, what: str, run: Run, tmp_path: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        assert not os.environ.get("CI"), "raptor's rapper is required in CI"
        pytest.skip("raptor's rapper is not installed")
    file = tmp_path / "exported"
    file.write_bytes(exported(run, "-f", format, *WHAT[what]))
    ran = subprocess.run([rapper, "-q", "-i", format, "-o", "ntriples", str(file)], capture_output=True, check=True)
    assert {str(quad.triple) for quad in parse(ran.stdout, format=RdfFormat.N_TRIPLES)} == triples(run, *WHAT[what])


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("frame", [(), BY_EVENT, BY_ACTOR])
def test_pyld_expands_json_ld_to_the_same_dataset(frame: tuple[str, ...], what: str, run: Run) -> None:
    document = json.loads(exported(run, "-f", "jsonld", *frame, *WHAT[what]))
    data = pyld.jsonld.to_rdf(document, {"format": "application/n-quads"}).encode()
    read = {str(quad if not frame else quad.triple) for quad in parse(data, format=RdfFormat.N_QUADS)}
    assert read == (triples if frame else lines)(run, *WHAT[what])


def test_event_frame_contains_everything_about_an_event(run: Run) -> None:
    document = json.loads(exported(run, *BY_EVENT, "--actor", "joran kallmyr"))
    [event] = [each for each in document["@graph"] if "mg:SingleEvent" in each["type"]]
    assert event["id"] == "event:sarpsborg-2014-10"
    assert event["label"] == {"nb": "Konferanse i Sarpsborg", "en": "Conference in Sarpsborg"}
    assert (event["mg:earliest"], event["mg:latest"]) == ("2014-10-01", "2014-10-31")
    parts = {part["mg:agent"]["label"]["nb"]: part for part in event["@reverse"]["mg:event"]}
    assert sorted(parts) == ["Jøran Kallmyr", "Laila Bokhari"]
    kallmyr = parts["Jøran Kallmyr"]
    assert [role["label"]["nb"] for role in kallmyr["cv:role"]] == ["åpner", "deltaker"]
    assert kallmyr["mg:concludedFrom"]["mg:keyEvidence"]["schema:text"] == {
        "nb": "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen."
    }


def test_actor_frame_contains_everything_about_an_actor(run: Run) -> None:
    document = json.loads(exported(run, *BY_ACTOR, "--actor", "joran kallmyr"))
    [kallmyr] = [each for each in document["@graph"] if each["id"] == "person:joran-kallmyr"]
    back = kallmyr["@reverse"]
    assert [part["mg:event"]["label"]["nb"] for part in back["mg:agent"]] == ["Konferanse i Sarpsborg"]
    assert [held["label"]["nb"] for held in back["org:member"]] == [
        "Jøran Kallmyr, justis- og innvandringsminister",
        "Jøran Kallmyr, statssekretær i Justis- og beredskapsdepartementet",
    ]


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_the_exported_network(format: str, run: Run, built: Path) -> None:
    data = exported(run, "-f", format)
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[format](io.BytesIO(data))
    expected = presence_network(connect_build(built), groups=True)
    # GEXF numbers its edges, and has the bounds of events as a time line besides.
    own = {"id", "start", "end"} if format == "gexf" else set()
    nodes = {node: {key: each[key] for key in each if key not in own} for node, each in read.nodes(data=True)}
    assert nodes == dict(expected.nodes(data=True))
    actual = {
        frozenset((one, other)): {key: value for key, value in edge.items() if key not in own}
        for one, other, edge in read.edges(data=True)
    }
    for _, _, edge in expected.edges(data=True):
        edge["presence"] = edge["certainty"] if edge.pop("present") else "none"
    assert actual == {frozenset((one, other)): edge for one, other, edge in expected.edges(data=True)}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_exported_network_marks_no_candidate_as_present(format: str, run: Run) -> None:
    data = exported(run, "-f", format)
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[format](io.BytesIO(data))
    possible = [(one, other) for one, other, edge in read.edges(data=True) if edge["presence"] == "possible"]
    names = {read.nodes[node]["label_en"] for ends in possible for node in ends if read.nodes[node]["kind"] == "person"}
    assert (names, len(possible)) == ({"Erna Solberg", "Laila Bokhari"}, 8)
    assert not any("present" in edge for _, _, edge in read.edges(data=True))


def test_export_does_not_overwrite_files_of_a_build(run: Run, built: Path) -> None:
    before = {file.name: file.read_bytes() for file in built.iterdir() if file.is_file()}
    for name in ("motegraf.ttl", "motegraf.nq", "manifest.json"):
        done = run("-f", "turtle", "-o", str(built / name))
        assert (done.exit_code, "belongs to a build" in done.stderr) == (1, True)
    assert {file.name: file.read_bytes() for file in built.iterdir() if file.is_file()} == before


def test_nodes_and_edges_are_the_network(run: Run, built: Path) -> None:
    expected = presence_network(connect_build(built), groups=True)
    nodes = list(csv.reader(io.StringIO(exported(run, "-f", "nodes").decode(), newline="")))
    keys = ("iri", "label", "label_en", "kind", "earliest", "latest")
    assert nodes[0] == ["Id", "Label", "LabelEn", "Kind", "Earliest", "Latest"]
    assert nodes[1:] == [[edge.get(key, "") for key in keys] for _, edge in expected.nodes(data=True)]
    edges = list(csv.DictReader(io.StringIO(exported(run, "-f", "edges").decode(), newline="")))
    assert {
        (each["Source"], each["Target"], each["Id"], each["Roles"], each["Certainty"], each["Presence"])
        for each in edges
    } == {
        (
            *ends(expected, one, other),
            edge["iri"],
            edge["roles"],
            edge["certainty"],
            edge["certainty"] if edge["present"] else "none",
        )
        for one, other, edge in expected.edges(data=True)
    }


def ends(graph: networkx.Graph, one: str, other: str) -> tuple[str, str]:
    """The actor, and the event that they were at."""
    return (other, one) if graph.nodes[one]["kind"] == "event" else (one, other)


def test_participation_table_rows(run: Run) -> None:
    data = exported(run, "--question", "who_met_whom", "-p", "actor=kallmyr", "-f", "participations", "--lang", "en")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    address = "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"
    base = "https://w3id.org/motegraf/"
    event = ("Conference in Sarpsborg", "held", "2014-10-01", "2014-10-31", "Sarpsborg")
    source = ("Dialogmøter høsten 2014", address, f"{base}event/sarpsborg-2014-10")
    assert rows == [
        [
            *("event", "status", "earliest", "latest", "place", "who", "role", "attendance", "certainty"),
            *("at least so many of the candidates", "in the capacity of", "on behalf of", "proof", "place in the text"),
            *("source", "address", "IRI of the event", "IRI of the actor", "IRI of the participation"),
        ],
        [
            *(*event, "Jøran Kallmyr", "opener; participant", "present", "certain", ""),
            *("State Secretary at the Ministry of Justice and Public Security", "Government of Norway"),
            "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen.",
            *("char=1202,1298", *source, f"{base}person/joran-kallmyr"),
            f"{base}participation/sarpsborg-2014-10.joran-kallmyr",
        ],
        [
            *(*event, "Laila Bokhari", "participant", "present", "certain", ""),
            *("State Secretary at the Office of the Prime Minister", ""),
            "Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen.",
            *("char=1299,1389", *source, f"{base}person/laila-bokhari"),
            f"{base}participation/sarpsborg-2014-10.laila-bokhari",
        ],
    ]


def test_participation_table_marks_no_candidate_as_present(run: Run) -> None:
    table = exported(run, "-f", "participations").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline=""), delimiter=";"))
    assert {(row["sikkerhet"], row["oppmøte"]) for row in rows} == {
        ("sikker", ""),
        ("sikker", "til stede"),
        ("planlagt", ""),
        ("planlagt", "ventet"),
        ("mulig", "mulig: til stede"),
    }
    assert {row["hvem"] for row in rows if row["oppmøte"] == "mulig: til stede"} == {"Erna Solberg", "Laila Bokhari"}


@pytest.mark.parametrize(
    "words",
    [
        *(("-f", name) for name in ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")),
        *(("-f", name) for name in ("graphml", "gexf", "gexf-static", "nodes", "edges", "participations")),
        *(("-f", name) for name in ("ftm", "popolo", "geojson")),
        BY_EVENT,
        BY_ACTOR,
    ],
    ids=" ".join,
)
def test_export_is_deterministic(words: tuple[str, ...], built: Path) -> None:
    program = [*(sys.executable, "-m", "graph", "export"), *words, "--build", str(built), "-q", "--actor", "bokhari"]
    outputs = {
        subprocess.run(
            program, cwd=HOME, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


def test_export_without_selection_is_the_whole_build(run: Run, built: Path) -> None:
    for format, name in (("turtle", "motegraf.ttl"), ("trig", "motegraf.trig"), ("nquads", "motegraf.nq")):
        assert exported(run, "-f", format) == (built / name).read_bytes()


def test_json_ld_context_has_every_prefix_and_property_type(built: Path, four_registers: Path) -> None:
    context = json.loads((built / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {name: start for name, start in context.items() if isinstance(start, str) and start[0] != "@"} == PREFIXES
    plain = {f"xsd:{name}" for name in ("string", "integer", "boolean")}
    expected: dict[str, object] = {"label": {"@id": "rdfs:label", "@container": "@language"}}
    kinds: dict[str, set[str]] = {}
    for file in (built / "motegraf.nq", built / "areas.ttl", four_registers / "build/motegraf.nq"):
        for quad in parse(path=file):
            key, value = compact(quad.predicate), quad.object
            if key in ("rdf:type", "rdfs:label") or key.startswith("http"):
                continue
            kind = compact(value.datatype) if isinstance(value, Literal) else "@id"
            kinds.setdefault(key, set()).add("language" if isinstance(value, Literal) and value.language else kind)
    for key, [kind, *others] in kinds.items():
        # Names in registers are in no language, for which a map of languages has a key too.
        if {kind, *others} == {"language", "xsd:string"}:
            kind, others = "language", []
        # A date is a day, a month or a year: each value says which.
        if not others and kind not in plain:
            expected[key] = {"@container": "@language"} if kind == "language" else {"@type": kind}
    assert {name: term for name, term in context.items() if isinstance(term, dict)} == expected


@pytest.mark.parametrize("frame", [(), BY_EVENT])
def test_export_under_another_base(frame: tuple[str, ...], first_page: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "build", OTHER_BASE)
    words = ["--build", str(tmp_path / "build"), "-q", "--actor", "laila-bokhari"]
    quads, document = (
        CliRunner().invoke(motegraf, ["export", *words, "-f", *form]).stdout_bytes
        for form in (("nquads",), ("jsonld", *frame))
    )
    assert f"{OTHER_BASE}event/haugesund-2014-12".encode() in quads
    data = pyld.jsonld.to_rdf(json.loads(document), {"format": "application/n-quads"}).encode()
    read, outputs = ({quad.triple for quad in parse(each, format=RdfFormat.N_QUADS)} for each in (data, quads))
    assert read == outputs
    assert b'"event:haugesund-2014-12"' in document


def test_suffix_selects_the_export_format(run: Run, tmp_path: Path) -> None:
    endings = {"ttl": "turtle", "trig": "trig", "nt": "ntriples", "nq": "nquads", "jsonld": "jsonld", "rdf": "rdfxml"}
    endings |= {"graphml": "graphml", "gexf": "gexf", "csv": "participations", "ftm.json": "ftm"}
    for ending, format in {**endings, "popolo.json": "popolo", "geojson": "geojson"}.items():
        file = tmp_path / f"out.{ending}"
        assert exported(run, "-o", str(file), "--actor", "kallmyr") == b""
        assert file.read_bytes() == exported(run, "-f", format, "--actor", "kallmyr")
    # No day is known of an event of the first page.
    refused = run("-o", str(tmp_path / "out.ics"))
    assert (refused.exit_code, refused.stderr) == (
        1,
        "Error: no day is known of any event (11 here), so there is nothing to write\n",
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("-o", "x.tll"), 2, "Did you mean .ttl?"),
        (("-o", "x.json"), 2, "Or give --format"),
        (("-f", "popolu"), 2, "Did you mean popolo?"),
        (("-f", "turtle", "--separator", ";"), 2, "only participations has a choice of separators"),
        (("-f", "popolo", "--endpoint", "https://example.org/"), 2, "only grlc and sparql-examples name an endpoint"),
        (("-f", "grlc"), 2, "name it with -o"),
        (("-f", "grlc", "-o", "x", "--actor", "kallmyr"), 2, "of which --question and --actor select nothing"),
        (("-f", "grlc", "-o", "x", "--endpoint", "example.org"), 2, "is no address"),
        (("-f", "turtle", "-o", "."), 2, "is a folder; name a file"),
        (("-f", "turtle", "--framed-by", "event"), 2, "only jsonld is framed, not turtle"),
        (("--actor", "x", "--question", "who_met_whom"), 2, "give one of them"),
        (("-p", "actor=x"), 2, "name it with --question"),
        (("--question", "who_met_hwom"), 2, "Did you mean who_met_whom"),
        (("--question", "who_met_whom", "-p", "acter=x"), 2, "Did you mean actor?"),
        (("--actor", "joran kalmyr"), 2, "Did you mean Jøran Kallmyr"),
        (("--question", "who_met_whom", "-p", "actor=solberg"), 1, "has no rows, so there is nothing to write"),
    ],
)
def test_export_explains_why_it_cannot_write(
    words: tuple[str, ...], code: int, message: str, run: Run, tmp_path: Path
) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr.replace("\n", " ")


def test_participation_table_has_no_formulas(built: Path) -> None:
    text = (built / "motegraf.nq").read_text(encoding="utf-8").replace('"Laila Bokhari"@nb', '"=HYPERLINK(1)"@nb')
    table = participation_table(connect_lines(text.splitlines()), "nb").decode("utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(table, newline=""), delimiter=";") for cell in row}
    assert "'=HYPERLINK(1)" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize(
    ("words", "separator"),
    [((), ";"), (("--lang", "en"), ","), (("--separator", ","), ","), (("--lang", "en", "--separator", "tab"), "\t")],
)
def test_separator_is_that_of_the_language_or_the_one_named(words: tuple[str, ...], separator: str, run: Run) -> None:
    table = exported(run, "-f", "participations", *words).decode()
    assert table.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""), delimiter=separator)
    assert head[0] in ("arrangement", "event")
    assert (len(head), {len(row) for row in rows}) == (19, {19})


@pytest.mark.parametrize("format", ["rdfxml", "graphml", "gexf", "gexf-static"])
def test_characters_outside_xml_are_rejected(format: str, built: Path) -> None:
    text = (built / "motegraf.nq").read_text(encoding="utf-8").replace('"Laila Bokhari"@', '"Laila \\u0001"@')
    with pytest.raises(QueryError, match=r"XML cannot hold the character U\+0001"):
        serialize(text.splitlines(), format, ExportOptions(BASE, "nb", HOME))


def test_unwritable_file_is_left_unchanged(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("before", encoding="utf-8")
    assert run("-o", str(file), "--question", "who_met_whom", "-p", "actor=solberg").exit_code == 1
    assert file.read_text(encoding="utf-8") == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["graph.ttl"]
