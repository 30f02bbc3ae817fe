"""The interactive page as a file: what it is given, what it draws at first, and that nothing in it can break out."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx
import pytest
from pyvis.network import Network
from small_graph import actor, part
from small_graph import event as meeting

from graph import HOME
from graph.explorer import explorer
from graph.explorer.data.records import Entity
from graph.explorer.html import UNPACK, render
from graph.explorer.layout.initial import select_initial, spread
from graph.explorer.layout.labels import label_of
from graph.explorer.layout.tall import tall_layout
from graph.explorer.layout.wide import wide_layout
from graph.explorer.network import SHAPES, draw
from graph.query.questions import read_questions
from graph.query.stores import connect_build, connect_lines

pytestmark = pytest.mark.slow

PAGES = HOME / "graph/explorer/page"


class Elements(HTMLParser):
    """The elements of a page in order: name, attributes, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("", {}, []))

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1][2].append(data)

    def texts(self, name: str) -> list[str]:
        return ["".join(texts) for tag, _, texts in self.found if tag == name]


@pytest.fixture(scope="module")
def text(built: Path) -> str:
    return (built / "explorer.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data(text: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads(Elements(text).texts("script")[0])
    return payload


def names(entities: list[dict[str, Any]]) -> dict[str, str]:
    return {entity["id"]: label_of(entity) for entity in entities}


def test_the_same_build_gives_the_same_bytes(built: Path, first_page: Path) -> None:
    once, again = (
        explorer(connect_build(built), first_page / "corpus", read_questions(HOME / "queries")) for _ in range(2)
    )
    assert once == again == (built / "explorer.html").read_bytes()


def test_policy_allows_only_own_scripts_and_styles_and_no_request(text: str) -> None:
    elements = Elements(text)
    digests = {
        name: [f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" for source in elements.texts(name)]
        for name in ("script", "style")
    }
    policy = next(attrs["content"] for tag, attrs, _ in elements.found if attrs.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; script-src {digests['script'][1]} {digests['script'][2]}; "
        f"style-src {digests['style'][0]}; base-uri 'none'; form-action 'none'"
    )
    assert [attrs for _, attrs, _ in elements.found if "src" in attrs or "style" in attrs or "onclick" in attrs] == []


def test_data_cannot_end_its_script_element() -> None:
    evil = {"name": "</script><script>alert(1)</script><!-- & \u2028\u2029"}
    made = render(evil, "").decode()
    held = Elements(made).texts("script")[0]
    assert json.loads(held)["name"] == evil["name"]
    assert not set(held) & set("<>&\u2028\u2029")


def test_every_script_and_style_is_included_and_none_writes_markup() -> None:
    made = render({}, "").decode()
    scripts = {file.name for file in PAGES.glob("*.js")} - {f"{UNPACK}.js"}
    assert [name for name in scripts if made.count(f"// {name}\n") != 1] == []
    assert [file.name for file in PAGES.glob("*.css") if made.count(file.read_text(encoding="utf-8")) != 1] == []
    assert made.index("@media print") > made.index("/* The page: a header")
    writes = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc")
    assert [file.name for file in PAGES.glob("*.js") if writes.search(file.read_text(encoding="utf-8"))] == []


def test_every_text_is_defined_and_used(text: str) -> None:
    scripts = "".join(file.read_text(encoding="utf-8") for file in PAGES.glob("*.js"))
    known = [*re.findall(r'^  "?([\w-]+)"?: \[$|^  "?([\w-]+)"?: \["', scripts, re.MULTILINE)]
    keys = {one or other for one, other in known}
    # Of two with one key the one that happens to be read last would be shown in place of the other.
    languages = {"nb", "en"}
    assert sorted(one or other for one, other in known if not {one, other} & languages) == sorted(keys - languages)
    literal = set(re.findall(r'\btext\("([\w-]+)"', scripts)) | set(re.findall(r'data-text="(\w+)"', text))
    assert literal - keys == set()
    # A key may be put together, of a beginning and what it is about, or of several and "One".
    begun = tuple(set(re.findall(r"`(\w+_)\$\{", scripts)))
    plain = {key for key in keys if f'"{key}"' in scripts or key.startswith(begun)}
    spoken = plain | {key for key in keys if key.removesuffix("One") in plain | literal}
    assert keys - spoken - literal == {"network", "timeline", "table", "questions"} - literal - spoken


def test_first_view_holds_dated_events_and_who_was_at_them(data: dict[str, Any]) -> None:
    drawn = select_initial(data["entities"], data["ties"])
    assert sorted(names(drawn).values()) == sorted(
        [
            *("Konferanse i Sarpsborg", "Dialogmøte i Stavanger", "Dialogmøte i Haugesund", "Dialogmøte i Oslo"),
            *("Dialogmøte i Ålesund", "Dialogmøte i Fredrikstad", "Dialogmøte i Tromsø"),
            *("Møte i Drammen", "Møte i Trondheim", "Møte i Kristiansand"),
            "Politisk toppmøte om forebygging av voldelig ekstremisme",
            *("Laila Bokhari", "Erna Solberg", "Jøran Kallmyr", "Yousef Bartho Assidiq", "Anders Anundsen"),
            *("Stavanger kommune", "Haugesund kommune", "Oslo kommune", "Ålesund kommune", "Fredrikstad kommune"),
            *("Tromsø kommune", "KS"),
            "personer uten politisk, religiøs eller organisatorisk tilknytting",
            "flere representanter fra ulike politiske partier, trossamfunn og organisasjoner",
            "representanter fra Rogaland politidistrikt",
            "flere av kommunene som mottok brevet fra statsministeren",
        ]
    )


def test_the_meeting_of_a_new_page_is_in_the_first_view_although_nobody_there_is_at_another(
    data: dict[str, Any],
) -> None:
    event = {"id": "event:new", "kind": "event", "label": {"nb": "Nytt møte"}, "claims": [], "memberships": []}
    event |= {"earliest": "2026-03-04", "latest": "2026-03-04"}
    actors = [{"id": f"person:{name}", "kind": "person", "label": {"nb": name}} for name in ("en", "to", "tre")]
    ties = [{"kind": "part", "from": actor["id"], "to": "event:new"} for actor in actors]
    before = [entity["id"] for entity in select_initial(data["entities"], data["ties"]) if entity["kind"] == "event"]
    drawn = select_initial([*data["entities"], event, *actors], [*data["ties"], *ties])
    after = [entity["id"] for entity in drawn if entity["kind"] == "event"]
    assert len(before) == len(after) == 11
    assert set(after) - set(before) == {"event:new"}
    # It stands for one at which nobody is known to have been, or to come.
    (gone,) = set(before) - set(after)
    assert [tie for tie in data["ties"] if tie["to"] == gone and tie["kind"] in ("part", "possible")] == []


def test_wide_drawing_has_a_frame_for_each_time_in_order_from_left_to_right(data: dict[str, Any]) -> None:
    drawing = wide_layout(select_initial(data["entities"], data["ties"]), data["ties"])
    frames = sorted(drawing.frames, key=lambda frame: (frame.box[1], frame.box[0]))
    assert [(frame.earliest, frame.latest) for frame in frames] == [
        # Above the people: times that are not known to the month.
        *(("2014-09-01", "2014-12-31"), ("2015-01-01", "2015-03-31"), ("2015-01-01", "2015-06-30")),
        *(("2014-10-01", "2014-10-31"), ("2014-11-01", "2014-11-30"), ("2014-12-01", "2014-12-31")),
    ]
    for one, other in pairwise(frames):
        assert one.box[1] != other.box[1] or one.box[0] + one.box[2] <= other.box[0]
    for frame in drawing.frames:
        left, top, width, height = frame.box
        for event in frame.events:
            x, y = drawing.positions[event]
            assert left <= x <= left + width
            assert top <= y <= top + height


def test_wide_drawing_has_people_between_events_and_bodies_outside(data: dict[str, Any]) -> None:
    drawn = select_initial(data["entities"], data["ties"])
    drawing = wide_layout(drawn, data["ties"])
    rows = {entity["id"]: drawing.positions[entity["id"]][1] for entity in drawn}
    people = {rows[entity["id"]] for entity in drawn if entity["kind"] == "person"}
    assert len(people) == 1
    above = [name for name, y in rows.items() if y < min(people)]
    assert {name for name in above if name.startswith("event:")} == {
        *("event:alesund-2014-host", "event:fredrikstad-2014-host", "event:oslo-2014-host", "event:tromso-2014-host"),
        *("event:drammen-2015", "event:kristiansand-2015", "event:trondheim-2015", "event:toppmote-2015"),
    }
    events = [y for name, y in rows.items() if name.startswith("event:")]
    assert all(y < min(events) or y > max(events) for name, y in rows.items() if name.startswith("organisation:"))


def test_tall_drawing_has_events_in_order_of_time_downwards(data: dict[str, Any]) -> None:
    drawn = select_initial(data["entities"], data["ties"])
    drawing = tall_layout(drawn, data["ties"])
    events = [entity for entity in drawn if entity["kind"] == "event"]
    down = sorted(events, key=lambda event: drawing.positions[event["id"]][1])
    assert [(event["earliest"], event["latest"]) for event in down] == sorted(
        (event["earliest"], event["latest"]) for event in events
    )


@pytest.mark.parametrize(
    ("wishes", "room", "ends", "positions"),
    [
        ([], [], (0, 100), []),
        ([10, 50], [0, 20], (0, 100), [10, 50]),
        ([50, 50], [0, 20], (0, 100), [40, 60]),
        ([50, 50, 50], [0, 20, 20], (0, 100), [30, 50, 70]),
        ([0, 0], [0, 20], (0, 100), [0, 20]),
        ([100, 100], [0, 20], (0, 100), [80, 100]),
    ],
)
def test_spread_keeps_order_and_room_and_stays_near_wishes(
    wishes: list[float], room: list[float], ends: tuple[float, float], positions: list[float]
) -> None:
    assert spread(wishes, room, *ends) == positions


def test_candidate_is_possible_and_proven_by_the_sentence_that_names_both(data: dict[str, Any]) -> None:
    ties = {tie["id"]: tie for tie in data["ties"]}
    tie = ties["possible:oslo-2014-host.laila-bokhari"]
    assert (tie["certainty"], tie["atLeast"], tie["roles"]) == ("possible", "1", ["role:participant"])
    [claim] = [data["claims"][name] for name in tie["claims"]]
    [passage] = claim["keyEvidence"]
    whole = data["sources"][claim["source"]]["text"]
    assert whole[passage["start"] : passage["end"]] == passage["words"]
    assert passage["words"].endswith("statsministeren og/eller statssekretær Laila Bokhari i løpet av høsten.")


def test_every_tie_but_our_decisions_has_a_claim_with_words_of_its_source(data: dict[str, Any]) -> None:
    unproven = [tie["id"] for tie in data["ties"] if not tie["claims"] and tie["kind"] != "series"]
    assert unproven == []
    for claim in data["claims"].values():
        whole = data["sources"][claim["source"]]["text"]
        for passage in (*claim["keyEvidence"], *claim["context"]):
            assert whole[passage["start"] : passage["end"]] == passage["words"]


def test_every_entity_has_a_name_in_each_language_that_needs_one(data: dict[str, Any]) -> None:
    lacking = [
        entity["id"]
        for entity in data["entities"]
        if "nb" not in entity["label"] or ("en" not in entity["label"] and entity["kind"] != "body")
    ]
    assert lacking == []


def test_empty_graph_gives_a_page(tmp_path: Path) -> None:
    made = explorer(connect_lines([]), tmp_path, []).decode()
    payload = json.loads(Elements(made).texts("script")[0])
    assert (payload["entities"], payload["ties"], payload["drawing"]["nodes"]) == ([], [], [])


def test_single_event_without_participants_is_drawn() -> None:
    event: Entity = {
        "id": "event:x",
        "kind": "event",
        "iri": "",
        "claims": [],
        "memberships": [],
        "label": {"nb": "x"},
        "earliest": "2014-10-07",
        "latest": "2014-10-07",
    }
    assert list(wide_layout([event], []).positions) == list(tall_layout([event], []).positions) == ["event:x"]


def test_nodes_and_edges_are_those_that_pyvis_makes_of_a_networkx_graph() -> None:
    meetings = [meeting(f"e{number}", f"Møte {number}", "2014-10-07") for number in range(4)]
    guests = [actor(kind, f"g{number}", f"Gjest {number}") for number, kind in enumerate(("person", "body", "group"))]
    pairs = ((2, 1), (0, 3), (2, 0), (0, 1), (1, 1))
    ties = [part(guests[who], meetings[where]) for who, where in pairs]
    ties += [part(guests[2], meetings[1], "possible"), part(guests[0], meeting("elsewhere", "Ikke med"))]
    drawn = draw([*meetings, *guests], ties)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for each in (*meetings, *guests):
        graph.add_node(each["id"], label=label_of(each), shape=SHAPES[each["kind"]], group=each["kind"])
    for tie in sorted(ties[:-1], key=lambda tie: tie["id"]):
        dashes = tie["kind"] == "possible"
        graph.add_edge(tie["from"], tie["to"], key=tie["id"], id=tie["id"], dashes=dashes)
    network = Network(directed=True)
    network.from_nx(graph)
    nodes, edges, *_ = network.get_network_data()
    names = ("id", "label", "shape", "group")
    assert [[node[name] for name in names] for node in drawn["nodes"]] == [
        [node[name] for name in names] for node in nodes
    ]
    assert drawn["edges"] == [{name: edge[name] for name in ("id", "dashes", "from", "to")} for edge in edges]
    assert {node["id"] for node in drawn["nodes"][-1:]} == {"event:e2"}, "what is tied to nothing comes last"
