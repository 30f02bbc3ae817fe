"""What the graph says of coverage: which passages claim nothing, and why; how many sentences a page has."""

from pathlib import Path

import pytest
from conftest import ask, load_store
from pyoxigraph import Store
from small_page import CLAIMS, TEXT, linked_home, small_page

from build_graph import build

pytestmark = pytest.mark.unit

NOTICE = "a notice of the site about the age of the page"
TALKS = "talks whose speakers nobody names; what they were about are topics of the conference"
ASSESSMENT = "an assessment; that the ministry was there is claimed from the sentence before"
LETTER = "tells which municipalities are meant; who sent the letter is claimed from the sentence that says so"
MODELS = "how meetings differed; it says of no meeting "
NOTHING = """SELECT ?from ?words ?reason WHERE {
  ?passage mg:claimsNothing ?reason ; rdf:value ?from ; schema:text ?exact . FILTER(LANG(?reason) = "en")
  BIND(SUBSTR(?exact, 1, 24) AS ?words) }"""
PROVING = """SELECT DISTINCT ?words
WHERE { ?claim mg:evidence ?passage . ?passage mg:claimsNothing ?reason ; schema:text ?words }"""


def test_the_passages_of_the_first_page_that_claim_nothing(graph: Store) -> None:
    assert ask(graph, NOTHING) == [
        ("char=1390,1410", "Tema for foredragene", TALKS),
        ("char=25,65", "Dette innholdet er mer e", NOTICE),
        ("char=3305,3419", "Deltakelse på disse møte", ASSESSMENT),
        ("char=3421,3536", "Noen kommuner har valgt ", MODELS + "who organised it or who was invited"),
        ("char=3537,3704", "Arrangørene av dialogmøt", MODELS + "which form it had"),
        ("char=3866,3892", "brevet fra statsminister", LETTER),
        ("char=66,105", "Informasjonen kan derfor", NOTICE),
        ("char=704,836", "Forebyggingsarbeidet må ", "a view of the page, given to nobody"),
    ]
    assert ask(graph, PROVING) == []


def test_a_page_says_how_many_sentences_it_has_and_how_its_dates_are_known(graph: Store) -> None:
    rows = ask(graph, "SELECT ?page ?number WHERE { ?page mg:sentences ?number }")
    assert rows == [("source:dialogmoter-hosten-2014", "34")]
    basis = "SELECT ?words WHERE { ?page mg:retrievalBasis ?words . FILTER(LANG(?words) = '%s') }"
    assert ask(graph, basis % "en") == [
        ("The day was not noted. The page bears the notice that it is more than seven years old.",)
    ]
    assert ask(graph, basis % "nb") == [("Dagen er ikke notert. Siden bærer merknaden «mer enn 7 år gammelt».",)]


def test_a_passage_may_prove_a_claim_and_be_listed_and_for_two_reasons(tmp_path: Path) -> None:
    home = linked_home(tmp_path)
    start = TEXT.index("Flere foreldre deltok.")
    where = f"char={start},{start + len('Flere foreldre deltok.')}"
    extra = "  - {quote: Flere foreldre deltok., reason: one}\n  - {quote: Flere foreldre deltok., reason: two}\n"
    small_page(home, CLAIMS + extra, TEXT)
    with_it = build(home, tmp_path / "out")
    store = load_store(tmp_path / "out/motegraf.nq")
    assert ask(store, NOTHING) == [
        ("char=0,17", "Møter høsten 2014", "the title"),
        (where, "Flere foreldre deltok.", "one"),
        (where, "Flere foreldre deltok.", "two"),
    ]
    assert ask(store, PROVING) == [("Flere foreldre deltok.",), ("Møter høsten 2014",)]
    proofs = ask(store, "SELECT DISTINCT ?passage WHERE { ?claim mg:evidence ?passage }")
    assert with_it.quotes == len(proofs)


def test_a_page_without_a_day_of_retrieval_says_nothing_of_it(tmp_path: Path) -> None:
    home = linked_home(tmp_path)
    small_page(home)
    build(home, tmp_path / "out")
    query = "SELECT ?what WHERE { ?page mg:retrievalBasis|mg:earliestRetrieved ?what }"
    assert ask(load_store(tmp_path / "out/motegraf.nq"), query) == []
