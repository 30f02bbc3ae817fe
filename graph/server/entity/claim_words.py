"""Claims in words: one sentence of what is claimed, in pieces, so that each thing in it can be a link."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from graph.model.labels import Label, interface_language
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri
from graph.server.entity.records import Name, Record, capitalized, capitalized_name, in_language, names_of

# A sentence: words of ours, and things with their names.
Pieces = tuple[str | Name, ...]
Names = Mapping[Term | None, Name]
# All properties whose objects a sentence may name.
_NAMED = (
    *("mg:event", "mg:agent", "mg:candidate", "mg:holderOf", "mg:candidateHolderOf", "mg:role", "mg:kind", "mg:status"),
    *("mg:time", "mg:place", "mg:audience", "mg:author", "mg:subject", "mg:object", "mg:relation", "mg:sender"),
    *("mg:recipient", "mg:issuer", "mg:inCapacity", "mg:onBehalfOf", "mg:plannedRole", "mg:possibleRole", "cv:role"),
)
_ATTENDANCE = {
    iri("attendance:present"): Label(" var til stede på ", " was present at "),
    iri("attendance:expected"): Label(" er ventet på ", " is expected at "),
    iri("attendance:invited"): Label(" er invitert til ", " is invited to "),
    iri("attendance:represented"): Label(" var representert på ", " was represented at "),
    iri("attendance:absent"): Label(" var ikke til stede på ", " was not present at "),
}
_STATUS = {
    iri("status:held"): Label(" ble holdt", " was held"),
    iri("status:planned"): Label(" er planlagt", " is planned"),
    iri("status:cancelled"): Label(" er avlyst", " is cancelled"),
    iri("status:postponed"): Label(" er utsatt", " is postponed"),
}
_AS, _AND, _OR = Label(" som ", " as "), Label(" og ", " and "), Label(" og/eller ", " and/or ")
_HOLDER, _HOLDER_TO_BE = Label("den som var {}", "whoever was {}"), Label("den som er {}", "whoever is {}")
_HAS_ROLE, _OF = Label(" er ", " is "), Label(" for ", " of ")
_IS_TO_BE, _PERHAPS_IS = Label(" skal være ", " is to be "), Label(" er kanskje ", " is perhaps ")
_PERHAPS_AT = Label(" var kanskje til stede på ", " was perhaps present at ")
_AT_LEAST = Label("minst {} av ", "at least {} of ")
_NUMBERS = {
    "1": Label("én", "one"),
    "2": Label("to", "two"),
    "3": Label("tre", "three"),
    "4": Label("fire", "four"),
    "5": Label("fem", "five"),
}
# Of whom it is not said that they were there.
_NOT_YET = {iri("attendance:expected"), iri("attendance:invited")}
_PERHAPS = Label(" (kanskje)", " (perhaps)")
_MENTIONED = Label(" er nevnt", " is mentioned")
_FOR, _SAID = Label(" er rettet mot ", " is meant for "), Label(" sa på ", " said at ")
_FROM, _TO, _BY = Label(" fra ", " from "), Label(" til ", " to "), Label(" utgitt av ", " issued by ")
_PART_IN = Label(" – del i ", " – part in ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a record says, in pieces."""

    pieces: Pieces

    @property
    def text(self) -> str:
        """Return the sentence as plain text."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


def sentences_of(records: Iterable[Record], run: QueryFn, lang: str) -> dict[NamedNode, Sentence]:
    """Return what claims, participations and possible participations say, by their IRIs."""
    records = list(records)
    named = {node for record in records for name in _NAMED for node in record.nodes(name)}
    names = names_of([*named, *(record.entity for record in records)], run, lang)
    return {record.entity: Sentence(tuple(_capitalized(_pieces(record, names, lang)))) for record in records}


def _capitalized(pieces: Iterable[str | Name]) -> Iterator[str | Name]:
    """Yield the pieces of a sentence, the first of them with a capital letter."""
    first = True
    for piece in pieces:
        if first and piece:
            yield capitalized(piece) if isinstance(piece, str) else capitalized_name(piece)
            first = False
        else:
            yield piece


def _pieces(record: Record, names: Names, lang: str) -> Iterator[str | Name]:
    types = record.types()
    if types & {iri("mg:ParticipationClaim"), iri("mg:Participation"), iri("mg:PossibleParticipation")}:
        yield from _participation(record, names, lang)
    elif iri("mg:EventClaim") in types:
        yield from _event(record, names, lang)
    elif iri("mg:AudienceClaim") in types:
        yield from _each(record, "mg:event", names)
        yield in_language(_FOR, lang)
        yield from _each(record, "mg:audience", names)
    elif iri("mg:UtteranceClaim") in types:
        yield from _each(record, "mg:author", names)
        yield in_language(_SAID, lang)
        yield from _each(record, "mg:event", names)
        yield ": "
        yield from (_quoted(written, lang) for written in record.literals("mg:asWritten")[:1])
    elif iri("mg:RelationClaim") in types:
        yield from _each(record, "mg:subject", names)
        yield from (f" – {name.text}: " for name in _each(record, "mg:relation", names))
        yield from _each(record, "mg:object", names)
    elif iri("mg:WorkClaim") in types:
        yield from _work(record, names, lang)
    else:
        yield names[record.entity]


def _each(record: Record, name: str, names: Names) -> list[Name]:
    return [names[node] for node in record.nodes(name)]


def _joined(pieces: Iterable[Name | str], between: str) -> Iterator[str | Name]:
    for number, piece in enumerate(pieces):
        if number:
            yield between
        yield piece


def _participation(record: Record, names: Names, lang: str) -> Iterator[str | Name]:
    """Yield who was at an event, as what; of candidates, how many of them at least."""
    candidates = [*_each(record, "mg:candidate", names), *_holders(record, "mg:candidateHolderOf", names, lang)]
    number = record.value("mg:atLeast") if iri("mg:ParticipationClaim") in record.types() else ""
    agents = [*_each(record, "mg:agent", names), *_holders(record, "mg:holderOf", names, lang), *candidates]
    if number:
        yield in_language(_AT_LEAST, lang).format(in_language(_NUMBERS.get(number, Label(number, number)), lang))
    yield from _joined(agents, in_language(_OR if candidates and not number else _AND, lang))
    if candidates and not number and not record.nodes("mg:possibleRole"):
        yield in_language(_PERHAPS, lang)
    roles = [names[node].text for name in _ROLES for node in record.nodes(name)]
    before, after = _verb(record)
    yield in_language(before, lang)
    listed = in_language(_AND, lang).join(dict.fromkeys(roles))
    if after is None:
        yield from _each(record, "mg:event", names)
        yield f"{in_language(_AS, lang)}{listed}" if listed else ""
    else:
        yield f"{listed}{in_language(after, lang)}"
        yield from _each(record, "mg:event", names)


def _verb(record: Record) -> tuple[Label, Label | None]:
    """Return the words between the agents and an event, or between them and their roles and those before the event."""
    attendance = next((_ATTENDANCE[node] for node in record.nodes("mg:attendance") if node in _ATTENDANCE), None)
    if attendance:
        return attendance, None
    if record.nodes("mg:possibleRole"):
        stood_for_it = {*record.nodes("mg:possibleRole")} <= {iri("role:organiser"), iri("role:host")}
        return (_PERHAPS_IS, _OF) if stood_for_it else (_PERHAPS_AT, None)
    if record.nodes("mg:plannedRole") and not record.nodes("cv:role"):
        return _IS_TO_BE, _OF
    return (_HAS_ROLE, _OF) if any(record.nodes(name) for name in _ROLES) else (_PART_IN, None)


_ROLES = ("mg:role", "cv:role", "mg:plannedRole", "mg:possibleRole")


def _holders(record: Record, name: str, names: Names, lang: str) -> list[Name]:
    """Return whoever held an office, with the office as what it links to."""
    to_be = _NOT_YET & {*record.nodes("mg:attendance")}
    words = in_language(_HOLDER_TO_BE if to_be else _HOLDER, lang)
    return [Name(words.format(each.text), each.lang, each.iri) for each in _each(record, name, names)]


def _event(record: Record, names: Names, lang: str) -> Iterator[str | Name]:
    yield from _each(record, "mg:event", names)
    status = next((_STATUS[node] for node in record.nodes("mg:status") if node in _STATUS), None)
    yield in_language(status or _MENTIONED, lang)
    places = [each.text for each in _each(record, "mg:place", names)] or [record.value("mg:placeAsWritten")]
    details = [*(each.text for each in _each(record, "mg:time", names)), *places]
    known = ", ".join(filter(None, details))
    yield f" ({known})" if known else ""


def _work(record: Record, names: Names, lang: str) -> Iterator[str | Name]:
    yield from _each(record, "mg:subject", names)
    kinds = _each(record, "mg:kind", names)
    yield f" – {kinds[0].text}" if kinds else ""
    for label, name in ((_FROM, "mg:sender"), (_TO, "mg:recipient"), (_BY, "mg:issuer")):
        ends = _each(record, name, names)
        if ends:
            yield in_language(label, lang)
            yield from _joined(ends, in_language(_AND, lang))
    times = _each(record, "mg:time", names)
    yield f", {times[0].text}" if times else ""


def _quoted(written: Literal, lang: str) -> Name:
    """Return words of a page in quotation marks; they are in the language of the page."""
    text = written.value
    short = text if len(text) <= 120 else f"{text[:119].rstrip()}…"
    return Name(f"«{short}»" if interface_language(lang) == "nb" else f"“{short}”", written.language or "")
