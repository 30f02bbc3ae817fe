"""The page about the ontology has every term under its fragment, in both languages, and runs nothing."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import load_store
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph import HOME
from graph.model.iris import BASE, prefixes_under
from graph.ontology.docs import FILE, render_ontology_page
from graph.ontology.html import EXAMPLE
from graph.rdf.statements import read_ontology
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

PAGE = (HOME / FILE).read_text(encoding="utf-8")
MG = f"{BASE}ontology#"


class Reader(HTMLParser):
    """What elements there are, with the ids of articles, what stands in each, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.add(tag)
        self.handlers += [name for name in said if name.startswith("on")]
        if "id" in said:
            self.ids.append(said["id"] or "")
        if tag == "a":
            self.links.append(said["href"] or "")
        if tag == "article":
            self.open.append(said["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data


@pytest.fixture(scope="module")
def page() -> Reader:
    reader = Reader()
    reader.feed(PAGE)
    return reader


@cache
def ontology() -> list[Quad]:
    return read_ontology(HOME / "ontology")


def texts(node: NamedNode, *names: str) -> list[str]:
    wanted = {iri(name) for name in names}
    return [
        quad.object.value
        for quad in ontology()
        if quad.subject == node and quad.predicate in wanted and isinstance(quad.object, Literal)
    ]


def terms() -> list[NamedNode]:
    """The classes, properties, schemes and concepts of the ontology."""
    names = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "skos:ConceptScheme", "skos:Concept")
    kinds = [iri(name) for name in names]
    found = {quad.subject for quad in ontology() if quad.object in kinds}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=str)


def anchor(node: NamedNode) -> str:
    path = node.value.removeprefix(BASE)
    if node.value.startswith(MG):
        return node.value.removeprefix(MG)
    return path if "/" in path else f"{path}/"


def test_page_in_docs_is_up_to_date() -> None:
    assert render_ontology_page(HOME) == PAGE, "run: motegraf ontology"


@pytest.mark.parametrize("node", terms(), ids=anchor)
def test_term_is_under_its_fragment_with_all_texts(node: NamedNode, page: Reader) -> None:
    told = page.texts[anchor(node)]
    said = texts(node, "rdfs:label", "skos:definition", "skos:example", "dct:description")
    assert len(said) >= 2
    assert [text for text in said if text not in told] == []


def test_domains_and_ranges_are_listed(page: Reader) -> None:
    for quad in ontology():
        if quad.predicate in (iri("rdfs:domain"), iri("rdfs:range")) and isinstance(quad.object, NamedNode):
            assert isinstance(quad.subject, NamedNode)
            name = re.split("[/#]", quad.object.value)[-1]
            assert re.search(rf":{name}\b", page.texts[anchor(quad.subject)]), (quad.subject, name)


def test_links_have_targets(page: Reader) -> None:
    within = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    assert set(within) - set(page.ids) == set()
    assert [link for link in page.links if not link.startswith(("#", "http://", "https://"))] == []
    assert len(page.ids) == len(set(page.ids))


def test_page_has_no_scripts_and_no_external_resources(page: Reader) -> None:
    assert not page.tags & {"script", "iframe", "link", "object", "embed", "form", "base"}
    assert page.handlers == []
    assert "default-src 'none'" in PAGE
    assert re.findall(r'src="(?!data:image/svg\+xml;base64,)', PAGE) == []


def test_example_is_in_the_graph(built: Path) -> None:
    prefixes = "".join(f"PREFIX {name}: <{start}>\n" for name, start in prefixes_under(BASE).items())
    text = prefixes + EXAMPLE.read_text(encoding="utf-8")
    example = {quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)}
    graph = {Triple(quad.subject, quad.predicate, quad.object) for quad in load_store(built / "motegraf.nq")}
    assert len(example) > 20
    assert example - graph == set()
