"""Rows of registers for the interactive page of a graph that no file can hold, which asks for those that it shows."""

import json
from functools import lru_cache
from pathlib import Path

from graph.builds.manifest import EXPLORER_ROWS
from graph.explorer.data.rows_file import RowsFile
from graph.server.errors import RequestError
from graph.server.workers.ipc import RecordsTask
from graph.server.workers.replies import Answer, data_answer

_PARTS = ("participation", "possible")


def answer_records(task: RecordsTask, folder: Path) -> Answer:
    """Return the rows in which the entities of a task are, as JSON, with their templates.

    ``rows`` are lists: the numbers of the entities of a row, which of the ``templates`` it has, and its values
    (``graph/explorer/data/part_records.py``). ``numbers`` are those of the entities that are asked for by id; what has
    no row is left out. Raise RequestError where the page of the build holds its rows itself.
    """
    file = _rows_file(folder)
    numbers = {name: number for name in task.ids if (number := _number_of(name, file)) is not None}
    templates: dict[int, int] = {}
    listed, rows = list[object](), list[object]()
    for row in file.rows([*map(int, task.numbers), *numbers.values()]):
        place = templates.setdefault(id(row.template), len(templates))
        if place == len(listed):
            listed.append(row.template)
        rows.append([row.entities, place, row.values])
    content = {"templates": listed, "rows": rows, "numbers": numbers}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > task.max_bytes:
        raise RequestError(413, f"the rows have more than the {task.max_bytes:,} bytes of an answer; ask for fewer")
    return data_answer(body, "application/json")


def _number_of(name: str, file: RowsFile) -> int | None:
    """Return the number of an entity in rows, or that of the event in which something of this name is a part."""
    prefix, _, local = name.partition(":")
    if prefix not in _PARTS:
        return file.number(name)
    words = local.split(".")
    events = (f"event:{'.'.join(words[:end])}" for end in range(len(words) - 1, 0, -1))
    return next((number for event in events if (number := file.number(event)) is not None), None)


# A worker has one build for all its life.
@lru_cache(maxsize=1)
def _rows_file(folder: Path) -> RowsFile:
    try:
        return RowsFile(folder / EXPLORER_ROWS)
    except OSError as error:
        raise RequestError(404, "the interactive page of this build holds its records itself") from error
