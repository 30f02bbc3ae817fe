"""Writing a build: whole or not at all, whatever the disk does.

A home with the small page is built once; each test works on a copy of it and of its build.
"""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_page import snapshot

from build_graph import build
from graph.__main__ import motegraf
from graph.builds.manifest import verify_build
from graph.common.findings import FindingsError

pytestmark = pytest.mark.slow

OTHER_BASE = "https://example.org/meetings/"
ONCE_MORE = ["--base-iri", OTHER_BASE]  # so that every file of the new build differs from the old one


def built_anew(home: Path, *options: str) -> tuple[int, str]:
    """The exit code of ``motegraf build`` and what it says of mistakes; never a traceback."""
    done = CliRunner().invoke(motegraf, ["build", "--home", str(home), "--out", str(home / "out"), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, done.stderr


class Failing:
    """A function of ``os`` that fails when it is called for the n-th time for something in a folder."""

    def __init__(self, real: object, folder: Path, nth: int, error: BaseException) -> None:
        self.real, self.folder, self.left, self.error = real, folder, nth, error

    def __call__(self, *args: object, **kwargs: object) -> object:
        if isinstance(args[0], int) or str(args[0]).startswith(str(self.folder)):
            self.left -= 1
            if self.left < 0:
                raise self.error
        return self.real(*args, **kwargs)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("step", "nth"), [("mkdir", 0), *((step, nth) for step in ("fsync", "replace") for nth in range(7))]
)
def test_disk_failure_at_any_step_leaves_old_build(
    home_copy: Path, monkeypatch: pytest.MonkeyPatch, step: str, nth: int
) -> None:
    before = snapshot(home_copy / "out")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    for name in ("replace", "rename") if step == "replace" else (step,):
        monkeypatch.setattr(os, name, Failing(getattr(os, name), home_copy / "out", nth, full))
    code, output = built_anew(home_copy, *ONCE_MORE)
    monkeypatch.undo()
    after = snapshot(home_copy / "out")
    if code == 0:  # the build takes fewer such steps
        assert after.keys() == before.keys()
        assert verify_build(home_copy / "out")["base"] == OTHER_BASE
    else:
        assert code == 1
        assert "No space left on device" in output
        assert "1 finding; nothing was written" in output
        assert after == before


@pytest.mark.parametrize("nth", [0, 3, 5])
def test_interrupted_build_leaves_old_build(home_copy: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    before = snapshot(home_copy / "out")
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, home_copy / "out", nth, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        build(home_copy, home_copy / "out", OTHER_BASE)
    assert snapshot(home_copy / "out") == before


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from graph.__main__ import main
main()
"""


def test_full_disk_leaves_old_build_and_valid_cache(home_copy: Path) -> None:
    before = snapshot(home_copy / "out")
    shutil.rmtree(home_copy / ".cache")
    command = [sys.executable, "-c", FULL, "build", "--home", str(home_copy), "--out", str(home_copy / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "File too large" in done.stderr
    assert "what was there is unchanged" in done.stderr
    assert snapshot(home_copy / "out") == before
    assert not list(home_copy.glob(".cache/parts/*.new"))
    build(home_copy, home_copy / "out")
    assert snapshot(home_copy / "out") == before


def test_output_folder_that_is_a_file_is_refused(home_copy: Path) -> None:
    shutil.rmtree(home_copy / "out")
    (home_copy / "out").write_text("mine\n", encoding="utf-8")
    code, output = built_anew(home_copy)
    assert code in (1, 2)
    assert "out" in output
    with pytest.raises(FindingsError, match="cannot be written"):
        build(home_copy, home_copy / "out")
    assert (home_copy / "out").read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize("below", ["file/out", "file/further/out"])
def test_output_folder_below_a_file_is_refused(home_copy: Path, tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("mine\n", encoding="utf-8")
    code, output = built_anew(home_copy, "--out", str(tmp_path / below))
    assert code == 1
    assert "cannot be written" in output
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine\n"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_output_folder_is_refused(home_copy: Path) -> None:
    before = snapshot(home_copy / "out")
    (home_copy / "out").chmod(0o500)
    code, output = built_anew(home_copy, *ONCE_MORE)
    (home_copy / "out").chmod(0o700)
    assert (code, "Permission denied" in output, snapshot(home_copy / "out")) == (1, True, before)


def test_folder_in_place_of_a_file_leaves_everything_unchanged(home_copy: Path) -> None:
    (home_copy / "out/motegraf.ttl").unlink()
    (home_copy / "out/motegraf.ttl").mkdir()
    (home_copy / "out/motegraf.ttl/mine").write_text("mine\n", encoding="utf-8")
    before = snapshot(home_copy / "out")
    code, output = built_anew(home_copy, *ONCE_MORE)
    assert (code, "cannot be written" in output) == (1, True)
    assert snapshot(home_copy / "out") == before


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it is their age that tells")
@pytest.mark.parametrize("maker", ["9" * 10, "9" * 30])
def test_leftovers_with_impossible_process_id_are_removed(home_copy: Path, maker: str) -> None:
    left = [home_copy / f"out/.{kind}-{maker}-x" for kind in ("new", "old")]
    for folder in left:
        folder.mkdir()
    assert built_anew(home_copy)[0] == 0
    assert [folder for folder in left if folder.exists()] == []


@pytest.mark.parametrize("maker", ["²", "x", ""])
def test_new_leftovers_without_process_id_are_kept(home_copy: Path, maker: str) -> None:
    (home_copy / f"out/.new-{maker}").mkdir()
    assert built_anew(home_copy)[0] == 0
    assert (home_copy / f"out/.new-{maker}").exists()


def test_other_files_in_output_folder_are_kept(home_copy: Path) -> None:
    (home_copy / "out/notes.txt").write_text("mine\n", encoding="utf-8")
    assert built_anew(home_copy, *ONCE_MORE)[0] == 0
    assert (home_copy / "out/notes.txt").read_text(encoding="utf-8") == "mine\n"
    assert verify_build(home_copy / "out")["base"] == OTHER_BASE


@pytest.mark.parametrize("place", [".cache", ".cache/parts"])
def test_build_is_the_same_without_cache(home_copy: Path, place: str) -> None:
    before = snapshot(home_copy / "out")
    shutil.rmtree(home_copy / place)
    (home_copy / place).write_text("mine\n", encoding="utf-8")
    assert built_anew(home_copy) == (0, "")
    assert snapshot(home_copy / "out") == before
