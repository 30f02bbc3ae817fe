"""Count things and terms by signatures: what look-ups over a store would count, without a store."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.pipeline.record_checks import IDENTIFIED, Signature
from graph.publish.void import TermCounts
from graph.query.counts import Counts
from graph.rdf.terms import iri

_TYPE = str(iri("rdf:type"))
_STATUS, _ROLE, _ATTENDANCE, _EVENT, _CLASSIFICATION = (
    str(iri(name)) for name in ("mg:eventStatus", "cv:role", "mg:attendance", "mg:event", "org:classification")
)
_HELD, _PLANNED, _CANCELLED = (f"{_STATUS} {iri(f'status:{name}')}" for name in ("held", "planned", "cancelled"))
_ABSENT = f"{_ATTENDANCE} {iri('attendance:absent')}"
_EVENT_TYPE, _SERIES, _PERSON, _PARTICIPATION, _POSSIBLE = (
    f"{_TYPE} {iri(name)}"
    for name in ("mg:SingleEvent", "schema:EventSeries", "foaf:Person", "mg:Participation", "mg:PossibleParticipation")
)
assert {_STATUS, _ATTENDANCE} <= IDENTIFIED


def count_things(signatures: Mapping[str, Signature], lines: Sequence[str]) -> Counts:
    """Return the same counts as ``graph.query.counts`` of these sorted lines, whose ``signatures`` are by subject."""
    counts: Counter[str] = Counter()
    kinds: dict[Signature, frozenset[str]] = {}
    for subject, signature in signatures.items():
        kind = kinds.get(signature)
        if kind is None:
            kind = kinds[signature] = _kinds(signature)
        if not kind:
            continue
        if "expected" in kind and _is_called_off(subject, signatures, lines):
            kind = kind - {"expected"} | {"absent"}
        counts.update(kind)
    return Counts(**counts)


def count_signatures(signatures: Iterable[tuple[Signature, int]]) -> Counts:
    """Return the counts of so many things of each signature, of which none takes part in an event called off."""
    counts: Counter[str] = Counter()
    for signature, number in signatures:
        counts.update(dict.fromkeys(_kinds(signature), number))
    return Counts(**counts)


def _kinds(signature: Signature) -> frozenset[str]:
    """Return what things of a signature are counted as."""
    predicates, tokens = {token.partition(" ")[0] for token in signature}, {*signature}
    counted = {
        "events": _EVENT_TYPE in tokens and _STATUS in predicates,
        "held": _EVENT_TYPE in tokens and _HELD in tokens,
        "planned": _EVENT_TYPE in tokens and _PLANNED in tokens,
        "named": _EVENT_TYPE in tokens and _STATUS not in predicates,
        "series": _SERIES in tokens,
        "people": _PERSON in tokens,
        "bodies": _CLASSIFICATION in predicates,
        "possible": _POSSIBLE in tokens,
        "certain": _PARTICIPATION in tokens and _ROLE in predicates,
        "absent": _PARTICIPATION in tokens and _ROLE not in predicates and _ABSENT in tokens,
        "expected": _PARTICIPATION in tokens and _ROLE not in predicates and _ABSENT not in tokens,
    }
    return frozenset(name for name, holds in counted.items() if holds)


def _is_called_off(participation: str, signatures: Mapping[str, Signature], lines: Sequence[str]) -> bool:
    start = f"{participation} {_EVENT} "
    place = bisect_left(lines, start)
    while place < len(lines) and lines[place].startswith(start):
        event = lines[place][len(start) :].partition(" ")[0]
        if _CANCELLED in signatures.get(event, ()):
            return True
        place += 1
    return False


def count_terms_of(signatures: Iterable[tuple[Signature, int]], days: tuple[str, str]) -> TermCounts:
    """Return the counts of terms of so many things of each signature, without links to other data sets."""
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    of_class: defaultdict[str, Counter[str]] = defaultdict(Counter)
    subjects = 0
    for signature, number in signatures:
        subjects += number
        predicates = Counter(token.partition(" ")[0] for token in signature)
        kinds = {token.partition(" ")[2] for token in signature if token.startswith(f"{_TYPE} ")}
        for predicate, times in predicates.items():
            properties[predicate] += times * number
            for kind in kinds:
                of_class[kind][predicate] += times * number
        for kind in kinds:
            classes[kind] += number
    return TermCounts(properties.total(), subjects, properties, classes, of_class, {}, *days)
