"""The house: which module may import which, how long a file may be, and that no SPARQL stands in Python."""

import ast
import re
from pathlib import Path

import pytest

from graph import HOME

# From the ground up: a module imports only from floors below its own, or its own floor's earlier names.
FLOORS = (
    ("names", "label", "findings", "dates", "progress", "spans", "forms", "sparql_text"),
    ("sayings", "records", "reading", "entries", "dataset", "answers", "manifest"),
    ("addresses", "from_clauses"),
    ("credentials",),
    ("refusals",),
    ("response",),
    ("exchange", "remote_answers"),
    ("build_folder", "vocabulary", "quotes", "registry_records", "turtle"),
    ("mentions", "registry", "registry_areas", "registry_actors"),
    ("proofs", "tenses", "choices", "registry_files"),
    ("background",),
    ("known",),
    ("parties",),
    ("meanings", "coverage", "accepted"),
    ("claims",),
    ("corpus", "schema"),
    ("claim_labels", "source_statements"),
    ("claim_statements", "registry_statements"),
    ("conclude", "check", "parts"),
    ("dossiers",),
    ("questions", "stores"),
    ("endpoint",),
    ("parameters",),
    ("ask",),
    ("own_sparql", "sheet", "network"),
    ("sheet_text", "sheet_markup", "ties"),
    ("catalogue", "hops", "centrality"),
    ("paths",),
    ("network_tables",),
    ("publish", "summary", "status"),
    ("result_formats",),
    ("explorer.looked_up", "explorer.short_names", "explorer.outlines", "explorer.assembled"),
    ("explorer.sources", "explorer.ready_answers", "explorer.first_view"),
    ("explorer.told", "explorer.wide_drawing"),
    ("explorer.tall_drawing",),
    ("explorer.drawing",),
    ("explorer",),
    ("commands",),
    ("commands.options",),
    ("commands.answering", "commands.builds", "commands.completing", "commands.writing"),
    ("commands.places",),
    ("commands.network_options",),
    ("commands.asking", "commands.building", "commands.exploring", "commands.tying"),
    ("__main__",),
)
FLOOR = {module: number for number, floor in enumerate(FLOORS) for module in floor}
MODULES = sorted(path for path in (HOME / "graph").glob("**/*.py") if path != HOME / "graph/__init__.py")
# Layers in which no RDF is known: text in, records out.
PURE = (
    "records",
    "dates",
    "sayings",
    "findings",
    "reading",
    "forms",
    "entries",
    "quotes",
    "spans",
    "mentions",
    "proofs",
    "tenses",
    "choices",
    "known",
    "parties",
    "meanings",
    "claims",
    "coverage",
)


def name_of(file: Path) -> str:
    """``commands.building`` of ``graph/commands/building.py``; a package goes by the name of its folder."""
    return ".".join(file.relative_to(HOME / "graph").with_suffix("").parts).removesuffix(".__init__")


def imports(file: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_every_module_has_its_floor() -> None:
    assert {name_of(file) for file in MODULES} == set(FLOOR)


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_point_downwards_only(file: Path) -> None:
    ours = {name.removeprefix("graph.") for name in imports(file) if name.startswith("graph.")}
    upwards = {name for name in ours if FLOOR[name] >= FLOOR[name_of(file)]}
    assert upwards == set()


@pytest.mark.parametrize("module", PURE)
def test_readers_know_no_rdf(module: str) -> None:
    foreign = {name.split(".")[0] for name in imports(HOME / "graph" / f"{module}.py")}
    assert not foreign & {"rdflib", "pyoxigraph", "pyshacl"}


@pytest.mark.parametrize("file", [*MODULES, HOME / "build_graph.py"], ids=lambda file: file.stem)
def test_no_sparql_stands_in_python(file: Path) -> None:
    strings = [
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if re.search(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT)\b[^.]*\{", text)]


@pytest.mark.parametrize(
    ("pattern", "most"),
    [
        ("graph/**/*.py", 400),
        ("build_graph.py", 90),
        ("ontology/rules/*.rq", 40),
        ("graph/lookups/*.rq", 40),
    ],
)
def test_files_are_short_enough_to_read(pattern: str, most: int) -> None:
    lengths = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in HOME.glob(pattern)}
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_the_map_in_the_package_names_every_module() -> None:
    described = (HOME / "graph/__init__.py").read_text(encoding="utf-8")
    missing = [name_of(file) for file in MODULES if not re.search(rf"\b{name_of(file)}\b", described)]
    assert missing == []
