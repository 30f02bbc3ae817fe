"""Answers to ready questions in the interactive page: drawn as each asks for, never more than they say."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, Opened, opened, overlap

pytestmark = pytest.mark.browser

DRAWN = [
    *("which_topics_go_together", "who_was_at_the_same_event", "who_held_which_office", "who_was_where"),
    *("which_events_are_there", "which_events_were_planned", "which_events_are_in_which_county_of_today"),
]
STAVANGER = "participation:stavanger-2014-11"
GROUPS = f"{STAVANGER}.dialogmoter-hosten-2014"
# The words of a drawing that are filled, with their boxes in pixels of the window.
WORDS = """() => [...document.querySelectorAll("details[open] svg text:not([fill=none])")].flatMap(text => {
    const lines = [...text.querySelectorAll("tspan")];
    return (lines.length ? lines : [text]).map(line => {
        const box = line.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(line).fontSize);
        return {words: line.textContent, size, x: box.x, y: box.y + 2, w: box.width, h: box.height - 4};
    });
})"""

# The cells of rows; days as they are in the file, where the page has them in words.
CELLS = """rows => rows.map(row => [...row.cells].map(
    cell => cell.querySelector("time")?.getAttribute("datetime") ?? cell.innerText).join(","))"""


def opened_at(page: Opened, question: str, more: str = "") -> Any:
    page.go(f"#view=questions&question={question}{more}")
    return page.page.locator(f"#question-{question}")


def spoken(answer: Any) -> list[str]:
    labels: list[str] = answer.locator("svg [role=button]").evaluate_all("all => all.map(one => one.ariaLabel)")
    return labels


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_labels_of_answer_drawings_do_not_overlap(browser: Any, file: Path, size: str, language: str) -> None:
    with opened(browser, file, *SIZES[size]) as page:
        for question in DRAWN:
            opened_at(page, question, f"&lang={language}")
            words = page.page.evaluate(WORDS)
            assert [word["words"] for word in words if word["size"] < 11] == [], question
            covered = [(one["words"], other["words"]) for one, other in combinations(words, 2) if overlap(one, other)]
            assert covered == [], question
            outside = [word["words"] for word in words if word["x"] < 0 or word["x"] + word["w"] > SIZES[size][0]]
            assert outside == [], question
            assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, question


def test_timeline_answer_has_a_bar_for_each_row(wide: Opened) -> None:
    answer = opened_at(wide, "who_was_where")
    groups = {
        "people": "personer uten politisk, religiøs eller organisatorisk tilknytting",
        "parties": "flere representanter fra ulike politiske partier, trossamfunn og organisasjoner",
        "police": "representanter fra Rogaland politidistrikt",
    }
    assert spoken(answer) == [
        "Jøran Kallmyr, Konferanse i Sarpsborg, oktober 2014",
        "Laila Bokhari, Konferanse i Sarpsborg, oktober 2014",
        f"{groups['people']}, Dialogmøte i Stavanger, november 2014",
        f"{groups['parties']}, Dialogmøte i Stavanger, november 2014",
        f"{groups['police']}, Dialogmøte i Stavanger, november 2014",
        "Laila Bokhari, Dialogmøte i Stavanger, november 2014",
        "Laila Bokhari, Dialogmøte i Haugesund, desember 2014",
        "Yousef Bartho Assidiq, Dialogmøte i Haugesund, desember 2014",
    ]
    assert answer.locator(".drawn").inner_text() == "Tegningen viser alle radene (8)."
    assert answer.locator("tbody tr").count() == 8


def test_office_terms_show_certain_days(wide: Opened) -> None:
    answer = opened_at(wide, "who_held_which_office")
    assert spoken(answer) == [
        "Anders Anundsen, justis- og beredskapsminister, 16. oktober 2013 – 20. desember 2016",
        "Laila Bokhari, statssekretær ved Statsministerens kontor, 16. oktober 2013 – 31. desember 2017",
        "Erna Solberg, statsminister, 16. oktober 2013 – 14. oktober 2021",
        "Jøran Kallmyr, statssekretær i Justis- og beredskapsdepartementet, oktober 2014–februar 2016",
        "Jøran Kallmyr, justis- og innvandringsminister, 29. mars 2019 – 24. januar 2020",
    ]
    assert answer.locator(".drawn").inner_text() == "Tegningen viser alle radene (5)."
    fields = answer.locator("svg.time:not(.field) .one").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('.span')].map(field => field.getAttribute('class').trim()))"
    )
    assert fields == [["span vague", "span"]] * 5
    bokhari = answer.locator("svg.time .one").nth(1).locator(".span")
    whole, sure = (bokhari.nth(number).bounding_box() for number in range(2))
    # From October 2013 to the end of 2017 at the latest, for certain to 1 January 2015.
    assert sure["width"] / whole["width"] == pytest.approx(443 / 1538, abs=0.01)


def test_planned_meetings_are_outlines(wide: Opened) -> None:
    answer = opened_at(wide, "which_events_are_there")
    looks = answer.locator("svg.time .one").evaluate_all(
        "all => all.map(one => [one.ariaLabel, one.querySelector('.span').getAttribute('class').trim()])"
    )
    assert looks == [
        ["Dialogmøte i Ålesund, september–desember 2014", "span vague"],
        ["Dialogmøte i Fredrikstad, september–desember 2014", "span vague"],
        ["Dialogmøte i Oslo, september–desember 2014", "span vague"],
        ["Dialogmøte i Tromsø, september–desember 2014", "span vague"],
        ["Konferanse i Sarpsborg, oktober 2014", "span"],
        ["Dialogmøte i Stavanger, november 2014", "span"],
        ["Dialogmøte i Haugesund, desember 2014", "span"],
        [
            "Politisk toppmøte om forebygging av voldelig ekstremisme, januar–mars 2015, Planlagt",
            "span planned",
        ],
        ["Møte i Drammen, januar–juni 2015, Planlagt", "span planned"],
        ["Møte i Kristiansand, januar–juni 2015, Planlagt", "span planned"],
        ["Møte i Trondheim, januar–juni 2015, Planlagt", "span planned"],
    ]
    assert answer.locator(".drawn").inner_text() == "Tegningen viser alle radene (11)."


def test_rows_without_dates_are_counted_under_the_drawing(wide: Opened) -> None:
    note = wide.page.evaluate(
        """() => {
            const { questions } = motegraf.data;
            const question = structuredClone(questions.find(each => each.name === "which_events_are_there"));
            question.rows[0] = question.rows[0].map(cell => (/^\\d{4}-/.test(cell) ? "" : cell));
            return motegraf.answerTime.drawn(question, 800).note;
        }"""
    )
    assert note == "10 av 11 rader er tegnet. Resten har ikke kjent begynnelse og slutt; tabellen har alle."


def test_network_answer_draws_ties_of_the_graph(wide: Opened) -> None:
    answer = opened_at(wide, "who_was_at_the_same_event")
    ties = answer.locator("svg [data-tie]").evaluate_all("all => all.map(one => one.dataset.tie)")
    assert set(ties) == {
        *("participation:sarpsborg-2014-10.joran-kallmyr", "participation:sarpsborg-2014-10.laila-bokhari"),
        *("participation:haugesund-2014-12.laila-bokhari", "participation:haugesund-2014-12.yousef-bartho-assidiq"),
        *(f"{STAVANGER}.laila-bokhari", f"{GROUPS}.personer-uten-tilknytning"),
        f"{GROUPS}.representanter-fra-partier-trossamfunn-og-organisasjoner",
        f"{GROUPS}.representanter-fra-rogaland-politidistrikt",
    }
    assert answer.locator(".sign").all_inner_texts() == ["Person", "Gruppe", "Sikker"]
    box = answer.locator(f"svg [data-tie='{STAVANGER}.laila-bokhari']").bounding_box()
    wide.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert wide.page.locator("#proof h2.title").inner_text() == "Laila Bokhari, innleder"


@pytest.mark.parametrize(
    ("question", "rows", "looks"),
    [
        ("answerTime", [["event:oslo-2014-host", "possible"]], ["span possible"]),
        ("answerTime", [["event:drammen-2015", "certain"]], ["span planned"]),
        ("answerTime", [["event:sarpsborg-2014-10", "certain"]], ["span"]),
    ],
)
def test_bar_is_never_more_certain_than_its_row(
    wide: Opened, question: str, rows: list[list[str]], looks: list[str]
) -> None:
    found = wide.page.evaluate(
        """([module, rows]) => {
            const columns = ["event", "certainty", "earliest", "latest"].map(name => ({name, nb: name, en: name}));
            const bounds = id => [motegraf.data.entities.get(id).earliest, motegraf.data.entities.get(id).latest];
            const question = {columns, rows: rows.map(([id, sure]) => [["x", id], sure, ...bounds(id)])};
            const {drawing} = motegraf[module].drawn(question, 700);
            return [...drawing.querySelectorAll(".span")].map(field => field.getAttribute("class").trim());
        }""",
        [question, rows],
    )
    assert found == looks


@pytest.mark.parametrize(
    ("certainty", "event", "who", "dashes"),
    [
        ("certain", "event:sarpsborg-2014-10", "person:laila-bokhari", "none"),
        # The tie is only possible, whatever the row says.
        ("certain", "event:oslo-2014-host", "person:laila-bokhari", "7 5"),
        # The row is only possible, whatever the tie says.
        ("possible", "event:sarpsborg-2014-10", "person:laila-bokhari", "7 5"),
        ("certain", "event:toppmote-2015", "person:anders-anundsen", "2 3"),
    ],
)
def test_line_is_never_more_certain_than_its_row_or_its_tie(
    wide: Opened, certainty: str, event: str, who: str, dashes: str
) -> None:
    found = wide.page.evaluate(
        """row => {
            const columns = ["one", "event", "certainty"].map(name => ({name, nb: name, en: name}));
            const question = {columns, summary: {nb: "x", en: "x"}, rows: [[["x", row[0]], ["x", row[1]], row[2]]]};
            const {drawing} = motegraf.answerNetwork.drawn(question, 700);
            return drawing.querySelector("path[fill=none]").getAttribute("stroke-dasharray");
        }""",
        [who, event, certainty],
    )
    assert found == dashes


def test_map_mark_is_ringed_where_todays_county_is_only_possible(wide: Opened) -> None:
    script = """certainties => {
        const columns = ["county", "place", "event", "certainty"].map(name => ({name, nb: name, en: name}));
        const [event, place] = ["event:drammen-2015", "kommune:0602"];
        const rows = certainties.map(sure => [["x", "fylke:33"], ["x", place], ["x", event], sure]);
        const {drawing} = motegraf.answerMap.drawn({columns, summary: {nb: "x", en: "x"}, rows}, 700);
        const rings = [...drawing.querySelectorAll("path[stroke='var(--possible)']")].length;
        return [rings, drawing.querySelector("[role=button]").ariaLabel];
    }"""
    assert wide.page.evaluate(script, ["possible", "possible"]) == [1, "Møte i Drammen, Drammen, planlagt, Mulig"]
    assert wide.page.evaluate(script, ["certain", "possible"]) == [0, "Møte i Drammen, Drammen, planlagt"]


def test_map_answer_marks_its_events(wide: Opened) -> None:
    answer = opened_at(wide, "which_events_are_in_which_county")
    assert set(spoken(answer)) == {
        *(f"Dialogmøte i {name}, {name}, avholdt" for name in ("Ålesund", "Fredrikstad", "Oslo", "Tromsø")),
        *(f"Dialogmøte i {name}, {name}, avholdt" for name in ("Stavanger", "Haugesund")),
        *(f"Møte i {name}, {name}, planlagt" for name in ("Drammen", "Kristiansand", "Trondheim")),
        "Konferanse i Sarpsborg, Sarpsborg, avholdt",
    }


def test_answer_drawing_is_operable_by_keyboard_and_keeps_focus(wide: Opened) -> None:
    answer = opened_at(wide, "who_was_at_the_same_event")
    knob = answer.locator("svg [data-event='person:joran-kallmyr']")
    knob.focus()
    wide.page.keyboard.press("Enter")
    assert wide.page.locator("#proof h2.title").inner_text() == "Jøran Kallmyr"
    assert wide.page.evaluate("document.activeElement.dataset.event") == "person:joran-kallmyr"
    wide.page.keyboard.press("Tab")
    assert wide.page.evaluate("document.activeElement.dataset.event") == "event:sarpsborg-2014-10"


def test_topic_in_answer_filters_meetings(wide: Opened) -> None:
    answer = opened_at(wide, "which_topics_go_together")
    answer.locator("svg [data-event='topic:role-of-municipalities']").press("Enter")
    wide.settle()
    assert wide.page.evaluate("[motegraf.state.now.view, motegraf.state.now.filters.topic]") == [
        "network",
        ["topic:role-of-municipalities"],
    ]
    shown = wide.page.evaluate(
        "[...motegraf.selection.visible(motegraf.state.now).entities].filter(id => /^event/.test(id))"
    )
    assert shown == ["event:sarpsborg-2014-10"]


def test_filters_and_downloads_are_hidden_beside_answers(wide: Opened) -> None:
    wide.go("#view=questions")
    assert [wide.page.locator(f"#{part}").is_visible() for part in ("facets", "exports")] == [False, False]
    wide.page.locator("#tab-table").click()
    assert [wide.page.locator(f"#{part}").is_visible() for part in ("facets", "exports")] == [True, True]


@pytest.mark.parametrize(("language", "words"), [("nb", "«Møtte» betyr her"), ("en", "“Met” means here")])
def test_definition_stands_under_the_table_of_its_question(wide: Opened, language: str, words: str) -> None:
    answer = opened_at(wide, "who_met_whom", f"&lang={language}")
    assert answer.locator(".scroll:has(table) + p.definition").inner_text().startswith(words)
    assert opened_at(wide, "which_events_are_there", f"&lang={language}").locator("p.definition").count() == 0


def test_answer_downloads_as_csv(wide: Opened, tmp_path: Path) -> None:
    answer = opened_at(wide, "who_met_whom", "&lang=en")
    with wide.page.expect_download() as download:
        answer.get_by_role("button", name="Download the answer as CSV").click()
    download.value.save_as(tmp_path / "answer.csv")
    head, *rows = (tmp_path / "answer.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [cell.strip() for cell in answer.locator("thead th").all_inner_texts()] == head.split(",")
    assert answer.locator("tbody tr").evaluate_all(CELLS) == rows
