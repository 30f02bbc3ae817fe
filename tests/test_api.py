"""The public API: its names, that each works as docs/api.md shows, and that importing the package costs nothing."""

import ast
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from small_page import create_home, small_page

import graph
from graph import HOME

pytestmark = pytest.mark.unit

DOCUMENT = (HOME / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", DOCUMENT, re.DOTALL)
NAMES = {
    *("ask", "questions", "connect", "participations", "presence_network", "build", "check"),
    *("Finding", "FindingsError", "MotegrafError"),
}


@pytest.fixture
def home(first_page: Path, built: Path, tmp_path: Path) -> Path:
    """The first page with its build."""
    for name in ("corpus", "registry", "ontology"):
        (tmp_path / name).symlink_to(first_page / name)
    (tmp_path / "build").symlink_to(built)
    return tmp_path


def test_public_names_are_the_documented_ones() -> None:
    assert set(graph.__all__) == NAMES
    assert set(re.findall(r"^\| `graph\.(\w+)` \|", DOCUMENT, re.MULTILINE)) == NAMES
    assert set(dir(graph)) >= NAMES


def test_every_public_name_is_in_an_example() -> None:
    code = "".join(code for code, _ in EXAMPLES)
    assert {name for name in NAMES if not re.search(rf"\bgraph\.{name}\b", code)} == set()


@pytest.mark.slow
@pytest.mark.parametrize(("code", "printed"), EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_example_prints_what_the_document_says(code: str, printed: str, home: Path) -> None:
    if "graph.build(" in code:
        (home / "build").unlink()
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=home, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, "")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_public_name_is_imported_on_first_use(name: str) -> None:
    value = getattr(graph, name)
    assert value.__name__ == name
    assert value.__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'graph' has no attribute 'no_such_name'"):
        graph.no_such_name  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_package_imports_no_other_package() -> None:
    program = (
        "import sys, graph; print(sorted(name for name in sys.modules if name.startswith(('graph.', 'pyox', 'click'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


def test_stub_declares_the_public_names_and_the_package_is_typed() -> None:
    folder = Path(str(find_spec("graph").origin)).parent  # type: ignore[union-attr]
    tree = ast.parse((folder / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {alias.asname for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported - {None} == NAMES
    assert (folder / "py.typed").is_file()


def test_check_returns_the_findings_with_file_and_line(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home")
    small_page(home)
    assert graph.check(home) == []
    claims = next(home.glob("corpus/*/claims.yaml"))
    claims.write_text(
        claims.read_text(encoding="utf-8").replace("kind: dialogue-meeting", "kind: dialog-meeting", 1),
        encoding="utf-8",
    )
    findings = graph.check(home)
    assert findings
    assert {finding.file for finding in findings} == {claims.relative_to(home).as_posix()}
    assert all(finding.line > 0 for finding in findings)
    assert not (home / "build").exists()
