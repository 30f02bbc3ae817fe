"""Text is taken out of files whole, lists and tables too; what is left out can be looked at; bad files are refused."""

import hashlib
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from conftest import add_page
from hypothesis import given
from hypothesis import strategies as st
from ingesting import ADDRESS, PAGE, PAGE_TEXT, PROSE, docx, odt, packed, pdf, warc
from small_page import linked_home

from graph import HOME
from graph.common import limited
from graph.common.findings import FindingsError
from graph.model.sources import Original
from graph.ontology.concepts import read_vocabulary
from graph.sources.ingest.document import IngestError, clean, day_in
from graph.sources.ingest.formats import extract
from graph.sources.ingest.html import extract_html
from graph.sources.ingest.imprint import guess_language, kind_of_body
from graph.sources.ingest.plain import decode
from graph.sources.pages.archive import missing_from_original
from graph.sources.pages.context import Background
from graph.sources.pages.source import read_source

pytestmark = pytest.mark.slow
OFFICE_TEXT = f"Møte i Rana\n\n{PROSE}\n\nKari Nordmann\nOla Hansen\n\nPer Olsen | rådmann\n"


NESTED_PARTS = b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n" + b"".join(
    b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (number, number + 1) for number in range(1_500)
)


def text_of(data: bytes) -> str:
    return extract(data)[0].text


def refused(data: bytes) -> str:
    with pytest.raises(IngestError) as caught:
        extract(data)
    return str(caught.value)


def test_html_keeps_lists_tables_and_lines() -> None:
    assert text_of(PAGE.encode()) == PAGE_TEXT


def test_what_html_leaves_out_is_kept_by_its_part() -> None:
    extracted, _ = extract(PAGE.encode())
    assert extracted.skipped == {
        "head": ["Hjem", "Kontakt"],
        "controls": ["Del"],
        "hidden": ["skjult"],
        "foot": ["Besøk oss på rådhuset"],
    }
    assert extracted.skipped_counts["foot"] == 4


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>et<b>t</b> ord</p>", "ett ord\n"),
        ("<p>a<br>b<p>c", "a\nb\n\nc\n"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc\n"),
        ("<pre>en\nto</pre>", "en\nto\n"),
        ("<dl><dt>Tid<dd>kl. 10<dt>Sted<dd>Rana</dl>", "Tid\nkl. 10\nSted\nRana\n"),
        ("<nav>a</nav><p>b", "b\n"),
        ("<article><p>a</article><article><p>b</article>", "a\n\nb\n"),
        ("<div role=navigation>a</div><p>b", "b\n"),
        ("<p style='display: none'>a<p>b", "b\n"),
        ("<form><p>a<input value=x><select><option>y</select></form>", "a\n"),
        ("<table><tr><td><td>a<td></table>", "a\n"),
        ("<p>a |", "a |\n"),
        ("<p>1 &lt; 2 &amp; 3", "1 < 2 & 3\n"),
        ("<ul><li>a<ul><li>b</ul></ul>", "a\nb\n"),
    ],
)
def test_structure_of_html(markup: str, text: str) -> None:
    assert text_of(f"<html><body>{markup}</body></html>".encode()) == text


def test_the_main_part_is_chosen_only_where_the_document_says_so() -> None:
    extracted, _ = extract(b"<html><body><p>before<main><p>inside</main><p>after</body></html>")
    assert extracted.text == "inside\n"
    assert extracted.skipped == {"outside": ["before", "after"]}


