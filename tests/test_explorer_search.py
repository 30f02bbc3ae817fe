"""The search of the interactive page: what is found by what somebody types, in which order, and where it leads."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from browser import SIZES, Opened, opened, used, window

pytestmark = pytest.mark.browser


def find(here: Opened, typed: str, most: int = 40) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = here.page.evaluate(
        "([typed, most]) => motegraf.search.find(typed, most).hits", [typed, most]
    )
    return hits


def labels(here: Opened, typed: str, group: str) -> list[str]:
    return [hit["label"] for hit in find(here, typed) if hit["group"] == group]


@pytest.mark.parametrize(
    ("typed", "group", "first"),
    [
        ("Haugesudn", "places", "Haugesund"),
        ("haugesnd kommune", "organisations", "Haugesund kommune"),
        ("erna solbreg", "people", "Erna Solberg"),
        ("KS", "organisations", "KS – Kommunesektorens organisasjon"),
        ("kommunesektorens organisasjon", "organisations", "KS – Kommunesektorens organisasjon"),
        ("statsminister", "people", "Erna Solberg"),
        ("statsministeren", "people", "Erna Solberg"),
        ("prime minister", "people", "Erna Solberg"),
        ("rogaland", "places", "Rogaland"),
        ("radikalisering", "places", "Forebygging av radikalisering og voldelig ekstremisme"),
        ("2015", "times", "2015"),
        ("mars 2015", "times", "Mars 2015"),
        ("March 2015", "times", "Mars 2015"),
        ("2015-03", "times", "Mars 2015"),
        ("planlagt", "times", "Planlagt"),
        ("planned 2015", "times", "Planlagt, 2015"),
        ("hvem var i haugesund", "meetings", "Dialogmøte i Haugesund"),
        ("haugesund 2014", "meetings", "Dialogmøte i Haugesund"),
        ("hvem møtte hvem", "questions", "Hvem møtte hvem (på samme arrangement)?"),
    ],
)
def test_search_finds_what_is_meant(wide: Opened, typed: str, group: str, first: str) -> None:
    assert first in labels(wide, typed, group)[:2]


def test_search_reads_the_words_of_the_sources(wide: Opened) -> None:
    [sentence] = [hit for hit in find(wide, "minotenk") if hit["kind"] == "sentence"]
    assert sentence["label"].startswith("«I tillegg holdt Yousef Bartho Assidiq, prosjektleder i Minotenk, et innlegg")
    # A sentence that proves much is listed once, and says so.
    [shared] = [hit for hit in find(wide, "drammen trondheim") if hit["kind"] == "sentence"]
    assert re.match(r"Møte i \w+ \(og \d+ til\) · Dialogmøter høsten 2014$", shared["detail"])


def test_letters_inside_of_words_are_found_only_where_nothing_else_is(wide: Opened) -> None:
    assert next(hit["label"] for hit in find(wide, "KS")) == "KS – Kommunesektorens organisasjon"
    assert all(re.search(r"\bKS\b", hit["label"]) for hit in find(wide, "KS"))
    assert "Tromsø kommune" in [hit["label"] for hit in find(wide, "romsø")]


def test_the_better_match_comes_first_and_of_equals_the_one_of_more_meetings(wide: Opened) -> None:
    ranks = [hit.get("rank", 9) for hit in find(wide, "ekstremisme")]
    assert ranks == sorted(ranks)
    # By office: three certain meetings come before none.
    assert labels(wide, "statsministerens kontor", "people")[0] == "Laila Bokhari"


def test_a_number_is_forgiven_no_error(wide: Opened) -> None:
    assert find(wide, "2094") == []


def test_entities_alone_are_found_for_tools_that_ask_for_them(wide: Opened) -> None:
    hits = wide.page.evaluate("motegraf.search.find('haugesund', 12, { entitiesOnly: true }).hits")
    assert [(hit["kind"], hit["id"]) for hit in hits] == [
        ("body", "organisation:haugesund-kommune"),
        ("event", "event:haugesund-2014-12"),
    ]


def choose(here: Opened, typed: str, words: str) -> None:
    here.page.locator("#search").fill(typed)
    here.page.locator("#results [role=option]", has_text=words).first.click()
    here.settle()


def test_choosing_sets_a_filter_opens_a_question_or_shows_the_proof(wide: Opened) -> None:
    choose(wide, "haugesund", "Sted")
    assert wide.page.evaluate("motegraf.state.now.filters") == {"place": ["kommune:1106"]}
    assert wide.page.locator("#chips button").first.inner_text() == "Haugesund ×"
    choose(wide, "mars 2015", "Mars 2015")
    assert wide.page.evaluate("motegraf.state.now.filters.span") == ["2015-03-01", "2015-03-31"]
    wide.go()
    choose(wide, "hvem møtte hvem", "på samme arrangement")
    assert wide.page.evaluate("[motegraf.state.now.view, motegraf.state.now.question]") == ["questions", "who_met_whom"]
    choose(wide, "minotenk", "prosjektleder i Minotenk, et innlegg")
    assert "prosjektleder i Minotenk" in wide.page.locator("#proof mark.says").first.inner_text()
    assert wide.page.evaluate("document.activeElement.id") == "proof"


def test_the_list_has_groups_and_opens_each_whole(wide: Opened) -> None:
    wide.page.locator("#search").fill("ekstremisme")
    groups = wide.page.locator("#results [role=group]")
    names = [group.get_attribute("aria-labelledby") for group in groups.all()]
    headings = [wide.page.locator(f"#{name}").inner_text() for name in names]
    assert headings[:3] == ["Møter", "Annet med navn", "Steder og temaer"]
    keys = wide.page.keyboard
    more = wide.page.locator("#results .more").first
    left = int(more.inner_text().split()[0])
    before = groups.first.locator("[role=option]").count() - 1
    for _ in range(before):
        keys.press("ArrowDown")
    keys.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "search"
    assert groups.first.locator("[role=option]").count() == before + left
    # Back to all of them.
    keys.press("Escape")
    assert groups.count() == len(names)
    active = wide.page.locator("#search").get_attribute("aria-activedescendant")
    assert wide.page.locator(f"#{active}").get_attribute("aria-selected") == "true"


@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark")])
def test_open_list_passes_axe_and_keeps_within_the_window(browser: Any, file: Path, size: str, scheme: str) -> None:
    with opened(browser, file, *SIZES[size], color_scheme=scheme) as here:
        here.page.locator("#search").fill("ekstremisme")
        assert violations(here.page) == []
        assert here.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.fixture(scope="module")
def namesakes(browser: Any, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The page with two people of one name: one held an office and was at a meeting, of the other nothing is known."""
    text = file.read_text(encoding="utf-8")
    begins, payload, ends = re.split(r'(?<=id="data">)(.*?)(?=</script>)', text, maxsplit=1)
    data = json.loads(payload)
    person = {"kind": "person", "label": {"nb": "Kari Nordmann"}, "claims": [], "memberships": []}
    data["entities"] += [person | {"id": "person:a"}, person | {"id": "person:b"}]
    data["ties"].append(
        {"id": "participation:b", "kind": "part", "certainty": "certain", "from": "person:b"}
        | {"to": "event:haugesund-2014-12", "roles": ["role:participant"], "claims": [], "memberships": []}
    )
    held = next(iter(data["memberships"].values()))
    data["memberships"]["membership:b"] = held | {"id": "membership:b", "person": "person:b"}
    copy = tmp_path_factory.mktemp("namesakes") / "explorer.html"
    copy.write_text(f"{begins}{json.dumps(data, ensure_ascii=False)}{ends}", encoding="utf-8")
    with window(browser, copy, *SIZES["wide"]) as here, used(here):
        yield here


