"""The page of an entity whose kind has none of its own: facts in the order of their meaning, other things by kind.

What a thing is made of (claims, quotes, periods) is folded; what repeats another statement is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.query.lookup import lookup_rows
from graph.query.results import QueryFn, Term
from graph.rdf.terms import iri, short_name
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.generic_title import title_of
from graph.server.entity.kind_words import KIND_PLURALS, KIND_WORDS, kind_word
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.literals import literal_in_words
from graph.server.entity.record_page import TEXTS, Fact, Group, RecordModel, RecordQuote, quotes_of
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
from graph.server.entity.registry_facts import TEXTS as REGISTRY_TEXTS
from graph.server.entity.registry_facts import registry_facts
from graph.server.html.page import Crumb

# Statements in each direction that a page shows; the look-ups return one more.
MAX_STATEMENTS = 300
# Things of a kind that are shown one by one.
MAX_OF_KIND = 60
_CUT = Label(
    "Her står bare de første opplysningene; det finnes flere.", "Only the first facts are here; there are more."
)
_RIGHTS = Label("vilkår for bruk", "terms of use")
# What a reader asks for first; all other properties follow by their names.
_ORDER = (
    *("mg:event", "mg:agent", "mg:candidate", "schema:author", "schema:sender", "mg:inCapacity", "schema:creator"),
    *(
        "schema:recipient",
        "mg:asksFor",
        "schema:text",
        "mg:asWritten",
        "dct:type",
        "mg:kind",
        "time:hasTime",
        "mg:time",
    ),
    *(
        "mg:eventStatus",
        "schema:location",
        "dct:subject",
        "mg:coordinator",
        "mg:drawnFrom",
        "mg:someOf",
        "dct:references",
    ),
    *("skos:definition", "rdfs:comment", "mg:edtf", "mg:reading", "time:hasBeginning", "time:hasEnd"),
)
# What other statements on the page say: names, classes, and the same in the terms of other vocabularies.
_LEFT_OUT = {
    iri(name)
    for name in (
        *("rdf:type", "rdfs:label", "schema:name", "dct:title", "skos:prefLabel", "foaf:name", "mg:agentOrCandidate"),
        *(
            "cv:hasParticipant",
            "cv:hasParticipation",
            "rdfs:isDefinedBy",
            "skos:topConceptOf",
            "dc:source",
            "rdfs:comment",
        ),
        *("schema:sameAs", "schema:position", "mg:concludedFrom", "mg:evidence", "mg:keyEvidence"),
    )
}
# Of what things are made: folded, since few readers look for it.
_STRUCTURE = ("claim", "evidence", "selector", "interval", "inference", "when", "participation", "possible")
# Of these a sentence says more than a name.
_IN_SENTENCES = ("claim", "participation", "possible")


def view(entity: NamedNode, reader: Reader) -> EntityView:
    """Return the page of any entity of which something is stated, or that something mentions."""
    run, lang = reader.run, reader.lang
    record, more = _outgoing(entity, run)
    incoming = lookup_rows([entity], LOOKUPS / "incoming.rq", run)
    title = title_of(record, run, lang)
    word = _RIGHTS if iri("dct:RightsStatement") in record.types() else kind_word(short_name(entity))
    kind = in_language(word, lang) if word else ""
    claims = [claim for claim in record.nodes("mg:concludedFrom") if short_name(claim).startswith("claim:")]
    tied, folded = _groups([row for row in incoming[:MAX_STATEMENTS] if row[1] not in {entity, *claims}], reader)
    model = RecordModel(
        kind=kind,
        heading=title.name,
        notes=(in_language(_CUT, lang),) if more or len(incoming) > MAX_STATEMENTS else (),
        facts=tuple(_facts(record, run, lang)),
        quotes={"key": _key_quotes(claims, reader)},
        groups=tied,
        folded=(*_made_of(claims, reader), *folded),
        registry=registry_facts(record, run, lang),
    )
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | REGISTRY_TEXTS | TEXTS,
        title=f"{title.name.text} ({', '.join(filter(None, (kind, *title.details)))})" if kind else title.name.text,
        description=", ".join(filter(None, (title.name.text, kind, *title.details))),
        breadcrumbs=(Crumb(capitalized(kind) or entity.value), Crumb(title.name.text)) if kind else (),
    )


def _outgoing(entity: NamedNode, run: QueryFn) -> tuple[Record, bool]:
    """Return what is stated of an entity, as much as a page shows, and whether there is more."""
    values: dict[NamedNode, list[Term]] = defaultdict(list)
    rows = lookup_rows([entity], LOOKUPS / "outgoing.rq", run)
    for name, value in rows[:MAX_STATEMENTS]:
        if isinstance(name, NamedNode) and value is not None:
            values[name].append(value)
    return Record(entity, values), len(rows) > MAX_STATEMENTS


def _facts(record: Record, run: QueryFn, lang: str) -> Iterator[Fact]:
    """Yield what is stated of an entity, in the order in which a reader asks."""
    properties = [name for name in record.properties() if name not in _LEFT_OUT]
    nodes = [value for name in properties for value in record.values(name) if isinstance(value, NamedNode)]
    names = names_of([*properties, *nodes], run, lang)
    order = {iri(name): number for number, name in enumerate(_ORDER)}
    for name in sorted(properties, key=lambda each: (order.get(each, len(order)), names[each].text)):
        literals = _in_language(record.literals(name), lang)
        values = [
            *(names[node] for node in record.nodes(name)),
            *(literal_in_words(name, each, lang) for each in literals),
        ]
        yield Fact(capitalized(names[name].text), tuple(dict.fromkeys(values)))


def _in_language(literals: Iterable[Literal], lang: str) -> list[Literal]:
    """Return literals without those that say the same in the other language of the house."""
    literals = list(literals)
    own, other = interface_language(lang), "nb" if interface_language(lang) == "en" else "en"
    has_own = any(each.language == own for each in literals)
    return [each for each in literals if not (has_own and each.language == other)]


def _key_quotes(claims: list[NamedNode], reader: Reader) -> tuple[RecordQuote, ...]:
    """Return the passages that say what an entity was concluded from."""
    by_claim = quotes_of(claims, reader.run, reader.lang, reader.folder)
    quotes = {quote for each in by_claim.values() for quote in each.get("key", ())}
    return tuple(sorted(quotes, key=lambda quote: quote.order))


def _made_of(claims: list[NamedNode], reader: Reader) -> Iterator[Group]:
    """Yield the claims from which an entity was concluded."""
    said = sentences_of(records_of(claims, reader.run).values(), reader.run, reader.lang)
    yield from _group("claim", [Sentence((Name(said[claim].text, "", claim.value),)) for claim in claims], reader.lang)


def _groups(statements: list[tuple[Term | None, ...]], reader: Reader) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return what leads to an entity by its kinds: things, and of what they are made, each with how it leads here."""
    run, lang = reader.run, reader.lang
    by_kind: dict[str, dict[NamedNode, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for name, value in statements:
        if isinstance(value, NamedNode) and isinstance(name, NamedNode) and name not in _LEFT_OUT:
            by_kind[short_name(value).partition(":")[0]][value].append(name)
    terms = {term for things in by_kind.values() for thing, how in things.items() for term in (thing, *how)}
    names = names_of(terms, run, lang)
    tied: list[Group] = []
    folded: list[Group] = []
    for kind in sorted(
        by_kind, key=lambda each: list(KIND_WORDS).index(each) if each in KIND_WORDS else len(KIND_WORDS)
    ):
        things = by_kind[kind]
        said = sentences_of(records_of(things, run).values(), run, lang) if kind in _IN_SENTENCES else {}
        sentences = [_tied(thing, how, names, said, lang) for thing, how in _sorted(things, names)]
        (folded if kind in _STRUCTURE else tied).extend(_group(kind, sentences, lang))
    return tuple(tied), tuple(folded)


def _sorted(
    things: Mapping[NamedNode, list[NamedNode]], names: Mapping[Term | None, Name]
) -> list[tuple[NamedNode, list[NamedNode]]]:
    return sorted(things.items(), key=lambda pair: (names[pair[0]].text, pair[0].value))


def _tied(
    thing: NamedNode,
    how: list[NamedNode],
    names: Mapping[Term | None, Name],
    said: Mapping[NamedNode, Sentence],
    lang: str,
) -> Sentence:
    text = said[thing].text if thing in said else names[thing].text
    name = Name(text, "" if thing in said else names[thing].lang, thing.value)
    is_part = thing in said or short_name(thing).partition(":")[0] in _STRUCTURE
    ways = ", ".join(dict.fromkeys(names[each].text for each in how))
    return Sentence((name, "" if is_part else f" ({ways})"))


def _group(kind: str, sentences: list[Sentence], lang: str) -> Iterator[Group]:
    """Yield things of a kind under its word, the first of them and how many more there are; nothing of none."""
    if sentences:
        words = KIND_WORDS if len(sentences) == 1 else KIND_PLURALS
        word = capitalized(in_language(words[kind], lang)) if kind in words else kind
        count = f" ({group_thousands(len(sentences), interface_language(lang))})" if len(sentences) > 1 else ""
        yield Group(f"{word}{count}", tuple(sentences[:MAX_OF_KIND]), max(0, len(sentences) - MAX_OF_KIND))
