"""Parameters: entities are found in any spelling, none is invented, and mistakes suggest what is similar."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import load_store
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store
from spellings import ALIASES, NO_MATCH

from graph import HOME
from graph.common.names import PLAIN_LETTERS, fold_name
from graph.model.iris import BASE
from graph.model.labels import Label
from graph.query.lookup import entity_kinds, entity_names, name_pattern
from graph.query.near_names import similar_names
from graph.query.parameters import ParameterError, resolve, resolve_all, resolve_entity
from graph.query.questions import Parameter, find_question
from graph.query.results import InvalidQueryError, QueryFn, QueryResult, read_result
from graph.query.stores import connect_build
from graph.rdf.terms import iri, local_name_of, short_name

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def run(built: Path) -> QueryFn:
    return connect_build(built)


def term(is_a: str, value: str, run: QueryFn) -> NamedNode | Literal:
    return resolve(Parameter("it", is_a, Label("det", "it"), None), value, run)


ACTOR = Parameter("it", "actor", Label("det", "it"), None)


@pytest.mark.parametrize(
    "spelling",
    [
        "joran-kallmyr",
        "JORAN-KALLMYR",
        "person:joran-kallmyr",
        f"{BASE}person/joran-kallmyr",
        f"<{BASE}person/joran-kallmyr>",
        "Jøran Kallmyr",
        "jøran kallmyr",
        "Joran Kallmyr",
        "Joeran Kallmyr",
        "JØRAN  KALLMYR ",
        "Jo\u0308ran Kallmyr",
    ],
)
def test_entity_is_resolved_by_id_iri_and_name_in_any_spelling(run: QueryFn, spelling: str) -> None:
    assert term("actor", spelling, run) == iri("person:joran-kallmyr")


@pytest.mark.parametrize(
    ("is_a", "value", "name"),
    [
        ("event", "Dialogmøte i Haugesund", "event:haugesund-2014-12"),
        ("event", "dialogue meeting in haugesund", "event:haugesund-2014-12"),
        ("area", "Tromsø", "kommune:1902"),
        ("area", "tromso", "kommune:1902"),
        ("area", "1902", "kommune:1902"),
        ("role", "innleder", "role:introducer"),
        ("role", "Introducer", "role:introducer"),
        ("status", "held", "status:held"),
        ("kind", "konferanse", "kind:conference"),
        ("attendance", "til stede", "attendance:present"),
        ("page", "Dialogmøter høsten 2014", "source:dialogmoter-hosten-2014"),
    ],
)
def test_entity_of_every_kind_is_resolved_by_name(run: QueryFn, is_a: str, value: str, name: str) -> None:
    assert term(is_a, value, run) == iri(name)


@pytest.mark.parametrize(
    ("value", "name"), [("Kallmyr", "person:joran-kallmyr"), ("solberg erna", "person:erna-solberg")]
)
def test_words_of_a_name_resolve_where_unique(run: QueryFn, value: str, name: str) -> None:
    assert term("actor", value, run) == iri(name)


# Names that a place to ask must not keep back: spelled with other letters, accents, signs and case than what is typed.
SPELLINGS = st.text(st.sampled_from("abdkørRåÅæŠšéo\u0308 -'.ß1Kñ"), min_size=1, max_size=8)


@given(SPELLINGS, SPELLINGS)
def test_name_pattern_matches_every_name_that_can_be_meant(name: str, typed: str) -> None:
    folded = fold_name(typed)
    if fold_name(name) == folded or (folded and set(folded.split()) <= set(fold_name(name).split())):
        assert re.search(name_pattern(typed), name, re.IGNORECASE)


NAMES = ["Ole Åsen", "Ole Asen", "OLE AASEN", "Ole Ašen", "Oline Åsen", "Kari Rud", "Kåre Rud"]


def actors(names: Sequence[str], what: str = "person", of: str = "http://xmlns.com/foaf/0.1/Person") -> QueryFn:
    """Return a graph of people, or of other actors, with these names: p0, p1 ..."""
    named = f"a <{of}> ; <http://www.w3.org/2000/01/rdf-schema#label>"
    store = Store()
    all_named = (f'<{BASE}{what}/p{number}> {named} "{name}"@nb .' for number, name in enumerate(names))
    store.load("\n".join(all_named).encode(), format=RdfFormat.TURTLE)
    return lambda query: read_result(store.query(query))


@pytest.fixture(scope="module")
def namesakes() -> QueryFn:
    """People with names that are spelled alike, some of them exactly."""
    return actors(NAMES)


@pytest.fixture(scope="module", params=["person", "organisation"])
def foreigners(request: pytest.FixtureRequest) -> QueryFn:
    """People, and bodies, with names in letters of many languages."""
    of = {"person": "http://xmlns.com/foaf/0.1/Person", "organisation": "http://www.w3.org/ns/org#Organization"}
    return actors(list(ALIASES), request.param, of[request.param])


@pytest.mark.parametrize(
    ("typed", "number"),
    [(typed, number) for number, spellings in enumerate(ALIASES.values()) for typed in spellings],
)
def test_name_in_letters_of_any_language_is_found(foreigners: QueryFn, typed: str, number: int) -> None:
    assert local_name_of(resolve_entity(ACTOR, typed, foreigners)) == f"p{number}"


@pytest.mark.parametrize("typed", NO_MATCH)
def test_name_in_other_letters_finds_nobody_else(foreigners: QueryFn, typed: str) -> None:
    with pytest.raises(InvalidQueryError, match="there is no actor"):
        resolve_entity(ACTOR, typed, foreigners)
    # Nor where the graph has a name of signs alone, as another endpoint may.
    with pytest.raises(InvalidQueryError, match="there is no actor"):
        resolve_entity(ACTOR, typed, actors(["!!", "...", "Ole"]))


@pytest.mark.parametrize("typed", ["???", "—", "\u200b", " "])
def test_signs_are_like_no_name(foreigners: QueryFn, typed: str) -> None:
    assert similar_names(typed, entity_names("actor", foreigners)) == []


def test_error_has_what_resembles_the_value_and_what_it_can_mean(run: QueryFn) -> None:
    def refused(kind: str, value: str, query: str = "") -> ParameterError:
        with pytest.raises(ParameterError) as error:
            resolve(Parameter("it", kind, Label("det", "it"), None), value, run, query)
        assert error.value.parameter == "it"
        return error.value

    unknown = refused("actor", "Leila Bokhari")
    assert (unknown.reason, unknown.similar[0], unknown.candidates) == ("unknown", "Laila Bokhari", ())
    several = refused("event", "Dialogmøte")
    assert several.reason == "ambiguous"
    assert iri("event:haugesund-2014-12") in several.candidates
    assert refused("date", "i går").reason == refused("number", "to").reason == "malformed"
    assert refused("certainty", "posible").similar == ("possible",)


def test_error_names_the_areas_of_the_time_of_events(run: QueryFn) -> None:
    question = find_question(HOME / "queries", "which_events_are_in_which_county")
    with pytest.raises(ParameterError) as refused:
        resolve_all(question, {"area": "31"}, run)
    assert refused.value.reason == "of another time"
    assert refused.value.candidates == (NamedNode(f"{BASE}area/no/fylke/01"),)


def test_every_letter_of_european_alphabets_has_a_plain_spelling() -> None:
    letters = [chr(code) for code in range(0xDF, 0x180) if chr(code).isalpha()]
    assert [letter for letter in letters if not re.fullmatch("x[a-z]+ ?x", fold_name(f"x{letter}x"))] == []
    assert {letter for letter in PLAIN_LETTERS if letter.casefold() != letter} == {"ß", "ς"}


@pytest.mark.parametrize(("typed", "meant"), [("Oline Åsen", "p4"), ("Kåre", "p6"), ("P5", "p5")])
def test_unique_name_resolves(namesakes: QueryFn, typed: str, meant: str) -> None:
    assert local_name_of(resolve_entity(ACTOR, typed, namesakes)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Ole Åsen", (0, 1, 2, 3)), ("ole asen", (0, 1, 2, 3)), ("Åsen", (0, 1, 2, 3, 4)), ("rud", (5, 6))],
)
def test_exact_spelling_does_not_hide_other_candidates(namesakes: QueryFn, typed: str, meant: Sequence[int]) -> None:
    options = "; ".join(f"person:p{number} ({NAMES[number]})" for number in meant)
    with pytest.raises(InvalidQueryError) as refused:
        resolve_entity(ACTOR, typed, namesakes)
    assert str(refused.value) == f"it: {typed!r} can mean {len(meant)} things; give an id: {options}"


@pytest.mark.parametrize("typed", ["person:laila-bokhari", "laila-bokhari", f"{BASE}person/laila-bokhari"])
def test_id_lookup_reads_no_names(run: QueryFn, typed: str) -> None:
    queries: list[str] = []

    def watched(query: str) -> QueryResult:
        queries.append(query)
        return run(query)

    assert resolve_entity(ACTOR, typed, watched) == iri("person:laila-bokhari")
    assert [query for query in queries if "?name" in query and f"{BASE}person/laila-bokhari" not in query] == []


def test_ambiguous_name_lists_candidates_with_their_times(run: QueryFn) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        term("area", "Østfold", run)
    assert str(refused.value) == (
        "it: 'Østfold' can mean 2 things; give an id: "
        "fylke:01 (Østfold, … to 2019-12-31); fylke:31 (Østfold, 2024-01-01 to …)"
    )


def test_entity_of_another_kind_is_not_accepted(run: QueryFn) -> None:
    with pytest.raises(InvalidQueryError, match="there is no actor 'event:haugesund-2014-12'"):
        term("actor", "event:haugesund-2014-12", run)


def test_words_shared_by_several_names_are_ambiguous(run: QueryFn) -> None:
    with pytest.raises(InvalidQueryError, match=r"can mean \d+ things; give an id: event:"):
        term("event", "møte", run)


@pytest.mark.parametrize("value", ["statsministeren", "Prime Minister", "politidistrikt"])
def test_words_of_a_body_or_group_name_do_not_resolve(run: QueryFn, value: str) -> None:
    with pytest.raises(InvalidQueryError, match="there is no actor"):
        term("actor", value, run)


def test_every_entity_kind_has_names_on_the_first_page(run: QueryFn) -> None:
    assert [kind for kind in entity_kinds() if not entity_names(kind, run)] == []


@pytest.mark.parametrize("kind", entity_kinds())
def test_every_entity_is_resolved_by_its_short_name(run: QueryFn, kind: str) -> None:
    things = entity_names(kind, run)
    assert [term(kind, short_name(thing), run) for thing in list(things)[::20]] == list(things)[::20]


def test_entity_names_are_limited_to_the_kind(run: QueryFn) -> None:
    assert entity_names("status", run)[iri("status:held")] == ["avholdt", "held"]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("Laila Bokhary", "Did you mean Laila Bokhari"),
        ("joran-kalmyr", "Did you mean joran-kallmyr"),
        ("Leila", "Did you mean Laila Bokhari?"),
        ("Kalmyr", "Did you mean Jøran Kallmyr"),
        ("Erna Sålberg", "Did you mean Erna Solberg"),
    ],
)
def test_unknown_name_suggests_similar_names(run: QueryFn, value: str, hint: str) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        term("actor", value, run)
    assert f"there is no actor {value!r} in this graph." in str(refused.value)
    assert hint in str(refused.value)


@pytest.mark.parametrize("value", ["", " ", "xyzzy", f"{BASE}person/nobody", "*", "?_x", '" ; DROP', "x" * 5000])
def test_unknown_id_is_not_invented(run: QueryFn, value: str) -> None:
    with pytest.raises(InvalidQueryError, match="there is no actor"):
        term("actor", value, run)


def test_name_of_several_entities_asks_for_an_id(run: QueryFn) -> None:
    names = entity_names("area", run)
    common = next(
        name for called in names.values() for name in called if sum(name in others for others in names.values()) > 1
    )
    with pytest.raises(InvalidQueryError, match="things; give an id: "):
        term("area", common, run)


@pytest.mark.parametrize(
    ("is_a", "value", "expected"),
    [
        ("date", " 2014-10-31 ", Literal("2014-10-31", datatype=iri("xsd:date"))),
        ("number", "007", Literal(7)),
        ("number", "-3", Literal(-3)),
        ("text", ' "quoted" ', Literal(' "quoted" ')),
        ("certainty", "Possible", Literal("possible")),
    ],
)
def test_literal_values_become_typed_terms(run: QueryFn, is_a: str, value: str, expected: Literal) -> None:
    assert term(is_a, value, run) == expected


@pytest.mark.parametrize(
    ("is_a", "value", "why"),
    [
        ("date", "2014-13-01", "not a day such as"),
        ("date", "2014-02-30", "not a day such as"),
        ("date", "31.10.2014", "not a day such as"),
        ("date", "2014-W01-1", "not a day such as"),
        ("date", "20141031", "not a day such as"),
        ("number", "3.5", "not a whole number"),
        ("number", "1e3", "not a whole number"),
        ("number", "٣", "not a whole number"),
        ("number", "9" * 40, "not a whole number"),
        ("certainty", "sure", "none of certain, possible, all"),
        ("certainty", "possibel", "Did you mean possible?"),
    ],
)
def test_malformed_values_are_rejected(run: QueryFn, is_a: str, value: str, why: str) -> None:
    with pytest.raises(InvalidQueryError, match=why):
        term(is_a, value, run)


def test_unknown_parameter_is_rejected(question_home: Path, run: QueryFn) -> None:
    question = find_question(question_home / "queries", "who_was_where")
    with pytest.raises(InvalidQueryError, match=r"no parameter 'aktor' \(it has: actor, event, before, certainty\)"):
        resolve_all(question, {"aktor": "laila-bokhari"}, run)


# Vowels apart: of "oe" nobody can tell whether it is one letter or two.
@given(st.lists(st.sampled_from("abcæøåäöé- ")).map("r".join))
def test_fold_name_ignores_case_and_accents(name: str) -> None:
    plain = name.translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "a", "ö": "o", "é": "e"}))
    assert fold_name(name.upper()) == fold_name(name) == fold_name(plain)


def test_ids_and_labels_fold_alike(run: QueryFn) -> None:
    """Whoever types the label of a person with the letters of the id is understood."""
    people = {
        thing: called for thing, called in entity_names("actor", run).items() if short_name(thing).startswith("person:")
    }
    assert {fold_name(local_name_of(thing)) for thing in people} <= {
        fold_name(name) for called in people.values() for name in called
    }


def period(values: dict[str, str], run: QueryFn) -> dict[str, str]:
    question = find_question(HOME / "queries", "which_events_fell_in_a_period")
    return {name: value.value for name, value in resolve_all(question, values, run).items()}


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2014-10", "2014-10", ("2014-10-01", "2014-10-31")),
        ("2012-02", "2012-02", ("2012-02-01", "2012-02-29")),
        ("2014", "2015", ("2014-01-01", "2015-12-31")),
        ("2014-10-31", "2014-10-31", ("2014-10-31", "2014-10-31")),
    ],
)
def test_period_accepts_days_months_and_years(run: QueryFn, since: str, until: str, days: tuple[str, str]) -> None:
    assert tuple(period({"to": until, "from": since}, run).values()) == days[::-1]


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        ("2015", "2014-12", "a period from 2015-01-01 to 2014-12-31 ends before it begins"),
        ("2014-13", "2015", "from: '2014-13' is not a day, month or year such as 2014-10-31, 2014-10 or 2014"),
        ("2014", "0000", "to: '0000' is not a day, month or year such as 2014-10-31, 2014-10 or 2014"),
    ],
)
def test_malformed_period_is_rejected(run: QueryFn, since: str, until: str, why: str) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        period({"from": since, "to": until}, run)
    assert str(refused.value) == why


def area(question: str, value: str, run: QueryFn) -> NamedNode | Literal:
    return resolve_all(find_question(HOME / "queries", question), {"area": value}, run)["area"]


def test_area_resolves_to_the_one_of_the_time_of_events(run: QueryFn) -> None:
    assert area("who_was_where", "Østfold", run) == iri("fylke:01")
    assert area("which_events_are_in_which_county_of_today", "fylke:31", run) == iri("fylke:31")


@pytest.mark.parametrize("name", ["Troms", "Romsa", "Tromssa", "Troms - Romsa - Tromssa", "troms–romsa–tromssa"])
def test_county_of_today_resolves_by_its_names_in_every_language(run: QueryFn, name: str) -> None:
    assert area("which_events_are_in_which_county_of_today", name, run) == iri("fylke:55")


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        ("Agder", "fylke:10 (Vest-Agder, … to 2019-12-31)"),
        ("31", "fylke:01 (Østfold, … to 2019-12-31)"),
        ("32", "fylke:01 (Østfold, … to 2019-12-31); fylke:06 (Buskerud, … to 2019-12-31)"),
        ("kommune:3105", "kommune:0105 (Sarpsborg, … to 2019-12-31)"),
        ("Viken", "fylke:01 (Østfold, … to 2019-12-31); fylke:06 (Buskerud, … to 2019-12-31)"),
    ],
)
def test_area_of_today_suggests_its_predecessors(run: QueryFn, value: str, instead: str) -> None:
    with pytest.raises(InvalidQueryError) as refused:
        area("which_events_are_there", value, run)
    assert str(refused.value) == (
        f"area: {value!r} is an area of a later time, and events lie in those of their own time: give {instead}; "
        "of counties of today asks which_events_are_in_which_county_of_today"
    )


@pytest.mark.parametrize("question", ["which_events_are_in_which_county", "which_events_are_in_which_county_of_today"])
def test_municipality_is_not_accepted_as_county(run: QueryFn, question: str) -> None:
    assert area(question, "Oslo", run) == iri("fylke:03")
    for name in ("Sarpsborg", "kommune:0301"):
        with pytest.raises(InvalidQueryError) as refused:
            area(question, name, run)
        assert str(refused.value).startswith(f"area: there is no county {name!r} in this graph.")


def test_question_about_today_rejects_former_areas(run: QueryFn) -> None:
    question = "which_events_are_in_which_county_of_today"
    assert area(question, "Østfold", run) == iri("fylke:31")
    with pytest.raises(InvalidQueryError) as refused:
        area(question, "Viken", run)
    assert str(refused.value) == (
        "area: 'Viken' is no area of today: give fylke:31 (Østfold, 2024-01-01 to …); "
        "fylke:32 (Akershus, 2024-01-01 to …); fylke:33 (Buskerud, 2024-01-01 to …)"
    )


@pytest.mark.parametrize("located", ["kommune:4204", "fylke:42"])
def test_area_of_today_with_events_is_accepted(built: Path, located: str) -> None:
    store = load_store(built / "motegraf.nq")
    store.add(Quad(iri("event:later"), iri("schema:location"), iri(located)))
    assert area(
        "who_was_where", "Agder", lambda query: read_result(store.query(query, use_default_graph_as_union=True))
    ) == (iri("fylke:42"))


@pytest.mark.parametrize(
    "typed", ["Hvem møtte hvem?", "hvem motte hvem", "Who met whom", "who_met_whom", "WHO-MET-WHOM.rq"]
)
def test_question_is_found_by_name_and_by_summary(typed: str) -> None:
    assert find_question(HOME / "queries", typed).name == "who_met_whom"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("who_met_hwom", "Did you mean who_met_whom"),
        ("Hvem møtte hvam (på samme arrangement)", "Did you mean Hvem møtte hvem (på samme arrangement)?"),
        ("?", ""),
    ],
)
def test_unknown_question_suggests_similar_ones(typed: str, hint: str) -> None:
    with pytest.raises(InvalidQueryError, match=re.escape(f"there is no question {typed!r}.")) as refused:
        find_question(HOME / "queries", typed)
    assert hint in str(refused.value)
