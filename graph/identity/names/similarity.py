"""How alike the words of two names are, from 0 to 1: word by word, whatever their order."""

from collections.abc import Mapping, Sequence

# A word in another number or case ("Foundation", "Foundations"), and one with a typing error, weigh a little less.
SAME_STEM, ONE_ERROR = 0.95, 0.9
_MAX_ENDING = 2
_MIN_STEM = 4
_MIN_LETTERS_OF_ERROR = 5
_MIN_LETTERS_OF_TWO_ERRORS = 10
# Words that are written together in one name and apart in the other.
TOGETHER = 0.98


def word_similarity(a: str, b: str) -> float:
    """Return how alike two folded words are; 0 where they are two words.

    Figures and codes of countries are alike only where they are equal.
    """
    if a == b:
        return 1.0
    short = min(len(a), len(b))
    if short < _MIN_STEM or not (a.isalpha() and b.isalpha()) or a.isupper() or b.isupper():
        return 0.0
    stem = _common_start(a, b)
    if stem >= max(_MIN_STEM, max(len(a), len(b)) - _MAX_ENDING) and abs(len(a) - len(b)) > 0:
        return SAME_STEM
    if short < _MIN_LETTERS_OF_ERROR:
        return 0.0
    from rapidfuzz.distance import OSA

    allowed = 2 if short >= _MIN_LETTERS_OF_TWO_ERRORS else 1
    distance = OSA.distance(a, b, score_cutoff=allowed)
    return ONE_ERROR - 0.05 * (distance - 1) if distance <= allowed else 0.0


def words_similarity(a: Sequence[str], b: Sequence[str], weights: Mapping[str, float] | None = None) -> float:
    """Return how alike two lists of words are: twice what they share, of what they have together.

    ``weights`` are of words, 1 where they name none. Each word is compared with the most alike one of the other list
    that is free.
    """
    if not a or not b:
        return 0.0
    if "".join(a) == "".join(b):
        return 1.0 if sorted(a) == sorted(b) else TOGETHER
    weight = dict.fromkeys({*a, *b}, 1.0) | dict(weights or {})
    shared, rest = 0.0, list(b)
    left = []
    for word in a:
        if word in rest:
            rest.remove(word)
            shared += 2 * weight[word]
        else:
            left.append(word)
    for word in left:
        alike, other = max(((word_similarity(word, each), each) for each in rest), default=(0.0, ""))
        if alike:
            rest.remove(other)
            shared += alike * (weight[word] + weight[other])
    return shared / sum(weight[word] for word in (*a, *b))


def _common_start(a: str, b: str) -> int:
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
