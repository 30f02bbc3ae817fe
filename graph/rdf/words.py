"""Words for the properties and classes of standards, which the graph does not name."""

import csv
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode

from graph.model.iris import PREFIXES
from graph.model.labels import Label

_FILE = Path(__file__).parent / "lookups/words.csv"


@lru_cache(maxsize=1)
def words_of_standards() -> dict[NamedNode, Label]:
    """Return the words for terms of standards, by their IRIs."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [(row["term"].partition(":"), Label(row["nb"], row["en"])) for row in csv.DictReader(file)]
    return {NamedNode(PREFIXES[prefix] + name): label for (prefix, _, name), label in rows}
