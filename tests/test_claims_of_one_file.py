"""Pages of one file: actors of the page, inferences with their basis, words that decide, names nobody entered."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import add_page, ask, load_store
from pyoxigraph import Store
from small_page import linked_home

from build_graph import build
from graph.__main__ import motegraf
from graph.common.findings import Finding, FindingsError
from graph.model.claims import EventClaim, Inference, ParticipationClaim, Reading
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims_in_progress

pytestmark = pytest.mark.unit

TEXT = """Referat fra møte i politirådet

Tid: Onsdag 23. november 2022 kl. 12.00–14.30
Sted: Rådhuset, møterom Saltfjellet

Til stede:
Ordfører Geir Storvoll (Ap), rådmann Anette Fagerbakk og Henrik Dahl fra HL-senteret (bare sak 21)
Forfall: Kjersti Bangsund

Neste møte holdes digitalt 8. mars. Kari Nordmann og Equinor deltok ikke.
"""
CLAIMS = """
events:
  politirad-2022-11:
    label: {nb: Møte i politirådet}
    kind: meeting
    status: held
    status_word: Referat
    when: {edtf: 2022-11-23, said: 23. november 2022, begins: "12:00", ends: "14:30", time_said: kl. 12.00–14.30}
    where: {municipality: Rana, venue: "Rådhuset, møterom Saltfjellet", from: publisher}
    of_body: politiradet
    topics_said: [politirådet]
    quote:
      - Referat fra møte i politirådet
      - "Tid: Onsdag 23. november 2022 kl. 12.00–14.30"
      - "Sted: Rådhuset, møterom Saltfjellet"
    participations:
      - {agent: rana-kommune, role: host, role_word: Sted, from: publisher}
      - agents: [geir, anette]
        role: participant
        list: "Til stede:"
        quote: Ordfører Geir Storvoll (Ap), rådmann Anette Fagerbakk
      - agent: henrik
        role: participant
        list: "Til stede:"
        affiliation: hl
        title_said: rådmann
        context: rådmann Anette
        partly: bare sak 21
        quote: Henrik Dahl fra HL-senteret (bare sak 21)
      - {agent: kjersti, role: participant, attendance: absent, quote: "Forfall: Kjersti Bangsund"}
  politirad-2023-03:
    label: {nb: Neste møte}
    kind: meeting
    status: planned
    online: "true"
    when: {edtf: 2023-03-08, said: 8. mars, from: published}
    quote: Neste møte holdes digitalt 8. mars.
people:
  geir: {name: Geir Storvoll}
  anette: {name: Anette Fagerbakk}
  henrik: {name: Henrik Dahl}
  kjersti: {name: Kjersti Bangsund}
bodies:
  politiradet: {name: politirådet, kind: council, part_of: rana-kommune}
  hl: {name: HL-senteret, kind: research-institute}
