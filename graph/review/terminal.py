"""Review in a terminal: a sentence at a time, with its proposals; a key or two for each decision."""

from collections.abc import Callable, Iterator
from pathlib import Path

from graph.common.errors import MotegrafError
from graph.common.findings import FindingsError, did_you_mean
from graph.common.text import escape_control
from graph.model.labels import Label
from graph.review.claims_file import ReviewError
from graph.review.decide import Result, accept_sentence, change, decide, no_claim, undo
from graph.review.page import Item, ReviewPage, Sentence, read_review_page
from graph.review.words import (
    REASONS,
    decision_in_words,
    in_language,
    item_in_words,
    rule_in_words,
    strength_in_words,
    words_elsewhere,
)
from graph.sources.pages.context import Background

Ask = Callable[[str], str]
Tell = Callable[[str], None]
_HELP = Label(
    "Enter godta alt i setningen · a N godta · r N avvis · rolle N ROLLE · n N påstår ingenting"
    " · s hopp over · u angre · ? hjelp · q slutt",
    "Enter accept all of the sentence · a N accept · r N reject · role N ROLE · n N claims nothing"
    " · s skip · u undo · ? help · q quit",
)
_ROLES, _REASONS = Label("Roller: {}", "Roles: {}"), Label("Påstår ingenting: {}", "Claims nothing: {}")
_NO_KEY = Label("{!r} er ingen tast her; ? viser hvilke det er", "{!r} is no key here; ? shows which there are")
_NO_NUMBER = Label("gi nummeret på en av dem, fra 1 til {}", "give the number of one of them, from 1 to {}")
_NO_ROLE = Label("ukjent rolle {!r}; {}", "unknown role {!r}; {}")
_UNDONE = Label("angret: {}", "undone: {}")
_TRY_AGAIN = Label("Enter leser siden på nytt, q slutter > ", "Enter reads the page again, q quits > ")
_ALL_DECIDED = Label(
    "Alle forslag er avgjort; u angrer, Enter avslutter > ", "All proposals are decided; u undoes, Enter ends > "
)
_AFTERWARDS = Label(
    "Setninger som ingen påstand viser til: {empty}. motegraf build tar med det som er avgjort.",
    "Sentences that no claim quotes: {empty}. motegraf build takes in what is decided.",
)
_COUNTS = Label("{done} av {all} setninger, {left} ikke avgjort", "{done} of {all} sentences, {left} undecided")


def review(folder: Path, background: Background, ask: Ask, tell: Tell, lang: str) -> int:
    """Go through the undecided sentences of a page; return how many decisions were made and not taken back."""
    return _Session(folder, background, ask, tell, lang).run()


