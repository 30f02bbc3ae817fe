"""Forms: what annotations allow is filled in, all else is a mistake with its place, and nothing changes afterwards."""

from typing import Annotated, Literal

import pytest
from pydantic_core import ValidationError

from graph.sources.form.fields import Form, core_schema, key, limits


class Inner(Form):
    """A form in another."""

    word: Annotated[str, limits(min_length=1)]


class Outer(Inner):
    """One key of each kind."""

    number: Annotated[int, limits(ge=1)] | None = None
    kind: Literal["a", "b"] = "a"
    several: tuple[Inner, ...] = ()
    named: dict[str, Inner | str] = key({})
    as_word: str | None = key(None, alias="as", description="A word of Python")


WHOLE = {"word": "x", "number": "2", "kind": "b", "several": [{"word": "y"}], "named": {"n": {"word": "z"}}, "as": "w"}


def test_a_form_is_filled_in_with_what_is_there() -> None:
    form = Outer.filled(WHOLE)
    assert (form.word, form.number, form.kind, form.as_word) == ("x", 2, "b", "w")
    assert [inner.word for inner in form.several] == ["y"]
    named = form.named["n"]
    assert isinstance(named, Inner)
    assert named.word == "z"


def test_what_is_not_there_has_its_default() -> None:
    form = Outer.filled({"word": "x"})
    assert (form.number, form.kind, form.several, form.named, form.as_word) == (None, "a", (), {}, None)


def test_all_mistakes_are_found_at_once_each_at_its_place() -> None:
    with pytest.raises(ValidationError) as error:
        Outer.filled({"word": "", "number": "0", "kind": "c", "several": [{}], "as_word": "w"})
    assert [(problem["loc"], problem["type"]) for problem in error.value.errors(include_url=False)] == [
        (("word",), "string_too_short"),
        (("number",), "greater_than_equal"),
        (("kind",), "literal_error"),
        (("several", 0, "word"), "missing"),
        (("as_word",), "extra_forbidden"),
    ]


def test_a_filled_form_does_not_change() -> None:
    form = Inner.filled({"word": "x"})
    with pytest.raises(AttributeError, match="Inner does not change: word"):
        form.word = "y"
    assert form.word == "x"


def test_an_annotation_that_no_form_of_ours_needs_is_refused() -> None:
    class Odd(Form):
        share: float

    with pytest.raises(AssertionError, match="float"):
        core_schema(Odd)
