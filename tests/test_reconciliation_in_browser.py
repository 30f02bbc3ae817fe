"""The reconciliation service from a page of another site: its JSON is read by CORS, its preview stands in a frame."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe import violations
from servers import stub_server
from serving import RunningServer, serving

from graph.server.reconcile.manifest import PREVIEW_HEIGHT, PREVIEW_WIDTH

pytestmark = pytest.mark.browser

BODY = "organisation/statsministerens-kontor"
IDS = ("person/laila-bokhari", "event/haugesund-2014-12", "area/no/kommune/0301", BODY)
# As a page of another site asks: a form by POST, and the manifest.
ASKING = """async address => {
  const body = new URLSearchParams({queries: JSON.stringify({q0: {query: "Laila Bokhari"}})})
  const found = await (await fetch(address, {method: "POST", body})).json()
  const manifest = await (await fetch(address)).json()
  const refused = await fetch(`${address}?queries={`)
  return [found.q0.result[0].id, manifest.versions[0], refused.status, (await refused.json()).status]
}"""


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("asked") / "log", queries_per_client=2, timeout=60.0) as running:
        yield running


@pytest.fixture
def elsewhere(browser: Any, server: RunningServer) -> Iterator[Any]:
    """Return a page of another site, with the previews in frames as large as the manifest says."""
    frames = "".join(
        f'<iframe width="{PREVIEW_WIDTH}" height="{PREVIEW_HEIGHT}" title="{id}" '
        f'src="http://127.0.0.1:{server.port}/reconcile/preview?id={quote(id, safe="")}&lang=en"></iframe>'
        for id in IDS
    )
    body = f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1>{frames}</html>'.encode()
    with stub_server(lambda _: (200, {"Content-Type": "text/html; charset=utf-8"}, body)) as other:
        page = browser.new_page()
        page.wrong = []
        page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.goto(other.url)
        page.wait_for_load_state("networkidle")
        yield page
        page.close()


def test_page_of_another_site_asks_and_reads_errors(elsewhere: Any, server: RunningServer) -> None:
    found = elsewhere.evaluate(ASKING, f"http://127.0.0.1:{server.port}/reconcile")
    assert found == ["person/laila-bokhari", "0.2", 400, "error"]


def test_previews_fit_their_frames_and_break_no_policy(elsewhere: Any) -> None:
    names = []
    for frame in elsewhere.frames[1:]:
        names.append(frame.locator("h1").inner_text())
        assert frame.evaluate("document.styleSheets.length") == 1
        assert frame.evaluate("document.scripts.length") == 0
        assert violations(frame) == []
        width = frame.evaluate("document.documentElement.scrollWidth")
        assert width <= PREVIEW_WIDTH
        height = frame.evaluate("document.documentElement.scrollHeight")
        assert height <= PREVIEW_HEIGHT, f"{names[-1]} needs {height} pixels"
    assert names == ["Laila Bokhari", "Dialogue meeting in Haugesund", "Oslo", "Office of the Prime Minister"]
    # A browser asks each site for its icon.
    assert [each for each in elsewhere.wrong if "favicon" not in each] == []
