"""A register of many rows: rows a second, memory, one core and two, a changed row, wrong rows.

    python benchmarks/registers.py --rows 23050
    python benchmarks/registers.py --rows 100000 --many 1000000 --only memory

Each build runs in a process of its own. CPU seconds are those of the build and of all its worker processes, with their
start; memory is the most that the process of the build had (RSS).

- speed: rows a second of CPU, everything that a build does counted, in one process. Bound: 1,000;
- cores: the same with two processes, on the clock: what one takes to what two take. Bound: 1.7;
- change: CPU seconds of the build after one row has changed, to those of the whole build. A small register has few
  parts, of which one is made again: the bound is asked for of many rows, by ``memory``;
- reading: CPU seconds of reading and mapping rows and making their statements, to those of csv and of pyoxigraph
  making the terms of the same statements and writing them. Bound: 2. Beside it, without a bound, writing alone;
- errors: one row in a hundred with a wrong date: each is named, and every other one is in;
- memory: peak memory (MB) of the largest process of a build of ``--many`` rows to that of one of ``--rows``, bound 1.3;
  CPU seconds a row of both, bound 1.2; and of the many rows, the build after one has changed, bound 1/20.
"""

import argparse
import csv
import gc
import io
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from measure import Figure, apart, exit_code, peak_megabytes, run, table
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize
from register_tables import FORMS, ID, REAL, Row, change_row, repeated, sow_errors, write_home

import build_graph
from graph import HOME
from graph.builds.parts import open_part, part_files
from graph.claims.registers import register_lines
from graph.pipeline.register_options import RegisterOptions
from graph.pipeline.workers import in_parallel
from graph.rdf.statements import parse_nquads, read_nquads
from graph.sources.pages.context import read_background
from graph.sources.tables.reading import read_register

RowsOf = Callable[[int], Iterator[Row]]
MOST_SECONDS_A_ROW, LEAST_OF_TWO_CORES, MOST_OF_CHANGE = 1 / 1000, 1.7, 1 / 20
MOST_OF_READING, MOST_MEMORY, MOST_TIME = 2.0, 1.3, 1.2


def build_here(home: Path, jobs: int, partial: bool) -> dict[str, object]:
    """A build in this process and its workers: CPU seconds, peak memory and figures."""
    import resource

    begun = time.perf_counter()
    with in_parallel(jobs) as workers:
        summary = build_graph.build(home, home / "build", workers=workers, options=RegisterOptions(partial))
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "cpu": sum(each.ru_utime + each.ru_stime for each in (own, theirs)),
        "wall": time.perf_counter() - begun,
        "peak": peak_megabytes(),
        "of_workers": theirs.ru_maxrss / 1024 if jobs > 1 else 0,
        **{name: getattr(summary, name) for name in ("rows", "rows_left_out", "claims", "statements", "parts")},
        "findings": [str(each) for each in summary.findings if each.severity == "error"],
    }


def built(home: Path, jobs: int = 1, partial: bool = False) -> dict[str, float]:
    """What a build in a process of its own takes."""
    return dict(apart(__file__, "--build", home, "--jobs", jobs, *(["--accept-partial"] if partial else [])))


def built_anew(home: Path, jobs: int = 1) -> dict[str, float]:
    """What a build takes that finds nothing made before."""
    for name in (".cache", "build"):
        shutil.rmtree(home / name, ignore_errors=True)
    return built(home, jobs)


def speed(home: Path, rows: int) -> Iterable[Figure]:
    """Rows a second of CPU, in one process."""
    one = built_anew(home)
    rate = one["rows"] / one["cpu"]
    yield Figure(
        f"rows a second of CPU, {rows:,} rows, {one['statements']:,} statements, {one['parts']} parts",
        f"{rate:,.0f} ({one['cpu']:.1f} s, {one['peak']:.0f} MB)",
        one["cpu"] / one["rows"] / MOST_SECONDS_A_ROW,
        1.0,
    )


def cores(home: Path, _: int) -> Iterable[Figure]:
    """One process and two, on the clock."""
    one, two = (built_anew(home, jobs)["wall"] for jobs in (1, 2))
    yield Figure("two processes to one, on the clock", f"{one:.1f} s, {two:.1f} s", LEAST_OF_TWO_CORES * two / one, 1.0)


def change(home: Path, _: int) -> Iterable[Figure]:
    """The build after one row has changed."""
    whole = built_anew(home)["cpu"]
    start = run([sys.executable, "-c", "import build_graph"], HOME).cpu
    change_row(home, 1000)
    again = built(home)["cpu"]
    yield Figure("a changed row, to the whole build", f"{again:.2f} s of {whole:.1f} s", again / whole)
    yield Figure("the same without the imports of the program", f"{again - start:.2f} s", (again - start) / whole)


