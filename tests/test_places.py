"""Places: what the page does not say is not where it was, and what was on line was in no municipality."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_findings

from graph.common.findings import Finding
from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit


def findings_of(
    home: Path,
    background: Background,
    sentence: str,
    entry: str,
    language: str = "nb",
    url: str = "https://x.no/",
    said: str = "3. mars 2014",
) -> list[Finding]:
    """Return the findings about a page of a sentence, with an event of which an entry says where it was."""
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: {said}}}
    {entry}
    quote: {sentence}
"""
    folder = add_page(home, "p", f"{sentence}\n", claims, "2014-04-01", reading="partial")
    file = folder / "page.yaml"
    text = file.read_text(encoding="utf-8").replace("norges-regjering", "oslo-kommune")
    text = text.replace("language: nb", f"language: {language}").replace("https://example.org/p", url)
    file.write_text(text, encoding="utf-8")
    return page_findings(folder, background)


INFERRED = "where: {municipality: Oslo, from: publisher}"


@pytest.mark.parametrize(
    ("sentence", "entry", "says", "language"),
    [
        (
            "Det ble holdt et digitalt møte 3. mars 2014.",
            f"{INFERRED}\n    online: true",
            "on line is at no place",
            "nb",
        ),
        (
            "Det ble holdt et møte i Oslo 3. mars 2014.",
            "where: {municipality: Oslo}\n    online: true",
            "at no place",
            "nb",
        ),
        ("Møtet ble holdt på nett 3. mars 2014.", INFERRED, "'på nett': write online:", "nb"),
        ("Møtet vart halde digitalt 3. mars 2014.", INFERRED, "'digitalt': write online:", "nn"),
        ("Det ble holdt et møte i Bergen 3. mars 2014.", INFERRED, "'i Bergen'", "nb"),
        ("Det vart halde eit møte i Bergen 3. mars 2014.", INFERRED, "'i Bergen'", "nn"),
        ("Det ble holdt et møte 3. mars 2014.", "where: {municipality: Moss, from: url}", "does not name Moss", "nb"),
        ("Det ble holdt et møte i Oslo 3. mars 2014.", "where: {country: SE, written: Oslo}", "kommune:0301", "nb"),
    ],
)
def test_a_place_that_the_page_contradicts_is_refused(
    tmp_path: Path, background: Background, sentence: str, entry: str, says: str, language: str
) -> None:
    home = linked_home(tmp_path)
    found = findings_of(home, background, sentence, entry, language=language)
    errors = [each.message for each in found if each.severity == "error"]
    assert len(errors) == 1, errors
    assert says in errors[0]


BERGEN = "where: {municipality: Bergen}"


@pytest.mark.parametrize(
    ("language", "sentence", "says"),
    [
        ("nb", "Det ble holdt et møte om Bergen 3. mars 2014.", "'om Bergen'"),
        ("nb", "Det ble holdt et møte om Bergen i Haugesund 3. mars 2014.", "'om Bergen'"),
        ("nb", "Det ble holdt et møte 3. mars 2014 med deltakere fra Bergen.", "'fra Bergen'"),
        ("nb", "Det ble holdt et møte mellom Voss og Bergen 3. mars 2014.", "Bergen"),
        ("nb", "Bergen kommune holdt et møte i Haugesund 3. mars 2014.", "'i Haugesund'"),
        ("nb", "Universitetet i Bergen arrangerte et møte i Oslo 3. mars 2014.", "'i Oslo'"),
        ("nb", "Ordføreren i Bergen åpnet møtet i Haugesund, som ble holdt 3. mars 2014.", "'i Haugesund'"),
        ("nn", "Ordføraren i Bergen opna møtet i Haugesund, som vart halde 3. mars 2014.", "'i Haugesund'"),
        ("en", "The Mayor of Haugesund and teachers in Bergen held a meeting in Oslo on 3 March 2014.", "'in Oslo'"),
        ("nn", "Det vart halde eit møte utanfor Bergen 3. mars 2014.", "'utanfor Bergen'"),
        ("en", "A meeting about Bergen was held on 3 March 2014.", "'about Bergen'"),
    ],
)
def test_a_municipality_that_is_named_as_another_place_is_not_the_place(
    tmp_path: Path, background: Background, language: str, sentence: str, says: str
) -> None:
    said = "3 March 2014" if language == "en" else "3. mars 2014"
    found = findings_of(linked_home(tmp_path), background, sentence, BERGEN, language, said=said)
    (message,) = [each.message for each in found if each.severity == "error"]
    assert says in message
    assert "with because: why it was in Bergen" in message


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("Det ble holdt møter i Voss, Haugesund og Bergen 3. mars 2014.", BERGEN),
        ("Et møte om Bergen ble holdt i Bergen 3. mars 2014.", BERGEN),
        ("Bergen kommune holdt et møte i Hordaland 3. mars 2014.", BERGEN),
        ("Bergen kommune holdt et møte 3. mars 2014.", BERGEN),
        ("Ordføreren i Haugesund deltok på et møte i Bergen, som ble holdt 3. mars 2014.", BERGEN),
        ("Ordføreren i Oslo kom til et møte ved Universitetet i Bergen, som ble holdt 3. mars 2014.", BERGEN),
        ("Ordføreren i Bergen ledet et møte i Haugesund og i Bergen, som ble holdt 3. mars 2014.", BERGEN),
        (
            "Det ble holdt et møte 3. mars 2014 nær Bergen.",
            "where: {municipality: Bergen, because: the hut lies within the municipality}",
        ),
    ],
)
def test_a_municipality_may_be_named_in_other_ways(
    tmp_path: Path, background: Background, sentence: str, entry: str
) -> None:
    found = findings_of(linked_home(tmp_path), background, sentence, entry)
    assert [each.message for each in found if each.severity == "error"] == []


