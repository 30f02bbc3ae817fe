"""Registers for tests: those of tests/registers, and small ones that a test writes itself."""

import hashlib
from functools import cache
from pathlib import Path

from graph.model.acts import (
    Act,
    ActPart,
    ErrorAct,
    EventAct,
    MessageAct,
    NoneAct,
    RepeatsAct,
    ReviewAct,
    SameAct,
)
from graph.sources.pages.context import Background, read_background
from graph.sources.tables.reading import Register, read_register

ROOT = Path(__file__).parent.parent
REGISTERS = ROOT / "tests/registers"
DESCRIPTION = """\
url: https://example.org/register
title: A register
language: {language}
publisher: {{name: Somebody, kind: association}}
published: {{earliest: 2020-01-01, latest: 2020-01-01, basis: {{en: for tests}}}}
licence: https://creativecommons.org/publicdomain/zero/1.0/
files:
"""


@cache
def background() -> Background:
    return read_background(ROOT)


def write_register(
    folder: Path,
    table: str | dict[str, str],
    mapping: str,
    lookups: str = "",
    language: str = "en",
    more: str | dict[str, str] = "",
) -> Path:
    """Write a register of one table, or of several by the names of their files; ``more`` is said of each file."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"table.csv": table} if isinstance(table, str) else table
    description = DESCRIPTION.format(language=language)
    for name, text in tables.items():
        data = text.encode()
        (folder / name).write_bytes(data)
        of_file = more if isinstance(more, str) else more.get(name, "")
        description += f"  - file: {name}\n    sha256: {hashlib.sha256(data).hexdigest()}\n"
        description += "".join(f"    {line}\n" for line in of_file.splitlines())
    (folder / "register.yaml").write_text(description, encoding="utf-8")
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    if lookups:
        (folder / "lookups.yaml").write_text(lookups, encoding="utf-8")
    return folder


def acts_of(register: Register) -> dict[int, list[Act]]:
    """Return the acts of each row, by the number of the row."""
    return dict(sorted(register.acts(register.rows())))


def read(folder: Path) -> Register:
    return read_register(folder, background())


def words(act: Act) -> str:
    """Return an act in one line, so that a test reads like the table."""
    match act:
        case EventAct():
            facts = [f"{act.time.earliest}/{act.time.latest}", *([act.time.begins] if act.time.begins else [])]
            facts += [act.kind, act.status, *([act.mode] if act.mode else [])]
            facts += [f"at {act.place.words}"] if act.place else []
            facts += [f"about {topic.words}" for topic in act.topics]
            facts += ["open"] if act.open_ended else []
            return "; ".join([*facts, *map(part, act.parts)])
        case MessageAct():
            sides = [f"from {part(each)}" for each in act.senders] + [f"to {part(each)}" for each in act.recipients]
            return "; ".join([f"{act.time.earliest}/{act.time.latest}", act.form, *sides])
        case SameAct():
            return f"same {act.key}"
        case RepeatsAct():
            return f"repeats {act.of}"
        case NoneAct():
            return f"none: {act.because}"
        case ReviewAct():
            return f"review {act.column}: {act.why}"
        case ErrorAct():
            return f"error {act.column}: {act.why}"


def part(each: ActPart) -> str:
    """Return a part of an event in a few words."""
    told = f"{each.actor.name or '?'}"
    told += f" #{each.actor.id}" if each.actor.id else ""
    told += f" as {each.capacity.words}" if each.capacity else ""
    told += f" for {each.on_behalf_of.name}" if each.on_behalf_of else ""
    told += " unsplit" if each.actor.unsplit else ""
    return f"{told} ({each.actor.kind} {each.role} {each.attendance})"


def rows(folder: Path) -> dict[int, list[str]]:
    """Return what each row of a register claims, in words, by the number of the row."""
    return {number: [words(act) for act in acts] for number, acts in acts_of(read(folder)).items()}
