"""Structure: no SPARQL in Python, one base class of errors, and files that are short enough to read."""

import ast
import builtins
import re
from pathlib import Path

import pytest

from graph import HOME

pytestmark = pytest.mark.unit

MODULES = sorted((HOME / "graph").glob("**/*.py"))


@pytest.mark.parametrize("file", [*MODULES, HOME / "build_graph.py"], ids=lambda file: file.stem)
def test_python_contains_no_sparql(file: Path) -> None:
    strings = [
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if re.search(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT)\b[^.]*\{", text)]


def test_every_exception_is_a_motegraf_error() -> None:
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    builtin = {
        name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
    }
    errors, ours = builtin | {"MotegrafError"}, {"MotegrafError"}
    for _ in bases:
        errors |= {name for name, above in bases.items() if above & errors}
        ours |= {name for name, above in bases.items() if above & ours}
    assert errors - builtin == ours
    assert {name for name in ours if not name.endswith("Error")} == set()


@pytest.mark.parametrize(
    ("pattern", "most"),
    [
        ("graph/**/*.py", 400),
        ("build_graph.py", 90),
        ("ontology/rules/*.rq", 40),
        ("graph/**/*.rq", 40),
    ],
)
def test_files_stay_below_their_maximum_length(pattern: str, most: int) -> None:
    lengths = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in HOME.glob(pattern)}
    assert {name: length for name, length in lengths.items() if length > most} == {}
