"""Make the JSON Schema of a claims file, with the values that each key can have, for editors that complete them."""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from graph.model.iris import RELATIONS, local_name
from graph.sources.form.entries import ClaimsForm
from graph.sources.pages.context import Background

FILE = Path("corpus/claims.schema.json")

# The list that the values of a key come from, in whatever form.
_LIST_OF = {
    "role": "role",
    "kind": "kind",
    "status": "status",
    "attendance": "attendance",
    "open_list": "list",
    "topics": "topic",
    "about": "topic",
    "relation": "relation",
    "as": "post",
    "holder_of": "post",
    **dict.fromkeys(("agent", "agents", "candidates", "by", "sender", "recipients"), "agent"),
    **dict.fromkeys(("on_behalf_of", "drawn_from", "issuer", "of_body", "affiliation", "part_of", "body"), "body"),
}
_ANYTHING = {"type": "string"}
# An editor reads these values as YAML does; the build reads every value as text.
_READ_AS = {"edtf": ["string", "integer"], "municipality": ["string", "number"], "public": ["boolean"]}
_READ_AS |= {"online": ["boolean", "string"], "partly": ["boolean", "string"]}


def claims_schema(background: Background) -> str:
    """Return the schema as JSON text, sorted: equal for an equal vocabulary and registry."""
    registry = background.registry
    people = sorted(local_name(id) for id in registry.people)
    # Municipalities are too many to offer, and groups are the file's own: for agents, other words may stand too.
    bodies = sorted(local_name(id) for id, body in registry.organisations.items() if body.kind != "municipality")
    lists: dict[str, Any] = {scheme: {"enum": sorted(words)} for scheme, words in background.vocabulary.items()}
    lists["list"]["enum"].remove("candidates")  # that list has a key of its own
    lists |= {"relation": {"enum": sorted(RELATIONS)}, "post": {"enum": sorted(map(local_name, registry.posts))}}
    lists |= {
        "agent": {"anyOf": [{"enum": people + bodies}, _ANYTHING]},
        "body": {"anyOf": [{"enum": bodies}, _ANYTHING]},
    }

    schema = ClaimsForm.model_json_schema(schema_generator=Untitled)
    for form in (schema, *schema["$defs"].values()):
        for key, value in form.get("properties", {}).items():
            if key == "kind" and form.get("title") == "BodyEntry":
                form["properties"][key] = {"$ref": "#/$defs/body-type"}
            # What a decision is about is a thing of the file, not a topic.
            elif key in _LIST_OF and form is not schema["$defs"]["DecisionEntry"]:
                form["properties"][key] = with_words(value, {"$ref": f"#/$defs/{_LIST_OF[key]}"})
            elif key in _READ_AS:
                form["properties"][key] = {"type": _READ_AS[key], "description": value.get("description", "")}
    schema["$defs"] |= {name: lists[name] for name in {*_LIST_OF.values(), "body-type"}}
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "claims.yaml"}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


class Untitled(GenerateJsonSchema):
    """Keys without titles: an editor shows the key itself."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return that no field has a title."""
        return False


def with_words(value: Any, words: dict[str, str]) -> Any:
    """Return the value with these words wherever it allows any string."""
    if isinstance(value, list):
        return [with_words(item, words) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "string":
        return words | {key: value[key] for key in ("description",) if key in value}
    return {key: with_words(item, words) for key, item in value.items()}
