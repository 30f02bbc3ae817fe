"""Compare names, numbers and ids of the registry with tables of facts: ``python benchmarks/registry_facts.py FOLDER``.

FOLDER has ``municipalities_2014.csv``, ``municipality_successors.csv``, ``counties_2014.csv``, ``organisations.csv``,
``police_districts_*.csv`` and ``people.csv``. Each difference is printed; those that ``DECIDED`` explains end with the
reason. Ends with 1 where there is another.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from graph import HOME
from graph.model.edtf import Bounds
from graph.registry.load import read_registry
from graph.registry.records import Organisation, Registry, name_key

# Differences that are meant: what, as it is printed, and why.
DECIDED = {
    "fylke:18 2024 Nordland-Nordlándda": "SSB Klass 104: Nordland - Nordlánnda",
    "fylke:34 2024 Innlandet-Sisdajven": "no other source has this name",
    "fylke:55 2024 Troms-Romssa": "SSB Klass 104: Troms - Romsa - Tromssa",
    "fylke:56 2024 Finnmark-Finnmárkku": "SSB Klass 104: Finnmark - Finnmárku - Finmarkku",
    "kommune:1841 2020 Fauske-Fuosko": "SSB Klass 131: Fauske - Fuossko",
    "kommune:1841 2024 Fauske-Fuosko": "SSB Klass 131: Fauske - Fuossko",
    "kommune:2021 2014 Kárá?johka - Karasjok": "the list lost a letter",
}


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def area_of(registry: Registry, kind: str, number: str, year: str) -> str | None:
    """Return the area with that number at the beginning of a year."""
    day = date(int(year), 1, 1)
    return next(
        (
            area.id
            for area in registry.areas.values()
            if area.id.startswith(kind) and area.number == number and area.exists.covers(Bounds(day, day))
        ),
        None,
    )


def facts(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield the kind, number, year and name of every area that the tables name."""
    for row in rows(folder / "counties_2014.csv"):
        yield "fylke", row["fylkesnummer_2014"], "2014", row["navn"]
    for row in rows(folder / "municipalities_2014.csv"):
        yield "kommune", row["kommunenummer_2014"], "2014", row["navn_2014"]
    for row in rows(folder / "municipality_successors.csv"):
        yield "fylke", row["fylkesnummer"], row["year"], row["fylke"]
        yield "kommune", row["kommunenummer"], row["year"], row["navn"]


def differences(folder: Path, registry: Registry) -> Iterator[str]:
    for kind, number, year, name in dict.fromkeys(facts(folder)):
        area = area_of(registry, f"{kind}:", number, year)
        if area is None:
            yield f"{kind}:{number} {year} {name}: there is no such area"
        elif name_key(name) not in map(name_key, registry.spellings[area]):
            yield f"{area} {year} {name}"
    bodies: dict[str, list[Organisation]] = defaultdict(list)
    for body in registry.organisations.values():
        bodies[name_key(body.name.nb)].append(body)
    for file in sorted(folder.glob("police_districts_*.csv")):
        yield from (
            f"{file.name}: {row['navn']}: there is no such body"
            for row in rows(file)
            if name_key(row["navn"]) not in bodies
        )
    for row in rows(folder / "organisations.csv"):
        named = bodies.get(name_key(row["name"]), [])
        known = {body.number.value for body in named if body.number}
        known |= {each.value for body in named for conflict in body.conflicts for each in conflict.reported}
        if re.fullmatch("[0-9]{9}", row["orgnr"]) and row["orgnr"] not in known:
            yield f"organisations.csv: {row['name']} has the number {row['orgnr']}"
    for row in rows(folder / "people.csv"):
        person = next((each for each in registry.people.values() if each.name == row["person"]), None)
        if person is None or (person.wikidata.value if person.wikidata else "") != row["wikidata"]:
            yield f"people.csv: {row['person']} {row['wikidata']}"


def main(folder: Path) -> int:
    registry = read_registry(HOME / "registry")
    found = list(differences(folder, registry))
    for line in found:
        print(f"{line}: {DECIDED[line]}" if line in DECIDED else line)
    others = [line for line in found if line not in DECIDED]
    names = len(set(facts(folder)))
    print(f"{names} names of areas; {len(found)} differences, {len(others)} of them not explained")
    return 1 if others or {*DECIDED} - {*found} else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
