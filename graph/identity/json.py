"""Candidates as JSON for programs; docs/identity.md describes the form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.identity.candidates import Candidate, Cluster
from graph.identity.evidence import full_iri
from graph.identity.reasons import Reason
from graph.identity.things import Thing
from graph.query.passages import Passage
from graph.query.row_words import row_line, row_place

Evidence = Mapping[str, Sequence[Passage]]


def to_json(
    clusters: Sequence[Cluster],
    evidence: Evidence,
    prefixes: Mapping[str, str],
    counts: Mapping[str, int | float],
) -> str:
    """Return clusters as one JSON object, with ``counts`` of what was compared and proposed in all."""
    document = {**counts, "clusters": [_cluster(each, evidence, prefixes) for each in clusters]}
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


def _cluster(cluster: Cluster, evidence: Evidence, prefixes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "score": cluster.score,
        "things": [_thing(each, evidence.get(each.id, ()), prefixes) for each in cluster.things],
        "candidates": [candidate_members(each) for each in cluster.candidates],
    }


def _thing(thing: Thing, passages: Sequence[Passage], prefixes: Mapping[str, str]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": thing.id,
        "iri": full_iri(thing.id, prefixes),
        "kind": thing.kind,
        "names": thing.names,
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in sorted(thing.identifiers)],
        "sources": thing.sources,
    }
    if thing.kind == "event":
        described |= {
            "earliest": thing.days[0] or None,
            "latest": thing.days[1] or None,
            "status": thing.status.rpartition(":")[2] or None,
            "places": sorted(thing.places),
            "organisers": [{"id": id, "name": name} for id, name in thing.organisers],
            "participants": [{"id": id, "name": name} for id, name in thing.participants],
        }
    if thing.offices:
        described["offices"] = [
            {"id": each.id, "name": each.name, "first": each.first or None, "last": each.last or None}
            for each in thing.offices
        ]
    return described | {"evidence": [_passage(each) for each in passages]}


def _passage(passage: Passage) -> dict[str, Any]:
    row = passage.row
    return {
        "text": row_line(row, "en") if row else passage.text,
        "position": row_place(row) if row else passage.position,
        "source": passage.source,
        "url": passage.url,
    }


def candidate_members(candidate: Candidate) -> dict[str, Any]:
    """Return a pair as members of JSON: its ids, its score, what was decided, and what speaks for and against."""
    return {
        "a": candidate.a.id,
        "b": candidate.b.id,
        "score": candidate.score.value,
        "proof": candidate.score.proof,
        "verdict": candidate.verdict,
        "speaks_for": [_reason(each) for each in candidate.score.speaks_for],
        "speaks_against": [_reason(each) for each in candidate.score.speaks_against],
    }


def _reason(each: Reason) -> dict[str, str | None]:
    return {"key": each.key, "nb": each.label.nb, "en": each.label.en}
