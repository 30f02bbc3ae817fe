"""The interactive page by keys: whatever is pressed, the focus is never lost, and a walk is one step in the history."""

import pytest
from browser import Opened

pytestmark = pytest.mark.browser

# Every button that shows the page anew is in one of these.
STATES = [
    "#",
    "#others=hide&role=role:introducer&month=2014-12&from=2014-11-01",
    "#around=person:laila-bokhari&sel=person:laila-bokhari",
    "#path=person:erna-solberg&to=person:laila-bokhari&possible=yes&sel=event:oslo-2014-host",
    "#view=timeline&sel=event:oslo-2014-host",
    "#view=map&sel=person:laila-bokhari",
    "#view=table&sel=participation:haugesund-2014-12.laila-bokhari",
    "#view=questions&question=who_met_whom",
    "#role=role:introducer&month=2015-03&others=hide",
]
# Some of many alike: the first of each list is pressed. What is the same in all states is pressed in the first.
BUTTONS = """isFirst => {
    const common = isFirst ? ["header", "#facets"] : [];
    const parts = [...common, ".above", "#chips", "#scene", "#extent", "#legend", ".view", "#proof"];
    const all = parts.flatMap(part => [...document.querySelectorAll(part)].flatMap(one =>
        [...one.querySelectorAll("button, input[type=checkbox], input[type=radio]")]));
    const seen = new Set();
    window.toPress = [...new Set(all)].filter(one => {
        if (one.disabled || !one.getClientRects().length || one.closest("#exports")) return false;
        const list = one.closest("ul, tbody, .asked");
        const number = [...(list?.parentElement.children ?? [])].indexOf(list);
        const key = list ? `${list.closest("[id]")?.id} ${one.className} ${number}` : one;
        return !seen.has(key) && seen.add(key);
    });
    return window.toPress.map(one => one.id || one.textContent || one.getAttribute("aria-label"));
}"""


@pytest.mark.parametrize("state", STATES)
def test_no_button_loses_the_focus(wide: Opened, state: str) -> None:
    wide.go(state)
    lost = []
    names = wide.page.evaluate(BUTTONS, state == STATES[0])
    assert len(names) > 4
    for number, name in enumerate(names):
        # Where the one before led is left without opening the page anew.
        wide.page.evaluate("state => { location.hash = state; motegraf.state.reread(); }", state)
        wide.settle()
        wide.page.evaluate(BUTTONS, state == STATES[0])
        if wide.page.evaluate("number => toPress[number]?.focus() === undefined && toPress[number]", number) is None:
            continue
        wide.page.keyboard.press("Space")
        wide.settle()
        focused = wide.page.evaluate(
            "() => { const one = document.activeElement; return one !== document.body && one.getClientRects().length }"
        )
        if not focused:
            lost.append(name)
    assert lost == []


def test_path_tool_begins_at_its_first_end(wide: Opened) -> None:
    wide.go("#")
    wide.page.locator("#open-path").press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "path-from"
    wide.page.locator("#back").press("Enter")
    assert wide.page.evaluate("document.activeElement.id") in ("show-all", "open-path")


def test_escape_in_the_panel_closes_it_and_returns_the_focus(wide: Opened) -> None:
    for view, opener in [
        ("table", "tr[data-tie] button"),
        ("timeline", "[data-event]"),
        ("map", "[data-listed] button"),
    ]:
        wide.go(f"#view={view}")
        button = wide.page.locator(f"#view-{view} {opener}").nth(2)
        said = button.text_content()
        button.focus()
        wide.page.keyboard.press("Enter")
        wide.page.locator("#close-proof").focus()
        wide.page.keyboard.press("Escape")
        assert "sel=" not in wide.page.url
        assert wide.page.evaluate("document.activeElement.textContent") == said, view
    wide.go("#")
    wide.page.locator("#canvas").focus()
    wide.page.keyboard.press("ArrowRight")
    wide.page.keyboard.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "proof"
    wide.page.keyboard.press("Escape")
    assert wide.page.evaluate("document.activeElement.id") == "canvas"


def test_slash_works_in_a_filter(wide: Opened) -> None:
    wide.page.locator("#facet-kind-0").focus()
    wide.page.keyboard.press("/")
    assert wide.page.evaluate("document.activeElement.id") == "search"


def test_walk_by_arrow_keys_is_one_step_in_the_history(wide: Opened) -> None:
    wide.go("#view=table")
    wide.page.locator("#tab-network").click()
    wide.page.locator("#canvas").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowRight"):
        wide.page.keyboard.press(key)
    assert wide.page.evaluate("motegraf.state.now.selected")
    wide.page.go_back()
    assert wide.page.evaluate("[motegraf.state.now.view, motegraf.state.now.selected]") == ["network", None]


def test_escape_lets_go_of_what_is_chosen_wherever_the_focus_is(wide: Opened) -> None:
    wide.go("#view=table&sel=person:laila-bokhari")
    wide.page.locator("#tab-table").focus()
    wide.page.keyboard.press("Escape")
    assert wide.page.evaluate("[motegraf.state.now.selected, document.activeElement.id]") == [None, "tab-table"]
    # A field has a use of its own for the key.
    wide.go("#view=table&sel=person:laila-bokhari")
    wide.page.locator("#search").fill("bok")
    wide.page.keyboard.press("Escape")
    assert wide.page.evaluate("motegraf.state.now.selected") == "person:laila-bokhari"
