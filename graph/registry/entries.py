"""Read the YAML files of people, bodies and posts as they are written, and check every key and value of them."""

import contextlib
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.common.strict_files import read_yaml
from graph.common.text_files import read_text
from graph.model.edtf import bounds
from graph.registry.values import value_problem

# The keys of the YAML files, nested as entries are. "!" marks a required key, "*" a list, "+" one value or a list.
# A word says what kind of id or value is expected; None means any text. Each file has its entries as a type below.
Keys = dict[str, "str | Keys | None"]
_NUMBER: Keys = {"id!": "organisation number", "source!": None}
_WIKIDATA: Keys = {"id!": "wikidata", "source!": None}
_BEGUN: Keys = {"edtf!": "date", "source!": None}
_ENDED: Keys = {"edtf!": "end", "source!": None}
_NAME: Keys = {"nb!": None, "en": None}
# Names as of a day: the first and the last on which each was used.
_NAMES: Keys = {"name!": None, "from": "date", "through": "date", "source": None}
_CONFLICTS: Keys = {"about!": None, "reported!*": {"value!": None, "source!": None}}
KEYS: dict[str, Keys] = {
    "people.yaml": {
        "name!": None,
        "also*": None,
        "names*": _NAMES,
        "wikidata": _WIKIDATA,
        "party": {"organisation!": "organisation", "source!": None},
        "source": None,
    },
    "organisations.yaml": {
        "name!": _NAME,
        "also*": None,
        "names*": _NAMES,
        "former*": {"name!": None, "through": "date"},
        "kind!": "kind",
        "public": "truth",
        "number+": _NUMBER,
        "wikidata+": _WIKIDATA,
        "from": "date",
        "through": "date",
        "part_of": "organisation",
        "area": "area",
        "source": None,
        "note": None,
        "conflicts*": _CONFLICTS,
    },
    "municipality_bodies.yaml": {"number+": _NUMBER, "wikidata+": _WIKIDATA},
    "posts.yaml": {
        "label!": _NAME,
        "also*": None,
        "in!": "organisation",
        "note": None,
        "conflicts*": _CONFLICTS,
        "holders*": {"person!": "person", "from+": _BEGUN, "to+": _ENDED, "source": None, "note": None},
    },
}
# The post is still held, as a source says. An end that nobody recorded is left out.
OPEN = ".."
# The ids that entries may refer to, by kind.
ValidIds = dict[str, Container[str]]


class SourcedId(TypedDict):
    """An id of another register, and the source that gives it."""

    id: str
    source: str


class SourcedDay(TypedDict):
    """A date (EDTF) that a source gives."""

    edtf: str
    source: str


class SourcedValue(TypedDict):
    """A value that a source gives, of a fact in dispute."""

    value: str
    source: str


class SourcedBody(TypedDict):
    """A body, by its id, and the source that names it."""

    organisation: str
    source: str


class ConflictEntry(TypedDict):
    """A fact on which sources disagree, with what each gives."""

    about: str
    reported: list[SourcedValue]


class NameEntry(TypedDict):
    """A name in Norwegian and, where there is one, in English."""

    nb: str
    en: NotRequired[str]


# "from" is a word of Python, so this type is in the functional syntax.
DatedNameEntry = TypedDict(
    "DatedNameEntry",
    {"name": str, "from": NotRequired[str], "through": NotRequired[str], "source": NotRequired[str]},
)


class FormerName(TypedDict):
    """A name that a body had before."""

    name: str
    through: NotRequired[str]


class PersonEntry(TypedDict):
    """An entry of ``people.yaml``."""

    name: str
    also: NotRequired[list[str]]
    names: NotRequired[list[DatedNameEntry]]
    wikidata: NotRequired[SourcedId]
    party: NotRequired[SourcedBody]
    source: NotRequired[str]


class NumberEntry(TypedDict):
    """An entry of ``municipality_bodies.yaml``: identifiers, or several that sources give."""

    number: NotRequired[SourcedId | list[SourcedId]]
    wikidata: NotRequired[SourcedId | list[SourcedId]]


