"""Names in a file: everything that is asked of it is answered as the index in memory answers."""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graph.common.bitsets import bits_of, has, numbers_in, pack, unpack
from graph.query.entries import Entry, entry_as_json, entry_from_json, read_entries
from graph.query.listing import FACETS
from graph.query.names_file import has_names, remove_old_names, write_names
from graph.query.names_index import StoredIndex
from graph.query.search import SearchIndex
from graph.query.stores import connect_store

pytestmark = pytest.mark.unit

BASE = "https://w3id.org/motegraf/"
FIRST = ("Kari", "Ola", "Åse", "Jørgen", "Anne Grete", "Bjørn-Erik", "Maria")
LAST = ("Nordmann", "Hansen", "Østby", "Aas", "Bøe", "Berg", "Lindqvist", "Müller", "Ng")
TOPICS = ("Climate policy", "Digital markets", "Fisheries", "Data protection and privacy", "AI")
COUNTIES = ("11", "03", "46")


def generated() -> list[Entry]:
    """Return a register of meetings, with whom they have to do with."""
    people = [
        Entry(
            f"{BASE}person/{number}",
            "person",
            {"nb": f"{FIRST[number % 7]} {LAST[number * 5 % 9]}"},
            (f"{LAST[number % 9]}, {FIRST[number % 5]}",) if number % 4 == 0 else (),
            years={str(2015 + number % 6): number % 11} if number % 3 else {},
            facets={"office": (f"{BASE}post/{number % 4}",)} if number % 2 else {},
        )
        for number in range(120)
    ]
    meetings = [
        Entry(
            f"{BASE}event/register.{number}",
            "event",
            {
                "nb": f"{LAST[number % 9]} AS møtte {people[number % 120].label('nb')[0]} om {TOPICS[number % 5]}",
                "en": f"{LAST[number % 9]} AS met {people[number % 120].label('nb')[0]} about {TOPICS[number % 5]}",
            },
            ids=(f"R-{number}",),
            context=("Brussels", str(2014 + number % 8)),
            days=(f"{2014 + number % 8}-0{1 + number % 9}-11",) if number % 13 else (),
            facets={
                "status": (f"{BASE}status/held",),
                "kind": (f"{BASE}kind/{number % 3}", f"{BASE}kind/meeting")[: 1 + number % 2],
                "county": (f"{BASE}area/no/fylke/{COUNTIES[number % 3]}",) if number % 5 else (),
            }
            if number % 17
            else {},
        )
        for number in range(900)
    ]
    return [*people, *meetings]


@pytest.fixture(scope="module")
def indexes(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchIndex, StoredIndex]:
    """The same entities in memory and in a file: those of the first page, and a register."""
    store = Store()
    store.load(path=built / "motegraf.nq", format=RdfFormat.N_QUADS)
    entries = [*read_entries([connect_store(store)]), *generated()]
    file = tmp_path_factory.mktemp("names") / "entries"
    # Of an IRI the first is kept.
    write_names([*reversed(entries), Entry(entries[0].iri, "event", {"nb": "Another"})], file)
    return SearchIndex(entries), StoredIndex(file)


