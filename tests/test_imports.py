"""What a build imports is written down in ``benchmarks/libraries.txt``, and ``--help`` needs none of the heavy ones."""

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from importlib.util import find_spec
from pathlib import Path

import pytest

from graph import HOME

pytestmark = pytest.mark.slow

PROGRAM = """
import json, runpy, sys
before, sys.argv = set(sys.modules), sys.argv[1:]
try:
    if sys.argv[0].endswith(".py"):
        runpy.run_path(sys.argv[0], run_name="__main__")
    elif sys.argv[0] == "import":
        for name in sys.argv[1:]:
            __import__(name)
    else:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert not end.code, end.code
print(json.dumps(sorted(set(sys.modules) - before)))
"""
# Modules that no distribution is listed for: what compiled modules and the system's own Python bring along.
NOBODYS = re.compile(r"_?cython_.*|_sysconfigdata_.*")
OURS = {"build_graph", "graph"}


def modules_of(*words: str | Path) -> set[str]:
    """The modules that a process has imported at its end: a script, a module run with ``-m``, or plain imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, words)], check=True, capture_output=True, encoding="utf-8"
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def third_party(modules: Iterable[str]) -> set[str]:
    """Their top-level names, without those of Python, of the system and of this project."""
    names = {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - OURS
    return {name for name in names if not NOBODYS.fullmatch(name)}


@pytest.fixture(scope="module")
def listed() -> set[str]:
    """The modules as they are written down."""
    lines = (HOME / "benchmarks/libraries.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@pytest.fixture(scope="module")
def libraries(listed: set[str]) -> set[str]:
    """The libraries whose modules are written down."""
    return {module.partition(".")[0] for module in listed}


@pytest.fixture(scope="module")
def of_build(first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a build of the first page imports that finds nothing kept."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("corpus", "registry", "ontology"):
        (folder / name).symlink_to(first_page / name)
    return modules_of(HOME / "build_graph.py", "--home", folder, "--out", folder / "build", "--quiet")


def test_build_imports_exactly_the_listed_libraries(listed: set[str], libraries: set[str], of_build: set[str]) -> None:
    of_list = modules_of("import", *sorted(listed))
    assert of_list <= of_build, "the list brings along what a build does not import"
    # Of the listed libraries all is imported with the list, but for single private modules.
    own = {name for name in of_build - of_list if name.partition(".")[0] in libraries}
    assert {name for name in own if not name.rpartition(".")[2].startswith("_")} == set()
    # Beyond what the listed import as they are imported, there is only what they import as they are used.
    more = third_party(of_build) - third_party(of_list)
    assert more <= needed_by(libraries), f"{sorted(more - needed_by(libraries))} is not in benchmarks/libraries.txt"


def test_modules_of_build_name_only_listed_libraries(libraries: set[str], of_build: set[str]) -> None:
    """A library that comes along with another could be used without notice: our own import statements are read."""
    ours = {name for name in of_build if name.startswith("graph.")} | {"build_graph", "graph.__main__"}
    files = [Path(spec.origin) for name in ours if (spec := find_spec(name)) and spec.origin]
    named = third_party(name for file in files for name in import_statements(file)) & third_party(of_build)
    assert named == libraries


def test_help_imports_only_click() -> None:
    loaded = third_party(modules_of("graph", "--help"))
    assert loaded == {"click"}


def test_ask_imports_neither_rdflib_nor_pydantic(tmp_path: Path, question_home: Path) -> None:
    """Every module more makes a question slower to answer: what is listed here is what it needs."""
    query = tmp_path / "query.rq"
    query.write_text("SELECT ?who { ?who a foaf:Person }", encoding="utf-8")
    options = ("--home", question_home, "-o", tmp_path / "answer.txt")
    shutil.rmtree(question_home / ".cache", ignore_errors=True)
    (question_home / ".cache").mkdir()
    assert third_party(modules_of("graph", "ask", *options, "who_was_where")) == {"click", "pyoxigraph", "yaml"}
    # The header of a question is read once.
    for words in (["who_was_where"], ["who_was_where", "--proof"], ["--query", query], ["--query", query, "-f", "csv"]):
        assert third_party(modules_of("graph", "ask", *options, *words)) == {"click", "pyoxigraph"}
    assert "graph.query.passages" not in modules_of("graph", "ask", *options, "who_was_where")


def import_statements(file: Path) -> Iterable[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def needed_by(libraries: set[str]) -> set[str]:
    """The modules of everything that these libraries need, and what that needs."""
    owners = packages_distributions()
    waiting = {normal(name) for library in libraries for name in owners[library]}
    found: set[str] = set()
    while waiting:
        found.add(name := waiting.pop())
        try:
            needed = [need for need in requires(name) or () if "extra ==" not in need]
        except PackageNotFoundError:  # for another system or another Python
            continue
        waiting |= {normal(re.split(r"[^A-Za-z0-9._-]", need, maxsplit=1)[0]) for need in needed} - found
    return {module for module, names in owners.items() if found & {normal(name) for name in names}}


def normal(distribution: str) -> str:
    """The name of a distribution as it is compared."""
    return re.sub(r"[-_.]+", "-", distribution).lower()
