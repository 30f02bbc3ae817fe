"""A page in nynorsk is read whole: roles, statuses, a year taken from the publication, a weekday that is checked."""

import shutil
from pathlib import Path

import pytest
from conftest import add_page
from small_page import page_findings

from graph import HOME
from graph.sources.pages.context import read_background

pytestmark = pytest.mark.unit

TEXT = """\
Møte om beredskap

Stavanger kommune heldt eit møte torsdag 8. januar. Statssekretær Laila Bokhari gjorde greie for saka.
Møteleiar: Erna Solberg
"""

CLAIMS = """\
events:
  mote-om-beredskap:
    label: {nb: Møte om beredskap, en: Meeting on preparedness}
    kind: meeting
    status: held
    when: {edtf: 2015-01-08, said: torsdag 8. januar, from: published}
    quote: Stavanger kommune heldt eit møte torsdag 8. januar.
    participations:
      - {agent: stavanger-kommune, role: organiser}
      - agent: laila-bokhari
        role: speaker
        as: statssekretaer-smk
        quote: Statssekretær Laila Bokhari gjorde greie for saka.
      - {agent: erna-solberg, role: chair, quote: "Møteleiar: Erna Solberg"}
no_claim:
  - {quote: Møte om beredskap, reason: the title}
"""


def read(tmp_path: Path, claims: str, text: str = TEXT) -> list[str]:
    """The messages about a page in nynorsk with these claims."""
    for part in ("registry", "ontology"):
        shutil.copytree(HOME / part, tmp_path / part)
    folder = add_page(tmp_path, "nynorsk", text, claims, "2015-01-15")
    described = (folder / "page.yaml").read_text(encoding="utf-8")
    assert described.count("language: nb") == 1
    (folder / "page.yaml").write_text(described.replace("language: nb", "language: nn"), encoding="utf-8")
    return [str(each) for each in page_findings(folder, read_background(tmp_path))]


def test_a_page_in_nynorsk_has_no_findings(tmp_path: Path) -> None:
    assert read(tmp_path, CLAIMS) == []


def test_a_weekday_that_the_day_is_not_is_a_finding(tmp_path: Path) -> None:
    claims, text = (part.replace("torsdag", "onsdag") for part in (CLAIMS, TEXT))
    (finding,) = read(tmp_path, claims, text)
    assert "the page says 'onsdag 8. januar', but 2015-01-08 is a Thursday" in finding


def test_a_year_far_from_the_publication_is_a_finding(tmp_path: Path) -> None:
    findings = read(tmp_path, CLAIMS.replace("2015-01-08", "2009-01-08"))
    assert any("that is 2015-01-08, not 2009-01-08" in each for each in findings)


def test_a_role_that_no_word_of_nynorsk_tells_is_a_warning(tmp_path: Path) -> None:
    findings = read(tmp_path, CLAIMS.replace("role: chair", "role: secretary"))
    assert any("known to mean 'secretary'" in each for each in findings)


def test_an_absence_that_no_word_of_nynorsk_tells_is_a_warning_with_such_words(tmp_path: Path) -> None:
    claims = CLAIMS.replace("role: chair", "role: participant, attendance: absent").replace("Møteleiar:", "Fråfall:")
    (finding,) = read(tmp_path, claims, TEXT.replace("Møteleiar:", "Fråfall:"))
    assert "known to mean 'absent' (such as fråverande" in finding
