"""Parts: what was built of each page and each dossier, kept to be used again while what it was made from is unchanged.

A part is named by the digest of everything it was made from, so parts made on several machines can be laid together. It
holds sorted N-Quads under a first line of facts; that line also has the digest of the rest, so that a damaged part is
built again and not believed.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from graph import HOME

Facts = dict[str, Any]


class Part(NamedTuple):
    """N-Quads lines, sorted, and facts about them that would be slow to find out again."""

    name: str
    key: str
    facts: Facts
    lines: list[str]


def digest_of_files(*folders: Path, pattern: str = "**/*") -> str:
    """One digest of the names and bytes of all files below these folders."""
    whole = hashlib.sha256()
    for folder in folders:
        for file in sorted(file for file in folder.glob(pattern) if file.is_file()):
            whole.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def digest(*keys: str) -> str:
    """One digest of several."""
    return hashlib.sha256("\0".join(keys).encode()).hexdigest()


def digest_of_program() -> str:
    """One digest of everything besides its input that a build is made by: our own files, and the libraries."""
    ours = (digest_of_files(HOME / "graph", pattern="**/*.*[!c]"), digest_of_files(HOME, pattern="build_graph.py"))
    return digest(*ours, *versions("edtf", "pydantic", "pyoxigraph", "pyshacl", "pyyaml", "rdflib"))


def versions(*libraries: str) -> list[str]:
    """Which version of each library there is, as the folder of its metadata is named: reading it would take longer."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for entry in (file.name for file in Path(folder or ".").iterdir()):
                name, dash, _ = entry.partition("-")
                if dash and entry.endswith(".dist-info"):
                    found.setdefault(name.lower(), entry)
    return [found.get(library) or version(library) for library in libraries]


def kept(folder: Path, name: str, key: str) -> Part | None:
    """The part as it was kept, or None where there is none or it is damaged."""
    try:
        head, _, body = _file(folder, name, key).read_text(encoding="utf-8").partition("\n")
        facts = json.loads(head.removeprefix("# "))
        whole = facts.pop("sha256")
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    if whole != _digest(facts, body):
        return None
    return Part(name, key, facts, body.split("\n")[:-1])


def keep(folder: Path, part: Part) -> None:
    """The part can be used again. That a disk does not let us keep it harms nothing."""
    body = "".join(f"{line}\n" for line in part.lines)
    facts = part.facts | {"sha256": _digest(part.facts, body)}
    file = _file(folder, part.name, part.key)
    new = file.with_suffix(f".{os.getpid()}.new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new.write_text(
            f"# {json.dumps(facts, sort_keys=True, ensure_ascii=False)}\n{body}", encoding="utf-8", newline="\n"
        )
        new.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def kept_or_made(folder: Path, name: str, key: str, make: Callable[[str], Part]) -> Part:
    """The part of that key, made only if it was not kept."""
    part = kept(folder, name, key)
    if part is None:
        part = make(key)
        keep(folder, part)
    return part


def forget_others(folder: Path, used: Iterable[Part]) -> None:
    """Parts that this build did not use are gone."""
    names = {_file(folder, part.name, part.key).name for part in used}
    with contextlib.suppress(OSError):
        for file in folder.glob("*.n*"):
            if file.name not in names:
                file.unlink(missing_ok=True)


def _digest(facts: Facts, body: str) -> str:
    return digest(json.dumps(facts, sort_keys=True), body)


def _file(folder: Path, name: str, key: str) -> Path:
    return folder / f"{name}.{key[:24]}.nq"
