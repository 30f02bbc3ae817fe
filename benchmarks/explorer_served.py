"""The interactive page of a graph that no file can hold, asked of ``motegraf serve`` by Chromium on this machine.

    python benchmarks/explorer_served.py --rows 100000
    python benchmarks/explorer_served.py --build /path/to/build

A register of so many rows (``register_tables.py``) is built as one that is too large for a file, however few they are,
or a build that has such a page is taken as it is. Each round opens the page in a new window of 1280 by 900 pixels.

- Overview: from the start of the navigation to the end of the frame in which the histogram and the first names of both
  lists stand there. Bound: 1.5 s;
- counted: the same until its columns have come, and everything can be filtered;
- filter: from a new filter to the end of the frame in which histogram, lists and the numbers beside all filters have
  followed; the list of pairs follows later, and is not in it. The median of several filters of every kind; the slowest
  kind is given too. Bound: 500 ms;
- page of somebody, proof: from the press to the end of the frame in which the numbers stand there, and the row;
- heap: what the page holds at the end (MB).
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from explorer import CHROMIUM
from measure import Figure, exit_code, table
from playwright.sync_api import Page, sync_playwright
from register_tables import FORMS, REAL, repeated, write_home

import build_graph
from graph import HOME
from graph.pipeline import files
from graph.query.stores import needs_index
from graph.server.workers.names import ensure_names

sys.path.insert(0, str(HOME / "tests"))
from serving import serving

OVERVIEW, FILTER = 1.5, 0.5
WATCH = """
window.readable = null;
const look = () => {
  const first = (list) => document.querySelector(`#block-${list} tbody th button`)?.textContent;
  const names = ["people", "bodies"].map(first);
  const bars = document.querySelectorAll("#block-histogram svg rect, #block-histogram svg path").length;
  if (!window.readable && names.every((name) => name && name !== "…") && bars > 3) {
    requestAnimationFrame(() => { window.readable ??= performance.now(); });
  } else if (!window.readable) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
# Two frames after a change everything is shown.
CHANGED = """async () => {
  await new Promise((done) => setTimeout(done, 300));
  const begun = performance.now();
  ACT;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - begun;
}"""
FILTERS = """async () => {
  const { counts, ranking, state } = motegraf;
  const most = async (name, place) => (await ranking.allRows(name, state.now))[place]?.id;
  const months = [...counts.counts("month", counts.passing({})).keys()].sort();
  const someMonth = months[months.length >> 1];
  const all = {
    actor: { actor: [await most("people", 0)] }, body: { actor: [await most("bodies", 1)] },
    topic: { topic: [await most("topics", 0)] }, place: { place: [await most("places", 0)] },
    month: { month: [someMonth] }, span: { span: [`${someMonth}-01`, ""] },
    role: { role: [[...counts.counts("role", counts.passing({})).keys()][0]] }, kind: { kind: ["person", "event"] },
    several: { place: [await most("places", 1)], span: ["", `${someMonth}-01`] },
  };
  return all;
}"""


@contextmanager
def built(rows: int, source: Path, forms: Path) -> Iterator[Path]:
    """A build of so many rows with a page that asks a server."""
    files.MAX_MEETINGS = 0
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder:
        home = write_home(Path(folder), repeated(rows, source), forms)
        build_graph.build(home, home / "build")
        yield home / "build"


def changed(page: Page, act: str) -> float:
    """Seconds from a change to the end of the frame in which it is shown."""
    return float(page.evaluate(CHANGED.replace("ACT", act))) / 1000


def measure(page: Page, address: str) -> Mapping[str, float]:
    """One round: seconds by what was done, and the heap in MB."""
    page.goto(f"{address}#lang=en", wait_until="commit")
    page.wait_for_function("() => window.readable", timeout=120_000)
    page.wait_for_function("() => window.motegraf?.counts.isReady()", timeout=120_000)
    found = {"overview": page.evaluate("window.readable") / 1000, "counted": page.evaluate("performance.now()") / 1000}
    for name, filters in page.evaluate(FILTERS).items():
        found[f"filter {name}"] = changed(page, f"motegraf.state.set({{ filters: {json.dumps(filters)} }})")
        page.evaluate("motegraf.state.set({ filters: {} })")
    first = page.evaluate("motegraf.ranking.allRows('bodies', motegraf.state.now).then((rows) => rows[0].id)")
    found["page of somebody"] = changed(page, f"motegraf.subject.open('{first}')")
    shown = "document.querySelector('#view-subject .meetings .which button')?.textContent"
    page.wait_for_function(f"() => {shown} && {shown} !== '…'")
    event = page.evaluate(f"motegraf.data.tiesOf.get('{first}').at(0).id")
    page.evaluate("motegraf.state.set({ ...motegraf.subject.CLOSED, view: 'overview' })")
    page.evaluate("window.begun = performance.now()")
    page.evaluate(f"motegraf.state.select('{event}')")
    page.wait_for_function("() => document.querySelector('#proof table.row')", polling="raf")
    found["proof"] = page.evaluate("performance.now() - window.begun") / 1000
    found["heap"] = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    return found


def figures(build: Path, rounds: int) -> Iterator[Figure]:
    """All figures of a build."""
    several: list[Mapping[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        # Made once for a build, which takes minutes for a large one, before the server says where it is.
        if needs_index(build):
            ensure_names(build)
        with serving(build, Path(folder) / "log", timeout=60.0) as server:
            for _ in range(rounds):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page = context.new_page()
                page.add_init_script(WATCH)
                several.append(measure(page, f"http://127.0.0.1:{server.port}/explorer"))
                context.close()
        browser.close()
    median = {name: statistics.median(each[name] for each in several) for name in several[0]}
    filters = {name: seconds for name, seconds in median.items() if name.startswith("filter")}
    yield Figure("overview readable", f"{median['overview']:.2f} s", median["overview"] / OVERVIEW, 1.0)
    yield Figure("everything counted", f"{median['counted']:.2f} s", median["counted"] / OVERVIEW)
    middle, slowest = statistics.median(filters.values()), max(filters, key=lambda name: filters[name])
    yield Figure("a filter, median of kinds", f"{1000 * middle:.0f} ms", middle / FILTER, 1.0)
    yield Figure(f"the slowest: {slowest}", f"{1000 * filters[slowest]:.0f} ms", filters[slowest] / FILTER, 1.0)
    for name in ("page of somebody", "proof"):
        yield Figure(name, f"{1000 * median[name]:.0f} ms", median[name] / FILTER)
    yield Figure("heap", f"{median['heap']:.0f} MB", median["heap"] / 250)


def main() -> None:
    """Print the table; end with 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=23_050)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--build", type=Path, help="a build with a page that asks a server")
    parser.add_argument("--table", type=Path, default=REAL, help="the table; invented rows where it is not there")
    parser.add_argument("--forms", type=Path, default=FORMS, help="folder with mapping and lookups")
    options = parser.parse_args()
    if options.build:
        measured = [*figures(options.build, options.rounds)]
    else:
        with built(options.rows, options.table, options.forms) as build:
            measured = [*figures(build, options.rounds)]
    print(table("The interactive page on a server", measured))
    sys.exit(exit_code(measured))


if __name__ == "__main__":
    main()
