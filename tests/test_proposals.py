"""What is proposed of a page: events, times and parts of each genre, each with words that stand there."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from conftest import add_page
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from small_page import linked_home, page_errors

from graph import HOME
from graph.model.edtf import Bounds
from graph.sources.pages.context import Background, read_background
from graph.sources.pages.read import read_claims_in_progress
from graph.sources.proposals.propose import ProposalError, Proposals, json_of, propose
from graph.sources.proposals.write import RECORD, propose_page, propose_text

pytestmark = pytest.mark.unit
DAY = Bounds(date(2024, 3, 20), date(2024, 3, 20))

MINUTES = """\
Stranda ungdomsråd – møteprotokoll

Dato: torsdag 14. mars 2024, kl. 17.00
Stad: Rådhuset

Møtande medlemer: Ask Bakke (leiar), Synne Moe, Ole Lia
Forfall: Jonas Berge
Frå administrasjonen: Berit Sund (sekretær)

Sak 3/24 Nattbuss
Trond Moene orienterte om nattbussen.

Neste møte: 11. april 2024.
"""
PROGRAMME = """\
Konferanse om forebygging
Tirsdag 14. mai 2024

KS inviterer til konferanse i Oslo.

09.00 Velkommen ved Kari Strand, direktør i KS
09.30 Hva virker?
Forsker Nils Aas, Universitetet i Bergen
10.30 Pause
11.00 Erfaringer fra nord
v/ SLT-koordinator Mette Lyder

Ordstyrer: Morten Holm

Spørsmål om påmelding: Trine Lunde
"""
NEWS = """\
Dialogmøte i Haugesund

Torsdag 14. mars arrangerte Haugesund kommune et dialogmøte i Haugesund. Ordfører Arne Moen åpnet møtet.
Rådgiver Laila Vik fra Minotenk holdt innlegg. Leder Per Sund sier at møtet var viktig.

Foto: Hanne Lie
"""
CALENDAR = """\
Uke 12: Program for justisminister Kari Strand

Mandag 18. mars
10.00 Møte med ordfører Arne Moen, Haugesund rådhus
12.00 Besøk hos Minotenk

Tirsdag 19. mars
09.00 Seminar i Oslo
13.00 Debatt i Bergen (AVLYST)

Onsdag 20. mars
11.00 Møte med politimester Nina Dahl
"""
CHOICE = """\
Møte i Bodø

Torsdag 14. mars arrangerte Bodø kommune et møte i Bodø. Kari Strand og/eller Nils Aas deltok.
"""
NO_MEETING = """\
Kapittel 1. Formål

