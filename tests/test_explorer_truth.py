"""The interactive page says no more than its sources: months, open lists, offices, plans, counts in every view."""

import pytest
from browser import Opened

pytestmark = pytest.mark.browser

VIEWS = ["network", "timeline", "map", "table"]


def month_facet(page: Opened) -> dict[str, str]:
    """Return each month with its numbers as the filter shows them."""
    page.page.locator("#facet-month").click()
    rows = page.page.locator("details:has(#facet-month) li").all()
    spans = [row.locator("label > span").all_inner_texts() for row in rows]
    return {month: " ".join(number.split()) for month, number in spans}


def panel(page: Opened, selected: str) -> dict[str, str]:
    """Return the rows of the proof panel of what is selected."""
    page.go(f"#sel={selected}")
    names = page.page.locator("#proof dt").all_inner_texts()
    return dict(zip(names, page.page.locator("#proof dd").all_inner_texts(), strict=True))


def test_month_facet_counts_certain_and_possible_events_apart(wide: Opened) -> None:
    found = month_facet(wide)
    # The source places nothing in September; only the conference is certainly in October.
    assert (found["Sep. 2014"], found["Okt. 2014"], found["Des. 2014"]) == (
        *("0 + 4 mulige", "1 + 4 mulige", "1 + 4 mulige"),
    )
    assert (found["Juni 2015"], found["Mars 2015"]) == ("0 + 3 mulige", "0 + 4 mulige")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_which_events_are_only_possibly_in_the_month(wide: Opened, view: str) -> None:
    wide.go(f"#view={view}&month=2014-10")
    assert wide.page.locator("#only-possible").inner_text() == (
        "Bare mulig i oktober 2014: Dialogmøte i Ålesund, Dialogmøte i Fredrikstad, Dialogmøte i Oslo og "
        "Dialogmøte i Tromsø."
    )
    # All days of these events lie in the period.
    wide.go(f"#view={view}&from=2014-09-01&to=2014-12-31")
    assert wide.page.locator("#only-possible").is_hidden()


def test_table_row_of_vague_event_is_only_possible_in_the_chosen_month(wide: Opened) -> None:
    wide.go("#view=table&month=2014-10")
    cells = [row.locator("td").all_inner_texts() for row in wide.page.locator("#view-table tbody tr").all()]
    certainty = {(row[0], row[2]): row[4] for row in cells}
    assert certainty["Oslo kommune", "Dialogmøte i Oslo"] == "Sikker, men bare mulig i oktober 2014"
    assert certainty["Jøran Kallmyr", "Konferanse i Sarpsborg"] == "Sikker"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_how_much_is_shown_and_offers_all(wide: Opened, view: str) -> None:
    wide.go(f"#view={view}")
    assert wide.page.locator("#count").inner_text().startswith("Her er 27 av 44 navn, 11 av 11 arrangementer")
    assert wide.page.locator("#show-all").is_visible()
    wide.page.locator("#show-all").click()
    wide.settle()
    assert wide.page.locator("#count").inner_text().startswith("Her er 44 av 44 navn, 11 av 11 arrangementer")


def test_gexf_and_turtle_say_how_much_of_the_graph_they_hold(wide: Opened) -> None:
    wide.go("#role=role:introducer&lang=en")
    words = "All that fits: All meetings · Introductory speaker. "
    words += "3 of 44 people and meetings, 2 of 11 events, 2 of 52 connections."
    assert f"<description>{words}</description>" in wide.page.evaluate("motegraf.exports.gexfText()")
    assert wide.page.evaluate("motegraf.exports.turtleText()").startswith(f"# {words}\n")


def test_possible_police_district_is_possible_in_the_panel(wide: Opened) -> None:
    assert panel(wide, "event:fredrikstad-2014-host")["Politidistrikt"] == "mulig Østfold politidistrikt"


def test_map_counts_the_events_that_have_no_place(wide: Opened) -> None:
    wide.go("#view=map")
    assert "Ett av arrangementene har ikke noe sted på kartet" in wide.page.locator("#count").inner_text()