# "from", "in" and "to" are words of Python, so these types are in the functional syntax.
BodyEntry = TypedDict(
    "BodyEntry",
    {
        "name": NameEntry,
        "also": NotRequired[list[str]],
        "names": NotRequired[list[DatedNameEntry]],
        "former": NotRequired[list[FormerName]],
        "kind": str,
        "public": NotRequired[str],
        "number": NotRequired[SourcedId | list[SourcedId]],
        "wikidata": NotRequired[SourcedId | list[SourcedId]],
        "from": NotRequired[str],
        "through": NotRequired[str],
        "part_of": NotRequired[str],
        "area": NotRequired[str],
        "source": NotRequired[str],
        "note": NotRequired[str],
        "conflicts": NotRequired[list[ConflictEntry]],
    },
)
HolderEntry = TypedDict(
    "HolderEntry",
    {
        "person": str,
        "from": NotRequired[str | list[SourcedDay]],
        "to": NotRequired[str | list[SourcedDay]],
        "source": NotRequired[str],
        "note": NotRequired[str],
    },
)
PostEntry = TypedDict(
    "PostEntry",
    {
        "label": NameEntry,
        "also": NotRequired[list[str]],
        "in": str,
        "note": NotRequired[str],
        "conflicts": NotRequired[list[ConflictEntry]],
        "holders": NotRequired[list[HolderEntry]],
    },
)


def read_people(folder: Path, valid: ValidIds) -> dict[str, PersonEntry]:
    """Return the entries of ``people.yaml``. Raise FindingsError for keys and values that do not fit."""
    return cast("dict[str, PersonEntry]", _read_entries(folder, "people.yaml", valid))


def read_organisations(folder: Path, valid: ValidIds) -> dict[str, BodyEntry]:
    """Return the entries of ``organisations.yaml``. Raise FindingsError for keys and values that do not fit."""
    return cast("dict[str, BodyEntry]", _read_entries(folder, "organisations.yaml", valid))


def read_numbers(folder: Path, valid: ValidIds) -> dict[str, NumberEntry]:
    """Return the entries of ``municipality_bodies.yaml``. Raise FindingsError for keys and values that do not fit."""
    return cast("dict[str, NumberEntry]", _read_entries(folder, "municipality_bodies.yaml", valid))


def read_posts(folder: Path, valid: ValidIds) -> dict[str, PostEntry]:
    """Return the entries of ``posts.yaml``. Raise FindingsError for keys and values that do not fit."""
    return cast("dict[str, PostEntry]", _read_entries(folder, "posts.yaml", valid))


class ExternalIds(TypedDict):
    """The ids that an entry of any of the files may have in other registers."""

    wikidata: NotRequired[SourcedId | list[SourcedId]]
    number: NotRequired[SourcedId | list[SourcedId]]


def external_ids(entries: Mapping[str, ExternalIds]) -> Iterator[tuple[str, tuple[int | str, ...], str]]:
    """Yield the ids that entries have in other registers: whose it is, its path, and the id with its register."""
    for key, entry in entries.items():
        for field, name in (("wikidata", "Wikidata"), ("number", "organisation number")):
            given = cast("SourcedId | list[SourcedId]", entry.get(field, []))
            for place, each in enumerate(given if isinstance(given, list) else [given]):
                path = (key, field, place) if isinstance(given, list) else (key, field)
                yield key, path, f"{name} {each['id']}"


def _read_entries(folder: Path, file: str, valid: ValidIds) -> dict[str, object]:
    """Return the entries of a file by id. Raise FindingsError for unknown or missing keys and for invalid values."""
    name = f"registry/{file}"
    document = read_yaml(read_text(folder / file, name), name)
    if not isinstance(document.data, dict):
        raise FindingsError([Finding(name, 1, "expected a mapping from id to entry")])
    own_kind = _OWN.get(file, "")
    own = {own_kind: [*document.data, *cast("Iterable[str]", valid.get(own_kind, ()))]}
    findings = [
        document.finding((id, *path), problem)
        for id, entry in document.data.items()
        for path, problem in (
            *_id_problems(id, valid if file == "municipality_bodies.yaml" else {}),
            *_problems(id, entry, KEYS[file], valid | own),
        )
    ]
    if findings:
        raise FindingsError(findings)
    return cast("dict[str, object]", document.data)


# A file whose entries may refer to each other.
_OWN = {"organisations.yaml": "organisation"}
Problem = tuple[tuple[int | str, ...], str]


