"""Tables in JSON: the items of a list are the rows, or the lines of a file of JSON lines."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from math import isinf
from pathlib import Path
from typing import Any, TextIO

from graph.common.text import NOT_IN_XML
from graph.model.sources import PointerSelector
from graph.sources.tables.formats import encoding as encodings
from graph.sources.tables.formats.json_stream import ItemDecoder, JsonError, JsonStream, escaped
from graph.sources.tables.formats.table import (
    CHUNK,
    MAX_CELL,
    MAX_COLUMNS,
    ObservedFile,
    Row,
    Table,
    TableOptions,
    Value,
)

JSON, JSON_LINES = "application/json", "application/x-ndjson"
_MAX_DEPTH = 20
_MAX_LISTS = 1_000
Flat = dict[str, Value]


class JsonTable(Table):
    """A list of items. ``items`` is the pointer to it; of JSON lines it is empty, as if they were one list.

    A column is the pointer to a value below an item, without the first stroke: ``utvalgObjekt/id``. Below a list,
    ``*`` stands for each of its elements, and the values are tuples with one value for each of them:
    ``moetesak/*/tittel``. Of an item that is a list, the columns are the numbers of its elements.
    """

    def __init__(self, file: Path, options: TableOptions, source: str, name: str, media_type: str, head: bytes) -> None:
        super().__init__(file, options, source, name)
        self.media_type = media_type
        self.encoding = self._find_encoding(head)
        self.items, self.columns = self._find_items()
        self._check_width(len(self.columns))

    def rows(self) -> Iterator[Row]:
        """Yield the items; their numbers count from 0."""
        for pointer, number, item, problem in self._items():
            if pointer == self.items and number >= 0:
                flat, problem = self._flat(item, problem)
                yield Row(number, tuple([flat.get(column) for column in self.columns]), problem)

    def selector(self, row: int, column: int, *elements: int) -> PointerSelector:
        """Return the pointer to a value of an item. ``column`` counts from 1, ``elements`` of lists in it from 0."""
        path, left = [], list(elements)
        for step in self.columns[column - 1].split("/"):
            if step == "*" and not left:
                break
            path.append(str(left.pop(0)) if step == "*" else step)
        return PointerSelector(self.source, "/".join([f"{self.items}/{row}", *path]))

    def _find_encoding(self, head: bytes) -> str:
        told = self.options.encoding
        if told is None and (wide := encodings.wide_encoding(head)):
            raise self.undecided(f"is {wide.upper()}, not UTF-8. Write encoding: {wide}", encoding=wide)
        codec = encodings.codec_name(told or "utf-8")
        if codec is None:
            raise self.error(f'there is no encoding "{told}". JSON is in utf-8')
        if encodings.lacks_mark(codec, head):
            raise self.error(f"does not begin with the mark of {told}. Write the encoding that it is in, as {told}-le")
        return codec

    def _find_items(self) -> tuple[str, tuple[str, ...]]:
        """Return the pointer to the list of items, and the columns. Raise FindingsError where that is not decided."""
        lists: dict[str, dict[str, bool]] = {}
        counts: dict[str, int] = {}
        told = self.options.items
        wanted = None if told is None else "/" + told.removeprefix("#").strip("/") if told.strip("#/") else ""
        before = encodings.undecodable_count()
        for pointer, number, item, problem in self._items():
            columns = lists.setdefault(pointer, {})
            counts[pointer] = number + 1
            if isinstance(item, dict | list) and (wanted in (None, pointer) or not columns):
                for path, value in self._flat(item, problem)[0].items():
                    # A column that was empty so far, and may be no value but a list or an object.
                    columns[path] = columns.get(path, True) and _is_empty(value)
            if len(lists) > _MAX_LISTS or len(columns) > 2 * MAX_COLUMNS:
                raise self.error(f"has more than {MAX_COLUMNS:,} columns. Is it a list of items?")
        if encodings.undecodable_count() != before:
            self._refuse_bytes()
        with_items = [pointer for pointer, columns in lists.items() if columns]
        listed = ", ".join(f'"{each}" ({counts[each]:,} items)' for each in with_items[:20])
        if wanted is not None and wanted not in with_items:
            raise self.error(f'there is no list of items at "{told}". ' + (f"Lists: {listed}" if listed else "None is"))
        if wanted is None and len(with_items) > 1:
            raise self.error(f"has several lists: {listed}. Write items: and the pointer of the one to read")
        if not with_items:
            raise self.error("has no list of items that are objects")
        chosen = with_items[0] if wanted is None else wanted
        return chosen, _columns(lists[chosen])

    def _refuse_bytes(self) -> None:
        """Raise FindingsError where bytes are none of the encoding: JSON is in one."""
        found = encodings.first_unread_byte(self.file, self.encoding)
        if found:
            line, byte = found
            message = f"line {line:,}: {encodings.unread_message(byte, self.options.encoding)}"
            raise self.undecided(message, encoding=encodings.likely_encoding(self.file))

    def _items(self) -> Iterator[tuple[str, int, Any, str | None]]:
        """Yield the items of all lists: pointer of the list, number, item, and what is wrong with it."""
        with self._opened() as (raw, text):
            decoder = ItemDecoder()
            try:
                if self.media_type == JSON_LINES:
                    yield from _lines(text, decoder)
                else:
                    yield from JsonStream(text, decoder).items()
            except JsonError as error:
                raise self.error(str(error)) from error
            self.check_unchanged(raw.hexdigest())

    @contextmanager
    def _opened(self) -> Iterator[tuple[ObservedFile, TextIO]]:
        # A document may be one line, whatever its length.
        raw = ObservedFile(self.file, self.name, observe=False, limit_lines=self.media_type == JSON_LINES)
        with io.TextIOWrapper(
            io.BufferedReader(raw, CHUNK), self.encoding, errors=encodings.KEEP_BYTES, newline="\n"
        ) as text:
            yield raw, text

    def _flat(self, item: object, problem: str | None) -> tuple[Flat, str | None]:
        """Return the values of an item by column, and what is wrong with it."""
        flat: Flat = {}
        if isinstance(item, list):
            item = {str(place): value for place, value in enumerate(item)}
        if not isinstance(item, dict):
            return flat, problem or "it is no object"
        try:
            for path, value in _values(item, 0):
                flat[path.removeprefix("/")] = value
                if found := _wrong(value):
                    problem = problem or f"{path.removeprefix('/')}: {found}"
        except JsonError as error:
            return {}, problem or str(error)
        return flat, problem


def _lines(text: TextIO, decoder: ItemDecoder) -> Iterator[tuple[str, int, Any, str | None]]:
    """Yield the items of JSON lines; a line that is no JSON is None, and has its problem. Blank lines are none."""
    number = -1
    for line in text:
        line = line.rstrip().removeprefix("\ufeff")
        if not line:
            continue
        number += 1
        try:
            value, end = decoder.decode(line, len(line) - len(line.lstrip()))
            yield "", number, value, "it goes on after its end" if end < len(line) else decoder.problem
        except json.JSONDecodeError as error:
            yield "", number, None, f"it is no JSON: {error.msg} at character {error.pos + 1:,}"
        except (RecursionError, ValueError):
            yield "", number, None, "it nests too deep, or has a number of too many digits"


def _values(value: object, depth: int) -> Iterator[tuple[str, Value]]:
    """Yield the values below an item, each with its path; what has no values (null, [] and {}) is None or ()."""
    if depth > _MAX_DEPTH:
        raise JsonError(f"it nests more than {_MAX_DEPTH} deep")
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "*":
                raise JsonError('it has the key "*", which stands for the elements of lists here')
            for path, below in _values(each, depth + 1):
                yield f"/{escaped(key)}{path}", below
        if not value and depth:
            yield "", None
    elif isinstance(value, list):
        elements = [dict(_values(each, depth + 1)) for each in value]
        for path in dict.fromkeys(path for each in elements for path in each):
            yield f"/*{path}", tuple([each.get(path) for each in elements])
        if not value:
            yield "/*", ()
    else:
        yield "", value  # type: ignore[misc]


def _columns(paths: dict[str, bool]) -> tuple[str, ...]:
    """Return the columns of a list, without those that are null, [] or {} where other items have values below them."""
    return tuple(
        path
        for path, is_empty in paths.items()
        if not is_empty or not any(each != path and each.startswith(f"{path.removesuffix('/*')}/") for each in paths)
    )


def _is_empty(value: Value) -> bool:
    """Return whether a value is null, or a list of nothing but such."""
    return value is None or (isinstance(value, tuple) and all(map(_is_empty, value)))


def _wrong(value: Value) -> str | None:
    """Return what is wrong with a value, or None."""
    if isinstance(value, tuple):
        return next(filter(None, map(_wrong, value)), None)
    if isinstance(value, float) and isinf(value):
        return "the number is too large"
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            return f"it has more than {MAX_CELL:,} characters"
        if not value.isprintable() and (match := NOT_IN_XML.search(value)):
            return f"it has the character U+{ord(match[0]):04X}, which no text has"
    return None
