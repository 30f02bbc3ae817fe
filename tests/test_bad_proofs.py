"""Quotes and written words that the page does not have, or not there: each one finding, with file, line and a hint."""

from pathlib import Path

import pytest
from conftest import CORPUS, PAGE, Replace
from small_page import (
    CLAIMS,
    CLAIMS_YAML,
    TEXT,
    Mistake,
    assert_one_finding,
    line_of,
    linked_home,
    refused_findings,
    small_page,
    with_mistake,
)

from graph.sources.pages.evidence import EntryError, Proof, locate_quote
from graph.sources.text.quotes import passages

pytestmark = pytest.mark.slow

QUOTE = "quote: I november arrangerte Stavanger kommune et dialogmøte."
BOKHARI = "quote: Statssekretær Laila Bokhari holdt en innledning."
PARENTS = "quote: Flere foreldre deltok."
CONTEXT = "    context: Møter høsten 2014\n    audiences:"

MISTAKES = {
    "a quote that is not in the page": Mistake(
        PARENTS, "quote: Ingen av dem var lærere.", ("'Ingen av dem var lærere.'", "not in the page")
    ),
    "a quote with a wrong letter": Mistake(
        PARENTS, "quote: Flere foreldre deltog.", ("not in the page", "nearest", "'Flere foreldre deltok.'")
    ),
    "a quote with a wrong letter in the middle of a sentence": Mistake(
        "quote: Hun sa at møtet var nyttig.",
        "quote: sa at møtet var nyttigt",
        ("not in the page", "nearest", "sa at møtet var nyttig."),
    ),
    "a quote of an event with a wrong letter, where entries inside lean on it": Mistake(
        QUOTE, QUOTE.replace("arrangerte", "arangerte"), ("nearest", "I november arrangerte Stavanger kommune et dia")
    ),
    "the second of two quotes with a wrong letter": Mistake(
        "- I brevet ba hun om lokale møter.", "- I brevet bad hun om lokale møter.", ("nearest", "I brevet ba hun")
    ),
    "a quote with other capital letters than the page": Mistake(
        PARENTS, "quote: flere Foreldre deltok.", ("not in the page", "'Flere foreldre deltok.'")
    ),
    "a quote that stands in the page twice": Mistake(BOKHARI, "quote: Laila Bokhari", ("'Laila Bokhari'", "2 ways")),
    "a quote that can be read in two ways": Mistake(
        PARENTS, "quote: Stavanger … kommune", ("2 ways", "quote more words")
    ),
    "a quote across two sentences": Mistake(PARENTS, "quote: Hun sa … foreldre deltok.", ("not in the page",)),
    "a quote of half a word": Mistake(PARENTS, "quote: lere foreldre deltok.", ("not in the page",)),
    "a quote that is a pattern": Mistake(PARENTS, "quote: 'Flere .* deltok.'", ("not in the page",)),
    "an empty quote": Mistake(PARENTS, "quote: ''", ("quote",)),
    "a quote of white space": Mistake(PARENTS, "quote: ' '", ("quote",)),
    "a quote of nothing but words left out": Mistake(PARENTS, "quote: …", ("quote",)),
    "a list without a quote": Mistake(PARENTS, "quote: []", ("quote",)),
    "an event without a quote": Mistake(
        f"    {QUOTE}\n", "", ("no quote proves this entry", "add quote:"), at="  mote-i-stavanger:\n"
    ),
    "a relation without a quote": Mistake(
        "    object: brev-til-ordforere\n    quote: I brevet ba hun om lokale møter.\n",
        "    object: brev-til-ordforere\n",
        ("no quote proves this entry",),
        at="  - subject: ",
    ),
    "a context that is not in the page": Mistake(
        CONTEXT,
        CONTEXT.replace("høsten", "hausten"),
        ("nearest", "'Møter høsten 2014'"),
        at="context: Møter ha",
    ),
    "said: outside the proof": Mistake(
        "said: I november", "said: høsten 2015", ("'høsten 2015' does not stand in the words that prove",)
    ),
    "says: outside the proof": Mistake(
        "says: møtet var nyttig", "says: møtet var lærerikt", ("'møtet var lærerikt' does not stand",)
    ),
    "says: in the page and outside the proof": Mistake(
        "says: møtet var nyttig", "says: holdt en innledning", ("'holdt en innledning' does not stand",)
    ),
    "words: of an audience outside the proof": Mistake(
        "words: lærere i Stavanger kommune", "words: elever i Stavanger kommune", ("'elever i Stavanger kommune'",)
    ),
    "words: of a group that are not in the page": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n  mange-andre:\n    words: mange andre",
        ("'mange andre'", "not in the page"),
        at="words: mange andre",
    ),
    "a group that no entry uses": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n  lererne:\n    words: lærere i Stavanger",
        ("'lererne'",),
        at="  lererne:",
    ),
    "asks_for: outside the proof": Mistake(
        "asks_for: lokale møter", "asks_for: nasjonale møter", ("'nasjonale møter' does not stand",)
    ),
    "written: outside the proof": Mistake(
        PARENTS, f"{PARENTS}\n        written: Bokhari", ("'Bokhari' does not stand",), at="written: Bokhari"
    ),
    "written: of a place outside the proof": Mistake(
        "{municipality: Stavanger}", "{municipality: Stavanger, written: Siddisbyen}", ("'Siddisbyen' does not stand",)
    ),
    "written: a pattern": Mistake(PARENTS, f"{PARENTS}\n        written: '.*'", ("'.*'",), at="written: '.*'"),
    "two names written for one agent": Mistake(
        PARENTS, f"{PARENTS}\n        written: [Flere, foreldre]", ("2 names for 1",), at="written: ["
    ),
    "a meeting that was held claimed as planned": Mistake(
        "status: held", "status: planned", ("'arrangerte'", "held, not planned")
    ),
    "a meeting that was held claimed as cancelled": Mistake(
        "status: held", "status: cancelled", ("'arrangerte'", "held, not cancelled")
    ),
    "a list that nothing in the quotes leaves open": Mistake(
        "status: held", "status: held\n    open_list: topics", ("leaves a list open", "blant annet"), at="open_list: "
    ),
    "candidates as a list that is left open": Mistake(
        "status: held", "status: held\n    open_list: candidates", ("candidates:",), at="open_list: "
    ),
    "a group drawn from a body that no quote names": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n    drawn_from: ks",
        ("'flere-foreldre' is drawn from organisation:ks", "no quote of this entry names"),
        at="agent: flere-foreldre",
    ),
    "a group drawn from a body that only another entry names": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n    drawn_from: stavanger-kommune",
        ("'flere-foreldre' is drawn from organisation:stavanger-kommune",),
        at="agent: flere-foreldre",
    ),
    "a wider group drawn from a body that no quote names": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n    some_of: foreldre\n  foreldre:\n    words: foreldre\n    drawn_from: ks",
        ("'foreldre' is drawn from organisation:ks",),
        at="agent: flere-foreldre",
    ),
    "an audience drawn from a body that only the event's quote names": Mistake(
        "words: lærere i Stavanger kommune\n        drawn_from: stavanger-kommune\n"
        "        quote: Møtet rettet seg mot lærere i Stavanger kommune.",
        "words: lærere\n        drawn_from: stavanger-kommune\n        quote: Møtet rettet seg mot lærere",
        ("names organisation:stavanger-kommune",),
        at="drawn_from: ",
    ),
    "recipients drawn from a body that no quote names": Mistake(
        "words: noen ordførere",
        "words: noen ordførere\n    drawn_from: ks",
        ("'noen-ordforere' is drawn from organisation:ks",),
        at="recipients: ",
    ),
    "written: the name of somebody else": Mistake(
        "{agent: haugesund-kommune, role: organiser}",
        "{agent: ks, role: organiser, written: Haugesund kommune}",
        ("'Haugesund kommune' is organisation:haugesund-kommune, not organisation:ks",),
    ),
    "written: of a place, the body that organised": Mistake(
        "{municipality: Haugesund}",
        "{municipality: Haugesund, written: Haugesund kommune}",
        ("'Haugesund kommune' is organisation:haugesund-kommune, not where",),
    ),
    "written: of a place, somebody": Mistake(
        "{municipality: Haugesund}",
        "{municipality: Haugesund, written: statsministeren}",
        ("'statsministeren' is post:statsminister, not where",),
    ),
    "written: an office that somebody does not hold": Mistake(
        "candidates: [{holder_of: statsminister}, laila-bokhari]\n        at_least: 1",
        "agent: anders-anundsen\n        written: statsministeren",
        ("'statsministeren' is post:statsminister, not person:anders-anundsen",),
        at="written: ",
    ),
    "a candidate in an office that the quote does not give": Mistake(
        "laila-bokhari]\n",
        "{agent: laila-bokhari, as: statssekretaer-smk}]\n",
        ("no quote of this entry says 'statssekretær'",),
        at="candidates: ",
    ),
    "a candidate in an office of somebody else": Mistake(
        "laila-bokhari]\n",
        "{agent: laila-bokhari, as: statsminister}]\n",
        ("person:laila-bokhari did not hold post:statsminister",),
        at="candidates: ",
    ),
    "a candidate in an office that nobody knows": Mistake(
        "laila-bokhari]\n", "{agent: laila-bokhari, as: statsrad}]\n", ("'statsrad' is no post",), at="candidates: "
    ),
    "an office of all candidates": Mistake(
        "        at_least: 1\n",
        "        at_least: 1\n        as: statsminister # all\n",
        ("one person",),
        at="as: statsminister # all",
    ),
    "one of two candidates as the one who was there": Mistake(
        "candidates: [{holder_of: statsminister}, laila-bokhari]\n        at_least: 1",
        "agent: laila-bokhari",
        ("'statsministeren og/eller Laila Bokhari', one or another", "candidates:"),
        at="      - agent: laila-bokhari\n        role: participant",
    ),
    "a person whom the quote does not name": Mistake(
        "agent: laila-bokhari",
        "agent: anders-anundsen",
        ("names person:anders-anundsen", "Anders Anundsen", "written:"),
    ),
    "a body whom the quote does not name": Mistake(
        "role: introducer",
        "role: introducer\n        on_behalf_of: norges-regjering",
        ("names organisation:norges-regjering", "regjeringen"),
        at="on_behalf_of: ",
    ),
    "a place that the quote does not name": Mistake(
        "municipality: Stavanger", "municipality: Sola", ("names Sola", "written:")
    ),
    "a title that the quote does not give": Mistake(
        BOKHARI, "quote: Laila Bokhari holdt en innledning.", ("'statssekretær'", "title"), at="as: statssekretaer-smk"
    ),
}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_finding_where_it_stands(linked: Path, built: Path, mistake: Mistake) -> None:
    assert_one_finding(linked, built, mistake)


