"""Draw conclusions from the rows of a register: by the rules, once for all events of which alike is stated.

What the rules conclude of an event does not depend on what things are called, but on what is stated of them. So of
events that differ in names, words and days alone one is an example: the rules conclude from it, and what they conclude
holds of the others with their own names, words and days put in. Registers have some hundred kinds of rows, and millions
of them. ``conclude_lines`` gives the same and takes ten times as long; it is asked where more is to be looked at: for
offices of the registry, whose holders depend on the day.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import Quad

from graph.claims.registers import Group, time_rows
from graph.claims.rows import Row, Text, line_of
from graph.model.iris import BASE, ENTITIES
from graph.pipeline.rules import TYPE, Rule, conclude_lines

# The day of the examples: no row has it by chance, for rows have no other days as such.
_DAY = "1066-10-14"
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENTITIES = tuple(f"<{BASE}{folder}" for folder in ENTITIES.values())
_OFFICE = f"<{BASE}{ENTITIES['post']}"
_OFFICES = frozenset(f"<{BASE}ontology#{name}>" for name in ("holderOf", "candidateHolderOf", "inCapacity"))
_EVENT, _SUBJECT = (f"<{BASE}ontology#{name}>" for name in ("event", "subject"))
_TOKEN = re.compile(r"zz(\d+)z(\d+)zz")
# A term of an example: a folder or a kind of literal, and the number of the name or the words in it; or as it is.
_Slot = tuple[str, int]


class _Alike(NamedTuple):
    """What is stated of an event without names, words and day: a key of a dictionary."""

    rows: tuple[tuple[object, Text, object], ...]
    is_day: bool


# What the rules conclude of each kind of event, as a format: the same for all partitions of a register.
Formats = dict[_Alike, str]
# So many are kept from one partition to the next.
MAX_KEPT = 5_000


class AlikeGroups(NamedTuple):
    """Groups of which alike is stated, each with the names and words in it, the day being the last.

    ``template`` is what the rules conclude, as a format of these.
    """

    template: str
    groups: list[tuple[Group, list[str]]]


class ConcludedGroups(NamedTuple):
    """What the rules conclude from groups: of those that are alike as formats, of the ``others`` as lines."""

    alike: list[AlikeGroups]
    others: list[tuple[Group, list[str]]]

    def lines(self) -> Iterator[str]:
        """Yield all of it as N-Quads lines, unsorted, some repeated."""
        for template, several in self.alike:
            if template:
                for _, names in several:
                    yield from template.format(*names).split("\n")
        for _, lines in self.others:
            yield from lines


def conclude_groups(
    groups: Iterable[Group],
    rules: list[Rule],
    ontology: Iterable[Quad],
    registry_lines: Callable[[Iterable[Text]], Iterable[str]] = lambda names: (),
    kept: Formats | None = None,
) -> ConcludedGroups:
    """Return what the rules conclude from what events and messages bring.

    Two groups must have nothing in common but actors and times. ``registry_lines`` returns what the registry states of
    offices, their holders among it, by their IRIs. ``kept`` is what the same rules concluded of kinds of events before;
    what they conclude of others is added.
    """
    ontology, rules = [*ontology], [rule for rule in rules if not rule.of_pages]
    reader = _Reader(rules)
    of_kind: dict[_Alike, list[tuple[Group, list[str]]]] = {}
    others: list[Group] = []
    for group in groups:
        if _looks_up_offices(group):
            others.append(group)
            continue
        alike, names = reader.read(group)
        if alike.rows:
            of_kind.setdefault(alike, []).append((group, names))
    kept = {} if kept is None else kept
    if len(kept) > MAX_KEPT:
        kept.clear()
    new = [alike for alike in of_kind if alike not in kept]
    if new:
        kept.update(zip(new, _templates(new, rules, ontology), strict=True))
    templates = [kept[alike] for alike in of_kind]
    concluded: list[str] = []
    if others:
        lines = [line for group in others for line in map(line_of, _rows_of(group))]
        offices = {each for line in lines for each in re.findall(rf"{_OFFICE}[^>]*>", line)}
        concluded = conclude_lines([*lines, *registry_lines(sorted(offices))], rules, ontology)
    alike_groups = [AlikeGroups(*pair) for pair in zip(templates, of_kind.values(), strict=True)]
    return ConcludedGroups(alike_groups, _by_group(others, concluded))


def _by_group(groups: Iterable[Group], lines: Iterable[str]) -> list[tuple[Group, list[str]]]:
    """Return each group with what is concluded of its event or message; what is of none is with the first."""
    parts = [line.split(" ", 2) for line in lines]
    event_of = {subject: rest[: rest.index(">") + 1] for subject, predicate, rest in parts if predicate == _EVENT}
    of_thing: defaultdict[str, list[str]] = defaultdict(list)
    for subject, *rest in parts:
        of_thing[event_of.get(subject, subject)].append(" ".join((subject, *rest)))
    result = [(group, [line for thing in _things(group) for line in of_thing.pop(thing, ())]) for group in groups]
    if of_thing:
        result[0][1].extend(line for several in of_thing.values() for line in several)
    return result


def _things(group: Group) -> Iterator[Text]:
    """Yield the event or message that a group is about, and whoever is told of with it alone."""
    yield from dict.fromkeys(row[2] for row in group.rows if row[1] in (_EVENT, _SUBJECT))
    yield from (rows[0][0] for rows in group.actors if rows)


def _rows_of(group: Group) -> list[Row]:
    rows = [row for several in (group.rows, *group.actors) for row in several]
    return [*rows, *(time_rows(group.time) if group.time else ())]


def _looks_up_offices(group: Group) -> bool:
    """Return whether an office of the registry is named, whose holders the registry tells."""
    own = {rows[0][0] for rows in group.actors if rows}
    return any(row[1] in _OFFICES and row[2].startswith(_OFFICE) and row[2] not in own for row in group.rows)


class _Reader:
    """Reads groups: what in them rules can read, with numbers for names, words and the day."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._read = frozenset().union(*(rule.reads for rule in rules))

    def read(self, group: Group) -> tuple[_Alike, list[str]]:
        """Return what is stated of an event, and the names and words that stand there, the day being the last."""
        slots: dict[Text, object] = {}
        names: list[str] = []
        read = self._read
        rows = [
            (
                slots.get(subject) or _slot(subject, slots, names),
                predicate,
                slots.get(value) or _slot(value, slots, names),
            )
            for several in (group.rows, *group.actors)
            for subject, predicate, value, _ in several
            if (value in read if predicate == TYPE else predicate in read)
        ]
        day = day_of(group)
        for subject, predicate, value, _ in time_rows(group.time) if group.time else ():
            if value in read if predicate == TYPE else predicate in read:
                text = value.replace(day, _DAY) if day else _slot(value, slots, names)
                rows.append((_slot(subject, slots, names), predicate, text))
        names.append(day or "")
        return _Alike(tuple(rows), day is not None), names


