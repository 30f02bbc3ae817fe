"""Score two things, and a thing and a name: how likely they are one, and what speaks for it and against it.

The same name is not the same person. Without an identifier no score says that two things are one; it says that a person
should look.
"""

from collections.abc import Iterable, Mapping

from graph.identity.body_scores import compare_body_names
from graph.identity.event_scores import score_events
from graph.identity.names.bodies import content_words, parse_body_name
from graph.identity.names.identifiers import split_identifiers
from graph.identity.names.people import DIFFERENCES, parse_person_name, person_similarity
from graph.identity.names.similarity import words_similarity
from graph.identity.person_scores import context_of_people
from graph.identity.reasons import Identifiers, Reason, Score, compare_identifiers, reason
from graph.identity.things import Thing

__all__ = ["Reason", "Score", "score", "score_name"]
Weights = Mapping[str, float]
# The highest score of names that are equal, and of what only a name speaks for.
MAX_BY_NAME = 0.95
MAX_WITHOUT_PROOF = 0.99
_SEVERAL = reason(
    "number-among-several",
    "identifikatoren står i et navn som kan være flere, eller noen fra organisasjonen",
    "the identifier stands in a name that may be those of several, or of somebody of the body",
)
_OTHER_KIND = reason("other-kind", "det er ting av ulike slag", "they are things of different kinds")
_BOTH_REGISTERED = reason(
    "both-registered", "registeret over aktører skiller dem", "the registry has both, and tells them apart"
)
_UNLIKE = 0.5
_OTHER_NAME = reason("other-name", "navnene er ikke like", "the names are not alike")


def score(a: Thing, b: Thing, weights: Weights | None = None) -> Score:
    """Return how likely two things are one. ``weights`` are those of words in names, 1 where they name none.

    Things of two kinds are not one, and neither are two things of the registry: its editors told them apart.
    """
    if a.kind != b.kind:
        return Score(0.0, (), (_OTHER_KIND,))
    if a.registered and b.registered:
        return Score(0.0, (), (_BOTH_REGISTERED,))
    proofs, vetoes = compare_identifiers(identifiers_of(a), identifiers_of(b))
    if vetoes and not proofs:
        return Score(0.0, (), tuple(vetoes), veto=True)
    scored = score_events(a, b) if a.kind == "event" else _by_names(a, b, weights)
    if not proofs:
        return scored
    speaks_for, speaks_against = (*proofs, *scored.speaks_for), (*vetoes, *scored.speaks_against)
    if any(_may_name_others(each) for each in (a, b)) and not a.identifiers & b.identifiers:
        # The number is that of a part of the name: it says nothing of the whole.
        return Score(scored.value, speaks_for, (*speaks_against, _SEVERAL))
    if a.names and b.names and scored.value < _UNLIKE:
        # A translation, or a former name.
        speaks_against = (*speaks_against, _OTHER_NAME)
    return Score(1.0, speaks_for, speaks_against, proof=True)


def _may_name_others(thing: Thing) -> bool:
    """Return whether the name with an identifier in it may be that of several bodies, or of somebody of the body."""
    parsed = [parse_body_name(name) for name in thing.names] if thing.kind == "body" else []
    return any(name.identifiers and name.may_name_others for name in parsed)


def score_name(name: str, thing: Thing) -> float:
    """Return how like a name is to the most alike of the names of a thing, from 0 to 1; 1 by an identifier in it."""
    _, identifiers = split_identifiers(name)
    if identifiers:
        proofs, vetoes = compare_identifiers(identifiers, identifiers_of(thing))
        if proofs or vetoes:
            return 1.0 if proofs else 0.0
    return max((_name_similarity(thing.kind, name, each)[0] for each in thing.names), default=0.0)


def identifiers_of(thing: Thing) -> Identifiers:
    """Return the identifiers that a thing has, and those that stand in its names."""
    if thing.kind != "body":
        return thing.identifiers
    return thing.identifiers.union(*(parse_body_name(name).identifiers for name in thing.names))


def _by_names(a: Thing, b: Thing, weights: Weights | None) -> Score:
    best, speaks_for, speaks_against = 0.0, list[Reason](), list[Reason]()
    for one, other in _pairs(a.names, b.names):
        value, pro, contra = _name_similarity(a.kind, one, other, weights)
        if value > best:
            best, speaks_for, speaks_against = value, pro, contra
    if not best:
        return Score(0.0)
    value = MAX_BY_NAME * best
    if a.kind == "person":
        by_context, pro, contra = context_of_people(a, b)
        value = min(MAX_WITHOUT_PROOF, max(0.0, value * 0.9 + by_context))
        speaks_for, speaks_against = [*speaks_for, *pro], [*speaks_against, *contra]
    return Score(round(value, 4), tuple(speaks_for), tuple(speaks_against))


def _pairs(a: Iterable[str], b: Iterable[str]) -> Iterable[tuple[str, str]]:
    others = tuple(b)
    return ((one, other) for one in a for other in others)


def _name_similarity(
    kind: str, a: str, b: str, weights: Weights | None = None
) -> tuple[float, list[Reason], list[Reason]]:
    """Return how alike two names of a kind of thing are, and what in them speaks for and against one thing."""
    if kind == "person":
        value, difference = person_similarity(parse_person_name(a), parse_person_name(b))
        said = Reason(f"name-{difference}", DIFFERENCES[difference])
        return value, [said] if value else [], []
    if kind == "body":
        return compare_body_names(parse_body_name(a), parse_body_name(b), weights)
    value = words_similarity(content_words(a), content_words(b), weights)
    return value, [], []
