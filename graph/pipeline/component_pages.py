"""What the interactive page is given of pages, component by component, where these are too many for one query.

A record is kept for each component, as its conclusions are: after a change of a page only its own is made anew.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from graph.explorer import texts_of
from graph.explorer.data.component_records import ComponentRecords, component_records
from graph.explorer.data.queries import Details, details_of_lines
from graph.model.iris import BASE
from graph.pipeline.cache import Codec, Stored, record_bytes
from graph.pipeline.digests import digest
from graph.pipeline.page_tasks import ONE_AT_A_TIME, Home, Made, verify
from graph.pipeline.parts import Part
from graph.query.counts import Counts
from graph.rdf.statements import merge_nquads, read_ontology, to_nquads


class PageParts(NamedTuple):
    """What the interactive page is given of each component, encoded, and the counts of all of them."""

    pages: Sequence[bytes]
    counts: Counts


class RecordsTask(NamedTuple):
    """A component of which records are to be made: its pages, and what is concluded of them."""

    home: Home
    key: str
    component: list[Part]


def records_key(component: Iterable[Part]) -> str:
    """Return the key of the records of a component."""
    return digest("records", *(part.key for part in component))


def records_of(component: Iterable[Part], home: Home) -> ComponentRecords:
    """Return the records of a component: of its pages, and of what is concluded of them."""
    lines = merge_nquads(part.lines for part in component)
    return component_records(lines, _vocabulary(home), texts_of(Path(home.folder) / "corpus"))


def create_records(task: RecordsTask) -> Made:
    """Return the records of a component; workers run it."""
    with ONE_AT_A_TIME:
        verify(task.home)
        records = records_of(task.component, task.home)
        return Made(task.key, record_bytes(RECORDS.encode(records)), [])


@lru_cache(maxsize=1)
def _vocabulary(home: Home) -> dict[str, Details]:
    return details_of_lines(to_nquads(read_ontology(Path(home.folder) / "ontology")), BASE)


RECORDS: Codec[ComponentRecords] = Codec(
    lambda records: Stored({"counts": [*records.counts]}, records.page),
    lambda stored: ComponentRecords(stored.body, Counts(*stored.header["counts"])),
)
