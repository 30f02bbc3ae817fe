"""The summit of February 2015, planned on the first page and held on two pages of our own, and pictures of it.

    python tests/identity_film.py docs/identity.png

makes the picture in docs/identity.md again: what is proposed, the page on which a person decides, the one event
afterwards with the sentences of all three pages, and what is there once the decisions are taken back. The two pages
were written for this; what they tell beside the day, the place and who was there is made up.
"""

import base64
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from browser import driver, started
from click.testing import CliRunner
from conftest import CORPUS, PAGE, add_page
from serving import serving

from build_graph import build
from graph import HOME
from graph.__main__ import motegraf
from graph.identity.candidates import candidates, clusters
from graph.identity.things import things_of
from graph.model.iris import BASE, prefixes_under
from graph.query.stores import connect_build
from graph.review.same import SameReview
from graph.review.same_evidence import Evidence

PAGES = Path(__file__).parent / "identity_pages"
# On which day each of the pages is published; the first page is not known before 31 March for certain.
PUBLISHED = {"summit-news": "2015-02-03", "summit-speech": "2015-04-10"}
PLANNED, NEWS, SPEECH = "event:toppmote-2015", "event:toppmote-i-oslo", "event:toppmotet-med-talen"
_STYLE = """
body { background: #fff; color: #1b1b1b; display: grid; font: 22px/1.4 system-ui, sans-serif; gap: 26px;
  grid-template-columns: 1fr 1fr; margin: 0; padding: 26px; width: 1900px; zoom: 0.72; }
figure { border: 1px solid #767676; margin: 0; overflow: hidden; }
figcaption { background: #f1f4f7; border-bottom: 1px solid #767676; padding: 10px 16px; }
figcaption b { margin-right: 10px; }
img { display: block; max-width: 100%; }
img + img { border-top: 1px dashed #767676; padding: 0 0 20px 18px; }
pre { font: 17px/1.42 ui-monospace, 'DejaVu Sans Mono', monospace; margin: 0; padding: 16px; white-space: pre-wrap; }
"""


def film_home(folder: Path) -> Path:
    """Return a home with the three pages that tell of the summit, with a build."""
    home = folder / "home"
    for name in ("registry", "ontology"):
        shutil.copytree(HOME / name, home / name)
    shutil.copytree(CORPUS / PAGE, home / "corpus" / PAGE)
    for name, day in PUBLISHED.items():
        text, claims = ((PAGES / name / file).read_text(encoding="utf-8") for file in ("page.txt", "claims.yaml"))
        add_page(home, name, text, claims, day)
    build(home, home / "build")
    return home


def film_review(home: Path) -> tuple[SameReview, Evidence]:
    """Return the review of the events of the build of a home."""
    run = connect_build(home / "build")
    found = clusters(candidates(things_of(run, ["event"])))
    return SameReview(home, found, "Kari Nordmann"), Evidence(run, prefixes_under(BASE))


def decide_all(review: SameReview) -> int:
    """Decide that all three are one, keeping the event that was planned; return how many decisions that took."""
    made = 0
    while pairs := review.upcoming(None, 1):
        review.decide(pairs[0].number, "same", "The same day, organiser and Prime Minister.", kept=PLANNED)
        made += 1
    return made


def strip(home: Path, browser: Any) -> str:
    """Return the film strip as HTML: four pictures with what they show."""
    page = browser.new_context(viewport={"width": 1000, "height": 960}).new_page()
    before = _files(home)
    proposal = CliRunner().invoke(motegraf, ["same", "--events", "--lang", "en", "--home", str(home)])
    frames = [("Three summits, and the proposal", f"$ motegraf same --events --lang en\n{proposal.stdout}")]
    pictures = {1: [_review_picture(home, page)]}
    review, _ = film_review(home)
    decide_all(review)
    written = (home / "decisions/identity.yaml").read_text(encoding="utf-8")
    build(home, home / "build")
    with serving(home / "build", home / "log") as server:
        page.goto(f"http://127.0.0.1:{server.port}/about/event/toppmote-2015?lang=en")
        page.wait_for_load_state("networkidle")
        top = {"x": 0, "y": 0, "width": 1000, "height": 362}
        pictures[2] = [page.screenshot(clip=top), page.locator(".excerpts").screenshot()]
    build(home, home / "build", as_known_on=date(2015, 3, 31))
    told = f"decisions/identity.yaml\n\n{written.partition('decisions:')[1]}{written.partition('decisions:')[2]}"
    told += f"\nmotegraf build --as-known-on 2015-03-31, when the speech was not published yet\n\n{_summits(home)}\n"
    while review.counts().decided:
        review.undo()
    build(home, home / "build")
    assert _files(home) == before
    told += f"\ntaken back (z, z): each file of the build as before\n\n{_summits(home)}"
    frames += [
        ("A person decides: motegraf review --same", ""),
        ("After motegraf build: one event, the sentences of three pages", ""),
        ("What was decided, what was known on a day, and taken back", told),
    ]
    figures = (
        f"<figure><figcaption><b>{number + 1}</b>{escape(caption)}</figcaption>"
        f"{''.join(map(_image, pictures[number])) if number in pictures else f'<pre>{escape(text)}</pre>'}</figure>"
        for number, (caption, text) in enumerate(frames)
    )
    return f"<!DOCTYPE html><meta charset=utf-8><style>{_STYLE}</style>{''.join(figures)}"


def _review_picture(home: Path, page: Any) -> bytes:
    """Return a picture of the review of the plan and the news, of which the plan's id is kept."""
    from test_review_same_page import press, served

    run = connect_build(home / "build")
    with served(home, [*candidates(things_of(run, ["event"]))], run) as here:
        page.goto(here.url("en"))
        page.wait_for_selector("#cluster li")
        press(page, "ArrowRight")
        if PLANNED not in page.text_content("#first"):
            press(page, "x")
        picture: bytes = page.screenshot()
    return picture


def _files(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (home / "build").iterdir() if file.is_file()}


def _image(png: bytes) -> str:
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(png).decode()}">'


def _summits(home: Path) -> str:
    """Return the summits of the build, each with its days, its status and its sources."""
    things = things_of(connect_build(home / "build"), ["event"])
    return "\n".join(
        f"{thing.id}\n    {' to '.join(dict.fromkeys(thing.days))}, {thing.status.partition(':')[2]}: "
        f"{', '.join(thing.sources)}"
        for thing in things
        if "kind:summit" in thing.families
    )


def main(arguments: Sequence[str]) -> None:
    """Write the film strip as a picture."""
    with TemporaryDirectory() as folder, driver() as playwright, started(playwright) as browser:
        page = browser.new_context(viewport={"width": 1406, "height": 900}).new_page()
        page.set_content(strip(film_home(Path(folder)), browser))
        box = page.evaluate("() => document.body.getBoundingClientRect().toJSON()")
        clip = {"x": 0, "y": 0, "width": box["width"], "height": box["height"]}
        page.screenshot(path=arguments[0], full_page=True, clip=clip)


if __name__ == "__main__":
    main(sys.argv[1:])
