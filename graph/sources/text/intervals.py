"""Intervals: stretches of a page with a value each, so that those around a passage are reached without a search."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
Span = tuple[int, int]


class Spans(NamedTuple, Generic[Value]):
    """Stretches by their beginnings, the end not included; ``furthest[i]`` is the last end of those up to the i-th."""

    stretches: list[tuple[Span, Value]]
    starts: list[int]
    furthest: list[int]


def spans(stretches: Iterable[tuple[Span, Value]]) -> Spans[Value]:
    """Return the stretches made ready; those that begin at the same place stay in the order they came in."""
    ordered = sorted(stretches, key=lambda stretch: stretch[0][0])
    return Spans(
        ordered,
        [start for (start, _), _ in ordered],
        list(accumulate((end for (_, end), _ in ordered), max)),
    )


def around(spans: Spans[Value], start: int, end: int) -> Iterator[Value]:
    """Yield the value of each stretch that has all of this passage in it, the nearest beginning first."""
    at = bisect_right(spans.starts, start) - 1
    while at >= 0 and spans.furthest[at] >= end:
        (_, its_end), value = spans.stretches[at]
        if its_end >= end:
            yield value
        at -= 1


def united(stretches: Iterable[Span]) -> list[Span]:
    """Return the same places in stretches that neither touch nor overlap, in order."""
    whole: list[Span] = []
    for start, end in sorted(stretches, key=itemgetter(0)):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
