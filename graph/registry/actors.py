"""Read the YAML files of people, bodies and posts into records, each fact with its source."""

import contextlib
import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.common.strict_files import read_text, read_yaml
from graph.model.edtf import Bounds, bounds
from graph.model.iris import local_name, slug
from graph.model.labels import Label
from graph.registry.records import Area, Conflict, Holding, Organisation, Person, Post, Sourced
from graph.registry.values import value_problem

# The keys of the YAML files, nested as entries are. "!" marks a required key, "*" a list, "+" one value or a list.
# A word says what kind of id or value is expected; None means any text.
_NUMBER = {"id!": "organisation number", "source!": None}
_WIKIDATA = {"id!": "wikidata", "source!": None}
_BEGUN = {"edtf!": "date", "source!": None}
_ENDED = {"edtf!": "end", "source!": None}
_NAME = {"nb!": None, "en": None}
_CONFLICTS = {"about!": None, "reported!*": {"value!": None, "source!": None}}
KEYS: dict[str, dict[str, Any]] = {
    "people.yaml": {
        "name!": None,
        "also*": None,
        "wikidata": _WIKIDATA,
        "party": {"organisation!": "organisation", "source!": None},
    },
    "organisations.yaml": {
        "name!": _NAME,
        "also*": None,
        "former*": {"name!": None, "through": "date"},
        "kind!": "kind",
        "public!": "truth",
        "number+": _NUMBER,
        "wikidata": _WIKIDATA,
        "from": "date",
        "through": "date",
        "part_of": "organisation",
        "area": "area",
        "note": None,
        "conflicts*": _CONFLICTS,
    },
    "municipality_bodies.yaml": {"number!+": _NUMBER},
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


def read_municipality_bodies(folder: Path, areas: dict[str, Area]) -> Iterator[Organisation]:
    """Yield each municipality as an organisation; it continues when its area is renumbered."""
    of_body: dict[str, list[Area]] = defaultdict(list)
    for area in areas.values():
        if area.body:
            of_body[area.body].append(area)
    numbers = read_entries(
        folder, "municipality_bodies.yaml", {"municipality body": [local_name(body) for body in of_body]}
    )
    for id, its_areas in of_body.items():
        its_areas.sort(key=lambda area: area.valid_from or date.min)
        number, conflicts = _identifier(numbers.get(local_name(id), {}).get("number"), "organisation number")
        yield Organisation(
            id=id,
            name=Label(f"{_half_named_in(id, its_areas[0])} kommune"),
            kind="municipality",
            public=True,
            also=tuple(f"{half} kommune" for half in its_areas[0].also),
            exists=Bounds(its_areas[0].valid_from, its_areas[-1].valid_through),
            number=number,
            areas=tuple(area.id for area in its_areas),
            conflicts=conflicts,
        )


def _half_named_in(body: str, area: Area) -> str:
    """Return the half of a double name that the body's id is made of: "Snåsa" of "Snåase - Snåsa"."""
    fitting = (half for half in area.also if body.startswith(f"organisation:{slug(half)}-kommune"))
    return area.name if " - " not in area.name else next(fitting, area.name)


def parse_organisations(entries: dict[str, Any]) -> Iterator[Organisation]:
    """Yield the bodies that are neither municipalities nor police districts."""
    for key, entry in entries.items():
        number, conflicts = _identifier(entry.get("number"), "organisation number")
        former = (str(once["name"]) for once in entry.get("former", ()))
        yield Organisation(
            id=f"organisation:{key}",
            name=_label(entry["name"]),
            kind=entry["kind"],
            public=entry.get("public") == "true",
            also=(*entry.get("also", ()), *former),
            exists=Bounds(_first_day(entry.get("from")), _first_day(entry.get("through"))),
            number=number,
            wikidata=_sourced(entry.get("wikidata"), "id"),
            part_of=f"organisation:{entry['part_of']}" if "part_of" in entry else None,
            areas=(entry["area"].replace("/", ":"),) if "area" in entry else (),
            note=entry.get("note"),
            conflicts=(*conflicts, *_conflicts(entry)),
        )


def parse_people(entries: dict[str, Any]) -> Iterator[Person]:
    """Yield people in their public roles."""
    for key, entry in entries.items():
        party = _sourced(entry.get("party"), "organisation")
        yield Person(
            id=f"person:{key}",
            name=entry["name"],
            also=tuple(entry.get("also", ())),
            wikidata=_sourced(entry.get("wikidata"), "id"),
            party=Sourced(f"organisation:{party.value}", party.source) if party else None,
        )


def parse_posts(entries: dict[str, Any]) -> Iterator[Post]:
    """Yield posts with those who held them."""
    for key, entry in entries.items():
        yield Post(
            id=f"post:{key}",
            label=_label(entry["label"]),
            also=tuple(entry.get("also", ())),
            organisation=f"organisation:{entry['in']}",
            holders=tuple(_holding(holder) for holder in entry.get("holders", ())),
            conflicts=_conflicts(entry),
        )


def external_ids(entries: dict[str, Any]) -> Iterator[tuple[str, tuple[int | str, ...], str]]:
    """Yield the ids that entries have in other registers: whose it is, its path, and the id with its register."""
    for key, entry in entries.items():
        if "wikidata" in entry:
            yield key, (key, "wikidata"), f"Wikidata {entry['wikidata']['id']}"
        numbers = entry.get("number", [])
        for place, number in enumerate(numbers if isinstance(numbers, list) else [numbers]):
            path = (key, "number", place) if isinstance(numbers, list) else (key, "number")
            yield key, path, f"organisation number {number['id']}"


def _holding(entry: dict[str, Any]) -> Holding:
    begins, ends = _reported(entry, "from"), _reported(entry, "to")
    reports = [f"{side} {day.value} ({day.source})" for side, days in (("from", begins), ("to", ends)) for day in days]
    return Holding(
        person=f"person:{entry['person']}",
        begins=_hull([day.value for day in begins]),
        ends=_hull([day.value for day in ends if day.value != OPEN], open_too=any(day.value == OPEN for day in ends)),
        open_end=bool(ends) and all(day.value == OPEN for day in ends),
        reported=tuple(reports),
        source=entry.get("source") or "; ".join(dict.fromkeys(day.source for day in (*begins, *ends))),
        note=entry.get("note"),
        disputes=tuple(
            Conflict(f"{side} day", tuple(days)) for side, days in (("first", begins), ("last", ends)) if _differ(days)
        ),
    )


def _differ(days: list[Sourced]) -> bool:
    """Return whether no day agrees with all sources; a month and a day in it agree."""
    spans = [bounds(day.value) for day in days if day.value != OPEN]
    firsts, lasts = [span.earliest for span in spans if span.earliest], [span.latest for span in spans if span.latest]
    return bool(firsts and lasts) and max(firsts) > min(lasts)


def _reported(entry: dict[str, Any], side: str) -> list[Sourced]:
    """Return the dates that sources report for one end: one value of the entry's source, or several with their own."""
    value = entry.get(side)
    if value is None:
        return []
    if isinstance(value, str):
        return [Sourced(value, entry.get("source", ""))]
    return [Sourced(each["edtf"], each["source"]) for each in value]


def _hull(values: list[str], open_too: bool = False) -> Bounds:
    """Return the days from the first to the last that some value allows; a side that one value leaves open is open."""
    spans = [bounds(value) for value in values]
    first, last = [span.earliest for span in spans if span.earliest], [span.latest for span in spans if span.latest]
    return Bounds(
        min(first) if spans and len(first) == len(spans) else None,
        max(last) if spans and len(last) == len(spans) and not open_too else None,
    )


def _identifier(entry: Any, fact: str) -> tuple[Sourced | None, tuple[Conflict, ...]]:
    """Return an id with its source, or a conflict if sources give several ids."""
    if isinstance(entry, list):
        return None, (Conflict(fact, tuple(Sourced(each["id"], each["source"]) for each in entry)),)
    return _sourced(entry, "id"), ()


def _conflicts(entry: dict[str, Any]) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(each["about"], tuple(Sourced(report["value"], report["source"]) for report in each["reported"]))
        for each in entry.get("conflicts", ())
    )


