"""The network: actors and events in a networkx graph, an edge wherever somebody was, or may have been, at an event.

A node of an actor has ``kind`` person, body, group, or office (of which nobody named the holder); a node of an event
has ``kind`` event and ``earliest`` and ``latest``, days as text, empty where they are open. Every node has ``iri``,
``label`` (nb) and ``label_en``.

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
from pathlib import Path
from typing import Any

import networkx
from pyoxigraph import Literal, NamedNode

from graph.model.labels import CERTAIN, INTERFACE_LANGUAGES, POSSIBLE, Label, best_label, interface_language
from graph.query.results import QueryFn, Table, expect_table
from graph.rdf.terms import iri, local_name_of

LOOKUPS = Path(__file__).parent / "lookups"
ORGANISER = "organiser"
# Later than every day: the last possible day of an event without one.
NO_END = "9999-12-31"
EVENT, GROUP, OFFICE = "event", "group", "office"
# Actors whom nobody named: a page says only which group or which office it was.
UNNAMED = (GROUP, OFFICE)
KINDS = {
    iri("foaf:Person").value: "person",
    iri("org:Organization").value: "body",
    iri("foaf:Group").value: GROUP,
    iri("org:Post").value: OFFICE,
    iri("mg:SingleEvent").value: EVENT,
}
Network = Any  # networkx.Graph, which has no types


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """The kind and the label of a node: an event, a person, a body, or a group or an office that nobody named."""

    kind: str
    label: Label


@dataclass(frozen=True, slots=True, order=True)
class Participation:
    """An actor's participation in an event that was held.

    ``certainty`` is None where the actor was not there but organised it.
    """

    actor: str
    event: str
    iri: str
    certainty: str | None
    roles: tuple[str, ...]
    holder_of: str = ""
    earliest: str = ""
    latest: str = ""


def participations(run: QueryFn) -> list[Participation]:
    """Return who had which part in which event that was held, in the order of the IRIs of the participations.

    ``run`` is what ``graph.connect`` returns.
    """
    return read_participations(expect_table(run((LOOKUPS / "participations.rq").read_text(encoding="utf-8"))))


def presence_network(run: QueryFn, *, groups: bool = False, lang: str = "nb") -> Network:
    """Return the network (networkx.Graph) of what ``run`` queries; ``groups`` adds actors that nobody named.

    ``label`` and ``label_en`` are for readers of nb and of en; whichever is the nearer is for a reader of ``lang``.
    """
    nodes = read_nodes(expect_table(run((LOOKUPS / "nodes.rq").read_text(encoding="utf-8"))), lang)
    return build_network(
        [each for each in participations(run) if groups or nodes[each.actor].kind not in UNNAMED], nodes
    )


def build_network(parts: Iterable[Participation], nodes: Mapping[str, NodeInfo]) -> Network:
    """Return the network of these participations."""
    graph = networkx.Graph()
    ordered = sorted(parts)
    bounds = {each.event: {"earliest": each.earliest, "latest": each.latest} for each in ordered}
    for node in sorted(bounds.keys() | {each.actor for each in ordered}):
        info = nodes[node]
        labels = {"label": info.label.nb, "label_en": info.label.en or info.label.nb}
        graph.add_node(node, iri=node, **labels, kind=info.kind, **bounds.get(node, {}))
    for (actor, event), same in groupby(ordered, key=lambda each: (each.actor, each.event)):
        graph.add_edge(actor, event, **_edge(list(same)))
    return graph


def events_of(graph: Network) -> list[str]:
    """Return the events of a network, in the order of their IRIs."""
    return [node for node, kind in graph.nodes(data="kind") if kind == EVENT]


def _edge(parts: list[Participation]) -> dict[str, str | bool]:
    """Return the attributes of an edge: an organiser can besides be a candidate for having been there."""
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


def read_participations(table: Table) -> list[Participation]:
    """Return the participations of ``lookups/participations.rq``, which has a row for each role, claim and office."""
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table.rows:
        cells = {column: cell.value for column, cell in zip(table.columns, row, strict=True) if cell is not None}
        rows[cells["part"]].append(cells)
    return [_participation(part, rows[part]) for part in sorted(rows)]


def _participation(part: str, rows: list[dict[str, str]]) -> Participation:
    first = rows[0]
    presences = {row["presence"] for row in rows}
    held = {(row["claim"], row.get("office")) for row in rows if "claim" in row}
    return Participation(
        event=first["event"],
        actor=first["actor"],
        iri=part,
        certainty=next((each for each in (CERTAIN, POSSIBLE) if each in presences), None),
        roles=tuple(sorted({local_name_of(NamedNode(row["role"])) for row in rows if "role" in row})),
        holder_of=" ".join(sorted(f"{claim} {office}" for claim, office in held)) if all(o for _, o in held) else "",
        earliest=first.get("earliest", ""),
        latest=first.get("latest", ""),
    )


def read_nodes(table: Table, lang: str = "nb") -> dict[str, NodeInfo]:
    """Return the nodes of ``lookups/nodes.rq``, which has a row for each name, with names for a reader of ``lang``."""
    languages = {each: lang if interface_language(lang) == each else each for each in INTERFACE_LANGUAGES}
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for node, kind, label in sorted(table.rows, key=str):
        if node is not None and kind is not None and isinstance(label, Literal):
            kinds[node.value] = KINDS[kind.value]
            names[node.value][label.language or ""] = label.value
    return {
        node: NodeInfo(
            kinds[node], Label(**{each: best_label(by_language, language) for each, language in languages.items()})
        )
        for node, by_language in names.items()
    }
