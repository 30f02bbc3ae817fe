"""Read a JSON document item by item, without the whole of it in memory."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from graph.common.errors import MotegrafError
from graph.sources.tables.formats.table import CHUNK

# An item is kept whole; one of more characters is no row of people.
MAX_ITEM = 20_000_000
_MAX_DEPTH = 8
_BLANK = " \t\r\n"


class JsonError(MotegrafError):
    """A text is no JSON; the message says on which line, and why."""


class ItemDecoder:
    """A decoder that notes what JSON allows and no table has: keys that stand twice, and numbers that are none."""

    def __init__(self) -> None:
        self.problem: str | None = None
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant)

    def decode(self, text: str, start: int) -> tuple[Any, int]:
        """Return the value that begins at a position of a text, and the position of its end.

        ``problem`` then says what is wrong with it, or is None. Raise ValueError or RecursionError.
        """
        self.problem = None
        value: tuple[Any, int] = self._decoder.raw_decode(text, start)
        return value

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
            self.problem = f'it has the key "{twice}" twice'
        return found

    def _constant(self, name: str) -> None:
        self.problem = f"it has {name}, which is no number of JSON"


def escaped(key: str) -> str:
    """Return a key as it stands in a pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


class JsonStream:
    """A cursor over a JSON document. Raise JsonError where it is no JSON, or nests too deep."""

    def __init__(self, stream: TextIO, decoder: ItemDecoder) -> None:
        self._stream, self._decoder = stream, decoder
        self._buffer, self._position, self._lines, self._ended = "", 0, 1, False

    def items(self) -> Iterator[tuple[str, int, Any, str | None]]:
        """Yield the items of all lists that stand in objects: the pointer of the list, the number of the item from 0.

        Then the item itself, and what is wrong with it, or None. A list without items gives one of number -1. Lists in
        items are parts of these. After the document, nothing else may follow.
        """
        yield from self._walk("", 0)
        if self._peek():
            raise self._error("goes on after the end of the document")

    def _walk(self, pointer: str, depth: int) -> Iterator[tuple[str, int, Any, str | None]]:
        sign = self._peek()
        if sign == "[":
            self._position += 1
            number = -1
            for number, _ in enumerate(self._elements("]")):
                yield pointer, number, self._value(), self._decoder.problem
            if number < 0:
                yield pointer, -1, None, None
        elif sign == "{" and depth < _MAX_DEPTH:
            self._position += 1
            keys: set[str] = set()
            for _ in self._elements("}"):
                key = self._key()
                if key in keys:
                    raise self._error(f'the key "{key}" stands here twice')
                keys.add(key)
                yield from self._walk(f"{pointer}/{escaped(key)}", depth + 1)
        else:
            self._value()

    def _elements(self, closing: str) -> Iterator[None]:
        """Yield before each element; whoever iterates reads it."""
        if self._peek() == closing:
            self._position += 1
            return
        while True:
            yield
            sign = self._peek()
            self._position += 1
            if sign == closing:
                return
            if sign != ",":
                raise self._error(f"expected , or {closing}" if sign else "ends too early. Is the file cut off?")

    def _key(self) -> str:
        key = self._value() if self._peek() == '"' else None
        if not isinstance(key, str) or self._peek() != ":":
            raise self._error("expected a key and a colon" if self._peek() else "ends too early. Is the file cut off?")
        self._position += 1
        return key

    def _peek(self) -> str:
        """Return the next sign that is no blank, or nothing at the end."""
        while True:
            while self._position < len(self._buffer):
                if self._buffer[self._position] not in _BLANK:
                    return self._buffer[self._position]
                self._position += 1
            if not self._more(CHUNK):
                return ""

    def _more(self, size: int) -> bool:
        """Read on, and forget what is behind. Return whether there was more."""
        self._lines += self._buffer.count("\n", 0, self._position)
        read = "" if self._ended else self._stream.read(size)
        self._ended = not read
        self._buffer, self._position = self._buffer[self._position :] + read, 0
        return bool(read)

    def _value(self) -> Any:
        """Return the value that begins here."""
        if not self._peek():
            raise self._error("ends too early. Is the file cut off?")
        while True:
            try:
                value, end = self._decoder.decode(self._buffer, self._position)
            except RecursionError:
                raise self._error("nests too deep") from None
            except json.JSONDecodeError as error:
                # Before more is read: that moves the positions.
                after, is_open = error.pos - self._position, error.msg.startswith("Unterminated string")
                is_last = is_open or error.pos >= len(self._buffer.rstrip())
                if (is_open or error.pos >= len(self._buffer) - 10) and self._grow():
                    continue
                if is_last:
                    raise self._error("ends too early. Is the file cut off?") from error
                self._position += after
                raise self._error(f"is no JSON: {error.msg}") from error
            except ValueError as error:
                raise self._error("has a number of too many digits") from error
            # What ends where the buffer does may go on.
            if end == len(self._buffer) and self._grow():
                continue
            self._position = end
            return value

    def _grow(self) -> bool:
        """Read twice as much of a value as there is. Return whether there was more."""
        size = len(self._buffer) - self._position
        if size > MAX_ITEM:
            raise self._error(f"has an item of more than {MAX_ITEM:,} characters")
        return self._more(max(size, CHUNK))

    def _error(self, message: str) -> JsonError:
        line = self._lines + self._buffer.count("\n", 0, self._position)
        return JsonError(f"line {line:,}: {message}")
