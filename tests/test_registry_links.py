"""Links of bodies and areas to Wikidata and to the register of legal entities: each with its source, none guessed."""

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import ask, load_store
from entity_pages import EntityPages
from pyoxigraph import Store

from graph import HOME
from graph.common.findings import FindingsError
from graph.registry.identifiers import identifiers_of
from graph.registry.load import read_registry

pytestmark = pytest.mark.unit

WIKIDATA, BRREG = "http://www.wikidata.org/entity/", "https://data.brreg.no/enhetsregisteret/api/enheter/"
# Whom the page itself names, with the counties of its municipalities, by what they are.
NAMED = """SELECT DISTINCT ?thing ?kind {
  GRAPH ?graph { { ?claim ?link ?said } UNION { ?said ?link ?claim } }
  FILTER(?graph NOT IN (graph:registry, graph:ontology))
  GRAPH graph:registry {
    { ?said org:classification ?kind BIND(?said AS ?thing) }
    UNION { ?said a cv:AdminUnit ; schema:containedInPlace? ?thing . ?thing a cv:AdminUnit
      BIND(cv:AdminUnit AS ?kind) } } }"""
LINKS = "SELECT ?thing ?address { GRAPH graph:registry { ?thing schema:sameAs ?address } }"
ROWS = {
    "body-type:ministry": "ministries",
    "body-type:municipality": "municipalities, as bodies",
    "body-type:county-municipality": "county municipalities",
    "body-type:police-district": "police districts",
}


@pytest.fixture(scope="module")
def store(built: Path) -> Store:
    return load_store(built / "motegraf.nq")


def row_of(thing: str, kind: str) -> str:
    if kind == "cv:AdminUnit":
        return "municipalities, as areas" if thing.startswith("kommune:") else "counties, as areas"
    return ROWS.get(kind, "other bodies")


def test_document_counts_the_links_of_those_whom_the_page_names(store: Store) -> None:
    links = ask(store, LINKS)
    items = {thing for thing, address in links if address.startswith(("wd:", WIKIDATA))}
    numbers = {thing for thing, address in links if address.startswith(BRREG)}
    counts: dict[str, Counter[str]] = {}
    for thing, kind in ask(store, NAMED):
        counts.setdefault(row_of(thing, kind), Counter()).update(
            {
                "named": 1,
                "items": int(thing in items),
                "numbers": int(thing in numbers),
                "none": int(thing not in items | numbers),
            }
        )
    document = (HOME / "docs/registry.md").read_text(encoding="utf-8").split("<!-- links -->")[1]
    table = {
        name: tuple(map(int, cells.split("|")))
        for name, cells in re.findall(r"^\| ([a-z, ]+?) \| ([\d |]+) \|$", document, re.MULTILINE)
    }
    assert table == {
        name: (each["named"], each["items"], each["numbers"], each["none"]) for name, each in counts.items()
    }


def test_document_counts_the_links_of_the_whole_registry() -> None:
    registry = read_registry(HOME / "registry")
    bodies = [body for body in registry.organisations.values() if body.kind == "municipality"]
    areas = {
        kind: [area for area in registry.areas.values() if area.id.startswith(kind)] for kind in ("kommune", "fylke")
    }
    with_item = {kind: sum(1 for area in each if area.wikidata) for kind, each in areas.items()}
    document = " ".join((HOME / "docs/registry.md").read_text(encoding="utf-8").split())
    assert (
        f"{with_item['kommune']} of {len(areas['kommune'])} areas of municipalities, "
        f"{with_item['fylke']} of {len(areas['fylke'])} areas of counties and "
        f"{sum(1 for body in bodies if body.wikidata)} of {len(bodies)} municipalities as bodies have an item of "
        f"Wikidata; {sum(1 for body in bodies if body.number)} municipalities as bodies have an organisation number."
    ) in document


def test_every_link_has_its_source(store: Store) -> None:
    sources: dict[str, set[str]] = {}
    for thing, source in ask(store, "SELECT ?thing ?source { GRAPH graph:registry { ?thing dc:source ?source } }"):
        sources.setdefault(thing, set()).add(source)
    lacking = [
        (thing, address)
        for thing, address in ask(store, LINKS)
        if not any(
            source.startswith("organisation number: " if address.startswith(BRREG) else "Wikidata Q")
            for source in sources.get(thing, ())
        )
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("path", "lang", "shown"),
    [
        (
            "organisation/sarpsborg-kommune",
            "en",
            [
                f'href="{WIKIDATA}Q108025"',
                f'href="{BRREG}938801363"',
                "number in Wikidata, Q108025",
                "Artsdatabanken snapshot 2019-12",
                "Difi list 2017; SSB Klass 1236 (2020)",
            ],
        ),
        ("organisation/sarpsborg-kommune", "nb", ["nummer i Wikidata, Q108025", "organisasjonsnummer"]),
        (
            "organisation/oslo-kommune",
            "nb",
            ["nummer i Wikidata", "Q5245991 (et annet uttrekk, fra 2020-04)", "Q585 (Artsdatabanken snapshot 2019-12)"],
        ),
        ("organisation/justis-og-beredskapsdepartementet", "en", [f'href="{BRREG}972417831"', "Difi list 2017"]),
        ("area/no/kommune/0105", "en", [f'href="{WIKIDATA}Q108025"', "Artsdatabanken snapshot 2019-12"]),
    ],
)
def test_page_shows_links_with_their_sources(built: Path, path: str, lang: str, shown: list[str]) -> None:
    markup = EntityPages(built).markup(path, lang)
    facts = markup[markup.index('class="registry"') :]
    assert [each for each in shown if each not in facts] == []


def test_item_on_which_sources_differ_is_no_link_and_no_proof(store: Store) -> None:
    assert [link for thing, link in ask(store, LINKS) if thing == "organisation:oslo-kommune"] == [f"{BRREG}958935420"]
    assert identifiers_of(read_registry(HOME / "registry"))["organisation:oslo-kommune"] == {("no-orgnr", "958935420")}


def test_item_of_two_municipalities_is_a_finding_with_both(empty_home: Path) -> None:
    file = empty_home / "registry/municipality_bodies.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Q107135", "Q108025"), encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        read_registry(empty_home / "registry")
    lines = [number for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if "Q108025" in line]
    assert [str(each) for each in error.value.findings] == [
        f"registry/municipality_bodies.yaml:{lines[1]}: Wikidata Q108025 is that of fredrikstad-kommune "
        f"(registry/municipality_bodies.yaml:{lines[0]}); an id of another register is that of one person or body"
    ]
