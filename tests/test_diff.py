"""The difference of two builds: what changed in words, with the sentences that prove it, and nothing else."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import OTHER_BASE, PAGE
from small_page import CLAIMS, SMALL, TEXT, small_page

from build_graph import build
from graph import HOME
from graph.__main__ import motegraf
from graph.builds.changes.compare import compare
from graph.builds.changes.json import from_json, to_json
from graph.builds.changes.records import Changes, Fact, Item
from graph.builds.datasets import open_datasets

pytestmark = pytest.mark.slow


def changes(before: Path, after: Path, moved: dict[str, str] | None = None) -> Changes:
    """Return what changed between two builds or files."""
    with open_datasets(before, after) as (old, new):
        return compare(old, new, moved)


def diff(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(motegraf, ["diff", *map(str, words)])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the small page alone, and its build in ``build/``."""
    home = tmp_path_factory.mktemp("small") / "home"
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, home / folder)
    (home / "corpus").mkdir()
    small_page(home)
    build(home, home / "build")
    return home


@pytest.fixture
def edited(small: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that builds the small page once more, with words of its files replaced by others."""

    def make(*replacements: tuple[str, str], text: tuple[str, str] | None = None) -> Path:
        home = Path(shutil.copytree(small, tmp_path / "edited"))
        claims = CLAIMS
        for old, new in replacements:
            assert claims.count(old) == 1, old
            claims = claims.replace(old, new)
        shutil.rmtree(home / "corpus" / SMALL)
        small_page(home, claims, TEXT.replace(*text) if text else TEXT)
        build(home, home / "build")
        return home / "build"

    return make


def only_item(found: Changes, group: str) -> Item:
    """Return the one item of a group."""
    (item,) = found.groups[group].items
    return item


def facts(item: Item) -> dict[str, tuple[str | None, str | None]]:
    """Return what each fact of an item says before and after, in Norwegian, by its name."""
    return {each.label.nb: (each.before and each.before.nb, each.after and each.after.nb) for each in item.facts}


def fact(item: Item, label: str) -> Fact:
    """Return the one fact with this name."""
    (found,) = (each for each in item.facts if each.label.nb == label)
    return found


def texts(fact: Fact, side: str) -> list[str]:
    """Return the words that prove a side of a fact."""
    return [quote.text for quote in getattr(fact, f"proof_{side}")]


def test_a_build_does_not_differ_from_itself(built: Path) -> None:
    found = changes(built, built)
    assert (bool(found), found.groups, found.supporting) == (False, {}, {})
    assert diff(built, built).exit_code == 0
    assert "Ingen forskjell" in diff(built, built).stdout


def test_turtle_has_the_same_statements_as_the_n_quads(built: Path) -> None:
    assert not changes(built / "motegraf.ttl", built)
    assert not changes(built / "motegraf.trig", built)


def test_an_added_page_is_a_source_with_its_meetings_and_their_sentences(built: Path, small: Path, home: Path) -> None:
    small_page(home)
    build(home, home / "build")
    found = changes(built, home / "build")
    assert {group.counts.get("removed", 0) for group in found.groups.values()} == {0}
    source = only_item(found, "sources")
    assert (source.change, source.iri.rpartition("/")[2]) == ("added", SMALL)
    meetings = {item.label.nb: item for item in found.groups["meetings"].items if item.change == "added"}
    assert {*meetings} == {"Møte i Stavanger", "Møte i Haugesund"}
    stavanger = meetings["Møte i Stavanger"]
    assert [quote.text for quote in stavanger.proof_after] == ["I november arrangerte Stavanger kommune et dialogmøte."]
    assert facts(stavanger)["status"] == (None, "avholdt")
    assert facts(stavanger)["tid"] == (None, "i november 2014 (1.–30.)")
    bokhari = fact(stavanger, "Laila Bokhari")
    assert bokhari.after is not None
    assert bokhari.after.nb.startswith("innleder, til stede, som statssekretær")
    assert texts(bokhari, "after") == ["Statssekretær Laila Bokhari holdt en innledning."]
    assert (
        facts(meetings["Møte i Haugesund"])["Erna Solberg"][1] == "mulig: deltaker, som statsminister, minst 1 av flere"
    )


def test_every_statement_is_counted_once(built: Path, eleven_pages: Path) -> None:
    found = changes(built, eleven_pages)
    lines = [{*(build / "motegraf.nq").read_text(encoding="utf-8").splitlines()} for build in (built, eleven_pages)]
    assert found.statements == (len(lines[1] - lines[0]), len(lines[0] - lines[1]))
    assert found.statements.added > 10_000


def test_no_record_around_a_claim_is_an_item_of_its_own(built: Path, eleven_pages: Path) -> None:
    found = changes(built, eleven_pages)
    kinds = {item.kind for group in found.groups.values() for item in group.items}
    assert kinds & {"claim", "participation", "possible", "evidence", "selector", "interval", "when", "text"} == set()
    assert {"evidence", "selector"} <= found.supporting.keys()


def test_a_changed_status_shows_both_sentences(small: Path, edited: Callable[..., Path]) -> None:
    old, new = "I november arrangerte Stavanger kommune", "I november skal Stavanger kommune arrangere"
    after = edited(
        ("quote: I november arrangerte Stavanger kommune et dialogmøte.", f"quote: {new} et dialogmøte."),
        ("    status: held\n    when: {edtf: 2014-11", "    status: planned\n    when: {edtf: 2014-11"),
        text=(old, new),
    )
    item = next(
        each for each in changes(small / "build", after).groups["meetings"].items if "Stavanger" in each.label.nb
    )
    status = fact(item, "status")
    assert facts(item)["status"] == ("avholdt", "planlagt")
    assert texts(status, "before") == [f"{old} et dialogmøte."]
    assert texts(status, "after") == [f"{new} et dialogmøte."]


def test_a_removed_person_is_gone_from_the_meeting_with_the_sentence(small: Path, edited: Callable[..., Path]) -> None:
    entry = """      - agent: flere-foreldre
        role: participant
        quote: Flere foreldre deltok.
"""
    words = "  flere-foreldre:\n    words: Flere foreldre\n"
    listed = "  - quote: Møter høsten 2014\n    reason: the title\n"
    nothing = listed + "  - {quote: Flere foreldre deltok., reason: nobody is named}\n"
    after = edited((entry, ""), (words, ""), (listed, nothing))
    found = changes(small / "build", after)
    gone = fact(only_item(found, "meetings"), "Flere foreldre")
    assert (gone.before is None, gone.after) == (False, None)
    assert texts(gone, "before") == ["Flere foreldre deltok."]
    assert (only_item(found, "people").change, only_item(found, "people").label.nb) == ("removed", "Flere foreldre")
    nothing_claimed = fact(only_item(found, "sources"), "setning som ikke påstår noe")
    assert nothing_claimed.after == ("nobody is named", "nobody is named")
    assert texts(nothing_claimed, "after") == ["Flere foreldre deltok."]


def test_a_candidate_who_is_named_alone_is_one_change(small: Path, edited: Callable[..., Path]) -> None:
    after = edited(
        (
            "      - candidates: [{holder_of: statsminister}, laila-bokhari]\n        at_least: 1\n",
            "      - agent: laila-bokhari\n",
        ),
        (
            "        role: participant\n\nletters",
            "        role: participant\n        quote: Laila Bokhari deltok.\n\nletters",
        ),
        (
            "  quote: I desember arrangerte Haugesund kommune et møte … og/eller Laila Bokhari.",
            "  quote: I desember arrangerte Haugesund kommune et møte.",
        ),
        text=(" med deltakelse fra statsministeren og/eller Laila Bokhari.", ". Laila Bokhari deltok."),
    )
    item = next(
        each for each in changes(small / "build", after).groups["meetings"].items if "Haugesund" in each.label.nb
    )
    assert facts(item)["Laila Bokhari"] == (
        "mulig: deltaker, minst 1 av flere",
        "deltaker",
    )
    assert facts(item)["Erna Solberg"][1] is None


def test_a_label_alone_is_a_changed_name_and_nothing_more(small: Path, edited: Callable[..., Path]) -> None:
    after = edited(
        ("nb: Møte i Stavanger, en: Meeting in Stavanger", "nb: Møtet i Stavanger, en: Meeting in Stavanger")
    )
    found = changes(small / "build", after)
    assert {*found.groups} == {"meetings"}
    assert facts(only_item(found, "meetings")) == {"navn": ("Møte i Stavanger", "Møtet i Stavanger")}
    # What we call a meeting is ours: no sentence says it.
    name = fact(only_item(found, "meetings"), "navn")
    assert (name.proof_before, name.proof_after, name.label.en) == ((), (), "name")
    assert found.supporting.keys() <= {"claim", "participation", "evidence", "audience", "utterance", "inference"}


def test_another_sentence_for_the_same_claim_is_shown_with_both(small: Path, edited: Callable[..., Path]) -> None:
    old, new = "Flere foreldre deltok.", "Flere foreldre deltok i salen."
    after = edited((f"quote: {old}\n", f"quote: {new}\n"), text=(old, new))
    found = changes(small / "build", after)
    parents = fact(only_item(found, "meetings"), "Flere foreldre – deltaker – Møte i Stavanger")
    assert (parents.before, parents.after) == (None, None)
    assert (texts(parents, "before"), texts(parents, "after")) == ([old], [new])
    assert "den arkiverte teksten" in facts(only_item(found, "sources"))


def rebuilt(home: Path, file: str, old: str, new: str) -> Path:
    """Return the build of a home after words of one of its files were replaced by others."""
    path = home / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    build(home, home / "build")
    return home / "build"


def test_a_change_of_the_registry_is_one_of_the_registry_alone(built: Path, home: Path) -> None:
    old = "edtf: '2016-08-15', source: en.wikipedia"
    after = rebuilt(home, "registry/posts.yaml", old, old.replace("08-15", "08-20"))
    found = changes(built, after)
    assert {*found.groups} == {"registry"}
    term_of_office = only_item(found, "registry")
    assert (term_of_office.kind, term_of_office.label.nb) == (
        "membership",
        "Laila Bokhari, statssekretær ved Statsministerens kontor",
    )
    assert facts(term_of_office)["kildene er uenige: siste dag"] == (
        "2016-08-15 (en.wikipedia)",
        "2016-08-20 (en.wikipedia)",
    )


def test_a_version_of_the_ontology_is_a_change_of_the_ontology(built: Path, home: Path) -> None:
    for old, new in (('versionInfo "0.2.0"', 'versionInfo "0.3.0"'), ("ontology/0.2.0>", "ontology/0.3.0>")):
        after = rebuilt(home, "ontology/motegraf.ttl", old, new)
    found = changes(built, after)
    assert {*found.groups} == {"ontology"}
    assert facts(only_item(found, "ontology"))["versjon"] == ("0.2.0", "0.3.0")


def test_a_decision_of_ours_is_shown_as_ours(built: Path, home: Path) -> None:
    after = rebuilt(home, f"corpus/{PAGE}/claims.yaml", "siden nevner begge navnene", "begge navnene står der")
    found = changes(built, after)
    assert {*found.groups} == {"decisions"}
    assert facts(only_item(found, "decisions"))["begrunnelse"] == (
        "siden nevner begge navnene",
        "begge navnene står der",
    )


@pytest.fixture
def renamed(small: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Return a dataset in which a meeting has another key, and the table that says so."""
    text = (small / "build/motegraf.nq").read_text(encoding="utf-8")
    file = tmp_path / "renamed.nq"
    file.write_text(text.replace("mote-i-stavanger", "stavanger-2014-11"), encoding="utf-8")
    base = "https://w3id.org/motegraf/event/"
    return file, {f"{base}mote-i-stavanger": f"{base}stavanger-2014-11"}


def test_without_a_word_of_it_another_iri_is_another_meeting(small: Path, renamed: tuple[Path, dict[str, str]]) -> None:
    meetings = changes(small / "build", renamed[0]).groups["meetings"]
    assert (meetings.counts["added"], meetings.counts["removed"]) == (1, 1)


def test_a_meeting_that_moved_is_renamed_and_otherwise_the_same(
    small: Path, renamed: tuple[Path, dict[str, str]]
) -> None:
    item = only_item(changes(small / "build", *renamed), "meetings")
    assert (item.change, item.facts) == ("changed", ())
    assert (item.iri.rpartition("/")[2], item.renamed_from.rpartition("/")[2]) == (
        "stavanger-2014-11",
        "mote-i-stavanger",
    )


def test_same_as_says_that_a_meeting_was_renamed(small: Path, renamed: tuple[Path, dict[str, str]]) -> None:
    file, table = renamed
    ((old, new),) = table.items()
    with file.open("a", encoding="utf-8") as stream:
        stream.write(
            f"<{new}> <http://www.w3.org/2002/07/owl#sameAs> <{old}> <https://w3id.org/motegraf/graph/curated> .\n"
        )
    item = only_item(changes(small / "build", file), "meetings")
    assert (item.renamed_from, {*facts(item)}) == (old, {"identisk med"})


def test_the_command_prints_marks_values_and_sentences(built: Path, eleven_pages: Path) -> None:
    done = diff(built, eleven_pages, "--lang", "en")
    assert (done.exit_code, done.stderr) == (1, "")
    assert re.search(r"^  Meetings: 33 new$", done.stdout, re.MULTILINE)
    assert re.search(r"^\+ .+ · .+ · .+", done.stdout, re.MULTILINE)
    assert "“" in done.stdout
    assert "char=" in done.stdout
    assert max(map(len, done.stdout.splitlines()[2:])) <= 80
    back = diff(eleven_pages, built)
    assert re.search(r"^  Møter: 33 borte$", back.stdout, re.MULTILINE)


def test_summary_has_counts_alone(built: Path, eleven_pages: Path) -> None:
    done = diff(built, eleven_pages, "--summary")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) < 12


