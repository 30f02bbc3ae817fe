"""Names that look real, and other ways to write them, made by a seed: what a search for true pairs is measured by."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from graph.identity.things import Thing


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_GIVEN = _words(
    "Anna Per Kari Ole Ingrid Lars Berit Jan Solveig Knut Maria Erik Astrid Bjørn Sigrid Håkon Åse Tor "
    "Liv Arne Fatima Mohammed Amina Ali Leila Yusuf Katarzyna Piotr Agnieszka Tomasz Giulia Marco Chiara "
    "Luca Sophie Pierre Camille Julien Hannah Lukas Johanna Matthias Lucía Javier Carmen Andrés Eleni "
    "Nikos Dimitra Giorgos Olena Andriy Iryna"
)
_STARTS = _words(
    "Ber Hol Lund Sol Nor Vik Dal Ek Fjel Grø Hau Jen Kval Lar Myr Nes Opp Røn Sand Tor Ul Våg West Østb Ås"
)
_MIDDLES = ("", *_words("er en ing ar eg el om und ham ers ens all orst"))
_ENDS = _words("sen berg dal stad heim vik land by mann ström quist ski ova escu ides akis ić etti eaux stein bach")
_PARTICLES = ("van der", "von", "de la", "van", "de", "di")
_PLACES = _words(
    "Nordic Baltic Alpine Iberian Flemish Tuscan Bavarian Breton Catalan Silesian Lapland Jutland Zealand "
    "Burgundy Piedmont Galician Moravian Walloon Scanian Thracian Cretan Ligurian Tyrolean Frisian "
    "Karelian Dalmatian Pomeranian"
)
_TOPICS = _words(
    "Water Steel Forest Fisheries Youth Energy Housing Railway Cement Dairy Textile Patient Consumer "
    "Battery Glass Wine Solar Hydrogen Cycling Library Museum Theatre Farming Banking Insurance Shipping "
    "Aviation Chemical Timber Paper Salmon Heritage Language Disability Refugee Climate Ocean Mountain "
    "Sugar Coffee Packaging Lighting Robotics Optics"
)
_TYPES = _words(
    "Association Federation Council Institute Foundation Union Network Alliance Society Forum Committee "
    "Confederation Agency Academy Chamber Platform Observatory League Centre Board"
)
_WIDE = ("European", "International", "National", "European", "Global", "United")
_FORMS = ("AS", "ASA", "GmbH", "Ltd", "AISBL", "asbl", "e.V.", "S.A.", "B.V.", "Inc.")
_LATIN = "abvgdeziklmnoprstufABVGDEZIKLMNOPRSTUF"
_CYRILLIC = "абвгдезиклмнопрстуфАБВГДЕЗИКЛМНОПРСТУФ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)


@dataclass(frozen=True)
class Names:
    """Things, and which of them are one: pairs of their ids, by how the second name came from the first."""

    things: list[Thing]
    pairs: dict[frozenset[str], str]


def make_names(number: int, seed: int = 1) -> Names:
    """Return so many things, half people and half bodies, each with one name; every second is another's other name."""
    chance = random.Random(seed)
    things, pairs, taken = [], {}, set[str]()
    for place in range(number // 2):
        kind, ways = ("person", _PERSON_WAYS) if place % 2 else ("body", _BODY_WAYS)
        name = _new_name(kind, taken, chance)
        way = chance.choice(sorted(ways))
        other = ways[way](name, chance)
        ids = f"{kind}:{place}.a", f"{kind}:{place}.b"
        things += [Thing(id, kind, (each,), sources=(id[-1],)) for id, each in zip(ids, (name, other), strict=True)]
        pairs[frozenset(ids)] = way
    chance.shuffle(things)
    return Names(things, pairs)


def _new_name(kind: str, taken: set[str], chance: random.Random) -> str:
    while True:
        name = _person(chance) if kind == "person" else _body(chance)
        if name not in taken:
            taken.add(name)
            return name


def _surname(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)


def _person(chance: random.Random) -> str:
    given = [chance.choice(_GIVEN)]
    if chance.random() < 0.3:
        given.append(chance.choice(_GIVEN))
    particle = [chance.choice(_PARTICLES)] if chance.random() < 0.1 else []
    return " ".join((*given, *particle, _surname(chance)))


def _body(chance: random.Random) -> str:
    if chance.random() < 0.2:
        # A firm, by a name of its own.
        return f"{_surname(chance)} {chance.choice(_TOPICS)}"
    words = [chance.choice(_WIDE)] if chance.random() < 0.5 else []
    words += [chance.choice(_PLACES)] if chance.random() < 0.6 else []
    words += chance.sample(_TOPICS, chance.choice((1, 2, 2)))
    return " ".join((*words, chance.choice(_TYPES)))


def _error(name: str, chance: random.Random) -> str:
    """Return a name with an error in a word of five letters or more: a letter left out, doubled, changed or swapped."""
    words = name.split()
    place = chance.choice([at for at, word in enumerate(words) if len(word) >= 5] or [len(words) - 1])
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    changed = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice("aeinrst") + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word[:at] + word[at + 1 :],
    )
    words[place] = chance.choice(changed)
    return " ".join(words)


