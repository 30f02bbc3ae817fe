"""Kinds of entities: which module makes the page of an entity of which type; the generic page is for all others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from graph.model.labels import Label
from graph.query.results import QueryFn
from graph.rdf.terms import iri
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, PagedTask, page_of
from graph.server.parameters import first_value
from graph.server.stores import query_fn

# By type, the first that an entity has: a module beside this one with ``view(entity, reader)``.
KINDS: dict[str, str] = {
    "mg:SingleEvent": "event",
    "schema:EventSeries": "series",
    "foaf:Person": "person",
    "org:Organization": "body",
    "cv:AdminUnit": "area",
    "org:Post": "post",
    "skos:Concept": "concept",
    "skos:ConceptScheme": "scheme",
    "mg:Source": "source",
    "mg:Claim": "claim",
    "mg:Participation": "participation",
    "mg:PossibleParticipation": "participation",
    "mg:Evidence": "evidence",
    "mg:Inference": "decision",
    "mg:Decision": "decision",
    "org:Membership": "registry_record",
    "org:ChangeEvent": "registry_record",
    "mg:Conflict": "registry_record",
}
# What Open Graph calls a person; all else is an article.
_KINDS_OF_OPEN_GRAPH = {"Person": "profile"}


@dataclass(frozen=True, slots=True)
class Reader:
    """What a kind reads from: the dataset as a whole (``run``), its store, and the folder of the build.

    ``lang`` is the tag of the language of labels, ``base`` that of the build; ``task`` has the rest of the request.
    ``in_dataset``: the entity is one of the dataset, which questions and the interactive page are about.
    """

    run: QueryFn
    store: Store
    folder: Path
    lang: str
    task: PagedTask
    in_dataset: bool = True

    @property
    def base(self) -> str:
        """Return the base of the IRIs of the build."""
        return self.task.base

    def value(self, name: str) -> str:
        """Return the first value of a parameter of the address; an empty text where it has none."""
        return first_value(self.task.parameters, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """The page of an entity: its template, the view model that is ``model`` there, and what its head says.

    ``texts`` are its words, ``section`` is the path of the part of the site that it belongs to (``event/``), and
    ``alternates`` are further formats than those of all descriptions.
    """

    template: str
    model: Any
    title: str
    texts: Mapping[str, Label] = field(default_factory=dict)
    description: str = ""
    section: str = ""
    breadcrumbs: tuple[Crumb, ...] = ()
    json_ld: dict[str, object] | None = None
    alternates: tuple[Alternate, ...] = ()


def entity_view(entity: NamedNode, reader: Reader) -> EntityView:
    """Return the page of an entity as its kind makes it; the generic one where it is of none of the kinds."""
    types = {quad.object for quad in reader.store.quads_for_pattern(entity, iri("rdf:type"), None)}
    for type, module in KINDS.items():
        if iri(type) in types:
            view: EntityView | None = import_module(f"graph.server.entity.{module}").view(entity, reader)
            if view:
                return view
    generic: EntityView = import_module("graph.server.entity.generic").view(entity, reader)
    return generic


def render_view(
    view: EntityView,
    entity: NamedNode,
    task: PagedTask,
    alternates: tuple[Alternate, ...],
    json_ld: Mapping[str, object] | None = None,
    has_explorer: bool = True,
) -> bytes:
    """Return the page of an entity as bytes; ``alternates`` are the formats of all descriptions.

    ``json_ld`` is what the graph states in the terms of schema.org, where the view has nothing of its own.
    """
    page = page_of(
        task,
        view.title,
        path=f"about/{task.path}",
        description=view.description,
        section=view.section,
        breadcrumbs=view.breadcrumbs,
        alternates=(*alternates, *view.alternates),
        json_ld=view.json_ld or json_ld,
        iri=entity.value,
        kind=_KINDS_OF_OPEN_GRAPH.get(str((json_ld or {}).get("@type")), "article"),
        card=card_of(task.path, json_ld),
    )
    return render_page(view.template, view.model, page, texts=view.texts, has_explorer=has_explorer)


def card_of(path: str, json_ld: Mapping[str, object] | None) -> str:
    """Return the path of the card of an event; empty for all else."""
    return f"card/{path}" if json_ld and json_ld["@type"] == "Event" and path.startswith("event/") else ""


def reader_of(task: PagedTask, store: Store, folder: Path, in_dataset: bool = True) -> Reader:
    """Return what the kinds read from for a task."""
    return Reader(query_fn(store), store, folder, task.lang, task, in_dataset)
