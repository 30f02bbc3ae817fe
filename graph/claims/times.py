"""Times of claims as RDF: an EDTF value that says what is meant, the four days that bound it, and a label to read."""

import re
from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, Quad

from graph.claims.source_rdf import CURATED
from graph.model.claims import When
from graph.model.days import MONTHS
from graph.model.edtf import bounds
from graph.model.labels import Label
from graph.rdf.statements import label_quads, quads_about
from graph.rdf.terms import date_literal, iri

_SIGNS = (
    *(("..", ".until."), ("~", "-about"), ("?", "-perhaps"), ("%", "-perhaps-about")),
    *(("[", "one-of."), ("{", "all-of."), (",", ".")),
)
# The parts of a year that EDTF numbers from 21 on, as far as they have a name.
_PARTS = {
    "21": Label("våren", "spring"),
    "22": Label("sommeren", "summer"),
    "23": Label("høsten", "autumn"),
    "24": Label("vinteren", "winter"),
    "33": Label("første kvartal", "the first quarter of"),
    "34": Label("andre kvartal", "the second quarter of"),
    "35": Label("tredje kvartal", "the third quarter of"),
    "36": Label("fjerde kvartal", "the fourth quarter of"),
    "40": Label("første halvår", "the first half of"),
    "41": Label("andre halvår", "the second half of"),
}
_DOUBTS = {
    "~": Label("omtrent", "about"),
    "?": Label("kanskje", "perhaps"),
    "%": Label("kanskje omtrent", "perhaps about"),
}
_SEASONS = ("21", "22", "23", "24")


def time_name(when: When) -> str:
    """Return the compact name of a time: how it is read, and its EDTF value with the signs spelt out."""
    first, slash, last = published_edtf(when).partition("/")
    value = f"{_spelt(first)}.to.{_spelt(last)}" if slash else _spelt(first)
    return f"when:{when.reading}.{value}"


def published_edtf(when: When) -> str:
    """Return the EDTF value that is published, which says by itself what is meant.

    Where a convention moves an end, it has the months that are meant by it. An interval would say that something lasted
    for all of it; what happened at some time within one is one of a set.
    """
    if when.convention is None:
        sides = re.fullmatch(r"([\d-]*|\.\.)/([\d-]*|\.\.)", when.edtf)
        if when.reading == "throughout" or not sides:
            return when.edtf
        return f"[{sides[1].strip('.')}..{sides[2].strip('.')}]"
    first, last = (f"{day.year:04}-{day.month:02}" if day else "" for day in bounds(when.edtf, when.convention))
    return f"{first or '..'}/{last or '..'}" if when.reading == "throughout" else f"[{first}..{last}]"


def time_statements(when: When) -> Iterator[Quad]:
    """Yield a vague time with the four days that bound it (SEM); a shared node never means the same moment."""
    span = bounds(when.edtf, when.convention)
    first, last = (date_literal(side) if side else None for side in (span.earliest, span.latest))
    lasting = when.reading == "throughout"
    name, label = time_name(when), time_label(when)
    yield from quads_about(
        CURATED,
        name,
        ("rdf:type", "time:TemporalEntity"),
        ("mg:edtf", Literal(published_edtf(when), datatype=iri("edtf:EDTF"))),
        ("mg:reading", f"reading:{when.reading}"),
        ("sem:hasEarliestBeginTimeStamp", first),
        ("sem:hasLatestBeginTimeStamp", first if lasting else last),
        ("sem:hasEarliestEndTimeStamp", last if lasting else first),
        ("sem:hasLatestEndTimeStamp", last),
    )
    yield from label_quads(CURATED, name, label.by_language)


def time_label(when: When) -> Label:
    """Return a time in words: "en gang fra september til desember 2014", "2 February 2015"."""
    value = published_edtf(when)
    lasting = when.reading == "throughout"
    sides = re.fullmatch(r"\[([\d-]+)\.\.([\d-]+)\]|([\d-]+)/([\d-]+)", value)
    if sides:
        first, last = (part for part in sides.groups() if part)
        same_year = first[:4] == last[:4] and len(first) > 4
        start, end = _words(first, with_year=not same_year), _words(last)
        once = ("", "") if lasting else ("en gang ", "some time ")
        return Label(f"{once[0]}fra {start.nb} til {end.nb}", f"{once[1]}from {start.en} to {end.en}")
    words = _words(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return words
    if lasting:
        return Label(f"hele {words.nb}", f"throughout {words.en}")
    within = "" if value[5:] in _SEASONS else "i "
    return Label(f"en gang {within}{words.nb}", f"some time in {words.en}")


def is_reading(when: When) -> bool:
    """Return whether the days are our reading of a word: a season has no months of its own, nor have "first months"."""
    return when.convention is not None or when.edtf[5:] in _SEASONS


def season_months(edtf: str) -> str:
    """Return the months that a season is read as, as an EDTF value."""
    span = bounds(edtf)
    return f"{span.earliest:%Y-%m}/{span.latest:%Y-%m}"


def _words(value: str, with_year: bool = True) -> Label:
    """Return a year, a part of a year, a month or a day in words; any other EDTF value as it is."""
    if value[-1:] in _DOUBTS:
        doubt, sure = _DOUBTS[value[-1]], _words(value[:-1], with_year)
        return Label(f"{doubt.nb} {sure.nb}", f"{doubt.en} {sure.en}")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return Label(value, value)
    year, part, day = [*value.split("-"), "", ""][:3]
    after = f" {year}" if with_year else ""
    if part in _PARTS:
        return Label(f"{_PARTS[part].nb}{after}", f"{_PARTS[part].en}{after}")
    if not part or not 1 <= int(part) <= 12:
        return Label(value, value)
    month = MONTHS[int(part) - 1]
    if not day:
        return Label(f"{month.nb}{after}", f"{month.en}{after}")
    number = date(int(year), int(part), int(day)).day
    return Label(f"{number}. {month.nb}{after}", f"{number} {month.en}{after}")


def _spelt(edtf: str) -> str:
    """Return an EDTF value in letters, digits, "-" and "." only."""
    if edtf in ("", ".."):
        return "open"
    for sign, word in _SIGNS:
        edtf = edtf.replace(sign, word)
    return re.sub(r"[^A-Za-z0-9.-]+", "-", edtf).strip("-.")
