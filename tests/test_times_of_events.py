"""Times of events: no hour, weekday or day that the page does not say, or that does not follow from what is known."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home, page_errors

from graph.sources.pages.context import Background

pytestmark = pytest.mark.unit


def errors_of(
    home: Path, background: Background, time: str, when: str, published: str = "2020-04-01", replace: str = ""
) -> list[str]:
    """Return the errors about an event that a page says was held at a time, and an entry when.

    ``old=new`` is replaced in page.yaml.
    """
    sentence = f"Det ble holdt et møte i Oslo {time}".strip() + "."
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{{when}}}
    where: {{municipality: Oslo}}
    quote: {sentence}
"""
    first, _, last = published.partition("/")
    folder = add_page(home, "p", f"{sentence}\n", claims, (first, last or first), reading="partial")
    file = folder / "page.yaml"
    old, _, new = replace.partition("=")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return page_errors(folder, background)


DAY = "edtf: 2020-03-03, said: 3. mars 2020"


@pytest.mark.parametrize(
    ("time", "when", "says"),
    [
        ("3. mars 2020", f"{DAY}, begins: '03:15'", "no quote of this entry says 03:15"),
        ("3. mars 2020 kl. 9.45", f"{DAY}, begins: '09:30'", "says 09:45, not 09:30"),
        ("3. mars 2020 kl. 9.45", f"{DAY}, begins: '09:30', time_said: kl. 9.45", "says 09:45, not 09:30"),
        ("3. mars 2020 kl. 10–12", f"{DAY}, begins: '10:00', ends: '13:00'", "says 10:00 and 12:00, not 13:00"),
        ("3. mars 2020 kl. 22–02", f"{DAY}, begins: '22:00', ends: '02:00'", "leave ends: out"),
        ("3. mars 2020 kl. 24.30", f"{DAY}, begins: '24:30'", "no time of day from 00:00 to 23:59"),
        ("onsdag 3. mars 2020", DAY, "2020-03-03 is a Tuesday"),
        ("onsdag 3. mars", "edtf: 2020-03-03, said: 3. mars, from: published", "2020-03-03 is a Tuesday"),
        ("i forrige uke", "edtf: 2020-03-25, said: i forrige uke, from: published", "2020-03-23/2020-03-29"),
        ("i mars", "edtf: 2020-03-25, said: i mars, from: published", "2020-03-01 to 2020-03-31"),
        ("", "edtf: 2020-03-03, from: published", "another time than when it was published"),
        ("før 3. mars 2020", DAY, "'før 3. mars 2020', which is not 2020-03-03 itself"),
        ("etter tirsdag 3. mars 2020", "edtf: 2020-03-03, said: etter tirsdag 3. mars 2020", "not 2020-03-03 itself"),
        ("rundt den 3. mars 2020", DAY, "which is not 2020-03-03 itself"),
        ("ca. 3. mars 2020", DAY, "which is not 2020-03-03 itself"),
        ("i slutten av mars 2020", "edtf: 2020-03-31, said: i slutten av mars 2020", "which tells no day"),
        ("en dag i mars 2020", "edtf: 2020-03-03, said: en dag i mars 2020", "which tells no day"),
        ("for noen dager siden", "edtf: 2020-03-29, said: for noen dager siden, from: published", "tell no time"),
    ],
)
def test_more_than_the_page_says_is_refused(
    tmp_path: Path, background: Background, time: str, when: str, says: str
) -> None:
    (message,) = errors_of(linked_home(tmp_path), background, time, when)
    assert says in message


@pytest.mark.parametrize(
    ("time", "when"),
    [
        ("3. mars 2020 kl. 9.30", f"{DAY}, begins: '09:30'"),
        ("3. mars 2020 kl. 10–12.15", f"{DAY}, begins: '10:00', ends: '12:15'"),
        ("3. mars 2020 kl. 7 om kvelden", f"{DAY}, begins: '19:00', time_said: kl. 7 om kvelden"),
        ("3. mars 2020 da klokka slo ti", f"{DAY}, begins: '10:00', time_said: klokka slo ti"),
        ("tirsdag 3. mars", "edtf: 2020-03-03, said: 3. mars, from: published"),
        ("i forrige uke", "edtf: 2020-03-23/2020-03-29, said: i forrige uke, from: published"),
        ("i forrige uke", "edtf: 2020-03-25, said: i forrige uke, from: published, because: it was a Wednesday"),
        ("i går", "edtf: 2020-03-31, said: i går, from: published"),
        ("i mars", "edtf: 2020-03, said: i mars, from: published"),
        ("før 3. mars 2020", "edtf: ../2020-03-02, said: før 3. mars 2020"),
        ("rundt 3. mars 2020", "edtf: 2020-02-25/2020-03-10, said: rundt 3. mars 2020"),
        ("i slutten av mars 2020", "edtf: 2020-03, said: i slutten av mars 2020"),
        ("rundt lunsj 3. mars 2020", DAY),
        ("nylig", "edtf: 2020-03, said: nylig, from: published, because: the page is of 1 April"),
        ("", "edtf: 2020-04-01, from: published"),
        ("", "edtf: 2020, from: published"),
    ],
)
def test_what_the_page_says_is_taken(tmp_path: Path, background: Background, time: str, when: str) -> None:
    assert errors_of(linked_home(tmp_path), background, time, when) == []


def test_yesterday_of_a_page_of_unknown_day_is_no_day(tmp_path: Path, background: Background) -> None:
    when = "edtf: 2020-05-31, said: i går, from: published"
    (message,) = errors_of(linked_home(tmp_path), background, "i går", when, "2020-03-01/2020-06-01")
    assert "2020-02-29/2020-05-31; 2020-05-31 is narrower than that" in message


@pytest.mark.parametrize(
    ("basis", "replace", "errors"),
    [
        ("url", "example.org/p=example.org/2020/a", 1),
        ("url", "example.org/p=example.org/2020/03/03/a", 0),
        ("url", "example.org/p=example.org/20200303", 0),
        ("title", "title: p=title: Møtet i 2020", 1),
        ("title", "title: p=title: Møtet 3. mars 2020", 0),
        ("title", "title: p=title: Møtet 4. mars 2020", 1),
    ],
)
def test_an_address_or_a_title_tells_the_day_that_it_says(
    tmp_path: Path, background: Background, basis: str, replace: str, errors: int
) -> None:
    found = errors_of(linked_home(tmp_path), background, "", f"edtf: 2020-03-03, from: {basis}", replace=replace)
    assert len(found) == errors, found
