"""Languages: a page is read by the pack of its language and by no other; one without a pack is taken in."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from conftest import CORPUS, PAGE
from pydantic import BaseModel
from small_page import PAGE_YAML, small_page

from graph import HOME
from graph.common.findings import FindingsError
from graph.common.strict_files import read_yaml
from graph.model.iris import ENTITIES
from graph.ontology.concepts import read_vocabulary
from graph.sources.languages.language import Language
from graph.sources.languages.pack import FOLDER, Form, Frame, Status, Unit, languages, pack_of, read_pack
from graph.sources.pages.context import Background, read_background
from graph.sources.pages.read import read_claims, read_claims_in_progress

pytestmark = pytest.mark.unit

NB = (FOLDER / "nb.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", languages())
def test_every_pack_can_be_used(code: str) -> None:
    pack = pack_of(code)
    assert pack
    assert pack.language == code


def test_every_framed_word_is_a_word_of_its_concept(background: Background) -> None:
    astray = []
    for code in languages():
        pack = pack_of(code)
        assert pack
        for concept, frames in pack.frames.items():
            scheme, _, name = concept.partition(":")
            words = background.vocabulary[scheme][name].cues(code) if name in background.vocabulary[scheme] else ()
            astray += [(code, concept, word) for of in frames.values() for word in of if word not in words]
    assert astray == []


@pytest.mark.parametrize(
    ("code", "text", "name", "named"),
    [
        ("nn", "Stad: Rådhuset", "Stad", False),
        ("nn", "Møtet i Stad var ope.", "Stad", True),
        ("en", "Time: 12.00", "Time", False),
        ("nb", "Time: 12.00", "Time", True),
        ("ga", "Stad: 12.00", "Stad", True),
    ],
)
def test_caption_is_no_municipality(background: Background, code: str, text: str, name: str, named: bool) -> None:
    language = background.language(code)
    page = language.passages(text)
    found = [page.original[each.start : each.end] for each in language.names(page, background.names)]
    assert (name in found) is named


def test_words_of_other_languages_change_no_norwegian_reading(background: Background, tmp_path: Path) -> None:
    """Danish and Swedish have words that are others in bokmål: "møter" of a host, "med" of whoever takes part."""
    shutil.copytree(HOME / "ontology/schemes", tmp_path / "schemes")
    roles = tmp_path / "schemes/roles.ttl"
    text = roles.read_text(encoding="utf-8")
    host = "role:host a skos:Concept ;"
    assert text.count(host) == 1
    words = f'{host}\n  skos:hiddenLabel "møter"@da, "med"@sv, "på"@da, "i"@en ;'
    roles.write_text(text.replace(host, words), encoding="utf-8")
    other = background._replace(vocabulary=read_vocabulary(tmp_path / "schemes"), languages={})
    folder = CORPUS / PAGE
    assert read_claims(folder, other) == read_claims(folder, background)
    page = (folder / "page.txt").read_text(encoding="utf-8")
    one, two = background.language("nb"), other.language("nb")
    assert one.cues(one.passages(page)) == two.cues(two.passages(page))


def without_others(tmp_path: Path) -> Path:
    """A folder of packs with bokmål alone."""
    folder = tmp_path / "packs"
    folder.mkdir()
    shutil.copy(FOLDER / "nb.yaml", folder)
    return folder


def test_packs_of_other_languages_change_no_norwegian_reading(background: Background, tmp_path: Path) -> None:
    alone = Language("nb", background.vocabulary, without_others(tmp_path))
    among = background.language("nb")
    text = (CORPUS / PAGE / "page.txt").read_text(encoding="utf-8")
    page = among.passages(text)
    assert alone.passages(text) == page
    assert alone.cues(page) == among.cues(page)
    assert alone.statuses(page) == among.statuses(page)
    assert list(alone.dates(page)) == list(among.dates(page))
    assert alone.names(page, background.names) == among.names(page, background.names)


def test_a_page_in_a_language_without_a_pack_is_taken_in_and_says_what_was_not_checked(tmp_path: Path) -> None:
    for part in ("registry", "ontology"):
        shutil.copytree(HOME / part, tmp_path / part)
    folder = small_page(tmp_path)
    described = (folder / "page.yaml").read_text(encoding="utf-8")
    (folder / "page.yaml").write_text(described.replace("language: nb", "language: se"), encoding="utf-8")
    _, findings = read_claims_in_progress(folder, read_background(tmp_path))
    assert [(each.file, each.severity) for each in findings] == [(PAGE_YAML, "warning")]
    assert "no pack for the language 'se'" in findings[0].message


def test_without_a_pack_only_dates_that_all_languages_share_are_seen(background: Background) -> None:
    language = background.language("xx")
    page = language.passages("Den 17.10.2014, 2014-10-17, i oktober 2015, deltok Oslo. KS møttes bl.a. 3. mai.")
    assert not language.has_pack
    assert [page.original[each.start : each.end] for each in language.dates(page)] == [
        "17.10.2014", "2014-10-17", "2015",
    ]  # fmt: skip
    assert language.cues(page) == language.statuses(page) == []
    assert language.conflicts("17.10.2014", "2014-10-18")
    assert language.conflicts("i oktober 2015", "2015-11") is None
    assert language.conflicts("ovdal 2015", "2014") is None
    assert language.is_narrower("i oktober 2015", "2015-10") is None


BROKEN = {
    "a pattern that never ends": ("[januar]", '["(a+)+$"]', 40, ("(a+)+$", "never patterns")),
    "a pattern of any kind": ("[ellers]", '["ellers|elles"]', 17, ("ellers|elles", "never patterns")),
    "a word with a capital": ("[januar]", "[Januar]", 40, ("Januar", "small letters")),
    "a word that is too long": ("[januar]", f"[{'a' * 61}]", 40, ("60",)),
    "eleven months": ("[januar], ", "", 0, ("months",)),
    "a key that no pack has": ("genitive:", "genetive:", 0, ("genetive",)),
    "a month that is none": ("reach: [1, 6]", "reach: [1, 13]", 0, ("12",)),
    "a frame that is none": ("frames: {}", "frames: {role:host: {behind: [vert]}}", 0, ("subject",)),
    "another language": ("language: nb", "language: nn", 3, ("language: nb",)),
}


@pytest.mark.parametrize(("old", "new", "line", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_pack_is_a_finding_with_file_and_line(old: str, new: str, line: int, says: tuple[str, ...]) -> None:
    text = re.sub(r"^frames:(.|\n)*", "frames: {}\n", NB, flags=re.MULTILINE)
    assert old in text
    text = text.replace(old, new, 1)
    line = text.count("\n", 0, text.index(new)) + 1 if new and line else line
    with pytest.raises(FindingsError) as raised:
        read_pack(read_yaml(text, "languages/nb.yaml"), "nb")
    findings = raised.value.findings
    assert all(each.file == "languages/nb.yaml" and each.line for each in findings)
    assert any(all(words in each.message for words in says) and line in (0, each.line) for each in findings), findings


def words_of(part: object) -> Iterator[str]:
    """Every word of a pack."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, BaseModel):
        yield from (word for _, value in part for word in words_of(value))
    elif isinstance(part, tuple | dict):
        yield from (word for value in (part.values() if isinstance(part, dict) else part) for word in words_of(value))


