"""How Oxigraph sets about a question: with one thing given, no OPTIONAL is worked out for the whole graph.

It does so where what comes before may have many rows and what is optional has several patterns: the rows of the one are
then looked up in all rows of the other. Nested OPTIONALs, a pattern each, are looked up row by row. What it does is
settled by the query alone, whatever the data.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode
from servers import oxigraph_program

from graph import HOME
from graph.questions import Question, read_questions
from graph.sparql_text import with_terms

THING = NamedNode("https://w3id.org/motegraf/person/somebody")
# Reads the terms of office of the registry, which do not grow with the pages.
OF_THE_REGISTRY = {"which_capacities_does_the_registry_leave_open"}
GIVEN = [
    (question, name)
    for question in read_questions(HOME / "queries")
    for name, parameter in question.parameters.items()
    if parameter.is_a in ("actor", "event", "post", "page") and question.name not in OF_THE_REGISTRY
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "one.nq").write_text("<a:a> <a:b> <a:c> .\n", encoding="utf-8")
    command = [oxigraph_program(), "load", "--location", folder / "store", "--file", folder / "one.nq"]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def steps(query: str, folder: Path) -> list[str]:
    """What is done for a query, step by step."""
    (folder / "query.rq").write_text(query, encoding="utf-8")
    command = [oxigraph_program(), "query", "--location", folder / "store", "--query-file", folder / "query.rq"]
    options = ["--explain-file", folder / "plan.json", "--results-format", "csv"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    return list(_steps(json.loads((folder / "plan.json").read_text(encoding="utf-8"))["plan"]))


def _steps(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["name"]
    for below in plan.get("children") or ():
        yield from _steps(below)


def whole(found: list[str]) -> list[str]:
    """The steps that work out an OPTIONAL for the whole graph; one without a key has a thing that is given."""
    return [step for step in found if step.startswith("LeftJoin(Hash") and "keys = ," not in step]


@pytest.mark.parametrize(("question", "name"), GIVEN, ids=[f"{question.name}-{name}" for question, name in GIVEN])
def test_what_is_optional_is_looked_up_row_by_row(question: Question, name: str, store: Path) -> None:
    assert whole(steps(with_terms(question.query, {name: THING}), store)) == []


def test_such_a_step_is_seen(store: Path) -> None:
    before = "?a <a:a>|<a:b>|<a:c>|<a:d> <a:e> ; <a:f> ?b"
    several = "?b <a:g> ?c ; <a:h> ?d ; <a:i> ?e . ?e <a:j> ?f ; <a:k> ?g"
    assert len(whole(steps(f"SELECT * {{ {before} OPTIONAL {{ {several} }} }}", store))) == 1
    one = "OPTIONAL { ?b <a:g> ?c } OPTIONAL { ?b <a:h> ?d } OPTIONAL { ?b <a:i> ?e OPTIONAL { ?e <a:j> ?f } }"
    assert whole(steps(f"SELECT * {{ {before} {one} }}", store)) == []
