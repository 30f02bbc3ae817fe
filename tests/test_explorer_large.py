"""The interactive page of a large graph: all can be searched, what is drawn can be read, what is left out is said."""

import json
import re
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import pytest
from browser import Opened, opened, overlap, used
from large_graph import FEWER, LARGE_MEETING, MEETINGS, large_graph, large_page, page_of

from graph.explorer.data.columns import counted_entities, counted_ties, make_columns
from graph.explorer.data.records import Answer, Payload

pytestmark = pytest.mark.browser

MOST = 300
STATES = [
    "#",
    "#all=yes",
    "#role=role:introducer",
    "#kind=body&kind=event&status=status:planned",
    "#from=2015-01-01&to=2015-06-30",
    f"#around={LARGE_MEETING}",
    f"#around={LARGE_MEETING}&rings=2",
    "#around=person:p03&rings=2",
    f"#around={LARGE_MEETING}&more={LARGE_MEETING}",
    "#more=person:p03&more=event:m0003",
]


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    return large_graph()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "explorer.html"
    file.write_bytes(large_page())
    return file


@pytest.fixture
def wide(desktop_page: Opened) -> Iterator[Opened]:
    with used(desktop_page):
        whole(desktop_page)
        yield desktop_page


def address(hash: str) -> str:
    """Return the address of a state in the network: it names the view unless it asks for something drawn."""
    is_drawn = any(name in hash for name in ("view=", "around=", "all=", "more="))
    return hash if is_drawn else f"{hash}&view=network"


def whole(page: Opened, hash: str = "#") -> None:
    """Opens the page at a state, in the network where it names no view, and waits until all is read and searchable."""
    page.go(address(hash))
    page.page.wait_for_function(
        "() => motegraf.data.isWhole() && motegraf.counts.isReady() && motegraf.searchEntities.isReady()"
    )
    page.settle()


def number(text: str) -> int:
    return int(re.sub(r"\s", "", text))


def counted(page: Opened) -> list[int]:
    """N of M names, and N of M ties, as the page says them."""
    words = page.page.locator("#count").inner_text()
    names, all_names, _, _, *ties = (
        number(each) for each in re.findall(r"\d[\d\s]*\d|\d", words.split("forbindelser")[0])
    )
    return [names, all_names, *ties]


def most_met(payload: dict[str, Any]) -> set[str]:
    """The 30 agents of each kind with the most meetings that were held."""
    kind = {entity["id"]: entity["kind"] for entity in payload["entities"]}
    held = {entity["id"] for entity in payload["entities"] if entity.get("status") == "status:held"}
    meetings = Counter(tie["from"] for tie in payload["ties"] if tie["to"] in held)
    ranked = sorted(meetings, key=lambda agent: (-meetings[agent], agent))
    return {
        agent for each in ("person", "body", "group") for agent in [name for name in ranked if kind[name] == each][:30]
    }


def test_the_same_graph_gives_the_same_bytes(file: Path) -> None:
    assert large_page() == file.read_bytes()


def test_first_payload_holds_the_first_view(file: Path, payload: dict[str, Any]) -> None:
    text = file.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert found
    first = json.loads(found[1])
    drawn = {node["id"] for node in first["drawing"]["nodes"]}
    assert {entity["id"] for entity in first["entities"]} == drawn | most_met(payload)
    assert first["summary"]["most"]["id"] in most_met(payload)
    names = [entity["id"] for entity in payload["entities"]]
    assert [names[number] for number in first["numbers"]] == [entity["id"] for entity in first["entities"]]
    assert (first["summary"]["entities"], first["summary"]["ties"]) == (len(payload["entities"]), len(payload["ties"]))
    # Every part stands after the last script that is run, so that none is waited for.
    assert (
        0
        < text.rindex("window.motegraf = motegraf")
        < text.index('<script type="application/octet-stream" data-chunk>')
    )


def test_all_chunks_arrive(wide: Opened, payload: dict[str, Any]) -> None:
    names = list(payload["claims"])
    number_of = {name: number for number, name in enumerate(names)}
    planned = {entity["id"] for entity in payload["entities"] if entity.get("status") == "status:planned"}
    # A claim goes by its number there, and a part in what is planned is planned.
    ties = [
        tie
        | {"claims": [number_of[name] for name in tie["claims"]]}
        | {"certainty": "planned" if tie["to"] in planned else "certain"}
        for tie in payload["ties"]
    ]
    arrived = wide.page.evaluate("[[...motegraf.data.entities.values()], [...motegraf.data.ties.values()]]")
    assert sorted(arrived[0], key=lambda entity: entity["id"]) == payload["entities"]
    assert sorted(arrived[1], key=lambda tie: tie["id"]) == sorted(ties, key=lambda tie: tie["id"])
    keys = ("iri", "source", "keyEvidence", "context")
    claims = wide.page.evaluate("names => names.map((_, number) => motegraf.data.claims[number])", names)
    assert [{key: claim[key] for key in keys} for claim in claims] == [
        {key: payload["claims"][name][key] for key in keys} for name in names
    ]


