"""Records for the interactive page of a graph that no file can hold: the page asks for those that it shows."""

import json
from functools import lru_cache, partial
from pathlib import Path

from pyoxigraph import NamedNode, Store

from graph.builds.manifest import EXPLORER_IDS
from graph.explorer.data.excerpt import excerpt
from graph.explorer.data.ids import Ids
from graph.rdf.terms import iri, rebase_iri
from graph.server.entity.source_text import text_in
from graph.server.errors import RequestError
from graph.server.workers.ipc import RecordsTask
from graph.server.workers.replies import Answer, data_answer


def answer_records(task: RecordsTask, store: Store, folder: Path) -> Answer:
    """Return the records of the entities and ties of a task as JSON, and ``numbers``: those of the entities by id.

    What has no number or id of the graph is left out. Raise RequestError where the build has no numbers.
    """
    ids = _ids(folder)
    names = {*task.ids, *(ids[int(number)] for number in task.numbers if int(number) < len(ids))}
    pairs = []
    for tie in task.ties:
        start, end = (int(each) for each in tie.split("-"))
        if max(start, end) < len(ids):
            pairs.append((ids[start], ids[end]))
            names |= {ids[start], ids[end]}
    numbers = {name: number for name in sorted(names) if (number := ids.number(name)) is not None}

    def node(name: str) -> NamedNode:
        return rebase_iri(iri(name), task.base)

    records = excerpt(
        store,
        map(node, numbers),
        [(node(start), node(end)) for start, end in pairs],
        partial(text_in, folder),
    )
    body = json.dumps({**records, "numbers": numbers}, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > task.max_bytes:
        raise RequestError(413, f"the records have more than the {task.max_bytes:,} bytes of an answer; ask for fewer")
    return data_answer(body, "application/json")


# A worker has one build for all its life.
@lru_cache(maxsize=1)
def _ids(folder: Path) -> Ids:
    try:
        return Ids(folder / EXPLORER_IDS)
    except OSError as error:
        raise RequestError(404, "the interactive page of this build holds its records itself") from error
