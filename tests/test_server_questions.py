"""Ready questions on the web: their list, their forms, answers with the sentences of each row, and the same as data."""

import csv
import io
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

import pytest
from pyoxigraph import Literal
from serving import HttpAnswer, RunningServer, commanded, serving
from test_server_entities import HOSTILE, Document, hostile_build

from graph.query.ask import ask, run_question
from graph.query.lookup import entity_kinds
from graph.query.proof import row_passages
from graph.query.questions import LITERAL_KINDS, TAGS, questions
from graph.query.results import Table
from graph.query.stores import connect_build
from graph.server.site.ask import OWN, PAGE_SIZE
from graph.server.site.question_form import MENU_KINDS, SUGGESTIONS
from graph.server.site.table import MAX_PROOFS, with_first_proofs

pytestmark = pytest.mark.server

HTML = "text/html"
QUESTIONS = {question.name: question for question in questions()}
WITH_EXAMPLES = [
    (name, parameter.name, parameter.example)
    for name, question in QUESTIONS.items()
    for parameter in question.parameters.values()
    if parameter.example
]


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(built, tmp_path_factory.mktemp("questions") / "log") as running:
        yield running


def page_at(server: RunningServer, path: str, status: int = 200, lang: str = "nb") -> Document:
    """The page at an address of a browser, after at most one redirect."""
    answer = server.ask("GET", path, Accept=HTML, Accept_Language=lang)
    if answer.status in (303, 308):
        answer = server.ask("GET", urljoin(path, answer.headers["location"]), Accept=HTML, Accept_Language=lang)
    assert answer.status == status, answer.text[:300]
    return Document(answer.text)


def address(name: str, **values: str) -> str:
    return f"/ask/{name}?{urlencode(values)}" if values else f"/ask/{name}"


def rows_of(answer: HttpAnswer) -> list[list[str]]:
    assert answer.status == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_list_has_all_questions_in_the_order_of_their_groups(server: RunningServer, lang: str) -> None:
    page = page_at(server, "/ask/", lang=lang)
    headings = [given["id"] for tag, given in page.elements if tag == "h2"]
    assert headings == [tag for tag in TAGS if any(each.tags[0] == tag for each in QUESTIONS.values())]
    linked = [to for to in page.links() if re.fullmatch(r"\.\./ask/\w+", to)]
    expected = [f"../ask/{name}" for tag in TAGS for name, each in QUESTIONS.items() if each.tags[0] == tag]
    assert linked == expected
    for question in QUESTIONS.values():
        assert getattr(question.summary, lang) in page.text()
        assert " ".join(getattr(question.description, lang).split()) in page.text()


def test_list_is_filtered_by_words(server: RunningServer) -> None:
    page = page_at(server, "/ask/?q=FYLKE%20dagens")
    linked = {to for to in page.links() if re.fullmatch(r"\.\./ask/\w+", to)}
    assert "../ask/which_events_are_in_which_county_of_today" in linked
    assert len(linked) < 5
    assert "Ingen spørsmål inneholder «flygende tallerken»" in page_at(server, "/ask/?q=flygende+tallerken").text()


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if question.definition])
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_definition_of_a_question_stands_under_its_table(server: RunningServer, name: str, lang: str) -> None:
    definition = QUESTIONS[name].definition
    assert definition
    markup = server.ask("GET", address(name, lang=lang), Accept=HTML).text
    _, _, after = markup.partition("</table>")
    assert after.count(f'<p class="definition">{getattr(definition, lang)}</p>') == 1
    data = [server.ask("GET", address(f"{name}.{format}", lang=lang)).text for format in ("csv", "json")]
    assert [getattr(definition, lang) in each for each in data] == [False, False]
    assert getattr(definition, lang) in page_at(server, f"/query/?question={name}&lang={lang}").text()


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_answer_has_headings_rows_and_the_sentences_of_each(
    server: RunningServer, built: Path, name: str, lang: str
) -> None:
    question, run = QUESTIONS[name], connect_build(built)
    page = page_at(server, address(name), lang=lang)
    expected = run_question(question, {}, run, lang)
    shown = expected.rows[:PAGE_SIZE]
    assert getattr(question.summary, lang) in page.text()
    bodies = [given for tag, given in page.elements if tag == "tbody"]
    assert len(bodies) == len(shown)
    if not shown:
        return
    heads = {getattr(label, lang).casefold() for label in question.columns.values()}
    assert all(head in page.text().casefold() for head in heads)
    proofs = row_passages(with_first_proofs(expected, question)[0], question, run)[:PAGE_SIZE]
    assert page.text().count(quoted := "«" if lang == "nb" else "“") >= sum(
        1 for passages in proofs for each in passages if each.position
    ), quoted
    for passages in proofs:
        for each in passages:
            assert " ".join(each.text.split()) in page.text()


