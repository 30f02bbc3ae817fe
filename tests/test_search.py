"""Search: what is found by what people type, in which order, and with how much work."""

import errno
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graph.common.collation import collation_key
from graph.query.entries import KINDS, Entry, read_entries
from graph.query.names_file import write_names
from graph.query.names_index import StoredIndex
from graph.query.search import MAX_LETTERS, Match, Rank, SearchIndex
from graph.query.stores import connect_store, open_dataset
from graph.server.snapshot.copy import is_prepared, main, store_path
from graph.server.workers import names
from graph.server.workers.entry_index import search_index
from graph.server.workers.ipc import PageTask
from graph.server.workers.names import names_path
from graph.server.workers.tasks import run_task

pytestmark = pytest.mark.unit

BASE = "https://w3id.org/motegraf/"


def entry(path: str, *names: str, meetings: int = 0, **more: object) -> Entry:
    """Return what is searched of an entity with this path: its kind is the folder of it."""
    kind = "area" if path.startswith("area/") else path.partition("/")[0]
    years = {"2014": meetings} if meetings else {}
    return Entry(BASE + path, kind, {"nb": names[0]}, names[1:], years=years, **more)  # type: ignore[arg-type]


INDEX = SearchIndex(
    [
        entry("person/laila-bokhari", "Laila Bokhari", meetings=3),
        entry("person/lars-berg", "Lars Berg", meetings=9),
        entry("person/asne-sorland", "Åsne Sørland", meetings=1),
        entry("organisation/haugesund-kommune", "Haugesund kommune", ids=("944073787",), meetings=1),
        entry("organisation/minotenk", "Minotenk", "tankesmia Minotenk"),
        entry("organisation/gronland-lag", "Grønland idrettslag"),
        entry("area/no/kommune/1106", "Haugesund", ids=("1106",), meetings=1),
        entry("area/no/kommune/5401", "Tromsø", "Romsa"),
        entry(
            *("event/haugesund-2014-12", "Dialogmøte i Haugesund", "Dialogue meeting in Haugesund"),
            context=("Rogaland", "2014"),
            days=("2014-12-01", "2014-12-31"),
        ),
        entry(
            "event/haugesund-2015-01", "Dialogmøte i Haugesund", context=("2015",), days=("2015-01-01", "2015-01-31")
        ),
        entry("topic/terrorist-threat", "terrortrusselen", "the terrorist threat"),
        entry("question/who-met-whom", "Hvem møtte hvem?", "Who met whom?", ids=("who_met_whom",)),
        entry("source/side", "Side om møter", ids=("https://example.org/Side",)),
    ]
)


def found(query: str, kind: str | None = None) -> list[tuple[str, Rank]]:
    """Return what is found, by local names, with how well it matches."""
    matches = INDEX.search(query, kind)
    return [(_local(match), match.rank) for each in matches.matches.values() for match in each]


def _local(match: Match) -> str:
    return match.entry.iri.rpartition("/")[2]


@pytest.mark.parametrize(
    ("query", "local", "rank"),
    [
        ("Laila Bokhari", "laila-bokhari", Rank.EXACT),
        ("  lAILA   bokhari ", "laila-bokhari", Rank.EXACT),
        ("laila b", "laila-bokhari", Rank.START),
        ("bokhari", "laila-bokhari", Rank.WORDS),
        ("bokh lai", "laila-bokhari", Rank.WORDS),
        ("L. Bokhari", "laila-bokhari", Rank.WORDS),
        ("khari", "laila-bokhari", Rank.INSIDE),
        ("bokari", "laila-bokhari", Rank.NEAR),
        ("lailabokhari", "laila-bokhari", Rank.NEAR),
        ("liala bokhari", "laila-bokhari", Rank.NEAR),
        ("Aasne Soerland", "asne-sorland", Rank.EXACT),
        ("asne sorland", "asne-sorland", Rank.EXACT),
        ("ÅSNE SØRLAND", "asne-sorland", Rank.EXACT),
        ("tromso", "5401", Rank.EXACT),
        ("romsa", "5401", Rank.EXACT),
        ("1106", "1106", Rank.EXACT),
        ("kommune:1106", "1106", Rank.EXACT),
        ("944073787", "haugesund-kommune", Rank.EXACT),
        ("organisation/minotenk", "minotenk", Rank.EXACT),
        (f"<{BASE}organisation/minotenk>", "minotenk", Rank.EXACT),
        ("tankesmia", "minotenk", Rank.START),
        ("gronland", "gronland-lag", Rank.START),
        ("terrorist threat", "terrorist-threat", Rank.WORDS),
        ("terrortrusselen", "terrorist-threat", Rank.EXACT),
        ("who_met_whom", "who-met-whom", Rank.EXACT),
        ("hvem møtte", "who-met-whom", Rank.START),
        ("https://example.org/side", "side", Rank.EXACT),
        ("dialogmote rogaland 2014", "haugesund-2014-12", Rank.PLACE_OR_YEAR),
    ],
)
def test_what_people_type_finds_what_they_mean(query: str, local: str, rank: Rank) -> None:
    assert (local, rank) in found(query)


