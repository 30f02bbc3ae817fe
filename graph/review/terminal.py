"""Review in a terminal: a sentence at a time, with its proposals; a key or two for each decision."""

from collections.abc import Callable
from pathlib import Path

from graph.common.findings import did_you_mean
from graph.common.page_files import PageFileError
from graph.common.text import escape_control
from graph.model.labels import Label
from graph.review.claims_file import ReviewError
from graph.review.decide import Result, accept_sentence, change, decide, no_claim, undo
from graph.review.page import Item, ReviewPage, Sentence, read_review_page
from graph.review.words import REASONS, in_language, item_in_words, words_elsewhere
from graph.sources.pages.context import Background

Ask = Callable[[str], str]
Tell = Callable[[str], None]
_HELP = Label(
    "Enter godta alt i setningen · a N godta · r N avvis · rolle N ROLLE · n N påstår ingenting"
    " · s hopp over · u angre · q slutt",
    "Enter accept all of the sentence · a N accept · r N reject · role N ROLE · n N claims nothing"
    " · s skip · u undo · q quit",
)
_ALL_DECIDED = Label(
    "Alle forslag er avgjort; u angrer, Enter avslutter > ", "All proposals are decided; u undoes, Enter ends > "
)
_AFTERWARDS = Label(
    "Setninger som ingen påstand viser til: {empty}. motegraf build tar med det som er avgjort.",
    "Sentences that no claim quotes: {empty}. motegraf build takes in what is decided.",
)
_COUNTS = Label("{done} av {all} setninger, {left} ikke avgjort", "{done} of {all} sentences, {left} undecided")


def review(folder: Path, background: Background, ask: Ask, tell: Tell, lang: str) -> int:
    """Go through the undecided sentences of a page; return how many decisions were made."""
    skipped: set[int] = set()
    decisions = 0
    tell(in_language(_HELP, lang))
    while True:
        page = read_review_page(folder, background)
        sentence = _next(page, skipped)
        if sentence is None:
            tell(_counts(page, lang))
            empty = sum(sentence.state == "empty" for sentence in page.sentences)
            tell(in_language(_AFTERWARDS, lang).format(empty=empty))
            if decisions and ask(in_language(_ALL_DECIDED, lang)).strip() == "u":
                _undo(folder, skipped, tell)
                continue
            return decisions
        _show(page, sentence, background, tell, lang)
        words = ask("> ").split()
        try:
            if words[:1] == ["q"]:
                tell(_counts(page, lang))
                return decisions
            if words[:1] == ["s"]:
                skipped.add(sentence.number)
                continue
            if words[:1] == ["u"]:
                _undo(folder, skipped, tell)
                continue
            for result in _carry_out(folder, page, sentence, words, background):
                decisions += 1
                for finding in result.findings:
                    tell(escape_control(finding))
        except (ReviewError, PageFileError) as error:
            tell(f"{error}")


def _undo(folder: Path, skipped: set[int], tell: Tell) -> None:
    made = undo(folder)
    skipped.clear()
    tell(f"{made.what}: {' '.join(map(str, made.path))}")


def _next(page: ReviewPage, skipped: set[int]) -> Sentence | None:
    return next((each for each in page.sentences if each.state == "undecided" and each.number not in skipped), None)


def _show(page: ReviewPage, sentence: Sentence, background: Background, tell: Tell, lang: str) -> None:
    tell(f"\n{_counts(page, lang)}\n{escape_control(sentence.words)}")
    for number, item in enumerate(_proposed(sentence), 1):
        event = "" if item.is_event else f" [{item.event}]"
        strength = f" ({item.strength})" if item.strength else ""
        tell(escape_control(f"  {number}  {item_in_words(item, page, background, lang)}{event}{strength}"))
        if words := words_elsewhere(item, sentence, page):
            tell(escape_control(f"     «{words}»"))


def _proposed(sentence: Sentence) -> list[Item]:
    return [item for item in sentence.items if item.state == "proposed"]


def _carry_out(
    folder: Path, page: ReviewPage, sentence: Sentence, words: list[str], background: Background
) -> list[Result]:
    """Carry out what a person typed about a sentence."""
    if not words:
        return accept_sentence(folder, page, sentence.number, background)
    what, *rest = words
    if what == "n":
        reason = REASONS[_number(rest, len(REASONS)) - 1]
        # A sentence that claims nothing has no proposal that stands.
        rejected = [decide(folder, item, "reject", background) for item in _proposed(sentence)]
        return [*rejected, no_claim(folder, sentence.words, in_language(reason, "en"))]
    items = _proposed(sentence)
    if what in ("a", "r"):
        return [decide(folder, items[_number(rest, len(items)) - 1], {"a": "accept", "r": "reject"}[what], background)]
    if what in ("role", "rolle") and len(rest) == 2:
        roles = background.vocabulary["role"]
        if rest[1] not in roles:
            raise ReviewError(f"unknown role {rest[1]!r}; known are {', '.join(roles)}.{did_you_mean(rest[1], roles)}")
        return [change(folder, items[_number(rest, len(items)) - 1], "role", rest[1], background)]
    raise ReviewError(f"{what!r} is no key here")


def _number(words: list[str], most: int) -> int:
    number = int(words[0]) if words and words[0].isdigit() else 1 if not words and most == 1 else 0
    if not 1 <= number <= most:
        raise ReviewError(f"give the number of one of them, from 1 to {most}")
    return number


def _counts(page: ReviewPage, lang: str) -> str:
    decided = sum(sentence.state in ("accepted", "rejected", "no claim") for sentence in page.sentences)
    left = sum(sentence.state == "undecided" for sentence in page.sentences)
    return in_language(_COUNTS, lang).format(done=decided, all=len(page.sentences), left=left)
