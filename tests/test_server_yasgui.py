"""YASGUI as the server gives it: questions from its menu, completion from this graph, and nothing from elsewhere."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from pyoxigraph import NamedNode, RdfFormat, Store
from serving import RunningServer, serving
from test_server_entities import HOSTILE, hostile_build

from graph import HOME
from graph.publish.query_files import example_files, grlc_files
from graph.query.questions import read_questions
from graph.query.stores import connect_build
from graph.server.views.yasgui import STATIC

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("yasgui") / "log") as running:
        yield running


@contextmanager
def editing(browser: Any, server: RunningServer, lang: str = "nb", more: str = "") -> Iterator[tuple[Any, list[str]]]:
    """The page, and what went wrong in it: requests to others, errors, violations of its policy, dialogs."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page, wrong = context.new_page(), []
        own = f"http://127.0.0.1:{server.port}/"
        page.on("request", lambda sent: sent.url.startswith((own, "data:")) or wrong.append(sent.url))
        page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(said.text))
        page.on("dialog", lambda asked: (wrong.append(asked.message), asked.dismiss()))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{own}yasgui/?lang={lang}{more}")
        page.wait_for_selector(".tabPanel.active .CodeMirror")
        yield page, wrong
    finally:
        context.close()


def chosen(page: Any, question: str) -> None:
    """The question of the menu has a tab, and its query has come."""
    page.select_option("#question", question)
    page.wait_for_selector("#about p")
    page.wait_for_function("() => document.querySelectorAll('.tabPanel').length > 1")


def asked(page: Any) -> None:
    """The query of the tab that is open is sent, and its answer shown."""
    page.click(".yasqe_queryButton >> visible=true")
    page.wait_for_selector(".tabPanel.active .yasr_results tbody tr")


