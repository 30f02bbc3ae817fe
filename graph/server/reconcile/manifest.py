"""What the service says of itself: its manifest, its types and properties. No store is needed for it."""

from collections.abc import Sequence

from graph import __version__
from graph.common.text import group_thousands
from graph.model.iris import BASE, VOCABULARY
from graph.model.labels import Label
from graph.server.entity.records import in_language
from graph.server.errors import RequestError
from graph.server.reconcile.request import DEFAULT_CELL, MAX_CELL, MAX_QUERIES
from graph.server.reconcile.vocabulary import (
    DEFAULT_TYPES,
    PROPERTIES,
    TYPES,
    EntityType,
    Property,
    matching,
    properties_of,
    unknown_type,
)

# Of the specification. Only this one is spoken: the draft after it has other addresses and other JSON.
VERSIONS = ("0.2",)
PATH = "reconcile"
PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 220
_LIMIT = Label("Høyst så mange verdier", "At most so many values")
_LIMIT_HELP = Label("Av hver egenskap til hver ting, høyst {}", "Of each property of each entity, {} at most")
Json = dict[str, object]


def manifest(origin: str, base: str, name: str, lang: str, chosen: bool) -> Json:
    """Return the manifest. ``origin`` is the URL of the site with a slash at its end, ``base`` that of the IRIs.

    ``chosen``: the address of the service names the language, and those that it names do too.
    """
    root, query = origin.rstrip("/"), f"lang={lang}" if chosen else ""
    return {
        "versions": list(VERSIONS),
        "name": name,
        "identifierSpace": base,
        "schemaSpace": f"{BASE}{VOCABULARY['mg']}",
        "documentation": f"{origin}api{f'?{query}' if query else ''}",
        "logo": f"{origin}favicon.svg",
        "serviceVersion": __version__,
        "batchSize": MAX_QUERIES,
        "view": {"url": f"{origin}about/{{{{id}}}}{f'?{query}' if query else ''}"},
        "preview": {
            "url": f"{origin}{PATH}/preview?id={{{{id}}}}{f'&{query}' if query else ''}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "defaultTypes": [_type(each, lang) for each in DEFAULT_TYPES],
        "suggest": {
            each: {"service_url": root, "service_path": f"/{PATH}/suggest/{each}"}
            for each in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": f"/{PATH}/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": in_language(_LIMIT, lang),
                    "type": "number",
                    "default": DEFAULT_CELL,
                    "help_text": in_language(_LIMIT_HELP, lang).format(group_thousands(MAX_CELL, lang)),
                }
            ],
        },
    }


def suggested_types(prefix: str, cursor: int, lang: str) -> Json:
    """Return the types that a prefix suggests."""
    found = [each for each in matching(prefix, TYPES.values()) if isinstance(each, EntityType)]
    return {"result": [_type(each, lang) for each in found[cursor:]]}


def suggested_properties(prefix: str, cursor: int, lang: str) -> Json:
    """Return the properties that a prefix suggests."""
    found = [each for each in matching(prefix, PROPERTIES.values()) if isinstance(each, Property)]
    return {"result": _properties(found[cursor:], lang)}


def proposed_properties(type_id: str, limit: int | None, lang: str) -> Json:
    """Return the properties to fetch of entities of a type. Raise RequestError for a type that there is not."""
    if type_id and type_id not in TYPES:
        raise RequestError(400, unknown_type(type_id))
    found = properties_of(type_id) if type_id else [*PROPERTIES.values()]
    proposal: Json = {"type": type_id, "properties": _properties(found[:limit], lang)}
    return proposal if limit is None else proposal | {"limit": limit}


def _type(each: EntityType, lang: str) -> Json:
    described: Json = {"id": each.id, "name": in_language(each.label, lang)}
    return described | {"broader": [_type(TYPES[each.broader], lang)]} if each.broader else described


def _properties(properties: Sequence[Property], lang: str) -> list[Json]:
    return [
        {
            "id": each.id,
            "name": in_language(each.label, lang),
            "description": in_language(each.description, lang),
        }
        for each in properties
    ]
