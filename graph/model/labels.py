"""Labels: what we call things. A module of its own, so that asking need not load all that a claim can be."""

from typing import NamedTuple


class Label(NamedTuple):
    """A name that we give: Norwegian bokmål, and English where there is an English name."""

    nb: str
    en: str | None = None


CERTAIN, POSSIBLE = "certain", "possible"
# Which answers are wanted.
CERTAINTIES = (CERTAIN, POSSIBLE, "all")
