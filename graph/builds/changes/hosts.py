"""Hosts: of which entity a changed record is a part for a reader, and in which group that entity is looked for."""

from pyoxigraph import NamedNode

from graph.builds.changes.view import Values, View, entities, first
from graph.model.iris import BASE, ENTITIES, VOCABULARY
from graph.rdf.terms import local_name_of, short_name

_GROUP_OF = {
    **dict.fromkeys(("event", "series"), "meetings"),
    **dict.fromkeys(("letter", "plan", "utterance"), "works"),
    **dict.fromkeys(("person", "group", "actor"), "people"),
    "organisation": "bodies",
    "source": "sources",
    **dict.fromkeys(("decision", "inference"), "decisions"),
    **dict.fromkeys(("post", "membership", "change", "conflict", "kommune", "fylke"), "registry"),
    **dict.fromkeys(VOCABULARY, "ontology"),
}
# Records that no reader looks for by themselves.
_SUPPORTING = frozenset(ENTITIES) - _GROUP_OF.keys()
# The ontology, and the schemes of its concepts.
_DOCUMENTS = {BASE + path.rstrip("/#") for path in VOCABULARY.values()}


def kind_of(entity: str) -> str:
    """Return the kind of an entity by its IRI: the prefix of its compact name; of what is not ours, an empty text."""
    if entity in _DOCUMENTS:
        return "mg"
    kind = short_name(NamedNode(entity)).partition(":")[0]
    return kind if kind in ENTITIES or kind in VOCABULARY else ""


def group_of(entity: str) -> str | None:
    """Return the group in which a reader looks for an entity; None for a record that only supports others."""
    kind = kind_of(entity)
    return None if kind in _SUPPORTING else _GROUP_OF.get(kind, "other")


def host_of(record: str, values: Values, view: View) -> str | None:
    """Return the entity of which a record is a part, itself where it is one that readers look for; None for neither.

    ``values`` is what the dataset of ``view`` states of the record.
    """
    match kind_of(record):
        case "claim" if "mg:UtteranceClaim" in _types(values):
            return _in_folder(record, "utterance", _local(record))
        case "claim" | "participation" | "possible":
            return first(values, "mg:event") or first(values, "mg:subject") or None
        case "audience":
            claims = entities(values, "mg:concludedFrom")
            return host_of(claims[0], view.values(claims[0]), view) if claims else None
        case "conflict":
            return first(values, "mg:concerns") or record
        case "interval":
            return _host_of_interval(record)
        case "text":
            return _in_folder(record, "source", _local(record))
        case "source":
            return record.removesuffix(".rights")
        case "evidence" if "mg:claimsNothing" in values:
            return first(values, "prov:wasQuotedFrom") or None
    return None if group_of(record) is None else record


def _types(values: Values) -> set[str]:
    return {short_name(NamedNode(each)) for each in entities(values, "rdf:type")}


def _host_of_interval(record: str) -> str:
    name = _local(record)
    for end in (".beginning", ".end"):
        name = name.removesuffix(end)
    kind, _, rest = name.partition(".")
    # The interval of an event is named after its compact name, that of a term of office after the membership.
    return _in_folder(record, kind, rest) if kind in ("event", "series") else _in_folder(record, "membership", name)


def _in_folder(record: str, kind: str, name: str) -> str:
    """Return the IRI of another kind of entity under the base of a record."""
    base = record.removesuffix(ENTITIES[kind_of(record)] + _local(record))
    return f"{base}{ENTITIES[kind]}{name}"


def _local(record: str) -> str:
    return local_name_of(NamedNode(record))
