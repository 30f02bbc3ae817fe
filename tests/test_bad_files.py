"""Pages whose files are missing, damaged or filled in wrongly: findings with file and line, never a traceback."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_page import (
    CLAIMS,
    CLAIMS_YAML,
    PAGE_TXT,
    PAGE_YAML,
    TEXT,
    line_of,
    linked_home,
    refused_findings,
    small_page,
    snapshot,
)

from build_graph import build

pytestmark = pytest.mark.slow


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


@pytest.fixture
def page(linked: Path) -> Path:
    """The folder of the small page."""
    return small_page(linked)


@pytest.mark.parametrize("name", ["page.txt", "page.yaml", "claims.yaml"])
def test_a_file_that_is_missing_is_a_finding(linked: Path, built: Path, page: Path, name: str) -> None:
    (page / name).unlink()
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == (f"corpus/{page.name}", 0)
    assert f"no {name}; " in finding.message


def test_folder_with_a_pdf_and_no_text_says_what_to_do(linked: Path, built: Path) -> None:
    folder = linked / "corpus/moter"
    folder.mkdir()
    (folder / "minutes.pdf").write_bytes(b"%PDF-1.4\n")
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == ("corpus/moter", 0)
    assert finding.message.startswith("found minutes.pdf, and no page.txt, no page.yaml, no claims.yaml; put the text")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14", "a DOCX"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"{\\rtf1", "an RTF"),
    ],
)
def test_text_that_is_another_kind_of_file_says_so(
    linked: Path, built: Path, page: Path, data: bytes, kind: str
) -> None:
    (page / "page.txt").write_bytes(data)
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == (PAGE_TXT, 0)
    assert f"this is {kind}" in finding.message


@pytest.mark.parametrize("name", ["page.txt", "page.yaml", "claims.yaml"])
def test_a_folder_where_a_file_should_be_is_a_finding(linked: Path, built: Path, page: Path, name: str) -> None:
    (page / name).unlink()
    (page / name).mkdir()
    (finding,) = refused_findings(linked, built)
    assert finding.file == f"corpus/{page.name}"
    assert f"no {name}; " in finding.message


@pytest.mark.parametrize("name", ["page.txt", "claims.yaml"])
def test_a_file_in_another_encoding_is_a_finding_on_the_line_of_its_first_odd_byte(
    linked: Path, built: Path, page: Path, name: str
) -> None:
    text = (page / name).read_text(encoding="utf-8")
    (page / name).write_bytes(text.encode("latin-1", errors="replace"))
    (finding,) = refused_findings(linked, built)
    first_odd = next(at for at, letter in enumerate(text) if ord(letter) > 127)
    assert (finding.file, finding.line) == (f"corpus/{page.name}/{name}", text.count("\n", 0, first_odd) + 1)
    assert "not UTF-8" in finding.message
    assert "save it as UTF-8" in finding.message
    assert f"0x{ord(text[first_odd]):02x}" in finding.message


def test_a_claims_file_as_some_editors_save_it_is_read(linked: Path, page: Path) -> None:
    (page / "claims.yaml").write_bytes(b"\xef\xbb\xbf" + CLAIMS.replace("\n", "\r\n").encode())
    assert build(linked).claims == 11


def test_a_page_that_changed_since_it_was_archived_is_a_finding(linked: Path, built: Path, page: Path) -> None:
    (page / "page.txt").write_text(TEXT.replace("Flere", "Mange"), encoding="utf-8")
    (finding,) = refused_findings(linked, built)
    described = (page / "page.yaml").read_text(encoding="utf-8")
    assert (finding.file, finding.line) == (PAGE_YAML, line_of("sha256:", described))
    assert "changed since it was archived" in finding.message


def test_a_line_end_that_changed_is_a_change(linked: Path, built: Path, page: Path) -> None:
    (page / "page.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    (finding,) = refused_findings(linked, built)
    assert "changed since it was archived" in finding.message


@pytest.mark.parametrize("claims", ["", "# nothing yet\n", "\n\n", "events: {}\n"])
def test_empty_claims_cover_no_sentence(linked: Path, built: Path, claims: str) -> None:
    small_page(linked, claims)
    uncovered = [
        finding for finding in refused_findings(linked, built) if "no claim covers the sentence" in finding.message
    ]
    assert {finding.file for finding in uncovered} == {PAGE_TXT}
    assert [finding.line for finding in uncovered] == [1, 3, 3, 5, 5, 6, 6, 6, 8]


PAGE_MISTAKES = {
    "an unknown publisher": (
        "publisher: norges-regjering",
        "publisher: norges-regjerning",
        ("norges-regjerning", "Did you mean norges-regjering"),
    ),
    "an impossible publisher": ("publisher: norges-regjering", "publisher: '!'", ("'!'",)),
    "a person as a publisher": ("publisher: norges-regjering", "publisher: erna-solberg", ("erna-solberg",)),
    "an address of no web page": ("url: https://", "url: javascript://", ("javascript",)),
    "an address with a letter that none may have": ("url: https://", "url: https://a|b{c}", ("a|b{c}",)),
    "an address of no host": ("url: https://", "url: https://[", ("https://[",)),
    "a language in words": ("language: nb", "language: bokmål", ("'bokmål'", "such as nb, nn or en")),
    "an unknown language": ("language: nb", "language: no", ("'no'", "'nb'")),
    "a day of no calendar": ("earliest: 2015-01-15", "earliest: 2015-02-30", ("'2015-02-30'",)),
    "a first day after the last": ("earliest: 2015-01-15", "earliest: 2015-06-01", ("2015-06-01", "2015-01-15")),
    "an open day": ("latest: 2015-01-15", "latest: 2015-01-15/..", ("open",)),
    "a digest that is none": ("sha256: ", "sha256: 0", ("no digest", "64", "write sha256: ")),
    "a key of no form": ("licence:", "qqq: 1\nlicence:", ("unknown key 'qqq'", "known are url, title, ")),
    "a misspelt key": ("licence:", "lisence:", ("unknown key 'lisence'", "Did you mean licence")),
}


@pytest.mark.parametrize(("old", "new", "says"), PAGE_MISTAKES.values(), ids=PAGE_MISTAKES.keys())
def test_a_mistake_in_the_description_of_a_page_is_a_finding_where_it_stands(
    linked: Path, built: Path, page: Path, old: str, new: str, says: tuple[str, ...]
) -> None:
    described = (page / "page.yaml").read_text(encoding="utf-8")
    assert described.count(old) == 1
    (page / "page.yaml").write_text(described.replace(old, new), encoding="utf-8")
    findings = [finding for finding in refused_findings(linked, built) if "is missing" not in finding.message]
    expected = (PAGE_YAML, line_of(new, described.replace(old, new)))
    assert [(finding.file, finding.line) for finding in findings] == [expected]
    assert [words for words in says if words not in findings[0].message] == []


@pytest.mark.parametrize("name", ["Møte 2014", "mote 2014", "mote_2014", "mote.2014", "Mote", "-mote", "mote--2014-"])
def test_a_folder_name_that_cannot_stand_in_an_address_is_a_finding(
    linked: Path, built: Path, page: Path, name: str
) -> None:
    page.rename(page.with_name(name))
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == (f"corpus/{name}", 0)
    assert "a-z, 0-9 and -" in finding.message


def test_hidden_folders_and_loose_files_of_a_corpus_are_no_pages(linked: Path, page: Path) -> None:
    (page.parent / ".git").mkdir()
    (page.parent / "README.md").write_text("Pages.\n", encoding="utf-8")
    assert build(linked).pages == 1


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda home: shutil.rmtree(home / "corpus"), id="no corpus"),
        pytest.param(lambda home: shutil.rmtree(home / "registry"), id="no registry"),
        pytest.param(lambda home: shutil.rmtree(home / "ontology"), id="no ontology"),
        pytest.param(lambda home: shutil.rmtree(home / "ontology/rules"), id="no rules"),
        pytest.param(lambda home: (home / "ontology/shapes.ttl").unlink(), id="no shapes"),
        pytest.param(lambda home: (home / "ontology/schemes/roles.ttl").unlink(), id="no roles"),
        pytest.param(lambda home: (home / "ontology/schemes/topics.ttl").write_text("topic:\n"), id="broken topics"),
        pytest.param(lambda home: (home / "ontology/shapes.ttl").write_text("@prefix\n"), id="broken shapes"),
        pytest.param(lambda home: (home / "ontology/rules/event.rq").write_text("CONSTRUKT\n"), id="broken rule"),
    ],
)
def test_a_home_without_what_a_build_needs_gives_findings(
    empty_home: Path, built: Path, broken: Callable[[Path], object]
) -> None:
    small_page(empty_home)
    broken(empty_home)
    findings = refused_findings(empty_home, built)
    assert {finding.file.partition("/")[0] for finding in findings} <= {"corpus", "registry", "ontology"}


def test_a_refused_build_leaves_the_home_as_it_was(linked: Path, built: Path, page: Path) -> None:
    (page / "claims.yaml").write_text(CLAIMS.replace("status: held", "status: hold"), encoding="utf-8")
    before = snapshot(linked)
    assert [finding.file for finding in refused_findings(linked, built)] == [CLAIMS_YAML]
    after = snapshot(linked)
    assert {name: digest for name, digest in after.items() if not name.startswith(".cache")} == before


@pytest.mark.parametrize(
    ("character", "says"),
    [
        ("\\x1b", "U+001B, which XML cannot hold; write it without"),
        ("\\x01", "U+0001, which XML cannot hold"),
        ("\\uFFFE", "U+FFFE, which XML cannot hold"),
        ("\\u200b", "nothing but invisible characters (U+200B)"),
    ],
)
def test_a_label_that_a_format_cannot_hold_is_refused_where_it_is_written(
    linked: Path, built: Path, character: str, says: str
) -> None:
    label = f'"{character}"' if "200b" in character else f'"Møte{character}"'
    claims = CLAIMS.replace("{nb: Møte i Stavanger, en:", f"{{nb: {label}, en:")
    small_page(linked, claims)
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == (CLAIMS_YAML, line_of(character, claims))
    assert says in finding.message


@pytest.mark.parametrize(("character", "says"), [("\f", "pdftotext -nopgbrk"), ("\x01", "remove it")])
def test_a_page_with_a_control_character_says_what_to_do(linked: Path, built: Path, character: str, says: str) -> None:
    text = TEXT.replace("Møtet rettet", f"Møtet{character} rettet")
    small_page(linked, text=text)
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == (PAGE_TXT, line_of("rettet seg mot", text))
    assert f"U+{ord(character):04X}" in finding.message
    assert says in finding.message
