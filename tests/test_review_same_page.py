"""The review of what may be one, in a browser: by keys alone, by nobody but who has the key, with no name run."""

import http.client
import json
import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe import is_too_wide, violations
from browser import SIZES
from conftest import add_page
from test_identity_builds import NEWS, NEWS_CLAIMS, PLAN, PLAN_CLAIMS
from test_review_same import candidate, nothing, thing

from build_graph import build
from graph import HOME
from graph.identity.candidates import Candidate, candidates, clusters
from graph.identity.reasons import Score, reason
from graph.identity.things import Thing, things_of
from graph.model.identity import Decision, Verdict
from graph.model.iris import BASE, prefixes_under
from graph.query.results import QueryFn
from graph.query.stores import connect_build
from graph.review.guard import COOKIE, MAX_BODY, Access
from graph.review.same import SameReview
from graph.review.same_app import SameSettings, same_application
from graph.review.same_evidence import Evidence
from graph.sources.decisions.read import read_decisions
from graph.sources.decisions.write import add_decision

pytestmark = pytest.mark.browser
KEY, FILE = "the-key", "decisions/identity.yaml"
IDLE = "() => document.body.dataset.busy === 'false'"
MARKUP = "<img src=x onerror=\"document.title='run'\"><script>document.title = 'run'</script>"
THREE = (candidate("a", "b", 0.95), candidate("a", "c"), candidate("b", "c"), candidate("x", "y", 0.92))


@dataclass(frozen=True)
class Served:
    """A review that is served: its port, and its home."""

    port: int
    home: Path

    def url(self, lang: str = "nb") -> str:
        return f"http://127.0.0.1:{self.port}/?key={KEY}&lang={lang}"

    def request(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], str]:
        """The status, the headers and the text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body or None, {"Host": f"127.0.0.1:{self.port}"} | headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def asked(self, body: object, **headers: str) -> tuple[int, str]:
        """The status and the text of the answer to a decision of whoever has the key."""
        own = {"Cookie": f"{COOKIE}-{self.port}={KEY}", "Content-Type": "application/json"} | headers
        status, _, text = self.request("POST", "/decide", json.dumps(body).encode(), **own)
        return status, text

    @property
    def written(self) -> list[tuple[str, tuple[str, ...], str]]:
        """What is decided, of which ids, and why."""
        return [(each.verdict, each.ids, each.why) for each in read_decisions(self.home).entries]


@contextmanager
def served(home: Path, pairs: Sequence[Candidate], run: QueryFn | None = None, key: str = KEY) -> Iterator[Served]:
    """Serve the review of these candidates; without ``run`` no source says anything of them."""
    review = SameReview(home, clusters(pairs), "Kari Nordmann")
    evidence = Evidence(run or nothing(), prefixes_under(BASE))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        access = Access(key, frozenset({f"127.0.0.1:{port}"}))
        app = same_application(SameSettings(review, evidence, access))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Served(port, home)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Served]:
    """The review of a cluster of three people, and of two others."""
    with served(tmp_path, THREE) as here:
        yield here


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a build of the plan of a summit, and of the news of it."""
    home = tmp_path_factory.mktemp("two") / "home"
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, home / folder)
    add_page(home, "a-plan", PLAN, PLAN_CLAIMS, "2015-01-05")
    add_page(home, "b-news", NEWS, NEWS_CLAIMS, "2015-02-03")
    build(home, home / "build")
    return home


@pytest.fixture
def summit(two_pages: Path, tmp_path: Path) -> Iterator[Served]:
    """The review of the events and people of these two pages."""
    run = connect_build(two_pages / "build")
    with served(tmp_path, [*candidates(things_of(run))], run) as here:
        yield here


@contextmanager
def window(
    browser: Any, review: Served, size: str | tuple[int, int] = "wide", scheme: str = "light", lang: str = "nb"
) -> Iterator[Any]:
    """A page in a window of its own; nothing may go wrong in it but what is refused (409)."""
    width, height = SIZES[size] if isinstance(size, str) else size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(review.url(lang))
    page.wait_for_function(IDLE)
    yield page
    context.close()
    assert [each for each in wrong if "409" not in each] == []


