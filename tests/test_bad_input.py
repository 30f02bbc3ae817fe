"""Names, words of the vocabulary and keys that are wrong: each one finding, with file, line and a hint."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import add_page
from small_page import (
    CLAIMS,
    CLAIMS_YAML,
    PAGE_TXT,
    TEXT,
    Mistake,
    assert_one_finding,
    line_of,
    linked_home,
    refused_findings,
    small_page,
    snapshot,
    with_mistake,
)

from build_graph import build
from graph.common.findings import FindingsError

pytestmark = pytest.mark.slow

HELD = "    status: held\n"
NEW_KEY = "    status: held\n    "
ORGANISER = "{agent: stavanger-kommune, role: organiser}"
CANDIDATES = "candidates: [{holder_of: statsminister}, laila-bokhari]\n        at_least: 1"

MISTAKES = {
    "an unknown name": Mistake(
        ORGANISER, "{agent: stavanger-komune, role: organiser}", ("stavanger-komune", "Did you mean stavanger-kommune")
    ),
    "an unknown person": Mistake("sender: erna-solberg", "sender: erna-solbreg", ("Did you mean erna-solberg",)),
    "an unknown post": Mistake(
        "as: statssekretaer-smk", "as: statssekreter-smk", ("no post", "Did you mean", "statssekretaer-smk")
    ),
    "an unknown post of a sender": Mistake(
        "as: statsminister\n", "as: statsminster\n", ("no post", "Did you mean statsminister")
    ),
    "an unknown post of a holder": Mistake(
        "{holder_of: statsminister}", "{holder_of: statsministr}", ("no post", "Did you mean statsminister")
    ),
    "an unknown municipality": Mistake(
        "municipality: Stavanger", "municipality: Stavangr", ("'Stavangr'", "Did you mean Stavanger")
    ),
    "a name that several municipalities have": Mistake(
        "municipality: Stavanger", "municipality: Våler", ("'Våler'", "2", "county", "Hedmark or Østfold")
    ),
    "an unknown county": Mistake(
        "municipality: Stavanger", "municipality: Våler, county: Ostfold", ("county", "'Ostfold'", "Østfold")
    ),
    "a municipality that does not exist on the day": Mistake(
        "municipality: Stavanger", "municipality: Færder", ("'Færder'", "did not exist", "2014-11-01", "2018-01-01")
    ),
    "a body that does not exist on the day": Mistake(
        ORGANISER,
        "{agent: kristiansand-kommune-2020, role: organiser}",
        ("'kristiansand-kommune-2020'", "did not exist", "2020-01-01"),
    ),
    "an audience from a body that does not exist on the day": Mistake(
        "drawn_from: stavanger-kommune", "drawn_from: kristiansand-kommune-2020", ("did not exist", "2020-01-01")
    ),
    "a group from a body that does not exist on the day": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n    drawn_from: kristiansand-kommune-2020",
        ("the group 'flere-foreldre' is drawn from", "did not exist", "2020-01-01"),
        at="agent: flere-foreldre",
    ),
    "a person where a body is meant": Mistake(
        "drawn_from: stavanger-kommune", "drawn_from: laila-bokhari", ("laila-bokhari", "no body")
    ),
    "a misspelt role": Mistake("role: introducer", "role: introducr", ("unknown role", "Did you mean introducer")),
    "a misspelt kind": Mistake("dialogue-meeting", "dialog-meeting", ("unknown kind", "Did you mean dialogue-meeting")),
    "a misspelt status": Mistake("status: held", "status: hold", ("unknown status", "Did you mean held")),
    "a misspelt topic": Mistake(
        "- radicalisation", "- radicalization", ("unknown topic", "Did you mean", "radicalisation")
    ),
    "a misspelt topic further down a list": Mistake(
        "- terrorist-threat", "- terorist-threat", ("unknown topic", "Did you mean terrorist-threat")
    ),
    "a misspelt topic of a talk": Mistake(
        "about: violent-extremism", "about: violent-extremisme", ("unknown topic", "Did you mean", "violent-extremism")
    ),
    "a misspelt attendance": Mistake(
        ORGANISER,
        "{agent: stavanger-kommune, role: organiser, attendance: presnt}",
        ("unknown attendance", "Did you mean present"),
    ),
    "a misspelt open list": Mistake(
        HELD, f"{NEW_KEY}open_list: topic\n", ("'topic'", "Did you mean topics"), at="open_list: topic\n"
    ),
    "a misspelt review": Mistake(HELD, f"{NEW_KEY}review: acepted\n", ("'acepted'", "accepted"), at="review: "),
    "a misspelt key": Mistake("status: held", "statsu: held", ("unknown key 'statsu'", "Did you mean status?")),
    "a misspelt section": Mistake("relations:", "relatons:", ("unknown key 'relatons'", "Did you mean relations")),
    "a key that ends as the name of a form does": Mistake(
        "relations:", "madeEntry: x\nrelations:", ("unknown key 'madeEntry'",), at="madeEntry"
    ),
    "a key below that ends as the name of a form does": Mistake(
        "status: held", "statusEntry: held", ("unknown key 'statusEntry'",)
    ),
    "a key that is missing": Mistake(
        "    kind: dialogue-meeting\n", "", ("'kind' is missing",), at="  mote-i-stavanger:\n"
    ),
    "an id that cannot stand in an address": Mistake(
        "  mote-i-haugesund:\n", "  Haugesund 2014:\n", ("'Haugesund 2014'",)
    ),
    "an unknown relation": Mistake("influenced-by", "influencd-by", ("no relation", "Did you mean influenced-by")),
    "an unknown thing in a relation": Mistake(
        "object: brev-til-ordforere",
        "object: brev-til-ordforrere",
        ("'brev-til-ordforrere'", "Did you mean brev-til-ordforere"),
    ),
    "a thing of another page with an impossible key": Mistake(
        "object: brev-til-ordforere", "object: 'letter:Brev til ordførere'", ("Brev til ordførere",)
    ),
    "an unknown group": Mistake(
        "agent: flere-foreldre", "agent: flere-foreldra", ("'flere-foreldra'", "Did you mean flere-foreldre")
    ),
    "an unknown group that another is part of": Mistake(
        "words: Flere foreldre",
        "words: Flere foreldre\n    some_of: noen-ordforre",
        ("no group", "Did you mean noen-ordforere"),
        at="some_of: ",
    ),
    "a relation of a thing to itself": Mistake(
        "object: brev-til-ordforere", "object: mote-i-stavanger", ("mote-i-stavanger", "itself")
    ),
    "a group that is part of itself": Mistake(
        "words: Flere foreldre", "words: Flere foreldre\n    some_of: flere-foreldre", ("itself",), at="some_of: "
    ),
    "an unknown series": Mistake(HELD, f"{NEW_KEY}series: moter-2014\n", ("'moter-2014'",), at="series: "),
    "a series that is none": Mistake(
        HELD, f"{NEW_KEY}series: brev-til-ordforere\n", ("brev-til-ordforere",), at="series: "
    ),
    "an event that extends a person": Mistake(
        HELD, f"{NEW_KEY}extends: laila-bokhari\n", ("laila-bokhari",), at="extends: "
    ),
    "one candidate": Mistake(
        CANDIDATES, "candidates: [laila-bokhari]\n        at_least: 1", ("two or more", "agent:"), at="candidates: "
    ),
    "the same candidate twice, and two of them": Mistake(
        CANDIDATES,
        "candidates: [{holder_of: statsminister}, laila-bokhari, laila-bokhari]\n        at_least: 2",
        ("twice",),
        at="candidates: ",
    ),
    "candidates of whom all took part": Mistake("at_least: 1", "at_least: 2", ("all", "agent:")),
    "candidates without at_least": Mistake("        at_least: 1\n", "", ("at_least", "missing"), at="candidates: "),
    "an at_least that is no number": Mistake("at_least: 1", "at_least: one", ("'one'",)),
    "both an agent and candidates": Mistake(
        "at_least: 1", "at_least: 1\n        agent: laila-bokhari", ("either agent: or candidates:",), at="- candidates"
    ),
    "a letter with the key of an event": Mistake(
        "\nrelations:",
        "  mote-i-stavanger: \n    label: {nb: Brev}\n    quote: I brevet ba hun om lokale møter.\n\nrelations:",
        ("already names event:mote-i-stavanger", "one id is one thing"),
        at="  mote-i-stavanger: ",
    ),
    "a group with the key of an event": Mistake(
        "groups:\n",
        "groups:\n  mote-i-haugesund: {words: noen ordførere}\n",
        ("already names event:mote-i-haugesund", "one id is one thing"),
        at="  mote-i-haugesund: {",
    ),
    "the same claim twice": Mistake(
        ORGANISER, f"{ORGANISER}\n      - {{agent: Stavanger kommune, role: organiser}}", ("twice",), at="{agent: Sta"
    ),
}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A home whose corpus is empty and may be changed."""
    return linked_home(tmp_path)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_finding_where_it_stands(linked: Path, built: Path, mistake: Mistake) -> None:
    assert_one_finding(linked, built, mistake)


