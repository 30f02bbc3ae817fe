"""What view models are read with: records, names of entities, words of the registry, lists of meetings by year."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.iris import ENTITIES, VOCABULARY
from graph.model.labels import INTERFACE_LANGUAGES
from graph.query.results import QueryFn, QueryResult, read_result
from graph.rdf.terms import iri
from graph.server.entity.kind_words import KIND_PLURALS, KIND_WORDS, kind_word
from graph.server.entity.meetings import NO_YEAR, PAGE_SIZE, meeting_list
from graph.server.entity.records import names_of, records_of
from graph.server.entity.registry_words import registry_source

pytestmark = pytest.mark.unit

GRAPH = iri("graph:concluded")


def querying(*statements: tuple[str, str, NamedNode | Literal]) -> QueryFn:
    """Return what queries these statements, given with compact names."""
    store = Store()
    store.extend(Quad(iri(subject), iri(name), value, GRAPH) for subject, name, value in statements)

    def run(query: str) -> QueryResult:
        return read_result(store.query(query, use_default_graph_as_union=True))

    return run


def test_a_record_has_texts_in_the_best_language_and_is_empty_where_nothing_is_stated() -> None:
    run = querying(
        ("topic:a", "rdfs:label", Literal("tema", language="nb")),
        ("topic:a", "skos:definition", Literal("om noe", language="nn")),
        ("topic:a", "skos:definition", Literal("about something", language="en")),
        ("topic:a", "skos:broader", iri("topic:b")),
    )
    records = records_of([iri("topic:a"), iri("topic:missing"), None], run)
    record = records[iri("topic:a")]
    assert record.text("skos:definition", "nb") is not None
    assert [record.text("skos:definition", lang).text for lang in ("nb", "en")] == ["om noe", "about something"]  # type: ignore[union-attr]
    assert (record.node("skos:broader"), record.value("rdfs:label")) == (iri("topic:b"), "tema")
    assert (record.text("rdfs:comment", "nb"), record.node("skos:related"), record.value("dct:date")) == (
        None,
        None,
        "",
    )
    assert not records[iri("topic:missing")]


def test_an_entity_without_a_label_is_named_by_its_kind_and_never_by_its_address() -> None:
    run = querying(("event:a", "rdfs:label", Literal("Møte", language="nb")))
    names = names_of([iri("event:a"), iri("interval:event.a")], run, "en")
    assert (names[iri("event:a")].text, names[iri("event:a")].lang) == ("Møte", "nb")
    assert names[iri("interval:event.a")].text == "period"


@pytest.mark.parametrize("folder", [*ENTITIES, *VOCABULARY])
def test_every_folder_of_addresses_has_a_word_in_each_language(folder: str) -> None:
    word = kind_word(f"{folder}:something")
    assert word is not None
    assert all(getattr(word, lang) for lang in INTERFACE_LANGUAGES)
    assert set(KIND_WORDS) == set(KIND_PLURALS) == {*ENTITIES, *VOCABULARY}


@pytest.mark.parametrize(
    ("text", "about", "nb", "en"),
    [
        (
            "party: en.wikipedia; de.wikipedia",
            "party",
            "Wikipedia på engelsk; Wikipedia på tysk",
            "English Wikipedia; German Wikipedia",
        ),
        ("municipality list 2014", None, "kommunelisten 2014", "municipality list 2014"),
        (
            "Wikidata Q108025: Artsdatabanken snapshot @03b8321",
            "number in Wikidata, Q108025",
            "Artsdatabanken snapshot (utgave 03b8321)",
            "Artsdatabanken snapshot (version 03b8321)",
        ),
        ("page dialogmoter-hosten-2014", None, "siden «dialogmoter-hosten-2014»", "the page “dialogmoter-hosten-2014”"),
        (
            "2016-08-15 (en.wikipedia)",
            None,
            "15. august 2016 (Wikipedia på engelsk)",
            "15 August 2016 (English Wikipedia)",
        ),
        ("a: b", None, "a: b", "a: b"),
    ],
)
def test_sources_of_the_registry_are_in_words(text: str, about: str | None, nb: str, en: str) -> None:
    source = registry_source(text)
    assert (source.about.en if source.about else None, source.name.nb, source.name.en) == (about, nb, en)


def meetings(count: int) -> tuple[list[tuple[NamedNode, str]], QueryFn]:
    """Return so many meetings, in turn of 2013 and 2014, and one of which nobody knows when it was."""
    rows = [(iri(f"event:m{number}"), f"{2013 + number % 2}-01-01") for number in range(count)]
    statements: list[tuple[str, str, NamedNode | Literal]] = [
        *((f"event:m{number}", "mg:earliest", Literal(day)) for number, (_, day) in enumerate(rows)),
        *((f"event:m{number}", "mg:latest", Literal(day)) for number, (_, day) in enumerate(rows)),
        *((f"event:m{number}", "rdfs:label", Literal(f"Møte {number}", language="nb")) for number in range(count)),
    ]
    return [*rows, (iri("event:x"), "")], querying(*statements)


def test_a_list_of_meetings_has_counts_by_year_and_pages_with_the_newest_first() -> None:
    rows, run = meetings(2 * PAGE_SIZE)
    first = meeting_list([*rows, *rows], run, "nb")
    assert (first.total, first.count, first.page, first.pages) == (2 * PAGE_SIZE + 1, 2 * PAGE_SIZE + 1, 1, 3)
    assert first.years == (("2014", PAGE_SIZE), ("2013", PAGE_SIZE), (NO_YEAR, 1))
    assert len(first.meetings) == PAGE_SIZE
    assert {(each.year, each.when) for each in first.meetings} == {("2014", "1. januar 2014")}
    last = meeting_list(rows, run, "nb", page="3")
    assert [(each.year, each.when) for each in last.meetings] == [(NO_YEAR, "tid ikke oppgitt")]
    of_year = meeting_list(rows, run, "en", year="2013", page="1")
    assert (of_year.year, of_year.count, of_year.pages) == ("2013", PAGE_SIZE, 1)
    assert {each.when for each in of_year.meetings} == {"1 January 2013"}


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "9" * 40, "1e3", " 2"])
def test_a_page_that_is_none_is_the_first_and_one_too_far_the_last(page: str) -> None:
    rows, run = meetings(PAGE_SIZE)
    assert meeting_list(rows, run, "nb", page=page).page == 1
    assert meeting_list(rows, run, "nb", page="99").page == 2
    assert meeting_list(rows, run, "nb", year="1814").year == ""
