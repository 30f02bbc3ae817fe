"""A build that is killed at any moment leaves a whole build, or one that says it is none: never a silent mixture.

One child process builds until all is made that is to be written; then it forks for each step of writing, and the fork
kills itself before that step. So the moments are the same on every machine.
"""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small_page import create_home, small_page, snapshot

from build_graph import build
from graph.builds.manifest import MANIFEST, manifest_digest, read_as_known_on, read_base, verify_build
from graph.common.findings import FindingsError
from graph.model.iris import BASE

pytestmark = pytest.mark.slow

OTHER_BASE = "https://example.org/meetings/"
MOST_STEPS = 120
# Two forks at a time, until two in a row have come to their end.
KILLS = """
import os, signal, shutil, sys
from pathlib import Path
import build_graph
from graph.pipeline import files

home, old, outs, base, most = *map(Path, sys.argv[1:4]), sys.argv[4], int(sys.argv[5])

def die_at(step, out):
    left = [step]
    def counted(real):
        def wrapped(*args, **kwargs):
            if isinstance(args[0], int) or str(args[0]).startswith(str(out)):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)
        return wrapped
    for name in ("replace", "rename", "link", "symlink", "fsync", "mkdir", "unlink", "rmdir"):
        setattr(os, name, counted(getattr(os, name)))

write_build = files.write_build

def written(made, step, *said):
    out = outs / str(step)
    shutil.copytree(old, out)
    child = os.fork()
    if not child:
        die_at(step, out)
        write_build(out, made, *said)
        os._exit(0)
    return child

def written_again_and_again(_, made, *said):
    made = {name: (lambda data=make(): data) for name, make in made.items()}
    for first in range(0, most, 2):
        children = [written(made, first, *said), written(made, first + 1, *said)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(*codes, flush=True)
        if codes == [0, 0]:
            break

files.write_build = written_again_and_again
build_graph.build(home, outs, base)
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """Output folders in which a second build was killed before each of its steps, and how each build ended."""
    folder = tmp_path_factory.mktemp("killed")
    home, old, outs = create_home(folder / "home"), folder / "old", folder / "outs"
    small_page(home)
    build(home, old)
    build(home, folder / "new", OTHER_BASE)
    command = [sys.executable, "-c", KILLS, *map(str, (home, old, outs)), OTHER_BASE, str(MOST_STEPS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return folder, [int(code) for code in done.stdout.split()]


def test_build_was_killed_before_each_step(killed: tuple[Path, list[int]]) -> None:
    _, codes = killed
    died = codes.count(-signal.SIGKILL)
    assert died >= 10
    assert codes == [-signal.SIGKILL] * died + [0] * (len(codes) - died)
    assert codes[-1] == 0


def test_killed_build_leaves_whole_build_or_detectable_mixture(killed: tuple[Path, list[int]]) -> None:
    folder, codes = killed
    whole = {base: snapshot(folder / name) for base, name in ((BASE, "old"), (OTHER_BASE, "new"))}
    output = []
    for step, code in enumerate(codes):
        out = folder / "outs" / str(step)
        try:
            base = str(verify_build(out)["base"])
        except FindingsError:
            output.append("none")
            continue
        output.append(base)
        assert whole[base].items() <= snapshot(out).items(), f"step {step} (ended with {code}): a silent mixture"
    assert output[0] == BASE
    assert {base for base, code in zip(output, codes, strict=True) if code == 0} == {OTHER_BASE}


def test_next_build_removes_leftovers_of_killed_builds(killed: tuple[Path, list[int]]) -> None:
    folder, codes = killed
    died = codes.count(-signal.SIGKILL)
    for step in (1, died // 2, died - 1):
        build(folder / "home", folder / "outs" / str(step), OTHER_BASE)
        assert snapshot(folder / "outs" / str(step)) == snapshot(folder / "new")


@pytest.mark.parametrize("change", ["changed", "missing", "empty", "cut short"])
def test_damaged_file_of_build_is_reported(built: Path, tmp_path: Path, change: str) -> None:
    out = Path(shutil.copytree(built, tmp_path / "out"))
    for name in snapshot(built):
        data = (out / name).read_bytes()
        if change == "missing":
            (out / name).unlink()
        else:
            damaged = {"changed": data[:-2] + b"x\n", "empty": b"", "cut short": data[: len(data) // 2]}[change]
            (out / name).write_bytes(damaged)
        with pytest.raises(FindingsError, match="motegraf build --out") as error:
            verify_build(out)
        assert name in str(error.value) or name == MANIFEST
        (out / name).write_bytes(data)
    assert verify_build(out)


@pytest.mark.parametrize(
    "manifest",
    [
        *("", "[]", "5", "null", "{}", "{", '{"sha256": []}', '{"sha256": {"../x": 1}}'),
        *(f'{{"sha256": {{}}, "base": {base}}}' for base in ("5", "null", '""', '"x"', '"http://x/> <http://y/"')),
        *(f'{{"sha256": {{}}, "as_known_on": {day}}}' for day in ("5", '"2015"', '"\\u001b[2J"')),
        '{"sha256": {"motegraf.nq": "../../elsewhere/and-its-files"}}',
    ],
)
def test_invalid_manifest_is_a_finding(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    for read in (verify_build, read_base, read_as_known_on, lambda out: manifest_digest(out, "motegraf.nq")):
        with pytest.raises(FindingsError, match="motegraf build --out"):
            read(tmp_path)
