"""The pages of what was decided to be the same, different or uncertain say so, and ids that are not kept lead there."""

import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from conftest import add_page
from entity_pages import words_of
from serving import RunningServer, serving
from test_identity_builds import EVENTS, NEWS, NEWS_CLAIMS, PEOPLE, PLAN, PLAN_CLAIMS, decide

from build_graph import build
from graph import HOME

pytestmark = pytest.mark.slow
HTML = "text/html"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of a plan and the news of it: one event, two people, and somebody of whom nobody can tell."""
    home = tmp_path_factory.mktemp("identity") / "home"
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, home / folder)
    (home / "corpus").mkdir()
    add_page(home, "a-plan", PLAN, PLAN_CLAIMS, "2015-01-05")
    add_page(home, "b-news", NEWS, NEWS_CLAIMS, "2015-02-03")
    decide(home, "same", *EVENTS)
    decide(home, "different", *PEOPLE)
    decide(home, "unsure", PEOPLE[0], "person:laila-bokhari")
    build(home, home / "build")
    with serving(home / "build", home / "log") as running:
        yield running


def path_of(id: str) -> str:
    kind, _, local = id.partition(":")
    return f"about/{kind}/{local}"


def test_the_page_of_an_id_that_is_not_kept_leads_to_the_one_that_is(server: RunningServer) -> None:
    answer = server.ask("GET", f"/{path_of(EVENTS[1])}?lang=en", Accept=HTML)
    # Not for ever: a decision can be taken back.
    assert (answer.status, answer.headers["location"]) == (302, f"../../{path_of(EVENTS[0])}?lang=en")
    # Its data stay, and say where it leads.
    turtle = server.ask("GET", f"/{path_of(EVENTS[1])}?format=turtle")
    assert turtle.status == 200
    assert "mg:keptAs event:toppmote-plan" in turtle.text


@pytest.mark.parametrize(
    ("id", "lang", "words"),
    [
        (
            EVENTS[0],
            "en",
            "The same as “The summit in the news” (decided by Kari on 30 November 2026) : the same day,",
        ),
        (
            EVENTS[0],
            "nb",
            "Det samme som «Toppmøtet i nyhetene» (bestemt av Kari 30. november 2026) : the same day,",
        ),
        (PEOPLE[0], "en", "Perhaps the same as Laila Bokhari (decided by Kari on 30 November 2026)"),
        (PEOPLE[0], "en", "Not the same as Per A. Hansen (decided by Kari on 30 November 2026)"),
        (PEOPLE[1], "en", "Not the same as Per Hansen (decided by Kari on 30 November 2026)"),
        ("person:laila-bokhari", "en", "Perhaps the same as Per Hansen (decided by Kari on 30 November 2026)"),
    ],
)
def test_a_page_says_what_was_decided(server: RunningServer, id: str, lang: str, words: str) -> None:
    page = server.ask("GET", f"/{path_of(id)}?lang={lang}", Accept=HTML)
    assert words in words_of(page.text)


@pytest.mark.parametrize(("lang", "words"), [("nb", "Ett og det samme"), ("en", "One and the same")])
def test_the_graph_of_decisions_has_a_name(server: RunningServer, lang: str, words: str) -> None:
    page = server.ask("GET", f"/graph/identity?lang={lang}", Accept=HTML)
    assert (page.status, words in words_of(page.text)) == (200, True)


def test_the_other_names_are_found_by_search(server: RunningServer) -> None:
    page = server.ask("GET", f"/search?q={quote('toppmøtet i nyhetene')}&lang=nb", Accept=HTML)
    assert 'href="about/event/toppmote-plan' in page.text
    assert "toppmote-nytt" not in page.text
