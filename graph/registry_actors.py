"""Registry actors: the YAML files of people, bodies and posts -> records, each fact with its source."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from graph.dates import ANY_DAY, Bounds, bounds
from graph.findings import Finding, Findings, did_you_mean
from graph.names import slug
from graph.reading import read_text, read_yaml
from graph.records import Label
from graph.registry_records import Area, Conflict, Holding, Organisation, Person, Post, Sourced

# The keys of the YAML files, nested as entries are; "!" marks a key that an entry must have.
_SOURCED = {"id!": None, "source!": None}
_DATED = {"edtf!": None, "source!": None}
_NAME = {"nb!": None, "en": None}
_CONFLICTS = {"about!": None, "reported!": {"value!": None, "source!": None}}
KEYS: dict[str, dict[str, Any]] = {
    "people.yaml": {
        "name!": None,
        "also": None,
        "wikidata": _SOURCED,
        "party": {"organisation!": None, "source!": None},
    },
    "organisations.yaml": {
        "name!": _NAME,
        "also": None,
        "former": {"name!": None, "through": None},
        "kind!": None,
        "public!": None,
        "number": _SOURCED,
        "wikidata": _SOURCED,
        "from": None,
        "through": None,
        "part_of": None,
        "area": None,
        "note": None,
        "conflicts": _CONFLICTS,
    },
    "municipality_bodies.yaml": {"number!": _SOURCED},
    "posts.yaml": {
        "label!": _NAME,
        "also": None,
        "in!": None,
        "note": None,
        "conflicts": _CONFLICTS,
        "holders": {"person!": None, "from": _DATED, "to": _DATED, "source": None, "note": None},
    },
}


def municipality_bodies(folder: Path, areas: dict[str, Area]) -> Iterator[Organisation]:
    """Each municipality as an organisation; it goes on through a renumbering of its area."""
    numbers = _yaml(folder, "municipality_bodies.yaml")
    of_body: dict[str, list[Area]] = defaultdict(list)
    for area in areas.values():
        if area.body:
            of_body[area.body].append(area)
    for id, its_areas in of_body.items():
        its_areas.sort(key=lambda area: area.valid_from or date.min)
        number, conflicts = _identifier(numbers.get(id.partition(":")[2], {}).get("number"), "organisation number")
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
    """The half of a double name that the body's id is made of: "Snåsa" of "Snåase - Snåsa"."""
    fitting = (half for half in area.also if body.startswith(f"organisation:{slug(half)}-kommune"))
    return area.name if " - " not in area.name else next(fitting, area.name)


def organisations(folder: Path) -> Iterator[Organisation]:
    for key, entry in _yaml(folder, "organisations.yaml").items():
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


def people(folder: Path) -> Iterator[Person]:
    for key, entry in _yaml(folder, "people.yaml").items():
        party = _sourced(entry.get("party"), "organisation")
        yield Person(
            id=f"person:{key}",
            name=entry["name"],
            also=tuple(entry.get("also", ())),
            wikidata=_sourced(entry.get("wikidata"), "id"),
            party=Sourced(f"organisation:{party.value}", party.source) if party else None,
        )


def posts(folder: Path) -> Iterator[Post]:
    for key, entry in _yaml(folder, "posts.yaml").items():
        yield Post(
            id=f"post:{key}",
            label=_label(entry["label"]),
            also=tuple(entry.get("also", ())),
            organisation=f"organisation:{entry['in']}",
            holders=tuple(_holding(holder) for holder in entry.get("holders", ())),
            conflicts=_conflicts(entry),
        )


def _holding(entry: dict[str, Any]) -> Holding:
    begins, ends = _reported(entry, "from"), _reported(entry, "to")
    said = [f"{side} {day.value} ({day.source})" for side, days in (("from", begins), ("to", ends)) for day in days]
    return Holding(
        person=f"person:{entry['person']}",
        begins=_hull([day.value for day in begins]),
        ends=_hull([day.value for day in ends]),
        reported=tuple(said),
        source=entry.get("source") or "; ".join(dict.fromkeys(day.source for day in (*begins, *ends))),
        note=entry.get("note"),
    )


def _reported(entry: dict[str, Any], side: str) -> list[Sourced]:
    """The dates that sources give for one end: one value of the entry's source, or several with their own."""
    value = entry.get(side)
    if value is None:
        return []
    if isinstance(value, str):
        return [Sourced(value, entry.get("source", ""))]
    return [Sourced(each["edtf"], each["source"]) for each in value]


def _hull(values: list[str]) -> Bounds:
    spans = [bounds(value) for value in values]
    if not spans:
        return ANY_DAY
    return Bounds(
        min(span.earliest for span in spans if span.earliest), max(span.latest for span in spans if span.latest)
    )


def _identifier(entry: Any, about: str) -> tuple[Sourced | None, tuple[Conflict, ...]]:
    """An id with its source, or the conflict where sources give several."""
    if isinstance(entry, list):
        return None, (Conflict(about, tuple(Sourced(each["id"], each["source"]) for each in entry)),)
    return _sourced(entry, "id"), ()


def _conflicts(entry: dict[str, Any]) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(each["about"], tuple(Sourced(said["value"], said["source"]) for said in each["reported"]))
        for each in entry.get("conflicts", ())
    )


def _sourced(entry: Any, key: str) -> Sourced | None:
    return Sourced(entry[key], entry["source"]) if entry else None


def _label(entry: dict[str, str]) -> Label:
    return Label(entry["nb"], entry.get("en"))


def _first_day(value: str | None) -> date | None:
    return bounds(value).earliest if value else None


def _yaml(folder: Path, file: str) -> dict[str, Any]:
    """The entries of a file by id, each with the keys it must have and none that is not known."""
    name = f"registry/{file}"
    document = read_yaml(read_text(folder / file, name), name)
    if not isinstance(document.data, dict):
        raise Findings([Finding(name, 1, "expected a mapping from id to entry")])
    findings = [
        document.finding((id, *path), problem)
        for id, entry in document.data.items()
        for path, problem in _problems(entry, KEYS[file])
    ]
    if findings:
        raise Findings(findings)
    return document.data


def _problems(entry: Any, keys: dict[str, Any], *path: int | str) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """What is wrong with an entry: where in it, and a sentence. ``keys`` nests as entries do."""
    if not isinstance(entry, dict):
        yield path, f"expected {', '.join(key.rstrip('!') for key in keys)}"
        return
    known = {key.rstrip("!"): below for key, below in keys.items()}
    for key, value in entry.items():
        if key not in known:
            yield (*path, key), f"unknown key {key!r}.{did_you_mean(key, known)}"
        elif isinstance(known[key], dict):
            for number, item in enumerate(value if isinstance(value, list) else [value]):
                where = (key, number) if isinstance(value, list) else (key,)
                # A date may be one word, or several with their sources.
                if not (isinstance(item, str) and "edtf!" in known[key]):
                    yield from _problems(item, known[key], *path, *where)
    for key in keys:
        if key.endswith("!") and key.rstrip("!") not in entry:
            yield path, f"{key.rstrip('!')!r} is missing"
