"""``add`` takes a file in whole or not at all, and tells of each thing that it knows how it is known."""

import errno
import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from ingesting import ADDRESS, PAGE, PAGE_TEXT, PROSE, docx, pdf, saved, warc

from graph.__main__ import motegraf
from graph.sources.ingest import add as adding

pytestmark = pytest.mark.slow


def add(home: Path, *words: object) -> Result:
    return CliRunner().invoke(motegraf, ["add", "--home", str(home), *map(str, words)])


def described(home: Path, name: str = "dialogmote-i-rana") -> dict[str, object]:
    data = yaml.safe_load((home / "corpus" / name / "page.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return saved(tmp_path, PAGE.encode(), "page.html")


def test_a_page_is_archived_with_all_that_it_tells_and_how(empty_home: Path, page: Path) -> None:
    done = add(empty_home, page)
    assert done.exit_code == 0, done.output
    folder = empty_home / "corpus/dialogmote-i-rana"
    assert (folder / "original.html").read_bytes() == PAGE.encode()
    assert (folder / "page.txt").read_text(encoding="utf-8") == PAGE_TEXT
    assert described(empty_home) == {
        "url": ADDRESS,
        "title": "Dialogmøte i Rana",
        "language": "nb",
        "publisher": "rana-kommune",
        "published": {
            "earliest": "2022-11-29",
            "latest": "2022-11-29",
            "basis": {
                "nb": "datePublished i JSON-LD: 2022-11-29; <meta article:published_time>: 2022-11-29T10:00:00+01:00",
                "en": "datePublished in JSON-LD: 2022-11-29; <meta article:published_time>: 2022-11-29T10:00:00+01:00",
            },
        },
        "licence": "not stated on the page",
        "sha256": hashlib.sha256(PAGE_TEXT.encode()).hexdigest(),
        "original": {
            "file": "original.html",
            "media_type": "text/html",
            "sha256": hashlib.sha256(PAGE.encode()).hexdigest(),
        },
        "extractor": "motegraf html (selectolax)",
    }


def test_what_is_added_can_be_checked_and_built(empty_home: Path, page: Path) -> None:
    assert add(empty_home, page).exit_code == 0
    done = CliRunner().invoke(motegraf, ["check", "--home", str(empty_home)])
    assert (done.exit_code, "error" in done.stderr) == (0, False), done.output


def test_each_thing_is_told_with_its_basis(empty_home: Path, page: Path) -> None:
    rows = dict(line.split(maxsplit=1) for line in add(empty_home, page).stdout.splitlines() if " " in line)
    assert rows["publisher"] == "Rana kommune (by its address, www.rana.kommune.no)"
    assert rows["language"] == "nb (by its words)"
    assert rows["left"] == "out   head 2 words, controls 1 word, hidden 1 word, foot 4 words"


def test_show_skipped_prints_what_was_left_out(empty_home: Path, page: Path) -> None:
    assert "left out (foot): Besøk oss på rådhuset\n" in add(empty_home, page, "--show-skipped").stdout


def test_a_dry_run_writes_nothing(empty_home: Path, page: Path) -> None:
    done = add(empty_home, page, "--dry-run")
    assert PAGE_TEXT in done.stdout
    assert list((empty_home / "corpus").iterdir()) == []


def test_what_a_person_gives_goes_first(empty_home: Path, page: Path) -> None:
    given = ("--id", "mitt-mote", "--title", "Møte", "--publisher", "Fritt Ord", "--kind", "foundation")
    more = ("--published", "2022-12", "--language", "nn", "--licence", "NLOD", "--url", "https://x.no/a")
    assert add(empty_home, page, *given, *more).exit_code == 0
    found = described(empty_home, "mitt-mote")
    assert found["publisher"] == {"name": "Fritt Ord", "kind": "foundation"}
    assert (found["title"], found["language"], found["licence"], found["url"]) == (
        "Møte",
        "nn",
        "NLOD",
        "https://x.no/a",
    )
    published = found["published"]
    assert isinstance(published, dict)
    assert (published["earliest"], published["latest"]) == ("2022-12-01", "2022-12-31")


def test_days_that_differ_are_bounds_with_each_basis(empty_home: Path, tmp_path: Path) -> None:
    html = PAGE.replace("</article>", "<p>Publisert 5. desember 2022</p></article>")
    assert add(empty_home, saved(tmp_path, html.encode())).exit_code == 0
    published = described(empty_home)["published"]
    assert isinstance(published, dict)
    assert (published["earliest"], published["latest"]) == ("2022-11-29", "2022-12-05")
    assert published["basis"]["en"].endswith('the page says "Publisert 5. desember 2022"')


def test_the_day_on_which_a_document_was_made_is_only_the_first_possible_one(empty_home: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, docx())
    assert add(empty_home, file, "--url", ADDRESS).exit_code == 0
    published = described(empty_home, "mote-i-rana")["published"]
    assert isinstance(published, dict)
    assert (published["earliest"], published["latest"]) == ("2022-11-28", date.today().isoformat())


def test_the_pages_of_a_pdf_are_kept(empty_home: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, pdf(["Møte i Rana", PROSE], ["Til stede: Kari Nordmann"]))
    assert add(empty_home, file, "--url", ADDRESS).exit_code == 0
    assert described(empty_home, "mote-i-rana")["page_starts"] == [0, len(f"Møte i Rana\n{PROSE}\n")]
    assert CliRunner().invoke(motegraf, ["check", "--home", str(empty_home)]).exit_code == 0


def test_a_warc_record_tells_when_it_was_retrieved(empty_home: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, warc((ADDRESS, "text/html", PAGE.encode())))
    assert add(empty_home, file).exit_code == 0
    retrieved = described(empty_home)["retrieved"]
    assert isinstance(retrieved, dict)
    assert retrieved == {
        "earliest": "2022-12-05",
        "basis": {"nb": "datoen i WARC-posten", "en": "the date of the WARC record"},
    }


def test_all_that_is_missing_is_told_at_once(empty_home: Path, tmp_path: Path) -> None:
    done = add(empty_home, saved(tmp_path, b"12 34"))
    assert done.exit_code == 1
    for option in ("--url", "--language", "--published", "--publisher"):
        assert f"give {option}" in done.stderr
    assert list((empty_home / "corpus").iterdir()) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--id", "Stor_Id"), "an id has a-z, 0-9 and - alone"),
        (("--published", "i går"), "--published: "),
        (("--published", "2022-12-01/.."), "has an open end"),
        (("--url", "ftp://x"), "is no address of the web"),
        (("--publisher", "Noe Rart"), "its name does not tell what kind of body it is"),
        (("--publisher", "Noe Rart", "--kind", "comitee"), "unknown kind 'comitee'"),
    ],
)
def test_what_is_given_wrongly_is_refused(empty_home: Path, page: Path, options: tuple[str, ...], message: str) -> None:
    done = add(empty_home, page, *options)
    assert done.exit_code != 0
    assert message in done.stderr
    assert list((empty_home / "corpus").iterdir()) == []


