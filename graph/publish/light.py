"""The light dump: what is concluded of meetings, the names of all that it speaks of, and the sentence of each proof.

It is a part of the dataset, for whoever wants to read, count and draw, not to check. Left out are the ontology, claims
and evidence but for their names, key sentence and source, positions in sources, decisions, inferences, changes and
conflicts of the registry, and all that no conclusion speaks of. Nothing is mentioned without its name, or,
of an interval, without its ends; whoever follows an IRI finds the rest at the server.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from graph.model.iris import BASE, ENTITIES, PREFIXES, VOCABULARY
from graph.publish.rdf_files import export_rdf
from graph.rdf.serialize import rebase_nquads

# What is concluded: kinds of entities that are whole.
CONCLUDED = ("series", "event", "participation", "possible", "utterance", "audience", "group", "letter", "plan")
# What conclusions speak of: kinds of entities that are whole where one does.
CONTEXT = ("person", "organisation", "actor", "post", "interval", "kommune", "fylke", "when", "source")
# What stands in no light dump: statements that lead to such entities are left out.
LEFT_OUT = ("selector", "inference", "decision", "text", "table", "column", "change", "conflict")
_NAMES = ("rdf:type", "rdfs:label", "skos:prefLabel")
# Of proofs, these properties alone; of everything else that is mentioned, its names.
_BRIEF = {
    "claim": (*_NAMES, "prov:hadPrimarySource", "mg:keyEvidence"),
    "evidence": (*_NAMES, "schema:text", "prov:wasQuotedFrom"),
}
_OURS = f"<{BASE}"
_KINDS = {path: kind for kind, path in (ENTITIES | VOCABULARY).items()}
_CONCLUDED, _LEFT_OUT = (tuple(ENTITIES[kind] for kind in kinds) for kinds in (CONCLUDED, LEFT_OUT))
_MEMBERSHIP = ENTITIES["membership"]
# Kinds of entities that are whole wherever they are mentioned.
_ALWAYS_WHOLE = ("source", "interval")
_CAN_BE_WHOLE = (*CONCLUDED, *CONTEXT, "membership")


class Mentions(NamedTuple):
    """What is mentioned about an entity: by all statements, if it can be whole, and by those that tell its names.

    ``members`` are those whose membership it is. Everything goes by the end of its IRI, after the base.
    """

    whole: Sequence[str]
    brief: Sequence[str]
    members: Sequence[str] = ()


def light_file(rows: Sequence[str], base: str, mentions: Mapping[str, Mentions] | None = None) -> bytes:
    """Return the light dump of sorted N-Quads lines as Turtle, its entities under a base IRI.

    ``mentions`` are those of all entities, where they have been read.
    """
    return export_rdf(rebase_nquads(light_rows(rows, mentions), base), "turtle", base)


def light_rows(rows: Sequence[str], mentions: Mapping[str, Mentions] | None = None) -> list[str]:
    """Return those of the sorted N-Quads lines of a dataset that stand in its light dump, sorted."""
    return [*rows_about(rows, choose_entities(read_mentions(rows) if mentions is None else mentions))]


def read_mentions(rows: Sequence[str]) -> dict[str, Mentions]:
    """Return what each entity that can stand in a light dump mentions, from all lines about it."""
    result: dict[str, Mentions] = {}
    for name, about in _by_entity(rows):
        if name.startswith(_LEFT_OUT):
            continue
        kind = _kind(name)
        can_be_whole, can_be_brief = kind in _CAN_BE_WHOLE, kind not in CONCLUDED
        member = _iri("org:member") if kind == "membership" else ""
        names = _properties(name)
        # Each once, in the order of the lines.
        whole: dict[str, None] = {}
        brief: dict[str, None] = {}
        members: list[str] = []
        for row in about:
            verb, value = _verb_and_value(row)
            if value is None or value.startswith(_LEFT_OUT):
                continue
            if can_be_whole:
                whole[value] = None
            if can_be_brief and verb in names:
                brief[value] = None
            if verb == member:
                members.append(value)
        result[name] = Mentions([*whole], [*brief], members)
    return result


def choose_entities(mentions: Mapping[str, Mentions]) -> dict[str, bool]:
    """Return the entities that stand in the light dump of a dataset: whether each is whole.

    ``mentions`` are those of all entities of the dataset.
    """
    whole = {name for name in mentions if name.startswith(_CONCLUDED)}
    mentioned = {value for name in whole for value in mentions[name].whole}
    memberships = [name for name in mentions if name.startswith(_MEMBERSHIP)]
    held = [name for name in memberships if not mentioned.isdisjoint(mentions[name].members)]
    whole.update(held)
    mentioned.update(value for name in held for value in mentions[name].whole)
    chosen = dict.fromkeys(whole, True)
    # What is whole mentions more of its own kind, of which only the name is told: else, every area would be there.
    context = {value for value in mentioned if _kind(value) in CONTEXT}
    waiting = mentioned - whole
    while waiting:
        name = waiting.pop()
        if name in mentions:
            chosen[name] = name in context or _kind(name) in _ALWAYS_WHOLE
            new = {*(mentions[name].whole if chosen[name] else mentions[name].brief)} - mentioned
            mentioned |= new
            waiting |= new - whole
    return chosen


def rows_about(rows: Sequence[str], chosen: Mapping[str, bool]) -> Iterator[str]:
    """Yield those of the sorted lines that are about chosen entities: all, or those that tell their names."""
    for name, about in _by_entity(rows):
        if name not in chosen:
            continue
        names = None if chosen[name] else _properties(name)
        for row in about:
            verb, value = _verb_and_value(row)
            if (names is None or verb in names) and not (value or "").startswith(_LEFT_OUT):
                yield row


def _by_entity(rows: Sequence[str]) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each entity of ours by the end of its IRI, and the lines about it."""
    for subject, about in groupby(rows, key=lambda row: row[: row.index(" ")]):
        if subject.startswith(_OURS):
            yield subject[len(_OURS) : -1], about


def _verb_and_value(row: str) -> tuple[str, str | None]:
    """Return the predicate of a line, and the end of the IRI of its object; None where that is not one of ours."""
    verb = row.index(" ") + 1
    start = row.index(" ", verb) + 1
    if not row.startswith(_OURS, start):
        return row[verb : start - 1], None
    return row[verb : start - 1], row[start + len(_OURS) : row.index(">", start)]


def _kind(name: str) -> str:
    """Return the prefix of an IRI of ours, of which the end is given; an empty string where it has none."""
    return _KINDS.get(name[: max(name.rfind("/"), name.rfind("#")) + 1], "")


def _properties(name: str) -> Collection[str]:
    """Return the predicates of the statements that stand about an entity that is not whole."""
    return _BRIEF_IRIS.get(_kind(name), _NAME_IRIS)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


_NAME_IRIS = frozenset(map(_iri, _NAMES))
_BRIEF_IRIS = {kind: frozenset(map(_iri, properties)) for kind, properties in _BRIEF.items()}
