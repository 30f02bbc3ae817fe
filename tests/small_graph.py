"""A small graph, made up as the page is given it: for drawings that no page of the corpus asks for."""

from collections.abc import Iterable
from random import Random
from typing import Any, cast

import large_graph

from graph.explorer.data.records import Claim, Entity, Payload, Tie
from graph.explorer.data.summary import summarize
from graph.model.labels import INTERFACE_LANGUAGES, fallback_order
from graph.query.counts import Counts

BASE = "https://example.org/"
LABELS = {
    "role:introducer": "innleder",
    "role:organiser": "arrangør",
    "role:participant": "deltaker",
    "status:held": "avholdt",
    "status:planned": "planlagt",
}
SENTENCE = "Det ble holdt møter."


def event(name: str, label: str, *bounds: str, status: str = "status:held") -> Entity:
    """Return an event; of one bound that day, of none without a time."""
    time = {"earliest": bounds[0], "latest": bounds[-1]} if bounds else {}
    return _entity("event", f"event:{name}", label) | cast(Entity, {"status": status, **time})


def actor(kind: str, name: str, label: str) -> Entity:
    """Return a person, a body or a group."""
    return _entity(kind, f"{ {'body': 'organisation'}.get(kind, kind) }:{name}", label)


def _entity(kind: str, name: str, label: str) -> Entity:
    record = {"id": name, "kind": kind, "iri": f"{BASE}{name.replace(':', '/')}", "label": {"nb": label}}
    return cast(Entity, record | {"claims": [], "memberships": []})


def part(who: Entity, where: Entity, certainty: str = "certain", role: str = "role:participant") -> Tie:
    """Return the part of somebody in an event, certain or possible."""
    kind = "possible" if certainty == "possible" else "part"
    name = (
        f"{ {'part': 'participation'}.get(kind, kind) }:{where['id'].partition(':')[2]}.{who['id'].replace(':', '-')}"
    )
    tie: dict[str, Any] = {"id": name, "iri": f"{BASE}{name.replace(':', '/')}", "kind": kind, "certainty": certainty}
    tie |= {"from": who["id"], "to": where["id"], "roles": [role], "attendance": "attendance:present", "atLeast": "1"}
    return cast(Tie, tie | {"claims": ["claim:s"], "memberships": []})


def page_of(entities: Iterable[Entity], ties: Iterable[Tie]) -> bytes:
    """Return the page of these entities and ties."""
    entities, ties = sorted(entities, key=lambda entity: entity["id"]), list(ties)
    passage = {"start": 0, "end": len(SENTENCE), "words": SENTENCE}
    claim = {"iri": f"{BASE}claim", "source": "source:p", "label": {}, "keyEvidence": [passage], "context": []}
    source = {"iri": f"{BASE}source", "title": "Side", "address": BASE, "basis": {}, "retrieved": ""}
    events = [entity for entity in entities if entity["kind"] == "event"]
    held = sum(each.get("status") == "status:held" for each in events)
    people = sum(entity["kind"] == "person" for entity in entities)
    payload = {
        "entities": entities,
        "ties": ties,
        "claims": {"claim:s": cast(Claim, claim)},
        "sources": {"source:p": source | {"published": ["2014-12-01"] * 2, "language": "nb", "text": SENTENCE}},
        "memberships": {},
        "areas": {},
        "successors": {},
        "words": {name: {"label": {"nb": label}, "iri": f"{BASE}{name}"} for name, label in LABELS.items()},
        "languages": {language: [*fallback_order(language)] for language in INTERFACE_LANGUAGES},
        "summary": summarize(
            entities, ties, Counts(events=len(events), held=held, planned=len(events) - held, people=people)
        ),
        "questions": [],
    }
    return large_graph.page_of(cast(Payload, payload))


def random_page(seed: int) -> bytes:
    """Return the page of a graph of at most 30 events and 40 actors, whose names and times are of all lengths."""
    random = Random(seed)
    names = ("Kari", "Politi", "Bygdeutvalget for trygghet", "Forening for langt navn")
    labels = ("Møte i Oslo", "Konferanse om forebygging i kommunene", "Dialogmøte")
    actors = [
        actor(random.choice(["person", "body", "group"]), f"a{number}", f"{random.choice(names)} {number}")
        for number in range(random.randint(3, 40))
    ]
    events = []
    for number in range(random.randint(4, 30)):
        year, month, day = random.randint(2013, 2015), random.randint(1, 12), random.randint(1, 28)
        first = f"{year}-{month:02}-{day:02}"
        of_month, of_year = (f"{year}-{month:02}-01", f"{year}-{month:02}-28"), (f"{year}-01-01", f"{year}-12-31")
        bounds = random.choice([(first,), (first,), of_month, of_month, of_year, ()])
        status = random.choice(["status:held", "status:planned"])
        events.append(event(f"e{number}", f"{random.choice(labels)} {number}", *bounds, status=status))
    pairs = {(random.choice(range(len(actors))), random.choice(range(len(events)))) for _ in range(3 * len(events))}
    certainties = ["certain", "certain", "possible"]
    roles = [role for role in LABELS if role.startswith("role:")]
    ties = [
        part(actors[who], events[where], random.choice(certainties), random.choice(roles))
        for who, where in sorted(pairs)
    ]
    return page_of([*actors, *events], ties)