def _sourced(entry: Any, key: str) -> Sourced | None:
    return Sourced(entry[key], entry["source"]) if entry else None


def _label(entry: dict[str, str]) -> Label:
    return Label(entry["nb"], entry.get("en"))


def _first_day(value: str | None) -> date | None:
    return bounds(value).earliest if value else None


def read_entries(folder: Path, file: str, valid: ValidIds) -> dict[str, Any]:
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
    return document.data


# A file whose entries may refer to each other.
_OWN = {"organisations.yaml": "organisation"}
Problem = tuple[tuple[int | str, ...], str]


def _id_problems(id: str, valid: ValidIds) -> Iterator[Problem]:
    """Yield what is wrong with the id of an entry; ``valid`` has those that may stand there, if only some may."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id):
        yield (), f"the id {id!r} is not of a-z, 0-9 and -"
    for problem in _value_problems(id, "municipality body", valid) if "municipality body" in valid else ():
        yield (), problem


def _problems(what: str, entry: Any, keys: dict[str, Any], valid: ValidIds, *path: int | str) -> Iterator[Problem]:
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
                yield from ((where, problem) for problem in _value_problems(item, below, valid))
    for key in keys:
        if "!" in key and key.rstrip("!*+") not in entry:
            yield path, f"{key.rstrip('!*+')!r} is missing"
    yield from _order_problems(entry, *path)


def _order_problems(entry: dict[str, Any], *path: int | str) -> Iterator[Problem]:
    """Yield that an end is before the beginning, whichever of the days that sources give are right."""
    begins = _written_days(entry.get("from"))
    for side in ("to", "through"):
        ends = [day for day in _written_days(entry.get(side)) if day != OPEN]
        if begins and ends and max(map(_last, ends)) < min(map(_first, begins)):
            yield (*path, side), f"{' and '.join(map(repr, ends))} is before {' and '.join(map(repr, begins))}"


def _written_days(value: Any) -> list[str]:
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


def _value_problems(value: str, kind: Any, valid: ValidIds) -> Iterator[str]:
    """Yield what is wrong with a date, or with an id that does not exist."""
    kind = kind["edtf!"] if isinstance(kind, dict) else kind
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
        given = valid[kind]
        ids: list[str] = sorted(given) if isinstance(given, Collection) else []
        known = f"; known are {', '.join(ids)}" if kind == "kind" else ""
        what, file = _REFERENCES[kind]
        yield f"unknown {what} {value!r}{known}.{did_you_mean(value, ids)} More are added in {file}"


def _first(value: str) -> date:
    with contextlib.suppress(ValueError):
        return bounds(value).earliest or date.min
    return date.min


def _last(value: str) -> date:
    with contextlib.suppress(ValueError):
        return bounds(value).latest or date.max
    return date.max
