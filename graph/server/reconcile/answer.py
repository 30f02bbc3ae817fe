"""What a worker does for the service: match rows, fetch values, suggest entities, show one in a few lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.model.labels import Label
from graph.query.entries import Entry
from graph.query.results import Term, text_of
from graph.query.search import Match
from graph.server.entity.records import Name, in_language, names_of
from graph.server.errors import RequestError
from graph.server.html.layout import render_page
from graph.server.html.page import page_of
from graph.server.parameters import first_value
from graph.server.policy import CARD_POLICY
from graph.server.reconcile.candidates import Candidate, Graph, candidates_of, entity_id
from graph.server.reconcile.facts import Facts
from graph.server.reconcile.request import ExtensionQuery, read_batch, read_extension
from graph.server.reconcile.vocabulary import KINDS, PROPERTIES, TYPES, shortened, types_of
from graph.server.site.rows import Row, row_name, rows_of
from graph.server.stores import query_fn
from graph.server.workers.ipc import ReconciliationTask
from graph.server.workers.published import published_store
from graph.server.workers.replies import Answer, data_answer, html_answer

JSON = "application/json"
# Entities that are suggested at once.
SUGGESTIONS = 10
_TEXTS = {"read": Label("Se siden om dette", "See its page"), "id": Label("Id:", "Id:")}
Json = dict[str, object]


def answer(task: ReconciliationTask, store: Store, folder: Path) -> Answer:
    """Return the answer to a task. Raise RequestError where what the client sends cannot be read."""
    graph = Graph(store, folder, task.base)
    match task.operation:
        case "match":
            return _data(_match(task, graph), task.max_bytes)
        case "extend":
            return _data(_extend(read_extension(task.text), graph, task.lang), task.max_bytes)
        case "suggest":
            return _data(_suggest(task, graph), task.max_bytes)
    return _preview(task, graph)


def _data(content: Json, max_bytes: int) -> Answer:
    # Half of a surrogate pair is no letter, and cannot be sent.
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    if len(body) > max_bytes:
        raise RequestError(413, f"the answer has more than the {max_bytes:,} bytes that one may; ask for less at once")
    return data_answer(body, JSON)


def _match(task: ReconciliationTask, graph: Graph) -> Json:
    batch = read_batch(task.text)
    found = {key: candidates_of(query, graph) for key, query in batch.items()}
    rows = _rows([each.entry for candidates in found.values() for each in candidates], graph, task.lang)
    return {
        key: {"result": [_candidate(each, rows[each.entry.iri], graph, task.lang) for each in candidates]}
        for key, candidates in found.items()
    }


def _rows(entries: Sequence[Entry], graph: Graph, lang: str) -> dict[str, Row]:
    """Return what one line says of each entity, by its IRI."""
    runs = (query_fn(graph.store), query_fn(published_store(graph.folder, graph.base)))
    distinct = list({entry.iri: entry for entry in entries}.values())
    return {row.iri: row for row in rows_of(distinct, graph.index, runs, lang)}


def _candidate(candidate: Candidate, row: Row, graph: Graph, lang: str) -> Json:
    return {
        "id": entity_id(candidate.entry, graph.base),
        "name": row.name.text,
        "description": _description(row),
        "type": _types(candidate.entry, lang),
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": id, "value": value} for id, value in candidate.features.items()],
    }


def _description(row: Row) -> str:
    return ", ".join(note.text for note in row.notes)


def _types(entry: Entry, lang: str) -> list[Json]:
    return [{"id": each.id, "name": in_language(each.label, lang)} for each in types_of(entry)]


def _suggest(task: ReconciliationTask, graph: Graph) -> Json:
    """Return the entities whose names begin as the text does, those after the first ``cursor``."""
    most = task.cursor + SUGGESTIONS
    matches: list[Match] = []
    own = graph.entry(task.text)
    type_id = first_value(task.parameters, "type")
    for kind in TYPES[type_id].kinds if type_id else KINDS:
        for each in graph.index.search(task.text, kind, most=most).matches.values():
            matches += each
    matches.sort(key=lambda match: (match.rank, -match.entry.meetings))
    found = {entry.iri: entry for entry in ([own] if own else []) + [match.entry for match in matches]}
    fitting = [entry for entry in found.values() if not type_id or TYPES[type_id] in types_of(entry)]
    entries = fitting[task.cursor : most]
    rows = _rows(entries, graph, task.lang)
    return {
        "result": [
            {
                "id": entity_id(entry, graph.base),
                "name": rows[entry.iri].name.text,
                "description": _description(rows[entry.iri]),
                "notable": _types(entry, task.lang),
            }
            for entry in entries
        ]
    }


def _extend(query: ExtensionQuery, graph: Graph, lang: str) -> Json:
    """Return the values of properties of entities, by the ids that the client has; of what there is not, none."""
    entries = {id: graph.entry(id) for id in query.ids}
    facts = graph.facts(entry.iri for entry in entries.values() if entry)
    terms = {value for each in facts.values() for values in each.values() for value in values}
    names = names_of(terms, query_fn(graph.store), lang)
    cells = _Cells(graph, names, lang)
    meta = []
    for id, _ in query.properties:
        wanted = PROPERTIES[id]
        described: Json = {"id": id, "name": in_language(wanted.label, lang)}
        if wanted.value_type:
            value_type = TYPES[wanted.value_type]
            described["type"] = {"id": value_type.id, "name": in_language(value_type.label, lang)}
        meta.append(described)
    rows = {
        id: {
            name: cells.of(name, entry, facts.get(entry.iri, {}))[:most] if entry else []
            for name, most in query.properties
        }
        for id, entry in entries.items()
    }
    return {"meta": meta, "rows": rows}


@dataclass(frozen=True, slots=True)
class _Cells:
    """Makes the cells of a table from what the graph has: entities of the service with their ids, else texts."""

    graph: Graph
    names: Mapping[Term | None, Name]
    lang: str

    def of(self, property: str, entry: Entry, facts: Facts) -> list[Json]:
        """Return the values of a property of an entity."""
        if PROPERTIES[property].role == "identifier":
            return [{"str": value} for value in self.graph.identifiers.of(entry.iri, property)]
        match property:
            case "iri":
                return [{"str": entry.iri}]
            case "meetings":
                return [{"int": entry.meetings}]
            case "day":
                return [{"str": day} for day in entry.days]
        values = sorted(
            map(self._cell, facts.get(property, ())), key=lambda cell: str(cell.get("name", cell.get("str")))
        )
        return [cell for number, cell in enumerate(values) if cell not in values[:number]]

    def _cell(self, value: Term) -> Json:
        entry = self.graph.index.by_iri.get(text_of(value))
        if entry and entry.kind in KINDS:
            return {"id": entity_id(entry, self.graph.base), "name": row_name(entry, self.lang).text}
        if isinstance(value, NamedNode):
            return {"str": row_name(entry, self.lang).text if entry else self.names[value].text}
        return {"str": text_of(value)}


@dataclass(frozen=True, slots=True)
class PreviewModel:
    """An entity in a few lines: its types, what one line says of it, and its id."""

    row: Row
    types: str
    id: str


def _preview(task: ReconciliationTask, graph: Graph) -> Answer:
    entry = graph.entry(task.text)
    if entry is None:
        raise RequestError(404, f"there is no entity {shortened(task.text)!r}; ids are those of candidates")
    row = _rows([entry], graph, task.lang)[entry.iri]
    types = ", ".join(in_language(each.label, task.lang) for each in types_of(entry)[:1])
    page = page_of(task, row.name.text, indexed=False, iri=entry.iri)
    model = PreviewModel(row, types, entity_id(entry, graph.base))
    body = render_page("reconciliation_preview.html", model, page, texts=_TEXTS)
    return html_answer(body, policy=CARD_POLICY)
