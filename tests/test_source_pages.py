"""The page of a source: its sentences in their order, what was read from each, what is known of it, and its parts."""

import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import CORPUS, PAGE
from entity_pages import EntityPages, words_of
from pyoxigraph import Literal, NamedNode, Quad
from test_ten_pages import EXPECTED, Eleven, eleven  # noqa: F401 - a fixture

from graph.rdf.terms import iri, lang_literal
from graph.server.entity.records import records_of
from graph.server.entity.source_text import PAGE_SIZE, page_with, sentences_between, spans_of, text_in
from graph.server.stores import query_fn
from graph.sources.languages.language import passages_of

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def pages(built: Path) -> EntityPages:
    """Return the pages of the first page's build."""
    return EntityPages(built)


@pytest.fixture(scope="module")
def words(pages: EntityPages) -> str:
    """Return the words of the page of the first source."""
    return pages.words(f"source/{PAGE}")


def test_sentences_are_in_their_own_order_with_what_was_read_from_each(words: str) -> None:
    in_order = [
        "Dette innholdet er mer enn 7 år gammelt. Påstår ingenting om møter: en merknad fra nettstedet om sidens alder",
        "Jøran Kallmyr var til stede på Konferanse i Sarpsborg som åpner og deltaker påstanden",
        "Haugesund kommune er arrangør for Dialogmøte i Haugesund påstanden",
        "Minst én av Laila Bokhari og den som var statsminister var til stede på Dialogmøte i Oslo som deltaker",
        "Den som er statsminister er ventet på Politisk toppmøte om forebygging av voldelig ekstremisme som deltaker",
    ]
    assert [words.index(each) for each in in_order] == sorted(words.index(each) for each in in_order)
    assert "Utgitt av Norges regjering. Alle 34 setninger er lest; de gir 47 påstander." in words
    assert "Ikke lest ennå" not in words


def test_what_is_known_of_a_source_stands_beside_its_text(pages: EntityPages, words: str) -> None:
    for known in (
        "Publisert mellom 1. desember 2014 og 31. mars 2015 Hvordan vi vet det Siden oppgir ingen dato.",
        "Hentet tidligst 1. desember 2021",
        "Språk norsk bokmål",
        "Vilkår for bruk ikke oppgitt på siden",
    ):
        assert known in words
    assert 'href="https://www.regjeringen.no/no/sub/radikalisering/aktuelt/' in pages.markup(f"source/{PAGE}")
    assert f'href="../../text/{PAGE}.txt"' in pages.markup(f"source/{PAGE}")


def test_a_page_in_english_has_the_sentences_marked_as_norwegian(pages: EntityPages) -> None:
    markup = pages.markup(f"source/{PAGE}", "en")
    assert markup.count('<p class="sentence" lang="nb"') == 34
    assert "Laila Bokhari was present at Dialogue meeting in Haugesund as introductory speaker" in words_of(markup)
    assert ' lang="' not in pages.markup(f"source/{PAGE}").partition("<main")[2].partition("</main>")[0]


@pytest.mark.slow
@pytest.mark.parametrize("page", [PAGE, *EXPECTED])
def test_sentences_and_those_that_are_read_are_those_of_the_reader(eleven: Eleven, page: str) -> None:  # noqa: F811
    """The server cuts texts without the packs of languages; on all pages of the tests it finds the same sentences."""
    run, source = query_fn(eleven.store), iri(f"source:{page}")
    record = records_of([source], run)[source]
    text, language = text_in(eleven.out, page), record.value("schema:inLanguage")
    assert text == (CORPUS / page / "page.txt").read_text(encoding="utf-8")
    spans = spans_of(text, language)
    assert spans == passages_of(text, language).sentences
    views = sentences_between(source, text, spans, run, "nb")
    assert ["".join(words for words, _ in each.parts) for each in views] == [text[start:end] for start, end in spans]
    read = sum(each.is_read for each in views)
    assert (len(views), read) == (int(record.value("mg:sentences")), int(record.value("mg:sentencesRead")))


