"""What a person says of a file that is taken in, as a page or as a register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of a file; None where a page is to tell it itself, or where a register leaves a question."""

    url: str | None = None
    id: str | None = None
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    kind: str | None = None
    published: str | None = None
    licence: str | None = None
