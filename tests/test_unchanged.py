"""A build with nothing changed does nothing and says the same; whatever changed or is damaged is built anew."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from small_page import CLAIMS, SMALL, snapshot

import build_graph
from build_graph import build
from graph import HOME
from graph.pipeline.summary import Summary

pytestmark = pytest.mark.slow


@pytest.fixture
def home(home_copy: Path) -> Path:
    """A home with the small page and its build."""
    return home_copy


@pytest.fixture
def builds_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Says whether a build has something to do."""
    begun: list[Path] = []
    read_background = build_graph.read_background_of_pages
    monkeypatch.setattr(
        build_graph, "read_background_of_pages", lambda home: begun.append(home) or read_background(home)
    )

    def again(out: Path | None = home / "out", base: str = build_graph.BASE) -> bool:
        begun.clear()
        build(home, out, base)
        return bool(begun)

    return again


def stamps(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_a_build_with_nothing_changed_writes_nothing_and_gives_the_same_figures(
    home: Path, builds_again: Callable[..., bool]
) -> None:
    before, figures = stamps(home / "out"), build(home, home / "out")
    assert not builds_again()
    assert stamps(home / "out") == before
    assert isinstance(figures, Summary)
    (home / "out/motegraf.nq").unlink()
    assert build(home, home / "out") == figures


def test_touching_a_file_changes_nothing(home: Path, builds_again: Callable[..., bool]) -> None:
    os.utime(home / "corpus" / SMALL / "claims.yaml", (1, 1))
    assert not builds_again()


@pytest.mark.parametrize(
    "name",
    ["corpus/liten-side/claims.yaml", "registry/people.yaml", "ontology/shapes.ttl", "ontology/rules/participation.rq"],
)
def test_any_change_of_an_input_is_built(home: Path, builds_again: Callable[..., bool], name: str) -> None:
    file = home / name
    file.write_bytes(file.read_bytes() + b"\n# a remark\n")
    assert builds_again()
    assert not builds_again()


def test_a_question_that_is_new_is_built(home: Path, builds_again: Callable[..., bool]) -> None:
    (home / "queries").mkdir()
    name = "who_met_whom.rq"
    (home / "queries" / name).write_bytes((HOME / "queries" / name).read_bytes())
    assert builds_again()


def test_another_base_and_another_folder_are_built(home: Path, builds_again: Callable[..., bool]) -> None:
    assert builds_again(home / "other")
    assert builds_again(home / "other", "https://example.org/other/")
    assert not builds_again(home / "other", "https://example.org/other/")
    assert not builds_again()
    assert builds_again(home / "other")


@pytest.mark.parametrize("files", ["motegraf.nq", pytest.param("*", marks=pytest.mark.slow)])
@pytest.mark.parametrize("damage", ["changed", "missing", "cut short"])
def test_a_damaged_file_of_the_build_is_made_again(
    home: Path, builds_again: Callable[..., bool], damage: str, files: str
) -> None:
    whole = snapshot(home / "out")
    names = whole.keys() if files == "*" else {files}
    # A folder without a manifest holds no build, and is not written to.
    for name in names if damage == "changed" else names - {"manifest.json"}:
        file = home / "out" / name
        data, times = file.read_bytes(), file.stat()
        if damage == "missing":
            file.unlink()
        else:
            file.write_bytes(data[:-1] if damage == "cut short" else data[:-2] + b"x\n")
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert builds_again(), name
        assert snapshot(home / "out") == whole


def test_a_check_is_no_build_and_a_build_no_check(home: Path, builds_again: Callable[..., bool]) -> None:
    assert builds_again(None)
    assert not builds_again(None)
    assert not builds_again()
    (home / "corpus" / SMALL / "claims.yaml").write_text(f"{CLAIMS}\n# a remark\n", encoding="utf-8")
    assert builds_again()
    assert builds_again(None)


@pytest.mark.slow
def test_no_damage_to_what_is_remembered_is_believed(home: Path) -> None:
    figures = build(home, home / "out")
    (file,) = (home / ".cache/builds").iterdir()
    whole = file.read_bytes()
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert build_graph.LastBuild(home, home / "out", build_graph.BASE, None).summary(True) in (None, figures)
    file.write_bytes(whole.replace(b'"events": 2', b'"events": 3'))
    assert build(home, home / "out") == figures
