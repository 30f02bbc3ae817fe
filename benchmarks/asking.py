"""How long the ready questions take on a large graph: here, and in four other engines on the same data.

    python benchmarks/asking.py --statements 1000000

The build of some generated pages is multiplied (see ``multiplied.py``). Every ready question is asked without
parameters, and once for each parameter that is an actor or an event with one that stands in many rows of its answer on
the first copy, a person where there is one. Measured: seconds on the clock from query to the last row, the median of a
few warm runs. Engines take turns question by question. A ratio below 1 says that the other engine was faster than ours.
"""

import argparse
import math
import os
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from engines import ENGINES, OURS, Timed, installed, timed
from measure import generated
from multiplied import multiply
from pyoxigraph import NamedNode

from build_graph import build
from graph import HOME
from graph.query.lookup import ENTITY_KINDS, entity_names
from graph.query.questions import Question, read_questions
from graph.query.results import QueryFn, expect_table
from graph.query.sparql.certain import certain_form
from graph.query.sparql.parameters import bind_parameters
from graph.query.stores import connect_build
from graph.rdf.terms import compact

ONE_OF_MANY = ("actor", "event")
# Below this, what is measured is the way there and back.
SHORT = 0.02
# Bytes on disk for a statement: its line, the index of ours, the database of Virtuoso.
BYTES_A_STATEMENT = 800


@dataclass(frozen=True)
class BenchmarkQuery:
    """A query, what it is called in the table, and how a build of ours is asked for the same rows."""

    name: str
    query: str
    short: str


def benchmark_queries(unit: Path, only: Sequence[str], given: bool | None) -> list[BenchmarkQuery]:
    """Every question without parameters, with an actor, with an event; and the look-ups of names.

    With ``given`` those without parameters are left out, with False those with an actor or an event.
    """
    run = connect_build(unit)
    queries = [
        BenchmarkQuery(f"(names) {kind}", query, query)
        for kind in ONE_OF_MANY
        for query in [(ENTITY_KINDS / f"{kind}.rq").read_text(encoding="utf-8")]
    ]
    for question in read_questions(HOME / "queries"):
        queries += [] if given else [_benchmark_query(question.name, question.query)]
        queries += [] if given is False else _with_one(question, run)
    return [each for each in queries if not only or each.name.split(" ")[0] in only]


def _with_one(question: Question, run: QueryFn) -> Iterator[BenchmarkQuery]:
    """The question with one thing for a parameter: a person if it can be, and of these that of most rows."""
    table = expect_table(run(question.query))
    cells = Counter(cell for row in table.rows for cell in row if isinstance(cell, NamedNode))
    for name, parameter in question.parameters.items():
        if parameter.kind in ONE_OF_MANY:
            kind = entity_names(parameter.kind, run).keys()
            order = sorted(cells.keys() & kind, key=lambda thing: (_rank(thing), -cells[thing], thing.value))
            for thing in order[:20]:
                query = bind_parameters(question.query, {name: thing})
                if expect_table(run(query)).rows:
                    yield _benchmark_query(
                        f"{question.name} {name}={compact(thing).partition(':')[2]}", question.query, {name: thing}
                    )
                    break


def _benchmark_query(name: str, query: str, given: Mapping[str, NamedNode] = MappingProxyType({})) -> BenchmarkQuery:
    return BenchmarkQuery(name, bind_parameters(query, given), bind_parameters(certain_form(query), given))


def _rank(thing: NamedNode) -> int:
    return 0 if compact(thing).startswith(("person:", "event:")) else 1


def measured(
    queries: Sequence[BenchmarkQuery], names: Sequence[str], folder: Path, limit: float
) -> Iterator[list[Timed]]:
    """For each question what it took in each engine. Progress is on stderr."""
    stacks = {name: ExitStack() for name in names}
    opened = {}
    try:
        for number, each in enumerate(queries, 1):
            row = []
            for name in names:
                if name not in opened:
                    print(f"starting {name}", file=sys.stderr, flush=True)
                    opened[name] = stacks[name].enter_context(ENGINES[name](folder / "build", folder))
                row.append(timed(opened[name], each.short if name in OURS else each.query, limit))
                failed = row[-1].failed
                if failed and name not in (*OURS, "rdflib") and not failed.startswith("refused: "):
                    # The server may be at the question still, or gone.
                    stacks[name].close()
                    del opened[name]
            table = ", ".join(f"{name} {_seconds(took)}" for name, took in zip(names, row, strict=True))
            print(f"{number}/{len(queries)} {each.name}: {row[0].rows} rows; {table}", file=sys.stderr, flush=True)
            yield row
    finally:
        for stack in stacks.values():
            stack.close()


