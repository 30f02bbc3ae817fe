"""The drawing of graphs of every kind: all that can be drawn is drawn, with no time that nobody gave."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browser import Opened, opened
from small_graph import actor, event, page_of, part
from test_explorer_lines import strikes

pytestmark = pytest.mark.browser

PERSON = actor("person", "p", "Person Gammel")


def undated() -> bytes:
    """Return the page of twelve meetings without a time, at which one person was."""
    meetings = [event(f"e{number:02}", f"Møte nummer {number}") for number in range(12)]
    return page_of([PERSON, *meetings], [part(PERSON, each) for each in meetings])


def nothing() -> bytes:
    """Return the page of an empty graph."""
    return page_of([], [])


def people() -> bytes:
    """Return the page of three people and no meeting."""
    return page_of([actor("person", f"p{number}", f"Person {number}") for number in range(3)], [])


def crowd() -> bytes:
    """Return the page of one meeting with 500 participants."""
    meeting = event("k", "Den store konferansen", "2014-10-07")
    guests = [actor("person", f"p{number:03}", f"Deltaker {number} Etternavn{number}") for number in range(500)]
    return page_of([meeting, *guests], [part(guest, meeting) for guest in guests])


def called_off() -> bytes:
    """Return the page of one meeting that was called off, with somebody who was to be there."""
    meeting = event("k", "Møtet som ble avlyst", status="status:cancelled")
    return page_of([PERSON, meeting], [])


def century() -> bytes:
    """Return the page of 21 meetings from 1900 to 2100, at which one person was."""
    meetings = [event(f"e{year}", f"Møte i {year}", f"{year}-03-01", f"{year}-03-31") for year in range(1900, 2101, 10)]
    return page_of([PERSON, *meetings], [part(PERSON, each) for each in meetings])


def drawn_of(browser: Any, folder: Path, made: bytes, size: tuple[int, int] = (1280, 900)) -> dict[str, Any]:
    file = folder / "explorer.html"
    file.write_bytes(made)
    with opened(browser, file, *size) as here:
        here.go("#view=network")
        here.page.wait_for_function("() => motegraf.data.isWhole()")
        return here.drawn()


@pytest.mark.parametrize(
    ("made", "entities", "lines", "headings"),
    [
        (undated, 12, 11, ["tidsrommet er ikke kjent"]),
        (nothing, 0, 0, []),
        (people, 3, 0, []),
        (crowd, 28, 27, ["7. oktober 2014"]),
    ],
)
@pytest.mark.parametrize("size", [(1280, 900), (360, 740)])
def test_all_that_can_be_drawn_is_drawn(
    browser: Any,
    tmp_path: Path,
    made: Callable[[], bytes],
    entities: int,
    lines: int,
    headings: list[str],
    size: tuple[int, int],
) -> None:
    drawn = drawn_of(browser, tmp_path, made(), size)
    assert (len(drawn["entities"]), len(drawn["lines"])) == (entities, lines)
    assert drawn["unnamed"] == []
    said = [heading["words"] for heading in drawn["headings"]]
    assert said == headings or [len(said), "okt" in "".join(said)] == [len(headings), "okt" in "".join(headings)]


def test_a_century_has_years(browser: Any, tmp_path: Path) -> None:
    """In the drawing every frame says its year; the timeline has a tick every so many years, none over another."""
    file = tmp_path / "explorer.html"
    file.write_bytes(century())
    with opened(browser, file) as here:
        headings = [heading["words"] for heading in here.drawn()["headings"]]
        assert headings == [f"mars {year}" for year in range(1900, 2001, 10)]
        here.go("#view=timeline&all=yes")
        here.page.wait_for_function("() => motegraf.data.isWhole()")
        here.settle()
        ticks = here.page.eval_on_selector_all(
            "svg.time .tick", "all => all.map(one => [one.textContent, one.getBBox().x, one.getBBox().width])"
        )
        years = [int(words) for words, _, _ in ticks]
        assert years == [1950, 2000, 2050]
        assert all(x + width <= other for (_, x, width), (_, other, _) in pairwise(ticks))


@pytest.mark.parametrize("width", [360, 700, 768, 1280, 1440])
@pytest.mark.parametrize("language", ["nb", "en"])
def test_boxes_stand_within_their_frames_with_whole_words(browser: Any, file: Path, width: int, language: str) -> None:
    with opened(browser, file, width, 900) as here:
        for state in ("", "&all=yes"):
            here.go(f"#lang={language}{state}")
            drawn = here.drawn()
            frames = {name: frame for frame in drawn["frames"] for name in frame["events"]}
            cards = {card["id"]: card for card in drawn["cards"]}
            assert cards.keys() == frames.keys()
            for name, card in cards.items():
                frame = frames[name]
                assert frame["x"] <= card["x"], (name, state)
                assert card["x"] + card["w"] <= frame["x"] + frame["w"], (name, state)
                assert "…" not in "".join(card["words"]), (name, state)


def contrast_of(here: Opened, one: str, other: str) -> float:
    ratio: float = here.page.evaluate("([one, other]) => motegraf.tints.contrast(one, other)", [one, other])
    return ratio


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_faded_can_be_read(browser: Any, file: Path, scheme: str) -> None:
    with opened(browser, file, color_scheme=scheme) as here:
        assert contrast_of(here, "#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
        script = "motegraf.tints.faded(motegraf.renderer.colours()).entities"
        faded, colours = here.page.evaluate(f"[{script}, motegraf.renderer.colours()]")
        pairs = [("ink", "paper"), ("ink", "frame"), ("on-held", "held")]
        pairs += [(name, "paper") for name in ("certain", "possible", "planned", "ours")]
        assert [pair for pair in pairs if contrast_of(here, faded[pair[0]], faded[pair[1]]) < 4.5] == []
        # It looks faded all the same.
        for name in ("ink", "person", "body"):
            assert contrast_of(here, faded[name], colours["paper"]) < contrast_of(here, colours[name], colours["paper"])


def pixels(here: Opened, box: dict[str, float]) -> list[list[int]]:
    """Return the colours in the middle of a box on the canvas, without what is transparent."""
    found: list[list[int]] = here.page.evaluate(
        "({ x, y, w, h }) => { const canvas = document.querySelector('#canvas canvas');"
        " const times = canvas.width / canvas.clientWidth; const { data } = canvas.getContext('2d').getImageData("
        "(x + w / 2 - 2) * times, (y + h / 2 - 2) * times, 4 * times, 4 * times);"
        " return Array.from({ length: data.length / 4 }, (_, at) => [...data.slice(4 * at, 4 * at + 4)]); }",
        box,
    )
    return found


def test_faded_signs_let_no_line_through(wide: Opened) -> None:
    wide.go("#sel=person:joran-kallmyr")
    sign = next(box for box in wide.drawn()["signs"] if box["id"] == "person:laila-bokhari")
    colours = pixels(wide, sign)
    assert {colour[3] for colour in colours} == {255}
    assert len({tuple(colour) for colour in colours}) == 1


def test_rings_around_the_selection_are_not_faded(wide: Opened) -> None:
    wide.go("#around=person:laila-bokhari&rings=2&sel=person:laila-bokhari")
    assert wide.drawn()["faded"] == {"entities": [], "ties": []}
    wide.page.evaluate("motegraf.state.select('event:sarpsborg-2014-10')")
    faded = wide.drawn()["faded"]["entities"]
    assert "person:yousef-bartho-assidiq" in faded
    assert "person:laila-bokhari" not in faded


def test_name_of_the_selection_stands_outside_of_its_ring(wide: Opened) -> None:
    wide.go("#sel=person:laila-bokhari")
    drawn = wide.drawn()
    name = next(box for box in drawn["names"] if box["id"] == "person:laila-bokhari")
    sign = next(box for box in drawn["signs"] if box["id"] == "person:laila-bokhari")
    # The ring has a radius of 12 and is 3 wide.
    assert name["x"] - (sign["x"] + sign["w"] / 2) >= 13.5 + 2


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("state", ["", "&all=yes", "&around=person:laila-bokhari&rings=2", "&sel=person:laila-bokhari"])
def test_of_equal_lines_all_say_their_role_or_none(wide: Opened, language: str, state: str) -> None:
    wide.go(f"#lang={language}{state}")
    drawn = wide.drawn()
    labelled = {role["id"] for role in drawn["roles"]}
    foremost = [line for line in drawn["lines"] if line["id"] not in drawn["faded"]["ties"]]
    words = wide.page.evaluate(
        "ids => ids.map(id => { const tie = motegraf.data.ties.get(id);"
        " return [motegraf.data.named(tie), tie.certainty, motegraf.data.entities.get(tie.from).kind].join(); })",
        [line["id"] for line in foremost],
    )
    bundles: dict[str, set[bool]] = {}
    for line, bundle in zip(foremost, words, strict=True):
        bundles.setdefault(bundle, set()).add(line["id"] in labelled)
    assert {bundle: said for bundle, said in bundles.items() if len(said) > 1} == {}
    assert labelled or "rings" in state or "all" in state


def test_canvas_has_one_tab_stop_with_a_text_alternative(wide: Opened) -> None:
    wide.go("")
    stops = wide.page.eval_on_selector_all(
        "#canvas, #canvas *", "all => all.filter(one => one.tabIndex >= 0).map(one => [one.id, one.ariaLabel])"
    )
    assert [name for name, _ in stops] == ["canvas"]
    assert all(label for _, label in stops)
    described = wide.page.locator("#canvas").get_attribute("aria-describedby")
    assert wide.page.locator(f"#{described}").text_content() == (
        "Tegnet: personer: 5, organisasjoner: 7, grupper uten navn: 4, møter: 11 og forbindelser: 26."
        " Flest forbindelser her har Laila Bokhari: 7."
    )


def test_empty_drawing_says_so(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "explorer.html"
    file.write_bytes(nothing())
    with opened(browser, file) as here:
        here.go("#view=network")
        assert here.page.get_by_text("Her er det ingenting å tegne.").bounding_box()["width"] > 100


def switches(here: Opened) -> dict[str, str]:
    """Return the switches of the key, with whether each is on."""
    pairs = here.page.eval_on_selector_all(
        "#legend button", "all => all.map(one => [one.textContent, one.getAttribute('aria-pressed')])"
    )
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_key_holds_what_is_drawn_and_each_word_once(wide: Opened) -> None:
    wide.go("")
    assert list(switches(wide)) == [
        *("Person", "Organisasjon", "Gruppe", "Holdt", "Bare planlagt", "Sikkert", "Kanskje: en av flere", "Ventet")
    ]
    wide.go("#all=yes")
    assert "Avgjort av oss" in switches(wide)
    # What is switched off stays, so that it can be switched on again.
    wide.page.locator("#legend button", has_text="Avgjort av oss").click()
    assert switches(wide)["Avgjort av oss"] == "false"
    wide.page.locator("#legend button", has_text="Avgjort av oss").click()
    assert set(switches(wide).values()) == {"true"}
    wide.go("#around=person:joran-kallmyr")
    assert list(switches(wide)) == ["Person", "Holdt", "Sikkert"]


@pytest.mark.parametrize(
    ("made", "said", "in_english"),
    [
        (
            undated,
            "12 møter holdt. Én person har del i dem. Når de var, er ikke kjent.",
            "When they were is not known.",
        ),
        (nothing, "Ingen møter.", "No meetings."),
        (people, "Ingen møter. I grafen står 3 personer.", "No meetings. 3 people are in the graph."),
        (called_off, "0 møter holdt. Ett ble avlyst eller utsatt og er ikke talt.", "is not counted."),
        (century, "21 møter holdt. Én person har del i dem.", "21 meetings held."),
    ],
)
def test_overview_says_what_there_is_where_times_or_meetings_are_missing(
    browser: Any, tmp_path: Path, made: Callable[[], bytes], said: str, in_english: str
) -> None:
    file = tmp_path / "explorer.html"
    file.write_bytes(made())
    with opened(browser, file) as here:
        here.go("#view=overview")
        lead, time = here.page.locator("#view-overview .lead"), here.page.locator("#view-overview .time-block")
        assert lead.inner_text() == said
        # Nothing is left free for what is not there.
        assert (time.bounding_box()["height"] > 200) == (made is century)
        here.go("#view=overview&lang=en")
        assert in_english in lead.inner_text()
        if made is century:
            assert here.page.locator("#histogram-title").inner_text() == "Meetings per 5 years"


def busy() -> bytes:
    """Return the page of 2,000 meetings in eleven years at which one person was, of every third with somebody else."""
    guests = [actor("person", f"q{number}", f"Motpart {number}") for number in range(20)]
    days = [(date(2006, 1, 1) + timedelta(days=2 * number)).isoformat() for number in range(2000)]
    meetings = [event(f"e{number:04}", f"Møte om sak {number}", day) for number, day in enumerate(days)]
    ties = [part(PERSON, each, "possible" if number % 5 == 0 else "certain") for number, each in enumerate(meetings)]
    ties += [part(guests[number % 20], each) for number, each in enumerate(meetings) if number % 3 == 0]
    return page_of([PERSON, *guests, *meetings], ties)


def test_two_thousand_meetings_of_one_person_stand_in_years(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "explorer.html"
    file.write_bytes(busy())
    with opened(browser, file) as here:
        for width, highest in ((1280, 900), (360, 1500)):
            here.page.set_viewport_size({"width": width, "height": 900})
            here.go(f"#around={PERSON['id']}")
            here.page.wait_for_function(
                "() => motegraf.data.isWhole() && motegraf.selection.visible(motegraf.state.now)"
            )
            here.settle()
            drawn = here.drawn()
            center = next(card for card in drawn["cards"] if card["id"] == PERSON["id"])
            assert center["y"] < 40
            assert here.page.locator("#canvas").bounding_box()["height"] < highest
            shown = [re.findall(r"\d+", heading["words"].replace("\u00a0", "")) for heading in drawn["headings"]]
            assert sum(int(counts[-1]) for counts in shown) == 2000
            assert sum(int(counts[-2]) for counts in shown) == len(drawn["cards"]) - 1 == 47
            assert strikes(drawn) == []
