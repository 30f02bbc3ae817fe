"""Languages of labels in a query: the queries are written for readers of nb, and are rewritten for those of another.

A query takes the one label of an entity that is in nb or in no language: ``?x rdfs:label ?xLabel``, and
``LANG(?xLabel) IN ("nb", "")`` in a filter. For another language the filter takes the label in that language, and the
one in nb only where there is no other.
"""

from collections.abc import Iterator, Sequence

from graph.query.sparql.tokens import tokens

# The condition as significant tokens; the second where the label may be unbound.
_CONDITION = ("LANG", "(", "?", ")", "IN", "(", '"nb"', ",", '""', ")")
_OPTIONAL_CONDITION = ("COALESCE", "(", "LANG", "(", "?", ")", ",", '""', ")", "IN", "(", '"nb"', ",", '""', ")")
_LABEL = "rdfs:label"
# What stands before the subject of a triple.
_BEFORE_SUBJECT = (".", "{", "}", ")")


def labels_in(query: str, lang: str) -> str:
    """Return the query with its labels in this language, each in nb where there is none; the query itself for nb.

    The label of each condition is the object of ``rdfs:label``; a condition whose label has no such pattern stays.
    """
    if lang == "nb":
        return query
    parts = tokens(query)
    # The number of each significant token among all tokens.
    numbers = [number for number, (kind, _) in enumerate(parts) if kind not in ("space", "comment")]
    words = [parts[number][1] for number in numbers]
    subjects = dict(_label_subjects(words))
    texts = [text for _, text in parts]
    for start, length, label in _conditions(words):
        if label not in subjects:
            continue
        first, last = numbers[start], numbers[start + length - 1]
        condition = _condition_in(lang, label, subjects[label], optional=words[start] == "COALESCE")
        is_alone = words[start - 1] == "(" and words[start + length : start + length + 1] == [")"]
        texts[first] = condition if is_alone else f"({condition})"
        texts[first + 1 : last + 1] = [""] * (last - first)
    return "".join(texts)


def _conditions(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the place, the length and the label (a variable) of each condition."""
    for start, word in enumerate(words):
        for condition in (_CONDITION, _OPTIONAL_CONDITION):
            if word == condition[0] and _fits(words[start : start + len(condition)], condition):
                yield start, len(condition), words[start + condition.index("?")]


def _fits(words: Sequence[str], condition: Sequence[str]) -> bool:
    return len(words) == len(condition) and all(
        one == other or (other == "?" and one.startswith("?")) for one, other in zip(words, condition, strict=True)
    )


def _label_subjects(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each variable that is the object of ``rdfs:label`` with the subject of its triple."""
    for number in range(1, len(words) - 1):
        if words[number] == _LABEL and words[number + 1].startswith("?"):
            start = number
            while start and words[start - 1] not in _BEFORE_SUBJECT:
                start -= 1
            yield words[number + 1], words[start]


def _condition_in(lang: str, label: str, subject: str, optional: bool) -> str:
    own = f"{label}In{lang.title()}"
    chosen = (
        f'LANG({label}) = "{lang}" || LANG({label}) IN ("nb", "") && '
        f'NOT EXISTS {{ {subject} {_LABEL} {own} . FILTER(LANG({own}) = "{lang}") }}'
    )
    return f"!BOUND({label}) || {chosen}" if optional else chosen