def test_the_small_page_itself_has_no_mistake(linked: Path) -> None:
    small_page(linked)
    assert build(linked).claims == 11


def test_a_post_not_held_on_the_day_is_a_finding(linked: Path, built: Path) -> None:
    text = "I mai 2014 ble det holdt et møte. Statssekretær Jøran Kallmyr deltok.\n"
    claims = """\
events:
  mote-2014-05:
    label: {nb: Møte, en: Meeting}
    kind: meeting
    status: held
    when: {edtf: 2014-05, said: I mai 2014}
    quote: I mai 2014 ble det holdt et møte.
    participations:
      - agent: joran-kallmyr
        role: participant
        as: statssekretaer-jd
        quote: Statssekretær Jøran Kallmyr deltok.
"""
    add_page(linked, "for-tiden", text, claims, "2014-06-01")
    (finding,) = refused_findings(linked, built)
    assert (finding.file, finding.line) == ("corpus/for-tiden/claims.yaml", line_of("as: stats", claims))
    for words in ("person:joran-kallmyr", "did not hold post:statssekretaer-jd", "2014-10"):
        assert words in finding.message


def test_all_mistakes_of_a_run_are_shown_together(linked: Path, built: Path) -> None:
    first = with_mistake(CLAIMS, Mistake("status: held", "status: hold", ()))
    first = with_mistake(first, Mistake("sender: erna-solberg", "sender: erna-solbreg", ()))
    small_page(linked, first)
    small_page(linked, CLAIMS, f"{TEXT}Ingen siterer dette.\n", "annen-side")
    expected = [
        ("corpus/annen-side/page.txt", line_of("Ingen", f"{TEXT}Ingen")),
        (CLAIMS_YAML, line_of("status: hold", first)),
        (CLAIMS_YAML, line_of("sender: erna-solbreg", first)),
    ]
    assert [(finding.file, finding.line) for finding in refused_findings(linked, built)] == expected


