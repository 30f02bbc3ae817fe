"""What is shown of a pair that may be one: both sides, what speaks for and against, and the cluster beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.identity.reasons import Reason
from graph.model.identity import VERDICTS, Verdict
from graph.model.labels import Label
from graph.review.same import OPEN, Pair, SameReview, decision_in_words
from graph.review.same_evidence import Evidence, Side, cut
from graph.review.words import in_language

# So many pairs of a cluster are shown beside the one in question, and so many that come next are sent ahead.
MAX_PAIRS, AHEAD = 12, 4
# The evidence of each side that is kept in a decision.
MAX_SEEN, MAX_SEEN_LETTERS = 2, 300
STATES = {
    OPEN: Label("ikke avgjort", "undecided"),
    "later": Label("senere", "later"),
    "same": Label("samme", "the same"),
    "different": Label("ulike", "different"),
    "unsure": Label("usikkert", "unsure"),
}
_COMPARED: dict[Verdict, Label] = {
    "same": Label("Kildene er sammenlignet, og forteller om én.", "The sources were compared; they tell of one."),
    "different": Label("Kildene er sammenlignet, og forteller om to.", "The sources were compared; they tell of two."),
    "unsure": Label("Det kildene sier, avgjør det ikke.", "What the sources say does not settle it."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a review is shown with: the review, what looks up evidence, and the language of the interface."""

    review: SameReview
    evidence: Evidence
    lang: str

    def sides(self, pair: Pair) -> tuple[Side, Side]:
        """Return both sides of a pair; the first is the one whose id is kept."""
        a, b = (self.evidence.side(thing, self.lang) for thing in (pair.candidate.a, pair.candidate.b))
        return (b, a) if self.review.kept(pair.number) == b.id else (a, b)

    def reasons(self, reasons: Iterable[Reason]) -> list[str]:
        """Return reasons in words."""
        return [cut(in_language(each.label, self.lang)) for each in reasons]

    def proposed_reason(self, pair: Pair, verdict: Verdict) -> str:
        """Return a reason for a decision, made of what speaks for it; a person may write another."""
        score = pair.candidate.score
        reasons = {"same": score.speaks_for, "different": score.speaks_against}.get(verdict, ())
        words = cut("; ".join(self.reasons(reasons)), 600)
        return f"{words[0].upper()}{words[1:]}." if words else in_language(_COMPARED[verdict], self.lang)

    def seen(self, pair: Pair) -> list[str]:
        """Return the words of sources that are on the screen, as a decision keeps them."""
        return [
            cut(f"{side.id}: {words.text}", MAX_SEEN_LETTERS)
            for side in self.sides(pair)
            for words in [each for source in side.sources for each in source.words][:MAX_SEEN]
        ]

    def state_of(self, number: int) -> str:
        """Return in words what was decided of a pair."""
        return in_language(STATES[self.review.state(number)], self.lang)

    def pair(self, pair: Pair) -> dict[str, Any]:
        """Return a pair as an object for the page."""
        score = pair.candidate.score
        return {
            "number": pair.number,
            "score": f"{score.value:.2f}",
            "proof": score.proof,
            "state": self.review.state(pair.number),
            "for": self.reasons(score.speaks_for),
            "against": self.reasons(score.speaks_against),
            "doubts": [cut(f"{decision_in_words(each)}: {each.why}") for each in self.review.doubts(pair.number)],
            "why": {verdict: self.proposed_reason(pair, verdict) for verdict in VERDICTS},
            "sides": [
                asdict(each) | {"canonical": self.review.decisions.canonical(each.id)} for each in self.sides(pair)
            ],
            "cluster": self._cluster(pair),
        }

    def _cluster(self, pair: Pair) -> dict[str, Any]:
        pairs, things = self.review.cluster(pair.number)
        shown = around(pairs, pair)
        return {
            "things": things,
            "pairs": [
                {
                    "number": each.number,
                    "names": [cut(thing.name, 80) for thing in (each.candidate.a, each.candidate.b)],
                    # Where both have one name, their ids tell them apart.
                    "ids": each.ids if each.candidate.a.name == each.candidate.b.name else (),
                    "state": self.review.state(each.number),
                    "words": self.state_of(each.number),
                }
                for each in shown
            ],
            "more": len(pairs) - len(shown),
        }

    def screen(self, pair: Pair | None) -> dict[str, Any]:
        """Return all that the page shows: a pair, those that come next, and how many there are in which state."""
        ahead = self.review.upcoming(pair.number if pair else None, AHEAD + 1)
        return {
            "who": self.review.who,
            "counts": asdict(self.review.counts()),
            "pair": self.pair(pair) if pair else None,
            "next": [self.pair(each) for each in ahead if pair is None or each.number != pair.number][:AHEAD],
        }


def around(pairs: Sequence[Pair], pair: Pair) -> Sequence[Pair]:
    """Return the pairs that stand about a pair in its cluster, not too many."""
    at = pair.number - pairs[0].number
    first = max(0, min(at - MAX_PAIRS // 2, len(pairs) - MAX_PAIRS))
    return pairs[first : first + MAX_PAIRS]
