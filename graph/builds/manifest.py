"""The manifest of a build, by which its files are read as those of one build or refused."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graph.common.findings import Finding, FindingsError
from graph.model.iris import BASE

MANIFEST = "manifest.json"
# The file of a build with all its statements, as sorted N-Quads.
DATASET = "motegraf.nq"
# The interactive page; the server does not need its makers to know of it.
EXPLORER = "explorer.html"
# Of a graph that no page can hold, what the page asks the server for: its columns, and the rows of its registers.
EXPLORER_COLUMNS, EXPLORER_ROWS = "explorer.columns", "explorer.rows"
# The list of the parts in which large registers are; only a build with such has it.
PARTS = "parts.json"
# So many figures of the digest of that file tell one build from another.
TAG_LENGTH = 12


def verify_build(out: Path) -> dict[str, object]:
    """Return the manifest of a build whose files are all as it says. Raise FindingsError where they are not."""
    manifest = _manifest(out)
    odd = [name for name, digest in manifest["sha256"].items() if _digest(out / name) != digest]
    if odd:
        raise _mixed(out, odd)
    return manifest


def read_as_known_on(out: Path) -> str | None:
    """Return the day as of which a build was made, or None for one of all that is known."""
    day = _manifest(out).get("as_known_on")
    return str(day) if day else None


def read_base(out: Path) -> str:
    """Return the base IRI of a build. Raise FindingsError where there is no build."""
    return str(_manifest(out).get("base", BASE))


def build_tag(out: Path) -> str:
    """Return the short digest that tells a build from another. Raise FindingsError where there is no build."""
    return store_digest(out)[:TAG_LENGTH]


def content_digest(digests: Mapping[str, str]) -> str:
    """Return the digest of all statements of a build, from the digests of its files by name."""
    if PARTS not in digests:
        return digests[DATASET]
    return hashlib.sha256(f"{digests[DATASET]} {digests[PARTS]}".encode()).hexdigest()


def store_digest(out: Path) -> str:
    """Return the digest of all statements of a build. Raise FindingsError where there is no build."""
    digests = _manifest(out)["sha256"]
    if DATASET not in digests:
        raise _no_build(out)
    return content_digest(digests)


def file_names(out: Path) -> list[str]:
    """Return the names of the files of a build. Raise FindingsError where there is no build."""
    return sorted(_manifest(out)["sha256"])


def manifest_digest(out: Path, name: str) -> str:
    """Return the digest that the manifest of a build has for a file. Raise FindingsError where there is no build."""
    digest = _manifest(out)["sha256"].get(name)
    if digest is None:
        raise _no_build(out)
    return str(digest)


def verified_file(out: Path, name: str) -> Path:
    """Return a file of a build that is as the manifest says. Raise FindingsError where it is not."""
    if _digest(out / name) != manifest_digest(out, name):
        raise _mixed(out, [name])
    return out / name


def is_build_file(file: Path) -> bool:
    """Return whether the file is one of a whole build, or its manifest."""
    try:
        return file.name in (MANIFEST, *_manifest(file.parent)["sha256"])
    except FindingsError:
        return False


def _manifest(out: Path) -> dict[str, Any]:
    """Return the manifest, checked: a digest of it becomes a name of a folder, and its base a part of queries."""
    try:
        manifest: dict[str, Any] = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        digests, base, day = manifest["sha256"].values(), manifest.get("base", BASE), manifest.get("as_known_on")
        whole = all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)
        if whole and _is_base(base) and (day is None or date.fromisoformat(day)):
            return manifest
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    raise _no_build(out)


def _is_base(base: str) -> bool:
    if base == BASE:
        return True
    # Here, not above: to import the parser of IRIs takes longer than to verify a small build.
    from graph.rdf.terms import base_problem

    return base_problem(base) is None


def _no_build(out: Path) -> FindingsError:
    # The folder build/ of a home is made by naming the home; from where the package lies, its own may not be there.
    in_home = out.name == "build" and (out.parent / "ontology").is_dir()
    words = f"--home {out.parent}" if in_home else f"--out {out}"
    return FindingsError([Finding(str(out), 0, f"holds no whole build; make one with: motegraf build {words}")])


def _mixed(out: Path, odd: list[str]) -> FindingsError:
    missing = [name for name in odd if not (out / name).is_file()]
    mixed = [name for name in odd if name not in missing]
    reasons = [f"a file of this build is missing ({name})" for name in missing]
    reasons += [f"files of two builds are mixed here ({', '.join(mixed)})"] if mixed else []
    return FindingsError([Finding(str(out), 0, f"{'; '.join(reasons)}; renew it with: motegraf build --out {out}")])


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
