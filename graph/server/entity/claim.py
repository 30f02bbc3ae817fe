"""The page of a claim: what it claims in one sentence, the quotes that say it, what its reader inferred and decided."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from graph.model.countries import country_label
from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import Term, text_of
from graph.rdf.terms import iri, short_name
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.kind_words import kind_word
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.record_page import TEXTS, Fact, Group, RecordModel, as_written, fact, quotes_of
from graph.server.entity.records import (
    COMMON_TEXTS,
    LOOKUPS,
    Name,
    Record,
    capitalized,
    in_language,
    names_of,
    records_of,
)
from graph.server.html.page import Crumb

# Records of a group that are shown.
MAX_OF_GROUP = 50
_KIND, _IN = Label("påstand", "claim"), Label("påstand i {}", "claim in {}")
_SOURCES = Label("Kilder", "Sources")
_ACCORDING_TO = Label("Slik er kilden lest: ", "This is how the source is read: ")
_CONCLUDED = Label("Hva som følger av påstanden", "What follows from the claim")
_INFERRED = Label("Hva leseren har sluttet", "What the reader inferred")
_DECIDED = Label("Hva leseren har avgjort om det", "What the reader decided about it")
_BASIS = Label(" Grunnlag: ", " Basis: ")
_YES, _NO = Label("ja", "yes"), Label("nei", "no")
_ONLY_IN_PART = Label("bare til stede en del av tiden", "present for a part of the time only")
# What a claim says, in the order in which a reader asks: a title, properties that lead to things, and words as written.
_FACTS: tuple[tuple[Label, tuple[str, ...], tuple[str, ...]], ...] = (
    (Label("Hvem", "Who"), ("mg:agent", "mg:candidate", "mg:author"), ()),
    (Label("Den som hadde vervet", "Whoever held the office"), ("mg:holderOf", "mg:candidateHolderOf"), ()),
    (Label("Skrevet slik", "Written as"), (), ("mg:asWritten",)),
    (Label("Rolle", "Role"), ("mg:role",), ("mg:roleWord",)),
    (Label("Oppmøte", "Attendance"), ("mg:attendance",), ()),
    (Label("I vervet", "In the office"), ("mg:inCapacity",), ("mg:titleAsWritten",)),
    (Label("Kommer fra", "Comes from"), ("mg:affiliation",), ("mg:affiliationAsWritten",)),
    (Label("På vegne av", "On behalf of"), ("mg:onBehalfOf",), ()),
    (Label("Møte", "Meeting"), ("mg:event",), ()),
    (Label("Hvem det er for", "Whom it is for"), ("mg:audience",), ()),
    (Label("Om", "About"), ("mg:subject",), ()),
    (Label("Forhold", "Relation"), ("mg:relation",), ()),
    (Label("Til", "To"), ("mg:object", "mg:recipient"), ()),
    (Label("Fra", "From"), ("mg:sender", "mg:issuer"), ()),
    (Label("Ber om", "Asks for"), (), ("mg:asksFor",)),
    (Label("Type", "Kind"), ("mg:kind",), ()),
    (Label("Status", "Status"), ("mg:status",), ("mg:statusWord",)),
    (Label("Tid", "Time"), ("mg:time",), ("mg:timeAsWritten",)),
    (Label("Klokken", "Time of day"), (), ("mg:timeOfDayAsWritten",)),
    (Label("Sted", "Place"), ("mg:place",), ("mg:placeAsWritten", "mg:venueAsWritten")),
    (Label("Hvem møtet tilhører", "Whose meeting it is"), ("mg:ofBody",), ()),
    (Label("Tema", "Topic"), ("mg:topic",), ("mg:topicAsWritten",)),
    (Label("Lister som siden lar stå åpne", "Lists that the page leaves open"), ("mg:openList",), ()),
)


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a claim."""
    run, lang = reader.run, reader.lang
    record = records_of([entity], run)[entity]
    sentence = sentences_of([record], run, lang)[entity]
    source = names_of(record.nodes("prov:hadPrimarySource"), run, lang).get(record.node("prov:hadPrimarySource"))
    quotes = quotes_of([entity], run, lang, reader.folder).get(entity, {})
    word, whose = in_language(_KIND, lang), source.text if source else ""
    # Of several utterances, or audiences, at one meeting the place in the source tells which it is.
    place = quotes["key"][0].place if quotes.get("key") and _needs_place(record) else ""
    details = ", ".join(filter(None, (in_language(_IN, lang).format(whose) if whose else word, place)))
    model = RecordModel(
        kind=word,
        heading=Name(sentence.text),
        lead=Sentence((in_language(_ACCORDING_TO, lang), source, ".")) if source else None,
        facts=tuple(_facts(record, reader)),
        quotes=quotes,
        groups=tuple(_groups(record, reader)),
    )
    crumb = (Crumb(whose, f"about/source/{_id_of(source)}"),) if source else ()
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS,
        title=f"{model.heading.text} ({details})",
        description=model.heading.text,
        section="source/",
        breadcrumbs=(Crumb(in_language(_SOURCES, lang), "source/"), *crumb, Crumb(word.capitalize())),
    )


