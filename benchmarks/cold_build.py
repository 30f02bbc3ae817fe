"""How long a cold build of the first page takes, against the time that what it imports takes to import.

    python benchmarks/cold_build.py --rounds 9

Fresh processes take turns: one runs ``build_graph.py`` on a home that holds the first page and no cache, one runs it
again with nothing changed, one imports every module that a cold build has imported at its end, pySHACL and pyvis, and
one the libraries of ``libraries.txt`` alone. All find modules compiled. Measured: CPU seconds and seconds on the clock
from start to end of each, the medians of all rounds, and their ratios.

The bound of a cold build (1.25) is held against all that it imports, our own modules among them, and the two libraries
whose work it does itself, because to import them takes longer than that work. Its ratio to its libraries alone stands
beside it, without a bound. The bound of a build with nothing changed (0.2) is held against a cold one.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from measure import Figure, Spent, exit_code, home_with, run, table

from graph import HOME

PAGE = "dialogmoter-hosten-2014"
MOST, MOST_UNCHANGED = 1.25, 0.2
# They check shapes and draw networks: tests hold against them what a build does.
PROOFS = ("pyshacl", "rdflib.plugins.stores.memory", "pyvis.network")
# Modules by the names under which they can be imported: os.path is posixpath, and compiled modules put some into
# sys.modules that no name leads to.
MODULES_AT_END = """
import sys
before = {*sys.modules}
import json, runpy
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
named = {name: getattr(module, "__spec__", None) for name, module in sys.modules.items() if name not in before}
print(json.dumps([name for name, spec in named.items() if spec is not None and spec.name == name]))
"""
IMPORT = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"


@dataclass(frozen=True)
class Rounds:
    """What each process took, round by round."""

    cold: list[Spent] = field(default_factory=list)
    unchanged: list[Spent] = field(default_factory=list)
    modules: list[Spent] = field(default_factory=list)
    libraries: list[Spent] = field(default_factory=list)


def libraries() -> list[str]:
    """The modules of ``libraries.txt``."""
    lines = (Path(__file__).parent / "libraries.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def imported_by(script: list[str | Path], folder: Path) -> list[str]:
    """The modules that a script has imported at its end, in the order in which their imports began."""
    words = [sys.executable, "-c", MODULES_AT_END, *map(str, script)]
    ran = subprocess.run(words, cwd=folder, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    modules: list[str] = json.loads(ran.stdout.splitlines()[-1])
    assert {"build_graph", "graph.pipeline.record_checks", "pyoxigraph"} <= {*modules}, "that was no build"
    return modules


def rounds(count: int, folder: Path) -> Rounds:
    """Measure so many of each, after one of each that is not counted."""
    home = home_with(folder, PAGE)
    script: list[str | Path] = [HOME / "build_graph.py", "--home", home, "--out", folder / "out", "--quiet"]
    modules = imported_by(script, folder)
    result = Rounds()
    for number in range(count + 1):
        for made in (home / ".cache", folder / "out"):
            shutil.rmtree(made, ignore_errors=True)
        for series, words in (
            (result.cold, script),
            (result.unchanged, script),
            # From the checkout, as the build finds its own modules.
            (result.modules, ["-c", IMPORT, *modules, *PROOFS]),
            (result.libraries, ["-c", IMPORT, *libraries()]),
        ):
            spent = run([sys.executable, *words], HOME if words is not script else folder)
            if number:
                series.append(spent)
    return result


def figures(count: int) -> list[Figure]:
    """The medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        measured = rounds(count, Path(folder))
    found = []
    for unit, name in (("CPU s", "cpu"), ("s on the clock", "wall")):
        cold, same, modules, alone = (
            statistics.median(getattr(each, name) for each in series)
            for series in (measured.cold, measured.unchanged, measured.modules, measured.libraries)
        )
        found += [
            Figure(f"importing the libraries alone, {unit}", f"{alone:.3f}"),
            Figure(f"importing all modules of a build, pySHACL and pyvis, {unit}", f"{modules:.3f}"),
            Figure(f"cold build of one page, to the libraries alone, {unit}", f"{cold:.3f}", cold / alone),
            Figure(f"cold build of one page, to all of these, {unit}", f"{cold:.3f}", cold / modules, MOST),
            Figure(f"build with nothing changed, to a cold one, {unit}", f"{same:.3f}", same / cold, MOST_UNCHANGED),
        ]
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="A cold build of the first page against importing what it imports.")
    parser.add_argument("--rounds", type=int, default=9, help="how many of each; medians are compared")
    found = figures(parser.parse_args().rounds)
    print(table("cold build", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