Loven skal bidra til trygge lokalsamfunn. Kommunen har ansvar for at reglene blir fulgt. Departementet kan gi forskrift.
"""


@pytest.fixture(scope="module")
def background() -> Background:
    return read_background(HOME)


def proposed(text: str, background: Background, language: str = "nb") -> Proposals:
    return propose_text(text, language, DAY, None, background)[0]


def parts(proposals: Proposals, event: int = 0) -> dict[str, tuple[list[str], str | None]]:
    wanted = proposals.events[event]
    return {part.name.who: (part.roles, part.attendance) for part in proposals.parts if part.event is wanted}


def test_minutes_tell_who_came_who_did_not_and_what_comes_next(background: Background) -> None:
    found = proposed(MINUTES, background, "nn")
    assert [(event.status, event.time and event.time.edtf) for event in found.events] == [
        ("held", "2024-03-14"),
        ("planned", "2024-04-11"),
    ]
    assert parts(found) == {
        "Stranda ungdomsråd": (["organiser"], None),
        "Ask Bakke": (["participant"], "present"),
        "Synne Moe": (["participant"], "present"),
        "Ole Lia": (["participant"], "present"),
        "Jonas Berge": (["participant"], "absent"),
        "Berit Sund": (["secretary"], "present"),
        "Trond Moene": (["speaker"], "present"),
    }


def test_a_programme_tells_who_is_to_speak_and_not_whom_to_ask(background: Background) -> None:
    found = proposed(PROGRAMME, background)
    assert [(event.kind, event.status, event.time and event.time.edtf) for event in found.events] == [
        ("conference", "planned", "2024-05-14")
    ]
    assert parts(found) == {
        "KS": (["organiser"], None),
        "Kari Strand": (["opener"], "expected"),
        "Nils Aas": (["speaker"], "expected"),
        "Mette Lyder": (["speaker"], "expected"),
        "Morten Holm": (["chair"], "expected"),
    }


def test_news_tell_who_had_which_part_and_not_who_only_says_something(background: Background) -> None:
    found = proposed(NEWS, background)
    assert [(event.status, event.time and event.time.edtf, event.municipality) for event in found.events] == [
        ("held", "2024-03-14", "Haugesund")
    ]
    assert parts(found) == {
        "Haugesund kommune": (["organiser"], None),
        "Arne Moen": (["opener"], "present"),
        "Laila Vik": (["speaker"], "present"),
    }


def test_a_calendar_is_an_event_a_line_with_whom_it_is_of(background: Background) -> None:
    found = proposed(CALENDAR, background)
    assert [(event.status, event.time and event.time.edtf) for event in found.events] == [
        ("planned", "2024-03-18"),
        ("planned", "2024-03-18"),
        ("planned", "2024-03-19"),
        ("cancelled", "2024-03-19"),
        ("planned", "2024-03-20"),
    ]
    everybody = json_of(propose(CALENDAR, "nb", DAY, None, background))["events"]
    names = [[part["name"] for part in event["parts"]] for event in everybody]
    assert [("Kari Strand" in each, len(each)) for each in names] == [
        (True, 2),
        (True, 1),
        (True, 1),
        (False, 0),
        (True, 2),
    ]


def test_a_choice_makes_candidates_and_no_participant(background: Background) -> None:
    found = proposed(CHOICE, background)
    chosen = [part for part in found.parts if part.candidates]
    assert [[each.who for each in part.candidates] for part in chosen] == [["Kari Strand", "Nils Aas"]]
    assert not any(part.name.who in ("Kari Strand", "Nils Aas") for part in found.parts if not part.candidates)


def test_a_text_without_meetings_has_no_proposal(background: Background) -> None:
    assert proposed(NO_MEETING, background).events == []


def test_a_language_without_a_pack_is_named(background: Background) -> None:
    with pytest.raises(ProposalError, match="'se', which has no pack"):
        propose("Sámediggi", "se", DAY, None, background)


@pytest.mark.parametrize("text", [MINUTES, PROGRAMME, NEWS, CALENDAR, CHOICE], ids=range(5))
def test_every_quote_stands_in_the_text(background: Background, text: str) -> None:
    for event in json_of(proposed(text, background))["events"]:
        for quote in [*event["quotes"], *(part["quote"] for part in event["parts"])]:
            assert quote in text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" kommune", "\u00a0kommune"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("arrangerte", "arran\u00adgerte"),
    ],
    ids=["decomposed", "blanks", "line ends", "soft hyphens"],
)
def test_how_letters_are_written_changes_nothing(background: Background, change: object) -> None:
    assert callable(change)
    same = proposed(change(NEWS), background)
    assert [(event.kind, event.status) for event in same.events] == [("dialogue-meeting", "held")]
    assert {unicodedata.normalize("NFC", name): part for name, part in parts(same).items()} == parts(
        proposed(NEWS, background)
    )


@hypothesis_settings(max_examples=30)
@given(st.text(alphabet="aAbB æøåÆØÅ.,:;\n()–|0123456789", max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    propose(text, "nb", DAY, None, _BACKGROUND)


_BACKGROUND = read_background(HOME)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return add_page(linked_home(tmp_path), "mote", NEWS, "# mine\n", "2024-03-20")


def claims(folder: Path) -> dict[str, dict[str, dict[str, object]]]:
    loaded = YAML(typ="safe").load((folder / "claims.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_proposals_are_written_as_such_and_pass_the_check_once_accepted(page: Path, background: Background) -> None:
    written = propose_page(page, background)
    assert (written.events, written.parts) == (1, 3)
    text = (page / "claims.yaml").read_text(encoding="utf-8")
    assert text.startswith("# mine\n")
    assert text.count("review: proposed") == 4
    assert "accepted" not in text
    (page / "claims.yaml").write_text(text.replace("review: proposed", "review: accepted"), encoding="utf-8")
    described = (page / "page.yaml").read_text(encoding="utf-8")
    (page / "page.yaml").write_text(described.replace("reading: complete", "reading: partial"), encoding="utf-8")
    assert page_errors(page, background) == []


def test_names_of_a_list_are_proven_by_its_heading(tmp_path: Path, background: Background) -> None:
    text = "Referat\n\nRana kommune arrangerte dialogmøte 14. november 2022.\n\nTil stede\nSiri Bakken\nOla Moen\n"
    folder = add_page(linked_home(tmp_path), "mote", text, "", "2022-11-16")
    propose_page(folder, background)
    claims = (folder / "claims.yaml").read_text(encoding="utf-8")
    assert claims.count("list: Til stede") == 2
    (folder / "claims.yaml").write_text(claims.replace("review: proposed", "review: accepted"), encoding="utf-8")
    _, findings = read_claims_in_progress(folder, background)
    assert [each.message for each in findings if "participant" in each.message] == []


def test_proposing_again_changes_nothing(page: Path, background: Background) -> None:
    propose_page(page, background)
    before = [(page / name).read_bytes() for name in ("claims.yaml", RECORD)]
    propose_page(page, background)
    assert [(page / name).read_bytes() for name in ("claims.yaml", RECORD)] == before


@pytest.mark.parametrize(
    ("old", "new"),
    [("role: opener", "role: chair"), ("role: speaker\n        quote", "role: introducer\n        quote")],
)
def test_what_a_person_touched_stays(page: Path, background: Background, old: str, new: str) -> None:
    propose_page(page, background)
    text = (page / "claims.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (page / "claims.yaml").write_text(text.replace(old, new), encoding="utf-8")
    kept = propose_page(page, background).kept
    after = (page / "claims.yaml").read_text(encoding="utf-8")
    assert new in after
    assert old not in after
    assert kept == 2  # the part, and the event that it stands in


def test_what_was_rejected_stays_rejected(page: Path, background: Background) -> None:
    propose_page(page, background)
    text = (page / "claims.yaml").read_text(encoding="utf-8")
    start = text.index("role: opener")
    rejected = text[:start] + text[start:].replace("review: proposed", "review: rejected", 1)
    (page / "claims.yaml").write_text(rejected, encoding="utf-8")
    propose_page(page, background)
    after = (page / "claims.yaml").read_text(encoding="utf-8")
    assert after.count("review: rejected") == 1
    assert after.count("role: opener") == 1


def test_comments_of_a_person_stay(page: Path, background: Background) -> None:
    propose_page(page, background)
    text = (page / "claims.yaml").read_text(encoding="utf-8")
    (page / "claims.yaml").write_text(text.replace("role: opener", "role: chair  # I heard it"), encoding="utf-8")
    propose_page(page, background)
    assert "# I heard it" in (page / "claims.yaml").read_text(encoding="utf-8")


OTHERS = {
    "en": (
        "Minutes of the Harbour Board\n4 May 2023\n\nPresent: Anna Smith (chair), Peter Hill\nApologies: Mary Jones\n",
        {"Anna Smith": "present", "Peter Hill": "present", "Mary Jones": "absent"},
    ),
    "sv": (
        "Minnesanteckningar från Ungdomsrådet i Lund\nTid: 4 maj 2023\n\nNärvarande:\nAnna Lind\nPer Berg\n"
        "Anmält förhinder: Maria Ek\n\nMötet öppnades av Anna Lind.\n",
        {"Anna Lind": "present", "Per Berg": "present", "Maria Ek": "absent"},
    ),
    "da": (
        "Referat af møde i Ungdomsrådet\nDato: 4. maj 2023\n\nDeltagere:\nAnna Lund\nPer Bjerg\nAfbud: Maria Holm\n",
        {"Anna Lund": "present", "Per Bjerg": "present", "Maria Holm": "absent"},
    ),
}


@pytest.mark.parametrize("language", OTHERS)
def test_minutes_of_other_languages_tell_who_came(background: Background, language: str) -> None:
    text, expected = OTHERS[language]
    found = proposed(text, background, language)
    assert [(event.status, event.time and event.time.edtf) for event in found.events] == [("held", "2023-05-04")]
    people = {part.name.who: part.attendance for part in found.parts if part.name.kind == "person"}
    assert people == expected


def _statuses(text: str, language: str, background: Background) -> list[str]:
    published = Bounds(date(2024, 5, 1), date(2024, 5, 1))
    return [event["status"] for event in json_of(propose(text, language, published, None, background))["events"]]


_HELD = {
    "nb": "Torsdag 14. mars 2024 holdt Rana kommune et møte i Mo i Rana. {}\n",
    "nn": "Torsdag 14. mars 2024 heldt Bergen kommune eit møte i Bergen. {}\n",
    "en": "On 14 March 2024 the Ministry of Health held a meeting in Oslo. {}\n",
    "sv": "Den 14 mars 2024 höll Stockholms kommun ett möte i Stockholm. {}\n",
    "da": "Den 14. marts 2024 holdt Københavns Kommune et møde i København. {}\n",
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Saken ble utsatt."),
        ("nb", "På møtet ble saken utsatt."),
        ("nb", "Formannskapet utsatte saken til neste møte."),
        ("nb", "Behandlingen av saken på møtet ble utsatt."),
        ("nb", "Byggesaken er utsatt til neste møte."),
        ("nb", "Fristen ble utsatt."),
        ("nn", "Saka vart utsett."),
        ("nn", "Handsaminga vart utsett til neste møte."),
        ("en", "The item was postponed."),
        ("en", "At the meeting the vote was postponed."),
        ("sv", "Frågan har skjutits upp."),
        ("sv", "På mötet har ärendet skjutits upp."),
        ("da", "Sagen blev udsat."),
        ("da", "På mødet blev beslutningen udskudt."),
    ],
)
def test_a_matter_that_is_put_off_puts_no_meeting_off(background: Background, language: str, sentence: str) -> None:
    found = _statuses(_HELD[language].format(sentence), language, background)
    assert found[:1] == ["held"]
    assert not {"postponed", "cancelled"} & set(found)


@pytest.mark.parametrize(
    ("language", "sentence", "status"),
    [
        ("nb", "Møtet om saken 14. mars 2024 i Bodø ble utsatt.", "postponed"),
        ("nb", "Dialogmøtet 14. mars 2024 i Bodø er avlyst, og saken ble utsatt.", "cancelled"),
        ("nb", "Torsdag 14. mars 2024 ble møtet i Bodø utsatt.", "postponed"),
        ("nb", "Bodø kommune avlyste møtet 14. mars 2024 om saken.", "cancelled"),
        ("nn", "Dialogmøtet 3. april 2024 i Førde vart utsett.", "postponed"),
        ("en", "The meeting on 14 March 2024 in Oslo on the matter was postponed.", "postponed"),
        ("sv", "Mötet den 14 mars 2024 i Uppsala om frågan har skjutits upp.", "postponed"),
        ("da", "Mødet den 14. marts 2024 i Aarhus om sagen blev udsat.", "postponed"),
    ],
)
def test_a_meeting_about_a_matter_is_put_off_itself(
    background: Background, language: str, sentence: str, status: str
) -> None:
    assert _statuses(f"{sentence}\n", language, background) == [status]