def test_no_word_of_a_page_stands_in_code() -> None:
    """What is known of a language is data: strings of code that read pages are English, or no words."""
    words = {word for code in languages() if code != "en" and (pack := pack_of(code)) for word in words_of(pack)}
    own = {*get_args(Unit), *get_args(Status), *get_args(Form), *get_args(Frame)}
    own |= {"next", "last", "near", "none", "dots", "online"}
    # Prefixes of IRIs are names, in whatever language.
    own |= set(ENTITIES)
    english = {"april", "august", "september", "november", "under", "hybrid", "invitation", "sent"}
    words -= own | english | {word for word in words if len(word) < 4}
    astray = []
    readers = ("text", "proposals")
    for file in [*FOLDER.glob("*.py"), *(each for name in readers for each in (FOLDER.parent / name).glob("*.py"))]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        prose = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
                astray += [(file.name, word) for word in re.findall(r"\w+", node.value) if word.lower() in words]
    assert astray == []


def test_words_that_a_message_offers_are_those_like_the_words_of_the_page(background: Background) -> None:
    language = background.language("nb")
    offered = language.words_of("role", "speaker", "Politiet presenterer tallene")
    assert len(offered) == 6
    assert offered[0].startswith("presenter")
    assert {*offered} - {*language.words_of("role", "speaker")}