@pytest.mark.slow
def test_a_source_that_is_read_in_part_says_what_is_not_read(eleven: Eleven) -> None:  # noqa: F811
    words = EntityPages(eleven.out, eleven.store).words("source/rana-politirad-2022")
    assert "16 av 38 setninger er lest" in words
    assert words.count("ikke lest ennå") + words.count("Ikke lest ennå") == 22
    assert "Navn som registeret ikke kjenner Personer" in words


def large(built: Path, folder: Path, sentences: int) -> EntityPages:
    """Return the pages of a build whose one source has so many sentences more."""
    out = folder / "large"
    shutil.copytree(built, out)
    text = (CORPUS / PAGE / "page.txt").read_text(encoding="utf-8")
    text += "".join(f"\n\nSetning nummer {number} står her." for number in range(sentences))
    with zipfile.ZipFile(out / "sources.zip", "w") as archive:
        archive.writestr(f"{PAGE}.txt", text)
    return EntityPages(out)


def test_a_source_of_two_thousand_sentences_has_pages(built: Path, tmp_path: Path) -> None:
    pages = large(built, tmp_path, 2_000)
    first, last = pages.markup(f"source/{PAGE}"), pages.markup(f"source/{PAGE}", page="999")
    assert first.count('class="sentence"') == PAGE_SIZE
    assert last.count('class="sentence"') == (34 + 2_000) % PAGE_SIZE
    assert "Setning nummer 1999 står her." in words_of(last)
    assert "21 / 21" in words_of(last)
    # The page with a certain place in the text.
    text = text_in(pages.build, PAGE)
    assert text is not None
    position = text.index("Setning nummer 500 ")
    assert f'id="char-{position}"' in pages.markup(f"source/{PAGE}", at=str(position))
    assert page_with(spans_of(text, "nb"), 0) == 1


@pytest.mark.parametrize("wrong", ["", "-1", "x", "²", "9" * 30, "<b>"])
def test_a_place_that_is_none_is_the_first_page(pages: EntityPages, wrong: str) -> None:
    assert "Dette innholdet er mer enn 7 år gammelt." in pages.words(f"source/{PAGE}", page=wrong, at=wrong)


@pytest.mark.parametrize("archive", ["none", "empty", "broken"])
def test_a_source_without_its_text_shows_what_is_quoted_and_says_so(built: Path, tmp_path: Path, archive: str) -> None:
    out = tmp_path / "without"
    shutil.copytree(built, out)
    (out / "sources.zip").unlink()
    if archive == "empty":
        with zipfile.ZipFile(out / "sources.zip", "w"):
            pass
    elif archive == "broken":
        (out / "sources.zip").write_bytes(b"PK\x03\x04 broken")
    markup = EntityPages(out).markup(f"source/{PAGE}")
    assert "Utgaven har ikke teksten i kilden; her står bare det som er sitert." in words_of(markup)
    assert "Jøran Kallmyr var til stede på Konferanse i Sarpsborg" in words_of(markup)
    assert ".txt" not in markup


def test_hostile_words_of_a_source_stay_words(built: Path, tmp_path: Path) -> None:
    pages = large(built, tmp_path, 1)
    hostile = "<script>alert(1)</script> \u202egpj.exe"
    source, graph = iri(f"source:{PAGE}"), iri("graph:sources")
    pages.store.remove(Quad(source, iri("rdfs:label"), Literal("Dialogmøter høsten 2014", language="nb"), graph))
    pages.store.add(Quad(source, iri("rdfs:label"), lang_literal(hostile), graph))
    pages.store.add(Quad(source, iri("schema:url"), NamedNode("javascript:alert(1)"), graph))
    markup = pages.markup(f"source/{PAGE}")
    assert "<script>" not in markup.replace('<script type="application/ld+json">', "")
    assert 'href="javascript:' not in markup
    assert "\u202e" not in markup
