"""Tasks: what a worker does: a query answered, or a graph read, whole and in the format that was asked for."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from graph.model.iris import prefixes_under
from graph.query.diagnostics import locate_error, syntax_error_message
from graph.query.formats import serialize_results, serialize_triples
from graph.query.results import BooleanResult, QueryError, QueryResult, Table, Term, TriplesResult, read_result
from graph.query.sparql.prefixes import expand_dotted_names
from graph.query.sparql.tokens import has_from_clause
from graph.server.errors import Refused
from graph.server.negotiation import MEDIA
from graph.server.workers.guard import let_through
from graph.server.workers.ipc import Said

Done = tuple[Said, bytes]
# A query in which the place of a mistake is looked for, by a parser that is slow.
MOST_LETTERS_TO_SEARCH = 5_000


class TooLarge(Exception):  # noqa: N818 - it says what happened
    """What was asked for is more than may be given, and a part of it would be no answer."""


def done(task: Said, store: Store) -> Done:
    """The status, the headers in short, and the body of an answer."""
    try:
        return {"query": queried, "graph": graph_read, "thing": described}[task["do"]](task, store)
    except Refused as error:
        return refused(error.status, error.words)
    except SyntaxError as error:
        return refused(400, _where_wrong(task, str(error)))
    except TooLarge as error:
        return refused(403, str(error))
    except QueryError as error:
        return refused(400, str(error))
    except MemoryError:
        return refused(503, "memory")
    except (OSError, ValueError) as error:
        return refused(400, f"this cannot be answered: {error}")


def refused(status: int, words: str) -> Done:
    """An answer that there is none."""
    return {"status": status, "words": words}, b""


def queried(task: Said, store: Store) -> Done:
    """The answer to a query, with its first rows where it has more than may be given."""
    if task["guarded"]:
        let_through(task["query"])
    given = task.get("graphs")
    query, prefixes, says_its_own = _looked_at(task["query"], task["base"])
    found = store.query(
        query,
        prefixes=prefixes,
        use_default_graph_as_union=given is None and not says_its_own,
        default_graph=None if given is None else [NamedNode(name) for name in given[0]],
        named_graphs=None if given is None else [NamedNode(name) for name in given[1]],
    )
    formats: dict[str, str | None] = task["formats"]
    if isinstance(found, QueryBoolean):
        if formats["truth"] is None:
            return _unlikable("truth")
        return _written(BooleanResult(bool(found)), formats["truth"], task, None)
    if isinstance(found, QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        if formats["table"] is None:
            return _unlikable("table")
        rows, cut = _first((tuple(solution) for solution in found), task["rows"], task["answer"])
        return _written(Table(columns, rows), formats["table"], task, cut)
    if formats["graph"] is None:
        return _unlikable("graph")
    triples, cut = _first(found, task["rows"], task["answer"])
    return _written(TriplesResult(triples), formats["graph"], task, cut)


def _where_wrong(task: Said, message: str) -> str:
    """The line of the query that is wrong, as it was written."""
    query, known = task["query"], prefixes_under(task["base"])
    long = len(query) > MOST_LETTERS_TO_SEARCH
    return (
        syntax_error_message(message)
        if long
        else locate_error(query, expand_dotted_names(query, known), message, known)
    )


# The same questions are asked often.
@lru_cache(maxsize=64)
def _looked_at(query: str, base: str) -> tuple[str, dict[str, str], bool]:
    """The query as the engine reads it, the known prefixes that it may use, and whether it names its graphs itself."""
    known = prefixes_under(base)
    whole = expand_dotted_names(query, known)
    # Each that the engine is told of costs it as much as a short query.
    used = {name: iri for name, iri in known.items() if f"{name}:" in whole}
    return whole, used, has_from_clause(whole)


def graph_read(task: Said, store: Store) -> Done:
    """All statements of a graph, or of the union of all where none is named."""
    name = task["graph"]
    graph = None if name is None else NamedNode(name)
    if graph is not None and not store.contains_named_graph(graph):
        return refused(404, f"there is no graph {name}")
    if task["formats"]["graph"] is None:
        return _unlikable("graph")
    most = task["answer"]
    quads = store.quads_for_pattern(None, None, None, graph)
    triples, cut = _first((quad.triple for quad in quads), most, most)
    if cut:
        raise TooLarge(f"this graph is larger than the {most:,} bytes that are given at once; dumps/ has all of it")
    return _written(TriplesResult(triples), task["formats"]["graph"], task, None)


def described(task: Said, store: Store) -> Done:
    """What is known of a thing, as a page or as statements; 404 with what is like it where there is nothing."""
    # Here, not above: a worker starts without them, and most have no pages to make.
    from graph.server.entity.description import about, alike, statements_about
    from graph.server.entity.html import nothing_page, policy_of, thing_page

    thing, format, lang = NamedNode(task["thing"]), task["formats"]["thing"], task["lang"]
    base, root = task["base"], task["root"]

    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    if format is None:
        return _unlikable("thing")
    if format != "html":
        triples, cut = statements_about(thing, run)
        if triples:
            return _written(TriplesResult(triples), format, task, "rows" if cut else None)
        near = ", ".join(other.value for other, _ in alike(thing, run, lang))
        return refused(404, f"there is nothing of this name; {f'did you mean {near}?' if near else 'nor like it'}")
    found = about(thing, run, lang)
    body = (
        thing_page(found, base, lang, root)
        if found
        else nothing_page(task["path"], alike(thing, run, lang), base, lang, root)
    )
    said = {"format": "html", "type": MEDIA["html"], "cut": None, "rows": 1, "policy": policy_of(body)}
    return {"status": 200 if found else 404} | said, body


def _first(found: Iterable[Any], most: int, size: int) -> tuple[list[Any], str | None]:
    """The first of what is found, as many as may be given, and whether rows or bytes ended it."""
    taken: list[Any] = []
    left = size
    for each in islice(found, most + 1):
        if len(taken) == most:
            return taken, "rows"
        left -= sum(map(_size, each))
        if left < 0:
            return taken, "bytes"
        taken.append(each)
    return taken, None


def _size(term: Term | Triple | None) -> int:
    if isinstance(term, Triple):
        return sum(map(_size, term))
    # With what any format writes around it.
    return 20 + (len(term.value) if term is not None else 0)


def _unlikable(kind: str) -> Done:
    """Nothing that an answer of this kind can be had as is acceptable."""
    head, body = refused(406, "format")
    return head | {"kind": kind}, body


def _written(answer: Table | BooleanResult | TriplesResult, format: str, task: Said, cut: str | None) -> Done:
    policy = None
    rows: Iterable[Iterable[Any]] = (
        answer.rows if isinstance(answer, Table) else answer.triples if isinstance(answer, TriplesResult) else ()
    )
    if any(isinstance(cell, Triple) for row in rows for cell in row):
        return refused(400, "a part of the answer is a whole statement (RDF 1.2); ask for its parts")
    if format == "html":
        from graph.server.entity.html import policy_of

        body = _page(answer, task, cut)
        policy = policy_of(body)
    elif isinstance(answer, TriplesResult):
        body = serialize_triples(answer, format, prefixes_under(task["base"]))
    else:
        body = serialize_results(answer, format)
    said = {"format": format, "type": MEDIA[format], "cut": cut, "rows": _rows(answer), "policy": policy}
    return {"status": 200} | said, body


def _rows(answer: Table | BooleanResult | TriplesResult) -> int:
    return (
        len(answer.rows)
        if isinstance(answer, Table)
        else len(answer.triples)
        if isinstance(answer, TriplesResult)
        else 1
    )


def _page(answer: Table | BooleanResult | TriplesResult, task: Said, cut: str | None) -> bytes:
    """The answer for a browser: a table that can be read as it is."""
    # Here, not above: few ask for it.
    from dataclasses import replace

    from graph.common.text import group_thousands
    from graph.render.cells import render_table
    from graph.render.markup import to_html

    lang = task["lang"]
    if isinstance(answer, BooleanResult):
        answer = Table(("ASK",), [(Literal(answer.value),)])
    elif isinstance(answer, TriplesResult):
        rows: list[tuple[Any, ...]] = [tuple(triple) for triple in sorted(set(answer.triples), key=str)]
        answer = Table(("subject", "predicate", "object"), rows)
    sheet = render_table(answer, None, lang)
    count = group_thousands(len(answer.rows), lang)
    said = {"nb": f"SPARQL: bare de første {count} radene", "en": f"SPARQL: only the first {count} rows"}
    return to_html(replace(sheet, title=said[lang]) if cut else sheet).encode()
