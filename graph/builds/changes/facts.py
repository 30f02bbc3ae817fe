"""What is stated of an entity on each side, property by property, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal

from graph.builds.changes.view import Term, Values, View, first
from graph.model.days import bounds_in_words
from graph.model.labels import Label

# What other statements of the same entity, or its participations and claims, say as well.
_REPEATED = frozenset(
    (
        *("rdf:type", "schema:name", "dct:title", "foaf:name", "skos:prefLabel", "rdfs:isDefinedBy", "skos:inScheme"),
        *("cv:hasParticipation", "schema:attendee", "schema:performer", "schema:organizer", "mg:listedPresent"),
        *("mg:concludedFrom", "time:hasTime", "mg:text", "mg:inference", "mg:evidence", "mg:keyEvidence", "dct:rights"),
        *("schema:eventStatus", "mg:leavesOpen", "mg:inferredProperty", "mg:inferredFrom"),
    )
)
# Pairs of days that are one statement: the property by which they go, its name, and what repeats it.
_BOUNDS = {
    ("mg:earliest", "mg:latest"): ("time", Label("tid", "time"), ("schema:startDate", "schema:endDate")),
    ("mg:earliestPublished", "mg:latestPublished"): ("published", Label("publisert", "published"), ()),
    ("mg:earliestRetrieved", ""): ("retrieved", Label("hentet", "retrieved"), ()),
}
_LABELS = {name: label for name, label, _ in _BOUNDS.values()} | {"rdfs:label": Label("navn", "name")}
# What is shown of an entity that is new or gone, by its kind; of other kinds all that is not repeated.
BRIEF: Mapping[str, frozenset[str]] = {
    "person": frozenset(("schema:sameAs", "dc:source")),
    "group": frozenset(("mg:drawnFrom",)),
    "organisation": frozenset(("org:classification", "dct:spatial")),
    "source": frozenset(("schema:publisher", "published", "schema:url", "mg:sentences", "mg:sentencesRead")),
    "decision": frozenset(("mg:concerns",)),
    "inference": frozenset(("mg:because",)),
    "membership": frozenset(("schema:startDate", "schema:endDate", "dc:source")),
    "post": frozenset(("org:postIn",)),
    "change": frozenset(("dct:date", "dc:source")),
    "conflict": frozenset(),
    "kommune": frozenset(("schema:containedInPlace", "dct:isReplacedBy")),
    "fylke": frozenset(("dct:isReplacedBy",)),
}
# A claim says it by another term than what is concluded.
_CLAIMED = {
    "time": "mg:time",
    "schema:location": "mg:place",
    "dct:type": "mg:kind",
    "mg:eventStatus": "mg:status",
    "dct:subject": "mg:topic",
    "schema:audience": "mg:audience",
    "schema:keywords": "mg:topicAsWritten",
    "schema:eventAttendanceMode": "mg:attendanceMode",
}
_OURS = frozenset(("rdfs:label", "rdfs:comment", "schema:superEvent"))
# The year or the place of an event is often lent by another sentence than the one that tells of it.
_LENT = frozenset(("time", "schema:location"))
# The parts of a part in an event, in the order of a sentence.
_PART = {
    "cv:role": Label("{}", "{}"),
    "mg:plannedRole": Label("planlagt: {}", "planned: {}"),
    "mg:possibleRole": Label("mulig: {}", "possibly: {}"),
    "mg:attendance": Label("{}", "{}"),
    "mg:inCapacity": Label("som {}", "as {}"),
    "mg:titleAsWritten": Label("kalt «{}»", "called “{}”"),
    "mg:onBehalfOf": Label("på vegne av {}", "on behalf of {}"),
    "mg:represents": Label("for {}", "for {}"),
    "mg:affiliation": Label("fra {}", "from {}"),
    "mg:affiliationAsWritten": Label("fra «{}»", "from “{}”"),
    "dct:subject": Label("om {}", "about {}"),
    "mg:partlyAsWritten": Label("bare delvis («{}»)", "only in part (“{}”)"),
    "mg:atLeast": Label("minst {} av flere", "at least {} of several"),
}
# Values that are named after the entity that they belong to.
_OWN_PARTS = frozenset(("schema:audience",))
Rename = Callable[[Term], Term]


class Stated(NamedTuple):
    """A value in words, and the term that it is; None for bounds."""

    words: Label
    term: Term | None


class Difference(NamedTuple):
    """A property (with the language of a text) and the values of it that only one side has.

    They go by what tells one from another: a term, of bounds a pair of days, and words where a term is named after the
    entity that it belongs to.
    """

    property: str
    language: str
    label: Label
    before: Mapping[object, Stated]
    after: Mapping[object, Stated]


def differences(
    before: Values, after: Values, views: tuple[View, View], renamed: Rename, left_out: Iterable[str] = ()
) -> list[Difference]:
    """Return what differs between the statements of an entity on both sides, property by property."""
    old = _statements(before, views[0], renamed)
    new = _statements(after, views[1], lambda term: term)
    found = []
    for name, language in sorted({*old, *new}):
        gone, come = old.get((name, language), {}), new.get((name, language), {})
        only_before = {key: value for key, value in gone.items() if key not in come}
        only_after = {key: value for key, value in come.items() if key not in gone}
        if (only_before or only_after) and name not in left_out:
            label = _LABELS.get(name) or views[1].property_label(name)
            found.append(Difference(name, language, label, only_before, only_after))
    return found


def _statements(values: Values, view: View, renamed: Rename) -> dict[tuple[str, str], dict[object, Stated]]:
    """Return the values of an entity in words, by what tells them apart; by property and language."""
    statements: defaultdict[tuple[str, str], dict[object, Stated]] = defaultdict(dict)
    left_out = set(_REPEATED)
    for (earliest, latest), (name, _, repeated) in _BOUNDS.items():
        if earliest in values or latest in values:
            days = first(values, earliest), first(values, latest)
            statements[name, ""][days] = Stated(bounds_in_words(*days), None)
            left_out |= {earliest, latest, *repeated}
    for name, terms in values.items():
        for term in terms if name not in left_out else ():
            language = (term.language or "").lower() if isinstance(term, Literal) else ""
            # A label without a language repeats one of those that have one.
            if name != "rdfs:label" or language:
                words = view.words(term)
                key = words if name in _OWN_PARTS else renamed(term)
                statements[name, language][key] = Stated(words, term)
    return statements


def part_words(values: Values, view: View) -> Label:
    """Return in words what part somebody had in an event: roles, attendance, capacity and the rest."""
    words = []
    for name, pattern in _PART.items():
        terms = [view.words(term) for term in values.get(name, ())]
        if terms:
            norwegian = ", ".join(sorted(term.nb for term in terms))
            english = ", ".join(sorted(term.en or term.nb for term in terms))
            words.append(Label(pattern.nb.format(norwegian), str(pattern.en).format(english)))
    return Label(", ".join(each.nb for each in words), ", ".join(str(each.en) for each in words))


def part_key(values: Values, renamed: Rename) -> tuple[object, ...]:
    """Return what tells the part that somebody had from another part."""
    return tuple((name, *sorted(str(renamed(term)) for term in values[name])) for name in _PART if name in values)


def claim_says(claim: Values, name: str, value: Term | None) -> bool:
    """Return whether a claim says that a property has this value; without a value, whether it says one.

    No claim says what we call an entity, nor of what else we take it for a part.
    """
    if name in _OURS:
        return False
    if first(claim, "mg:relation"):
        relation = first(claim, "mg:relation").rpartition("#")[2].rpartition("/")[2]
        return relation == name.partition(":")[2] and value is not None and first(claim, "mg:object") == value.value
    stated = claim.get(_CLAIMED.get(name, name), ())
    return bool(stated) and (value is None or value.value in {term.value for term in stated})


def proving_properties(name: str) -> tuple[str, ...]:
    """Return the properties of claims that lead to the words which prove a value of a property."""
    return ("mg:evidence",) if name in _LENT else ("mg:keyEvidence",)
