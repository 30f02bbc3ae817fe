"""Registers to measure with: a table of meetings, as often as is wanted, in a home with the ontology and the registry.

The table is that of meetings of members of the European Parliament (Integrity Watch EU, ODbL), which is not a part of
this project: it is looked for beside the checkout, and made up, equal in size and kind, where it is not there.
"""

import csv
import hashlib
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from graph import HOME

ID = "eu-mep-meetings"
FORMS = Path(__file__).parent / "registers" / ID
REAL = HOME.parent / "shared/data/registers/eu_mep_meetings_2019_2022.csv"
ROWS = 23_050
HEADINGS = ("", "committees", "country", "date", "dossier", "epid", "group", "lobbyists", "location", "mep", "role")
HEADINGS += ("title",)
# What is written into the date of a row to make it wrong, in turns.
WRONG = ("31-11-2021", "soon", "2021-13-01", "29-02-2021", "??")
Row = dict[str, str]


def table_rows(source: Path | None = None) -> Iterator[Row]:
    """The rows of the table: the real ones, or else invented ones."""
    source = source or REAL
    if not source.is_file():
        yield from _invented()
        return
    with source.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _invented() -> Iterator[Row]:
    """Rows like the real ones: so many members, bodies, places and days."""
    chance = random.Random(1)
    bodies = [f"Forening {number} for prøver" for number in range(14_000)]
    for number in range(ROWS):
        member = int(397 * chance.random() ** 2)
        names = chance.sample(bodies, chance.choice((1, 1, 1, 1, 2, 3)))
        day = f"{chance.randrange(1, 29):02}-{chance.randrange(1, 13):02}-{chance.randrange(2019, 2023)}"
        cells = (f"{number}", "['ENVI']", "Malta", day, chance.choice(("", "", "Prøvelov")), f"{190_000 + member}", "X")
        place = chance.choice(("Brussels", "remote", "Strasbourg", f"Sted {chance.randrange(2000)}"))
        more = (", ".join(names), place, f"Medlem {member} PRØVE", chance.choice(("Member", "Rapporteur")))
        topic = f"Sak {chance.randrange(13_000)} om det som skal prøves"
        yield dict(zip(HEADINGS, (*cells, *more, topic), strict=True))


def repeated(rows: int, source: Path | None = None) -> Iterator[Row]:
    """So many rows: those of the table again and again, each time with other keys."""
    copy = 0
    while rows > 0:
        for row in table_rows(source):
            if not rows:
                return
            yield row | {"": f"{copy}-{row['']}"} if copy else row
            rows -= 1
        copy += 1


def sow_errors(rows: Iterator[Row], share: float, sown: list[int], seed: int = 1) -> Iterator[Row]:
    """The rows, some of them at random with a date that is none; their numbers are noted in ``sown``."""
    chance = random.Random(seed)
    for number, row in enumerate(rows, 2):
        if chance.random() < share:
            row = row | {"date": WRONG[len(sown) % len(WRONG)]}
            sown.append(number)
        yield row


def write_home(folder: Path, rows: Iterator[Row], forms: Path = FORMS) -> Path:
    """A home below the folder with a register of these rows."""
    home = folder / "home"
    for name in ("registry", "ontology"):
        shutil.copytree(HOME / name, home / name)
    (home / "corpus").mkdir()
    shutil.copytree(forms, home / "registers" / ID)
    write_table(home, rows)
    return home


def write_table(home: Path, rows: Iterator[Row]) -> None:
    """The register of a home has these rows."""
    folder = home / "registers" / ID
    description = (folder / "register.yaml").read_text(encoding="utf-8")
    (name,) = re.findall(r"file: (\S+)", description)
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    with (folder / name).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    description = re.sub(r"sha256: \S+", f"sha256: {digest}", description)
    description = re.sub(r"\n *rows: \S+", "", description)
    (folder / "register.yaml").write_text(description, encoding="utf-8")


def change_row(home: Path, number: int) -> None:
    """The row of that number (the header is row 1) gets another topic."""
    (table,) = (home / "registers" / ID).glob("*.csv")
    old = table.with_suffix(".old")
    table.rename(old)
    with old.open(encoding="utf-8", newline="") as stream:
        write_table(home, (_changed(row, at == number) for at, row in enumerate(csv.DictReader(stream), 2)))
    old.unlink()


def _changed(row: Row, is_changed: bool) -> Row:
    return row | {"title": row["title"] + " (endret)"} if is_changed else row
