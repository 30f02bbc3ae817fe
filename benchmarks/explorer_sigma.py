"""The view of the whole graph against sigma's drawing of the same points and lines, in Chromium with no network.

    npm install --prefix /tmp/sigma sigma@3.0.3 graphology@0.26.0
    python benchmarks/explorer_sigma.py --libraries /tmp/sigma/node_modules

The graph is that of a register's table (``register_tables.py``, ``--rows``), or of the file of a build (``--file``).
Sigma is given places, sizes and colours that are there already, as JSON in its page, as ours has them; neither computes
a layout. Both are files that are opened from disk in a fresh window of 1280 by 900 pixels, by turns, so many rounds.

- All is drawn: from the start of the navigation to the end of the second frame after points and lines are there (ours
  has then read everything that it counts and searches as well, and written names);
- a step: the middle of 8 frames, each of which moves the camera, to the time at which its pixels can be read;
- heap: what the page holds then (MB);
- file: of the page, in MB.

Without a graphics card both are drawn by software. There sigma 4 does not end a first picture of 33,000 points within a
minute, so 3 is taken.

Bound: ours takes no longer than sigma to draw all, nor for a step.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer import CHROMIUM
from measure import Figure, exit_code, table
from playwright.sync_api import Browser, Page, sync_playwright
from register_tables import FORMS, REAL, repeated, write_home

import build_graph
from graph.explorer import FILE

LIBRARIES = ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js")
# Drawn by software where there is no graphics card; both alike.
ARGUMENTS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--enable-precise-memory-info")
# What ours draws: the points with their places, sizes and colours by kind, and the lines by the numbers of their ends.
SCENE = """() => {
  const { x, y, radius, isAgent, columns } = motegraf.wholeScene.geometry();
  const { from, to } = columns.arrays;
  const rounded = (all) => Array.from(all, (each) => Math.round(each * 1e5) / 1e5);
  return { x: rounded(x), y: rounded(y), size: rounded(radius), agent: [...isAgent], from: [...from], to: [...to] };
}"""
THEIRS = """<!doctype html><meta charset="utf-8"><title>sigma</title>
<style>html, body, #box { margin: 0; height: 100%; }</style><div id="box"></div>
<script>LIBRARIES</script><script id="scene" type="application/json">SCENE</script>
<script>
const scene = JSON.parse(document.getElementById("scene").textContent);
const graph = new graphology.Graph({ multi: true });
for (let at = 0; at < scene.x.length; at += 1) {
  const color = scene.agent[at] ? "#1f5f99" : "#b9541a";
  graph.addNode(at, { x: scene.x[at], y: scene.y[at], size: scene.size[at], color, label: `n ${at}` });
}
const line = { size: .5, color: "#ccc" };
for (let at = 0; at < scene.from.length; at += 1) graph.addEdge(scene.from[at], scene.to[at], line);
window.sigma = new Sigma(graph, document.getElementById("box"));
</script>
"""
FRAMED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
# Reading one pixel waits until everything has been drawn.
STEPS = """async (move) => {
  const go = eval(move);
  const times = [];
  for (let step = 0; step < 9; step += 1) {
    const begun = performance.now();
    go(0.002 * step);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    for (const canvas of document.querySelectorAll("canvas")) {
      const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
      gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    }
    times.push(performance.now() - begun);
  }
  return times.slice(1);
}"""


@dataclass(frozen=True)
class Side:
    """A page: its file and address, what is true once it has drawn all, and how its camera is moved."""

    file: Path
    hash: str
    drawn: str
    move: str


@dataclass
class Taken:
    """One value a round: seconds until all is drawn, milliseconds of a step, megabytes of the heap."""

    drawn: list[float] = field(default_factory=list)
    step: list[float] = field(default_factory=list)
    heap: list[float] = field(default_factory=list)


def ours(file: Path) -> Side:
    """Our page at its view of the whole."""
    return Side(
        file,
        "#view=structure",
        "window.motegraf?.wholeScene?.geometry() && document.querySelector('#whole-extent')?.textContent",
        "(by) => motegraf.state.set({ camera: [by, 0, 1] }, { again: true })",
    )


def theirs(folder: Path, libraries: Path, scene: dict[str, Any]) -> Side:
    """The page of sigma, which is written into the folder."""
    scripts = "\n".join((libraries / name).read_text(encoding="utf-8") for name in LIBRARIES)
    page = THEIRS.replace("LIBRARIES", scripts.replace("</script", "<\\/script"))
    file = folder / "sigma.html"
    file.write_text(page.replace("SCENE", json.dumps(scene, separators=(",", ":")), 1), encoding="utf-8")
    move = "(by) => sigma.getCamera().setState({ x: 0.5 + by, y: 0.5, ratio: 1, angle: 0 })"
    return Side(file, "", "window.sigma", move)


@contextmanager
def opened(browser: Browser, side: Side) -> Iterator[Page]:
    """A new window, offline, in which a page has drawn all."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    try:
        page = context.new_page()
        page.goto(f"{side.file.as_uri()}{side.hash}", wait_until="commit")
        page.wait_for_function(f"() => {side.drawn}", timeout=120_000, polling=10)
        yield page
    finally:
        context.close()


