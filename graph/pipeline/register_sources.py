"""What is known of the sources of a register: its files, how many rows they have, and their columns."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Quad

from graph.claims.actor_rdf import actor_statements
from graph.claims.source_rdf import register_source_statements
from graph.sources.tables.reading import Register


def source_statements(register: Register, rows: Mapping[int, int] | None = None) -> Iterator[Quad]:
    """Yield the statements about each file of a register; ``rows`` are how many each has, by its place."""
    for actor in register.publisher:
        yield from actor_statements(actor, register.source)
    for place, file in enumerate(register.files):
        reasons = _reasons(register, place)
        columns = [(heading, reasons.get(number)) for number, heading in enumerate(file.table.columns)]
        standard = file.table.selector(1, 1).standard
        yield from register_source_statements(file.source, (rows or {}).get(place, 0), columns, standard)


def _reasons(register: Register, place: int) -> dict[int, str]:
    """Return why columns of a file claim nothing, by their places from 0."""
    index, unused = register.readers[place].index, register.mapping.unused
    entries = unused.items() if isinstance(unused, dict) else ((each.column, each.because) for each in unused)
    return {column: because for reference, because in entries for column in index.places(reference, ("unused",))}
