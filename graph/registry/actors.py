"""Turn the entries of people, bodies and posts into records, each fact with its source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from graph.model.edtf import Bounds, bounds
from graph.model.iris import local_name, slug
from graph.model.labels import Label
from graph.registry.entries import (
    OPEN,
    BodyEntry,
    ConflictEntry,
    DatedNameEntry,
    FormerName,
    HolderEntry,
    NameEntry,
    PersonEntry,
    PostEntry,
    SourcedDay,
    SourcedId,
    read_numbers,
)
from graph.registry.records import Area, Conflict, DatedName, Holding, Organisation, Person, Post, Sourced


def read_municipality_bodies(folder: Path, areas: dict[str, Area]) -> Iterator[Organisation]:
    """Yield each municipality as an organisation; it continues when its area is renumbered."""
    of_body: dict[str, list[Area]] = defaultdict(list)
    for area in areas.values():
        if area.body:
            of_body[area.body].append(area)
    numbers = read_numbers(folder, {"municipality body": [local_name(body) for body in of_body]})
    for id, its_areas in of_body.items():
        its_areas.sort(key=lambda area: area.valid_from or date.min)
        entry = numbers.get(local_name(id))
        number, disputed = _identifier("organisation number", entry.get("number") if entry else None)
        wikidata, also_disputed = _identifier("Wikidata item", entry.get("wikidata") if entry else None)
        name = _half_named_in(id, its_areas[0])
        # Under whatever name its area had, then or later.
        others = dict.fromkeys(other for area in its_areas for other in (area.name, *area.also) if other != name)
        yield Organisation(
            id=id,
            name=Label(f"{name} kommune"),
            kind="municipality",
            public=True,
            also=tuple(f"{other} kommune" for other in others),
            exists=Bounds(its_areas[0].valid_from, its_areas[-1].valid_through),
            number=number,
            wikidata=wikidata,
            areas=tuple(area.id for area in its_areas),
            conflicts=(*disputed, *also_disputed),
        )


def _half_named_in(body: str, area: Area) -> str:
    """Return the half of a double name that the body's id is made of: "Snåsa" of "Snåase - Snåsa"."""
    fitting = (half for half in area.also if body.startswith(f"organisation:{slug(half)}-kommune"))
    return area.name if " - " not in area.name else next(fitting, area.name)


def parse_organisations(entries: Mapping[str, BodyEntry]) -> Iterator[Organisation]:
    """Yield the bodies that are neither municipalities nor police districts."""
    for key, entry in entries.items():
        number, disputed = _identifier("organisation number", entry.get("number"))
        wikidata, also_disputed = _identifier("Wikidata item", entry.get("wikidata"))
        former = (DatedName(each["name"], _used(each), None) for each in entry.get("former", ()))
        names = (*former, *_dated_names(entry.get("names", ())))
        yield Organisation(
            id=f"organisation:{key}",
            name=_label(entry["name"]),
            kind=entry["kind"],
            public=entry.get("public") == "true",
            also=_other_names(entry["name"]["nb"], entry.get("also", ()), names),
            names=names,
            exists=Bounds(_first_day(entry.get("from")), _first_day(entry.get("through"))),
            number=number,
            wikidata=wikidata,
            part_of=f"organisation:{entry['part_of']}" if "part_of" in entry else None,
            areas=(entry["area"].replace("/", ":"),) if "area" in entry else (),
            source=entry.get("source"),
            note=entry.get("note"),
            conflicts=(*disputed, *also_disputed, *_conflicts(entry.get("conflicts", ()))),
        )


def parse_people(entries: Mapping[str, PersonEntry]) -> Iterator[Person]:
    """Yield people in their public roles."""
    for key, entry in entries.items():
        party, names = entry.get("party"), _dated_names(entry.get("names", ()))
        yield Person(
            id=f"person:{key}",
            name=entry["name"],
            also=_other_names(entry["name"], entry.get("also", ()), names),
            names=names,
            wikidata=_sourced_id(entry.get("wikidata")),
            party=Sourced(f"organisation:{party['organisation']}", party["source"]) if party else None,
            source=entry.get("source"),
        )