@given(st.text(max_size=300))
def test_any_text_in_html_is_kept_or_left_out_by_name(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    try:
        text = text_of(f"<html><body><p>x {escaped}".encode("utf-8", "replace"))
    except IngestError:
        return
    assert "".join(clean(f"x {words}".encode("utf-8", "replace").decode()).split()) == "".join(text.split())


def test_the_text_agrees_with_its_original() -> None:
    original = Original("original.html", "text/html", "")
    assert list(missing_from_original(PAGE_TEXT, original, PAGE.encode())) == []


@pytest.mark.parametrize("data", [docx(), odt()], ids=["docx", "odt"])
def test_documents_keep_lists_and_tables_in_their_order(data: bytes) -> None:
    extracted, original = extract(data)
    assert extracted.text.removesuffix("\nSlutt\n") == OFFICE_TEXT
    assert original == data
    assert [each.value for each in extracted.metadata.made] == ["2022-11-28"]
    assert extracted.metadata.titles[0].value == "Møte i Rana"


def test_heads_of_a_document_are_left_out_by_name() -> None:
    assert extract(docx())[0].skipped == {"running head": ["Rana kommune"]}


def test_pdf_joins_wrapped_lines_and_words() -> None:
    long = "Kommunen inviterte alle lærere og rådgivere i de tre største skolene til et møte om forebyg-"
    text = text_of(
        pdf(["Møte i Rana", long, "ging og samarbeid i kommunen.", "Til stede:", "Kari Nordmann", "Ola Hansen"])
    )
    assert text == (
        f"Møte i Rana\n{long.removesuffix('-')}ging og samarbeid i kommunen.\nTil stede:\nKari Nordmann\nOla Hansen\n"
    )


def test_pdf_leaves_out_running_heads_and_says_where_pages_begin() -> None:
    matters = ("Budsjettet ble vedtatt.", "Skolen fikk ny rektor.", "Veien skal bygges om.", "Møtet ble hevet.")
    pages = [["Rana kommune", f"side {n}", matter, f"{matter.upper()}"] for n, matter in enumerate(matters, 1)]
    extracted, _ = extract(pdf(*pages))
    lines = extracted.text.splitlines()
    assert lines == ["Rana kommune"] + [line for page in pages for line in page[2:]]
    assert extracted.skipped["running head"] == ["side 1", *(line for page in pages[1:] for line in page[:2])]
    assert [extracted.text[start:].partition("\n")[0] for start in extracted.page_starts] == [
        "Rana kommune",
        *(page[2] for page in pages[1:]),
    ]


def test_a_page_of_pictures_in_a_pdf_is_named() -> None:
    assert extract(pdf(["ord"], []))[0].notes == ("pages without text, perhaps pictures: 2",)


@pytest.mark.parametrize("compressed", [True, False])
def test_a_record_of_a_warc_file_gives_page_address_and_day(compressed: bool) -> None:
    data = warc(
        (ADDRESS, "text/html; charset=utf-8", PAGE.encode()),
        ("https://x.no/a.css", "text/css", b"p{}"),
        compressed=compressed,
    )
    extracted, original = extract(data)
    assert (extracted.text, original) == (PAGE_TEXT, PAGE.encode())
    assert extracted.metadata.addresses[0].value == ADDRESS
    assert [each.value for each in extracted.metadata.retrieved] == ["2022-12-05"]


def test_one_of_several_pages_of_a_warc_file_is_chosen_by_its_address() -> None:
    data = warc(*((f"https://x.no/{n}", "text/html", f"<html><p>side {n}".encode()) for n in range(3)))
    assert "choose one by --url:\n  https://x.no/0\n" in refused(data)
    assert extract(data, "https://x.no/2")[0].text == "side 2\n"


def test_a_wacz_file_is_read_as_its_records() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc((ADDRESS, "text/html", PAGE.encode())))
    assert text_of(stream.getvalue()) == PAGE_TEXT


