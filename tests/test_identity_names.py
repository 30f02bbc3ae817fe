"""Names taken apart: what of them is compared, and what they have besides."""

import pytest

from graph.identity.names.bodies import is_acronym, parse_body_name
from graph.identity.names.countries import split_countries
from graph.identity.names.folding import _lists, fold, word_list
from graph.identity.names.identifiers import split_identifiers
from graph.identity.names.people import parse_person_name, person_similarity
from graph.identity.names.similarity import word_similarity, words_similarity

pytestmark = pytest.mark.unit
PROPOSED = 0.8


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åse Bjørnæs", "ase bjornas"),
        ("Aase Bjoernaes", "ase bjornas"),
        ("Müller", "muller"),
        ("Mueller", "muller"),
        ("Пётр Иванов", "petr ivanov"),
        ("Γιώργος", "giorgos"),
        ("北京", "beijing"),
        ("L’Été & Cie", "l ete cie"),
        ("---", ""),
        ("\u0301", ""),
        ("", ""),
    ],
)
def test_letters_are_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_word_of_the_lists_is_a_text_that_folds_to_something() -> None:
    # In YAML, a bare "no" or "on" is a truth value.
    for name, by_language in _lists().items():
        for words in by_language.values():
            assert all(isinstance(word, str) and fold(word) for word in words)
            assert not {"True", "False", "true", "false"} & {*words}, name
    assert {"on", "no", "the", "und"} <= word_list("function")


@pytest.mark.parametrize(
    ("name", "rest", "identifiers"),
    [
        ("Salt Works (72279144480-58)", "Salt Works", {("eu-transparency-register", "72279144480-58")}),
        ("Transparency Register: 57221111091-19", "", {("eu-transparency-register", "57221111091-19")}),
        (
            "Salt Works, Identification number: 57221111091-19",
            "Salt Works",
            {("eu-transparency-register", "57221111091-19")},
        ),
        ("Salt AS 974 760 673", "Salt AS", {("no-orgnr", "974760673")}),
        # No check digit, a telephone number, a year.
        ("Salt AS 974 760 674", "Salt AS 974 760 674", set()),
        ("Salt 2019-20", "Salt 2019-20", set()),
        ("Register of Salt", "Register of Salt", set()),
    ],
)
def test_identifiers_are_taken_out_of_names(name: str, rest: str, identifiers: set[tuple[str, str]]) -> None:
    assert split_identifiers(name) == (rest, identifiers)


@pytest.mark.parametrize(
    ("name", "words", "acronyms", "forms"),
    [
        ("Nordic Salt Works AS", ("nordic", "salt", "works"), set(), {"as"}),
        ("Salz und Pfeffer e.V.", ("salz", "pfeffer"), set(), {"ev"}),
        ("Transport & Environment (T&E)", ("transport", "environment"), {"te"}, set()),
        ("NSW – Nordic Salt Works", ("nordic", "salt", "works"), {"nsw"}, set()),
        ("NSW Nordic Salt Works", ("nordic", "salt", "works"), {"nsw"}, set()),
        ("NSW (Nordic Salt Works)", ("nordic", "salt", "works"), {"nsw"}, set()),
        ("NSW (EU office)", ("nsw",), set(), set()),
        ("U.S. Salt Works", ("us", "salt", "works"), set(), set()),
        ("VÃ¦r og vind", ("var", "vind"), set(), set()),
        ("Europäischer Salzrat", ("EUROPE", "salzrat"), set(), set()),
        ("Nordic Salt Works, NSW", ("nordic", "salt", "works"), {"nsw"}, set()),
        # Another body in a list is no acronym, and neither is a place.
        ("Nordic Salt Works, WWF", ("nordic", "salt", "works", "wwf"), set(), set()),
        ("EU Dog Alliance", ("eu", "dog", "alliance"), set(), set()),
        ("AS", ("as",), set(), set()),
        ("The Who", ("who",), set(), set()),
        ("De la", ("de", "la"), set(), set()),
    ],
)
def test_a_name_of_a_body_is_taken_apart(
    name: str, words: tuple[str, ...], acronyms: set[str], forms: set[str]
) -> None:
    parsed = parse_body_name(name)
    assert (parsed.words, parsed.acronyms, parsed.legal_forms) == (words, acronyms, forms)


def test_what_else_a_name_says() -> None:
    assert parse_body_name("Director, Nordic Salt Works").office
    assert not parse_body_name("Nordic Salt Works").office
    assert parse_body_name("Salt Works, Pepper Mills").listed
    assert parse_body_name("Embassy of Norway").countries == {"NO"}
    assert parse_body_name("Norges ambassade").words == ("NO", "ambassade")
    assert parse_body_name("Permanent Representation of Spain to the EU").words == ("permanent", "representation", "ES")
    # The union's own mission keeps its name.
    assert parse_body_name("European Union Mission").words == ("EUROPE", "union", "mission")
    assert parse_body_name("Director of Salt Works").office
    assert parse_body_name("Salt Works Director").office
    assert parse_body_name("Kari Vik from Salt Works").person
    assert not parse_body_name("Salt Federation of Norway").person


