"""What proves that an agent attended an event, performed at it or organised it: what its participation follows from."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import NamedNode

from graph.query.ask import Passage, passages_by_entity, sorted_passages
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri

_LOOKUPS = Path(__file__).parent / "lookups"
# The roles from which each property follows; None stands for all.
_ROLES = {
    iri("schema:attendee"): None,
    iri("schema:performer"): {iri("role:opener"), iri("role:introducer"), iri("role:speaker")},
    iri("schema:organizer"): {iri("role:organiser")},
}
_ORGANIZER, _PRESENT, _HELD = iri("schema:organizer"), iri("attendance:present"), iri("status:held")
_ROLE, _ATTENDANCE, _STATUS = iri("mg:role"), iri("mg:attendance"), iri("mg:status")
# A property, and the term at its other end.
Statement = tuple[NamedNode, Term]
Claimed = dict[Term | None, set[Term | None]]


def participation_passages(
    entity: NamedNode, statements: Iterable[Statement], run: QueryFn
) -> dict[Statement, list[Passage]]:
    """Return the passages that prove statements between an event and its agents; others are left out.

    ``entity`` is the event or the agent. Of the claims those count that tell of the role; not those that tell of
    another attendance, nor, of what was held, those of a source that only tells of the plan.
    """
    bases: dict[Statement, set[Term]] = {each: set() for each in statements if each[0] in _ROLES}
    if not bases:
        return {}
    rows = lookup_rows([entity], _LOOKUPS / "participations.rq", run)
    claimed = _look_up_claims((basis for *_, basis in rows), run)
    for event, agent, status, basis in rows:
        other = agent if event == entity else event
        for name in _ROLES:
            proves = _proves(name, status == _HELD, claimed.get(basis, {}))
            if other is not None and basis is not None and (name, other) in bases and proves:
                bases[name, other].add(basis)
    proof = passages_by_entity({basis for terms in bases.values() for basis in terms}, run)
    return {
        statement: sorted_passages(passage for basis in terms for passage in proof.get(basis, ()))
        for statement, terms in bases.items()
    }


def _look_up_claims(claims: Iterable[Term | None], run: QueryFn) -> Mapping[Term | None, Claimed]:
    """Return what each claim says, by property; a term of office says nothing of this kind."""
    claimed: dict[Term | None, Claimed] = {}
    for claim, name, value in lookup_rows(claims, _LOOKUPS / "claimed.rq", run):
        claimed.setdefault(claim, {}).setdefault(name, set()).add(value)
    return claimed


def _proves(name: NamedNode, held: bool, claimed: Claimed) -> bool:
    """Return whether a claim proves this property of an event, which was held or not."""
    roles, attendances, statuses = (claimed.get(each, set()) for each in (_ROLE, _ATTENDANCE, _STATUS))
    wanted = _ROLES[name]
    if wanted is not None and roles and not roles & wanted:
        return False
    if name != _ORGANIZER and attendances and _PRESENT not in attendances:
        return False
    return not (held and statuses and _HELD not in statuses)