def test_no_entity_stands_under_a_month(wide: Opened) -> None:
    assert "months" not in wide.page.evaluate("Object.keys(motegraf.data.drawing.views.wide)")
    frames = wide.page.evaluate("motegraf.data.drawing.views.wide.frames")
    autumn = next(frame for frame in frames if frame["bounds"] == ["2014-09-01", "2014-12-31"])
    assert len(autumn["events"]) == 4


@pytest.mark.parametrize(
    ("selected", "row", "words"),
    [
        (
            *("event:haugesund-2014-12", "Tema"),
            "forebygging av radikalisering og voldelig ekstremisme\nterrortrusselen (blant annet)",
        ),
        ("event:drammen-2015", "Ikke helt navngitt", "ett av flere møter; kilden navngir ikke alle"),
        ("event:toppmote-2015", "Ikke helt navngitt", "arrangører: blant andre; kilden navngir ikke alle"),
        ("event:oslo-2014-host", "Tema", "forebygging av radikalisering og voldelig ekstremisme"),
    ],
)
def test_panel_shows_lists_that_the_source_leaves_open(wide: Opened, selected: str, row: str, words: str) -> None:
    assert panel(wide, selected)[row] == words


def test_topics_of_a_whole_list_have_no_open_word(wide: Opened) -> None:
    assert panel(wide, "event:stavanger-2014-11")["Tema"] == "forebygging av radikalisering og voldelig ekstremisme"


def test_offices_stand_in_order_of_time_with_their_years(wide: Opened) -> None:
    offices = panel(wide, "person:joran-kallmyr")["Verv"].split("\n")
    assert [office.rpartition(" (")[0] for office in offices] == [
        "statssekretær i Justis- og beredskapsdepartementet",
        "justis- og innvandringsminister",
    ]
    assert offices[0].endswith("(2014 – 2016)")
    assert offices[1].endswith("(2019 – 2020)")
    assert panel(wide, "person:laila-bokhari")["Verv"].endswith("(2013 – mellom 2015 og 2017)")
    assert panel(wide, "person:yousef-bartho-assidiq")["Verv"].endswith("(tiden er ikke kjent)")


def test_organiser_of_a_plan_is_planned(wide: Opened) -> None:
    wide.go("#view=table")
    rows = [row.locator("td").all_inner_texts() for row in wide.page.locator("#view-table tbody tr").all()]
    assert [row[1:2] + row[4:5] for row in rows if row[0] == "KS – Kommunesektorens organisasjon"] == [
        ["arrangør (planlagt)", "Planlagt"]
    ]


def test_proof_of_an_office_holder_says_what_the_registry_adds(wide: Opened) -> None:
    wide.go("#view=table")
    rows = [row.locator("td").all_inner_texts() for row in wide.page.locator("#view-table tbody tr").all()]
    # Below the words stands a button that shows all of them.
    [proof] = [row[5].removesuffix("\nVis hele") for row in rows if row[0] == "Anders Anundsen"]
    assert proof == (
        "Her vil både statsministeren og justis- og beredskapsministeren delta. "
        "(fra sammenhengen: hvem, hvilket møte) … "
        "Registeret sier: Anders Anundsen, justis- og beredskapsminister"
    )
    csv = wide.page.evaluate("motegraf.exports.csvText()")
    assert "Registeret sier: Anders Anundsen, justis- og beredskapsminister" in csv


def test_panel_says_what_a_sentence_leaves_to_its_context(wide: Opened) -> None:
    wide.go("#all=yes&sel=participation:haugesund-2014-12.laila-bokhari")
    panel = wide.page.locator("#proof").inner_text()
    assert "fra sammenhengen: hvilket møte" in panel
    wide.go("#all=yes&sel=participation:haugesund-2014-12.haugesund-kommune&lang=en")
    panel = wide.page.locator("#proof").inner_text()
    assert "I desember arrangerte Haugesund kommune" in panel
    assert "from the context" not in panel


