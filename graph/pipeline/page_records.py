"""What the interactive page is given of a partition, made from what its events bring: nothing is queried or parsed.

Of events of which alike is stated, and whose rows cite alike, one is made a template, as ``by_example`` draws
conclusions: some hundred templates are made, and for all other events their own words are put beside them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from graph.claims.registers import Group
from graph.claims.rows import Row, Text
from graph.explorer.data.columns import CountedEntity, CountedTie, office_of, quoted
from graph.explorer.data.part_records import ROWS, PartRecords, deflate_rows, encode_part, json_text, tie_between
from graph.explorer.data.part_templates import TYPE, CitedCell, make_template, sign, start_of
from graph.explorer.data.queries import DETAILS, kinds_of_classes, kinds_of_ties
from graph.explorer.data.summary import open_statuses
from graph.model.iris import BASE
from graph.pipeline.by_example import ConcludedGroups
from graph.pipeline.renaming import ALSO, name_in
from graph.rdf.terms import iri, short_name

_TEXT, _HEADING, _PLACE, _CITES, _SAYS, _SOURCE = (
    str(iri(name))
    for name in ("schema:text", "mg:heading", "rdf:value", "mg:evidence", "mg:keyEvidence", "prov:hadPrimarySource")
)
_EVIDENCE, _CLAIM, _INFERENCE = (f"<{BASE}{folder}/" for folder in ("evidence", "claim", "inference"))
_DETAIL = {str(iri(name)): details for name, details in DETAILS.items()}
# Of what a claim states, only this is in the record of what it is about.
_OF_CLAIMS = frozenset(str(iri(name)) for name in ("mg:timeAsWritten", "mg:openList"))
_READ = frozenset(_DETAIL) - {_TEXT}
_CELL = re.compile(r'"cell=(\d+),(\d+)"')
_MARK = re.compile("\x01(\\d+)\x02")
_MARK_IN_JSON = re.compile(r"\\u0001(\d+)\\u0002")


class _Shape(NamedTuple):
    """Where rows of one sequence of predicates have what: cells and who cites them, and words that differ."""

    cites: list[int]
    says: list[int]
    texts: list[int]
    headings: list[int]
    places: list[int]
    further: list[int]
    templates: dict[Any, "_Template"]


class _Template(NamedTuple):
    """A template as JSON, what is counted of it, and what a row of it has."""

    text: str
    counted: "_Counted"
    used: list[int]
    firsts: list[int]
    claims: int
    open: list[str]


class _Counted(NamedTuple):
    """What is counted of a template: formats of ids, days and words, and what all events of it have alike."""

    entities: list[tuple[str, str, str, str, str, list[str], list[str], tuple[str, ...]]]
    ties: list[tuple[str, str, tuple[Any, ...]]]


# By what is concluded of events and by the predicates of what is stated of them.
Shapes = dict[tuple[str, tuple[Text, ...]], _Shape]
# So many templates are kept from one partition to the next.
MAX_KEPT = 5_000


def page_records(concluded: ConcludedGroups, kept: Shapes | None = None) -> bytes:
    """Return what the page is given of these groups, encoded.

    ``kept`` are the templates of partitions that were made before with the same rules; others are added.
    """
    kept = {} if kept is None else kept
    if sum(len(shape.templates) for shape in kept.values()) > MAX_KEPT:
        kept.clear()
    maker = _Maker()
    for template, several in concluded.alike:
        if template:
            for group, names in several:
                maker.add(kept, group, names, template)
    for group, lines in concluded.others:
        maker.add({}, group, [], "\n".join(lines).replace("{", "{{").replace("}", "}}"))
    groups = [
        *(group for _, several in concluded.alike for group, _ in several),
        *(each for each, _ in concluded.others),
    ]
    return encode_part(maker.records(_agents(groups)))


class _Maker:
    """Makes rows and templates of the groups of a partition, and counts what is counted."""

    def __init__(self) -> None:
        self._rows: list[tuple[_Template, str, list[str]]] = []
        self._entities: list[CountedEntity] = []
        self._ties: dict[str, CountedTie] = {}
        self._open: set[str] = set()

    def add(self, shapes: Shapes, group: Group, names: list[str], concluded: str) -> None:
        """Add a group of which the rules conclude this, as a format of the names in it."""
        rows = group.rows
        predicates = tuple([row[1] for row in rows])
        shape = shapes.get((concluded, predicates))
        if shape is None:
            shape = shapes[concluded, predicates] = _shape_of(rows)
        number = _first_places([rows[at][0] for at in shape.texts])
        pattern = [number[rows[at][2]] for at in shape.cites]
        pattern += [number[rows[at][2]] for at in shape.says]
        fragments = [rows[at][2] for at in shape.places]
        cells = _CELL.findall("".join(fragments))
        if len(cells) == len(fragments) and all(fragment.startswith('"c') for fragment in fragments):
            starts, columns = [cell[0] for cell in cells], [cell[1] for cell in cells]
        else:
            starts, columns = _places(fragments)
        cited = dict.fromkeys(starts)
        order = {start: place for place, start in enumerate(cited)}
        further = [rows[at][2] for at in shape.further]
        key = (
            tuple(pattern),
            tuple([rows[at][2] for at in shape.headings]),
            tuple(columns),
            tuple([order[start] for start in starts]),
            tuple(map(further.index, further)),
            tuple(number.values()) if len(number) < len(shape.texts) else (),
        )
        template = shape.templates.get(key)
        if template is None:
            template = shape.templates[key] = self._template(shape, group, names, concluded, [order[s] for s in starts])
        values = [*names, *[text[1 : text.rindex('"')] for text in further]]
        texts = [rows[shape.texts[at]][2] for at in template.firsts]
        row = ",".join(
            [
                "",
                *[f'"{values[slot]}"' for slot in template.used],
                *cited,
                *[text[: text.rindex('"') + 1] for text in texts],
            ]
        )
        self._count(template, values, f"{row}]")

    def _count(self, template: _Template, values: Sequence[str], row: str) -> None:
        ids = []
        for name, kind, status, earliest, latest, topics, places, sources in template.counted.entities:
            ids.append(name.format(*values))
            self._entities.append(
                CountedEntity(
                    ids[-1],
                    kind,
                    status,
                    earliest.format(*values),
                    latest.format(*values),
                    tuple([_unescaped(each.format(*values)) for each in topics]),
                    tuple([_unescaped(each.format(*values)) for each in places]),
                    sources,
                )
            )
        for start, end, facts in template.counted.ties:
            tie = tie_between(start.format(*values), end.format(*values), *facts)
            self._ties.setdefault(tie.id, tie)
        self._rows.append((template, row, ids))
        self._open.update(template.open)

    def records(self, agents: dict[str, list[tuple[str, str]]]) -> PartRecords:
        """Return all of it."""
        part = PartRecords(self._entities, [*self._ties.values()], agents, [], [], [], sorted(self._open))
        for at in range(0, len(self._rows), ROWS):
            several = self._rows[at : at + ROWS]
            places: dict[str, int] = {}
            rows = []
            for template, row, _ in several:
                number = places.setdefault(template.text, len(places))
                rows.append(f"[{number}{row}")
            part.chunks.append(deflate_rows([*places], rows))
            part.entity_ids.append([name for *_, ids in several for name in ids])
            part.claims.append(sum(template.claims for template, *_ in several))
        return part

    def _template(
        self, shape: _Shape, group: Group, names: list[str], concluded: str, row_numbers: Sequence[int]
    ) -> _Template:
        """Return the template of a group and all others like it."""
        rows = group.rows
        signs = [*map(sign, range(len(names)))]
        actual, signed = concluded.format(*names).split("\n"), concluded.format(*signs).split("\n")
        in_place = {
            term: other
            for one, two in zip(actual, signed, strict=True)
            for term, other in zip(one.split(" ", 3)[:3], two.split(" ", 3)[:3], strict=True)
            if term.startswith("<") and term != other
        }
        texts: dict[Text, int] = {}
        for at in shape.further:
            texts.setdefault(rows[at][2], len(names) + shape.further.index(at))
        lines = [*filter(None, signed)]
        for at, (subject, predicate, value, graph) in enumerate(rows):
            if not _is_read(subject, predicate, value):
                continue
            if at in shape.further:
                value = f'"{sign(texts[value])}{value[value.rindex(chr(34)) :]}'
            lines.append(f"{in_place.get(subject, subject)} {predicate} {in_place.get(value, value)} {graph} .")
        number = _first_places([rows[at][0] for at in shape.texts])
        firsts = sorted({*number.values()})
        cell_of = {subject: firsts.index(place) for subject, place in number.items()}
        cells = [
            CitedCell(_words(rows[shape.places[at]][2]), _words(rows[shape.headings[at]][2]), row_numbers[at])
            for at in firsts
        ]
        sources = {row[0]: _short(row[2]) for row in rows if row[1] == _SOURCE and row[0].startswith(_CLAIM)}
        cited: dict[str, tuple[str, list[int], list[int]]] = {}
        for claim, source in sources.items():
            says = [cell_of[rows[at][2]] for at in shape.says if rows[at][0] == claim]
            cites = [cell_of[rows[at][2]] for at in shape.cites if rows[at][0] == claim]
            # Cells of which no place comes first are in the order of their fragments, as a query gives them.
            says, leans = (
                sorted(each, key=lambda cell: cells[cell].fragment) for each in ({*says}, {*cites} - {*says})
            )
            cited[_short(in_place.get(claim, claim))] = source, says, leans
        agents = {in_place.get(each[0][0], each[0][0]) for each in group.actors if each}
        slots = len(names) + len(shape.further)
        made = make_template(lines, cells, cited, slots, agents)
        counted = _counted(made)
        used = sorted(
            {int(slot) for slot in _MARK.findall(json_text(made).replace("\\u0001", "\x01").replace("\\u0002", "\x02"))}
        )
        text = json_text(_renumbered(made, {slot: place for place, slot in enumerate(used)}) | {"slots": len(used)})
        is_open = open_statuses(made["entities"])
        return _Template(text, counted, used, firsts, len(cited), sorted(is_open))


def _first_places(subjects: Sequence[Text]) -> dict[Text, int]:
    """Return where each stands first."""
    last = len(subjects) - 1
    return dict(zip(reversed(subjects), range(last, -1, -1), strict=True))


def _shape_of(rows: Sequence[Row]) -> _Shape:
    places: defaultdict[str, list[int]] = defaultdict(list)
    further = []
    for at, (subject, predicate, value, _) in enumerate(rows):
        if subject.startswith(_EVIDENCE) or predicate in (_CITES, _SAYS):
            places[predicate].append(at)
        elif value.startswith('"') and "^^" not in value[value.rindex('"') :] and _is_read(subject, predicate, value):
            further.append(at)
    return _Shape(places[_CITES], places[_SAYS], places[_TEXT], places[_HEADING], places[_PLACE], further, {})


def _is_read(subject: Text, predicate: Text, value: Text) -> bool:
    """Return whether a statement that rows bring is read for the records of what they are about."""
    if predicate == TYPE:
        return value in kinds_of_classes()
    if subject.startswith((_EVIDENCE, _INFERENCE)):
        return False
    return predicate in (_OF_CLAIMS if subject.startswith(_CLAIM) else _READ) or predicate in kinds_of_ties()


def _places(fragments: Iterable[Text]) -> tuple[list[str], list[str]]:
    """Return the number of the row of each cell, and the cell without it."""
    starts = [str(start_of(_words(fragment))) for fragment in fragments]
    return starts, [fragment.replace(start, "", 1) for fragment, start in zip(fragments, starts, strict=True)]


def _counted(template: Mapping[str, Any]) -> _Counted:
    """Return what is counted of a template, with formats in the place of texts with slots."""
    sources = [claim["source"] for claim in template["claims"]]

    def sources_of(record: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(sorted({sources[claim] for claim in record["claims"]}))

    entities = [
        (
            _format(entity["id"]),
            entity["kind"],
            entity.get("status", ""),
            _format(entity.get("earliest", "")),
            _format(entity.get("latest", "")),
            [*map(_format, (*entity.get("topics", ()), *map(quoted, entity.get("topicsAsWritten", ()))))],
            [*map(_format, (*entity.get("places", ()), *map(quoted, entity.get("placesAsWritten", ()))))],
            sources_of(entity),
        )
        for entity in template["entities"]
    ]
    ties = [
        (
            _format(tie["from"]),
            _format(tie["to"]),
            (
                tie["kind"],
                tie["certainty"],
                tuple(tie.get("roles", ())),
                tie.get("attendance", ""),
                sources_of(tie),
                office_of(tie),
            ),
        )
        for tie in template["ties"]
    ]
    return _Counted(entities, ties)


def _format(text: str) -> str:
    return _MARK.sub(lambda match: f"{{{match[1]}}}", text.replace("{", "{{").replace("}", "}}"))


def _unescaped(text: str) -> str:
    """Return words of which a slot was filled as N-Quads writes it."""
    return quoted(json.loads(f'"{text[1:]}"')) if "\\" in text else text


def _renumbered(value: Any, places: Mapping[int, int]) -> Any:
    if isinstance(value, str):
        return _MARK.sub(lambda match: f"\x01{places[int(match[1])]}\x02", value)
    if isinstance(value, dict):
        return {key: _renumbered(each, places) for key, each in value.items()}
    if isinstance(value, list):
        return [_renumbered(each, places) for each in value]
    return value


def _agents(groups: Iterable[Group]) -> dict[str, list[tuple[str, str]]]:
    """Return what is stated of those whom groups name."""
    classes = kinds_of_classes()
    agents: defaultdict[Text, dict[tuple[str, str], None]] = defaultdict(dict)
    others: defaultdict[Text, list[Text]] = defaultdict(list)
    seen = set[int]()
    for group in groups:
        for rows in group.actors:
            # One list for all rows that name somebody.
            if id(rows) in seen:
                continue
            seen.add(id(rows))
            for subject, predicate, value, _ in rows:
                if predicate == TYPE:
                    if value in classes:
                        agents[subject]["kind", value] = None
                elif predicate == ALSO:
                    others[subject].append(value)
                else:
                    for detail in _DETAIL.get(predicate, ()):
                        agents[subject][detail, value] = None
    for subject, names in others.items():
        # A name that repeats a label is left out, as ``without_repeated_names`` does.
        labels = {name_in(subject, value) for detail, value in agents[subject] if detail == "label"}
        agents[subject] |= {("also", name): None for name in names if name_in(subject, name) not in labels}
    return {_short(subject): [*facts] for subject, facts in agents.items()}


def _short(text: Text) -> str:
    return short_name(NamedNode(text[1:-1]))


def _words(literal: Text) -> str:
    words: str = json.loads(literal[: literal.rindex('"') + 1])
    return words
