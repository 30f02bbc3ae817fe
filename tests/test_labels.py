"""Labels by language: what a page calls a thing is published in its own language, and everybody is shown the best."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import SIZES, opened
from click.testing import CliRunner
from conftest import add_page, load_store
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from serving import serving

from build_graph import build
from graph import HOME
from graph.__main__ import motegraf
from graph.explorer.data.page_graph import build_payload
from graph.explorer.layout.initial import select_initial
from graph.explorer.network import draw
from graph.model.iris import BASE
from graph.model.labels import (
    Label,
    LanguageMap,
    best_label,
    common_languages,
    fallback_order,
    interface_language,
    is_language_tag,
)
from graph.network.presence import presence_network
from graph.query.ask import connect, run_question
from graph.query.questions import read_questions
from graph.query.stores import connect_build
from graph.server.entity.description import describe

pytestmark = pytest.mark.unit

RDFS_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
NN_TEXT = """Folkemøte om vindkraft

Haugesund kommune skipa til eit folkemøte 2. februar 2015. Statssekretær Laila Bokhari og Ola Li deltok.
To lærarar deltok.
"""
NN_CLAIMS = """
events:
  folkemote:
    label: {nn: Folkemøte om vindkraft}
    kind: meeting
    status: held
    when: {edtf: 2015-02-02, said: 2. februar 2015}
    where: {municipality: Haugesund}
    quote: Haugesund kommune skipa til eit folkemøte 2. februar 2015.
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: laila-bokhari, role: participant, quote: Statssekretær Laila Bokhari og Ola Li deltok.}
      - {agent: ola-li, role: participant, quote: Statssekretær Laila Bokhari og Ola Li deltok.}
      - {agent: to-laerarar, role: participant, quote: To lærarar deltok.}
people:
  ola-li: {name: Ola Li}
groups:
  to-laerarar: {words: To lærarar}
no_claim:
  - {quote: Folkemøte om vindkraft, reason: {nn: overskrifta}}
"""
SV_TEXT = """Dialogmöte

Haugesund kommune ordnade ett dialogmöte den 3 februari 2015. Laila Bokhari deltog.
"""
SV_CLAIMS = """
events:
  dialogmote:
    label: Dialogmöte i Haugesund
    kind: dialogue-meeting
    status: held
    when: {edtf: 2015-02-03, said: 3 februari 2015}
    where: {municipality: Haugesund}
    quote: Haugesund kommune ordnade ett dialogmöte den 3 februari 2015.
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltog.}
no_claim:
  - {quote: Dialogmöte, reason: the heading}
"""
MANY_TEXT = NN_TEXT.replace("2. februar", "4. februar")
MANY_CLAIMS = (
    NN_CLAIMS.replace("2. februar", "4. februar")
    .replace("2015-02-02", "2015-02-04")
    .replace("  folkemote:", "  mote:")
    .replace("{nn: Folkemøte om vindkraft}", "{en-GB: Wind power, sv: Vindkraft, nn: Vindkraftmøte}")
)
NN, SV, MANY = (f"event:{name}" for name in ("folkemote", "dialogmote", "mote"))


def node(name: str) -> NamedNode:
    return NamedNode(BASE + name.replace(":", "/"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a page in nynorsk, a page in Swedish, and one that names its event in three languages."""
    home = tmp_path_factory.mktemp("home")
    for folder in ("registry", "ontology"):
        (home / folder).symlink_to(HOME / folder)
    add_page(home, "nynorsk", NN_TEXT, NN_CLAIMS, "2015-03-01", "partial", "nn")
    add_page(home, "svensk", SV_TEXT, SV_CLAIMS, "2015-03-01", "partial", "sv")
    add_page(home, "mange", MANY_TEXT, MANY_CLAIMS, "2015-03-01", "partial", "nn")
    return home