def reading(home: Path, _: int) -> Iterable[Figure]:
    """Reading and mapping, to csv and the serialisation of the same statements."""
    # So many objects are made that looking for garbage would take longer than all the rest, on either side.
    gc.disable()
    background = read_background(home)
    register = read_register(home / "registers" / ID, background)
    begun = time.process_time()
    lines = [*register_lines(register.source, register.acts(register.rows()), background.vocabulary["kind"])]
    ours = time.process_time() - begun
    quads = [*parse_nquads(lines)]
    (file,) = (home / "registers" / ID).glob("*.csv")
    text = file.read_text(encoding="utf-8")
    begun = time.process_time()
    for _row in csv.reader(io.StringIO(text, newline="")):
        pass
    serialize(quads, format=RdfFormat.N_QUADS)
    theirs = time.process_time() - begun
    begun = time.process_time()
    parts = [(each.subject, each.predicate, each.object, each.graph_name) for each in quads]
    made = [Quad(_copy(s), _copy(p), _copy(o), _copy(g)) for s, p, o, g in parts]
    making = time.process_time() - begun
    assert len(made) == len(lines)
    what = f"reading, mapping and {len(lines):,} statements, to csv and pyoxigraph"
    yield Figure(f"{what} writing them", f"{ours:.1f} s, {theirs:.1f} s", ours / theirs)
    theirs += making
    gc.enable()
    yield Figure(f"{what} making their terms and writing them", f"{theirs:.1f} s", ours / theirs, MOST_OF_READING)


def _copy(term: Any) -> Any:
    """The same term, made anew of its text as whoever makes statements does."""
    if isinstance(term, NamedNode):
        return NamedNode(term.value)
    return Literal(term.value, language=term.language) if term.language else Literal(term.value, datatype=term.datatype)


def errors(home: Path, rows: int, rows_of: RowsOf) -> Iterable[Figure]:
    """One row in a hundred wrong: each is named, and all others are in."""
    sown: list[int] = []
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder:
        wrong = write_home(Path(folder), sow_errors(rows_of(rows), 0.01, sown), forms=home / "registers" / ID)
        summary, numbers = built(wrong, 1, partial=True), {*sown}
        named = {int(found[1]) for each in summary["findings"] if (found := re.search(r" row (\d+), date", each))}
        events = _events(wrong / "build")
        wrong_keys = {row[""] for number, row in enumerate(rows_of(rows), 2) if number in numbers}
    # Some rows claim no event where all is right, either.
    built_anew(home)
    keys = _events(home / "build") - wrong_keys
    missed, more = len(numbers - named), len(named - numbers)
    lost, guessed = len(keys - events), len(events - keys)
    yield Figure(
        f"{len(sown)} wrong rows of {rows:,}: not named, named for nothing, lost, guessed",
        f"{missed}, {more}, {lost}, {guessed}",
        missed + more + lost + guessed,
        0.0,
    )


def _events(build: Path) -> set[str]:
    """The keys of the events of a build."""
    keys: set[str] = set()
    pattern = re.compile(rf"/event/{ID}\.([^>]+)> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <[^>]+SingleEvent>")
    for lines in (read_nquads(build / "motegraf.nq"), *map(_lines, part_files(build))):
        keys.update(found[1] for line in lines if (found := pattern.search(line)))
    return keys


def _lines(file: Path) -> Iterable[str]:
    with open_part(file) as stream:
        yield from io.TextIOWrapper(stream, encoding="utf-8", newline="\n")


def memory(home: Path, rows: int, many: int, jobs: int, rows_of: RowsOf) -> Iterable[Figure]:
    """Peak memory and time a row, of few rows and of many, and the build after one of the many has changed."""
    few = built_anew(home, jobs)
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder:
        large_home = write_home(Path(folder), rows_of(many), forms=home / "registers" / ID)
        large = built(large_home, jobs)
        # The last row: none that is equal leads to it, so that it is the only one that changes.
        change_row(large_home, many + 1)
        again = built(large_home, jobs)
    what = f"{many:,} rows to {rows:,}"
    peaks = [max(one["peak"], one["of_workers"]) for one in (large, few)]
    yield Figure(f"memory of {what}", f"{peaks[0]:.0f} MB, {peaks[1]:.0f} MB", peaks[0] / peaks[1], MOST_MEMORY)
    each = [1e6 * one["cpu"] / one["rows"] for one in (large, few)]
    taken = f"{each[0]:.0f} µs, {each[1]:.0f} µs ({large['cpu']:.0f} s, {large['wall']:.0f} s on the clock)"
    yield Figure(f"CPU a row of {what}", taken, each[0] / each[1], MOST_TIME)
    ratio = again["cpu"] / large["cpu"]
    yield Figure(f"a changed row of {many:,}, to the whole build", f"{again['cpu']:.1f} s", ratio, MOST_OF_CHANGE)


def main() -> None:
    """Print the table; end with 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=23_050)
    parser.add_argument("--many", type=int, default=0, help="measure memory too, with so many rows")
    parser.add_argument("--only", help="the measures that are taken, with commas between")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--table", type=Path, default=REAL, help="the table; invented rows where it is not there")
    parser.add_argument("--forms", type=Path, default=FORMS, help="folder with mapping and lookups")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--accept-partial", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        print(json.dumps(build_here(options.build, options.jobs, options.accept_partial)))
        return
    rows_of = partial(repeated, source=options.table)
    measures: dict[str, Callable[[Path, int], Iterable[Figure]]] = {
        "speed": speed,
        "cores": cores,
        "reading": reading,
        "errors": partial(errors, rows_of=rows_of),
        "change": change,
    }
    if options.many:
        measures["memory"] = lambda home, rows: memory(home, rows, options.many, options.jobs, rows_of)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder:
        home = write_home(Path(folder), rows_of(options.rows), options.forms)
        for name in options.only.split(",") if options.only else measures:
            figures += measures[name](home, options.rows)
    print(table("A register", figures))
    sys.exit(exit_code(figures))


if __name__ == "__main__":
    main()