def press(page: Any, *keys: str) -> None:
    """Press keys one after another, each when what came before is answered."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_function(IDLE, timeout=20_000)


def names(page: Any) -> tuple[str, str]:
    """The names of the pair on the screen."""
    return page.text_content("#first-name"), page.text_content("#second-name")


def decide(home: Path, verdict: Verdict, *people: str) -> None:
    """Decide as somebody else does."""
    ids = tuple(f"person:{name}" for name in people)
    add_decision(home, Decision(verdict, ids, "Åse", date(2026, 1, 2), "because"))


def test_pairs_are_decided_by_keys_alone(browser: Any, three: Served) -> None:
    with window(browser, three) as page:
        assert names(page) == ("a", "b")
        assert page.text_content("#counts") == "0 av 4 par avgjort, 4 igjen"
        press(page, "s")
        # The next pair of the same cluster, though another is likelier.
        assert names(page) == ("a", "c")
        press(page, "d")
        # That b is not c follows: nobody is asked.
        assert names(page) == ("x", "y")
        press(page, "u")
        assert page.is_visible("#done")
        assert "Alle par er avgjort" in page.text_content("#done-words")
    assert three.written == [
        ("same", ("person:a", "person:b"), "Samme dag."),
        ("different", ("person:a", "person:c"), "Ulike steder."),
        ("unsure", ("person:x", "person:y"), "Det kildene sier, avgjør det ikke."),
    ]


def test_keys_that_come_faster_than_the_answers_are_all_carried_out(browser: Any, tmp_path: Path) -> None:
    pairs = [candidate(f"a{number}", f"b{number}", 0.99 - number / 100) for number in range(12)]
    with served(tmp_path, pairs) as review, window(browser, review) as page:
        page.keyboard.type("sdsd")
        page.wait_for_function(IDLE)
        assert names(page) == ("a4", "b4")
    assert [(verdict, ids[0]) for verdict, ids, _ in review.written] == [
        ("same", "person:a0"),
        ("different", "person:a1"),
        ("same", "person:a2"),
        ("different", "person:a3"),
    ]


def test_what_each_source_says_stands_side_by_side(browser: Any, summit: Served) -> None:
    with window(browser, summit, lang="en") as page:
        first, second = page.inner_text("#first"), page.inner_text("#second")
        assert "Toppmøtet ble holdt i Oslo 2. februar 2015." in first
        assert "Justisdepartementet planlegger et toppmøte i Oslo 2. februar 2015." in second
        for words in ("summit", "2015-02-02", "Oslo"):
            assert words in first
            assert words in second
        assert ("held" in first, "planned" in second) == (True, True)
        assert page.get_attribute("#first h3 a", "href") == "https://example.org/b-news"
        assert "noopener" in page.get_attribute("#first h3 a", "rel")
        assert "the same day: 2015-02-02" in page.inner_text("#for")
        assert "nothing" in page.inner_text("#against")
        press(page, "s")
    (made,) = read_decisions(summit.home).entries
    assert made.ids == ("event:toppmote-nytt", "event:toppmote-plan")
    assert made.seen[0] == "event:toppmote-nytt: Toppmøtet ble holdt i Oslo 2. februar 2015."
    assert made.why.startswith("The same day: 2015-02-02; the same kind of event")


def test_a_reason_is_written_and_another_id_kept(browser: Any, three: Served) -> None:
    with window(browser, three) as page:
        press(page, "x", "r")
        assert names(page) == ("b", "a")
        assert page.evaluate("() => document.activeElement.id") == "why"
        # Letters in the field are no keys.
        page.keyboard.type("samme dusin luer")
        press(page, "Enter", "s")
        # A reason that nobody changed is that of the decision, and the next pair has its own.
        press(page, "d")
    assert three.written == [
        ("same", ("person:b", "person:a"), "samme dusin luer"),
        ("different", ("person:a", "person:c"), "Ulike steder."),
    ]


def test_what_was_decided_is_undone_byte_for_byte(browser: Any, three: Served) -> None:
    decide(three.home, "different", "p", "q")
    before = (three.home / FILE).read_bytes()
    with window(browser, three) as page:
        press(page, "s", "d", "z")
        assert names(page) == ("a", "c")
        press(page, "z")
        assert names(page) == ("a", "b")
        assert "Angret: a – b" in page.text_content("#status")
        assert (three.home / FILE).read_bytes() == before
        press(page, "z")
        assert page.text_content("#message") == "det er ingenting å angre"
        assert names(page) == ("a", "b")


def test_what_is_put_off_is_shown_when_it_is_asked_for(browser: Any, three: Served) -> None:
    with window(browser, three, lang="en") as page:
        press(page, "l", "l", "l", "l")
        assert "The rest (4) are left for later" in page.text_content("#done-words")
        page.click("#recall")
        page.wait_for_function(IDLE)
        assert names(page) == ("a", "b")
    assert not (three.home / FILE).exists()


def test_pairs_are_looked_at_without_a_decision(browser: Any, three: Served) -> None:
    with window(browser, three) as page:
        press(page, "ArrowRight", "ArrowRight")
        assert names(page) == ("b", "c")
        press(page, "ArrowLeft")
        assert names(page) == ("a", "c")
        assert page.inner_text("#cluster [aria-current=true]").startswith("a og c")
        page.click("#cluster li:first-child button")
        page.wait_for_function(IDLE)
        assert names(page) == ("a", "b")
    assert not (three.home / FILE).exists()


def test_a_contradiction_is_told_with_its_decisions(browser: Any, three: Served) -> None:
    with window(browser, three) as page:
        # Meanwhile somebody else decides.
        decide(three.home, "same", "b", "c")
        decide(three.home, "different", "a", "c")
        before = (three.home / FILE).read_bytes()
        press(page, "s")
        told = page.text_content("#message")
        assert "person:a og person:b er allerede avgjort å være ulike" in told
        assert "person:a ≠ person:c (Åse, 2026-01-02, identity.yaml:" in told
        assert "person:b = person:c (Åse" in told
        # The pair is on the screen again, with what is decided of it; b is what c leads to since.
        assert names(page) == ("b", "a")
        assert "Dette paret er avgjort: ulike" in page.text_content("#judgement")
    assert (three.home / FILE).read_bytes() == before


def test_what_somebody_decided_meanwhile_is_told(browser: Any, three: Served) -> None:
    with window(browser, three, lang="en") as first, window(browser, three, lang="en") as second:
        press(first, "s")
        press(second, "s")
        assert "decided already (the same): person:a = person:b (Kari Nordmann" in second.text_content("#message")
        press(second, "ArrowRight", "d")
        assert second.text_content("#counts") == "3 of 4 pairs decided, 1 left"
    assert [verdict for verdict, *_ in three.written] == ["same", "different"]


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("decisions: [\n", "not YAML"),
        ("decisions:\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", "decisions/identity.yaml:2: two versions were merged"),
    ],
)
def test_a_broken_file_is_told_and_kept(browser: Any, three: Served, broken: str, message: str) -> None:
    file = three.home / FILE
    with window(browser, three) as page:
        file.parent.mkdir()
        file.write_text(broken, encoding="utf-8")
        press(page, "s")
        assert message in page.text_content("#message")
        # Nothing stands as decided that the file does not have.
        assert names(page) == ("a", "b")
        assert file.read_text(encoding="utf-8") == broken
        file.unlink()
        press(page, "s")
        assert page.text_content("#message") == ""
        assert names(page) == ("a", "c")
    assert [verdict for verdict, *_ in three.written] == ["same"]


def test_a_file_that_is_broken_from_the_start_is_told_until_it_is_mended(browser: Any, three: Served) -> None:
    file = three.home / FILE
    file.parent.mkdir()
    file.write_text("decisions: [\n", encoding="utf-8")
    with window(browser, three) as page:
        assert "not YAML" in page.text_content("#message")
        assert (page.is_visible("#same"), page.is_visible("#done")) == (False, False)
        press(page, "s", "x", "ArrowRight")
        assert file.read_text(encoding="utf-8") == "decisions: [\n"
        file.unlink()
        page.click("#retry")
        page.wait_for_function(IDLE)
        assert names(page) == ("a", "b")
        assert page.is_hidden("#retry")


def test_single_keys_can_be_turned_off(browser: Any, three: Served) -> None:
    with window(browser, three) as page:
        press(page, "?")
        page.uncheck("#keys-on")
        press(page, "s", "d")
        assert names(page) == ("a", "b")
        page.click("#buttons button:first-child")
        page.wait_for_function(IDLE)
    assert [verdict for verdict, *_ in three.written] == ["same"]


def test_names_are_no_markup_and_run_nothing(browser: Any, tmp_path: Path) -> None:
    hostile = Thing("person:m", "person", (MARKUP, "</script>" * 5), sources=("s",))
    hebrew = Thing("person:h", "person", ("שלום \u202eevil", "x" * 10_000))
    score = Score(0.9, (reason("name", MARKUP, MARKUP),), (reason("other", "y" * 5_000, "y" * 5_000),))
    pairs = [Candidate(hostile, hebrew, score)]
    with served(tmp_path, pairs) as review, window(browser, review, "narrow") as page:
        assert page.title() == "Én og samme? – Møtegraf"
        assert page.evaluate("() => document.querySelectorAll('main script, main img').length") == 0
        assert page.text_content("#first-name") == MARKUP
        assert page.get_attribute("#second-name", "dir") == "auto"
        assert not is_too_wide(page)
        assert violations(page) == []
        press(page, "s")
    assert review.written[0][1] == ("person:m", "person:h")


def test_a_cluster_of_five_hundred_is_shown(browser: Any, tmp_path: Path) -> None:
    middle = thing("m")
    pairs = [candidate(middle, f"t{number}") for number in range(500)]
    with served(tmp_path, pairs) as review, window(browser, review) as page:
        press(page, "s", "s", "d")
        assert page.text_content("#counts") == "3 av 500 par avgjort, 497 igjen"
        assert page.locator("#cluster li").count() == 12
        assert "… og 488 par til" in page.text_content("#cluster-more")


@pytest.mark.parametrize(
    ("size", "scheme", "lang"),
    [
        ("wide", "light", "nb"),
        ("wide", "dark", "en"),
        ("narrow", "dark", "nb"),
        # A window of 1280 × 900 at 400 %.
        ((320, 225), "light", "en"),
    ],
)
def test_axe_reports_no_violation(
    browser: Any, summit: Served, size: str | tuple[int, int], scheme: str, lang: str
) -> None:
    with window(browser, summit, size, scheme, lang) as page:
        press(page, "?")
        assert violations(page) == []
        assert not is_too_wide(page)
        press(page, "s", "d")
        assert page.is_visible("#done")
        assert violations(page) == []
        assert not is_too_wide(page)


def test_the_focus_goes_down_the_page_and_stays_where_it_was(browser: Any, summit: Served) -> None:
    with window(browser, summit) as page:
        order = []
        for _ in range(9):
            page.keyboard.press("Tab")
            order.append(page.evaluate("() => document.activeElement.id || document.activeElement.textContent"))
        assert order[:5] == ["skip", "language", "b-news", "a-plan", "why"]
        assert order[5:8] == ["Samme (s)", "Ulike (d)", "Usikkert (u)"]
        page.focus("#buttons button:nth-child(2)")
        press(page, "Enter")
        assert page.evaluate("() => document.activeElement.textContent") == "Ulike (d)"
        # Who cannot see the screen is told what was decided, and what comes.
        assert page.text_content("#status").startswith(
            "Ulike: Toppmøtet i nyhetene – Toppmøtet som var planlagt. Neste:"
        )
    assert [verdict for verdict, *_ in summit.written] == ["different"]


def test_two_reviews_run_at_once_in_one_browser(browser: Any, three: Served, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with served(tmp_path / "other", THREE, key="another-key") as other:
        context = browser.new_context()
        try:
            first, second = context.new_page(), context.new_page()
            first.goto(three.url())
            first.wait_for_function(IDLE)
            second.goto(f"http://127.0.0.1:{other.port}/?key=another-key")
            second.wait_for_function(IDLE)
            press(first, "s")
            press(second, "d")
        finally:
            context.close()
        assert [verdict for verdict, *_ in three.written] == ["same"]
        assert [verdict for verdict, *_ in other.written] == ["different"]


def test_only_who_has_the_key_is_answered(three: Served) -> None:
    status, headers, text = three.request("GET", "/screen.json")
    assert (status, "has the key" in text) == (403, True)
    assert "script-src 'self'" in headers["content-security-policy"]
    assert three.request("GET", "/?key=another")[0] == 403
    cookie = {"Cookie": f"{COOKIE}-{three.port}={KEY}"}
    assert three.request("GET", "/screen.json", **cookie)[0] == 200
    same = {"what": "same", "number": 0}
    assert three.asked(same, Cookie=f"{COOKIE}-{three.port}=another")[0] == 403
    assert three.asked(same, Host="evil.example")[0] == 421
    assert three.asked(same, Origin="http://evil.example")[0] == 403
    assert three.asked(same, **{"Content-Type": "text/plain"})[0] == 415
    # A change is never made by an address alone.
    assert three.request("GET", "/decide?what=same&number=0", **cookie)[0] == 405
    assert three.request("PUT", "/decide", b"{}", **cookie)[0] == 405
    assert not (three.home / FILE).exists()


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ({"what": "burn", "number": 0}, 400, "is no decision"),
        ({"what": ["same"], "number": 0}, 400, "is no decision"),
        ({"what": "same"}, 400, "there is no such pair"),
        ({"what": "same", "number": -1}, 400, "there is no such pair"),
        ({"what": "same", "number": 4}, 400, "there is no such pair"),
        ({"what": "same", "number": True}, 400, "there is no such pair"),
        ({"what": "same", "number": "0"}, 400, "there is no such pair"),
        ({"what": "same", "number": 0, "kept": "person:z"}, 400, "the id that is kept is one of the two"),
        ({"what": "same", "number": 0, "kept": ["person:a"]}, 400, "the id that is kept is one of the two"),
        ({"what": "same", "number": 0, "why": 5}, 400, "a reason is a text"),
        ({"what": "same", "number": 0, "why": "x" * 2_001}, 400, "a reason is a text"),
        ({"what": "same", "number": 0, "why": "\ud800"}, 400, "U+D800"),
        ({"what": "same", "number": 0, "why": "x" * MAX_BODY}, 413, "bytes at most"),
        ({"what": "undo"}, 409, "det er ingenting å angre"),
        (["same"], 400, "a decision is an object"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(
    three: Served, asked: object, status: int, message: str
) -> None:
    found, text = three.asked(asked)
    assert (found, message in text) == (status, True), text
    assert not (three.home / FILE).exists()


@pytest.mark.parametrize("number", ["4", "-1", "x", "0" * 30, "¹"])
def test_a_pair_that_is_not_there_is_told(three: Served, number: str) -> None:
    path = f"/screen.json?number={number}".replace("¹", "%C2%B9")
    status, _, text = three.request("GET", path, Cookie=f"{COOKIE}-{three.port}={KEY}")
    assert (status, "there is no such pair" in text) == (400, True)
