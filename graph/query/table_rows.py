"""Rows of registers as proof: the cells that say something stand in their row, with the headings above them.

Beside the cells that prove a statement a row has those that prove anything else about the same event, letter or
e-mail. Cells that prove nothing are not in the graph. Where a cell is blank and the mapping fills it down, the row has
the words of the cell above, with the row from which they come.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from pyoxigraph import NamedNode

from graph.model.sources import CellSelector, PointerSelector, parse_fragment
from graph.query.lookup import LOOKUPS, lookup_rows
from graph.query.passages import Passage, RowCell, TableRow, one_space, sorted_passages
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import local_name_of

# A cell that proves nothing here is cut off after so many letters.
MAX_LETTERS = 160
# The list or sheet, and the row in it.
_RowKey = tuple[str, int]


class _Cited(NamedTuple):
    """A cell that a claim cites: where it stands, the heading above it, and its words."""

    selector: CellSelector | PointerSelector
    heading: str
    words: str

    @property
    def row(self) -> _RowKey:
        return self.selector.order[:2]

    @property
    def column(self) -> int | str:
        return self.selector.column if isinstance(self.selector, CellSelector) else self.heading


@dataclass(slots=True)
class _Known:
    """What the graph has of the table around some claims: the cells of each, and those of all claims about the same."""

    own: dict[str, list[_Cited]]
    about: dict[str, set[Term]]
    around: dict[Term, dict[str, list[_Cited]]]
    files: dict[str, str]

    def cited_by(self, claims: Iterable[str]) -> list[_Cited]:
        """Return the cells on which any of these claims leans."""
        return [cell for claim in claims for cell in self.own.get(claim, ())]

    def around_claims(self, claims: Iterable[str]) -> list[list[_Cited]]:
        """Return the cells of each claim about what these claims are about, themselves among them."""
        things = {thing for claim in claims for thing in self.about.get(claim, ())}
        return [cells for thing in sorted(things, key=str) for cells in self.around.get(thing, {}).values()]


def join_rows(groups: Iterable[Sequence[Passage]], run: QueryFn) -> list[list[Passage]]:
    """Return the passages of each group in order, each once; cells of one row of a register as one passage."""
    ordered = [sorted_passages(group) for group in groups]
    claims = {each.claim for group in ordered for each in group if each.heading is not None and each.claim}
    if not claims:
        return ordered
    known = _look_up_cells(claims, run)
    return [_joined(group, known) for group in ordered]


def _look_up_cells(claims: Iterable[str], run: QueryFn) -> _Known:
    known = _Known(defaultdict(list), defaultdict(set), {}, {})
    for claim, about, page, file, *cell in lookup_rows(map(NamedNode, claims), LOOKUPS / "claim_cells.rq", run):
        if about is not None and (cited := _cited(page, cell)):
            known.own[text_of(claim)].append(cited)
            known.about[text_of(claim)].add(about)
            known.files[cited.selector.source] = text_of(file)
    things = {thing for several in known.about.values() for thing in several}
    for about, claim, page, *cell in lookup_rows(things, LOOKUPS / "cells_about.rq", run):
        if about is not None and (cited := _cited(page, cell)):
            known.around.setdefault(about, {}).setdefault(text_of(claim), []).append(cited)
    return known


def _cited(page: Term | None, cell: Sequence[Term | None]) -> _Cited | None:
    words, place, heading = map(text_of, cell)
    selector = parse_fragment(local_name_of(page), place) if isinstance(page, NamedNode) else None
    return _Cited(selector, heading, words) if isinstance(selector, CellSelector | PointerSelector) else None


def _joined(passages: Sequence[Passage], known: _Known) -> list[Passage]:
    """Return the passages, those that are cells of a row as one, where the first of them stands."""
    cells: dict[tuple[str, str | None], list[Passage]] = defaultdict(list)
    result: list[Passage] = []
    for passage in passages:
        if passage.heading is None:
            result.append(passage)
        else:
            cells[passage.source, passage.url].append(passage)
    for several in cells.values():
        result += _rows(several, known)
    return sorted_passages(result)


def _rows(passages: Sequence[Passage], known: _Known) -> list[Passage]:
    """Return a passage for each row in which these cells of one register stand."""
    claims = sorted({each.claim for each in passages if each.claim})
    cited = {each.selector.fragment: each for each in known.cited_by(claims)}
    source = next((each.selector.source for each in cited.values()), None)
    around = [[each for each in cells if each.selector.source == source] for cells in known.around_claims(claims)]
    proving = {each.position for each in passages if each.position}
    by_row: dict[_RowKey, dict[str, _Cited]] = defaultdict(dict)
    for each in (*chain.from_iterable(around), *cited.values()):
        by_row[each.row][each.selector.fragment] = each
    numbers = sorted({each.row for place, each in cited.items() if place in proving})
    lent = {place: lender for cells in around for place, lender in _lent(cells).items()}
    lenders = {lent[place].selector.fragment for place in cited if place in lent}
    result = []
    for number in numbers:
        own = [place for place, each in cited.items() if each.row == number and place in proving]
        # A row that only lends its words to another one proves nothing by itself.
        if any(place not in lenders for place in own):
            file = known.files.get(source or "", "")
            result.append(_passage(passages, own, _table_row(by_row[number].values(), lent, proving, file)))
    return result or list(passages)


def _lent(cells: Sequence[_Cited]) -> dict[str, _Cited]:
    """Return of the blank cells of a claim, by their places, those that are filled down into them: the nearest above.

    What has no blank cell below it in the same claim lends nothing: several rows may tell of one event.
    """
    with_words = sorted((each for each in cells if one_space(each.words)), key=lambda each: each.row)
    lent: dict[str, _Cited] = {}
    for blank in cells:
        if not one_space(blank.words):
            column = [each for each in with_words if (each.column, each.row[0]) == (blank.column, blank.row[0])]
            above = [each for each in column if each.row < blank.row]
            if above:
                lent[blank.selector.fragment] = above[-1]
    return lent


def _table_row(cells: Iterable[_Cited], lent: Mapping[str, _Cited], proving: set[str], file: str) -> TableRow:
    """Return a row with its cells in the order of their columns; blank ones only if they prove something."""
    own = sorted(cells, key=lambda each: (each.selector.order, each.selector.fragment))
    written = []
    for each in own:
        place, lender = each.selector.fragment, lent.get(each.selector.fragment)
        proves = place in proving or bool(lender and lender.selector.fragment in proving)
        words = (lender or each).words.strip()
        if words or proves:
            origin = lender.selector.row_label if lender else None
            written.append(RowCell(each.heading, words if proves else _cut(words), place, proves, origin))
    first = own[0].selector
    return TableRow(first.row_label, first.row_fragment, first.order, tuple(written), file)


def _cut(words: str) -> str:
    return words if len(words) <= MAX_LETTERS else f"{words[: MAX_LETTERS - 1].rstrip()}…"


def _passage(passages: Sequence[Passage], places: Iterable[str], row: TableRow) -> Passage:
    """Return a row as a passage: its text is what its proving cells say, each after its heading."""
    first = next(each for each in passages if each.position in {*places})
    text = "; ".join(f"{cell.heading}: {one_space(cell.words)}" for cell in row.cells if cell.proves)
    return replace(first, text=text, position=row.position, heading=None, row=row)
