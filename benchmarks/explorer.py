"""The interactive page against pyvis's own page of the same graph, in Chromium with no network.

    python benchmarks/explorer.py --limit 60

Three graphs: the first page, generated pages with about 1,000 nodes (``--pages``), and a build of about 100,000 nodes,
25 generated pages written many times over (``multiplied.py``, ``--statements``). Ours is the file that a build writes.
pyvis's is its template with ``cdn_resources="in_line"`` and otherwise as it comes, with every entity as a node and
every tie as an edge; the lists are given to it whole, since adding edges one by one takes it time that grows with the
square of their number. Both are opened from disk in a fresh window of 1280 by 900 pixels, by turns, so many rounds.

- First readable picture: from the start of the navigation to the end of the frame in which the page has first written a
  name on its canvas. pyvis writes none while it arranges nodes, and none at all where they would be smaller than 5
  pixels; then the frame counts in which it has first drawn 20 nodes, whether they can be read or not. Ours draws what
  it has chosen, not all; all can be searched once the rest is read, the time of which is shown without a bound.
- Answer to a click: from the release of the button over a node to the end of the frame after the page has answered.
  Ours has answered when the panel with the proof has the name of the node for its heading; pyvis when it says that the
  node is selected. The median of nine clicks in each round, once at once after the first picture, while the rest of a
  large graph is being read, and once after.

Bounds: ours of 100,000 nodes shows its picture within 1.5 s and answers within 0.1 s (the ratio is to these); of the
generated graphs ours takes no longer for its picture than pyvis. pyvis is given up after ``--limit`` seconds.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from measure import Figure, exit_code, generated, home_with, peak_megabytes, table
from multiplied import multiply
from network import connect
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pyoxigraph import RdfFormat, Store
from pyvis.network import Network

from build_graph import build
from graph import HOME
from graph.builds.manifest import DATASET
from graph.explorer import FILE, explorer
from graph.explorer.data.page_graph import build_payload
from graph.query.questions import read_questions

PAGE = "dialogmoter-hosten-2014"
PICTURE, ANSWER = 1.5, 0.1
FIRST, LARGEST = "first page", "multiplied"
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "chromium-headless-shell"))), None
)
WATCH = Path(__file__).with_name("explorer_watch.js")


@dataclass(frozen=True)
class Pair:
    """The two pages of one graph, how many nodes it has, and the CPU seconds that ours took to make."""

    nodes: int
    ours: Path
    theirs: Path
    seconds: float


@dataclass
class Times:
    """Seconds, one a round: until the picture, until a click is answered at once, and later, and until all is read."""

    picture: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


def theirs(entities: list[dict[str, Any]], ties: list[dict[str, Any]]) -> str:
    """pyvis's own page of the graph."""
    network = Network(height="700px", width="100%", directed=True, cdn_resources="in_line")
    network.nodes = [{"id": entity["id"], "label": entity["label"].get("nb", entity["id"])} for entity in entities]
    network.edges = [{"from": tie["from"], "to": tie["to"], "arrows": "to"} for tie in ties]
    html: str = network.generate_html(notebook=False)
    return html


