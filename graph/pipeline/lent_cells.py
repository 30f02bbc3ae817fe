"""Cells that rows of several partitions cite: those that are filled down into rows of another partition."""

from graph.claims.source_rdf import evidence_name
from graph.sources.tables.reading import KeyedRow, Register


class LentCells:
    """Which cells of a register rows of other partitions cite, found while its rows pass in their order.

    ``names`` are, of each partition, the compact names of such evidence: of what it lends and of what it is lent. What
    is said of them stands in no part of a partition, where it would stand several times.
    """

    def __init__(self, register: Register, partitions: int) -> None:
        self.names: list[set[str]] = [set() for _ in range(partitions)]
        self._register = register
        # Of each column that is filled down, the last row that has a value of its own, and its partition.
        self._above: dict[int, tuple[int, int]] = {}
        lending = [(*reader.fill, *reader.merged) for reader in register.readers]
        self._columns = {(place, column) for place, columns in enumerate(lending) for column in columns}
        self._has_sections = any(reader.sections for reader in register.readers)

    def note(self, partition: int, row: KeyedRow) -> None:
        """Note what a row is lent, and that it may lend."""
        if not (self._columns or self._has_sections) or row.skip is not None:
            return
        place, _ = self._register.file_of(row.number)
        if self._has_sections:
            self._note_sections(partition, place, row)
        filled = {column: source for column, source, _ in row.fills}
        for at, column in self._columns:
            if at != place:
                continue
            if column not in filled:
                self._above[column] = (row.number, partition)
                continue
            lender, of_lender = self._above.get(column, (-1, partition))
            if lender == filled[column] and of_lender != partition:
                file = self._register.files[place]
                name = evidence_name(file.table.selector(self._register.file_of(lender)[1], column + 1))
                self.names[partition].add(name)
                self.names[of_lender].add(name)

    def _note_sections(self, partition: int, place: int, row: KeyedRow) -> None:
        """Note the headings above a row: rows of many partitions stand below one."""
        table = self._register.readers[place].table
        for column, source, _ in row.fills:
            if column in table.added:
                self.names[partition].add(evidence_name(table.selector(self._register.file_of(source)[1], column + 1)))
