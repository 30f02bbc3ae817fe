"""What a page says and no claim uses is a finding in ``page.txt``: sentences, names, dates, words that tell a role."""

from pathlib import Path

import pytest
from small_page import CLAIMS, PAGE_TXT, TEXT, Mistake, line_of, linked_home, refused_findings, small_page, with_mistake

from build_graph import build
from graph.sources.pages.context import read_background
from graph.sources.pages.read import read_claims_in_progress

pytestmark = pytest.mark.slow


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


def findings_of(home: Path, built: Path, text: str, claims: str = CLAIMS) -> list[tuple[str, int, str]]:
    """What a build says of a text that the claims of the small page do not cover."""
    small_page(home, claims, text)
    return [(each.file, each.line, each.message) for each in refused_findings(home, built)]


def test_a_sentence_that_nothing_quotes_is_a_finding_on_its_line(linked: Path, built: Path) -> None:
    text = TEXT.replace("Hun sa at", "Dette siteres ikke. Hun sa at")
    ((file, line, message),) = findings_of(linked, built, text)
    assert (file, line) == (PAGE_TXT, line_of("Dette siteres ikke.", text))
    assert "no claim covers the sentence 'Dette siteres ikke.'" in message
    assert "no_claim" in message


def test_a_fragment_does_not_cover_its_sentence(linked: Path, built: Path) -> None:
    text = TEXT.replace("Flere foreldre deltok.", "Flere foreldre deltok og var glade.")
    claims = with_mistake(CLAIMS, Mistake("quote: Flere foreldre deltok.", "quote: Flere foreldre deltok", ()))
    ((file, line, message),) = findings_of(linked, built, text, claims)
    assert (file, line) == (PAGE_TXT, line_of("Flere foreldre", text))
    assert "'Flere foreldre deltok og var glade.'" in message


def test_words_left_out_of_a_quote_are_covered_by_it(linked: Path) -> None:
    text = TEXT.replace("Flere foreldre deltok.", "Flere foreldre og noen andre deltok.")
    small_page(linked, with_mistake(CLAIMS, Mistake("foreldre deltok.", "foreldre … deltok.", ())), text)
    assert build(linked).sentences == 9


NAMES_AND_DATES = [
    ("med Anders Anundsen ", "no claim uses the name 'Anders Anundsen'"),
    ("med Anders Anundsens folk ", "no claim uses the name 'Anders Anundsens'"),
    ("for Oslo ", "no claim uses the name 'Oslo'"),
    ("for Sandnes kommune ", "no claim uses the name 'Sandnes kommune'"),
    ("for KS ", "no claim uses the name 'KS'"),
    ("for Rogaland politidistrikt ", "no claim uses the name 'Rogaland politidistrikt'"),
    ("for justisministeren ", "no claim uses the name 'justisministeren'"),
    ("den 3. oktober 2014 ", "no claim takes its time from '3. oktober 2014'"),
    ("våren 2015 ", "no claim takes its time from 'våren 2015'"),
    ("i første kvartal 2015 ", "no claim takes its time from 'første kvartal 2015'"),
    ("i 2013 ", "no claim takes its time from '2013'"),
    ("på 05.10.2014 ", "no claim takes its time from '05.10.2014'"),
]
WORDS_OF_TERMS = [
    ("ved åpningen ", "no claim has the role:opener that 'åpningen' tells of"),
    ("etter et foredrag ", "no claim has the role:speaker that 'foredrag' tells of"),
    ("som vertskap ", "no claim has the role:host that 'vertskap' tells of"),
    ("uten de inviterte ", "no claim has the attendance:invited that 'inviterte' tells of"),
    ("og blant annet lærere ", "no claim has the list:open that 'blant annet' tells of"),
    ("og blant andre lærere ", "no claim has the list:open that 'blant andre' tells of"),
    ("(bl.a. lærere) ", "no claim has the list:open that 'bl.a' tells of"),
    ("og for eksempel lærere ", "no claim has the list:open that 'for eksempel' tells of"),
    ("inkludert lærere ", "no claim has the list:open that 'inkludert' tells of"),
]


@pytest.mark.parametrize(
    ("added", "found"),
    # One name, one date and one such word are read in the fast tier, all others in the slow one.
    [
        *(NAMES_AND_DATES[0], NAMES_AND_DATES[-1], WORDS_OF_TERMS[0]),
        *(pytest.param(*row, marks=pytest.mark.slow) for row in (*NAMES_AND_DATES[1:-1], *WORDS_OF_TERMS[1:])),
    ],
)
def test_what_a_quoted_sentence_says_and_no_claim_uses_is_a_finding(
    linked: Path, built: Path, added: str, found: str
) -> None:
    old, new = "Flere foreldre deltok.", f"Flere foreldre {added}deltok."
    text, claims = TEXT.replace(old, new), with_mistake(CLAIMS, Mistake(old, new, ()))
    ((file, line, message),) = findings_of(linked, built, text, claims)
    assert (file, line) == (PAGE_TXT, line_of(new, text))
    assert message.startswith(found)
    assert added.strip() in message, "the words around it are shown"