@pytest.mark.parametrize(("lang", "event"), [("nb", "Dialogmøte i Haugesund"), ("en", "Dialogue meeting in Haugesund")])
def test_question_of_the_menu_is_answered(browser: Any, server: RunningServer, lang: str, event: str) -> None:
    with editing(browser, server, lang) as (page, wrong):
        groups = page.locator("#question optgroup option").count()
        chosen(page, "who_met_whom")
        asked(page)
        assert page.locator(".tabPanel.active .yasr_results tbody tr").count() == 2
        assert "Laila Bokhari" in page.inner_text(".tabPanel.active .yasr_results")
        assert event in page.inner_text(".tabPanel.active .yasr_results")
        assert wrong == []
        assert groups == len(server.ask("GET", "/yasgui/config.json").json["questions"])


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_question_has_its_description_and_parameters(browser: Any, server: RunningServer, lang: str) -> None:
    question = {each.name: each for each in read_questions(HOME / "queries")}["who_met_whom"]
    with editing(browser, server, lang) as (page, wrong):
        chosen(page, "who_met_whom")
        about = page.inner_text("#about")
        assert getattr(question.description, lang) in about
        assert f"?_actor: {getattr(question.parameters['actor'].label, lang)}, " in about
        value = page.evaluate("() => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
        assert "?_actor: " in value
        assert "<https://w3id.org/motegraf/person/laila-bokhari>" in value
        assert wrong == []


def test_address_opens_a_question_with_its_values(browser: Any, server: RunningServer) -> None:
    more = "&question=who_met_whom&actor=laila-bokhari&certainty=all"
    with editing(browser, server, more=more) as (page, wrong):
        page.wait_for_selector("#about p")
        asked(page)
        assert page.locator(".tabPanel.active .yasr_results tbody tr").count() == 6
        assert page.input_value("#question") == "who_met_whom"
        assert wrong == []


def test_links_of_an_answer_stay_on_this_server(browser: Any, server: RunningServer) -> None:
    with editing(browser, server, more="&question=who_met_whom") as (page, wrong):
        page.wait_for_selector("#about p")
        asked(page)
        links = page.locator(".tabPanel.active .yasr_results tbody a.iri").evaluate_all("all => all.map(a => a.href)")
        own = f"http://127.0.0.1:{server.port}/"
        assert f"{own}person/laila-bokhari" in links
        assert not [to for to in links if "w3id.org" in to]
        for to in {to for to in links if to.startswith(own)}:
            path = to.removeprefix(own.rstrip("/"))
            answer = server.ask("GET", path, Accept="text/html")
            assert (answer.status, path) == (303, path)
        assert wrong == []


def test_fields_have_names_and_the_keyboard_leaves_the_editor(browser: Any, server: RunningServer) -> None:
    with editing(browser, server) as (page, wrong):
        assert page.evaluate("() => document.activeElement === document.body")
        chosen(page, "who_met_whom")
        asked(page)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("#yasgui :is(input, textarea, select)")]
                .filter(field => !field.getAttribute("aria-label") && !field.labels?.length)
                .map(field => field.outerHTML)"""
        )
        assert nameless == []
        assert "Trykk Esc og så Tab" in page.inner_text("main")
        page.click(".tabPanel.active .CodeMirror-lines")
        inside = "() => document.activeElement.matches('.CodeMirror textarea')"
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert not page.evaluate(inside)
        assert wrong == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_axe_reports_no_violation(browser: Any, server: RunningServer, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/yasgui/?question=who_met_whom&lang=nb")
        page.wait_for_selector("#about p")
        asked(page)
        assert violations(page) == []
        ground = "() => getComputedStyle(document.querySelector('#yasgui')).filter"
        assert ("invert" in page.evaluate(ground)) == (scheme == "dark")
    finally:
        context.close()


def test_page_without_scripts_leads_to_the_form(browser: Any, server: RunningServer) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/yasgui/?lang=nb")
        assert "YASGUI trenger JavaScript." in page.content()
        page.click("noscript a")
        assert page.url.endswith("/query/?lang=nb")
    finally:
        context.close()


def test_wide_answer_scrolls_inside_a_narrow_page(browser: Any, server: RunningServer) -> None:
    with editing(browser, server) as (page, wrong):
        page.set_viewport_size({"width": 360, "height": 740})
        chosen(page, "who_met_whom")
        asked(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
        assert wrong == []


def test_terms_and_prefixes_are_completed(browser: Any, server: RunningServer) -> None:
    def completed(page: Any, typed: str) -> str:
        page.evaluate("() => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue('')")
        page.click(".tabPanel.active .CodeMirror")
        page.keyboard.type(typed)
        page.keyboard.press("Control+Space")
        page.wait_for_selector(".CodeMirror-hint")
        return str(page.inner_text(".CodeMirror-hints"))

    with editing(browser, server) as (page, wrong):
        assert "mg: <https://w3id.org/motegraf/ontology#>" in completed(page, "PREFIX m")
        page.keyboard.press("Escape")
        prefix = "PREFIX mg: <https://w3id.org/motegraf/ontology#> SELECT * { "
        assert "mg:keyEvidence" in completed(page, f"{prefix}?claim mg:key")
        assert wrong == []


def test_hostile_names_do_nothing(browser: Any, tmp_path: Path) -> None:
    with (
        serving(hostile_build(tmp_path / "hostile"), tmp_path / "log") as hostile,
        editing(browser, hostile) as (page, wrong),
    ):
        # A table of answers has its links; none may be more than an address.
        query = "SELECT * { ?thing ?property ?value FILTER(!STRSTARTS(STR(?value), 'https')) }"
        page.evaluate(
            "query => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(query)", query
        )
        asked(page)
        answers = ".tabPanel.active .yasr_results"
        assert HOSTILE[0][:10] in page.inner_text(answers)
        assert "javascript:alert(1)" in page.inner_text(answers)
        hrefs = page.locator(f"{answers} a").evaluate_all("links => links.map(link => link.getAttribute('href') ?? '')")
        assert hrefs
        # One that is no address of a page leads nowhere.
        assert {href for href in hrefs if not href.startswith(("https:", "http:", "urn:"))} == {""}
        assert [words for words in wrong if "Content Security Policy" not in words] == []
        assert page.url.startswith(f"http://127.0.0.1:{hostile.port}/yasgui/")
        assert page.evaluate("() => document.querySelectorAll('script:not([src]), iframe, object, embed').length") == 0


def test_files_are_compressed_and_conditional(server: RunningServer) -> None:
    plain = server.ask("GET", "/yasgui/yasgui.min.js")
    packed = server.ask("GET", "/yasgui/yasgui.min.js", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2
    again = server.ask("GET", "/yasgui/yasgui.min.js", If_None_Match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert server.ask("GET", "/yasgui/yasqe.js").status == 404
    config = server.ask("GET", "/yasgui/config.json", Accept_Encoding="gzip")
    assert config.headers["content-encoding"] == "gzip"
    assert server.ask("GET", "/yasgui/config.json", If_None_Match=config.headers["etag"]).status == 304
    page = server.ask("GET", "/yasgui/", Accept="text/html").text
    named = re.findall(r'(?:href|src)="([\w.]+\.[0-9a-f]{12}\.(?:js|css))"', page)
    assert len(named) == 4
    for name in named:
        assert "immutable" in server.ask("GET", f"/yasgui/{name}").headers["cache-control"]
    assert "immutable" not in plain.headers["cache-control"]
    assert server.ask("GET", "/yasgui").headers["location"] == "yasgui/"


def test_vendored_files_match_their_digests(server: RunningServer) -> None:
    listed = dict(reversed(line.split()) for line in (STATIC / "SHA256SUMS").read_text(encoding="ascii").splitlines())
    assert set(listed) == {"yasgui.min.css", "yasgui.min.js"}
    for name, digest in listed.items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
        assert hashlib.sha256(server.ask("GET", f"/yasgui/{name}").body).hexdigest() == digest
    assert "MIT License" in (STATIC / "LICENSE.txt").read_text(encoding="utf-8")


def test_editor_understands_the_exported_queries(browser: Any, server: RunningServer, built: Path) -> None:
    """YASQE itself finds no mistake in any of them, and gets the answer of one."""
    questions = read_questions(HOME / "queries")
    run, endpoint = connect_build(built), f"http://127.0.0.1:{server.port}/sparql"
    files = grlc_files(questions, endpoint, "en", run)
    examples = [Store() for _ in questions]
    for store, question in zip(examples, questions, strict=True):
        text = example_files([question], endpoint, "en", run)[f"{question.name}.ttl"]
        store.load(input=text, format=RdfFormat.TURTLE)
    select = NamedNode("http://www.w3.org/ns/shacl#select")
    queries = [data.decode() for data in files.values()]
    queries += [quad.object.value for store in examples for quad in store.quads_for_pattern(None, select, None)]
    assert len(queries) == 2 * len(questions)
    with editing(browser, server) as (page, wrong):
        valid = page.evaluate(
            """(queries) => {
                const editor = document.querySelector(".tabPanel.active .CodeMirror").CodeMirror;
                const button = document.querySelector(".tabPanel.active .yasqe_queryButton");
                return queries.map((query) => { editor.setValue(query); return button.className; });
            }""",
            [*queries, "SELECT } {"],
        )
        assert ["query_error" in each for each in valid] == [False] * len(queries) + [True]
        assert all("query_valid" in each for each in valid[:-1])
        page.evaluate(
            "(query) => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(query)",
            files["who_met_whom.rq"].decode(),
        )
        asked(page)
        assert page.locator(".tabPanel.active .yasr_results tbody tr").count() == 2
        assert wrong == []
