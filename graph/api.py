"""What the public API has besides functions of single packages. ``docs/api.md`` describes the whole of it."""

from pathlib import Path

from build_graph import build
from graph import HOME
from graph.common.findings import Finding, FindingsError


def check(home: Path | str = HOME) -> list[Finding]:
    """Return the findings of a home: what is to be mended in its corpus, registry or ontology, with file and line.

    The list is empty where everything is in order. Nothing is written but the cache of the home.
    """
    try:
        return [*build(Path(home)).findings]
    except FindingsError as error:
        return error.findings