@pytest.fixture(scope="module")
def out(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    build(home, out)
    return out


@pytest.fixture(scope="module")
def store(out: Path) -> Store:
    return load_store(out / "motegraf.nq")


def labels_of(store: Store, name: str) -> dict[str, str]:
    """Return the labels of a thing by language; that in no language has the tag ""."""
    labels = [quad.object for quad in store.quads_for_pattern(node(name), RDFS_LABEL, None, None)]
    assert all(isinstance(label, Literal) for label in labels)
    by_language = {label.language or "": label.value for label in labels if isinstance(label, Literal)}
    assert len(by_language) == len(labels), "two labels in a language"
    return by_language


def is_source(quad: Quad) -> bool:
    """Return whether a statement is about a page, whose title may be in a language that nobody said."""
    return isinstance(quad.subject, NamedNode) and "/source/" in quad.subject.value


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("nb", "nb nn no da sv en"),
        ("nn", "nn no nb da sv en"),
        ("en", "en nb nn no da sv"),
        ("sv", "sv nb no nn da en"),
        ("nb-NO", "nb-no nb nn no da sv en"),
        ("de-CH-1996", "de-ch-1996 de-ch de en nb nn no da sv"),
        ("en-a-bbb", "en-a-bbb en nb nn no da sv"),
    ],
)
def test_a_reader_is_shown_the_next_best_language(language: str, order: str) -> None:
    assert fallback_order(language) == tuple(order.split())


@pytest.mark.parametrize(
    ("tags", "language", "best"),
    [
        ("nb en", "nn", "nb"),
        ("sv en", "nb", "sv"),
        ("sv da en", "nb", "da"),
        ("nn sv", "en", "nn"),
        ("en-gb en-us", "en", "en-gb"),
        ("en en-gb", "en-GB", "en-gb"),
        ("enm da", "en", "da"),
        ("fi", "nb", "fi"),
        ("se fi", "nb", "fi"),
    ],
)
def test_the_best_label_there_is_is_chosen(tags: str, language: str, best: str) -> None:
    assert best_label({tag: tag for tag in tags.split()}, language) == best


def test_a_label_in_no_language_is_better_than_one_in_a_strange_language() -> None:
    assert best_label({"fi": "Tapaaminen", "": "Meeting"}, "nb") == "Meeting"
    assert best_label({"en": "A meeting", "": "Meeting"}, "nb") == "A meeting"


def test_headings_are_in_the_nearer_language_of_the_house() -> None:
    languages = {language: interface_language(language) for language in ("nb", "nn", "da", "sv", "no", "en-GB", "de")}
    assert languages == dict.fromkeys(("nb", "nn", "da", "sv", "no"), "nb") | dict.fromkeys(("en-GB", "de"), "en")


@pytest.mark.parametrize("tag", ["nb", "NN", "en-GB", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "es-419", "en-x-own"])
def test_language_tags_are_well_formed(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "n", "norsk", "nb_NO", "nb-", "-nb", "en-x", "label", "en-GB-", "nb NO"])
def test_what_is_no_language_tag(tag: str) -> None:
    assert not is_language_tag(tag)


def test_a_language_map_is_a_key_whatever_its_order_and_letters() -> None:
    one, other = LanguageMap({"nb": "a", "en": "b"}), LanguageMap({"EN": "b", "nb": "a"})
    assert (one, hash(one)) == (other, hash(other))
    assert one != LanguageMap({"nb": "a"})
    assert Label("a", "b").by_language == one
    with pytest.raises(ValueError, match="at least one language"):
        LanguageMap({})


def test_common_languages_are_those_of_the_first_where_there_is_none() -> None:
    nn, both = LanguageMap({"nn": "a"}), LanguageMap({"nb": "b", "en": "c"})
    assert common_languages([both, LanguageMap({"en": "d"})]) == ["en"]
    assert common_languages([nn, both]) == ["nn"]


def test_each_label_is_published_in_its_own_language(store: Store) -> None:
    assert labels_of(store, NN) == {"nn": "Folkemøte om vindkraft", "": "Folkemøte om vindkraft"}
    assert labels_of(store, SV) == {"sv": "Dialogmöte i Haugesund", "": "Dialogmöte i Haugesund"}
    assert labels_of(store, MANY) == {
        "en-gb": "Wind power",
        "sv": "Vindkraft",
        "nn": "Vindkraftmøte",
        "": "Vindkraftmøte",
    }


def test_a_name_in_the_terms_of_others_is_there_once_in_each_language(store: Store) -> None:
    """The label in no language is for our questions: whoever asks for names would get everybody of the page twice."""
    for term in ("https://schema.org/name", "http://xmlns.com/foaf/0.1/name", "http://purl.org/dc/terms/title"):
        names = [quad for quad in store.quads_for_pattern(None, NamedNode(term), None, None) if not is_source(quad)]
        assert names
        assert not [quad for quad in names if isinstance(quad.object, Literal) and not quad.object.language]


