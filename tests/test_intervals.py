"""Intervals: what lies around a passage is found as if every stretch had been looked at."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sources.text.intervals import Span, covering, merge_spans, span_index

pytestmark = pytest.mark.unit

QUICK = settings(derandomize=True, deadline=None, max_examples=200, database=None)
SPAN = st.builds(lambda start, length: (start, start + length), st.integers(0, 12), st.integers(1, 12))


@QUICK
@given(st.lists(SPAN), SPAN)
def test_what_is_around_a_passage_is_every_stretch_that_has_all_of_it(spans: list[Span], passage: Span) -> None:
    numbered = [(stretch, number) for number, stretch in enumerate(spans)]
    found = list(covering(span_index(numbered), *passage))
    start, end = passage
    assert sorted(found) == [number for (first, last), number in numbered if first <= start and end <= last]
    begins = [spans[number][0] for number in found]
    assert begins == sorted(begins, reverse=True)


@QUICK
@given(st.lists(SPAN))
def test_united_stretches_are_the_same_places_and_lie_apart(spans: list[Span]) -> None:
    whole = merge_spans(spans)
    assert {place for span in whole for place in range(*span)} == {place for span in spans for place in range(*span)}
    assert all(end < start for (_, end), (start, _) in pairwise(whole))


def test_united_stretches_that_touch_are_one() -> None:
    assert merge_spans([(5, 9), (0, 2), (2, 4), (6, 7)]) == [(0, 4), (5, 9)]
