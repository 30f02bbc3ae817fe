"""The ready questions for programs of others: the answers stay, by grlc's way of parameters and by SIB's of examples.

grlc itself brings a web server and two clients of code hosts along, so it is optional here; what it does with a query
is also written down below, and tried on all of them.
"""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import rdflib
import yaml
from click.testing import CliRunner
from pyshacl import validate
from serving import serving

from graph.__main__ import motegraf
from graph.push.verify import normalize_proofs
from graph.query.ask import run_question
from graph.query.parameters import resolve_all
from graph.query.questions import Question, questions
from graph.query.results import QueryFn, Table, expect_table
from graph.query.stores import connect_build

pytestmark = pytest.mark.slow

ENDPOINT = "https://example.org/sparql"
QUESTIONS = {question.name: question for question in questions()}
# What grlc takes for a parameter: required or not, the name, and how its value is written.
VARIABLE = re.compile(r"\?(__?)([a-zA-Z0-9]+)(_iri|_number|_xsd_date)?\b")
# The rules of SIB's examples: one query, a comment with a language, a target, keywords without space around them.
RULES = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
[] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ;
  sh:property [ sh:path sh:select ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path rdfs:comment ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
    [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path schema:keywords ; sh:pattern "^[^\\\\s].*[^\\\\s]$" ] ,
    [ sh:path sh:prefixes ; sh:minCount 1 ; sh:node [ sh:property [ sh:path sh:declare ; sh:minCount 1 ] ] ] .
"""
# What SIB's editor asks an endpoint for.
EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query
WHERE { ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query }
ORDER BY ?sq
"""


@pytest.fixture(scope="module")
def run(built: Path) -> QueryFn:
    return connect_build(built)


def written(folder: Path, format: str, *words: str) -> dict[str, str]:
    """The files of the export by name."""
    done = CliRunner().invoke(motegraf, ["export", "-f", format, "-o", str(folder), *words])
    assert done.exit_code == 0, done.output
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert done.stderr == f"{len(files)} files\n"
    return files


@pytest.fixture(scope="module")
def grlc(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    words = ("--endpoint", ENDPOINT, "--lang", "en", "--build", str(built))
    return written(tmp_path_factory.mktemp("grlc") / "api", "grlc", *words)


@pytest.fixture(scope="module")
def examples(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    words = ("--endpoint", ENDPOINT, "--lang", "en", "--build", str(built))
    return written(tmp_path_factory.mktemp("sib") / "new", "sparql-examples", *words)


def decorators(text: str) -> dict[str, Any]:
    """The metadata as grlc reads them."""
    read: dict[str, Any] = yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#+")))
    return read


def substituted(text: str, given: Mapping[str, str]) -> str:
    """The query with values in the place of variables, as grlc puts them in: by the end of the name."""
    for variable, _, name, form in {(match[0], *match.groups()) for match in VARIABLE.finditer(text)}:
        if name in given:
            forms = {"_iri": "<{}>", "_number": "{}", "_xsd_date": '"{}"^^xsd:date'}
            text = text.replace(variable, forms.get(form, '"{}"').format(given[name]))
    return text


def values(question: Question, run: QueryFn) -> dict[str, str]:
    """The example of each parameter as grlc takes it: an IRI, a day, a text."""
    examples = {name: each.example for name, each in question.parameters.items() if each.example}
    return {name: term.value for name, term in resolve_all(question, examples, run).items()}


def answer(name: str, given: Mapping[str, str], run: QueryFn) -> Table:
    """The answer of ``motegraf ask --lang en``, with its English labels."""
    question = QUESTIONS[name]
    return normalize_proofs(run_question(question, given, run, "en"), question)


def in_any_order(rows: list[list[str]]) -> list[list[list[str]]]:
    """The rows with the words of each cell sorted: in which order an engine puts several proofs together is its own."""
    return [[sorted(cell.split(" ")) for cell in row] for row in rows]


def test_every_question_is_exported(grlc: dict[str, str], examples: dict[str, str]) -> None:
    assert set(grlc) == {f"{name}.rq" for name in QUESTIONS}
    assert set(examples) == {"prefixes.ttl", *(f"{name}.ttl" for name in QUESTIONS)}


@pytest.mark.parametrize("name", QUESTIONS)
def test_grlc_reads_texts_and_parameters(name: str, grlc: dict[str, str], run: QueryFn) -> None:
    text, question = grlc[f"{name}.rq"], QUESTIONS[name]
    read = decorators(text)
    assert (read["summary"], read["endpoint"], read["method"]) == (question.summary.en, ENDPOINT, "GET")
    assert read["description"].startswith(question.description.en)
    assert all(isinstance(tag, str) for tag in read["tags"])
    described = [line.rpartition(", ")[2] for line in read["description"].split("\n\n")[1:] if "https://" in line]
    assert described == [term for term in values(question, run).values() if term.startswith("https://")]
    parameters = {match[2]: match[1] for match in VARIABLE.finditer(text) if match[1]}
    assert parameters == dict.fromkeys(question.parameters, "__")  # none is required
    if "certainty" in parameters:
        assert read["enumerate"] == [{"certainty": ["certain", "possible", "all"]}]
        assert read["defaults"] == [{"certainty": "certain"}]


@pytest.mark.parametrize("name", QUESTIONS)
def test_query_for_grlc_has_the_answer_of_ask(name: str, grlc: dict[str, str], run: QueryFn) -> None:
    text = grlc[f"{name}.rq"]
    given = values(QUESTIONS[name], run)
    for query, parameters in ((text, {}), (substituted(text, given), given)):
        assert normalize_proofs(expect_table(run(query)), QUESTIONS[name]) == answer(name, parameters, run)


@pytest.mark.parametrize("name", QUESTIONS)
def test_example_has_the_answer_of_ask(name: str, examples: dict[str, str], run: QueryFn) -> None:
    graph = rdflib.Graph().parse(data=examples["prefixes.ttl"] + examples[f"{name}.ttl"], format="turtle")
    [[example, comment, query]] = graph.query(EXAMPLES)
    assert str(example) == f"{ENDPOINT}/.well-known/sparql-examples/{name.replace('_', '-')}"
    assert (str(comment), comment.language) == (QUESTIONS[name].summary.en, "en")
    assert normalize_proofs(expect_table(run(str(query))), QUESTIONS[name]) == answer(name, {}, run)


def test_examples_follow_the_rules_of_sib(examples: dict[str, str]) -> None:
    rules = rdflib.Graph().parse(data=RULES, format="turtle")
    together = rdflib.Graph()
    for text in examples.values():
        together.parse(data=text, format="turtle")
    conforms, _, report = validate(together, shacl_graph=rules)
    assert conforms, report
    [*declared] = together.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?name ?space { ?each sh:prefix ?name ; sh:namespace ?space }"
    )
    assert ("mg", "https://w3id.org/motegraf/ontology#") in {(str(one), str(other)) for one, other in declared}
    targets = {str(each) for each in together.objects(None, rdflib.URIRef("https://schema.org/target"))}
    assert targets == {ENDPOINT}


def test_files_of_others_in_the_folder_stay(built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("ASK {}", encoding="utf-8")
    files = CliRunner().invoke(motegraf, ["export", "-f", "grlc", "-o", str(tmp_path), "--build", str(built)])
    assert files.exit_code == 0
    assert (tmp_path / "mine.rq").read_text(encoding="utf-8") == "ASK {}"
    assert "http://127.0.0.1:8077/sparql" in (tmp_path / "who_met_whom.rq").read_text(encoding="utf-8")


# Asks grlc, which reads its settings from the working folder, for its description of all queries and for answers.
ASK_GRLC = """
import json, sys
from grlc.server import app
client = app.test_client()
def get(path, accept):
    reply = client.get(f"/api-local/{path}", headers={"Accept": accept}, base_url="http://localhost")
    return [reply.status_code, reply.get_data(as_text=True)]
paths = json.load(sys.stdin)
answers = [get("swagger", "application/json"), *(get(path, "text/csv") for path in paths)]
print("\\n" + json.dumps(answers))
"""


@pytest.mark.skipif(find_spec("grlc") is None, reason="grlc is not installed (extra: interop)")
def test_grlc_serves_every_query_with_the_answer_of_ask(built: Path, run: QueryFn, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log") as server:
        endpoint = f"http://127.0.0.1:{server.port}/sparql"
        written(tmp_path / "api", "grlc", "--endpoint", endpoint, "--build", str(built))
        settings = f"[local]\nlocal_sparql_dir = {tmp_path / 'api'}/\n[defaults]\nserver_name = localhost\n"
        (tmp_path / "config.ini").write_text(settings, encoding="utf-8")
        cases = [(name, {}) for name in QUESTIONS]
        cases += [(name, given) for name, question in QUESTIONS.items() if (given := values(question, run))]
        paths = [f"{name}.csv?{urlencode(given)}" for name, given in cases]
        ran = subprocess.run(
            [sys.executable, "-c", ASK_GRLC],
            input=json.dumps(paths),
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
    [status, described], *answers = json.loads(ran.stdout.splitlines()[-1])
    assert status == 200
    assert {path.removeprefix("/") for path in json.loads(described)["paths"]} == set(QUESTIONS)
    for (name, given), (status, text) in zip(cases, answers, strict=True):
        assert status == 200, (name, given)
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        expected = run_question(QUESTIONS[name], given, run)
        assert tuple(head) == expected.columns
        cells = [["" if cell is None else cell.value for cell in row] for row in expected.rows]
        assert in_any_order(rows) == in_any_order(cells), (name, given)
