"""The review in a browser: by keys alone, by nobody but who has the key, and with nothing of the reviewed page run."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe import is_too_wide, violations
from browser import SIZES
from conftest import add_page
from small_page import linked_home
from test_proposals import NEWS

from graph.review import journal
from graph.review.app import Settings, application
from graph.review.guard import COOKIE, MAX_BODY
from graph.sources.pages.context import Background
from graph.sources.proposals.write import propose_page

pytestmark = pytest.mark.browser
KEY = "the-key"
HOSTILE = """\
Møte i Haugesund <script>document.title = "run"</script>

Torsdag 14. mars arrangerte Haugesund kommune et dialogmøte i Haugesund. <img src=x onerror="document.title='run'">
Ordfører Arne <b>Moen</b> åpnet møtet.
"""


@dataclass(frozen=True)
class Served:
    """A review that is served: its port, and the folder of its page."""

    port: int
    folder: Path

    def url(self, **parameters: str) -> str:
        more = "".join(f"&{name}={value}" for name, value in parameters.items())
        return f"http://127.0.0.1:{self.port}/?key={KEY}&page=mote{more}"

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        """The status, the headers and the text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body or None, {"Host": f"127.0.0.1:{self.port}"} | headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def asked(self, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """The status and the text of an answer to whoever has the key."""
        method, sent = ("POST", json.dumps(body).encode()) if body is not None else ("GET", b"")
        own = {"Cookie": f"{COOKIE}-{self.port}={KEY}"} | (
            {"Content-Type": "application/json"} if body is not None else {}
        )
        status, _, text = self.request(method, path, sent, **(own | headers))
        return status, text


@contextmanager
def served(tmp_path: Path, background: Background, text: str = NEWS) -> Iterator[Served]:
    folder = add_page(linked_home(tmp_path), "mote", text, "# mine\n", "2024-03-20")
    propose_page(folder, background)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        settings = Settings(folder.parent, background, KEY, frozenset({f"127.0.0.1:{port}"}))
        server = uvicorn.Server(uvicorn.Config(application(settings), log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Served(port, folder)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def review(tmp_path: Path, background: Background) -> Iterator[Served]:
    with served(tmp_path, background) as here:
        yield here


@contextmanager
def window(browser: Any, review: Served, size: str = "wide", scheme: str = "light", **parameters: str) -> Iterator[Any]:
    """A page in a window of its own; nothing may go wrong in it."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(review.url(**parameters))
    page.wait_for_selector("#sentences li")
    yield page
    context.close()
    # A conflict is answered by 409, which the console tells.
    assert [each for each in wrong if "409" not in each] == []


def states(page: Any) -> list[str]:
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('#sentences button')].map(each => each.dataset.state)"
    )
    return found


def settled(page: Any) -> None:
    """Wait until every decision has been answered."""
    page.wait_for_function("() => document.body.dataset.busy !== 'true'", timeout=20_000)


def test_a_page_is_reviewed_by_keys_alone(browser: Any, review: Served) -> None:
    with window(browser, review) as page:
        for key in ("Enter", "Enter", "r"):
            page.keyboard.press(key)
        settled(page)
        assert states(page) == ["empty", "accepted", "accepted", "rejected", "empty", "empty"]
    made = journal.read(review.folder)
    assert [each.what for each in made] == ["accept", "accept", "accept", "reject"]


def test_nothing_is_claimed_by_a_key_and_a_reason(browser: Any, review: Served) -> None:
    with window(browser, review) as page:
        page.keyboard.press("Enter")
        page.keyboard.press("n")
        assert "1 " in page.text_content("#message")
        page.keyboard.press("3")
        settled(page)
        assert states(page)[2] == "no claim"
    assert "reason: a view" in (review.folder / "claims.yaml").read_text(encoding="utf-8")


def test_a_role_is_mended_by_its_number(browser: Any, review: Served) -> None:
    with window(browser, review) as page:
        page.keyboard.press("Enter")
        settled(page)
        page.keyboard.press("1")
        settled(page)
    made = journal.read(review.folder)[-1]
    assert (made.what, made.field, made.before["role"]) == ("change", "role", "opener")


def test_roles_are_mended_one_after_another(browser: Any, tmp_path: Path, background: Background) -> None:
    text = NEWS.replace("Ordfører Arne Moen åpnet møtet.", "Ordfører Arne Moen og rektor Kari Berg åpnet møtet.")
    with served(tmp_path, background, text) as review, window(browser, review) as page:
        page.keyboard.press("Enter")
        for _ in range(2):
            # The next key is for the next proposal, not for the one that was just decided.
            page.keyboard.press("1")
        settled(page)
        assert states(page)[2] == "accepted"
    changed = [each for each in journal.read(review.folder) if each.what == "change"]
    assert [each.field for each in changed] == ["role", "role"]
    assert len({str(each.path) for each in changed}) == 2


def test_a_sentence_that_was_left_goes_on_with_what_is_open(browser: Any, review: Served) -> None:
    with window(browser, review) as page:
        for key in ("a", "j", "k", "a"):
            page.keyboard.press(key)
            settled(page)
        assert states(page)[1] == "accepted"


def test_everything_is_undone_by_one_key(browser: Any, review: Served) -> None:
    before = (review.folder / "claims.yaml").read_bytes()
    with window(browser, review) as page:
        for key in ("Enter", "Enter", "Enter", "u", "u", "u", "u"):
            page.keyboard.press(key)
            settled(page)
    assert (review.folder / "claims.yaml").read_bytes() == before


def test_a_missing_claim_is_added_with_the_words_that_are_selected(browser: Any, review: Served) -> None:
    with window(browser, review) as page:
        page.keyboard.press("Enter")
        settled(page)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("+")
        page.fill("#name", "Per Sund")
        page.select_option("#role", "participant")
        page.keyboard.press("Enter")
        settled(page)
    text = (review.folder / "claims.yaml").read_text(encoding="utf-8")
    assert "name: Per Sund" in text
    assert "quote: Leder Per Sund sier at møtet var viktig." in text


def test_two_windows_lose_nothing(browser: Any, review: Served) -> None:
    with window(browser, review) as first, window(browser, review) as second:
        first.keyboard.press("Enter")
        settled(first)
        second.keyboard.press("Enter")
        settled(second)
        # What was decided already is not decided again, and the second window shows it.
        assert states(second)[1] == "accepted"
    assert len(journal.read(review.folder)) == 2


def test_an_edit_of_the_file_meanwhile_is_told_and_kept(browser: Any, review: Served) -> None:
    claims = review.folder / "claims.yaml"
    with window(browser, review) as page:
        page.keyboard.press("Enter")
        settled(page)
        claims.write_text(claims.read_text(encoding="utf-8").replace("role: opener", "role: chair"), encoding="utf-8")
        page.keyboard.press("a")
        page.wait_for_function("() => document.getElementById('message').textContent")
        assert "has changed since it was shown" in page.text_content("#message")
        # A refused decision does not leave the page waiting.
        settled(page)
    assert "role: chair" in claims.read_text(encoding="utf-8")


def test_what_could_not_be_decided_does_not_stand_as_decided(browser: Any, review: Served) -> None:
    claims = review.folder / "claims.yaml"
    whole = claims.read_text(encoding="utf-8")
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(review.url())
        page.wait_for_selector("#sentences li")
        before = states(page)
        claims.write_text("events: [\n", encoding="utf-8")
        page.keyboard.press("Enter")
        settled(page)
        assert "claims.yaml:2: not YAML" in page.text_content("#message")
        assert states(page) == before
        claims.write_text(whole, encoding="utf-8")
        page.click("#sentences li:nth-child(2) button")
        page.keyboard.press("Enter")
        settled(page)
        assert states(page)[1] == "accepted"
    finally:
        context.close()


def test_nothing_of_the_page_runs_or_is_markup(browser: Any, tmp_path: Path, background: Background) -> None:
    with served(tmp_path, background, HOSTILE) as review, window(browser, review) as page:
        for _ in range(4):
            page.keyboard.press("j")
        assert page.title() != "run"
        assert page.evaluate("() => document.querySelectorAll('main script, main img, main b').length") == 0
        assert "<b>Moen</b>" in page.text_content("#sentences")


@pytest.mark.parametrize(
    ("size", "scheme", "lang"), [("wide", "light", "nb"), ("narrow", "dark", "en"), ("narrow", "light", "nb")]
)
def test_axe_reports_no_violation(browser: Any, review: Served, size: str, scheme: str, lang: str) -> None:
    with window(browser, review, size, scheme, lang=lang) as page:
        assert violations(page) == []
        assert not is_too_wide(page)


def test_only_who_has_the_key_is_answered(review: Served) -> None:
    status, headers, text = review.request("GET", "/page.json?page=mote")
    assert (status, "has the key" in text) == (403, True)
    assert "script-src 'self'" in headers["content-security-policy"]
    assert review.request("GET", "/?key=another")[0] == 403
    assert review.request("GET", "/page.json?page=mote", Cookie=f"{COOKIE}-{review.port}=another")[0] == 403
    assert review.asked("/page.json?page=mote")[0] == 200


def test_the_key_becomes_a_cookie_that_no_script_reads(review: Served) -> None:
    status, headers, _ = review.request("GET", f"/?key={KEY}&page=mote&lang=en")
    assert (status, headers["location"]) == (303, "/?page=mote&lang=en")
    assert all(words in headers["set-cookie"] for words in ("HttpOnly", "SameSite=strict"))


def test_other_names_and_other_sites_are_refused(review: Served) -> None:
    assert review.asked("/page.json?page=mote", Host="evil.example")[0] == 421
    assert review.asked("/decide", {"page": "mote", "what": "undo"}, Origin="http://evil.example")[0] == 403


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ({"page": "mote", "what": "undo"}, 400, "there is nothing to undo"),
        ({"page": "../mote", "what": "undo"}, 400, "is no page of the corpus"),
        ({"page": "mote", "what": "burn"}, 409, "this entry is not there any more"),
        ({"page": "mote", "what": "accept", "path": ["events", "mote"], "digest": "0"}, 409, "has changed"),
        ({"page": "mote", "what": "sentence", "number": 99}, 409, "this sentence is not there any more"),
        ({"page": "mote", "what": "no_claim", "quote": " ", "reason": "x"}, 400, "say which words claim nothing"),
        ({"page": "mote", "what": "add", "event": "x", "name": "A", "role": "chair", "quote": "q"}, 400, "no event"),
        (["undo"], 400, "a decision is an object"),
        ({"page": "mote", "what": "accept", "path": 5}, 409, "this entry is not there any more"),
        ({"page": "mote", "what": "sentence", "number": 0, "shown": 5}, 400, "pairs of a path and a digest"),
        ({"page": "mote", "what": "sentence", "number": 0, "shown": [[[["x"]], "0"]]}, 400, "no path of an entry"),
        ({"page": "mote", "what": "no_claim", "quote": "\ud800", "reason": "x"}, 400, "U+D800 cannot stand in a claim"),
        ({"page": "mote", "what": "no_claim", "quote": "a\0", "reason": "x"}, 400, "U+0000 cannot stand in a claim"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(
    review: Served, asked: object, status: int, message: str
) -> None:
    before = (review.folder / "claims.yaml").read_bytes()
    found, text = review.asked("/decide", asked)
    assert (found, message in text) == (status, True), text
    assert (review.folder / "claims.yaml").read_bytes() == before
    assert journal.read(review.folder) == []


def test_a_decision_is_json_of_a_reasonable_size(review: Served) -> None:
    own = {"Cookie": f"{COOKIE}-{review.port}={KEY}"}
    assert review.request("POST", "/decide", b"{}", **own, **{"Content-Type": "text/plain"})[0] == 415
    assert review.request("POST", "/decide", b"{", **own, **{"Content-Type": "application/json"})[0] == 400
    assert review.request("POST", "/decide", b"[" * 9_000, **own, **{"Content-Type": "application/json"})[0] == 400
    assert review.asked(f"/check.json?page=mote&path={'[' * 9_000}")[0] == 400
    large = b"[" + b"0," * MAX_BODY + b"0]"
    assert review.request("POST", "/decide", large, **own, **{"Content-Type": "application/json"})[0] == 413


def test_each_entry_is_checked_when_it_is_accepted(review: Served) -> None:
    path = json.dumps(["events", "mote"])
    status, text = review.asked(f"/check.json?page=mote&path={path.replace(' ', '')}".replace('"', "%22"))
    assert status == 200
    assert json.loads(text)["findings"] == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/static/../review.html", 404),
        ("POST", "/page.json", 405),
        ("GET", "/page.json?page=none", 400),
        ("GET", "/page.json?page=mote", 200),
        ("GET", f"/?key={KEY}", 303),
        ("GET", "/check.json?page=mote&path=1", 400),
        ("GET", "/pages.json", 500),
    ],
)
def test_every_answer_has_the_same_headers(
    review: Served, method: str, path: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("graph.review.app._pages", fail)
    answer, headers, _ = review.request(method, path, Cookie=f"{COOKIE}-{review.port}={KEY}")
    assert answer == status
    for name in ("content-security-policy", "cache-control", "x-content-type-options", "x-frame-options"):
        assert headers.get(name), name
    assert "default-src 'none'" in headers["content-security-policy"]


def test_a_page_that_cannot_be_read_is_listed_with_what_is_wrong(browser: Any, review: Served) -> None:
    review.folder.joinpath("claims.yaml").write_text("events: [\n", encoding="utf-8")
    status, text = review.asked("/pages.json")
    assert status == 200
    listed = {each["id"]: each for each in json.loads(text)}
    assert "claims.yaml:2: not YAML" in listed["mote"]["problem"]
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{review.port}/?key={KEY}&lang=en")
        page.wait_for_selector("#list li")
        assert "claims.yaml:2: not YAML" in page.inner_text("#list li:has-text('mote')")
    finally:
        context.close()