@pytest.mark.parametrize("query", ["bokari", "lailabokhari", "1106", "944073787", "who_met_whom", "tankesmia"])
def test_nothing_else_is_found_beside_it(query: str) -> None:
    assert len(found(query)) == 1


def test_initials_find_a_name_of_several_words() -> None:
    assert found("lb") == [("lars-berg", Rank.WORDS), ("laila-bokhari", Rank.WORDS)]
    assert found("l b") == found("lb")


def test_the_better_match_goes_first_then_more_meetings_then_the_newest_meeting() -> None:
    assert [local for local, _ in found("la", "person")] == ["lars-berg", "laila-bokhari"]
    assert found("haugesund") == [
        ("haugesund-kommune", Rank.START),
        ("haugesund-2015-01", Rank.WORDS),
        ("haugesund-2014-12", Rank.WORDS),
        ("1106", Rank.EXACT),
    ]
    ranked = SearchIndex(
        [
            entry("person/a", "Ola Nordmann", meetings=9),
            entry("person/b", "Nordmann Ola"),
            entry("person/c", "Nordmann"),
            entry("person/d", "Kari Fra Nordmannvik", meetings=5),
            entry("person/e", "Storenordmann", meetings=99),
        ]
    )
    matches = ranked.search("nordmann").matches["person"]
    assert [(_local(match), match.rank) for match in matches] == [
        ("c", Rank.EXACT),
        ("b", Rank.START),
        ("a", Rank.WORDS),
        ("d", Rank.WORDS),
        ("e", Rank.INSIDE),
    ]


def test_of_each_kind_the_first_are_given_with_the_number_of_all() -> None:
    index = SearchIndex(entry(f"person/p{number}", f"Kari {number}") for number in range(30))
    matches = index.search("kari", most=4)
    assert (len(matches.matches["person"]), matches.counts, matches.total) == (4, {"person": 30}, 30)
    pages = [index.search("kari", "person", first, 10).matches["person"] for first in (0, 10, 20)]
    assert len({match.entry.iri for page in pages for match in page}) == 30


def test_typing_errors_are_looked_for_only_where_nothing_else_is_found() -> None:
    assert not INDEX.search("bokhari").near
    assert INDEX.search("bokari").near
    # An id is never taken for another that differs in a figure.
    assert found("1107") == []


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            " ",
            "\t\n",
            "%",
            "_",
            "*",
            "?",
            "()",
            "\x00",
            "\x1b[31m",
            "\ud800",
            "\u202e",
            "\u202eirahkob",
            "'; DROP",
        ),
        *("<script>alert(1)</script>", "[", "\\", '"', "a" * 10_000, "laila " * 3_000, "🦊", "٣٤", "محمد"),
    ],
    ids=repr,
)
def test_any_text_is_searched_without_an_error(query: str) -> None:
    matches = INDEX.search(query)
    assert matches.total <= len(INDEX.entries)
    assert len(INDEX.near(query)) <= len(INDEX.entries)
    if not any(map(str.isalnum, query)):
        assert matches.total == 0


def test_no_more_of_a_query_is_read_than_a_name_can_have() -> None:
    assert found("laila bokhari" + " " * MAX_LETTERS + "x") == [("laila-bokhari", Rank.EXACT)]


