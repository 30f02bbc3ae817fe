"""Shared fixtures: the build of the first page, homes that a test may change, and queries of a dataset."""

import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, driver, started, used, window
from hypothesis import settings
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store
from tiers import pytest_collection_modifyitems, pytest_ignore_collect  # noqa: F401 - hooks

from build_graph import build
from graph import HOME
from graph.model.iris import PREFIXES
from graph.pipeline.register_options import RegisterOptions
from graph.rdf.terms import compact
from graph.sources.pages.context import Background, read_background

# Nearly all that is made until tests run stays: modules, and thousands of tests. Python's collector of reference cycles
# would look through it again and again, for a tenth of all the time that tests take.
gc.set_threshold(20_000, 10, 10)
# No test checks how long something takes.
settings.register_profile("of any speed", deadline=None)
settings.load_profile("of any speed")
PAGE = "dialogmoter-hosten-2014"
# The pages that the tests stand on.
CORPUS = Path(__file__).parent / "corpus"
# Registers of four countries, invented.
REGISTERS = Path(__file__).parent / "registers"
# A base IRI under which somebody else may publish.
OTHER_BASE = "https://example.org/other/"
# What the environment tells tests themselves.
TEST_SETTINGS = ("MOTEGRAF_VOCABULARIES", "MOTEGRAF_TEST_IMAGE")
Row = tuple[str, ...]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the collector look no more through what stays as long as this process."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove proxies, credentials of endpoints and settings that the machine on which tests run may have."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or (name.startswith("MOTEGRAF_") and name not in TEST_SETTINGS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NETRC", os.devnull)


@pytest.fixture(scope="module")
def background() -> Background:
    """Return what pages are read with: the project's registry and vocabulary."""
    return read_background(HOME)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with copies of registry, ontology and the first page, which a test may change."""
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, tmp_path / "home" / folder)
    shutil.copytree(CORPUS / PAGE, tmp_path / "home/corpus" / PAGE)
    shutil.copy(HOME / "corpus/claims.schema.json", tmp_path / "home/corpus")
    return tmp_path / "home"


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    """Return a home with registry and ontology, and a corpus without pages."""
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, tmp_path / "home" / folder)
    (tmp_path / "home/corpus").mkdir()
    return tmp_path / "home"


@pytest.fixture(scope="session")
def first_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose corpus is the first page alone."""
    home = tmp_path_factory.mktemp("first") / "home"
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, home / folder)
    shutil.copytree(CORPUS / PAGE, home / "corpus" / PAGE)
    return home


@pytest.fixture(scope="session")
def built(first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the build of the first page, made once."""
    out = tmp_path_factory.mktemp("built")
    build(first_page, out)
    return out


@pytest.fixture(scope="session")
def eleven_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the build of the first page and of ten of many genres, made once."""
    home = tmp_path_factory.mktemp("eleven") / "home"
    home.mkdir()
    for folder in ("registry", "ontology"):
        (home / folder).symlink_to(HOME / folder)
    shutil.copytree(CORPUS, home / "corpus")
    build(home, home / "out")
    return home / "out"


@pytest.fixture(scope="session")
def four_registers(first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the first page and the four registers of the tests, built but for the two rows with errors."""
    home = tmp_path_factory.mktemp("registers") / "home"
    home.mkdir()
    for name in ("corpus", "registry", "ontology"):
        (home / name).symlink_to(first_page / name)
    shutil.copytree(REGISTERS, home / "registers", ignore=shutil.ignore_patterns("expected.json"))
    build(home, home / "build", options=RegisterOptions(accept_partial=True))
    return home


@pytest.fixture(scope="session")
def question_home(first_page: Path, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the first page, its build, and three questions of the tests' own."""
    home = tmp_path_factory.mktemp("asked") / "home"
    home.mkdir()
    for name in ("corpus", "registry", "ontology"):
        (home / name).symlink_to(first_page / name)
    (home / "build").symlink_to(built)
    (home / "queries").symlink_to(Path(__file__).parent / "queries")
    return home


@pytest.fixture(scope="session", params=["motegraf.nq", "motegraf.ttl"])
def graph(request: pytest.FixtureRequest, built: Path) -> Store:
    """Return the published dataset from N-Quads and from plain Turtle: both answer every question alike."""
    return load_store(built / request.param)


def load_store(file: Path) -> Store:
    """Return a store with everything in a published file."""
    store = Store()
    store.load(path=file, format=RdfFormat.from_extension(file.suffix[1:]))
    return store


def ask(store: Store, query: str) -> list[Row]:
    """Return the answer over the union of graphs as sorted rows, IRIs as compact names, unbound cells empty."""
    found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(_cell(cell) for cell in solution) for solution in found)


def _cell(term: object) -> str:
    if isinstance(term, NamedNode):
        return compact(term)
    return term.value if isinstance(term, Literal) else ""


def add_page(
    home: Path,
    name: str,
    text: str,
    claims: str,
    published: str | tuple[str, str],
    reading: str = "complete",
    language: str = "nb",
) -> Path:
    """Add a page with its claims to a home; ``published`` is a day, or the first and the last possible day."""
    first, last = (published, published) if isinstance(published, str) else published
    folder = home / "corpus" / name
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "claims.yaml").write_text(claims, encoding="utf-8")
    (folder / "page.yaml").write_text(
        f"""url: https://example.org/{name}
title: {name}
language: {language}
reading: {reading}
publisher: norges-regjering
published: {{earliest: {first}, latest: {last}, basis: {{nb: oppgitt, en: stated}}}}
licence: written for a test
sha256: {hashlib.sha256(text.encode()).hexdigest()}
""",
        encoding="utf-8",
    )
    return folder


Replace = Callable[[str, str], None]


@pytest.fixture
def replace_claims(home: Path) -> Replace:
    """Return a function that replaces words, which occur exactly once, in the claims of the first page."""

    def replace(old: str, new: str) -> None:
        file = home / "corpus" / PAGE / "claims.yaml"
        before = file.read_text(encoding="utf-8")
        assert before.count(old) == 1, f"{old!r} stands there {before.count(old)} times"
        file.write_text(before.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """Start what drives browsers, whose event loop from then on runs in the thread of the tests (see ``loops.py``)."""
    with driver() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    """Start Chromium, once for all tests of a process (see ``browser.window`` for what they share in it)."""
    with started(playwright) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def file(built: Path) -> Path:
    """Return the interactive page of the first page."""
    return built / "explorer.html"


@pytest.fixture(scope="module")
def desktop_page(browser: Any, file: Path) -> Iterator[Opened]:
    """A window as wide as a desktop's, with that page."""
    with window(browser, file, *SIZES["wide"]) as page:
        yield page


@pytest.fixture
def wide(desktop_page: Opened) -> Iterator[Opened]:
    """That page, opened anew in such a window."""
    with used(desktop_page):
        yield desktop_page


@pytest.fixture(scope="module")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small page, its parts in the cache, its build in ``out``."""
    # Here, not above: that module uses this one.
    from small_page import create_home, small_page

    home = create_home(tmp_path_factory.mktemp("built") / "home")
    small_page(home)
    build(home, home / "out")
    return home


@pytest.fixture
def home_copy(built_home: Path, tmp_path: Path) -> Path:
    """A copy of that home, to be changed and built anew."""
    return Path(shutil.copytree(built_home, tmp_path / "home"))