def test_countries_have_names_and_adjectives() -> None:
    assert split_countries(["embassy", "kingdom", "norway"]) == (("embassy", "NO"), {"NO"})
    assert split_countries(["bundesrepublik", "deutschland"]) == (("DE",), {"DE"})
    assert split_countries(["danish", "institute"]) == (("DK", "institute"), {"DK"})
    assert split_countries(["norwgian", "europen", "norges"]) == (("NO", "EUROPE", "NO"), {"NO"})
    assert split_countries(["iran", "irak", "australia", "austria"])[0] == ("IR", "IQ", "AU", "AT")
    assert split_countries(["salt", "works"]) == (("salt", "works"), frozenset())


@pytest.mark.parametrize(
    ("text", "is_one"), [("T&E", True), ("CEPI", True), ("Salt", False), ("S", False), ("A B", False)]
)
def test_acronyms_are_of_capitals(text: str, is_one: bool) -> None:
    assert is_acronym(text) is is_one


@pytest.mark.parametrize(
    ("name", "given", "surname", "particles"),
    [
        ("Per Hansen", ("per",), "hansen", ()),
        ("Hansen, Per", ("per",), "hansen", ()),
        ("Dr. Per O. Hansen", ("per", "o"), "hansen", ()),
        ("Anna van der Berg", ("anna",), "berg", ("der", "van")),
        ("van der Berg, Anna", ("anna",), "berg", ("der", "van")),
        ("Berg, Anna van der", ("anna",), "berg", ("der", "van")),
        ("Per Hansen (Ap)", ("per",), "hansen", ()),
        ("Per Hansen, MEP", ("per",), "hansen", ()),
        ("Hansen", (), "hansen", ()),
        ("", (), "", ()),
    ],
)
def test_a_name_of_a_person_is_taken_apart(
    name: str, given: tuple[str, ...], surname: str, particles: tuple[str, ...]
) -> None:
    parsed = parse_person_name(name)
    assert (parsed.given, parsed.surname, parsed.particles) == (given, surname, particles)


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        ("Per Hansen", "PER HANSEN", "equal"),
        ("Per Hansen", "Hansen Per", "order"),
        ("Anna van der Berg", "Anna Berg", "particles"),
        ("Per Hansen", "Per Olav Hansen", "middle"),
        ("Per Hansen", "P. Hansen", "initials"),
        ("P. O. Hansen", "Per Olav Hansen", "initials"),
        ("Erik Vik", "Eirik Vik", "spelling"),
        ("Per Hansen", "Per Hanssen", "spelling"),
        ("Kari Vik", "Kari Vik Berg", "surnames"),
        ("Kari Vik", "Kari Berg Vik", "middle"),
    ],
)
def test_names_of_one_person_are_alike(a: str, b: str, difference: str) -> None:
    value, how = person_similarity(parse_person_name(a), parse_person_name(b))
    assert (value >= PROPOSED, how) == (True, difference)
    assert person_similarity(parse_person_name(b), parse_person_name(a)) == (value, how)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hansen", "Hansen"),
        ("Hansen", "Per Hansen"),
        ("Per Hansen", "Kari Hansen"),
        ("Per Hansen", "Per Jansen"),
        ("Per Olav Hansen", "Per Arne Hansen"),
        ("P. Hansen", "K. Hansen"),
        ("Per Hansen", "Per Vik"),
        ("", ""),
        ("***", "***"),
    ],
)
def test_names_of_two_people_are_not(a: str, b: str) -> None:
    assert person_similarity(parse_person_name(a), parse_person_name(b))[0] < PROPOSED


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("foundation", "foundations", True),
        ("industry", "industri", True),
        ("city", "citty", True),
        ("bahn", "bank", False),
        ("salt", "alts", False),
        ("2019", "2018", False),
        ("lobby", "lawyers", False),
        ("DE", "DK", False),
    ],
)
def test_words_are_alike_or_not(a: str, b: str, alike: bool) -> None:
    assert (word_similarity(a, b) > 0) is alike


def test_a_name_of_one_word_needs_a_long_one_for_an_error() -> None:
    assert words_similarity(["euraktiv"], ["euractiv"]) >= PROPOSED
    assert words_similarity(["unife"], ["unite"]) < PROPOSED
    assert words_similarity(["salt", "works"], ["works", "salt"]) == 1
    assert words_similarity(["peace", "building"], ["peacebuilding"]) > 0.9
    # An acronym with another letter is another one.
    assert words_similarity(["board", "eunic"], ["board", "euric"]) > 0.9
    assert words_similarity(["board", "eunic"], ["board", "euric"], exact={"eunic", "euric"}) == 0.5
