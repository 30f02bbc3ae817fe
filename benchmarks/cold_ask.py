"""How long a question and ``--help`` take on the command line, against the time that rdflib takes to import.

    python benchmarks/cold_ask.py --rounds 15

Three fresh processes take turns: ``motegraf ask who_met_whom`` on a build of the first page and ``motegraf --help``,
both by the script that pip installs, and ``python -c "import rdflib"``. All find their modules compiled. Measured: CPU
seconds and seconds on the clock from start to end of each, the medians of all rounds, and their ratios to the import.
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
IMPORT, ASK, HELP = "importing rdflib", "motegraf ask who_met_whom", "motegraf --help"
MOST = {ASK: 1.0, HELP: 0.5}


def commands(folder: Path) -> dict[str, list[str | Path]]:
    """What is run, in a folder with a home whose page is built."""
    home = home_with(folder, PAGE)
    shutil.copytree(HOME / "queries", home / "queries")
    run([sys.executable, HOME / "build_graph.py", "--home", home, "--quiet"], folder)
    script = Path(sys.executable).with_name("motegraf")
    return {
        IMPORT: [sys.executable, "-c", "import rdflib"],
        ASK: [script, "ask", "who_met_whom", "--home", home, "--quiet"],
        HELP: [script, "--help"],
    }


def rounds(count: int) -> dict[str, list[Spent]]:
    """So many runs of each by turns, after one of each that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        each = commands(Path(folder))
        turns = [{name: run(command, Path(folder)) for name, command in each.items()} for _ in range(count + 1)]
    return {name: [turn[name] for turn in turns[1:]] for name in each}


def figures(count: int) -> list[Figure]:
    """The medians and their ratios."""
    spent = rounds(count)
    found = []
    for unit, attribute in (("CPU s", "cpu"), ("s on the clock", "wall")):
        medians = {name: statistics.median(getattr(each, attribute) for each in all) for name, all in spent.items()}
        found.append(Figure(f"{IMPORT}, {unit}", f"{medians[IMPORT]:.3f}"))
        for name, most in MOST.items():
            found.append(Figure(f"{name}, {unit}", f"{medians[name]:.3f}", medians[name] / medians[IMPORT], most))
    return found


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="A question and --help on the command line against importing rdflib.")
    parser.add_argument("--rounds", type=int, default=15, help="how many of each; medians are compared")
    found = figures(parser.parse_args().rounds)
    print(table("cold ask", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
