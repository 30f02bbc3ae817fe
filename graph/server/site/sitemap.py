"""The sitemap: every page that readers look for, in files of a size that search engines take (sitemaps.org)."""

from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from pyoxigraph import NamedNode, Store

from graph.query.results import expect_table
from graph.server.settings import Settings
from graph.server.site.front import LOOKUPS
from graph.server.stores import query_fn
from graph.server.urls import path_of
from graph.server.workers.ipc import PageTask
from graph.server.workers.replies import Answer, data_answer, error_answer

# A file may have 50,000 addresses and 50 MB.
MOST = 20_000
_MEDIA_TYPE = "application/xml; charset=utf-8"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FIXED = (
    *("", "event/", "person/", "organisation/", "area/", "topic/", "post/", "source/", "series/", "ask/"),
    *("dumps/", "query/", "api", "method", "privacy", "accessibility", "contact"),
)


def answer(task: PageTask, store: Store, folder: Path) -> Answer:
    """Return the sitemap, or an index of its parts where it has several; a part by its number, from 1."""
    settings, number = Settings(*task.settings), task.value("number")
    count = _count(store)
    parts = max(1, -(-count // MOST))
    if not number and parts > 1:
        locations = "".join(
            f"<sitemap><loc>{escape(settings.origin)}sitemap-{part}.xml</loc></sitemap>" for part in range(1, parts + 1)
        )
        return _xml("sitemapindex", locations)
    part = int(number or 1)
    if not 1 <= part <= parts:
        return error_answer(404, f"the sitemap has {parts} parts")
    paths = [*(_FIXED if part == 1 else ()), *_paths(store, task.base, part)]
    urls = "".join(f"<url><loc>{escape(settings.origin)}{escape(quote(path))}</loc></url>\n" for path in paths)
    return _xml("urlset", urls)


def _xml(element: str, content: str) -> Answer:
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="{_NAMESPACE}">\n{content}</{element}>\n'
    return data_answer(document.encode(), _MEDIA_TYPE)


def _count(store: Store) -> int:
    ((count,),) = expect_table(query_fn(store)((LOOKUPS / "count_pages.rq").read_text(encoding="utf-8"))).rows
    return int(getattr(count, "value", 0))


def _paths(store: Store, base: str, part: int) -> list[str]:
    """Return the paths of a part, in the order of their IRIs."""
    query = (LOOKUPS / "pages.rq").read_text(encoding="utf-8")
    rows = expect_table(query_fn(store)(f"{query}OFFSET {(part - 1) * MOST}\nLIMIT {MOST}\n")).rows
    paths = (path_of(row[0], base) for row in rows if isinstance(row[0], NamedNode))
    return [f"about/{path}" for path in paths if path]
