"""The result of a query of one's own as a page: a table with links to pages, the way back, and downloads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from graph.common.text import group_thousands
from graph.model.labels import Label, interface_language
from graph.query.results import BooleanResult, QueryResult, Table, TriplesResult
from graph.server.entity.html import FORMAT_NAMES
from graph.server.html.layout import render_page
from graph.server.html.page import Alternate, Crumb, page_of
from graph.server.negotiation import CONTENT_TYPES
from graph.server.site.question_words import TEXTS as QUESTION_TEXTS
from graph.server.site.table import MAX_OPEN_QUOTES, TableModel, table_model
from graph.server.workers.ipc import GraphTask, QueryTask

# A browser shows no more at once, and nobody reads as many.
MAX_ROWS = 1_000
# A longer query is in no link.
_MAX_LINKED = 6_000
_TEXTS: Mapping[str, Label] = {
    **QUESTION_TEXTS,
    "title": Label("Svar på en SPARQL-spørring", "Answer to a SPARQL query"),
    "graph": Label("Utsagn i dataene", "Statements of the data"),
    "query": Label("SPARQL", "SPARQL"),
    "change": Label("Endre spørringen", "Change the query"),
    "yes": Label("Ja", "Yes"),
    "no": Label("Nei", "No"),
    "no_rows": Label("Ingen rader.", "No rows."),
    "cut": Label(
        "Her er bare de første {count} radene; det finnes flere.",
        "These are only the first {count} rows; there are more.",
    ),
}
_STATEMENT = (Label("subjekt", "subject"), Label("predikat", "predicate"), Label("objekt", "object"))
_TABLE_FORMATS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
_BOOLEAN_FORMATS = {"json": "JSON", "xml": "XML"}
_TRIPLE_FORMATS = {name: FORMAT_NAMES[name] for name in ("turtle", "jsonld", "ntriples", "rdfxml")}


@dataclass(frozen=True, slots=True)
class ResultModel:
    """A result: a table, or whether it is so; ``count`` is that of its rows, ``cut`` that of those shown of more.

    ``query`` is the query, where it is not too long for a link.
    """

    table: TableModel | None
    is_so: bool | None
    count: str
    cut: str
    query: str


def result_page(result: QueryResult, task: QueryTask | GraphTask, truncated: bool) -> bytes:
    """Return the page of a result; ``truncated``: there are more rows than the server gives."""
    lang = interface_language(task.lang)
    query = task.query if isinstance(task, QueryTask) and len(task.query) <= _MAX_LINKED else ""
    table = _as_table(result, lang)
    shown = None if table is None else Table(table.columns, table.rows[:MAX_ROWS])
    count = 0 if table is None else len(table.rows)
    cut = truncated or (shown is not None and count > len(shown.rows))
    own = (("query", query),) if query else ()
    page = page_of(
        task,
        getattr(_TEXTS["title" if isinstance(task, QueryTask) else "graph"], lang),
        section="ask/",
        breadcrumbs=(
            Crumb(getattr(_TEXTS["front"], lang), ""),
            Crumb(getattr(_TEXTS["query"], lang), "query/"),
            Crumb(getattr(_TEXTS["answer"], lang)),
        ),
        parameters=own,
        alternates=_alternates(result, own),
        indexed=False,
    )
    model = ResultModel(
        table=None if shown is None else table_model(shown, None, None, lang, task.lang),
        is_so=result.value if isinstance(result, BooleanResult) else None,
        count=group_thousands(count, lang),
        cut=group_thousands(min(count, MAX_ROWS), lang) if cut else "",
        query=query,
    )
    return render_page("result.html", model, page, texts=_TEXTS, max_open=MAX_OPEN_QUOTES)


def _as_table(result: QueryResult, lang: str) -> Table | None:
    """Return the rows of a result, of triples too; None where it is yes or no."""
    match result:
        case Table():
            return result
        case TriplesResult(triples=triples):
            rows: list[tuple[Any, ...]] = [tuple(triple) for triple in sorted(set(triples), key=str)]
            return Table(tuple(getattr(label, lang) for label in _STATEMENT), rows)
    return None


def _alternates(result: QueryResult, own: tuple[tuple[str, str], ...]) -> tuple[Alternate, ...]:
    """Return the addresses of the same result in other formats, where the query can stand in one."""
    if not own:
        return ()
    formats = _TABLE_FORMATS if isinstance(result, Table) else _TRIPLE_FORMATS
    formats = _BOOLEAN_FORMATS if isinstance(result, BooleanResult) else formats
    return tuple(
        Alternate(f"sparql?{urlencode([*own, ('format', name)])}", CONTENT_TYPES[name].partition(";")[0], title)
        for name, title in formats.items()
    )
