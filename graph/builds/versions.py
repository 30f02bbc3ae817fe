"""Versions: earlier builds that are kept, and what changed from each to the next.

They lie in the folder of the build, in ``versions/``:

- ``TAG/``, a build of its own with the dataset and its manifest, which every command reads as it reads a build;
- ``changes/STEP.json``, what changed with a build (see ``graph.builds.changes.json``);
- ``history.json``, which of them count, the newest first.

A build writes them, one after another and in this order, each whole or not at all; whoever reads begins with the
history. So an interrupted build leaves at most files that the history does not name, and the next one removes them. The
files of a version are links to those of the build where the disk has links, and take no place while that is the newest.
"""

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.builds.changes.compare import compare
from graph.builds.changes.json import to_json
from graph.builds.changes.records import KINDS, Changes, Kind, reading_order
from graph.builds.datasets import open_datasets
from graph.builds.folder import is_abandoned, sync_folder
from graph.builds.manifest import (
    DATASET,
    MANIFEST,
    TAG_LENGTH,
    build_tag,
    read_as_known_on,
    read_base,
    verify_build,
)
from graph.builds.parts import require_whole
from graph.common.findings import Finding, FindingsError
from graph.common.whole_files import replace_file

FOLDER, HISTORY, CHANGES = "versions", "history.json", "changes"
# What is kept of a build: all its statements, with and without the graphs that they stand in.
KEPT = (DATASET, "motegraf.ttl")
# So many entities of each group, and so many facts of each, are kept of what changed with a build; all are counted.
MAX_ITEMS, MAX_FACTS = 200, 100
# So many of each kind of change stand in the history itself.
MAX_HEADLINES = 3
_FORM = "motegraf-history/1"
_TAG = re.compile(f"[0-9a-f]{{{TAG_LENGTH}}}")
_STEP = re.compile(r"\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True, slots=True)
class Headline:
    """One entity that changed: its IRI, what it is called in Norwegian and in English, and how it changed."""

    iri: str
    nb: str
    en: str
    change: Kind


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """How many entities of a group changed, by the kind of change, and those that are read first."""

    counts: Mapping[Kind, int]
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A build that is kept. ``step`` tells it from all others, also from an earlier one with the same content.

    ``built`` is when it was kept (ISO 8601, UTC), ``previous`` the tag of the build before it, of which ``added`` and
    ``removed`` count the statements that came and went, and ``groups`` what changed; without one they are empty.
    ``files`` are the sizes and the SHA-256 digests of its files.
    """

    step: str
    tag: str
    built: str
    base: str
    known_on: str | None
    files: Mapping[str, tuple[int, str]]
    previous: str | None = None
    added: int = 0
    removed: int = 0
    groups: Mapping[str, GroupSummary] | None = None

    @property
    def day(self) -> str:
        """Return the day on which the build was kept."""
        return self.built[:10]


def keep_version(out: Path, most: int, now: datetime | None = None) -> Version | None:
    """Keep the build in this folder, and so many builds at most; return its version, or None where it is kept already.

    A build with the content of the newest version is that version. Raise FindingsError where it cannot be kept; what
    was kept before then still is.
    """
    folder = out / FOLDER
    require_whole(out, "a version that is kept")
    try:
        history = read_history(out)
        kept = None
        if not (history and _is_same(out, history[0])):
            folder.mkdir(exist_ok=True)
            _copy(out, folder)
            kept = _describe(out, history, now or datetime.now(UTC))
            history = [kept, *history]
        history = history[:most]
        if folder.is_dir():
            replace_file(folder / HISTORY, _to_json(history), sync=True)
            _remove_unnamed(folder, history)
        return kept
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"this build cannot be kept: {reason}; make room, or write to the folder, and build again"
        raise FindingsError([Finding(str(folder), 0, message)]) from error


def read_history(out: Path) -> list[Version]:
    """Return the versions that are kept of the builds in a folder, the newest first; none where none was kept.

    Raise FindingsError where the history is none.
    """
    file = out / FOLDER / HISTORY
    try:
        record = json.loads(file.read_bytes())
        if record["form"] != _FORM:
            raise ValueError(record["form"])
        return [_version(each) for each in record["versions"]]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "is no history of builds; remove it, and build again"
        raise FindingsError([Finding(str(file), 0, message)]) from error


def version_folder(out: Path, version: Version) -> Path:
    """Return the folder of a version that is kept, which is a build of its own."""
    return out / FOLDER / version.tag


def version_file(out: Path, version: Version, name: str) -> Path | None:
    """Return a file of a version that is kept; None where it has none of that name."""
    file = out / FOLDER / version.tag / name
    return file if name in (*version.files, MANIFEST) and file.is_file() else None


def changes_file(out: Path, version: Version) -> Path:
    """Return the file with what changed with a version."""
    return out / FOLDER / CHANGES / f"{version.step}.json"


def _is_same(out: Path, version: Version) -> bool:
    """Return whether the newest version has the content of a build, and all its files still lie there."""
    known_on = read_as_known_on(out)
    folder = out / FOLDER / version.tag
    whole = all((folder / name).is_file() for name in (*version.files, MANIFEST))
    return whole and (build_tag(out), known_on) == (version.tag, version.known_on)


def _copy(out: Path, folder: Path) -> None:
    """Copy what is kept of a build into a folder named by its tag, whole or not at all."""
    manifest = verify_build(out)
    to = folder / build_tag(out)
    with contextlib.suppress(FindingsError):
        verify_build(to)
        return
    # Nothing whole is there: what somebody took files from, say.
    shutil.rmtree(to, ignore_errors=True)
    digests = manifest["sha256"]
    assert isinstance(digests, dict)
    kept = {name: digests[name] for name in KEPT if name in digests}
    new = Path(tempfile.mkdtemp(prefix=f".new-{os.getpid()}-", dir=folder))
    try:
        for name in kept:
            _link(out / name, new / name)
        replace_file(new / MANIFEST, _json(manifest | {"sha256": kept}), sync=True)
        new.chmod(0o755)
        new.replace(to)
        sync_folder(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _describe(out: Path, history: Sequence[Version], now: datetime) -> Version:
    """Return the version of a build, once what changed with it is written."""
    folder = out / FOLDER
    files = {name: (folder / build_tag(out) / name) for name in KEPT}
    step = f"{now:%Y%m%dT%H%M%SZ}"
    earlier = {version.step for version in history}
    step = next(each for each in (step, *(f"{step}-{n}" for n in range(2, len(earlier) + 3))) if each not in earlier)
    digests = verify_build(folder / build_tag(out))["sha256"]
    assert isinstance(digests, dict)
    version = Version(
        step=step,
        tag=build_tag(out),
        built=f"{now:%Y-%m-%dT%H:%M:%SZ}",
        base=read_base(out),
        known_on=read_as_known_on(out),
        files={name: (file.stat().st_size, digests[name]) for name, file in files.items() if name in digests},
    )
    changes = _changes_since(folder, history[0] if history else None, version)
    if changes is None:
        return version
    (folder / CHANGES).mkdir(exist_ok=True)
    replace_file(folder / CHANGES / f"{step}.json", to_json(changes.limited(MAX_ITEMS, MAX_FACTS)), sync=True)
    return _with_changes(version, changes)


def _changes_since(folder: Path, previous: Version | None, version: Version) -> Changes | None:
    """Return what changed since the version before, or None where there is none that can be compared."""
    if previous is None or previous.base != version.base or previous.tag == version.tag:
        return None
    try:
        with open_datasets(folder / previous.tag, folder / version.tag) as (before, after):
            return compare(before, after).named_by_tags()
    except FindingsError:  # somebody removed the version before
        return None


def _with_changes(version: Version, changes: Changes) -> Version:
    groups = {
        name: GroupSummary(
            group.counts,
            tuple(
                Headline(item.iri, item.label.nb, item.label.en or item.label.nb, item.change)
                for kind in KINDS
                for item in [each for each in reading_order(group.items, "nb") if each.change == kind][:MAX_HEADLINES]
            ),
        )
        for name, group in changes.groups.items()
    }
    record = {name: getattr(version, name) for name in Version.__slots__}
    added, removed = changes.statements
    return Version(**record | {"previous": changes.before.tag, "added": added, "removed": removed, "groups": groups})


def _remove_unnamed(folder: Path, history: Sequence[Version]) -> None:
    """Remove what the history does not name: the oldest versions, and what an interrupted build left behind."""
    tags, steps = {version.tag for version in history}, {version.step for version in history}
    for each in folder.iterdir():
        is_unnamed = _TAG.fullmatch(each.name) and each.name not in tags
        if is_unnamed or (each.name.startswith(".new-") and is_abandoned(each)):
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink(missing_ok=True)
    for file in (folder / CHANGES).glob("*.json"):
        if file.stem not in steps:
            file.unlink(missing_ok=True)


def _link(file: Path, to: Path) -> None:
    try:
        to.hardlink_to(file)
    except OSError:  # not every disk has links
        shutil.copyfile(file, to)


def _to_json(history: Sequence[Version]) -> bytes:
    return _json({"form": _FORM, "versions": [asdict(version) for version in history]})


def _json(record: Mapping[str, object]) -> bytes:
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def _version(record: Mapping[str, Any]) -> Version:
    """Return a version of the history; its tag and step become names of files. Raise ValueError where they are none."""
    if not (_TAG.fullmatch(record["tag"]) and _STEP.fullmatch(record["step"])):
        raise ValueError(record["tag"])
    datetime.fromisoformat(record["built"])
    groups = record["groups"]
    files = {name: (int(size), str(digest)) for name, (size, digest) in record["files"].items() if name in KEPT}
    summaries = groups and {name: _summary(group) for name, group in groups.items()}
    return Version(**dict(record) | {"files": files, "groups": summaries})


def _summary(record: Mapping[str, Any]) -> GroupSummary:
    return GroupSummary(record["counts"], tuple(Headline(**headline) for headline in record["headlines"]))
