"""Bodies that the words do not name: whose meeting it is, and whom somebody represents, inferred with a basis."""

from pathlib import Path

import pytest
from conftest import add_page
from small_page import linked_home

from graph.claims.rdf import page_statements
from graph.common.findings import FindingsError
from graph.model.claims import Reading
from graph.rdf.terms import compact
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims_in_progress

pytestmark = pytest.mark.unit

SENTENCES = "Det ble holdt et møte i Stavanger 3. mars 2014. Laila Bokhari deltok."


def read(home: Path, background: Background, of_body: str = "", part: str = "") -> Reading:
    """Return the reading of a page that the government published, about a meeting with Laila Bokhari."""
    claims = f"""events:
  m:
    label: {{nb: Møte}}
    kind: meeting
    status: held
    when: {{edtf: 2014-03-03, said: 3. mars 2014}}
    where: {{municipality: Stavanger}}
{of_body}    quote: Det ble holdt et møte i Stavanger 3. mars 2014.
    participations:
      - {{agent: laila-bokhari, role: participant, quote: Laila Bokhari deltok.{part}}}
"""
    folder = add_page(home, "p", f"{SENTENCES}\n", claims, "2014-04-01", reading="partial")
    return read_claims_in_progress(folder, background)[0]


@pytest.mark.parametrize(
    ("of_body", "part", "property", "inference"),
    [
        ("    of_body: {body: norges-regjering, from: publisher}\n", "", "mg:ofBody", "inference:p.m.body"),
        (
            "",
            ", on_behalf_of: {body: ks, from: source, because: she says so}",
            "mg:onBehalfOf",
            "inference:p.m.laila-bokhari.participant.principal",
        ),
    ],
    ids=["whose meeting", "whom somebody represents"],
)
def test_an_inferred_body_is_the_readers(
    tmp_path: Path, background: Background, of_body: str, part: str, property: str, inference: str
) -> None:
    quads = [*page_statements(read(linked_home(tmp_path), background, of_body, part), background)]
    of_claims = [quad for quad in quads if compact(quad.predicate) == property]
    assert {compact(quad.graph_name) for quad in of_claims} == {"graph:curated"}
    stated = {
        (compact(quad.predicate), compact(quad.object))
        for quad in quads
        if compact(quad.subject) == inference and compact(quad.predicate) in ("mg:inferredProperty", "mg:inferredFrom")
    }
    assert ("mg:inferredProperty", property) in stated


@pytest.mark.parametrize(
    ("of_body", "says"),
    [
        ("    of_body: norges-regjering\n", "or write of_body: {body: …, from: publisher}"),
        ("    of_body: {body: ks, from: publisher}\n", "organisation:ks is not the publisher, norges-regjering"),
        ("    of_body: {body: ks, because: it is so}\n", "no quote of this entry names organisation:ks"),
        ("    of_body: {body: ks, from: source}\n", "from: source needs because:"),
        ("    of_body: {body: ks, form: publisher}\n", "unknown key 'form'. Did you mean from?"),
    ],
    ids=["not named", "another publisher", "a reason alone", "no reason", "a misspelt key"],
)
def test_a_body_follows_from_what_it_is_inferred_from(
    tmp_path: Path, background: Background, of_body: str, says: str
) -> None:
    with pytest.raises(FindingsError) as raised:
        read(linked_home(tmp_path), background, of_body)
    (finding,) = [each for each in raised.value.findings if each.severity == "error"]
    assert says in finding.message
    assert finding.line == 8
