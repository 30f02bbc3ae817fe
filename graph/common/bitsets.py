"""Sets of numbers as the bits of one integer: joined, cut and counted by code in C, however many they are."""

import re
from array import array
from collections.abc import Iterable, Iterator

_BITS, _LIST = b"B", b"L"
_NOT_ZERO = re.compile(rb"[^\0]")


def pack(numbers: "array[int]") -> bytes:
    """Return numbers, in order, as bytes: a bit each where they are dense, else four bytes each."""
    if numbers[-1] // 8 < len(numbers) * numbers.itemsize:
        return _BITS + _bits_of(numbers)
    return _LIST + numbers.tobytes()


def unpack(packed: Iterable[bytes]) -> int:
    """Return the union of packed numbers."""
    bits = 0
    others = array("I")
    for each in packed:
        if each[:1] == _BITS:
            bits |= int.from_bytes(each[1:], "little")
        else:
            others.frombytes(each[1:])
    return bits | int.from_bytes(_bits_of(others), "little") if others else bits


def bits_of(numbers: Iterable[int]) -> int:
    """Return the set of these numbers."""
    return int.from_bytes(_bits_of(array("I", numbers)), "little")


def numbers_in(bits: int) -> Iterator[int]:
    """Yield the numbers of a set, the smallest first."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for match in _NOT_ZERO.finditer(data):
        first, byte = 8 * match.start(), data[match.start()]
        while byte:
            low = byte & -byte
            yield first + low.bit_length() - 1
            byte ^= low


def has(bits: int, number: int) -> bool:
    """Return whether a number is in a set."""
    return bool(bits >> number & 1)


def _bits_of(numbers: "array[int]") -> bytes:
    data = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        data[number >> 3] |= 1 << (number & 7)
    return bytes(data)


def union(sets: Iterable[int]) -> int:
    """Return the numbers that are in any of these sets."""
    bits = 0
    for each in sets:
        bits |= each
    return bits


def intersection(sets: Iterable[int]) -> int:
    """Return the numbers that are in all of these sets; of no sets, all numbers."""
    bits = -1
    for each in sets:
        bits &= each
    return bits