def test_links_of_an_answer_stay_on_this_server_and_lead_somewhere(server: RunningServer) -> None:
    path = address("who_met_whom", actor="laila-bokhari", certainty="all")
    page = page_at(server, path)
    links = {to for to in page.links() if not to.startswith(("http", "#"))}
    assert {"../about/person/laila-bokhari", "../about/event/haugesund-2014-12"} <= links
    assert not [to for to in page.links() if "w3id.org" in to]
    for to in links:
        target = urljoin(path, to).partition("#")[0]
        if target.startswith(("/about/", "/ask/")):
            assert server.ask("GET", target, Accept=HTML).status == 200, target


def test_language_of_the_reader_is_kept(server: RunningServer) -> None:
    page = page_at(server, "/ask/who_met_whom?lang=en&actor=laila-bokhari")
    assert "Dialogue meeting in Haugesund" in page.text()
    assert "../about/person/laila-bokhari?lang=en" in page.links()
    assert ("input", {"type": "hidden", "name": "lang", "value": "en"}) in page.elements
    assert "?actor=laila-bokhari&lang=nb" in page.links()


@pytest.mark.parametrize(("name", "parameter", "value"), WITH_EXAMPLES)
def test_every_example_is_understood_and_stands_in_the_form(
    server: RunningServer, built: Path, name: str, parameter: str, value: str
) -> None:
    page = page_at(server, address(name, **{parameter: value}))
    rows = ask(name, build=built, **{parameter: value})
    assert len([1 for tag, _ in page.elements if tag == "tbody"]) == min(len(rows), PAGE_SIZE)
    fields = [given for tag, given in page.elements if tag in ("input", "select") and given.get("name") == parameter]
    assert len(fields) == 1
    chosen = [given for tag, given in page.elements if tag == "option" and "selected" in given]
    assert fields[0].get("value") or chosen
    # The address that is cited is that of the same answer.
    if rows:
        csv_address = next(to for to in page.links() if to.startswith(f"../ask/{name}.csv") and "format" not in to)
        assert len(rows_of(server.ask("GET", urljoin("/ask/x", csv_address)))) == len(rows) + 1


def test_form_suits_what_each_parameter_takes(server: RunningServer) -> None:
    page = page_at(server, "/ask/which_events_are_there")
    assert [given["name"] for tag, given in page.elements if tag == "select"] == ["kind", "status"]
    options = [given["value"] for tag, given in page.elements if tag == "option"]
    assert {"held", "planned", "dialogue-meeting", "Rogaland", "Stavanger"} <= set(options)
    period = page_at(server, "/ask/which_events_fell_in_a_period?from=2014-12")
    dates = {given["name"]: given for tag, given in period.elements if tag == "input" and given.get("type") == "date"}
    assert set(dates) == {"from", "to"}
    assert dates["from"]["value"] == "2014-12-01"
    radios = [given for tag, given in period.elements if given.get("type") == "radio"]
    assert [given["value"] for given in radios] == ["certain", "possible", "all"]
    assert [given["value"] for given in radios if "checked" in given] == ["certain"]


