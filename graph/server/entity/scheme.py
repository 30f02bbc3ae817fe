"""The page of a scheme of concepts: what its words mean, and how often each is used."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.query.lookup import lookup_rows
from graph.server.entity.concept import TEXTS, times_in_words, uses_of
from graph.server.entity.kinds import EntityView, Reader
from graph.server.entity.records import COMMON_TEXTS, LOOKUPS, Name, capitalized_name, in_language, names_of, records_of
from graph.server.html.page import Crumb


@dataclass(frozen=True, slots=True)
class SchemeModel:
    """A scheme with its concepts: the name and meaning of each, and in words how often it is used."""

    name: Name
    lead: str
    concepts: tuple[tuple[Name, Name | None, str], ...]


def view(entity: NamedNode, reader: Reader) -> EntityView | None:
    """Return the page of a scheme."""
    model = read_scheme(entity, reader)
    return EntityView(
        template="scheme.html",
        model=model,
        texts=COMMON_TEXTS | TEXTS,
        title=f"{model.name.text} ({in_language(TEXTS['list'], reader.lang)})",
        description=model.lead,
        breadcrumbs=(Crumb(model.name.text),),
    )


def read_scheme(entity: NamedNode, reader: Reader) -> SchemeModel:
    """Return the view model of a scheme."""
    run, lang = reader.run, reader.lang
    own = records_of([entity], run)[entity]
    concepts = [concept for _, concept in lookup_rows([entity], LOOKUPS / "scheme_concepts.rq", run)]
    records, uses = records_of(concepts, run), uses_of(concepts, run)
    names = names_of([entity, *concepts], run, lang)
    description = own.text("dct:description", lang)
    return SchemeModel(
        name=capitalized_name(names[entity]),
        lead=description.text if description else "",
        concepts=tuple(
            (
                names[each],
                records[each].text("skos:definition", lang),
                times_in_words(max(uses[each].values(), default=0), lang),
            )
            for each in sorted(concepts, key=lambda concept: names[concept].text)
        ),
    )
