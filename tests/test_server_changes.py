"""What changed, at the server: the page, the feed, the builds that are kept, and the banner of an earlier day."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from axe import violations
from browser import SIZES
from conftest import PAGE
from serving import RunningServer, commanded, serving, until

from build_graph import build
from graph.builds.manifest import build_tag
from graph.builds.versions import Version, keep_version, read_history

pytestmark = pytest.mark.server

ATOM = "{http://www.w3.org/2005/Atom}"
HTML = "text/html"
# RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry have exactly once, and what they have at most once.
ONCE, AT_MOST_ONCE = {"id", "title", "updated"}, {"generator", "icon", "logo", "rights", "subtitle", "published"}
KNOWN = ONCE | AT_MOST_ONCE | {"author", "category", "contributor", "link", "entry", "content", "source", "summary"}
HOSTILE = "<script>alert(1)</script>\u202e & ]]>"


class Links(HTMLParser):
    """The addresses of links of a page, and the alternates in its head."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.alternates: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.found.append(values["href"])
        elif tag == "link" and values.get("rel") == "alternate":
            self.alternates[values.get("type", "")] = values["href"]


@pytest.fixture(scope="module")
def kept(built: Path, first_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of three builds that are kept: a meeting's name changed, then ten pages came, one went."""
    home = Path(shutil.copytree(first_page, tmp_path_factory.mktemp("kept") / "home"))
    out, claims = home / "build", home / "corpus" / PAGE / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    build(home, out)
    keep_version(out, 10, datetime(2026, 11, 1, tzinfo=UTC))
    claims.write_text(text.replace("nb: Dialogmøte i Haugesund", f'nb: "{HOSTILE}"'), encoding="utf-8")
    for page in (Path(__file__).parent / "corpus").iterdir():
        if page.is_dir() and page.name != PAGE:
            shutil.copytree(page, home / "corpus" / page.name)
    build(home, out)
    keep_version(out, 10, datetime(2026, 11, 12, tzinfo=UTC))
    shutil.rmtree(home / "corpus/folkemote-flyttet-2024")
    build(home, out)
    keep_version(out, 10, datetime(2026, 11, 30, tzinfo=UTC))
    return out


@pytest.fixture(scope="module")
def history(kept: Path) -> list[Version]:
    return read_history(kept)


@pytest.fixture(scope="module")
def server(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(kept, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


@pytest.fixture(scope="module")
def without(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Run the server of a build of which no earlier ones are kept."""
    out = Path(shutil.copytree(built, tmp_path_factory.mktemp("without") / "build"))
    with serving(out, out.parent / "log") as running:
        yield running


def text_of(body: str) -> str:
    """Return the words of a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", body.partition("<main")[2].partition("</main>")[0]))


def test_the_page_has_each_build_with_its_day_tag_and_groups(server: RunningServer, history: list[Version]) -> None:
    page = server.ask("GET", "/changes?lang=nb", Accept=HTML)
    assert page.status == 200
    words = text_of(page.text)
    days = ("30. november 2026", "12. november 2026", "1. november 2026")
    assert [words.index(day) for day in days] == sorted(words.index(day) for day in days)
    for version in history:
        assert f"Utgave {version.tag}" in words
    assert re.search(r"Møter 33 nye, 1 endret", words)
    assert re.search(r"Møter 4 borte Folkemøtet om ny politistasjon 3\. juni .* og 1 til", words)
    assert "Den første utgaven som er tatt vare på." in words
    english = text_of(server.ask("GET", "/changes?lang=en", Accept=HTML).text)
    assert re.search(r"Meetings 33 new, 1 changed", english)
    assert "30 November 2026" in english


def test_all_that_changed_with_a_build_is_there_with_the_sentences(
    server: RunningServer, history: list[Version]
) -> None:
    words = text_of(server.ask("GET", f"/changes/{history[1].step}?lang=nb", Accept=HTML).text)
    assert f"Endret siden utgave {history[2].tag}" in words
    assert "Varaordførar Magne Indrehus var med på sak 4/24" in words
    record = server.ask("GET", f"/changes/{history[1].step}", Accept="application/json").json
    assert isinstance(record, dict)
    assert record["groups"]["meetings"]["counts"] == {"added": 33, "changed": 1}
    assert record["after"] == {"name": history[1].tag, "tag": history[1].tag, "known_on": None}


def test_links_lead_to_pages_and_only_to_those_that_are_there(server: RunningServer, history: list[Version]) -> None:
    start = [
        *("/changes", "/versions/", *(f"/versions/{version.tag}/" for version in history)),
        *(f"/changes/{version.step}" for version in history if version.previous),
    ]
    addresses = {"/"}
    for path in start:
        page = server.ask("GET", f"{path}?lang=en", Accept=HTML)
        assert page.status == 200, path
        found = Links(page.text).found
        addresses |= {urljoin(f"http://here{path}", each) for each in found if not each.startswith(("http", "#"))}
    own = {urlsplit(each)._replace(scheme="", netloc="", fragment="").geturl() for each in addresses}
    assert len([each for each in own if each.startswith("/about/event/")]) > 20
    dead = [each for each in sorted(own) if server.ask("GET", each, Accept=HTML).status not in (200, 303, 308)]
    assert dead == []


def test_what_is_gone_is_named_without_a_link(server: RunningServer) -> None:
    page = server.ask("GET", "/changes?lang=nb", Accept=HTML).text
    assert "Bystyremøtet 23. mai" in page
    assert "bystyremote-2024-05-23" not in page


def test_hostile_names_stay_text(server: RunningServer, history: list[Version]) -> None:
    for path in ("/changes?lang=nb", f"/changes/{history[1].step}?lang=nb", "/changes.atom?lang=nb"):
        body = server.ask("GET", path).text
        assert "alert(1)" in body, path
        assert "<script>alert" not in body
        assert "\u202e" not in body


def check_atom(body: bytes) -> ElementTree.Element:
    """Return the feed. Fail where it breaks a rule of RFC 4287."""
    feed = ElementTree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        names = [child.tag.removeprefix(ATOM) for child in element]
        assert {*names} <= KNOWN
        assert {name: names.count(name) for name in ONCE} == dict.fromkeys(ONCE, 1)
        assert max((names.count(name) for name in AT_MOST_ONCE), default=0) <= 1
        ids.append(element.findtext(f"{ATOM}id") or "")
        for date_name in ("updated", "published"):
            for each in element.findall(f"{ATOM}{date_name}"):
                assert datetime.fromisoformat(each.text or "").tzinfo is not None
        links = [(each.get("rel"), each.get("type"), each.get("hreflang")) for each in element.findall(f"{ATOM}link")]
        assert len(links) == len({*links})
        assert all(urlsplit(each.attrib["href"]).scheme in ("http", "https") for each in element.findall(f"{ATOM}link"))
    assert all(urlsplit(each).scheme for each in ids)
    assert len(ids) == len({*ids})
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.find(f"{ATOM}link[@rel='self']") is not None
    for content in feed.iter(f"{ATOM}content"):
        assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]
        assert content.get("type") == "xhtml"
    return feed


def test_the_feed_is_valid_and_has_an_entry_for_each_build(server: RunningServer, history: list[Version]) -> None:
    answer = server.ask("GET", "/changes.atom?lang=en")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = check_atom(answer.body)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"tag:w3id.org,{version.day}:/motegraf/changes/{version.step}" for version in history
    ]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == [version.built for version in history]
    assert feed.findtext(f"{ATOM}updated") == history[0].built
    assert history[0].tag in (entries[0].findtext(f"{ATOM}title") or "")
    for link in feed.iter(f"{ATOM}link"):
        if link.get("rel") == "license":
            continue
        path = urlsplit(link.attrib["href"])._replace(scheme="", netloc="").geturl()
        assert server.ask("GET", path, Accept="*/*").status == 200, path
    assert server.ask("GET", "/changes.atom?lang=en", If_None_Match=answer.headers["etag"]).status == 304


def test_a_feed_without_builds_is_valid_too(without: RunningServer) -> None:
    feed = check_atom(without.ask("GET", "/changes.atom").body)
    assert feed.findall(f"{ATOM}entry") == []
    page = without.ask("GET", "/changes?lang=nb", Accept=HTML)
    assert (page.status, "Ingen tidligere utgaver er tatt vare på" in page.text) == (200, True)


def test_every_page_leads_to_the_feed_and_to_what_changed(server: RunningServer) -> None:
    for path in ("/", "/about/person/laila-bokhari", "/changes", "/versions/"):
        page = server.ask("GET", f"{path}?lang=nb", Accept=HTML)
        links = Links(page.text)
        feed = urlsplit(urljoin(f"http://here{path}", links.alternates["application/atom+xml"]))
        assert feed.path == "/changes.atom"
        assert "/changes" in {urlsplit(urljoin(f"http://here{path}", each)).path for each in links.found}
        assert server.ask("GET", f"{feed.path}?{feed.query}").status == 200


def test_versions_are_addressed_by_their_tag(server: RunningServer, kept: Path, history: list[Version]) -> None:
    for version in history:
        for name in ("motegraf.nq", "motegraf.ttl"):
            answer = server.ask("GET", f"/versions/{version.tag}/{name}")
            assert answer.body == (kept / "versions" / version.tag / name).read_bytes()
            assert answer.headers["etag"] == f'"{version.files[name][1]}"'
            assert "immutable" in answer.headers["cache-control"]
            assert (
                f'filename="motegraf-{version.tag}.{name.rpartition(".")[2]}"' in answer.headers["content-disposition"]
            )
            again = server.ask("GET", f"/versions/{version.tag}/{name}", If_None_Match=answer.headers["etag"])
            assert (again.status, again.body) == (304, b"")
        page = text_of(server.ask("GET", f"/versions/{version.tag}/?lang=nb", Accept=HTML).text)
        assert f"utgave {version.tag}" in page
        assert f"/versions/{version.tag}/" in page
    listed = server.ask("GET", "/versions/", Accept="application/json").json
    assert isinstance(listed, list)
    assert [each["tag"] for each in listed] == [version.tag for version in history]


def test_a_citation_leads_to_the_build_that_is_cited(server: RunningServer, history: list[Version]) -> None:
    path = "/about/person/laila-bokhari"
    section = server.ask("GET", f"{path}?lang=nb", Accept=HTML).text.partition('<section class="share">')[2]
    address = Links(section.partition("</section>")[0]).found[0]
    assert urlsplit(urljoin(f"http://here{path}", address)).path == f"/versions/{history[0].tag}/"


def test_an_older_version_says_that_it_is_not_the_one_that_is_served(
    server: RunningServer, history: list[Version]
) -> None:
    old = text_of(server.ask("GET", f"/versions/{history[2].tag}/?lang=nb", Accept=HTML).text)
    assert f"Dette er ikke utgaven som vises nå; sidene på nettstedet er av utgave {history[0].tag}." in old
    assert "ikke utgaven" not in text_of(server.ask("GET", f"/versions/{history[0].tag}/?lang=nb", Accept=HTML).text)


def test_a_part_of_a_file_of_a_version_can_be_had(server: RunningServer, history: list[Version]) -> None:
    path = f"/versions/{history[0].tag}/motegraf.nq"
    part = server.ask("GET", path, Range="bytes=0-9")
    assert (part.status, part.body) == (206, server.ask("GET", path).body[:10])


@pytest.mark.parametrize(
    "path",
    [
        *("/versions/000000000000/", "/versions/000000000000/motegraf.ttl", "/versions/..%2f..%2fetc/passwd"),
        *("/changes/20200101T000000Z", "/changes/..%2fhistory", "/changes/x"),
        *("/versions/{tag}/explorer.html", "/versions/{tag}/..%2fhistory.json", "/versions/{tag}/%00"),
        "/versions/changes/20261112T000000Z.json",
    ],
)
def test_what_is_not_kept_is_404(server: RunningServer, history: list[Version], kept: Path, path: str) -> None:
    answer = server.ask("GET", path.format(tag=history[0].tag))
    assert answer.status == 404
    assert str(kept) not in answer.text


def test_the_first_build_has_nothing_that_changed(server: RunningServer, history: list[Version]) -> None:
    assert server.ask("GET", f"/changes/{history[2].step}").status == 404


def test_the_build_that_is_served_has_an_address_though_none_is_kept(without: RunningServer, built: Path) -> None:
    tag = build_tag(built)
    assert without.ask("GET", f"/versions/{tag}/motegraf.ttl").body == (built / "motegraf.ttl").read_bytes()
    page = text_of(without.ask("GET", f"/versions/{tag}/?lang=en", Accept=HTML).text)
    assert "This build is not kept" in page
    assert without.ask("GET", f"/versions/{tag}", Accept=HTML).headers["location"] == f"{tag}/"


def test_a_build_is_seen_as_soon_as_it_is_kept(built: Path, eleven_pages: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(built, tmp_path / "build"))
    keep_version(out, 2)
    with serving(out, tmp_path / "log") as server:
        assert len(read_history(out)) == 1
        build(eleven_pages.parent, out)
        keep_version(out, 2)
        tag = build_tag(out)
        until(lambda: tag in server.ask("GET", "/changes", Accept=HTML).text, "the new build is not listed")
        until(lambda: server.ask("GET", "/health").json["build"] == tag, "the new build is not served")  # type: ignore[index]
        (newest, _) = read_history(out)
        assert server.ask("GET", f"/changes/{newest.step}", Accept=HTML).status == 200


def test_many_builds_are_shown_in_parts(kept: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(kept, tmp_path / "build"))
    file = out / "versions/history.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    newest, *others = record["versions"]
    copies = [newest | {"step": f"2027{n // 28 + 1:02}{n % 28 + 1:02}T000000Z", "tag": f"{n:012x}"} for n in range(60)]
    file.write_text(json.dumps(record | {"versions": [newest, *copies, *others]}), encoding="utf-8")
    with serving(out, tmp_path / "log") as server:
        for path in ("/changes", "/versions/"):
            shown = []
            for number in (1, 2, 3, 4):
                page = server.ask("GET", f"{path}?page={number}&lang=nb", Accept=HTML)
                assert page.status == 200
                main = page.text.partition("<main")[2]
                tags = re.findall(r'href="(?:\.\./)*versions/([0-9a-f]{12})/\?lang=nb"', main)
                shown += [tag for tag in dict.fromkeys(tags) if tag not in shown]
                assert "?lang=nb&amp;page=" in main
                assert len(tags) < 45
            assert {each["tag"] for each in [newest, *copies, *others]} <= {*shown}
            for odd in ("0", "99999999", "x", "-1", "%F0%9F%98%80"):
                assert server.ask("GET", f"{path}?page={odd}", Accept=HTML).status == 200
        check_atom(server.ask("GET", "/changes.atom").body)


def test_a_broken_history_breaks_nothing_else(kept: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(kept, tmp_path / "build"))
    (out / "versions/history.json").write_text("{", encoding="utf-8")
    with serving(out, tmp_path / "log") as server:
        answer = server.ask("GET", "/changes")
        assert (answer.status, str(out) in answer.text) == (500, False)
        assert server.ask("GET", "/", Accept=HTML).status == 200


def test_pages_of_a_build_of_an_earlier_day_have_a_banner(
    first_page: Path, tmp_path: Path, server: RunningServer
) -> None:
    build(first_page, tmp_path / "build", as_known_on=date(2015, 3, 31))
    with serving(tmp_path / "build", tmp_path / "log") as earlier:
        for path in ("/", "/changes", "/about/person/laila-bokhari", "/person/", "/versions/"):
            page = earlier.ask("GET", f"{path}?lang=nb", Accept=HTML).text
            assert re.search(r'<p class="banner">[^<]*31\. mars 2015', page), path
        assert re.search(r"31 March 2015", earlier.ask("GET", "/?lang=en", Accept=HTML).text)
        words = text_of(earlier.ask("GET", "/versions/?lang=en", Accept=HTML).text)
        assert "what was known on 31 March 2015" in words
    assert '<p class="banner">' not in server.ask("GET", "/?lang=nb", Accept=HTML).text


def test_the_public_url_stands_in_the_feed_and_in_citations(kept: Path, tmp_path: Path, history: list[Version]) -> None:
    with commanded(kept, tmp_path / "log", "--public", "https://graph.example.org/meetings/") as server:
        feed = check_atom(server.ask("GET", "/changes.atom").body)
        links = [link.attrib["href"] for link in feed.iter(f"{ATOM}link") if link.get("rel") != "license"]
        assert all(link.startswith("https://graph.example.org/meetings/") for link in links)
        page = server.ask("GET", f"/versions/{history[0].tag}/", Accept=HTML).text
        assert f"https://graph.example.org/meetings/versions/{history[0].tag}/" in page


@pytest.mark.browser
@pytest.mark.parametrize(("size", "scheme", "lang"), [("wide", "light", "nb"), ("narrow", "dark", "en")])
def test_pages_are_accessible_and_scroll_in_one_direction(
    browser: object, server: RunningServer, history: list[Version], size: str, scheme: str, lang: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    window = context.new_page()
    for path in ("changes", f"changes/{history[1].step}", "versions/", f"versions/{history[2].tag}/"):
        window.goto(f"http://127.0.0.1:{server.port}/{path}?lang={lang}")
        assert window.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(window) == [], path
    context.close()
