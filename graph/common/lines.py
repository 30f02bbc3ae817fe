"""Lines of a text as bytes. Only a line feed ends a line: other line separators may be part of a literal."""

from collections.abc import Iterable


def join_lines(lines: Iterable[str]) -> bytes:
    """Return lines as they stand in a file (UTF-8), each with its end."""
    return "\n".join([*lines, ""]).encode()


def split_lines(data: bytes) -> list[str]:
    """Return the lines of a file, without their ends."""
    return data.decode().split("\n")[:-1]
