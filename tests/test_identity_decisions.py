"""Decisions about identity: read strictly, never completed by a machine, written and taken back to the letter."""

from datetime import date
from pathlib import Path

import pytest

from graph.common.findings import FindingsError
from graph.model.identity import Decision, Decisions, Verdict
from graph.sources.decisions.form import FILE, FOLDER
from graph.sources.decisions.read import contradictions, read_decisions
from graph.sources.decisions.write import DecisionError, add_decision, remove_decision, with_decision

pytestmark = pytest.mark.unit
DAY = date(2026, 11, 30)
ONE = """\
# Ours.
decisions:
  # The summit.
  - same: [event:a, event:b]
    who: Kari Nordmann
    when: 2026-11-30
    why: Same day, same place
    seen:
      - "Toppmøtet i Oslo: 2. februar"  # the page

  # Not these.
  - different: [person:a, person:b]
    who: Kari
    when: 2026-11-30
    why: |
      Two lines
      of reasons
"""


def decided(verdict: Verdict, *ids: str, why: str = "seen") -> Decision:
    return Decision(verdict, ids, "Kari", DAY, why)


def home_with(folder: Path, text: str) -> Path:
    (folder / FOLDER).mkdir(parents=True)
    (folder / FOLDER / FILE).write_bytes(text.encode())
    return folder


def findings_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(FindingsError) as raised:
        read_decisions(home_with(folder, text))
    return [str(finding) for finding in raised.value.findings]


def test_decisions_are_read_with_their_lines(tmp_path: Path) -> None:
    first, second = read_decisions(home_with(tmp_path, ONE)).entries
    assert first == Decision(
        "same",
        ("event:a", "event:b"),
        "Kari Nordmann",
        DAY,
        "Same day, same place",
        ("Toppmøtet i Oslo: 2. februar",),
        4,
    )
    assert (second.verdict, second.ids, second.line) == ("different", ("person:a", "person:b"), 12)
    assert read_decisions(tmp_path / "elsewhere").entries == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "decisions:\n", "decisions: []\n", "\ufeffdecisions:\n"])
def test_no_decision_is_none(tmp_path: Path, text: str) -> None:
    assert read_decisions(home_with(tmp_path, text)).entries == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("same: [event:a]", "4: 'same' is empty"),
        ("same: [event:a, event:a]", "event:a is there twice"),
        ("same: [event:a, person:b]", "one thing cannot be event and person at once"),
        (
            "same: [person:a, actor:r.x, organisation:b]",
            "one thing cannot be person and actor and organisation at once",
        ),
        ("same: [event:a, event:b]\n    different: [event:a, event:b]", "not same and different"),
        ("", "an entry says one of same:, different: and unsure:"),
        ("same: [event:a, '<b>x</b>']", "'<b>x</b>' is not of the form"),
        ("same: [event:a, source:b]", "'source:b' is not of the form"),
        ("same: [event:a, event:b]\n    perhaps: yes", "perhaps"),
    ],
)
def test_what_is_no_decision_is_told_with_its_line(tmp_path: Path, entry: str, message: str) -> None:
    text = f"decisions:\n  - who: Kari\n    when: 2026-11-30\n    {entry}\n    why: because\n"
    (finding,) = findings_of(tmp_path, text)
    assert finding.startswith("decisions/identity.yaml:")
    assert message.partition("4: ")[2] or message in finding
    assert message.partition("4: ")[2] in finding


def test_a_day_that_is_none_is_told(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path, ONE.replace("2026-11-30", "2026-11-31", 1))
    assert finding == "decisions/identity.yaml:6: 2026-11-31 is no day of the calendar"


def test_conflict_marks_of_git_are_told_as_what_they_are(tmp_path: Path) -> None:
    text = ONE.replace("  # Not these.\n", "<<<<<<< HEAD\n") + "=======\n  - same: [event:a, event:c]\n>>>>>>> other\n"
    (finding,) = findings_of(tmp_path, text)
    assert finding.startswith("decisions/identity.yaml:11: two versions were merged with conflicts here; keep the ")
    assert finding.endswith("delete the lines with <<<<<<<, ======= and >>>>>>> (11, 18, 20)")


def test_sameness_goes_along_chains_and_the_first_id_is_kept() -> None:
    decisions = Decisions([decided("same", "event:a", "event:b"), decided("same", "event:c", "event:b")])
    assert {decisions.canonical(f"event:{name}") for name in "abc"} == {"event:c"}
    assert decisions.cluster("event:a")[0] == "event:c"
    assert decisions.verdict("event:a", "event:c") == "same"
    assert decisions.verdict("event:a", "event:d") is None
    assert decisions.canonical("event:d") == "event:d"


def test_being_different_and_unsure_holds_of_whole_things() -> None:
    decisions = Decisions(
        [decided("same", "event:a", "event:b"), decided("different", "event:b", "event:c", "event:d")]
    )
    assert decisions.verdict("event:a", "event:c") == "different"
    assert decisions.verdict("event:c", "event:d") == "different"
    assert Decisions([decided("unsure", "event:a", "event:b")]).verdict("event:b", "event:a") == "unsure"


def test_a_contradiction_names_all_its_decisions_and_none_of_them_counts(tmp_path: Path) -> None:
    text = "decisions:\n" + "".join(
        f"  - {verdict}: [person:{one}, person:{other}]\n    who: K\n    when: 2026-11-30\n    why: w\n"
        for verdict, one, other in (("same", "a", "b"), ("same", "b", "c"), ("different", "a", "c"), ("same", "x", "y"))
    )
    findings, rest = contradictions(read_decisions(home_with(tmp_path, text)))
    assert [str(finding) for finding in findings] == [
        "decisions/identity.yaml:10: person:a and person:c are different here, and the same by"
        " line 2 (person:a = person:b), line 6 (person:b = person:c);"
        " take back the decision that is wrong. Until then none of them counts"
    ]
    assert rest.clusters() == [("person:x", "person:y")]


