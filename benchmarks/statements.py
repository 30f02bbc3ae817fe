"""From claims to statements in a store, against the same statements parsed from N-Quads; and the memory for it.

    python benchmarks/statements.py --pages 1000 --claims 100

Pages are generated, and gone through one by one. Measured, in CPU seconds of one process:

- reading: a page's YAML and text read, every claim checked (``read_claims``), seconds a page; no bound;
- ours: readings that lie ready are turned into statements one after another, each with the part of the registry that
  it speaks of, and these go into a pyoxigraph store in memory (``bulk_extend``), statements a second;
- theirs: pyoxigraph parses the N-Quads text of the very same statements, in the same order and repeated as often, from
  bytes, and puts them into another store in memory: the faster of ``load`` and ``bulk_load``.

Ours and theirs take turns, 20 pages each time, so that both meet the same machine and no more than 20 readings are
held; the stores grow until all pages are in each. The ratio is the median of all turns. Bound: ours to theirs, 3. The
ratio of the first turn, when the stores are small as in a build, stands beside it.

Memory is measured in processes of their own that turn pages into statements and throw these away, one with 50
pages and one with 500 (fewer, where there are fewer). Bound: many to few, 1.1.

- Python's own memory: the peak that ``tracemalloc`` sees while a reading is turned into statements, above what was held
  before the first page; what a page leaves behind, as in a cache, counts in all that follow;
- all memory: the peak of the process (RSS) when all pages are done, reading them included.
"""

import argparse
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from measure import Figure, apart, exit_code, generated, peak_megabytes, table
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from graph.claims.rdf import page_statements
from graph.model.claims import Reading
from graph.rdf.terms import compact
from graph.registry.rdf import registry_closure, registry_quads
from graph.sources.pages.context import Background, read_background
from graph.sources.pages.read import page_folders, read_claims

SLOWEST, MOST_GROWTH = 3.0, 1.1
FEW, MANY = 50, 500
TURN = 20
OURS, THEIRS = "bulk_extend", ("load", "bulk_load")


def statements(reading: Reading, background: Background) -> Iterator[Quad]:
    """Yield all statements of a page, those that ``pages.page_part`` makes, one after another; hold none of them."""
    named: set[NamedNode] = set()
    for quad in page_statements(reading, background):
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode):
                named.add(term)
        yield quad
    yield from registry_quads(background.registry, registry_closure(background.registry, map(compact, named)))


# --- each of these runs in a process of its own


def storing(home: Path) -> dict[str, Any]:
    """CPU seconds of reading a page, and of what else is done with it, turn by turn: ours and both ways of theirs."""
    background = read_background(home)
    stores = {way: Store() for way in (OURS, *THEIRS)}
    seconds: dict[str, list[float]] = {way: [] for way in stores}
    reading_time, count, size = 0.0, 0, 0
    folders = page_folders(home / "corpus")
    for turn in (folders[start : start + TURN] for start in range(0, len(folders), TURN)):
        begun = time.process_time()
        readings = [read_claims(folder, background) for folder in turn]
        reading_time += time.process_time() - begun
        begun = time.process_time()
        stores[OURS].bulk_extend(chain.from_iterable(statements(reading, background) for reading in readings))
        seconds[OURS].append(time.process_time() - begun)
        text = bytearray()
        for quad in chain.from_iterable(statements(reading, background) for reading in readings):
            text += f"{quad} .\n".encode()
            count += 1
        data = bytes(text)
        size += len(data)
        for way in THEIRS:
            begun = time.process_time()
            getattr(stores[way], way)(data, format=RdfFormat.N_QUADS)
            seconds[way].append(time.process_time() - begun)
    assert len({len(store) for store in stores.values()}) == 1
    return {"reading": reading_time / len(folders), "seconds": seconds, "count": count, "megabytes": size / 1e6}


def memory(home: Path, pages: int, traced: bool) -> float:
    """MB at the peak of turning so many pages into statements that are thrown away."""
    background = read_background(home)
    if traced:
        tracemalloc.start()
    held, peak = tracemalloc.get_traced_memory()[0], 0
    for folder in islice(page_folders(home / "corpus"), pages):
        reading = read_claims(folder, background)
        if traced:
            tracemalloc.reset_peak()
        for _ in statements(reading, background):
            pass
        peak = max(peak, tracemalloc.get_traced_memory()[1])
    return (peak - held) / 2**20 if traced else peak_megabytes()


# --- all of them


def figures(pages: int, claims: int) -> list[Figure]:
    """All that is measured."""
    few, many = min(FEW, pages // 2), min(MANY, pages)
    with generated(pages, claims) as folder:
        home = folder / "home"
        made = apart(__file__, "storing", home)
        traced = [apart(__file__, "memory", home, number, 1) for number in (few, many)]
        resident = [apart(__file__, "memory", home, number, 0) for number in (few, many)]
    count, seconds = made["count"], made["seconds"]
    way = min(THEIRS, key=lambda way: sum(seconds[way]))
    ours, theirs = sum(seconds[OURS]), sum(seconds[way])
    ratio = statistics.median(one / other for one, other in zip(seconds[OURS], seconds[way], strict=True))
    # Where there are few pages, caches of a fixed size are still being filled.
    most = MOST_GROWTH if pages >= 2 * FEW else None
    return [
        Figure("reading and checking, CPU s a page", f"{made['reading']:.4f}"),
        Figure("statements (those of several pages as often)", f"{count:,} ({made['megabytes']:,.0f} MB)"),
        Figure(f"theirs: parsing and storing ({way}), CPU s", f"{theirs:.2f}"),
        Figure("  statements a CPU s", f"{count / theirs:,.0f}"),
        Figure("ours: readings to a store, CPU s", f"{ours:.2f}", ratio, SLOWEST),
        Figure("  statements a CPU s", f"{count / ours:,.0f}"),
        Figure("  in the first turn, CPU s", f"{seconds[OURS][0]:.2f}", seconds[OURS][0] / seconds[way][0]),
        Figure(f"Python's memory above the start, {few} pages, MB", f"{traced[0]:.2f}"),
        Figure(f"Python's memory above the start, {many} pages, MB", f"{traced[1]:.2f}", traced[1] / traced[0], most),
        Figure(f"all memory, {few} pages, MB", f"{resident[0]:.1f}"),
        Figure(f"all memory, {many} pages, MB", f"{resident[1]:.1f}", resident[1] / resident[0], most),
    ]


def main() -> int:
    """The command line; with the name of a part before it, that part alone, as JSON."""
    match sys.argv[1:]:
        case ["storing", home]:
            print(json.dumps(storing(Path(home))))
            return 0
        case ["memory", home, pages, traced]:
            print(json.dumps(memory(Path(home), int(pages), traced == "1")))
            return 0
    parser = argparse.ArgumentParser(description="Claims to statements in a store, against parsing the same N-Quads.")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=100, help="claims a page")
    options = parser.parse_args()
    found = figures(options.pages, options.claims)
    print(table(f"statements: {options.pages} pages of {options.claims} claims", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
