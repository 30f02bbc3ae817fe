"""How alike the words of two names are, from 0 to 1: word by word, whatever their order."""

from collections.abc import Collection, Mapping, Sequence

# A word in another number or case ("Foundation", "Foundations"), and one with a typing error, weigh a little less.
SAME_STEM, ONE_ERROR = 0.95, 0.9
_SECOND_ERROR = 0.05
_MAX_ENDING = 2
_MIN_STEM, _MIN_LETTERS_OF_ERROR, _MIN_LETTERS_OF_TWO_ERRORS = 4, 5, 10
# A name of one word is no other word: an error in it weighs by its length.
_MIN_SOLE_STEM, _WEIGHT_OF_SOLE_ERROR = 5, 1.6
# Words that are written together in one name and apart in the other.
TOGETHER = 0.98


def word_similarity(a: str, b: str) -> float:
    """Return how alike two folded words are; 0 where they are two words.

    Figures and codes of countries are alike only where they are equal.
    """
    if a == b:
        return 1.0
    if not _may_be_misspelt(a, b, _MIN_STEM):
        return 0.0
    if _is_same_stem(a, b, _MIN_STEM):
        return SAME_STEM
    # In a short word one letter more or less is an error, and another letter makes another word: Bahn, Bank.
    if min(len(a), len(b)) < _MIN_LETTERS_OF_ERROR and (len(a) == len(b) or a[0] != b[0]):
        return 0.0
    errors = _errors(a, b)
    return ONE_ERROR - _SECOND_ERROR * (errors - 1) if errors else 0.0


def words_similarity(
    a: Sequence[str], b: Sequence[str], weights: Mapping[str, float] | None = None, exact: Collection[str] = ()
) -> float:
    """Return how alike two lists of words are: twice what they share, of what they have together.

    ``weights`` are of words, 1 where they name none; ``exact`` words, such as acronyms, are like no other word. Each
    word is compared with the most alike one of the other list that is free.
    """
    if not a or not b:
        return 0.0
    if "".join(a) == "".join(b):
        return 1.0 if sorted(a) == sorted(b) else TOGETHER
    if len(a) == len(b) == 1:
        return 0.0 if {*a, *b} & {*exact} else _sole_word_similarity(a[0], b[0])
    # In one order, so that A is as like B as B is like A.
    a, b = sorted((sorted(a), sorted(b)))
    weight = dict.fromkeys((*a, *b), 1.0) | dict(weights or {})
    shared, rest, left = 0.0, list(b), []
    for word in a:
        if word in rest:
            rest.remove(word)
            shared += 2 * weight[word]
        elif word not in exact:
            left.append(word)
    for word in left:
        alike, other = max(
            ((word_similarity(word, each), each) for each in rest if each not in exact), default=(0.0, "")
        )
        if alike:
            rest.remove(other)
            shared += alike * (weight[word] + weight[other])
    return shared / sum(weight[word] for word in (*a, *b))


def _sole_word_similarity(a: str, b: str) -> float:
    if not _may_be_misspelt(a, b, _MIN_SOLE_STEM):
        return 0.0
    if _is_same_stem(a, b, _MIN_SOLE_STEM):
        return SAME_STEM
    errors = _errors(a, b)
    return 1 - _WEIGHT_OF_SOLE_ERROR * errors / max(len(a), len(b)) if errors else 0.0


def _may_be_misspelt(a: str, b: str, min_letters: int) -> bool:
    return min(len(a), len(b)) >= min_letters and a.isalpha() and b.isalpha() and not (a.isupper() or b.isupper())


def _is_same_stem(a: str, b: str, min_letters: int) -> bool:
    """Return whether one word has an ending that the other has not, or has another ending of another length."""
    stem = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return len(a) != len(b) and stem >= max(min_letters, max(len(a), len(b)) - _MAX_ENDING)


def _errors(a: str, b: str) -> int:
    """Return in how many letters two words differ, 0 where in more than an error or two."""
    from rapidfuzz.distance import OSA

    allowed = 2 if min(len(a), len(b)) >= _MIN_LETTERS_OF_TWO_ERRORS else 1
    errors: int = OSA.distance(a, b, score_cutoff=allowed)
    return errors if errors <= allowed else 0
