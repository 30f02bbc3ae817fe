"""What is proposed of texts that tell of no meeting, and of texts where only names, towns and days are others."""

from datetime import date

import pytest
from conftest import CORPUS, PAGE

from graph.model.edtf import Bounds
from graph.sources.pages.context import Background
from graph.sources.proposals.propose import json_of, propose
from graph.sources.proposals.wrapped import with_lines_joined
from graph.sources.proposals.write import propose_text

pytestmark = pytest.mark.unit
DAY = Bounds(date(2024, 3, 20), date(2024, 3, 20))

NO_MEETINGS = {
    "law": """\
Kapittel 2. Kommunens ansvar

§ 4. Kommunen skal ha en plan mot vold. Planen skal vedtas av kommunestyret. Departementet gir forskrift.

§ 5. Leder av nemnda kalles inn når loven krever det. Nemnda er vedtaksfør når minst to medlemmer er til stede.
""",
    "recipe": """\
Fiskesuppe til seks

Ha smør i gryta og surr løken blank. Hell i kraft og la suppa koke i ti minutter. Møt gjestene med varmt brød.
Server 20. desember eller når det passer.
""",
    "budget": """\
Budsjett 2024

Kommunen setter av 2 millioner kroner til forebygging. Oslo politidistrikt får 400 000 kroner. Fylkesmannen fører
tilsyn. Regnskapet legges fram 1. mars 2025.
""",
    "biography": """\
Kari Strand (født 4. mai 1960 i Bodø) er en norsk forfatter. Hun var ordfører fra 1999 til 2003 og direktør i Fisk.
I 2010 ga hun ut boka «Havet». Strand er gift med Nils Aas.
""",
    "weather": """\
Været i nord

Onsdag blir det sol i Tromsø og regn i Bodø. Torsdag 21. mars kommer en ny front fra vest. Anna Lie venter
vind.
""",
    "review": """\
Stille bok om store ting

Per Holm skriver klart om barndommen i Vardø. Romanen kom ut 3. januar. Holm mener at språket er et hjem.
""",
    "instruction": """\
Slik søker du om støtte

Fyll ut skjemaet innen 1. juni. Bydelen behandler søknaden. Spørsmål kan rettes til Trine Lunde, tlf. 55 55 55 55.
""",
    "research": """\
Ny kunnskap om utenforskap

Forskere ved NIBR har fulgt 400 unge i Drammen siden 2015. Rapporten er skrevet av Gry Isberg og Halvor Lunden. Den sier
at tillit til skolen betyr mest.
""",
    "appointment": """\
Ny direktør i KS

Mette Lyder er ansatt som direktør i KS fra 1. august 2024. Hun kommer fra stillingen som rådmann i Sandnes kommune.
""",
    "match": """\
Brann slo Viking

Brann vant 2–1 på Stadion søndag 17. mars. Ola Moen scoret begge målene. Trener Erik Dahl kunne smile.
""",
}


def test_texts_without_meetings_give_one_proposal_at_most(background: Background) -> None:
    found = {
        name: [event.title for event in propose(text, "nb", DAY, None, background).events]
        for name, text in NO_MEETINGS.items()
    }
    assert sum(map(len, found.values())) <= 1, found


NEWS = """\
Dialogmøte i Haugesund

Torsdag 14. mars arrangerte Haugesund kommune et dialogmøte i Haugesund. Ordfører Arne Moen åpnet møtet og ledet det.
Forskerne Laila Vik og Nils Aas holdt innlegg. Minotenk var invitert, men meldte avbud.
Neste møte holdes 20. april i Bodø. Leder Per Sund sier at møtet var viktig.
"""


def structure(text: str, background: Background) -> list[object]:
    proposals = propose(text, "nb", DAY, None, background)
    return [
        (
            event.kind,
            event.status,
            event.time is not None and event.time.edtf is not None,
            [(part.name.kind, part.roles, part.attendance) for part in proposals.parts if part.event is event],
        )
        for event in proposals.events
    ]


