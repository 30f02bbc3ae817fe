"""The interactive page of many pages, given component by component: it shows what that of one whole graph shows."""

import json
import shutil
import zlib
from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, used, window
from conftest import CORPUS, OTHER_BASE, PAGE, REGISTERS
from page_chunks import chunks_of, payload_of, records_of, value, without_label
from small_page import create_home, linked_home
from test_explorer_parts import assert_same

from build_graph import build
from graph.common.findings import Finding, FindingsError
from graph.explorer.data import chunks, page_graph
from graph.pipeline import block_cache, component_pages, corpus, ranges
from graph.pipeline.register_options import RegisterOptions
from graph.pipeline.workers import Processes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with eleven pages and registers that go into the main files."""
    home = linked_home(tmp_path_factory.mktemp("components"))
    shutil.copytree(CORPUS, home / "corpus", dirs_exist_ok=True)
    shutil.copytree(REGISTERS, home / "registers", ignore=shutil.ignore_patterns("expected.json"))
    return home


def made(home: Path, in_parts: bool, monkeypatch: pytest.MonkeyPatch, **more: Any) -> dict[str, bytes]:
    """All files of a build, its pages in parts or not."""
    monkeypatch.setattr(corpus, "MOST_EVENTS", 0 if in_parts else 1_000)
    out = home / "out"
    shutil.rmtree(out, ignore_errors=True)
    build(home, out, options=RegisterOptions(accept_partial=True), **more)
    return {file.name: file.read_bytes() for file in out.iterdir()}


def words_of(page: bytes) -> dict[str, Any]:
    """All names of what the page names and does not record."""
    words = {name: word["label"] for name, word in payload_of(page)["words"].items()}
    for chunk in map(zlib.decompress, chunks_of(page)):
        content = json.loads(chunk)
        if content["table"] == "words":
            for row in range(content["rows"]):
                columns = content["columns"]
                words[value(columns["id"], row)] = value(columns["label"], row)
    return words


@pytest.mark.parametrize("most", [10_000, 0], ids=["at once", "in chunks"])
def test_components_show_what_the_whole_graph_shows(home: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "MAX_AT_ONCE", most)
    monkeypatch.setattr(page_graph, "MAX_AT_ONCE", most)
    whole, apart = made(home, False, monkeypatch), made(home, True, monkeypatch)
    page, other = apart.pop("explorer.html"), whole.pop("explorer.html")
    assert_same(page, other)
    assert words_of(page) == words_of(other)
    assert (b'"claimsOfMain"' in page) is (most == 0)
    # Every other file is the same, but for what tells its digest.
    assert apart.keys() == whole.keys()
    differ = {name for name in apart if apart[name] != whole[name]}
    assert differ <= {"manifest.json", "catalog.ttl"}


def test_after_a_change_of_a_page_its_own_component_is_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(home, True, monkeypatch)
    calls: list[str] = []
    for module, name in (
        (corpus, "page_part"),
        (corpus, "concluded_part"),
        (component_pages, "component_records"),
        (ranges, "_slice"),
    ):
        monkeypatch.setattr(module, name, counted(getattr(module, name), calls))
    monkeypatch.setattr(block_cache, "MOST_LINES", 0)
    made(home, True, monkeypatch)
    first = Counter(calls)
    assert first["_slice"] > len([*CORPUS.iterdir()])
    claims = home / "corpus" / PAGE / "claims.yaml"
    before = claims.read_bytes()
    try:
        for remark in (b"", b"# a remark\n"):
            claims.write_bytes(before + remark)
            calls.clear()
            made(home, True, monkeypatch)
            # What the page says is what it said: no lines are sliced or merged.
            assert Counter(calls) == Counter(["page_part", "concluded_part", "component_records"] if remark else [])
    finally:
        claims.write_bytes(before)


def counted(function: Callable[..., Any], calls: list[str]) -> Callable[..., Any]:
    """The function, with its name among the calls whenever it is called."""

    def call(*given: Any, **named: Any) -> Any:
        calls.append(function.__name__)
        return function(*given, **named)

    return call


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A home with one page, whose ontology can be changed."""
    home = create_home(tmp_path)
    shutil.copytree(CORPUS / PAGE, home / "corpus" / PAGE)
    return home


def test_components_are_shown_under_another_base(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, apart = (made(small, in_parts, monkeypatch, base=OTHER_BASE)["explorer.html"] for in_parts in (False, True))
    assert_same(apart, whole)
    assert words_of(apart) == words_of(whole)
    assert OTHER_BASE in json.dumps(payload_of(apart))


def test_a_process_that_made_records_before_has_the_words_of_today(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels: list[bool] = []
    create = component_pages.component_records

    def spied(lines: Any, vocabulary: Any, texts: Any) -> Any:
        labels.append("meeting to talk" in repr(vocabulary))
        return create(lines, vocabulary, texts)

    monkeypatch.setattr(component_pages, "component_records", spied)
    made(small, True, monkeypatch)
    kinds = small / "ontology/schemes/kinds.ttl"
    text = kinds.read_text(encoding="utf-8")
    kinds.write_text(text.replace('"dialogue meeting"@en', '"meeting to talk"@en'), encoding="utf-8")
    before = len(labels)
    made(small, True, monkeypatch)
    assert ({*labels[:before]}, {*labels[before:]}) == ({False}, {True})


def test_nothing_is_built_where_a_component_has_no_records(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise FindingsError([Finding("corpus", 0, "no records")])

    monkeypatch.setattr(component_pages, "component_records", fail)
    with pytest.raises(FindingsError, match="no records"):
        made(small, True, monkeypatch)
    assert not (small / "out").exists()


@pytest.mark.browser
def test_the_page_reads_what_python_reads(
    home: Path, browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "MAX_AT_ONCE", 0)
    monkeypatch.setattr(page_graph, "MAX_AT_ONCE", 0)
    page = made(home, True, monkeypatch)["explorer.html"]
    (tmp_path / "page.html").write_bytes(page)
    with window(browser, tmp_path / "page.html", *SIZES["wide"]) as opened, used(opened):
        # By itself it reads on where it has more than can be drawn at once.
        opened.page.evaluate("() => motegraf.data.arrive(() => {})")
        read = opened.page.evaluate(
            """() => {
                const claimsOf = (each) => [each.id, each.claims.map((claim) => motegraf.data.claims[claim])];
                const { entities, ties } = motegraf.data;
                return [entities, ties].map((records) => Object.fromEntries([...records.values()].map(claimsOf)));
            }"""
        )
    expected = records_of(page)
    for table, of_page in zip(("entities", "ties"), read, strict=True):
        assert of_page.keys() == expected[table].keys()
        for name, claims in of_page.items():
            assert sorted(map(without_label, claims), key=itemgetter("iri")) == expected[table][name]["claims"], name


def test_any_number_of_processes_makes_the_same_parts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = made(home, True, monkeypatch)
    shutil.rmtree(home / ".cache")
    monkeypatch.setattr(corpus, "LARGE", 0)
    with Processes(2) as workers:
        assert made(home, True, monkeypatch, workers=workers) == once
    # From the cache too.
    assert made(home, True, monkeypatch) == once
