"""What decisions about identity cannot bring together: things with different identifiers."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from graph.common.findings import Finding
from graph.model.identity import Decision, Decisions
from graph.model.iris import local_name
from graph.registry.identifiers import ORGANISATION_NUMBER, WIKIDATA, identifiers_of
from graph.registry.records import Registry
from graph.sources.decisions.read import NAME

_SCHEMES = {ORGANISATION_NUMBER: "organisation number", WIKIDATA: "Wikidata item"}


class Refusal(NamedTuple):
    """An id of a thing that is not brought together, and the error that says why."""

    id: str
    finding: Finding


def vetoes(decisions: Decisions, registry: Registry) -> Iterator[Refusal]:
    """Yield each thing that would have two numbers of which a thing has one: two things have them."""
    clusters = decisions.clusters()
    # Most homes have no decisions, and need no identifiers.
    identifiers = identifiers_of(registry) if clusters else {}
    for cluster in clusters:
        owners: dict[str, dict[str, str]] = defaultdict(dict)
        for id in cluster:
            for scheme, value in sorted(identifiers.get(id, ())):
                owners[scheme].setdefault(value, id)
        for scheme, values in owners.items():
            if len(values) > 1:
                (one, first), (other, second) = [*values.items()][:2]
                message = (
                    f"{first} has the {_SCHEMES.get(scheme, scheme)} {one}, and {second} has {other}: they are two; "
                    "take the decision back, or mend the number in the registry"
                )
                yield Refusal(second, Finding(NAME, line_of(decisions, second), message))
                break


def told_apart(decisions: Decisions, registry: Registry) -> Iterator[Refusal]:
    """Yield each thing that would be two areas or two posts of the registry: numbers and bodies tell them apart."""
    for cluster in decisions.clusters():
        two = [id for id in cluster if id in registry.areas or id in registry.posts][:2]
        if len(two) > 1:
            message = f"{two[0]} and {two[1]} are two of the registry; take the decision back, or mend the registry"
            yield Refusal(two[1], Finding(NAME, line_of(decisions, two[1]), message))


def register_of(id: str) -> str:
    """Return what would be the register of an id: the part of its local name before the first dot; "" without a dot."""
    register, dot, _ = local_name(id).partition(".")
    return register if dot else ""


def line_of(decisions: Decisions, id: str) -> int:
    """Return the line of the last decision by which an id is the same as others; 0 where there is none."""
    named: list[Decision] = [each for each in decisions.entries if each.verdict == "same" and id in each.ids]
    return named[-1].line if named else 0
