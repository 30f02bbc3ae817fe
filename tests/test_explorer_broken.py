"""The interactive page where something is missing: cut in the middle, without storage, with joiners."""

from pathlib import Path
from typing import Any

import pytest
from browser import Opened, opened, opened_alone
from large_graph import large_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def whole_page() -> bytes:
    return large_page()


def test_file_that_ends_in_its_data_or_scripts_says_so(
    browser: Any, file: Path, whole_page: bytes, tmp_path: Path
) -> None:
    data = whole_page.index(b'id="data">')
    script = whole_page.index(b"window.motegraf = motegraf")
    page = browser.new_page()
    for end in (data + 5000, script - 2000):
        (tmp_path / "cut.html").write_bytes(whole_page[:end])
        page.goto((tmp_path / "cut.html").as_uri())
        said = page.locator("#without-scripts")
        said.wait_for(state="visible")
        assert "er den ikke hel, så last den ned på nytt" in said.inner_text()
        assert "it is not whole, so download it again" in said.inner_text()
    broken = whole_page[: data + 5000] + whole_page[data + 6000 :]
    (tmp_path / "cut.html").write_bytes(broken)
    page.goto((tmp_path / "cut.html").as_uri())
    said = page.locator("#without-scripts")
    said.wait_for(state="visible")
    assert said.inner_text().startswith("Denne filen er ikke hel: dataene i den kan ikke leses.")
    page.close()


def test_file_that_ends_in_its_chunks_says_how_much_is_there(browser: Any, whole_page: bytes, tmp_path: Path) -> None:

    first = whole_page.index(b" data-chunk>")
    last = whole_page.rindex(b"</script>")
    for end in (first + 500, last - 40, first - 40):
        (tmp_path / "cut.html").write_bytes(whole_page[:end])
        with opened(browser, tmp_path / "cut.html") as page:
            page.page.wait_for_function("() => document.getElementById('incomplete').textContent.includes('ikke hel')")
            for state in ("#view=overview", "#view=table"):
                page.page.evaluate("state => { location.hash = state; }", state)
                assert "av 2\u00a0830 navn er her" in page.page.locator("#incomplete").inner_text()
            assert page.page.locator("h1").inner_text()


# Nothing that is packed is read before it is let go.
HOLD = """for (const name of ["text", "arrayBuffer"]) {
    const read = Response.prototype[name];
    Response.prototype[name] = async function () {
        while (!window.isReleased) await new Promise(resolve => setTimeout(resolve, 20));
        return read.call(this);
    };
}"""
RELEASE = "() => { window.isReleased = true; }"


def test_block_to_embed_that_is_not_there_yet_leaves_nothing_else_in_sight(
    browser: Any, whole_page: bytes, tmp_path: Path
) -> None:
    (tmp_path / "slow.html").write_bytes(whole_page)
    with opened_alone(browser, tmp_path / "slow.html") as slow:
        page = slow.page
        page.add_init_script(HOLD)
        slow.go("#embed=people")
        page.wait_for_function("() => document.documentElement.classList.contains('embedding')")
        assert page.locator("#block-people").count() == 0
        assert [page.locator(each).is_visible() for each in ("#facets", "#tabs", "#proof")] == [False] * 3
        page.evaluate(RELEASE)
        page.locator("#embed-head h1").wait_for()
        assert page.locator("#block-people").is_visible()
        assert not page.locator("#block-bodies").is_visible()
        # What can never come is not waited for.
        slow.go("#embed=nobody")
        assert page.locator("#embed-head [role=alert]").is_visible()


def test_while_parts_arrive_nobody_is_called_alone(browser: Any, whole_page: bytes, tmp_path: Path) -> None:
    """No number is given, and nobody is said to have no connections, before all of them can have come."""
    (tmp_path / "slow.html").write_bytes(whole_page)
    with opened_alone(browser, tmp_path / "slow.html") as slow:
        page = slow.page
        page.add_init_script(HOLD)
        slow.go("#view=overview")
        last = page.evaluate(
            """() => [...motegraf.data.entities.values()].find(({ id, kind }) =>
                kind !== "event" && motegraf.data.tiesOf.get(id).length === 0)?.id ?? null"""
        )
        assert last is not None
        slow.go(f"#around={last}&view=network")
        assert page.locator("#nothing").is_hidden()
        page.evaluate("id => motegraf.subject.open(id)", last)
        assert "Vis hvem som er rundt\n" in page.locator("#view-subject .acts").inner_text()
        assert not page.evaluate("motegraf.data.isWhole()")
        page.evaluate(RELEASE)
        page.locator("#view-subject .acts", has_text="Vis hvem som er rundt (").wait_for()


def test_page_works_where_storage_is_refused(browser: Any, file: Path) -> None:
    refuse = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
        Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });"""
    with opened_alone(browser, file) as page:
        page.page.add_init_script(refuse)
        page.go("#view=table&sel=person:laila-bokhari")
        assert page.page.locator("#proof h2.title").inner_text() == "Laila Bokhari"


def test_joiners_stay_where_they_join_and_go_where_they_hide(wide: Opened) -> None:
    words = {
        "👩\u200d👩\u200d👧": "👩\u200d👩\u200d👧",
        "👨🏽\u200d🚀": "👨🏽\u200d🚀",
        "❤\ufe0f\u200d🔥": "❤\ufe0f\u200d🔥",
        "می\u200cخواهم": "می\u200cخواهم",
        "क्\u200dष": "क्\u200dष",
        "Er\u200dna Sol\u200cberg": "Erna Solberg",
        "\u200dErna\u200c": "Erna",
        "👩\u200dErna": "👩Erna",
        "\u202eanrE\u202c": "anrE",
        "می\u200b\u2066خواهم\u2069": "میخواهم",
    }
    assert wide.page.evaluate("all => all.map(motegraf.dom.clean)", [*words]) == [*words.values()]
