"""The small pieces of a mapping: which column, which cells, and what is made of the words of a cell."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from graph.sources.form.entries import Form, OneOrMore, Text, Texts

# A heading as it stands in the table; that of a column without one is empty.
Heading = Annotated[str, Field(max_length=1000)]
# Signs, of which blanks are some: ", " ends at its blank.
Signs = Annotated[str, Field(min_length=1, max_length=200)]
Yes = Literal["true"]
# The forms of a part of an actor's name, and the list of what a lookup or a column can say somebody is.
ActorKind = Literal["person", "body", "group", "office", "unknown"]
Mode = Literal["in-person", "telephone", "video", "online", "other"]
Status = Literal["held", "planned", "cancelled", "postponed"]
Standing = Literal["statutory-representative", "employee", "elected-representative", "registered-lobbyist"]
MessageForm = Literal["e-mail", "letter"]
# A kind that rows can have and that is no concept: several meetings.
SERIES = "series"


def given(form: Form, *names: str) -> list[str]:
    """Return which of these fields of a form are given, by the names that a person writes."""
    there = [name for name in names if name in form.model_fields_set]
    return [type(form).model_fields[name].alias or name for name in there]


def require_one(form: Form, *names: str) -> None:
    """Raise ValueError where not exactly one of these fields is given."""
    there = given(form, *names)
    if len(there) != 1:
        fields = type(form).model_fields
        words = ", ".join(fields[name].alias or name for name in names)
        raise ValueError(f"give one of {words}" + (f", not {' and '.join(there)}" if there else ""))


def _signs_as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


SignsList = Annotated[
    tuple[Signs, ...],
    Field(min_length=1),
    BeforeValidator(_signs_as_list, json_schema_input_type=Signs | tuple[Signs, ...]),
]


class ColumnForm(Form):
    """A column that has not one fixed heading."""

    heading: Heading | None = Field(None, description="The heading, white space folded")
    any: tuple[Heading, ...] | None = Field(None, description="Any of these headings; a file has one of them")
    like: Text | None = Field(None, description="A pattern of the heading: * for any signs, ? for one")
    position: OneOrMore | None = Field(
        None, description="The column's number from 1, only where its heading is empty or stands twice"
    )
    optional: Yes | None = Field(None, description="A file may lack the column")

    @model_validator(mode="after")
    def one_reference(self) -> Self:
        """Refuse a reference that names its column in no way or in two."""
        require_one(self, "heading", "any", "like", "position")
        return self


Column = Heading | ColumnForm


def as_column(value: Any) -> Any:
    """Return what a form that has a column makes of the column alone: a heading, or what else names it."""
    is_reference = isinstance(value, dict) and value and value.keys() <= ColumnForm.model_fields.keys()
    return {"column": value} if isinstance(value, str) or is_reference else value


Columns = Annotated[
    tuple[Column, ...],
    Field(min_length=1),
    BeforeValidator(_signs_as_list, json_schema_input_type=Column | tuple[Column, ...]),
]


class ConditionForm(Form):
    """Whether a row is meant: by a cell of it, by all of them, or by several conditions."""

    column: Column | None = None
    any_column: Yes | None = Field(None, description="Any cell of the row")
    is_: Text | None = Field(None, alias="is", description="The cell is exactly this")
    in_: Texts | None = Field(None, alias="in", description="The cell is exactly one of these")
    begins: Texts | None = Field(None, description="The cell begins with these words; case does not count")
    like: Texts | None = Field(None, description="A pattern: * for any signs, ? for one; case does not count")
    matches: Text | None = Field(None, description="A regular expression (RE2) for the whole cell")
    blank: Literal["true", "false", "row"] | None = Field(None, description="The cell is blank; row: all cells are")
    alone: Yes | None = Field(
        None, description="The cell is the only one of the row that is not blank; beside another test or without one"
    )
    headings: Yes | None = Field(None, description="The row repeats the headings")
    all_of: "tuple[ConditionForm, ...] | None" = None
    any_of: "tuple[ConditionForm, ...] | None" = None
    not_: "ConditionForm | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def one_test(self) -> Self:
        """Refuse a condition that tests nothing, or that does not say which cell."""
        tests = ("is_", "in_", "begins", "like", "matches", "blank", "headings", "all_of", "any_of", "not_")
        if self.alone is None or given(self, *tests):
            require_one(self, *tests)
        of_cell = given(self, "is_", "in_", "begins", "like", "matches") or self.blank in ("true", "false")
        if of_cell:
            require_one(self, "column", "any_column")
        if self.alone:
            require_one(self, "column")
        elif not of_cell and given(self, "column", "any_column"):
            raise ValueError("a column is only of is, in, begins, like, matches, alone and blank: true")
        return self


class SkipForm(ConditionForm):
    """Rows that claim nothing, and why."""

    because: Text
    and_following: Yes | None = Field(None, description="And all rows that follow in the file")


class SectionForm(ConditionForm):
    """Rows that are headings of the rows below them, as a name of a minister above their meetings."""

    as_: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        alias="as", description="What the column is called that the rows below have from it"
    )
    because: Text = "a heading of the rows below it"

    @model_validator(mode="after")
    def of_one_column(self) -> Self:
        """Refuse a section that does not say which cell has its words."""
        require_one(self, "column")
        return self


class ValueForm(Form):
    """The words of a cell, or of several, and what is made of them, in this order.

    Nothing, after and before, take, drop, trim, lookup.
    """

    column: Column | None = None
    columns: Columns | None = Field(None, description="Several, joined by join: where they are not blank")
    join: str = Field(" ", max_length=20)
    nothing: Texts | None = Field(None, description="Words that say nothing, beside a blank cell")
    after: Signs | None = Field(None, description="Only what follows the last of these signs")
    before: Signs | None = Field(None, description="Only what precedes the last of these signs")
    after_first: Signs | None = None
    before_first: Signs | None = None
    without: Literal["error", "whole", "nothing"] = Field(
        "error", description="What a cell without the signs of after or before is"
    )
    take: Text | None = Field(None, description="A regular expression (RE2) with one group: what the group holds")
    drop: Texts | None = Field(None, description="Words that are left out where the words begin or end with them")
    trim: Signs | None = Field(None, description="Signs that are left out at both ends")
    lookup: Text | None = Field(None, description="A section of lookups.yaml")
    otherwise: Literal["as-written", "error", "nothing", "review"] | None = Field(
        None, description="What a value is that the lookup has not"
    )

    @model_validator(mode="after")
    def fitting_keys(self) -> Self:
        """Refuse keys that exclude each other, or that need another."""
        if len(both := given(self, "column", "columns")) > 1:
            raise ValueError(f"give one of {' and '.join(both)}")
        if "join" in self.model_fields_set and self.columns is None:
            raise ValueError("join is of columns")
        if len(cuts := given(self, "after", "before", "after_first", "before_first")) > 1:
            raise ValueError(f"give one of {' and '.join(cuts)}")
        if "without" in self.model_fields_set and not (cuts or self.take):
            raise ValueError("without is of after, before and take")
        if self.otherwise and self.lookup is None and "values" not in self.model_fields_set:
            raise ValueError("otherwise is of a lookup")
        return self


# A column, or more about what is made of its words.
Value = Annotated[ValueForm, BeforeValidator(as_column, json_schema_input_type=Column | ValueForm)]


class SplitForm(Form):
    """Where a cell names several."""

    at: SignsList = Field(description="Signs or words between the names, such as , or and")
    not_inside: Annotated[str, Field(pattern=r"^(..)*$", max_length=20)] = Field(
        '()[]""“”«»', description="Pairs of signs within which nothing is parted"
    )
    always: Yes | None = Field(None, description="The signs always part names")
    only: Literal["looked-up"] | None = Field(
        None, description="A lookup parts a cell; until then one that has the signs is unsplit"
    )

    @model_validator(mode="after")
    def one_rule(self) -> Self:
        """Refuse a rule that does not say when it parts."""
        require_one(self, "always", "only")
        return self


class IdForm(Form):
    """An identifier of the register: in a column of its own, or within the cell that names whose it is."""

    column: Column | None = None
    pattern: Text | None = Field(None, description="A regular expression (RE2) of the identifier within the cell")
    labels: Texts | None = Field(None, description="Words that announce the identifier and are no name")

    @model_validator(mode="after")
    def one_place(self) -> Self:
        """Refuse an identifier that is in no place or in two."""
        require_one(self, "column", "pattern")
        return self


Identifier = Annotated[IdForm, BeforeValidator(as_column, json_schema_input_type=Column | IdForm)]


class ActorForm(ValueForm):
    """Whom a cell names, or several."""

    every: Yes | None = Field(None, description="The reference fits several columns: each names somebody")
    id: Identifier | None = None
    split: SplitForm | None = None


Actor = Annotated[ActorForm, BeforeValidator(as_column, json_schema_input_type=Column | ActorForm)]

# A period or a day of the calendar, as 2010-10-01/2011-01-31, 2010-10/2011-01 or 2022.
PERIOD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
Period = Annotated[str, Field(pattern=f"^{PERIOD.pattern}$")]
