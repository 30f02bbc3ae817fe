"""The interactive page of generated pages, built from nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_graph import build
from graph import HOME


@contextmanager
def generated(pages: int, folder: Path) -> Iterator[Path]:
    """Generate that many pages and build their graph: its interactive page."""
    sys.path.insert(0, str(HOME / "benchmarks"))
    try:
        from generate import generate
    finally:
        sys.path.pop(0)
    generate(folder / "home", pages, 100, 1)
    build(folder / "home", folder / "build")
    yield folder / "build/explorer.html"
