"""The card of an event, for other sites to embed: when, where, who was certainly there, and the way to its page."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.model.iris import ENTITIES, LOCAL_NAME
from graph.model.labels import Label
from graph.rdf.terms import iri
from graph.server.entity.meetings import Meeting, meetings_of
from graph.server.entity.records import Name, names_of
from graph.server.html.layout import render_page
from graph.server.html.page import page_of
from graph.server.policy import CARD_POLICY
from graph.server.stores import query_fn
from graph.server.workers.ipc import PageTask
from graph.server.workers.replies import Answer, error_answer, html_answer

# A card has room for so many names.
_MOST = 6
_TEXTS = {
    "present": Label("Oppgitt som til stede", "Listed as present"),
    "more": Label("og {number} til", "and {number} more"),
    "read": Label("Se setningene som sier det", "See the sentences that say so"),
}


@dataclass(frozen=True, slots=True)
class CardModel:
    """An event, the first of those who were certainly there, and how many more there are."""

    meeting: Meeting
    present: tuple[Name, ...]
    more: int


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the card; 404 where there is no such event."""
    name = task.value("name")
    event = NamedNode(f"{task.base}{ENTITIES['event']}{name}") if LOCAL_NAME.fullmatch(name) else None
    if event is None or not next(store.quads_for_pattern(event, iri("rdf:type"), iri("mg:SingleEvent")), None):
        return error_answer(404, "there is no event of this name")
    run = query_fn(store)
    (meeting,) = meetings_of([event], run, task.lang)
    present = {quad.object for quad in store.quads_for_pattern(event, iri("schema:attendee"), None)}
    named = sorted((node for node in present if isinstance(node, NamedNode)), key=str)[:_MOST]
    names = names_of(named, run, task.lang)
    model = CardModel(meeting, tuple(names[node] for node in named), len(present) - len(named))
    page = page_of(task, meeting.name.text, indexed=False, iri=event.value)
    return html_answer(render_page("card.html", model, page, texts=_TEXTS), policy=CARD_POLICY)
