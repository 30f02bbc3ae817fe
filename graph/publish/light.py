"""The light dump: what is concluded of meetings, the names of all that it speaks of, and the sentence of each proof.

It is a part of the dataset, for whoever wants to read, count and draw, not to check. Left out are the ontology, claims
and evidence but for their names, key sentence and source, positions in sources, decisions, inferences, changes and
conflicts of the registry, and all that no conclusion speaks of. Nothing is mentioned without its name, or,
of an interval, without its ends; whoever follows an IRI finds the rest at the server.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import compress

from graph.model.iris import BASE, ENTITIES, PREFIXES, VOCABULARY
from graph.publish.rdf_files import export_rdf
from graph.rdf.serialize import rebase_nquads

# What is concluded: kinds of entities that are whole.
CONCLUDED = ("series", "event", "participation", "possible", "utterance", "audience", "group", "letter", "plan")
# What conclusions speak of: kinds of entities that are whole where one does.
CONTEXT = ("person", "organisation", "post", "interval", "kommune", "fylke", "when", "source")
# What stands in no light dump: statements that lead to such entities are left out.
LEFT_OUT = ("selector", "inference", "decision", "text", "change", "conflict")
_NAMES = ("rdf:type", "rdfs:label", "skos:prefLabel")
# Of proofs, these properties alone; of everything else that is mentioned, its names.
_BRIEF = {
    "claim": (*_NAMES, "prov:hadPrimarySource", "mg:keyEvidence"),
    "evidence": (*_NAMES, "schema:text", "prov:wasQuotedFrom"),
}
_OURS = f"<{BASE}"
_LEFT_OUT = tuple(f"<{PREFIXES[kind]}" for kind in LEFT_OUT)
_KINDS = {path: kind for kind, path in (ENTITIES | VOCABULARY).items()}


def light_file(rows: Sequence[str], base: str) -> bytes:
    """Return the light dump of sorted N-Quads lines as Turtle, its entities under a base IRI."""
    return export_rdf(rebase_nquads(light_rows(rows), base), "turtle", base)


def light_rows(rows: Sequence[str]) -> list[str]:
    """Return those of the sorted N-Quads lines of a dataset that stand in its light dump, sorted."""
    # One byte for each line: to hold a large part of the lines in a set, and to sort them, takes longer than all else.
    kept = bytearray(len(rows))
    mentioned: set[str] = set()
    waiting: set[str] = set()

    def take(lines: range, properties: Collection[str] | None = None) -> None:
        for number in lines:
            line = rows[number]
            verb = line.index(" ") + 1
            start = line.index(" ", verb) + 1
            if properties is not None and line[verb : start - 1] not in properties:
                continue
            if line.startswith(_OURS, start):
                value = line[start : line.index(">", start) + 1]
                if value.startswith(_LEFT_OUT):
                    continue
                if value not in mentioned:
                    mentioned.add(value)
                    waiting.add(value)
            kept[number] = 1

    for kind in CONCLUDED:
        take(_lines_of_kind(rows, kind))
    for lines in _memberships(rows, frozenset(mentioned)):
        take(lines)
    whole = {value for value in waiting if _kind(value) in CONTEXT}
    names, brief = _iris(_NAMES), {kind: _iris(properties) for kind, properties in _BRIEF.items()}
    # What is whole mentions more of its own kind, of which only the name is told: else, every area would be there.
    while waiting:
        value = waiting.pop()
        kind = _kind(value)
        properties = None if value in whole or kind in ("source", "interval") else brief.get(kind, names)
        take(_lines_about(rows, value), properties)
    return [*compress(rows, kept)]


def _memberships(rows: Sequence[str], mentioned: Collection[str]) -> Iterator[range]:
    """Yield the numbers of the lines of each membership of somebody who is mentioned."""
    member = f" {_iri('org:member')} "
    for number in _lines_of_kind(rows, "membership"):
        subject, found, value = rows[number].rsplit(" ", 2)[0].partition(member)
        if found and value in mentioned:
            yield _lines_about(rows, subject)


def _lines_of_kind(rows: Sequence[str], kind: str) -> range:
    return _lines_from(rows, f"<{PREFIXES[kind]}")


def _lines_about(rows: Sequence[str], subject: str) -> range:
    return _lines_from(rows, f"{subject} ")


def _lines_from(rows: Sequence[str], start: str) -> range:
    """Return the numbers of the lines that begin so: they stand together."""
    first = bisect_left(rows, start)
    return range(first, bisect_left(rows, start[:-1] + chr(ord(start[-1]) + 1), first))


def _kind(term: str) -> str:
    """Return the prefix of an IRI of ours in angle brackets; an empty string where it has none."""
    return _KINDS.get(term[len(_OURS) : max(term.rfind("/"), term.rfind("#")) + 1], "")


def _iris(names: Collection[str]) -> frozenset[str]:
    return frozenset(map(_iri, names))


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"
