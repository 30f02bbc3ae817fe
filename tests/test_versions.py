"""Versions: builds that are kept, bounded, whole or not at all, with what changed from each to the next."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import PAGE

from build_graph import build
from graph.__main__ import motegraf
from graph.builds import versions
from graph.builds.changes.json import from_json
from graph.builds.manifest import build_tag, verify_build
from graph.builds.versions import changes_file, keep_version, read_history, version_folder
from graph.common.findings import FindingsError

pytestmark = pytest.mark.slow


def at(day: int, second: int = 0) -> datetime:
    return datetime(2026, 11, day, 6, 0, second, tzinfo=UTC)


@pytest.fixture(scope="module")
def contents(first_page: Path, eleven_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return three builds of unlike content."""
    home = Path(shutil.copytree(first_page, tmp_path_factory.mktemp("renamed") / "home"))
    claims = home / "corpus" / PAGE / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("nb: Dialogmøte i Haugesund", "nb: Møtet i Haugesund"), encoding="utf-8")
    build(home, home / "one")
    build(first_page, home / "two")
    return [home / "one", home / "two", eleven_pages]


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """Return a folder for builds."""
    return tmp_path / "build"


def put(content: Path, out: Path) -> None:
    """Put a build into the folder as a build does: by new files in the place of the old ones."""
    out.mkdir(exist_ok=True)
    for file in content.iterdir():
        if file.is_file():
            new = out / f"{file.name}.new"
            shutil.copy(file, new)
            new.replace(out / file.name)


def keep(content: Path, out: Path, day: int, most: int = 10) -> versions.Version | None:
    put(content, out)
    return keep_version(out, most, at(day))


def test_a_kept_build_is_a_build_of_its_own(contents: list[Path], out: Path) -> None:
    first, second = keep(contents[0], out, 1), keep(contents[1], out, 2)
    assert first is not None
    assert second is not None
    assert read_history(out) == [second, first]
    for content, version in zip(contents, (first, second), strict=False):
        folder = version_folder(out, version)
        assert verify_build(folder)["base"] == "https://w3id.org/motegraf/"
        assert {file.name for file in folder.iterdir()} == {"manifest.json", "motegraf.nq", "motegraf.ttl"}
        assert (folder / "motegraf.nq").read_bytes() == (content / "motegraf.nq").read_bytes()
        asked = CliRunner().invoke(motegraf, ["ask", "who_met_whom", "--build", str(folder)])
        assert (asked.exit_code, "Bokhari" in asked.stdout) == (0, True)


@pytest.mark.skipif(os.name != "posix", reason="links of files are counted")
def test_the_newest_version_takes_no_place_of_its_own(contents: list[Path], out: Path) -> None:
    version = keep(contents[0], out, 1)
    assert version is not None
    assert (version_folder(out, version) / "motegraf.nq").samefile(out / "motegraf.nq")


def test_what_changed_is_kept_with_each_build(contents: list[Path], out: Path) -> None:
    versions = [keep(content, out, day) for day, content in enumerate(contents, 1)]
    one, two, eleven = versions
    assert one is not None
    assert two is not None
    assert eleven is not None
    assert (one.previous, one.groups, changes_file(out, one).exists()) == (None, None, False)
    assert two.previous == one.tag
    assert two.added == two.removed > 0
    assert two.groups is not None
    assert {name: dict(group.counts) for name, group in two.groups.items()} == {"meetings": {"changed": 1}}
    (headline,) = two.groups["meetings"].headlines
    assert (headline.nb, headline.change) == ("Dialogmøte i Haugesund", "changed")
    found = from_json(changes_file(out, eleven).read_bytes())
    assert (found.before.tag, found.after.tag) == (two.tag, eleven.tag)
    # Nobody else learns where the builds lie.
    assert (found.before.name, found.after.name) == (two.tag, eleven.tag)
    assert found.groups["meetings"].counts == {"added": 33}
    assert eleven.groups is not None
    assert list(eleven.groups) == list(found.groups)
    assert len(eleven.groups["meetings"].headlines) == 3


def test_the_same_content_is_no_new_version(contents: list[Path], out: Path) -> None:
    assert keep(contents[0], out, 1) is not None
    before = (out / "versions/history.json").read_bytes()
    assert keep(contents[0], out, 2) is None
    assert (out / "versions/history.json").read_bytes() == before


def test_content_that_comes_back_is_a_step_of_its_own_at_the_same_address(contents: list[Path], out: Path) -> None:
    for day, content in enumerate((contents[0], contents[1], contents[0]), 1):
        keep(content, out, day)
    history = read_history(out)
    assert [version.tag for version in history] == [
        build_tag(contents[0]),
        build_tag(contents[1]),
        build_tag(contents[0]),
    ]
    assert len({version.step for version in history}) == 3
    there, back = (from_json(changes_file(out, version).read_bytes()) for version in history[1::-1])
    assert back.statements == (there.statements.removed, there.statements.added)