def test_agents_arrive_first(file: Path, payload: dict[str, Any]) -> None:
    chunks = [
        json.loads(zlib.decompress(b64decode(each)))
        for each in re.findall(r" data-chunk>([^<]*)</script>", file.read_text(encoding="utf-8"))
    ]
    tables = [chunk["table"] for chunk in chunks]
    assert [*dict.fromkeys(tables)] == ["entities", "words", "ties", "claims", "sources"]
    numbers = [number for chunk in chunks if chunk["table"] == "entities" for number in chunk["columns"]["number"]]
    is_agent = [payload["entities"][number]["kind"] != "event" for number in numbers]
    assert is_agent == sorted(is_agent, reverse=True)
    assert sorted(numbers) == [*range(len(payload["entities"]))]


def test_columns_of_the_page_are_those_of_the_build(wide: Opened, payload: dict[str, Any]) -> None:
    made = make_columns(counted_entities(cast(Payload, payload)), counted_ties(cast(Payload, payload)))
    read = wide.page.evaluate(
        """async () => {
            const { arrays, ...rest } = await motegraf.columnStore.load();
            const values = Object.entries(arrays).map(([name, each]) => [name, [each.constructor.name, [...each]]]);
            return { ...rest, arrays: Object.fromEntries(values) };
        }"""
    )
    types = {"i": "Int32Array", "H": "Uint16Array", "B": "Uint8Array", "f": "Float32Array"}
    assert read["arrays"] == {name: [types[values.typecode], values.tolist()] for name, values in made.arrays.items()}
    assert read["pools"] == {name: [*map(list_of, pool)] for name, pool in made.pools.items()}
    assert (read["entities"], read["ties"], read["modularity"]) == (made.entities, made.ties, made.modularity)
    names = [entity["id"] for entity in payload["entities"]]
    assert (
        wide.page.evaluate("count => Array.from({ length: count }, (_, n) => motegraf.data.idAt(n))", len(names))
        == names
    )
    assert wide.page.evaluate("names => names.map(motegraf.data.numberOf)", names) == [*range(len(names))]


