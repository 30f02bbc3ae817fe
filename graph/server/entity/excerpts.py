"""Excerpts of sources: the sentences on which claims rest, in the order of each source, with marks of what was read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label
from graph.model.sources import LAST, ReadingOrder, parse_fragment
from graph.query.lookup import lookup_rows
from graph.query.proof import claims_passages
from graph.query.results import QueryFn, Term, text_of
from graph.rdf.terms import local_name_of
from graph.server.entity.records import LOOKUPS, Name, names_of
from graph.server.entity.row_view import RowView, row_view

TEXTS = {
    "excerpts": Label("Det kildene sier, i deres egen rekkefølge", "What the sources say, in their own order"),
    "excerpts_note": Label(
        "Merket tekst er lest som opplysninger om møtet; resten gir sammenhengen.",
        "Marked words were read as facts about the meeting; the rest is their context.",
    ),
    "excerpts_more": Label("Flere setninger i kilden.", "More sentences in the source."),
}
# As many passages of a source stand in an excerpt.
MAX_PASSAGES = 60


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    """Words of a source. ``is_key``: they say something themselves; ``gap``: words before them are left out."""

    text: str
    is_key: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a source says about something, in its own order; ``more`` passages are left out at the end.

    Of a register these are ``rows``.
    """

    source: Name
    lang: str
    pieces: tuple[ExcerptPiece, ...]
    more: int
    rows: tuple[RowView, ...] = ()


def excerpts_of(claims: Iterable[Term], run: QueryFn, lang: str) -> tuple[Excerpt, ...]:
    """Return the sentences and rows on which these claims rest, an excerpt for each source."""
    passages: dict[Term, dict[tuple[ReadingOrder, str], bool]] = defaultdict(dict)
    languages: dict[Term, str] = {}
    of_rows: dict[Term, list[Term]] = defaultdict(list)
    for claim, sort, _, words, place, source, _, _, heading in lookup_rows(claims, LOOKUPS / "claim_evidence.rq", run):
        if isinstance(source, NamedNode) and heading is not None and claim is not None:
            of_rows[source].append(claim)
        elif isinstance(source, NamedNode):
            selector = parse_fragment(local_name_of(source), text_of(place))
            at = (selector.order if selector else LAST, text_of(words))
            passages[source][at] = passages[source].get(at, False) or text_of(sort) == "key"
            languages.setdefault(source, words.language or "" if isinstance(words, Literal) else "")
    names = names_of([*passages, *of_rows], run, lang)
    of_sentences = {source: _excerpt(names[source], languages[source], passages[source]) for source in passages}
    tables = {source: _rows(names[source], of_rows[source], run, lang) for source in of_rows}
    return tuple((of_sentences | tables)[source] for source in sorted(of_sentences | tables, key=str))


def _rows(source: Name, claims: Iterable[Term], run: QueryFn, lang: str) -> Excerpt:
    """Return the rows of a register on which these claims rest."""
    views = [view for passage in claims_passages(claims, run) if (view := row_view(passage, lang))]
    return Excerpt(source, "", (), max(0, len(views) - MAX_PASSAGES), tuple(views[:MAX_PASSAGES]))


def _excerpt(source: Name, lang: str, passages: dict[tuple[ReadingOrder, str], bool]) -> Excerpt:
    """Return the passages in order; of those that stand within a longer one, only the longer one."""
    pieces: list[ExcerptPiece] = []
    end = 0
    for (order, text), is_key in sorted(passages.items(), key=lambda each: (each[0][0][:2], -each[0][0][2])):
        _, start, stop = order
        is_text = stop > start
        if is_text and stop <= end:
            continue
        # A blank or a line break between two passages is no gap.
        pieces.append(ExcerptPiece(text, is_key, gap=bool(pieces) and (not is_text or start > end + 2)))
        end = max(end, stop) if is_text else end
    return Excerpt(source, lang, tuple(pieces[:MAX_PASSAGES]), max(0, len(pieces) - MAX_PASSAGES))
