"""What is archived of a page: its original beside the text, held against it, and the numbers that a source states."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from small_page import PAGE_YAML, TEXT, linked_home, refused_findings, small_page

from build_graph import build
from graph.model.sources import Original
from graph.sources.pages.archive import decode, missing_from_original

pytestmark = pytest.mark.slow

HTML = "<html><head><title>Møter høsten 2014</title><style>p {}</style></head><body>" + "".join(
    f"<p>{line.replace('og/eller', '<b>og</b>/eller')}</p>" for line in TEXT.splitlines()[2:] if line
)

LATER = """\
no_claim:
  - {quote: Slutt., reason: the end}
"""


def archived(
    home: Path, data: bytes, media_type: str = "text/html", name: str = "original.html", more: str = ""
) -> None:
    """The small page with an original beside its text."""
    folder = small_page(home)
    (folder / name).write_bytes(data)
    described = f"original: {{file: {name}, media_type: {media_type}, sha256: {hashlib.sha256(data).hexdigest()}}}\n"
    with (folder / "page.yaml").open("a", encoding="utf-8") as file:
        file.write(described + more)


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    return linked_home(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_original_that_says_what_the_text_says_is_read(linked: Path, encoding: str) -> None:
    archived(linked, HTML.encode(encoding))
    build(linked)


def test_an_original_and_a_text_that_disagree_are_a_finding(linked: Path, built: Path) -> None:
    archived(linked, HTML.replace("Stavanger", "Sandnes").encode())
    (found,) = refused_findings(linked, built)
    assert found.file == PAGE_YAML
    assert "page.txt and original.html disagree" in found.message
    assert "Stavanger kommune et dialogmøte" in found.message


def test_an_original_that_changed_is_a_finding(linked: Path, built: Path) -> None:
    archived(linked, HTML.encode())
    (linked / "corpus/liten-side/original.html").write_text("other", encoding="utf-8")
    (found,) = refused_findings(linked, built)
    assert "original.html has changed since it was archived" in found.message


def test_an_original_that_is_gone_is_a_finding_that_says_what_to_do(linked: Path, built: Path) -> None:
    archived(linked, HTML.encode())
    (linked / "corpus/liten-side/original.html").unlink()
    (found,) = refused_findings(linked, built)
    assert "put the file back, or remove original:" in found.message


def test_what_cannot_be_compared_is_kept_by_its_digest(linked: Path) -> None:
    archived(linked, b"%PDF-1.7", "application/pdf", "original.pdf", "extractor: by hand\npage_starts: [0, 20]\n")
    build(linked)


@pytest.mark.parametrize("starts", ["[20, 0]", "[0, 0]", "[0, 9999999]"])
def test_pages_that_do_not_follow_one_another_are_a_finding(linked: Path, built: Path, starts: str) -> None:
    archived(linked, b"%PDF-1.7", "application/pdf", "original.pdf", f"page_starts: {starts}\n")
    (found,) = refused_findings(linked, built)
    assert "pages begin one after another" in found.message


def test_expected_numbers_are_checked(linked: Path, built: Path) -> None:
    folder = small_page(linked)
    described = (folder / "page.yaml").read_text(encoding="utf-8")
    (folder / "page.yaml").write_text(f"{described}expected: {{events: 2, sentences: 9}}\n", encoding="utf-8")
    build(linked)
    (folder / "page.yaml").write_text(f"{described}expected:\n  events: 3\n  sentences: 8\n", encoding="utf-8")
    found = refused_findings(linked, built)
    assert [each.message for each in found] == [
        "3 events are expected, and 2 were read",
        "8 sentences are expected, and 9 were read",
    ]


def test_scripts_and_styles_are_no_words_of_a_page() -> None:
    html = b"<body><script>Kari</script><style>talte</style><p>Kari  tal&shy;te.</p></body>"
    assert list(missing_from_original("Kari talte.\nOla talte.", Original("o", "text/html", ""), html)) == [
        "Ola talte."
    ]
    assert list(missing_from_original("alert", Original("o", "text/html", ""), b"<script>alert</script>")) == ["alert"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "cp1252"])
def test_text_in_any_encoding_is_told(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    assert decode(f"{mark}Møte på Åre".encode(encoding)).lstrip("\ufeff") == "Møte på Åre"


def test_a_build_has_the_texts_in_which_evidence_counts(linked: Path, tmp_path: Path) -> None:
    small_page(linked)
    small_page(linked, name="annen-side", text="Slutt.\n", claims=LATER)
    build(linked, tmp_path / "build")
    whole = (tmp_path / "build/sources.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as texts:
        assert {name: texts.read(name).decode("utf-8") for name in texts.namelist()} == {
            "annen-side.txt": "Slutt.\n",
            "liten-side.txt": TEXT,
        }
    build(linked, tmp_path / "again")
    assert (tmp_path / "again/sources.zip").read_bytes() == whole
    manifest = json.loads((tmp_path / "build/manifest.json").read_text(encoding="utf-8"))
    assert manifest["sha256"]["sources.zip"] == hashlib.sha256(whole).hexdigest()


def test_texts_as_known_on_a_day_are_those_of_the_sources_of_that_day(linked: Path, tmp_path: Path) -> None:
    small_page(linked)
    build(linked, tmp_path / "build", as_known_on=date(2014, 1, 1))
    with zipfile.ZipFile(tmp_path / "build/sources.zip") as texts:
        assert texts.namelist() == []
