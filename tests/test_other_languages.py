"""What pages in nynorsk, English, Swedish and Danish tell: dates, statuses, roles, lists, times of day, choices."""

import pytest

from graph.sources.languages.language import Language
from graph.sources.pages.context import Background
from graph.sources.text.mentions import Mention

pytestmark = pytest.mark.unit


def meanings(found: list[Mention], text: str) -> list[tuple[str, str]]:
    """Each passage with each of its meanings."""
    return [(text[each.start : each.end], meant) for each in found for meant in sorted(each.meanings)]


@pytest.mark.parametrize(
    ("code", "text", "phrases"),
    [
        (
            "nn",
            "Hausten 2014 og våren 2015, fyrste halvår i 2016",
            ["Hausten 2014", "våren 2015", "fyrste halvår i 2016"],
        ),
        ("nn", "tysdag 17. september 2024, 3.–5. juni", ["17. september 2024", "3.–5. juni"]),
        ("nn", "Vår kommune. Sommaren er her.", ["Sommaren"]),
        ("en", "on 6–7 October and October 9th, 2022", ["6–7 October", "October 9th, 2022"]),
        ("en", "The 1st of March 2021; 4 May 2021, 10:00", ["1st of March 2021", "4 May 2021"]),
        ("en", "in March and in May 2020 they may march", ["March", "May 2020"]),
        ("en", "In the first quarter of 2021", ["first quarter of 2021"]),
        ("en", "They may meet. March on!", []),
        ("sv", "Torsdag 28 februari 2019 och den 2 april", ["28 februari 2019", "2 april"]),
        ("sv", "2019-02-28", ["2019-02-28"]),
        ("da", "Tirsdag den 12. marts 2024, 6. december", ["12. marts 2024", "6. december"]),
    ],
)
def test_dates_are_noticed_as_the_language_writes_them(
    code: str, text: str, phrases: list[str], background: Background
) -> None:
    language = background.language(code)
    found = language.dates(language.passages(text))
    assert [text[each.start : each.end] for each in found] == phrases


@pytest.mark.parametrize(
    ("code", "words", "edtf", "other"),
    [
        ("nn", "tysdag 17. september 2024", "2024-09-17", "2024-09-18"),
        ("nn", "hausten 2014", "2014-10", "2014-03"),
        ("nn", "fyrste kvartal 2015", "2015-33", "2015-34"),
        ("en", "October 6, 2022", "2022-10-06", "2022-10-07"),
        ("en", "6th October 2022", "2022-10-06", "2022-06-10"),
        ("en", "autumn 2014", "2014-23", "2014-21"),
        ("sv", "28 februari 2019", "2019-02-28", "2019-03-28"),
        ("da", "12. marts 2024", "2024-03-12", "2024-05-12"),
    ],
)
def test_words_and_value_are_held_against_each_other(
    code: str, words: str, edtf: str, other: str, background: Background
) -> None:
    assert background.language(code).conflicts(words, edtf) is None
    assert background.language(code).conflicts(words, other)


def test_before_a_date_is_no_date_in_any_language(background: Background) -> None:
    for code, words in [
        ("nn", "før mai 2015"),
        ("en", "before May 2015"),
        ("sv", "före maj 2015"),
        ("da", "før maj 2015"),
    ]:
        assert background.language(code).conflicts(words, "2015-02") is None
        assert background.language(code).conflicts(words.split(maxsplit=1)[1], "2015-02")


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("nn", "Konferansen vart halden i Stavanger.", [("vart halden", "held")]),
        ("nn", "Kommunen heldt eit møte.", [("heldt", "held")]),
        ("nn", "Møtet vil bli halde i mai.", [("vil bli halde", "planned")]),
        ("nn", "Kommunen skal, saman med KS, arrangere møte.", [("skal, saman med KS, arrangere", "planned")]),
        ("nn", "Møtet vart ikkje halde.", []),
        ("nn", "Dei bør arrangere eit møte.", []),
        ("nn", "Møtet er utsett.", [("utsett", "postponed")]),
        ("nn", "Kurset er avlyst.", [("avlyst", "cancelled")]),
        ("nn", "Møtet er avlyst fordi det ikkje er saker.", [("avlyst", "cancelled")]),
        ("en", "The seminar will be held in Ghent.", [("will be held", "planned")]),
        ("en", "The ministers met in Bergen.", [("met", "held")]),
        ("en", "The meeting was not held.", []),
        ("en", "They might organise a meeting.", []),
        ("en", "They hope to organise a meeting.", []),
        ("en", "The seminar has been postponed.", [("postponed", "postponed")]),
        ("en", "The exchange is cancelled.", [("cancelled", "cancelled")]),
        ("sv", "Kommunen ska hålla ett möte.", [("ska hålla", "planned")]),
        ("sv", "Mötet hölls inte.", []),
        ("da", "Mødet blev holdt i Randers.", [("blev holdt", "held")]),
        ("da", "Næste møde skal holdes i maj.", [("skal holdes", "planned")]),
    ],
)
def test_verbs_tell_a_status_for_sure(
    code: str, text: str, told: list[tuple[str, str]], background: Background
) -> None:
    language = background.language(code)
    found = [each for each in language.statuses(language.passages(text)) if each.sure]
    assert meanings(found, text) == [(words, f"status:{status}") for words, status in told]


@pytest.mark.parametrize(
    ("code", "text", "word", "meant"),
    [
        ("nb", "Møtt: Kari Nordmann (Ap), Ola Hansen", "Møtt", "role:participant"),
        ("nb", "Til stede på møtet:\nKari Nordmann", "Til stede på møtet", "role:participant"),
        ("nb", "Referent: Ola Hansen", "Referent", "role:secretary"),
        ("nb", "Ref.: Ola Hansen", "Ref", "role:secretary"),
        ("nb", "Ordstyrer: Ola Hansen", "Ordstyrer", "role:chair"),
        ("nb", "Kari Nordmann fortalte om arbeidet.", "fortalte", "role:speaker"),
        ("nb", "10:00 Åpning ved Kari Nordmann", "ved", "role:speaker"),
        ("nb", "KS ber inn til frokostmøte 8. desember.", "ber inn til", "role:organiser"),
        ("nb", "KS og NIBR holder høringsmøter i Oslo.", "holder", "role:organiser"),
        ("nb", "Rådmannen tok imot Kari Nordmann.", "tok imot", "role:host"),
        ("nn", "Frammøtte: Kari Nordmann", "Frammøtte", "role:participant"),
        ("nn", "Møtande medlemmer: Kari Nordmann", "Møtande medlemmer", "role:participant"),
        ("nn", "Til stades: Kari Nordmann", "Til stades", "attendance:present"),
        ("nn", "Møteleiar: Kari Nordmann", "Møteleiar", "role:chair"),
        ("nn", "Kari Nordmann gjorde greie for saka.", "gjorde greie for", "role:speaker"),
        ("nn", "Ordførar Kari Nordmann opna møtet.", "opna", "role:opener"),
        ("nn", "Kari Nordmann deltok ikkje.", "deltok ikkje", "attendance:absent"),
        ("en", "Present: Kirsty Munro (chair)", "Present", "role:participant"),
        ("en", "Kirsty Munro chaired the meeting.", "chaired", "role:chair"),
        ("en", "Minutes: Jan Bos", "Minutes", "role:secretary"),
        ("en", "Ingrid Haaland presented the budget.", "presented", "role:speaker"),
        ("en", "The seminar, organised by KS, was short.", "organised by", "role:organiser"),
        ("sv", "Närvarande:\nPeter Wikner", "Närvarande", "role:participant"),
        ("da", "Afbud: Birgit Holm", "Afbud", "attendance:absent"),
    ],
)
def test_words_of_pages_tell_roles_and_attendance(
    code: str, text: str, word: str, meant: str, background: Background
) -> None:
    language = background.language(code)
    assert (word, meant) in meanings(language.cues(language.passages(text)), text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Statssekretær ved statsministerens kontor Laila Bokhari var der.", "role:speaker"),
        ("Laila Bokhari holdt en innledning.", "role:organiser"),
        ("Hun fortalte at det gikk bra", "role:speaker"),
        ("De møttes etter at noen hadde kommet", "role:participant"),
        ("Referat: vi møtt mange. Det er møtt med motstand.", "role:participant"),
        ("prosjektleder Ola Hansen, leder for noe", "role:chair"),
    ],
)
def test_a_word_that_means_something_else_where_it_stands_tells_nothing(
    text: str, meant: str, background: Background
) -> None:
    language = background.language("nb")
    found = meanings([each for each in language.cues(language.passages(text)) if each.sure], text)
    assert meant not in dict(map(reversed, found))
    if "fortalte" not in text and "møttes" not in text:
        assert meant not in [each for _, each in meanings(language.cues(language.passages(text)), text)]


