"""What of an answer may be one and the same with something else: under its table, and as a member of its JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from graph.common.text import escape_control
from graph.model.labels import Label, interface_language

if TYPE_CHECKING:
    from graph.identity.candidates import Candidate
    from graph.query.questions import Headings
    from graph.query.results import QueryFn, QueryResult

FORMATS = ("table", "json")
# Below a table so many pairs are shown, the likeliest first.
MAX_PAIRS = 20
_WORDS = {
    "some": Label(
        "Ikke avgjort: Noe av det som er navngitt i svaret, kan være ett og det samme som noe annet.",
        "Not decided: some of what the answer names may be one and the same with something else.",
    ),
    "none": Label(
        "Ingenting er foreslått som ett og det samme som det som er navngitt i svaret.",
        "Nothing is proposed to be one and the same with what the answer names.",
    ),
    "more": Label("… og {} til (--format json har alle)", "… and {} more (--format json has all)"),
    "may_be": Label("{} kan være {}", "{} may be {}"),
    "unsure": Label("noen har sett på det og var usikker", "somebody looked at it and was unsure"),
    "for": Label("for", "for"),
    "against": Label("mot", "against"),
}


def check_undecided_format(format: str) -> None:
    """Raise BadParameter where the format of an answer has no place for what is not decided."""
    if format not in FORMATS:
        raise click.BadParameter(f"goes with the formats {' and '.join(FORMATS)} only", param_hint="--undecided")


def find_undecided(result: "QueryResult | None", headings: "Headings | None", run: "QueryFn") -> "list[Candidate]":
    """Return with what the things in the columns of a table may be one and the same."""
    from pyoxigraph import NamedNode

    from graph.identity.undecided import undecided_of
    from graph.query.results import Table
    from graph.rdf.terms import short_name

    if not isinstance(result, Table):
        return []
    columns = [number for number, name in enumerate(result.columns) if headings is None or name in headings.columns]
    cells = (row[number] for row in result.rows for number in columns)
    ids = {short_name(cell) for cell in cells if isinstance(cell, NamedNode)}
    return undecided_of(run, ids) if ids else []


def with_undecided(data: bytes, format: str, candidates: "Sequence[Candidate]", lang: str, width: int) -> bytes:
    """Return an answer with what is not decided about its things: lines below a table, ``undecided`` in JSON."""
    if format == "json":
        from graph.identity.json import candidate_members

        document = json.loads(data) | {"undecided": [candidate_members(each) for each in candidates]}
        return f"{json.dumps(document, ensure_ascii=False)}\n".encode()
    return data + "".join(f"{line}\n" for line in _lines(candidates, interface_language(lang), width)).encode()


def _lines(candidates: "Sequence[Candidate]", lang: str, width: int) -> Iterator[str]:
    from graph.render.terminal import wrap_text

    yield ""
    yield from wrap_text(_word("some" if candidates else "none", lang), width)
    for each in candidates[:MAX_PAIRS]:
        first, *others = wrap_text(_in_words(each, lang), max(20, width - 2))
        yield f"- {first}"
        yield from (f"  {line}" for line in others)
    if len(candidates) > MAX_PAIRS:
        yield _word("more", lang).format(len(candidates) - MAX_PAIRS)


def _in_words(candidate: "Candidate", lang: str) -> str:
    pair = (f"{thing.name} ({thing.id})" for thing in (candidate.a, candidate.b))
    parts = [_word("may_be", lang).format(*pair)]
    if candidate.verdict:
        parts.append(_word(candidate.verdict, lang))
    score = candidate.score
    for word, reasons in (("for", score.speaks_for), ("against", score.speaks_against)):
        if reasons:
            parts.append(f"{_word(word, lang)}: {', '.join(getattr(each.label, lang) for each in reasons)}")
    return escape_control("; ".join(parts))


def _word(key: str, lang: str) -> str:
    word: str = getattr(_WORDS[key], lang)
    return word