CANDIDATES = """      - candidates: [{holder_of: statsminister}, laila-bokhari]
        at_least: 1
        role: participant
"""


@pytest.mark.parametrize("word", ["og/eller", "eller"])
def test_candidates_whom_nothing_claims_are_a_finding(linked: Path, built: Path, word: str) -> None:
    text = TEXT.replace("og/eller Laila", f"{word} statssekretær Laila")
    claims = with_mistake(CLAIMS, Mistake(CANDIDATES, "", ()))
    claims = claims.replace("et møte … og/eller Laila", f"et møte … {word} statssekretær Laila")
    found = [message for file, _, message in findings_of(linked, built, text, claims) if file == PAGE_TXT]
    choice = f"statsministeren {word} statssekretær Laila Bokhari"
    assert f"no claim has the candidates of {choice!r}; write candidates:, or list it under no_claim:" in found


def test_other_candidates_than_the_page_names_are_a_finding(linked: Path, built: Path) -> None:
    text = TEXT.replace("statsministeren og/eller", "statsministeren, Anders Anundsen og/eller")
    candidates = CANDIDATES.replace("laila-bokhari", "anders-anundsen")
    found = findings_of(linked, built, text, with_mistake(CLAIMS, Mistake(CANDIDATES, candidates, ())))
    assert [message for _, _, message in found] == [
        "the quotes leave the choice between 'statsministeren, Anders Anundsen og/eller Laila Bokhari'; add 'Laila"
        " Bokhari' to the candidates, with an entry under people: or bodies: if need be",
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("role: introducer", "role: intro", "unknown role 'intro'"),
        ("by: laila-bokhari", "by: laila", "'laila' is no person"),
        ("    sender: erna-solberg\n", "    sender: erna\n", "'erna' is no person"),
        ("    asks_for: lokale møter\n", "    ask_for: lokale møter\n", "unknown key 'ask_for'"),
    ],
    ids=["a role", "a speaker", "a sender", "a key"],
)
def test_what_no_claim_covers_is_found_in_the_run_that_finds_a_mistake(
    linked: Path, built: Path, old: str, new: str, says: str
) -> None:
    text = f"{TEXT}KS deltok i desember.\n"
    found = findings_of(linked, built, text, with_mistake(CLAIMS, Mistake(old, new, ())))
    assert [says in message for _, _, message in found].count(True) == 1
    assert [message.partition(" in ")[0] for file, _, message in found if file.endswith("page.txt")] == [
        "no claim covers the sentence 'KS deltok i desember.'; quote it, or list it under no_claim:",
        "no claim has the role:participant that 'deltok' tells of",
        "no claim takes its time from 'desember'",
        "no claim uses the name 'KS'",
    ]


@pytest.mark.parametrize("words", ["eller fedre ", "ellers "])
def test_or_is_no_choice_where_it_is_not_between_names(linked: Path, words: str) -> None:
    old, new = "Flere foreldre deltok.", f"Flere foreldre {words}deltok."
    small_page(linked, with_mistake(CLAIMS, Mistake(old, new, ())), TEXT.replace(old, new))
    assert build(linked).sentences == 9


def test_what_somebody_said_may_name_a_choice_and_an_open_list(linked: Path) -> None:
    old, new = "møtet var nyttig", "Oslo eller Bergen, blant annet, var nyttig for KS"
    claims = with_mistake(CLAIMS, Mistake(f"says: {old}", f"says: {new}", ()))
    small_page(linked, claims.replace(old, new), TEXT.replace(old, new))
    assert build(linked).sentences == 9


ORGANISER = "      - {agent: haugesund-kommune, role: organiser}\n"


def test_a_place_does_not_use_up_the_name_of_who_organised(linked: Path, built: Path) -> None:
    found = [message for _, _, message in findings_of(linked, built, TEXT, CLAIMS.replace(ORGANISER, ""))]
    assert [message.partition(" in ")[0] for message in found] == [
        "no claim has the role:organiser that 'arrangerte' tells of",
        "no claim uses the name 'Haugesund kommune'",
    ]