"""
SOURCE = "referat-rana"


def read(home: Path, background: Background, text: str = TEXT, claims: str = CLAIMS, **described: str) -> list[Finding]:
    """Return the findings about a page; errors too."""
    try:
        return reading_of(home, background, text, claims, **described)[1]
    except FindingsError as error:
        return error.findings


def reading_of(
    home: Path, background: Background, text: str = TEXT, claims: str = CLAIMS, **described: str
) -> tuple[Reading, list[Finding]]:
    """Return a page as it is read, and the findings about it."""
    home = home if (home / "corpus").exists() else linked_home(home)
    folder = add_page(home, SOURCE, text, claims, "2022-11-29", described.get("reading", "partial"))
    file = folder / "page.yaml"
    publisher = described.get("publisher", "rana-kommune")
    file.write_text(
        file.read_text(encoding="utf-8").replace("publisher: norges-regjering", f"publisher: {publisher}"), "utf-8"
    )
    return read_claims_in_progress(folder, background)


def changed(old: str, new: str, text: str = CLAIMS) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def events(reading: Reading) -> dict[str, EventClaim]:
    return {claim.key: claim for claim in reading.claims if isinstance(claim, EventClaim)}


def parts(reading: Reading) -> dict[str, ParticipationClaim]:
    return {claim.key.split(".")[1]: claim for claim in reading.claims if isinstance(claim, ParticipationClaim)}


def test_page_of_one_file_says_all_of_it(tmp_path: Path, background: Background) -> None:
    reading, findings = reading_of(tmp_path, background)
    assert [finding.message.partition(" in ")[0] for finding in findings] == ["unknown name 'Ap'"]
    held, planned = events(reading).values()
    assert (held.when and held.when.begins, held.place and held.place.venue) == (
        "12:00",
        "Rådhuset, møterom Saltfjellet",
    )
    assert held.place is not None
    assert held.place.inference == Inference("basis:publisher")
    assert (held.of_body, held.status_word) == (f"organisation:{SOURCE}.politiradet", "Referat")
    assert planned.when is not None
    assert (planned.online, planned.when.inference) == ("true", Inference("basis:published"))
    assert sorted(parts(reading)) == ["anette", "geir", "henrik", "kjersti", "rana-kommune"]
    henrik = parts(reading)["henrik"]
    assert (henrik.affiliation, henrik.on_behalf_of) == (f"organisation:{SOURCE}.hl", None)
    assert (henrik.partly, henrik.partly_as_written) == (True, "bare sak 21")


@pytest.fixture(scope="module")
def built_page(tmp_path_factory: pytest.TempPathFactory, background: Background) -> Store:
    """The graph of the page."""
    home = linked_home(tmp_path_factory.mktemp("one"))
    reading_of(home, background)
    build(home, home / "build")
    return load_store(home / "build/motegraf.nq")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SELECT ?m { event:politirad-2023-03 schema:eventAttendanceMode ?m }",
         [("schema:OnlineEventAttendanceMode",)]),
        ("SELECT ?p { event:politirad-2023-03 schema:location ?p }", []),
        ("SELECT ?v { event:politirad-2022-11 mg:venueAsWritten ?v }", [("Rådhuset, møterom Saltfjellet",)]),
        ("SELECT ?t { event:politirad-2022-11 mg:startTime ?t }", [("12:00:00",)]),
        ("SELECT ?k { event:politirad-2022-11 schema:keywords ?k }", [("politirådet",)]),
        ("SELECT ?n { ?p a foaf:Person ; foaf:name ?n ; prov:hadPrimarySource source:referat-rana } ORDER BY ?n",
         [("Anette Fagerbakk",), ("Geir Storvoll",), ("Henrik Dahl",), ("Kjersti Bangsund",)]),
        ("SELECT ?a { ?x a mg:Participation ; mg:affiliation ?a }", [(f"organisation:{SOURCE}.hl",)]),
        ("SELECT ?b { ?x mg:onBehalfOf ?b }", []),
        ("SELECT ?w { ?x a mg:Participation ; mg:partlyAsWritten ?w }", [("bare sak 21",)]),
        ("SELECT ?b { ?i mg:inferredProperty mg:place ; mg:inferredFrom ?b }", [("basis:publisher",)]),
        # What the reader inferred stands in no graph of the source.
        ("SELECT ?g { GRAPH ?g { ?c mg:place ?p } }", [("graph:curated",)]),
        ("SELECT ?g { GRAPH ?g { claim:referat-rana.politirad-2023-03 mg:time ?t } }", [("graph:curated",)]),
        ("SELECT ?w { GRAPH graph:curated { ?c mg:statusWord ?w } }", [("Referat",)]),
    ],
)  # fmt: skip
def test_page_of_one_file_in_the_graph(built_page: Store, query: str, answer: list[tuple[str, ...]]) -> None:
    assert ask(built_page, query) == answer


def test_unknown_names_are_listed_and_stop_nothing(tmp_path: Path, background: Background) -> None:
    claims = changed(
        "quote: Neste møte holdes digitalt 8. mars.",
        "quote: [Neste møte holdes digitalt 8. mars., Kari Nordmann og Equinor deltok ikke.]",
    )
    findings = read(tmp_path, background, TEXT, claims)
    unknown = [finding.message for finding in findings if finding.message.startswith("unknown name")]
    assert {message.split("'")[1] for message in unknown} == {"Ap", "Kari Nordmann", "Equinor"}
    assert "(kari-nordmann: {name: Kari Nordmann})" in unknown[1]
    assert {finding.severity for finding in findings} == {"warning"}


SOLBERG = "Erna Solberg deltok på et møte i Oslo 3. mars 2020. Kari Nordmann og Equinor deltok.\n"
OF_SOLBERG = """
events:
  mote:
    label: {nb: Møte}
    kind: meeting
    status: held
    when: {edtf: 2020-03-03, said: 3. mars 2020}
    where: {municipality: Oslo}
    quote: [Erna Solberg deltok på et møte i Oslo 3. mars 2020., Kari Nordmann og Equinor deltok.]
    participations:
      - {agent: erna-solberg, role: participant}
