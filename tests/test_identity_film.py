"""The summit of February 2015: planned on one page and held on two, it is one event once that is decided."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ask, load_store
from entity_pages import EntityPages
from identity_film import NEWS, PLANNED, SPEECH, decide_all, film_home, film_review
from test_event_pages import lead

from build_graph import build
from graph.__main__ import motegraf
from graph.review.same import SameReview
from graph.sources.decisions.read import read_decisions

pytestmark = pytest.mark.slow
SENTENCES = {
    "I tillegg vil flere av kommunene som mottok brevet fra statsministeren, sammen med blant annet "
    "Kommunesektorens organisasjon KS, arrangere et politisk toppmøte om forebygging av voldelig ekstremisme i løpet "
    "av første kvartal 2015.",
    "Kommuner fra hele landet møttes til et politisk toppmøte i Oslo mandag 2. februar 2015.",
    "2. februar 2015 holdt statsminister Erna Solberg en tale på toppmøtet mot voldelig ekstremisme.",
}
SUMMITS = "SELECT ?event ?status ?first { ?event dct:type kind:summit ; mg:eventStatus ?status ; mg:earliest ?first }"
WORDS = "SELECT DISTINCT ?words {{ ?claim a mg:EventClaim ; mg:event {} ; mg:keyEvidence/schema:text ?words }}"


def rows(home: Path, query: str, **options: object) -> set[tuple[object, ...]]:
    """Return the answer of a build made now."""
    build(home, home / "build", **options)  # type: ignore[arg-type]
    return {*map(tuple, ask(load_store(home / "build/motegraf.nq"), query))}


def files(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((home / "build").iterdir()) if file.is_file()}


def test_a_summit_that_was_planned_and_held_is_one_event_once_it_is_decided(tmp_path: Path) -> None:
    home = film_home(tmp_path)
    before = files(home)
    assert {row[:2] for row in rows(home, SUMMITS)} == {
        (PLANNED, "status:planned"),
        (NEWS, "status:held"),
        (SPEECH, "status:held"),
    }

    # The proposal: one cluster, each pair of it.
    review, evidence = film_review(home)
    assert {frozenset(pair.ids) for pair in review.pairs} == {
        frozenset(pair) for pair in ((PLANNED, NEWS), (PLANNED, SPEECH), (NEWS, SPEECH))
    }
    assert {pair.cluster for pair in review.pairs} == {0}
    shown = [evidence.side(thing, "nb") for pair in review.pairs for thing in (pair.candidate.a, pair.candidate.b)]
    assert {words.text for side in shown for source in side.sources for words in source.words} == SENTENCES

    # Two decisions are enough for three: the last pair follows.
    assert decide_all(review) == 2
    assert rows(home, SUMMITS) == {(PLANNED, "status:held", "2015-02-02")}
    assert {row[0] for row in rows(home, WORDS.format(PLANNED))} == SENTENCES

    # Who was to organise it besides did not hold it.
    words = lead(EntityPages(home / "build").markup("event/toppmote-2015"))
    assert words.startswith("KS – Kommunesektorens organisasjon holdt toppmøtet i Oslo 2. februar 2015. Én er nevnt")

    # Between the days on which the pages were published, only what was known then.
    assert rows(home, SUMMITS, as_known_on=date(2015, 2, 10)) == {(NEWS, "status:held", "2015-02-02")}
    assert rows(home, SUMMITS, as_known_on=date(2015, 3, 31)) == {(PLANNED, "status:held", "2015-02-02")}
    speech = "2. februar 2015 holdt statsminister Erna Solberg en tale på toppmøtet mot voldelig ekstremisme."
    known = {row[0] for row in rows(home, WORDS.format(PLANNED), as_known_on=date(2015, 3, 31))}
    assert known == SENTENCES - {speech}

    # Taken back, as before: every byte of every file.
    assert [undone(review) for _ in range(2)] == [1, 0]
    assert not (home / "decisions/identity.yaml").exists()
    rows(home, SUMMITS)
    assert files(home) == before


def test_the_summit_is_decided_in_a_terminal_by_the_command(tmp_path: Path) -> None:
    home = film_home(tmp_path)
    command = ["review", "--same", "--terminal", "--events", "--lang", "en", "--home", str(home)]
    result = CliRunner().invoke(motegraf, [*command, "--as", "Kari Nordmann"], input="s\nd not the plan\n\n")
    assert result.exit_code == 0, result.output
    assert "3 pairs in 1 cluster to decide; Kari Nordmann decides" in result.stderr
    assert "Kommuner fra hele landet møttes til et politisk toppmøte" in result.stdout
    assert "2 decisions in decisions/identity.yaml" in result.stdout
    decisions = read_decisions(home)
    assert [(each.verdict, each.who) for each in decisions.entries] == [
        ("same", "Kari Nordmann"),
        ("different", "Kari Nordmann"),
    ]
    assert decisions.entries[1].why == "not the plan"
    # There is nothing more to decide, and no page is served.
    result = CliRunner().invoke(motegraf, command[:2] + command[3:])
    assert result.exit_code == 0, result.output
    assert "no pair to decide" in result.stderr
    assert "http" not in result.stdout


def test_a_broken_file_of_decisions_is_told_before_anything_is_shown(tmp_path: Path) -> None:
    home = film_home(tmp_path)
    (home / "decisions").mkdir()
    (home / "decisions/identity.yaml").write_text("decisions:\n<<<<<<< HEAD\n", encoding="utf-8")
    result = CliRunner().invoke(motegraf, ["review", "--same", "--home", str(home)])
    assert result.exit_code == 1
    assert "decisions/identity.yaml:2: two versions were merged with conflicts" in result.stderr


def undone(review: SameReview) -> int:
    """Take back the last decision; return how many pairs are decided still."""
    review.undo()
    return len(review.decisions.entries)