def test_a_page_saved_as_one_file() -> None:
    message = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.rana.kommune.no/dialogmote\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    extracted, _ = extract(f"{message}{PAGE}\r\n--x--\r\n".encode())
    assert extracted.text == PAGE_TEXT
    assert extracted.metadata.addresses[0].value == ADDRESS


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0042)https://www.rana.kommune.no/dialogmote -->",
        "<!--\n Page saved with SingleFile \n url: https://www.rana.kommune.no/dialogmote \n"
        " saved date: Mon Dec 05 2022 10:11:12 GMT+0100 (sentraleuropeisk normaltid)\n-->",
    ],
)
def test_the_address_that_a_browser_notes_when_it_saves_a_page(comment: str) -> None:
    metadata = extract(f"<!DOCTYPE html>\n{comment}\n<html><p>hei".encode())[0].metadata
    assert metadata.addresses[0].value == ADDRESS
    assert [each.value for each in metadata.retrieved] in ([], ["2022-12-05"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-16-le"])
def test_plain_text_in_any_encoding(encoding: str) -> None:
    extracted, _ = extract(f"Møte på Ås\r\n\r\n\r\n\r\n{PROSE}\r\n".encode(encoding))
    assert extracted.text == f"Møte på Ås\n\n{PROSE}\n"
    assert bool(extracted.notes) == (not encoding.startswith("utf-8"))


def test_old_encodings_are_told_by_their_letters() -> None:
    words = (
        "Kjære ordfører! På møtet på Ås ble det orientert om støtte til små øyer, og om åpne dører for unge søkere. "
    )
    for encoding in ("cp865", "mac_roman"):
        assert decode((words * 3).encode(encoding))[0] == words * 3, encoding


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        ("kom\u00admune", "kommune"),
        ("oﬃsiell", "offisiell"),
        ("A\u030as", "Ås"),
        ("\u202eRana\u202c", "Rana"),
        ("a\u0000b", "a b"),
        ("a\u2028b", "a\nb"),
    ],
)
def test_letters_are_written_in_one_way(words: str, cleaned: str) -> None:
    assert clean(words) == cleaned


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-01-15", "2019-01-15"),
        ("2019-01-15T10:00:00Z", "2019-01-15"),
        ("20190115", "2019-01-15"),
        ("2019-02-30", None),
        ("2019", None),
        ("2019-01-155", None),
    ],
)
def test_days_of_metadata(text: str, day: str | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this file is empty"),
        (b"\xef\xbb\xbf \r\n", "this file is empty"),
        (b"{\\rtf1 hei}", "this is RTF; save it as DOCX"),
        (b"\xd0\xcf\x11\xe0old", "this is an old Word or Excel file"),
        (b"\x89PNG\r\n", "this is a picture; recognise its text first"),
        (pdf([]), "this PDF has no text, only pictures of pages; recognise its text first"),
        (b"%PDF-1.4 broken", "this PDF cannot be read"),
        (b"PK\x03\x04broken", "this file is damaged"),
        (packed({"a.txt": "hei"}), "this is an archive, and neither DOCX, ODT nor WACZ"),
        (b"\x1f\x8bnot gzip", "this is a compressed file"),
        (b"WARC/1.0\r\nbroken", "this WARC"),
        (warc(("https://x.no/a.css", "text/css", b"p{}")), "this WARC has no page"),
        (b"<html><body><nav>menu</nav></body></html>", "no text was found in this file"),
        (b"<html>" + b"<div>" * 100_000, "its elements stand in one another more than 2,000 deep"),
        (b"<html>" + b"<div/>" * 100_000, "its elements stand in one another more than 2,000 deep"),
        (b"<html>" + b'<div a="<">' * 100_000, "its elements stand in one another more than 2,000 deep"),
        (b"<html>" + b"<div></x>" * 100_000, "its elements stand in one another more than 2,000 deep"),
        (
            warc((ADDRESS, "text/html", warc((ADDRESS, "text/html", PAGE.encode())))),
            "is itself a file that holds pages",
        ),
        (NESTED_PARTS, "the parts of this saved page are nested too deep"),
        (docx("<w:p><w:r><w:t/></w:r></w:p>"), "this document has no text"),
        (docx(**{"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "declares entities"),
        (docx(**{"word/document.xml": "<w:document"}), "this file is damaged: word/document.xml"),
        (docx(**{"word/document.xml": "a" * 60_000_000}), "unpacks to 60,000,000 bytes"),
        (b"\x00\x01\x02\x03" * 2_000, "this is no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_files_are_refused_with_what_to_do(data: bytes, message: str) -> None:
    assert message in refused(data)


@pytest.mark.parametrize("name", ["word/document.xml", "records.warc"])
def test_an_archive_with_broken_data_is_refused(name: str) -> None:
    """Its list of files is whole; what is packed is not."""
    data = bytearray(packed({name: "<w:document/>" * 500}))
    begin = data.index(name.encode()) + len(name)
    data[begin : begin + 20] = bytes(each ^ 0x5A for each in data[begin : begin + 20])
    assert "decompressing" in refused(bytes(data))


def test_an_encrypted_document_is_refused() -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "",
        "META-INF/manifest.xml": manifest,
    }
    assert "encrypted" in refused(packed(files))
    # DOCX with a password: a compound file with the document inside.
    assert "encrypted" in refused(b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def test_a_wide_document_is_read_in_memory_that_grows_with_it() -> None:
    def peak(count: int) -> int:
        data = b"<html>" + f"<p>{PROSE}".encode() * count
        tracemalloc.start()
        extract(data)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(4_000) < 5 * peak(1_000)


SAMPLES: list[tuple[str | None, str]] = [
    ("nb", PROSE),
    ("nn", "Det vart eit godt møte, og dei som var der, kom frå fleire bygder. Ho fortalde ikkje kva som skulle skje."),
    ("en", "The meeting was opened by the mayor, and it was attended by the chairs of both committees."),
    ("sv", "Det blev ett bra möte, och de som var där kom från flera orter. Hon sade inte vad som skulle hända."),
    (
        "da",
        "Det blev et godt møde, og de kom fra flere byer. Hun sagde ikke, hvad der nu skulle ske efter mødet af i går.",
    ),
    (None, "Sámediggi lea válljejuvvon orgána, ja dat bargá sámi giela ja kultuvrra ovddas olles riikkas."),
    (None, "Der Bürgermeister hat den Gästen gedankt, und der Rat hat das Budget in der Sitzung beschlossen."),
    (None, "Το συμβούλιο συνεδρίασε σήμερα στο δημαρχείο και ενέκρινε τον προϋπολογισμό"),
    (None, "اجتمع المجلس اليوم ووافق على الميزانية"),
    (None, "12 34 56"),
]


@pytest.mark.parametrize(("language", "text"), SAMPLES)
def test_the_language_is_told_by_words_or_not_at_all(language: str | None, text: str) -> None:
    assert guess_language(text, read_vocabulary(HOME / "ontology/schemes")) == language


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Rana kommune", "municipality"), ("Stiftelsen Fritt Ord", "foundation"), ("Fritt Ord", None), ("", None)],
)
def test_the_kind_of_a_body_is_told_by_its_name(background: Background, name: str, kind: str | None) -> None:
    assert kind_of_body(name, background) == kind


def test_reading_is_linear_in_nested_lists() -> None:
    # As deep as may be: no recursion ends it.
    data = b"<html>" + b"<ul><li>" * 1_900 + b"ord"
    assert text_of(data) == "ord\n"


def test_elements_that_end_at_once_stand_in_no_other() -> None:
    drawing = b"<svg>" + b"<path/>" * 3_000 + b"</svg>" + b"<svg/>" * 3_000
    assert text_of(b"<html>" + drawing + b'<a name="x"/>' * 3_000 + b"<p>ord") == "ord\n"


def test_the_format_is_told_in_time_that_grows_with_the_file() -> None:
    # To try all ends of so many comments would take longer than anybody lives.
    assert extract(b"<!-- a -->" * 500 + b"<p>hei")[0].media_type == "text/plain"
    assert extract(b"<!-- a --> " * 500 + b"<html><p>hei")[0].media_type == "text/html"


@pytest.mark.parametrize("declared", ["undefined", "idna", "punycode", "unicode_escape", "utf-7", "zip", "x" * 40])
def test_an_encoding_that_no_page_is_written_in_is_not_believed(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>Møte på Ås \\ud800'
    assert text_of(page.encode()) == "Møte på Ås \\ud800\n"
    assert "Møte på Ås" in text_of(page.replace("\\", PROSE).encode("cp1252"))


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(PAGE.encode())
    assert extract((tmp_path / "page.pdf").read_bytes())[0].media_type == "text/html"


_FONTS = b"<p>" + b"".join(b"<font a=%d>" % number for number in range(1_900)) + b"</p>"


def test_a_small_document_of_many_elements_ends_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each paragraph begins all open <font> anew: 60 kB ask for more than 3 GB.
    monkeypatch.setattr(limited, "_SECONDS", 2)
    monkeypatch.setattr(limited, "_MEGABYTES", 300)
    with pytest.raises(IngestError, match="save its text alone"):
        extract(b"<html>" + _FONTS + b"<p>x</p>" * 5_000)


def test_ends_that_reach_nothing_do_not_end_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    # A table keeps the end of a <div> from what is around it: each stands in the one before.
    monkeypatch.setattr(limited, "_SECONDS", 1)
    with pytest.raises(IngestError, match="save its text alone"):
        extract(b"<html>" + b"<div><table></div></table>" * 150_000)


def test_an_original_that_takes_too_much_is_a_finding(
    tmp_path: Path, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "_MEGABYTES", 300)
    original = b"<html>" + _FONTS + b"<p>Hei</p>" * 5_000
    folder = add_page(linked_home(tmp_path), "side", "Hei\n", "", "2024-03-20", "partial")
    (folder / "original.html").write_bytes(original)
    with (folder / "page.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "original: {file: original.html, media_type: text/html, sha256: "
            f"{hashlib.sha256(original).hexdigest()}}}\n"
        )
    with pytest.raises(
        FindingsError, match=r"original\.html cannot be compared with page.txt: reading it fails within"
    ):
        read_source(folder, background)


def test_a_large_document_is_read_in_a_process_of_its_own_as_a_small_one_is() -> None:
    lines = [f"Møte nummer {number} på Ås" for number in range(500)]
    document = "".join(f"<p>{line}" for line in lines)
    assert len(document) > limited.SURELY_SMALL
    assert text_of(f"<html><meta charset=utf-8>{document}".encode()) == "\n\n".join(lines) + "\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limited, "SURELY_SMALL", 0)
        apart = extract_html(PAGE.encode())
    assert apart == extract_html(PAGE.encode())
