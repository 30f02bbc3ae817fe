"""Spans: stretches of a page with what is known of each, so that those around a passage are found without a search."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

Known = TypeVar("Known")
Span = tuple[int, int]


class Spans(NamedTuple, Generic[Known]):
    """Stretches by their beginnings, the end not included; ``furthest[i]`` is the last end of those up to the i-th."""

    stretches: list[tuple[Span, Known]]
    starts: list[int]
    furthest: list[int]


def spans(stretches: Iterable[tuple[Span, Known]]) -> Spans[Known]:
    """The stretches made ready, those that begin at the same place in the order they came in."""
    ordered = sorted(stretches, key=lambda stretch: stretch[0][0])
    return Spans(
        ordered,
        [start for (start, _), _ in ordered],
        list(accumulate((end for (_, end), _ in ordered), max)),
    )


def around(spans: Spans[Known], start: int, end: int) -> Iterator[Known]:
    """What is known of each stretch that has all of this passage in it, the nearest beginning first."""
    at = bisect_right(spans.starts, start) - 1
    while at >= 0 and spans.furthest[at] >= end:
        (_, its_end), known = spans.stretches[at]
        if its_end >= end:
            yield known
        at -= 1


def united(stretches: Iterable[Span]) -> list[Span]:
    """The same places in stretches that neither touch nor overlap, in order."""
    whole: list[Span] = []
    for start, end in sorted(stretches, key=itemgetter(0)):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole
