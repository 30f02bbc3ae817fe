"""A word for a part tells that of its own subject: "Kari Nordmann ba alle som deltok, om hjelp" is no part of hers."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_errors

from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit

HELD = "Det ble holdt et møte i Stavanger 3. mars 2014."
HELD_EN = "A meeting was held in Stavanger on 3 March 2014."
OTHERS = "tells the part of somebody else than person:p.kari"


def errors_of(home: Path, background: Background, sentence: str, language: str = "nb", part: str = "") -> list[str]:
    """Return the errors about a page on which a sentence is the only proof that Kari Nordmann took part."""
    held, date = (HELD_EN, "3 March 2014") if language == "en" else (HELD, "3. mars 2014")
    claims = f"""people:
  kari: {{name: Kari Nordmann}}
events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: {date}}}
    where: {{municipality: Stavanger}}
    quote: {held}
    participations:
      - {{agent: kari, role: participant, quote: '{sentence}'{part}}}
"""
    folder = add_page(home, "p", f"{held} {sentence}\n", claims, "2014-04-01", reading="partial", language=language)
    return page_errors(folder, background)


@pytest.mark.parametrize(
    ("language", "sentence", "says"),
    [
        ("nb", "De som deltok på møtet 3. mars 2014, kritiserte Kari Nordmann.", "'De som deltok"),
        ("nb", "De som deltok på møtet, skrev et brev til Kari Nordmann.", "'De som deltok"),
        ("nb", "Kari Nordmann ba alle som deltok på møtet 3. mars 2014, om hjelp.", "'alle som deltok"),
        ("nb", "Kari Nordmann takket dem som hadde deltatt på møtet.", "'dem som hadde deltatt'"),
        ("nb", "Etter møtet 3. mars 2014 skrev Kari Nordmann til dem som deltok.", "'dem som deltok'"),
        ("nb", "Møtet ble holdt 3. mars 2014 etter initiativ fra Kari Nordmann, og mange deltok.", "'mange deltok'"),
        ("nb", "Kari Nordmann sluttet i jobben før møtet 3. mars 2014, der mange deltok.", "'mange deltok'"),
        ("nb", "Kari Nordmann skrev at flere deltok på møtet.", "'flere deltok"),
        ("nb", "Kari Nordmann ble skuffet, sa Ola Hansen, som deltok.", "'Ola Hansen, som deltok'"),
        ("nb", "Kari Nordmann ble syk, men leder Ola Hansen deltok på møtet.", "'Ola Hansen deltok"),
        ("nb", "Kari Nordmann kritiserte møtet, der mange lærere deltok.", "'mange lærere deltok'"),
        ("nb", "Kari Nordmann takket alle foreldre som var til stede.", "'alle foreldre som var til stede'"),
        ("nb", "Kari Nordmann ble syk, så Ola Hansen deltok på møtet.", "'Ola Hansen deltok"),
        ("nb", "Kari Nordmann takket deltakerne.", "'deltakerne'"),
        ("nb", "Deltakerne kritiserte Kari Nordmann.", "'Deltakerne'"),
        ("nb", "Lærerne som deltok, kritiserte Kari Nordmann.", "'Lærerne som deltok'"),
        ("nb", "Kari Nordmann takket lærerne som deltok.", "'lærerne som deltok'"),
        ("nb", "Møtet kom i stand etter initiativ fra Kari Nordmann, og mange deltok.", "'mange deltok'"),
        ("nn", "Kari Nordmann takka deltakarane.", "'deltakarane'"),
        ("nn", "Lærarane som deltok, kritiserte Kari Nordmann.", "'Lærarane som deltok'"),
        ("nn", "Møtet kom i stand etter initiativ frå Kari Nordmann, og mange deltok.", "'mange deltok'"),
        ("en", "Kari Nordmann thanked the participants.", "'participants'"),
        ("en", "The teachers who attended criticised Kari Nordmann.", "'The teachers who attended'"),
        ("sv", "Kari Nordmann tackade deltagarna.", "'deltagarna'"),
        ("sv", "Lärarna som deltog kritiserade Kari Nordmann.", "'Lärarna som deltog'"),
        ("da", "Kari Nordmann takkede deltagerne.", "'deltagerne'"),
        ("da", "Lærerne, der deltog, kritiserede Kari Nordmann.", "'Lærerne, der deltog'"),
        ("nb", "Kari Nordmann ble syk, og Ola Hansen deltok.", "'Ola Hansen deltok'"),
        ("nb", "Kari Nordmann ble syk dagen før; Ola Hansen deltok.", "'Ola Hansen deltok'"),
        ("en", "Kari Nordmann sent greetings, and Ola Hansen attended.", "'Ola Hansen attended'"),
        ("nn", "Kari Nordmann bad alle som deltok på møtet, om hjelp.", "'alle som deltok"),
        ("nn", "Møtet vart halde etter initiativ frå Kari Nordmann, og mange deltok.", "'mange deltok'"),
        ("en", "Those who attended the meeting criticised Kari Nordmann.", "'Those who attended"),
        ("en", "Kari Nordmann thanked everybody who attended.", "'everybody who attended'"),
        ("en", "Kari Nordmann fell ill, but Ola Hansen attended.", "'Ola Hansen attended'"),
        ("sv", "Kari Nordmann bad alla som deltog i mötet om hjälp.", "'alla som deltog"),
        ("da", "Kari Nordmann bad alle, der deltog i mødet, om hjælp.", "'alle, der deltog"),
    ],
)
def test_a_part_of_another_subject_is_no_part(
    tmp_path: Path, background: Background, language: str, sentence: str, says: str
) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, sentence, language)
    assert says in message
    assert OTHERS in message
    assert "role_word:" in message


@pytest.mark.parametrize(
    ("language", "sentence", "says"),
    [
        ("nb", "Kari Nordmann kunne ikke delta på møtet, sa Ola Hansen, som deltok.", "write attendance: absent"),
        ("nb", "Kari Nordmann var invitert, men Ola Hansen deltok 3. mars 2014.", "write attendance: invited"),
        ("nb", "Kari Nordmann avlyste sin deltakelse på møtet som ble holdt 3. mars.", "the quotes deny 'deltakelse'"),
        (
            "en",
            "Kari Nordmann cancelled her attendance at the meeting held in March.",
            "the quotes deny 'attendance'",
        ),
    ],
)
def test_what_is_left_of_an_agents_own_words_decides(
    tmp_path: Path, background: Background, language: str, sentence: str, says: str
) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, sentence, language)
    assert says in message


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Ola Hansen og Kari Nordmann deltok."),
        ("nb", "Kari Nordmann og Ola Hansen deltok."),
        ("nb", "Kari Nordmann (H), Per Ås (V) og lederen Ola Hansen (Sp) deltok."),
        ("nb", "Kari Nordmann, som deltok, ba om hjelp."),
        ("nb", "På møtet deltok Kari Nordmann og Ola Hansen."),
        ("nb", "Møtet ble åpnet av Kari Nordmann, og mange deltok."),
        ("nb", "Kari Nordmann og mange andre deltok."),
        ("nb", "Kari Nordmann var blant deltakerne."),
        ("nb", "Kari Nordmann var en av deltakerne."),
        ("nb", "Deltakerne var Kari Nordmann og Ola Hansen."),
        ("nb", "Deltakerne, Kari Nordmann og Ola Hansen, fikk lunsj."),
        ("nb", "Deltakere: Kari Nordmann, Ola Hansen."),
        ("nb", "Kari Nordmann og de andre deltakerne spiste lunsj."),
        ("nb", "Kari Nordmann er en av lærerne som deltok."),
        ("nb", "Lærerne som deltok, var Kari Nordmann og Ola Hansen."),
        ("nb", "Kari Nordmann og lærerne som deltok, drakk kaffe."),
        ("nb", "Blant politikerne som deltok, var Kari Nordmann."),
        ("nb", "Kari Nordmann kom til møtet i Stavanger."),
        ("en", "The participants were Kari Nordmann and Ola Hansen."),
        ("en", "Kari Nordmann, the minister who attended, spoke."),
        ("en", "The minister who attended, Kari Nordmann, spoke."),
        ("en", "Kari Nordmann was the only minister who attended."),
        ("nb", "Kari Nordmann, Ola Hansen og Per Ås er ordførere, og alle deltok."),
        ("nb", "Kari Nordmann, leder i Norges Bondelag, som deltok, ba om hjelp."),
        ("nb", "Mange deltok, blant dem Kari Nordmann."),
        ("nb", "Mange deltok, også Kari Nordmann."),
        ("nb", "Alle deltok, Kari Nordmann og Ola Hansen."),
        ("nb", "De som deltok på møtet, var Kari Nordmann og Ola Hansen."),
        ("nb", "De som deltok på møtet: Kari Nordmann og Ola Hansen."),
        ("nb", "Blant de mange som deltok, hilste Ola Hansen på Kari Nordmann."),
        ("nb", "Kari Nordmann var en av dem som deltok."),
        ("nb", "Kari Nordmann og de som deltok, ba om hjelp."),
        ("nb", "Kari Nordmann deltok og takket alle som deltok."),
        ("nb", "Ikke bare Kari Nordmann, men også Ola Hansen deltok."),
        ("nb", "Kari Nordmann ble syk, men Anne Nordmann og Kari Nordmann deltok."),
        ("nb", "De som deltok, statsminister Kari Nordmann og Ola Hansen, ba om hjelp."),
        ("nb", "Kari Nordmann, den som deltok, ba om hjelp."),
        ("nb", "Den som deltok fra kommunen, Kari Nordmann, ba om hjelp."),
        ("nb", "Kari Nordmann bor i Stavanger, og noen ganger deltok hun."),
        ("nb", "Kari Nordmann; Per Ås; Ola Hansen deltok."),
        ("nb", "Kari Nordmann varamedlem; Ola Hansen deltok."),
        ("nb", "Kari Nordmann KS, og Ola Hansen deltok."),
        ("nb", "Kari Nordmann (H), og Ola Hansen deltok."),
        ("nb", "Leder Kari Nordmann i KS, og Ola Hansen deltok."),
        ("nb", "Kari Nordmann, ordfører, og Ola Hansen deltok."),
        ("nn", "Dei som deltok, var Kari Nordmann og Ola Hansen."),
        ("en", "Kari Nordmann, Ola Hansen and Per Aas all attended."),
        ("en", "Those who attended were Kari Nordmann and Ola Hansen."),
        ("en", "Many attended, including Kari Nordmann."),
        ("en", "Kari Nordmann, who attended, asked for help."),
        ("en", "Kari Nordmann, Per Aas, and Ola Hansen attended."),
        ("sv", "De som deltog var Kari Nordmann och Ola Hansson."),
        ("da", "Der deltog mange, og Kari Nordmann deltog."),
    ],
)
def test_a_part_of_the_agents_own_stays(tmp_path: Path, background: Background, language: str, sentence: str) -> None:
    assert errors_of(linked_home(tmp_path), background, sentence, language) == []


def test_the_readers_word_decides(tmp_path: Path, background: Background) -> None:
    sentence = "Kari Nordmann takket dem som deltok."
    assert errors_of(linked_home(tmp_path), background, sentence, part=", role_word: deltok") == []