def test_menu_of_counties_has_those_that_the_question_is_about(server: RunningServer) -> None:
    def offered(name: str) -> str:
        page = page_at(server, address(name))
        return page.text()

    assert "Akershus" in offered("which_events_are_in_which_county_of_today")
    assert "Østfold" in offered("which_events_are_in_which_county")
    assert "Viken" not in offered("which_events_are_in_which_county_of_today")


@pytest.mark.parametrize("kind", entity_kinds())
def test_every_kind_has_a_menu_or_suggestions(kind: str) -> None:
    assert (kind in MENU_KINDS) != (SUGGESTIONS / f"suggested_{kind}.rq").exists()


def test_no_question_has_a_parameter_of_the_pages() -> None:
    names = {name for question in QUESTIONS.values() for name in question.parameters}
    assert not names & {*OWN}
    assert not [name for name in names if name.startswith("_")]
    assert {each.kind for question in QUESTIONS.values() for each in question.parameters.values()} <= {
        *entity_kinds(),
        *LITERAL_KINDS,
    }


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ask/who_met_whom?actor=leila+bokhari", "Her finnes ikke «leila bokhari»."),
        ("/ask/which_events_fell_in_a_period?from=i+g%C3%A5r", "«i går» er ingen dag."),
        ("/ask/which_events_fell_in_a_period?from=2015&to=2014", "Tidsrommet slutter før det begynner."),
        ("/ask/who_met_whom?certainty=sure", "«sure» er ikke noe av dette."),
        ("/ask/who_was_where?area=31", "«31» er et område fra en annen tid"),
    ],
)
def test_value_that_is_not_understood_gives_the_form_again(server: RunningServer, path: str, words: str) -> None:
    page = page_at(server, path, 200 if "31" in path else 400)
    assert words in page.text()
    assert "tbody" not in {tag for tag, _ in page.elements}
    assert "Vis svar" in page.text()
    plain = server.ask("GET", path, Accept="application/json")
    assert plain.status == 400
    assert plain.headers["content-type"].startswith("text/plain")


def test_form_offers_what_was_meant(server: RunningServer) -> None:
    page = page_at(server, "/ask/who_met_whom?actor=leila+bokhari&certainty=all", 400)
    assert "Mente du Laila Bokhari person" in page.text()
    assert "../ask/who_met_whom?certainty=all&actor=laila-bokhari" in page.links()
    area = page_at(server, "/ask/who_was_where?area=31")
    assert "../ask/who_was_where?area=01" in area.links()


def test_form_asks_which_of_several_is_meant(server: RunningServer) -> None:
    page = page_at(server, "/ask/who_was_an_event_meant_for?event=dialogm%C3%B8te")
    radios = [given["value"] for tag, given in page.elements if given.get("type") == "radio"]
    assert "haugesund-2014-12" in radios
    assert "«dialogmøte» kan bety flere" in page.text()
    assert "møte, i desember 2014 (1.–31.)" in page.text()
    for value in radios:
        assert page_at(server, address("who_was_an_event_meant_for", event=str(value)))


def test_empty_values_and_defaults_are_left_out_of_the_address(server: RunningServer) -> None:
    answer = server.ask("GET", "/ask/who_met_whom?actor=Laila+Bokhari&certainty=certain&x=", Accept=HTML)
    assert (answer.status, answer.headers["location"]) == (303, "who_met_whom?actor=Laila+Bokhari")
    answer = server.ask("GET", "/ask/who_met_whom?actor=&certainty=certain", Accept=HTML)
    assert (answer.status, answer.headers["location"]) == (303, "who_met_whom")


def test_unknown_parameter_is_named(server: RunningServer) -> None:
    page = page_at(server, "/ask/who_met_whom?actr=laila-bokhari")
    assert "Spørsmålet har ingen parameter som heter actr." in page.text()
    answer = server.ask("GET", "/ask/who_met_whom.csv?actr=laila-bokhari")
    assert answer.status == 400
    assert "Did you mean actor?" in answer.text