def test_council_that_is_only_named_is_no_event(wide: Opened) -> None:
    wide.go("#all=yes&sel=event:haugesund-beredskapsrad")
    kinds = wide.page.evaluate("[...motegraf.data.entities.values()].map(entity => entity.kind)")
    assert (kinds.count("event"), kinds.count("named")) == (11, 1)


def test_map_says_why_a_meeting_is_drawn_where_it_is(wide: Opened) -> None:
    wide.go("#view=map&lang=en")
    assert "municipality that organised it or that the source names" in wide.page.locator("#view-map").inner_text()


def test_proof_column_is_within_the_window(wide: Opened) -> None:
    wide.go("#view=table&all=yes")
    scroll = (
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('#view-table .scroll'))"
    )
    assert wide.page.evaluate(scroll)


def test_each_tick_of_a_long_timeline_has_its_year(wide: Opened) -> None:
    long = {"earliest": "2023-05-01", "latest": "2023-05-31"}
    wide.page.evaluate(
        "time => { Object.assign(motegraf.data.entities.get('event:drammen-2015'), time);"
        " motegraf.state.set({ view: 'timeline' }); }",
        long,
    )
    wide.settle()
    ticks = wide.page.locator("svg.time .tick").all_text_contents()
    assert len(ticks) > 3
    assert [tick for tick in ticks if not tick[-4:].isdigit()] == []


def test_deck_does_not_hedge_what_is_proven(wide: Opened) -> None:
    deck = wide.page.locator("#deck").inner_text()
    assert "Laila Bokhari var beviselig til stede på tre av dem og kan ha vært på fire til." in deck
    assert "sikkert" not in deck


def test_page_without_selection_says_how_to_read_time(wide: Opened) -> None:
    assert "Hvor i feltet det står, sier ikke når det var." in wide.page.locator("#proof").inner_text()


def test_source_says_how_its_time_of_publication_is_known(wide: Opened) -> None:
    details = wide.page.locator("#proof details", has_text="Hvordan tiden er kjent")
    details.locator("summary").click()
    assert details.locator("p").inner_text().startswith("Siden oppgir ingen dato.")


def test_facets_count_what_is_not_drawn_too(wide: Opened) -> None:
    wide.go()
    kinds = wide.page.evaluate("[...motegraf.data.entities.values()].map(entity => entity.kind)")
    drawn = wide.page.evaluate("motegraf.network.drawn().entities.length")
    assert drawn < len(kinds)
    counts = wide.page.evaluate("Object.fromEntries(motegraf.selection.counts('kind', motegraf.state.now))")
    assert counts == {kind: kinds.count(kind) for kind in kinds}
    assert wide.page.locator("#scope").inner_text() == "Tallene i filtrene gjelder hele grafen."
    wide.go("#kind=group")
    assert wide.page.locator("#count").inner_text().endswith(f"{counts['group']} passer til filtrene.")


def test_facets_of_rings_count_what_is_in_the_rings(wide: Opened) -> None:
    wide.go("#around=person:joran-kallmyr")
    counts = wide.page.evaluate("Object.fromEntries(motegraf.selection.counts('kind', motegraf.state.now))")
    assert counts == {"person": 1, "event": 1}
    assert wide.page.locator("#scope").inner_text() == "Tallene gjelder de 2 navnene som er tegnet, av 44."


def test_no_line_strikes_out_the_time_of_a_frame_that_has_room_beside_it(wide: Opened) -> None:
    drawn = wide.drawn()
    struck = {
        heading["words"]
        for heading in drawn["headings"]
        for line in drawn["lines"]
        for point in line["points"]
        if heading["x"] <= point["x"] <= heading["x"] + heading["w"]
        and heading["y"] <= point["y"] <= heading["y"] + heading["h"]
    }
    assert [heading["words"] for heading in drawn["headings"]] == [
        *("sep.–des. 2014", "jan.–mars 2015", "en gang i jan.–juni 2015", "okt. 2014", "nov. 2014", "des. 2014"),
    ]
    # Two lines lead to the one event that fills its frame; there they pass behind the words.
    assert struck <= {"jan.–mars 2015"}