"""


def test_sentence_of_others_proves_nobodys_part(tmp_path: Path, background: Background) -> None:
    reading, findings = reading_of(tmp_path, background, SOLBERG, OF_SOLBERG)
    (part,) = parts(reading).values()
    words = [reading.source.text[quote.start : quote.end] for quote in (*part.quotes, *part.key_quotes)]
    assert words == ["Erna Solberg deltok på et møte i Oslo 3. mars 2020."] * 2
    assert {finding.message.split("'")[1] for finding in findings if "unknown name" in finding.message} == {
        "Kari Nordmann",
        "Equinor",
    }


def test_own_quote_that_names_others_proves_nobodys_part(tmp_path: Path, background: Background) -> None:
    claims = changed(
        "role: participant}",
        "role: participant, quote: Kari Nordmann og Equinor deltok., context: Erna Solberg}",
        OF_SOLBERG,
    )
    (finding,) = [each for each in read(tmp_path, background, SOLBERG, claims) if each.severity == "error"]
    assert finding.message.startswith("the quotes of this entry name others, and not person:erna-solberg")


OSLO, DAY = "{municipality: Oslo}", "edtf: 2020-03-03, said: 3. mars 2020"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (OSLO, "{municipality: Oslo, written: Stockholm}", "no known name of Oslo"),
        (OSLO, "{municipality: Bergen, from: publisher}", "Bergen is not the area of the"),
        (OSLO, "{municipality: Oslo, from: source}", "from: source needs because:"),
        (OSLO, "{municipality: Oslo, country: SE}", "a municipality is in Norway"),
        (OSLO, "{country: SE}", "written: or venue: with the page's words"),
        (OSLO, "{country: XX, written: Oslo}", "'XX' is no code of a country"),
        (DAY, "edtf: 2030-03-03, said: 3. mars, from: published", "as it was published on 2022-11-29"),
        (DAY, "edtf: 2019-03-03, said: 3. mars, from: url", "address of the page does not"),
        (DAY, "edtf: 2020-03-03", "'said' is missing"),
        ("agent: erna-solberg", "agent: erna-solberg, from: publisher", "is not the publisher"),
        ("agent: erna-solberg", "agent: erna-solberg, role_word: talte", "'talte' does not stand in the words"),
        ("status: held", "status: held\n    status_word: x", "'x' does not stand in the words"),
        ("agent: erna-solberg", "agents: [erna-solberg], written: Erna", "agents: are several who each"),
    ],
    ids=lambda value: value[:40],
)
def test_inferences_and_words_need_a_basis(
    tmp_path: Path, background: Background, old: str, new: str, says: str
) -> None:
    text = SOLBERG.replace("i Oslo", "i Stockholm i Oslo") if "Stockholm" in new else SOLBERG
    claims = OF_SOLBERG.replace("i Oslo 3.", "i Stockholm i Oslo 3.") if "Stockholm" in new else OF_SOLBERG
    (finding,) = [
        each for each in read(tmp_path, background, text, changed(old, new, claims)) if each.severity == "error"
    ]
    assert says in finding.message


def test_decision_of_the_reader_about_a_place_is_kept(tmp_path: Path, background: Background) -> None:
    text, claims = (each.replace("i Oslo", "på Lillestrøm") for each in (SOLBERG, OF_SOLBERG))
    where = "{municipality: Skedsmo, written: Lillestrøm, because: Lillestrøm is a town in Skedsmo}"
    claims = changed(
        "{municipality: Oslo}",
        where,
        changed(
            "2020-03-03, said: 3. mars 2020",
            "2019-03-03, said: 3. mars 2019",
            claims.replace("mars 2020.", "mars 2019."),
        ),
    )
    reading, _ = reading_of(tmp_path, background, text.replace("2020", "2019"), claims)
    (event,) = events(reading).values()
    assert event.place is not None
    assert event.place.inference == Inference(None, "Lillestrøm is a town in Skedsmo")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("people: {erna-solberg: {name: Erna Solberg}}", "the registry knows person:erna-solberg already"),
        ("people: {ola: {name: Ola Dunk}}", "the name 'Ola Dunk' is not in the page"),
        ("bodies: {equinor: {name: Equinor, kind: firm}}", "unknown kind of body 'firm'; known are agency, "),
        ("bodies: {equinor: {name: Equinor, kind: company, part_of: nowhere}}", "'nowhere' is no person or body"),
    ],
)
def test_actors_of_a_page_are_checked(tmp_path: Path, background: Background, entry: str, says: str) -> None:
    errors = [
        each for each in read(tmp_path, background, SOLBERG, f"{OF_SOLBERG}{entry}\n") if each.severity == "error"
    ]
    assert [says in error.message for error in errors] == [True]


def test_surname_that_is_a_municipality_is_a_person(tmp_path: Path, background: Background) -> None:
    text = SOLBERG.replace("Kari Nordmann og Equinor deltok.", "Anders Eide deltok.")
    claims = OF_SOLBERG.replace("Kari Nordmann og Equinor deltok.", "Anders Eide deltok.")
    messages = [each.message for each in read(tmp_path, background, text, claims)]
    assert [message.split("'")[1] for message in messages if "name" in message] == ["Anders Eide"]


def test_thousand_unknown_names_are_a_readable_finding(tmp_path: Path, background: Background) -> None:
    letters = "abcdefghij"
    names = [f"N{letters[a]}{letters[b]}{letters[c]} Dunk" for a in range(10) for b in range(10) for c in range(10)]
    text = SOLBERG + f"Også {', '.join(names)} deltok.\n"
    claims = OF_SOLBERG.replace(
        "Kari Nordmann og Equinor deltok.]", "Kari Nordmann og Equinor deltok., Også … deltok.]"
    )
    unknown = [each for each in read(tmp_path, background, text, claims) if "unknown name" in each.message]
    assert len(unknown) == 21
    assert unknown[-1].message.startswith("982 more unknown names: 'Nabi Dunk', ")
    assert "and 962 more; add them under people: or bodies:" in unknown[-1].message


@pytest.mark.parametrize(("reading", "severities"), [("partial", {"warning"}), ("complete", {"warning", "error"})])
def test_only_a_complete_page_needs_every_sentence(
    tmp_path: Path, background: Background, reading: str, severities: set[str]
) -> None:
    text = SOLBERG + "Det regnet.\n"
    findings = read(tmp_path, background, text, OF_SOLBERG, reading=reading)
    assert {finding.severity for finding in findings} == severities
    assert ("no claim covers the sentence 'Det regnet.'" in str(findings)) == (reading == "complete")


def test_words_that_are_left_are_named(tmp_path: Path, background: Background) -> None:
    text = SOLBERG + "Sak 2: Erna Solberg deltok.\n"
    claims = OF_SOLBERG.replace("og Equinor deltok.]", "og Equinor deltok., 'Erna Solberg deltok.']")
    findings = read(tmp_path, background, text, claims, reading="complete")
    (finding,) = [each for each in findings if "covers" in each.message]
    assert finding.message.startswith("no claim covers the words 'Sak 2' of 'Sak 2: Erna Solberg deltok.'")


def test_publisher_that_the_registry_does_not_know_is_described(tmp_path: Path, background: Background) -> None:
    reading, _ = reading_of(tmp_path, background, SOLBERG, OF_SOLBERG, publisher="{name: Tidens Krav, kind: company}")
    assert reading.source.publisher == f"{SOURCE}.publisher"
    assert [(actor.id, actor.name) for actor in reading.actors] == [(f"organisation:{SOURCE}.publisher", "Tidens Krav")]


@pytest.mark.parametrize(("name", "warned"), [("Tidens Krav", True), ("Romsdals Budstikke", False)])
def test_body_that_is_called_as_the_publisher_is_a_warning(
    tmp_path: Path, background: Background, name: str, warned: bool
) -> None:
    claims = f"{OF_SOLBERG}bodies:\n  avisen: {{name: {name}, kind: company}}\n"
    text = f"{SOLBERG}{name} skrev om det.\n"
    findings = read(tmp_path, background, text, claims, publisher="{name: Tidens Krav, kind: company}")
    about = [each for each in findings if "use the key publisher" in each.message]
    assert [each.severity for each in about] == ["warning"] * warned, findings


def test_unknown_agent_is_compared_with_what_the_page_names_itself(tmp_path: Path, background: Background) -> None:
    [finding] = [
        each
        for each in read(tmp_path, background, claims=changed("agent: kjersti", "agent: kjersty"))
        if "kjersty" in each.message
    ]
    assert "Did you mean kjersti" in finding.message
    assert finding.message.endswith("is entered under people: or bodies:")


def test_postponed_event_is_linked_to_the_new_one(tmp_path: Path, background: Background) -> None:
    text = "Møtet 27. september 2023 er avlyst. Nytt møte holdes 8. november 2023.\n"
    claims = """