def day_of(group: Group) -> str | None:
    """Return the day of a group; None where its time is no day."""
    return group.time.edtf if group.time and _IS_DAY.fullmatch(group.time.edtf) else None


def _slot(text: Text, slots: dict[Text, object], names: list[str]) -> object:
    """Return the number of a name or of words, with the folder or the language; any other term as it is."""
    known = slots.get(text)
    if known is not None:
        return known
    if text.startswith(_ENTITIES):
        start, end = text.rindex("/") + 1, -1
        kind = text[:start]
    elif text[0] == '"' and "^^" not in text[text.rindex('"') :]:
        start, end = 1, text.rindex('"')
        kind = text[end:]
    else:
        slots[text] = text
        return text
    slots[text] = result = kind, len(names)
    names.append(text[start:end])
    return result


def _templates(kinds: list[_Alike], rules: list[Rule], ontology: Iterable[Quad]) -> list[str]:
    """Return what the rules conclude from an example of each kind, as a format of the names and words in it."""
    examples = [
        f"{_as_text(subject, kind)} {predicate} {_as_text(value, kind)} <{BASE}graph/example> ."
        for kind, alike in enumerate(kinds)
        for subject, predicate, value in alike.rows
    ]
    concluded: list[list[str]] = [[] for _ in kinds]
    lengths = [
        1 + max((part[1] for row in alike.rows for part in row if isinstance(part, tuple)), default=-1)
        for alike in kinds
    ]
    for line in conclude_lines(examples, rules, ontology):
        token = _TOKEN.search(line)
        # What follows of all alike, such as that a concept is a concept, would not be of an event.
        assert token is not None, line
        kind = int(token[1])
        text = _TOKEN.sub(lambda match: f"\0{match[2]}\1", line.replace("{", "{{").replace("}", "}}"))
        if kinds[kind].is_day:
            text = text.replace(_DAY, f"\0{lengths[kind]}\1")
        concluded[kind].append(text.replace("\0", "{").replace("\1", "}"))
    return ["\n".join(lines) for lines in concluded]


def _as_text(part: object, kind: int) -> str:
    """Return a term of an example."""
    if isinstance(part, str):
        return part
    assert isinstance(part, tuple)
    folder, number = part
    token = f"zz{kind}z{number}zz"
    return f'"{token}{folder}' if folder.startswith('"') else f"{folder}{token}>"
