"""Promotion: a person or body of a page moves into the registry, and the page says the same, of the new id."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import CORPUS, add_page, ask, load_store

from build_graph import build
from graph.__main__ import motegraf
from graph.common import page_files
from graph.common.file_changes import FileChange, write_together
from graph.common.page_files import PageFileError
from graph.model.identity import Decision
from graph.review.promotion import Details, PromotionError, promotion_of
from graph.sources.decisions.write import add_decision
from graph.sources.pages.context import read_background
from graph.sources.pages.read import read_claims_in_progress

pytestmark = pytest.mark.unit

TEXT = """\
Torsdag 14. mars 2024 arrangerte Rådet for nettvett et møte i Drammen. Kari Nordmann holdt innlegg. Nordmann takket.
Rådet er en del av Drammen kommune.
"""
CLAIMS = """\
# What the page says.
events:
  nettvett:
    label: {nb: Møte om nettvett}
    kind: meeting
    status: held
    when: {edtf: 2024-03-14, said: Torsdag 14. mars 2024}
    where: {municipality: Drammen}
    quote: Torsdag 14. mars 2024 arrangerte Rådet for nettvett et møte i Drammen.
    participations:
      - {agent: radet, role: organiser}
      - {agent: kari, role: speaker, quote: Kari Nordmann holdt innlegg.}  # she alone

people:
  # The speaker.
  kari: {name: Kari Nordmann, also: Nordmann}  # of the page
bodies:
  radet:
    name: Rådet for nettvett
    kind: council  # as it says itself
    also: [Rådet]
    part_of: drammen-kommune
