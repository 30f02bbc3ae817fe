"""The text of a source as sentences in their own order, each with what was read from it.

Texts are those of the build. A source whose text is not in it has the passages that are published as evidence alone.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pyoxigraph import Literal, NamedNode

from graph.common.sentences import SentenceRules, sentence_spans
from graph.model.labels import Label, best_label
from graph.model.sources import LAST, ReadingOrder, TextSelector, parse_fragment
from graph.publish.source_texts import FILE as TEXTS
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term, expect_table, text_of
from graph.query.sparql.parameters import bind_parameters
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.records import LOOKUPS, Name, in_language, records_of

# Sentences of a page of a source.
PAGE_SIZE = 100
# Claims of a sentence that are shown one by one.
MAX_CLAIMS = 40
# Quotes lie within sentences; the longest that begins in the sentence before a page is found by this.
_LONGEST_SENTENCE = 5_000
_LETTER = re.compile(r"\w")
# After these, in any of the languages of pages, a full stop ends no sentence.
_ABBREVIATIONS = (
    *("bl.a", "m.a", "t.d", "f.eks", "f.ex", "t.ex", "jf", "jfr", "kl", "nr"),
    *("pkt", "st.meld", "prop", "kap", "dr", "hr", "fr", "mr", "mrs", "ms"),
    *("ca", "ev", "evt", "tlf", "pst", "prof", "ref", "adm.dir", "t.o.m", "f.o.m"),
    *("fr.o.m", "mill", "avd", "m.fl", "st", "no", "nos", "e.g", "i.e", "etc"),
    *("vs", "approx", "rev", "hon", "p.m", "a.m", "art", "para", "fig", "ad"),
    *("s.k", "dvs", "d"),
)
# After these a number with a full stop is no ordinal.
_NUMBERED = (
    *("kl.", "klokken", "klokka", "sak", "sag", "nr.", "nummer", "punkt", "rom", "lokale"),
    *("sal", "side", "kapittel", "kapitel", "artikkel", "artikel", "uke", "veke", "uge"),
)
# Languages that write the day of a month with a full stop.
_WITH_ORDINAL_DOT = ("nb", "nn", "no", "da")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in one sentence, with its IRI."""

    iri: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a source: its parts, each with whether a claim quotes it, and what was read from it.

    ``start`` is the position of its first character, or of a row of a table; None of what begins where the one before
    it does. ``reasons`` say why it claims nothing.
    ``context`` counts claims to which it lends a year, a place or a name. ``is_read``: every word is quoted or listed.
    """

    start: int | None
    place: str
    parts: tuple[tuple[str, bool], ...]
    claims: tuple[ClaimLine, ...]
    more_claims: int
    reasons: tuple[Name, ...]
    context: int
    is_read: bool


@dataclass(slots=True)
class _Evidence:
    """A passage as it is published, and what was read from it."""

    order: ReadingOrder
    words: str
    place: Label
    is_text: bool
    reasons: dict[str, Literal] = field(default_factory=dict)
    claims: dict[str, list[NamedNode]] = field(default_factory=lambda: defaultdict(list))

    @property
    def span(self) -> Span:
        return self.order[1], self.order[2]

    @property
    def counts_as_read(self) -> bool:
        return bool(self.reasons or self.claims["key"] or self.claims["heading"])


def text_in(folder: Path, source: str) -> str | None:
    """Return the text of a source by its id; None where the build has none."""
    archive = folder / TEXTS
    return _read(archive, source) if archive.is_file() else None


@lru_cache(maxsize=8)
def _read(archive: Path, source: str) -> str | None:
    try:
        with ZipFile(archive) as file:
            return file.read(f"{source}.txt").decode("utf-8")
    except (KeyError, BadZipFile, UnicodeDecodeError):
        return None


@lru_cache(maxsize=8)
def spans_of(text: str, language: str) -> tuple[Span, ...]:
    """Return where the sentences of a text in a language begin and end."""
    has_dot = language.partition("-")[0] in _WITH_ORDINAL_DOT
    return tuple(sentence_spans(text, SentenceRules(_ABBREVIATIONS, has_dot, _NUMBERED)))


def page_with(spans: Sequence[Span], position: int) -> int:
    """Return the number of the page, from 1, on which the sentence with this position is."""
    return max(0, bisect_right(spans, (position, 1 << 62)) - 1) // PAGE_SIZE + 1


def sentences_between(
    source: NamedNode, text: str, spans: Sequence[Span], run: QueryFn, lang: str
) -> tuple[SentenceView, ...]:
    """Return sentences of a text, given by their spans, with what was read from each."""
    if not spans:
        return ()
    evidence = _look_up(source, spans[0][0] - _LONGEST_SENTENCE, spans[-1][1], run)
    placed = [each for each in evidence if each.is_text]
    lines = _claim_lines(placed, run, lang)
    views = []
    for start, end in spans:
        within = [each for each in placed if each.span[0] < end and start < each.span[1]]
        place = in_language(TextSelector(source.value, start, end).label, lang)
        views.append(_view(start, place, _parts(text, (start, end), within), within, lines, lang))
    return tuple(views)


def passages_between(source: NamedNode, first: int, count: int, run: QueryFn, lang: str) -> tuple[SentenceView, ...]:
    """Return the evidence of a source without a text, from the first-th passage on, each as a sentence."""
    evidence = _look_up(source, -1, 1 << 62, run)[first : first + count]
    lines = _claim_lines(evidence, run, lang)
    views, starts = [], set()
    for each in evidence:
        place = in_language(each.place, lang)
        # What has no words is named by its place. Of the passages of one row, the first is led to.
        start = each.order[1] if each.order[1] not in starts else None
        starts.add(each.order[1])
        views.append(_view(start, place, ((each.words or place, bool(each.claims["key"])),), [each], lines, lang))
    return tuple(views)


def _look_up(source: NamedNode, first: int, last: int, run: QueryFn) -> list[_Evidence]:
    """Return the evidence that begins between two positions, in the order of the source, with its claims."""
    query = (LOOKUPS / "source_evidence.rq").read_text(encoding="utf-8")
    rows = expect_table(run(bind_parameters(query, {"source": source, "first": Literal(first), "last": Literal(last)})))
    found: dict[Term | None, _Evidence] = {}
    for evidence, place, words, reason in rows.rows:
        selector = parse_fragment(source.value, text_of(place))
        order = selector.order if selector else LAST
        label = selector.label if selector else Label(text_of(place), text_of(place))
        is_text = isinstance(selector, TextSelector)
        passage = found.setdefault(evidence, _Evidence(order, text_of(words), label, is_text))
        if isinstance(reason, Literal):
            passage.reasons[reason.language or ""] = reason
    for evidence, claim, sort in lookup_rows(found, LOOKUPS / "evidence_claims.rq", run):
        if isinstance(claim, NamedNode):
            found[evidence].claims[text_of(sort)].append(claim)
    return sorted(found.values(), key=lambda each: (each.order, each.words))


def _claim_lines(evidence: Iterable[_Evidence], run: QueryFn, lang: str) -> Mapping[NamedNode, Sentence]:
    """Return what the claims say of which passages say the thing itself."""
    claims = dict.fromkeys(claim for each in evidence for claim in each.claims["key"])
    return sentences_of(records_of(claims, run).values(), run, lang)


def _view(
    start: int | None,
    place: str,
    parts: tuple[tuple[str, bool], ...],
    evidence: Sequence[_Evidence],
    lines: Mapping[NamedNode, Sentence],
    lang: str,
) -> SentenceView:
    keys = list(dict.fromkeys(claim for each in evidence for claim in sorted(each.claims["key"], key=str)))
    others = {claim for each in evidence for sort in ("heading", "context") for claim in each.claims[sort]}
    reasons = dict.fromkeys(best_label(each.reasons, lang) for each in evidence if each.reasons)
    return SentenceView(
        start=start,
        place=place,
        parts=parts,
        claims=tuple(ClaimLine(claim.value, lines[claim]) for claim in keys[:MAX_CLAIMS]),
        more_claims=max(0, len(keys) - MAX_CLAIMS),
        reasons=tuple(Name(each.value, each.language or "") for each in reasons),
        context=len(others.difference(keys)),
        is_read=start is None or _is_read(start, parts, evidence),
    )


def _parts(text: str, sentence: Span, evidence: Iterable[_Evidence]) -> tuple[tuple[str, bool], ...]:
    """Return the words of a sentence in parts, each with whether a claim quotes it."""
    parts, at = [], sentence[0]
    for start, end in _merged((each.span for each in evidence if each.claims["key"]), sentence):
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at : sentence[1]], False))
    return tuple((words, marked) for words, marked in parts if words)


def _merged(spans: Iterable[Span], within: Span) -> Iterator[Span]:
    """Yield the parts of spans that lie within another, those that meet as one."""
    last: Span | None = None
    for start, end in sorted((max(start, within[0]), min(end, within[1])) for start, end in spans):
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last


def _is_read(start: int, parts: Iterable[tuple[str, bool]], evidence: Sequence[_Evidence]) -> bool:
    """Return whether every word of a sentence is quoted by a claim, or listed as claiming nothing."""
    if any(not each.is_text for each in evidence):
        return True
    words, at = "".join(part for part, _ in parts), 0
    for first, last in _merged((each.span for each in evidence if each.counts_as_read), (start, start + len(words))):
        if _LETTER.search(words, at, first - start):
            return False
        at = last - start
    return not _LETTER.search(words, at)
