"""The form of ``mapping.yaml``: what the columns of a register claim."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from graph.sources.form.entries import Count, Form, Id, Text, Texts
from graph.sources.tables.form.lookups import Entry
from graph.sources.tables.form.values import (
    Actor,
    Column,
    Columns,
    ConditionForm,
    Heading,
    Identifier,
    MessageForm,
    Mode,
    SectionForm,
    SkipForm,
    SplitForm,
    Status,
    Value,
    ValueForm,
    Yes,
    as_column,
    given,
    require_one,
)

_ACTORS = ("person", "body", "group", "office", "actor")


class TimeForm(Form):
    """A column of times of day."""

    column: Column
    formats: Texts = ("HH:mm",)


class EndForm(Form):
    """The column of the last day, where the first has one of its own."""

    column: Column
    formats: Texts | None = Field(None, description="As those of the first day, where it has no others")


class WhenForm(Form):
    """When: columns and the forms of dates in them."""

    column: Column | None = None
    columns: Columns | None = Field(None, description="Day, month, year in columns of their own, joined by join:")
    join: str = Field(" ", max_length=20)
    formats: Texts = Field(("ISO",), description="Forms such as DD.MM.YYYY, MMM-YYYY, ISO (docs/registers.md)")
    languages: Texts | None = Field(None, description="Of names of months; that of the register otherwise")
    nothing: Texts | None = Field(None, description="Words that say nothing, beside a blank cell")
    lookup: Text | None = None
    to: Annotated[EndForm, BeforeValidator(as_column, json_schema_input_type=Column | EndForm)] | None = None
    time: Annotated[TimeForm, BeforeValidator(as_column, json_schema_input_type=Column | TimeForm)] | None = None
    written_in: Text | None = Field(None, description="The zone in which dates and times are written, as UTC")
    empty: Literal["error", "period", "undated", "review"] = Field("error", description="What an empty date means")
    outside_period: Literal["review", "error", "as-written"] = "review"
    split: SplitForm | None = Field(None, description="A cell has several dates: each is an event of its own")

    @model_validator(mode="after")
    def one_source(self) -> Self:
        """Refuse dates from no column or from two."""
        require_one(self, "column", "columns")
        if self.split and (self.to or self.split.only):
            raise ValueError("several dates in a cell are parted always, and have no to:")
        return self


When = Annotated[WhenForm, BeforeValidator(as_column, json_schema_input_type=Column | WhenForm)]


class PartOfForm(Form):
    """The body that the one that is named is a part of."""

    column: Column
    id: Identifier | None = None


class PartForm(Form):
    """Whose part a column tells: somebody who was there, was met, or called the meeting."""

    person: Actor | None = None
    body: Actor | None = None
    group: Actor | None = None
    office: Actor | None = None
    actor: Actor | None = Field(None, description="Somebody of whom the column does not say what they are")
    role: Literal["official", "counterpart", "organiser", "participant"]
    attendance: Literal["present", "represented", "expected", "none"] | None = Field(
        None, description="By what they are and by the status, where nothing is said"
    )
    capacity: Value | None = Field(None, description="Title or function; without a column, of the cell itself")
    standing: Value | None = None
    on_behalf_of: Actor | None = Field(None, description="The client")
    part_of: PartOfForm | None = None
    in_message: Literal["sender", "recipient", "nobody"] | None = Field(
        None, description="Which side it is where the row tells of a message"
    )
    if_: ConditionForm | None = Field(None, alias="if")
    empty: Literal["nothing", "error", "review"] = "nothing"
    another: Yes | None = Field(None, description="One more of a role that another column has too")
    publish_because: Text | None = Field(
        None, description="Why names in the column are no private persons', or are published by law"
    )

    @model_validator(mode="after")
    def one_actor(self) -> Self:
        """Refuse a part that is of nobody or of two."""
        require_one(self, *_ACTORS)
        return self

    @property
    def kind(self) -> str:
        """Return what the column says that somebody is; unknown where it does not."""
        there = next(name for name in _ACTORS if getattr(self, name) is not None)
        return "unknown" if there == "actor" else there

    @property
    def named(self) -> Any:
        """Return the form of whoever the column names."""
        return next(getattr(self, name) for name in _ACTORS if getattr(self, name) is not None)


class CaseForm(ValueForm):
    """What the values of a column say of the event: its kind, status, mode, or that there is none."""

    values: dict[Annotated[str, Field(max_length=20_000)], Entry] | None = None

    @model_validator(mode="after")
    def some_values(self) -> Self:
        """Refuse a case that leads nowhere."""
        require_one(self, "values", "lookup")
        return self


def _one_or_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


Cases = Annotated[
    tuple[CaseForm, ...], BeforeValidator(_one_or_list, json_schema_input_type=CaseForm | tuple[CaseForm, ...])
]
Parts = Annotated[
    tuple[PartForm, ...], BeforeValidator(_one_or_list, json_schema_input_type=PartForm | tuple[PartForm, ...])
]
Topics = Annotated[
    tuple[Value, ...], BeforeValidator(_one_or_list, json_schema_input_type=Column | ValueForm | tuple[Value, ...])
]


class EventForm(Form):
    """An event, or a message, that each row tells of."""

    if_: ConditionForm | None = Field(None, alias="if", description="Only rows that are so tell of it")
    kind: Text | None = Field(None, description="A kind of event, or series; cases may say another")
    message: MessageForm | None = None
    status: Status | None = Field(None, description="Of all rows; cases may say another")
    mode: Mode | None = None
    when: When | None = None
    place: Value | None = None
    topics: Topics = Field((), alias="topic")
    cases: Cases = ()
    at_least: Count | None = None
    at_most: Count | None = None
    parts: Parts = ()


class PeopleForm(Form):
    """Which persons are published, and why."""

    publish: Literal["officials", "all", "none"]
    because: Text


class MappingForm(Form):
    """What the columns of a register claim: each is used, or stands under ``unused`` with a reason."""

    people: Literal["officials", "all", "none"] | PeopleForm = Field(
        description="Which persons are published: those in a public office by the register's own column, all, none"
    )
    key: Literal["file-and-row"] | Columns = Field(description="Columns that tell events apart, or file-and-row")
    repeated: Literal["error", "same-event"] = Field("error", description="What rows with one key are")
    must_agree: Columns | None = Field(None, description="Columns in which rows of one key are equal")
    newest: Column | None = Field(None, description="Of rows with one key, the one with the greatest day here wins")
    zone: Text | None = Field(None, description="The zone of days and times, as Europe/Oslo")
    fill_down: Columns | None = Field(None, description="A blank cell has the value above it")
    merged: Literal["first-row", "each-row"] = Field(
        "first-row", description="Of workbooks: of which of its rows a cell is that is merged over several"
    )
    sections: tuple[SectionForm, ...] = Field((), description="Rows that are headings of the rows below them")
    skip: tuple[SkipForm, ...] = ()
    event: EventForm | None = None
    events: dict[Id, EventForm] | None = Field(None, description="Several events or messages of one row, by name")
    when: When | None = Field(None, description="For all events that have no when: of their own")
    parts: Parts = Field((), description="In all events")
    unused: dict[Heading, Text] | tuple["UnusedForm", ...] = Field(default_factory=dict)

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse a mapping without events, or with two ways to say them."""
        require_one(self, "event", "events")
        if self.key == "file-and-row" and (self.repeated != "error" or self.newest or self.must_agree):
            raise ValueError("repeated, newest and must_agree are of a key in columns, and it is file-and-row")
        if self.newest and (lending := given(self, "fill_down", "sections", "merged")):
            raise ValueError(f"newest is of rows that are whole; {lending[0]} lends them words of other rows")
        if (self.newest or self.must_agree) and self.repeated == "error":
            raise ValueError("newest and must_agree are of repeated: same-event")
        return self

    @property
    def publish(self) -> str:
        """Return which persons are published: officials, all or none."""
        return self.people if isinstance(self.people, str) else self.people.publish

    @property
    def all_events(self) -> dict[str, EventForm]:
        """Return the events by name; the one of ``event`` has an empty name."""
        return {"": self.event} if self.event else dict(self.events or {})


class UnusedForm(Form):
    """Columns that make no claim, and why."""

    column: Column
    because: Text