@pytest.mark.parametrize(("address", "errors"), [("mossegrodd", 1), ("moss-2014", 0), ("kommune/moss", 0)])
def test_a_municipality_is_not_part_of_another_word_of_an_address(
    tmp_path: Path, background: Background, address: str, errors: int
) -> None:
    entry, url = "where: {municipality: Moss, from: url}", f"https://example.org/{address}"
    found = findings_of(linked_home(tmp_path), background, "Det ble holdt et møte 3. mars 2014.", entry, url=url)
    assert len(found) == errors, found


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("Det ble holdt et digitalt møte 3. mars 2014.", "online: true"),
        ("Det ble holdt et hybridmøte i Oslo 3. mars 2014.", "where: {municipality: Oslo}\n    online: hybrid"),
        ("Det ble holdt et møte om digitale verktøy i Oslo 3. mars 2014.", "where: {municipality: Oslo}"),
        (
            "Det ble holdt et møte om saker i Bergen 3. mars 2014.",
            "where: {municipality: Oslo, from: publisher, because: its matters are in Bergen}",
        ),
        ("Det ble holdt et møte i Stockholm 3. mars 2014.", "where: {country: SE, written: Stockholm}"),
        ("Det ble holdt et møte 3. mars 2014.", INFERRED),
    ],
)
def test_a_place_that_the_page_bears_out_is_taken(
    tmp_path: Path, background: Background, sentence: str, entry: str
) -> None:
    found = findings_of(linked_home(tmp_path), background, sentence, entry)
    assert [each.message for each in found if "name 'Bergen'" not in each.message] == []


@pytest.mark.parametrize(
    ("sentence", "entry", "says"),
    [
        ("Det ble holdt et møte 3. mars 2014.", "online: true", "known to mean that it was on line"),
        (
            "Det ble holdt et digitalt møte 3. mars 2014.",
            "topics: radicalisation",
            "if the event was on line, write online:",
        ),
    ],
)
def test_on_line_is_said_by_the_page_and_by_the_entry(
    tmp_path: Path, background: Background, sentence: str, entry: str, says: str
) -> None:
    (warning,) = findings_of(linked_home(tmp_path), background, sentence, entry)
    assert (warning.severity, says in warning.message) == ("warning", True)


@pytest.mark.parametrize(
    "entry", ["where: {municipality: Oslo, written: Stockholm}", "where: {municipality: Stockholm}"]
)
def test_a_place_abroad_that_is_written_as_a_municipality_says_what_to_write(
    tmp_path: Path, background: Background, entry: str
) -> None:
    sentence = "Det ble holdt et møte i Stockholm 3. mars 2014."
    found = findings_of(linked_home(tmp_path), background, sentence, entry)
    (message,) = [each.message for each in found if each.severity == "error"]
    assert "write where: {written: Stockholm" in message
    assert "country:" in message
    right = "where: {written: Stockholm, country: SE}"
    found = findings_of(
        linked_home(tmp_path / "2"), background, "Det ble holdt et møte i Stockholm 3. mars 2014.", right
    )
    assert [each for each in found if each.severity == "error"] == []


@pytest.mark.parametrize(
    ("sentence", "language", "public", "words"),
    [
        ("Det ble holdt et åpent møte i Oslo 3. mars 2014.", "nb", "true", "åpent møte"),
        ("Det ble holdt et møte for lukkede dører i Oslo 3. mars 2014.", "nb", "false", "lukkede dører"),
        ("Det vart halde eit møte for lukka dører i Oslo 3. mars 2014.", "nn", "false", "lukka dører"),
        ("A meeting was held behind closed doors in Oslo on 3 March 2014.", "en", "false", "closed doors"),
        ("Ett möte hölls bakom stängda dörrar i Oslo den 3 mars 2014.", "sv", "false", "stängda dörrar"),
        ("Der blev afholdt et møde bag lukkede døre i Oslo 3. marts 2014.", "da", "false", "lukkede døre"),
    ],
)
def test_whether_an_event_was_open_to_everybody_is_told_by_the_page(
    tmp_path: Path, background: Background, sentence: str, language: str, public: str, words: str
) -> None:
    def errors(value: str) -> list[str]:
        place = f"where: {{municipality: Oslo}}\n    public: {value}"
        home = linked_home(tmp_path / value)
        found = findings_of(home, background, sentence, place, language, said=sentence[sentence.index("3") : -1])
        return [each.message for each in found if each.severity == "error" or "public" in each.message]

    other = "false" if public == "true" else "true"
    assert errors(public) == []
    assert errors(other) == [f"the quotes say {words!r}, which is not public: {other}"]


@pytest.mark.parametrize(
    ("sentence", "entry", "says"),
    [
        ("Det ble holdt et lukket møte i Oslo 3. mars 2014.", "online: hybrid", "write public: false"),
        ("Det ble holdt et møte i Oslo 3. mars 2014.", "public: true", "to mean that it was open to everybody"),
        ("Det ble holdt et møte i Oslo 3. mars 2014.", "public: false", "known to mean that it was closed"),
    ],
    ids=["not said by the entry", "not said to be open", "not said to be closed"],
)
def test_who_may_come_is_said_by_the_page_and_by_the_entry(
    tmp_path: Path, background: Background, sentence: str, entry: str, says: str
) -> None:
    place = f"where: {{municipality: Oslo}}\n    {entry}"
    found = findings_of(linked_home(tmp_path), background, sentence, place)
    assert [each.severity for each in found if says in each.message] == ["warning"]
