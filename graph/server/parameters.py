"""Parameters of an address in a message: names and values in turn."""

from collections.abc import Iterable


def flatten(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return names and values in turn."""
    return tuple(text for pair in pairs for text in pair)


def pairs(parameters: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a message as pairs, in their order."""
    return tuple(zip(parameters[::2], parameters[1::2], strict=True))


def first_value(parameters: tuple[str, ...], name: str) -> str:
    """Return the first value of a parameter without white space around it; an empty text where it has none."""
    return next((value.strip() for each, value in pairs(parameters) if each == name), "")