def _needs_place(record: Record) -> bool:
    return bool(record.types() & {iri("mg:UtteranceClaim"), iri("mg:AudienceClaim")})


def _id_of(source: Name) -> str:
    return source.iri.rpartition("/")[2]


def _facts(record: Record, reader: Reader) -> Iterator[Fact]:
    """Yield what a claim says, part by part: things by their names, and the words of the source."""
    lang = reader.lang
    nodes = {node for _, properties, _ in _FACTS for name in properties for node in record.nodes(name)}
    names = names_of(nodes, reader.run, lang)
    for title, properties, written in _FACTS:
        values = [names[node] for name in properties for node in record.nodes(name)]
        yield from fact(title, [*values, *(each for name in written for each in as_written(record, name, lang))], lang)
    hours = [record.value(name)[:5] for name in ("mg:startTime", "mg:endTime") if record.value(name)]
    yield from fact(Label("Lest som", "Read as"), [Name("–".join(hours))] if hours else [], lang)
    country = country_label(record.value("mg:country"))
    yield from fact(Label("Land", "Country"), [Name(in_language(country, lang))] if country else [], lang)
    public = {"true": _YES, "false": _NO}.get(record.value("mg:public"))
    yield from fact(Label("Åpent for alle", "Open to all"), [Name(in_language(public, lang))] if public else [], lang)
    partly = [Name(in_language(_ONLY_IN_PART, lang))] if record.value("mg:partly") == "true" else []
    yield from fact(Label("Merk", "Note"), [*partly, *as_written(record, "mg:partlyAsWritten", lang)], lang)


def _groups(record: Record, reader: Reader) -> Iterator[Group]:
    """Yield what was concluded from a claim, what its reader inferred, with the basis, and what he decided."""
    run, lang = reader.run, reader.lang
    others: dict[str, list[Term | None]] = defaultdict(list)
    for _, sort, other in lookup_rows([record.entity], LOOKUPS / "claim_uses.rq", run):
        others[text_of(sort)].append(other)
    names = names_of([other for group in others.values() for other in group], run, lang)
    inferences = records_of(others["inferred"], run)
    bases = names_of([node for each in inferences.values() for node in each.nodes("mg:inferredFrom")], run, lang)
    inferred = [
        Sentence(tuple(_inference(names[other], inferences[other], bases, lang))) for other in others["inferred"]
    ]
    yield from group(_INFERRED, inferred, lang)
    yield from group(_DECIDED, [Sentence((names[other],)) for other in others["decided"]], lang)
    concluded = sorted(others["concluded"], key=str)
    parts = {
        other: record
        for other, record in records_of(concluded[:MAX_OF_GROUP], run).items()
        if record.types() & {iri("mg:Participation"), iri("mg:PossibleParticipation")}
    }
    said = sentences_of(parts.values(), run, lang)
    yield from group(_CONCLUDED, [_conclusion(other, names, said, lang) for other in concluded], lang)


def group(title: Label, sentences: list[Sentence], lang: str) -> Iterator[Group]:
    """Yield records in sentences under a title, the first of them and how many more there are; nothing of none."""
    if sentences:
        more = max(0, len(sentences) - MAX_OF_GROUP)
        yield Group(in_language(title, lang), tuple(sentences[:MAX_OF_GROUP]), more)


def _inference(name: Name, record: Record, bases: Mapping[Term | None, Name], lang: str) -> Iterator[str | Name]:
    yield Name(capitalized(name.text), name.lang, name.iri)
    for node in record.nodes("mg:inferredFrom"):
        yield f".{in_language(_BASIS, lang)}"
        yield bases[node]


def _conclusion(
    other: Term | None, names: Mapping[Term | None, Name], said: Mapping[NamedNode, Sentence], lang: str
) -> Sentence:
    """Return what follows from a claim: a participation as the sentence that it says, another thing with its kind."""
    assert isinstance(other, NamedNode)
    word = kind_word(short_name(other))
    kind = f" ({in_language(word, lang)})" if word else ""
    text = said[other].text if other in said else names[other].text
    return Sentence((Name(capitalized(text), names[other].lang if other not in said else "", other.value), kind))
