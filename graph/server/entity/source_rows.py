"""The rows of a register on the page of it: of each its cells, and what was read from it; its columns."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.query.passages import Passage
from graph.query.proof import claims_passages
from graph.query.results import QueryFn, expect_table, text_of
from graph.query.sparql.parameters import bind_parameters, fill_values
from graph.server.entity.claim_words import sentences_of
from graph.server.entity.records import LOOKUPS, Name, Record, records_of
from graph.server.entity.row_view import RowView, row_view
from graph.server.entity.source_text import MAX_CLAIMS, ClaimLine

# Rows of a page of a register: as many numbers of rows, whether anything was read from them or not.
ROWS_OF_PAGE = 25
# In a register of more rows the last of them is not looked for, for that takes a look at all cells.
MAX_ROWS_SEARCHED = 50_000


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a register, and what was read from it."""

    row: RowView
    claims: tuple[ClaimLine, ...]
    more_claims: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: its heading, and why it claims nothing, where that is so."""

    heading: str
    reason: Name | None


def page_of_row(position: int) -> int:
    """Return the number of the page, from 1, on which a row is."""
    return position // ROWS_OF_PAGE + 1


def pages_of(source: NamedNode, rows: int, run: QueryFn) -> int:
    """Return how many pages a register of so many rows has; a sheet may have its table far down."""
    last = rows + 1
    if rows <= MAX_ROWS_SEARCHED:
        query = (LOOKUPS / "source_last_row.rq").read_text(encoding="utf-8")
        found = expect_table(run(bind_parameters(query, {"source": source}))).rows
        last = max((int(text_of(number)) for (number,) in found if number is not None), default=0)
    return page_of_row(last)


def rows_of_page(source: NamedNode, page: int, run: QueryFn, lang: str) -> tuple[SourceRow, ...]:
    """Return the rows of one page of which a cell proves something, in their order, with what was read from each."""
    first = (page - 1) * ROWS_OF_PAGE
    numbers = [Literal(number) for number in range(first, first + ROWS_OF_PAGE)]
    query = bind_parameters((LOOKUPS / "source_rows.rq").read_text(encoding="utf-8"), {"source": source})
    claims_of: dict[int, set[NamedNode]] = defaultdict(set)
    lent: set[tuple[int, NamedNode]] = set()
    for position, claim, row, words in expect_table(run(fill_values(query, "thing", numbers))).rows:
        if isinstance(claim, NamedNode):
            claims_of[int(text_of(position))].add(claim)
            # Into a blank cell of a row below, the words of this one are filled down: that row makes the claim.
            if int(text_of(row)) > int(text_of(position)) and not text_of(words).strip():
                lent.add((int(text_of(position)), claim))
    for number, claim in lent:
        claims_of[number].discard(claim)
    claims = {claim for several in claims_of.values() for claim in several}
    passages = [each for each in claims_passages(claims, run) if each.row and each.row.order[1] in claims_of]
    lines = _lines(passages, claims_of, run, lang)
    return tuple(
        SourceRow(view, lines[number][:MAX_CLAIMS], max(0, len(lines[number]) - MAX_CLAIMS))
        for each in passages
        if each.row and (view := row_view(each, lang)) and (number := each.row.order[1]) in lines
    )


def _lines(
    passages: list[Passage], claims_of: Mapping[int, set[NamedNode]], run: QueryFn, lang: str
) -> dict[int, tuple[ClaimLine, ...]]:
    """Return the claims of each row in words, without those that it only lends its words to."""
    shown = {each.row.order[1] for each in passages if each.row}
    records = records_of({claim for number in shown for claim in claims_of[number]}, run)
    said = sentences_of(records.values(), run, lang)
    return {
        number: tuple(
            ClaimLine(claim.value, said[claim]) for claim in sorted(claims_of[number], key=str) if claim in said
        )
        for number in shown
    }


def columns_of(record: Record, run: QueryFn, lang: str) -> tuple[Column, ...]:
    """Return the columns of a register in their order."""
    records: list[Record] = [*records_of(record.nodes("mg:column"), run).values()]
    records.sort(key=lambda each: int(each.value("schema:position") or 0))
    return tuple(Column(each.value("rdfs:label"), each.text("mg:because", lang)) for each in records)
