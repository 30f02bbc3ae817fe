"""Rows that repeat earlier ones are found in a few bytes a row, however many there are."""

import tracemalloc

import pytest

from graph.sources.tables.reading.scan import Firsts, Repetitions

pytestmark = pytest.mark.unit


def test_the_first_of_equal_rows_is_known_by_number() -> None:
    repeats = Firsts([(1, 4), (2, 5), (1, 7)])
    assert [repeats.get(number) for number in range(9)] == [None, None, None, None, 1, 2, None, 1, None]
    assert (5 in repeats, 6 in repeats, len(repeats), [*repeats], repeats.firsts()) == (
        True,
        False,
        3,
        [4, 5, 7],
        {1, 2},
    )
    assert not Firsts()


def test_rows_that_are_left_out_are_neither_first_nor_repeated() -> None:
    equal = Repetitions()
    for number, digest in enumerate([7, 8, 7, 7, 8, 9]):
        equal.add(digest, number)
    assert [*equal.repeated(frozenset())] == [(7, 0, 2), (7, 0, 3), (8, 1, 4)]
    assert [*equal.repeated(frozenset({0, 4}))] == [(7, 2, 3)]


def test_digests_of_one_place_are_told_apart() -> None:
    equal = Repetitions()
    for number, digest in enumerate([1, 1 + (1 << 27), 1]):
        equal.add(digest, number)
    assert [*equal.repeated(frozenset())] == [(1, 0, 2)]


def test_repeated_rows_take_a_few_bytes_each() -> None:
    """A table that is repeated again and again has nearly only such rows; in a dictionary they take 130 bytes each."""
    few, many = (_bytes_of(rows) for rows in (20_000, 200_000))
    assert (many - few) / 180_000 < 64


def _bytes_of(rows: int) -> int:
    equal = Repetitions()
    for number in range(rows):
        equal.add(number % 5_000 * 7_919, number)
    tracemalloc.start()
    try:
        repeats = Firsts((first, number) for _, first, number in equal.repeated(frozenset()))
        assert len(repeats) == rows - 5_000
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
