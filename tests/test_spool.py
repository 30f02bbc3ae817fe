"""The spool: what is kept in memory, what in a file, and that both are read as they were."""

import pickle
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.common.compression import pack, unpack
from graph.common.spool import Spool, Spooled, bytes_of
from graph.pipeline.sorted_lines import PackedLines

pytestmark = pytest.mark.unit


def test_bytes_are_in_memory_up_to_a_number_and_then_in_a_file(tmp_path: Path) -> None:
    spool = Spool(tmp_path, most=10)
    kept = [spool.keep(text) for text in (b"first", b"second", b"third", b"", b"last")]
    assert [isinstance(each, Spooled) for each in kept] == [False, True, False, False, True]
    assert [bytes_of(each) for each in kept] == [b"first", b"second", b"third", b"", b"last"]
    # In any order, and again.
    assert [bytes_of(each) for each in reversed(kept)] == [b"last", b"", b"third", b"second", b"first"]


def test_lines_in_a_spool_are_lines_wherever_they_are_sent(tmp_path: Path) -> None:
    lines = PackedLines.of(["<a> <b> <c> .", "<ø> <b> <c> ."])
    kept = lines.kept_by(Spool(tmp_path, most=0))
    assert isinstance(kept.packed, Spooled)
    assert [*kept] == [*lines] == [*pickle.loads(pickle.dumps(kept))]
    assert unpack(Spool(tmp_path, most=0).keep(pack(b"text"))) == b"text"


@pytest.mark.parametrize("folder", ["file/below", "missing/below"])
def test_where_no_file_can_be_written_all_stays_in_memory(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> object:
        raise OSError

    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert Spool(tmp_path / folder, most=0).keep(b"text") == b"text"


FULL = """
import resource, signal, sys
from pathlib import Path
from graph.common.spool import Spool, Spooled, bytes_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
spool = Spool(Path(sys.argv[1]), most=0)
texts = [bytes([number]) * 3_000 for number in range(12)]
kept = [spool.keep(text) for text in texts]
assert [isinstance(each, Spooled) for each in kept] == [True] * 6 + [False] * 6
assert [bytes_of(each) for each in kept] == texts
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size")
def test_what_does_not_fit_on_a_full_disk_stays_in_memory(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "cache", most=0)
    kept = spool.keep(b"text")
    assert bytes_of(kept) == b"text"
    del spool, kept
    assert [*(tmp_path / "cache").iterdir()] == []


def test_memory_does_not_grow_with_what_is_kept(tmp_path: Path) -> None:
    def peak(count: int, make: Callable[[int], bytes] = lambda number: bytes([number]) * 20_000) -> int:
        spool = Spool(tmp_path, most=100_000)
        tracemalloc.start()
        try:
            kept = [spool.keep(make(number)) for number in range(count)]
            assert all(bytes_of(each) == make(number) for number, each in enumerate(kept))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(100) <= 1.5 * peak(10)
