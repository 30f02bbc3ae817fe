"""Paths between two in the interactive page: where several are equally short, it says so and shows each."""

from typing import Any

import pytest
from browser import Opened

pytestmark = pytest.mark.browser

BETWEEN = "path=person:erna-solberg&to=person:laila-bokhari&possible=yes"
BY_NAME = ["Dialogmøte i Ålesund", "Dialogmøte i Fredrikstad", "Dialogmøte i Oslo", "Dialogmøte i Tromsø"]


def through(page: Opened) -> list[str]:
    """The events along the path that is told."""
    steps = page.page.locator("#scene li button").all_inner_texts()
    return [event for event in BY_NAME if any(event in step for step in steps)]


def test_equally_short_paths_are_numbered(wide: Opened) -> None:
    wide.go(f"#{BETWEEN}")
    seen = []
    for _ in range(5):
        which = wide.page.locator("#scene .which [role=status]").inner_text()
        [event] = through(wide)
        seen.append((which, event))
        wide.page.get_by_role("button", name="Neste vei").press("Enter")
        assert wide.page.evaluate("document.activeElement.id") == "pathAfter"
    assert seen == [(f"Vei {number} av 4 som er like korte", BY_NAME[number - 1]) for number in (1, 2, 3, 4, 1)]
    wide.page.get_by_role("button", name="Forrige vei").click()
    assert through(wide) == BY_NAME[:1]


@pytest.mark.parametrize(
    ("number", "shown"), [("2", 2), ("4", 4), ("99", 4), ("0", 1), ("-1", 1), ("1e9", 1), ("x", 1)]
)
def test_link_opens_numbered_path(wide: Opened, number: str, shown: int) -> None:
    wide.go(f"#{BETWEEN}&number={number}&lang=en")
    assert wide.page.locator("#scene .which [role=status]").inner_text() == (
        f"Path {shown} of 4 that are equally short"
    )


def test_new_pair_starts_at_first_path(wide: Opened) -> None:
    wide.go(f"#{BETWEEN}&number=3")
    wide.page.locator("#path-to").fill("oslo kommune")
    wide.page.keyboard.press("Enter")
    assert "to=organisation:oslo-kommune" in wide.page.url
    assert "number" not in wide.page.url


def test_path_is_chosen_by_typing_and_without_names_says_what_to_do(wide: Opened) -> None:
    wide.go("#path=")
    assert wide.page.locator(".path-empty").inner_text().startswith("Velg to navn")
    assert not wide.page.locator("#canvas").is_visible()
    assert not wide.page.locator(".how").count()
    keys = wide.page.keyboard
    wide.page.locator("#path-from").focus()
    keys.type("kallm")
    assert wide.page.locator("#path-from-list [role=option]").all_inner_texts() == [
        "Jøran Kallmyr · person · justis- og innvandringsminister (2019 – 2020) · ett møte · 2014"
    ]
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "path-to"
    keys.type("assidiq")
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "path-to"
    assert wide.page.locator("#scene li").count() == 4
    # Half a name chooses nothing, and a name that is wiped is chosen no more.
    keys.type("ern")
    wide.page.locator("#tick-pathPossible").focus()
    assert wide.page.locator("#path-to").input_value() == "Yousef Bartho Assidiq"
    wide.page.locator("#path-to").fill("")
    keys.press("Enter")
    assert "to=" not in wide.page.url
    wide.go("#path=")
    wide.page.locator("#path-try").click()
    assert wide.page.locator("#scene li").count() > 2


def test_single_path_has_no_number(wide: Opened) -> None:
    wide.go("#path=person:joran-kallmyr&to=person:laila-bokhari")
    assert wide.page.locator("#scene li").count() == 2
    assert wide.page.locator("#scene .which").count() == 0


def test_paths_are_counted_by_entities_and_take_the_most_certain_tie(wide: Opened) -> None:
    """Two ways from a to d, three from d to g, and of two ties between a and b the certain one."""
    graph: dict[str, Any] = {
        "ab": ["a", "b", "possible"],
        "ab2": ["a", "b", "certain"],
        "ac": ["a", "c", "certain"],
        "bd": ["b", "d", "certain"],
        "cd": ["c", "d", "certain"],
        **{f"d{name}": ["d", name, "certain"] for name in "efh"},
        **{f"{name}g": [name, "g", "certain"] for name in "efh"},
    }
    found = wide.page.evaluate(
        """graph => {
            const {tiesOf} = motegraf.data;
            for (const name of "abcdefgh") tiesOf.set(name, []);
            for (const [id, [from, to, certainty]] of Object.entries(graph)) {
                const tie = {id, from, to, certainty, kind: certainty === "possible" ? "possible" : "part"};
                tiesOf.get(from).push(tie);
                tiesOf.get(to).push(tie);
            }
            return [1, 2, 3, 4, 5, 6].map(number => {
                const {steps, count} = motegraf.paths.shortest("a", "g", {possible: true, relations: false}, number);
                return [count, ...steps.map(({tie}) => tie.id)];
            });
        }""",
        graph,
    )
    assert found == [
        [6, "ab2", "bd", "de", "eg"],
        [6, "ab2", "bd", "df", "fg"],
        [6, "ab2", "bd", "dh", "hg"],
        [6, "ac", "cd", "de", "eg"],
        [6, "ac", "cd", "df", "fg"],
        [6, "ac", "cd", "dh", "hg"],
    ]
