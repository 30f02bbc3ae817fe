"""Templates of the records of a part: one for all events of which alike is stated (``part_records.py``).

A template is made as the records of a whole graph are, from the statements about one such event, in which signs that
stand for slots are put in the place of what differs.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from graph.explorer.data.part_records import ROW, mark
from graph.explorer.data.payload import Proof, make_entity, make_participation, make_relation
from graph.explorer.data.queries import Details, details_of_lines, kinds_of_classes, kinds_of_ties
from graph.model.iris import BASE
from graph.model.sources import CellSelector, PointerSelector, parse_fragment
from graph.rdf.terms import iri, short_name

_SIGN = re.compile(r"zzslot(\d+)zz")
TYPE = str(iri("rdf:type"))
_EVENT = str(iri("mg:event"))
_ENDS = frozenset(str(iri(name)) for name in ("mg:agent", "mg:candidate"))
_MEMBERSHIP = "membership:"


def sign(slot: int) -> str:
    """Return what stands for a slot in statements: letters that an IRI may have."""
    return f"zzslot{slot}zz"


class CitedCell(NamedTuple):
    """A cell as statements have it: its fragment, its heading, and the number of its row among those cited."""

    fragment: str
    heading: str
    row: int


def make_template(
    lines: Sequence[str],
    cells: Sequence[CitedCell],
    cited: Mapping[str, tuple[str, list[int], list[int]]],
    slots: int,
    agents: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the template of an event of which these N-Quads lines are stated and concluded, with signs for slots.

    ``cited`` has for each claim (short name, with signs) its source, and the numbers of the cells that say it, and of
    those that it leans on. ``agents`` are IRIs of those who are recorded elsewhere.
    """
    details = details_of_lines(lines, BASE)
    claims = {name: number for number, name in enumerate(cited)}
    memberships = {name for facts in details.values() for name in facts.derived_from if name.startswith(_MEMBERSHIP)}
    proof = Proof(claims.keys(), memberships)
    stated = [line.split(" ", 3)[:3] for line in lines]
    classes = kinds_of_classes()
    kinds: dict[str, str] = {}
    for subject, predicate, value in reversed(stated):
        if predicate == TYPE and value in classes and subject not in agents:
            kinds[subject] = classes[value]
    entities = [make_entity(_name(thing), kind, details, proof) for thing, kind in sorted(kinds.items())]
    recorded = {entity["id"] for entity in entities}
    more = [
        {"id": name, "claims": proof.of(facts.derived_from)[0]}
        for name, facts in sorted(details.items())
        if name not in recorded and f"<{facts.iri}>" in agents and facts.derived_from
    ]
    ties = _ties(stated, details, proof)
    places: dict[tuple[tuple[str, str], ...], int] = {}
    located = []
    for cell in cells:
        column, place = _place(cell.fragment)
        located.append([cell.row, column, places.setdefault(tuple(place.items()), len(places)), cell.heading])
    template: dict[str, Any] = {
        "entities": [_without_iri(entity) for entity in entities],
        "more": more,
        "ties": [_without_iri(tie) for tie in ties],
        "claims": [
            {"id": name, "source": source, "keyEvidence": says, "context": leans}
            for name, (source, says, leans) in cited.items()
        ],
        "cells": located,
        "places": [dict(place) for place in places],
        "slots": slots,
        "rows": len({cell.row for cell in cells}),
    }
    for record in (*template["entities"], *more, *template["ties"]):
        record["claims"] = [claims[name] for name in record["claims"]]
    marked: dict[str, Any] = _marked(template)
    return marked


def _name(text: str) -> str:
    """Return the short name of an IRI as N-Quads writes it."""
    return short_name(NamedNode(text[1:-1]))


def _without_iri(record: Any) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "iri"}


def _ties(stated: Iterable[Sequence[str]], details: Mapping[str, Details], proof: Proof) -> list[Any]:
    """Return the ties among statements: parts in an event, and plain statements that join two things."""
    terms = kinds_of_ties()
    parts: dict[str, str] = {}
    ends: defaultdict[str, dict[str, str]] = defaultdict(dict)
    ties: dict[str, Any] = {}
    for subject, predicate, value in stated:
        if predicate == TYPE and value in terms:
            parts[subject] = terms[value]
        elif predicate in _ENDS:
            ends[subject]["from"] = value
        elif predicate == _EVENT:
            ends[subject]["to"] = value
        elif predicate in terms:
            kind, first, last = terms[predicate], _name(subject), _name(value)
            teller = details.get(last if kind == "audience" else first) or Details()
            proving = [] if kind == "series" else teller.derived_from
            tie = make_relation(kind, (first, last), proving, proof)
            ties[tie["id"]] = tie
    for part, kind in parts.items():
        name = _name(part)
        both = _name(ends[part]["from"]), _name(ends[part]["to"])
        ties[name] = make_participation(name, kind, both, details.get(name) or Details(), proof)
    return [ties[name] for name in sorted(ties)]


def _place(fragment: str) -> tuple[int, dict[str, str]]:
    """Return the column of a cell and its place in words, without the number of its row."""
    selector = parse_fragment("", fragment)
    assert isinstance(selector, CellSelector | PointerSelector)
    _, start, end = selector.order
    labels = {}
    for tag, label in selector.row_label.by_language.items():
        head, _, tail = label.rpartition(str(start))
        labels[tag] = f"{head}{ROW}{tail}" if head or tail else label
    return end, labels


def start_of(fragment: str) -> int:
    """Return the number of the row of a cell."""
    selector = parse_fragment("", fragment)
    assert isinstance(selector, CellSelector | PointerSelector)
    return selector.order[1]


def _marked(value: Any) -> Any:
    """Return a part of a template with marks in the place of signs."""
    if isinstance(value, str):
        return _SIGN.sub(lambda match: mark(int(match[1])), value)
    if isinstance(value, dict):
        return {key: _marked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [*map(_marked, value)]
    return value
