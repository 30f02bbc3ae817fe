"""Names where they are drawn: short where an entity is known by its letters, and how they break into lines.

The page measures letters; here they are counted, so that a drawing has room for names in either language.
"""

from graph.explorer.data.records import Entity

# How many letters stand in a line of a name beside, above or below a sign.
BESIDE = 13


def label_of(entity: Entity, language: str = "nb") -> str:
    """What an entity is called where it is drawn; a body by its letters, where its name has them: KS."""
    known = entity.get("label", {})
    label = known.get(language) or known.get("nb") or entity["id"]
    words = label.replace("(", " ").replace(")", " ").split()
    letters = [name for name in entity.get("also", ()) if name.isupper() and 1 < len(name) <= 6 and name in words]
    return min(letters) if letters else label


def lines(entity: Entity, letters: int = BESIDE) -> int:
    """How many lines the name takes, in the language in which it takes more."""
    return max(len(_broken(label_of(entity, language), letters)) for language in ("nb", "en"))


def longest(actor: Entity, letters: int) -> int:
    """How many letters the longest line of the name has, in either language."""
    return min(
        max(len(line) for language in ("nb", "en") for line in _broken(label_of(actor, language), letters)), letters + 2
    )


def _broken(words: str, letters: int) -> list[str]:
    """Words in lines of so many letters; a short word stands with the next; longer words have lines of their own."""
    units: list[str] = []
    for word in words.split():
        short = units and len(units[-1].split()[-1]) <= 2 and len(units[-1]) + len(word) <= letters + 1
        units[-1:] = [f"{units[-1]} {word}"] if short else [*units[-1:], word]
    result: list[str] = []
    for unit in units:
        fits = result and len(result[-1]) + 1 + len(unit) <= letters
        result[-1:] = [f"{result[-1]} {unit}"] if fits else [*result[-1:], unit]
    return result
