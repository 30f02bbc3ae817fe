"""Identifiers that stand within names: a number of the EU Transparency Register, an organisation number."""

import re

from graph.registry.values import organisation_number_problem

# "57221111091-19": the register of the European Union (https://transparency-register.europa.eu).
_TRANSPARENCY = re.compile(r"(?<![\d-])(\d{5,14}\s?-\s?\d{2})(?![\d-])")
# "974 760 673": the Norwegian register of entities; its last figure checks the others.
_ORGANISATION = re.compile(r"(?<![\d-])(\d{3} ?\d{3} ?\d{3})(?![\d-])")
# Words that only say that an identifier follows.
_CALLED = re.compile(
    r"(?:\b(?:eu )?transparency (?:register|registry)(?: (?:identification )?(?:number|no|nr|id))?|"
    r"\b(?:tr|identification|registration|register|reg|id)\s?(?:number|no|nr|id)\b\.?|\btrn\b|\bep tr\b|"
    r"\borg(?:anisasjons)?\.?\s?(?:nummer|nr)\b\.?|\bn[°º]|#)\s*[:.\-–]*\s*",
    re.IGNORECASE,
)


def split_identifiers(name: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """Return a name without the identifiers in it, and these, as pairs of scheme and value.

    What only says that a number follows goes with it; a name that is nothing else leaves "".
    """
    found = set()
    for match in _TRANSPARENCY.finditer(name):
        found.add(("eu-transparency-register", "".join(match[1].split())))
    rest = _TRANSPARENCY.sub(" ", name)
    for match in _ORGANISATION.finditer(rest):
        number = "".join(match[1].split())
        if number[0] in "89" and organisation_number_problem(number) is None:
            found.add(("no-orgnr", number))
            rest = rest.replace(match[0], " ")
    if not found:
        return name, frozenset()
    return _CALLED.sub(" ", rest).replace("()", " ").replace("( )", " ").strip(" ,:;-–()"), frozenset(found)