def test_a_place_may_be_written_as_the_body_of_the_municipality(linked: Path) -> None:
    old, new = "arrangerte Haugesund kommune et møte", "var det i Haugesund kommune et møte"
    claims = CLAIMS.replace(ORGANISER, "").replace(old, new)
    place = "{municipality: Haugesund, written: i Haugesund kommune}"
    small_page(linked, claims.replace("{municipality: Haugesund}", place), TEXT.replace(old, new))
    assert build(linked).sentences == 9


@pytest.mark.parametrize("whose", ["audience", "group"])
def test_a_name_in_the_words_of_people_is_used_only_where_they_are_drawn_from_it(
    linked: Path, built: Path, whose: str
) -> None:
    old, new = ("lærere i", "lærere i KS og") if whose == "audience" else ("Flere foreldre", "Flere foreldre i KS")
    found = findings_of(linked, built, TEXT.replace(old, new), CLAIMS.replace(old, new))
    assert [message.partition(" in ")[0] for _, _, message in found] == ["no claim uses the name 'KS'"]


def test_a_name_in_the_words_of_people_who_are_drawn_from_it_is_used(linked: Path) -> None:
    old, new = "Flere foreldre", "Flere foreldre i KS"
    claims = CLAIMS.replace(old, new).replace(f"words: {new}", f"words: {new}\n    drawn_from: ks")
    small_page(linked, claims, TEXT.replace(old, new))
    assert build(linked).sentences == 9


@pytest.mark.parametrize("words", ["Vår felles oppgave var klar.", "Oppgaven var vår."])
def test_our_is_not_spring(linked: Path, words: str) -> None:
    """The Norwegian "vår" is "our" far more often than "spring"."""
    quote = "quote: Flere foreldre deltok."
    claims = with_mistake(CLAIMS, Mistake(quote, f"quote: [Flere foreldre deltok., {words}]", ()))
    small_page(linked, claims, f"{TEXT}{words}\n")
    assert build(linked).sentences == 10


def test_what_is_listed_as_claiming_nothing_is_no_finding(linked: Path) -> None:
    sentence = "Anders Anundsen holdt et foredrag våren 2015 i Oslo."
    claims = f"{CLAIMS}  - {{quote: {sentence}, reason: another page tells of it}}\n"
    small_page(linked, claims, f"{TEXT}{sentence}\n")
    assert build(linked).sentences == 10


def test_a_name_that_only_a_rejected_claim_uses_is_a_finding(linked: Path, built: Path) -> None:
    rejected = "        review: rejected\n        role: introducer\n"
    claims = with_mistake(CLAIMS, Mistake("        role: introducer\n", rejected, ()))
    findings = findings_of(linked, built, TEXT, claims)
    assert {file for file, _, _ in findings} == {PAGE_TXT}
    assert any(
        "no claim covers the sentence 'Statssekretær Laila Bokhari holdt" in message for _, _, message in findings
    )
    assert any("role:introducer" in message for _, _, message in findings)


def test_what_is_only_proposed_or_rejected_is_not_published(linked: Path, tmp_path: Path) -> None:
    for_review = (
        "  avvist-2014:\n    label: {nb: Aldri holdt}\n    kind: meeting\n    review: rejected\n"
        "    quote: Flere foreldre deltok.\n\nletters:\n"
    )
    small_page(linked, with_mistake(CLAIMS, Mistake("letters:\n", for_review, ())))
    build(linked, tmp_path / "out")
    assert "avvist-2014" not in (tmp_path / "out/motegraf.nq").read_text(encoding="utf-8")


def test_a_sentence_is_counted_on_its_line_after_other_line_ends(linked: Path, built: Path) -> None:
    text = f"{TEXT}Ingen siterer dette.\n".replace("\n", "\r\n")
    ((file, line, _),) = findings_of(linked, built, text)
    assert (file, line) == (PAGE_TXT, 9)


def test_a_thousand_words_of_roles_give_twenty_warnings_and_a_count(linked: Path) -> None:
    lines = [f"Person nummer {number} deltok." for number in range(1000)]
    quotes = "\n".join(f"      - {line}" for line in lines)
    claims = f"events:\n  mote:\n    label: {{nb: Møte}}\n    kind: meeting\n    quote:\n{quotes}\n"
    folder = small_page(linked, claims, "\n".join(lines) + "\n")
    description = folder / "page.yaml"
    partial = description.read_text(encoding="utf-8").replace("reading: complete\n", "")
    description.write_text(partial, encoding="utf-8")
    _, findings = read_claims_in_progress(folder, read_background(linked))
    listed = [finding for finding in findings if finding.message.startswith("no claim has the role:participant")]
    rest = [finding.message for finding in findings if " more " in finding.message]
    assert len(listed) == 20
    assert rest == ["980 more words of roles, the first of them here; claim them, or list it under no_claim:"]
