"""What readers come for: from the first page each is done in three actions at most, and nobody types an address.

An action is a click, a choice, or words that are typed and sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from serving import RunningServer, serving

pytestmark = pytest.mark.browser

MAX_ACTIONS = 3


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("readers") / "log") as running:
        yield running


@dataclass
class Reader:
    """Somebody at the first page, who counts what they do."""

    page: Any
    own: str
    actions: int = 0

    def follow(self, name: str, within: str = "body") -> None:
        """Click the first link of that name, and wait until what it leads to can be read."""
        self.actions += 1
        # A click alone does not wait: what is asked next may be answered by the page before, or by one without a root.
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.link(name, within).click()

    def link(self, name: str, within: str = "body") -> Any:
        """The first link with these words; to those who hear it, it can say more."""
        words = re.compile(rf"^\s*{re.escape(name)}\s*$")
        return self.page.locator(within).locator("a", has_text=words).first

    def unfold(self, name: str) -> None:
        self.actions += 1
        self.page.locator("summary", has_text=name).first.click()

    def search(self, words: str) -> None:
        self.actions += 1
        self.page.locator("input[type=search]").first.fill(words)
        with self.page.expect_navigation(url="**/search?**", wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")

    @property
    def text(self) -> str:
        return " ".join(self.page.inner_text("main").split())

    def address_of(self, name: str) -> str:
        """The path of a link on the page."""
        href = self.link(name).evaluate("each => each.href")
        return str(href).removeprefix(self.own.rstrip("/"))


@pytest.fixture
def reader(browser: Any, server: RunningServer) -> Iterator[Reader]:
    """A reader of Norwegian at the first page; at the end they have done no more than three things."""
    with reading(browser, server, 1280) as here:
        yield here


def reading(browser: Any, server: RunningServer, width: int) -> Any:
    from contextlib import contextmanager

    @contextmanager
    def at_the_first_page() -> Iterator[Reader]:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="nb-NO")
        own = f"http://127.0.0.1:{server.port}/"
        here = Reader(context.new_page(), own)
        here.page.goto(own)
        yield here
        assert 0 < here.actions <= MAX_ACTIONS
        context.close()

    return at_the_first_page()


def test_whom_did_somebody_meet_and_which_sentence_says_so(reader: Reader) -> None:
    reader.search("Bokhari")
    reader.follow("Laila Bokhari", "main")
    reader.follow("Hvem møtte Laila Bokhari, med setningene")
    assert "Jøran Kallmyr Laila Bokhari Konferanse i Sarpsborg" in reader.text
    assert "«Statssekretær ved statsministerens kontor Laila Bokhari var også til stede på konferansen.»" in reader.text
    assert "Laila Bokhari Yousef Bartho Assidiq Dialogmøte i Haugesund" in reader.text


def test_meetings_in_a_county(reader: Reader) -> None:
    reader.search("Rogaland")
    reader.follow("Rogaland", "main")
    assert "Dialogmøte i Haugesund" in reader.text
    assert "Dialogmøte i Stavanger" in reader.text
    assert "Dialogmøte i Oslo" not in reader.text


@pytest.mark.parametrize(
    ("name", "media", "words"),
    [
        ("Turtle", "text/turtle", "haugesund"),
        ("JSON-LD", "application/ld+json", "@context"),
        ("CSV", "text/csv", "Bokhari"),
    ],
)
def test_event_as_data(reader: Reader, server: RunningServer, name: str, media: str, words: str) -> None:
    reader.follow("Dialogmøte i Haugesund", "main")
    answer = server.ask("GET", reader.address_of(name), Accept="text/html")
    reader.actions += 1
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media)
    assert words in answer.text


def test_question_with_a_parameter_in_yasgui(reader: Reader) -> None:
    reader.follow("Dialogmøte i Haugesund", "main")
    reader.follow("Hvem møtte Laila Bokhari?")
    reader.follow("Endre den i YASGUI")
    reader.page.wait_for_selector("#about p")
    query = reader.page.evaluate("() => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    assert "<https://w3id.org/motegraf/person/laila-bokhari>" in query
    reader.page.click(".yasqe_queryButton >> visible=true")
    reader.page.wait_for_selector(".tabPanel.active .yasr_results tbody tr")
    assert "Yousef Bartho Assidiq" in reader.page.inner_text(".tabPanel.active .yasr_results")


def test_link_to_a_claim(reader: Reader, server: RunningServer) -> None:
    reader.follow("Dialogmøte i Haugesund", "main")
    reader.follow("påstanden", "main")
    assert "/about/claim/" in reader.page.url
    assert "Laila Bokhari" in reader.text
    address = reader.page.url.removeprefix(reader.own.rstrip("/")).replace("/about/", "/")
    assert server.ask("GET", address, Accept="text/html").status == 303


def test_what_possible_means(reader: Reader) -> None:
    reader.follow("Hva ordene betyr")
    assert "mulig" in reader.text.casefold()
    assert "og/eller" in reader.text


def test_what_changed_between_builds(reader: Reader) -> None:
    reader.follow("Hva er endret")
    assert reader.page.url.partition("?")[0] == f"{reader.own}changes"
    assert "endr" in reader.text.casefold()


def test_how_an_event_is_cited(reader: Reader) -> None:
    reader.follow("Dialogmøte i Haugesund", "main")
    citation = reader.page.inner_text(".citation")
    assert "«Dialogmøte i Haugesund, desember 2014»" in citation
    build = reader.page.inner_text("footer").split("Utgave ")[1].split(",")[0]
    assert f"utgave {build} (" in citation
    assert citation.rstrip().endswith("/event/haugesund-2014-12")


def test_search_for_a_body(reader: Reader) -> None:
    reader.search("Minotenk")
    reader.follow("Minotenk", "main")
    assert reader.page.inner_text("h1").strip().startswith("Minotenk")
    assert "Tankesmie" in reader.text


def test_card_of_an_event_can_be_embedded(reader: Reader, server: RunningServer) -> None:
    reader.follow("Dialogmøte i Haugesund", "main")
    reader.unfold("Bygg inn på et annet nettsted")
    assert "<iframe src=" in reader.text
    card = server.ask("GET", "/card/event/haugesund-2014-12", Accept="text/html")
    assert card.status == 200
    assert "frame-ancestors 'none'" not in card.headers["content-security-policy"]
    assert "/card/event/haugesund-2014-12" in reader.text


def test_everything_is_read_on_a_telephone(browser: Any, server: RunningServer) -> None:
    with reading(browser, server, 360) as reader:
        assert fits(reader)
        reader.follow("Dialogmøte i Haugesund", "main")
        assert fits(reader)
        reader.follow("Hvem møtte Laila Bokhari?")
        assert fits(reader)
        assert min(box["width"] for box in boxes(reader, ".answer tbody tr:first-child td:not(.empty)")) > 280


def fits(reader: Reader) -> bool:
    return bool(reader.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def boxes(reader: Reader, selector: str) -> list[dict[str, float]]:
    return [each.bounding_box() for each in reader.page.locator(selector).all()]
