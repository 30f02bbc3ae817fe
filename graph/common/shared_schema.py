"""Types of fields that are looked at once, however many fields of forms have them."""

from typing import Any

from pydantic import GetCoreSchemaHandler


class SharedSchema:
    """Annotate a type so that its schema is made once, and used again by each field: half of the time of a form.

    It stands last in ``Annotated``. The type must refer to no form.
    """

    def __init__(self) -> None:
        self._schema: dict[str, Any] = {}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """Return the schema, as a copy that a field can add its description to."""
        self._schema = self._schema or {**handler(source)}
        return self._schema | {"metadata": {**self._schema.get("metadata", {})}}
