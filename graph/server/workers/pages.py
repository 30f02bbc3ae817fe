"""Pages that are made of the store: which module makes which."""

from importlib import import_module
from pathlib import Path

from pyoxigraph import Store

from graph.query.results import QueryResult
from graph.server.workers.ipc import GraphTask, PageTask, QueryTask
from graph.server.workers.replies import Answer, error_answer

# Each is a module of ``graph.server.site`` with ``answer(task, store, folder)``.
PAGES = frozenset(
    (
        "api",
        "card",
        "ask",
        "dumps",
        "front",
        "graph",
        "lists",
        "missing",
        "search",
        "sitemap",
    )
)


def answer_page(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the page of a task, by the module of its name; ``folder`` has the other files of the build."""
    if task.page not in PAGES:
        return error_answer(404, "nothing has this address")
    # A worker reads the modules of the pages that it is asked for.
    module = import_module(f"graph.server.site.{task.page}")
    answer: Answer = module.answer(task, store, folder)
    return answer


def result_page(result: QueryResult, task: QueryTask | GraphTask, truncated: bool) -> bytes:
    """Return the result of a query, or the statements of a graph, as a page; ``truncated``: there are more."""
    module = import_module("graph.server.site.result")
    body: bytes = module.result_page(result, task, truncated)
    return body
