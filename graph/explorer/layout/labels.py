"""Choose the labels in the drawing, an abbreviation where there is one, and count their lines.

The page measures text in pixels; here letters are counted, so that a drawing has room for labels in either language.
"""

from graph.explorer.data.records import Entity
from graph.model.labels import INTERFACE_LANGUAGES, best_label

# The most letters in a line of a label beside, above or below a symbol.
BESIDE = 13


def label_of(entity: Entity, language: str = "nb") -> str:
    """Return the label of an entity in the drawing: for a body whose name holds its abbreviation, that (KS)."""
    labels = entity.get("label")
    label = best_label(labels, language) if labels else entity["id"]
    words = label.replace("(", " ").replace(")", " ").split()
    letters = [name for name in entity.get("also", ()) if name.isupper() and 1 < len(name) <= 6 and name in words]
    return min(letters) if letters else label


def line_count(entity: Entity, letters: int = BESIDE) -> int:
    """Return how many lines the label takes, in the language in which it takes more."""
    return max(len(_wrap(label_of(entity, language), letters)) for language in INTERFACE_LANGUAGES)


def longest_line(actor: Entity, letters: int) -> int:
    """Return how many letters the longest line of the label has, in either language."""
    lines = (line for language in INTERFACE_LANGUAGES for line in _wrap(label_of(actor, language), letters))
    return min(max(map(len, lines), default=0), letters + 2)


def longest_word(entity: Entity) -> int:
    """Return how many letters the longest word of the label has, a short word with the next one, in either language."""
    units = (unit for language in INTERFACE_LANGUAGES for unit in _joined(label_of(entity, language)))
    return max(map(len, units), default=0)


def _joined(words: str, most: int | None = None) -> list[str]:
    """Return the words, each short one with the next, unless they are then longer than so many letters."""
    units: list[str] = []
    for word in words.split():
        short = units and len(units[-1].split()[-1]) <= 2
        fits = most is None or (units and len(units[-1]) + len(word) < most)
        units[-1:] = [f"{units[-1]} {word}"] if short and fits else [*units[-1:], word]
    return units


def _wrap(words: str, letters: int) -> list[str]:
    """Return the words in lines of so many letters: a short word stays with the next, a longer one has its own line."""
    result: list[str] = []
    for unit in _joined(words, letters + 2):
        fits = result and len(result[-1]) + 1 + len(unit) <= letters
        result[-1:] = [f"{result[-1]} {unit}"] if fits else [*result[-1:], unit]
    return result
