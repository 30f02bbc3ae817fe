"""Decide whether candidates are one thing: a pair at a time, each by itself; what is decided is in the file at once.

The pairs are those of one build, found once. What is still open is asked of ``decisions/identity.yaml`` before each
decision: others may decide too, and a person may edit the file meanwhile.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from graph.common.page_files import locked, write_whole
from graph.identity.candidates import Candidate, Cluster
from graph.identity.things import Thing
from graph.model.identity import VERDICTS, Decision, Decisions, Verdict
from graph.model.labels import Label
from graph.review.claims_file import ConflictError
from graph.sources.decisions.form import FILE, FOLDER
from graph.sources.decisions.read import read_decisions
from graph.sources.decisions.write import Change, DecisionError, add_decision, remove_decision

LATER, OPEN = "later", "open"
_VERDICTS = {
    "same": Label("samme", "the same"),
    "different": Label("ulike", "different"),
    "unsure": Label("usikkert", "unsure"),
}
_SIGNS = {"same": " = ", "different": " ≠ ", "unsure": " ? "}


class SameReviewError(ConflictError):
    """A decision that cannot be made or taken back; ``label`` says why. Nothing was written."""

    def __init__(self, label: Label) -> None:
        """Take why, in both languages."""
        super().__init__(label.en)
        self.label = label


class ContradictionError(SameReviewError):
    """A decision that other decisions contradict: ``decisions``, which are named."""

    def __init__(self, ids: tuple[str, str], verdict: Verdict, decisions: Sequence[Decision]) -> None:
        """Take what was to be decided of which ids, and what speaks against it."""
        self.decisions = tuple(decisions)
        one, other = ids
        chain = "; ".join(map(decision_in_words, decisions))
        stand = _VERDICTS["different" if verdict == "same" else "same"]
        super().__init__(
            Label(
                f"{one} og {other} er allerede avgjort å være {stand.nb}: {chain}. Angre eller rett det først; "
                "ingenting ble skrevet.",
                f"{one} and {other} are decided to be {stand.en} already: {chain}. Take that back or mend it first; "
                "nothing was written.",
            )
        )


class NotOpenError(SameReviewError):
    """A pair that is decided already, by ``decisions``."""

    def __init__(self, ids: tuple[str, str], verdict: Verdict, decisions: Sequence[Decision]) -> None:
        """Take what is decided of which ids, and by what."""
        self.decisions = tuple(decisions)
        chain, stands = "; ".join(map(decision_in_words, decisions)), _VERDICTS[verdict]
        super().__init__(
            Label(
                f"{' og '.join(ids)} er avgjort allerede ({stands.nb}): {chain}. Ingenting ble skrevet.",
                f"{' and '.join(ids)} are decided already ({stands.en}): {chain}. Nothing was written.",
            )
        )


def decision_in_words(decision: Decision) -> str:
    """Return a decision in a line: what of which ids, by whom, when, and on which line of the file."""
    ids = decision.ids if len(decision.ids) <= 4 else (*decision.ids[:3], "…")
    line = f", identity.yaml:{decision.line}" if decision.line else ""
    return f"{_SIGNS[decision.verdict].join(ids)} ({decision.who}, {decision.when}{line})"


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate, with its number among all and that of its cluster."""

    number: int
    cluster: int
    candidate: Candidate

    @property
    def ids(self) -> tuple[str, str]:
        """Return the ids of both things."""
        return self.candidate.a.id, self.candidate.b.id


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs there are, and how many of them are decided, open, and put off until later."""

    all: int
    decided: int
    open: int
    later: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What can be taken back: a decision, or none where nothing was written; and the file before and after it.

    The files are kept only where taking the lines out again would not restore every byte.
    """

    number: int
    decision: Decision | None
    before: str | None = None
    after: str | None = None


