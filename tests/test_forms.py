"""Forms: what annotations allow is filled in, all else is a mistake with its place, and nothing changes afterwards."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, ValidationError

from graph.sources.form.entries import (
    ClaimsForm,
    ExpectedEntry,
    Form,
    OriginalEntry,
    PageForm,
    ParticipationEntry,
    Texts,
)
from graph.sources.form.messages import mistakes

pytestmark = pytest.mark.unit


class Inner(Form):
    """A form in another."""

    word: Annotated[str, Field(min_length=1)]


class Outer(Inner):
    """One key of each kind."""

    number: Annotated[int, Field(ge=1)] | None = None
    kind: Literal["a", "b"] = "a"
    several: tuple[Inner, ...] = ()
    named: dict[str, Inner | str] = Field(default_factory=dict)
    words: Texts | None = None
    as_word: str | None = Field(None, alias="as", description="A word of Python")


WHOLE = {"word": "x", "number": "2", "kind": "b", "several": [{"word": "y"}], "named": {"n": {"word": "z"}}, "as": "w"}


def problems_of(data: Any) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        Outer.model_validate(data)
    return error.value


def test_form_is_filled_from_strings() -> None:
    form = Outer.model_validate(WHOLE)
    assert (form.word, form.number, form.kind, form.as_word) == ("x", 2, "b", "w")
    assert [inner.word for inner in form.several] == ["y"]
    named = form.named["n"]
    assert isinstance(named, Inner)
    assert named.word == "z"


def test_missing_keys_have_defaults() -> None:
    form = Outer.model_validate({"word": "x"})
    assert (form.number, form.kind, form.several, form.named, form.as_word) == (None, "a", (), {}, None)


@pytest.mark.parametrize(("written", "read"), [("one", ("one",)), (["one", "two"], ("one", "two"))])
def test_one_word_stands_for_a_list_of_one(written: object, read: tuple[str, ...]) -> None:
    assert Outer.model_validate({"word": "x", "words": written}).words == read


def test_numbers_are_not_taken_for_words() -> None:
    """YAML is read with strings only; a number here would be a mistake of the reader of files."""
    assert problems_of({"word": 3}).errors()[0]["type"] == "string_type"


def test_all_mistakes_come_at_once_each_at_its_place() -> None:
    error = problems_of({"word": "", "number": "0", "kind": "c", "several": [{}], "as_word": "w"})
    assert [(problem["loc"], problem["type"]) for problem in error.errors(include_url=False)] == [
        (("word",), "string_too_short"),
        (("number",), "greater_than_equal"),
        (("kind",), "literal_error"),
        (("several", 0, "word"), "missing"),
        (("as_word",), "extra_forbidden"),
    ]


def test_messages_name_paths_in_the_file_without_the_types_tried() -> None:
    with pytest.raises(ValidationError) as error:
        ClaimsForm.model_validate({"events": {"a": {"participations": [{"agent": {"holder": "x"}, "role": [""]}]}}})
    found = dict(mistakes(error.value))
    assert found[("events", "a", "participations", 0, "role", 0)] == "'role' is empty"
    assert found[("events", "a", "participations", 0, "agent", "holder")].startswith(
        "unknown key 'holder'. Did you mean"
    )


def test_filled_forms_are_frozen() -> None:
    form = Inner.model_validate({"word": "x"})
    with pytest.raises(ValidationError, match="frozen"):
        form.word = "y"  # type: ignore[misc]
    assert form.word == "x"


def test_sections_with_nothing_in_them_may_stand_there() -> None:
    assert ClaimsForm.model_validate({"events": "", "no_claim": ""}) == ClaimsForm()


def test_json_schema_uses_the_names_in_the_file() -> None:
    schema = Outer.model_json_schema()
    assert schema["properties"]["as"] == {
        "anyOf": [{"type": "string"}, {"type": "null"}],
        "default": None,
        "description": "A word of Python",
        "title": "As",
    }
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["word"]


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"events": {"Møte": {"kind": "meeting"}}}, "'Møte' is no key: small letters a-z"),
        ({"events": {"m": {"kind": "x", "where": {"country": "Sverige"}}}}, "'Sverige' is no code of a country"),
        ({"events": {"m": {"kind": "x", "when": {"edtf": "2020", "begins": "9:30"}}}}, "'9:30' is no time of day"),
    ],
)
def test_messages_say_how_a_value_is_written_without_patterns(claims: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError) as error:
        ClaimsForm.model_validate(claims)
    ((_, message),) = mistakes(error.value)
    assert message.startswith(says)
    assert "^" not in message


ORIGINAL = {"file": "original.pdf", "media_type": "application/pdf"}


@pytest.mark.parametrize("digest", ["0123456789abcdef" * 4, "0123456789ABCDEF" * 4, "0123456789abCDef" * 4])
def test_digest_is_the_same_in_capitals(digest: str) -> None:
    assert OriginalEntry.model_validate({**ORIGINAL, "sha256": digest}).sha256 == "0123456789abcdef" * 4


@pytest.mark.parametrize("digest", ["0123456789abcdeg" * 4, "0123456789abcdef" * 3, "0" * 65, f" {'0' * 64}"])
def test_digest_of_another_form_is_a_mistake(digest: str) -> None:
    with pytest.raises(ValidationError) as error:
        OriginalEntry.model_validate({**ORIGINAL, "sha256": digest})
    assert [message.endswith("as sha256sum shows it") for _, message in mistakes(error.value)] == [True]


@pytest.mark.parametrize("written", ["1_0", "1.0", "1e1", "0x1", "١", "+1", "-1", " 1", "one", "9" * 30])
def test_count_is_written_in_figures(written: str) -> None:
    with pytest.raises(ValidationError) as error:
        ExpectedEntry.model_validate({"events": written})
    assert list(mistakes(error.value)) == [
        (("events",), f"'events': {written!r} is no whole number in figures, such as 2")
    ]


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("12", 12), ("007", 7)])
def test_figures_are_a_count(written: str, number: int) -> None:
    assert ExpectedEntry.model_validate({"events": written}).events == number


@pytest.mark.parametrize("form", [ParticipationEntry, ExpectedEntry, PageForm])
def test_every_count_of_a_form_is_written_in_figures(form: type[Form]) -> None:
    schema = str(form.model_json_schema())
    counts = [name for name, field in form.model_fields.items() if "int" in str(field.annotation)]
    assert counts
    assert "minimum" in schema
    for name in counts:
        with pytest.raises(ValidationError, match="no whole number in figures"):
            form.model_validate({name: ["1_0"] if name == "page_starts" else "1_0"})
