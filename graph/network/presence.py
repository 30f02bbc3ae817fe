"""The network: actors and events in a networkx graph, an edge wherever somebody was, or may have been, at an event.

A node of an actor has ``kind`` person, body or group; a node of an event has ``kind`` event and ``earliest`` and
``latest``, days as text, empty where they are open. Every node has ``iri``, ``label`` (nb) and ``label_en``.

An edge is somebody's part in an event that was held: ``iri`` of the participation (of both, with a space between, where
somebody organised it and may have been there), ``roles``, and

- ``present``: they were there, ``certainty`` certain, or may have been, ``certainty`` possible;
- ``organised``: they organised it, which does not mean that they were there;
- ``holder_of``: they are a candidate only as one who may have held an office then, by whom and for which; two with the
  same text here are one and the same guest, and were not there together.

All attributes are text or true and false, so that GraphML and GEXF hold them. Nodes and edges stand in the order of
their IRIs, whatever the order of the dataset.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import networkx
from pyoxigraph import Literal, NamedNode

from graph.model.labels import CERTAIN, POSSIBLE, Label
from graph.query.questions import LOOKUPS
from graph.query.results import QueryFn, Table, expect_table
from graph.rdf.terms import iri, local_name_of

ORGANISER = "organiser"
# After every day: when an event was at the latest, where nothing says.
OPEN = "9999-12-31"
EVENT, GROUP = "event", "group"
KINDS = {
    iri("foaf:Person").value: "person",
    iri("org:Organization").value: "body",
    iri("foaf:Group").value: GROUP,
    iri("schema:Event").value: EVENT,
}
Network = Any  # networkx.Graph, which has no types


@dataclass(frozen=True, slots=True)
class Thing:
    """An event, a person, a body or a group that nobody named, and what it is called."""

    kind: str
    label: Label


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Somebody's part in an event that was held; ``certainty`` None where they were not there but organised it."""

    actor: str
    event: str
    iri: str
    certainty: str | None
    roles: tuple[str, ...]
    holder_of: str = ""
    earliest: str = ""
    latest: str = ""


def network(run: QueryFn, *, groups: bool = False) -> Network:
    """The network of the graph that ``run`` asks; groups that nobody named are in it where asked for."""
    found = read_parts(expect_table(run((LOOKUPS / "of_presence.rq").read_text(encoding="utf-8"))))
    things = read_things(expect_table(run((LOOKUPS / "of_names.rq").read_text(encoding="utf-8"))))
    return network_of([part for part in found if groups or things[part.actor].kind != GROUP], things)


def network_of(parts: Iterable[Part], things: Mapping[str, Thing]) -> Network:
    """The network of these parts."""
    graph = networkx.Graph()
    ordered = sorted(parts)
    bounds = {part.event: {"earliest": part.earliest, "latest": part.latest} for part in ordered}
    for node in sorted(bounds.keys() | {part.actor for part in ordered}):
        thing = things[node]
        called = {"label": thing.label.nb, "label_en": thing.label.en or thing.label.nb}
        graph.add_node(node, iri=node, **called, kind=thing.kind, **bounds.get(node, {}))
    for (actor, event), same in groupby(ordered, key=lambda part: (part.actor, part.event)):
        graph.add_edge(actor, event, **_edge(list(same)))
    return graph


def events_of(graph: Network) -> list[str]:
    """The events of a network, in the order of their IRIs."""
    return [node for node, kind in graph.nodes(data="kind") if kind == EVENT]


def _edge(parts: list[Part]) -> dict[str, str | bool]:
    """The attributes of an edge: who organised an event may besides be a candidate for having been there."""
    present = sorted((part for part in parts if part.certainty), key=lambda part: part.certainty != CERTAIN)
    roles = {role for part in parts for role in part.roles}
    return {
        "iri": " ".join(part.iri for part in parts),
        "present": bool(present),
        "certainty": (present or parts)[0].certainty or CERTAIN,
        "organised": any(ORGANISER in part.roles and part.certainty != POSSIBLE for part in parts),
        "roles": " ".join(sorted(roles)),
        "holder_of": present[0].holder_of if present else "",
    }


def read_parts(table: Table) -> list[Part]:
    """The parts that ``of_presence.rq`` finds, a row for each role, claim and office -> one for each participation."""
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table.rows:
        cells = {column: cell.value for column, cell in zip(table.columns, row, strict=True) if cell is not None}
        rows[cells["part"]].append(cells)
    return [_part(part, rows[part]) for part in sorted(rows)]


def _part(part: str, rows: list[dict[str, str]]) -> Part:
    said = rows[0]
    presences = {row["presence"] for row in rows}
    held = {(row["claim"], row.get("office")) for row in rows if "claim" in row}
    return Part(
        event=said["event"],
        actor=said["actor"],
        iri=part,
        certainty=next((each for each in (CERTAIN, POSSIBLE) if each in presences), None),
        roles=tuple(sorted({local_name_of(NamedNode(row["role"])) for row in rows if "role" in row})),
        holder_of=" ".join(sorted(f"{claim} {office}" for claim, office in held)) if all(o for _, o in held) else "",
        earliest=said.get("earliest", ""),
        latest=said.get("latest", ""),
    )


def read_things(table: Table) -> dict[str, Thing]:
    """The things that ``of_names.rq`` finds, a row for each name."""
    called: defaultdict[str, dict[str, str]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for thing, kind, label in sorted(table.rows, key=str):
        if thing is not None and kind is not None and isinstance(label, Literal) and label.language:
            kinds[thing.value] = KINDS[kind.value]
            called[thing.value][label.language] = label.value
    return {thing: Thing(kinds[thing], _label(names)) for thing, names in called.items()}


def _label(names: dict[str, str]) -> Label:
    """The Norwegian name and the English one; of a thing without the first, whichever it has."""
    return Label(names.get("nb") or min(names.values()), names.get("en"))
