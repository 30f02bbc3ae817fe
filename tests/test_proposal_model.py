"""A second proposer: what it answers well is added, and nothing that it answers badly, slowly or slyly does harm."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_proposals import DAY, NEWS

from graph import HOME
from graph.__main__ import motegraf
from graph.sources.pages.context import Background
from graph.sources.proposals.model import KEY_VARIABLE, MAX_ANSWER, Model, ModelError, with_model
from graph.sources.proposals.propose import Proposals, propose
from graph.sources.proposals.write import propose_text

pytestmark = pytest.mark.slow
EVENT = "Torsdag 14. mars arrangerte Haugesund kommune et dialogmøte i Haugesund."
OPENED = "Ordfører Arne Moen åpnet møtet."
QUOTED = "Leder Per Sund sier at møtet var viktig."
Answer = Callable[[BaseHTTPRequestHandler], None]


class Stub:
    """A model on this machine that answers as a test says, and keeps what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                stub.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                stub.keys.append(self.headers["Authorization"])
                answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def stubs() -> Iterator[Callable[[Answer], Stub]]:
    made: list[Stub] = []

    def make(answer: Answer) -> Stub:
        made.append(Stub(answer))
        return made[-1]

    yield make
    for each in made:
        each.end()


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def says(*parts: dict[str, str], quote: str = EVENT, **event: str) -> Answer:
    content = {"events": [{"quote": quote, "kind": "meeting", "status": "held", "parts": list(parts)} | event]}
    return sends(json.dumps({"choices": [{"message": {"content": json.dumps(content)}}]}).encode())


def part(name: str, role: str, quote: str, kind: str = "person") -> dict[str, str]:
    return {"name": name, "role": role, "quote": quote, "kind": kind}


def rules(background: Background) -> Proposals:
    return propose(NEWS, "nb", DAY, None, background)


def added(stub: Stub, background: Background) -> tuple[list[tuple[str, list[str], str]], int]:
    """What a model adds to the proposals of the rules, and how much of its answer was dropped."""
    before = rules(background)
    after, dropped = with_model(before, Model(stub.url, "m", timeout=2.0))
    new = [each for each in after.parts if each not in before.parts]
    return [(each.name.who, each.roles, each.strength) for each in new], dropped


def test_what_stands_in_the_page_is_added_as_weak(stubs: Callable[[Answer], Stub], background: Background) -> None:
    stub = stubs(says(part("Per Sund", "participant", QUOTED)))
    assert added(stub, background) == ([("Per Sund", ["participant"], "weak")], 0)
    assert stub.asked[0]["messages"][1]["content"] == NEWS
    assert stub.asked[0]["response_format"]["json_schema"]["schema"]["additionalProperties"] is False


def test_what_both_propose_is_sure(stubs: Callable[[Answer], Stub], background: Background) -> None:
    stub = stubs(says(part("Arne Moen", "opener", OPENED)))
    found, _ = with_model(rules(background), Model(stub.url, "m"))
    assert [each.strength for each in found.parts if each.name.who == "Arne Moen"] == ["sure"]


@pytest.mark.parametrize(
    "wrong",
    [
        part("Per Sund", "participant", "Per Sund deltok på møtet."),  # an invented sentence
        part("Per Sund", "participant", QUOTED.replace("viktig", "nyttig")),  # a changed word
        part("Kari Nordmann", "participant", QUOTED),  # somebody who is not in the quote
        part("Per Sund", "boss", QUOTED),  # no role
        part("Per Sund", "participant", "Per … viktig"),  # words left out
        part("Per Sund", "participant", "m"),  # words that stand there more than once
        part("", "participant", QUOTED),
        {"review": "accepted"},
    ],
)
def test_what_cannot_be_found_again_is_dropped(
    stubs: Callable[[Answer], Stub], background: Background, wrong: dict[str, str]
) -> None:
    assert added(stubs(says(wrong)), background) == ([], 1)


def test_nothing_comes_out_as_accepted_and_the_check_has_its_say(
    stubs: Callable[[Answer], Stub], background: Background
) -> None:
    sly = part("Per Sund", "chair", QUOTED) | {"review": "accepted"}
    stub = stubs(says(sly, review="accepted"))
    _, entries = propose_text(NEWS, "nb", DAY, None, background, lambda each: with_model(each, Model(stub.url, "m"))[0])
    (event,) = entries.sections["events"].values()
    assert {event["review"], *(each["review"] for each in event["participations"])} == {"proposed"}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (sends(b"no", 429), "the model answered 429"),
        (sends(b"", 302, Location="http://127.0.0.1:9/"), "the model answered 302"),
        (sends(b"<html>"), "not the JSON that was asked for"),
        (sends(b'{"choices": []}'), "not the JSON that was asked for"),
        (sends(b'{"choices": [{"message": {"content": "{\\"events\\": [{"}}]}'), "not the JSON that was asked for"),
        (sends(b"[" * 100_000), "not the JSON that was asked for"),
        (sends(b" " * (MAX_ANSWER + 10)), "more than 2,000,000 bytes"),
    ],
    ids=["busy", "elsewhere", "page", "empty", "cut off", "deep", "huge"],
)
def test_a_bad_answer_is_one_line(
    stubs: Callable[[Answer], Stub], background: Background, answer: Answer, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        with_model(rules(background), Model(stubs(answer).url, "m", timeout=2.0))


def test_an_answer_that_never_ends_is_given_up(stubs: Callable[[Answer], Stub], background: Background) -> None:
    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            try:
                handler.wfile.write(b" ")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    with pytest.raises(ModelError, match="cannot be reached: it took more than"):
        with_model(rules(background), Model(stubs(drips).url, "m", timeout=0.3))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "x", "http://"])
def test_only_addresses_of_the_web_are_asked(background: Background, url: str) -> None:
    with pytest.raises(ModelError, match="is no address of a model"):
        with_model(rules(background), Model(url, "m"))


def test_the_key_is_read_from_the_environment_alone(
    stubs: Callable[[Answer], Stub], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    stub = stubs(says(part("Per Sund", "participant", QUOTED)))
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    more = ("--language", "nb", "--published", "2024-03-20", "--model-url", stub.url, "--model", "m")
    done = CliRunner().invoke(motegraf, ["propose", str(tmp_path / "news.txt"), "--home", str(HOME), *more])
    assert done.exit_code == 0, done.output
    assert stub.keys == ["Bearer secret"]
    assert "the text of the page leaves this machine" in done.stderr
    assert "secret" not in done.output


def test_a_model_that_fails_costs_a_line_and_no_proposal(tmp_path: Path, stubs: Callable[[Answer], Stub]) -> None:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    more = ("--language", "nb", "--published", "2024-03-20", "--model-url", stubs(sends(b"", 500)).url, "--model", "m")
    done = CliRunner().invoke(motegraf, ["propose", str(tmp_path / "news.txt"), "--home", str(HOME), *more])
    assert done.exit_code == 0, done.output
    assert "warning: the model answered 500" in done.stderr
    assert "Arne Moen: opener" in done.stdout


def test_a_model_is_named_whole_or_not_at_all(tmp_path: Path) -> None:
    done = CliRunner().invoke(motegraf, ["propose", "--home", str(HOME), "--model", "m"])
    assert (done.exit_code, "--model-url and --model together" in done.stderr) == (2, True)