def test_a_misspelt_key_does_not_hide_a_wrong_quote_in_another_entry(linked: Path, built: Path) -> None:
    claims = with_mistake(CLAIMS, Mistake("    kind: meeting", "    knid: meeting", ()))
    claims = with_mistake(claims, Mistake("quote: Flere foreldre deltok.", "quote: Flere foreldre kom.", ()))
    small_page(linked, claims)
    lines = {finding.line for finding in refused_findings(linked, built)}
    assert {line_of("knid: meeting", claims), line_of("quote: Flere foreldre kom.", claims)} <= lines


def test_a_badly_named_folder_does_not_hide_the_mistakes_of_other_pages(linked: Path, built: Path) -> None:
    small_page(linked, with_mistake(CLAIMS, Mistake("status: held", "status: hold", ())))
    small_page(linked, name="Møte i går")
    assert {finding.file for finding in refused_findings(linked, built)} == {CLAIMS_YAML, "corpus/Møte i går"}


def test_the_program_itself_ends_with_1_and_writes_nothing(linked: Path, built: Path) -> None:
    small_page(linked, with_mistake(CLAIMS, Mistake("status: held", "status: hold", ())))
    before = snapshot(built)
    command = [sys.executable, "-m", "graph", "build", "--home", str(linked), "--out", str(built)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0].startswith(
        f"{CLAIMS_YAML}:5: unknown status 'hold'; known are cancelled, held, planned, postponed."
    )
    assert snapshot(built) == before


def test_a_check_finds_what_a_build_finds(linked: Path) -> None:
    small_page(linked, text=f"{TEXT}Ingen siterer dette.\n")
    with pytest.raises(FindingsError) as error:
        build(linked)
    assert [(finding.file, finding.line) for finding in error.value.findings] == [(PAGE_TXT, 9)]