def test_quiet_says_it_by_the_exit_code_alone(built: Path, eleven_pages: Path) -> None:
    assert (diff(built, eleven_pages, "-q").exit_code, diff(built, built, "-q").exit_code) == (1, 0)
    assert diff(built, eleven_pages, "-q").output == ""


def test_json_is_read_back_as_it_was(built: Path, eleven_pages: Path) -> None:
    done = diff(built, eleven_pages, "-f", "json")
    record: dict[str, Any] = json.loads(done.stdout)
    assert record["groups"]["meetings"]["counts"] == {"added": 33}
    found = changes(built, eleven_pages)
    assert from_json(to_json(found)) == found
    assert from_json(done.stdout.encode()) == found
    with pytest.raises(ValueError, match="form"):
        from_json(b'{"form": "another"}')
    with pytest.raises(ValueError, match="no record"):
        from_json(b"[]")


def test_a_patch_makes_the_one_dataset_into_the_other(built: Path, eleven_pages: Path) -> None:
    lines = {*(built / "motegraf.nq").read_text(encoding="utf-8").splitlines()}
    patch = diff(built, eleven_pages, "-f", "patch").stdout.splitlines()
    assert (patch[0], patch[-1]) == ("TX .", "TC .")
    for line in patch[1:-1]:
        if line.startswith("A "):
            lines.add(line[2:])
        else:
            lines.remove(line.removeprefix("D "))
    assert lines == {*(eleven_pages / "motegraf.nq").read_text(encoding="utf-8").splitlines()}
    assert diff(built, built, "-f", "patch").exit_code == 0


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("broken.ttl", "this is no Turtle", "is no RDF"),
        ("blank.ttl", "<http://a.example/b> <http://a.example/c> [ <http://a.example/d> 1 ] .", "without a name"),
        ("notes.txt", "notes", "is no folder with a build"),
    ],
)
def test_what_cannot_be_compared_ends_with_2(built: Path, tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = diff(tmp_path / name, built)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert diff(tmp_path, built).exit_code == 2
    assert diff(tmp_path / "nowhere", built).exit_code == 2


def test_builds_under_unlike_bases_are_not_compared(first_page: Path, built: Path, tmp_path: Path) -> None:
    build(first_page, tmp_path / "other", OTHER_BASE)
    done = diff(built, tmp_path / "other")
    assert (done.exit_code, "--base-iri" in done.stderr) == (2, True)
    assert diff(tmp_path / "other", tmp_path / "other").exit_code == 0


def test_a_base_of_somebody_else_changes_nothing_in_words(
    first_page: Path, built: Path, eleven_pages: Path, tmp_path: Path
) -> None:
    build(first_page, tmp_path / "one", OTHER_BASE)
    build(eleven_pages.parent, tmp_path / "eleven", OTHER_BASE)
    words = diff(tmp_path / "one", tmp_path / "eleven").stdout.splitlines()[2:]
    assert words == diff(built, eleven_pages).stdout.splitlines()[2:]


def test_names_with_control_characters_are_printed_harmlessly(built: Path, tmp_path: Path) -> None:
    text = (built / "motegraf.nq").read_text(encoding="utf-8")
    file = tmp_path / "odd.nq"
    file.write_text(text.replace('"Dialogmøte i Haugesund"@nb', '"\\u001b[31mrødt\\u202e"@nb'), encoding="utf-8")
    done = diff(built, file)
    assert done.exit_code == 1
    assert not re.search("[\x1b\u202e]", done.stdout)