def test_namesakes_are_told_apart_by_office_and_meetings(namesakes: Opened) -> None:
    hits = find(namesakes, "kari nordmann")
    assert [hit["id"] for hit in hits] == ["person:b", "person:a"]
    assert re.search(r"\(.*\d{4}\) · ett møte · 2014", hits[0]["detail"])
    assert hits[1]["detail"] == "ingen møter"


def test_two_names_find_their_comparison_and_the_path_between_them(wide: Opened) -> None:
    for typed, state in (("kallmyr og assidiq", "pathFrom"), ("Assidiq - Kallmyr", "compare")):
        wide.page.locator("#search").fill(typed)
        options = wide.page.locator("#results [role=option]")
        assert "Sammenlign" in options.nth(0).inner_text()
        assert "Veien mellom" in options.nth(1).inner_text()
        options.nth(1 if state == "pathFrom" else 0).click()
        assert wide.page.evaluate(f"motegraf.state.now.{state}")
    assert sorted(wide.page.evaluate("motegraf.state.now.compare")) == [
        "person:joran-kallmyr",
        "person:yousef-bartho-assidiq",
    ]
    # A name that has such a word is no two.
    wide.page.locator("#search").fill("justis- og beredskapsdepartementet")
    assert "Sammenlign" not in wide.page.locator("#results").inner_text()
