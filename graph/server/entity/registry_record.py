"""The pages of records of the registry: a term of office, a change of bodies, what sources disagree about."""

from collections.abc import Mapping

from pyoxigraph import NamedNode

from graph.model.days import date_in_words
from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.query.results import Term, text_of
from graph.rdf.terms import iri
from graph.server.entity.claim import MAX_OF_GROUP, group
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.post import period_of_term
from graph.server.entity.record_page import TEXTS, Fact, RecordModel, fact
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
from graph.server.entity.registry_words import registry_source
from graph.server.html.page import Crumb

_TERM, _CHANGE = Label("tid i et verv", "term of office"), Label("endring", "change")
_CONFLICT = Label("uenighet mellom kilder", "disagreement of sources")
_FROM_REGISTRY = Label("Fra registeret, ikke fra en side.", "From the registry, not from a page.")
_FOLLOWS = Label("Deltakelser som følger av det", "Participations that follow from it")
_BODIES = Label("Organisasjoner", "Bodies")
_FACTS: tuple[tuple[Label, str], ...] = (
    (Label("Hvem", "Who"), "org:member"),
    (Label("Verv", "Office"), "org:role"),
    (Label("Organisasjon", "Body"), "org:organization"),
    (Label("Før", "Before"), "org:originalOrganization"),
    (Label("Etter", "After"), "org:resultingOrganization"),
    (Label("Gjelder", "Concerns"), "mg:concerns"),
)


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a record of the registry."""
    run, lang = reader.run, reader.lang
    record = records_of([entity], run)[entity]
    names = names_of([entity, *(node for _, name in _FACTS for node in record.nodes(name))], run, lang)
    kind, when = _kind_and_time(record, reader)
    rows = lookup_rows([entity], LOOKUPS / "claim_uses.rq", run)
    parts = sorted((other for _, sort, other in rows if text_of(sort) == "concluded"), key=str)
    said = sentences_of(records_of(parts[:MAX_OF_GROUP], run).values(), run, lang)
    name = names[entity]
    model = RecordModel(
        kind=in_language(kind, lang),
        heading=Name(capitalized(name.text), name.lang),
        notes=(in_language(_FROM_REGISTRY, lang),),
        facts=(
            *(
                each
                for title, prop in _FACTS
                for each in fact(title, [names[node] for node in record.nodes(prop)], lang)
            ),
            *fact(Label("Når", "When"), [Name(when)] if when else [], lang),
            *_reported(record, lang),
        ),
        groups=tuple(group(_FOLLOWS, [_part(part, said) for part in parts], lang)),
        registry=registry_facts(record, run, lang),
    )
    concerned = [names[node].text for node in record.nodes("mg:concerns")]
    details = ", ".join(filter(None, (model.kind, when, *concerned)))
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | REGISTRY_TEXTS | TEXTS,
        title=f"{model.heading.text} ({details})",
        description=f"{model.heading.text}. {when}".strip(),
        section="organisation/",
        breadcrumbs=(Crumb(in_language(_BODIES, lang), "organisation/"), Crumb(model.heading.text)),
    )


def _part(part: Term | None, said: Mapping[NamedNode, Sentence]) -> Sentence:
    """Return a participation as the sentence that it says; nothing of those that are not shown."""
    text = said[part].text if isinstance(part, NamedNode) and part in said else ""
    return Sentence((Name(text, "", text_of(part)),))


def _kind_and_time(record: Record, reader: Reader) -> tuple[Label, str]:
    """Return the word for the kind of a record, and when it was, in words."""
    if iri("org:Membership") in record.types():
        interval = record.node("org:memberDuring")
        return _TERM, period_of_term(record, records_of([interval], reader.run).get(interval), reader.lang)
    if iri("mg:Conflict") in record.types():
        return _CONFLICT, ""
    return _CHANGE, in_language(date_in_words(record.value("dct:date")), reader.lang)


def _reported(record: Record, lang: str) -> tuple[Fact, ...]:
    values = [Name(in_language(registry_source(each.value).name, lang)) for each in record.literals("mg:reported")]
    about = record.text("mg:about", lang)
    return (
        *fact(Label("Hva de er uenige om", "What they disagree on"), [about] if about else [], lang),
        *fact(Label("Hva hver av dem oppgir", "What each of them reports"), values, lang),
    )
