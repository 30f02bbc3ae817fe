"""Pages with errors are left out, named and counted; all others are built, unless the build is strict."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import add_page
from small_page import CLAIMS, SMALL, TEXT, linked_home, small_page, snapshot

from build_graph import build
from graph.__main__ import motegraf
from graph.common.findings import FindingsError
from graph.pipeline import block_cache, corpus, files
from graph.pipeline.digests import read_inputs
from graph.pipeline.page_tasks import Home, PageTask, create_page, page_key
from graph.pipeline.workers import in_parallel

pytestmark = pytest.mark.slow

ROLE = "role: introducer"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the small page, and a page of its own beside it that has an error of form and one of meaning."""
    home = linked_home(tmp_path)
    small_page(home)
    text = "Referat\n\nI mai 2015 arrangerte Haugesund kommune et dialogmøte."
    claims = """\
events:
  dialogmote:
    label: {nb: Dialogmøte, en: Dialogue meeting}
    kind: no-such-kind
    status: held
    when: {edtf: 2015-05, said: I mai 2015}
    quote: I mai 2015 arrangerte Haugesund kommune et dialogmøte.
    participations:
      - {agent: haugesund-kommune, role: organiser, colour: red}
no_claim:
  - {quote: Referat, reason: the title}
"""
    add_page(home, "uferdig", text, claims, "2015-06-01")
    return home


def run(home: Path, command: str, *options: str) -> Result:
    return CliRunner().invoke(motegraf, [command, "--home", str(home), *options])


def test_a_page_with_errors_is_left_out_and_named(home: Path) -> None:
    done = run(home, "build")
    assert done.exit_code == 0, done.output
    assert "pages              1 of 2" in done.stdout
    assert "left out           1 page, with 2 errors: uferdig" in done.stdout
    *errors, last = done.stderr.splitlines()
    assert last == "warning: 1 page left out: uferdig; all others are built"
    assert [row.partition(": ")[0] for row in errors] == [
        "corpus/uferdig/claims.yaml:4",
        "corpus/uferdig/claims.yaml:9",
    ]


def test_the_others_are_built_as_if_it_were_not_there(home: Path, tmp_path: Path) -> None:
    run(home, "build")
    shutil.rmtree(home / "corpus/uferdig")
    build(home, tmp_path / "alone")
    assert snapshot(home / "build") == snapshot(tmp_path / "alone")


