"""Labels: what we call things. A module of its own, so that asking need not load all that a claim can be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A name that we give: Norwegian bokmål, and English where there is an English name."""

    nb: str
    en: str | None = None
