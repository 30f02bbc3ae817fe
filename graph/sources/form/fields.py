"""Forms: classes whose annotations say what may stand in an entry -> filled forms, or all mistakes at once.

pydantic's core checks them. Its models would check the same, but importing and building them takes longer than reading
a page. What may stand in an annotation is what our forms need: words, numbers, fixed words, lists, mappings, forms, one
of two of these, and ``Annotated`` with what makes one schema of the core into another.
"""

from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, Union, get_args, get_origin

from pydantic_core import SchemaValidator

Schema = dict[str, Any]
_PLAIN: dict[object, Schema] = {str: {"type": "str"}, int: {"type": "int"}}


class Key(NamedTuple):
    """What is known of a key beyond what its annotation says; one without a default must be there."""

    default: Any = ...
    alias: str | None = None
    description: str | None = None


def key(default: Any = ..., *, alias: str | None = None, description: str | None = None) -> Any:
    """A key of which more is known: in the file it is written as ``alias`` where that is a word of Python."""
    return Key(default, alias, description)


def limits(**constraints: Any) -> Callable[[Schema], Schema]:
    """What holds of a value besides, as the core calls it: ``min_length``, ``pattern``, ``ge``."""
    return lambda schema: schema | constraints


class Form:
    """What all forms share: no key that is not known, and nothing changes afterwards."""

    # What the core keeps of a filled form, and what pydantic asks of it to make a JSON Schema.
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
    model_config: ClassVar[Schema] = {"extra": "forbid"}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change: {name}")

    @classmethod
    def filled(cls, data: Any) -> Self:
        """The form filled in with mappings, lists and strings; a ValidationError of the core has every mistake."""
        ready = _READY.get(cls) or _READY.setdefault(cls, SchemaValidator(core_schema(cls)))
        form: Self = ready.validate_python(data)
        return form


_READY: dict[type[Form], SchemaValidator] = {}


def keys(form: type[Form]) -> dict[str, tuple[Any, Key]]:
    """The attributes of a form, each with its annotation and what else is known of it."""
    found: dict[str, tuple[Any, Key]] = {}
    for part in reversed(form.__mro__):
        for name, annotation in vars(part).get("__annotations__", {}).items():
            if get_origin(annotation) is not ClassVar:
                known = vars(part).get(name, Key())
                found[name] = (annotation, known if isinstance(known, Key) else Key(known))
    return found


def core_schema(form: type[Form]) -> Any:
    """The form as pydantic's core wants it."""
    forms: dict[str, Schema] = {}
    return {"type": "definitions", "schema": _schema(form, forms), "definitions": list(forms.values())}


def _schema(annotation: Any, forms: dict[str, Schema]) -> Schema:
    """What an annotation allows; the forms that it names are in ``forms``."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Form):
        if annotation.__name__ not in forms:
            forms[annotation.__name__] = {}
            forms[annotation.__name__] = _form(annotation, forms)
        return {"type": "definition-ref", "schema_ref": annotation.__name__}
    origin, within = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        schema = _schema(within[0], forms)
        for mark in within[1:]:
            schema = mark(schema)
        return schema
    if origin is Literal:
        return {"type": "literal", "expected": list(within)}
    if origin in (Union, UnionType):
        choices = [_schema(choice, forms) for choice in within if choice is not type(None)]
        schema = {"type": "union", "choices": choices} if len(choices) > 1 else choices[0]
        return {"type": "nullable", "schema": schema} if type(None) in within else schema
    if origin is dict:
        key, value = (_schema(each, forms) for each in within)
        return {"type": "dict", "keys_schema": key, "values_schema": value}
    assert origin is tuple, f"{annotation} in a form"
    return {"type": "tuple", "items_schema": [_schema(within[0], forms)], "variadic_item_index": 0}


def _form(form: type[Form], forms: dict[str, Schema]) -> Schema:
    fields = {name: _field(*known, forms) for name, known in keys(form).items()}
    config = {"extra_fields_behavior": "forbid", "title": form.__name__}
    inner = {"type": "model-fields", "model_name": form.__name__, "fields": fields}
    return {"type": "model", "cls": form, "ref": form.__name__, "config": config, "schema": inner}


def _field(annotation: Any, known: Key, forms: dict[str, Schema]) -> Schema:
    schema = _schema(annotation, forms)
    if known.default is not ...:
        schema = {"type": "default", "schema": schema, "default": known.default}
    field = {"type": "model-field", "schema": schema}
    if known.alias:
        field["validation_alias"] = known.alias
    if known.description:
        field["metadata"] = {"pydantic_js_updates": {"description": known.description}}
    return field