class _Session:
    """One person in one terminal: which sentences were skipped, and how many decisions stand."""

    def __init__(self, folder: Path, background: Background, ask: Ask, tell: Tell, lang: str) -> None:
        self._folder, self._background, self._lang = folder, background, lang
        self._ask, self._tell = ask, tell
        self._skipped: set[int] = set()
        self._decisions = 0

    def run(self) -> int:
        self._say(_HELP)
        goes_on = True
        while goes_on:
            try:
                page = read_review_page(self._folder, self._background)
            except (ReviewError, FindingsError) as error:
                # Nothing is lost: whoever edits the files meanwhile mends them, and the review goes on.
                self._tell_error(error)
                goes_on = self._ask(in_language(_TRY_AGAIN, self._lang)).strip() != "q"
                continue
            try:
                goes_on = self._step(page)
            except MotegrafError as error:
                self._tell_error(error)
        return max(0, self._decisions)

    def _step(self, page: ReviewPage) -> bool:
        """Show the next sentence and do what is typed about it; return whether the review goes on."""
        sentence = next(
            (each for each in page.sentences if each.state == "undecided" and each.number not in self._skipped), None
        )
        self._tell(("\n" if sentence else "") + _counts(page, self._lang))
        if sentence is None:
            self._say(_AFTERWARDS, empty=sum(each.state == "empty" for each in page.sentences))
            if not self._decisions or self._ask(in_language(_ALL_DECIDED, self._lang)).strip() != "u":
                return False
            self._undo(page)
            return True
        self._show(page, sentence)
        return self._do(page, sentence, self._ask("> ").split())

    def _do(self, page: ReviewPage, sentence: Sentence, words: list[str]) -> bool:
        match words:
            case ["q"]:
                self._tell(_counts(page, self._lang))
                return False
            case ["s"]:
                self._skipped.add(sentence.number)
            case ["u"]:
                self._undo(page)
            case ["?" | "h" | "help" | "hjelp"]:
                self._say(_HELP)
                self._tell(_roles(self._background, self._lang))
                self._tell(_reasons(self._lang))
            case _:
                for result in self._carry_out(page, sentence, words):
                    self._decisions += 1
                    for finding in result.findings:
                        self._tell(escape_control(finding))
        return True

    def _carry_out(self, page: ReviewPage, sentence: Sentence, words: list[str]) -> Iterator[Result]:
        """Carry out what a person typed about a sentence; yield what came of each decision."""
        folder, background, items = self._folder, self._background, _proposed(sentence)
        match words:
            case []:
                yield from accept_sentence(folder, page, sentence.number, background)
            case ["a" | "r" as key, *rest]:
                item = items[self._number(rest, len(items)) - 1]
                yield decide(folder, item, {"a": "accept", "r": "reject"}[key], background)
            case ["n", *rest]:
                if len(rest) != 1:
                    raise ReviewError(_reasons(self._lang))
                reason = REASONS[self._number(rest, len(REASONS)) - 1]
                # A sentence that claims nothing has no proposal that stands.
                for item in items:
                    yield decide(folder, item, "reject", background)
                yield no_claim(folder, sentence.words, in_language(reason, "en"))
            case ["role" | "rolle", number, *rest] if rest:
                item = items[self._number([number], len(items)) - 1]
                yield change(folder, item, "role", self._role(" ".join(rest)), background)
            case ["role" | "rolle", *_]:
                raise ReviewError(_roles(background, self._lang))
            case _:
                raise ReviewError(in_language(_NO_KEY, self._lang).format(words[0]))

    def _role(self, words: str) -> str:
        """Return the role of that id, or of that name in whatever language."""
        roles = self._background.vocabulary["role"]
        for name, concept in roles.items():
            if words.casefold() in {name, *(label.casefold() for label in concept.labels.values())}:
                return name
        names = [concept.labels.get(self._lang, name) for name, concept in roles.items()]
        near = did_you_mean(words, [*names, *roles])
        problem = in_language(_NO_ROLE, self._lang).format(words, _roles(self._background, self._lang))
        raise ReviewError(f"{problem}.{near}")

    def _number(self, words: list[str], most: int) -> int:
        number = int(words[0]) if words and words[0].isdecimal() else 1 if not words and most == 1 else 0
        if not 1 <= number <= most:
            raise ReviewError(in_language(_NO_NUMBER, self._lang).format(most))
        return number

    def _undo(self, page: ReviewPage) -> None:
        made = undo(self._folder)
        self._skipped.clear()
        self._decisions -= 1
        self._say(_UNDONE, decision_in_words(made, page, self._background, self._lang))

    def _show(self, page: ReviewPage, sentence: Sentence) -> None:
        self._tell(escape_control(sentence.words))
        for number, item in enumerate(_proposed(sentence), 1):
            event = "" if item.is_event else f" [{item.event}]"
            why = ", ".join(filter(None, (strength_in_words(item.strength, self._lang), self._rule(item))))
            words = item_in_words(item, page, self._background, self._lang)
            self._tell(escape_control(f"  {number}  {words}{event}{f' ({why})' if why else ''}"))
            if proof := words_elsewhere(item, sentence, page):
                self._tell(escape_control(f"     «{proof}»"))

    def _rule(self, item: Item) -> str:
        return rule_in_words(item.rule, self._lang)

    def _say(self, label: Label, *values: object, **named: object) -> None:
        self._tell(escape_control(in_language(label, self._lang).format(*values, **named)))

    def _tell_error(self, error: MotegrafError) -> None:
        for line in error.findings if isinstance(error, FindingsError) else (error,):
            self._tell(escape_control(str(line)))


def _roles(background: Background, lang: str) -> str:
    roles = background.vocabulary["role"].items()
    return in_language(_ROLES, lang).format(", ".join(concept.labels.get(lang, name) for name, concept in roles))


def _reasons(lang: str) -> str:
    numbered = (f"n {number} {in_language(reason, lang)}" for number, reason in enumerate(REASONS, 1))
    return in_language(_REASONS, lang).format(" · ".join(numbered))


def _proposed(sentence: Sentence) -> list[Item]:
    return [item for item in sentence.items if item.state == "proposed"]


def _counts(page: ReviewPage, lang: str) -> str:
    decided = sum(sentence.state in ("accepted", "rejected", "no claim") for sentence in page.sentences)
    left = sum(sentence.state == "undecided" for sentence in page.sentences)
    return in_language(_COUNTS, lang).format(done=decided, all=len(page.sentences), left=left)
