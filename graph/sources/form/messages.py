"""Messages: what does not fit a form, said to whoever wrote the file."""

import difflib
import reprlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from pydantic import ValidationError

from graph.model.labels import LANGUAGE_TAG
from graph.sources.form.entries import Form, Proven


def mistakes(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield the path and a sentence for each thing that does not fit the form."""
    problems = [
        (tuple(part for part in problem["loc"] if not _is_type(part)), problem)
        for problem in error.errors(include_url=False)
    ]
    # Where a value may be of two types, the one that it looks like is meant: what is wrong with it is not its type.
    fitting = {path for path, problem in problems if not problem["type"].endswith("_type")}
    problems = [each for each in problems if each[0] not in fitting or not each[1]["type"].endswith("_type")]
    paths = [path for path, _ in problems]
    unknown = {path[:-1] for path, problem in problems if problem["type"] == "extra_forbidden"}
    for number, (path, problem) in enumerate(problems):
        # A key that is missing where there is an unknown one is that one, misspelt.
        misspelt = problem["type"] == "missing" and path[:-1] in unknown
        other_type = path in paths[:number] or any(deeper[: len(path)] == path != deeper for deeper in paths)
        if not (misspelt or other_type):
            yield path, _unknown_key(error.title, path) if problem["type"] == "extra_forbidden" else _sentence(problem)


def _sentence(problem: Any) -> str:
    key = next((part for part in reversed(problem["loc"]) if isinstance(part, str) and not _is_type(part)), "the file")
    match problem["type"]:
        case "missing":
            return f"{key!r} is missing"
        case "literal_error" | "model_type" | "dict_type" | "model_attributes_type" if problem["input"] == "":
            return f"{key!r} is empty{_EXAMPLES.get(key, '')}"
        case "string_too_short" | "too_short":
            return f"{key!r} is empty"
        case "model_type" | "dict_type" | "model_attributes_type":
            return (
                f"{key!r} has keys and values of its own, not just {_shown(problem['input'])}{_EXAMPLES.get(key, '')}"
            )
        case "tuple_type" | "list_type":
            return f"{key!r} is a list, not {_shown(problem['input'])}"
        case "string_type" if isinstance(problem["input"], dict) and len(problem["input"]) == 1:
            return f"{key!r} is words; put words with a colon in them in quotation marks"
        case "string_type":
            return f"{key!r} is words, not {_shown(problem['input'])}"
        case "string_pattern_mismatch" if problem["ctx"]["pattern"] == r"\S":
            return f"{key!r} is empty"
        case "string_pattern_mismatch" if LANGUAGE_TAG in problem["ctx"]["pattern"]:
            return f"{problem['input']!r} is no language tag (BCP 47), such as nb, nn or en-GB"
        case "string_pattern_mismatch" if key in ("begins", "ends"):
            return f"{problem['input']!r} is no time of day from 00:00 to 23:59, such as 09:30"
        case "string_pattern_mismatch":
            form = _FORMS.get(key) or (_FORMS["key"] if problem["loc"][-1] == "[key]" else None)
            return f"{problem['input']!r} is {form or 'not of the form ' + problem['ctx']['pattern']}"
        case "value_error":
            return f"{key!r}: {problem['ctx']['error']}"
        case "literal_error":
            return f"{problem['input']!r} is not one of {problem['ctx']['expected']}"
    return f"{key!r}: {problem['msg'][0].lower()}{problem['msg'][1:]}, not {_shown(problem['input'])}"


# How a value that has keys of its own is written.
_EXAMPLES = {
    "published": "; write published: {earliest: 2024-03-14, latest: 2024-03-14, basis: {nb: …, en: …}}",
    "people": "; write people: officials, all or none",
    "status": "; write status: held, planned, cancelled or postponed",
    "parts": "; write parts: [{person: a column, role: official}]",
    "split": '; write split: {at: ";", always: true}, or only: looked-up where it may part names',
    "unused": "; write unused: {the column: why it makes no claim}",
}
# What is wrong with a value that has not the form of its key, and how it is written.
_FORMS = {
    "url": "no address that begins with https:// or http:// and has no spaces in it (write %20)",
    "sha256": "no digest: 64 figures and letters a-f, as sha256sum shows it",
    "language": "no code of a language in small letters, such as nb, nn or en",
    "country": "no code of a country in two capital letters, such as SE",
    "key": "no key: small letters a-z, figures and hyphens between them, such as oslo-2014",
    "reprint_of": "no name of a page's folder, such as oslo-2014",
    "file": "no name of an original, such as original.pdf",
}


def _shown(value: Any) -> str:
    return (
        "a list"
        if isinstance(value, list | tuple)
        else "keys and values"
        if isinstance(value, dict)
        else reprlib.repr(value)
    )


# Where a value may be of two types, the place of a problem also names the type that was tried.
_TYPES = ("function-before[", "function-after[", "function-wrap[", "literal[", "tuple[", "dict[", "constrained-str")


def _is_type(part: int | str) -> bool:
    return isinstance(part, str) and (part in ("[key]", "str") or part.startswith(_TYPES) or part in _form_names())


@lru_cache(maxsize=1)
def _form_names() -> frozenset[str]:
    return frozenset(form.__name__ for form in _all_forms(Form))


KEYS = {
    field.alias or name
    for form in Form.__subclasses__() + Proven.__subclasses__()
    for name, field in form.model_fields.items()
}


def near_keys(word: str) -> list[str]:
    """Return the keys of any form that a misspelt one may be, the nearest first."""
    return difflib.get_close_matches(word, KEYS, n=2, cutoff=0.6)


def _unknown_key(title: str, path: tuple[int | str, ...]) -> str:
    """Return what is wrong with a key that the form at this path has not, and which of its keys may be meant."""
    keys = _keys_at(title, path[:-1])
    near = difflib.get_close_matches(str(path[-1]), keys or KEYS, n=2, cutoff=0.6)
    hint = f". Did you mean {' or '.join(near)}?" if near else f"; known are {', '.join(keys)}" if keys else ""
    return f"unknown key {path[-1]!r}{hint}"


def _keys_at(title: str, path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the form of this title has at a path, in the order of the form."""
    here = {form for form in _all_forms(Form) if form.__name__ == title}
    for step in path:
        deeper = {
            inner
            for form in here
            for name, field in form.model_fields.items()
            if (field.alias or name) == step
            for inner in _forms_in(field.annotation)
        }
        here = deeper or here
    return list(dict.fromkeys(field.alias or name for form in here for name, field in form.model_fields.items()))


def _all_forms(form: type[Form]) -> Iterator[type[Form]]:
    yield form
    for inner in form.__subclasses__():
        yield from _all_forms(inner)


def _forms_in(annotation: Any) -> Iterator[type[Form]]:
    """Yield the forms that a type is made of, such as the one in ``dict[str, EventEntry] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Form):
        yield annotation
    for inner in get_args(annotation):
        yield from _forms_in(inner)
