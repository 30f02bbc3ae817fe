"""Write people, organisations, offices, terms, areas and events as Popolo JSON (popoloproject.com).

A date has the precision that is known (2014, 2014-10, 2014-10-14). The attendees of an event are the people whom a page
lists as present at an event that was held; Popolo has no term for anybody else's part, which is left out and counted.
"""

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode

from graph.model.labels import CERTAIN, POSSIBLE
from graph.publish.formats import Export, count_left_out
from graph.publish.graph_index import GraphIndex
from graph.publish.meetings import (
    HELD,
    ONLY_NAMED,
    PRESENT,
    Event,
    Part,
    quotes_of,
    read_events,
    read_parts,
    sources_of,
    term_dates,
)
from graph.rdf.terms import local_name_of

Json = dict[str, Any]
# The register of the numbers of Norwegian organisations, as org-id.guide calls it.
_ORGANISATION_NUMBER = "NO-BRC"


def to_popolo(rows: Iterable[str], lang: str) -> Export:
    """Return the entities of N-Quads lines as one Popolo document, in the order of their IRIs."""
    index = GraphIndex(rows, lang)
    events, parts = read_events(index), read_parts(index)
    people = set(index.instances("foaf:Person"))
    attendances: dict[NamedNode, list[Part]] = {}
    for part in parts:
        if part.attendance == PRESENT and part.certainty == CERTAIN and part.agent in people:
            attendances.setdefault(part.event, []).append(part)
    document = {
        "persons": [_person(index, each) for each in index.instances("foaf:Person")],
        "organizations": [_organization(index, each) for each in index.instances("org:Organization")],
        "posts": [_post(index, each) for each in index.instances("org:Post")],
        "memberships": [*_terms(index), *_parties(index)],
        "areas": [_area(index, each) for each in index.instances("cv:AdminUnit")],
        "events": [_event(index, event, attendances.get(event.iri, [])) for event in events],
    }
    data = json.dumps(document, ensure_ascii=False, indent=1)
    return Export(f"{data}\n".encode(), _left_out(index, events, parts, document))


def _left_out(index: GraphIndex, events: list[Event], parts: list[Part], document: Json) -> tuple[str, ...]:
    attendees = sum(len(event.get("attendees", ())) for event in document["events"])
    possible = sum(part.certainty == POSSIBLE for part in parts)
    several = sum(len(_organisers(index, event)) > 1 for event in events)
    undated = sum(event.span == (None, None) for event in events)
    named = sum(event.only_named for event in events)
    return count_left_out(
        (
            (possible, "candidate", "left out: Popolo has no term for who may have been there"),
            (
                len(parts) - possible - attendees,
                "part",
                "left out: planned, or of a body or a group, or the person was not listed as present",
            ),
            (several, "event", "written without an organizer: Popolo has room for one, and here are several"),
            (named, "event", ONLY_NAMED),
            (undated, "event", "written without a date: not even the year is certain, or it was postponed"),
        )
    )


def _person(index: GraphIndex, person: NamedNode) -> Json:
    return _filled(id=person.value, name=index.label(person), **_other_names(index, person), **_wikidata(index, person))


def _organization(index: GraphIndex, body: NamedNode) -> Json:
    numbers = [{"scheme": _ORGANISATION_NUMBER, "identifier": each} for each in index.texts(body, "org:identifier")]
    wikidata = _wikidata(index, body)
    parents = index.entities(body, "org:unitOf", "org:subOrganizationOf")
    areas = index.entities(body, "dct:spatial")
    return _filled(
        id=body.value,
        name=index.label(body),
        **_other_names(index, body),
        identifiers=[*numbers, *wikidata.get("identifiers", ())],
        classification=_joined(index.label(each) for each in index.entities(body, "org:classification")),
        parent_id=parents[0].value if len(parents) == 1 else None,
        area_id=areas[0].value if len(areas) == 1 else None,
        founding_date=index.one(body, "schema:foundingDate"),
        dissolution_date=index.one(body, "schema:dissolutionDate"),
        links=wikidata.get("links"),
    )


def _other_names(index: GraphIndex, entity: NamedNode) -> Json:
    return {"other_names": [{"name": name} for name in index.other_names(entity)]}


def _wikidata(index: GraphIndex, entity: NamedNode) -> Json:
    items = [each for each in index.entities(entity, "schema:sameAs") if "wikidata.org/entity/" in each.value]
    return {
        "identifiers": [{"scheme": "wikidata", "identifier": local_name_of(each)} for each in items],
        "links": [{"url": each.value, "note": "Wikidata"} for each in items],
    }


def _post(index: GraphIndex, post: NamedNode) -> Json:
    bodies = index.entities(post, "org:postIn")
    return _filled(
        id=post.value,
        label=index.label(post),
        other_label=index.other_names(post),
        organization_id=bodies[0].value if len(bodies) == 1 else None,
    )


def _terms(index: GraphIndex) -> Iterable[Json]:
    """Yield who held which office, and when as far as it is known."""
    for term in index.instances("org:Membership"):
        members, posts = index.entities(term, "org:member"), index.entities(term, "org:role")
        bodies = index.entities(term, "org:organization")
        begin, end = term_dates(index, term)
        yield _filled(
            id=term.value,
            label=index.label(term),
            person_id=members[0].value if members else None,
            organization_id=bodies[0].value if bodies else None,
            post_id=posts[0].value if posts else None,
            start_date=begin,
            end_date=end,
        )


def _parties(index: GraphIndex) -> Iterable[Json]:
    """Yield of whom it is recorded, without days, that they were members of a body."""
    for person in index.instances("foaf:Person"):
        for body in index.entities(person, "org:memberOf"):
            yield {
                "id": f"{person.value}#member-{local_name_of(body)}",
                "person_id": person.value,
                "organization_id": body.value,
            }


def _area(index: GraphIndex, area: NamedNode) -> Json:
    parents = index.entities(area, "schema:containedInPlace")
    return _filled(
        id=area.value,
        name=index.label(area),
        identifier=index.one(area, "dct:identifier"),
        # The folder of the IRI: kommune or fylke.
        classification=area.value.rsplit("/", 2)[-2],
        parent_id=parents[0].value if len(parents) == 1 else None,
    )


def _event(index: GraphIndex, event: Event, present: list[Part]) -> Json:
    begin, end = event.span
    organisers = _organisers(index, event)
    counted = present if event.status == HELD and not event.is_series else []
    sources = [
        _filled(url=each.url, note=" ".join(quotes_of(index, event.iri, each.iri)) or each.title)
        for each in sources_of(index, event.iri)
        if each.url
    ]
    return _filled(
        id=event.iri.value,
        name=event.label,
        start_date=begin,
        end_date=end,
        location=event.location,
        status=event.status,
        classification=_joined(event.kinds),
        organization_id=organisers[0].value if len(organisers) == 1 else None,
        attendees=[{"id": part.agent.value, "name": index.label(part.agent)} for part in counted],
        parent_id=event.series[0].value if len(event.series) == 1 else None,
        sources=sources,
    )


def _organisers(index: GraphIndex, event: Event) -> list[NamedNode]:
    return [each for each in event.organisers if index.is_a(each, "org:Organization")]


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


def _filled(**values: object) -> Json:
    """Return the values that there are."""
    return {name: value for name, value in values.items() if value}