QUERIES = (
    *("kari", "Kari Nordmann", "k", "n", "no", "kari n", "nordmann kari", "KN", "k n", "a g h", "æ", "ø", "aas", "Ås"),
    *("møtte", "met anne", "møtte met", "met kari 2015", "brussels", "2016 brussels fisheries", "R-17", "r-1", "17"),
    *("register.17", "event/register.17", f"{BASE}event/register.17", f"<{BASE}person/7>", "person:7", "area/7", "7/"),
    *("ordman", "rdmann møtt", "a protection and p", "s met j", "ta protection", "om ai", "as møtte bjørn erik aas om"),
    *("nordmnan", "hanssen", "karii", "climat polisy", "joergen nordmnn", "annegrete hansen", "fisjeries", "haugesunt"),
    *("minotenkk", "haugesund", "dialogmøte", "laila", "terror", "rogaland", "statssekretær", "statsekretær", "1106"),
    *("", " ", "...", "qqqqqq", "møtte ingen", "data protection and privacyy", "x" * 300, "a " * 40, "2014-12", "💥"),
    *("lindqvist as met kari nordman about fisherys", "mueller", "müller", "bokhari laila", "lbokhari", "123", "as as"),
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_file_answers_a_search_as_memory_does(indexes: tuple[SearchIndex, StoredIndex], query: str) -> None:
    memory, stored = indexes
    for kind in (None, "person", "event", "organisation", "question"):
        for first, most in ((0, 10), (0, 0), (7, 50), (800, 50)):
            assert stored.search(query, kind, first, most) == memory.search(query, kind, first, most)
        assert stored.near(query, kind) == memory.near(query, kind)
    for kinds in (("person",), ("event", "organisation")):
        assert stored.sharing_words(query, kinds, 12) == memory.sharing_words(query, kinds, 12)


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("kind", FACETS)
def test_a_file_answers_a_list_as_memory_does(indexes: tuple[SearchIndex, StoredIndex], kind: str, lang: str) -> None:
    for sort in ("name", "newest", "meetings"):
        memory, stored = (index.listing(kind, sort, lang) for index in indexes)
        chosen: list[dict[str, str]] = [{}, {FACETS[kind][0]: "no such value"}]
        for facet in FACETS[kind]:
            values = sorted(memory.values(facet, {})[0])
            chosen += [{facet: value} for value in (values[:1] + values[-1:])]
            chosen += [{**each, facet: values[0]} for each in chosen[2:] if values]
        for each in chosen:
            assert stored.count(each) == memory.count(each)
            for first, most in ((0, 50), (40, 50), (0, 10_000)):
                assert stored.page(each, first, most) == memory.page(each, first, most)
            for facet in FACETS[kind]:
                assert stored.values(facet, each) == memory.values(facet, each)
        assert stored.total == memory.total


@pytest.mark.parametrize("query", ["\ud800", "kari \udcff", "person:\ud800", "kari\0"])
def test_what_is_no_text_finds_no_more_than_in_memory(indexes: tuple[SearchIndex, StoredIndex], query: str) -> None:
    memory, stored = indexes
    assert stored.search(query) == memory.search(query)
    assert stored.near(query, "person") == memory.near(query, "person")
    assert stored.sharing_words(query, ("person",), 12) == memory.sharing_words(query, ("person",), 12)
    assert stored.by_iri.get(BASE + query) is None
    assert stored.listing("person", "name", "nb").count({"year": query}) == 0


def test_entities_of_a_file_are_those_that_were_written(indexes: tuple[SearchIndex, StoredIndex]) -> None:
    memory, stored = indexes
    assert [*stored.entries] == memory.entries
    entry = memory.entries[3]
    assert stored.by_iri[entry.iri] == stored.by_iri.get(entry.iri) == entry
    assert f"{BASE}person/nobody" not in stored.by_iri
    assert entry_from_json(entry_as_json(entry)) == entry


def test_a_file_is_believed_only_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "entries"
    assert not has_names(file)
    write_names(generated(), file)
    assert has_names(file)
    assert [each.name for each in tmp_path.iterdir()] == ["entries"]
    whole = file.read_bytes()
    for damaged in (b"", b"{}\n", whole[:100], whole[: len(whole) // 2], whole[:-1], whole + b"x", whole[4096:]):
        file.write_bytes(damaged)
        assert not has_names(file)


def test_a_file_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterable[Entry]:
        yield generated()[0]
        raise sqlite3.OperationalError("disk full")

    write_names([], tmp_path / "entries")
    with pytest.raises(OSError, match="disk full"):
        write_names(broken(), tmp_path / "entries")
    assert has_names(tmp_path / "entries")
    assert len(list(tmp_path.iterdir())) == 1


def test_whoever_may_read_a_build_may_read_its_names(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    write_names([], tmp_path / "entries")
    assert (tmp_path / "entries").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_others_left_goes_and_what_is_still_written_stays(tmp_path: Path) -> None:
    kept = tmp_path / "entries-1.sqlite"
    for name in (kept.name, "entries-2.sqlite", "entries-3.jsonl", "entries-new-4", "entries-new-5", "LOG"):
        (tmp_path / name).write_bytes(b"")
    os.utime(tmp_path / "entries-new-5", (0, 0))
    remove_old_names(kept)
    assert {each.name for each in tmp_path.iterdir()} == {kept.name, "entries-new-4", "LOG"}


@pytest.mark.parametrize("numbers", [[1], [3, 9], [1, 2, 3, 4, 900], list(range(1, 900)), [10**6]])
def test_a_set_of_numbers_is_the_same_when_it_was_packed(numbers: list[int]) -> None:
    from array import array

    bits = unpack([pack(array("I", numbers))])
    assert [*numbers_in(bits)] == numbers
    assert bits == bits_of(numbers)
    assert has(bits, numbers[0])
    assert not has(bits, numbers[-1] + 1)
