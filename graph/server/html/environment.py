"""The jinja2 environment: text is escaped, what is not there is an error, control characters are visible."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.common.text import escape_control, file_size, group_thousands
from graph.model.days import date_in_words
from graph.model.labels import Label
from graph.rdf.terms import short_name
from graph.server.html.page import Page

TEMPLATES = Path(__file__).parent.parent / "templates"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment of the templates of the server; made once for a process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
        auto_reload=False,
    )
    made.filters |= {"lines": _lines, "grouped": group_thousands, "short_name": short_name}
    made.filters |= {"day": date_in_words, "translated": _translated, "file_size": file_size, "capital": _capital}
    return made


def _visible(value: Any) -> Any:
    """Return text with its control characters escaped; markup and numbers as they are, nothing for None."""
    if value is None:
        return ""
    return escape_control(value) if type(value) is str else value


def _translated(label: Label, page: Page) -> str:
    return page.text(label)


def _capital(text: str) -> str:
    """Return text that begins with a capital letter, its other letters as they are."""
    return text[:1].upper() + text[1:]


def _lines(text: str) -> Markup:
    """Return text whose lines are kept, for ``textarea`` and ``pre``."""
    return Markup("\n").join(escape_control(line) for line in text.split("\n"))
