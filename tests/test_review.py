"""A person decides about each proposal; the file changes in that place alone, and every decision can be undone."""

import re
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import add_page
from small_page import linked_home
from test_proposals import NEWS

from graph.__main__ import motegraf
from graph.review import journal
from graph.review.claims_file import ClaimsFile, ConflictError, ReviewError, digest
from graph.review.decide import accept_sentence, add_part, change, decide, no_claim, undo
from graph.review.page import Item, read_review_page
from graph.review.terminal import review
from graph.review.words import item_in_words, words_elsewhere
from graph.sources.pages.context import Background
from graph.sources.proposals.write import propose_page

pytestmark = pytest.mark.slow


@pytest.fixture
def page(tmp_path: Path, background: Background) -> Path:
    """The page of the tests of proposals, with what is proposed of it, and a comment of somebody."""
    folder = add_page(linked_home(tmp_path), "mote", NEWS, "# mine\n", "2024-03-20")
    propose_page(folder, background)
    return folder


def items(folder: Path, background: Background) -> dict[str, Item]:
    """The entries of a page by what they say."""
    shown = read_review_page(folder, background)
    return {item_in_words(item, shown, background, "en").partition(" · ")[0]: item for item in shown.items}


def accept_all(folder: Path, number: int, background: Background) -> None:
    """Accept all that is proposed on a sentence."""
    for _ in accept_sentence(folder, read_review_page(folder, background), number, background):
        pass


def text(folder: Path) -> str:
    return (folder / "claims.yaml").read_text(encoding="utf-8")


def test_each_sentence_has_the_entries_that_quote_it(page: Path, background: Background) -> None:
    shown = read_review_page(page, background)
    found = [[item_in_words(item, shown, background, "en") for item in each.items] for each in shown.sentences]
    assert found == [
        [],
        [
            "Dialogmøte i Haugesund · dialogue meeting · held · 2024-03-14 («Torsdag 14. mars») · Haugesund",
            "Haugesund kommune · organiser",
        ],
        ["Arne Moen · opener"],
        ["Laila Vik · speaker"],
        [],
        [],
    ]
    assert [each.state for each in shown.sentences].count("undecided") == 3


def test_a_part_whose_words_stand_before_its_event_waits_for_it(page: Path, background: Background) -> None:
    claims = page / "claims.yaml"
    part = "{ agent: haugesund, role: organiser, quote: Dialogmøte i Haugesund }"
    before, _, after = text(page).partition("    participations:\n")
    claims.write_text(f"{before}    participations:\n      - {part}\n{after}", encoding="utf-8")
    shown = read_review_page(page, background)
    assert [len(each.items) for each in shown.sentences[:2]] == [0, 3]
    elsewhere = [words_elsewhere(item, shown.sentences[1], shown) for item in shown.sentences[1].items]
    assert sorted(map(str, elsewhere)) == ["Dialogmøte i Haugesund", "None", "None"]


def test_accepting_changes_one_word_of_the_file(page: Path, background: Background) -> None:
    before = text(page).split("\n")
    decide(page, items(page, background)["Dialogmøte i Haugesund"], "accept", background)
    after = text(page).split("\n")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old.strip(), new.strip()) for old, new in changed] == [("review: proposed", "review: accepted")]


def test_a_part_is_accepted_after_its_event(page: Path, background: Background) -> None:
    with pytest.raises(ReviewError, match="the event mote is not accepted yet"):
        decide(page, items(page, background)["Arne Moen"], "accept", background)
    accept_all(page, 1, background)
    decide(page, items(page, background)["Arne Moen"], "accept", background)
    assert items(page, background)["Arne Moen"].state == "accepted"


def test_a_sentence_is_accepted_with_all_that_is_proposed_on_it(page: Path, background: Background) -> None:
    accept_all(page, 1, background)
    states = {name: item.state for name, item in items(page, background).items()}
    assert states == {
        "Dialogmøte i Haugesund": "accepted",
        "Haugesund kommune": "accepted",
        "Arne Moen": "proposed",
        "Laila Vik": "proposed",
    }


def test_a_changed_role_is_accepted_and_checked(page: Path, background: Background) -> None:
    accept_all(page, 1, background)
    result = change(page, items(page, background)["Arne Moen"], "role", "secretary", background)
    item = items(page, background)["Arne Moen"]
    assert (item.entry["role"], item.state) == ("secretary", "accepted")
    assert [finding.partition(" (")[0] for finding in result.findings] == [
        "warning: none of the quoted words is known to mean 'secretary'"
    ]