def test_words_of_a_page_are_in_its_language(store: Store) -> None:
    assert labels_of(store, "group:nynorsk.to-laerarar") == {"nn": "To lærarar", "": "To lærarar"}
    assert labels_of(store, "person:nynorsk.ola-li") == {"nn": "Ola Li", "": "Ola Li"}
    passages = store.quads_for_pattern(None, NamedNode("https://w3id.org/motegraf/ontology#keyEvidence"), None, None)
    for passage in {quad.object for quad in passages}:
        assert isinstance(passage, NamedNode)
        language = "sv" if "svensk" in passage.value else "nn"
        assert set(labels_of(store, passage.value.removeprefix(BASE))) == {language, ""}


def test_a_claim_is_labelled_in_the_languages_of_what_it_is_about(store: Store) -> None:
    assert labels_of(store, "claim:nynorsk.folkemote.laila-bokhari.participant") == dict.fromkeys(
        ("nn", ""), "Laila Bokhari – deltaker – Folkemøte om vindkraft"
    )
    many = labels_of(store, "claim:mange.mote.laila-bokhari.participant")
    assert many["en-gb"] == "Laila Bokhari – participant – Wind power"
    assert many["sv"] == "Laila Bokhari – deltaker – Vindkraft"
    assert set(many) == {"en-gb", "sv", "nn", ""}


def test_a_participation_is_labelled_in_the_languages_of_its_event(store: Store) -> None:
    assert labels_of(store, "participation:dialogmote.laila-bokhari") == dict.fromkeys(
        ("sv", ""), "Laila Bokhari – Dialogmöte i Haugesund"
    )


def test_everything_has_one_label_that_is_in_norwegian_or_in_no_language(store: Store) -> None:
    """The questions select it: without it, a row would be missing; with two, it would be there twice."""
    rows = store.query(
        """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX mg: <https://w3id.org/motegraf/ontology#>
        PREFIX schema: <https://schema.org/>
        SELECT ?thing (COUNT(DISTINCT ?default) AS ?count) WHERE {
          ?thing rdfs:label ?label .
          # A source and its text have one label, its title.
          FILTER NOT EXISTS { ?thing a ?kind . FILTER(?kind IN (mg:Source, schema:TextDigitalDocument)) }
          OPTIONAL { ?thing rdfs:label ?default . FILTER(LANG(?default) IN ("nb", "")) }
        } GROUP BY ?thing HAVING(?count != 1)""",
        use_default_graph_as_union=True,
    )
    assert [str(row[0]) for row in rows] == []  # type: ignore[union-attr, index]


@pytest.mark.parametrize(
    ("lang", "events"),
    [
        ("nb", ["Dialogmöte i Haugesund", "Folkemøte om vindkraft", "Vindkraftmøte"]),
        ("nn", ["Dialogmöte i Haugesund", "Folkemøte om vindkraft", "Vindkraftmøte"]),
        ("sv", ["Dialogmöte i Haugesund", "Folkemøte om vindkraft", "Vindkraft"]),
        ("en", ["Dialogmöte i Haugesund", "Folkemøte om vindkraft", "Wind power"]),
    ],
)
def test_questions_show_the_best_label(out: Path, lang: str, events: list[str]) -> None:
    run = connect(out)
    for name in ("which_events_are_there", "who_was_where", "who_organised_which_event"):
        question = next(each for each in read_questions(HOME / "queries") if each.name == name)
        table = run_question(question, {}, run, lang)
        column = table.columns.index("eventLabel")
        assert sorted({str(row[column].value) for row in table.rows if row[column]}) == events  # type: ignore[union-attr]


def test_no_question_shows_a_row_without_a_label(out: Path) -> None:
    run = connect_build(out)
    for question in read_questions(HOME / "queries"):
        table = run_question(question, {"certainty": "all"} if "certainty" in question.parameters else {}, run)
        for name in table.columns:
            if name.endswith("Label") and name[:-5] in table.columns:
                entity, label = (table.columns.index(each) for each in (name[:-5], name))
                missing = {row[entity] for row in table.rows if row[entity] is not None and row[label] is None}
                assert not missing, f"{question.name}: {name}"


@pytest.mark.parametrize(("lang", "reason"), [("nb", "overskrifta"), ("en", "overskrifta"), ("nn-NO", "overskrifta")])
def test_a_reason_is_shown_in_the_language_in_which_it_is_given(out: Path, lang: str, reason: str) -> None:
    question = next(each for each in read_questions(HOME / "queries") if each.name == "what_does_no_claim_cover")
    table = run_question(question, {"page": "nynorsk"}, connect(out), lang)
    assert [row[table.columns.index("reason")] for row in table.rows] == [Literal(reason, language="nn")]