events:
  mote-september:
    label: {nb: Møte}
    kind: meeting
    status: cancelled
    when: {edtf: 2023-09-27, said: 27. september 2023}
    moved_to: mote-november
    quote: Møtet 27. september 2023 er avlyst.
  mote-november:
    label: {nb: Nytt møte}
    kind: meeting
    status: planned
    when: {edtf: 2023-11-08, said: 8. november 2023}
    quote: Nytt møte holdes 8. november 2023.
"""
    home = linked_home(tmp_path)
    add_page(home, SOURCE, text, claims, "2023-09-20")
    build(home, home / "build")
    graph = load_store(home / "build/motegraf.nq")
    assert ask(graph, "SELECT ?a ?b { ?a mg:movedTo ?b }") == [("event:mote-september", "event:mote-november")]
    assert ask(graph, "SELECT ?d { event:mote-november schema:previousStartDate ?d }") == [("2023-09-27",)]


def test_check_can_ask_every_page_to_be_complete(tmp_path: Path) -> None:
    home = linked_home(tmp_path)
    add_page(home, SOURCE, SOLBERG + "Det regnet.\n", OF_SOLBERG, "2022-11-29", reading="partial")
    run = CliRunner()
    assert run.invoke(motegraf, ["check", "--home", str(home), "--quiet"]).exit_code == 0
    done = run.invoke(motegraf, ["check", "--home", str(home), "--quiet", "--complete"])
    assert done.exit_code == 1
    assert "no claim covers the sentence 'Det regnet.'" in done.stderr