def test_processes_make_the_same_of_pages(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What workers make of pages, of those that speak of the same, and of blocks: bytes, figures and findings."""
    add_page(home, "senere", TEXT.replace("nyttig", "fint"), CLAIMS.replace("nyttig", "fint"), "2015-06-01")
    alone = build(home, tmp_path / "alone", strict=False)
    monkeypatch.setattr(corpus, "LARGE", 0)
    monkeypatch.setattr(block_cache, "MANY_TASKS", 0)
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    shutil.rmtree(home / ".cache")
    with in_parallel(2) as workers:
        asked = list[str]()
        run = workers.map
        monkeypatch.setattr(
            workers, "map", lambda function, tasks: asked.append(function.__name__) or run(function, tasks)
        )
        together = build(home, tmp_path / "together", strict=False, workers=workers)
    assert together == alone
    assert snapshot(tmp_path / "together") == snapshot(tmp_path / "alone")
    assert {"create_page", "describe_blocks", "create_light"} <= {*asked}


def test_a_worker_with_other_files_refuses(home: Path) -> None:
    inputs = read_inputs(home)
    here = Home(str(home), inputs.program, inputs.background)
    key = page_key(here, SMALL, inputs.pages[SMALL])
    assert create_page(PageTask(here, SMALL, key)).record
    for task in (
        PageTask(here._replace(program="other"), SMALL, key),
        PageTask(here._replace(background="other"), SMALL, key),
        PageTask(here, SMALL, page_key(here, SMALL, "other")),
    ):
        with pytest.raises(FindingsError, match="give all machines the same"):
            create_page(task)


def test_a_second_build_says_the_same(home: Path) -> None:
    first, second = run(home, "build"), run(home, "build")
    assert (second.exit_code, second.stdout, second.stderr) == (0, first.stdout, first.stderr)


def test_a_strict_build_writes_nothing_even_after_one_that_is_not(home: Path) -> None:
    run(home, "build")
    before = snapshot(home / "build")
    done = run(home, "build", "--strict", "--base-iri", "https://w3id.org/motegraf/")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "2 findings; nothing was written"
    assert snapshot(home / "build") == before


def test_a_build_in_which_no_page_is_left_writes_nothing(home: Path) -> None:
    run(home, "build")
    before = snapshot(home / "build")
    shutil.rmtree(home / "corpus" / SMALL)
    done = run(home, "build")
    assert (done.exit_code, done.stdout) == (1, "")
    assert snapshot(home / "build") == before


def test_check_shows_all_findings_of_all_pages_at_once(home: Path) -> None:
    """Errors of form and of meaning in one page, a quote that is not there in another, and shapes in two more."""
    for name, label in (("en", "Samling"), ("to", "Møte")):
        text = f"{label}\n\nI mai 2015 arrangerte Haugesund kommune et møte."
        claims = f"""\
events:
  felles:
    label: {label}
    kind: meeting
    status: held
    when: {{edtf: 2015-05, said: I mai 2015}}
    quote: I mai 2015 arrangerte Haugesund kommune et møte.
    participations:
      - {{agent: haugesund-kommune, role: organiser}}
no_claim:
  - {{quote: {label}, reason: the title}}
"""
        add_page(home, name, text, claims, "2015-06-01")
    add_page(home, "tre", TEXT, CLAIMS.replace("Flere foreldre deltok", "Mange foreldre deltok"), "2015-01-15")
    done = run(home, "check")
    assert (done.exit_code, done.stdout) == (1, "")
    places = {row.partition(": ")[0].rpartition(":")[0] for row in done.stderr.splitlines()[:-1]}
    assert {f"corpus/{name}/claims.yaml" for name in ("to", "tre", "uferdig")} <= places
    assert not any(SMALL in place for place in places)


def test_of_two_pages_that_have_an_error_together_the_one_with_the_finding_is_left_out(home: Path) -> None:
    """The other page of its component is built. Here both pages have the same text."""
    shutil.rmtree(home / "corpus/uferdig")
    add_page(home, "annen", TEXT, CLAIMS.replace("Møte i Stavanger", "Møte der"), "2015-01-15")
    summary = build(home, home / "build", strict=False)
    assert (summary.left_out, summary.pages, summary.pages_known) == ((SMALL,), 2, 1)
    with pytest.raises(FindingsError, match="the same text as corpus/annen"):
        build(home, home / "build")


def test_check_of_a_corpus_that_was_checked_before_is_the_same(home: Path) -> None:
    shutil.rmtree(home / "corpus/uferdig")
    first = run(home, "check")
    assert (first.exit_code, first.stderr) == (0, "")
    assert run(home, "check").output == first.output
    small = home / "corpus" / SMALL / "claims.yaml"
    small.write_text(CLAIMS.replace(ROLE, "role: no-such-role"), encoding="utf-8")
    assert run(home, "check").exit_code == 1


MAY = "I mai 2015 skulle Haugesund kommune holde et møte, men møtet ble utsatt."
JUNE = "I juni 2015 skulle Haugesund kommune holde møtet, men møtet ble utsatt."


def postponed(key: str, day: str, quote: str, *more: str) -> str:
    """An entry of an event that was put off."""
    return "".join(
        f"{line}\n"
        for line in (
            f"  {key}:",
            f"    label: {{nb: Møte {day}, en: Meeting {day}}}",
            "    kind: meeting",
            "    status: postponed",
            f"    when: {{edtf: {day}, said: {quote[: quote.index(' skulle')]}}}",
            f"    quote: {quote}",
            *(f"    {line}" for line in more),
            "    participations:",
            "      - {agent: haugesund-kommune, role: organiser, role_word: skulle … holde}",
        )
    )


def test_a_page_that_violates_a_shape_is_left_out_and_named(home: Path, tmp_path: Path) -> None:
    """Two events that are moved to each other. A page that only speaks of one of them is built."""
    shutil.rmtree(home / "corpus/uferdig")
    add_page(home, "annen", MAY, f"events:\n{postponed('mai', '2015-05', MAY)}", "2015-07-01")
    ring = postponed("mai", "2015-05", MAY, "moved_to: juni") + postponed("juni", "2015-06", JUNE, "moved_to: mai")
    add_page(home, "ring", f"{MAY} {JUNE}", f"events:\n{ring}", "2015-07-02")
    with pytest.raises(FindingsError, match="moved in a ring"):
        build(home, home / "build")
    done = run(home, "build")
    assert done.exit_code == 0, done.output
    assert "left out           1 page, with 2 errors: ring" in done.stdout
    *errors, last = done.stderr.splitlines()
    assert last == "warning: 1 page left out: ring; all others are built"
    assert [row.partition(": Events are moved in a ring")[0] for row in errors] == [
        "corpus/ring/claims.yaml:2: event:mai",
        "corpus/ring/claims.yaml:11: event:juni",
    ]
    shutil.rmtree(home / "corpus/ring")
    build(home, tmp_path / "alone")
    assert snapshot(home / "build") == snapshot(tmp_path / "alone")