def test_a_day_to_come_is_no_day_of_publication(empty_home: Path, tmp_path: Path) -> None:
    later = (date.today() + timedelta(days=30)).isoformat()
    done = add(empty_home, saved(tmp_path, PAGE.replace("2022-11-29", later).encode()))
    assert f"published on {later}, which is to come; give --published" in done.stderr


def test_the_same_text_is_added_once(empty_home: Path, page: Path) -> None:
    assert add(empty_home, page).exit_code == 0
    done = add(empty_home, page)
    assert (done.exit_code, "corpus/dialogmote-i-rana has the same text; nothing was added" in done.stderr) == (1, True)


def test_the_same_address_is_a_warning_and_the_name_gets_the_year(empty_home: Path, page: Path, tmp_path: Path) -> None:
    assert add(empty_home, page).exit_code == 0
    done = add(empty_home, saved(tmp_path, PAGE.replace("rådhuset", "biblioteket").encode()))
    assert "warning: corpus/dialogmote-i-rana has the same address" in done.stderr
    assert described(empty_home, "dialogmote-i-rana-2022")["url"] == ADDRESS


def test_an_id_that_is_taken_is_refused(empty_home: Path, page: Path, tmp_path: Path) -> None:
    assert add(empty_home, page, "--id", "mote").exit_code == 0
    done = add(empty_home, saved(tmp_path, PAGE.replace("rådhuset", "biblioteket").encode()), "--id", "mote")
    assert (done.exit_code, "corpus/mote is there already; give another --id" in done.stderr) == (1, True)


def test_one_bad_file_does_not_stop_the_others(empty_home: Path, page: Path, tmp_path: Path) -> None:
    done = add(empty_home, saved(tmp_path, b"", "empty"), page)
    assert done.exit_code == 1
    assert "empty: error: this file is empty" in done.stderr
    assert described(empty_home)["language"] == "nb"


def test_options_of_one_page_are_not_for_several(empty_home: Path, page: Path) -> None:
    done = add(empty_home, page, page, "--url", ADDRESS)
    assert (done.exit_code, "--url is of one file" in done.stderr) == (2, True)


