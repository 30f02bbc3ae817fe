"""The pages of what a reader inferred or decided: what it is, why, on what basis, and what it is about."""

from pyoxigraph import NamedNode

from graph.model.labels import Label
from graph.query.lookup import lookup_rows
from graph.rdf.terms import iri
from graph.server.entity.claim import group
from graph.server.entity.claim_words import Sentence, sentences_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.record_page import TEXTS, RecordModel, fact
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, capitalized, in_language, names_of, records_of
from graph.server.html.page import Crumb

_INFERENCE, _DECISION = Label("slutning", "inference"), Label("avgjørelse", "decision")
_NOTE_INFERENCE = Label(
    "Dette står ikke i kilden. Leseren har sluttet det, og det regnes ikke som noe kilden sier.",
    "This does not stand in the source. Its reader inferred it; it is not counted as something that the source says.",
)
_NOTE_DECISION = Label(
    "Dette er leserens avgjørelse, og ikke noe kilden sier.",
    "This is a decision of the reader, and nothing that the source says.",
)
_WHAT, _BASIS, _ABOUT = Label("Om", "About"), Label("Grunnlag", "Basis"), Label("Gjelder", "Concerns")
_SOURCE, _BECAUSE = Label("Kilde", "Source"), Label("Begrunnelse", "Reason")
_OF_CLAIMS = Label("Påstanden det gjelder", "The claim that it is about")
_SOURCES = Label("Kilder", "Sources")


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of an inference or a decision."""
    run, lang = reader.run, reader.lang
    record = records_of([entity], run)[entity]
    is_inference = iri("mg:Inference") in record.types()
    owners = [owner for _, owner in lookup_rows([entity], LOOKUPS / "record_owners.rq", run)]
    claims = records_of(owners, run)
    of_claims = [node for each in claims.values() for name in ("mg:event", "mg:subject") for node in each.nodes(name)]
    about = [*record.nodes("mg:concerns"), *of_claims]
    sources = [node for each in (record, *claims.values()) for node in each.nodes("prov:hadPrimarySource")]
    what, bases = record.nodes("mg:inferredProperty"), record.nodes("mg:inferredFrom")
    names = names_of([entity, *about, *sources, *what, *bases], run, lang)
    said = sentences_of(claims.values(), run, lang)
    word = in_language(_INFERENCE if is_inference else _DECISION, lang)
    because = record.text("mg:because", lang)
    model = RecordModel(
        kind=word,
        heading=Name(capitalized(names[entity].text), names[entity].lang),
        notes=(in_language(_NOTE_INFERENCE if is_inference else _NOTE_DECISION, lang),),
        facts=(
            *fact(_WHAT, [names[each] for each in what], lang),
            *fact(_BECAUSE, [because] if because else [], lang),
            *fact(_BASIS, [names[each] for each in bases], lang),
            *fact(_ABOUT, [names[each] for each in about], lang),
            *fact(_SOURCE, [names[each] for each in sources], lang),
        ),
        groups=tuple(
            group(_OF_CLAIMS, [Sentence((Name(each.text, "", claim.value),)) for claim, each in said.items()], lang)
        ),
    )
    details = ", ".join(dict.fromkeys([word, *(names[each].text for each in [*about, *sources])]))
    return EntityView(
        template="record.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS,
        title=f"{model.heading.text} ({details})",
        description=model.heading.text,
        section="source/",
        breadcrumbs=(Crumb(in_language(_SOURCES, lang), "source/"), Crumb(word.capitalize())),
    )
