"""Records of a component: what the interactive page is given of pages that speak of the same events.

They are the records of a part, as a partition of a register has them (``part_records.py``): one row, whose template has
no slots, and whose claims have their passages as they stand in chunks (``chunks.py``) in the place of cells. People and
bodies are not among its entities, since other components name them too: only what proves them is.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from graph.explorer.data.chunks import encoded_passage
from graph.explorer.data.columns import counted_entity, counted_tie
from graph.explorer.data.part_records import OF_CLAIMS, Cited, PartRecords, deflate_rows, encode_part, json_text
from graph.explorer.data.payload import build_records
from graph.explorer.data.queries import Details, details_of_lines, is_looked_up, is_of_component
from graph.explorer.data.records import Claim, Entity, Label, Passage, Records
from graph.explorer.data.summary import open_statuses
from graph.model.iris import BASE
from graph.query.counts import Counts, count_entities
from graph.query.stores import connect_lines

# Who can be in several components: the look-ups of the main files give them.
SHARED = ("person", "body")


class ComponentRecords(NamedTuple):
    """The records of a component, encoded, and how many there are of what in it but for people and bodies."""

    page: bytes
    counts: Counts


def component_records(
    lines: Sequence[str], vocabulary: Mapping[str, Details], texts: Callable[[str], str | None]
) -> ComponentRecords:
    """Return the records of a component of which these are the sorted N-Quads lines, with what is concluded.

    ``vocabulary`` are the details of the ontology, ``texts`` returns the text of a source by its id, or None.
    """
    run = connect_lines(filter(is_looked_up, lines))
    records = build_records(run, texts, {**vocabulary, **details_of_lines(lines, BASE)})
    counts = count_entities(run)._replace(people=0, bodies=0)
    return ComponentRecords(encode_part(_part(records)), counts)


def _part(records: Records) -> PartRecords:
    claims, every = records["claims"], records["entities"]
    own = [entity for entity in every if entity["kind"] not in SHARED]
    shared = [entity for entity in every if entity["kind"] in SHARED]
    number = {name: place for place, name in enumerate(claims)}

    def numbered(record: Mapping[str, Any]) -> dict[str, Any]:
        without = {key: value for key, value in record.items() if key != "iri"}
        return without | {"claims": [number[name] for name in record["claims"]]}

    template = {
        "entities": [*map(numbered, own)],
        "more": [
            {"id": entity["id"], "claims": [number[str(name)] for name in entity["claims"]]}
            for entity in shared
            if entity["claims"]
        ],
        "ties": [*map(numbered, records["ties"])],
        "claims": [_claim(name, claim, records) for name, claim in claims.items()],
        "cells": [],
        "places": [],
        "slots": 0,
        "rows": 0,
    }
    drawn = {entity["id"] for entity in own} | {tie["id"] for tie in records["ties"]}
    return PartRecords(
        entities=[counted_entity(entity, claims) for entity in own],
        ties=[counted_tie(tie, claims) for tie in records["ties"]],
        agents={},
        chunks=[deflate_rows([json_text(template)], ["[0]"])] if own or claims else [],
        entity_ids=[[entity["id"] for entity in own]] if own or claims else [],
        claims=[len(claims)] if own or claims else [],
        open=sorted(open_statuses(own)),
        cited={entity["id"]: _cited(entity, claims) for entity in shared if entity["claims"]},
        words=_words(records, drawn),
    )


def _claim(name: str, claim: Claim, records: Records) -> dict[str, Any]:
    source = claim["source"]
    text = records["sources"][source]["text"] if source in records["sources"] else None

    def encoded(passages: Sequence[Passage]) -> list[list[Any]]:
        return [encoded_passage(passage, text) for passage in passages]

    return {
        "id": name,
        "source": source,
        "keyEvidence": encoded(claim["keyEvidence"]),
        "context": encoded(claim["context"]),
    }


def _cited(entity: Entity, claims: Mapping[str, Claim]) -> Cited:
    """Return what claims of a component add to somebody who is recorded elsewhere."""
    cited: Cited = {"sources": sorted({claims[str(name)]["source"] for name in entity["claims"]})}
    for key in OF_CLAIMS:
        if key in entity:
            cited[key] = entity[key]
    return cited


def _words(records: Records, drawn: set[str]) -> dict[str, Label]:
    """Return what things are called that are named and not drawn, as far as no look-up of the main files gives it."""
    return {
        name: word["label"] for name, word in records["words"].items() if name not in drawn and is_of_component(name)
    }
