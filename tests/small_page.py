"""A small page with an entry of each kind, its claims with one mistake, and what a refused build must leave behind."""

import hashlib
import re
import shutil
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from click.testing import CliRunner
from conftest import add_page

from graph import HOME
from graph.__main__ import motegraf
from graph.common.findings import Finding, FindingsError
from graph.sources.pages.context import Background
from graph.sources.pages.read import read_claims_in_progress

SMALL = "liten-side"
PAGE_TXT, PAGE_YAML, CLAIMS_YAML = (f"corpus/{SMALL}/{name}" for name in ("page.txt", "page.yaml", "claims.yaml"))

TEXT = """\
Møter høsten 2014

I oktober sendte statsminister Erna Solberg brev til noen ordførere. I brevet ba hun om lokale møter.

I november arrangerte Stavanger kommune et dialogmøte. Møtet rettet seg mot lærere i Stavanger kommune.
Statssekretær Laila Bokhari holdt en innledning. Hun sa at møtet var nyttig. Flere foreldre deltok.

I desember arrangerte Haugesund kommune et møte med deltakelse fra statsministeren og/eller Laila Bokhari.
"""

CLAIMS = """\
events:
  mote-i-stavanger:
    label: {nb: Møte i Stavanger, en: Meeting in Stavanger}
    kind: dialogue-meeting
    status: held
    when: {edtf: 2014-11, said: I november}
    where: {municipality: Stavanger}
    topics:
      - radicalisation
      - terrorist-threat
    quote: I november arrangerte Stavanger kommune et dialogmøte.
    context: Møter høsten 2014
    audiences:
      - words: lærere i Stavanger kommune
        drawn_from: stavanger-kommune
        quote: Møtet rettet seg mot lærere i Stavanger kommune.
    participations:
      - {agent: stavanger-kommune, role: organiser}
      - agent: laila-bokhari
        role: introducer
        as: statssekretaer-smk
        about: violent-extremism
        quote: Statssekretær Laila Bokhari holdt en innledning.
      - agent: flere-foreldre
        role: participant
        quote: Flere foreldre deltok.
    utterances:
      - by: laila-bokhari
        says: møtet var nyttig
        quote: Hun sa at møtet var nyttig.
        context: Statssekretær Laila Bokhari

  mote-i-haugesund:
    label: {nb: Møte i Haugesund, en: Meeting in Haugesund}
    kind: meeting
    when: {edtf: 2014-12, said: I desember}
    where: {municipality: Haugesund}
    quote: I desember arrangerte Haugesund kommune et møte … og/eller Laila Bokhari.
    context: Møter høsten 2014
    participations:
      - {agent: haugesund-kommune, role: organiser}
      - candidates: [{holder_of: statsminister}, laila-bokhari]
        at_least: 1
        role: participant

letters:
  brev-til-ordforere:
    label: {nb: Brev til ordførere, en: Letter to mayors}
    sender: erna-solberg
    as: statsminister
    recipients: [noen-ordforere]
    when: {edtf: 2014-10, said: I oktober}
    asks_for: lokale møter
    quote:
      - I oktober sendte statsminister Erna Solberg brev til noen ordførere.
      - I brevet ba hun om lokale møter.
    context: Møter høsten 2014

relations:
  - subject: mote-i-stavanger
    relation: influenced-by
    object: brev-til-ordforere
    quote: I brevet ba hun om lokale møter.

groups:
  noen-ordforere:
    words: noen ordførere
  flere-foreldre:
    words: Flere foreldre

no_claim:
  - quote: Møter høsten 2014
    reason: the title
"""


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the command line shows it; line 0 if it names none."""

    file: str
    line: int
    message: str


@dataclass(frozen=True)
class Mistake:
    """Words of CLAIMS replaced by others, where in the changed file the finding must point, and what it must say."""

    old: str
    new: str
    says: tuple[str, ...]
    at: str = ""


def with_mistake(claims: str, mistake: Mistake) -> str:
    """Return the claims with the mistake; the words to replace occur exactly once."""
    assert claims.count(mistake.old) == 1, f"{mistake.old!r} stands there {claims.count(mistake.old)} times"
    return claims.replace(mistake.old, mistake.new)


def small_page(home: Path, claims: str = CLAIMS, text: str = TEXT, name: str = SMALL) -> Path:
    """Add the small page to the corpus of a home, published after all its events."""
    return add_page(home, name, text, claims, "2015-01-15")


def page_findings(folder: Path, background: Background) -> list[Finding]:
    """Return the findings about a page, whether it can be read or not."""
    try:
        return read_claims_in_progress(folder, background)[1]
    except FindingsError as error:
        return error.findings


def page_errors(folder: Path, background: Background) -> list[str]:
    """Return the messages of the errors about a page."""
    return [finding.message for finding in page_findings(folder, background) if finding.severity == "error"]


def create_home(to: Path) -> Path:
    """Create a home with copies of registry and ontology, and a corpus without pages."""
    for folder in ("registry", "ontology"):
        shutil.copytree(HOME / folder, to / folder)
    (to / "corpus").mkdir()
    return to


def linked_home(folder: Path) -> Path:
    """Create such a home for tests that change nothing but the corpus: registry and ontology are the project's."""
    home = folder / "linked"
    (home / "corpus").mkdir(parents=True)
    for name in ("registry", "ontology"):
        (home / name).symlink_to(HOME / name, target_is_directory=True)
    return home


