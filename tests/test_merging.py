"""Pages that are one page, or that speak of two events under one key: findings at the later one, and no falsehood."""

from pathlib import Path

import pytest
from conftest import add_page, ask, load_store

from build_graph import build
from graph.common.findings import Finding, FindingsError
from graph.pipeline.copies import shared_part, sketch_of

pytestmark = pytest.mark.slow

TEXT = """Møte om beredskap

Haugesund kommune arrangerte et møte om beredskap i Haugesund 2. februar 2015. Laila Bokhari deltok.
"""
CLAIMS = """
events:
  mote-2015:
    label: {nb: Møte om beredskap}
    kind: meeting
    status: held
    when: {edtf: 2015-02-02, said: 2. februar 2015}
    where: {municipality: Haugesund}
    quote: Haugesund kommune arrangerte et møte om beredskap i Haugesund 2. februar 2015.
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.}
no_claim:
  - {quote: Møte om beredskap, reason: the heading}
"""
FIRST = "a-first"


def findings_of(home: Path) -> list[Finding]:
    """Return all findings of a check; of one that is refused, those too."""
    try:
        return [*build(home).findings]
    except FindingsError as error:
        return error.findings


def changed(claims: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert claims.count(old) == 1, old
        claims = claims.replace(old, new)
    return claims


@pytest.fixture
def one(empty_home: Path) -> Path:
    """A home with one page about a meeting."""
    add_page(empty_home, FIRST, TEXT, CLAIMS, "2015-02-05")
    return empty_home


def describe(folder: Path, *lines: str) -> None:
    """Add lines to the description of a page."""
    file = folder / "page.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_the_same_text_twice_is_a_finding(one: Path) -> None:
    add_page(one, "b-copy", TEXT, CLAIMS, "2015-02-05")
    (finding,) = [each for each in findings_of(one) if each.severity == "error"]
    assert (finding.file, finding.message.partition(";")[0]) == (
        "corpus/b-copy/page.yaml",
        "the same text as corpus/a-first",
    )


def test_the_same_address_twice_is_a_warning(one: Path) -> None:
    folder = add_page(
        one,
        "b-copy",
        TEXT.replace("Møte om", "Et møte om"),
        CLAIMS.replace("quote: Møte", "quote: Et møte"),
        "2015-02-05",
    )
    file = folder / "page.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("org/b-copy", "org/a-first"), encoding="utf-8")
    (finding,) = [each for each in findings_of(one) if each.severity == "warning"]
    assert finding.message.startswith("the same address as corpus/a-first")


def test_nearly_the_same_text_is_a_question(one: Path) -> None:
    view = "Det er viktig at alle kommuner har en plan for dette, og at planen er kjent for dem som skal bruke den.\n"
    add_page(one, "b-long", TEXT + view, CLAIMS, "2015-02-05", reading="partial")
    add_page(one, "c-reprint", TEXT + view + "Kilde: NTB.\n", CLAIMS, "2015-02-06", reading="partial")
    questions = [each for each in findings_of(one) if each.severity == "question"]
    assert ("corpus/c-reprint/page.yaml", "nearly the same text as corpus/b-long ") in [
        (each.file, each.message[:38]) for each in questions
    ]


def test_a_reprint_is_one_witness(one: Path) -> None:
    question = Path("queries/what_rests_on_one_page_only.rq").read_text(encoding="utf-8")
    build(one, one / "build")
    alone = ask(load_store(one / "build/motegraf.nq"), question)
    folder = add_page(one, "b-reprint", TEXT, CLAIMS, "2015-02-06")
    describe(folder, "reprint_of: a-first")
    build(one, one / "build")
    graph = load_store(one / "build/motegraf.nq")
    assert {row[0] for row in ask(graph, question)} == {row[0] for row in alone}
    assert ask(graph, "SELECT ?a ?b { ?a mg:reprintOf ?b }") == [("source:b-reprint", "source:a-first")]


def test_a_reprint_of_a_page_that_is_not_there_is_a_finding(one: Path) -> None:
    describe(one / "corpus" / FIRST, "reprint_of: nowhere")
    (finding,) = findings_of(one)
    assert finding.message == "reprint_of: 'nowhere' is no other page of the corpus, or has errors"


@pytest.mark.parametrize(
    ("pairs", "says", "severity"),
    [
        ([("2015-02-02, said: 2. februar 2015", "2020-03-03, said: 3. mars 2020")], "2015-02-02 there", "error"),
        ([("municipality: Haugesund", "municipality: Oslo")], "in Haugesund there and in Oslo here", "error"),
        ([("kind: meeting", "kind: conference")], "a meeting there and a conference here", "warning"),
    ],
    ids=["disjoint times", "another municipality", "another kind"],
)  # fmt: skip
def test_another_event_under_one_key_is_one_finding_at_the_new_entry(
    one: Path, pairs: list[tuple[str, str]], says: str, severity: str
) -> None:
    claims = changed(CLAIMS, *pairs)
    text = TEXT.replace("2. februar 2015", "3. mars 2020") if "2020" in claims else TEXT.replace("om beredskap i", "i")
    place = "Oslo" if "municipality: Oslo" in claims else "Haugesund"
    text = text.replace("i Haugesund", f"i {place}")
    sentence = next(line for line in text.splitlines() if "arrangerte" in line).split(" Laila")[0]
    old = "quote: Haugesund kommune arrangerte et møte om beredskap i Haugesund 2. februar 2015."
    add_page(one, "b-other", text, changed(claims, (old, f"quote: {sentence}")), "2020-03-05")
    (finding,) = [each for each in findings_of(one) if "is this the event" in each.message]
    assert (finding.file, finding.severity) == ("corpus/b-other/claims.yaml", severity)
    assert says in finding.message
    assert "«Haugesund kommune arrangerte et møte om beredskap i Haugesund 2. februar 2015.»" in finding.message
    assert f"«{sentence}»" in finding.message


def test_an_event_with_two_labels_is_one_event_with_one_finding(one: Path) -> None:
    text = TEXT.replace("Møte om beredskap", "Beredskap")
    claims = changed(
        CLAIMS, ("label: {nb: Møte om", "label: {nb: Møtet om"), ("quote: Møte om beredskap", "quote: Beredskap")
    )
    add_page(one, "b-again", text, claims, "2015-02-08")
    (finding,) = [each for each in build(one, one / "build").findings if each.severity != "question"]
    assert (finding.file, finding.severity) == ("corpus/b-again/claims.yaml", "warning")
    assert "is called 'Møte om beredskap' in corpus/a-first; leave label: out here" in finding.message
    graph = load_store(one / "build/motegraf.nq")
    assert ask(graph, "SELECT ?e ?l { ?e a schema:Event ; rdfs:label ?l }") == [
        ("event:mote-2015", "Møte om beredskap")
    ]


def test_a_label_that_another_page_gives_may_be_left_out(one: Path) -> None:
    text = TEXT.replace("Møte om beredskap", "Beredskap")
    claims = changed(
        CLAIMS, ("    label: {nb: Møte om beredskap}\n", ""), ("quote: Møte om beredskap", "quote: Beredskap")
    )
    add_page(one, "b-again", text, claims, "2015-02-08")
    assert [each for each in build(one).findings if each.severity != "question"] == []


def test_a_label_that_no_page_gives_is_a_finding(empty_home: Path) -> None:
    add_page(empty_home, FIRST, TEXT, changed(CLAIMS, ("    label: {nb: Møte om beredskap}\n", "")), "2015-02-05")
    (finding, *_) = findings_of(empty_home)
    assert "An event has one label in each language" in finding.message


@pytest.mark.parametrize(
    "changed_text",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("i Haugesund", "i\u00a0Haugesund"),
        TEXT.replace("\n", "  \n"),
        f"\ufeff{TEXT}",
    ],
    ids=["line ends", "no-break space", "blanks at the end", "byte order mark"],
)
def test_a_text_that_differs_in_white_space_alone_is_the_same(one: Path, changed_text: str) -> None:
    add_page(one, "b-copy", changed_text, CLAIMS, "2015-02-05")
    (finding,) = [each for each in findings_of(one) if each.severity == "error"]
    assert (finding.file, finding.line) == ("corpus/b-copy/page.yaml", 8)
    assert finding.message.startswith("the same text as corpus/a-first")


