"""Pages are kept for the next reader: whole ones only, few enough, and of the build that is served."""

import gzip
import io
from dataclasses import replace
from typing import Any

import pytest

from graph.server.views import answer_cache
from graph.server.views.answer_cache import AnswerCache, as_wanted, kept_form
from graph.server.workers.ipc import PageTask, Reply
from graph.server.workers.process import WorkerAnswer

pytestmark = pytest.mark.unit


def answer(body: bytes = b"page", status: int = 200, **more: Any) -> WorkerAnswer:
    return WorkerAnswer(Reply(status=status, size=len(body), media_type="text/html", **more), io.BytesIO(body))


def body_of(found: WorkerAnswer | None) -> bytes | None:
    return None if found is None else found.body.read()


def test_a_page_is_kept_and_given_again() -> None:
    cache = AnswerCache()
    assert cache.get(("a",)) is None
    assert body_of(cache.put(("a",), answer(b"one"))) == b"one"
    assert [body_of(cache.get(("a",))) for _ in range(2)] == [b"one", b"one"]
    assert cache.get(("b",)) is None


@pytest.mark.parametrize(
    "other",
    [
        answer(status=404),
        answer(message="this took too long"),
        answer(b"x" * (answer_cache.MAX_PAGE_BYTES + 1)),
    ],
    ids=["nothing", "an error", "a large page"],
)
def test_what_is_no_page_or_a_large_one_is_not_kept(other: WorkerAnswer) -> None:
    cache = AnswerCache()
    assert cache.put(("a",), other) is other
    assert cache.get(("a",)) is None


def test_the_pages_that_nobody_asked_for_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MAX_PAGES", 2)
    cache = AnswerCache()
    for name in ("a", "b"):
        cache.put((name,), answer())
    cache.get(("a",))
    cache.put(("c",), answer())
    assert [cache.get((name,)) is not None for name in ("a", "b", "c")] == [True, False, True]


def test_all_pages_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MAX_BYTES", 10)
    cache = AnswerCache()
    for number in range(20):
        cache.put((number,), answer(b"1234"))
    assert sum(cache.get((number,)) is not None for number in range(20)) == 2
    # The same page twice is counted once.
    for _ in range(5):
        cache.put((19,), answer(b"1234"))
    assert sum(cache.get((number,)) is not None for number in range(20)) == 2


def test_a_page_is_kept_once_and_given_as_each_client_takes_it() -> None:
    task = PageTask(base="", max_rows=1, max_bytes=1, gzip=False, page="front", path="", root="", lang="nb")
    packed = replace(task, gzip=True)
    assert kept_form(task) == kept_form(packed) == packed
    body = gzip.compress(b"page")
    plain = as_wanted(answer(body, gzip=True), task)
    assert (plain.body.read(), plain.reply.size, plain.reply.gzip) == (b"page", 4, False)
    assert body_of(as_wanted(answer(body, gzip=True), packed)) == body
    assert body_of(as_wanted(answer(b"short"), task)) == b"short"