def line_of(words: str, text: str) -> int:
    """Return the line on which these words begin; they occur exactly once."""
    assert text.count(words) == 1, f"{words!r} stands there {text.count(words)} times"
    return text.count("\n", 0, text.index(words)) + 1


def snapshot(folder: Path) -> dict[str, str]:
    """Return every file and folder below a folder, with the digest of its bytes."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "folder"
        for file in sorted(folder.rglob("*"))
    }


@cache
def build_copy(built: Path) -> tuple[Path, dict[str, str]]:
    """Return a copy of a build that tests must leave unchanged, and its snapshot."""
    copy = Path(shutil.copytree(built, Path(mkdtemp(dir=built.parent)) / "out"))
    return copy, snapshot(copy)


def refused_findings(home: Path, built: Path) -> list[ShownFinding]:
    """Return the findings of a refused build, which exits with 1, prints no more and leaves the old build unchanged."""
    out, before = build_copy(built)
    done = CliRunner().invoke(motegraf, ["build", "--strict", "--home", str(home), "--out", str(out)])
    after = snapshot(out)
    if after != before:
        shutil.rmtree(out)
        shutil.copytree(built, out)
    raised = "".join(traceback.format_exception(done.exception, limit=-2, chain=False)) if done.exception else ""
    assert isinstance(done.exception, SystemExit), f"no findings but {raised or 'a build'}\n{done.output}"
    assert (done.exit_code, done.stdout) == (1, "")
    assert after == before, "the old build was touched"
    *findings, last = done.stderr.splitlines()
    assert last == f"{len(findings)} finding{'s' if len(findings) != 1 else ''}; nothing was written"
    return [_parse_finding(row) for row in findings]


def _parse_finding(row: str) -> ShownFinding:
    found = re.fullmatch(r"(?P<file>[^:]+?)(?::(?P<line>\d+))?: (?P<message>.+)", row)
    assert found, f"not of the form file:line: message: {row!r}"
    return ShownFinding(found["file"], int(found["line"] or 0), found["message"])


def assert_one_finding(home: Path, built: Path, mistake: Mistake) -> None:
    """Assert that one mistake gives one finding: in the claims, on the right line, with the expected words."""
    claims = with_mistake(CLAIMS, mistake)
    small_page(home, claims)
    findings = refused_findings(home, built)
    shown = "\n".join(map(str, findings))
    assert len(findings) == 1, f"one mistake, {len(findings)} findings:\n{shown}"
    expected = (CLAIMS_YAML, line_of(mistake.at or mistake.new, claims))
    assert (findings[0].file, findings[0].line) == expected, shown
    missing = [words for words in mistake.says if words not in findings[0].message]
    assert not missing, f"{missing} not in: {shown}"
