"""Parts in an event that was held: what was planned, wished for or denied makes nobody part of it."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_errors

from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit

HELD = "Det ble holdt et møte i Stavanger 3. mars 2014."


def errors_of(
    home: Path,
    background: Background,
    sentence: str,
    part: str,
    status: str = "held",
    before: str = "",
    language: str = "nb",
) -> list[str]:
    """Return the errors about a page on which a sentence is the only proof of somebody's part in an event."""
    first = HELD if status == "held" else "Møtet holdes i Stavanger 3. mars 2014."
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: {status}
    when: {{edtf: 2014-03-03, said: 3. mars 2014}}
    where: {{municipality: Stavanger}}
    quote: {first}
    participations:
      - {{{part}, quote: '{sentence}'}}
"""
    folder = add_page(
        home, "p", f"{first} {before} {sentence}\n", claims, "2014-04-01", reading="partial", language=language
    )
    return page_errors(folder, background)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Stavanger kommune vil arrangere møtet.", "'vil arrangere'"),
        ("Stavanger kommune vil, sammen med andre, arrangere møtet.", "planned"),
        ("Stavanger kommune skulle arrangere møtet.", "deny 'arrangere'"),
        ("Stavanger kommune kan arrangere møtet.", "deny 'arrangere'"),
        ("Stavanger kommune ville ikke arrangere møtet.", "deny 'arrangere'"),
        ("Stavanger kommune arrangerte ikke møtet.", "deny 'arrangerte'"),
    ],
)
def test_a_plan_or_a_denial_makes_no_organiser_of_an_event_that_was_held(
    tmp_path: Path, background: Background, sentence: str, says: str
) -> None:
    found = errors_of(linked_home(tmp_path), background, sentence, "agent: stavanger-kommune, role: organiser")
    assert len(found) == 1, found
    assert says in found[0]
    assert "role_word:" in found[0]


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Erna Solberg skal delta.", "'skal delta'"),
        ("Erna Solberg skulle delta.", "deny 'delta'"),
        ("Erna Solberg burde ha deltatt.", "deny 'deltatt'"),
        ("Erna Solberg var dessverre ikke til stede.", "deny 'til stede'"),
        ("Erna Solberg deltok ikke.", "write attendance: absent"),
        ("Erna Solberg var forhindret fra å delta.", "write attendance: absent"),
        ("Erna Solberg var invitert.", "write attendance: invited"),
        ("Erna Solberg er ventet.", "write attendance: expected"),
    ],
)
def test_who_was_to_come_or_did_not_come_took_no_part(
    tmp_path: Path, background: Background, sentence: str, says: str
) -> None:
    found = errors_of(linked_home(tmp_path), background, sentence, "agent: erna-solberg, role: participant")
    assert len(found) == 1, found
    assert says in found[0]


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Stavanger kommune arrangerte møtet, og vil arrangere flere.", "agent: stavanger-kommune, role: organiser"),
        ("Møtet ble arrangert av Stavanger kommune.", "agent: stavanger-kommune, role: organiser"),
        ("Stavanger kommune inviterte til møtet.", "agent: stavanger-kommune, role: organiser"),
        ("Erna Solberg deltok ikke bare i debatten.", "agent: erna-solberg, role: participant"),
        ("Erna Solberg var til stede, men kunne ikke svare.", "agent: erna-solberg, role: participant"),
        ("Erna Solberg var ikke enig, og deltok i debatten.", "agent: erna-solberg, role: participant"),
        ("Vi skal huske at Erna Solberg deltok.", "agent: erna-solberg, role: participant"),
        ("Erna Solberg deltok ikke.", "agent: erna-solberg, role: participant, attendance: absent"),
        ("Erna Solberg var invitert.", "agent: erna-solberg, role: participant, attendance: invited"),
        ("Så skal Erna Solberg opp og tale.", "agent: erna-solberg, role: speaker, role_word: opp og tale"),
    ],
)
def test_what_was_is_said_of_an_event_that_was_held(
    tmp_path: Path, background: Background, sentence: str, part: str
) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, part) == []


def test_a_plan_says_who_is_expected(tmp_path: Path, background: Background) -> None:
    part = "agent: erna-solberg, role: participant"
    assert errors_of(linked_home(tmp_path), background, "Erna Solberg skal delta.", part, "planned") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Erna Solbergs rådgiver deltok.",
        "Erna Solbergs nye rådgiver deltok.",
        "Erna Solberg’s rådgiver deltok.",
        "Erna Solbergs sekretær deltok.",
    ],
)
def test_a_name_in_the_genitive_names_its_owner_alone(tmp_path: Path, background: Background, sentence: str) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, sentence, "agent: erna-solberg, role: participant")
    assert "which is not person:erna-solberg" in message
    assert "role_word:" in message


def test_the_genitive_of_an_office_names_its_owner_alone(tmp_path: Path, background: Background) -> None:
    part = "agent: {holder_of: statsminister}, role: participant"
    (message,) = errors_of(linked_home(tmp_path), background, "Statsministerens rådgiver deltok.", part)
    assert "which is not post:statsminister" in message


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Stavanger kommunes dialogmøte ble holdt.", "agent: stavanger-kommune, role: organiser"),
        ("Erna Solbergs rådgiver og Erna Solberg deltok.", "agent: erna-solberg, role: participant"),
        ("Erna Solbergs innledning var kort.", "agent: erna-solberg, role: introducer"),
        ("Erna Solbergs deltakelse var viktig.", "agent: erna-solberg, role: participant"),
        ("Erna Solbergs nærvær var viktig.", "agent: erna-solberg, role: participant, role_word: nærvær"),
    ],
)
def test_an_event_or_a_part_may_belong_to_somebody(
    tmp_path: Path, background: Background, sentence: str, part: str
) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, part) == []


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Møtet ble holdt uten Erna Solberg til stede.", "'uten Erna Solberg'"),
        ("Flere deltok i stedet for statsminister Erna Solberg.", "'i stedet for statsminister Erna Solberg'"),
        ("På møtet møtte verken Erna Solberg eller andre.", "Erna Solberg"),
        ("Verken Erna Solberg eller andre deltok.", "Erna Solberg"),
        ("Det var ikke Erna Solberg som deltok.", "'ikke Erna Solberg'"),
        ("Erna Solberg takket nei.", "write attendance: absent"),
        ("Erna Solberg takket nei til å delta.", "write attendance: absent"),
        ("Erna Solberg ønsker å delta.", "deny 'delta'"),
        ("Erna Solberg hadde tenkt å delta.", "deny 'delta'"),
    ],
)
def test_who_is_left_out_or_declines_took_no_part(
    tmp_path: Path, background: Background, sentence: str, says: str
) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, sentence, "agent: erna-solberg, role: participant")
    assert says in message


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Møtet ble holdt uten Erna Solberg og KS."),
        ("nb", "Verken Erna Solberg eller KS deltok."),
        ("nb", "Det var ikke Erna Solberg, Laila Bokhari og KS som deltok."),
        ("nb", "Alle deltok unntatt statsminister Erna Solberg (H), statssekretær Laila Bokhari og KS."),
        ("nn", "Møtet vart halde utan Erna Solberg og KS."),
        ("nn", "Korkje Erna Solberg eller KS deltok."),
        ("en", "The meeting was held without Erna Solberg and KS."),
        ("en", "Everybody attended except Erna Solberg, Laila Bokhari and KS."),
        ("en", "Neither Erna Solberg nor KS attended."),
        ("sv", "Mötet hölls utan Erna Solberg och KS."),
        ("sv", "Varken Erna Solberg eller KS deltog."),
        ("da", "Mødet blev holdt uden Erna Solberg og KS."),
        ("da", "Hverken Erna Solberg eller KS deltog."),
    ],
)
def test_every_member_of_a_list_is_left_out_with_its_first(
    tmp_path: Path, background: Background, language: str, sentence: str
) -> None:
    part = "agent: ks, role: participant"
    (message,) = errors_of(linked_home(tmp_path), background, sentence, part, language=language)
    assert "which leaves organisation:ks out" in message


@pytest.mark.parametrize("part", ["agent: ks", "candidates: [erna-solberg, ks], at_least: 1"])
def test_neither_nor_leaves_no_choice(tmp_path: Path, background: Background, part: str) -> None:
    sentence = "Verken Erna Solberg eller KS deltok."
    (message,) = errors_of(linked_home(tmp_path), background, sentence, f"{part}, role: participant")
    assert "which leaves" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "Møtet ble holdt uten Erna Solberg, og KS deltok.",
        "Uten Erna Solberg deltok KS.",
        "Erna Solberg deltok ikke, men KS deltok.",
        "KS deltok, men ikke Erna Solberg.",
        "KS deltok uten Erna Solberg og Laila Bokhari.",
    ],
)
def test_what_is_no_member_of_the_list_is_not_left_out(tmp_path: Path, background: Background, sentence: str) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, "agent: ks, role: participant") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Erna Solberg deltok trolig på møtet."),
        ("nb", "Kanskje deltok Erna Solberg."),
        ("nb", "Deltok Erna Solberg på møtet?"),
        ("nb", "«Deltok Erna Solberg på møtet?»"),
        ("nb", "Hadde Erna Solberg deltatt, ville møtet vært et annet."),
        ("nb", "Hvis Erna Solberg deltok, var det bra."),
        ("nb", "Det er ikke kjent om Erna Solberg deltok på møtet."),
        ("nb", "Vi håper at Erna Solberg deltok."),
        ("nb", "Erna Solberg unnlot å delta."),
        ("nb", "Erna Solberg nektet å delta på møtet."),
        ("nb", "Erna Solberg lovet å delta."),
        ("nn", "Erna Solberg deltok truleg."),
        ("nn", "Det er ikkje kjent om Erna Solberg deltok."),
        ("en", "Erna Solberg probably attended."),
        ("en", "It is unclear whether Erna Solberg attended."),
        ("en", "Erna Solberg failed to attend."),
        ("en", "Erna Solberg was supposed to attend."),
        ("sv", "Erna Solberg deltog kanske."),
        ("da", "Erna Solberg deltog måske."),
    ],
)
def test_what_is_left_open_makes_nobody_a_participant(
    tmp_path: Path, background: Background, language: str, sentence: str
) -> None:
    part = "agent: erna-solberg, role: participant"
    (message,) = errors_of(linked_home(tmp_path), background, sentence, part, language=language)
    assert "deny" in message
    assert "or leave it open" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "Erna Solberg deltok på møtet, trolig sammen med KS.",
        "Erna Solberg deltok. Kanskje kom KS?",
        "Vi håper at de som kom, ble klokere, og Erna Solberg deltok.",
        "Erna Solberg hadde deltatt på møtet.",
    ],
)
def test_what_is_left_open_may_be_something_else(tmp_path: Path, background: Background, sentence: str) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, "agent: erna-solberg, role: participant") == []


@pytest.mark.parametrize("sentence", ["Ola deltok på møtet.", "Erna Solberg deltok ikke på møtet."])
def test_words_that_head_a_list_hide_no_shorter_ones_elsewhere(
    tmp_path: Path, background: Background, sentence: str
) -> None:
    part = "agent: erna-solberg, role: participant, context: Erna Solberg er statsminister."
    assert errors_of(linked_home(tmp_path), background, sentence, part, before="Erna Solberg er statsminister.") != []


@pytest.mark.parametrize("words", ["ønsker å", "har tenkt å", "håper å"])
def test_an_intention_makes_no_organiser(tmp_path: Path, background: Background, words: str) -> None:
    sentence = f"Stavanger kommune {words} arrangere møtet."
    (message,) = errors_of(linked_home(tmp_path), background, sentence, "agent: stavanger-kommune, role: organiser")
    assert "deny 'arrangere'" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "Ikke bare Erna Solberg deltok.",
        "Erna Solberg deltok uten rådgivere.",
        "Uten pause deltok Erna Solberg.",
        "Ikke minst Erna Solberg deltok.",
    ],
)
def test_what_is_left_out_may_be_something_else(tmp_path: Path, background: Background, sentence: str) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, "agent: erna-solberg, role: participant") == []


@pytest.mark.parametrize("status", ["held", "planned"])
def test_a_quote_that_names_nobody_proves_no_part(tmp_path: Path, background: Background, status: str) -> None:
    named = "context: Erna Solberg er statsminister."
    text = "Flere lærere deltok." if status == "held" else "Flere lærere skal delta."
    part = f"agent: erna-solberg, role: participant, {named}"
    (message,) = errors_of(
        linked_home(tmp_path), background, text, part, status, before="Erna Solberg er statsminister."
    )
    assert message.startswith("no quote of this entry names person:erna-solberg")
    assert "written:" in message


@pytest.mark.parametrize(
    ("sentence", "more"),
    [("Hun deltok.", "written: Hun"), ("Statsministeren deltok.", "as: statsminister")],
)
def test_a_pronoun_or_an_office_may_stand_for_somebody(
    tmp_path: Path, background: Background, sentence: str, more: str
) -> None:
    part = f"agent: erna-solberg, role: participant, context: Erna Solberg er statsminister., {more}"
    before = "Erna Solberg er statsminister."
    assert errors_of(linked_home(tmp_path), background, sentence, part, before=before) == []


@pytest.mark.parametrize(
    ("language", "agent", "sentence"),
    [
        ("nb", "stavanger-kommune", "Stavanger kommunes rådgiver deltok."),
        ("nb", "ks", "KS’ leder deltok."),
        ("nb", "ks", "KS sin leder deltok."),
        ("nb", "ks", "Lederen i KS deltok."),
        ("nb", "stavanger-kommune", "En seniorrådgiver i Stavanger kommune deltok."),
        ("nb", "ks", "En representant for KS deltok."),
        ("nb", "ks", "Representanter fra Stavanger kommune og KS deltok."),
        ("nn", "ks", "Rådgjevaren til KS deltok."),
        ("en", "ks", "The adviser of KS attended."),
        ("sv", "ks", "En rådgivare på KS deltog."),
        ("da", "ks", "En rådgiver fra KS deltog."),
    ],
)
def test_a_body_is_represented_by_those_who_belong_to_it(
    tmp_path: Path, background: Background, language: str, agent: str, sentence: str
) -> None:
    home, part = linked_home(tmp_path), f"agent: {agent}, role: participant"
    (message,) = errors_of(home, background, sentence, part, language=language)
    assert "attendance: represented" in message


def test_a_body_may_be_said_to_be_represented(tmp_path: Path, background: Background) -> None:
    part = "agent: stavanger-kommune, role: participant, attendance: represented"
    assert errors_of(linked_home(tmp_path), background, "Stavanger kommunes rådgiver deltok.", part) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Laila Bokhari deltok på vegne av Erna Solberg."),
        ("nb", "KS deltok på vegne av Laila Bokhari og Erna Solberg."),
        ("nb", "Laila Bokhari møtte for statsminister Erna Solberg."),
        ("nb", "Laila Bokhari deltok og hilste fra Erna Solberg."),
        ("nb", "Et brev fra Erna Solberg ble lest opp, og flere deltok."),
        ("nb", "Laila Bokhari representerte Erna Solberg og deltok i debatten."),
        ("nb", "En rådgiver for Erna Solberg deltok."),
        ("nb", "Møtet rettet seg mot Laila Bokhari og Erna Solberg, og mange deltok."),
        ("nn", "Møtet var retta mot Erna Solberg, og mange deltok."),
        ("en", "The meeting was aimed at Erna Solberg, and many attended."),
        ("nn", "Laila Bokhari deltok på vegner av Erna Solberg."),
        ("en", "Laila Bokhari attended on behalf of Erna Solberg."),
        ("en", "A message from Erna Solberg was read, and many attended."),
        ("sv", "Laila Bokhari deltog som ersättare för Erna Solberg."),
        ("da", "Laila Bokhari deltog på vegne af Erna Solberg."),
    ],
)
def test_who_is_represented_was_not_there(tmp_path: Path, background: Background, language: str, sentence: str) -> None:
    part = "agent: erna-solberg, role: participant"
    (message,) = errors_of(linked_home(tmp_path), background, sentence, part, language=language)
    assert "which tells of somebody else than person:erna-solberg" in message


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Erna Solberg deltok på vegne av KS.", "agent: erna-solberg, role: participant"),
        ("Lederen i KS, Erna Solberg, deltok.", "agent: erna-solberg, role: participant"),
        ("Forsker ved NIBR Erna Solberg deltok.", "agent: erna-solberg, role: participant"),
        ("Kommunalsjef for oppvekst Erna Solberg deltok.", "agent: erna-solberg, role: participant"),
        ("Erna Solberg, rådgiver i Stavanger kommune, og KS deltok.", "agent: ks, role: participant"),
        ("En rådgiver i Stavanger kommune arrangerte møtet.", "agent: stavanger-kommune, role: organiser"),
        ("Laila Bokhari inviterte til møtet på vegne av KS.", "agent: ks, role: organiser"),
    ],
)
def test_who_represents_somebody_was_there(tmp_path: Path, background: Background, sentence: str, part: str) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, part) == []
