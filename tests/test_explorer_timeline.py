"""The brush over the timeline: by thumbs, by typing, by link; every view shows the events that can have been then."""

from pathlib import Path
from typing import Any

import pytest
from browser import Opened, opened

pytestmark = pytest.mark.browser

AUTUMN = {"event:alesund-2014-host", "event:fredrikstad-2014-host", "event:oslo-2014-host", "event:tromso-2014-host"}
NEXT_YEAR = {"event:drammen-2015", "event:kristiansand-2015", "event:trondheim-2015"}
LATE = AUTUMN | {"event:stavanger-2014-11", "event:haugesund-2014-12"}


@pytest.fixture
def wide(wide: Opened) -> Opened:
    wide.go("#view=timeline")
    return wide


def period(page: Opened) -> list[str] | None:
    page.settle()
    found: list[str] | None = page.page.evaluate("motegraf.state.now.filters.span ?? null")
    return found


def slider(page: Opened, end: str) -> dict[str, str]:
    names = ("min", "max", "now", "text")
    thumb = page.page.locator(f"#span-{end}")
    return {name: thumb.get_attribute(f"aria-value{name}") for name in names}


def test_sliders_start_at_the_bounds_of_known_time(wide: Opened) -> None:
    # Days since 1970: 16314 is 1 September 2014, 16616 is 30 June 2015.
    ends = {"min": "16314", "max": "16616"}
    assert slider(wide, "from") == ends | {"now": "16314", "text": "1. september 2014"}
    assert slider(wide, "to") == ends | {"now": "16616", "text": "30. juni 2015"}
    thumbs = wide.page.locator("[role=slider]")
    assert thumbs.evaluate_all("all => all.map(one => [one.id, one.tabIndex, one.getAttribute('aria-label')])") == [
        ["span-from", 0, "Fra"],
        ["span-to", 0, "Til"],
    ]
    wide.page.get_by_role("button", name="English").click()
    assert slider(wide, "from")["text"] == "1 September 2014"


def test_keys_move_thumbs_by_days_and_months_without_crossing(wide: Opened) -> None:
    seen: list[tuple[str, Any]] = []
    for end, key in [
        *(("from", "ArrowRight"), ("from", "ArrowUp"), ("from", "ArrowLeft"), ("from", "PageUp"), ("from", "PageUp")),
        *(("to", "PageDown"), ("to", "PageDown"), ("to", "ArrowDown"), ("to", "PageUp"), ("to", "Home")),
        *(("to", "PageDown"), ("from", "End"), ("to", "End"), ("from", "Home")),
    ]:
        wide.page.locator(f"#span-{end}").focus()
        wide.page.keyboard.press(key)
        seen.append((f"{end} {key}", period(wide)))
        assert wide.page.evaluate("document.activeElement.id") == f"span-{end}"
    assert seen == [
        ("from ArrowRight", ["2014-09-02", ""]),
        ("from ArrowUp", ["2014-09-03", ""]),
        ("from ArrowLeft", ["2014-09-02", ""]),
        ("from PageUp", ["2014-10-01", ""]),
        ("from PageUp", ["2014-11-01", ""]),
        ("to PageDown", ["2014-11-01", "2015-05-31"]),
        ("to PageDown", ["2014-11-01", "2015-04-30"]),
        ("to ArrowDown", ["2014-11-01", "2015-04-29"]),
        ("to PageUp", ["2014-11-01", "2015-04-30"]),
        ("to Home", ["2014-11-01", "2014-11-01"]),
        ("to PageDown", ["2014-11-01", "2014-11-01"]),
        ("from End", ["2014-11-01", "2014-11-01"]),
        ("to End", ["2014-11-01", ""]),
        ("from Home", None),
    ]


def test_thumb_stops_at_the_other(wide: Opened) -> None:
    wide.go("#view=timeline&from=2014-11-01&to=2014-12-31")
    assert slider(wide, "from") == {"min": "16314", "max": "16435", "now": "16375", "text": "1. november 2014"}
    assert slider(wide, "to") == {"min": "16375", "max": "16616", "now": "16435", "text": "31. desember 2014"}


