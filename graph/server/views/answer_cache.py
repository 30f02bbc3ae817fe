"""Answers that workers have made, so that the same one is not made again for the next who asks the same of the build.

Two kinds are kept in memory, each within a bound of its own: whole pages of the site, and small results of queries that
have been asked before, with the same words and all else that the answer depends on. No error is kept, and nothing that
would be another answer next time; all of a build goes as soon as another one is asked.
"""

import gzip
import io
import re
import sys
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import TypeVar

from graph.server.snapshot.reload import AppState
from graph.server.workers.ipc import EntityTask, PageTask, QueryTask, Reply, Task
from graph.server.workers.process import WorkerAnswer

MAX_PAGES = 4_096
MAX_BYTES = 16_000_000
# A larger answer is rare, and would take the place of many.
MAX_PAGE_BYTES = 128_000
# Queries of which is known that they were asked before, at least.
MAX_ASKED = 4_096
# What a result that is kept takes besides its body and the texts of its task, at most.
_ENTRY_BYTES = 4_000
# Calls of functions whose value is another one each time, before which the engine needs no space (ORDER BYRAND()); a
# comment may stand before the bracket. What only looks like one, and what an escape may hide (\u0052AND), is not kept
# either. It is looked for where all clients wait: in time that grows as the query does.
_CHANGING = re.compile(r"\\u|(?:now|rand|uuid)\s*+[(#]", re.IGNORECASE)
Key = tuple[object, ...]
AnyTask = TypeVar("AnyTask", bound=Task)


class AnswerCache:
    """The last answers that were asked for, at most so many and so large together; ``hits``: how often one was there.

    ``twice``: only those are kept that were asked for before.
    """

    def __init__(self, max_answers: int = MAX_PAGES, max_bytes: int = MAX_BYTES, twice: bool = False) -> None:
        """Begin with none."""
        self.hits = self.bytes = 0
        self._max_answers, self._max_bytes, self._twice = max_answers, max_bytes, twice
        self._answers: OrderedDict[Key, tuple[Reply, bytes, int]] = OrderedDict()
        # Hashes alone, which say nothing of what was asked.
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._build: object = None
        self._lock = Lock()

    def forget_others(self, build: object) -> None:
        """Forget the answers of any other build."""
        if build != self._build:
            with self._lock:
                self._build, self.bytes = build, 0
                self._answers.clear()
                self._asked.clear()

    def get(self, key: Key) -> WorkerAnswer | None:
        """Return an answer that is kept, or None."""
        with self._lock:
            kept = self._answers.get(key)
            if kept is None:
                return None
            self._answers.move_to_end(key)
            self.hits += 1
        reply, body, _ = kept
        return WorkerAnswer(reply, io.BytesIO(body))

    def put(self, key: Key, answer: WorkerAnswer, extra: int = 0) -> WorkerAnswer:
        """Keep an answer, if it is one to keep, and return it to be sent; ``extra``: bytes that its key takes."""
        reply = answer.reply
        if reply.status != 200 or reply.message is not None or reply.size > MAX_PAGE_BYTES:
            return answer
        if self._twice and not self._asked_before(key):
            return answer
        with answer.body as file:
            body = file.read()
        with self._lock:
            if key not in self._answers:
                self._answers[key] = (reply, body, len(body) + extra)
                self.bytes += len(body) + extra
            while len(self._answers) > self._max_answers or self.bytes > self._max_bytes:
                _, (_, _, size) = self._answers.popitem(last=False)
                self.bytes -= size
        return WorkerAnswer(reply, io.BytesIO(body), answer.client, answer.store)

    def _asked_before(self, key: Key) -> bool:
        """Return whether this was asked for lately, and note that it is now."""
        asked = hash(key)
        with self._lock:
            if asked in self._asked:
                return True
            self._asked[asked] = None
            if len(self._asked) > max(MAX_ASKED, self._max_answers):
                self._asked.popitem(last=False)
        return False


PAGES = AnswerCache()


@lru_cache(maxsize=1)
def result_cache(max_bytes: int) -> AnswerCache:
    """Return the cache of results of queries that holds so many bytes."""
    # Each is counted with so many bytes at least.
    return AnswerCache(max_bytes // _ENTRY_BYTES, max_bytes, twice=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the answer to a task is kept: in ``cache`` under ``key``, as the answer to ``task``.

    ``extra`` is how many bytes are kept besides its body.
    """

    cache: AnswerCache
    key: Key
    task: Task
    extra: int

    def get(self) -> WorkerAnswer | None:
        """Return the answer that is kept, or None."""
        return self.cache.get(self.key)

    def put(self, answer: WorkerAnswer) -> WorkerAnswer:
        """Keep an answer, if it is one to keep, and return it to be sent."""
        return self.cache.put(self.key, answer, self.extra)


def place_of(task: Task, state: AppState) -> Place | None:
    """Return where the answer to a task is kept; None where it is none of those that are.

    A page says on which day it was read, so that it is another one tomorrow.
    """
    extra = 0
    if isinstance(task, PageTask) or (isinstance(task, EntityTask) and task.format == "html"):
        cache, task = PAGES, kept_form(task)
    elif isinstance(task, QueryTask) and state.limits.max_result_cache_bytes and is_repeatable(task.query):
        cache, extra = result_cache(state.limits.max_result_cache_bytes), _bytes_of(task)
    else:
        return None
    build = str(state.snapshot.folder)
    cache.forget_others(build)
    return Place(cache, (task, build, state.snapshot.tag, date.today()), task, extra)


def _bytes_of(task: QueryTask) -> int:
    """Return how many bytes a task takes, at most."""
    texts = (task.query, task.address, task.lang, *(task.default_graphs or ()), *(task.named_graphs or ()))
    return sum(map(sys.getsizeof, texts)) + _ENTRY_BYTES


def kept_form(task: AnyTask) -> AnyTask:
    """Return the task whose answer is kept: a page is kept once, compressed, for those as well who take it plain."""
    return replace(task, gzip=True)


def as_wanted(answer: WorkerAnswer, task: Task) -> WorkerAnswer:
    """Return an answer that is kept in the form that a task wants: not compressed where its client does not take it."""
    if task.gzip or not answer.reply.gzip:
        return answer
    with answer.body as file:
        body = gzip.decompress(file.read())
    reply = replace(answer.reply, gzip=False, size=len(body))
    return WorkerAnswer(reply, io.BytesIO(body), answer.client, answer.store)


# The same queries are asked often.
@lru_cache(maxsize=64)
def is_repeatable(query: str) -> bool:
    """Return whether a query has the same answer each time, as long as the build is the same."""
    return _CHANGING.search(query) is None
