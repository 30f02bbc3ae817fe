"""Write people, bodies, offices and events as entities of FollowTheMoney (followthemoney.tech), one a line of JSON.

Whoever had a part for certain is linked to the event by an ``UnknownLink`` with the role, the sentence and its source,
and is ``involved`` in it only where a page lists them as present. Candidates are no links: a ``Note`` on the event says
who may have been there. Every other part is left out and counted.
"""

import json
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from graph.model.iris import slug
from graph.model.labels import CERTAIN, POSSIBLE, Label, interface_language
from graph.publish.formats import Export, count_left_out
from graph.publish.graph_index import GraphIndex
from graph.publish.meetings import (
    HELD,
    ONLY_NAMED,
    PRESENT,
    Event,
    Part,
    Source,
    quotes_of,
    read_events,
    read_parts,
    read_source,
    sources_of,
    term_dates,
)
from graph.rdf.terms import local_name_of

Properties = dict[str, list[str]]
# Codes of languages as FollowTheMoney has them, which keeps Bokmål and Nynorsk together; others are left out.
_LANGUAGES = {"nb": "nor", "nn": "nor", "no": "nor", "en": "eng", "da": "dan", "sv": "swe", "fi": "fin", "is": "isl"}
# What a note says of candidates: attendance, least number, names.
_OPEN = Label(
    "Kilden lar det stå åpent hvem ({}, minst {} av disse): {}",
    "The source leaves open who ({}, at least {} of these): {}",
)
_OFFICE = Label("i egenskap av {}", "in the capacity of {}")


def to_followthemoney(rows: Iterable[str], base: str, lang: str) -> Export:
    """Return the entities of N-Quads lines as JSON lines, in the order of their ids."""
    writer = _Writer(GraphIndex(rows, lang), base)
    lines = sorted(writer.entities(), key=lambda each: str(each["id"]))
    text = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in lines)
    return Export(text.encode(), writer.left_out())


