"""Ranges: a large graph is merged range by range, and what did not change not again; the files are the same."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CORPUS, PAGE
from small_page import linked_home

from build_graph import build
from graph.common.spool import Spooled
from graph.model.iris import BASE
from graph.pipeline import block_cache, corpus, ranges
from graph.pipeline.block_cache import merge_into_blocks
from graph.pipeline.block_records import BUNDLES
from graph.pipeline.cache import Cache, read_stored
from graph.pipeline.ranges import Range, ranges_of
from graph.publish import blocks
from graph.publish.blocks import ends_block

pytestmark = pytest.mark.slow

Edit = Callable[[Path], object]


def lines(*numbers: int, by: str = "a") -> list[str]:
    return sorted(f"<https://example.org/{number:04}> <of> <{by}> ." for number in numbers)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranges of some hundred lines, of any graph."""
    monkeypatch.setattr(ranges, "LINES", 100)
    monkeypatch.setattr(block_cache, "MOST_LINES", 0)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines each part has that is sliced."""
    counts: list[int] = []
    slice_part = ranges._slice

    def counted(part: list[str], ends: list[str]) -> Iterator[tuple[int, list[str]]]:
        counts.append(len(part))
        return slice_part(part, ends)

    monkeypatch.setattr(ranges, "_slice", counted)
    return counts


def merged(several: list[list[str]], folder: Path) -> list[Range]:
    """The ranges of these lists, which from now on the cache has."""
    cache = Cache(folder)
    made = ranges_of(several, "test", cache, BUNDLES)
    assert [row for each in made for row in each.rows()] == sorted({line for part in several for line in part})
    for each in made:
        cache.store("range", each.key, [("a key",)], BUNDLES)
    return made


@pytest.mark.usefixtures("short")
def test_what_did_not_change_is_not_read_again(tmp_path: Path, read: list[int]) -> None:
    own = [lines(*range(number * 500, number * 500 + 400), by="own") for number in range(6)]
    common = [lines(*range(3000, 3100), by="all") for _ in range(6)]
    parts = [sorted([*one, *other]) for one, other in zip(own, common, strict=True)]
    first = merged(parts, tmp_path)
    assert len(first) > 10
    read.clear()
    cache = Cache(tmp_path)
    again = ranges_of(parts, "test", cache, BUNDLES)
    assert ([each.key for each in again], read) == ([each.key for each in first], [])
    # One statement more: its part is read, and no other.
    parts[2] = sorted([*parts[2], *lines(1100, by="new")])
    third = merged(parts, tmp_path)
    assert sum(one.key != other.key for one, other in zip(first, third, strict=True)) == 1
    assert len(read) == 1
    # So it is in a range in which every part has something of its own, again and again.
    for number, part in enumerate(parts):
        read.clear()
        part[:] = sorted([*part, *lines(3050, by=f"part {number}")])
        merged(parts, tmp_path)
        assert len(read) == 1


@pytest.mark.usefixtures("short")
def test_a_range_goes_on_where_the_subject_has_gone_with_which_it_ended(tmp_path: Path) -> None:
    every = [*range(1000)]
    first = merged([lines(*every)], tmp_path)
    last = first[0].rows()[-1]
    assert ends_block(last[: last.index(" ") + 1])
    gone = int(last[len("<https://example.org/") : last.index(">")])
    assert len(merged([lines(*(number for number in every if number != gone))], tmp_path)) == len(first) - 1
    # A graph that has grown is divided anew.
    assert len(merged([lines(*range(5000))], tmp_path)) > 2 * len(first)


@pytest.mark.usefixtures("short")
def test_a_range_that_has_become_too_long_is_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A range can be divided only where a block ends.
    monkeypatch.setattr(blocks, "SUBJECTS", 16)
    every = [*range(0, 10_000, 10)]
    first = merged([lines(*every)], tmp_path)
    # Much more between two subjects, in one range; the others stay as they are.
    second = merged([lines(*every), lines(*range(5_001, 5_800), by="b")], tmp_path)
    assert max(len(each.rows()) for each in second) < 400
    assert len({each.key for each in first} - {each.key for each in second}) <= 2
    # Nor are they where ends go, which makes two ranges one.
    for _ in range(6):
        ended = {merged([lines(*every)], tmp_path)[0].rows()[-1]}
        every = [number for number in every if not ended.intersection(lines(number))]
    assert max(len(each.rows()) for each in merged([lines(*every)], tmp_path)) <= 400


@pytest.mark.usefixtures("short")
def test_what_many_parts_say_is_merged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it has to be known, after a change, whether a range has come to be too long."""
    parts = [sorted([*lines(*range(60)), *lines(number, by="own")]) for number in range(60)]
    merged(parts, tmp_path)
    parts[7] = sorted([*parts[7], *lines(7, by="new")])
    made, merge = list[int](), ranges._Sliced._slices_in

    def counted(sliced: ranges._Sliced, number: int) -> list[bytes | Spooled]:
        slices = merge(sliced, number)
        made.append(len(slices))
        return slices

    monkeypatch.setattr(ranges._Sliced, "_slices_in", counted)
    merged(parts, tmp_path)
    # Once to count its lines, and once to merge them.
    assert made == [60, 60]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("name", ["range", "ranges", "slices"])