class SameReview:
    """The review of the candidates of a build by one person, who is named in each decision."""

    def __init__(self, home: Path, clusters: Sequence[Cluster], who: str) -> None:
        """Take the home of the decisions, the clusters in the order in which they are shown, and who decides."""
        self.who = who
        self._home, self._file = home, home / FOLDER / FILE
        every = ((number, each) for number, cluster in enumerate(clusters) for each in cluster.candidates)
        self.pairs = tuple(Pair(number, cluster, each) for number, (cluster, each) in enumerate(every))
        self._things = [len(cluster.things) for cluster in clusters]
        self._starts = _starts(self.pairs, len(clusters))
        self._decisions, self._seen, self._digest = Decisions(), (0, 0, 0), _digest_of(b"")
        self._states = [OPEN] * len(self.pairs)
        self._later: set[int] = set()
        self._unsure: set[int] = set()
        self._steps: list[_Step] = []
        self._lock = threading.RLock()
        self._take_in(Decisions())

    @property
    def decisions(self) -> Decisions:
        """Return what is decided, as of the last look at the file."""
        return self._decisions

    def refresh(self) -> None:
        """Look at the file again, if it has changed. Raise FindingsError where it cannot be read."""
        with self._lock:
            seen = self._signature()
            if seen == self._seen:
                return
            digest = _digest_of(self._file.read_bytes() if self._file.is_file() else b"")
            if digest != self._digest:
                self._take_in(read_decisions(self._home))
            self._seen, self._digest = seen, digest

    def state(self, number: int) -> str:
        """Return what was decided of a pair: same, different, unsure, later or open."""
        state = self._states[number]
        return LATER if state == OPEN and number in self._later else state

    def counts(self) -> Counts:
        """Return how many pairs are in which state."""
        still = [number for number, state in enumerate(self._states) if state == OPEN]
        later = sum(number in self._later for number in still)
        return Counts(len(self.pairs), len(self.pairs) - len(still), len(still) - later, later)

    def upcoming(self, after: int | None, limit: int) -> list[Pair]:
        """Return the open pairs in the order in which they come: those of the same cluster first."""
        found: list[Pair] = []
        for number in self._order(after):
            if self.state(number) == OPEN:
                found.append(self.pairs[number])
                if len(found) == limit:
                    break
        return found

    def cluster(self, number: int) -> tuple[Sequence[Pair], int]:
        """Return the pairs of the cluster of a pair, and of how many things it consists."""
        cluster = self.pairs[number].cluster
        return self.pairs[self._starts[cluster] : self._starts[cluster + 1]], self._things[cluster]

    def kept(self, number: int) -> str:
        """Return which id of a pair is kept if they are the same: the registry's, or one that is decided about."""
        a, b = self.pairs[number].candidate.a, self.pairs[number].candidate.b

        def rank(thing: Thing) -> tuple[bool, bool, int]:
            return thing.registered, len(self._decisions.cluster(thing.id)) > 1, len(thing.sources)

        return max((a, b), key=rank).id

    def doubts(self, number: int) -> list[Decision]:
        """Return the decisions by which it is unsure whether the two are one."""
        both = {*self.pairs[number].ids}
        return [each for each in self._decisions.entries if each.verdict == "unsure" and both <= {*each.ids}]

    def decide(self, number: int, verdict: Verdict, why: str, kept: str = "", seen: Sequence[str] = ()) -> None:
        """Decide about a pair, and write it down. ``kept`` is the id to keep; without it, the one that ``kept`` says.

        Raise ContradictionError where other decisions say the opposite, NotOpenError where it is decided already,
        FindingsError where the file cannot be read, DecisionError where it cannot be written. Nothing is written then.
        """
        assert verdict in VERDICTS
        with self._lock:
            self.refresh()
            ids = self.pairs[number].ids
            _refuse(self._decisions, ids, verdict)
            first = kept if kept in ids else self.kept(number)
            made = Decision(
                verdict,
                (first, *(id for id in ids if id != first)),
                _one_line(self.who),
                date.today(),
                _one_line(why),
                tuple(map(_one_line, seen)),
            )
            doubted = verdict == "unsure" and self._decisions.verdict(*ids) == "unsure"
            self._steps.append(_Step(number, None) if doubted else self._write(number, made))
            self._later.discard(number)
            if verdict == "unsure":
                self._unsure.add(number)
            self._states[number] = self._state(self.pairs[number])

    def put_off(self, number: int) -> None:
        """Leave a pair until later; that is remembered as long as the program runs."""
        with self._lock:
            self._later.add(number)

    def recall(self) -> None:
        """Show the pairs again that were put off."""
        with self._lock:
            self._later.clear()

    def undo(self) -> int:
        """Take back the last decision of this review, so that the file is what it was; return the number of the pair.

        Raise SameReviewError where there is none, DecisionError where it is gone, or the file cannot be written.
        """
        with self._lock:
            if not self._steps:
                raise SameReviewError(Label("det er ingenting å angre", "there is nothing to undo"))
            step = self._steps[-1]
            if step.decision is not None:
                self._take_back(step, step.decision)
            self._steps.pop()
            self._unsure.discard(step.number)
            self.refresh()
            self._states[step.number] = self._state(self.pairs[step.number])
            return step.number

    def _write(self, number: int, made: Decision) -> _Step:
        ids = self.pairs[number].ids
        change = add_decision(self._home, made, lambda decisions: _refuse(decisions, ids, made.verdict))
        restorable = change.before is None or (change.before.endswith("\n") and len(change.decisions.entries) > 1)
        self._take_change(change)
        # The file got a line end, or its list the first entry: taking out the entry would leave these.
        return _Step(number, made) if restorable else _Step(number, made, change.before, change.after)

    def _take_back(self, step: _Step, decision: Decision) -> None:
        if step.before is not None:
            with locked(self._file):
                if self._file.is_file() and self._file.read_bytes() == (step.after or "").encode():
                    write_whole(self._file, step.before)
                    return
        try:
            self._take_change(remove_decision(self._home, decision))
        except DecisionError:
            # Where it is gone, there is nothing left of it to take back; the one before it can be.
            if not any(replace(each, line=0) == decision for each in read_decisions(self._home).entries):
                self._steps.pop()
                self.refresh()
            raise

    def _take_change(self, change: Change) -> None:
        """Take in what is decided after a change of ours; a file that is as we wrote it is not parsed again."""
        self._digest, self._seen = _digest_of((change.after or "").encode()), (0, 0, 0)
        self._take_in(change.decisions)

    def _take_in(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._states = [self._state(pair) for pair in self.pairs]

    def _state(self, pair: Pair) -> str:
        verdict = self._decisions.verdict(*pair.ids)
        # A doubt of earlier is looked at again; one of this review is not.
        return OPEN if verdict is None or (verdict == "unsure" and pair.number not in self._unsure) else verdict

    def _order(self, after: int | None) -> Iterator[int]:
        if after is None:
            yield from range(len(self.pairs))
            return
        cluster = self.pairs[after].cluster
        first, end = self._starts[cluster], self._starts[cluster + 1]
        yield from range(after + 1, end)
        yield from range(first, after)
        yield from range(end, len(self.pairs))
        yield from range(first)
        yield after

    def _signature(self) -> tuple[int, int, int]:
        """Return what changes when the file does; zeros where there is none."""
        try:
            stat = self._file.stat()
        except OSError:
            return 0, 0, 1
        return stat.st_mtime_ns, stat.st_size, stat.st_ino


def standing(decisions: Decisions, ids: tuple[str, str]) -> list[Decision]:
    """Return the decisions by which two ids are the same or different: a direct one, or a chain of them."""
    verdict = decisions.verdict(*ids)
    if verdict == "same":
        asked = Decision("different", ids, "", date.min, "")
        every = Decisions([*decisions.entries, asked]).contradictions()
        return next(([*each.chain] for each in every if each.different is asked), [])
    one, other = ({*decisions.cluster(id)} for id in ids)
    apart = [
        each for each in decisions.entries if each.verdict == verdict and one & {*each.ids} and other & {*each.ids}
    ]
    result = apart[:1]
    if apart:
        for id, cluster in zip(ids, (one, other), strict=True):
            ends = sorted(cluster & {*apart[0].ids})
            if id not in ends:
                result += standing(decisions, (id, ends[0]))
    return result


def _starts(pairs: Sequence[Pair], clusters: int) -> list[int]:
    """Return for each cluster the number of its first pair, and at the end the number of all pairs."""
    starts = [len(pairs)] * (clusters + 1)
    for pair in reversed(pairs):
        starts[pair.cluster] = pair.number
    return starts


def _refuse(decisions: Decisions, ids: tuple[str, str], verdict: Verdict) -> None:
    """Raise ContradictionError or NotOpenError where something is decided already."""
    stands = decisions.verdict(*ids)
    if stands is None or stands == "unsure":
        return
    if verdict not in ("unsure", stands):
        raise ContradictionError(ids, verdict, standing(decisions, ids))
    raise NotOpenError(ids, stands, standing(decisions, ids))


def _digest_of(data: bytes) -> bytes:
    return sha256(data).digest()


def _one_line(words: str) -> str:
    return " ".join(words.split())