@pytest.mark.parametrize(
    ("text", "kind", "local"),
    [
        ("laila-bokari", "person", "laila-bokhari"),
        ("minotenk", "person", "minotenk"),
        ("bokhari", "person", "laila-bokhari"),
        ("haugesund-2014-11", "event", "haugesund-2014-12"),
        ("haugesund-kommunne", "organisation", "haugesund-kommune"),
        ("who_meet_whom", "question", "who-met-whom"),
    ],
)
def test_a_name_that_nothing_has_leads_to_what_was_meant_whatever_its_kind(text: str, kind: str, local: str) -> None:
    assert _local(INDEX.near(text, kind)[0]) == local


def test_of_the_same_likeness_the_kind_that_was_looked_for_goes_first() -> None:
    assert next(match.entry.kind for match in INDEX.near("haugesunt", "organisation")) == "organisation"
    assert next(match.entry.kind for match in INDEX.near("haugesunt", "area")) == "area"


def test_nothing_is_near_to_what_no_name_is_like() -> None:
    assert INDEX.near("qqqqqqqq") == []


def test_names_are_read_from_a_build_in_all_languages_with_what_they_have_to_do_with(built: Path) -> None:
    store = Store()
    store.load(path=built / "motegraf.nq", format=RdfFormat.N_QUADS)
    entries = {entry.iri.removeprefix(BASE): entry for entry in read_entries([connect_store(store)])}
    event = entries["event/haugesund-2014-12"]
    assert event.labels == {"nb": "Dialogmøte i Haugesund", "en": "Dialogue meeting in Haugesund"}
    assert event.context == ("2014", "Haugesund", "Rogaland")
    assert (event.kind, event.days) == ("event", ("2014-12-01", "2014-12-31"))
    assert event.facets == {
        "kind": (f"{BASE}kind/dialogue-meeting",),
        "status": (f"{BASE}status/held",),
        "county": (f"{BASE}area/no/fylke/11",),
    }
    person = entries["person/laila-bokhari"]
    assert (person.meetings, person.years) == (3, {"2014": 3})
    assert person.facets["office"] == (f"{BASE}post/statssekretaer-smk",)
    assert [person.label(lang) for lang in ("nb", "en")] == [("Laila Bokhari", "nb"), ("Laila Bokhari", "en")]
    assert entries["area/no/kommune/1106"].ids == ("1106",)
    assert {entry.kind for entry in entries.values()} == {*KINDS} - {"question"}
    assert entries["topic/terrorist-threat"].kind == "topic"
    assert entries["role/opener"].kind == "concept"


def test_names_are_sorted_as_norwegians_sort_them() -> None:
    names = [
        "Østre",
        "Zeus",
        "Aasen",
        "Ås",
        "Ærlig",
        "abel",
        "Ábel B",
        "Öberg",
        "Adam",
        "Åberg",
        "W",
        "D. Bull",
        "Dahl",
    ]
    assert sorted(names, key=collation_key) == [
        *("abel", "Ábel B", "Adam", "D. Bull", "Dahl", "W", "Zeus", "Ærlig", "Öberg", "Østre", "Åberg", "Ås", "Aasen")
    ]
    # Aa is å in Norwegian names alone.
    assert sorted(["Aarhus", "Abel"], key=lambda name: collation_key(name, "en")) == ["Aarhus", "Abel"]