"""
SOURCE = "a test"


@pytest.fixture
def home(empty_home: Path) -> Path:
    add_page(empty_home, "nettvett", TEXT, CLAIMS, "2024-03-15", "partial")
    return empty_home


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(motegraf, ["promote", *words, "--home", str(home)])


def texts(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in home.rglob("*") if file.is_file()}


def test_person_moves_and_nothing_else_of_the_files_changes(home: Path) -> None:
    before = texts(home)
    done = run(home, "nettvett.kari", "--wikidata", "Q42", "--source", SOURCE)
    assert (done.exit_code, done.output) == (
        0,
        "person:nettvett.kari is now person:kari-nordmann (Kari Nordmann): registry/people.yaml, "
        "corpus/nettvett/claims.yaml, decisions/identity.yaml changed\n",
    )
    after = texts(home)
    entry = "kari-nordmann:\n  name: Kari Nordmann\n  wikidata: {id: Q42, source: a test}\n  source: page nettvett\n"
    assert after.pop("registry/people.yaml") == before.pop("registry/people.yaml") + entry.encode()
    claims = CLAIMS.replace("also: Nordmann}  #", "also: Nordmann, registry: kari-nordmann}  #")
    assert after.pop("corpus/nettvett/claims.yaml").decode() == claims
    assert before.pop("corpus/nettvett/claims.yaml")
    assert "  - same: [person:kari-nordmann, person:nettvett.kari]\n" in after.pop("decisions/identity.yaml").decode()
    assert after == before


def test_schema_that_lacks_the_new_id_is_told_of(home: Path) -> None:
    (home / "corpus/claims.schema.json").write_text("{}\n", encoding="utf-8")
    assert run(home, "nettvett.kari").output.endswith("\nmotegraf schema makes editors complete the new id\n")


def test_body_moves_with_its_kind_and_what_it_is_part_of(home: Path) -> None:
    done = run(home, "organisation:nettvett.radet", "--as", "nettvettradet", "--public")
    assert done.exit_code == 0, done.output
    entry = (
        "nettvettradet:\n  name: {nb: Rådet for nettvett}\n  kind: council\n  public: 'true'\n"
        "  part_of: drammen-kommune\n  source: page nettvett\n"
    )
    assert (home / "registry/organisations.yaml").read_text(encoding="utf-8").endswith(entry)
    own = (
        "  radet:\n    registry: nettvettradet\n    name: Rådet for nettvett\n"
        "    # as it says itself\n    also: [Rådet]\n"
    )
    assert (home / "corpus/nettvett/claims.yaml").read_text(encoding="utf-8").endswith(own)


def test_build_says_the_same_under_the_id_of_the_registry(home: Path) -> None:
    query = """SELECT ?who ?name ?role WHERE { ?p mg:event event:nettvett ; mg:agent ?who ; cv:role ?role .
        ?who schema:name|schema:alternateName ?name }"""
    build(home, home / "before")
    assert run(home, "nettvett.kari").exit_code == run(home, "nettvett.radet").exit_code == 0
    build(home, home / "after")
    before, after = (sorted(ask(load_store(home / each / "motegraf.nq"), query)) for each in ("before", "after"))
    ids = {
        "person:nettvett.kari": "person:kari-nordmann",
        "organisation:nettvett.radet": "organisation:radet-for-nettvett",
    }
    assert {who for who, *_ in before} == ids.keys()
    assert sorted((ids[who], *rest) for who, *rest in before) == after


def test_old_ids_lead_to_the_new_ones_with_their_labels(home: Path) -> None:
    assert run(home, "nettvett.kari", "--who", "Ola Hansen").exit_code == run(home, "nettvett.radet").exit_code == 0
    findings: list[str] = []
    summary = build(home, home / "after")
    findings += [str(each) for each in summary.findings if "identity" in each.file]
    rows = ask(
        load_store(home / "after/motegraf.nq"),
        """SELECT ?old ?new ?label ?who { GRAPH graph:identity { ?old mg:keptAs ?new ; rdfs:label ?label .
            ?decision mg:decidedOf ?old ; mg:decidedBy ?who } FILTER(?new = person:kari-nordmann) }""",
    )
    assert (findings, rows) == ([], [("person:nettvett.kari", "person:kari-nordmann", "Kari Nordmann", "Ola Hansen")])


def test_decision_about_the_old_id_holds_of_the_new_one(home: Path) -> None:
    other = CLAIMS.replace("nettvett:", "annet:").replace("kari", "taleren")
    other = other.replace("14. mars", "21. mars").replace("03-14", "03-21")
    add_page(home, "andre", f"{TEXT.replace('14. mars', '21. mars')}Alle takket.\n", other, "2024-03-22", "partial")
    add_decision(
        home, Decision("same", ("person:andre.taleren", "person:nettvett.kari"), "A", date(2024, 4, 1), "Seen.")
    )
    assert run(home, "nettvett.kari").exit_code == 0
    build(home, home / "after")
    query = (
        "SELECT DISTINCT ?who { ?p cv:role role:speaker ; mg:agent ?who FILTER(STRSTARTS(STR(?who), STR(person:))) }"
    )
    assert ask(load_store(home / "after/motegraf.nq"), query) == [("person:kari-nordmann",)]


def test_last_name_of_the_page_means_nobody_on_another_page(home: Path) -> None:
    assert run(home, "nettvett.kari").exit_code == 0
    registry = read_background(home).registry
    assert registry.spellings["person:kari-nordmann"] == ("Kari Nordmann",)
    assert "nordmann" not in registry.by_name


def test_dry_run_shows_a_diff_and_writes_nothing(home: Path) -> None:
    before = texts(home)
    done = run(home, "nettvett.kari", "--dry-run", "--who", "Ola Hansen")
    assert done.exit_code == 0
    assert texts(home) == before
    lines = done.output.splitlines()
    assert lines[:2] == ["--- a/registry/people.yaml", "+++ b/registry/people.yaml"]
    assert [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        "+kari-nordmann:",
        "+  name: Kari Nordmann",
        "+  source: page nettvett",
        "-  kari: {name: Kari Nordmann, also: Nordmann}  # of the page",
        "+  kari: {name: Kari Nordmann, also: Nordmann, registry: kari-nordmann}  # of the page",
        "+# yaml-language-server: $schema=identity.schema.json",
        "+# What is one and the same, decided by people: docs/identity.md says how.",
        "+decisions:",
        "+  - same: [person:kari-nordmann, person:nettvett.kari]",
        '+    who: "Ola Hansen"',
        f"+    when: {date.today()}",
        '+    why: "Moved from the page nettvett into the registry."',
    ]


ERRORS = {
    "no page": (["netvett.kari"], "there is no page 'netvett' in corpus/. Did you mean nettvett?"),
    "no key": (["nettvett.karl"], "corpus/nettvett/claims.yaml has no person or body 'karl'. Did you mean kari?"),
    "another kind": (["organisation:nettvett.kari"], "has no person or body 'kari'"),
    "no page's": (["person:erna-solberg"], "person:erna-solberg is in the registry already"),
    "markup": (["<script>.x</script>"], "is nobody of a page: write PAGE.KEY"),
    "a register's": (["actor:eu.abc"], "write registry: person:ID or registry: organisation:ID at the value in"),
    "an id that is taken": (
        ["nettvett.kari", "--as", "erna-solberg"],
        "person:erna-solberg is in the registry already, called 'Erna Solberg'. If it is the same, write registry: "
        "erna-solberg at corpus/nettvett/claims.yaml:16; if it is another, give another id by --as",
    ),
    "an id of a body": (["nettvett.kari", "--as", "minotenk"], "organisation:minotenk is in the registry already"),
    "an id with markup": (["nettvett.kari", "--as", "<b>kari</b>"], "'<b>kari</b>' is no id: give one of a-z, 0-9"),
    "a name that folds to nothing": (["nettvett.kari", "--name", "… !"], "'' is no id: give one of a-z"),
    "a first name alone": (["nettvett.kari", "--name", "Kari"], "'Kari' alone would be this person on every page"),
    "a name that is taken": (
        ["nettvett.kari", "--name", "Jøran André Smedal Kallmyr"],
        "the registry knows person:joran-kallmyr, called 'Jøran André Smedal Kallmyr' too. If it is the same, write",
    ),
    "an identifier without its source": (["nettvett.kari", "--wikidata", "Q42"], "an identifier needs its source"),
    "a number of a person": (
        ["nettvett.kari", "--orgnr", "972417777", "--source", "x"],
        "person:nettvett.kari is a person: --orgnr and --public are of bodies",
    ),
}
FINDINGS = {
    "a wrong check digit": (["--orgnr", "972417778"], "its last figure, the check digit, does not fit the others"),
    "a number with spaces": (["--orgnr", "972 417 777"], "it has nine figures and nothing else; write 972417777"),
    "a number of another": (["--orgnr", "972417777"], "972417777 is that of statsministerens-kontor (registry/organ"),
    "an item in another form": (["--wikidata", "q42"], "an item of Wikidata is written as Q42; write Q42"),
    "an item of another": (
        ["--wikidata", "Q586364"],
        "Wikidata Q586364 is that of hoyre (registry/organisations.yaml:",
    ),
}


@pytest.mark.parametrize(("words", "message"), ERRORS.values(), ids=ERRORS.keys())
def test_wrong_use_changes_nothing_and_says_what_to_do(home: Path, words: list[str], message: str) -> None:
    before = texts(home)
    done = run(home, *words)
    assert done.exit_code == 2
    assert message in done.output
    assert texts(home) == before


@pytest.mark.parametrize(("words", "message"), FINDINGS.values(), ids=FINDINGS.keys())
def test_wrong_identifier_is_a_finding_with_file_and_line(home: Path, words: list[str], message: str) -> None:
    before = texts(home)
    done = run(home, "nettvett.radet", "--source", "a test", *words)
    assert done.exit_code == 1
    assert re.search(r"^registry/organisations\.yaml:\d+: ", done.output)
    assert message in done.output
    assert texts(home) == before


def test_key_of_another_page_is_no_id_of_the_registry(home: Path) -> None:
    add_page(
        home,
        "andre",
        TEXT,
        CLAIMS.replace("kari", "kari-nordmann").replace("nettvett:", "annet:"),
        "2024-03-15",
        "partial",
    )
    done = run(home, "nettvett.kari")
    assert done.exit_code == 2
    assert "corpus/andre/claims.yaml has the key 'kari-nordmann' for somebody of its own" in done.output
    assert run(home, "andre.kari-nordmann").exit_code == 0


def test_what_is_promoted_is_not_promoted_again(home: Path) -> None:
    assert run(home, "nettvett.kari").exit_code == 0
    done = run(home, "nettvett.kari")
    assert (done.exit_code, "is kari-nordmann of the registry already" in done.output) == (2, True)


def test_part_of_a_body_of_the_page_is_promoted_after_it(home: Path) -> None:
    claims = home / "corpus/nettvett/claims.yaml"
    own = "part_of: utvalget\n  utvalget: {name: Drammen, kind: committee}\n"
    claims.write_text(CLAIMS.replace("part_of: drammen-kommune\n", own), encoding="utf-8")
    done = run(home, "nettvett.radet")
    assert "is part of utvalget, which only this page names: promote nettvett.utvalget first" in done.output


def test_body_without_a_norwegian_name_needs_one(home: Path) -> None:
    page = home / "corpus/nettvett/claims.yaml"
    page.write_text(
        CLAIMS.replace("    kind: council", "    label: {en: Safety Council}\n    kind: council"), encoding="utf-8"
    )
    done = run(home, "nettvett.radet")
    assert "the registry needs a Norwegian name: give it by --name; the page has Safety Council (en)" in done.output
    assert run(home, "nettvett.radet", "--name", "Rådet for nettvett").exit_code == 0
    entry = "radet-for-nettvett:\n  name: {nb: Rådet for nettvett, en: Safety Council}\n"
    assert entry in (home / "registry/organisations.yaml").read_text(encoding="utf-8")


def test_page_with_errors_is_not_touched(home: Path) -> None:
    file = home / "corpus/nettvett/claims.yaml"
    file.write_text(CLAIMS.replace("agent: kari", "agent: karl"), encoding="utf-8")
    before = texts(home)
    done = run(home, "nettvett.kari")
    assert (done.exit_code, "corpus/nettvett/claims.yaml:12: 'karl' is no person" in done.output) == (1, True)
    assert texts(home) == before


def test_file_that_changed_meanwhile_is_not_overwritten(home: Path) -> None:
    promotion = promotion_of(home, "nettvett.kari", Details())
    people = home / "registry/people.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "# of another\n", encoding="utf-8")
    before = texts(home)
    with pytest.raises(PageFileError, match=r"registry/people\.yaml was changed by another program meanwhile"):
        write_together(promotion.changes)
    assert texts(home) == before


def failing_at(file: str, real: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    def replace(self: Path, target: Path) -> Path:
        if target.name == file and not getattr(replace, "failed", False):
            replace.failed = True  # type: ignore[attr-defined]
            raise OSError(28, "No space left on device")
        return real(self, target)

    return replace


@pytest.mark.parametrize("file", ["people.yaml", "claims.yaml", "identity.yaml"])
def test_full_disk_leaves_every_file_as_it_was(home: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    before = texts(home)
    monkeypatch.setattr(page_files.Path, "replace", failing_at(file, Path.replace))
    done = run(home, "nettvett.kari")
    monkeypatch.undo()
    assert done.exit_code == 1
    assert f"error: {file} cannot be written: No space left on device; nothing was changed" in done.output
    assert texts(home) == before
    assert not (home / "decisions").exists()


def test_link_that_leads_out_is_not_followed(home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "people.yaml"
    people = home / "registry/people.yaml"
    outside.write_bytes(people.read_bytes())
    people.unlink()
    people.symlink_to(outside)
    before = outside.read_bytes()
    done = run(home, "nettvett.kari")
    assert (done.exit_code, "people.yaml is a link that leads out of registry" in done.output) == (1, True)
    assert outside.read_bytes() == before


def test_changes_are_made_in_files_that_begin_with_a_mark_and_end_lines_as_windows_does(home: Path) -> None:
    file = home / "corpus/nettvett/claims.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + CLAIMS.replace("\n", "\r\n").encode())
    assert run(home, "nettvett.radet").exit_code == 0
    after = file.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# What the page says.\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert b"    registry: radet-for-nettvett\r\n    name: R" in after


def test_new_file_goes_with_the_others_or_not_at_all(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("a\n", encoding="utf-8")
    changes = [FileChange(new, "new", None, "x\n"), FileChange(old, "old", "b\n", "c\n")]
    with pytest.raises(PageFileError, match="old was changed"):
        write_together(changes)
    assert (new.exists(), old.read_text(encoding="utf-8")) == (False, "a\n")


@pytest.mark.slow
def test_people_of_ten_pages_can_be_promoted(home: Path) -> None:
    """A page is read with the registry as it would be: each of these moves without a change of what is said."""
    from shutil import copytree

    folders = sorted(file.parent for file in CORPUS.glob("*/claims.yaml"))
    for folder in folders:
        copytree(folder, home / "corpus" / folder.name)
    refused = []
    for folder in folders:
        reading, _ = read_claims_in_progress(folder, read_background(home))
        # The first two of each page: every one of them takes half a minute.
        people = [actor for actor in reading.actors if actor.id.startswith("person:")][:2]
        for actor in people:
            try:
                promotion_of(home, actor.id, Details(id=f"a-{actor.id.rpartition('.')[2]}"))
            except PromotionError as error:
                refused.append(f"{actor.id}: {error}")
    assert refused == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("net", ["nettvett."]), ("nettvett.", ["nettvett.kari", "nettvett.radet"]), ("nettvett.k", ["nettvett.kari"])],
)
def test_pages_and_their_people_and_bodies_are_completed(home: Path, typed: str, offered: list[str]) -> None:
    from click import Context

    from graph.cli.completion import complete_page_actors
    from graph.cli.promote import promote

    context = Context(promote)
    context.params["home"] = home
    assert [item.value for item in complete_page_actors(context, promote.params[0], typed)] == offered