@pytest.mark.parametrize(
    "others",
    [
        {"Arne Moen": "Ingrid Hauge", "Laila Vik": "Siri Bakke-Lie", "Nils Aas": "Ola Berg", "Per Sund": "Eli Ruud"},
        {"Haugesund": "Tromsø", "Bodø": "Molde"},
        {"14. mars": "7. mars", "20. april": "2. mai"},
    ],
    ids=["people", "towns", "days"],
)
def test_other_names_towns_and_days_give_the_same_structure(background: Background, others: dict[str, str]) -> None:
    changed = NEWS
    for old, new in others.items():
        assert old in changed
        changed = changed.replace(old, new)
    assert structure(changed, background) == structure(NEWS, background) != []


def parts(text: str, background: Background) -> set[tuple[str, str, str | None]]:
    found = propose(text, "nb", DAY, None, background).parts
    return {(part.name.who, role, part.attendance) for part in found for role in part.roles}


HEAD = "Torsdag 14. mars arrangerte Bodø kommune en konferanse i Bodø. "


@pytest.mark.parametrize(
    ("sentence", "present", "absent"),
    [
        ("Forskerne Laila Vik og Nils Aas holdt innlegg.", {("Laila Vik", "speaker", "present")}, set()),
        ("Ordfører Astrid Vik-Eide åpnet konferansen.", {("Astrid Vik-Eide", "opener", "present")}, {"Eide"}),
        (
            "Arne Moen åpnet konferansen og ledet debatten.",
            {("Arne Moen", "opener", "present"), ("Arne Moen", "chair", "present")},
            set(),
        ),
        ("Politirådet var invitert, men meldte avbud.", {("Politirådet", "participant", "absent")}, set()),
        (
            "Politirådet var representert ved Laila Vik.",
            {("Laila Vik", "participant", "present"), ("Politirådet", "participant", "represented")},
            set(),
        ),
        ("Arne Moen ba om at Laila Vik taler.", set(), {"Laila Vik"}),
        ("Laila Vik, som ledet kontoret i ti år, holdt innlegg.", {("Laila Vik", "speaker", "present")}, set()),
        ("Laila Vik deltok. Hun snakket om tall.", {("Laila Vik", "speaker", "present")}, set()),
        ("Laila Vik og Nils Aas deltok. Hun snakket om tall.", {("Laila Vik", "participant", "present")}, set()),
        ("Deretter la Politirådet fram en rapport.", {("Politirådet", "speaker", "present")}, set()),
        ("Politirådet har bedt om å få komme.", set(), {"Politirådet"}),
        ("Politirådet skal kunne inviteres.", set(), {"Politirådet"}),
        ("Laila Vik kunne ikke delta.", {("Laila Vik", "participant", "absent")}, set()),
        ("Laila Vik fra Redd Barna holdt innlegg.", {("Laila Vik", "speaker", "present")}, {"Redd Barna"}),
        ("Ordfører Tore O. Moe åpnet konferansen.", {("Tore O. Moe", "opener", "present")}, set()),
        ("Natteravnene deltok, sier Per Holm.", {("Natteravnene", "participant", "present")}, {"Per Holm"}),
        ("Laila Vik, som hadde åpnet kirken, deltok.", {("Laila Vik", "participant", "present")}, set()),
        ("Konferansen bygger på en rapport der også Laila Vik har bidratt.", set(), {"Konferansen"}),
    ],
)
def test_who_has_a_part_in_a_sentence(
    background: Background, sentence: str, present: set[tuple[str, str, str]], absent: set[str]
) -> None:
    found = parts(f"Konferanse i Bodø\n\n{HEAD}{sentence}\n", background)
    assert present <= found
    assert not absent & {name for name, _, _ in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Torsdag 14. mars holdt politirådet et møte i Mo i Rana.", ("Mo i Rana", "Rana")),
        ("Torsdag 14. mars holdt politirådet et møte på rådhuset i Bodø.", ("rådhuset", "Bodø")),
        ("Torsdag 14. mars holdt ordføreren i Bodø et møte.", (None, None)),
        ("Torsdag 14. mars holdt politirådet et møte på Heimdal kirke.", ("Heimdal kirke", None)),
    ],
)
def test_where_a_meeting_is(background: Background, text: str, expected: tuple[str | None, str | None]) -> None:
    events = propose(f"{text}\n", "nb", DAY, None, background).events
    assert [(event.place_said, event.municipality) for event in events] == [expected]