def test_the_command_line_shows_the_best_label_under_headings_of_the_house(out: Path) -> None:
    done = CliRunner().invoke(motegraf, ["ask", "which_events_are_there", "--build", str(out), "--lang", "sv"])
    assert done.exit_code == 0, done.output
    assert "arrangement" in done.stdout
    assert "Dialogmöte i Haugesund" in done.stdout
    refused = CliRunner().invoke(motegraf, ["ask", "which_events_are_there", "--build", str(out), "--lang", "norsk"])
    assert refused.exit_code == 2
    assert "'norsk' is no language tag" in refused.stderr


def test_exports_show_the_best_label(out: Path, tmp_path: Path) -> None:
    table, nodes = tmp_path / "participations.csv", tmp_path / "network.graphml"
    for file, more in ((table, ["--lang", "en"]), (nodes, [])):
        done = CliRunner().invoke(motegraf, ["export", "-o", str(file), "--build", str(out), *more])
        assert done.exit_code == 0, done.output
    text = table.read_text(encoding="utf-8")
    assert all(words in text for words in ("Wind power", "Folkemøte om vindkraft", "Dialogmöte i Haugesund"))
    assert "event/" not in text.replace(f"{BASE}event/", "")
    graph = presence_network(connect_build(out))
    assert graph.nodes[node(MANY).value]["label"] == "Vindkraftmøte"
    assert graph.nodes[node(MANY).value]["label_en"] == "Wind power"
    assert graph.nodes[node(SV).value]["label_en"] == "Dialogmöte i Haugesund"


def test_ties_show_the_best_label(out: Path) -> None:
    for lang, name in (("nb", "Vindkraftmøte"), ("sv", "Vindkraft"), ("en", "Wind power"), ("fi", "Wind power")):
        arguments = ["ties", "laila-bokhari", "--groups", "--format", "csv", "--build", str(out), "--lang", lang]
        done = CliRunner().invoke(motegraf, arguments)
        assert done.exit_code == 0, done.output
        assert f"{name} (2015-02-04)" in done.stdout


def test_a_page_of_an_entity_shows_the_best_label(out: Path) -> None:
    run = connect_build(out)
    for lang, name in (("nb", "Vindkraftmøte"), ("en", "Wind power"), ("sv-SE", "Vindkraft")):
        description = describe(node(MANY), run, lang)
        assert description is not None
        assert description.name == name
        literals = {value.text for _, values in description.outgoing for value in values if not value.entity}
        assert literals & {"Vindkraftmøte", "Wind power", "Vindkraft"} == {name}


