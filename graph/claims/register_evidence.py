"""Cells of registers as evidence: the words, the heading above them, and where they stand in the table.

A row has some eight such cells, so a cell says no more than that. How its place is written is said once, of the table
(``dct:conformsTo``): there is no selector of its own for each of them.
"""

from graph.claims.rows import Row, Text, number_term, own_term, rows_about, term, words_term
from graph.model.acts import Cell


def evidence_term(cell: Cell) -> Text:
    """Return the IRI of a cell as a piece of evidence."""
    selector = cell.selector
    return own_term("evidence", f"{selector.source}.{selector.key}")


def evidence_lines(cell: Cell, name: Text, language: str, graph: Text, source: Text) -> list[Row]:
    """Return the statements of a cell of this IRI that proves something. It has no label but its place."""
    selector = cell.selector
    return rows_about(
        graph,
        name,
        (
            ("rdf:type", term("mg:Evidence")),
            ("prov:wasQuotedFrom", source),
            ("schema:text", words_term(cell.words, language)),
            ("mg:heading", words_term(cell.heading)),
            ("rdf:value", words_term(selector.fragment)),
            ("schema:position", number_term(selector.position)),
        ),
    )