def test_who_leads_an_office_chairs_no_meeting(background: Background) -> None:
    found = parts(f"Konferanse i Bodø\n\n{HEAD}Laila Vik, som ledet kontoret i ti år, holdt innlegg.\n", background)
    assert ("Laila Vik", "chair", "present") not in found


def test_a_heading_without_a_colon_gives_those_below_it_their_role(background: Background) -> None:
    text = f"Konferanse i Bodø\n\n{HEAD}\n\nPanel\n– Laila Vik, ordfører\n– Nils Aas, forsker\n"
    assert {("Laila Vik", "speaker", "present"), ("Nils Aas", "speaker", "present")} <= parts(text, background)


def test_a_council_has_its_next_meeting_too(background: Background) -> None:
    text = "Referat fra møte i Politirådet\n\nDato: 14. mars 2024\n\nNeste møte: 11. april 2024.\n"
    proposals = propose(text, "nb", DAY, None, background)
    owners = [(part.name.who, part.event.status) for part in proposals.parts if part.roles == ["organiser"]]
    assert owners == [("Politirådet", "held"), ("Politirådet", "planned")]


def test_a_meeting_that_is_not_cancelled_is_none_that_is(background: Background) -> None:
    proposals = propose(f"Konferanse i Bodø\n\n{HEAD}Konferansen er ikke avlyst.\n", "nb", DAY, None, background)
    assert [event.status for event in proposals.events] == ["held"]


WRAPPED = """\
Høringssvar om ny lov

Vi viser til konferansen i Bodø 14. mars 2024, der Bodø kommune
deltok. Konferansen ble åpnet av ordfører Arne Moen, og forsker
Laila Vik holdt innlegg. Politirådet var representert ved rektor
Anne-Berit Aas og Nils Strand. Departementet ledet ikke konferansen.
"""


def test_lines_broken_for_want_of_room_are_read_as_one(background: Background) -> None:
    assert parts(WRAPPED, background) == parts(" ".join(WRAPPED.split("\n", 2)[2].split()), background)
    assert ("Anne-Berit Aas", "participant", "present") in parts(WRAPPED, background)
    for event in json_of(propose(WRAPPED, "nb", DAY, None, background))["events"]:
        assert all(part["quote"] in WRAPPED for part in event["parts"])


def test_lines_of_a_list_are_not_joined() -> None:
    listed = "Til stede:\nArne Moen\nLaila Vik\nNils Aas\nKari Strand\n"
    assert with_lines_joined(listed) == listed


@pytest.mark.parametrize("ends", ["\n", "\n\n"])
def test_joined_lines_are_as_long_as_before(ends: str) -> None:
    text = WRAPPED.replace("\n", ends)
    assert len(with_lines_joined(text)) == len(text)


def test_a_weekday_is_the_one_whose_date_the_page_gives(background: Background) -> None:
    text = "Besøk i Bodø\n\nStatsråd Kari Strand besøker Bodø torsdag 28. mars. Torsdag møter hun ordfører Arne Moen.\n"
    found = propose(text, "nb", DAY, None, background).events
    assert {event.time.edtf for event in found if event.time} == {"2024-03-28"}


def kept(text: str, background: Background, language: str = "nb") -> list[tuple[str, str]]:
    proposals, _ = propose_text(text, language, DAY, None, background)
    return [(part.event.title, part.name.who) for part in proposals.parts]


def test_whose_calendar_it_is_passes_the_check(background: Background) -> None:
    text = """\
Uke 12: Program for justisminister Kari Strand

Mandag 18. mars
10.00 Møte med ordfører Arne Moen
12.00 Besøk hos Minotenk

Tirsdag 19. mars
09.00 Seminar i Oslo

Onsdag 20. mars
11.00 Møte med politimester Nina Dahl
"""
    assert [who for _, who in kept(text, background)].count("Kari Strand") == 4


def test_a_row_of_a_calendar_proves_who_goes(background: Background) -> None:
    text = """\
Ordførerens kalender

Kalenderen viser avtaler der ordfører Arne Moen eller varaordfører Laila Vik er med.

Dato | Tid | Hva | Hvor | Hvem
20.03. | 09–10 | Møte med næringen | Rådhuset | Ordfører
21.03. | 10–12 | Bystyret | Rådhuset | Begge
22.03. | 12–13 | Konferanse om vold | Rådhuset | Varaordfører
"""
    assert [who for _, who in kept(text, background) if who in ("Arne Moen", "Laila Vik")] == [
        *("Arne Moen", "Arne Moen", "Laila Vik", "Laila Vik")
    ]


