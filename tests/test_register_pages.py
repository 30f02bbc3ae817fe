"""Pages of registers: rows are no sentences, cells without words have a place, and nothing is named by its id alone."""

import re
import shutil

import pytest
from entity_pages import EntityPages
from registers_home import REGISTERS
from small_page import linked_home

from build_graph import build

pytestmark = pytest.mark.unit

CABINET, CONTACTS = "uk-cabinet-office-2010-q4", "si-lobbying-contacts"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> EntityPages:
    """Return the pages of a build of two registers."""
    home = linked_home(tmp_path_factory.mktemp("registers"))
    for name in (CABINET, CONTACTS):
        shutil.copytree(REGISTERS / name, home / "registers" / name)
    build(home, home / "out")
    return EntityPages(home / "out")


def test_a_register_has_claims_and_no_sentences(pages: EntityPages) -> None:
    assert "Utgitt av Example Archive. Et register med 17 rader; de gir 30 påstander." in pages.words(
        f"source/{CABINET}"
    )
    assert "A register of 17 rows; they make 30 claims." in pages.words(f"source/{CABINET}", "en")


def test_cells_without_words_are_filled_down_and_each_row_is_led_to_once(pages: EntityPages) -> None:
    markup = pages.markup(f"source/{CABINET}")
    assert "(fylt ned fra rad 3)" in markup
    assert "<bdi></bdi>" not in markup
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(ids) == len(set(ids))


def test_a_row_leads_to_its_source_and_to_no_sentence_there(pages: EntityPages) -> None:
    markup = pages.markup(f"event/{CONTACTS}.ffpo0003xxxxh-59112784")
    assert ">kilden på example.org</a>" in markup
    assert ":~:text=" not in markup
    assert "vis setningen" not in markup


def test_what_has_no_name_is_called_by_its_kind_and_its_id(pages: EntityPages) -> None:
    words = pages.words(f"event/{CONTACTS}.ffpo0003xxxxh-59112784")
    assert f"påstand {CONTACTS}.ffpo0003xxxxh-59112784.event" in words
    assert "møteform på stedet" in words
    assert not re.search(r"\b(?:claim|schema|participation):", words)