def measured(browser: Browser, side: Side, taken: Taken) -> None:
    """One round of a page."""
    with opened(browser, side) as page:
        taken.drawn.append(page.evaluate(FRAMED) / 1000)
        page.wait_for_timeout(1000)
        taken.step.append(statistics.median(page.evaluate(STEPS, side.move)))
        taken.heap.append(page.evaluate("performance.memory.usedJSHeapSize") / 1e6)


def figures(file: Path, libraries: Path, rounds: int) -> Iterator[Figure]:
    """All figures of the file of a build."""
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        own = ours(file)
        with opened(browser, own) as page:
            scene = page.evaluate(SCENE)
        other = theirs(Path(folder), libraries, scene)
        mine, its = Taken(), Taken()
        for _ in range(rounds):
            measured(browser, own, mine)
            measured(browser, other, its)
        browser.close()
        sizes = [side.file.stat().st_size / 1e6 for side in (own, other)]
    yield Figure("points, lines", f"{len(scene['x']):,}, {len(scene['from']):,}")
    yield from _both("all is drawn, s", mine.drawn, its.drawn, "{:.2f}".format, 1.0)
    yield from _both("a step, ms", mine.step, its.step, "{:.1f}".format, 1.0)
    yield from _both("heap, MB", mine.heap, its.heap, "{:.0f}".format)
    yield from _both("file, MB", [sizes[0]], [sizes[1]], "{:.1f}".format)


def _both(
    what: str, mine: list[float], its: list[float], shown: Callable[[float], str], bound: float | None = None
) -> Iterator[Figure]:
    own, other = statistics.median(mine), statistics.median(its)
    yield Figure(f"{what}: sigma", shown(other))
    yield Figure(f"{what}: ours", shown(own), own / other, bound)


def main() -> None:
    """Print the table; end with 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", type=Path, required=True, help="node_modules with sigma and graphology")
    parser.add_argument("--file", type=Path, help="the interactive page of a build")
    parser.add_argument("--rows", type=int, default=23_050)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--table", type=Path, default=REAL, help="the table; invented rows where it is not there")
    options = parser.parse_args()
    if missing := [name for name in LIBRARIES if not (options.libraries / name).is_file()]:
        parser.error(f"{options.libraries} has no {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="motegraf-") as folder:
        file = options.file
        if file is None:
            home = write_home(Path(folder), repeated(options.rows, options.table), FORMS)
            build_graph.build(home, home / "build")
            file = home / "build" / FILE
        measures = [*figures(file.resolve(), options.libraries, options.rounds)]
    print(table("The view of the whole graph and sigma", measures))
    sys.exit(exit_code(measures))


if __name__ == "__main__":
    main()
