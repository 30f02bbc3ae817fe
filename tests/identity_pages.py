"""Seven pages about two meetings that several of them tell of, and about others that only look alike."""

from pathlib import Path

from conftest import add_page

# Which events are one: a summit that was planned, held and remembered, and a dialogue meeting with its invitation.
SUMMIT = ("event:toppmote-plan", "event:toppmotet-2019", "event:toppmotet-i-tale")
DIALOGUE = ("event:dialogmote-invitasjon", "event:dialogmote-referat")
TRUE_PAIRS = {
    frozenset(pair)
    for pair in [
        (SUMMIT[0], SUMMIT[1]),
        (SUMMIT[0], SUMMIT[2]),
        (SUMMIT[1], SUMMIT[2]),
        (DIALOGUE[0], DIALOGUE[1]),
    ]
}

_PAGES = {
    "plan": (
        "2018-11-20",
        """Trygge skoleveier

KS og Justis- og beredskapsdepartementet vil arrangere et toppmøte om trygge skoleveier i Oslo i mars 2019.
""",
        """
events:
  toppmote-plan:
    label: {nb: Toppmøte om trygge skoleveier, en: Summit on safe ways to school}
    kind: summit
    status: planned
    when: {edtf: 2019-03, said: mars 2019}
    where: {municipality: Oslo}
    quote: KS og Justis- og beredskapsdepartementet vil arrangere et toppmøte om trygge skoleveier i Oslo i mars 2019.
    participations:
      - {agent: ks, role: organiser}
      - {agent: justis-og-beredskapsdepartementet, role: organiser}
no_claim:
  - {quote: Trygge skoleveier, reason: the heading}
""",
    ),
    "news": (
        "2019-03-13",
        """Nytt fra toppmøtet

Toppmøtet ble holdt i Oslo 12. mars 2019. KS arrangerte møtet. Erna Solberg deltok. Laila Bokhari deltok.
""",
        """
events:
  toppmotet-2019:
    label: {nb: Toppmøtet i Oslo, en: The summit in Oslo}
    kind: summit
    status: held
    when: {edtf: 2019-03-12, said: 12. mars 2019}
    where: {municipality: Oslo}
    quote: Toppmøtet ble holdt i Oslo 12. mars 2019.
    participations:
      - {agent: ks, role: organiser, quote: KS arrangerte møtet.}
      - {agent: erna-solberg, role: participant, quote: Erna Solberg deltok.}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.}
no_claim:
  - {quote: Nytt fra toppmøtet, reason: the heading}
""",
    ),
    "speech": (
        "2019-03-12",
        """Tale på toppmøtet

KS arrangerte toppmøtet 12. mars 2019. Statsminister Erna Solberg holdt et foredrag. Laila Bokhari deltok.
""",
        """
events:
  toppmotet-i-tale:
    label: {nb: Toppmøtet med statsministeren, en: The summit with the prime minister}
    kind: meeting
    status: held
    when: {edtf: 2019-03-12, said: 12. mars 2019}
    quote: KS arrangerte toppmøtet 12. mars 2019.
    participations:
      - {agent: ks, role: organiser}
      - {agent: erna-solberg, role: speaker, quote: Statsminister Erna Solberg holdt et foredrag.}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.}
no_claim:
  - {quote: Tale på toppmøtet, reason: the heading}
""",
    ),
    "invitation": (
        "2018-10-01",
        """Invitasjon

Tromsø kommune inviterer til dialogmøte i Tromsø 5. november 2018.
""",
        """
events:
  dialogmote-invitasjon:
    label: {nb: Dialogmøte i Tromsø, en: Dialogue meeting in Tromsø}
    kind: dialogue-meeting
    status: planned
    when: {edtf: 2018-11-05, said: 5. november 2018}
    where: {municipality: Tromsø}
    quote: Tromsø kommune inviterer til dialogmøte i Tromsø 5. november 2018.
    participations:
      - {agent: tromso-kommune, role: organiser}
no_claim:
  - {quote: Invitasjon, reason: the heading}
""",
    ),
    "minutes": (
        "2018-11-06",
        """Referat

Dialogmøtet ble holdt i Tromsø 5. november 2018. Tromsø kommune arrangerte møtet. Per Hansen deltok.
""",
        """
people:
  per-hansen: {name: Per Hansen}
events:
  dialogmote-referat:
    label: {nb: Dialogmøtet 5. november, en: The dialogue meeting of 5 November}
    kind: dialogue-meeting
    status: held
    when: {edtf: 2018-11-05, said: 5. november 2018}
    where: {municipality: Tromsø}
    quote: Dialogmøtet ble holdt i Tromsø 5. november 2018.
    participations:
      - {agent: tromso-kommune, role: organiser, quote: Tromsø kommune arrangerte møtet.}
      - {agent: per-hansen, role: participant, quote: Per Hansen deltok.}
no_claim:
  - {quote: Referat, reason: the heading}
""",
    ),
    # The same day as the summit in the same town, of others and of another kind; and the same kind elsewhere.
    "visit": (
        "2019-03-20",
        """Besøk i Oslo

Skedsmo ungdomsråd var på besøk i Oslo 12. mars 2019. Et dialogmøte ble holdt i Bodø 5. november 2018.
Hansen, Per deltok.
""",
        """
people:
  hansen-per: {name: "Hansen, Per"}
events:
  besok-i-oslo:
    label: {nb: Besøk i Oslo, en: Visit to Oslo}
    kind: visit
    status: held
    when: {edtf: 2019-03-12, said: 12. mars 2019}
    where: {municipality: Oslo}
    quote: Skedsmo ungdomsråd var på besøk i Oslo 12. mars 2019.
  dialogmote-bodo:
    label: {nb: Dialogmøte i Bodø, en: Dialogue meeting in Bodø}
    kind: dialogue-meeting
    status: held
    when: {edtf: 2018-11-05, said: 5. november 2018}
    where: {written: Bodø}
    quote: Et dialogmøte ble holdt i Bodø 5. november 2018.
    participations:
      - {agent: hansen-per, role: participant, quote: "Hansen, Per deltok."}
no_claim:
  - {quote: Besøk i Oslo, reason: the heading}
""",
    ),
    "later": (
        "2019-04-12",
        """Nytt møte

KS arrangerte et møte i Oslo 9. april 2019. Erna Solberg deltok. Laila Bokhari deltok.
""",
        """
events:
  mote-i-april:
    label: {nb: Møte i april, en: Meeting in April}
    kind: meeting
    status: held
    when: {edtf: 2019-04-09, said: 9. april 2019}
    where: {municipality: Oslo}
    quote: KS arrangerte et møte i Oslo 9. april 2019.
    participations:
      - {agent: ks, role: organiser}
      - {agent: erna-solberg, role: participant, quote: Erna Solberg deltok.}
      - {agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.}
no_claim:
  - {quote: Nytt møte, reason: the heading}
""",
    ),
}


def add_seven_pages(home: Path) -> None:
    """Add the seven pages to a home; each is read only in part."""
    for name, (published, text, claims) in _PAGES.items():
        add_page(home, name, text, claims, published, reading="partial")
