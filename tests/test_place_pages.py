"""Pages of areas, offices, topics, concepts and schemes: what each gives, in the reader's language."""

from pathlib import Path

import pytest
from entity_pages import EntityPages

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def pages(built: Path) -> EntityPages:
    """Return the pages of the first page's build."""
    return EntityPages(built)


def test_one_page_tells_the_story_of_an_area_whose_number_was_used_again(pages: EntityPages) -> None:
    before, after = pages.own_words("area/no/kommune/1103"), pages.own_words("area/no/kommune/1103.2020")
    assert "Stavanger: kommune 1103 i Rogaland, slik den var til 31. desember 2019. Ett møte her er kjent." in before
    assert "Stavanger: kommune 1103 i Rogaland, slik den har vært siden 1. januar 2020. Ett møte her er kjent." in after
    for words, here in ((before, "til 31. desember 2019 · denne siden"), (after, "fra 1. januar 2020 · denne siden")):
        assert here in words
        assert "1103, til 31. desember 2019" in words
        assert "Dialogmøte i Stavanger i november 2014 (1.–30.)" in words
    # Which of the two areas the meeting was in, is said where it is the other one.
    assert "kommune 1103, til 2019" in after
    assert "kommune 1103, til 2019" not in before


def test_a_county_has_the_meetings_of_its_municipalities_the_newest_first(pages: EntityPages) -> None:
    words = pages.words("area/no/fylke/11", "en")
    assert "Rogaland: county 11. 2 meetings here are known." in words
    assert words.index("Dialogue meeting in Haugesund") < words.index("Dialogue meeting in Stavanger")
    assert "in December 2014 (1–31) · Haugesund" in words
    assert "Municipalities in the county Haugesund 1106 · one meeting" in words


def test_an_area_that_became_another_has_the_meetings_of_the_name_in_all_its_numbers(pages: EntityPages) -> None:
    words = pages.words("area/no/kommune/3105")
    assert "Konferanse i Sarpsborg" in words
    story = words[words.index("Før og etter") :]
    assert story.index("0105") < story.index("3003") < story.index("3105")


def test_an_area_of_which_pages_say_nothing_has_a_page_too(pages: EntityPages) -> None:
    words = pages.words("area/no/kommune/0540")
    assert "Ingen møter her er kjent." in words


def test_the_registry_stands_apart_and_in_words(pages: EntityPages) -> None:
    markup = pages.markup("area/no/kommune/1103")
    apart = markup[markup.index('class="registry"') :]
    assert "kommunelisten 2014" in apart
    assert 'href="http://www.wikidata.org/entity/Q25416"' in apart


def test_an_office_has_its_holders_with_what_is_not_known_of_their_terms(pages: EntityPages) -> None:
    words = pages.words("post/statssekretaer-smk")
    assert "Laila Bokhari fra 16. oktober 2013; slutten er ikke kjent" in words
    assert (
        "Kildene er uenige om siste dag: 15. august 2016 (Wikipedia på engelsk); 2015 (NPK/Fjordabladet 2020)" in words
    )
    held = pages.words("post/statsminister", "en")
    assert "Erna Solberg 16 October 2013 – 14 October 2021" in held
    assert pages.words("post/prosjektleder-minotenk").count("tiden er ikke kjent") == 1


def test_a_meeting_in_an_office_that_is_only_possible_says_perhaps(pages: EntityPages) -> None:
    words = pages.words("post/statssekretaer-smk")
    assert "Dialogmøte i Oslo mellom 1. september og 31. desember 2014 · Oslo · kanskje Laila Bokhari" in words
    assert "Dialogmøte i Haugesund i desember 2014 (1.–31.) · Haugesund · Laila Bokhari" in words


def test_a_topic_has_the_sentences_that_say_it_and_no_others(pages: EntityPages) -> None:
    words = pages.own_words("topic/terrorist-threat")
    assert "«På programmet sto blant annet terrortrusselen.»" in words
    assert words.count("«") == 2
    assert "Dialogmøte i Haugesund i desember 2014" in words


def test_a_page_has_no_box_without_facts_and_names_entries_of_others(pages: EntityPages) -> None:
    assert "Kort fortalt" not in pages.words("topic/terrorist-threat")
    assert "Kort fortalt" in pages.words("topic/factors-of-radicalisation")
    assert "Nær dette hos andre Wikidata P823" in pages.words("role/speaker")


def test_a_topic_says_who_spoke_about_it(pages: EntityPages) -> None:
    assert "Yousef Bartho Assidiq snakket om det" in pages.words("topic/factors-of-radicalisation")
    assert "Videre tema radikalisering" in pages.words("topic/factors-of-radicalisation")
    assert "Narrower topics" in pages.words("topic/radicalisation", "en")


def test_a_concept_has_its_meaning_how_often_it_is_used_and_the_newest_examples(pages: EntityPages) -> None:
    words = pages.words("status/held")
    assert "Arrangementet har funnet sted." in words
    assert "8 møter" in words
    newest = words[words.index("De nyeste eksemplene") :]
    assert newest.index("Haugesund") < newest.index("Stavanger") < newest.index("Sarpsborg")
    assert pages.words("role/chair").count("Det brukes ikke i denne utgaven.") == 1


def test_a_scheme_lists_its_concepts_with_their_meanings(pages: EntityPages) -> None:
    words = pages.words("attendance", "en")
    assert "invited not used Has been asked to come." in words
    assert "expected" in words
    assert "represented" in words


@pytest.mark.parametrize(
    ("path", "nb", "en"),
    [
        ("area/no/kommune/1103", "Stavanger (kommune 1103, til 2019)", "Stavanger (municipality 1103, until 2019)"),
        ("area/no/fylke/11", "Rogaland (fylke 11)", "Rogaland (county 11)"),
        ("post/statsminister", "Statsminister (verv i Statsministerens kontor)", None),
        ("topic/radicalisation", "Radikalisering (tema)", "Radicalisation (topic)"),
        ("role/speaker", "Taler (rolle)", "Speaker (role)"),
        ("role", "Roller (begrepsliste)", "Roles (list of concepts)"),
    ],
)
def test_titles_have_the_kind_and_what_tells_namesakes_apart(
    pages: EntityPages, path: str, nb: str, en: str | None
) -> None:
    assert pages.title(path) == f"{nb} – Møtegraf"
    assert en is None or pages.title(path, "en") == f"{en} – Møtegraf"
