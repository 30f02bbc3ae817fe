"""The form of ``lookups.yaml``: what odd values mean, decided by a person, with the reason."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from graph.sources.form.entries import Count, Form, Text, Texts
from graph.sources.tables.form.values import ActorKind, MessageForm, Mode, Period, Standing, Status, Yes, given


class ActorEntry(Form):
    """Somebody whom a lookup names."""

    name: Text | None = None
    id: Text | None = Field(None, description="The identifier in the register")
    registry: Text | None = Field(None, description="Who it is in the registry, as organisation:ks")

    @model_validator(mode="after")
    def somebody(self) -> Self:
        """Refuse an entry that names nobody."""
        if not given(self, "name", "id"):
            raise ValueError("give name or id")
        return self


def _as_actor(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


NamedEntry = Annotated[ActorEntry, BeforeValidator(_as_actor, json_schema_input_type=Text | ActorEntry)]
NamedEntries = Annotated[
    tuple[NamedEntry, ...],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=Text | ActorEntry | tuple[Text | ActorEntry, ...]),
]
_ACTOR_LISTS = ("bodies", "people", "groups", "offices")


class MembersForm(Form):
    """Those whom a cell names, by what they are."""

    bodies: NamedEntries | None = None
    people: NamedEntries | None = None
    groups: NamedEntries | None = None
    offices: NamedEntries | None = None
    on_behalf_of: NamedEntry | None = Field(None, description="The client of the one that is named")
    candidates: NamedEntries | None = Field(None, description="At least one of these, nobody says which")
    open: Yes | None = Field(None, description="The words leave open who else there was")
    id: Text | None = Field(None, description="The identifier in the register of the one that is named")
    registry: Text | None = Field(None, description="Who it is in the registry, as organisation:ks")
    capacity: Text | None = Field(None, description="Words of the cell for the title or function")

    @model_validator(mode="after")
    def of_one_alone(self) -> Self:
        """Refuse what is of one actor alone beside several."""
        if len(self.model_fields_set) < 2:
            return self
        number = sum(len(getattr(self, name) or ()) for name in _ACTOR_LISTS)
        if number > 1 and (alone := given(self, "on_behalf_of", "id", "registry", "candidates", "capacity")):
            raise ValueError(f"{alone[0]} is of one alone, and {number} are named; write each under parts:")
        return self


class EntryForm(MembersForm):
    """What a value means. Which keys fit depends on the column that the lookup is of."""

    match: Literal["exact", "begins", "like", "regex"] = Field(
        "exact", description="How the value is meant: the whole cell, its first words, a pattern with * and ?, RE2"
    )
    unless: Texts | None = Field(None, description="Of a pattern: values that fit one of these too, * for any signs")
    is_: ActorKind | Literal["nothing"] | None = Field(
        None, alias="is", description="What the cell names, in its own words; nothing: it says nothing"
    )
    parts: Annotated[tuple[MembersForm, ...], Field(min_length=1)] | None = None
    unsplit: Yes | None = Field(None, description="It names several, and nobody can part them")
    kind: Text | None = Field(None, description="A kind of event, or series")
    message: MessageForm | None = None
    status: Status | None = None
    mode: Mode | None = None
    place: Text | None = Field(None, description="Words of the cell for the place")
    area: Text | None = Field(None, description="Which municipality or county it is, as kommune:0301")
    topics: Texts | None = Field(None, description="Concepts of the scheme of topics")
    when: Period | Literal["undated"] | None = Field(None, description="The first and the last day, as 2014-09/2014-11")
    standing: Standing | None = None
    post: Text | None = Field(None, description="A post of the registry")
    at_least: Count | None = None
    at_most: Count | None = None
    none: Text | None = Field(None, description="The row claims nothing: why")
    review: Text | None = Field(None, description="What the column says is kept out until somebody decides: why")
    because: Text | None = None
    by: Text | None = None

    @model_validator(mode="after")
    def one_meaning(self) -> Self:
        """Refuse an entry that means nothing, or two things that exclude each other."""
        if self.unless and self.match == "exact":
            raise ValueError("unless is of a pattern: match: begins, like or regex")
        meanings = len(self.model_fields_set.difference(_NO_MEANINGS))
        if not meanings:
            raise ValueError("the entry does not say what the value means, as is: body or mode: online")
        if meanings == 1:
            return self
        alone = given(self, "none", "review", "unsplit", "when")
        if self.is_ == "nothing":
            alone.append("is: nothing")
        of_actors = [*given(self, *_ACTOR_LISTS), *given(self, "parts"), *(["is"] if self.is_ else [])]
        others = [name for name in given(self, *MEANINGS) if name not in alone and f"{name}: nothing" not in alone]
        if alone and (len(alone) > 1 or others):
            raise ValueError(f"the entry has two meanings: {' and '.join([*alone, *others][:2])}")
        if len(of_actors) > 1 and (self.is_ or self.parts):
            raise ValueError(f"the entry has two meanings: {' and '.join(of_actors[:2])}")
        if self.kind and self.message:
            raise ValueError("the entry has two meanings: kind and message")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at_least, {self.at_least}, is more than at_most, {self.at_most}")
        return self


_NO_MEANINGS = frozenset({"match", "unless", "because", "by"})
# What an entry can say, beside how its value is matched, who decided and why.
MEANINGS = tuple(name for name in EntryForm.model_fields if name not in _NO_MEANINGS)
# What an entry can say of whoever a cell names, and of the event that its row tells of.
OF_ACTORS = frozenset({*MembersForm.model_fields, "is_", "parts", "unsplit", "review"})
OF_EVENTS = frozenset({"kind", "message", "status", "mode", "at_least", "at_most", "none", "review", "is_"})


def _as_entry(value: Any) -> Any:
    return {"is": value} if isinstance(value, str) else value


Entry = Annotated[EntryForm, BeforeValidator(_as_entry, json_schema_input_type=ActorKind | EntryForm)]


class LookupForm(Form):
    """A section: what the values of a column mean, and who says so, for entries that do not say it themselves."""

    because: Text | None = None
    by: Text | None = None
    values: dict[Annotated[str, Field(max_length=20_000)], Entry] = Field(default_factory=dict)


class LookupsForm(Form):
    """All lookups of a register, by the name that the mapping calls them."""

    lookups: dict[str, LookupForm] = Field(default_factory=dict)