def _dated_names(entries: Iterable[DatedNameEntry]) -> tuple[DatedName, ...]:
    return tuple(DatedName(each["name"], _used(each), each.get("source")) for each in entries)


def _used(entry: DatedNameEntry | FormerName) -> Bounds:
    """Return the days on which a name was used, as wide as the entry leaves them."""
    first, last = entry.get("from"), entry.get("through")
    return Bounds(bounds(str(first)).earliest if first else None, bounds(str(last)).latest if last else None)


def _other_names(name: str, also: Iterable[str], dated: Iterable[DatedName]) -> tuple[str, ...]:
    """Return the names besides the one of today, each once."""
    return tuple(each for each in dict.fromkeys((*also, *(each.name for each in dated))) if each != name)


def parse_posts(entries: Mapping[str, PostEntry]) -> Iterator[Post]:
    """Yield posts with those who held them."""
    for key, entry in entries.items():
        yield Post(
            id=f"post:{key}",
            label=_label(entry["label"]),
            also=tuple(entry.get("also", ())),
            organisation=f"organisation:{entry['in']}",
            holders=tuple(_holding(holder) for holder in entry.get("holders", ())),
            conflicts=_conflicts(entry.get("conflicts", ())),
        )


def _holding(entry: HolderEntry) -> Holding:
    source = entry.get("source", "")
    begins, ends = _reported(entry.get("from"), source), _reported(entry.get("to"), source)
    reports = [f"{side} {day.value} ({day.source})" for side, days in (("from", begins), ("to", ends)) for day in days]
    return Holding(
        person=f"person:{entry['person']}",
        begins=_hull([day.value for day in begins]),
        ends=_hull([day.value for day in ends if day.value != OPEN], open_too=any(day.value == OPEN for day in ends)),
        open_end=bool(ends) and all(day.value == OPEN for day in ends),
        reported=tuple(reports),
        source=source or "; ".join(dict.fromkeys(day.source for day in (*begins, *ends))),
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


def _reported(value: str | list[SourcedDay] | None, source: str) -> list[Sourced]:
    """Return the dates that sources report for one end: one value of the entry's source, or several with their own."""
    if value is None:
        return []
    if isinstance(value, str):
        return [Sourced(value, source)]
    return [Sourced(each["edtf"], each["source"]) for each in value]


def _hull(values: list[str], open_too: bool = False) -> Bounds:
    """Return the days from the first to the last that some value allows; a side that one value leaves open is open."""
    spans = [bounds(value) for value in values]
    first, last = [span.earliest for span in spans if span.earliest], [span.latest for span in spans if span.latest]
    return Bounds(
        min(first) if spans and len(first) == len(spans) else None,
        max(last) if spans and len(last) == len(spans) and not open_too else None,
    )


def _identifier(scheme: str, entry: SourcedId | list[SourcedId] | None) -> tuple[Sourced | None, tuple[Conflict, ...]]:
    """Return an identifier with its source, or a conflict if sources give several."""
    if isinstance(entry, list):
        return None, (Conflict(scheme, tuple(Sourced(each["id"], each["source"]) for each in entry)),)
    return _sourced_id(entry), ()


def _conflicts(entries: Iterable[ConflictEntry]) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(each["about"], tuple(Sourced(report["value"], report["source"]) for report in each["reported"]))
        for each in entries
    )


def _sourced_id(entry: SourcedId | None) -> Sourced | None:
    return Sourced(entry["id"], entry["source"]) if entry else None


def _label(entry: NameEntry) -> Label:
    return Label(entry["nb"], entry.get("en"))


def _first_day(value: str | None) -> date | None:
    return bounds(value).earliest if value else None
