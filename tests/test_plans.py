"""How Oxigraph sets about a question: with one thing given, it begins there, and works nothing out for the whole graph.

Of patterns that seem equally selective to it, it begins with the one that is written first; so what may be given is
written first. And an OPTIONAL of several patterns is worked out for the whole graph where what comes before may have
many rows, which are then looked up in it. Nested OPTIONALs, a pattern each, are looked up row by row. What it does is
settled by the query alone, whatever the data.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode
from servers import oxigraph_program

from graph import HOME
from graph.query.questions import Question, read_questions
from graph.query.sparql.parameters import bind_parameters

pytestmark = pytest.mark.slow

THING = NamedNode("https://w3id.org/motegraf/person/somebody")
# Begins with the areas of the registry, which do not grow with the pages.
OF_AREAS = {"what_does_the_registry_add"}
# Reads the terms of office of the registry, which do not grow with the pages.
OF_THE_REGISTRY = {"which_capacities_does_the_registry_leave_open"}
GIVEN = [
    (question, name)
    for question in read_questions(HOME / "queries")
    for name, parameter in question.parameters.items()
    if parameter.kind in ("actor", "event", "post", "page") and question.name not in OF_THE_REGISTRY
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "one.nq").write_text("<a:a> <a:b> <a:c> .\n", encoding="utf-8")
    command = [oxigraph_program(), "load", "--location", folder / "store", "--file", folder / "one.nq"]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def plan_of(query: str, folder: Path) -> dict[str, Any]:
    """What is done for a query."""
    (folder / "query.rq").write_text(query, encoding="utf-8")
    command = [oxigraph_program(), "query", "--location", folder / "store", "--query-file", folder / "query.rq"]
    options = ["--explain-file", folder / "plan.json", "--results-format", "csv"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    plan: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))["plan"]
    return plan


def steps(plan: dict[str, Any]) -> Iterator[str]:
    """Its steps, those that come last first."""
    yield plan["name"]
    for below in plan.get("children") or ():
        yield from steps(below)


def chains(plan: dict[str, Any], inside: bool = False) -> Iterator[list[str]]:
    """The patterns that are looked up one after the other, each for every row of those before it, without VALUES."""
    chain = plan["name"] == "Lateral"
    if chain and not inside:
        yield [step for step in steps(plan) if step.startswith(("QuadPattern", "Path"))]
    for below in plan.get("children") or ():
        yield from chains(below, chain or (inside and below["name"].startswith(("Lateral", "Filter"))))


def whole(plan: dict[str, Any]) -> list[str]:
    """The steps that work out an OPTIONAL for the whole graph; one without a key has a thing that is given."""
    return [step for step in steps(plan) if step.startswith("LeftJoin(Hash") and "keys = ," not in step]


@pytest.mark.parametrize(("question", "name"), GIVEN, ids=[f"{question.name}-{name}" for question, name in GIVEN])
def test_what_is_optional_is_looked_up_row_by_row(question: Question, name: str, store: Path) -> None:
    assert whole(plan_of(bind_parameters(question.query, {name: THING}), store)) == []


@pytest.mark.parametrize(("question", "name"), GIVEN, ids=[f"{question.name}-{name}" for question, name in GIVEN])
def test_what_is_given_comes_first(question: Question, name: str, store: Path) -> None:
    for chain in chains(plan_of(bind_parameters(question.query, {name: THING}), store)):
        if any(str(THING) in pattern for pattern in chain) and question.name not in OF_AREAS:
            assert str(THING) in chain[0]


def crossed(plan: dict[str, Any]) -> list[str]:
    """The steps that try every row of one thing with every row of another."""
    found = re.compile(r"(Left|Anti)?Join\(Hash\w+, keys = (,|\)|$)")
    return [step for step in steps(plan) if found.match(step)]


@pytest.mark.parametrize("question", read_questions(HOME / "queries"), ids=lambda question: question.name)
def test_nothing_is_tried_with_everything(question: Question, store: Path) -> None:
    assert crossed(plan_of(question.query, store)) == []


def test_such_a_step_is_seen(store: Path) -> None:
    before = "?a <a:a>|<a:b>|<a:c>|<a:d> <a:e> ; <a:f> ?b"
    several = "?b <a:g> ?c ; <a:h> ?d ; <a:i> ?e . ?e <a:j> ?f ; <a:k> ?g"
    assert len(whole(plan_of(f"SELECT * {{ {before} OPTIONAL {{ {several} }} }}", store))) == 1
    one = "OPTIONAL { ?b <a:g> ?c } OPTIONAL { ?b <a:h> ?d } OPTIONAL { ?b <a:i> ?e OPTIONAL { ?e <a:j> ?f } }"
    assert whole(plan_of(f"SELECT * {{ {before} {one} }}", store)) == []
    assert len(crossed(plan_of("SELECT * { ?a <a:a> ?b . ?c <a:b> ?d FILTER(?b < ?d) }", store))) == 1
    (late,) = chains(plan_of(f"SELECT * {{ ?a <a:a> <a:b> ; <a:c> {THING} }}", store))
    assert [str(THING) in pattern for pattern in late] == [False, True]
