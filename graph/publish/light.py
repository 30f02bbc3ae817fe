"""The light dump: what is concluded of meetings, the names of all that it speaks of, and the sentence of each proof.

It is a part of the dataset, for whoever wants to read, count and draw, not to check. Left out are the ontology, claims
and evidence but for their names, key sentence and source, positions in sources, decisions, inferences, changes and
conflicts of the registry, and all that no conclusion speaks of. Nothing is mentioned without its name, or,
of an interval, without its ends; whoever follows an IRI finds the rest at the server.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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


class Gathered(NamedTuple):
    """What the entities of some lines mention, as a choice reads it.

    So many of them are ``concluded``: these are whole, and what they mention is ``mentioned``. Of ``others`` each can
    be whole, or brief; of ``brief`` there is the mention of those that can only be brief.
    """

    concluded: int
    mentioned: Sequence[str]
    others: Mapping[str, Mentions]
    brief: Mapping[str, Sequence[str]]


def light_file(rows: Sequence[str], base: str, chosen: Mapping[str, bool] | None = None) -> bytes:
    """Return the light dump of sorted N-Quads lines as Turtle, its entities under a base IRI.

    ``chosen`` are the entities in it, where they have been chosen.
    """
    return export_rdf(rebase_nquads(light_rows(rows, chosen), base), "turtle", base)


def light_rows(rows: Sequence[str], chosen: Mapping[str, bool] | None = None) -> list[str]:
    """Return those of the sorted N-Quads lines of a dataset that stand in its light dump, sorted."""
    return [*rows_about(rows, choose_entities([gather(mentions_in(rows)[0])]) if chosen is None else chosen)]


def mentions_in(rows: Sequence[str]) -> tuple[dict[str, Mentions], bool]:
    """Return what each entity mentions that can stand in a light dump, and whether all lines can stand there unchanged.

    They can where a light dump in which all these entities are whole has all of these lines.
    """
    result: dict[str, Mentions] = {}
    standing = 0
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
            if value is None:
                standing += 1
                continue
            if value.startswith(_LEFT_OUT):
                continue
            standing += 1
            if can_be_whole:
                whole[value] = None
            if can_be_brief and verb in names:
                brief[value] = None
            if verb == member:
                members.append(value)
        result[name] = Mentions([*whole], [*brief], members)
    return result, standing == len(rows)


def gather(mentions: Mapping[str, Mentions]) -> Gathered:
    """Return what these entities mention, as a choice reads it."""
    mentioned: dict[str, None] = {}
    others: dict[str, Mentions] = {}
    brief: dict[str, Sequence[str]] = {}
    concluded = 0
    for name, each in mentions.items():
        if name.startswith(_CONCLUDED):
            concluded += 1
            # What is concluded stands there, mentioned or not.
            mentioned.update((value, None) for value in each.whole if not value.startswith(_CONCLUDED))
        elif _kind(name) in _CAN_BE_WHOLE:
            others[name] = each
        else:
            brief[name] = each.brief
    return Gathered(concluded, [*mentioned], others, brief)


def choose_entities(several: Sequence[Gathered]) -> dict[str, bool]:
    """Return the entities that stand in the light dump of a dataset: whether each is whole.

    Those that are concluded are whole too, and are not among them. ``several`` have all entities of the dataset.
    """
    choice = Choice()
    for each in several:
        choice.add(each.mentioned, each.others)
    choice.close(lambda: (each.brief for each in several))
    return {name: each for one in several for name, each in choice.of([*one.others, *one.brief]).items()}


class Choice:
    """Which entities stand in the light dump of a dataset, of which the mentions come little by little.

    What can only be brief, most of all entities, is read in passes: of it nothing is kept but that it is mentioned.
    """

    def __init__(self) -> None:
        self._mentioned: set[str] = set()
        # What is concluded is whole, so that it need not be known what each mentions.
        self._others: dict[str, Mentions] = {}
        self._chosen: dict[str, bool] = {}

    def add(self, mentioned: Iterable[str], others: Mapping[str, Mentions]) -> None:
        """Add what concluded entities mention, and other entities that can be whole, with what each mentions."""
        self._mentioned.update(mentioned)
        self._others.update(others)

    def close(self, passes: Callable[[], Iterable[Mapping[str, Sequence[str]]]]) -> None:
        """Choose, when all has been added.

        ``passes`` returns all that can only be brief, in pieces in the order of lines, with what each mentions.
        """
        mentioned, others = self._mentioned, self._others
        memberships = [name for name in others if name.startswith(_MEMBERSHIP)]
        held = [name for name in memberships if not mentioned.isdisjoint(others[name].members)]
        mentioned.update(value for name in held for value in others[name].whole)
        # Whoever mentions one later does not choose it again.
        mentioned.update(held)
        self._chosen = dict.fromkeys(held, True)
        # What is whole mentions more of its own kind, of which only the name is told: else, every area would be there.
        whole = {name for name in mentioned & others.keys() if _kind(name) in CONTEXT}
        waiting = (mentioned & others.keys()).difference(held)
        again = True
        while waiting or again:
            while waiting:
                name = waiting.pop()
                self._chosen[name] = name in whole or _kind(name) in _ALWAYS_WHOLE
                new = self._mention(others[name].whole if self._chosen[name] else others[name].brief)
                waiting.update(new & others.keys())
                again = again or not new <= others.keys()
            if not again:
                return
            again = False
            for several in passes():
                left = {*mentioned & several.keys()}
                first = f"{next(iter(several), '')}>"
                while left:
                    new = self._mention(several[left.pop()])
                    left.update(new & several.keys())
                    waiting.update(new & others.keys())
                    # What comes later is met in the same pass.
                    again = again or any(f"{value}>" < first and value not in others for value in new)

    def _mention(self, values: Iterable[str]) -> set[str]:
        """Add what is mentioned, and return what of it was not before."""
        new = {*values} - self._mentioned
        self._mentioned |= new
        return new

    def of(self, names: Iterable[str]) -> dict[str, bool]:
        """Return which of these entities stand there: whether each is whole. None of them is concluded."""
        return {name: self._chosen.get(name, False) for name in names if name in self._chosen or self._is_brief(name)}

    def _is_brief(self, name: str) -> bool:
        return name in self._mentioned and name not in self._others


def rows_about(rows: Sequence[str], chosen: Mapping[str, bool]) -> Iterator[str]:
    """Yield those of the sorted lines that are about chosen entities: all, or those that tell their names.

    All are yielded of what is concluded, which is always chosen.
    """
    for name, about in _by_entity(rows):
        whole = name.startswith(_CONCLUDED) or chosen.get(name)
        if whole is None:
            continue
        names = None if whole else _properties(name)
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
