"""What is not decided about the things of an answer: with which others each may be one and the same."""

from collections.abc import Collection

from graph.identity.blocking import pairs
from graph.identity.candidates import MIN_SCORE, Candidate
from graph.identity.decided import decided_pairs
from graph.identity.scores import score
from graph.identity.things import Thing, things_of
from graph.model.identity import Verdict
from graph.query.results import QueryFn

_KINDS = ("event", "person", "body", "post")


def undecided_of(run: QueryFn, ids: Collection[str], min_score: float = MIN_SCORE) -> list[Candidate]:
    """Return the pairs of a thing with one of these ids and another that may be one; the likeliest first.

    That is what a score proposes, unless somebody decided that they are different, and all of which somebody decided
    that nobody can tell. The first of a pair has one of the ids. ``run`` is what ``graph.connect`` returns.
    """
    wanted = {*ids}
    every = things_of(run, _KINDS)
    kinds = {thing.kind for thing in every if thing.id in wanted}
    things = [thing for thing in every if thing.kind in kinds]
    by_id = {thing.id: thing for thing in things}
    decided = decided_pairs(run)
    numbers = ((things[one], things[other]) for one, other in pairs(things))
    found = {frozenset((a.id, b.id)): (a, b) for a, b in numbers if wanted & {a.id, b.id}}
    for pair, verdict in decided.items():
        if verdict == "unsure" and wanted & pair and pair <= by_id.keys():
            one, other = sorted(pair)
            found.setdefault(pair, (by_id[one], by_id[other]))
    candidates = [_candidate(a, b, wanted, decided.get(pair)) for pair, (a, b) in found.items()]
    proposed = [
        each for each in candidates if each.verdict == "unsure" or (not each.verdict and each.score.value >= min_score)
    ]
    return sorted(proposed, key=lambda each: (-each.score.value, each.a.id, each.b.id))


def _candidate(a: Thing, b: Thing, wanted: Collection[str], verdict: Verdict | None) -> Candidate:
    first, second = (a, b) if a.id in wanted else (b, a)
    return Candidate(first, second, score(first, second), verdict)