def test_a_wrong_letter_on_the_real_page_shows_the_nearest_passage(
    home: Path, built: Path, replace_claims: Replace
) -> None:
    file = home / "corpus" / PAGE / "claims.yaml"
    replace_claims("quote: Fra regjeringen stilte Laila Bokhari som innleder.", "quote: Fra regjeringa stilte Laila B")
    (finding,) = refused_findings(home, built)
    assert (finding.file, finding.line) == (
        f"corpus/{PAGE}/claims.yaml",
        line_of("quote: Fra regjeringa", file.read_text(encoding="utf-8")),
    )
    assert "'Fra regjeringen stilte Laila Bokhari som innleder.'" in finding.message


def test_a_word_that_the_page_has_many_times_is_counted(home: Path, built: Path, replace_claims: Replace) -> None:
    text = (CORPUS / PAGE / "page.txt").read_text(encoding="utf-8")
    replace_claims("quote: Fra regjeringen stilte Laila Bokhari som innleder.", "quote: … dialogmøter …")
    (finding,) = refused_findings(home, built)
    assert f"{text.count(' dialogmøter')} ways" in finding.message


@pytest.mark.parametrize(
    ("sentence", "claimed", "says"),
    [
        ("I november vil Stavanger kommune, sammen med KS, arrangere et dialogmøte.", "held",
         ("'vil Stavanger kommune, sammen med KS, arrangere'", "planned, not held")),
        ("I november er det planlagt et dialogmøte i Stavanger kommune.", "held", ("'planlagt'", "planned, not held")),
        ("I november skal et dialogmøte i Stavanger kommune avholdes.", "held", ("planned, not held",)),
        ("I november har Stavanger kommune arrangert et dialogmøte.", "planned", ("held, not planned",)),
        ("I november ble et dialogmøte i Stavanger kommune avlyst.", "held", ("'avlyst'", "cancelled, not held")),
        ("I november arrangerte Stavanger kommune ikke noe dialogmøte.", "held", ("'ikke'", "status_word")),
        ("I november burde Stavanger kommune ha arrangert et dialogmøte.", "held", ("'burde'", "status_word")),
    ],
)  # fmt: skip
def test_a_status_other_than_the_verbs_tell_is_a_finding(
    linked: Path, built: Path, sentence: str, claimed: str, says: tuple[str, ...]
) -> None:
    old = "I november arrangerte Stavanger kommune et dialogmøte."
    claims = with_mistake(CLAIMS, Mistake(f"quote: {old}", f"quote: '{sentence}'", ()))
    claims = with_mistake(claims, Mistake("status: held", f"status: {claimed}", ()))
    small_page(linked, claims, TEXT.replace(old, sentence))
    (finding,) = [finding for finding in refused_findings(linked, built) if "tells that it is" in finding.message]
    assert (finding.file, finding.line) == (CLAIMS_YAML, line_of(f"status: {claimed}", claims))
    assert not [words for words in says if words not in finding.message], finding.message


