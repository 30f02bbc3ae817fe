"""No link in the folder of a page makes a program write elsewhere, and no decision is lost between two programs."""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import add_page
from small_page import linked_home
from test_proposals import NEWS

from graph.__main__ import motegraf
from graph.common import page_files
from graph.common.findings import FindingsError
from graph.common.page_files import PageFileError, append_line, locked, write_whole
from graph.common.text_files import read_text
from graph.review import journal
from graph.review.claims_file import ReviewError
from graph.review.decide import decide, no_claim, undo
from graph.review.page import read_review_page
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims
from graph.sources.proposals.write import RECORD, propose_page

pytestmark = pytest.mark.slow
OUTSIDE = "what stands outside of the corpus\n"


@pytest.fixture
def page(tmp_path: Path, background: Background) -> Path:
    folder = add_page(linked_home(tmp_path), "mote", NEWS, "# mine\n", "2024-03-20")
    propose_page(folder, background)
    return folder


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    file = tmp_path / "outside.txt"
    file.write_text(OUTSIDE, encoding="utf-8")
    return file


def link(file: Path, to: Path) -> None:
    """Put a link in the place of a file, where this system lets us."""
    file.unlink(missing_ok=True)
    try:
        file.symlink_to(to)
    except OSError as error:  # Windows asks for a privilege
        pytest.skip(f"no links here: {error}")


def _decide(folder: Path, background: Background) -> None:
    page = read_review_page(folder, background)
    decide(folder, next(item for item in page.items if item.is_event), "accept", background)


_WRITES: dict[str, Callable[[Path, Background], object]] = {
    "propose": propose_page,
    "decide": _decide,
    "no claim": lambda folder, _: no_claim(folder, "Torsdag 14. mars", "menu"),
    "undo": lambda folder, _: undo(folder),
}
_FILES = ("review.jsonl", RECORD, "claims.yaml", ".claims.yaml.new", f".{RECORD}.new", ".claims.lock.stale")


@pytest.mark.parametrize("write", _WRITES)
@pytest.mark.parametrize("name", _FILES)
def test_nothing_is_written_through_a_link(
    page: Path, outside: Path, background: Background, write: str, name: str
) -> None:
    _decide(page, background)
    link(page / name, outside)
    with contextlib.suppress(FindingsError, ReviewError, PageFileError):
        _WRITES[write](page, background)
    assert outside.read_text(encoding="utf-8") == OUTSIDE


@pytest.mark.parametrize("name", ["review.jsonl", "claims.yaml"])
def test_a_decision_whose_journal_leads_elsewhere_is_not_begun(
    page: Path, outside: Path, background: Background, name: str
) -> None:
    link(page / name, outside)
    before = (page / "claims.yaml").read_bytes()
    with pytest.raises(ReviewError, match=f"{name} is a link that leads out of mote; put the file or folder itself"):
        no_claim(page, "Torsdag 14. mars", "menu")
    assert (page / "claims.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["page.txt", "page.yaml", "claims.yaml", "original.txt"])
def test_nothing_is_read_through_a_link(page: Path, tmp_path: Path, background: Background, name: str) -> None:
    other = tmp_path / name
    other.write_bytes((page / name).read_bytes() if (page / name).exists() else b"")
    link(page / name, other)
    with pytest.raises(FindingsError, match=f"mote/{name}: is a link that leads out of the folder of its page"):
        read_claims(page, background)


def test_a_link_within_the_folder_is_none_of_that_kind(page: Path, background: Background) -> None:
    (page / "page.txt").rename(page / "text.txt")
    link(page / "page.txt", page / "text.txt")
    assert read_review_page(page, background).sentences


@pytest.mark.parametrize("write", ["propose", "decide", "no claim"])
def test_a_page_that_is_a_link_out_of_its_corpus_is_not_written_to(
    page: Path, tmp_path: Path, background: Background, write: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    page.rename(elsewhere)
    link(page, elsewhere)
    before = {file.name: file.read_bytes() for file in elsewhere.iterdir()}
    with pytest.raises((ReviewError, PageFileError), match="mote is a link that leads out of corpus"):
        _WRITES[write](page, background)
    assert {file.name: file.read_bytes() for file in elsewhere.iterdir()} == before


def test_the_commands_say_so_in_a_line(page: Path, outside: Path) -> None:
    link(page / RECORD, outside)
    done = CliRunner().invoke(motegraf, ["propose", "--home", str(page.parents[1]), "mote"])
    assert (done.exit_code, f"{RECORD}: is a link that leads out" in done.stderr) == (1, True), done.output


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such devices")
def test_a_device_has_no_end_and_is_not_read() -> None:
    with pytest.raises(FindingsError, match=r"page\.yaml: is no file but a folder, a device or a pipe"):
        read_text(Path("/dev/zero"), "page.yaml")


def test_a_decision_that_is_made_while_proposals_are_written_stays(
    page: Path, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, decided = threading.Event(), threading.Event()

    def slow(file: Path, text: str) -> None:
        if file.name == RECORD:
            ready.set()
            time.sleep(0.3)
        write_whole(file, text)

    monkeypatch.setattr("graph.sources.proposals.write.write_whole", slow)
    proposing = threading.Thread(target=propose_page, args=(page, background))
    item = next(item for item in read_review_page(page, background).items if item.is_event)

    def deciding() -> None:
        ready.wait(10)
        decide(page, item, "accept", background, check=False)
        decided.set()

    other = threading.Thread(target=deciding)
    for thread in (proposing, other):
        thread.start()
    for thread in (proposing, other):
        thread.join(30)
    assert decided.is_set()
    states = {each.path: each.state for each in read_review_page(page, background).items}
    assert states[item.path] == "accepted"
    assert len(journal.read(page)) == 1


def test_a_lock_that_an_ended_program_left_is_taken_by_one_program_at_a_time(page: Path) -> None:
    file, inside, most = page / "claims.yaml", [0], [0]
    lock = page / ".claims.lock"
    lock.touch()
    os.utime(lock, (0, 0))

    def hold() -> None:
        with locked(file):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [threading.Thread(target=hold) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1]
    assert sorted(each.name for each in page.iterdir() if each.name.startswith(".")) == []


def test_a_lock_that_is_held_too_long_is_told(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_files, "_WAIT", 0.1)
    with (
        locked(page / "claims.yaml"),
        pytest.raises(PageFileError, match="mote is being changed by another program"),
        locked(page / "claims.yaml"),
    ):
        pass


def test_a_line_that_was_cut_off_does_not_swallow_the_next_one(page: Path) -> None:
    (page / journal.FILE).write_bytes(b'{"at": "2024-')
    made = journal.decision("accept", ("events", "mote"), None, {"kind": "meeting"})
    journal.append(page, made)
    assert journal.read(page) == [made]
    append_line(page / "lines.txt", "æ")
    append_line(page / "lines.txt", "ø")
    assert (page / "lines.txt").read_text(encoding="utf-8") == "æ\nø\n"