@pytest.fixture(scope="module")
def address(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with serving(out, tmp_path_factory.mktemp("served") / "log") as running:
        yield running


@pytest.mark.server
def test_the_server_shows_labels_in_the_language_of_the_reader(address: object) -> None:
    def page(**headers: str) -> str:
        return address.ask("GET", "/about/event/mote", Accept="text/html", **headers).text  # type: ignore[attr-defined,no-any-return]

    swedish, british = page(Accept_Language="sv-SE,sv;q=0.9"), page(Accept_Language="en-GB,en;q=0.8")
    assert '<h1><bdi lang="sv">Vindkraft, 4. februar 2015</bdi></h1>' in swedish
    assert '<html lang="nb">' in swedish
    assert '<h1><bdi lang="en-gb">Wind power, 4 February 2015</bdi></h1>' in british
    assert '<html lang="en">' in british


def test_the_interactive_page_has_each_label_in_its_own_language(out: Path) -> None:
    payload = build_payload(connect_build(out), lambda name: NN_TEXT if name == "nynorsk" else None, [])
    labels = {entity["id"]: entity["label"] for entity in payload["entities"]}
    assert labels[NN] == {"nn": "Folkemøte om vindkraft"}
    assert labels[MANY] == {"nn": "Vindkraftmøte", "sv": "Vindkraft", "en-gb": "Wind power"}
    assert payload["languages"] == {"nb": [*fallback_order("nb")], "en": [*fallback_order("en")]}
    drawn = draw(select_initial(payload["entities"], payload["ties"]), payload["ties"])
    assert {each["label"] for each in drawn["nodes"]} >= {"Vindkraftmøte", "Dialogmöte i Haugesund"}


def test_pages_name_one_event_each_in_its_language(tmp_path: Path) -> None:
    for folder in ("registry", "ontology"):
        (tmp_path / folder).symlink_to(HOME / folder)
    add_page(tmp_path, "a-svensk", SV_TEXT, SV_CLAIMS, "2015-03-01", "partial", "sv")
    text = NN_TEXT.replace("2. februar", "3. februar").replace("folkemøte", "dialogmøte")
    for name, label, language, published in (
        ("b-nynorsk", "{nn: Dialogmøte, sv: Möte}", "nn", "2015-03-02"),
        ("c-bokmaal", "Dialogmøtet", "nb", "2015-03-03"),
    ):
        claims = (
            NN_CLAIMS.replace("{nn: Folkemøte om vindkraft}", label)
            .replace("  folkemote:", "  dialogmote:")
            .replace("kind: meeting", "kind: dialogue-meeting")
            .replace("2015-02-02", "2015-02-03")
            .replace("2. februar", "3. februar")
            .replace("eit folkemøte", "eit dialogmøte")
        )
        # The same text twice would be a finding.
        page = text if language == "nn" else f"{text}\nMøtet varte i to timer, og mange hadde noe å si om politikken.\n"
        add_page(tmp_path, name, page, claims, published, "partial", language)
    summary = build(tmp_path, tmp_path / "out", strict=False)
    assert [each.message for each in summary.findings if "is called" in each.message] == [
        f"{SV} is called 'Dialogmöte i Haugesund' in corpus/a-svensk; leave label: out here"
    ]
    store = load_store(tmp_path / "out/motegraf.nq")
    expected = {"sv": "Dialogmöte i Haugesund", "nn": "Dialogmøte", "nb": "Dialogmøtet"}
    assert not summary.left_out, [str(each) for each in summary.findings]
    assert labels_of(store, SV) == expected
    assert set(labels_of(store, "participation:dialogmote.laila-bokhari")) == set(expected)


@pytest.mark.browser
def test_the_interactive_page_shows_and_saves_the_best_label(browser: Any, out: Path) -> None:
    with opened(browser, out / "explorer.html", *SIZES["wide"]) as page:
        shown = {}
        for language in ("nb", "en"):
            page.go(f"#lang={language}")
            shown[language] = page.page.evaluate("ids => ids.map(motegraf.data.label)", [NN, SV, MANY])
        assert shown == {
            "nb": ["Folkemøte om vindkraft", "Dialogmöte i Haugesund", "Vindkraftmøte"],
            "en": ["Folkemøte om vindkraft", "Dialogmöte i Haugesund", "Wind power"],
        }
        page.go("#all=yes")
        statements = parse(page.page.evaluate("motegraf.exports.turtleText()"), format=RdfFormat.TURTLE)
        labels = {each.object.language for each in statements if each.predicate == RDFS_LABEL}  # type: ignore[union-attr]
        assert labels >= {"nn", "sv", "en-gb"}
        assert page.wrong == []


def test_a_claim_about_an_event_that_another_page_labels_is_called_by_the_words_of_its_page(tmp_path: Path) -> None:
    for folder in ("registry", "ontology"):
        (tmp_path / folder).symlink_to(HOME / folder)
    add_page(tmp_path, "a-svensk", SV_TEXT, SV_CLAIMS, "2015-03-01", "partial", "sv")
    text = "Haugesund kommune skipa til dialogmøtet 3. februar 2015. Laila Bokhari deltok på møtet.\n"
    claims = """
events:
  dialogmote:
    written: dialogmøtet
    kind: dialogue-meeting
    status: held
    when: {edtf: 2015-02-03, said: 3. februar 2015}
    quote: Haugesund kommune skipa til dialogmøtet 3. februar 2015.
    participations:
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok på møtet.}
"""
    add_page(tmp_path, "b-nynorsk", text, claims, "2015-03-02", "partial", "nn")
    build(tmp_path, tmp_path / "out")
    store = load_store(tmp_path / "out/motegraf.nq")
    assert labels_of(store, SV) == dict.fromkeys(("sv", ""), "Dialogmöte i Haugesund")
    assert labels_of(store, "claim:b-nynorsk.dialogmote.laila-bokhari.participant") == dict.fromkeys(
        ("nn", ""), "Laila Bokhari – deltaker – dialogmøtet"
    )