def _seconds(took: Timed) -> str:
    return took.failed if took.seconds is None else f"{took.seconds:.3f}"


def _cell(took: Timed, first: Timed) -> str:
    """The seconds, and beside them the ratio to ours; that other rows came, or another number of them, is said."""
    ratio = f" ({took.seconds / first.seconds:.2g})" if took.seconds and first.seconds and took is not first else ""
    odd = ""
    if took.rows is not None and first.rows is not None and took.rows != first.rows:
        odd = f" [{took.rows:,} rows]"
    elif took.rows is not None and first.rows is not None and took.digest != first.digest:
        odd = " [other rows]"
    return f"{_seconds(took)}{ratio}{odd}"


def table(queries: Sequence[BenchmarkQuery], names: Sequence[str], rows: Sequence[list[Timed]]) -> str:
    """The slowest of ours first."""
    lines = [f"| question | rows | {' | '.join(names)} | |", "|---|---|" + "---|" * (len(names) + 1)]
    order = sorted(zip(queries, rows, strict=True), key=lambda pair: -(pair[1][0].seconds or math.inf))
    for each, row in order:
        count = "" if row[0].rows is None else f"{row[0].rows:,}"
        cells = " | ".join(_cell(took, row[0]) for took in row)
        lines.append(f"| {each.name} | {count} | {cells} | {'' if fastest(row) else 'not the fastest'} |")
    return "\n".join(lines)


def fastest(row: Sequence[Timed]) -> bool:
    """None of the others was faster than ours by more than a tenth and by more than what is noise."""
    mine = row[0].seconds
    others = [took.seconds for took in row[1:] if took.seconds is not None]
    return not others or (mine is not None and (mine <= SHORT or mine <= min(others) * 1.1))


def summary(names: Sequence[str], rows: Sequence[list[Timed]]) -> str:
    """Of each engine how many questions it ended, its median, and the median of its ratios to ours."""
    lines = ["| engine | answered | median s | longest s | median ratio to ours |", "|---|---|---|---|---|"]
    for folder, name in enumerate(names):
        took = [row[folder].seconds for row in rows if row[folder].seconds is not None]
        ratios = [row[folder].seconds / row[0].seconds for row in rows if row[folder].seconds and row[0].seconds]
        if took and ratios:
            median, ratio = statistics.median(took), statistics.median(ratios)
            lines.append(f"| {name} | {len(took)} of {len(rows)} | {median:.3f} | {max(took):.2f} | {ratio:.2g} |")
        else:
            lines.append(f"| {name} | 0 of {len(rows)} | | | |")
    return "\n".join(lines)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="The ready questions on a large graph, here and in other engines.")
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=25, help="pages of 100 claims of which copies are made")
    parser.add_argument("--claims", type=int, default=100, help="claims a page")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which a question is given up")
    parser.add_argument(
        "--engines", default=",".join(name for name in ENGINES if name != "memory"), help="ours is always asked first"
    )
    parser.add_argument("--only", action="append", default=[], help="a question; may be given again")
    parser.add_argument(
        "--given",
        action=argparse.BooleanOptionalAction,
        help="only questions with an actor or an event given, or none of them",
    )
    options = parser.parse_args()
    others = [name for name in options.engines.split(",") if name != "ours"]
    if unknown := [name for name in others if name not in ENGINES]:
        parser.error(f"{unknown[0]!r} is none of {', '.join(ENGINES)}")
    names = ["ours", *(name for name in others if installed(name))]
    if missing := [name for name in others if not installed(name)]:
        print(f"not on this machine: {', '.join(missing)}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="motegraf-asking-") as folder:
        free, needed = shutil.disk_usage(folder).free, options.statements * BYTES_A_STATEMENT
        if free < needed:
            parser.error(f"{needed / 1e9:.0f} GB are needed below {folder}, and {free / 1e9:.0f} GB are free")
        with generated(options.pages, options.claims) as home:
            unit = Path(folder) / "unit"
            build(home / "home", unit)
        queries = benchmark_queries(unit, options.only, options.given)
        count = multiply(unit, Path(folder) / "build", options.statements)
        print(f"{count:,} statements; {len(queries)} questions; {', '.join(names)}", file=sys.stderr, flush=True)
        rows = list(measured(queries, names, Path(folder), options.limit))
    print(f"asking: {count:,} statements, load {os.getloadavg()[0]:.1f} at the end\n")
    print(summary(names, rows), "", table(queries, names, rows), sep="\n")
    slower = sum(not fastest(row) for row in rows)
    print(f"\nOurs was not the fastest for {slower} of {len(rows)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
