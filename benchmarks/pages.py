"""A build of pages: how fast it is, on one core and on two, how much memory it takes, and what nothing to do costs.

    python benchmarks/pages.py --pages 1000 --claims 100

Pages are generated. Each build runs in a process of its own and finds nothing kept, but for the last one:

- statements a second of CPU, all processes counted, imports too. Bound: 30,000;
- seconds on the clock with two processes to those with one. Bound: 1/1.8;
- peak memory of the largest process (MB, RSS), to that of a tenth of the pages: 1.15; and to 500 MB: 1;
- CPU seconds of the command where nothing has changed, to those of a fresh process that hashes the same files, as
  plainly as that can be written: 1.5. Medians of rounds.
"""

import argparse
import json
import resource
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from measure import Figure, apart, exit_code, generated, peak_megabytes, run, table

import build_graph
from graph import HOME
from graph.pipeline.workers import in_parallel

RATE, MOST_ON_TWO, MOST_OF_FEW, MOST_MEGABYTES, MOST_UNCHANGED = 30_000, 1 / 1.8, 1.15, 500, 1.5
HASH = """
import hashlib, os, sys
whole = hashlib.sha256()
for top in sys.argv[1:]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            with open(os.path.join(folder, name), "rb") as stream:
                whole.update(hashlib.file_digest(stream, "sha256").digest())
"""
READ = ("corpus", "registry", "ontology", "queries")


def measured_build(home: Path, out: Path, jobs: int) -> dict[str, Any]:
    """A build by so many processes: CPU seconds and peak memory of all, seconds on the clock, statements."""
    begun = time.perf_counter()
    with in_parallel(jobs) as workers:
        summary = build_graph.build(home, out, workers=workers)
    wall = time.perf_counter() - begun
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = time.process_time() + children.ru_utime + children.ru_stime
    # What is told of a process that was started is as large as this one was then, which is less than it is now.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return {
        "cpu": cpu,
        "wall": wall,
        "peak": max(peak_megabytes(), children.ru_maxrss / unit),
        "statements": summary.statements,
    }


def cold(folder: Path, jobs: int) -> dict[str, Any]:
    """A build of a home in this folder that finds nothing kept."""
    for made in (folder / "home/.cache", folder / "out"):
        shutil.rmtree(made, ignore_errors=True)
    measured: dict[str, Any] = apart(__file__, "build", folder / "home", folder / "out", jobs)
    return measured


def unchanged(folder: Path, rounds: int) -> tuple[float, float]:
    """CPU seconds of a build with nothing changed, and of hashing what it has to look at; medians of rounds."""
    home, out = folder / "home", folder / "out"
    build = [sys.executable, HOME / "build_graph.py", "--home", home, "--out", out, "--quiet"]
    files = [*(home / name for name in READ), HOME / "queries", HOME / "graph", out]
    seconds: list[tuple[float, float]] = []
    # The first turn is not counted: it builds what this command has not built yet.
    for _ in range(rounds + 1):
        seconds.append((run(build, folder, quiet=True).cpu, run([sys.executable, "-c", HASH, *files], folder).cpu))
    ours, theirs = zip(*seconds[1:], strict=True)
    return statistics.median(ours), statistics.median(theirs)


def figures(pages: int, claims: int, rounds: int) -> list[Figure]:
    """All that is measured, with its bounds."""
    with generated(max(1, pages // 10), claims) as folder:
        few = cold(folder, 1)
    with generated(pages, claims) as folder:
        two, one = cold(folder, 2), cold(folder, 1)
        ours, theirs = unchanged(folder, rounds)
    rate, peak = one["statements"] / one["cpu"], one["peak"]
    on_two, clock = two["wall"] / one["wall"], f"{two['wall']:.1f} / {one['wall']:.1f}"
    return [
        Figure("statements published", f"{one['statements']:,}"),
        Figure(f"{RATE:,} statements to those built in a second of CPU", f"{rate:,.0f}", RATE / rate, 1),
        Figure("CPU s of two processes to those of one", f"{two['cpu']:.1f}", two["cpu"] / one["cpu"]),
        Figure("two processes to one, s on the clock", clock, on_two, MOST_ON_TWO),
        Figure(f"memory of {pages} pages to a tenth of them, MB", f"{peak:,.0f}", peak / few["peak"], MOST_OF_FEW),
        Figure(f"the same to {MOST_MEGABYTES} MB", f"{peak:,.0f}", peak / MOST_MEGABYTES, 1),
        Figure("the largest of three processes, MB", f"{two['peak']:,.0f}"),
        Figure("nothing changed to hashing the files, CPU s", f"{ours:.3f}", ours / theirs, MOST_UNCHANGED),
    ]


def main() -> int:
    """The command line; with ``build HOME OUT JOBS`` one measured build, as JSON."""
    match sys.argv[1:]:
        case ["build", home, out, jobs]:
            print(json.dumps(measured_build(Path(home), Path(out), int(jobs))))
            return 0
    parser = argparse.ArgumentParser(description="Builds of pages: speed, memory, and nothing to do.")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=100, help="claims a page")
    parser.add_argument("--rounds", type=int, default=7, help="of builds with nothing changed")
    options = parser.parse_args()
    found = figures(options.pages, options.claims, options.rounds)
    print(table(f"pages: {options.pages} of {options.claims} claims", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
