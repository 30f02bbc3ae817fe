"""Candidates: pairs of things that may be one, the likeliest first, and clusters of them to look at together.

Nothing is joined here. That A may be B, and B may be C, says nothing of A and C: a cluster shows which pairs were
proposed, and is no claim about the others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations

from graph.common.progress import Progress, no_progress
from graph.identity.blocking import WordCounts, keys, name_keys, pairs
from graph.identity.reasons import Score
from graph.identity.scores import score, score_name
from graph.identity.things import REGISTRY, Thing
from graph.model.identity import Decisions, Verdict

# Pairs below are not proposed.
MIN_SCORE = 0.75
# So many things of the index are compared with a name, those that share most keys first.
MAX_COMPARED = 400
# Words of more things say little about which is meant.
MAX_POSTINGS = 2_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one, and how likely; ``verdict`` is what was decided, such as ``unsure``."""

    a: Thing
    b: Thing
    score: Score
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Things to look at together, and the pairs of them that are proposed, the likeliest first.

    Each of the things is proposed with the first one; what others of them are to each other, only the pairs say.
    """

    things: tuple[Thing, ...]
    candidates: tuple[Candidate, ...]

    @property
    def score(self) -> float:
        """Return the score of its likeliest pair."""
        return self.candidates[0].score.value


def candidates(
    things: Sequence[Thing],
    decisions: Decisions | None = None,
    min_score: float = MIN_SCORE,
    between: tuple[str, str] | None = None,
    progress: Progress = no_progress,
) -> Iterator[Candidate]:
    """Yield the pairs of things that may be one, the likeliest first; what was decided is not proposed again.

    Pairs of which somebody could not tell are among them, however alike. With ``between``, only pairs of which each of
    two sources names one.
    """
    proposed = []
    unsure = {*_unsure(things, decisions)} if decisions else set[tuple[int, int]]()
    for one, other in progress("Comparing", [*{*pairs(things), *unsure}]):
        a, b = things[one], things[other]
        if between and not _is_between(a, b, between):
            continue
        scored = score(a, b)
        if scored.value < min_score and (one, other) not in unsure:
            continue
        verdict = decisions.verdict(a.id, b.id) if decisions else None
        if verdict in (None, "unsure"):
            proposed.append(Candidate(a, b, scored, verdict))
    yield from sorted(proposed, key=_likeliest_first)


def _unsure(things: Sequence[Thing], decisions: Decisions) -> Iterator[tuple[int, int]]:
    """Yield the pairs of things, by their numbers, of which somebody decided that nobody can tell."""
    numbers = {thing.id: number for number, thing in enumerate(things)}
    for entry in decisions.entries:
        if entry.verdict == "unsure":
            there = (numbers.get(decisions.canonical(id)) for id in entry.ids)
            yield from combinations(sorted({number for number in there if number is not None}), 2)


def _is_between(a: Thing, b: Thing, between: tuple[str, str]) -> bool:
    one, other = between
    return (_is_of(a, one) and _is_of(b, other)) or (_is_of(a, other) and _is_of(b, one))


def _is_of(thing: Thing, source: str) -> bool:
    """Return whether a source names a thing; the registry has its own things, whoever names them."""
    return thing.registered if source == REGISTRY else source in thing.sources


def clusters(proposed: Iterable[Candidate]) -> list[Cluster]:
    """Return the candidates in groups to look at together, the likeliest first; each candidate is in one of them.

    In the middle of a group stands one thing, with which each of the others is proposed to be one. What is proposed
    only with one of these others is in another group: no chain of likenesses leads from a thing to one unlike it.
    """
    rest: dict[str, dict[str, Candidate]] = defaultdict(dict)
    every = sorted(proposed, key=_likeliest_first)
    for each in every:
        rest[each.a.id][each.b.id] = rest[each.b.id][each.a.id] = each
    result = []
    for each in every:
        if each.b.id in rest[each.a.id]:
            middle = max((each.a, each.b), key=lambda thing: (len(rest[thing.id]), thing.registered, thing.id))
            result.append(_around(middle, rest))
    return result


def _likeliest_first(candidate: Candidate) -> tuple[float, str, str]:
    return -candidate.score.value, candidate.a.id, candidate.b.id


def _around(middle: Thing, rest: dict[str, dict[str, Candidate]]) -> Cluster:
    """Return the group of a thing and of all that it is proposed with, and take its candidates out of the rest."""
    others = sorted(rest[middle.id].values(), key=_likeliest_first)
    things = {middle.id: middle} | {thing.id: thing for each in others for thing in (each.a, each.b)}
    inside = []
    for id in things:
        for other in [other for other in rest[id] if other in things]:
            inside.append(rest[id].pop(other))
            del rest[other][id]
    return Cluster(tuple(things.values()), tuple(sorted(inside, key=_likeliest_first)))


class NameIndex:
    """Things made ready to be found by a name that somebody gives."""

    def __init__(self, things: Iterable[Thing]) -> None:
        """Take the things in any order."""
        self.things = list(things)
        self._counts = WordCounts(self.things)
        self._blocks: dict[str, list[int]] = defaultdict(list)
        self._kinds = sorted({thing.kind for thing in self.things})
        for number, thing in enumerate(self.things):
            for key in keys(thing, self._counts):
                self._blocks[f"{thing.kind} {key}"].append(number)
            if thing.kind == "event":
                for key in {key for name in thing.names for key in name_keys("event", name, self._counts)}:
                    self._blocks[f"event {key}"].append(number)

    def nearest(self, name: str, kinds: Collection[str] | None = None, limit: int = 10) -> list[tuple[Thing, float]]:
        """Return the things whose names are most like a name, of these kinds or of all, each with its score."""
        shared: dict[int, int] = defaultdict(int)
        for kind in self._kinds if kinds is None else sorted({*kinds} & {*self._kinds}):
            for key in name_keys(kind, name, self._counts):
                for number in self._blocks.get(f"{kind} {key}", ())[:MAX_POSTINGS]:
                    shared[number] += 1
        compared = nlargest(MAX_COMPARED, shared, key=lambda number: (shared[number], -number))
        scored = [(self.things[number], score_name(name, self.things[number])) for number in compared]
        scored = [(thing, value) for thing, value in scored if value > 0]
        return sorted(scored, key=lambda each: (-each[1], each[0].id))[:limit]