def test_what_was_decided_is_in_the_journal_with_its_rule(page: Path, background: Background) -> None:
    accept_all(page, 1, background)
    decide(page, items(page, background)["Laila Vik"], "reject", background)
    made = journal.read(page)
    assert [(each.what, each.rule) for each in made] == [
        ("accept", "a word for an event with a verb or a day"),
        ("accept", "the words «arrangerte»"),
        ("reject", "the words «innlegg»"),
    ]
    assert journal.precision(made) == [
        ("a word for an event with a verb or a day", 1, 1),
        ("the words «arrangerte»", 1, 1),
        ("the words «innlegg»", 0, 1),
    ]


def test_everything_can_be_undone_in_turn(page: Path, background: Background) -> None:
    before = text(page)
    accept_all(page, 1, background)
    decide(page, items(page, background)["Laila Vik"], "reject", background)
    no_claim(page, "Dialogmøte i Haugesund", "a heading")
    change(page, items(page, background)["Arne Moen"], "role", "chair", background)
    add_part(page, "mote", {"agent": "minotenk", "role": "participant"}, background)
    for _ in range(6):
        undo(page)
    assert text(page) == before
    with pytest.raises(ReviewError, match="there is nothing to undo"):
        undo(page)


def test_what_was_undone_can_be_decided_again(page: Path, background: Background) -> None:
    item = items(page, background)["Dialogmøte i Haugesund"]
    decide(page, item, "accept", background)
    undo(page)
    decide(page, item, "reject", background)
    assert items(page, background)["Dialogmøte i Haugesund"].state == "rejected"
    assert [each.what for each in journal.standing(journal.read(page))] == ["reject"]


def test_an_entry_that_somebody_else_changed_is_not_overwritten(page: Path, background: Background) -> None:
    shown = items(page, background)["Laila Vik"]
    (page / "claims.yaml").write_text(text(page).replace("role: speaker", "role: chair"), encoding="utf-8")
    before = text(page)
    with pytest.raises(ConflictError, match="has changed since it was shown"):
        decide(page, shown, "reject", background)
    assert text(page) == before
    assert journal.read(page) == []


def test_an_entry_that_is_gone_is_a_conflict(page: Path, background: Background) -> None:
    shown = items(page, background)["Laila Vik"]
    (page / "claims.yaml").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(ConflictError, match="is not there any more"):
        decide(page, shown, "reject", background)


def test_two_at_once_lose_nothing(page: Path) -> None:
    def add(number: int) -> None:
        no_claim(page, f"passage {number}", "background")

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _, data = ClaimsFile(page).read()
    assert sorted(entry["quote"] for entry in data["no_claim"]) == [f"passage {number}" for number in range(8)]
    assert len(journal.read(page)) == 8


def test_a_lock_that_a_program_left_behind_does_not_stop_for_ever(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.common.page_files._STALE", 0.0)
    (page / ".claims.lock").touch()
    no_claim(page, "a passage", "background")
    assert not (page / ".claims.lock").exists()


def test_a_file_that_is_locked_says_so(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.common.page_files._WAIT", 0.0)
    (page / ".claims.lock").touch()
    with pytest.raises(ReviewError, match="is being changed by another program; try again"):
        no_claim(page, "a passage", "background")


def test_a_line_of_the_journal_that_was_cut_off_loses_no_other(page: Path) -> None:
    no_claim(page, "a passage", "background")
    with (page / journal.FILE).open("a", encoding="utf-8") as file:
        file.write('{"at": "2024')
    assert [each.what for each in journal.read(page)] == ["no_claim"]


def test_a_digest_is_of_what_an_entry_says(page: Path) -> None:
    assert digest({"a": "1", "b": "2", "participations": ["x"]}) == digest({"b": "2", "a": "1"})


def typed(*lines: str) -> object:
    left = list(lines)
    return lambda _: left.pop(0) if left else "q"


def test_a_page_is_reviewed_in_a_terminal_by_keys(page: Path, background: Background) -> None:
    told: list[str] = []
    ask = typed("", "role 1 introducer", "n 1", "")
    assert callable(ask)
    # A part whose role is mended, and a sentence that claims nothing.
    assert review(page, background, ask, told.append, "en") == 5
    found = items(page, background)
    assert {name: (item.entry.get("role"), item.state) for name, item in found.items() if not item.is_event} == {
        "Haugesund kommune": ("organiser", "accepted"),
        "Arne Moen": ("introducer", "accepted"),
        "Laila Vik": ("speaker", "rejected"),
    }
    assert read_review_page(page, background).sentences[3].state == "no claim"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("x", "'x' is no key here"),
        ("a 9", "give the number of one of them"),
        ("role 1 boss", "unknown role 'boss'"),
        ("role 1", "Roles: "),
        ("n", "n 1 a heading · n 2 a notice of the site"),
        ("?", "introductory speaker"),
        ("u", "there is nothing to undo"),
    ],
)
def test_a_wrong_key_in_the_terminal_changes_nothing(
    page: Path, background: Background, keys: str, message: str
) -> None:
    before, told = text(page), []
    ask = typed(keys, "q")
    assert callable(ask)
    review(page, background, ask, told.append, "en")
    assert any(message in each for each in told)
    assert text(page) == before