def work(do: Callable[[], object]) -> int:
    """Return how many functions, of Python or of C, are called."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return calls


def entries_of(size: int) -> list[Entry]:
    """Return so many people, each with a surname of its own, and every tenth called Kari."""
    first = ("Kari", *(f"Fornavn{number}" for number in range(9)))
    return [entry(f"person/p{number}", f"{first[number % 10]} Etternavn{number}") for number in range(size)]


def test_the_work_of_making_an_index_grows_with_the_number_of_names() -> None:
    small, large = (work(lambda size=size: SearchIndex(entries_of(size))) for size in (500, 2_000))  # type: ignore[misc]
    assert large < 4.5 * small


@pytest.mark.parametrize("query", ["kari", "k", "ettern", "tternavn", "fornavm3", "ingen som helst"])
def test_the_work_of_a_search_grows_no_faster_than_the_number_of_names(query: str) -> None:
    small, large = (SearchIndex(entries_of(size)) for size in (500, 2_000))
    for index in (small, large):
        # What is imported once does not count.
        index.search(query)
    assert work(lambda: large.search(query)) < 4.5 * work(lambda: small.search(query))


def test_a_search_for_one_name_does_not_look_at_the_others() -> None:
    index = SearchIndex(entries_of(5_000))
    assert work(lambda: index.search("Kari Etternavn4990")) < 300


def test_a_large_build_has_its_entries_in_a_file_that_workers_read(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = Path(shutil.copytree(built, tmp_path / "build"))

    def start(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        main(str(build), str(folder))
        return folder

    assert is_prepared(build)
    monkeypatch.setattr("graph.query.stores.MAX_BYTES_IN_MEMORY", 0)
    assert not is_prepared(build)
    folder = start("snapshot")
    assert is_prepared(build)
    assert "graphs" in capsys.readouterr().out
    file = names_path(folder)
    entries = [*StoredIndex(file).entries]
    store = open_dataset(store_path(folder))
    of_store = {each.iri: each for each in read_entries([connect_store(store)])}
    assert {each.iri: each for each in entries if each.iri in of_store} == of_store
    # Places and questions that stand in other files alone are found too.
    assert {"area", "question"} <= {each.kind for each in entries if each.iri not in of_store}
    # The dataset is not read anew where the file is.
    write_names([entry("person/kari", "Kari Nordmann")], file)
    index = search_index(store, folder, BASE)
    assert index.search("kari nordmann").total == 1
    assert index.search("bokhari").total == 0
    # Where the build cannot be written, they are made for this start alone.
    kept = names_path(build)
    kept.unlink()
    assert not is_prepared(build)

    def refuse(entries: Iterable[Entry], file: Path) -> None:
        if build in file.parents:
            raise PermissionError(errno.EACCES, "Permission denied")
        write_names(entries, file)

    monkeypatch.setattr("graph.server.workers.names.write_names", refuse)
    assert [*StoredIndex(names_path(start("once"))).entries] == entries
    assert not kept.exists()
    write_names(entries, kept)
    # The next start reads what an earlier one made.
    monkeypatch.setattr("graph.server.workers.names.write_names", None)
    assert [*StoredIndex(names_path(start("again"))).entries] == entries
    # One that is damaged is not believed, and made anew.
    kept.write_bytes(kept.read_bytes()[:-100])
    assert not is_prepared(build)
    monkeypatch.setattr("graph.server.workers.names.write_names", write_names)
    # What a program before this one left beside it goes then.
    (kept.parent / "entries-0123456789ab.jsonl").write_text("0\n", encoding="utf-8")
    start("anew")
    assert is_prepared(build)
    assert [*StoredIndex(kept).entries] == entries
    assert [each.name for each in kept.parent.glob("entries-*")] == [kept.name]


def test_a_file_that_is_damaged_within_is_the_fault_of_the_server(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its length is right, so it was believed: what is asked of it is no mistake of whoever asks."""
    build = Path(shutil.copytree(built, tmp_path / "build"))
    monkeypatch.setattr("graph.query.stores.MAX_BYTES_IN_MEMORY", 0)
    folder = tmp_path / "folder"
    folder.mkdir()
    main(str(build), str(folder))

    def damaged(index: StoredIndex, kind: str, sort: str, lang: str) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(StoredIndex, "_listing", damaged)
    words = {"page": "lists", "path": "event/", "root": "../", "lang": "nb"}
    task = PageTask(base=BASE, max_rows=100, max_bytes=1_000_000, gzip=False, **words)
    reply, _ = run_task(task, open_dataset(store_path(folder)), folder)
    assert reply.status == 500
    assert "the names of this build cannot be read" in reply.message


@pytest.mark.parametrize("module", ["common/names.py", "common/collation.py", "query/search.py", "query/entries.py"])
def test_a_program_that_folds_or_sorts_names_otherwise_reads_another_file(
    module: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = Path(shutil.copytree(built, tmp_path / "build"))
    monkeypatch.setattr("graph.query.stores.MAX_BYTES_IN_MEMORY", 0)
    before = names_path(build)
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: read_bytes(file) + b"#" * file.as_posix().endswith(module))
    names._program.cache_clear()
    try:
        assert names_path(build) != before
    finally:
        names._program.cache_clear()