def list_of(value: Any) -> Any:
    """A value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def test_answers_are_read_when_they_are_shown(browser: Any, tmp_path: Path) -> None:
    data = large_graph(FEWER)
    label = {"nb": "Hvem", "en": "Who"}
    rows = [[[f"Person {number}", f"person:p{number:02}"], str(number)] for number in range(5)]
    question = {
        "name": "who", "summary": label, "description": label, "group": label, "view": "Table",
        "columns": [{"name": "who"} | label, {"name": "number"} | label], "rows": rows, "count": 5,
    }  # fmt: skip
    data["questions"] = cast(list[Answer], [question])
    (tmp_path / "explorer.html").write_bytes(page_of(data))
    with opened(browser, tmp_path / "explorer.html") as page:
        assert page.page.evaluate("motegraf.answerRows.areHere()") is False
        assert page.page.locator("#answers").count() == 1
        page.go("#view=questions&question=who")
        page.page.wait_for_selector("#question-who tbody tr")
        assert page.page.locator("#question-who tbody tr").count() == 5
        assert page.page.evaluate("motegraf.data.questions[0].rows") == rows


@pytest.mark.parametrize("state", STATES)
def test_drawing_is_capped_and_the_rest_is_counted(wide: Opened, payload: dict[str, Any], state: str) -> None:
    whole(wide, state)
    drawn = wide.drawn()
    assert 0 < len(drawn["entities"]) <= MOST
    assert counted(wide)[:4] == [
        len(drawn["entities"]),
        len(payload["entities"]),
        len(drawn["ties"]),
        len(payload["ties"]),
    ]


@pytest.mark.parametrize("state", ["#all=yes", f"#around={LARGE_MEETING}&more={LARGE_MEETING}"])
@pytest.mark.parametrize("size", [(1280, 900), (360, 740)])
def test_three_hundred_labels_are_readable(browser: Any, file: Path, size: tuple[int, int], state: str) -> None:
    with opened(browser, file, *size) as page:
        whole(page, state)
        drawn = page.drawn()
        assert len(drawn["entities"]) == MOST
        assert drawn["unnamed"] == []
        boxes = [*drawn["cards"], *drawn["names"]]
        assert {box["id"] for box in boxes} == set(drawn["entities"])
        assert [box["id"] for box in boxes if box["size"] < 11 or box["x"] < 0 or box["x"] + box["w"] > size[0]] == []
        down = sorted(boxes, key=lambda box: box["y"])
        # Only what stands at about the same height can overlap.
        near = [pair for pair in combinations(down, 2) if pair[1]["y"] < pair[0]["y"] + pair[0]["h"]]
        assert [(one["id"], other["id"]) for one, other in near if overlap(one, other)] == []


def test_expand_button_says_how_many_come(wide: Opened, payload: dict[str, Any]) -> None:
    whole(wide, "#around=event:m0003&sel=person:p03")
    before = set(wide.drawn()["entities"])
    meetings = {tie["to"] for tie in payload["ties"] if tie["from"] == "person:p03"}
    left = meetings - before
    button = wide.page.locator("#more")
    assert button.inner_text() == f"Vis {len(left)} til i tegningen"
    button.click()
    assert set(wide.drawn()["entities"]) - before == left
    assert before - set(wide.drawn()["entities"]) == set()
    wide.page.locator("#less").click()
    assert set(wide.drawn()["entities"]) == before


def test_expand_stops_at_the_cap(wide: Opened, payload: dict[str, Any]) -> None:
    whole(wide, f"#around={LARGE_MEETING}&sel={LARGE_MEETING}")
    before = len(wide.drawn()["entities"])
    there = sum(tie["to"] == LARGE_MEETING for tie in payload["ties"])
    left = there + 1 - before
    assert wide.page.locator("#scene").inner_text().endswith(f"{left} til er ikke tegnet.")
    # Which ones is said in the same line in every view.
    assert wide.page.locator("#chosen-by").inner_text().startswith("Tegnet er de med flest forbindelser, av like mange")
    assert wide.page.locator("#more").inner_text() == f"Vis {MOST - before} til i tegningen ({left} er ikke der)"
    wide.page.locator("#more").click()
    assert len(wide.drawn()["entities"]) == MOST
    # Whoever is drawn and has others finds the page full.
    wide.page.evaluate("motegraf.state.select('person:p09')")
    others = sum(tie["from"] == "person:p09" for tie in payload["ties"]) - 1
    assert wide.page.locator("#more-full").inner_text().startswith(f"{others} andre er ikke tegnet")


def test_search_finds_every_name(wide: Opened, payload: dict[str, Any]) -> None:
    lost = wide.page.evaluate(
        """named => named.filter(([id, name]) => {
            const { hits } = motegraf.search.find(name, 12);
            return !hits.some(hit => hit.id === id);
        })""",
        [[entity["id"], entity["label"]["nb"]] for entity in payload["entities"]],
    )
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "count", "first"),
    [
        ("m", MEETINGS, "Møte 0399"),
        ("aase 07", 1, "Person Åse 07"),
        ("mote 0123", 1, "Møte 0123"),
        ("0123", 4, "Møte 0123"),
    ],
)
def test_search_counts_all_and_shows_the_foremost(wide: Opened, typed: str, count: int, first: str) -> None:
    found = wide.page.evaluate("typed => motegraf.search.find(typed, 12)", typed)
    assert found["count"] == count
    assert found["hits"][0]["label"] == first
    # What is typed letter by letter finds the same as what is pasted.
    grown = wide.page.evaluate(
        "typed => [...typed].map((_, end) => motegraf.search.find(typed.slice(0, end + 1), 12)).at(-1)", typed
    )
    assert grown == found


def test_facets_count_the_whole_graph_and_filters_choose_from_it(wide: Opened, payload: dict[str, Any]) -> None:
    def said(facet: str) -> dict[str, int]:
        rows = wide.page.locator(f"#facet-{facet} + ul label").all()
        return {row.locator("span").first.inner_text(): number(row.locator(".number").inner_text()) for row in rows}

    kinds = Counter(entity["kind"] for entity in payload["entities"])
    assert said("kind") == {
        "Gruppe uten navn": kinds["group"],
        "Arrangement": kinds["event"],
        "Organisasjon": kinds["body"],
        "Person": kinds["person"],
    }
    roles = Counter(tie["roles"][0] for tie in payload["ties"])
    assert said("role") == {
        "Deltaker": roles["role:participant"],
        "Arrangør": roles["role:organiser"],
        "Innleder": roles["role:introducer"],
    }
    wide.page.locator("label", has_text="Innleder").click()
    drawn = wide.drawn()
    introduced = {tie["id"] for tie in payload["ties"] if tie["roles"] == ["role:introducer"]}
    assert drawn["ties"]
    assert set(drawn["ties"]) <= introduced
    fitting = {end for tie in payload["ties"] if tie["id"] in introduced for end in (tie["from"], tie["to"])}
    assert wide.page.locator("#count").inner_text().endswith(f"{len(fitting)} passer til filtrene.")
    # Of the other facets it counts what is left, of its own what would be left with another value.
    assert said("kind") == {"Arrangement": kinds["event"], "Person": kinds["person"]}
    assert said("role")["Deltaker"] == roles["role:participant"]


def test_graph_without_chunks_is_counted_whole(browser: Any, tmp_path: Path) -> None:
    made, payload = large_page(FEWER), large_graph(FEWER)
    assert b" data-chunk>" not in made
    (tmp_path / "explorer.html").write_bytes(made)
    with opened(browser, tmp_path / "explorer.html") as page:
        whole(page, "#role=role:introducer")
        ties = {tie["id"] for tie in payload["ties"] if tie["roles"] == ["role:introducer"]}
        assert set(page.drawn()["ties"]) == ties
        assert counted(page)[:4] == [FEWER + 30, len(payload["entities"]), FEWER, len(payload["ties"])]


@pytest.mark.parametrize("state", ["#role=role:organiser&others=hide", "#around=person:p03&rings=2"])
def test_paged_table_has_all_that_passes(wide: Opened, payload: dict[str, Any], state: str) -> None:
    """Not only what is drawn: the drawing is cut to what can be read, and the table is not."""
    whole(wide, state)
    drawn = wide.drawn()
    wide.page.locator("#tab-table").click()
    ties: list[str] = []
    while True:
        rows = wide.page.locator("#view-table tr[data-tie]").evaluate_all("rows => rows.map(row => row.dataset.tie)")
        assert len(rows) <= 100
        ties += rows
        after = wide.page.locator("#rows-after")
        if not after.count() or after.is_disabled():
            break
        after.click()
    meetings = {tie["to"] for tie in payload["ties"] if tie["from"] == "person:p03"}
    organised = {tie["id"] for tie in payload["ties"] if tie["roles"] == ["role:organiser"]}
    near = {tie["id"] for tie in payload["ties"] if tie["to"] in meetings}
    assert set(ties) == (near if "around" in state else organised)
    assert len(ties) == len(set(ties))
    assert set(drawn["ties"]) < set(ties)


# Half of them: each is drawn twice, and a large graph takes its time.
@pytest.mark.parametrize("state", STATES[1::2])
def test_state_survives_link(wide: Opened, state: str) -> None:
    whole(wide, state)
    seen = wide.drawn()
    written = wide.page.evaluate("motegraf.state.serialise(motegraf.state.now)")
    assert set(re.split("[#&]", written)) == set(re.split("[#&]", address(state)))
    whole(wide, written)
    assert wide.drawn() == seen


def test_search_to_expansion_by_keyboard(wide: Opened, payload: dict[str, Any]) -> None:
    keys = wide.page.keyboard
    keys.press("/")
    keys.type("aase 11")
    wide.page.wait_for_selector("#results [role=option]")
    # In a graph that is not drawn whole a name leads to its page, and from there to who is around.
    keys.press("Enter")
    assert "subject=person:p11" in wide.page.url
    assert wide.page.evaluate("document.activeElement.id") == "subject-title"
    wide.page.locator("#view-subject .acts button", has_text="rundt").press("Enter")
    assert "around=person:p11" in wide.page.url
    wide.page.locator("#canvas").focus()
    keys.press("ArrowDown")
    meeting = wide.page.evaluate("motegraf.state.now.selected")
    assert meeting in {tie["to"] for tie in payload["ties"] if tie["from"] == "person:p11"}
    before = len(wide.drawn()["entities"])
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "proof"
    for _ in range(8):
        keys.press("Tab")
        if wide.page.evaluate("document.activeElement.id") == "more":
            break
    said = wide.page.locator("#more").inner_text()
    keys.press("Enter")
    assert said == f"Vis {len(wide.drawn()['entities']) - before} til i tegningen"


def test_proof_is_cut_from_the_text_of_the_source(wide: Opened) -> None:
    whole(wide, "#sel=participation:m0123.p03")
    assert wide.page.locator("#proof blockquote").all_inner_texts() == ["«person:p03 var med på event:m0123.»"]
    assert wide.page.locator("#proof mark.says").all_inner_texts() == ["person:p03 var med på event:m0123."]


def test_headline_says_what_is_drawn_and_why(wide: Opened, payload: dict[str, Any]) -> None:
    assert wide.page.locator("h1").inner_text() == (
        "300 navngitte møter holdt fra januar 2014 til mars 2016, 100 planlagt fra januar 2014 til mars 2016"
    )
    drawn = wide.drawn()["entities"]
    assert (
        f"Søket finner alle {len(payload['entities']):,} navn.".replace(",", "\u00a0")
        in wide.page.locator("#deck").inner_text()
    )
    # What is drawn, and by what it is chosen, stands above the drawing.
    assert wide.page.locator("#chosen-by").inner_text().startswith("Tegnet er møtene der flest går igjen")
    assert sum(name.startswith("event:") for name in drawn) == 11