@pytest.mark.parametrize("role", ["introducer", "introductory speaker", "Innleder"])
def test_a_role_is_typed_by_its_id_or_by_its_name(page: Path, background: Background, role: str) -> None:
    ask, told = typed("", f"rolle 1 {role}", "q"), []
    assert callable(ask)
    assert review(page, background, ask, told.append, "nb") == 3, told
    assert items(page, background)["Arne Moen"].entry["role"] == "introducer"


def test_what_is_taken_back_in_the_terminal_is_told_in_words_and_counts_no_more(
    page: Path, background: Background
) -> None:
    ask, told = typed("", "u", "q"), []
    assert callable(ask)
    assert review(page, background, ask, told.append, "en") == 1
    assert "undone: accepted: Haugesund kommune · organiser" in told


def test_files_that_break_during_a_review_are_told_and_the_review_goes_on(page: Path, background: Background) -> None:
    whole, told = text(page), []
    (page / "claims.yaml").write_text("events: [\n", encoding="utf-8")

    def ask(prompt: str) -> str:
        if "reads the page again" in prompt:
            (page / "claims.yaml").write_text(whole, encoding="utf-8")
            return ""
        return "q"

    assert review(page, background, ask, told.append, "en") == 0
    assert any("corpus/mote/claims.yaml:2: not YAML" in each for each in told)
    assert any("0 of 6 sentences, 3 undecided" in each for each in told)


BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ("events: 5\n", "events is not of the form"),
        ("events: {a: 5}\n", "events a is not of the form"),
        ("events: {a: {participations: {b: c}}}\n", "the participations of a is not of the form"),
        ("events: {a: {participations: [b]}}\n", "the participations of a is not of the form"),
        ("people: [a]\n", "people is not of the form"),
        ("no_claim: {quote: a}\n", "no_claim is not of the form"),
        ("- a\n", "all of it is not of the form"),
        (f"a0: &a0 [x]\n{BOMB}", "anchors, aliases and tags are not read"),
        (f"a: {'[' * 50_000}\n", "nested more than"),
        ("events: [\n", "claims.yaml:2: not YAML"),
        ("a: \xff\n", "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_claims_file_is_refused_with_what_is_wrong(
    page: Path, background: Background, claims: str | None, message: str
) -> None:
    file = page / "claims.yaml"
    if claims is None:
        file.unlink()
    else:
        file.write_bytes(claims.encode("latin-1"))
    with pytest.raises(ReviewError, match=re.escape(message)):
        ClaimsFile(page).read()
    listed = CliRunner().invoke(motegraf, ["review", "--terminal", "--home", str(page.parent.parent)])
    assert listed.exit_code == 0
    assert "mote cannot be reviewed" in listed.stderr


def test_a_decision_that_the_journal_cannot_keep_is_not_made(page: Path, background: Background) -> None:
    (page / journal.FILE).mkdir()
    before, shown = text(page), items(page, background)
    with pytest.raises(ReviewError, match=r"review\.jsonl cannot be written: .*; nothing was changed"):
        decide(page, shown["Dialogmøte i Haugesund"], "accept", background)
    assert text(page) == before


def test_a_file_with_line_ends_of_windows_keeps_them(page: Path, background: Background) -> None:
    file = page / "claims.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    accept_all(page, 1, background)
    no_claim(page, "Referat", "a heading")
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 20


def test_the_commands_list_review_and_tell(page: Path) -> None:
    home = str(page.parent.parent)
    run = CliRunner()
    assert "mote: 4 proposals to decide" in run.invoke(motegraf, ["review", "--terminal", "--home", home]).stdout
    done = run.invoke(motegraf, ["review", "mote", "--terminal", "--home", home], input="\nu\nq\n")
    assert done.exit_code == 0, done.output
    told = run.invoke(motegraf, ["journal", "mote", "--home", home]).stdout
    assert told.count("\n") == 3
    assert "undo" in told
    assert "the words «arrangerte»" in told
    assert "no page of the corpus" in run.invoke(motegraf, ["journal", "mte", "--home", home]).stderr
    assert "100%" in run.invoke(motegraf, ["journal", "--rules", "--home", home]).stdout