def test_words_of_a_group_outside_the_proof_are_a_finding_there_or_where_it_is_used(linked: Path, built: Path) -> None:
    claims = with_mistake(CLAIMS, Mistake("words: Flere foreldre", "words: Noen foreldre", ()))
    small_page(linked, claims)
    (finding,) = refused_findings(linked, built)
    assert finding.line in (line_of("words: Noen foreldre", claims), line_of("agent: flere-foreldre", claims))
    assert "'Noen foreldre'" in finding.message
    assert "Flere foreldre" in finding.message


def test_quotes_with_two_readings_are_each_a_finding_at_their_place(linked: Path, built: Path) -> None:
    claims = with_mistake(CLAIMS, Mistake(BOKHARI, "quote: lokale møter", ()))
    claims = with_mistake(claims, Mistake(PARENTS, "quote: lokale møter # again", ()))
    small_page(linked, claims, TEXT.replace("foreldre deltok.", "foreldre deltok. Det var lokale møter."))
    lines = {finding.line for finding in refused_findings(linked, built) if "2 ways" in finding.message}
    assert lines == {line_of("quote: lokale møter\n", claims), line_of("quote: lokale møter # again", claims)}


def test_a_quote_with_more_readings_than_are_counted_says_so() -> None:
    proof = Proof("page", passages("Det var " + "og " * 200 + "slutt."))
    with pytest.raises(EntryError, match=r"'og … og' can be read in 10000 or more ways; quote more words"):
        locate_quote("og … og", proof, "quote")