def test_no_new_ambiguous_word_asks_for_a_claim(background: Background) -> None:
    """A page is not refused because "fortalte" or "med" stands somewhere in it."""
    language = background.language("nb")
    text = "Kari Nordmann fortalte at hun kom med KS, la fram saka, orienterte og tok imot Ola Hansen ved Oslo."
    assert [each for each in language.cues(language.passages(text)) if each.sure] == []


@pytest.mark.parametrize(
    ("code", "text", "items"),
    [
        ("nb", "Møtt: Kari Nordmann, Ola Hansen\nForfall: Per Li\nSak 1", ["Kari Nordmann, Ola Hansen", "Per Li"]),
        ("nb", "Til stede:\nKari Nordmann\nOla Hansen\n\nSak 1", ["Kari Nordmann\nOla Hansen"]),
        ("nn", "Desse møtte:\nKari Nordmann\nForfall:\nPer Li", ["Kari Nordmann", "Per Li"]),
        ("nb", "De var til stede: alle.", []),
        ("en", "Apologies: Pia Falk", ["Pia Falk"]),
    ],
)
def test_a_heading_begins_a_list(code: str, text: str, items: list[str], background: Background) -> None:
    language = background.language(code)
    lists = dict.fromkeys((each.start, each.end) for each in language.lists(language.passages(text)))
    assert [text[start:end].strip() for start, end in lists] == items


@pytest.mark.parametrize(
    ("code", "text", "times"),
    [
        ("nb", "kl. 10.00–12.30", [("10:00", "12:30")]),
        ("nb", "klokken 18–20 og kl. 9", [("18:00", "20:00"), ("09:00", None)]),
        ("nb", "Møtet varte 17.00–20.15.", [("17:00", "20:15")]),
        ("nb", "17.10.2014 og sak 10.12", []),
        ("nn", "klokka 12.30 til 15.00", [("12:30", "15:00")]),
        ("en", "10:00–11:30 CET", [("10:00", "11:30")]),
    ],
)
def test_times_of_day_are_noticed(
    code: str, text: str, times: list[tuple[str, str | None]], background: Background
) -> None:
    language = background.language(code)
    found = language.times_of_day(language.passages(text))
    assert [(f"{each.begins:%H:%M}", each.ends and f"{each.ends:%H:%M}") for each in found] == times


@pytest.mark.parametrize(
    ("code", "text"),
    [("nb", "Møtet var på Teams."), ("nn", "Dialogmøtet vart halde digitalt."), ("en", "They met online."),
     ("sv", "Mötet hölls digitalt."), ("da", "Næste møde holdes som videomøde.")],
)  # fmt: skip
def test_words_say_that_a_meeting_is_on_line(code: str, text: str, background: Background) -> None:
    language = background.language(code)
    assert len(language.online(language.passages(text))) == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [("nn", "KS eller Minotenk"), ("en", "KS and/or Minotenk"), ("sv", "KS eller Minotenk"),
     ("da", "KS og/eller Minotenk"), ("nb", "KS (evt. Minotenk)")],
)  # fmt: skip
def test_a_choice_is_left_in_every_language(code: str, text: str, background: Background) -> None:
    language = background.language(code)
    page = language.passages(text)
    (choice,) = language.alternatives(page, language.names(page, background.names), language.cues(page))
    assert [text[name.start : name.end] for name in choice.names] == ["KS", "Minotenk"]


@pytest.mark.parametrize(
    ("code", "text", "sentences"),
    [
        ("en", "Dr. Owen spoke on 4. The rest left.", 2),
        ("en", "2. Budget\nAll agreed.", 2),
        ("nn", "Den 2. Mai kom t.d. Kari.", 1),
        ("sv", "Bl.a. Kari kom. Slut.", 2),
        ("da", "Mødet d. 2. Maj var kort. Slut.", 2),
    ],
)
def test_sentences_end_as_the_language_ends_them(code: str, text: str, sentences: int, background: Background) -> None:
    assert len(background.language(code).passages(text).sentences) == sentences


def test_a_genitive_belongs_to_the_name_in_languages_that_have_one(background: Background) -> None:
    def written(code: str, text: str) -> list[str]:
        language: Language = background.language(code)
        return [text[each.start : each.end] for each in language.names(language.passages(text), background.names)]

    assert written("nn", "Stavangers dag") == ["Stavangers"]
    assert written("en", "Stavanger's day") == ["Stavanger"]
    assert written("en", "Stavangers day") == []
