"""Sorted lines: merged from runs on disk they are as if sorted in memory; compressed ones are as they were."""

import errno
import os
import pickle
import random
from pathlib import Path

import pytest

from graph.common.findings import FindingsError
from graph.pipeline import sorted_lines
from graph.pipeline.sorted_lines import PackedLines, merge_lines

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("most", [0, 3, 40, 10_000])
def test_merged_lines_are_sorted_and_there_once(most: int, tmp_path: Path) -> None:
    chance = random.Random(most)
    lists = [sorted(f"<æ{chance.randrange(300)}> \u2028 ." for _ in range(chance.randrange(30))) for _ in range(20)]
    merged = [*merge_lines(map(PackedLines.of, lists), tmp_path / "new", most)]
    assert merged == sorted({line for lines in lists for line in lines})
    assert [*tmp_path.glob("new/*")] == []


def test_no_lines_are_no_lines(tmp_path: Path) -> None:
    assert [*merge_lines([], tmp_path)] == []
    assert [*merge_lines([[], PackedLines.of([])], tmp_path, 0)] == []


def test_runs_of_a_merge_that_is_given_up_are_removed(tmp_path: Path) -> None:
    merged = merge_lines([["a", "c"], ["b", "d"]], tmp_path, 1)
    assert next(merged) == "a"
    assert [*tmp_path.iterdir()]
    merged.close()  # type: ignore[attr-defined]
    assert [*tmp_path.iterdir()] == []


def test_a_full_disk_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(sorted_lines, "write_run", full)
    with pytest.raises(FindingsError, match="sorted runs of statements cannot be written: No space left on device"):
        list(merge_lines([["a", "c"], ["b", "d"]], tmp_path, 1))
    assert [*tmp_path.iterdir()] == []


def test_packed_lines_are_those_that_were_packed() -> None:
    lines = ['<a> <b> "æ\u2028\x85" .', "<a> <c> <d> ."] * 50
    packed = PackedLines.of(lines)
    assert [*packed] == lines
    assert (len(packed), packed[1], packed == lines, lines == packed) == (100, lines[1], True, True)
    assert packed != lines[1:]
    assert PackedLines.of(packed) is packed
    assert pickle.loads(pickle.dumps(packed)) == packed
    assert len(packed.packed) < sum(map(len, lines)) / 10