def test_no_chain_of_decisions_makes_a_body_of_a_person() -> None:
    chain = [
        decided("same", "person:a", "actor:r.x"),
        decided("same", "actor:r.y", "actor:r.x"),
        decided("same", "organisation:b", "actor:r.y"),
        decided("same", "actor:r.z", "person:c"),
    ]
    (finding,), rest = contradictions(Decisions(chain))
    assert finding.severity == "error"
    assert "organisation:b and person:a are the same by" in finding.message
    for ids in ("organisation:b = actor:r.y", "actor:r.y = actor:r.x", "person:a = actor:r.x"):
        assert ids in finding.message
    assert "one thing cannot have both ids" in finding.message
    assert rest.clusters() == [("actor:r.z", "person:c")]


def test_a_ring_of_a_thousand_is_one_finding() -> None:
    chain = [decided("same", f"person:p{n}", f"person:p{n + 1}") for n in range(1_000)]
    decisions = Decisions([*chain, decided("different", "person:p0", "person:p1000")])
    (finding,), rest = contradictions(decisions)
    assert "and 997 more" in finding.message
    assert not rest


def test_many_contradictions_are_counted() -> None:
    one = decided("same", *(f"person:p{n}" for n in range(10)))
    findings, _ = contradictions(Decisions([one, decided("different", *(f"person:p{n}" for n in range(10)))]))
    assert (len(findings), findings[-1].message) == (21, "25 more pairs are decided to be the same and different")


def test_a_doubt_that_was_decided_since_is_told() -> None:
    decisions = Decisions([decided("unsure", "person:a", "person:b"), decided("same", "person:a", "person:b")])
    (finding,), rest = contradictions(decisions)
    assert (finding.severity, rest) == ("warning", decisions)


@pytest.mark.parametrize(
    "before",
    [
        None,
        ONE,
        "",
        "# mine\n",
        "decisions:\n",
        ONE.replace("\n", "\r\n"),
        ONE.replace("  - ", "- ").replace("\n    ", "\n  "),
        ONE.rstrip("\n") + "\n\n# the end\n",
        ONE.replace("\n", "\r\n", 4),
        "\ufeffdecisions:\n",
        f"\ufeff{ONE}",
    ],
    ids=[
        *("no file", "two", "empty", "a comment", "the key", "of windows", "another indent", "a comment at the end"),
        *("mixed line ends", "the key after a mark", "two after a mark"),
    ],
)
def test_a_decision_that_is_taken_back_leaves_the_file_as_it_was(tmp_path: Path, before: str | None) -> None:
    home = tmp_path if before is None else home_with(tmp_path, before)
    file = home / FOLDER / FILE
    new = Decision("same", ("event:x", "event:y"), "Åse «Ø»: 1", DAY, 'a "reason" # with: signs', ("one", "two"))
    known = read_decisions(home).entries
    add_decision(home, new)
    after = read_decisions(home).entries
    assert [each.ids for each in after] == [*(each.ids for each in known), new.ids]
    assert (after[-1].who, after[-1].why, after[-1].seen) == (new.who, new.why, new.seen)
    assert before is None or file.read_bytes().decode().startswith(before)
    remove_decision(home, after[-1])
    # A file without decisions goes, and one with words keeps the key.
    left = {None: None, "": None, "# mine\n": "# mine\ndecisions:\n"}.get(before, before)
    assert (file.read_bytes().decode() if file.exists() else None) == left


def test_taking_back_one_of_several_leaves_the_others_and_their_comments(tmp_path: Path) -> None:
    home = home_with(tmp_path, ONE)
    for entry in read_decisions(home).entries[::-1]:
        remove_decision(home, entry)
    assert (home / FOLDER / FILE).read_text() == "# Ours.\ndecisions:\n  # The summit.\n\n  # Not these.\n"
    with pytest.raises(DecisionError, match="not there any more"):
        remove_decision(home, decided("same", "event:a", "event:b"))


def test_an_empty_list_in_brackets_takes_decisions(tmp_path: Path) -> None:
    home = home_with(tmp_path, "# Ours.\ndecisions: [ ]\n")
    add_decision(home, decided("same", "event:a", "event:b"))
    assert [each.ids for each in read_decisions(home).entries] == [("event:a", "event:b")]
    with pytest.raises(DecisionError, match=r"would be the same and different: decisions/identity\.yaml, line 3"):
        with_decision((home / FOLDER / FILE).read_text(), decided("different", "event:b", "event:a"))
    with pytest.raises(FindingsError, match="XML cannot hold"):
        with_decision("", decided("same", "event:a", "event:b", why="a\x1bb"))


def test_a_file_that_cannot_be_read_is_not_changed(tmp_path: Path) -> None:
    home = home_with(tmp_path, "decisions: [\n")
    with pytest.raises(DecisionError, match="nothing was changed"):
        add_decision(home, decided("same", "event:a", "event:b"))
    assert (home / FOLDER / FILE).read_text() == "decisions: [\n"


def test_thousands_of_decisions_are_joined_once_each() -> None:
    """A chain that is joined from its end would move all ids each time, were the larger part to move."""
    count = 20_000
    decisions = Decisions(decided("same", f"person:p{n + 1}", f"person:p{n}") for n in range(count))
    assert decisions.canonical("person:p0") == f"person:p{count}"
