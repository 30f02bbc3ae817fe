"""Whom a register names: nodes of the register, until a decision joins one with somebody else.

An identifier makes a node, without one the name does. Somebody whom a lookup finds in the registry is the registry's.
"""

from graph.claims.rows import Pair, Row, Text, name_term, own_term, rows_about, term, words_term
from graph.model.acts import ActPart, NamedActor
from graph.model.iris import actor_key
from graph.model.labels import NAMELESS

_CLASSES = {
    "person": ("foaf:Person", "schema:Person"),
    "body": ("org:Organization", "schema:Organization"),
    "group": ("foaf:Group", "mg:Collective"),
    "office": ("org:Post", "org:Role"),
}
_NAMES = {"person": ("foaf:name", "schema:name"), "office": ()}
_TRUE = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


class Actors:
    """Those whom the rows of one register name: the IRI of each, and what is told of them, once."""

    def __init__(self, register: str, graph: Text, source: Text) -> None:
        self._register, self._graph, self._source = register, graph, source
        self._terms: dict[tuple[NamedActor, str], Text] = {}
        self._rows: dict[Text, list[Row]] = {}
        self._named: dict[Text, list[Row]] = {}

    def of(self, actor: NamedActor, event: str = "") -> Text:
        """Return the IRI of somebody; ``event`` is the key of the event, where groups are others than elsewhere."""
        key = actor, event if actor.kind == "group" else ""
        name = self._terms.get(key) or self._add(*key)
        rows = self._rows.get(name)
        if rows is not None:
            self._named[name] = rows
        return name

    def side(self, part: ActPart, event: str) -> Text:
        """Return the IRI of a sender or recipient: where it is one of several, of a group in the words of the cell."""
        named = part.actor
        if not (named.name or named.id):
            named = NamedActor(" / ".join(each.name or each.id or "" for each in part.candidates), "group")
        actor = self.of(named, event)
        if part.actor.kind == "office":
            # An office that stands for whoever holds it, and wrote or received something.
            self._named[actor] = [
                *self._named[actor],
                *rows_about(self._graph, actor, [("rdf:type", term("foaf:Agent"))]),
            ]
        return actor

    def named(self) -> list[list[Row]]:
        """Return what is told of each whose IRI was asked for since the last time."""
        rows = [*self._named.values()]
        self._named = {}
        return rows

    def _add(self, actor: NamedActor, event: str) -> Text:
        if actor.registry_id:
            name = name_term(actor.registry_id)
            self._terms[actor, event] = name
            return name
        prefix = "post" if actor.kind == "office" else "actor"
        name = own_term(prefix, f"{self._register}.{actor_key(actor.kind, actor.name, actor.id, event)}")
        self._terms[actor, event] = name
        words = words_term(actor.name) if actor.name else None
        labels = [words] if words else [words_term(text.format(actor.id), tag) for tag, text in NAMELESS.items()]
        pairs: list[Pair] = [
            *(("rdf:type", term(each)) for each in _CLASSES.get(actor.kind, ("foaf:Agent",))),
            ("rdf:type", term("mg:NamedInSource")),
            *(("rdfs:label", label) for label in labels),
            *((each, words) for each in _NAMES.get(actor.kind, ("schema:name",))),
            ("mg:asWritten", words if actor.kind == "group" else None),
            ("dct:identifier", words_term(actor.id) if actor.id else None),
            ("mg:unsplit", _TRUE if actor.unsplit else None),
            ("prov:hadPrimarySource", self._source),
        ]
        rows = rows_about(self._graph, name, pairs)
        # Of an identifier several rows may tell: other names, another kind.
        earlier = self._rows.get(name)
        self._rows[name] = rows if earlier is None else [*dict.fromkeys([*earlier, *rows])]
        return name
