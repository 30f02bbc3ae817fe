"""The rules for persistent addresses lead every IRI of the graph somewhere, and each as it must be led."""

import re
from pathlib import Path

import pytest
from conftest import load_store
from pyoxigraph import NamedNode

from graph import HOME
from graph.model.iris import BASE, ENTITIES, VOCABULARY

pytestmark = pytest.mark.unit

RULES = HOME / "docs/w3id/.htaccess"
SERVER = "https://motegraf.example.org/"
BROWSER, PROGRAM = "text/html,application/xhtml+xml", "text/turtle"
Led = tuple[int, str]


def led(path: str, accept: str) -> Led | None:
    """Where Apache's mod_rewrite sends a path: the first rule that fits, with the conditions right before it."""
    conditions: list[str] = []
    for line in RULES.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if word == "RewriteCond":
            variable, pattern = rest.split()
            assert variable == "%{HTTP_ACCEPT}"
            conditions.append(pattern)
        elif word == "RewriteRule":
            pattern, target, flags = rest.split()
            found = re.search(pattern, path)
            if found and all(re.search(condition, accept) for condition in conditions):
                code = re.search(r"R=(\d+)", flags)
                assert code
                assert "L" in flags.strip("[]").split(",")
                # A fragment stays one only where nothing is escaped.
                assert "#" not in target or "NE" in flags
                for number, words in enumerate(found.groups(), 1):
                    target = target.replace(f"${number}", words or "")
                return int(code[1]), target
            conditions = []
    return None


def ours(built: Path) -> set[str]:
    """The IRIs under the base that the files of a build have, without their fragments."""
    found = set()
    for name in sorted({"motegraf.nq", *(file.name for file in built.glob("*.ttl"))}):
        for quad in load_store(built / name):
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                if isinstance(term, NamedNode) and term.value.startswith(BASE):
                    found.add(term.value.removeprefix(BASE).partition("#")[0])
    return found


def expected(path: str) -> Led:
    """What must become of a path, by the kind of thing that it names."""
    if path in ("", "sparql") or path.startswith(("dumps/", "graph/")):
        return 302, SERVER + path
    if re.fullmatch(r"ontology(/\d+\.\d+\.\d+)?", path):
        return 302, SERVER + path
    return 303, f"{SERVER}about/{path}"


@pytest.mark.parametrize("accept", [BROWSER, PROGRAM])
def test_every_iri_of_the_graph_is_led_as_it_must_be(accept: str, built: Path) -> None:
    paths = ours(built)
    assert {path: led(path, accept) for path in paths} == {path: expected(path) for path in paths}
    folders = {path.rpartition("/")[0] + "/" for path in paths}
    assert {folder for folder in folders if folder.startswith("area/")} == {"area/no/kommune/", "area/no/fylke/"}


@pytest.mark.parametrize("folder", sorted({*ENTITIES.values(), *VOCABULARY.values()} - {"ontology#", "graph/"}))
def test_every_kind_of_thing_has_a_rule(folder: str) -> None:
    assert led(f"{folder}some-thing.2014-10", PROGRAM) == (303, f"{SERVER}about/{folder}some-thing.2014-10")


@pytest.mark.parametrize(
    "path", ["sparql", "explorer", "dumps/motegraf.ttl", "graph/concluded", ".well-known/void", "ontology.ttl", ""]
)
def test_documents_are_at_their_address(path: str) -> None:
    assert led(path, PROGRAM) == (302, SERVER + path)


@pytest.mark.parametrize("path", ["nothing", "events", "person", "person/", "../etc", "ontology/x"])
def test_what_is_no_address_of_ours_leads_nowhere(path: str) -> None:
    assert led(path, PROGRAM) is None


@pytest.mark.parametrize("accept", [BROWSER, PROGRAM])
def test_every_scheme_leads_to_what_the_server_has_about_it(accept: str) -> None:
    for folder in VOCABULARY.values():
        if folder not in ("question/", "shape/", "ontology#"):
            scheme = folder.removesuffix("/")
            assert led(scheme, accept) == (303, f"{SERVER}about/{scheme}")
