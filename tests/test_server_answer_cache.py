"""Pages are kept for the next reader: whole ones only, few enough, and of the build that is served."""

import gzip
import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from loops import run
from starlette.requests import Request

from graph.server.limits import Limits
from graph.server.views import answer_cache, sparql
from graph.server.views.answer_cache import AnswerCache, as_wanted, is_repeatable, kept_form, place_of, result_cache
from graph.server.workers.ipc import PageTask, QueryTask, Reply
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


def test_the_pages_that_nobody_asked_for_go_first() -> None:
    cache = AnswerCache(max_answers=2)
    for name in ("a", "b"):
        cache.put((name,), answer())
    cache.get(("a",))
    cache.put(("c",), answer())
    assert [cache.get((name,)) is not None for name in ("a", "b", "c")] == [True, False, True]


def test_all_pages_together_have_a_limit() -> None:
    cache = AnswerCache(max_bytes=10)
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


def test_a_result_is_kept_when_it_is_asked_for_again() -> None:
    cache = AnswerCache(twice=True)
    first = answer(b"one")
    assert cache.put(("a",), first) is first
    assert cache.get(("a",)) is None
    cache.put(("a",), answer(b"one"))
    assert (body_of(cache.get(("a",))), cache.hits) == (b"one", 1)


def test_few_questions_are_remembered_to_have_been_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MAX_ASKED", 2)
    cache = AnswerCache(max_answers=2, twice=True)
    for name in "abca":
        cache.put((name,), answer())
    # Of the first, two others have come since.
    assert cache.get(("a",)) is None


def test_what_is_kept_besides_an_answer_counts() -> None:
    cache = AnswerCache(max_bytes=100)
    cache.put(("a",), answer(b"1234"), 90)
    assert cache.bytes == 94
    cache.put(("b",), answer(b"1234"), 3)
    assert (cache.get(("a",)), cache.bytes) == (None, 7)


def test_answers_of_another_build_are_forgotten() -> None:
    cache = AnswerCache(twice=True)
    cache.forget_others("one")
    for _ in range(2):
        cache.put(("a",), answer())
        cache.forget_others("one")
    assert cache.get(("a",)) is not None
    cache.forget_others("two")
    assert (cache.get(("a",)), cache.bytes) == (None, 0)
    # Nor is it known that it was asked.
    cache.put(("a",), answer())
    assert cache.get(("a",)) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (NOW() AS ?now) {}", False),
        ("SELECT * { BIND(rand ( ) AS ?x) }", False),
        ("SELECT * { BIND(UUID # a comment (\n# another\n() AS ?x) }", False),
        ("SELECT * { BIND(StrUUID() AS ?x) }", False),
        ("SELECT * { BIND(\\u0052AND() AS ?x) }", False),
        ("#+ what was, and what is now\nSELECT ?now { ?now ?uuid mg:rand }", True),
        ("SELECT (BNODE() AS ?x) {}", True),
        ("SELECT * { ?s ?p ?o } ORDER BYRAND()", False),
        ("SELECT (MIN(DISTINCTUUID()) AS ?x) { ?s ?p ?o }", False),
        # Not called, but before a comment it is not looked further.
        ("ASK {} #now#", False),
        ("ASK {} #" + "now " * 4_000, True),
    ],
)
def test_a_query_with_another_answer_each_time_is_seen(query: str, expected: bool) -> None:
    assert is_repeatable(query) is expected


@pytest.mark.parametrize("megabytes", [1, 100])
def test_as_many_small_results_are_kept_as_have_room(megabytes: int) -> None:
    cache = result_cache(megabytes * 1_000_000)
    room = megabytes * 1_000_000 // 5_000
    for _ in range(2):
        for number in range(room):
            cache.put((number,), answer(b"x"), 4_999)
    assert sum(cache.get((number,)) is not None for number in range(room)) == room


QUERY: dict[str, Any] = {
    "base": "",
    "max_rows": 1,
    "max_bytes": 1,
    "gzip": False,
    "query": "ASK {}",
    "lang": "nb",
    "validate": True,
    "default_graphs": None,
    "named_graphs": None,
    "table_format": "json",
    "boolean_format": "json",
    "graph_format": "turtle",
    "address": "http://127.0.0.1/sparql",
}


def state(max_bytes: int = 1_000_000, folder: str = "one") -> Any:
    snapshot = SimpleNamespace(folder=Path(folder), tag=folder, store=Path(folder) / "store")
    return SimpleNamespace(snapshot=snapshot, limits=Limits(max_result_cache_bytes=max_bytes), pool=None)


def test_a_result_is_kept_for_who_asks_the_same_in_every_respect() -> None:
    place = place_of(QueryTask(**QUERY), state())
    assert place is not None
    others: dict[str, Any] = {
        "gzip": True,
        "query": "ASK { }",
        "lang": "en",
        "default_graphs": ("urn:a",),
        "named_graphs": ("urn:a",),
        "table_format": "csv",
        "boolean_format": "xml",
        "graph_format": None,
        "max_rows": 2,
        "max_bytes": 2,
        "address": "http://localhost/sparql",
        "lang_chosen": True,
        "settings": ("a",),
        "base": "http://a/",
    }
    for name, value in others.items():
        other = place_of(QueryTask(**QUERY | {name: value}), state())
        assert other is not None
        assert other.key != place.key, name
    same, later = place_of(QueryTask(**QUERY), state()), place_of(QueryTask(**QUERY), state(folder="two"))
    assert same is not None
    assert later is not None
    assert (same.key == place.key, later.key == place.key) == (True, False)


def test_the_words_of_a_query_count_as_well() -> None:
    short, long = (place_of(QueryTask(**QUERY | {"query": query}), state()) for query in ("ASK {}", "#" * 10_000))
    assert short is not None
    assert long is not None
    assert long.extra - short.extra == 10_000 - len("ASK {}")


def test_no_result_is_kept_where_none_is_to_be() -> None:
    assert place_of(QueryTask(**QUERY), state(max_bytes=0)) is None
    assert place_of(QueryTask(**QUERY | {"query": "SELECT (NOW() AS ?x) {}"}), state()) is None


@pytest.mark.parametrize("answers", ["one", "two"])
def test_an_answer_has_the_tag_of_the_build_that_has_answered(monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    """Another build comes while a query waits for a worker, or while one answers it."""
    serving, results = state(folder="one"), []
    task = QueryTask(**QUERY | {"query": f"ASK {{ # {answers}\n }}"})

    async def submit(*_: object) -> WorkerAnswer:
        serving.snapshot = state(folder="two").snapshot
        made = answer()
        made.store = Path(answers) / "store"
        return made

    monkeypatch.setattr(sparql, "submit", submit)
    for _ in range(2):
        serving.snapshot = state(folder="one").snapshot
        request = Request({"type": "http", "headers": [], "client": None})
        results.append(run(sparql.run_task(request, serving, task, {})).headers["etag"])
    assert [etag.partition("-")[0] for etag in results] == [f'W/"{answers}'] * 2
    # Nobody is given it as that of the other.
    place = place_of(task, state(folder="one"))
    assert place is not None
    assert place.get() is None