def test_dragging_is_one_history_entry(wide: Opened) -> None:
    wide.page.locator("#span-from").focus()
    for _ in range(5):
        wide.page.keyboard.press("PageUp")
    assert period(wide) == ["2015-02-01", ""]
    wide.page.go_back()
    assert period(wide) is None
    wide.page.go_forward()
    assert period(wide) == ["2015-02-01", ""]


def test_pointer_moves_the_nearer_thumb(wide: Opened) -> None:
    track = wide.page.locator(".track").bounding_box()
    box = wide.page.locator("#span-from").bounding_box()
    x, y = box["x"] + box["width"] / 2, track["y"] + track["height"] / 2
    wide.page.mouse.move(x, y)
    wide.page.mouse.down()
    wide.page.mouse.move(x + 150, y, steps=5)
    first = period(wide)
    assert first is not None
    assert first[0] > "2014-10-15"
    wide.page.mouse.move(x + 3000, y, steps=5)
    wide.page.mouse.up()
    assert period(wide) == ["2015-06-30", ""]
    # A press on the line: the end of the choice that is nearer comes there.
    track = wide.page.locator(".track").bounding_box()
    wide.page.mouse.click(x + 20, track["y"] + track["height"] / 2)
    moved = period(wide)
    assert moved is not None
    assert "2014-09-05" < moved[0] < "2014-09-25"
    assert moved[1] == ""


@pytest.mark.parametrize(
    ("end", "typed", "taken"),
    [
        ("from", "1.11.2014", ["2014-11-01", ""]),
        ("from", " 01. 11. 2014 ", ["2014-11-01", ""]),
        ("from", "2014-11-01", ["2014-11-01", ""]),
        ("from", "11.2014", ["2014-11-01", ""]),
        ("from", "2015", ["2015-01-01", ""]),
        ("to", "2014-11", ["", "2014-11-30"]),
        ("to", "2.2016", ["", "2016-02-29"]),
        ("to", "2014", ["", "2014-12-31"]),
        ("to", "", None),
    ],
)
def test_fields_accept_days_months_and_years(wide: Opened, end: str, typed: str, taken: list[str] | None) -> None:
    wide.page.locator(f"#span-{end}-field").fill(typed)
    wide.page.keyboard.press("Enter")
    assert period(wide) == taken
    assert wide.page.locator("#span-error").inner_text() == ""


@pytest.mark.parametrize(
    ("end", "typed", "said"),
    [
        (
            "from",
            "i fjor",
            "«i fjor» er ikke forstått. Skriv en dag, en måned eller et år, som 1.10.2014, 10.2014 eller 2014.",
        ),
        ("from", "30.2.2014", "Det finnes ingen dag som «30.2.2014»."),
        ("to", "2014-13", "Det finnes ingen dag som «2014-13»."),
        ("from", "2015", "Fra kan ikke være etter til, som er 31. desember 2014."),
        ("to", "1.9.2014", "Til kan ikke være før fra, som er 1. november 2014."),
        (
            "to",
            "<b>\u202e",
            "«<b>» er ikke forstått. Skriv en dag, en måned eller et år, som 1.10.2014, 10.2014 eller 2014.",
        ),
    ],
)
def test_invalid_field_is_reported_and_ignored(wide: Opened, end: str, typed: str, said: str) -> None:
    wide.go("#view=timeline&from=2014-11-01&to=2014-12-31")
    field = wide.page.locator(f"#span-{end}-field")
    field.fill(typed)
    wide.page.keyboard.press("Enter")
    assert period(wide) == ["2014-11-01", "2014-12-31"]
    assert wide.page.locator("#span-error").inner_text() == said
    assert [field.get_attribute(name) for name in ("aria-invalid", "aria-describedby")] == ["true", "span-error"]
    field.fill("")
    wide.page.keyboard.press("Enter")
    assert wide.page.locator("#span-error").inner_text() == ""
    assert field.get_attribute("aria-invalid") is None


