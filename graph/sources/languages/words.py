"""The words of a language pack: what a word may be, and how the parts of a pack hold them."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from graph.common.shared_schema import SharedSchema

MOST_WORDS = 400
_WORD = re.compile(r"\w[\w .,'’/:+…-]{0,59}")


def _word(value: str) -> str:
    """Return the word. Raise ValueError where it has signs that no word of a page has."""
    if not _WORD.fullmatch(value) or value != value.lower():
        raise ValueError(
            f"{value[:60]!r} is no word: up to 60 small letters, figures, spaces and . , ' / : + - are;"
            " a pack holds words, never patterns"
        )
    return value


Word = Annotated[str, AfterValidator(_word), SharedSchema()]
Words = Annotated[tuple[Word, ...], Field(max_length=MOST_WORDS), SharedSchema()]


class Part(BaseModel):
    """A part of a pack: no key that is not known, no value that changes."""

    # A validator is made of a whole pack when one is read, and not of each of its parts when this is imported.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
