"""The review of what may be one and the same: each decision is in the file at once, and undone byte for byte."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from graph.__main__ import motegraf
from graph.common.findings import FindingsError
from graph.identity.candidates import Candidate, Cluster, clusters
from graph.identity.reasons import Score, reason
from graph.identity.things import Office, Thing
from graph.model.identity import VERDICTS, Decision, Verdict
from graph.model.iris import BASE, prefixes_under
from graph.query.results import QueryFn
from graph.query.stores import connect_store
from graph.review.same import LATER, OPEN, ContradictionError, NotOpenError, SameReview, SameReviewError
from graph.review.same_evidence import MAX_LETTERS, MAX_VALUES, Evidence
from graph.review.same_terminal import review_pairs
from graph.review.same_view import MAX_PAIRS, Shown
from graph.sources.decisions.read import read_decisions
from graph.sources.decisions.write import DecisionError, add_decision, remove_decision

pytestmark = pytest.mark.unit
FILE = "decisions/identity.yaml"
FOR, AGAINST = (
    reason("same-day", "samme dag", "the same day"),
    reason("other-place", "ulike steder", "different places"),
)


def thing(name: str, **facts: object) -> Thing:
    """Return a person with that id and name."""
    return Thing(f"person:{name}", "person", (name,), **facts)  # type: ignore[arg-type]


def candidate(a: str | Thing, b: str | Thing, value: float = 0.9) -> Candidate:
    """Return two people who may be one."""
    one, other = (each if isinstance(each, Thing) else thing(each) for each in (a, b))
    return Candidate(one, other, Score(value, (FOR,), (AGAINST,)))


def review_of(home: Path, *pairs: Candidate, who: str = "Kari Nordmann") -> SameReview:
    """Return the review of these candidates."""
    return SameReview(home, clusters(pairs), who)


def number_of(review: SameReview, *names: str) -> int:
    """Return the number of the pair of two people."""
    wanted = {f"person:{name}" for name in names}
    return next(pair.number for pair in review.pairs if {*pair.ids} == wanted)


def decide(home: Path, verdict: Verdict, *names: str, who: str = "Ola") -> None:
    """Decide as somebody else does."""
    add_decision(home, Decision(verdict, tuple(f"person:{name}" for name in names), who, date(2026, 1, 2), "because"))


def ids(pairs: Iterable[object]) -> list[str]:
    """Return pairs as words: "a b"."""
    return [" ".join(sorted(id.partition(":")[2] for id in pair.ids)) for pair in pairs]  # type: ignore[attr-defined]


def nothing() -> QueryFn:
    """Return how an empty graph is queried."""
    return connect_store(Store())


def shown(review: SameReview, lang: str = "en") -> Shown:
    return Shown(review, Evidence(nothing(), prefixes_under(BASE)), lang)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "decisions").mkdir()
    return tmp_path


@pytest.fixture
def three(home: Path) -> SameReview:
    """The review of a cluster of three, and of a pair besides."""
    return review_of(
        home, candidate("a", "b", 0.95), candidate("a", "c"), candidate("b", "c"), candidate("x", "y", 0.92)
    )


def test_a_decision_is_in_the_file_at_once(home: Path) -> None:
    review = review_of(home, candidate("a", "b"))
    review.decide(0, "same", "  the same\n day ", seen=["person:a: He\ncame."])
    (made,) = read_decisions(home).entries
    assert (made.verdict, made.ids, made.who, made.why) == (
        "same",
        ("person:a", "person:b"),
        "Kari Nordmann",
        "the same day",
    )
    assert made.seen == ("person:a: He came.",)
    assert made.when == date.today()
    assert review.state(0) == "same"
    assert review.upcoming(0, 5) == []


@pytest.mark.parametrize(
    "before",
    [
        None,
        b"",
        b"# mine\n",
        b"# mine",
        b"decisions:\n",
        b"decisions: # all of them\n",
        b"decisions:\n  - same: [person:p, person:q]\n    who: Ola\n    when: 2026-01-02\n    why: because\n",
        b"decisions:\n- same: [person:p, person:q]\n  who: Ola\n  when: 2026-01-02\n  why: because # mine",
        b"decisions:\r\n  - same: [person:p, person:q]\r\n    who: Ola\r\n    when: 2026-01-02\r\n    why: x\r\n\r\n",
        "\ufeffdecisions:\n  - unsure: [person:p, person:q]\n    who: Å\n    when: 2026-01-02\n    why: x\n#".encode(),
    ],
)
def test_undo_restores_every_byte(home: Path, before: bytes | None) -> None:
    file = home / FILE
    if before is not None:
        file.write_bytes(before)
    review = review_of(home, candidate("a", "b", 0.95), candidate("a", "c"), candidate("x", "y"))
    for number, verdict in enumerate(("same", "different", "unsure")):
        review.decide(number, verdict, f"reason {number}")  # type: ignore[arg-type]
    assert file.read_bytes().startswith(before or b"")
    assert [review.undo() for _ in range(3)] == [2, 1, 0]
    assert (file.read_bytes() if file.exists() else None) == before
    assert review.counts().open == 3
    with pytest.raises(SameReviewError, match="nothing to undo"):
        review.undo()


def test_the_next_pair_is_of_the_same_cluster(three: SameReview) -> None:
    assert ids(three.upcoming(None, 9)) == ["a b", "a c", "b c", "x y"]
    three.decide(number_of(three, "a", "c"), "different", "no")
    assert ids(three.upcoming(number_of(three, "a", "c"), 9)) == ["b c", "a b", "x y"]
    assert ids(three.upcoming(number_of(three, "x", "y"), 9)) == ["a b", "b c", "x y"]


def test_a_cluster_is_not_closed_by_likeness(three: SameReview) -> None:
    three.decide(number_of(three, "a", "b"), "same", "yes")
    assert three.state(number_of(three, "a", "c")) == OPEN
    assert three.state(number_of(three, "b", "c")) == OPEN


def test_what_follows_from_decisions_is_not_asked(three: SameReview) -> None:
    three.decide(number_of(three, "a", "b"), "same", "yes")
    three.decide(number_of(three, "a", "c"), "different", "no")
    assert three.state(number_of(three, "b", "c")) == "different"
    assert ids(three.upcoming(None, 9)) == ["x y"]


def test_what_is_put_off_comes_when_it_is_recalled(three: SameReview, home: Path) -> None:
    number = number_of(three, "a", "b")
    three.put_off(number)
    assert three.state(number) == LATER
    assert ids(three.upcoming(None, 9)) == ["a c", "b c", "x y"]
    assert (three.counts().open, three.counts().later) == (3, 1)
    assert not (home / FILE).exists()
    three.recall()
    assert ids(three.upcoming(None, 1)) == ["a b"]


def test_the_same_of_what_is_different_is_refused_with_the_decisions(three: SameReview, home: Path) -> None:
    decide(home, "same", "a", "b")
    decide(home, "different", "b", "c", who="Åse")
    before = (home / FILE).read_bytes()
    with pytest.raises(ContradictionError) as refused:
        three.decide(number_of(three, "a", "c"), "same", "yes")
    assert {each.ids for each in refused.value.decisions} == {("person:b", "person:c"), ("person:a", "person:b")}
    assert "person:b ≠ person:c (Åse, 2026-01-02, identity.yaml:" in str(refused.value)
    assert "avgjort å være ulike" in refused.value.label.nb
    assert (home / FILE).read_bytes() == before


def test_the_difference_of_what_is_the_same_is_refused_with_the_chain(home: Path) -> None:
    review = review_of(home, candidate("n0", "n30"))
    for number in range(30):
        decide(home, "same", f"n{number}", f"n{number + 1}")
    before = (home / FILE).read_bytes()
    with pytest.raises(ContradictionError) as refused:
        review.decide(0, "different", "no")
    assert len(refused.value.decisions) == 30
    assert (home / FILE).read_bytes() == before


def test_what_somebody_decides_at_the_same_moment_counts(
    three: SameReview, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It is written after the file was looked at, and before it is locked.
    monkeypatch.setattr(SameReview, "refresh", lambda _: decide(home, "different", "a", "b"))
    with pytest.raises(ContradictionError):
        three.decide(number_of(three, "a", "b"), "same", "yes")
    assert [each.verdict for each in read_decisions(home).entries] == ["different"]


def test_two_curators_do_not_decide_twice(three: SameReview, home: Path) -> None:
    decide(home, "same", "a", "b", who="Åse")
    with pytest.raises(NotOpenError, match=r"already \(the same\): person:a = person:b \(Åse"):
        three.decide(number_of(three, "a", "b"), "same", "yes")
    assert len(read_decisions(home).entries) == 1
    three.decide(number_of(three, "x", "y"), "same", "yes")
    assert [each.who for each in read_decisions(home).entries] == ["Åse", "Kari Nordmann"]
    three.undo()
    assert [each.who for each in read_decisions(home).entries] == ["Åse"]


def test_an_edit_meanwhile_is_kept(three: SameReview, home: Path) -> None:
    three.decide(0, "same", "yes")
    file = home / FILE
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    decide(home, "different", "p", "q")
    three.decide(number_of(three, "x", "y"), "same", "yes")
    three.undo()
    three.undo()
    assert [each.ids for each in read_decisions(home).entries] == [("person:p", "person:q")]
    assert "# mine\n" in file.read_text(encoding="utf-8")


def test_a_decision_that_somebody_took_back_is_told(three: SameReview, home: Path) -> None:
    three.decide(0, "same", "yes")
    three.decide(number_of(three, "x", "y"), "different", "no")
    remove_decision(home, read_decisions(home).entries[1])
    with pytest.raises(DecisionError, match="not there any more"):
        three.undo()
    assert three.state(number_of(three, "x", "y")) == OPEN
    assert three.undo() == 0
    assert not (home / FILE).exists()


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("decisions: [\n", "not YAML"),
        ("decisions:\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", "merged with conflicts"),
        ("decisions:\n  - same: [person:a]\n    who: x\n    when: 2026-01-02\n    why: y\n", "identity.yaml:2"),
        ("\x00", "identity.yaml"),
    ],
)
def test_nothing_is_written_to_a_broken_file(three: SameReview, home: Path, broken: str, message: str) -> None:
    three.decide(0, "same", "yes")
    (home / FILE).write_text(broken, encoding="utf-8")
    with pytest.raises(FindingsError, match=message):
        three.decide(number_of(three, "x", "y"), "same", "yes")
    with pytest.raises((FindingsError, DecisionError)):
        three.undo()
    assert (home / FILE).read_text(encoding="utf-8") == broken
    # What was broken can be mended, and nothing of the review is lost.
    (home / FILE).unlink()
    three.decide(number_of(three, "x", "y"), "same", "yes")
    assert len(read_decisions(home).entries) == 1


def test_a_doubt_is_looked_at_again(home: Path) -> None:
    decide(home, "unsure", "a", "b", who="Åse")
    review = review_of(home, candidate("a", "b"), candidate("x", "y", 0.8))
    review.refresh()
    assert [each.who for each in review.doubts(0)] == ["Åse"]
    assert review.state(0) == OPEN
    before = (home / FILE).read_bytes()
    review.decide(0, "unsure", "nobody can tell")
    assert (review.state(0), (home / FILE).read_bytes()) == ("unsure", before)
    review.undo()
    assert (review.state(0), (home / FILE).read_bytes()) == (OPEN, before)
    review.decide(1, "unsure", "nobody can tell")
    assert review.state(1) == "unsure"
    assert ids(review.upcoming(None, 9)) == ["a b"]


def test_the_id_of_the_registry_is_kept_and_of_a_thing_that_has_one(home: Path) -> None:
    review = review_of(home, candidate("a", thing("b", registered=True)), candidate("x", "y"))
    assert review.kept(0) == "person:b"
    assert review.kept(1) == "person:x"
    decide(home, "same", "y", "z")
    review.refresh()
    assert review.kept(1) == "person:y"
    review.decide(1, "same", "yes", kept="person:x")
    assert read_decisions(home).entries[-1].ids == ("person:x", "person:y")


def test_things_of_two_kinds_are_not_one(home: Path) -> None:
    pair = Candidate(Thing("group:a", "body", ("a",)), Thing("organisation:b", "body", ("b",)), Score(0.9))
    review = SameReview(home, [Cluster((pair.a, pair.b), (pair,))], "Kari")
    with pytest.raises(DecisionError, match="one thing cannot be"):
        review.decide(0, "same", "yes")
    assert not (home / FILE).exists()
    review.decide(0, "different", "no")
    assert review.state(0) == "different"


def test_reasons_are_proposed_for_each_verdict(home: Path) -> None:
    view = shown(review_of(home, candidate("a", "b")))
    (pair,) = view.review.pairs
    proposed = {verdict: view.proposed_reason(pair, verdict) for verdict in VERDICTS}
    assert proposed["same"] == "The same day."
    assert proposed["different"] == "Different places."
    assert proposed["unsure"] == "What the sources say does not settle it."


def test_a_cluster_of_five_hundred_is_shown_in_part(home: Path) -> None:
    middle = thing("m")
    review = review_of(home, *(candidate(middle, thing(f"t{number}")) for number in range(500)))
    view = shown(review).pair(review.pairs[250])
    assert view["cluster"]["things"] == 501
    assert len(view["cluster"]["pairs"]) == MAX_PAIRS
    assert view["cluster"]["more"] == 500 - MAX_PAIRS
    assert 250 in [each["number"] for each in view["cluster"]["pairs"]]
    for number in (0, 499):
        assert number in [each["number"] for each in shown(review).pair(review.pairs[number])["cluster"]["pairs"]]


def test_things_of_one_name_are_told_apart_by_their_ids(home: Path) -> None:
    one, other = (Thing(f"person:{name}", "person", ("Kari Sund",), sources=("minutes",)) for name in "ab")
    view = shown(review_of(home, candidate(one, other), candidate("x", "y"))).pair
    pairs = review_of(home, candidate(one, other), candidate("x", "y")).pairs
    assert view(pairs[0])["cluster"]["pairs"][0]["ids"] == ("person:a", "person:b")
    assert view(pairs[1])["cluster"]["pairs"][0]["ids"] == ()
    # Of a thing that no claim is about, its source is named all the same.
    assert [fact["values"] for fact in view(pairs[0])["sides"][0]["facts"] if fact["key"] == "sources"] == [
        ("minutes",)
    ]


def test_long_names_and_lists_are_cut(home: Path) -> None:
    offices = tuple(Office(f"post:p{number}", f"post {number}", "2014") for number in range(50))
    long = Thing("person:a", "person", ("x" * 10_000, "y" * 10_000), offices=offices)
    side = Evidence(nothing(), prefixes_under(BASE)).side(long, "en")
    assert len(side.name) == MAX_LETTERS
    values = {fact.key: fact.values for fact in side.facts}
    assert len(values["offices"]) == MAX_VALUES + 1
    assert values["offices"][-1] == "… and 38 more"
    assert values["offices"][0] == "post 0 (2014 to …)"
    assert all(len(each) <= MAX_LETTERS for each in values["names"])


def scripted(review: SameReview, *answers: str) -> tuple[int, str]:
    """Return how many decisions stand after these answers, and what the terminal showed."""
    waiting, told = list(answers), list[str]()
    made = review_pairs(review, shown(review).evidence, lambda _: waiting.pop(0), told.append, "en")
    assert waiting == []
    return made, "\n".join(told)


def test_pairs_are_decided_in_a_terminal(three: SameReview, home: Path) -> None:
    made, told = scripted(three, "x", "s", "d they never met", "?", "w", "l", "q")
    assert made == 2
    first, second = read_decisions(home).entries
    assert (first.verdict, first.ids, first.why) == ("same", ("person:b", "person:a"), "The same day.")
    assert (second.verdict, second.why) == ("different", "they never met")
    for words in (
        "a – person, person:a (kept)",
        "b – person, person:b (kept)",
        "speaks for: the same day",
        "'w' is no key",
    ):
        assert words in told


def test_the_terminal_undoes_and_tells_what_is_wrong(three: SameReview, home: Path) -> None:
    made, told = scripted(three, "s", "z", "z", "q")
    assert (made, (home / FILE).exists()) == (0, False)
    assert "there is nothing to undo" in told
    (home / FILE).write_text("decisions: [\n", encoding="utf-8")
    made, told = scripted(three, "q")
    assert "not YAML" in told


def test_the_terminal_tells_when_all_is_decided(home: Path) -> None:
    review = review_of(home, candidate(Thing("person:a", "person", ("a\x1b[31m",)), "b"))
    made, told = scripted(review, "l", "", "u", "z", "u", "")
    assert made == 1
    assert "\x1b" not in told
    assert scripted(review)[0] == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--same", "some-page"], "--same is about a build"),
        (["--events"], "go with --same"),
        (["--as", "Kari"], "go with --same"),
    ],
)
def test_options_that_do_not_go_together(options: list[str], message: str) -> None:
    result = CliRunner().invoke(motegraf, ["review", *options])
    assert result.exit_code == 2
    assert message in result.output