def test_a_full_disk_leaves_nothing(empty_home: Path, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(adding, "_page_yaml", full)
    done = add(empty_home, page)
    assert (done.exit_code, "No space left on device; nothing was added" in done.stderr) == (1, True)
    assert list((empty_home / "corpus").iterdir()) == []


def test_a_file_that_changes_while_it_is_read_is_refused(
    empty_home: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def growing(file: Path) -> bytes:
        data = read(file)
        if file == page:
            file.write_bytes(data + b"more")
        return data

    monkeypatch.setattr(Path, "read_bytes", growing)
    assert "it changed while it was read; add it again when it is whole" in add(empty_home, page).stderr


def test_a_long_or_strange_title_makes_a_short_id(empty_home: Path, tmp_path: Path) -> None:
    for title, name in ((f"Å {'lang ' * 100}", "a-lang-lang"), ("Ψ مرحبا", "page")):
        file = saved(tmp_path, PAGE.replace("Dialogmøte i <em>Rana</em>", title).encode())
        assert add(empty_home, file).exit_code == 0
        found = [each.name for each in (empty_home / "corpus").iterdir() if each.name.startswith(name)]
        assert len(found) == 1, found
        assert len(found[0]) <= 60


@pytest.mark.parametrize(
    ("host", "day", "publisher"),
    [
        ("www.drammen.kommune.no", "2014-03-15", "drammen-kommune"),
        ("drammen.kommune.no", "2024-03-15", {"name": "Drammen kommune", "kind": "municipality"}),
        ("www.regjeringen.no", "2024-03-15", "norges-regjering"),
    ],
)
def test_a_publisher_existed_when_the_page_was_published(
    empty_home: Path, tmp_path: Path, host: str, day: str, publisher: object
) -> None:
    html = PAGE.replace("www.rana.kommune.no", host).replace("2022-11-29", day)
    done = add(empty_home, saved(tmp_path, html.encode()))
    assert done.exit_code == 0, done.output
    found = described(empty_home)["publisher"]
    # The registry may have the body of today too, under another id.
    assert found == publisher or (isinstance(found, str) and found.startswith("drammen-kommune-"))
    assert CliRunner().invoke(motegraf, ["check", "--home", str(empty_home)]).exit_code == 0


def test_what_a_file_tells_of_itself_becomes_no_key_and_no_control_character(empty_home: Path, tmp_path: Path) -> None:
    page = PAGE.replace("<h1>Dialogmøte", "<h1>\x1b[31mDialogmøte").encode()
    assert add(empty_home, saved(tmp_path, page, "page.html"), "--id", "a", "--licence", "\x1b[1mfri").exit_code == 0
    assert "\\e" not in (empty_home / "corpus/a/page.yaml").read_text(encoding="utf-8")
    assert described(empty_home, "a")["licence"] == " [1mfri"
    language = '<html lang="se&#10;reprint_of: other&#10;#"><title>Čoahkkin</title><body><p>Čoahkkin'.encode()
    more = ("--url", ADDRESS, "--publisher", "Rana kommune", "--published", "2022", "--id", "b")
    done = add(empty_home, saved(tmp_path, language, "other.html"), *more)
    assert done.exit_code == 0, done.output
    assert "reprint_of" not in described(empty_home, "b")


@pytest.mark.parametrize("address", ["https://[::1/a", "https://", "ftp://x.no/a"])
def test_what_is_no_address_is_refused(empty_home: Path, page: Path, address: str) -> None:
    done = add(empty_home, page, "--url", address)
    assert (done.exit_code, "is no address of the web" in done.output) == (1, True), done.output


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such devices")
def test_a_device_without_an_end_is_refused(empty_home: Path) -> None:
    done = add(empty_home, "/dev/zero")
    assert (done.exit_code, "it is a device or a pipe" in done.output) == (1, True), done.output


_LONG = "Møte " * 1_100
_REFUSED = [
    (("--url", 'https://x.no/"a"'), "give --url https://…, with %20 for a space"),
    (("--url", "https://x.no/<a>"), "give --url"),
    (("--url", "https://x.no/a b"), "give --url"),
    (("--url", "https://x.no/%"), "Invalid IRI percent encoding"),
    (("--title", _LONG), "give a shorter one by --title"),
    (("--title", "\u200b\u200b"), "give --title"),
    (("--licence", _LONG), "give --licence in fewer words"),
    (("--publisher", _LONG, "--kind", "foundation"), "give --publisher NAME"),
    (("--language", "norsk"), "give --language nb"),
    (("--language", "no"), "write 'nb' or 'nn'"),
]


@pytest.mark.parametrize(("options", "message"), _REFUSED)
@pytest.mark.parametrize("mode", [(), ("--dry-run",)])
def test_what_a_build_would_leave_out_is_not_added(
    empty_home: Path, page: Path, options: tuple[str, ...], message: str, mode: tuple[str, ...]
) -> None:
    publisher = () if "--publisher" in options else ("--publisher", "Rana kommune")
    done = add(empty_home, page, *publisher, *options, *mode)
    assert (done.exit_code, message in done.stderr) == (1, True), done.output
    assert list((empty_home / "corpus").iterdir()) == []


def test_an_address_and_a_title_that_a_file_tells_are_held_against_the_same_check(
    empty_home: Path, tmp_path: Path
) -> None:
    for number, (old, new) in enumerate([(ADDRESS, f"{ADDRESS}?a=b c"), ("Dialogmøte i <em>Rana</em>", _LONG)]):
        done = add(empty_home, saved(tmp_path, PAGE.replace(old, new).encode(), f"{number}.html"))
        assert (done.exit_code, "give " in done.stderr) == (1, True), done.output
    assert list((empty_home / "corpus").iterdir()) == []


def test_a_text_that_is_too_large_for_a_page_is_to_be_divided(
    empty_home: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sources.ingest.add.MAX_BYTES", 100)
    done = add(empty_home, page, "--publisher", "Rana kommune")
    assert (done.exit_code, "MB at most; divide it" in done.stderr) == (1, True), done.output
    assert list((empty_home / "corpus").iterdir()) == []
