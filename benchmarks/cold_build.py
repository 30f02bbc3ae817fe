"""How long a cold build of the first page takes, against the time that its libraries take to import.

    python benchmarks/cold_build.py --rounds 9

Fresh processes take turns: one runs ``build_graph.py`` on a home that holds the first page and no cache, one runs it
again with nothing changed, and one imports the libraries of ``libraries.txt`` and ends. All find modules compiled.
Measured: CPU seconds and seconds on the clock from start to end of each, the medians of all rounds, and the ratios of a
cold build to imports (bound 1.5) and of a build with nothing changed to a cold one (bound 0.2).
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import Figure, Spent, exit_code, home_with, run, table

from graph import HOME

PAGE = "dialogmoter-hosten-2014"
MOST, MOST_UNCHANGED = 1.5, 0.2


def libraries() -> list[str]:
    """The modules of ``libraries.txt``."""
    lines = (Path(__file__).parent / "libraries.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def rounds(count: int, folder: Path) -> tuple[list[Spent], list[Spent], list[Spent]]:
    """Return so many cold builds, builds with nothing changed, and imports, after one of each that is not counted."""
    home = home_with(folder, PAGE)
    build: list[str | Path] = [
        sys.executable,
        HOME / "build_graph.py",
        "--home",
        home,
        "--out",
        folder / "out",
        "--quiet",
    ]
    imports = [sys.executable, "-c", f"import {', '.join(libraries())}"]
    builds, unchanged, importings = [], [], []
    for number in range(count + 1):
        for made in (home / ".cache", folder / "out"):
            shutil.rmtree(made, ignore_errors=True)
        built, same, imported = run(build, folder), run(build, folder), run(imports, folder)
        if number:
            builds.append(built)
            unchanged.append(same)
            importings.append(imported)
    return builds, unchanged, importings


def figures(count: int) -> list[Figure]:
    """The medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        measured = rounds(count, Path(folder))
    found = []
    for unit, name in (("CPU s", "cpu"), ("s on the clock", "wall")):
        build, same, imports = (statistics.median(getattr(each, name) for each in all) for all in measured)
        found.append(Figure(f"importing the libraries, {unit}", f"{imports:.3f}"))
        found.append(Figure(f"cold build of one page, {unit}", f"{build:.3f}", build / imports, MOST))
        found.append(Figure(f"build with nothing changed, {unit}", f"{same:.3f}", same / build, MOST_UNCHANGED))
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="A cold build of the first page against importing its libraries.")
    parser.add_argument("--rounds", type=int, default=9, help="how many of each; medians are compared")
    found = figures(parser.parse_args().rounds)
    print(table("cold build", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