def test_why_there_are_no_rows_is_said(server: RunningServer) -> None:
    nothing = page_at(server, "/ask/who_was_where?actor=anders-anundsen")
    assert "Ingenting svarer på det for sikkert. Se om noe er mulig" in nothing.text()
    assert "../ask/who_was_where?actor=anders-anundsen&certainty=all" in nothing.links()
    for name, question in QUESTIONS.items():
        if question.without_rows and not rows_of(server.ask("GET", f"/ask/{name}.csv"))[1:]:
            assert question.without_rows.nb in page_at(server, address(name)).text()


def test_certainty_is_explained_where_it_occurs(server: RunningServer) -> None:
    def explained(path: str) -> str:
        return page_at(server, path).text().partition(" rader")[2]

    assert "sikker En kilde sier det" in explained("/ask/who_met_whom")
    assert "Kildene lar det stå åpent" not in explained("/ask/who_met_whom")
    assert "mulig Kildene lar det stå åpent" in explained("/ask/who_met_whom?certainty=all")


def test_long_answer_is_given_in_parts(server: RunningServer) -> None:
    total = len(rows_of(server.ask("GET", "/ask/everything_about_an_event.csv"))) - 1
    assert total > 2 * PAGE_SIZE
    page, seen = page_at(server, "/ask/everything_about_an_event"), 0
    while True:
        seen += len([1 for tag, _ in page.elements if tag == "tbody"])
        following = [given["href"] for tag, given in page.elements if given.get("rel") == "next"]
        if not following:
            break
        page = page_at(server, urljoin("/ask/x", str(following[0])))
    assert seen == total
    assert f"av {total}" in page.text()
    first = page_at(server, "/ask/everything_about_an_event?start=99999999999")
    assert f"Rad 1–{PAGE_SIZE} av {total}" in first.text()


@pytest.mark.parametrize("name", ["who_met_whom", "which_events_are_there", "who_held_which_office"])
def test_answer_as_data_is_that_of_ask(server: RunningServer, built: Path, name: str) -> None:
    rows = ask(name, build=built)
    for path, accept in ((f"/ask/{name}.csv", HTML), (f"/ask/{name}?format=csv", HTML), (f"/ask/{name}", "text/csv")):
        answer = server.ask("GET", path, Accept=accept)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert len(rows_of(answer)) == len(rows) + 1
    as_json = server.ask("GET", f"/ask/{name}.json").json
    assert isinstance(as_json, dict)
    assert len(as_json["results"]["bindings"]) == len(rows)
    assert "proof" in as_json["head"]["vars"]
    sheet = server.ask("GET", f"/ask/{name}.csv?format=spreadsheet").text
    heading = next(iter(QUESTIONS[name].columns.values())).nb
    assert sheet.startswith(f"\ufeff{heading}")
    assert server.ask("GET", f"/ask/{name}.pdf").status == 404
    assert server.ask("GET", f"/ask/{name}", Accept="image/png").status == 406


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_query_with_its_values_gives_the_same_answer(server: RunningServer, built: Path, name: str, lang: str) -> None:
    question = QUESTIONS[name]
    values = {each.name: each.example for each in question.parameters.values() if each.example}
    if question.parameters.get("certainty"):
        values["certainty"] = "all"
    for given in ({}, values):
        text = server.ask("GET", f"/ask/{name}.rq?{urlencode({**given, 'lang': lang})}").text
        answer = server.query(text, Accept="text/csv")
        assert answer.status == 200, answer.text
        expected = run_question(question, given, connect_build(built), lang)
        rows = rows_of(answer)
        assert tuple(rows[0]) == expected.columns
        assert len(rows) - 1 == len(expected.rows)
        labels = [number for number, column in enumerate(expected.columns) if column.endswith("Label")]
        assert [[row[number] for number in labels] for row in rows[1:]] == [
            ["" if row[number] is None else row[number].value for number in labels] for row in expected.rows
        ]


