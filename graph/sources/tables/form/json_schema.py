"""Make the JSON Schemas of the three files of a register, for editors that complete and check them."""

import json
from pathlib import Path
from typing import Any

from graph.model.iris import local_name
from graph.sources.form.entries import Form
from graph.sources.pages.context import Background
from graph.sources.pages.json_schema import Untitled, with_words
from graph.sources.tables.form.lookups import LookupForm
from graph.sources.tables.form.mapping import MappingForm
from graph.sources.tables.form.register import RegisterForm
from graph.sources.tables.form.values import PERIOD, SERIES

FOLDER = Path("registers")


def register_schemas(background: Background) -> dict[Path, str]:
    """Return the schema of each file of a register as JSON text, sorted, by the path of the schema."""
    return {
        FOLDER / "register.schema.json": _text("register.yaml", _of_form(RegisterForm, background)),
        FOLDER / "mapping.schema.json": _text("mapping.yaml", _of_form(MappingForm, background)),
        FOLDER / "lookups.schema.json": _text("lookups.yaml", _sections(_of_form(LookupForm, background))),
    }


def schema_line(file: str) -> str:
    """Return the first line of a file of a register, which tells editors its schema."""
    return f"# yaml-language-server: $schema=../{Path(file).stem}.schema.json"


def _sections(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a file of sections, each of which has a schema."""
    forms = schema.pop("$defs")
    return {"type": "object", "additionalProperties": {"$ref": "#/$defs/LookupForm"}} | {
        "$defs": {**forms, "LookupForm": schema}
    }


def _of_form(form: type[Form], background: Background) -> dict[str, Any]:
    schema = form.model_json_schema(schema_generator=Untitled)
    registry, vocabulary = background.registry, background.vocabulary
    actors = sorted({*registry.people, *(id for id, body in registry.organisations.items() if _is_offered(body.kind))})
    words = {
        "kind": {"enum": sorted({*vocabulary["kind"], SERIES})},
        "topics": {"enum": sorted(vocabulary["topic"])},
        "post": {"enum": sorted(map(local_name, registry.posts))},
        "registry": {"anyOf": [{"enum": actors}, {"type": "string"}]},
        "body-type": {"enum": sorted(vocabulary["body-type"])},
    }
    used: set[str] = set()
    for name, each in {"": schema, **schema.get("$defs", {})}.items():
        properties = each.get("properties", {})
        for key, value in properties.items():
            word = "body-type" if (name, key) == ("BodyEntry", "kind") else key
            if word in words:
                used.add(word)
                properties[key] = with_words(value, {"$ref": f"#/$defs/{word}"})
    schema["$defs"] = {**schema.get("$defs", {}), **{word: words[word] for word in used}}
    lenient: dict[str, Any] = _as_editors_read(schema)
    return lenient


def _is_offered(kind: str) -> bool:
    # Municipalities are too many to offer; any text may stand there.
    return kind != "municipality"


def _as_editors_read(value: Any) -> Any:
    """Return a schema for values as an editor reads them: the build reads all of them as text."""
    if isinstance(value, list):
        return [_as_editors_read(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("const") == "true":
        return {key: item for key, item in value.items() if key not in ("const", "type")} | {"enum": [True, "true"]}
    if "enum" in value and "true" in value["enum"]:
        words = {"true": True, "false": False}
        return {key: item for key, item in value.items() if key != "type"} | {
            "enum": [*value["enum"], *(words[word] for word in value["enum"] if word in words)]
        }
    if value.get("pattern") == f"^{PERIOD.pattern}$":
        return {**value, "type": ["string", "integer"]}
    if value.get("type") == "string" and "enum" not in value and value.get("pattern") in (None, r"\S"):
        return {**value, "type": ["string", "number", "boolean"]}
    return {key: _as_editors_read(item) for key, item in value.items()}


def _text(file: str, schema: dict[str, Any]) -> str:
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": file}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