def test_a_day_between_the_words_for_a_place_costs_no_event(background: Background) -> None:
    programme = "09.00 Velkommen ved Arne Moen\n10.00 Pause\n11.00 Slutt\n"
    text = f"Beredskapskonferansen\nÅlesund, torsdag 21. mars, Parken hotell\n\n{programme}"
    assert ("Beredskapskonferansen", "Arne Moen") in kept(text, background)


def test_first_page_is_proposed_from_nothing(background: Background) -> None:
    """Every event of the first page, all that are named in it, and no more: what is missed stands in docs."""
    page = (CORPUS / PAGE / "page.txt").read_text(encoding="utf-8")
    published = Bounds(date(2014, 12, 1), date(2015, 3, 31))
    proposals, entries = propose_text(page, "nb", published, None, background)
    assert entries.dropped == []
    assert [(event.status, event.municipality) for event in proposals.events] == [
        *(("held", None), ("held", "Sarpsborg"), ("held", None), ("held", None)),
        *(("held", town) for town in ("Oslo", "Ålesund", "Fredrikstad", "Tromsø")),
        *(("planned", town) for town in ("Drammen", "Trondheim", "Kristiansand")),
        ("planned", None),
    ]
    people = [
        (proposals.events.index(part.event), part.name.who, part.roles)
        for part in proposals.parts
        if part.name.kind == "person"
    ]
    assert people == [
        (1, "Jøran Kallmyr", ["opener"]),
        (1, "Laila Bokhari", ["participant"]),
        (2, "Laila Bokhari", ["introducer"]),
        (3, "Laila Bokhari", ["introducer"]),
        (3, "Yousef Bartho Assidiq", ["speaker"]),
        (11, "Erna Solberg", ["participant"]),
    ]
    groups = [
        (part.name.who, part.roles) for part in proposals.parts if part.name.kind == "group" and not part.candidates
    ]
    assert groups == [
        ("en rekke kommuner", ["organiser"]),
        ("Representanter fra Justisdepartementet", ["participant"]),
        ("representanter fra Rogaland politidistrikt", ["participant"]),
    ]
    chosen = [(proposals.events.index(part.event), len(part.candidates)) for part in proposals.parts if part.candidates]
    assert chosen == [(4, 2), (5, 2), (6, 2), (7, 2)]


def test_who_is_only_asked_to_arrange_a_meeting_arranges_none(background: Background) -> None:
    text = f"Konferanse i Bodø\n\n{HEAD}Laila Vik oppfordret Nils Aas til å åpne konferansen.\n"
    assert not {"Laila Vik", "Nils Aas"} & {name for name, _, _ in parts(text, background)}


@pytest.mark.parametrize(
    ("sentence", "title"),
    [("Neste dialogmøte holdes 20. april.", "dialogmøte"), ("Etter lunsj hadde ordfører Arne Moen møte.", "møte")],
)
def test_another_event_of_a_page(background: Background, sentence: str, title: str) -> None:
    text = f"Dialogmøte i Bodø\n\nTorsdag 14. mars holdt KS et dialogmøte i Bodø. {sentence}\n"
    events = propose(text, "nb", DAY, None, background).events
    assert [event.title.split()[0].casefold() for event in events] == ["dialogmøte", title]


def test_what_people_speak_about_is_no_absence(background: Background) -> None:
    found = parts(f"Konferanse i Bodø\n\n{HEAD}Laila Vik snakket om fravær.\n", background)
    assert ("Laila Vik", "speaker", "present") in found
    assert all(attendance != "absent" for _, _, attendance in found)


def test_who_spoke_last_year_does_not_speak_this_year(background: Background) -> None:
    found = parts(f"Konferanse i Bodø\n\n{HEAD}I fjor holdt Laila Vik innlegg.\n", background)
    assert "Laila Vik" not in {name for name, _, _ in found}


def test_a_building_speaks_nowhere(background: Background) -> None:
    text = f"Konferanse i Bodø\n\n{HEAD}Laila Vik holdt innlegg i Næringslivets Hus.\n"
    assert {name for name, role, _ in parts(text, background) if role == "speaker"} == {"Laila Vik"}
