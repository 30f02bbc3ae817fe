"""The name of a body, taken apart: words that tell it from others, acronyms, legal forms, identifiers, countries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.identity.names.countries import split_countries
from graph.identity.names.folding import MAX_LETTERS, decode_twice, fold, word_list
from graph.identity.names.identifiers import split_identifiers

# "T&E", "CEPI", "UNI-Europa": two capitals at least, and no blank.
_ACRONYM = re.compile(r"(?=.*[A-ZÆØÅÄÖÜ].*[A-ZÆØÅÄÖÜ])[\w&.+/-]{2,12}")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# What may list several bodies, and what stands between an acronym and the name: a dash with blanks, a colon.
_LISTED = re.compile(r"\s*[,;]\s+|\s+[/|+]\s*|\s*[/|+]\s+")
_EXPLAINED = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*:\s+")
# "Kari Vik of", "Kari van der Vik from": a few words before it, the first and the last with a capital.
_PERSON = re.compile(r"([A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){0,4} [A-ZÀ-Þ][\w'’-]+),? (?:of|from|fra|frå|från) .")
_MIN_WORDS_OF_FULL_NAME = 2
# Words of so many capitals are acronyms wherever they stand.
_MAX_CAPITALS = 6


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name of a body. All but ``acronyms``, ``countries`` (ISO 3166-1) and ``identifiers`` is folded.

    ``words`` have no function words and no legal forms, and a code in capitals for each country. ``qualifiers`` stand
    in brackets, ``capitals`` are words that are acronyms themselves. ``office`` is whether an office stands at its head
    or end, ``person`` whether the name of somebody may stand at its head: then it names somebody of the body.
    ``listed`` is whether it may name several, with commas or slashes.
    """

    words: tuple[str, ...]
    acronyms: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    countries: frozenset[str] = frozenset()
    qualifiers: tuple[str, ...] = ()
    capitals: frozenset[str] = frozenset()
    office: bool = False
    person: bool = False
    listed: bool = False

    @property
    def may_name_others(self) -> bool:
        """Return whether it may be a name of several, or of somebody: an identifier in it is not that of all of it."""
        return self.listed or self.office or self.person or len(self.identifiers) > 1

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing by which it could be compared."""
        return not self.words and not self.acronyms

    @property
    def initials(self) -> str:
        """Return the first letters of its words."""
        return "".join(word[0] for word in self.words).lower()


@lru_cache(maxsize=65_536)
def parse_body_name(name: str) -> BodyName:
    """Return the name of a body, taken apart."""
    rest, identifiers = split_identifiers(decode_twice(name[:MAX_LETTERS]))
    # "U.S.", "e.V.": a sign between initials is none.
    rest = _DOTTED.sub(lambda match: match[0].replace(".", ""), rest)
    acronyms: set[str] = set()
    qualifiers: list[str] = []
    for each in _BRACKETS.findall(rest):
        if is_acronym(each.strip()):
            acronyms.add(each.strip())
        else:
            qualifiers += content_words(each)
    main, inside = _BRACKETS.sub(" ", rest).strip(), " ".join(_BRACKETS.findall(rest))
    if not fold(main):
        main, qualifiers = inside, []
    elif is_acronym(main) and _is_short_for(main, inside.split()):
        acronyms.add(main)
        main, qualifiers = inside, []
    parts, of_parts = _without_acronyms(main)
    acronyms |= of_parts
    found = [_without_legal_forms(fold(part).split()) for part in parts]
    words = [word for each, _ in found for word in each]
    content = _without_seat([word for word in words if word not in word_list("function")] or words)
    with_codes, countries = split_countries(content)
    return BodyName(
        with_codes,
        frozenset(short for each in acronyms if (short := "".join(fold(each).split()))),
        frozenset(form for _, forms in found for form in forms),
        identifiers,
        countries,
        tuple(qualifiers),
        _capitals(main),
        len(with_codes) > 1 and (_is_office(with_codes[0]) or _is_office(with_codes[-1])),
        _begins_with_person(main),
        len(parts) > 1,
    )


def _is_office(word: str) -> bool:
    return word in word_list("offices") or word.removesuffix("s") in word_list("offices")


def _begins_with_person(name: str) -> bool:
    """Return whether a name may begin with that of a person: with a preposition after it, and no word for a body."""
    match = _PERSON.match(name)
    return match is not None and not any(
        word in word_list("bodies") or is_acronym(written)
        for written in match[1].split()
        for word in fold(written).split()
    )


def _capitals(name: str) -> frozenset[str]:
    """Return the folded words of a name that are written in capitals alone, unless all of several words are."""
    words = name.split()
    if len(words) > 1 and name.isupper():
        return frozenset()
    return frozenset(fold(word) for word in words if word.isupper() and 1 < len(word) <= _MAX_CAPITALS)


def _without_acronyms(name: str) -> tuple[list[str], set[str]]:
    """Return the parts of a name that its commas and slashes separate, without acronyms, and the acronyms.

    An acronym beside the name, after a dash or a colon, is its own; one in a list only where it can be made of the
    letters of another part: else it is another body.
    """
    parts, acronyms = [], set[str]()
    for part in _LISTED.split(name):
        pieces = [piece.strip() for piece in _EXPLAINED.split(part) if fold(piece)]
        full = [piece for piece in pieces if not is_acronym(piece)]
        if full:
            acronyms.update(piece for piece in pieces if is_acronym(piece))
        if rest := " ".join(full or pieces):
            parts.append(rest)
    if len(parts) > 1:
        own = {part for part in parts if is_acronym(part) and any(_is_short_for(part, each.split()) for each in parts)}
        acronyms |= own
        parts = [part for part in parts if part not in own]
    return _without_bare_acronyms(parts, acronyms)


def is_acronym(text: str) -> bool:
    """Return whether a text is an acronym by its letters: "T&E", "CEPI"; capitals are half of its letters or more."""
    if not _ACRONYM.fullmatch(text):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter.isupper() for letter in letters) >= len(letters)


def content_words(text: str) -> list[str]:
    """Return the folded words of a text without articles, prepositions and conjunctions."""
    return [word for word in fold(text).split() if word not in word_list("function")]


def _without_bare_acronyms(parts: Sequence[str], acronyms: set[str]) -> tuple[list[str], set[str]]:
    """Return parts of a name without an acronym of the other words at their head or end, and all acronyms."""
    result, more = [], set[str]()
    for part in parts:
        words = part.split()
        for place in (0, -1):
            if len(words) <= _MIN_WORDS_OF_FULL_NAME:
                break
            word, others = words[place], words[1:] if place == 0 else words[:-1]
            is_named = word in acronyms or (word.isupper() and is_acronym(word) and not part.isupper())
            if is_named and _is_short_for(word, others):
                more.add(word)
                words = others
        result.append(" ".join(words))
    return result, acronyms | more


def _is_short_for(acronym: str, words: Sequence[str]) -> bool:
    """Return whether an acronym is of the first letters of words, all but one, or of letters in them."""
    from rapidfuzz.distance import LCSseq

    short, full = "".join(fold(acronym).split()), content_words(" ".join(words))
    if not short or len(full) < _MIN_WORDS_OF_FULL_NAME or short[0] != full[0][0]:
        return False
    initials = "".join(word[0] for word in full)
    if LCSseq.similarity(short, initials) >= max(2, len(short) - 1):
        return True
    return len(short) > 2 and LCSseq.similarity(short, "".join(full)) == len(short)


@cache
def _forms_by_length() -> list[tuple[str, ...]]:
    forms = (tuple(form.split()) for form in word_list("legal_forms"))
    return sorted(forms, key=lambda form: (-len(form), form))


def _without_legal_forms(words: Sequence[str]) -> tuple[list[str], frozenset[str]]:
    """Return words without the legal forms at their end, and these; a name that is nothing else stays."""
    rest, forms = list(words), set[str]()
    while True:
        form = next((each for each in _forms_by_length() if tuple(rest[-len(each) :]) == each), None)
        if form is None or len(form) >= len(rest):
            return rest, frozenset(forms)
        forms.add("".join(form))
        rest = rest[: -len(form)]


def _without_seat(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a representation to the European Union without the union and Brussels at their end.

    It is named with and without them. The union's own missions have it at their head.
    """
    text = f" {' '.join(words)} "
    if not any(f" {_plain(head)} " in text for head in word_list("representation_heads")):
        return tuple(words)
    seats = sorted(map(_plain, word_list("representation_seats")), key=len, reverse=True)
    while seat := next((each for each in seats if text.endswith(f" {each} ")), None):
        shorter = text.removesuffix(f"{seat} ")
        if len(shorter.split()) < _MIN_WORDS_OF_FULL_NAME:
            break
        text = shorter
    return tuple(text.split())


def _plain(run: str) -> str:
    return " ".join(word for word in run.split() if word not in word_list("function"))
