"""The form of ``decisions/identity.yaml``, and its JSON Schema."""

import json
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from graph.model.identity import FAMILIES, VERDICTS, Verdict, mixed_kinds
from graph.model.iris import LOCAL_NAME
from graph.sources.form.entries import Form, Text, Texts
from graph.sources.pages.json_schema import Untitled

FOLDER, FILE, SCHEMA = "decisions", "identity.yaml", Path("decisions/identity.schema.json")
_MOST_IDS = 1_000
DecidedId = Annotated[
    str, Field(pattern=rf"^(?:{'|'.join(sorted(FAMILIES))}):{LOCAL_NAME.pattern}$", min_length=1, max_length=300)
]
Ids = Annotated[tuple[DecidedId, ...], Field(min_length=2, max_length=_MOST_IDS)]


class DecisionForm(Form):
    """One decision: what it says of which ids, who made it, when and why."""

    same: Ids | None = Field(None, description="They are one thing; the first id is kept, the others lead to it")
    different: Ids | None = Field(None, description="They are different things, each from each")
    unsure: Ids | None = Field(None, description="Nobody can tell from what was seen")
    who: Text = Field(description="Who decided")
    when: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", description="The day of the decision, as 2026-11-30")]
    why: Text = Field(description="The reason, in a sentence")
    seen: Texts | None = Field(None, description="The evidence that was seen: sentences, rows or ids")

    @model_validator(mode="after")
    def one_verdict(self) -> Self:
        """Refuse an entry that decides nothing or two things, or of ids that cannot be one thing."""
        given = [name for name in VERDICTS if name in self.model_fields_set]
        if len(given) != 1:
            words = f", not {' and '.join(given)}" if given else ""
            raise ValueError(f"an entry says one of same:, different: and unsure:{words}")
        ids = self.ids
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"{twice[0]} is there twice")
        if self.same and mixed_kinds(ids):
            kinds = " and ".join(dict.fromkeys(id.partition(":")[0] for id in ids))
            raise ValueError(f"one thing cannot be {kinds} at once; write different:, or take one id out")
        return self

    @property
    def verdict(self) -> Verdict:
        """Return what is decided."""
        return next(name for name in VERDICTS if name in self.model_fields_set)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids that it is decided of."""
        return self.same or self.different or self.unsure or ()


def _none_as_empty(value: Any) -> Any:
    """Return an empty list for a key without a value: all decisions were taken back."""
    return () if value in ("", None) else value


class DecisionsForm(Form):
    """The file: a list of decisions."""

    decisions: Annotated[tuple[DecisionForm, ...], BeforeValidator(_none_as_empty)] = ()


def decisions_schema() -> str:
    """Return the JSON Schema of the file as text, sorted."""
    schema = DecisionsForm.model_json_schema(schema_generator=Untitled)
    when = schema["$defs"]["DecisionForm"]["properties"]["when"]
    # An editor reads a day as a date, the build reads every value as text.
    when.pop("pattern", None)
    when["format"] = "date"
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{FOLDER}/{FILE}"}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