OTHER_TEXT = "Kommunestyret i Rana vedtok budsjettet for neste år, og ordføreren takket alle for et godt samarbeid."


@pytest.mark.parametrize(
    ("text", "share"), [(OTHER_TEXT, "0%"), (f"{OTHER_TEXT} Haugesund kommune arrangerte et møte om beredskap.", "14%")]
)
def test_a_reprint_has_the_text_of_the_page_that_it_names(one: Path, text: str, share: str) -> None:
    folder = add_page(one, "b-reprint", f"{text}\n", "", "2015-02-06", reading="partial")
    describe(folder, "reprint_of: a-first")
    (finding,) = [each for each in findings_of(one) if each.severity == "error"]
    assert (finding.file, finding.line) == ("corpus/b-reprint/page.yaml", 9)
    assert f"they share {share} of the shorter one" in finding.message


def test_a_reprint_may_be_cut(one: Path) -> None:
    text = TEXT.split(" Laila")[0].partition("\n\n")[2]
    folder = add_page(one, "b-reprint", f"{text}\n", "", "2015-02-06", reading="partial")
    describe(folder, "reprint_of: a-first")
    assert [each for each in findings_of(one) if each.severity == "error"] == []


def test_long_texts_are_compared_as_far_as_both_sketches_are_whole() -> None:
    words = [f"ord{number}" for number in range(1000)]
    whole, half, other = (sketch_of(" ".join(part)) for part in (words, words[:500], reversed(words)))
    assert shared_part(whole, half) > 0.9
    assert shared_part(whole, other) == 0