def test_comments_of_a_query_have_values_that_work(server: RunningServer, built: Path) -> None:
    """Each example in the comments, put into the place of its parameter, gives the answer to that value."""
    checked = 0
    for name, question in QUESTIONS.items():
        text = server.ask("GET", f"/ask/{name}.rq?lang=en").text
        comments, body = "", []
        for line in text.splitlines():
            if line.startswith("#   ?_"):
                comments += f"{line}\n"
            elif not line.startswith("# "):
                body.append(line)
        examples = dict(re.findall(r"^#   \?_(\w+): .*?, for example (.+)$", comments, re.MULTILINE))
        assert set(examples) == {each.name for each in question.parameters.values() if each.example}
        for parameter, term in examples.items():
            query = re.sub(rf"\?_{parameter}\b", lambda _, term=term: term, "\n".join(body))
            rows = rows_of(server.query(query, Accept="text/csv"))
            expected = ask(name, build=built, **{parameter: str(question.parameters[parameter].example)})
            assert len(rows) - 1 == len(expected), (name, parameter)
            checked += 1
    assert checked == len(WITH_EXAMPLES)


def test_unknown_question_gets_the_list_with_similar_ones(server: RunningServer) -> None:
    page = page_at(server, "/ask/who_met_who", 404)
    assert "Det finnes ikke noe spørsmål som heter «who_met_who»" in page.text()
    assert "../ask/who_met_whom" in page.links()
    assert server.ask("GET", "/ask/who-met-whom?lang=en", Accept=HTML).headers["location"] == "who_met_whom?lang=en"
    plain = server.ask("GET", "/ask/who_met_who", Accept="text/csv")
    assert (plain.status, "Did you mean who_met_whom" in plain.text) == (404, True)
    assert server.ask("GET", "/ask").headers["location"] == "ask/"


@pytest.mark.parametrize("hostile", [*HOSTILE, "%", "\x00", "'; DROP", "æ" * 3000, " ", "?_actor", "}"])
def test_hostile_values_do_nothing(server: RunningServer, hostile: str) -> None:
    for path in (f"/ask/who_met_whom?actor={quote(hostile)}", f"/ask/?q={quote(hostile)}", f"/ask/{quote(hostile)}"):
        answer = server.ask("GET", path, Accept=HTML)
        assert answer.status in (200, 303, 307, 308, 400, 404, 414), path
        if answer.status in (200, 400) and answer.headers["content-type"].startswith("text/html"):
            assert "<script" not in answer.text
            assert "onerror=alert(1)>" not in answer.text
            assert "Traceback" not in answer.text
    for name in ("_text", "_name", "_ended"):
        answer = server.ask("GET", f"/ask/who_met_whom?{name}={quote(hostile)}", Accept=HTML)
        assert "Hvem møtte hvem" in answer.text or answer.status in (303, 400, 414)
        assert (
            f"{escape(hostile)[:20]}" not in answer.text.partition("<h1>")[2].partition("</h1>")[0] or len(hostile) < 3
        )


def test_hostile_names_in_an_answer_are_text(tmp_path: Path) -> None:
    with serving(hostile_build(tmp_path / "hostile"), tmp_path / "log") as hostile:
        for name in ("which_events_are_there", "who_was_where", "which_pages_are_there"):
            answer = hostile.ask("GET", f"/ask/{name}", Accept=HTML)
            assert answer.status == 200
            assert "<script>" not in answer.text
            assert "<img" not in answer.text


SLOW = """\
#+ summary: {nb: Hvor mange er det av alt?, en: How many are there of everything?}
#+ description: {nb: Teller lenge., en: Counts for a long time.}
#+ tags: [meetings]
#+ parameters:
#+   actor: {is: actor, nb: hvem, en: who, example: laila-bokhari}
#+ columns:
#+   count: {nb: antall, en: count}
#defaultView:Table
SELECT (COUNT(*) AS ?count) WHERE { ?a ?b ?_actor . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?d && ?g != ?j) }
"""


