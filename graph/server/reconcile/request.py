"""Read what clients of the service send: batches of queries, and queries that fetch values; each limit is named."""

import json
from collections.abc import Mapping, Sized
from dataclasses import dataclass
from typing import Any, NoReturn

from graph.server.errors import RequestError
from graph.server.reconcile.vocabulary import PROPERTIES, TYPES, shortened, unknown_property, unknown_type

# Of one batch; what a manifest tells clients as its batch size. The names of a batch take a worker about a second in a
# build of 110,000 entities in memory.
MAX_QUERIES = 25
MAX_LETTERS = 500
MAX_PROPERTIES, MAX_VALUES = 40, 20
DEFAULT_CANDIDATES, MAX_CANDIDATES = 10, 50
# Of one query that fetches values.
MAX_IDS = 200
MAX_ID_LETTERS = 500
# Values of one property of one entity that are given where a client asks for no other number.
DEFAULT_CELL, MAX_CELL = 100, 1_000
_STRICT = ("any", "all", "should")
_FIELDS = ("query", "type", "limit", "properties", "type_strict")


@dataclass(frozen=True, slots=True)
class PropertyValue:
    """A property and the values that a row has of it, as texts; of an entity that is matched already, its id."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchQuery:
    """A row to match: its name, the ids of types (``all_types``: all at once), its properties, how many candidates."""

    name: str
    types: tuple[str, ...]
    all_types: bool
    properties: tuple[PropertyValue, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class ExtensionQuery:
    """Entities, by the ids that the client has, and the properties to fetch with how many values of each."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def read_batch(text: str) -> dict[str, MatchQuery]:
    """Return the queries of a batch by their keys. Raise RequestError with what is wrong, and where."""
    batch = _object(_json(text, "queries"), "queries")
    if len(batch) > MAX_QUERIES:
        raise _too_many("a batch", MAX_QUERIES, "queries (batchSize)", batch)
    return {key: _query(value, f"queries.{shortened(key)}") for key, value in batch.items()}


def read_extension(text: str) -> ExtensionQuery:
    """Return a query that fetches values. Raise RequestError with what is wrong, and where."""
    wanted = _object(_json(text, "extend"), "extend")
    ids = _list(wanted.get("ids"), "extend.ids")
    if len(ids) > MAX_IDS:
        raise _too_many("extend", MAX_IDS, "ids", ids)
    texts = tuple(_text(id, f"extend.ids[{number}]", MAX_ID_LETTERS) for number, id in enumerate(ids))
    properties = _list(wanted.get("properties"), "extend.properties")
    if len(properties) > MAX_PROPERTIES:
        raise _too_many("extend", MAX_PROPERTIES, "properties", properties)
    return ExtensionQuery(
        tuple(dict.fromkeys(texts)),
        tuple(_wanted_property(each, f"extend.properties[{number}]") for number, each in enumerate(properties)),
    )


def _wanted_property(value: object, place: str) -> tuple[str, int]:
    given = _object(value, place)
    id = _property_id(given.get("id"), f"{place}.id")
    settings = _object(given.get("settings") or {}, f"{place}.settings")
    number = settings.get("limit", DEFAULT_CELL)
    # Forms of clients send numbers as texts.
    if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < 7:
        number = int(number)
    return id, _number(number, f"{place}.settings.limit", MAX_CELL)


def _query(value: object, place: str) -> MatchQuery:
    given = _object(value, place)
    for name in given:
        if name not in _FIELDS:
            _refuse(f"{place} has a field {shortened(name)!r}; the fields are {', '.join(_FIELDS)}")
    if "query" not in given and not given.get("properties"):
        _refuse(f"{place} has neither a query nor properties; give one of them")
    types = given.get("type")
    listed = [] if types is None else types if isinstance(types, list) else [types]
    strict = given.get("type_strict", "any")
    if strict not in _STRICT:
        _refuse(f"{place}.type_strict is {' or '.join(_STRICT)}")
    properties = _list(given.get("properties", []), f"{place}.properties")
    if len(properties) > MAX_PROPERTIES:
        raise _too_many(place, MAX_PROPERTIES, "properties", properties)
    return MatchQuery(
        name=_text(given.get("query", ""), f"{place}.query", MAX_LETTERS),
        types=tuple(_type_id(each, f"{place}.type") for each in listed[: len(TYPES) + 1]),
        all_types=strict == "all",
        properties=tuple(_property(each, f"{place}.properties[{n}]") for n, each in enumerate(properties)),
        limit=_number(given.get("limit", DEFAULT_CANDIDATES), f"{place}.limit", MAX_CANDIDATES),
    )


def _property(value: object, place: str) -> PropertyValue:
    given = _object(value, place)
    id = _property_id(given.get("pid"), f"{place}.pid")
    if "v" not in given:
        _refuse(f"{place} has no value; give v")
    values = given["v"] if isinstance(given["v"], list) else [given["v"]]
    if len(values) > MAX_VALUES:
        raise _too_many(f"{place}.v", MAX_VALUES, "values", values)
    return PropertyValue(id, tuple(_value(each, f"{place}.v") for each in values))


def _value(value: object, place: str) -> str:
    if isinstance(value, dict):
        return _text(value.get("id"), f"{place}.id", MAX_ID_LETTERS)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return _text(str(int(value)), place, MAX_LETTERS)
    if isinstance(value, int | float):
        return _text(str(value), place, MAX_LETTERS)
    return _text(value, place, MAX_LETTERS)


def _type_id(value: object, place: str) -> str:
    id = _text(value, place, MAX_ID_LETTERS)
    if id not in TYPES:
        _refuse(f"{place}: {unknown_type(id)}")
    return id


def _property_id(value: object, place: str) -> str:
    id = _text(value, place, MAX_ID_LETTERS)
    if id not in PROPERTIES:
        _refuse(f"{place}: {unknown_property(id)}")
    return id


def _json(text: str, place: str) -> object:
    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no JSON")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        message = f"{place} is nested too deeply to be read"
    except json.JSONDecodeError as error:
        message = f"{place} is no JSON: {error.msg} at character {error.pos + 1:,}"
    except ValueError as error:
        # Also numbers of more figures than Python reads.
        message = f"{place} is no JSON: {shortened(str(error))}"
    raise RequestError(400, message)


def _object(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _refuse(f"{place} is an object ({{…}}), and not {_kind(value)}")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        _refuse(f"{place} is a list ([…]), and not {_kind(value)}")
    return value


def _text(value: object, place: str, most: int) -> str:
    if not isinstance(value, str):
        _refuse(f"{place} is a text, and not {_kind(value)}")
    if len(value) > most:
        _refuse(f"{place} has {len(value):,} letters, and no more than {most:,} are read; shorten it")
    return value.strip()


def _number(value: object, place: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value < 1e9 or int(value) != value:
        _refuse(f"{place} is a whole number from 1")
    return min(int(value), most)


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
    return names.get(type(value), "a number")


def _too_many(place: str, most: int, what: str, given: Sized) -> RequestError:
    return RequestError(413, f"{place} has no more than {most} {what}, and this has {len(given):,}")


def _refuse(message: str) -> NoReturn:
    raise RequestError(400, message)
