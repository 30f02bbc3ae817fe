"""Pages that workers have made, so that the same page is not made again for the next reader of the same build.

Only whole pages of the site are kept, never results of queries of anybody's own; and so few that memory stays bounded.
"""

import gzip
import io
from collections import OrderedDict
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TypeVar

from graph.server.snapshot.reload import AppState
from graph.server.workers.ipc import EntityTask, PageTask, Reply, Task
from graph.server.workers.process import WorkerAnswer

MAX_PAGES = 4_096
MAX_BYTES = 16_000_000
# A larger page is rare, and would take the place of many.
MAX_PAGE_BYTES = 128_000
Key = tuple[object, ...]
AnyTask = TypeVar("AnyTask", bound=Task)


class AnswerCache:
    """The last pages that were asked for, at most so many and so large together."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pages: OrderedDict[Key, tuple[Reply, bytes]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key) -> WorkerAnswer | None:
        """Return an answer that is kept, or None."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None:
                return None
            self._pages.move_to_end(key)
        reply, body = kept
        return WorkerAnswer(reply, io.BytesIO(body))

    def put(self, key: Key, answer: WorkerAnswer) -> WorkerAnswer:
        """Keep an answer, if it is one to keep, and return it to be sent."""
        reply = answer.reply
        if reply.status != 200 or reply.message is not None or reply.size > MAX_PAGE_BYTES:
            return answer
        with answer.body as file:
            body = file.read()
        with self._lock:
            if key not in self._pages:
                self._pages[key] = (reply, body)
                self._bytes += len(body)
            while len(self._pages) > MAX_PAGES or self._bytes > MAX_BYTES:
                _, (_, oldest) = self._pages.popitem(last=False)
                self._bytes -= len(oldest)
        return WorkerAnswer(reply, io.BytesIO(body), answer.client)


PAGES = AnswerCache()


def kept_form(task: AnyTask) -> AnyTask:
    """Return the task whose answer is kept: a page is kept once, compressed, for those as well who take it plain."""
    return replace(task, gzip=True)


def as_wanted(answer: WorkerAnswer, task: Task) -> WorkerAnswer:
    """Return an answer that is kept in the form that a task wants: not compressed where its client does not take it."""
    if task.gzip or not answer.reply.gzip:
        return answer
    with answer.body as file:
        body = gzip.decompress(file.read())
    return WorkerAnswer(replace(answer.reply, gzip=False, size=len(body)), io.BytesIO(body), answer.client)


def key_of(task: Task, state: AppState) -> Key | None:
    """Return by what the answer to a task is kept; None where it is none of those that are.

    A page says on which day it was read, so that it is another one tomorrow.
    """
    if isinstance(task, PageTask) or (isinstance(task, EntityTask) and task.format == "html"):
        return kept_form(task), str(state.snapshot.folder), state.snapshot.tag, date.today()
    return None