def test_answer_that_takes_too_long_leaves_the_form(built: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "queries").mkdir(parents=True)
    (home / "ontology").mkdir()
    (home / "queries/how_many_of_all.rq").write_text(SLOW, encoding="utf-8")
    options = ("--home", str(home), "--timeout", "2")
    with commanded(built, tmp_path / "log", *options) as slow:
        answer = slow.ask("GET", "/ask/how_many_of_all", Accept=HTML, Accept_Language="nb")
        assert answer.status == 408
        page = Document(answer.text)
        assert "Svaret ble ikke ferdig Avgrens spørsmålet" in page.text()
        assert [given["name"] for tag, given in page.elements if given.get("id") == "field-actor"] == ["actor"]
        plain = slow.ask("GET", "/ask/how_many_of_all.csv")
        assert (plain.status, plain.headers["content-type"]) == (408, "text/plain; charset=utf-8")


def test_result_of_a_query_has_a_title_links_and_a_way_back(server: RunningServer) -> None:
    query = 'SELECT ?event ?label { ?event a mg:SingleEvent ; rdfs:label ?label FILTER(LANG(?label) = "nb") }'
    answer = server.get(query, Accept=HTML, Accept_Language="nb")
    page = Document(answer.text)
    assert "Svar på en SPARQL-spørring" in page.text()
    assert "about/event/haugesund-2014-12" in page.links()
    assert "w3id.org" not in " ".join(page.links())
    back = next(to for to in page.links() if to.startswith("query/?query="))
    form = Document(server.ask("GET", f"/{back}", Accept=HTML).text)
    assert query in "".join(form.words)
    downloads = [to for to in page.links() if to.startswith("sparql?query=")]
    assert [to.rpartition("=")[2] for to in downloads] == ["csv", "tsv", "json", "xml"]
    assert len(rows_of(server.ask("GET", f"/{downloads[0]}"))) == len([1 for tag, _ in page.elements if tag == "tr"])
    assert "Ja" in Document(server.get("ASK {}", Accept=HTML, Accept_Language="nb").text).text()
    triples = server.get("CONSTRUCT { ?s a ?o } { ?s a mg:SingleEvent, ?o }", Accept=HTML, Accept_Language="en")
    assert "subject predicate object" in Document(triples.text).text()
    assert "No rows." in Document(server.get("SELECT * { <a:b> ?p ?o }", Accept=HTML, Accept_Language="en").text).text()
    slashed = server.ask("GET", f"/sparql/?query={quote(query)}", Accept=HTML)
    assert "../about/event/haugesund-2014-12" in Document(slashed.text).links()


def test_result_of_many_rows_is_cut_on_the_page(server: RunningServer) -> None:
    page = Document(server.get("SELECT * { ?s ?p ?o }", Accept=HTML, Accept_Language="en").text)
    assert "These are only the first 1,000 rows; there are more." in page.text()
    assert len([1 for tag, _ in page.elements if tag == "tbody"]) == 1_000


def test_form_of_sparql_has_a_question_with_its_values(server: RunningServer) -> None:
    page = page_at(server, "/query/?question=who_met_whom&actor=laila-bokhari&lang=en")
    text = "".join(page.words)
    assert "# Who met whom (at the same event)?" in text
    assert "<https://w3id.org/motegraf/person/laila-bokhari>" in text
    assert '#   ?_certainty: one of "certain", "possible", "all"' in text
    assert server.ask("GET", "/query/?question=who_met_whom&actor=nobody", Accept=HTML).status == 400


def test_row_with_many_claims_shows_the_sentences_of_the_first() -> None:
    question = QUESTIONS["how_many_events_are_of_which_kind"]
    claims = " ".join(f"urn:claim:{number}" for number in range(2 * MAX_PROOFS + 3))
    row = tuple(Literal(claims if name in question.proof else "1") for name in (*question.columns, *question.proof))
    table, lost = with_first_proofs(Table((*question.columns, *question.proof), [row, row]), question)
    assert lost == [MAX_PROOFS + 3] * 2
    assert len(table.rows[0][-1].value.split()) == MAX_PROOFS
    assert table.rows[0][:-1] == row[:-1]