@pytest.mark.parametrize(("text", "other", "alike"), [("a b c d e f g", "a b c d e f g", 1.0), ("a b c", "x y z", 0.0)])
def test_sketches_tell_how_alike_texts_are(text: str, other: str, alike: float) -> None:
    one, two = {*sketch_of(text)}, {*sketch_of(other)}
    assert len(one & two) / len(one) == alike


def test_a_ring_or_a_chain_of_reprints_is_a_finding(one: Path) -> None:
    describe(add_page(one, "b-reprint", TEXT, CLAIMS, "2015-02-06"), "reprint_of: a-first")
    describe(add_page(one, "c-reprint", TEXT, CLAIMS, "2015-02-07"), "reprint_of: b-reprint")
    chain = [each.message for each in findings_of(one)]
    assert chain == ["reprint_of: 'b-reprint' is a reprint itself; write reprint_of: a-first"]
    describe(one / "corpus" / FIRST, "reprint_of: b-reprint")
    ring = [each for each in findings_of(one) if "one of the two is the first" in each.message]
    assert {each.file for each in ring} == {"corpus/a-first/page.yaml", "corpus/b-reprint/page.yaml"}


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a-first", "https://www.example.org/a-first/", "https://Example.org/a-first#top"],
    ids=["scheme", "www and slash", "case and fragment"],
)
def test_one_address_may_be_written_in_several_ways(one: Path, address: str) -> None:
    folder = add_page(one, "b-other", "Noe annet.\n", "", "2015-02-05", reading="partial")
    file = folder / "page.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("https://example.org/b-other", address), encoding="utf-8")
    assert [each.message.partition(";")[0] for each in findings_of(one)] == ["the same address as corpus/a-first"]


def other_page(home: Path, name: str, sentence: str, when: str, place: str | None, published: str, key: str) -> None:
    """Add a page with one event under a key, held on a day and in a place if it names them."""
    where = f"    where: {{municipality: {place}}}\n" if place else ""
    day = f"    when: {{edtf: {when.split('=')[0]}, said: {when.split('=')[1]}}}\n" if when else ""
    claims = f"""events:
  {key}:
    label: {{nb: Møte om beredskap}}
    kind: meeting
    status: held
{day}{where}    quote: {sentence}
"""
    add_page(home, name, f"{sentence}\n", claims, published, reading="partial")