class _Writer:
    """Entities of one graph. ``agents`` has those that FollowTheMoney has a schema for: people and bodies."""

    def __init__(self, index: GraphIndex, base: str) -> None:
        self.index = index
        self.base = base
        # An id has only letters, digits, dots and hyphens: the address without its marks.
        self.prefix = slug(base.partition("://")[2])
        self.events = {event.iri: event for event in read_events(index)}
        self.parts = [part for part in read_parts(index) if part.event in self.events]
        self.parts_of: dict[NamedNode, list[Part]] = {}
        for part in self.parts:
            self.parts_of.setdefault(part.event, []).append(part)
        self.people = index.instances("foaf:Person")
        self.bodies = index.instances("org:Organization")
        self.agents = {*self.people, *self.bodies}
        self.posts = index.instances("org:Post")

    def id(self, entity: NamedNode, suffix: str = "") -> str:
        """Return the id of an entity: its IRI in letters that an id may have."""
        path = entity.value.removeprefix(self.base).replace("/", ".")
        return f"{self.prefix}.{path}{suffix}"

    def entities(self) -> Iterator[dict[str, object]]:
        """Yield every entity."""
        for person in self.people:
            yield _entity(self.id(person), "Person", self._names(person))
        for body in self.bodies:
            public = self.index.is_a(body, "cv:PublicOrganisation")
            yield _entity(self.id(body), "PublicBody" if public else "Organization", self._body(body))
        for post in self.posts:
            organisations = self.index.entities(post, "org:postIn")
            values = self._names(post) | {"organization": [self.id(each) for each in organisations]}
            yield _entity(self.id(post), "Position", values)
        for source in self.index.instances("mg:Source"):
            yield self._document(read_source(self.index, source))
        yield from self._memberships()
        for event in self.events.values():
            yield self._event(event)
            yield from self._possible(event)
        for part in self.parts:
            if self._is_link(part):
                yield from self._links(part)

    def left_out(self) -> tuple[str, ...]:
        """Return what is left out, and what stands elsewhere than one might look for it."""
        possible = sum(part.certainty == POSSIBLE for part in self.parts)
        linked = sum(map(self._is_link, self.parts))
        groups = self.index.instances("foaf:Group", "schema:Audience")
        undated = sum(event.span == (None, None) for event in self.events.values())
        named = sum(event.only_named for event in self.events.values())
        return count_left_out(
            (
                (possible, "candidate", "in notes on their events, not among those involved"),
                (
                    len(self.parts) - possible - linked,
                    "part",
                    "left out: planned, or the actor was expected, invited, absent or not named",
                ),
                (len(groups), "unnamed group", "left out: FollowTheMoney has people and bodies"),
                (named, "event", ONLY_NAMED),
                (undated, "event", "written without a date: not even the year is certain, or it was postponed"),
            )
        )

    def _is_link(self, part: Part) -> bool:
        """Return whether somebody with a name had a part for certain: was there, or organised it."""
        return part.certainty == CERTAIN and part.agent in self.agents and part.attendance in ("", PRESENT)

    def _names(self, entity: NamedNode) -> Properties:
        same = [local_name_of(each) for each in self.index.entities(entity, "schema:sameAs") if _is_wikidata(each)]
        return {"name": [self.index.label(entity)], "alias": self.index.other_names(entity), "wikidataId": same}

    def _body(self, body: NamedNode) -> Properties:
        index = self.index
        parents = [each for each in index.entities(body, "org:unitOf", "org:subOrganizationOf") if each in self.agents]
        return self._names(body) | {
            "classification": [index.label(each) for each in index.entities(body, "org:classification")],
            "registrationNumber": index.texts(body, "org:identifier"),
            "incorporationDate": index.texts(body, "schema:foundingDate"),
            "dissolutionDate": index.texts(body, "schema:dissolutionDate"),
            "parent": [self.id(parent) for parent in parents],
        }

    def _document(self, source: Source) -> dict[str, object]:
        language = _LANGUAGES.get((source.language or "").partition("-")[0])
        values = {
            # As the text of the source is called in the build (sources.zip).
            "fileName": [f"{local_name_of(source.iri)}.txt"],
            "title": [source.title],
            "sourceUrl": _present(source.url),
            "publisher": _present(source.publisher),
            "publishedAt": _present(source.published),
            "language": _present(language),
        }
        return _entity(self.id(source.iri), "PlainText", values)

    def _memberships(self) -> Iterator[dict[str, object]]:
        """Yield who held which office when, and who is recorded as a member of which body."""
        index = self.index
        for membership in index.instances("org:Membership"):
            members, posts = index.entities(membership, "org:member"), index.entities(membership, "org:role")
            begin, end = term_dates(index, membership)
            # The sources of the registry are told in words.
            described = [membership, *index.entities(membership, "org:memberDuring")]
            words = sorted({text for each in described for text in index.texts(each, "dc:source")})
            dates = {"startDate": _present(begin), "endDate": _present(end), "description": words}
            if members and posts and members[0] in self.agents:
                values = {"holder": [self.id(members[0])], "post": [self.id(posts[0])], **dates}
                yield _entity(self.id(membership), "Occupancy", values)
        for person in self.people:
            for body in index.entities(person, "org:memberOf"):
                if body in self.agents:
                    values = {"member": [self.id(person)], "organization": [self.id(body)]}
                    yield _entity(self.id(person, f".member.{local_name_of(body)}"), "Membership", values)

    def _event(self, event: Event) -> dict[str, object]:
        present = [
            part.agent
            for part in self.parts_of.get(event.iri, ())
            if self._is_link(part) and part.attendance == PRESENT and event.status == HELD
        ]
        begin, end = event.span
        values = {
            "name": [event.label],
            **(
                {"startDate": _present(begin), "endDate": _present(end)} if event.lasting else {"date": _present(begin)}
            ),
            "location": _present(event.location),
            "country": [code.lower() for code in self.index.texts(event.iri, "mg:country")],
            "organizer": [self.id(each) for each in event.organisers if each in self.agents],
            "involved": [] if event.is_series else [self.id(each) for each in present],
            "keywords": [*event.kinds, *_present(event.status_label)],
        }
        return _entity(self.id(event.iri), "Event", values | self._provenance(event.iri))

    def _possible(self, event: Event) -> Iterator[dict[str, object]]:
        """Yield a note for each claim that leaves open which of its candidates it was."""
        sets: dict[NamedNode, list[Part]] = {}
        for part in self.parts_of.get(event.iri, ()):
            if part.certainty == POSSIBLE:
                for claim in part.one_of:
                    sets.setdefault(claim, []).append(part)
        for claim, parts in sets.items():
            least = self.index.one(parts[0].iri, "mg:atLeast") or "1"
            attendance = ", ".join(self.index.label(each) for each in self.index.entities(claim, "mg:attendance"))
            note = getattr(_OPEN, interface_language(self.index.lang)).format(
                attendance, least, "; ".join(self._candidates(claim, parts))
            )
            values = {"description": [note], "entity": [self.id(event.iri)]}
            yield _entity(self.id(claim, ".note"), "Note", values | self._provenance(parts[0].iri))

    def _candidates(self, claim: NamedNode, parts: list[Part]) -> Iterator[str]:
        """Yield the names of all candidates of a claim, also of those that are certain by another one.

        Of an office, the names of those who may have held it stand after it.
        """
        named = self.index.entities(claim, "mg:candidate")
        yield from (self.index.label(agent) for agent in named)
        for office in self.index.entities(claim, "mg:holderOf", "mg:candidateHolderOf"):
            holders = [part.agent for part in parts if office in part.offices and part.agent not in named]
            names = ", ".join(self.index.label(holder) for holder in holders)
            yield f"{self.index.label(office)} ({names})" if names else self.index.label(office)

    def _links(self, part: Part) -> Iterator[dict[str, object]]:
        """Yield the link of an actor to an event, and to those on whose behalf they came."""
        index, event = self.index, self.events[part.event]
        date = {"date": _present(event.date)}
        offices = [
            getattr(_OFFICE, interface_language(index.lang)).format(index.label(office)) for office in part.offices
        ]
        values = {
            "subject": [self.id(part.agent)],
            "object": [self.id(part.event)],
            "role": list(part.roles),
            "description": offices,
            "summary": quotes_of(index, part.iri),
            **date,
            **self._provenance(part.iri),
        }
        yield _entity(self.id(part.iri), "UnknownLink", values)
        for client in part.principals:
            if client in self.agents and client != part.agent:
                values = {"agent": [self.id(part.agent)], "client": [self.id(client)], **date}
                suffix = f".on-behalf-of.{local_name_of(client)}"
                yield _entity(self.id(part.iri, suffix), "Representation", values | self._provenance(part.iri))

    def _provenance(self, entity: NamedNode) -> Properties:
        sources = sources_of(self.index, entity)
        return {
            "sourceUrl": [source.url for source in sources if source.url],
            "publisher": sorted({source.publisher for source in sources if source.publisher}),
            "proof": [self.id(source.iri) for source in sources],
        }


def _entity(id: str, schema: str, properties: Properties) -> dict[str, object]:
    return {"id": id, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}


def _present(value: str | None) -> list[str]:
    return [value] if value else []


def _is_wikidata(entity: NamedNode) -> bool:
    return entity.value.startswith("http://www.wikidata.org/entity/Q")