def _surname_first(name: str, _: random.Random) -> str:
    *given, last = name.split()
    return f"{last}, {' '.join(given)}"


def _initials(name: str, _: random.Random) -> str:
    first, *rest = name.split()
    return " ".join((f"{first[0]}.", *rest))


def _middle_name(name: str, chance: random.Random) -> str:
    first, *rest = name.split()
    return " ".join((first, chance.choice(_GIVEN), *rest)) if len(rest) == 1 else " ".join((first, rest[-1]))


def _without_marks(name: str, _: random.Random) -> str:
    return name.translate(
        str.maketrans({"ø": "oe", "å": "aa", "ö": "oe", "ć": "c", "í": "i", "é": "e", "Å": "Aa", "Ø": "Oe"})
    )


def _cyrillic(name: str, _: random.Random) -> str:
    return name.translate(_TO_CYRILLIC) if name.isascii() and not set(name.lower()) & set("chjqwxy") else name.upper()


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split()).upper()


def _acronym_after(name: str, _: random.Random) -> str:
    return f"{name} ({_acronym(name)})"


def _acronym_before(name: str, _: random.Random) -> str:
    return f"{_acronym(name)} – {name}"


def _words_in_another_order(name: str, _: random.Random) -> str:
    *first, last = name.split()
    return f"{last} for {' '.join(first)}"


def _legal_form(name: str, chance: random.Random) -> str:
    return f"{name} {chance.choice(_FORMS)}"


def _article(name: str, _: random.Random) -> str:
    return f"The {name}"


def _plural(name: str, _: random.Random) -> str:
    *rest, last = name.split()
    return " ".join((*rest, last[:-1] if last.endswith("s") else f"{last}s"))


def _together(name: str, _: random.Random) -> str:
    first, second, *rest = name.split()
    return " ".join((first + second.lower(), *rest))


Way = Callable[[str, random.Random], str]
_PERSON_WAYS: dict[str, Way] = {
    "an error": _error,
    "the surname first": _surname_first,
    "an initial": _initials,
    "a middle name more or less": _middle_name,
    "without marks": _without_marks,
    "other letters or capitals": _cyrillic,
}
_BODY_WAYS: dict[str, Way] = {
    "an error": _error,
    "two errors": lambda name, chance: _error(_error(name, chance), chance),
    "an acronym after it": _acronym_after,
    "an acronym before it": _acronym_before,
    "words in another order": _words_in_another_order,
    "a legal form": _legal_form,
    "an article": _article,
    "a plural": _plural,
    "words written together": _together,
    "without marks": _without_marks,
    "other letters or capitals": _cyrillic,
}