def test_a_damaged_record_is_made_again(tmp_path: Path, name: str) -> None:
    def quads(*numbers: int, by: str) -> list[str]:
        return [f"<{BASE}{number:04}> <{BASE}of> <{BASE}{by}> <{BASE}graph> ." for number in numbers]

    parts = [quads(*range(number, 1000, 3), by=f"part-{number}") for number in range(3)]

    def merged_blocks(folder: Path) -> list[tuple[str, bytes]]:
        return [(block.key, block.nquads) for block in merge_into_blocks(parts, BASE, Cache(folder)).blocks]

    before = merged_blocks(tmp_path / "cache")
    files = [*(tmp_path / "cache").glob(f"{name}.*.record")]
    assert files
    for file in files:
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    if name == "slices":
        # They are read where something has changed in their ranges.
        parts.append(quads(*range(1000), by="more"))
    after = merged_blocks(tmp_path / "cache")
    assert after == merged_blocks(tmp_path / "other")
    assert (after == before) is (name != "slices")
    assert all(map(read_stored, files))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = linked_home(tmp_path)
    shutil.copytree(CORPUS, home / "corpus", dirs_exist_ok=True)
    return home


def change_words(home: Path) -> None:
    file = home / "corpus" / PAGE / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^( +en: )(\w[^:'\"]*)$", r"\1Some \2", text, count=3)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


EDITS: tuple[Edit, ...] = (
    lambda home: None,
    change_words,
    lambda home: shutil.rmtree(home / "corpus/webinar-foreldre-2021"),
    lambda home: shutil.rmtree(home / "corpus" / PAGE),
    lambda home: shutil.copytree(CORPUS / PAGE, home / "corpus" / PAGE),
)


@pytest.mark.usefixtures("short")
def test_the_files_of_a_build_are_the_same_after_any_edit(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "MOST_EVENTS", 0)

    def files(out: Path) -> dict[str, bytes]:
        build(home, out, strict=False)
        return {file.name: file.read_bytes() for file in out.iterdir()}

    for number, edit in enumerate(EDITS):
        edit(home)
        apart = files(home / "out")
        # From a cache of its own: in the other is what was made range by range.
        (home / ".cache").rename(home / ".cache-apart")
        with monkeypatch.context() as context:
            context.setattr(block_cache, "MOST_LINES", 10_000_000)
            if number:
                (home / ".cache-whole").rename(home / ".cache")
            assert files(home / f"whole-{number}") == apart
        (home / ".cache").rename(home / ".cache-whole")
        (home / ".cache-apart").rename(home / ".cache")
