"""What a passage leaves to its context: whether its words name both ends of the statement that they prove."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.model.iris import BASE
from graph.query.passages import Ends, Names, Passage, context_words, names_of, sorted_passages, unnamed_ends
from graph.query.proof import passages_by_entity
from graph.query.results import QueryFn
from graph.query.stores import connect_build
from graph.rdf.terms import iri

pytestmark = pytest.mark.unit

BOKHARI = names_of("person:laila-bokhari", [("name", "Laila Bokhari")])
KS = names_of("organisation:ks", [("name", "KS")])
MEETING = names_of(
    "event:haugesund-2014-12",
    [("name", "Dialogmøte i Haugesund"), ("noun", "dialogmøte"), ("mark", "Haugesund"), ("mark", "I desember")],
)
PART = Ends([("who", BOKHARI), ("event", MEETING)])


@pytest.mark.parametrize(
    ("words", "unnamed"),
    [
        ("Laila Bokhari var på dialogmøtet i Haugesund.", ()),
        ("Bokhari innledet på Dialogmøte i Haugesund.", ()),
        ("BOKHARIS innledning til dialogmøtene i desember.", ()),
        ("Laila\n  Bokhari var på dialogmøtet i desember.", ()),
        ("Statssekretæren var på dialogmøtet i Haugesund.", ("who",)),
        ("Laila Bokhari holdt en innledning.", ("event",)),
        # Neither the noun alone nor the place alone says which meeting it was.
        ("Laila Bokhari innledet på dialogmøtet.", ("event",)),
        ("Laila Bokhari var i Haugesund.", ("event",)),
        ("Bokharinasjonen møttes.", ("who", "event")),
        ("På programmet sto blant annet terrortrusselen.", ("who", "event")),
        ("", ("who", "event")),
    ],
)
def test_ends_that_words_do_not_name(words: str, unnamed: tuple[str, ...]) -> None:
    assert unnamed_ends(words, PART) == unnamed


def test_few_letters_are_compared_with_their_capitals() -> None:
    ends = Ends([("who", KS)])
    assert unnamed_ends("KS var der.", ends) == ()
    assert unnamed_ends("KSs leder var der.", ends) == ()
    assert unnamed_ends("I uke ks var ingen der.", ends) == ("who",)


def test_name_of_an_agent_is_no_place_of_the_event() -> None:
    haugesund = names_of("organisation:haugesund-kommune", [("name", "Haugesund kommune")])
    ends = Ends([("who", haugesund), ("event", MEETING)])
    assert unnamed_ends("Haugesund kommune var på et dialogmøte.", ends) == ("event",)
    assert unnamed_ends("I desember arrangerte Haugesund kommune et dialogmøte.", ends) == ()


def test_agent_is_named_as_the_source_writes_it() -> None:
    mother = names_of("person:x.mor", [("name", "moren til en elev")])
    assert unnamed_ends("Mora hans holdt innlegg.", Ends([("who", mother)], {"Mora"})) == ()
    assert unnamed_ends("Faren hans holdt innlegg.", Ends([("who", mother)], {"Mora"})) == ("who",)


def test_patterns_in_a_name_are_letters() -> None:
    names = Names(frozenset({"Råd (A+B) .*"}))
    assert unnamed_ends("Råd (A+B) .* møttes.", Ends([("who", names)])) == ()
    assert unnamed_ends("Rådet møttes.", Ends([("who", names)])) == ("who",)


def test_the_words_say_what_is_from_the_context_in_both_languages() -> None:
    passage = Passage("Ord.", "char=0,4", "Siden", None, unnamed=("who", "event"))
    assert context_words(passage, "nb") == "fra sammenhengen: hvem, hvilket møte"
    assert context_words(passage, "en") == "from the context: who, which meeting"
    assert context_words(replace(passage, unnamed=()), "nb") == ""


def test_passages_stand_in_the_order_of_the_source_by_number() -> None:
    passages = [
        Passage(place, f"char={place}", "Siden", None) for place in ("1128,1200", "838,900", "1390,1400", "9,10")
    ]
    assert [each.text for each in sorted_passages(passages)] == ["9,10", "838,900", "1128,1200", "1390,1400"]


def test_the_same_words_leave_to_the_context_what_any_statement_leaves_to_it() -> None:
    passage = Passage("Ord.", "char=0,4", "Siden", None, claim="a", unnamed=("event",))
    (merged,) = sorted_passages([replace(passage, claim="b", unnamed=("who",)), passage])
    assert (merged.claim, merged.unnamed) == ("a", ("who", "event"))


@pytest.fixture(scope="module")
def first(built: Path) -> QueryFn:
    return connect_build(built)


def unnamed(run: QueryFn, name: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.text[:30], each.unnamed) for each in passages_by_entity([iri(name)], run)[iri(name)]]


def test_passages_of_the_first_page_say_what_they_leave_to_the_context(first: QueryFn) -> None:
    assert unnamed(first, "participation:haugesund-2014-12.laila-bokhari") == [
        ("Statssekretær Laila Bokhari ho", ("event",))
    ]
    assert unnamed(first, "participation:haugesund-2014-12.haugesund-kommune") == [
        ("I desember arrangerte Haugesun", ())
    ]
    # "statsministeren": who held the office is the registry's, and stands there as such.
    assert unnamed(first, "participation:toppmote-2015.erna-solberg") == [
        ("Her vil både statsministeren o", ("who", "event")),
        ("Erna Solberg, statsminister", ()),
    ]
    assert unnamed(first, "possible:oslo-2014-host.laila-bokhari") == [("I tillegg til disse stedene ha", ())]
    assert unnamed(first, "event:haugesund-2014-12") == [
        ("I desember arrangerte Haugesun", ()),
        ("På programmet sto blant annet ", ("event",)),
    ]


def test_passage_has_its_language_and_its_claim(first: QueryFn) -> None:
    ((passage,),) = passages_by_entity([iri("participation:haugesund-2014-12.laila-bokhari")], first).values()
    claim = f"{BASE}claim/dialogmoter-hosten-2014.haugesund-2014-12.laila-bokhari.introducer"
    assert (passage.language, passage.claim) == ("nb", claim)
