"""Messages: what does not fit a form, said to whoever wrote the file."""

import difflib
import reprlib
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from graph.sources.form.entries import Form, Proven


def mistakes(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield the path and a sentence for each thing that does not fit the form."""
    problems = [
        (tuple(part for part in problem["loc"] if part not in _TYPES), problem)
        for problem in error.errors(include_url=False)
    ]
    paths = [path for path, _ in problems]
    unknown = {path[:-1] for path, problem in problems if problem["type"] == "extra_forbidden"}
    for number, (path, problem) in enumerate(problems):
        # A key that is missing where there is an unknown one is that one, misspelt.
        misspelt = problem["type"] == "missing" and path[:-1] in unknown
        # Where a value may be of two types, the one that it looks like is meant.
        other_type = path in paths[:number] or any(deeper[: len(path)] == path != deeper for deeper in paths)
        if not (misspelt or other_type):
            yield path, _sentence(problem)


def _sentence(problem: Any) -> str:
    key = next((part for part in reversed(problem["loc"]) if isinstance(part, str) and part not in _TYPES), "the file")
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}{_near_key(key)}"
        case "missing":
            return f"{key!r} is missing"
        case "string_too_short" | "too_short":
            return f"{key!r} is empty"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{key!r} has keys and values of its own, not just {_shown(problem['input'])}"
        case "tuple_type" | "list_type":
            return f"{key!r} is a list, not {_shown(problem['input'])}"
        case "string_type" if isinstance(problem["input"], dict) and len(problem["input"]) == 1:
            return f"{key!r} is words; put words with a colon in them in quotation marks"
        case "string_type":
            return f"{key!r} is words, not {_shown(problem['input'])}"
        case "string_pattern_mismatch" if problem["ctx"]["pattern"] == r"\S":
            return f"{key!r} is empty"
        case "string_pattern_mismatch" if key in ("begins", "ends"):
            return f"{problem['input']!r} is no time of day from 00:00 to 23:59, such as 09:30"
        case "string_pattern_mismatch":
            form = _FORMS.get(key) or (_FORMS["key"] if problem["loc"][-1] == "[key]" else None)
            return f"{problem['input']!r} is {form or 'not of the form ' + problem['ctx']['pattern']}"
        case "literal_error":
            return f"{problem['input']!r} is not one of {problem['ctx']['expected']}"
    return f"{key!r}: {problem['msg'][0].lower()}{problem['msg'][1:]}, not {_shown(problem['input'])}"


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
_TYPES = {
    *("HolderEntry", "CandidateEntry", "Bilingual", "constrained-str", "[key]"),
    "function-before[_as_list(), tuple[constrained-str, ...]]",
}

KEYS = {
    field.alias or name
    for form in Form.__subclasses__() + Proven.__subclasses__()
    for name, field in form.model_fields.items()
}


def near_keys(word: str) -> list[str]:
    """Return the keys of any form that a misspelt one may be, the nearest first."""
    return difflib.get_close_matches(word, KEYS, n=2, cutoff=0.6)


def _near_key(word: str) -> str:
    near = near_keys(word)
    return f". Did you mean {' or '.join(near)}?" if near else ""
