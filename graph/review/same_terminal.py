"""Review candidates in a terminal: a pair at a time, a key for each decision."""

from collections.abc import Callable, Iterator

from graph.common.errors import MotegrafError
from graph.common.text import escape_control
from graph.model.identity import Verdict
from graph.model.labels import Label
from graph.review.same import Pair, SameReview, SameReviewError
from graph.review.same_evidence import Evidence, Side
from graph.review.same_view import Shown
from graph.review.words import in_language

Ask = Callable[[str], str]
Tell = Callable[[str], None]
_KEYS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}
_HELP = Label(
    "s samme · d ulike · u usikkert, med en begrunnelse etter om du vil · l senere · x behold den andre id-en"
    " · z angre · ? hjelp · q slutt",
    "s same · d different · u unsure, with a reason after it if you like · l later · x keep the other id"
    " · z undo · ? help · q quit",
)
_COUNTS = Label(
    "{0.decided} av {0.all} par avgjort, {0.open} igjen", "{0.decided} of {0.all} pairs decided, {0.open} left"
)
_LATER = Label(
    "{} par er satt til senere; Enter viser dem, z angrer, q slutter > ",
    "{} pairs are left for later; Enter shows them, z undoes, q quits > ",
)
_DONE = Label("Alle par er avgjort; z angrer, Enter avslutter > ", "All pairs are decided; z undoes, Enter ends > ")
_FOR, _AGAINST = Label("taler for: {}", "speaks for: {}"), Label("taler mot: {}", "speaks against: {}")
_KEPT = Label("beholdes", "kept")
_CLUSTER = Label("gruppe av {}, par {} av {}", "cluster of {}, pair {} of {}")
_NO_KEY = Label("{!r} er ingen tast her; ? viser hvilke det er", "{!r} is no key here; ? shows which there are")
_TRY_AGAIN = Label("Enter leser filen på nytt, q slutter > ", "Enter reads the file again, q quits > ")


def review_pairs(review: SameReview, evidence: Evidence, ask: Ask, tell: Tell, lang: str) -> int:
    """Go through the open pairs; return how many decisions were made and not taken back."""
    return _Session(Shown(review, evidence, lang), ask, tell).run()


class _Session:
    """One person in one terminal: the pair in question, and how many decisions stand."""

    def __init__(self, shown: Shown, ask: Ask, tell: Tell) -> None:
        self._shown, self._review, self._ask, self._tell = shown, shown.review, ask, tell
        self._at: int | None = None
        self._swapped = False
        self._decisions = 0

    def run(self) -> int:
        self._say(_HELP)
        goes_on = True
        while goes_on:
            try:
                self._review.refresh()
            except MotegrafError as error:
                # Nothing is lost: whoever edits the file meanwhile mends it, and the review goes on.
                self._tell_error(error)
                goes_on = self._ask(in_language(_TRY_AGAIN, self._shown.lang)).strip() != "q"
                continue
            pair = next(iter(self._review.upcoming(self._at, 1)), None)
            try:
                goes_on = self._end() if pair is None else self._step(pair)
            except MotegrafError as error:
                self._tell_error(error)
        return max(0, self._decisions)

    def _end(self) -> bool:
        """Ask what to do where no pair is open; return whether the review goes on."""
        later = self._review.counts().later
        if not later and not self._decisions:
            self._say(_COUNTS, self._review.counts())
            return False
        answer = self._ask(in_language(_LATER if later else _DONE, self._shown.lang).format(later)).strip()
        if answer == "z":
            self._undo()
        elif answer == "q" or not later:
            return False
        else:
            self._review.recall()
            self._at = None
        return True

    def _step(self, pair: Pair) -> bool:
        """Show a pair and do what is typed about it; return whether the review goes on."""
        self._tell("")
        self._say(_COUNTS, self._review.counts())
        for line in self._lines(pair):
            self._tell(escape_control(line))
        key, _, reason = self._ask("> ").strip().partition(" ")
        if key in _KEYS:
            ids = [side.id for side in self._sides(pair)]
            verdict = _KEYS[key]
            why = reason.strip() or self._shown.proposed_reason(pair, verdict)
            self._review.decide(pair.number, verdict, why, ids[0], self._shown.seen(pair))
            self._decisions += 1
            self._at, self._swapped = pair.number, False
        elif key == "l":
            self._review.put_off(pair.number)
            self._at, self._swapped = pair.number, False
        elif key == "x":
            self._swapped = not self._swapped
        elif key == "z":
            self._undo()
        elif key in ("?", "h"):
            self._say(_HELP)
        elif key != "q":
            self._say(_NO_KEY, key)
        return key != "q"

    def _sides(self, pair: Pair) -> tuple[Side, Side]:
        first, second = self._shown.sides(pair)
        return (second, first) if self._swapped else (first, second)

    def _lines(self, pair: Pair) -> Iterator[str]:
        lang, score = self._shown.lang, pair.candidate.score
        pairs, things = self._review.cluster(pair.number)
        yield in_language(_CLUSTER, lang).format(things, pair.number - pairs[0].number + 1, len(pairs))
        for side, note in zip(self._sides(pair), (f" ({in_language(_KEPT, lang)})", ""), strict=True):
            yield f"{side.name} – {side.kind}, {side.id}{note}"
            for fact in side.facts:
                yield f"    {fact.heading}: {'; '.join(fact.values)}"
            for source in side.sources:
                yield f"    {source.title}{f' <{source.url}>' if source.url else ''}"
                yield from (f"        {words.text}" for words in source.words)
        for label, reasons in ((_FOR, score.speaks_for), (_AGAINST, score.speaks_against)):
            if words := "; ".join(self._shown.reasons(reasons)):
                yield in_language(label, lang).format(words)

    def _undo(self) -> None:
        number = self._review.undo()
        self._decisions -= 1
        # The pair that is open again comes next.
        self._at = number - 1 if number else None

    def _say(self, label: Label, *values: object) -> None:
        self._tell(in_language(label, self._shown.lang).format(*values))

    def _tell_error(self, error: MotegrafError) -> None:
        words = in_language(error.label, self._shown.lang) if isinstance(error, SameReviewError) else str(error)
        self._tell(escape_control(words))
