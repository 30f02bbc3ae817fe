"""The house: which module may import which, how long a file may be, and that no SPARQL stands in Python."""

import ast
import re
from pathlib import Path

import pytest

import graph
from graph import HOME

# From the ground up: a module imports only from floors below its own, or its own floor's earlier names.
FLOORS = (
    # Packages that hold nothing but their modules.
    ("corpus", "endpoint", "exports", "network", "push", "registry", "serve", "sheet"),
    (
        "names",
        "label",
        "certainty",
        "counting",
        "visible",
        "findings",
        "dates",
        "progress",
        "corpus.spans",
        "corpus.forms",
        "sparql_text",
    ),
    ("corpus.sayings", "records", "reading", "corpus.entries", "dataset", "answers", "manifest"),
    ("xml_letters",),
    ("endpoint.addresses", "endpoint.from_clauses"),
    ("endpoint.credentials",),
    ("endpoint.refusals",),
    ("endpoint.response",),
    ("endpoint.exchange", "endpoint.remote_answers"),
    ("questions", "build_folder", "vocabulary", "void", "corpus.quotes", "registry.records", "turtle"),
    ("corpus.mentions", "registry.look_ups", "registry.areas", "registry.actors"),
    ("corpus.proofs", "corpus.tenses", "corpus.choices", "registry.files"),
    ("corpus.background",),
    ("corpus.known",),
    ("corpus.kept",),
    ("corpus.parties",),
    ("corpus.meanings", "corpus.coverage", "corpus.accepted", "corpus.declared"),
    ("corpus.claims",),
    ("corpus.pages", "corpus.schema"),
    ("claim_labels", "source_statements"),
    ("claim_statements", "registry.statements"),
    ("conclude", "check", "parts"),
    ("dossiers",),
    ("stores", "dcat"),
    ("endpoint.remote",),
    ("things",),
    ("parameters", "executables"),
    ("ask",),
    ("own_sparql", "sheet.cells", "network.presence"),
    ("sheet.text", "sheet.markup", "network.ties"),
    ("catalogue", "network.hops", "network.centrality"),
    ("network.paths",),
    ("network.tables",),
    ("publish", "summary", "status"),
    ("result_formats", "exports.selection", "exports.json_ld", "exports.participation_table"),
    ("exports.framed", "accompanying"),
    ("exports.rdf_files",),
    ("exports.network_files",),
    ("explorer.looked_up", "explorer.short_names", "explorer.outlines", "explorer.assembled"),
    ("explorer.sources", "explorer.ready_answers", "explorer.first_view", "explorer.facts", "explorer.packed"),
    ("explorer.told", "explorer.wide_drawing"),
    ("explorer.tall_drawing",),
    ("explorer.drawing",),
    ("explorer",),
    ("ontology_page.terms", "push.plan", "push.verified"),
    ("push.sending",),
    ("ontology_page.page",),
    ("ontology_page",),
    ("serve.limits", "serve.media", "serve.refusals", "serve.frames", "serve.cores"),
    ("serve.compression", "serve.confined", "serve.addresses", "serve.doors"),
    ("serve.workers",),
    ("serve.about",),
    ("serve.pages",),
    ("serve.tasks", "serve.turns", "serve.protocol", "serve.served", "serve.sockets", "serve.manners"),
    ("serve.worker", "serve.pool", "serve.description"),
    ("serve.replies", "serve.taking_up"),
    ("serve.asking", "serve.files", "serve.editor"),
    ("serve.yasgui",),
    ("serve.things",),
    ("serve.app",),
    ("commands",),
    ("commands.options",),
    ("commands.answering", "commands.builds", "commands.completing", "commands.writing"),
    ("commands.places",),
    ("commands.network_options",),
    ("commands.asking", "commands.building", "commands.exploring", "commands.serving", "commands.tying"),
    ("commands.exporting", "commands.pushing"),
    ("commands.program",),
    ("__main__",),
)
FLOOR = {module: number for number, floor in enumerate(FLOORS) for module in floor}
MODULES = sorted(path for path in (HOME / "graph").glob("**/*.py") if path != HOME / "graph/__init__.py")
# Layers in which no RDF is known: text in, records out.
PURE = (
    "records",
    "dates",
    "corpus.sayings",
    "findings",
    "reading",
    "corpus.forms",
    "corpus.entries",
    "corpus.quotes",
    "corpus.spans",
    "corpus.mentions",
    "corpus.proofs",
    "corpus.tenses",
    "corpus.choices",
    "corpus.known",
    "corpus.parties",
    "corpus.meanings",
    "corpus.kept",
    "corpus.declared",
    "corpus.claims",
    "corpus.coverage",
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


def ours(file: Path) -> set[str]:
    """Those of them that are in this package, by their names in it."""
    return {name.removeprefix("graph.") for name in imports(file) if name.startswith("graph.")}


def test_every_module_has_its_floor() -> None:
    assert {name_of(file) for file in MODULES} == set(FLOOR)


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_imports_point_downwards_only(file: Path) -> None:
    upwards = {name for name in ours(file) if FLOOR[name] >= FLOOR[name_of(file)]}
    assert upwards == set()


@pytest.mark.parametrize("module", PURE)
def test_readers_know_no_rdf(module: str) -> None:
    foreign = {name.split(".")[0] for name in imports(HOME / "graph" / f"{module.replace('.', '/')}.py")}
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
        ("graph/**/*.rq", 40),
    ],
)
def test_files_are_short_enough_to_read(pattern: str, most: int) -> None:
    lengths = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in HOME.glob(pattern)}
    assert {name: length for name, length in lengths.items() if length > most} == {}


def mapped() -> list[str]:
    """The modules that the map in the package names, in its order; those of a package are indented below it."""
    found, package = [], ""
    for line in (graph.__doc__ or "").splitlines():
        # Two spaces part names from what they mean.
        entry = re.fullmatch(r"    (  )?([a-z_]+(?:, [a-z_]+)*)(?:  +\S.*)", line)
        if entry:
            names = entry[2].split(", ")
            package = package if entry[1] else names[-1]
            found += [f"{package}.{name}" if entry[1] else name for name in names]
    return found


def test_the_map_in_the_package_names_every_module_once_and_no_other() -> None:
    assert sorted(mapped()) == sorted(map(name_of, MODULES))


def test_the_map_goes_from_the_ground_up() -> None:
    """No module stands above one that it imports, but for a package: what is in it comes after it."""
    order = {name: number for number, name in enumerate(mapped())}
    upwards = {
        (module, name)
        for module, name in ((name_of(file), name) for file in MODULES for name in ours(file))
        if order[name] > order[module] and not name.startswith(f"{module}.")
    }
    assert upwards == set()
