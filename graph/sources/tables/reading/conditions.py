"""Conditions on the cells of a row, compiled to functions."""

from collections.abc import Callable

from graph.sources.tables.form.values import ConditionForm
from graph.sources.tables.formats import Value
from graph.sources.tables.reading.columns import ColumnIndex, Path
from graph.sources.tables.reading.patterns import Test, begins, is_one_of, like, matches
from graph.sources.tables.reading.text import fold_blanks, is_blank, text_of

Values = tuple[Value, ...]
Condition = Callable[[Values], bool]


def compile_condition(form: ConditionForm, index: ColumnIndex, path: Path) -> Condition:
    """Return a condition as a function of the values of a row."""
    if form.all_of is not None:
        conditions = [compile_condition(each, index, (*path, "all_of", n)) for n, each in enumerate(form.all_of)]
        return lambda values: all(each(values) for each in conditions)
    if form.any_of is not None:
        conditions = [compile_condition(each, index, (*path, "any_of", n)) for n, each in enumerate(form.any_of)]
        return lambda values: any(each(values) for each in conditions)
    if form.not_ is not None:
        inner = compile_condition(form.not_, index, (*path, "not"))
        return lambda values: not inner(values)
    if form.blank == "row":
        return lambda values: all(map(is_blank, values))
    if form.headings:
        headings = index.headings
        return lambda values: tuple(map(text_of, values)) == headings
    test = _test(form, index, path)
    if form.any_column:
        return lambda values: any(test(text_of(value)) for value in values)
    place = index.one(form.column or "", (*path, "column"))
    if place is None:
        return lambda values: False
    return lambda values: test(text_of(values[place]))


def _test(form: ConditionForm, index: ColumnIndex, path: Path) -> Test:
    if form.blank is not None:
        wanted = form.blank == "true"
        return lambda text: (not text) is wanted
    if form.is_ is not None:
        word = fold_blanks(form.is_)
        return lambda text: text == word
    if form.in_ is not None:
        return is_one_of(form.in_)
    if form.begins is not None:
        return begins(form.begins)
    if form.like is not None:
        return like(form.like)
    try:
        return matches(form.matches or "")
    except ValueError as error:
        index.problem((*path, "matches"), str(error))
        return lambda text: False
