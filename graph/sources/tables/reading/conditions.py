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
        headings = tuple(each for place, each in enumerate(index.headings) if place not in index.table.added)
        return lambda values: tuple(map(text_of, values[: len(headings)])) == headings
    place = index.one(form.column or "", (*path, "column")) if form.column is not None else None
    if form.alone:
        whole = form.model_copy(update={"alone": None})
        rest = compile_condition(whole, index, path) if _tests_cell(form) else (lambda _: True)
        return lambda values: [at for at, value in enumerate(values) if not is_blank(value)] == [place] and rest(values)
    test = _test(form, index, path)
    if form.any_column:
        return lambda values: any(_fits(test, value, False) for value in values)
    if place is None:
        return lambda values: False
    of_blank = form.blank is not None
    return lambda values: _fits(test, values[place], of_blank)


def _fits(test: Test, value: Value, whole: bool) -> bool:
    """Return whether a value fits a test: of a list any element does, but that it is blank is of all of it."""
    if isinstance(value, tuple) and not whole:
        return any(_fits(test, each, whole) for each in value)
    return test(text_of(value))


def _tests_cell(form: ConditionForm) -> bool:
    return any(each is not None for each in (form.is_, form.in_, form.begins, form.like, form.matches, form.blank))


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