@pytest.mark.parametrize(
    ("state", "events"),
    [
        ("from=2014-11-01&to=2014-12-31", LATE),
        ("to=2014-10-15", AUTUMN | {"event:sarpsborg-2014-10"}),
        ("from=2015-04-01", NEXT_YEAR),
        ("from=2014-11-01&to=2014-12-31&role=role:introducer", {"event:stavanger-2014-11", "event:haugesund-2014-12"}),
        ("from=2016-01-01", set()),
    ],
)
def test_period_filters_every_view_by_possible_time(wide: Opened, state: str, events: set[str]) -> None:
    def found(view: str, script: str) -> set[str]:
        wide.go(f"#view={view}&others=hide&{state}")
        return {id for id in wide.page.evaluate(script) if id.startswith("event:")}

    def listed(selector: str, name: str) -> str:
        return f"[...document.querySelectorAll('{selector}')].map(one => one.dataset.{name})"

    ends = "motegraf.data.ties.get(one.dataset.tie).to"
    rows = (
        f"[...document.querySelectorAll('tr[data-tie]')].map(one => {ends}).concat({listed('[data-alone]', 'alone')})"
    )
    assert found("timeline", listed("svg.time [data-event]", "event")) == events
    assert found("map", listed("[data-listed]", "listed")) == events
    assert found("table", rows) == events
    assert found("network", "motegraf.network.drawn().entities") == events


def test_filtered_events_are_faded_on_timeline(wide: Opened) -> None:
    wide.go("#view=timeline&from=2014-11-01&to=2014-12-31")
    faded = wide.page.eval_on_selector_all("svg.time .faded", "all => all.map(one => one.dataset.event)")
    assert set(faded) == NEXT_YEAR | {"event:sarpsborg-2014-10", "event:toppmote-2015"}


@pytest.mark.parametrize(
    ("state", "chip"),
    [
        ("from=2014-11-01&to=2014-12-31", "November–desember 2014"),
        ("from=2014-11-05&to=2014-11-05", "5. november 2014"),
        ("from=2015-01-15", "Fra 15. januar 2015"),
        ("to=2015-01-15&lang=en", "Until 15 January 2015"),
    ],
)
def test_chip_names_and_removes_the_period(wide: Opened, state: str, chip: str) -> None:
    wide.go(f"#view=network&{state}&status=status:held")
    chips = wide.page.locator("#chips button")
    assert chips.first.inner_text() == f"{chip} ×"
    chips.first.click()
    assert period(wide) is None
    assert wide.page.evaluate("motegraf.state.now.filters.status") == ["status:held"]


def test_clear_all_removes_the_period(wide: Opened) -> None:
    wide.go("#from=2014-11-01&status=status:held")
    wide.page.get_by_role("button", name="Fjern alle").click()
    assert wide.page.evaluate("motegraf.state.now.filters") == {}
    assert "from=" not in wide.page.url


@pytest.mark.parametrize(
    ("state", "taken"),
    [
        ("#from=2014-11-01&to=2014-12-31", ["2014-11-01", "2014-12-31"]),
        (
            "#path=person:joran-kallmyr&to=person:laila-bokhari&from=2014-11-01&to=2014-12-31",
            ["2014-11-01", "2014-12-31"],
        ),
        ("#path=person:joran-kallmyr&to=person:laila-bokhari", None),
        ("#from=2014-02-30&to=yesterday", None),
        ("#from=2015-01-01&to=2014-01-01", None),
    ],
)
def test_address_encodes_the_period(wide: Opened, state: str, taken: list[str] | None) -> None:
    wide.go(state)
    assert period(wide) == taken
    # What the address has and does not exist is counted, and is not there any more when the state is written.
    now = "JSON.stringify({...motegraf.state.now, ignored: 0})"
    seen = wide.page.evaluate(now)
    wide.go(wide.page.evaluate("motegraf.state.serialise(motegraf.state.now)"))
    assert wide.page.evaluate(now) == seen


def test_range_slider_fits_a_narrow_screen(browser: Any, file: Path) -> None:
    with opened(browser, file, 360, 740) as page:
        page.go("#view=timeline&lang=en")
        assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        for end in ("from", "to"):
            box = page.page.locator(f"#span-{end}").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
            assert (box["width"], box["height"]) == (28, 28)
        widths = "all => all.map(one => [one.textContent, one.getBoundingClientRect().right])"
        names = page.page.eval_on_selector_all("svg.time .one text", widths)
        assert [name for name, right in names if right > 344] == []
