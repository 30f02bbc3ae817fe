"""The interactive page in Chromium, from disk, without network: it can be read, and all views show the same."""

import csv
import json
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from browser import SIZES, Opened, opened, opened_alone, overlap
from pyoxigraph import RdfFormat, parse
from spellings import ALIASES, NO_MATCH

from graph.common.names import fold_name

pytestmark = pytest.mark.browser

STATES = [
    "#",
    "#lang=en",
    "#sel=person:laila-bokhari",
    "#view=table&role=role:introducer&others=hide&lang=en",
    "#view=timeline&status=status:planned&sel=event:toppmote-2015",
    "#around=person:laila-bokhari&rings=2",
    "#path=person:joran-kallmyr&to=person:yousef-bartho-assidiq&possible=yes",
    "#view=questions&question=who_met_whom",
    "#all=yes",
    "#more=event:sarpsborg-2014-10&sel=event:sarpsborg-2014-10",
]


def boxes(drawn: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Every box with words in it: events, names, roles."""
    return {f"{kind} {box['id']}": box for kind in ("cards", "names", "roles") for box in drawn[kind]}


def runs_through(points: list[dict[str, float]], box: dict[str, float]) -> bool:
    """Whether a line of points has a place inside a box; between points it is looked at every half pixel."""
    for one, other in pairwise(points):
        steps = max(1, int(2 * max(abs(one["x"] - other["x"]), abs(one["y"] - other["y"]))))
        for step in range(steps + 1):
            x = one["x"] + (other["x"] - one["x"]) * step / steps
            y = one["y"] + (other["y"] - one["y"]) * step / steps
            if box["x"] < x < box["x"] + box["w"] and box["y"] < y < box["y"] + box["h"]:
                return True
    return False


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_labels_of_first_view_are_readable_and_apart(browser: Any, file: Path, size: str, language: str) -> None:
    with opened(browser, file, *SIZES[size]) as page:
        page.go(f"#lang={language}")
        drawn = page.drawn()
        assert len(drawn["entities"]) == 27
        assert drawn["unnamed"] == []
        found = boxes(drawn)
        assert [name for name, box in found.items() if box["size"] < 11] == []
        assert [pair for pair in combinations(found, 2) if overlap(found[pair[0]], found[pair[1]])] == []
        signs = {box["id"]: box for box in drawn["signs"]}
        assert [(name, sign) for name, box in found.items() for sign in signs if overlap(box, signs[sign])] == []
        crossed = [
            (name, line["id"])
            for name, box in found.items()
            for line in drawn["lines"]
            # The role of a line stands on that line.
            if name != f"roles {line['id']}" and runs_through(line["points"], box)
        ]
        assert crossed == []
        canvas = page.page.locator("#canvas").bounding_box()
        outside = [
            name
            for name, box in found.items()
            if box["x"] < 0
            or box["y"] < 0
            or box["x"] + box["w"] > canvas["width"]
            or box["y"] + box["h"] > canvas["height"]
        ]
        assert outside == []


@pytest.mark.parametrize("center", ["person:laila-bokhari", "event:stavanger-2014-11"])
@pytest.mark.parametrize("rings", [1, 2])
@pytest.mark.parametrize("size", SIZES)
def test_rings_stay_apart_and_within_the_canvas(browser: Any, file: Path, size: str, rings: int, center: str) -> None:
    with opened(browser, file, *SIZES[size]) as page:
        page.go(f"#around={center}&rings={rings}")
        found = boxes(page.drawn())
        assert [pair for pair in combinations(found, 2) if overlap(found[pair[0]], found[pair[1]])] == []
        canvas = page.page.locator("#canvas").bounding_box()
        outside = [
            name
            for name, box in found.items()
            if min(box["x"], box["y"]) < 0
            or box["x"] + box["w"] > canvas["width"]
            or box["y"] + box["h"] > canvas["height"]
        ]
        assert outside == []


def test_proof_panel_does_not_cover_the_selection(browser: Any, file: Path) -> None:
    with opened(browser, file, *SIZES["narrow"]) as page:
        for state in ("#sel=event:trondheim-2015", "#sel=participation:toppmote-2015.anders-anundsen"):
            page.go(state)
            corner = page.page.locator("#canvas").bounding_box()
            event = (
                page.page.evaluate("motegraf.data.ties.get(motegraf.state.now.selected)?.to") or "event:trondheim-2015"
            )
            card = next(box for box in page.drawn()["cards"] if box["id"] == event)
            top = page.page.locator("#proof").bounding_box()["y"]
            assert 0 <= corner["y"] + card["y"] < top - card["h"]


def test_link_to_question_opens_it(wide: Opened) -> None:
    wide.go("#view=questions&question=which_pages_are_there")
    place = wide.page.locator("#question-which_pages_are_there").bounding_box()
    assert -1 < place["y"] < SIZES["wide"][1] * 0.7


@pytest.mark.parametrize("size", SIZES)
def test_no_horizontal_overflow(browser: Any, file: Path, size: str) -> None:
    with opened(browser, file, *SIZES[size]) as page:
        for state in STATES:
            page.go(state)
            assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, state


def test_drawing_is_deterministic(browser: Any, file: Path) -> None:
    pictures = []
    for _ in range(2):
        with opened_alone(browser, file) as page:
            page.settle()
            pictures.append(page.page.locator("#canvas").screenshot())
    assert pictures[0] == pictures[1]


def test_headline_says_at_least_where_sources_name_only_some(wide: Opened) -> None:
    assert wide.page.locator("h1").inner_text() == "Minst sju møter holdt høsten 2014, minst fire planlagt i 2015"
    wide.page.get_by_role("button", name="English").click()
    assert (
        wide.page.locator("h1").inner_text()
        == "At least seven meetings held in autumn 2014, at least four planned for 2015"
    )
    assert wide.page.evaluate("document.documentElement.lang") == "en"


def test_search_to_proof_by_keyboard(wide: Opened) -> None:
    keys = wide.page.keyboard
    keys.press("/")
    keys.type("jor kall")
    wide.page.wait_for_selector("#results [role=option]")
    keys.press("Enter")
    assert "sel=person:joran-kallmyr" in wide.page.url
    # From the person along the only line to the conference, and into the proof.
    keys.press("ArrowDown")
    assert "sel=event:sarpsborg-2014-10" in wide.page.url
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "proof"
    assert wide.page.locator("#proof h2.title").inner_text() == "Konferanse i Sarpsborg"
    assert wide.page.locator("#proof blockquote").first.inner_text() == (
        "«I oktober ble konferanse om radikalisering og voldelig ekstremisme – forebygging er alles ansvar "
        "avholdt i Sarpsborg.»"
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("alesund", "Ålesund kommune"),
        ("Aalesund", "Ålesund kommune"),
        ("ÅLESUND", "Ålesund kommune"),
        ("tromso", "Tromsø kommune"),
        ("kommunenes sentral", "KS – Kommunesektorens organisasjon"),
        ("bokhari", "Laila Bokhari"),
        ("assidiq yousef", "Yousef Bartho Assidiq"),
    ],
)
def test_search_folds_letters_and_case(wide: Opened, typed: str, found: str) -> None:
    wide.page.locator("#search").fill(typed)
    hits = wide.page.locator("#results [role=option]").all_inner_texts()
    assert any(hit.startswith(found) for hit in hits), hits


@pytest.fixture(scope="module")
def foreigners(browser: Any, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The page with people whose names are written in letters of many languages."""
    text = file.read_text(encoding="utf-8")
    begins, payload, ends = re.split(r'(?<=id="data">)(.*?)(?=</script>)', text, maxsplit=1)
    data = json.loads(payload)
    data["entities"] += [
        {"id": f"person:p{number}", "kind": "person", "label": {"nb": name}, "claims": [], "memberships": []}
        for number, name in enumerate(ALIASES)
    ]
    copy = tmp_path_factory.mktemp("foreigners") / "explorer.html"
    copy.write_text(f"{begins}{json.dumps(data, ensure_ascii=False)}{ends}", encoding="utf-8")
    with opened(browser, copy) as page:
        yield page


def test_search_finds_names_in_letters_of_any_language(foreigners: Opened) -> None:
    # Names that differ from it by a letter are found too, after it, and are marked as no more than similar.
    found = """typed => motegraf.search.find(typed, Infinity, { entitiesOnly: true }).hits
        .filter(hit => !hit.detail.includes("lignende")).map(hit => hit.id)
        .filter(id => /^person:p\\d/.test(id)).sort()"""
    for number, spellings in enumerate(ALIASES.values()):
        for typed in spellings:
            assert foreigners.page.evaluate(found, typed) == [f"person:p{number}"], typed
    # The page shows names while they are typed, so that the beginning of one finds it.
    assert [typed for typed in NO_MATCH if typed != "王" and foreigners.page.evaluate(found, typed)] == []
    assert foreigners.page.evaluate(found, "王") == [f"person:p{[*ALIASES].index('王小明')}"]


def test_search_folds_as_questions_do(wide: Opened) -> None:
    ranges = ((0x20, 0x250), (0x1E00, 0x1F00), (0x386, 0x52F), (0x5D0, 0x5EA), (0x621, 0x64A), (0x3041, 0x30FF))
    letters = [chr(code) for start, end in ranges for code in range(start, end) if chr(code).isprintable()]
    # Between two letters, so that none of them joins another to aa, ae or oe.
    words = [f"x{letter}x" for letter in letters]
    folded = wide.page.evaluate("words => words.map(motegraf.search.fold)", words)
    loose = [re.sub("a[ae]", "a", word).replace("oe", "o") for word in folded]
    expected = [re.sub("ae", "a", fold_name(word)) for word in words]
    assert [pair for pair in zip(words, loose, expected, strict=True) if pair[1] != pair[2]] == []


@pytest.mark.parametrize(
    ("policy", "runs"), [("script-src 'self'", False), ("default-src 'none'", False), ("sandbox", False), ("", True)]
)
def test_page_under_a_policy_of_others_says_why_it_is_empty(browser: Any, file: Path, policy: str, runs: bool) -> None:
    page = browser.new_page()
    headers = {"content-type": "text/html; charset=utf-8"} | ({"content-security-policy": policy} if policy else {})
    page.route("**/*", lambda route: route.fulfill(body=file.read_bytes(), headers=headers))
    page.goto("http://localhost/explorer.html")
    said = page.locator("#without-scripts")
    if runs:
        page.wait_for_function("() => document.getElementById('headline').textContent")
        assert said.count() == 0
    else:
        said.wait_for(state="visible")
        assert "Lagre filen og åpne den fra disken" in said.inner_text()
        assert "Save the file and open it from disk" in said.inner_text()
    page.close()


def test_tie_proof_marks_the_sentence_in_the_source(wide: Opened) -> None:
    wide.go("#sel=participation:sarpsborg-2014-10.joran-kallmyr")
    panel = wide.page.locator("#proof")
    assert panel.locator("h2.title").inner_text() == "Jøran Kallmyr, åpner, deltaker"
    assert panel.locator(".certainty").inner_text() == "Sikker: kilden sier at Jøran Kallmyr var til stede."
    rows = dict(zip(panel.locator("dt").all_inner_texts(), panel.locator("dd").all_inner_texts(), strict=True))
    assert rows == {
        "Hvem": "Jøran Kallmyr",
        "Arrangement": "Konferanse i Sarpsborg",
        "Når": "Oktober 2014",
        "Rolle": "åpner, deltaker",
        "I egenskap av": "statssekretær i Justis- og beredskapsdepartementet",
        # What he was in that month, and what he became: years beside each office.
        "Verv da": "statssekretær i Justis- og beredskapsdepartementet (2014 – 2016)",
        "Verv senere": "justis- og innvandringsminister (2019 – 2020)",
        "På vegne av": "Norges regjering",
        "Frammøte": "til stede",
    }
    sentence = "Fra regjeringen stilte statssekretær Jøran Kallmyr i Justisdepartementet, som åpnet konferansen."
    assert panel.locator("blockquote").all_inner_texts() == [f"«{sentence}»"]
    assert panel.locator("mark.says").all_inner_texts() == [sentence]
    assert panel.locator(".source a").get_attribute("href") == (
        "https://www.regjeringen.no/no/sub/radikalisering/aktuelt/dialogmoter-hosten-2014/id2356986/"
    )
    assert panel.locator("code").inner_text() == (
        "https://w3id.org/motegraf/participation/sarpsborg-2014-10.joran-kallmyr"
    )


def test_candidate_is_described_as_possible(wide: Opened) -> None:
    wide.go("#sel=possible:oslo-2014-host.laila-bokhari")
    assert wide.page.locator("#proof h2.title").inner_text() == "Laila Bokhari, mulig deltaker"
    assert wide.page.locator("#proof .certainty").inner_text() == (
        "Mulig: minst én av Erna Solberg og Laila Bokhari var til stede. Kilden sier ikke hvem."
    )


def test_office_holder_is_attributed_to_registry(wide: Opened) -> None:
    wide.go("#sel=participation:toppmote-2015.anders-anundsen")
    assert wide.page.locator("#proof .certainty").inner_text() == (
        "Planlagt: kilden venter Anders Anundsen. Den sier ikke om det ble slik. "
        "Kilden nevner vervet, ikke navnet. At Anders Anundsen hadde vervet, er kjent fra registeret."
    )


@pytest.mark.parametrize(
    "hash",
    [
        "#others=hide",
        "#others=hide&role=role:organiser",
        "#around=person:erna-solberg",
        "#others=hide&status=status:planned",
        "#all=yes",
        "#more=event:sarpsborg-2014-10",
    ],
)
def test_table_equals_drawing(wide: Opened, hash: str) -> None:
    wide.go(hash)
    drawn = wide.drawn()
    wide.page.locator("#tab-table").click()
    rows = wide.page.locator("#view-table tr[data-tie]")
    ties = [row.get_attribute("data-tie") for row in rows.all()]
    alone = [item.get_attribute("data-alone") for item in wide.page.locator("[data-alone]").all()]
    assert sorted(ties) == sorted(drawn["ties"])
    ends = wide.page.evaluate(
        "ids => ids.flatMap(id => [motegraf.data.ties.get(id).from, motegraf.data.ties.get(id).to])", ties
    )
    assert sorted({*ends, *alone}) == sorted(drawn["entities"])


@pytest.mark.parametrize("state", STATES)
def test_state_survives_link(wide: Opened, state: str) -> None:
    wide.go(state)
    seen = wide.page.evaluate("JSON.stringify(motegraf.state.now)")
    written = wide.page.evaluate("motegraf.state.serialise(motegraf.state.now)")
    wide.go(written)
    assert wide.page.evaluate("JSON.stringify(motegraf.state.now)") == seen
    assert set(re.split("[#&]", written)) == set(re.split("[#&]", state))


def test_back_and_forward(wide: Opened) -> None:
    wide.page.locator("#tab-table").click()
    wide.page.locator("#view-table tbody button").first.click()
    there = wide.page.evaluate("motegraf.state.now.selected")
    assert there
    wide.page.go_back()
    assert wide.page.evaluate("[motegraf.state.now.view, motegraf.state.now.selected]") == ["table", None]
    wide.page.go_back()
    assert wide.page.evaluate("motegraf.state.now.view") == "network"
    assert wide.page.locator("#view-network").is_visible()
    wide.page.go_forward()
    wide.page.go_forward()
    assert wide.page.evaluate("motegraf.state.now.selected") == there


@pytest.mark.parametrize(
    "hash",
    [
        "#sel=nobody",
        "#view=%3Cscript%3E",
        "#role=x&role=" + "y" * 9999,
        "#around=__proto__",
        "#path=constructor&to=toString",
        "#%E0%A4%A",
    ],
)
def test_invalid_address_shows_overview(wide: Opened, hash: str) -> None:
    wide.go(hash)
    assert wide.page.locator("h1").inner_text().startswith("Minst sju møter")


def test_filter_leaves_what_it_counted(wide: Opened) -> None:
    wide.page.locator("label", has_text="Innleder").click()
    assert "role=role:introducer" in wide.page.url
    assert (
        wide.page.locator("#count")
        .inner_text()
        .startswith("Her er 3 av 44 navn, 2 av 11 arrangementer og 2 av 52 forbindelser.")
    )
    wide.page.get_by_role("button", name="Fjern filteret Innleder").click()
    assert (
        wide.page.locator("#count")
        .inner_text()
        .startswith("Her er 27 av 44 navn, 11 av 11 arrangementer og 26 av 52 forbindelser.")
    )


def test_path_lists_each_step_with_its_sentence(wide: Opened) -> None:
    wide.go("#path=person:joran-kallmyr&to=person:yousef-bartho-assidiq")
    assert wide.page.locator("#scene li button").all_inner_texts() == [
        "Jøran Kallmyr: åpner, deltaker, Konferanse i Sarpsborg, oktober 2014 (sikker)",
        "Laila Bokhari: deltaker, Konferanse i Sarpsborg, oktober 2014 (sikker)",
        "Laila Bokhari: innleder, Dialogmøte i Haugesund, desember 2014 (sikker)",
        "Yousef Bartho Assidiq: taler, Dialogmøte i Haugesund, desember 2014 (sikker)",
    ]


def test_path_excludes_possible_steps_unless_asked(wide: Opened) -> None:
    wide.go("#path=person:erna-solberg&to=person:laila-bokhari")
    assert wide.page.locator("#scene [role=status]").inner_text() == "Ingen vei mellom dem."
    wide.go("#path=person:erna-solberg&to=person:laila-bokhari&possible=yes")
    assert wide.page.locator("#scene li").count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_meet_contrast_ratios(browser: Any, file: Path, scheme: str) -> None:
    """Contrast per WCAG 2.1: 4.5 for words, 3 for signs and lines, in both themes."""
    with opened(browser, file, color_scheme=scheme) as page:
        colours = page.page.evaluate("motegraf.renderer.colours()")
    words = [("ink", "paper"), ("muted", "paper"), ("accent", "paper"), ("on-held", "held"), ("ink", "frame")]
    words += [("certain", "paper"), ("possible", "paper"), ("planned", "paper"), ("ours", "paper"), ("muted", "frame")]
    signs = [(name, "paper") for name in ("person", "body", "group", "other", "held", "focus", "strong-line")]
    low = [(pair, contrast(colours, *pair)) for pair in words if contrast(colours, *pair) < 4.5]
    low += [(pair, contrast(colours, *pair)) for pair in signs if contrast(colours, *pair) < 3]
    assert low == []


def contrast(colours: dict[str, str], one: str, other: str) -> float:
    lights = sorted((luminance(colours[one]), luminance(colours[other])), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_first_click_selects_the_event_under_it(browser: Any, file: Path) -> None:
    with opened(browser, file) as page:
        card = next(box for box in page.drawn()["cards"] if box["id"] == "event:haugesund-2014-12")
        corner = page.page.locator("#canvas").bounding_box()
        page.page.mouse.click(corner["x"] + card["x"] + card["w"] / 2, corner["y"] + card["y"] + card["h"] / 2)
        page.page.wait_for_function("() => motegraf.state.now.selected === 'event:haugesund-2014-12'")


@pytest.mark.parametrize("size", SIZES)
def test_show_all_draws_every_name_readably(browser: Any, file: Path, size: str) -> None:
    with opened(browser, file, *SIZES[size]) as page:
        assert page.page.locator("#show-all").inner_text() == "Vis alle 44 navn"
        page.page.locator("#show-all").click()
        drawn = page.drawn()
        assert sorted(drawn["entities"]) == page.page.evaluate("[...motegraf.data.entities.keys()].sort()")
        assert drawn["unnamed"] == []
        found = {f"{kind} {box['id']}": box for kind in ("cards", "names") for box in drawn[kind]}
        assert [pair for pair in combinations(found, 2) if overlap(found[pair[0]], found[pair[1]])] == []
        page.page.locator("#scene button").click()
        assert len(page.drawn()["entities"]) == 27


def test_click_on_line_and_sign_opens_proof(wide: Opened) -> None:
    drawn = wide.drawn()
    corner = wide.page.locator("#canvas").bounding_box()
    sign = next(box for box in drawn["signs"] if box["id"] == "person:joran-kallmyr")
    wide.page.mouse.click(corner["x"] + sign["x"] + sign["w"] / 2, corner["y"] + sign["y"] + sign["h"] / 2)
    wide.page.wait_for_function("() => motegraf.state.now.selected === 'person:joran-kallmyr'")
    line = next(line for line in drawn["lines"] if line["id"] == "participation:sarpsborg-2014-10.joran-kallmyr")
    point = line["points"][len(line["points"]) // 2]
    wide.page.mouse.click(corner["x"] + point["x"], corner["y"] + point["y"])
    wide.page.wait_for_function(f"() => motegraf.state.now.selected === '{line['id']}'")


def test_zoom_keeps_label_size(wide: Opened) -> None:
    for _ in range(3):
        wide.page.get_by_role("button", name="Mindre").click()
    drawn = wide.drawn()
    names = {box["id"]: box for box in drawn["names"]}
    assert {box["size"] for box in names.values()} == {12.5}
    assert [pair for pair in combinations(names, 2) if overlap(names[pair[0]], names[pair[1]])] == []
    assert wide.page.locator("#unnamed").inner_text().endswith("pek på tegnet for å lese dem.")
    wide.page.get_by_role("button", name="Hele").click()
    assert wide.drawn()["unnamed"] == []


def test_turtle_of_plans_and_candidates_says_no_more_than_the_graph(wide: Opened) -> None:
    wide.go("")
    whole = {str(quad.triple) for quad in parse(path=wide.file.parent / "motegraf.nq", format=RdfFormat.N_QUADS)}
    turtle = wide.page.evaluate("motegraf.exports.turtleText()")
    statements = {str(quad.triple) for quad in parse(turtle, format=RdfFormat.TURTLE)}
    assert statements - whole == set()
    assert all(any(f"#{term}>" in each for each in statements) for term in ("candidate", "possibleRole", "plannedRole"))


def test_downloads_contain_what_is_shown(wide: Opened, tmp_path: Path) -> None:
    wide.go("#others=hide&role=role:introducer")
    saved = {}
    for name in ("csv", "png", "svg", "gexf", "turtle"):
        with wide.page.expect_download() as download:
            wide.page.locator(f"#export-{name}").click()
        saved[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[name])
    assert [saved[name].name for name in ("csv", "gexf", "turtle")] == [
        f"motegraf-innleder.{end}" for end in ("csv", "gexf", "ttl")
    ]
    with saved["csv"].open(encoding="utf-8-sig", newline="") as stream:
        rows = [*csv.DictReader(stream, delimiter=";")]
    address = "https://w3id.org/motegraf/"
    page = rows[0]["Kildens adresse"]
    assert page.startswith("https://")
    same = {
        "Hvem": "Laila Bokhari",
        "Rolle": "innleder",
        "Sikkerhet": "Sikker",
        "Status": "avholdt",
        "Frammøte": "til stede",
        "Hvem (IRI)": f"{address}person/laila-bokhari",
        "Kildens adresse": page,
    }
    topic = "forebygging av radikalisering og voldelig ekstremisme"
    assert [{key: row[key] for key in same} for row in rows] == [same, same]
    assert [(row["Tidligst"], row["Senest"], row["Arrangement"], row["Hvor"], row["Belegg"]) for row in rows] == [
        (
            *("2014-11-01", "2014-11-30", "Dialogmøte i Stavanger", "Stavanger"),
            "Fra regjeringen stilte Laila Bokhari som innleder. (fra sammenhengen: hvilket møte)",
        ),
        (
            *("2014-12-01", "2014-12-31", "Dialogmøte i Haugesund", "Haugesund"),
            "Statssekretær Laila Bokhari holdt en innledning om kommunens rolle og bidrag i det forebyggende "
            "arbeidet. (fra sammenhengen: hvilket møte)",
        ),
    ]
    assert topic in rows[0]["Tema"]
    assert rows[0]["Forbindelse (IRI)"] == f"{address}participation/stavanger-2014-11.laila-bokhari"
    assert saved["png"].read_bytes().startswith(b"\x89PNG\r\n")
    words = {element.text for element in ElementTree.parse(saved["svg"]).iter("{http://www.w3.org/2000/svg}text")}
    assert {"Laila Bokhari", "innleder", "Dialogmøte i Haugesund", "Dialogmøte i Stavanger", "des. 2014"} <= words
    nodes = {node.get("label") for node in ElementTree.parse(saved["gexf"]).iter("{http://gexf.net/1.3}node")}
    assert nodes == {"Laila Bokhari", "Dialogmøte i Haugesund", "Dialogmøte i Stavanger"}
    whole = {str(quad.triple) for quad in parse(path=wide.file.parent / "motegraf.nq", format=RdfFormat.N_QUADS)}
    statements = {str(quad.triple) for quad in parse(path=saved["turtle"], format=RdfFormat.TURTLE)}
    assert statements - whole == set()
    subjects = {statement.split()[0] for statement in statements}
    base = "<https://w3id.org/motegraf/"
    assert subjects == {
        *(f"{base}event/haugesund-2014-12>", f"{base}event/stavanger-2014-11>", f"{base}person/laila-bokhari>"),
        f"{base}participation/haugesund-2014-12.laila-bokhari>",
        f"{base}participation/stavanger-2014-11.laila-bokhari>",
    }
