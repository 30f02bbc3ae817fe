"""Spans of a page with a value each, indexed so that those that cover a passage are reached without a search."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
Span = tuple[int, int]


class SpanIndex(NamedTuple, Generic[Value]):
    """Spans by their starts, the end not included; ``furthest[i]`` is the last end of those up to the i-th."""

    spans: list[tuple[Span, Value]]
    starts: list[int]
    furthest: list[int]


def span_index(spans: Iterable[tuple[Span, Value]]) -> SpanIndex[Value]:
    """Return the index of these spans; those with the same start keep their order."""
    ordered = sorted(spans, key=lambda each: each[0][0])
    return SpanIndex(
        ordered,
        [start for (start, _), _ in ordered],
        list(accumulate((end for (_, end), _ in ordered), max)),
    )


def covering(span_index: SpanIndex[Value], start: int, end: int) -> Iterator[Value]:
    """Yield the value of each span that covers this passage, the nearest start first."""
    at = bisect_right(span_index.starts, start) - 1
    while at >= 0 and span_index.furthest[at] >= end:
        (_, its_end), value = span_index.spans[at]
        if its_end >= end:
            yield value
        at -= 1


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the same positions in spans that neither touch nor overlap, in order."""
    whole: list[Span] = []
    for start, end in sorted(spans, key=itemgetter(0)):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
