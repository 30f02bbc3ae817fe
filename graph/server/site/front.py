"""The front page: what this is, how much there is of what, and ways in."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from graph.model.labels import Label
from graph.query.counts import Counts, count_entities
from graph.server.html.layout import render_page
from graph.server.html.page import page_of
from graph.server.stores import query_fn
from graph.server.workers.ipc import PageTask
from graph.server.workers.replies import Answer, html_answer

_TEXTS = {
    "lead": Label(
        "Hvem møtte hvem, hvor, når og om hva – med setningen som sier det.",
        "Who met whom, where, when and about what – with the sentence that says so.",
    ),
    "events": Label("møter", "meetings"),
    "people": Label("personer", "people"),
    "bodies": Label("organisasjoner", "bodies"),
    "query": Label("Spør i SPARQL", "Ask in SPARQL"),
    "explorer": Label("Utforsk som nettverk", "Explore as a network"),
    "data": Label("Last ned data", "Download the data"),
}


@dataclass(frozen=True, slots=True)
class FrontModel:
    """What the front page shows."""

    counts: Counts


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the front page."""
    page = page_of(task, "Møtegraf")
    return html_answer(render_page("front.html", FrontModel(_counts(store)), page, texts=_TEXTS))


# A worker has one store for all its life.
@lru_cache(maxsize=1)
def _counts(store: Store) -> Counts:
    return count_entities(query_fn(store))
