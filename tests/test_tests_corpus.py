"""The tests stand on pages of their own, so that whoever adds a page to ``corpus/`` breaks no test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CORPUS, PAGE

from graph import HOME

pytestmark = pytest.mark.unit

SCHEMA = "corpus/claims.schema.json"


def reads_of_corpus(source: str) -> Iterator[str]:
    """Yield each expression that leads from the project's own folder into its ``corpus``.

    ``HOME / "corpus" / …``, ``HOME / name`` for each of some names of which one is "corpus", and a build of HOME.
    """
    tree = ast.parse(source)
    loops = [loop for loop in ast.walk(tree) if isinstance(loop, ast.For) and "corpus" in constants(loop.iter)]
    named = {id(node) for loop in loops for node in ast.walk(loop)}
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(ast.Name("HOME"), ast.Div(), ast.Constant(str(path))) if path.startswith("corpus"):
                if path != SCHEMA:
                    yield ast.unparse(node)
            case ast.BinOp(ast.Name("HOME"), ast.Div(), ast.JoinedStr([ast.Constant(str(path)), *_])):
                if path.startswith("corpus"):
                    yield ast.unparse(node)
            case ast.BinOp(ast.Name("HOME"), ast.Div(), ast.Name()) if id(node) in named:
                yield ast.unparse(node)
            case ast.Call(ast.Name("build" | "check" | "page_statuses"), [ast.Name("HOME"), *_]):
                yield ast.unparse(node)
            case ast.Call(ast.Attribute(ast.Name("HOME"), "glob" | "rglob"), [ast.Constant(str(path))]):
                if path.startswith("corpus"):
                    yield ast.unparse(node)


def constants(node: ast.AST) -> set[object]:
    """Return the values that are written in a piece of code."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}


@pytest.mark.parametrize("file", sorted(HOME.glob("tests/*.py")), ids=lambda file: file.name)
def test_no_test_reads_a_page_of_the_project(file: Path) -> None:
    if file == Path(__file__):
        return
    assert list(reads_of_corpus(file.read_text(encoding="utf-8"))) == [], "take the pages of tests/corpus"


@pytest.mark.parametrize(
    "code",
    [
        'text = (HOME / "corpus" / PAGE / "page.txt").read_text()',
        'text = (HOME / f"corpus/{PAGE}/page.txt").read_text()',
        'def home():\n    for name in ("corpus", "registry"):\n        copy(HOME / name)',
        "def test_it():\n    build(HOME, out)",
        'FILES = HOME.glob("corpus/*/claims.yaml")',
    ],
)
def test_a_test_that_would_read_one_is_noticed(code: str) -> None:
    assert len(list(reads_of_corpus(code))) == 1


def test_the_schema_of_claims_may_be_read() -> None:
    assert list(reads_of_corpus(f'text = (HOME / "{SCHEMA}").read_text()')) == []


def test_the_first_page_of_the_tests_is_that_of_the_project_where_it_still_has_it() -> None:
    folder = HOME / "corpus" / PAGE
    for file in sorted(folder.glob("*")):
        assert (CORPUS / PAGE / file.name).read_bytes() == file.read_bytes(), f"copy {file} to {CORPUS / PAGE}"


@pytest.mark.parametrize(
    "folder", sorted(each for each in CORPUS.iterdir() if each.is_dir()), ids=lambda each: each.name
)
def test_a_page_is_one_folder_of_three_files(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == ["claims.yaml", "page.txt", "page.yaml"]