def _id_problems(id: str, valid: ValidIds) -> Iterator[Problem]:
    """Yield what is wrong with the id of an entry; ``valid`` has those that may stand there, if only some may."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        yield (), f"the id {id!r} is not of a-z, 0-9 and -"
    for problem in _value_problems(id, "municipality body", valid) if "municipality body" in valid else ():
        yield (), problem


def _problems(what: str, entry: object, keys: Keys, valid: ValidIds, *path: int | str) -> Iterator[Problem]:
    """Yield the mistakes of an entry: the path in it, and a sentence. ``keys`` nests as entries do."""
    if not isinstance(entry, dict):
        yield path, f"{what!r}: expected {', '.join(key.rstrip('!*+') for key in keys)}"
        return
    fitting = {key.rstrip("!*+"): (key, below) for key, below in keys.items()}
    for key, value in entry.items():
        if key not in fitting:
            yield (*path, key), f"unknown key {key!r}.{did_you_mean(key, fitting)}"
            continue
        marks, below = fitting[key]
        if isinstance(value, list) != marks.endswith("*") and not marks.endswith("+"):
            yield (*path, key), f"{key!r} is {'a list' if marks.endswith('*') else 'one value, not a list'}"
            continue
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            where = (*path, key, number) if isinstance(value, list) else (*path, key)
            # A date may be one word, or several with their sources.
            if isinstance(below, dict) and not (isinstance(value, str) and "edtf!" in below):
                yield from _problems(key, item, below, valid, *where)
            elif not isinstance(item, str) or not item.strip():
                yield where, f"{key!r} is words, not {'nothing' if item in ('', None) else 'keys and values'}"
            elif below is None and not any(letter.isalnum() for letter in item):
                yield where, f"{key!r} is words, and {item!r} has no letter and no figure"
            elif below is not None:
                kind = below["edtf!"] if isinstance(below, dict) else below
                assert isinstance(kind, str)
                yield from ((where, problem) for problem in _value_problems(item, kind, valid))
    for key in keys:
        if "!" in key and key.rstrip("!*+") not in entry:
            yield path, f"{key.rstrip('!*+')!r} is missing"
    yield from _order_problems(entry, *path)


def _order_problems(entry: dict[str, object], *path: int | str) -> Iterator[Problem]:
    """Yield that an end is before the beginning, whichever of the days that sources give are right."""
    begins = _written_days(entry.get("from"))
    for side in ("to", "through"):
        ends = [day for day in _written_days(entry.get(side)) if day != OPEN]
        if begins and ends and max(map(_last, ends)) < min(map(_first, begins)):
            yield (*path, side), f"{' and '.join(map(repr, ends))} is before {' and '.join(map(repr, begins))}"


def _written_days(value: object) -> list[str]:
    """Return the dates of one side, of which several sources may each give one; none where the form is wrong."""
    days = [
        each.get("edtf") if isinstance(each, dict) else each for each in (value if isinstance(value, list) else [value])
    ]
    return [day for day in days if isinstance(day, str)]


# What an id refers to, and the file in which there can be more.
_REFERENCES = {
    "kind": ("kind of body", "ontology/schemes/body-types.ttl"),
    "organisation": ("body", "registry/organisations.yaml"),
    "person": ("person", "registry/people.yaml"),
    "area": ("area", "registry/municipalities.csv"),
    "municipality body": ("municipality", "registry/municipalities.csv"),
}


def _value_problems(value: str, kind: str, valid: ValidIds) -> Iterator[str]:
    """Yield what is wrong with a date, or with an id that does not exist."""
    if kind == "end" and value == OPEN:
        return
    if kind in ("date", "end"):
        try:
            bounds(value)
        except ValueError as error:
            yield str(error)
    elif kind == "truth":
        if value not in ("true", "false"):
            yield f"{value!r} is neither true nor false"
    elif problem := value_problem(kind, value):
        yield problem
    elif kind in valid and value not in valid[kind]:
        permitted = valid[kind]
        ids: list[str] = sorted(permitted) if isinstance(permitted, Collection) else []
        listed = f"; known are {', '.join(ids)}" if kind == "kind" else ""
        what, file = _REFERENCES[kind]
        yield f"unknown {what} {value!r}{listed}.{did_you_mean(value, ids)} More are added in {file}"


def _first(value: str) -> date:
    with contextlib.suppress(ValueError):
        return bounds(value).earliest or date.min
    return date.min


def _last(value: str) -> date:
    with contextlib.suppress(ValueError):
        return bounds(value).latest or date.max
    return date.max
