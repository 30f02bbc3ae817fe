"""Records for the interactive page: what a request asks for, checked, as a task for a worker."""

import re

from starlette.requests import Request
from starlette.responses import Response

from graph.model.iris import LOCAL_NAME, PREFIXES
from graph.server.errors import RequestError
from graph.server.views.responses import state_of
from graph.server.views.sparql import run_task, task_limits
from graph.server.workers.ipc import RecordsTask

# So many entities and ties are given at once: as many as the page draws.
MAX_RECORDS = 700
_NUMBERS, _TIES = re.compile(r"\d{1,9}(\.\d{1,9})*"), re.compile(r"\d{1,9}-\d{1,9}(\.\d{1,9}-\d{1,9})*")


async def records(request: Request) -> Response:
    """Return the records of ``entities`` (numbers: ``12.15``), ``ties`` (``12-15.12-16``) and ``id`` as JSON."""
    numbers, ties = _list(request, "entities", _NUMBERS), _list(request, "ties", _TIES)
    ids = tuple(request.query_params.getlist("id"))
    for id in ids:
        prefix, _, local = id.partition(":")
        if prefix not in PREFIXES or not LOCAL_NAME.fullmatch(local):
            raise RequestError(400, "id is a compact name such as event:oslo-2014")
    if not 0 < len(numbers) + len(ties) + len(ids) <= MAX_RECORDS:
        raise RequestError(400, f"give entities, ties or id; at most {MAX_RECORDS} at once")
    state = state_of(request)
    task = RecordsTask(numbers=numbers, ids=ids, ties=ties, **task_limits(request, state))
    return await run_task(request, state, task, {})


def _list(request: Request, name: str, form: re.Pattern[str]) -> tuple[str, ...]:
    given = request.query_params.get(name, "")
    if given and not form.fullmatch(given):
        example = "12-15.12-16" if name == "ties" else "12.15"
        raise RequestError(400, f"{name} is a list of numbers such as {example}")
    return tuple(given.split(".")) if given else ()
