"""How programs read the site: commands that work, with a meeting and a person that the build has."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.model.labels import Label
from graph.query.results import expect_table
from graph.server.html.layout import render_page
from graph.server.html.page import Crumb, page_of
from graph.server.site.front import LOOKUPS
from graph.server.stores import query_fn
from graph.server.urls import path_of
from graph.server.workers.ipc import PageTask
from graph.server.workers.replies import Answer, html_answer

_TITLE = Label("For programmer", "For programs")
_FRONT = Label("Forsiden", "Front page")
_DESCRIPTION = Label(
    "Adresser og formater for programmer, med kommandoer som virker.",
    "Addresses and formats for programs, with commands that work.",
)


@dataclass(frozen=True, slots=True)
class ApiModel:
    """The URL of the site, the limits of an answer, and paths of a meeting and of somebody in it; empty where none."""

    origin: str
    max_rows: int
    event: str
    agent: str


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page."""
    page = page_of(task, "", section="dumps/")
    page = page_of(
        task,
        page.text(_TITLE),
        description=page.text(_DESCRIPTION),
        section="dumps/",
        breadcrumbs=(Crumb(page.text(_FRONT), ""), Crumb(page.text(_TITLE))),
    )
    event, agent = _examples(store, task.base)
    model = ApiModel(page.settings.origin, task.max_rows, event, agent)
    return html_answer(render_page(f"texts/api.{page.lang}.html", model, page))


# A worker has one store for all its life.
@lru_cache(maxsize=1)
def _examples(store: Store, base: str) -> tuple[str, str]:
    rows = expect_table(query_fn(store)((LOOKUPS / "example_entities.rq").read_text(encoding="utf-8"))).rows
    for row in rows:
        event, agent = (path_of(term, base) if isinstance(term, NamedNode) else None for term in row)
        return event or "", agent or ""
    return "", ""
