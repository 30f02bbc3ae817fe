"""Structure: no SPARQL stands in Python, and files stay short enough to read."""

import ast
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
