"""The pages of people, organisations and meetings in the interactive page, and the comparison of two or three."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from browser import SIZES, Opened, opened

pytestmark = pytest.mark.browser

BOKHARI, SOLBERG, ANUNDSEN = "person:laila-bokhari", "person:erna-solberg", "person:anders-anundsen"


def numbers(here: Opened) -> list[str]:
    return [" ".join(words.split()) for words in here.page.locator("#view-subject .numbers li").all_inner_texts()]


def meetings(here: Opened) -> list[str]:
    return here.page.locator("#view-subject .meetings .which button").all_inner_texts()


def test_page_of_a_person_has_numbers_offices_counterparts_and_meetings_with_their_proof(wide: Opened) -> None:
    wide.go(f"#subject={BOKHARI}")
    page = wide.page
    assert page.locator("#subject-title").inner_text() == "Laila Bokhari"
    assert page.evaluate("document.activeElement.id") == "subject-title"
    assert page.title() == "Laila Bokhari – Møtegraf"
    assert numbers(wide) == ["3 møter med sikker del", "4 mulige"]
    assert "statssekretær ved Statsministerens kontor (2013 – mellom 2015 og 2017)" in page.locator("dl").inner_text()
    assert len(meetings(wide)) == 7
    # Each meeting has its sentence, as the panel shows it.
    haugesund = page.locator(".meetings > li", has_text="Dialogmøte i Haugesund")
    haugesund.locator("summary").first.click()
    assert haugesund.locator("blockquote").first.inner_text() == (
        "«Statssekretær Laila Bokhari holdt en innledning om kommunens rolle og bidrag i det forebyggende arbeidet.»"
    )
    # No view of the drawing is beside it, and no tab is chosen.
    assert not page.locator("#view-network").is_visible()
    assert page.locator("#tabs [aria-selected=true]").count() == 0


def test_counterparts_are_the_pairs_that_the_overview_counts(wide: Opened) -> None:
    """Both count the same: one on the records, one on the columns."""
    wide.page.wait_for_function("() => motegraf.counts.isReady()")
    differing = wide.page.evaluate(
        """async () => {
            const { meetings, pairs, data } = motegraf;
            const rows = await pairs.of({});
            const counted = new Map();
            for (let row = 0; row < rows.size; row += 1) {
                const ends = [rows.one[row], rows.other[row]].map(number => data.idAt(number)).sort();
                counted.set(ends.join(" "), [rows.certain[row], rows.planned[row], rows.possible[row]].join());
            }
            const own = new Map();
            for (const { id, kind } of data.entities.values()) {
                if (!["person", "body"].includes(kind)) continue;
                for (const other of meetings.counterparts(id, meetings.of(id))) {
                    own.set([id, other.id].sort().join(" "), [other.certain, other.planned, other.possible].join());
                }
            }
            if (!own.size) return ["nothing"];
            return [...new Set([...own.keys(), ...counted.keys()])].filter(key => own.get(key) !== counted.get(key))
                .map(key => [key, own.get(key), counted.get(key)]);
        }"""
    )
    assert differing == []


def test_filters_that_are_on_choose_the_meetings_and_say_how_many_pass(wide: Opened) -> None:
    wide.go(f"#subject={BOKHARI}&from=2014-12-01&to=2014-12-31&certainty=certain")
    assert meetings(wide) == ["Dialogmøte i Haugesund"]
    assert wide.page.locator("#subject-pass").inner_text().startswith("1 av 7 møter passer til filtrene.")
    wide.page.locator("#subject-all").click()
    assert len(meetings(wide)) == 7
    # A bar chooses its year, a number of a place its meetings.
    wide.page.locator(".years button").first.click()
    assert wide.page.evaluate("motegraf.state.now.filters.span") == ["2014-01-01", "2014-12-31"]
    wide.page.locator(".counted li", has_text="Stavanger").last.locator("button").click()
    assert meetings(wide) == ["Dialogmøte i Stavanger"]


def test_pages_lead_on_and_back_and_the_focus_with_them(wide: Opened) -> None:
    wide.go(f"#sel={BOKHARI}")
    wide.page.locator("#open-subject").press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "subject-title"
    wide.page.locator(".meetings .which button", has_text="Dialogmøte i Haugesund").press("Enter")
    assert wide.page.locator("#subject-title").inner_text() == "Dialogmøte i Haugesund"
    assert wide.page.evaluate("document.activeElement.id") == "subject-title"
    wide.page.go_back()
    assert wide.page.locator("#subject-title").inner_text() == "Laila Bokhari"
    wide.page.locator("#subject-back").press("Enter")
    assert wide.page.locator("#view-network").is_visible()
    assert wide.page.evaluate("document.activeElement !== document.body")
    assert "subject" not in wide.page.url
    # A tab leads back to its view.
    wide.go(f"#subject={BOKHARI}")
    wide.page.locator("#tab-network").click()
    assert wide.page.locator("#view-network").is_visible()


def test_page_of_a_meeting_lists_who_had_a_part_by_certainty(wide: Opened) -> None:
    wide.go("#subject=event:oslo-2014-host")
    heads = wide.page.locator("#view-subject h3").all_inner_texts()
    assert heads[:2] == ["Hadde del i møtet (1)", "Kan ha hatt del i møtet (2)"]
    wide.page.get_by_role("button", name="Belegg: Erna Solberg").click()
    assert wide.page.locator("#proof h2.title").inner_text() == "Erna Solberg, mulig deltaker"


def compared(here: Opened) -> dict[str, list[int]]:
    rows: list[list[Any]] = here.page.locator(".compared tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return {label: [int(count) for count in counts] for label, *counts in rows}


def test_comparison_parts_the_meetings_into_shared_ones_and_those_of_one(wide: Opened) -> None:
    wide.go(f"#compare={BOKHARI}&compare={SOLBERG}")
    assert compared(wide) == {
        "Møter der begge har del": [0, 0, 4],
        "Bare Laila Bokhari": [3, 0, 0],
        "Bare Erna Solberg": [0, 1, 0],
    }
    wide.go(f"#compare={BOKHARI}&compare={SOLBERG}&compare={ANUNDSEN}")
    table = compared(wide)
    assert table["Møter der Erna Solberg og Anders Anundsen har del"] == [0, 1, 0]
    # Every meeting of somebody is in one row.
    all_of_them = wide.page.evaluate(
        "ids => new Set(ids.flatMap(id => [...motegraf.meetings.of(id).keys()])).size", [BOKHARI, SOLBERG, ANUNDSEN]
    )
    assert sum(map(sum, table.values())) == all_of_them
    # A number leads to its meetings.
    wide.page.locator(".compared button").first.click()
    assert wide.page.evaluate("document.activeElement.id").startswith("group-")


def test_unknown_subjects_of_an_address_open_nothing(wide: Opened) -> None:
    for state in ("#subject=person:nobody", f"#compare={BOKHARI}", "#compare=x&compare=__proto__", "#subject=role:x"):
        wide.go(state)
        assert not wide.page.locator("#view-subject").is_visible(), state
        assert wide.page.locator("#view-network").is_visible()


@pytest.mark.parametrize(("size", "language", "scheme"), [("wide", "nb", "light"), ("narrow", "en", "dark")])
def test_pages_of_subjects_pass_axe_and_keep_within_the_window(
    browser: Any, file: Path, size: str, language: str, scheme: str
) -> None:
    states = [f"#subject={BOKHARI}", "#subject=event:haugesund-2014-12", f"#compare={BOKHARI}&compare={SOLBERG}"]
    with opened(browser, file, *SIZES[size], color_scheme=scheme) as here:
        for state in states:
            here.go(f"{state}&lang={language}")
            assert violations(here.page) == [], state
            assert here.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, state


def test_files_have_exactly_what_is_on_the_page(wide: Opened) -> None:
    page = wide.page
    wide.go(f"#subject={BOKHARI}&from=2014-12-01&to=2014-12-31&certainty=certain")
    assert page.locator("#export-page").inner_text() == "det som står på siden: 4 navn, 3 forbindelser"
    with page.expect_download() as saved:
        page.locator("#export-json").click()
    assert saved.value.suggested_filename.startswith("motegraf-laila-bokhari-")
    made = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert made["chosen"] == "what is on the page"
    assert {tie["to"].rpartition("/")[2] for tie in made["ties"]} == {"haugesund-2014-12"}
    names = {entity["id"] for entity in made["entities"]}
    assert names == {
        BOKHARI,
        "person:yousef-bartho-assidiq",
        "organisation:haugesund-kommune",
        "event:haugesund-2014-12",
    }
    # Of a meeting all that it is tied to; of a comparison the meetings of each, whatever filters of the views were.
    wide.go("#subject=event:haugesund-2014-12")
    ties = page.evaluate("motegraf.data.tiesOf.get('event:haugesund-2014-12').length")
    assert len(json.loads(page.evaluate("motegraf.exports.jsonText('drawn')"))["ties"]) == ties
    wide.go(f"#compare={BOKHARI}&compare={SOLBERG}")
    made = json.loads(page.evaluate("motegraf.exports.jsonText()"))
    assert {tie["from"].rpartition("/")[2] for tie in made["ties"]} >= {"laila-bokhari", "erna-solberg"}
    assert page.evaluate("motegraf.exports.turtleText()").startswith("# Det som står på siden om Laila Bokhari og Erna")


def test_views_keep_whoever_has_the_page_and_lead_back(wide: Opened) -> None:
    page = wide.page
    for view in ("network", "timeline", "map", "table"):
        wide.go(f"#subject={BOKHARI}")
        page.locator(f"#tab-{view}").click()
        assert page.evaluate("[motegraf.state.now.view, motegraf.state.now.around]") == [view, BOKHARI]
        assert page.locator("#scene h2").inner_text() == "Rundt Laila Bokhari"
        page.locator("#to-subject").click()
        assert page.locator("#subject-title").inner_text() == "Laila Bokhari"
    # What counts everything has them as a filter; from there to the page again, and on by arrows.
    page.locator("#tab-overview").click()
    assert page.evaluate("motegraf.state.now.filters.actor") == [BOKHARI]
    assert page.locator("#view-overview .lead").inner_text().startswith("Det som passer til filtrene: 3 møter holdt")
    page.locator("#to-subject-of-filter").click()
    assert page.evaluate("motegraf.state.now.subject") == BOKHARI
    wide.go(f"#compare={BOKHARI}&compare={SOLBERG}")
    page.locator("#tab-table").click()
    assert page.evaluate("motegraf.state.now.filters.actor") == [SOLBERG, BOKHARI]
    page.locator("#to-subject-of-filter").click()
    assert page.evaluate("motegraf.state.now.compare.length") == 2


@pytest.mark.parametrize(
    ("state", "title", "words"),
    [
        (
            f"#subject={BOKHARI}",
            "Laila Bokhari",
            ["3 møter, 4 mulige", "Møter per år", "3 + 4", "Med del i samme møte (6 av 9)"],
        ),
        ("#subject=event:haugesund-2014-12", "Dialogmøte i Haugesund", ["Laila Bokhari · innleder", "Desember 2014"]),
        (
            f"#compare={BOKHARI}&compare={SOLBERG}&lang=en",
            "Laila Bokhari and Erna Solberg",
            ["Meetings in which both have a part (4)", "Erna Solberg: one planned, 4 possible"],
        ),
    ],
)
def test_picture_of_a_page_has_title_key_source_and_what_it_shows(
    wide: Opened, state: str, title: str, words: list[str]
) -> None:
    wide.go(state)
    assert wide.page.locator("#export-png").is_visible()
    for size in ("wide", "tall", "print"):
        text = wide.page.evaluate(f"motegraf.pictures.svgText('subject', '{size}')")
        assert f"<title>{title}</title>" in text
        assert "Dialogmøter høsten 2014 – regjeringen.no" in text
        assert re.search(r"Møtegraf, (lagret|saved) \d", text)
        shown = re.sub(r"<[^>]*>", " ", text)
        assert [each for each in words if each not in shown] == []
        # Where there is room, the meetings themselves.
        assert ("Møtene (7)" in shown) is (size != "wide" and state == f"#subject={BOKHARI}")


def test_picture_says_what_has_no_room_and_bars_what_stands_before_them(wide: Opened) -> None:
    wide.go(f"#subject={BOKHARI}")
    picture = "motegraf.pictures.svgText('subject', 'wide')"
    assert re.search(r"Møtene \((0|[1-6]) av 7\)", re.sub(r"<[^>]*>", " ", wide.page.evaluate(picture)))
    # Of more years than have bars the last ones are there, with those between that have nothing.
    axis, words = wide.page.evaluate(
        """() => {
            const { yearAxis, withoutBar } = motegraf.subjectParts;
            const one = { certain: 1, planned: 0, possible: 0 };
            const group = { byYear: new Map([["1814", one], ["1990", one], ["2014", one]]), vague: 1 };
            const { axis } = yearAxis([group]);
            return [axis, withoutBar(group, axis)];
        }"""
    )
    assert axis == [str(year) for year in range(1955, 2015)]
    assert words[0] == "Før 1955 har årene ingen søyle: ett møte."
    assert len(words) == 2
