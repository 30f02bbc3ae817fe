"""The page of a participation, certain or only possible: what it says, how surely, and the claims it follows from."""

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from graph.model.days import bounds_in_words
from graph.model.labels import Label
from graph.query.results import Term
from graph.rdf.terms import iri
from graph.server.entity.claim import group
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.record_page import TEXTS, Fact, RecordModel, RecordQuote, fact, quotes_of
from graph.server.entity.records import COMMON_TEXTS, Name, Record, in_language, names_of, records_of
from graph.server.entity.registry_facts import TEXTS as REGISTRY_TEXTS
from graph.server.html.page import Crumb
from graph.server.urls import path_of

_CERTAIN, _POSSIBLE = Label("deltakelse", "participation"), Label("mulig deltakelse", "possible participation")
_MEETINGS = Label("Møter", "Meetings")
_FOLLOWS = Label("Følger av disse påstandene", "Follows from these claims")
_REGISTRY = Label("Følger også av registeret", "Follows from the registry too")
_MEANING = Label(
    "«Mulig» betyr at kilden nevner flere, og at minst {} av dem var der. Den sier ikke hvem. Ingen av dem regnes som"
    " deltaker.",
    "“Possible” means that the source names several, of whom at least {} was there. It does not say who. None of them"
    " is counted as a participant.",
)
_PERHAPS = Label(
    "«Mulig» betyr at kilden nevner flere som kan ha vært der, uten å si hvem som var det. Ingen av dem regnes som"
    " deltaker.",
    "“Possible” means that the source names several who may have been there, and does not say who was. None of them is"
    " counted as a participant.",
)
_ONE = Label("én", "one")
_FACTS: tuple[tuple[Label, tuple[str, ...]], ...] = (
    (Label("Hvem", "Who"), ("mg:agent", "mg:candidate")),
    (Label("Møte", "Meeting"), ("mg:event",)),
    (Label("Rolle", "Role"), ("cv:role", "mg:possibleRole")),
    (Label("Planlagt rolle", "Planned role"), ("mg:plannedRole",)),
    (Label("Oppmøte", "Attendance"), ("mg:attendance",)),
    (Label("I vervet", "In the office"), ("mg:inCapacity",)),
    (Label("På vegne av", "On behalf of"), ("mg:onBehalfOf",)),
    (Label("Representerer", "Represents"), ("mg:represents",)),
    (Label("Kommer fra", "Comes from"), ("mg:affiliation",)),
    (Label("Snakket om", "Spoke about"), ("dct:subject",)),
)


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a participation."""
    run, lang = reader.run, reader.lang
    record = records_of([entity], run)[entity]
    is_possible = iri("mg:PossibleParticipation") in record.types()
    bases = records_of(record.nodes("mg:concludedFrom"), run)
    claims = {claim: each for claim, each in bases.items() if iri("mg:Claim") in each.types()}
    sentences = sentences_of([record, *claims.values()], run, lang)
    word = in_language(_POSSIBLE if is_possible else _CERTAIN, lang)
    event = record.node("mg:event")
    when = _when(records_of([event], run)[event], lang) if event else ""
    memberships = names_of((node for node in bases if node not in claims), run, lang)
    names = names_of([event], run, lang)
    model = RecordModel(
        kind=word,
        heading=Name(sentences[entity].text),
        notes=tuple(_meaning(record, lang)) if is_possible else (),
        facts=tuple(_facts(record, reader, when)),
        quotes=_all_quotes(quotes_of(claims, run, lang, reader.folder)),
        groups=(
            *group(_FOLLOWS, [_link(claim, sentences) for claim in sorted(claims, key=str)], lang),
            *group(_REGISTRY, [Sentence((name,)) for name in memberships.values()], lang),
        ),
    )
    details = ", ".join(filter(None, (word, when)))
    path = path_of(event, reader.base) if event else None
    crumb = (Crumb(names[event].text, f"about/{path}"),) if path else ()
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS | REGISTRY_TEXTS,
        title=f"{model.heading.text} ({details})",
        description=model.heading.text,
        section="event/",
        breadcrumbs=(Crumb(in_language(_MEETINGS, lang), "event/"), *crumb, Crumb(word.capitalize())),
    )


def _when(event: Record, lang: str) -> str:
    return in_language(bounds_in_words(event.value("mg:earliest"), event.value("mg:latest")), lang)


def _meaning(record: Record, lang: str) -> Iterator[str]:
    """Yield what "possible" means, in words."""
    number = record.value("mg:atLeast")
    if number:
        yield in_language(_MEANING, lang).format(in_language(_ONE, lang) if number == "1" else number)
    else:
        yield in_language(_PERHAPS, lang)


def _facts(record: Record, reader: Reader, when: str) -> Iterator[Fact]:
    lang = reader.lang
    nodes = {node for _, properties in _FACTS for name in properties for node in record.nodes(name)}
    names = names_of(nodes, reader.run, lang)
    for title, properties in _FACTS:
        yield from fact(title, [names[node] for name in properties for node in record.nodes(name)], lang)
    yield from fact(Label("Når", "When"), [Name(when)] if when else [], lang)


def _all_quotes(
    by_claim: Mapping[Term | None, Mapping[str, tuple[RecordQuote, ...]]],
) -> dict[str, tuple[RecordQuote, ...]]:
    """Return the passages of all claims by sort, each once under the first sort that it has."""
    result: dict[str, tuple[RecordQuote, ...]] = {}
    shown: set[RecordQuote] = set()
    for sort in ("key", "heading", "context"):
        quotes = {quote for each in by_claim.values() for quote in each.get(sort, ())} - shown
        result[sort] = tuple(sorted(quotes, key=lambda quote: quote.order))
        shown |= quotes
    return result


def _link(claim: object, sentences: dict[NamedNode, Sentence]) -> Sentence:
    assert isinstance(claim, NamedNode)
    return Sentence((Name(sentences[claim].text, "", claim.value),))
