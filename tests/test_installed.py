"""The package as ``pip install .`` lays it down, away from its checkout: it works on the home that is named."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CORPUS, PAGE

from graph import HOME, NOT_FROM_A_ZIP, ONLY_THE_PACKAGE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package as its wheel has it. Its libraries are those that the tests have."""
    source, site = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    shutil.copytree(HOME / "graph", source / "graph", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build_graph.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOME / name, source)
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(source)]
    done = subprocess.run(install, capture_output=True, encoding="utf-8", check=False)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"pip cannot build the package here: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr
    # The folder is for builds of the graph, which are refused where there is something else.
    assert not (source / "build").exists()
    return site


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with all that a clone has, and the first page."""
    home = tmp_path_factory.mktemp("checkout") / "home"
    home.mkdir()
    for name in ("registry", "ontology", "queries", "docs"):
        (home / name).symlink_to(HOME / name, target_is_directory=True)
    (home / "corpus").mkdir()
    shutil.copytree(CORPUS / PAGE, home / "corpus" / PAGE)
    shutil.copy(HOME / "corpus/claims.schema.json", home / "corpus")
    (home / "registers").mkdir()
    shutil.copytree(HOME / "decisions", home / "decisions")
    for schema in (HOME / "registers").glob("*.schema.json"):
        shutil.copy(schema, home / "registers")
    return home


def python(site: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python with that package, in a folder that has no other."""
    environment = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run(
        [sys.executable, *map(str, words)], env=environment, cwd=site.parent, capture_output=True, encoding="utf-8"
    )


def test_every_command_works_on_the_home_that_is_named(site: Path, checkout: Path, tmp_path: Path) -> None:
    for words, shown in (
        (["build", "-q"], ""),
        (["check"], "no findings"),
        (["explore", "-q", "--no-open"], "explorer.html"),
        (["ontology", "--check"], ""),
        (["schema", "--check"], ""),
        (["ask", "who_met_whom"], "Jøran"),
        (["ask"], "who_met_whom"),
        (["ties", "laila-bokhari"], "Kallmyr"),
        (["export", "-o", tmp_path / "all.jsonld"], ""),
        (["export", "-o", tmp_path / "events.jsonld", "--framed-by", "event"], ""),
        (["export", "-o", tmp_path / "all.gexf"], ""),
    ):
        done = python(site, "-m", "graph", *words, "--home", checkout)
        assert (done.returncode, words) == (0, words), done.stderr
        assert shown in done.stdout + done.stderr
    assert "event" in json.loads((tmp_path / "all.jsonld").read_text(encoding="utf-8"))["@context"]
    # Made here and from the checkout, a build has the same bytes.
    own = python(HOME, "-m", "graph", "build", "-q", "--home", checkout, "--out", tmp_path / "own")
    assert own.returncode == 0, own.stderr
    assert {
        file.name: file.read_bytes() for file in (tmp_path / "own").glob("*.*") if file.name != "manifest.json"
    } == {file.name: file.read_bytes() for file in (checkout / "build").glob("*.*") if file.name != "manifest.json"}


def test_command_that_a_message_names_works(site: Path, checkout: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for file in checkout.iterdir():
        if file.name != "build":
            (home / file.name).symlink_to(file, target_is_directory=file.is_dir())
    refused = python(site, "-m", "graph", "ask", "who_met_whom", "--home", home)
    assert (refused.returncode, refused.stdout) == (1, "")
    command = refused.stderr.strip().partition("make one with: motegraf ")[2].split()
    assert command == ["build", "--home", str(home)]
    assert python(site, "-m", "graph", *command).returncode == 0
    assert python(site, "-m", "graph", "ask", "who_met_whom", "--home", home).returncode == 0


@pytest.mark.parametrize("home", ["", ", home={home!r}"])
def test_python_asks_a_build_of_a_checkout(site: Path, checkout: Path, home: str) -> None:
    build = checkout / "build"
    assert python(site, "-m", "graph", "build", "-q", "--home", checkout).returncode == 0
    program = (
        f"import graph; print(len(graph.ask('who_met_whom', build={str(build)!r}{home.format(home=str(checkout))})))"
    )
    done = python(site, "-c", program)
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr


@pytest.mark.parametrize(
    ("left", "why"),
    [
        (["lib", "bdist.linux-x86_64"], "is what setuptools left when the package was installed; remove that folder"),
        (["bdist.win-amd64", "lib.win-amd64-3.11"], "is what setuptools left when the package was installed"),
        (["letters"], "is not empty and holds no build (letters, ...); name a folder for builds alone"),
        (["lib", "letters"], "is not empty and holds no build"),
    ],
)
def test_folder_of_something_else_is_left_alone(checkout: Path, tmp_path: Path, left: list[str], why: str) -> None:
    for name in left:
        (tmp_path / "build" / name).mkdir(parents=True)
    done = python(HOME, "-m", "graph", "build", "-q", "--home", checkout, "--out", tmp_path / "build")
    assert done.returncode == 1
    assert why in done.stderr
    assert sorted(each.name for each in (tmp_path / "build").iterdir()) == sorted(left)


def test_home_without_pictures_says_where_they_are(site: Path, checkout: Path, tmp_path: Path) -> None:
    for name in ("registry", "ontology", "corpus", "queries"):
        (tmp_path / name).symlink_to(checkout / name, target_is_directory=True)
    done = python(site, "-m", "graph", "build", "-q", "--home", tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path / 'docs'}: has no pictures of the model; {ONLY_THE_PACKAGE}" in done.stderr
    assert not (tmp_path / "build/manifest.json").exists()


def test_package_in_a_zip_file_says_what_to_do(site: Path, checkout: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", site)
    for words, code in (
        (["-m", "graph", "ask", "who_met_whom", "--home", checkout], 1),
        (["-c", "import graph; graph.ask('who_met_whom')"], 1),
    ):
        done = python(Path(archive), *words)
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.splitlines()[-1].endswith(f"Error: {NOT_FROM_A_ZIP}")
