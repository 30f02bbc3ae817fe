"""A whole build from nothing, and the build after one page has changed: where the time and the memory go.

    python benchmarks/rebuild.py --pages 1000 --claims 100

Pages are generated. The first build finds nothing cached. Then one page gets a sentence and a claim more, and the
second build makes that page and its component anew and takes all else from the cache. Each build runs in a process of
its own. Functions of the build are wrapped from outside; measured is, in CPU seconds, what passes in each without those
it calls in turn that are wrapped too, and the peak memory of the process in MB (RSS).

- the page's own part: reading it, its statements, what is concluded and checked. Bound: 1/20 of the whole build;
- merging and writing: what is cached read, parts merged, files made and written. Bound: 1/8 of the whole build;
- the build after a change as a whole, with its imports: 0.03 of the whole build with its imports.
"""

import argparse
import functools
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from generate import cast, to_yaml
from measure import Figure, apart, exit_code, generated, peak_megabytes, table

import build_graph
from graph.pipeline import block_cache, cache, components, corpus, files

MOST_OF_PAGE, MOST_OF_REST, MOST = 1 / 20, 1 / 8, 0.03
CHANGED, CHANGING = "oppdiktet-00002", ("claims.yaml", "page.yaml")

# The functions that are wrapped, in the module where the build looks them up: all that prepare, and the steps.
WRAPPED: tuple[tuple[Any, str], ...] = (
    *((module, name) for module in (build_graph, corpus) for name in vars(module) if name.startswith("read_")),
    *((corpus, name) for name in ("page_part", "concluded_part")),
    (corpus.Corpus, "page_parts"),
    *((build_graph, name) for name in ("merge_into_blocks", "connect_dataset", "summarize")),
    (build_graph.LastBuild, "__init__"),
    *((cache, name) for name in ("read_stored", "write_stored")),
    *((cache.Cache, name) for name in ("find", "store", "receive", "get_or_create", "remove_unused")),
    (components, "components"),
    *((block_cache, name) for name in ("serialize_block", "describe_blocks", "create_light")),
    *((files, name) for name in ("write_build", "explorer", "read_questions", "catalogue_file", "add_counts")),
)
OWN = ("page_part", "concluded_part")
# What is done once for all pages together, however few of them changed.
REST = ("components", "add_counts", "summarize", "find", "store", "receive", "get_or_create", "read_stored")
REST += ("write_stored", "remove_unused", "merge_into_blocks", "describe_blocks", "serialize_block", "create_light")
REST += ("page_parts", "write_build", "connect_dataset", "explorer", "read_questions", "catalogue_file")


class Clock:
    """CPU seconds by function, each without what wrapped functions below it took, and how often each was called."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self.below = [0.0]

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, measured."""

        @functools.wraps(function)
        def measured(*given: Any, **named: Any) -> Any:
            self.below.append(0.0)
            begun = time.process_time()
            try:
                return function(*given, **named)
            finally:
                took = time.process_time() - begun
                self.seconds[name] += took - self.below.pop()
                self.calls[name] += 1
                self.below[-1] += took

        return measured


def measured_build(home: Path, out: Path) -> dict[str, Any]:
    """A build in this process: seconds and calls by function, all its CPU seconds, and its peak memory."""
    clock, before = Clock(), time.process_time()
    for module, name in WRAPPED:
        setattr(module, name, clock.wrapped(name, getattr(module, name)))
    figures = build_graph.build(home, out)
    whole = time.process_time() - before
    clock.seconds["all else"] = whole - sum(clock.seconds.values())
    return {
        "seconds": clock.seconds,
        "calls": clock.calls,
        "whole": whole,
        "imports": before,
        "peak": peak_megabytes(),
        "statements": figures.statements,
    }


def change(home: Path, name: str) -> None:
    """The page tells of one meeting more, in a municipality that it did not name."""
    folder = home / "corpus" / name
    text = (folder / "page.txt").read_text(encoding="utf-8")
    place = next(place.name for place in cast().municipalities if place.name not in text)
    sentence = f"Den 2. november 2014 var det også et møte i {place}."
    text += f"\n{sentence}\n"
    event = {
        "label": {"nb": f"Møte i {place}", "en": f"Meeting in {place}"},
        "kind": "meeting",
        "status": "held",
        "when": {"edtf": "2014-11-02", "said": "2. november 2014"},
        "where": {"municipality": place},
        "quote": sentence,
    }
    claims, page = (yaml.load((folder / file).read_bytes(), Loader=yaml.BaseLoader) for file in CHANGING)
    claims["events"][f"nytt-{name}"] = event
    page["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    for file, data in zip(CHANGING, (claims, page), strict=True):
        (folder / file).write_text(to_yaml(data), encoding="utf-8", newline="")
    (folder / "page.txt").write_text(text, encoding="utf-8", newline="")


def figures(pages: int, claims: int) -> list[Figure]:
    """Both builds, function by function, and the two bounds."""
    with generated(pages, claims) as folder:
        whole = apart(__file__, "build", folder / "home", folder / "out")
        change(folder / "home", CHANGED)
        again = apart(__file__, "build", folder / "home", folder / "out")
    made = [again["calls"][name] for name in OWN]
    assert made == [1, 1], f"one page and one component should have been made again, not {made}"
    own, rest = (sum(again["seconds"].get(name, 0.0) for name in names) for names in (OWN, REST))
    cold, changed = (build["whole"] + build["imports"] for build in (whole, again))
    rows = [
        Figure("statements published", f"{whole['statements']:,}"),
        Figure("whole build, CPU s (imports not counted)", f"{whole['whole']:.2f}"),
        Figure("build after a change, CPU s", f"{again['whole']:.2f}", again["whole"] / whole["whole"]),
        Figure("  both with imports", f"{changed:.2f} of {cold:.2f}", changed / cold, MOST),
        Figure("  the page's own part", f"{own:.3f}", own / whole["whole"], MOST_OF_PAGE),
        Figure("  merging and writing", f"{rest:.2f}", rest / whole["whole"], MOST_OF_REST),
        Figure("imports, CPU s", f"{whole['imports']:.2f}"),
        Figure("peak memory, whole build, MB", f"{whole['peak']:,.0f}"),
        Figure("peak memory, build after a change, MB", f"{again['peak']:,.0f}"),
    ]
    names = sorted(whole["seconds"] | again["seconds"], key=lambda name: -whole["seconds"].get(name, 0))
    for name in names:
        first, second = (build["seconds"].get(name, 0.0) for build in (whole, again))
        share = f"{first:.2f} ({first / whole['whole']:.0%}); after a change {second:.2f}"
        rows.append(Figure(f"    {name}", share))
    return rows


def main() -> int:
    """The command line; with ``build HOME OUT`` one measured build, as JSON."""
    match sys.argv[1:]:
        case ["build", home, out]:
            print(json.dumps(measured_build(Path(home), Path(out))))
            return 0
    parser = argparse.ArgumentParser(description="A whole build, and the build after one page has changed.")
    parser.add_argument("--pages", type=int, default=1000, help="three or more")
    parser.add_argument("--claims", type=int, default=100, help="claims a page")
    options = parser.parse_args()
    found = figures(options.pages, options.claims)
    print(table(f"rebuild: {options.pages} pages of {options.claims} claims", found))
    return exit_code(found)


if __name__ == "__main__":
    sys.exit(main())
