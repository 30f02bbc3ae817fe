"""The name of a person, taken apart: given names, initials, the surname with its particles."""

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.identity.names.folding import MAX_LETTERS, fold, word_list
from graph.identity.names.similarity import word_similarity
from graph.model.labels import Label

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]?")
# How alike two names of people are, at most, where they differ in this way.
EQUAL, OTHER_ORDER, MIDDLE_NAME, PARTICLE, INITIALS, MISSPELT, PART_OF_SURNAME = 1.0, 0.97, 0.92, 0.95, 0.88, 0.89, 0.88
_MIN_LETTERS_OF_SPELLING = 4
# In what two names differ, in the words of people.
DIFFERENCES = {
    "equal": Label("navnene er like", "the names are equal"),
    "order": Label("samme navn i annen rekkefølge", "the same names in another order"),
    "particles": Label("navnene er like uten von, de og slike", "the names are equal but for particles"),
    "middle": Label("ett av navnene har et mellomnavn mer", "one of the names has a middle name more"),
    "initials": Label("forbokstaven passer", "the initial fits"),
    "spelling": Label("navnene er stavet nesten likt", "the names are spelt nearly alike"),
    "surnames": Label("ett av navnene har et etternavn mer", "one of the names has a surname more"),
    "surname": Label("et navn alene sier ikke hvem det er", "a single name does not say who it is"),
    "given": Label("fornavnene er ulike", "the given names differ"),
    "names": Label("navnene er ulike", "the names differ"),
}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A folded name of a person: given names and initials in their order, surname without particles, particles."""

    given: tuple[str, ...]
    surname: str
    particles: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return all its words but particles."""
        return (*self.given, *self.surname.split())


@lru_cache(maxsize=65_536)
def parse_person_name(name: str) -> PersonName:
    """Return the name of a person, taken apart; its last word is the surname, or what stands before a comma.

    Titles at its head, and what stands in brackets, are left out.
    """
    text = _BRACKETS.sub(" ", name[:MAX_LETTERS]).replace(".", ". ")
    last, comma, first = text.partition(",")
    if comma and fold(first) and not _is_title(fold(first)):
        given, surname = fold(first).split(), fold(last).split()
        particles = [word for word in surname if word in word_list("particles")]
        # "Berg, Anna van der": the particles are the surname's.
        while given and given[-1] in word_list("particles") and len(given) > 1 and len(given[-1]) > 1:
            particles.append(given.pop())
        core = [word for word in surname if word not in word_list("particles")] or surname
        return PersonName(tuple(_without_titles(given)), " ".join(core), tuple(sorted(particles)))
    words = _without_titles(fold(last if comma else text).split())
    if not words:
        return PersonName((), "")
    particles = [word for word in words[1:-1] if word in word_list("particles") and len(word) > 1]
    given = [word for word in words[:-1] if word not in particles]
    return PersonName(tuple(given), words[-1], tuple(sorted(particles)))


def _is_title(text: str) -> bool:
    return text in word_list("titles")


def _without_titles(words: list[str]) -> list[str]:
    start = next((place for place, word in enumerate(words) if word not in word_list("titles")), len(words) - 1)
    return words[max(start, 0) :]


def person_similarity(a: PersonName, b: PersonName) -> tuple[float, str]:
    """Return how alike two names of people are, from 0 to 1, and in what they differ: a key of ``DIFFERENCES``.

    A surname alone is nobody's name: it is like none but the same name in the same words with a given name.
    """
    if not (a.given and b.given and a.surname and b.surname):
        return 0.0, "surname"
    if a.given == b.given and a.surname == b.surname:
        return (EQUAL, "equal") if a.particles == b.particles else (PARTICLE, "particles")
    if sorted(a.words) == sorted(b.words):
        return OTHER_ORDER, "order"
    surname = _surname_similarity(a.surname, b.surname)
    given, how = _given_similarity(a.given, b.given)
    if not surname or not given:
        return _double_surname(a, b)
    if surname < 1 and given < 1:
        # Two differences at once speak of two people, but for an initial or a middle name.
        return (min(surname, given) - 0.1, "spelling") if how != "given" else (0.0, "names")
    return min(surname, given), how if surname == 1 else "spelling"


def _surname_similarity(a: str, b: str) -> float:
    a, b = a.replace(" ", ""), b.replace(" ", "")
    if a == b:
        return 1.0
    return MISSPELT if a[0] == b[0] and word_similarity(a, b) else 0.0


def _given_similarity(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, str]:
    """Return how alike given names are, and how they differ: the first ones count, further ones may be missing."""
    if a == b:
        return EQUAL, "equal"
    if "".join(a) == "".join(b):
        return OTHER_ORDER, "order"
    first = _name_similarity(a[0], b[0])
    if not first:
        return 0.0, "given"
    further_a, further_b = a[1:], b[1:]
    if further_a and further_b:
        pairs = [_name_similarity(x, y) for x, y in zip(further_a, further_b, strict=False)]
        if not all(pairs):
            return 0.0, "given"
        alike = min(first, *pairs)
        return (alike, "initials" if alike == INITIALS else "spelling") if alike < 1 else (MIDDLE_NAME, "middle")
    if first == 1:
        return MIDDLE_NAME, "middle"
    return min(first, MIDDLE_NAME), "initials" if first == INITIALS else "spelling"


def _name_similarity(a: str, b: str) -> float:
    """Return how alike two given names are; a single letter is an initial."""
    from rapidfuzz.distance import OSA

    if a == b:
        return 1.0
    if a[0] != b[0]:
        return 0.0
    if 1 in (len(a), len(b)):
        return INITIALS
    # Erik and Eirik: names of four letters have two spellings more often than words have.
    near = min(len(a), len(b)) >= _MIN_LETTERS_OF_SPELLING and OSA.distance(a, b, score_cutoff=1) <= 1
    return MISSPELT if near or word_similarity(a, b) else 0.0


def _double_surname(a: PersonName, b: PersonName) -> tuple[float, str]:
    """Return how alike two names are of which one has a surname more: a double name, or one before a marriage."""
    shorter, longer = sorted((a, b), key=lambda name: len(name.words))
    if len(shorter.words) < len(longer.words) and shorter.given == longer.given[: len(shorter.given)]:
        rest = (*longer.given[len(shorter.given) :], *longer.surname.split())
        if shorter.surname in rest:
            return PART_OF_SURNAME, "surnames"
    return 0.0, "names"