def test_an_entry_that_says_little_does_not_join_two_that_contradict_each_other(one: Path) -> None:
    other_page(one, "b-vague", "Det ble holdt et møte.", "", None, "2015-03-01", "mote-2015")
    sentence = "Det ble holdt et møte i Oslo 3. mars 2016."
    other_page(one, "c-other", sentence, "2016-03-03=3. mars 2016", "Oslo", "2016-04-01", "mote-2015")
    (finding,) = [each for each in findings_of(one) if "is this the event" in each.message]
    assert (finding.file, finding.severity) == ("corpus/c-other/claims.yaml", "error")
    assert "corpus/a-first" in finding.message


@pytest.mark.parametrize(
    ("sentence", "place", "asks"),
    [
        ("Det ble holdt et møte i Haugesund 2. februar 2015.", "Haugesund", True),
        ("Det ble holdt et møte i Oslo 2. februar 2015.", "Oslo", False),
        ("Det ble holdt et møte 2. februar 2015.", None, False),
    ],
    ids=["the same place", "another place", "no place and nobody in common"],
)
def test_one_event_under_two_keys_is_a_question(one: Path, sentence: str, place: str | None, asks: bool) -> None:
    other_page(one, "b-other", sentence, "2015-02-02=2. februar 2015", place, "2015-02-08", "motet")
    questions = [each for each in findings_of(one) if "may be event:mote-2015" in each.message]
    assert [(each.file, each.severity) for each in questions] == [("corpus/b-other/claims.yaml", "question")] * asks


def test_a_country_is_held_against_a_municipality(one: Path) -> None:
    sentence = "Det ble holdt et møte i Stockholm 2. februar 2015."
    other_page(one, "b-abroad", sentence, "2015-02-02=2. februar 2015", "Haugesund", "2015-02-08", "mote-2015")
    file = one / "corpus/b-abroad/claims.yaml"
    claims = file.read_text(encoding="utf-8")
    file.write_text(claims.replace("municipality: Haugesund", "written: Stockholm, country: SE"), encoding="utf-8")
    (finding,) = [each for each in findings_of(one) if "is this the event" in each.message]
    assert "it is in Haugesund there and in SE here" in finding.message
    assert finding.severity == "error"
    file.write_text(file.read_text(encoding="utf-8").replace("  mote-2015:", "  motet:"), encoding="utf-8")
    assert [each for each in findings_of(one) if "may be event:mote-2015" in each.message] == []


def test_who_was_there_tells_that_two_events_may_be_one(one: Path) -> None:
    claims = changed(
        CLAIMS, ("mote-2015", "motet"), ("    where: {municipality: Haugesund}\n", ""), ("i Haugesund ", "")
    )
    add_page(one, "b-other", TEXT.replace("i Haugesund ", ""), claims, "2015-02-08")
    (question,) = [each for each in findings_of(one) if "may be event:mote-2015" in each.message]
    assert "write mote-2015 as its key here" in question.message


def test_what_was_cancelled_is_not_what_was_held_at_another_time(empty_home: Path) -> None:
    sentence = "Et møte i Haugesund 2. februar 2015 er avlyst."
    text = TEXT.split("\n\n")[0] + f"\n\n{sentence}\n"
    start, end = CLAIMS.index("    quote:"), CLAIMS.index("no_claim:")
    claims = changed(f"{CLAIMS[:start]}    quote: {sentence}\n{CLAIMS[end:]}", ("status: held", "status: cancelled"))
    add_page(empty_home, FIRST, text, claims, "2015-02-05")
    year = ("2. februar 2015", "2. februar 2016")
    later = CLAIMS.replace(*year).replace("2015-02-02", "2016-02-02")
    add_page(empty_home, "b-later", TEXT.replace(*year), later, "2016-02-05")
    (finding,) = [each for each in findings_of(empty_home) if each.severity == "error"]
    assert finding.file == "corpus/b-later/claims.yaml"
    assert "it is on 2015-02-02 there and on 2016-02-02 here" in finding.message
