"""Identity: what people decided of a thing and others, for its page: with who, when and why."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.model.days import date_in_words
from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, text_of
from graph.rdf.terms import local_name_of
from graph.server.entity.records import LOOKUPS, Name, in_language, names_of

TEXTS = {
    "identity": Label("Ett og det samme?", "One and the same?"),
    "identity_same": Label("Det samme som «{}»", "The same as “{}”"),
    "identity_different": Label("Ikke det samme som", "Not the same as"),
    "identity_unsure": Label("Kanskje det samme som", "Perhaps the same as"),
    "identity_by": Label("bestemt av {} {}", "decided by {} on {}"),
}
_ORDER = ("same", "unsure", "different")


@dataclass(frozen=True, slots=True)
class Note:
    """A decision: ``verdict`` is same, unsure or different; ``other`` has an address where it is another thing."""

    verdict: str
    other: Name
    who: str
    day: str
    why: str


def identity_of(entity: NamedNode, run: QueryFn, lang: str) -> tuple[Note, ...]:
    """Return what people decided of an entity and others, first of what it is the same as."""
    rows = [row for row in lookup_rows([entity], LOOKUPS / "identity.rq", run) if isinstance(row[2], NamedNode)]
    names = names_of([row[2] for row in rows if isinstance(row[2], NamedNode)], run, lang)
    notes = []
    for _, verdict, other, who, day, why in rows:
        assert isinstance(other, NamedNode)
        found = names.get(other)
        name = found.text if found and found.text else local_name_of(other)
        address = "" if text_of(verdict) == "same" else other.value
        notes.append(
            Note(
                text_of(verdict),
                Name(name, found.lang if found else "", address),
                text_of(who),
                in_language(date_in_words(text_of(day)), lang),
                text_of(why),
            )
        )
    return tuple(sorted(notes, key=lambda note: (_ORDER.index(note.verdict), note.other.text, note.why)))