def test_two_builds_in_one_second_are_two_steps(contents: list[Path], out: Path) -> None:
    for content in contents[:2]:
        put(content, out)
        keep_version(out, 10, at(1))
    assert len({version.step for version in read_history(out)}) == 2


def test_no_more_are_kept_than_were_asked_for(contents: list[Path], out: Path) -> None:
    for day, content in enumerate(contents, 1):
        keep(content, out, day, most=2)
    history = read_history(out)
    assert [version.tag for version in history] == [build_tag(contents[2]), build_tag(contents[1])]
    assert {each.name for each in (out / "versions").iterdir()} == {
        *("history.json", "changes"),
        *(version.tag for version in history),
    }
    assert {file.stem for file in (out / "versions/changes").iterdir()} == {version.step for version in history}
    keep(contents[2], out, 4, most=1)
    assert [version.tag for version in read_history(out)] == [build_tag(contents[2])]


def test_what_an_interrupted_build_left_is_taken_away_or_used(contents: list[Path], out: Path) -> None:
    keep(contents[0], out, 1)
    folder = out / "versions"
    (folder / ".new-999999999-x").mkdir()
    (folder / ".new-999999999-history.json").write_text("{", encoding="utf-8")
    (folder / "changes").mkdir(exist_ok=True)
    (folder / "changes/20200101T000000Z.json").write_text("{", encoding="utf-8")
    # Copied, but not yet in the history.
    shutil.copytree(folder / build_tag(contents[0]), folder / "0123456789ab")
    # Copied in part.
    (folder / build_tag(contents[1])).mkdir()
    (folder / build_tag(contents[1]) / "motegraf.nq").write_text("half", encoding="utf-8")
    keep(contents[1], out, 2)
    assert {each.name for each in folder.iterdir()} == {
        *("history.json", "changes"),
        *(build_tag(content) for content in contents[:2]),
    }
    assert all(verify_build(version_folder(out, version)) for version in read_history(out))


def test_a_full_disk_leaves_what_was_kept(contents: list[Path], out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(contents[0], out, 1)
    before = {file: file.read_bytes() for file in (out / "versions").rglob("*") if file.is_file()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for place in ("_link", "replace_file"):
        with monkeypatch.context() as patch:
            patch.setattr(versions, place, full)
            put(contents[1], out)
            with pytest.raises(FindingsError, match="No space left on device"):
                keep_version(out, 10, at(2))
        assert [version.tag for version in read_history(out)] == [build_tag(contents[0])]
        kept = {file: file.read_bytes() for file in (out / "versions").rglob("*") if file.is_file()}
        assert before.items() <= kept.items()
        assert not list((out / "versions").glob(".new-*"))
    assert keep(contents[1], out, 3) is not None


def test_a_version_that_somebody_removed_is_made_anew(contents: list[Path], out: Path) -> None:
    version = keep(contents[0], out, 1)
    assert version is not None
    shutil.rmtree(version_folder(out, version))
    again = keep(contents[0], out, 2)
    assert again is not None
    assert verify_build(version_folder(out, again))


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"form": "another"}', '{"form": "motegraf-history/1", "versions": [{"tag": "../../etc"}]}']
)
def test_a_history_that_is_none_is_refused(contents: list[Path], out: Path, text: str) -> None:
    keep(contents[0], out, 1)
    (out / "versions/history.json").write_text(text, encoding="utf-8")
    with pytest.raises(FindingsError, match="no history of builds"):
        keep(contents[1], out, 2)


def test_the_command_keeps_builds(home: Path) -> None:
    done = CliRunner().invoke(motegraf, ["build", "--home", str(home), "--keep", "2"])
    assert done.exit_code == 0
    (version,) = read_history(home / "build")
    assert f"versions/{version.tag}" in done.stdout
    again = CliRunner().invoke(motegraf, ["build", "--home", str(home), "--keep", "2"])
    assert (again.exit_code, "kept as" in again.stdout) == (0, False)
    assert CliRunner().invoke(motegraf, ["build", "--home", str(home), "--keep", "0"]).exit_code == 2
    (home / "build/versions/history.json").write_text("{", encoding="utf-8")
    failed = CliRunner().invoke(motegraf, ["build", "--home", str(home), "--keep", "2"])
    assert (failed.exit_code, "the build is written, but not kept" in failed.stderr) == (1, True)
    assert json.loads((home / "build/manifest.json").read_text(encoding="utf-8"))


def test_a_build_without_keep_leaves_the_versions_as_they_are(home: Path) -> None:
    assert CliRunner().invoke(motegraf, ["build", "--home", str(home), "--keep", "2"]).exit_code == 0
    before = (home / "build/versions/history.json").read_bytes()
    claims = home / "corpus" / PAGE / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("nb: Dialogmøte i Haugesund", "nb: Møtet i Haugesund"), encoding="utf-8")
    assert CliRunner().invoke(motegraf, ["build", "--home", str(home)]).exit_code == 0
    assert (home / "build/versions/history.json").read_bytes() == before
    assert verify_build(version_folder(home / "build", read_history(home / "build")[0]))
