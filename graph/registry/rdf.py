"""Write the part of the registry that claims mention as quads in ``graph:registry``.

A claim about Stavanger kommune brings its area, its county, its police district, and their successors, but no
other municipality. ``area_statements`` yields all areas.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from graph.model.edtf import Bounds
from graph.model.iris import instant_names, local_name, slug
from graph.model.labels import Label
from graph.rdf.statements import Object, Statement, label_pairs, statements_about, to_quads
from graph.rdf.terms import calendar_literal, compact, date_literal, iri, lang_literal
from graph.registry.records import Area, Change, Conflict, Holding, Organisation, Person, Post, Registry, Sourced

REGISTRY = iri("graph:registry")
# The address at which the Norwegian register of legal entities tells of the body with a number.
_ENTITIES_REGISTER = "https://data.brreg.no/enhetsregisteret/api/enheter/"
# How OWL-Time says where an interval begins and ends, and the place of an instant at the precision of a literal.
_ENDS = ("time:hasBeginning", "time:hasEnd")
_POSITIONS = {
    "xsd:date": "time:inXSDDate",
    "xsd:gYearMonth": "time:inXSDgYearMonth",
    "xsd:gYear": "time:inXSDgYear",
}
# The object identifier of Norwegian organisation numbers: the scheme of an org:identifier is its datatype.
ORGANISATION_NUMBER = NamedNode("urn:oid:2.16.578.1.12.4.1.4.101")
# Where the register of legal entities (Brønnøysundregistrene, open data) describes the entity with a number.
LEGAL_ENTITIES = "https://data.brreg.no/enhetsregisteret/api/enheter/"
# What the sources may disagree about, in Norwegian.
_FACTS = {
    "first day": "første dag",
    "founded": "stiftet",
    "last day": "siste dag",
    "organisation number": "organisasjonsnummer",
    "Wikidata item": "nummer i Wikidata",
    "title": "tittel",
}


def registry_closure(registry: Registry, mentioned: Iterable[str]) -> set[str]:
    """Return these people, bodies, posts and areas with everything that they lead to."""
    closure: set[str] = set()
    waiting = [name for name in mentioned if _is_registered(registry, name)]
    while waiting:
        name = waiting.pop()
        if name not in closure:
            closure.add(name)
            waiting += [other for other in _next(registry, name) if other not in closure]
    return closure


def _is_registered(registry: Registry, name: str) -> bool:
    return any(name in known for known in (registry.people, registry.organisations, registry.posts, registry.areas))


def _next(registry: Registry, name: str) -> Iterator[str]:
    """Yield what one thing leads to: never from a county or a body to everything in it."""
    if name in registry.people:
        party = registry.people[name].party
        if party:
            yield party.value
        yield from (
            post.id for post in registry.posts.values() if any(holding.person == name for holding in post.holders)
        )
    elif name in registry.posts:
        yield from filter(None, (registry.posts[name].organisation,))
        yield from (holding.person for holding in registry.posts[name].holders)
    elif name in registry.areas:
        area = registry.areas[name]
        yield from (other for other in (area.county, area.body) if other)
        yield from registry.became.get(name, ())
        yield from registry.current_areas.get(name, ())
        yield from registry.districts_of.get(name, ())
    else:
        body = registry.organisations[name]
        yield from (*body.areas, *((body.part_of,) if body.part_of else ()))
        yield from registry.became.get(name, ())
        yield from registry.current_bodies.get(name, ())


def registry_quads(registry: Registry, names: set[str]) -> Iterator[Quad]:
    """Yield the quads about these things, and about the changes that connect them."""
    return to_quads(_statements(registry, names), REGISTRY)


def _statements(registry: Registry, names: set[str]) -> Iterator[Statement]:
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in registry.body_changes:
        if change.after in names:
            changes[_change_name(change)].append(change)
    changes_of: dict[str, dict[str, str]] = defaultdict(dict)
    for name, steps in changes.items():
        changes_of[steps[0].after][name] = "org:resultedFrom"
        for step in steps:
            # A body that goes on, and takes others in, is among these: it came into being before.
            changes_of[step.before][name] = "org:changedBy"
    for name in sorted(names):
        if name in registry.people:
            yield from _person(registry.people[name])
        elif name in registry.posts:
            yield from _post(registry, registry.posts[name])
        elif name in registry.areas:
            yield from _area(registry, registry.areas[name])
        else:
            yield from _organisation(registry, registry.organisations[name], changes_of.get(name, {}))
    for name in sorted(changes):
        yield from _body_changes(registry, name, changes[name])
    # Whatever else went into a body is named, so that a merger does not look like a new name; no more is said of it.
    for name in sorted({step.before for steps in changes.values() for step in steps} - names):
        yield from statements_about(name, ("rdf:type", "org:Organization"), ("rdf:type", "schema:Organization"))
        yield from statements_about(name, *_named(registry.organisations[name].name.nb, None))
        yield from statements_about(name, *((relation, change) for change, relation in changes_of[name].items()))


def area_statements(registry: Registry) -> Iterator[Statement]:
    """Yield statements about all municipalities and counties, their bodies and police districts, with successors."""
    districts = {body.id for body in registry.organisations.values() if body.kind == "police-district"}
    return _statements(registry, registry_closure(registry, {*registry.areas, *districts}))


def _person(person: Person) -> Iterator[Statement]:
    yield from statements_about(person.id, *label_pairs(person.name, person.name))
    yield from statements_about(
        person.id,
        ("rdf:type", "foaf:Person"),
        ("rdf:type", "schema:Person"),
        ("foaf:name", lang_literal(person.name)),
        ("schema:name", lang_literal(person.name)),
        *(("schema:alternateName", lang_literal(name)) for name in person.also),
        *_same("schema:sameAs", person.wikidata),
        ("org:memberOf", person.party.value if person.party else None),
        ("dc:source", Literal(f"party: {person.party.source}") if person.party else None),
        ("dc:source", Literal(person.source) if person.source else None),
    )


def _post(registry: Registry, post: Post) -> Iterator[Statement]:
    yield from statements_about(post.id, *label_pairs(post.label.nb, post.label.en))
    yield from statements_about(
        post.id,
        ("rdf:type", "org:Post"),
        ("rdf:type", "org:Role"),
        ("org:postIn", post.organisation),
        *(("schema:alternateName", lang_literal(name)) for name in post.also),
    )
    for conflict in post.conflicts:
        yield from _conflict(post.id, conflict)
    for holding in post.holders:
        yield from _membership(registry.people[holding.person], post, holding)


def _membership(person: Person, post: Post, holding: Holding) -> Iterator[Statement]:
    """Yield that a person held a post, and when, as wide as the sources differ; no interval if no date is known."""
    begun = f".{holding.begins.earliest}" if holding.begins.earliest else ""
    key = f"{local_name(holding.person)}.{local_name(post.id)}{begun}"
    membership, interval = f"membership:{key}", f"interval:{key}"
    yield from statements_about(
        membership, *label_pairs(f"{person.name}, {post.label.nb}", _english(person.name, post))
    )
    dated = bool(holding.reported)
    instants, days = instant_names(interval), (calendar_literal(*holding.begins), calendar_literal(*holding.ends))
    yield from statements_about(
        membership,
        ("rdf:type", "org:Membership"),
        ("org:member", holding.person),
        ("org:organization", post.organisation),
        ("org:role", post.id),
        ("org:memberDuring", interval if dated else None),
        ("schema:startDate", days[0]),
        ("schema:endDate", days[1]),
        ("dc:source", Literal(holding.source) if holding.source else None),
        ("rdfs:comment", lang_literal(holding.note, "en") if holding.note else None),
    )
    if dated:
        yield from statements_about(interval, *label_pairs(f"{_span(holding.begins)} – {_ended(holding)}", None))
        yield from statements_about(
            interval,
            ("rdf:type", "time:Interval"),
            ("sem:hasEarliestBeginTimeStamp", _side(holding.begins.earliest)),
            ("sem:hasLatestBeginTimeStamp", _side(holding.begins.latest)),
            ("sem:hasEarliestEndTimeStamp", _side(holding.ends.earliest)),
            ("sem:hasLatestEndTimeStamp", _side(holding.ends.latest)),
            ("mg:openEnd", Literal(True) if holding.open_end else None),
            *((term, name) for term, name, day in zip(_ENDS, instants, days, strict=True) if day),
            *(("dc:source", Literal(report)) for report in holding.reported),
        )
        for name, day in zip(instants, days, strict=True):
            if day:
                position = _POSITIONS[compact(day.datatype)]
                yield from statements_about(name, ("rdf:type", "time:Instant"), (position, day))
    for dispute in holding.disputes:
        yield from _conflict(membership, dispute)


def _organisation(registry: Registry, body: Organisation, changes: dict[str, str]) -> Iterator[Statement]:
    yield from statements_about(body.id, *_named(body.name.nb, body.name.en))
    unit = body.kind == "police-district"
    yield from statements_about(
        body.id,
        ("rdf:type", "org:OrganizationalUnit" if unit else "org:FormalOrganization"),
        ("rdf:type", "org:Organization"),
        ("rdf:type", "schema:Organization"),
        ("rdf:type", "cv:PublicOrganisation" if body.public else None),
        ("org:classification", f"body-type:{body.kind}"),
        ("org:unitOf" if unit else "org:subOrganizationOf", body.part_of),
        ("org:identifier", Literal(body.number.value, datatype=ORGANISATION_NUMBER) if body.number else None),
        ("rdfs:seeAlso", NamedNode(f"{LEGAL_ENTITIES}{body.number.value}") if body.number else None),
        ("dc:source", Literal(f"organisation number: {body.number.source}") if body.number else None),
        ("schema:sameAs", NamedNode(f"{_ENTITIES_REGISTER}{body.number.value}") if body.number else None),
        ("dc:source", Literal(body.source) if body.source else None),
        ("schema:foundingDate", _side(body.exists.earliest)),
        ("schema:dissolutionDate", _side(body.exists.latest)),
        ("rdfs:comment", lang_literal(body.note, "en") if body.note else None),
        *_same("schema:sameAs", body.wikidata),
        *(("schema:alternateName", lang_literal(name)) for name in body.also),
        *(("dct:spatial", area) for area in body.areas),
        *(("mg:currentBody", now) for now in registry.current_bodies.get(body.id, ())),
        *((relation, change) for change, relation in changes.items()),
    )
    for conflict in body.conflicts:
        yield from _conflict(body.id, conflict)


def _area(registry: Registry, area: Area) -> Iterator[Statement]:
    districts = registry.districts_of.get(area.id, {})
    yield from statements_about(area.id, *_named(area.name, None))
    yield from statements_about(
        area.id,
        ("rdf:type", "cv:AdminUnit"),
        ("rdf:type", "dct:Location"),
        ("rdf:type", "schema:Place"),
        ("dct:identifier", Literal(area.number)),
        ("dc:source", Literal(area.source)),
        ("schema:containedInPlace", area.county),
        ("mg:validFrom", _side(area.valid_from)),
        ("mg:validThrough", _side(area.valid_through)),
        *(("schema:alternateName", lang_literal(*name)) for name in zip(area.also, area.also_in, strict=True)),
        *_same("schema:sameAs", area.wikidata),
        *(("dct:isReplacedBy", after) for after in registry.became.get(area.id, ())),
        *(("mg:currentArea", now) for now in registry.current_areas.get(area.id, ())),
        *(("mg:policeDistrict", district) for district, known in districts.items() if known == "certain"),
        *(("mg:possiblePoliceDistrict", district) for district, known in districts.items() if known == "possible"),
    )


def _named(nb: str, en: str | None) -> Iterator[tuple[str, Object | None]]:
    """Yield a name as the label and, for those who know schema.org alone, as ``schema:name``."""
    for label, name in label_pairs(nb, en):
        yield label, name
        yield "schema:name", name


def _change_name(change: Change) -> str:
    return f"change:{local_name(change.after)}.{change.day}"


def _body_changes(registry: Registry, name: str, steps: list[Change]) -> Iterator[Statement]:
    """Yield that on a day bodies became a body."""
    body = registry.organisations[steps[0].after]
    same_name = any(registry.organisations[step.before].name.nb == body.name.nb for step in steps)
    called = f"{body.name.nb} ({steps[0].day.year})" if same_name else body.name.nb
    if any(step.before == body.id for step in steps):
        label = label_pairs(f"{body.name.nb} tar opp andre", f"{body.name.nb} takes others in")
    else:
        label = label_pairs(f"{called} blir til", f"{called} comes into being")
    yield from statements_about(name, *label)
    yield from statements_about(
        name,
        ("rdf:type", "org:ChangeEvent"),
        *(("org:originalOrganization", step.before) for step in steps),
        ("org:resultingOrganization", body.id),
        ("dct:date", date_literal(steps[0].day)),
        *(("dc:source", Literal(source)) for source in sorted({step.source for step in steps})),
    )


def _conflict(subject: str, conflict: Conflict) -> Iterator[Statement]:
    name = f"conflict:{local_name(subject)}.{slug(conflict.fact)}"
    fact = Label(_FACTS.get(conflict.fact, conflict.fact), conflict.fact)
    yield from statements_about(
        name, *label_pairs(f"kildene er uenige: {fact.nb}", f"sources disagree: {conflict.fact}")
    )
    yield from statements_about(
        name,
        ("rdf:type", "mg:Conflict"),
        ("mg:concerns", subject),
        *(("mg:about", word) for word in (lang_literal(fact.nb), lang_literal(conflict.fact, "en"))),
        *(("mg:reported", Literal(f"{report.value} ({report.source})")) for report in conflict.reported),
    )


def _same(term: str, wikidata: Sourced | None) -> Iterator[tuple[str, Object | None]]:
    """Yield a Wikidata item and its source."""
    if wikidata:
        yield term, f"wd:{wikidata.value}"
        yield "dc:source", Literal(f"Wikidata {wikidata.value}: {wikidata.source}")


def _side(side: date | None) -> Literal | None:
    return date_literal(side) if side else None


def _english(name: str, post: Post) -> str | None:
    return f"{name}, {post.label.en}" if post.label.en else None


def _ended(holding: Holding) -> str:
    return ".." if holding.open_end else _span(holding.ends)


def _span(span: Bounds) -> str:
    if span.earliest == span.latest:
        return str(span.earliest or "…")
    return f"{span.earliest or '…'}/{span.latest or '…'}"
