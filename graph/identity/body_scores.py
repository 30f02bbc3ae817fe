"""Compare names of bodies: words, acronyms, legal forms, countries, offices."""

from collections.abc import Mapping

from graph.identity.names.bodies import BodyName
from graph.identity.names.similarity import words_similarity
from graph.identity.reasons import Reason, reason

# An acronym of which the other name says that it is its own, and one that only its words can make.
OWN_ACRONYM, POSSIBLE_ACRONYM = 0.85, 0.75
_MIN_LETTERS_OF_ACRONYM = 3
# By how much less alike names are that differ in this.
_OTHER_COUNTRY, _OFFICE, _OTHER_FORM, _OTHER_FIGURE, _OTHER_ACRONYM = 0.5, 0.75, 0.95, 0.5, 0.9
_ONE_COUNTRY, _LISTED = 0.95, 0.9
_EQUAL = 0.999


def compare_body_names(
    a: BodyName, b: BodyName, weights: Mapping[str, float] | None = None
) -> tuple[float, list[Reason], list[Reason]]:
    """Return how alike two names of bodies are, from 0 to 1, and what speaks for and against one body.

    Names that fold to nothing are like none.
    """
    if a.is_empty or b.is_empty:
        return 0.0, [], []
    value = words_similarity(a.words, b.words, weights, a.capitals | b.capitals)
    speaks_for = _by_words(value)
    by_acronym = _acronym_similarity(a, b)
    if by_acronym > value:
        value, speaks_for = by_acronym, [_acronym_reason(by_acronym)]
    elif a.acronyms & b.acronyms:
        speaks_for.append(_acronym_reason(OWN_ACRONYM))
    speaks_against = []
    for factor, against in _differences(a, b, value):
        value *= factor
        speaks_against.append(against)
    return value, speaks_for, speaks_against


def _by_words(value: float) -> list[Reason]:
    if value >= _EQUAL:
        return [reason("name-equal", "navnene har de samme ordene", "the names have the same words")]
    percent = round(100 * value)
    return [
        reason(
            "name-similar", f"navnene har {percent} % av ordene felles", f"the names share {percent} % of their words"
        )
    ]


def _acronym_reason(value: float) -> Reason:
    if value >= OWN_ACRONYM:
        return reason("acronym", "samme forkortelse", "the same acronym")
    return reason(
        "acronym-possible",
        "det ene navnet kan være forkortelsen av det andre",
        "one name may be the acronym of the other",
    )


def _acronym_similarity(a: BodyName, b: BodyName) -> float:
    """Return how alike names are of which one is an acronym alone."""
    for short, full in ((a, b), (b, a)):
        if len(short.words) == 1 and len(full.words) > 1 and not full.office:
            if short.words[0] in full.acronyms:
                return OWN_ACRONYM
            if len(short.words[0]) >= _MIN_LETTERS_OF_ACRONYM and short.words[0] == full.initials:
                return POSSIBLE_ACRONYM
    return 0.0


def _differences(a: BodyName, b: BodyName, value: float) -> list[tuple[float, Reason]]:
    """Return what tells names apart that are so alike, and by how much less alike they are for it."""
    found = []
    if a.listed != b.listed and value < _EQUAL:
        found.append(
            (_LISTED, reason("listed", "det ene navnet kan være flere", "one of the names may be those of several"))
        )
    if bool(a.countries) != bool(b.countries):
        found.append(
            (_ONE_COUNTRY, reason("one-country", "bare det ene navnet nevner et land", "one name speaks of a country"))
        )
    elif a.countries and not a.countries & b.countries:
        found.append(
            (
                _OTHER_COUNTRY,
                reason("other-country", "navnene nevner ulike land", "the names speak of different countries"),
            )
        )
    if a.office != b.office and value < _EQUAL:
        found.append(
            (
                _OFFICE,
                reason(
                    "office",
                    "det ene navnet begynner med et verv: det er noen fra organisasjonen",
                    "one name begins with an office: it is somebody of the body",
                ),
            )
        )
    if a.legal_forms and b.legal_forms and not a.legal_forms & b.legal_forms:
        found.append((_OTHER_FORM, reason("other-legal-form", "ulike selskapsformer", "different legal forms")))
    if _figures(a) != _figures(b):
        found.append(
            (_OTHER_FIGURE, reason("other-figure", "navnene har ulike tall", "the names have different figures"))
        )
    if a.acronyms and b.acronyms and not a.acronyms & b.acronyms:
        found.append((_OTHER_ACRONYM, reason("other-acronym", "ulike forkortelser", "different acronyms")))
    return found


def _figures(name: BodyName) -> list[str]:
    return sorted(word for word in name.words if word.isdecimal())