def pair(built: Path, corpus: Path, folder: Path) -> Pair:
    """The two pages of a build, in that folder."""
    store = Store()
    store.bulk_load(path=built / DATASET, format=RdfFormat.N_QUADS)
    run = connect(store)
    begun = time.process_time()
    page = explorer(run, corpus, read_questions(HOME / "queries"))
    seconds = time.process_time() - begun
    data = build_payload(run, lambda _: None, [])
    folder.mkdir()
    (folder / FILE).write_bytes(page)
    (folder / "pyvis.html").write_text(theirs(data["entities"], data["ties"]), encoding="utf-8")
    return Pair(len(data["entities"]), folder / FILE, folder / "pyvis.html", seconds)


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[Page]:
    """A new window, offline, in which the file begins to load; ours shows its drawing, not its overview."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    try:
        page = context.new_page()
        page.add_init_script(path=WATCH)
        page.goto(f"{file.as_uri()}#view=network", wait_until="commit")
        yield page
    finally:
        context.close()


def waited(page: Page, script: str, limit: float) -> Any:
    """What the script gives as soon as it gives something, or None after the limit, in seconds."""
    try:
        return page.wait_for_function(script, timeout=limit * 1000, polling=20).json_value()
    except Error:
        return None


def clicked(page: Page, nodes: range, limit: float) -> float | None:
    """The median of clicks on these nodes, in seconds; None where one has no answer. None is chosen already."""
    times = []
    for number in nodes:
        # Two clicks at one place right after one another would be a double click.
        page.wait_for_timeout(350)
        at = page.evaluate("number => watch.node(number)", number)
        page.evaluate("() => watch.forget()")
        page.mouse.click(at["x"], at["y"])
        answer = waited(page, "() => watch.answer", limit)
        if answer is None:
            return None
        times.append(answer / 1000)
    return statistics.median(times)


def measured(browser: Browser, file: Path, times: Times, clicks: int, limit: float) -> bool:
    """One round of one page; False where it was given up."""
    with opened(browser, file) as page:
        picture = waited(page, "() => window.watch?.picture", limit)
        if picture is None:
            return False
        times.picture.append(picture / 1000)
        at_once = clicked(page, range(clicks), limit)
        whole = waited(page, "() => window.motegraf ? watch.whole : watch.picture", limit)
        later = clicked(page, range(clicks, 2 * clicks), limit)
        if at_once is None or later is None or whole is None:
            return False
        times.at_once.append(at_once)
        times.later.append(later)
        times.whole.append(whole / 1000)
        return True


def compared(browser: Browser, name: str, pages: Pair, rounds: int, clicks: int, limit: float) -> list[Figure]:
    """The figures of one graph; of the first page nothing is asked, since it is small to both."""
    bound = None if name == FIRST else 1.0
    ours, pyvis = Times(), Times()
    for _ in range(rounds):
        assert measured(browser, pages.ours, ours, clicks, 120), "ours shows nothing, or does not answer"
        if len(pyvis.picture) == len(ours.picture) - 1:
            measured(browser, pages.theirs, pyvis, clicks, limit)
    middle = statistics.median
    their_picture = middle(pyvis.picture) if len(pyvis.picture) == rounds else None
    their_answer = middle(pyvis.later) if len(pyvis.later) == rounds else None
    picture, at_once, later = middle(ours.picture), middle(ours.at_once), middle(ours.later)
    size = pages.ours.stat().st_size / 1e6
    rows = [
        Figure(f"{name}: {pages.nodes:,} nodes, ours made in CPU s, of MB", f"{pages.seconds:.1f}, {size:.1f}"),
        Figure(
            "  first readable picture, pyvis, s", f"> {limit:g}" if their_picture is None else f"{their_picture:.2f}"
        ),
        Figure("  first readable picture, ours, s", f"{picture:.2f}", *_ratio(picture, their_picture or limit, bound)),
        Figure("  a click, pyvis, s", "none" if their_answer is None else f"{their_answer:.3f}"),
        Figure("  a click at once, ours, s", f"{at_once:.3f}", *_ratio(at_once, their_answer, None)),
        Figure("  a click, ours, s", f"{later:.3f}", *_ratio(later, their_answer, None)),
        Figure("  all is read, ours, s", f"{middle(ours.whole):.2f}"),
    ]
    if name == LARGEST:
        rows += [
            Figure(f"  ours to {PICTURE} s: first readable picture", f"{picture:.2f}", picture / PICTURE, 1.0),
            Figure(f"  ours to {ANSWER} s: a click at once", f"{at_once:.3f}", at_once / ANSWER, 1.0),
            Figure(f"  ours to {ANSWER} s: a click", f"{later:.3f}", later / ANSWER, 1.0),
        ]
    return rows


def _ratio(one: float, other: float | None, bound: float | None) -> tuple[float | None, float | None]:
    return (None, None) if other is None else (one / other, bound)


def made(folder: Path, pages: int, statements: int) -> Iterator[tuple[str, Pair]]:
    """The graphs, each as soon as it is there."""
    first = home_with(folder, PAGE)
    build(first, folder / "first")
    yield FIRST, pair(folder / "first", first / "corpus", folder / "1")
    with generated(pages, 100) as work:
        build(work / "home", work / "out")
        yield f"{pages} pages", pair(work / "out", work / "home/corpus", folder / "2")
    if not statements:
        return
    with generated(25, 100) as work:
        build(work / "home", work / "unit")
        multiply(work / "unit", work / "many", statements)
        corpus = work / "home/corpus"
        copies = statements // (work / "unit" / DATASET).read_bytes().count(b"\n") * 2
        for page in [*corpus.iterdir()]:
            for copy in range(1, copies):
                (corpus / f"{page.name}.c{copy}").symlink_to(page)
        yield LARGEST, pair(work / "many", corpus, folder / "3")


def figures(pages: int, statements: int, rounds: int, clicks: int, limit: float) -> list[Figure]:
    """All that is measured."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, pages_of in made(Path(folder), pages, statements):
            rows += compared(browser, name, pages_of, rounds, clicks, limit)
        browser.close()
    return [*rows, Figure("peak memory of this program, MB", f"{peak_megabytes():,.0f}")]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="The interactive page against pyvis's own page of the same graph.")
    parser.add_argument("--pages", type=int, default=15, help="generated pages of the middle graph")
    parser.add_argument("--statements", type=int, default=7_430_000, help="of the largest graph; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clicks", type=int, default=9, help="of a round, before all is read and after")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which pyvis is given up")
    options = parser.parse_args()
    found = figures(options.pages, options.statements, options.rounds, options.clicks, options.limit)
    print(table("the interactive page against pyvis's", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
