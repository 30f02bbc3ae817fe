"""Check single values of the registry: numbers, ids, days and words of a list, in whatever file they stand."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from graph.common.findings import Finding, FindingsError, did_you_mean
from graph.common.strict_files import Row, read_csv

# Values that are one of a few words, by kind.
ENUMERATIONS = {"extent": ("whole", "part"), "certainty": ("certain", "possible")}
# Values of a form, by kind: the form, and what to write.
FORMS = {
    "id": (r"[a-z0-9]+(-[a-z0-9]+)*", "an id is of a-z, 0-9 and -"),
    "municipality": (r"[0-9]{4}(\.[0-9]{4})?", "an area is its number, such as 0301, or number and first year"),
    "county": (r"[0-9]{2}(\.[0-9]{4})?", "an area is its number, such as 03, or number and first year"),
    "area": (r"(kommune/[0-9]{4}|fylke/[0-9]{2})(\.[0-9]{4})?", "an area is written kommune/0301 or fylke/03"),
    "municipality number": (r"[0-9]{4}", "a municipality has four figures, such as 0301"),
    "county number": (r"[0-9]{2}", "a county has two figures, such as 03"),
    "district code": (r"[0-9]{2}", "a police district has two figures, such as 01"),
    "wikidata": (r"Q[1-9][0-9]*", "an item of Wikidata is written as Q42"),
    "day": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day is written as 2014-10-31"),
}
# Kinds whose numbers lose their leading zeros where a spreadsheet takes them for quantities.
_FIGURES = {"municipality": 4, "municipality number": 4, "county": 2, "county number": 2, "district code": 2}
# Degrees between which Norway lies, Svalbard and Jan Mayen included.
_DEGREES = {"longitude": (-10, 35), "latitude": (57, 82)}
# How much the figures of an organisation number count in its check digit (modulo 11).
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


_FULLMATCH = {kind: re.compile(form).fullmatch for kind, (form, _) in FORMS.items()}


def value_problem(kind: str, value: str) -> str | None:
    """Return what is wrong with a value of a kind, and what to write; None where nothing is, or any text will do."""
    if kind in ENUMERATIONS:
        return _enumeration_problem(kind, value)
    if kind in FORMS:
        return _form_problem(kind, value)
    if kind in _DEGREES:
        return _degrees_problem(kind, value)
    if kind == "organisation number":
        return organisation_number_problem(value)
    if kind == "names":
        return _names_problem(value)
    if kind == "words" and not any(letter.isalnum() for letter in value):
        return f"{value!r} has no letter and no figure"
    return None


def tagged_name(text: str) -> tuple[str, str | None]:
    """Return a name and the language that stands after it, as in ``Romsa@se``; None where none does."""
    name, at, language = text.rpartition("@")
    return (name, language) if at else (text, None)


def _names_problem(value: str) -> str | None:
    """Return what is wrong with names parted by |, each perhaps with its language."""
    names = value.split("|")
    for name, language in map(tagged_name, names):
        if name != name.strip() or not any(letter.isalnum() for letter in name):
            return f"{name!r} is no name; names are parted by | alone"
        if language is not None and not re.fullmatch("[a-z]{2,3}", language):
            return f"{language!r} after {name} is no code of a language, such as se in Romsa@se"
    if len({*names}) < len(names):
        return f"{value!r} has a name twice"
    return None


def _enumeration_problem(kind: str, value: str) -> str | None:
    known = ENUMERATIONS[kind]
    if value in known:
        return None
    return f"unknown {kind} {value!r}; known are {', '.join(known)}.{did_you_mean(value, known)}"


def _form_problem(kind: str, value: str) -> str | None:
    if _FULLMATCH[kind](value):
        return _day_problem(value) if kind == "day" else None
    written = FORMS[kind][1]
    figures = _FIGURES.get(kind, 0)
    if value.isdecimal() and value.isascii() and len(value) < figures:
        return f"{value!r}: {written}; its leading zero is lost, write {value.zfill(figures)}"
    return f"{value!r}: {written}{_item_hint(value) if kind == 'wikidata' else ''}"


def _item_hint(value: str) -> str:
    """Return which item of Wikidata is meant, where one stands in an address, in small letters or between spaces."""
    items = re.findall(r"(?<![\w])[qQ]([1-9][0-9]*)(?![\w])", value)
    return f"; write Q{items[0]}" if len(items) == 1 else ""


def _day_problem(value: str) -> str | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"{value!r} is no day of the calendar"
    return None


def _degrees_problem(kind: str, value: str) -> str | None:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return f"{value!r} is no {kind}; degrees are written with a full stop, such as 59.08633"
    first, last = _DEGREES[kind]
    if not first <= float(value) <= last:
        return f"{value!r} is no {kind} of Norway, which lies from {first} to {last}; are lon and lat swapped?"
    return None


def organisation_number_problem(value: str) -> str | None:
    """Return what is wrong with a number of the Norwegian register of legal entities; None where nothing is.

    It has nine figures, and the last checks the others. Spaces and what stands around the
    figures are not taken away in silence: the number is an identifier.
    """
    if not re.fullmatch(r"[0-9]{9}", value):
        bare = re.sub(r"^NO|MVA$|\s", "", value.strip().upper())
        hint = f"; write {bare}" if re.fullmatch(r"[0-9]{9}", bare) else ""
        return f"{value!r} is no organisation number: it has nine figures and nothing else{hint}"
    remainder = sum(int(figure) * weight for figure, weight in zip(value, _WEIGHTS, strict=False)) % 11
    if (11 - remainder) % 11 != int(value[8]):
        return f"{value!r} is no organisation number: its last figure, the check digit, does not fit the others"
    return None


def read_table(
    folder: Path, file: str, columns: Mapping[str, str], row_problems: Callable[[Row], Iterator[str]] | None = None
) -> list[Row]:
    """Return the rows of a table whose columns have values of these kinds; a kind that ends in ? may be left empty.

    ``row_problems`` yields what else is wrong with a row. Raise FindingsError with all that is wrong in the table.
    """
    rows = list(read_csv(folder / file, f"registry/{file}", tuple(columns)))
    # Value by value, not cell by cell: most cells of a column have the value of another.
    checked = ((column, _wrong_values({row[column] for row in rows}, kind)) for column, kind in columns.items())
    wrong = {column: values for column, values in checked if values}
    findings = []
    for row in rows:
        problems = [f"{column}: {values[row[column]]}" for column, values in wrong.items() if row[column] in values]
        # Whether its cells fit each other can be told of whole cells alone.
        problems += row_problems(row) if row_problems and not problems else ()
        findings += [Finding(row.file, row.line, problem) for problem in problems]
    if findings:
        raise FindingsError(findings)
    return rows


def _wrong_values(values: Iterable[str], kind: str) -> dict[str, str]:
    """Return those of the values of a column that are wrong, each with what is wrong with it."""
    # Most values have the form of their kind, and nothing else is asked of them, unless they are days.
    has_form = _FULLMATCH.get(kind.removesuffix("?"))
    if has_form and not kind.startswith("day"):
        values = [value for value in values if not has_form(value)]
    problems = ((value, _cell_problem(value, kind)) for value in values)
    return {value: problem for value, problem in problems if problem}


def _cell_problem(value: str, kind: str) -> str | None:
    if not value:
        return None if kind.endswith("?") else "is empty"
    if value != value.strip():
        return f"{value!r} has a space at its beginning or end"
    return value_problem(kind.removesuffix("?"), value)
