"""How much work a build does, counted and not timed: a count says the same on every machine, however busy it is.

A count of half as many calls again is a change that somebody meant, or a fault. Where it is meant, the count here is
made anew, and the commit says why.
"""

import cProfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_graph import build
from graph.pipeline import sorted_lines
from graph.pipeline.sorted_lines import PackedLines, merge_lines
from graph.query import stores

pytestmark = pytest.mark.slow

# Calls of functions in Python 3.11, which has the most: later ones make lists without a call.
FROM_NOTHING, AFTER_A_CHANGE, NOTHING_CHANGED = 805_000, 625_000, 10_000
MOST = 1.5


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python functions some work makes."""
    profile = cProfile.Profile(builtins=False)
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())  # type: ignore[attr-defined]


def test_a_build_makes_no_more_calls_than_it_did(tmp_path: Path, first_page: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    for name in ("corpus", "registry", "ontology"):
        (home / name).mkdir(parents=True)
        for file in (first_page / name).rglob("*"):
            if file.is_file():
                copy = home / name / file.relative_to(first_page / name)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(file.read_bytes())
    assert calls(lambda: build(home, out)) <= MOST * FROM_NOTHING
    assert calls(lambda: build(home, out)) <= MOST * NOTHING_CHANGED
    (claims,) = home.glob("corpus/*/claims.yaml")
    claims.write_bytes(claims.read_bytes() + b"# a remark\n")
    assert calls(lambda: build(home, out)) <= MOST * AFTER_A_CHANGE


def test_memory_of_merging_does_not_grow_with_the_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Runs are short here, and read in short pieces.
    monkeypatch.setattr(sorted_lines, "_PIECE", 1 << 12)

    def peak(lists: int) -> int:
        several: Iterator[PackedLines] = (
            PackedLines.of([f"<https://example.org/thing/{number:06}> <of> <{each}> ." for number in range(2_000)])
            for each in range(lists)
        )
        tracemalloc.start()
        try:
            assert sum(1 for _ in merge_lines(several, tmp_path, 8_000)) == 2_000 * lists
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(32) <= MOST * peak(8)


def test_memory_of_reading_into_a_store_does_not_grow_with_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "PIECE_BYTES", 200_000)

    def peak(count: int) -> int:
        line = "<https://example.org/thing/{}> <https://example.org/of> <https://example.org/{}> ."
        pieces = ("".join([f"{line.format(n, each)}\n" for n in range(1_000)]).encode() for each in range(count))
        tracemalloc.start()
        try:
            stores.connect_pieces(pieces)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(32) <= MOST * peak(8)
