"""A page that points to what only a later page names: asked as known between the two, the link is left out, no more.

Page A puts its gathering in a series, has it widen a council and sets it before a letter; page B, which came later,
names all three.
"""

from datetime import date
from pathlib import Path

import pytest
from conftest import add_page, ask, load_store
from small_page import linked_home

from build_graph import build
from graph.common.findings import FindingsError

pytestmark = pytest.mark.slow

TEXT = "Haugesund kommune arrangerte samlingen 2. februar 2015. Laila Bokhari deltok.\n"
SERIES, EXTENDS = "    series: series:samlinger\n", "    extends: event:beredskapsrad\n"
RELATIONS = """relations:
  - subject: samling-2015
    relation: scheduled-before
    object: letter:brev
    quote: Haugesund kommune arrangerte samlingen 2. februar 2015.
  - subject: letter:brev
    relation: references
    object: samling-2015
    quote: Haugesund kommune arrangerte samlingen 2. februar 2015.
"""
CLAIMS = f"""events:
  samling-2015:
    label: {{nb: Samling i Haugesund, en: Gathering in Haugesund}}
    kind: meeting
    status: held
    when: {{edtf: 2015-02-02, said: 2. februar 2015}}
{SERIES}{EXTENDS}    quote: Haugesund kommune arrangerte samlingen 2. februar 2015.
    participations:
      - {{agent: haugesund-kommune, role: organiser}}
      - {{agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.}}
{RELATIONS}"""
LATER_TEXT = "Samlinger er et tilbud. Beredskapsrådet møtes. Erna Solberg sendte brev.\n"
LATER_CLAIMS = """series:
  samlinger:
    label: {nb: Samlinger, en: Gatherings}
    kind: meeting
    quote: Samlinger er et tilbud.
events:
  beredskapsrad:
    label: {nb: Beredskapsrådet, en: The preparedness council}
    kind: council-meeting
    quote: Beredskapsrådet møtes.
letters:
  brev:
    label: {nb: Brev, en: Letter}
    sender: erna-solberg
    quote: Erna Solberg sendte brev.
"""
FILES = ("motegraf.nq", "motegraf.ttl", "motegraf.trig", "motegraf.jsonld")
LINKS = """SELECT ?one ?link ?other WHERE {
  VALUES ?link { schema:superEvent mg:extends mg:scheduledBefore dct:references } ?one ?link ?other }"""
ALL_LINKS = [
    ("event:samling-2015", "mg:extends", "event:beredskapsrad"),
    ("event:samling-2015", "mg:scheduledBefore", "letter:brev"),
    ("event:samling-2015", "schema:superEvent", "series:samlinger"),
    ("letter:brev", "dct:references", "event:samling-2015"),
]


@pytest.fixture
def both(empty_home: Path) -> Path:
    add_page(empty_home, "a", TEXT, CLAIMS, "2015-02-05")
    add_page(empty_home, "b", LATER_TEXT, LATER_CLAIMS, "2015-03-01")
    return empty_home


def test_the_whole_build_has_the_links(both: Path) -> None:
    build(both, both / "out")
    assert ask(load_store(both / "out/motegraf.nq"), LINKS) == ALL_LINKS


def test_as_known_between_the_two_it_says_what_the_first_says_without_the_links(both: Path) -> None:
    build(both, both / "between", as_known_on=date(2015, 2, 28))
    (both / "corpus/b").rename(both / "set-aside")
    claims = both / "corpus/a/claims.yaml"
    claims.write_text(CLAIMS.replace(SERIES, "").replace(EXTENDS, "").replace(RELATIONS, ""), encoding="utf-8")
    build(both, both / "alone")
    assert all((both / "between" / name).read_bytes() == (both / "alone" / name).read_bytes() for name in FILES)
    attendees = "SELECT ?event ?who WHERE { ?event schema:attendee ?who }"
    graph = load_store(both / "between/motegraf.nq")
    assert ask(graph, attendees) == [("event:samling-2015", "person:laila-bokhari")]
    assert ask(graph, LINKS) == []


def test_as_known_once_both_are_published_it_says_all(both: Path) -> None:
    build(both, both / "between", as_known_on=date(2015, 2, 28))
    build(both, both / "known", as_known_on=date(2015, 3, 1))
    build(both, both / "all")
    assert all((both / "known" / name).read_bytes() == (both / "all" / name).read_bytes() for name in FILES)


@pytest.mark.parametrize("day", [None, date(2015, 2, 28), date(2015, 3, 1)])
@pytest.mark.parametrize(
    ("said", "instead", "message"),
    [
        ("series:samlinger", "series:samlingar", "in a series that no page of the corpus names"),
        (
            "event:beredskapsrad",
            "event:beredskapsradet",
            "nothing that a page of the corpus names. Check object: or extends:",
        ),
        ("subject: letter:brev", "subject: letter:brevet", "nothing that a page of the corpus names. Check subject:"),
    ],
)
def test_a_link_to_what_no_page_names_is_refused_on_every_day(
    both: Path, day: date | None, said: str, instead: str, message: str
) -> None:
    claims = both / "corpus/a/claims.yaml"
    claims.write_text(CLAIMS.replace(said, instead), encoding="utf-8")
    with pytest.raises(FindingsError, match=message):
        build(both, as_known_on=day)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("moved_to", "An event is moved to one other event, which a page names. Check moved_to:"),
        ("extends", "nothing that a page of the corpus names. Check object: or extends:"),
    ],
)
def test_an_event_that_no_page_has_is_one_finding_at_the_line_that_names_it(
    tmp_path: Path, key: str, says: str
) -> None:
    home = linked_home(tmp_path)
    sentence = "Det ble holdt et møte i Stavanger 3. mars 2014."
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: 3. mars 2014}}
    where: {{municipality: Stavanger}}
    {key}: event:nowhere
    quote: {sentence}
"""
    add_page(home, "p", f"{sentence}\n", claims, "2014-04-01", reading="partial")
    with pytest.raises(FindingsError) as raised:
        build(home)
    (finding,) = raised.value.findings
    assert (finding.file, finding.line) == ("corpus/p/claims.yaml", 8)
    assert says in finding.message
