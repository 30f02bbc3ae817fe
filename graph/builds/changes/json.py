"""What changed as JSON, with every word in Norwegian and English, and back again."""

import json
from collections.abc import Mapping
from typing import Any

from graph.builds.changes.records import GROUPS, Changes, Fact, Group, Item, Quote, Side
from graph.builds.diff import Counts
from graph.model.labels import Label

# Raised when the form changes so that a reader of the one before would misread it.
FORM = "motegraf-changes/1"


def to_json(changes: Changes) -> bytes:
    """Return the changes as a JSON document in UTF-8."""
    record = {
        "form": FORM,
        "before": changes.before._asdict(),
        "after": changes.after._asdict(),
        "statements": changes.statements._asdict(),
        "groups": {name: _group(name, group) for name, group in changes.groups.items()},
        "supporting": {kind: counts._asdict() for kind, counts in changes.supporting.items()},
    }
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def from_json(data: bytes) -> Changes:
    """Return the changes that a document states. Raise ValueError where it is of another form."""
    try:
        record = json.loads(data)
        if record["form"] != FORM:
            raise ValueError(f"the form is {record['form']!r}, not {FORM!r}")
        return Changes(
            Side(**record["before"]),
            Side(**record["after"]),
            Counts(**record["statements"]),
            {name: _read_group(group) for name, group in record["groups"].items()},
            {kind: Counts(**counts) for kind, counts in record["supporting"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no record of changes: {error!r}") from error


def _group(name: str, group: Group) -> dict[str, Any]:
    return {
        "label": GROUPS[name]._asdict(),
        "counts": dict(group.counts),
        "items": [_item(item) for item in group.items],
    }


def _item(item: Item) -> dict[str, Any]:
    facts = [
        _tidy(
            fact._asdict()
            | {name: _label(getattr(fact, name)) for name in ("label", "before", "after")}
            | {name: _quotes(getattr(fact, name)) for name in ("proof_before", "proof_after")}
        )
        for fact in item.facts
    ]
    words = {name: _label(getattr(item, name)) for name in ("before", "after")}
    proofs = {name: _quotes(getattr(item, name)) for name in ("proof_before", "proof_after")}
    return _tidy({"change": item.change} | item._asdict() | words | proofs | {"facts": facts})


def _tidy(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without what is empty."""
    return {name: value for name, value in record.items() if value not in (None, "", [], (), 0)}


def _label(label: Label | None) -> dict[str, str | None] | None:
    return None if label is None else label._asdict()


def _quotes(quotes: tuple[Quote, ...]) -> list[dict[str, str]]:
    return [quote._asdict() for quote in quotes]


def _read_group(record: Mapping[str, Any]) -> Group:
    return Group(tuple(_read_item(item) for item in record["items"]), record["counts"])


def _read_item(record: Mapping[str, Any]) -> Item:
    facts = tuple(Fact(**{"before": None, "after": None} | _read_words(fact)) for fact in record.get("facts", ()))
    words = _read_words(record) | {"facts": facts}
    return Item(**{"before": None, "after": None} | {name: words[name] for name in Item._fields if name in words})


def _read_words(record: Mapping[str, Any]) -> dict[str, Any]:
    labels = {name: Label(**record[name]) for name in ("label", "before", "after") if name in record}
    proofs = {
        name: tuple(Quote(**quote) for quote in record[name])
        for name in ("proof_before", "proof_after")
        if name in record
    }
    return dict(record) | labels | proofs
