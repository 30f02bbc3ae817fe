"""The walk through two sorted datasets: it finds what one has and the other has not, and both ways alike."""

import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.builds.changes.compare import compare
from graph.builds.changes.records import Changes, Fact, Item, reading_order
from graph.builds.datasets import Dataset
from graph.builds.diff import Counts, changed_lines, changed_subjects
from graph.builds.sorted_nquads import SortedNQuads
from graph.model.labels import Label

pytestmark = pytest.mark.slow

LINES = sorted(set((Path(__file__).parent / "first_page.nq").read_text(encoding="utf-8").splitlines()))
NAMES = [
    *("https://a.example/x", "https://a.example/x.y", "https://a.example/x-y", "https://a.example/xy"),
    *("https://a.example/ø", "https://a.example/𝒳", "https://b.example/x"),
]
some_lines = st.lists(
    st.builds(
        lambda subject, word: f"<{subject}> <https://a.example/says> {word} .",
        st.sampled_from(NAMES),
        st.sampled_from(['"a"', '"a"@en', '"å"', '"\\n"', "<https://a.example/x>"]),
    ),
    max_size=30,
)


def write(lines: list[str], file: Path) -> SortedNQuads:
    file.write_text("".join(f"{line}\n" for line in sorted(set(lines))), encoding="utf-8", newline="\n")
    return SortedNQuads(file)


@given(some_lines, some_lines)
def test_changed_lines_are_those_of_one_side_alone(before: list[str], after: list[str]) -> None:
    old, new = {*before}, {*after}
    found = list(changed_lines([each.encode() for each in sorted(old)], [each.encode() for each in sorted(new)]))
    assert {line.decode() for is_new, line in found if is_new} == new - old
    assert {line.decode() for is_new, line in found if not is_new} == old - new
    assert [line for _, line in found] == sorted(line for _, line in found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_lines)
def test_what_is_about_a_subject_is_found_by_halving(tmp_path: Path, lines: list[str]) -> None:
    with write(lines, tmp_path / "lines.nq") as dataset:
        for name in NAMES:
            assert dataset.about(name) == [line for line in sorted(set(lines)) if line.startswith(f"<{name}> ")]
        assert [line.decode() for line in dataset] == sorted(set(lines))


def test_every_subject_of_a_page_is_found(tmp_path: Path) -> None:
    with write(LINES, tmp_path / "page.nq") as dataset:
        subjects = {line[1 : line.index("> ")] for line in LINES}
        assert sorted(line for subject in subjects for line in dataset.about(subject)) == LINES
        assert dataset.about("https://w3id.org/motegraf/person/nobody") == []


def test_statements_are_counted_by_subject() -> None:
    one, two, three = (f'<https://a.example/{name}> <https://a.example/says> "{name}" .'.encode() for name in "abc")
    assert changed_subjects([one, two], [two, three]) == {
        "https://a.example/a": Counts(added=0, removed=1),
        "https://a.example/c": Counts(added=1, removed=0),
    }


def test_memory_does_not_grow_with_what_two_datasets_have_in_common(tmp_path: Path) -> None:
    common = [f'<https://a.example/{number:06}> <https://a.example/says> "{"x" * 100}" .' for number in range(50_000)]
    with write(common, tmp_path / "a.nq") as a, write([*common, LINES[0]], tmp_path / "b.nq") as b:
        tracemalloc.start()
        try:
            found = compare(Dataset("a", a), Dataset("b", b))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert found.statements == Counts(added=1, removed=0)
    assert peak < (tmp_path / "a.nq").stat().st_size / 10


def picked(seed: int, share: float) -> list[str]:
    """Return a part of the statements of the first page: whole subjects left out, and single statements too."""
    choice = random.Random(seed)
    gone = {subject for subject in sorted({line.split(" ")[0] for line in LINES}) if choice.random() < share / 2}
    return [line for line in LINES if line.split(" ")[0] not in gone and choice.random() >= share / 4]


def without_labels(changes: Changes) -> dict[str, list[Item]]:
    """Return the items without the labels of properties and people, which are those of the newer side."""
    return {
        name: [item._replace(facts=tuple(sorted(_unlabelled(fact) for fact in item.facts))) for item in group.items]
        for name, group in changes.groups.items()
    }


def _unlabelled(fact: Fact) -> Fact:
    return fact._replace(label=Label(""), before=fact.before or Label(""), after=fact.after or Label(""))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from([0.0, 0.05, 0.3]))
def test_the_way_back_is_the_inverse(tmp_path: Path, one: int, other: int, share: float) -> None:
    with write(picked(one, share), tmp_path / "a.nq") as a, write(picked(other, share), tmp_path / "b.nq") as b:
        before, after = Dataset("a", a), Dataset("b", b)
        there, back = compare(before, after), compare(after, before)
        assert not compare(before, before)
        assert not compare(after, after).groups
    inverse = back.inverse()
    assert (there.before, there.after, there.statements) == (inverse.before, inverse.after, inverse.statements)
    assert there.supporting == inverse.supporting
    assert {name: group.counts for name, group in there.groups.items()} == {
        name: group.counts for name, group in inverse.groups.items()
    }
    assert without_labels(there) == without_labels(inverse)


def test_what_is_kept_of_a_group_is_what_is_read_first(tmp_path: Path) -> None:
    with write([], tmp_path / "a.nq") as a, write(LINES, tmp_path / "b.nq") as b:
        changes = compare(Dataset("a", a), Dataset("b", b))
    meetings, kept = changes.groups["meetings"], changes.limited(3, 1000).groups["meetings"]
    assert kept.items == reading_order(meetings.items, "nb")[:3]
    assert (kept.counts, kept.omitted) == (meetings.counts, len(meetings.items) - 3)
    assert kept.items[0].day >= kept.items[2].day
    cut = changes.limited(1000, 2).groups["meetings"].items
    assert {item.iri: len(item.facts) + item.omitted for item in cut} == {
        item.iri: len(item.facts) for item in meetings.items
    }
    assert max(len(item.facts) for item in cut) == 2
